//! Questions of which accounts there are.

use lagrum_model::{EmailAddress, Sha256Digest};

use super::*;
use crate::{Inquiry, MOST_INQUIRED, Nonce};

fn inquiry() -> Inquiry {
    Inquiry {
        case: CaseId::new(2026, 4),
        region: Region::parse("stockholm").unwrap(),
        demand: Sha256Digest::of(b"demand"),
        accounts: vec![EmailAddress::parse("bjork@kvist.example").unwrap()],
        asked_at: "2026-11-21T11:00:00Z".parse().unwrap(),
        nonce: Nonce([7; 16]),
    }
}

impl Provider {
    /// The question as it stands there, signed by `key`, and logged as `what` says of its note.
    fn asked(
        &self,
        inquiry: &Inquiry,
        key: &SigningKey<role::Person>,
        what: impl FnOnce(&Inquiry, String) -> EventKind,
    ) -> UntrustedMandate {
        let note = key.sign_note(&inquiry.to_text()).unwrap();
        let mut of = mandate();
        of.case = CaseId::new(2026, 4);
        let what = what(inquiry, note.clone());
        self.with_note(&of, note, what)
    }

    fn tells(&self, untrusted: &UntrustedMandate, now: &str, spent: bool) -> Result<(), Refused> {
        let gate = InquiryGate {
            region: &Region::parse("stockholm").unwrap(),
            roster: &self.roster,
            log: &self.policy,
            is_spent: &|_| Ok(spent),
            remembers_since: "2026-11-01T00:00:00Z".parse().unwrap(),
            now: now.parse().unwrap(),
        };
        gate.admit(untrusted).map(|admitted| {
            assert!(!admitted.inquiry().accounts.is_empty());
        })
    }
}

fn as_asked(inquiry: &Inquiry, note: String) -> EventKind {
    EventKind::Inquired {
        inquiry: inquiry.digest(),
        region: inquiry.region.clone(),
        note,
    }
}

#[test]
fn a_question_needs_one_person_of_the_roster_and_the_log() {
    let provider = Provider::new();
    for key in [&provider.olof, &provider.maja] {
        let asked = provider.asked(&inquiry(), key, as_asked);
        assert_eq!(provider.tells(&asked, NOW, false), Ok(()));
    }
    let stranger = provider.asked(&inquiry(), &provider.stranger, as_asked);
    let refused = provider.tells(&stranger, NOW, false);
    assert!(matches!(refused, Err(Refused::Signatures(_))));
    // What is in the log is another question, or the same of another case, or under another signature.
    type Logged = fn(&Inquiry, String) -> EventKind;
    let others: [Logged; 3] = [
        |inquiry, _| EventKind::Mandated {
            mandate: inquiry.digest(),
        },
        |_, note| EventKind::Inquired {
            inquiry: Sha256Digest::of(b"other"),
            region: Region::parse("stockholm").unwrap(),
            note,
        },
        |inquiry, _| EventKind::Inquired {
            inquiry: inquiry.digest(),
            region: inquiry.region.clone(),
            note: "other".into(),
        },
    ];
    for what in others {
        let asked = provider.asked(&inquiry(), &provider.olof, what);
        let refused = provider.tells(&asked, NOW, false);
        assert!(matches!(refused, Err(Refused::Log(_))), "{refused:?}");
    }
    let mut other_case = inquiry();
    other_case.case = CaseId::new(2026, 5);
    let asked = provider.asked(&other_case, &provider.olof, as_asked);
    let refused = provider.tells(&asked, NOW, false);
    assert!(matches!(refused, Err(Refused::Log(_))), "{refused:?}");
}

#[test]
fn a_question_is_answered_once_in_its_time_and_in_its_region() {
    let provider = Provider::new();
    let asked = provider.asked(&inquiry(), &provider.olof, as_asked);
    let refused = |untrusted: &UntrustedMandate, now: &str, spent: bool, says: &str| {
        let refused = provider.tells(untrusted, now, spent);
        let Err(Refused::Inquiry(why)) = refused else {
            panic!("{refused:?}");
        };
        assert!(why.contains(says), "{why}");
    };
    refused(&asked, NOW, true, "answered before");
    refused(&asked, "2026-11-24T11:00:00Z", false, "it was over");
    assert_eq!(
        provider.tells(&asked, "2026-11-24T10:59:59Z", false),
        Ok(())
    );
    refused(&asked, "2026-11-21T10:54:59Z", false, "in the future");
    assert_eq!(
        provider.tells(&asked, "2026-11-21T10:55:00Z", false),
        Ok(())
    );
    let mut elsewhere = inquiry();
    elsewhere.region = Region::parse("dublin").unwrap();
    let elsewhere = provider.asked(&elsewhere, &provider.olof, as_asked);
    refused(&elsewhere, NOW, false, "it is for dublin");
    let mut old = inquiry();
    old.asked_at = "2026-10-31T23:59:59Z".parse().unwrap();
    let old = provider.asked(&old, &provider.olof, as_asked);
    refused(&old, "2026-11-01T00:00:00Z", false, "record begins");
}

#[test]
fn a_question_names_a_few_accounts_each_once_in_one_text() {
    let text = inquiry().to_text();
    assert_eq!(Inquiry::parse(&text), Ok(inquiry()));
    assert!(Inquiry::parse(&text.replace("  ", " ")).is_err());
    assert!(Inquiry::parse(&text.replace("\"case\"", "\"more\": 1,\n  \"case\"")).is_err());
    let mut none = inquiry();
    none.accounts.clear();
    assert!(Inquiry::parse(&none.to_text()).is_err());
    let mut twice = inquiry();
    let capitals = EmailAddress::parse("BJORK@kvist.example").unwrap();
    twice.accounts.push(capitals);
    assert!(Inquiry::parse(&twice.to_text()).is_err());
    let many = |count: usize| {
        let mut many = inquiry();
        let named = (0..count).map(|n| EmailAddress::parse(&format!("a{n}@kvist.example")));
        many.accounts = named.collect::<Result<_, _>>().unwrap();
        Inquiry::parse(&many.to_text())
    };
    assert!(many(MOST_INQUIRED).is_ok());
    assert!(many(MOST_INQUIRED + 1).is_err());
}
