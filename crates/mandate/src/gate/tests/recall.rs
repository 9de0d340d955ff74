//! Recalling needs one person; permitting needs two.

use super::*;
use crate::Recall;

#[test]
fn one_person_of_the_roster_recalls_a_mandate_and_nobody_else() {
    let provider = Provider::new();
    let recall = Recall {
        case: CaseId::new(2026, 4),
        mandate: mandate().digest(),
        at: NOW.parse().unwrap(),
    };
    let read = |text: &str, key: &SigningKey<role::Person>| {
        let note = key.sign_note(text).unwrap();
        Recall::from_note(&provider.roster, note.as_bytes())
            .map(|(recall, by)| (recall, by.name.clone()))
    };
    let text = recall.to_text();
    for (key, name) in [(&provider.olof, "Olof"), (&provider.maja, "Maja")] {
        assert_eq!(read(&text, key), Ok((recall.clone(), name.to_owned())));
    }
    assert!(read(&text, &provider.stranger).is_err());
    assert!(Recall::from_note(&provider.roster, text.as_bytes()).is_err());
    // What somebody signed for another purpose recalls nothing.
    assert!(read(&mandate().to_text(), &provider.maja).is_err());
    assert!(read(&text.replace("  ", " "), &provider.maja).is_err());
}
