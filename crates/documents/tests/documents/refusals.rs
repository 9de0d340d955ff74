//! Every refusal has words in three languages, and none of them names a command.

use lagrum_documents::{Phrases, Zone, refusal};
use lagrum_model::{CounselOnly, Disposition, Language, Moment, Refusal, Sha256Digest};

use crate::made::at;

fn all() -> Vec<Refusal> {
    let mut all = vec![
        Refusal::NothingReceived,
        Refusal::AlreadyReceived,
        Refusal::Closed,
        Refusal::NotDescribed,
        Refusal::DescriptionFixed,
        Refusal::AlreadyDecided,
        Refusal::NoEmergencyClaimed,
        Refusal::OutOfOrder {
            earlier: Moment::Received,
            later: Moment::Produced,
        },
        Refusal::InTheFuture {
            what: Moment::Served,
            when: at("2027-01-01T00:00:00Z"),
        },
        Refusal::NotAuthenticated,
        Refusal::NothingPending,
        Refusal::HoldingsChanged,
        Refusal::NotAssessed,
        Refusal::AnswersFixed,
        Refusal::PartFixed { part: 0 },
        Refusal::NoSuchPart { part: 6, parts: 1 },
        Refusal::OneAnswerEach { open: 1 },
        Refusal::OneAnswerEach { open: 4 },
        Refusal::EveryPartPending,
        Refusal::PartPending { part: 1 },
        Refusal::ReasonMissing { part: 1 },
        Refusal::LaxerThanLaw {
            part: 1,
            proposed: Disposition::Reject,
            answered: Disposition::Produce,
        },
        Refusal::NotVerified,
        Refusal::NoSuchMandate {
            mandate: Sha256Digest([1; 32]),
        },
        Refusal::OtherText,
        Refusal::NotCarriedOut,
        Refusal::AlreadySigned {
            signer: "Maja".into(),
        },
        Refusal::AlreadyReleased,
        Refusal::SignatureMissing { have: 0 },
        Refusal::SignatureMissing { have: 1 },
        Refusal::CounselMissing,
        Refusal::NotReleased,
        Refusal::OtherPackage,
        Refusal::NoSuchPackage,
        Refusal::NotifiedAuthorityRefused,
        Refusal::NotAnswered,
        Refusal::PartsPending { parts: vec![1] },
        Refusal::PartsPending { parts: vec![1, 2] },
        Refusal::NotDelivered,
        Refusal::WithAgent,
        Refusal::NotSigned,
    ];
    for what in [
        CounselOnly::EmergencyBelief,
        CounselOnly::Findings,
        CounselOnly::PrivilegedNote,
    ] {
        all.push(Refusal::OnlyCounsel { what });
    }
    for field in ["how", "reason", "text"] {
        all.push(Refusal::Empty { field });
    }
    all
}

#[test]
fn each_has_words_of_its_own_in_three_languages() {
    for language in Language::ALL {
        let phrases = Phrases::of(language);
        for one in all() {
            let text = refusal(&one, &Zone::utc(), &phrases);
            assert!(
                !text.contains("refusal-"),
                "{language} {}: {text}",
                one.code()
            );
            assert!(!text.contains('$') && !text.contains('{'), "{text}");
            assert!(text.ends_with(['.', ')']) || text.contains(": "), "{text}");
        }
    }
}

#[test]
fn parts_are_counted_from_one_and_numbers_have_their_plurals() {
    let english = Phrases::of(Language::English);
    let said = |one: Refusal| refusal(&one, &Zone::utc(), &english);
    assert_eq!(
        said(Refusal::NoSuchPart { part: 6, parts: 1 }),
        "There is no part 7. The demand has 1 part."
    );
    assert_eq!(
        said(Refusal::PartsPending { parts: vec![1] }),
        "Part 2 is still pending. Answer it before the case is closed."
    );
    assert_eq!(
        said(Refusal::PartsPending { parts: vec![1, 2] }),
        "Parts 2 and 3 are still pending. Answer them before the case is closed."
    );
}
