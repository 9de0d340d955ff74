//! What is said once counsel decided about what a search withheld.

use lagrum_documents::{
    CasePage, LetterFacts, Names, Provider, Style, case_page, confirm_words, letter, signing_page,
};
use lagrum_mandate::answer::Receipt;
use lagrum_mandate::{Mandate, Review, Reviewed};
use lagrum_model::{
    Case, Language, LetterKind, MandateRecord, Production, Recipient, RecipientKey, Sha256Digest,
};

use crate::made::{Driven, at, id, packs, phrases, stockholm};
use crate::signing::page_of;

/// A search of two accounts that withheld two things, and the mandate of what counsel decided about them.
fn reviewed(released: [bool; 2]) -> (Case, String) {
    let (driven, texts) = Driven::many(2);
    let mut case = driven.case;
    let found = case.assessment.clone().unwrap();
    let parts: Vec<usize> = (0..4).collect();
    let searched = crate::made::mandate(&case, &found, &parts);
    case.mandates.clear();
    assert_eq!(texts.len(), searched.identifiers.len());
    let items = (1..).zip(released).map(|(number, released)| Reviewed {
        number,
        released: released.then_some(Sha256Digest::of(b"item")),
        reason: "Of that day.".into(),
    });
    let review = Mandate {
        review: Some(Review {
            of: searched.digest(),
            by: "maja".into(),
            items: items.collect(),
        }),
        answers: None,
        ..searched.clone()
    };
    for (mandate, items, for_review) in [
        (&searched, 3, 2),
        (
            &review,
            released.iter().filter(|one| **one).count() as u64,
            0,
        ),
    ] {
        let mut record = MandateRecord::new(mandate.to_text(), parts.clone());
        record.released_by_event = Some(9);
        record.produced = Some(Production {
            package: mandate.digest(),
            items,
            for_review,
        });
        case.mandates.insert(mandate.digest(), record);
    }
    (case, review.to_text())
}

fn flat(text: &str) -> String {
    let text = text.replace('\u{a0}', " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn case_text(case: &Case, language: Language) -> String {
    let page = CasePage {
        id: &id(),
        case,
        events: &[],
        clocks: &[],
        earlier: &[],
        for_counsel: false,
        zone: &stockholm(),
        notices: &[],
        names: Names::default(),
    };
    let page = case_page(&page, packs(), &phrases(language));
    flat(&page.to_text(2000, Style::Plain))
}

fn cover(case: &Case, language: Language) -> String {
    let facts = LetterFacts {
        provider: &Provider {
            name: "Kvist Mail AB".into(),
            contact: vec![],
        },
        id: &id(),
        case,
        written_at: at("2026-11-20T09:00:00Z"),
        zone: &stockholm(),
        account: None,
        code: None,
        check: None,
    };
    let page = letter(LetterKind::Production, &facts, packs(), &phrases(language));
    flat(&page.unwrap().to_letter())
}

const WITHHELD: [(Language, &str, &str, &str); 3] = [
    (
        Language::English,
        "withheld for review by counsel",
        "nothing was found",
        "nothing released after the review",
    ),
    (
        Language::Swedish,
        "hålls inne för juristens granskning",
        "inget hittades",
        "inget lämnas ut efter granskningen",
    ),
    (
        Language::Danish,
        "tilbageholdes til juristens gennemgang",
        "intet fundet",
        "intet udleveres efter gennemgangen",
    ),
];

#[test]
fn what_counsel_decided_about_is_not_said_to_be_withheld_for_review() {
    let (case, text) = reviewed([true, false]);
    let mut open = case.clone();
    open.mandates.remove(&Sha256Digest::of(text.as_bytes()));
    for (language, withheld, ..) in WITHHELD {
        for told in [cover(&open, language), case_text(&open, language)] {
            assert!(told.contains(withheld), "{told}");
        }
        for told in [cover(&case, language), case_text(&case, language)] {
            assert!(!told.contains(withheld), "{told}");
        }
        let decided = phrases(language).count("mandate-withheld-decided", 2);
        assert!(case_text(&case, language).contains(&decided), "{language}");
    }
}

#[test]
fn what_is_decided_and_not_carried_out_yet_is_still_withheld_for_the_authority() {
    let (mut case, text) = reviewed([true, false]);
    let record = case.mandates.get_mut(&Sha256Digest::of(text.as_bytes()));
    record.unwrap().produced = None;
    for (language, withheld, ..) in WITHHELD {
        assert!(cover(&case, language).contains(withheld));
        assert!(!case_text(&case, language).contains(withheld));
    }
}

#[test]
fn a_review_that_released_nothing_did_not_find_nothing() {
    let (case, _) = reviewed([false, false]);
    for (language, _, nothing, none) in WITHHELD {
        for told in [cover(&case, language), case_text(&case, language)] {
            assert!(!told.contains(nothing) && told.contains(none), "{told}");
        }
    }
}

#[test]
fn the_page_to_sign_of_a_review_says_what_it_releases_and_names_who_decided() {
    for (released, count) in [([true, false], 1), ([false, false], 0)] {
        let (case, text) = reviewed(released);
        for language in Language::ALL {
            let words = phrases(language);
            let page = signing_page(&page_of(&case, &text), &words).unwrap();
            let page = flat(&page.to_text(2000, Style::Plain));
            let heading = |name| format!("{} ---", words.word(name));
            let leaves = heading("signing-leaves");
            let nothing = heading("signing-nothing-leaves");
            assert_eq!(page.contains(&leaves), count > 0, "{page}");
            assert_eq!(page.contains(&nothing), count == 0, "{page}");
            let accounts = words.count("signing-accounts", 2);
            assert!(!page.contains(&accounts), "{accounts}: {page}");
            let why = heading("signing-why");
            assert_eq!(page.contains(&why), count > 0, "{page}");
            let mandate = Mandate::parse(&text).unwrap();
            let typed = confirm_words(&mandate).question(&mandate, &words);
            assert_ne!(typed, words.word("confirm-number"));
            let by = words.fill("signing-review-by", &[("by", "Maja Lind")]);
            assert!(page.contains(&by), "{by}: {page}");
        }
    }
}

#[test]
fn a_package_that_a_certificates_programs_may_not_open_is_told_before_it_is_handed_over() {
    let mut case = Driven::many(1).0.case;
    let found = case.assessment.clone().unwrap();
    let made = crate::made::mandate(&case, &found, &[0]);
    let x509 = RecipientKey::of_x509(Sha256Digest::of(b"certificate"));
    let age = made.recipient.key().unwrap().clone();
    for (key, length, told) in [
        (&x509, 1_500_000_001, true),
        (&x509, 1_500_000_000, false),
        (&age, 1_500_000_001, false),
    ] {
        let recipient = Recipient {
            name: "Police".into(),
            key: key.clone(),
        };
        let mandate = Mandate {
            recipient: recipient.into(),
            ..made.clone()
        };
        let receipt = Receipt {
            case: mandate.case.clone(),
            mandate: mandate.digest(),
            region: mandate.region.clone(),
            package: "package".into(),
            sha256: mandate.digest(),
            length,
            volumes: None,
            produced: 1,
            for_review: 0,
            searched: Vec::new(),
        };
        let mut record = MandateRecord::new(mandate.to_text(), vec![0]);
        record.produced = Some(Production {
            package: mandate.digest(),
            items: 1,
            for_review: 0,
        });
        let receipt = serde_json::to_string(&receipt).unwrap();
        record.receipt = Some(format!(
            "lagrum-receipt/1\n{receipt}\n\n\u{2014} agent AAAA\n"
        ));
        case.mandates.clear();
        case.mandates.insert(mandate.digest(), record);
        for (language, words) in [
            (Language::English, "Ask the authority whether it can"),
            (Language::Swedish, "Fråga myndigheten om den kan"),
            (Language::Danish, "Spørg myndigheden, om den kan"),
        ] {
            let text = case_text(&case, language);
            assert_eq!(text.contains(words), told, "{length}: {text}");
        }
    }
}
