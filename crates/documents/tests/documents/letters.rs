//! The letters, in three languages; and what none of them may say.

use std::collections::BTreeMap;

use jiff::Timestamp;
use lagrum_documents::{Document, LetterFacts, Provider, letter, no_letter};
use lagrum_model::{
    Answer, AskedPeriod, Case, CountryCode, Disposition, EmailAddress, Form, FormReason, Language,
    LastRuling, LetterCode, LetterKind, MandateRecord, Moment, NoLetter, Production, Ruling,
    RulingOutcome, Searched, Sha256Digest, SubCategory, Within,
};

use crate::made::{Driven, at, id, mandate, packs, phrases, stockholm};

const NOW: &str = "2026-11-20T09:00:00Z";

fn provider() -> Provider {
    Provider {
        name: "Kvist Mail AB".into(),
        contact: vec!["Box 1, 111 11 Stockholm".into(), "+46 8 000 00 00".into()],
    }
}

fn made(kind: LetterKind, case: &Case, language: Language) -> Document {
    made_at(kind, case, language, at(NOW))
}

fn made_at(kind: LetterKind, case: &Case, language: Language, now: Timestamp) -> Document {
    let account = EmailAddress::parse("alder@kvist.example").unwrap();
    let facts = LetterFacts {
        provider: &provider(),
        id: &id(),
        case,
        written_at: now,
        zone: &stockholm(),
        account: Some(&account),
        code: Some(LetterCode::new([1, 2, 3, 4])),
        check: Some("https://kvist.example/check"),
    };
    letter(kind, &facts, packs(), &phrases(language)).expect("it is described")
}

/// The order, answered with these, each with a reason of the person who answered.
pub fn answered(answers: [Disposition; 4]) -> Case {
    let mut case = Driven::assessed().case;
    case.answers = (0..)
        .zip(answers)
        .map(|(part, disposition)| Answer {
            part,
            disposition,
            reason: "The account was closed in 2019.".into(),
            form: None,
        })
        .collect();
    case
}

/// A mandate for some parts was carried out, and its package handed over.
pub fn produced(case: &mut Case, parts: &[usize], items: u64, delivered: bool) {
    let found = case.assessment.clone().unwrap();
    let text = mandate(case, &found, parts).to_text();
    let mut record = MandateRecord::new(text.clone(), parts.to_vec());
    record.released_by_event = Some(9);
    record.produced = Some(Production {
        package: Sha256Digest::of(b"package"),
        items,
        for_review: 0,
    });
    // All of it is of the first part.
    let all = parts.iter().enumerate().map(|(place, part)| {
        let found = Searched {
            items: if place == 0 { items } else { 0 },
            complete: true,
            ..Searched::default()
        };
        (*part, found)
    });
    record.searched = all.collect();
    record.delivered_to = delivered.then(|| "Staatsanwaltschaft Berlin".to_owned());
    case.mandates
        .insert(Sha256Digest::of(text.as_bytes()), record);
}

/// A challenge of the second part, and what a court said of it.
fn ruled(outcome: RulingOutcome, number: Option<&str>, appealed: Option<&str>) -> Case {
    use Disposition::{Challenge, Produce, RedirectToCustomer};
    let mut case = answered([Produce, Challenge, RedirectToCustomer, RedirectToCustomer]);
    case.last_ruling = Some(LastRuling {
        number: 12,
        what: Moment::CourtRuled,
        when: at("2026-11-20T10:00:00Z"),
        ruling: Some(Ruling {
            outcome,
            case_number: number.map(str::to_owned),
        }),
        appealed: appealed.map(at),
    });
    case
}

/// A case in which each kind of letter has something to tell.
fn cases() -> BTreeMap<LetterKind, Case> {
    use Disposition::{Ask, Challenge, Narrow, NoData, Produce, RedirectToCustomer, Reject};
    let assessed = Driven::assessed().case;
    let mut all = BTreeMap::new();
    all.insert(LetterKind::Acknowledgement, assessed.clone());
    all.insert(
        LetterKind::Question,
        answered([Produce, Ask, RedirectToCustomer, RedirectToCustomer]),
    );
    all.insert(
        LetterKind::Refusal,
        answered([Produce, Reject, RedirectToCustomer, RedirectToCustomer]),
    );
    all.insert(
        LetterKind::Narrowing,
        answered([Produce, Narrow, RedirectToCustomer, RedirectToCustomer]),
    );
    all.insert(
        LetterKind::Redirect,
        answered([
            Produce,
            Disposition::RedirectToTreatyChannel,
            RedirectToCustomer,
            RedirectToCustomer,
        ]),
    );
    all.insert(
        LetterKind::Challenge,
        answered([Produce, Challenge, RedirectToCustomer, RedirectToCustomer]),
    );
    let mut annex = answered([Produce, Ask, Challenge, RedirectToCustomer]);
    let parts = &mut annex.assessment.as_mut().unwrap().parts;
    for (part, reason) in [
        (1, FormReason::InsufficientInformation),
        (2, FormReason::ThirdCountryLaw),
    ] {
        parts[part].finding.form = Some(Form {
            reason,
            enforcing_authority: true,
        });
    }
    all.insert(LetterKind::AnnexIii, annex);
    let mut empty = answered([NoData, Produce, RedirectToCustomer, RedirectToCustomer]);
    produced(&mut empty, &[0], 0, true);
    all.insert(LetterKind::NoData, empty);
    let mut handed = answered([Produce, Reject, RedirectToCustomer, RedirectToCustomer]);
    produced(&mut handed, &[0], 21, true);
    all.insert(LetterKind::Production, handed.clone());
    all.insert(LetterKind::CertificateOfAuthenticity, handed.clone());
    all.insert(LetterKind::Notice, handed);
    all.insert(
        LetterKind::CourtOutcome,
        ruled(RulingOutcome::InPart, Some("T 1234-26"), None),
    );
    let mut quiet = assessed;
    let secrecy = quiet.demand.as_mut().unwrap().secrecy.as_mut();
    secrecy.unwrap().until = None;
    all.insert(LetterKind::SecrecyEnd, quiet);
    all
}

#[test]
fn each_letter_reads_well_in_three_languages() {
    let cases = cases();
    assert_eq!(cases.len(), LetterKind::ALL.len());
    for (kind, case) in &cases {
        case.letter(*kind, at(NOW))
            .unwrap_or_else(|why| panic!("{kind}: {why:?}"));
        for language in Language::ALL {
            let text = made(*kind, case, language).to_letter();
            insta::assert_snapshot!(format!("letter-{kind}-{language}"), text);
            // What is edited is read as it was written.
            let again = Document::of_letter(&text, language).to_letter();
            assert_eq!(again, text, "{kind} {language}");
        }
    }
}

#[test]
fn no_letter_says_that_data_is_kept_or_gone_where_nothing_shows_it() {
    let kept = [
        "preserved",
        "kept",
        "bevaras",
        "bevarad",
        "sikres",
        "sikret",
    ];
    let preserve = answered([Disposition::Preserve; 4]);
    for language in Language::ALL {
        for kind in [LetterKind::Acknowledgement, LetterKind::Notice] {
            let text = made(kind, &preserve, language).to_letter().to_lowercase();
            for word in kept {
                assert!(!text.contains(word), "{kind} {language}: {word}: {text}");
            }
        }
        // In the form a person ticks it, and cannot send it before.
        let annex = made(
            LetterKind::AnnexIii,
            &cases()[&LetterKind::AnnexIii],
            language,
        );
        let annex = annex.to_letter();
        assert!(
            !annex.contains("[x] The data is") && annex.contains("[["),
            "{annex}"
        );
    }
    // Nobody is said to have nothing before the search ended, or while something is withheld.
    let nothing = answered([Disposition::NoData; 4]);
    assert_eq!(
        nothing.letter(LetterKind::NoData, at(NOW)),
        Err(NoLetter::NotFoundEmpty)
    );
    let mut withheld = nothing.clone();
    produced(&mut withheld, &[0, 1], 0, false);
    for record in withheld.mandates.values_mut() {
        record.produced.as_mut().unwrap().for_review = 1;
        for found in record.searched.values_mut() {
            found.for_review = 1;
        }
    }
    assert_eq!(
        withheld.letter(LetterKind::NoData, at(NOW)),
        Err(NoLetter::NotFoundEmpty)
    );
}

#[test]
fn a_certificate_speaks_of_what_was_taken_out_and_leaves_open_what_only_its_signer_knows() {
    let kind = LetterKind::CertificateOfAuthenticity;
    let mut case = cases()[&kind].clone();
    // One search found something, one found nothing: of the second there is nothing to vouch for.
    produced(&mut case, &[1], 0, true);
    let european = made(kind, &case, Language::English).to_letter();
    assert_eq!(
        european.matches("SHA-256 of the package").count(),
        1,
        "{european}"
    );
    assert!(!european.contains("perjury") && !european.contains("902("));
    case.demand.as_mut().unwrap().authority.country = CountryCode::parse("US").unwrap();
    for language in Language::ALL {
        let text = made(kind, &case, language).to_letter();
        insta::assert_snapshot!(
            format!("letter-{kind}-for-the-united-states-{language}"),
            text
        );
        // 28 U.S.C. § 1746(1), word for word, and the rules that it is made under.
        let declared = "I declare under penalty of perjury under the laws of the United States of America that the foregoing is true and correct.";
        assert!(
            text.contains(declared) && text.contains("902(11)"),
            "{text}"
        );
        assert!(text.matches("[[").count() >= 6, "{text}");
    }
}

#[test]
fn a_notice_tells_of_its_own_account_alone_and_of_what_happened() {
    let case = &cases()[&LetterKind::Notice];
    for language in Language::ALL {
        let text = made(LetterKind::Notice, case, language).to_letter();
        assert!(
            text.contains("alder@kvist.example") && !text.contains("bjork"),
            "{text}"
        );
        assert!(
            !text.contains("Vogt"),
            "the officer is nobody's business: {text}"
        );
        assert!(
            text.contains("absurd") || text.contains("adviser"),
            "{text}"
        );
    }
    let english = made(LetterKind::Notice, case, Language::English).to_letter();
    assert!(
        english.contains("handed over to the authority"),
        "{english}"
    );
    // What came in after the demand is not said to be handed over, nor fields that were not.
    let mut less = case.clone();
    for part in &mut less.assessment.as_mut().unwrap().parts {
        let until = at("2026-11-21T10:00:00Z");
        part.finding.within = Some(Within {
            period: Some(AskedPeriod::new(None, Some(until)).unwrap()),
            sub_categories: vec![SubCategory::Name],
            open: false,
            by: Vec::new(),
        });
    }
    let cut = made(LetterKind::Notice, &less, Language::English).to_letter();
    assert!(
        cut.contains("Only what was stored when the demand arrived, 21 November 2026")
            && cut.contains("Only this: name."),
        "{cut}"
    );
    assert!(!english.contains("Only what was stored"), "{english}");
    let mut undelivered = answered([Disposition::Produce; 4]);
    produced(&mut undelivered, &[0, 1], 3, false);
    let english = made(LetterKind::Notice, &undelivered, Language::English).to_letter();
    assert!(
        !english.contains("handed over to the authority."),
        "{english}"
    );
    // Why it comes late, once the order has ended, and never before.
    let late = "2027-03-01T09:00:00Z";
    let told = made_at(LetterKind::Notice, case, Language::English, at(late));
    assert!(told.to_letter().contains("not allowed to tell you before"));
    assert!(!english.contains("not allowed to tell you"));
}

#[test]
fn a_stranger_learns_nothing_of_accounts_or_law() {
    let mut case = answered([Disposition::Reject; 4]);
    case.authenticated = None;
    for language in Language::ALL {
        for kind in [
            LetterKind::Acknowledgement,
            LetterKind::Question,
            LetterKind::Refusal,
        ] {
            assert_eq!(case.letter(kind, at(NOW)), Ok(()));
            let text = made(kind, &case, language).to_letter();
            for word in ["alder", "bjork", "closed in 2019", "Stockholm)"] {
                assert!(!text.contains(word), "{kind} {language}: {word}: {text}");
            }
        }
    }
    assert_eq!(
        case.letter(LetterKind::Redirect, at(NOW)),
        Err(NoLetter::NotVerified)
    );
}

#[test]
fn the_form_says_that_nobody_compared_its_wording() {
    let case = &cases()[&LetterKind::AnnexIii];
    let text = made(LetterKind::AnnexIii, case, Language::English).to_letter();
    assert!(
        text.contains("wording of this form has not yet been compared with the Official Journal"),
        "{text}"
    );
    assert!(
        text.contains("[x] It does not say enough to be carried out"),
        "{text}"
    );
    assert!(text.contains("[ ] The certificate is incomplete"), "{text}");
}

#[test]
fn every_reason_against_a_letter_has_its_words() {
    let mut all = vec![
        NoLetter::NotDescribed,
        NoLetter::NotVerified,
        NoLetter::NotDecided,
        NoLetter::NoSuchAnswer,
        NoLetter::NoCertificate,
        NoLetter::NotFoundEmpty,
        NoLetter::NothingProduced,
        NoLetter::NoSecrecy,
        NoLetter::SecrecyEnded,
        NoLetter::NoAccount,
        NoLetter::AlreadyTold,
        NoLetter::NoRuling,
        NoLetter::RulingTold,
        NoLetter::MustNotTell,
        NoLetter::Closed,
    ];
    for waits_for in lagrum_law::WaitsFor::ALL {
        all.push(NoLetter::MayNotTellYet {
            waits_for: waits_for.as_str().into(),
            until: Some(at("2027-02-23T23:00:00Z")),
        });
    }
    for language in Language::ALL {
        let phrases = phrases(language);
        let mut said = Vec::new();
        for why in &all {
            let text = no_letter(why, &stockholm(), &phrases);
            assert!(text.ends_with('.') && text.contains(' '), "{why:?}: {text}");
            assert!(!said.contains(&text), "{text}");
            said.push(text);
        }
    }
}

#[test]
fn a_letter_of_parts_from_which_nothing_is_handed_over_is_not_called_complied_with_in_part() {
    use Disposition::{Narrow, Produce, RedirectToCustomer};
    let nothing = answered([Narrow, Narrow, RedirectToCustomer, RedirectToCustomer]);
    let mut some = answered([Produce, Narrow, RedirectToCustomer, RedirectToCustomer]);
    let finding = &mut some.assessment.as_mut().unwrap().parts[0].finding;
    finding.disposition = Narrow;
    finding.within = Some(Within {
        sub_categories: vec![SubCategory::Name],
        period: None,
        open: false,
        by: vec![],
    });
    // Somebody was stricter than the law: then nothing of that part is handed over either.
    let mut stricter = some.clone();
    stricter.answers[0].disposition = Narrow;
    for language in Language::ALL {
        let words = phrases(language);
        let text = |case: &Case| made(LetterKind::Narrowing, case, language).to_letter();
        for case in [&nothing, &stricter] {
            let text = text(case);
            assert!(
                text.starts_with(&words.word("letter-refusal-title")),
                "{text}"
            );
            assert!(text.contains(&words.word("letter-refusal-lead")), "{text}");
            assert!(
                !text.contains(&words.word("letter-narrowing-part")),
                "{text}"
            );
        }
        let text = text(&some);
        assert!(
            text.starts_with(&words.word("letter-narrowing-title")),
            "{text}"
        );
        assert!(
            text.contains(&words.word("letter-narrowing-lead")),
            "{text}"
        );
    }
}

#[test]
fn what_a_court_decided_is_told_with_its_number_and_what_follows_and_nothing_is_made_up() {
    let kind = LetterKind::CourtOutcome;
    for language in Language::ALL {
        let words = phrases(language);
        let mut said = Vec::new();
        for outcome in RulingOutcome::ALL {
            let case = ruled(outcome, Some("T 1234-26"), None);
            let text = made(kind, &case, language).to_letter();
            assert!(
                text.contains("T 1234-26") && text.contains("2026"),
                "{text}"
            );
            let then = format!("letter-court-outcome-{}-then", outcome.as_str());
            assert!(text.contains(&words.word(&then)), "{text}");
            assert!(!text.contains("[["), "{text}");
            assert!(!said.contains(&text), "each outcome has words of its own");
            said.push(text);
        }
        // Under appeal nothing follows yet.
        let appealed = ruled(
            RulingOutcome::Rejected,
            Some("T 7"),
            Some("2026-11-22T10:00:00Z"),
        );
        let text = made(kind, &appealed, language).to_letter();
        assert!(
            !text.contains(&words.word("letter-court-outcome-rejected-then")),
            "{text}"
        );
        // What nobody recorded is left to a person.
        let mut case = ruled(RulingOutcome::Granted, None, None);
        assert!(made(kind, &case, language).to_letter().contains("[["));
        case.last_ruling.as_mut().unwrap().ruling = None;
        let text = made(kind, &case, language).to_letter();
        assert_eq!(text.matches("[[").count(), 3, "{text}");
    }
}

#[test]
fn the_form_ticks_the_ground_that_a_person_named() {
    use Disposition::{Produce, RedirectToCustomer, Reject};
    let mut case = answered([Produce, Reject, RedirectToCustomer, RedirectToCustomer]);
    let ticked = |case: &Case| {
        let text = made(LetterKind::AnnexIii, case, Language::English).to_letter();
        text.contains("[x] The service is not covered")
    };
    assert!(!ticked(&case), "nobody named it");
    case.answers[1].form = Some(Form {
        reason: FormReason::ServiceNotCovered,
        enforcing_authority: true,
    });
    assert_eq!(case.letter(LetterKind::AnnexIii, at(NOW)), Ok(()));
    let text = made(LetterKind::AnnexIii, &case, Language::English).to_letter();
    assert!(ticked(&case), "{text}");
    assert!(text.contains("The account was closed in 2019."), "{text}");
    assert!(text.contains("Enforcing authority"), "{text}");
}

#[test]
fn the_form_names_no_promise_of_the_provider_beside_the_law_and_no_validation_that_is_not_so() {
    let citation = |rule: &str, says: &str| lagrum_model::Citation {
        rule: rule.into(),
        effect: lagrum_model::Effect::Forbid,
        cite: "a provision".into(),
        says: says.into(),
        verified: "unverified".into(),
    };
    let mut case = cases()[&LetterKind::AnnexIii].clone();
    let part = &mut case.assessment.as_mut().unwrap().parts[1];
    part.finding.disposition = Disposition::Ask;
    let law = citation("eu.made-up", "The Regulation stops it.");
    let promise = citation("provider.made-up", "We promised it.");
    part.finding.decided_by = vec![law, promise.clone()];
    let text = |case: &Case| made(LetterKind::AnnexIii, case, Language::English).to_letter();
    let both = text(&case);
    assert!(both.contains("The Regulation stops it."), "{both}");
    assert!(!both.contains("We promised it."), "{both}");
    case.assessment.as_mut().unwrap().parts[1]
        .finding
        .decided_by = vec![promise];
    assert!(text(&case).contains("We promised it."));
    // Validated afterwards: by whom is left to a person.
    let fill_in = "Validating authority: [[";
    case.demand.as_mut().unwrap().instrument.validated_by = None;
    assert!(text(&case).contains("Validating authority: none"));
    case.moments.add(Moment::Validated, at(NOW));
    assert!(text(&case).contains(fill_in), "{}", text(&case));
}
