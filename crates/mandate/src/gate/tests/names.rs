//! Check 1: one person stands on a roster once, however the name is written.

use super::*;

/// Rosters on which a second "Maja Ek" tries to be somebody else.
#[test]
fn check_1_a_second_spelling_of_a_name_is_no_second_person() {
    let provider = Provider::new();
    for name in [
        "Maja",
        "maja",
        "MAJA",
        "M\u{430}ja",
        "\u{39c}aja",
        "Maja\u{200b}",
        "Maja ",
        " Maja",
        "Maja\u{a0}",
        "Ma\u{ad}ja",
        "Ma\u{fe0f}ja",
        "Ma\u{e0061}ja",
        "Maj\u{61}\u{34f}",
        "M aja",
        "Maja.",
        "Ｍaja",
    ] {
        let mut people = provider.roster.people().to_vec();
        people[1].name = name.into();
        let made = Roster::new(people);
        assert!(made.is_err(), "{name:?} is believed to be somebody else");
    }
    // The same letters composed and decomposed, and a digit for a letter.
    for (one, other) in [
        ("Zoë Ek", "Zoe\u{308} Ek"),
        ("Olof", "0lof"),
        ("Bill Lund", "Bi11 Lund"),
        // A capital for a small letter, and the words in another order.
        ("Olof Strand", "OIof Strand"),
        ("Ida Alm", "lda Alm"),
        ("Maja Ek", "Ek Maja"),
        ("Maja Ek", "Ek, Maja"),
        ("Carl Modin", "Carl Rnodin"),
        ("S\u{f8}ren Ek", "Soren Ek"),
    ] {
        let mut people = provider.roster.people().to_vec();
        people[0].name = one.into();
        people[1].name = other.into();
        assert!(Roster::new(people).is_err(), "{one:?} and {other:?}");
    }
}

#[test]
fn names_of_different_people_are_taken_as_they_are_written() {
    let provider = Provider::new();
    for name in [
        "Åsa Öberg",
        "Søren Kierkegaard-Ægir",
        "Seán O\u{2019}Brien",
        "Maja Ek",
        "Ανδρέας Παπαδόπουλος",
        "Ольга Ким",
        "田中 太郎",
    ] {
        let mut people = provider.roster.people().to_vec();
        people[1].name = name.into();
        let made = Roster::new(people);
        assert!(made.is_ok(), "{name}: {made:?}");
    }
}
