//! Every refusal has words in three languages, and none of them names a command.

use std::collections::BTreeSet;

use lagrum_documents::{Phrases, Zone, refusal};
use lagrum_model::{
    Addressee, CounselOnly, CountryCode, Currency, DemandError, Disposition, Duty, Language,
    LetterKind, Moment, NoLetter, Refusal, Region, SenderWarning, Sha256Digest,
};

use crate::made::at;

fn company(entity: &str, country: &str) -> Addressee {
    Addressee {
        entity: entity.to_owned(),
        country: CountryCode::parse(country).unwrap(),
    }
}

fn all() -> Vec<Refusal> {
    let mut all = vec![
        Refusal::NothingReceived,
        Refusal::AlreadyReceived,
        Refusal::Closed,
        Refusal::NotDescribed,
        Refusal::DescriptionFixed,
        Refusal::AlreadyDecided,
        Refusal::NoEmergencyClaimed,
        Refusal::NoSecrecy,
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
        Refusal::AccountsNotTold {
            regions: vec![Region::parse("stockholm").unwrap()],
        },
        Refusal::NothingToInquire,
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
        Refusal::NoCard,
        Refusal::LogAhead,
        Refusal::LogAway,
        Refusal::AlreadySigned {
            signer: "Maja".into(),
        },
        Refusal::AlreadyReleased,
        Refusal::CallBackMissing,
        Refusal::SecondPersonMissing,
        Refusal::SenderWarnings {
            warnings: vec![
                SenderWarning::UnknownAuthority,
                SenderWarning::OtherKind,
                SenderWarning::OtherAuthority {
                    name: "Polisen".into(),
                },
                SenderWarning::OtherDomain {
                    address: "noa@mail.example".into(),
                },
                SenderWarning::OtherNumber {
                    number: "+46 8 1".into(),
                },
            ],
        },
        Refusal::NoNumber,
        Refusal::NotFromTheDoor,
        Refusal::OnlyOfficer,
        Refusal::NotOfAuthority {
            address: "noa@mail.example".into(),
        },
        Refusal::CalledInTheFuture {
            when: at("2027-01-01T00:00:00Z"),
        },
        Refusal::DutiesRun {
            duties: vec![
                Duty::Clock {
                    id: "us.clock.preservation.ninety-days".into(),
                },
                Duty::Review {
                    mandate: Sha256Digest([1; 32]),
                },
                Duty::Notice {
                    id: "eu.notice".into(),
                },
                Duty::EmergencyReview,
                Duty::EmergencyConfirmation,
            ],
        },
        Refusal::LinkedToItself,
        Refusal::CameThroughDoor,
        Refusal::SignatureMissing { have: 0 },
        Refusal::SignatureMissing { have: 1 },
        Refusal::CounselMissing,
        Refusal::NotReleased,
        Refusal::OtherPackage,
        Refusal::CarriedOut,
        Refusal::MandateExpired {
            at: at("2026-12-05T10:00:00Z"),
        },
        Refusal::MayBeCarriedOut {
            until: at("2026-12-05T10:05:00Z"),
        },
        Refusal::LawChanged {
            part: 0,
            was: Disposition::Produce,
            now: Disposition::Reject,
        },
        Refusal::DecidedOtherwise,
        Refusal::NoSuchPackage,
        Refusal::NoPassphraseToTell,
        Refusal::NotifiedAuthorityRefused,
        Refusal::Stopped {
            by: Moment::Withdrawn,
        },
        Refusal::NotAnswered,
        Refusal::PartsPending { parts: vec![1] },
        Refusal::PartsPending { parts: vec![1, 2] },
        Refusal::NotDelivered,
        Refusal::WithAgent,
        Refusal::NotSigned,
        Refusal::TooLarge {
            file_name: "scan.pdf".into(),
            limit: 33_554_432,
        },
        Refusal::Unreadable {
            file_name: "demand.toml".into(),
            error: DemandError::Field {
                field: "part[0].period".into(),
                why: "write an instant with its zone".into(),
            },
        },
        Refusal::NoRuling {
            what: Moment::Heard,
        },
        Refusal::GroundMissing { part: 1 },
        Refusal::GroundNotAsked,
        Refusal::NoRecipientKey,
        Refusal::RecipientKeyDiffers,
        Refusal::EmptyPeriod { part: 1 },
        Refusal::NoCompany {
            addressee: company("Kvist Mail Oy", "FI"),
            companies: vec![
                company("Kvist Mail AB", "SE"),
                company("Kvist Mail ApS", "DK"),
            ],
        },
        Refusal::NoCompany {
            addressee: company("Annan Mail AB", "SE"),
            companies: vec![company("Kvist Mail AB", "SE")],
        },
        Refusal::NoCompany {
            addressee: company("Kvist Mail Oy", "FI"),
            companies: vec![],
        },
        Refusal::NoAgent {
            region: Region::parse("dublin").unwrap(),
        },
        Refusal::NotOnRoster {
            key: "kvist.example/olof".into(),
        },
        Refusal::SignatureInvalid,
        Refusal::NoOwnMachineSigned {
            region: Region::parse("stockholm").unwrap(),
            people: vec!["Maja Ek".into(), "Olof Palm".into()],
        },
        Refusal::NoOwnMachineSigned {
            region: Region::parse("dublin").unwrap(),
            people: vec![],
        },
        Refusal::NothingToSign,
        Refusal::NothingProduced,
        Refusal::OtherBytes,
        Refusal::NoSuchOriginal {
            number: 7,
            originals: 1,
        },
        Refusal::UnknownCurrency {
            currency: Currency::parse("QQQ").unwrap(),
        },
        Refusal::NoSuchEntry { entry: 31 },
        Refusal::UnknownPerson { id: "nora".into() },
        Refusal::UnknownGroup { id: "norge".into() },
        Refusal::NobodyOpens,
        Refusal::AuthorityOfAnotherGroup {
            authority: "Polisen".into(),
        },
        Refusal::OfAnotherGroup { id: "nora".into() },
        Refusal::LetterInvisible,
        Refusal::LetterUnfinished,
        Refusal::LetterWithoutCode,
        Refusal::LetterCodeUsed,
        Refusal::LetterToAccount,
        Refusal::LetterNamesAnother,
        Refusal::LetterNotByItself,
        Refusal::LetterWithoutAddress,
        Refusal::NoSuchLetter,
        Refusal::NoLetter {
            kind: LetterKind::Notice,
            why: NoLetter::MustNotTell,
        },
    ];
    for what in [
        CounselOnly::EmergencyBelief,
        CounselOnly::Findings,
        CounselOnly::PrivilegedNote,
        CounselOnly::ChoiceToTell,
    ] {
        all.push(Refusal::OnlyCounsel { what });
    }
    for field in [
        "how", "known", "why", "reason", "text", "minutes", "firm", "amount",
    ] {
        all.push(Refusal::Empty { field });
    }
    for field in ["minutes", "firm", "amount"] {
        all.push(Refusal::TooMuch { field, most: 200 });
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
            assert!(
                text.ends_with(['.', ')', ']']) || text.contains(": "),
                "{text}"
            );
        }
    }
}

#[test]
fn no_refusal_of_the_model_is_left_out() {
    // The codes as the model spells them: a new one needs words, and a place in the list above.
    let source = include_str!("../../../model/src/case/refusal.rs");
    let codes: BTreeSet<_> = source
        .lines()
        .filter_map(|line| line.split_once("=> \"")?.1.split_once('"'))
        .map(|(code, _)| code)
        .collect();
    assert!(codes.len() > 50, "{}", codes.len());
    let tried: BTreeSet<_> = all().iter().map(Refusal::code).collect();
    let left_out: Vec<_> = codes.difference(&tried).collect();
    assert!(left_out.is_empty(), "{left_out:?}");
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

#[test]
fn a_demand_to_a_company_elsewhere_is_told_to_whom_it_is_and_for_whom_the_desk_answers() {
    let companies = vec![
        company("Kvist Mail AB", "SE"),
        company("Kvist Mail ApS", "DK"),
    ];
    let refused = Refusal::NoCompany {
        addressee: company("Kvist\u{202e} Mail\nOy", "FI"),
        companies,
    };
    for language in Language::ALL {
        let phrases = Phrases::of(language);
        let said = refusal(&refused, &Zone::utc(), &phrases);
        let name_of = |code: &str| phrases.country(CountryCode::parse(code).unwrap());
        for part in ["Kvist\u{fffd} Mail Oy", "Kvist Mail AB", "Kvist Mail ApS"] {
            assert!(said.contains(part), "{language} {part}: {said}");
        }
        for country in ["FI", "SE", "DK"] {
            assert!(said.contains(&name_of(country)), "{language}: {said}");
        }
    }
}
