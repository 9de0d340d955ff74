//! Each page in three languages at two widths.

use jiff::Timestamp;
use lagrum_documents::{
    CasePage, CaseRow, Document, Due, Memo, MemoCase, Names, Provider, Style, Summary, Zone,
    case_list, case_page, memo, package_summary, signing_page,
};
use lagrum_law::{ClockKind, first_due};
use lagrum_mandate::Mandate;
use lagrum_model::{
    AccountIdentifier, CaseId, CaseState, Category, Covered, DateRule, Disposition, EmailAddress,
    Gap, Identifier, InstrumentKind, Language, Moment, Moments, Region, Role, Sha256Digest,
};
use lagrum_package::{Search, SearchOutcome, Statement};

use crate::letters::{answered, produced};
use crate::made::{
    Driven, at, clocks, demand_answers, id, memo_of, notices, packs, phrases, stockholm,
};
use crate::signing::page_of;

/// Holds a page in three languages at two widths, and that no line is wider but for a word that is.
fn held(name: &str, page: impl Fn(Language) -> Document) {
    for language in Language::ALL {
        for width in [80, 140] {
            let text = page(language).to_text(width, Style::Plain);
            for line in text.lines() {
                let words = line.split_whitespace().count();
                assert!(
                    line.chars().count() <= width || words == 1,
                    "{name} {language} {width}: {line}"
                );
            }
            insta::assert_snapshot!(format!("{name}-{language}-{width}"), text);
        }
    }
}

#[test]
fn the_memo_reads_well() {
    let driven = Driven::assessed();
    held("memo", |language| {
        memo_of(&driven, None, "2026-11-12T09:00:00Z", language)
    });
}

#[test]
fn a_memo_without_receipt_or_verification_says_so() {
    let driven = Driven::assessed();
    let case = &driven.case;
    let demand = case.demand.as_ref().unwrap();
    let moments = Moments::new();
    let notices = notices(demand, &moments, at("2026-11-12T09:00:00Z"));
    let (id, zone) = (id(), Zone::utc());
    let written = Memo {
        provider: None,
        author: None,
        case: Some(MemoCase {
            id: &id,
            case,
            events: &driven.events,
            names: Names::default(),
        }),
        demand,
        assessment: case.assessment.as_ref().unwrap(),
        moments: &moments,
        clocks: &[],
        notices: &notices,
        verified: false,
        written_at: at("2026-11-12T09:00:00Z"),
        zone: &zone,
    };
    for (language, unverified, no_receipt) in [
        (
            Language::English,
            "Nothing is produced.",
            "time of receipt is not recorded",
        ),
        (
            Language::Swedish,
            "Ingenting lämnas ut.",
            "inte antecknat när begäran kom in",
        ),
        (
            Language::Danish,
            "Intet udleveres.",
            "ikke noteret, hvornår anmodningen blev modtaget",
        ),
    ] {
        let page = memo(&written, packs(), &phrases(language));
        assert!(
            page.mentions(unverified) && page.mentions(no_receipt),
            "{language}"
        );
    }
}

#[test]
fn the_page_of_a_case_reads_well() {
    let (driven, _) = Driven::half_signed();
    let clocks = clocks(&driven.case, "2026-11-12T09:00:00Z");
    held("case", |language| {
        let page = CasePage {
            id: &id(),
            case: &driven.case,
            events: &driven.events,
            clocks: &clocks,
            earlier: &[],
            for_counsel: false,
            zone: &stockholm(),
            notices: &[],
            names: Names::default(),
        };
        case_page(&page, packs(), &phrases(language))
    });
}

#[test]
fn the_list_of_cases_reads_well() {
    let driven = Driven::assessed();
    let due = first_due(&clocks(&driven.case, "2026-11-12T09:00:00Z")).and_then(Due::of);
    let row = |number, state| CaseRow {
        case: CaseId::new(2026, number),
        received_at: Some(at("2026-11-10T08:12:00Z")),
        due: None,
        authority: None,
        reference: None,
        instrument: None,
        file_name: Some("scan0041.pdf".into()),
        state,
        answers: vec![],
    };
    let rows = [
        row(30, CaseState::Received),
        CaseRow {
            due,
            authority: Some("Staatsanwaltschaft Berlin".into()),
            reference: Some("274 Js 3318/26".into()),
            instrument: Some(InstrumentKind::EuropeanProductionOrder),
            ..row(31, CaseState::PartlyApproved)
        },
        CaseRow {
            due: Some(Due {
                at: at("2026-11-11T09:00:00Z"),
                kind: ClockKind::ActBy,
                passed: true,
            }),
            authority: Some("Polismyndigheten".into()),
            reference: Some("5000-K18812-26".into()),
            instrument: Some(InstrumentKind::CourtDecision),
            answers: vec![Disposition::Produce, Disposition::Narrow],
            ..row(32, CaseState::Waiting)
        },
        CaseRow {
            due: Some(Due {
                at: at("2027-02-23T23:00:00Z"),
                kind: ClockKind::KeepUntil,
                passed: false,
            }),
            authority: Some("U.S. Department of Justice".into()),
            reference: Some("CRM-182-88".into()),
            instrument: Some(InstrumentKind::PreservationRequest),
            answers: vec![Disposition::Preserve],
            ..row(33, CaseState::Decided)
        },
    ];
    held("list", |language| {
        case_list(&rows, &stockholm(), &phrases(language))
    });
    assert_eq!(
        case_list(&[], &Zone::utc(), &phrases(Language::English)).title,
        "No cases"
    );
}

#[test]
fn the_page_to_sign_reads_well() {
    let (driven, text) = Driven::half_signed();
    held("signing", |language| {
        signing_page(&page_of(&driven.case, &text), &phrases(language)).unwrap()
    });
}

#[test]
fn the_summary_of_a_package_reads_well() {
    let (driven, text) = Driven::half_signed();
    let mandate = Mandate::parse(&text).unwrap();
    let others = mandate.others(Some(&demand_answers(&driven.case))).unwrap();
    let statement = statement(&text);
    let provider = Provider {
        name: "Kvist Mail AB".into(),
        contact: vec!["+46 8 123 45 67".into(), "demands@kvist.example".into()],
    };
    held("summary", |language| {
        let summary = Summary {
            provider: Some(&provider),
            mandate: &mandate,
            others: &others,
            signed_by: &[
                ("Olof Strand".into(), Role::Analyst),
                ("Maja Ek".into(), Role::Counsel),
            ],
            statement: &statement,
            zone: &stockholm(),
        };
        package_summary(&summary, &phrases(language))
    });
}

#[test]
fn the_summary_says_in_words_which_date_decided_in_each_source() {
    let (_, text) = Driven::half_signed();
    let mandate = Mandate::parse(&text).unwrap();
    let mut statement = statement(&text);
    let (of_mail, rules) = (
        statement.searches[1].clone(),
        [
            ("mail", DateRule::MessageDate),
            ("relay", DateRule::ReceivedField),
            ("maildir", DateRule::DeliveryTime),
            ("server", DateRule::InternalDate),
        ],
    );
    let search = |(source, date_rule): (&str, DateRule)| Search {
        source: source.into(),
        date_rule,
        ..of_mail.clone()
    };
    statement.searches = rules.map(search).into();
    held("summary-dates", |language| {
        let summary = Summary {
            provider: None,
            mandate: &mandate,
            others: &[],
            signed_by: &[],
            statement: &statement,
            zone: &stockholm(),
        };
        package_summary(&summary, &phrases(language))
    });
}

fn statement(text: &str) -> Statement {
    let alder = EmailAddress::parse("alder@kvist.example").unwrap();
    let alder = AccountIdentifier::try_from(Identifier::EmailAddress(alder)).unwrap();
    let search = |category, source: &str, date_rule, outcome| Search {
        identifier: alder.clone(),
        category,
        source: source.into(),
        date_rule,
        limited: None,
        outcome,
    };
    let began: Timestamp = at("2026-11-11T06:00:02Z");
    Statement {
        mandate: Sha256Digest::of(text.as_bytes()),
        region: Region::parse("stockholm").unwrap(),
        began_at: began,
        ended_at: at("2026-11-11T06:00:41Z"),
        released: None,
        answers: None,
        searches: vec![
            search(
                Category::Subscriber,
                "subscribers",
                DateRule::PresentState,
                SearchOutcome::Searched {
                    produced: 1,
                    repeated: 0,
                    for_review: 0,
                    unreadable: 0,
                    removed: 0,
                    covers: None,
                    gaps: vec![],
                    absent: vec![],
                },
            ),
            search(
                Category::Content,
                "mail",
                DateRule::MessageDate,
                SearchOutcome::Searched {
                    produced: 1_204,
                    repeated: 0,
                    for_review: 3,
                    unreadable: 0,
                    removed: 0,
                    covers: None,
                    gaps: vec![],
                    absent: vec![],
                },
            ),
            search(
                Category::Traffic,
                "logins",
                DateRule::EventTime,
                SearchOutcome::Searched {
                    produced: 0,
                    repeated: 0,
                    for_review: 0,
                    unreadable: 1,
                    removed: 0,
                    covers: Some(Covered {
                        first: at("2026-05-02T04:10:00Z"),
                        last: at("2026-11-11T05:59:58Z"),
                    }),
                    gaps: vec![Gap {
                        from: at("2026-08-03T21:14:09Z"),
                        until: at("2026-08-09T06:30:00Z"),
                    }],
                    absent: vec!["port".into(), "device".into()],
                },
            ),
            search(
                Category::Content,
                "archive",
                DateRule::MessageDate,
                SearchOutcome::UnknownAccount,
            ),
        ],
    }
}

#[test]
fn no_page_says_that_there_is_nothing_where_a_search_found_something_or_did_not_end() {
    use Disposition::{NoData, RedirectToCustomer, Reject};
    let answers = [NoData, Reject, RedirectToCustomer, RedirectToCustomer];
    let told = |case: &lagrum_model::Case, language| {
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
        case_page(&page, packs(), &phrases(language)).to_text(4000, Style::Plain)
    };
    for language in Language::ALL {
        let words = phrases(language);
        let (nothing, open, found) = (
            words.sentence(&words.word("disposition-no-data")),
            words.sentence(&words.word("finding-no-data")),
            words.sentence(&words.word("answer-found-after-all")),
        );
        let answer = |case: &lagrum_model::Case| {
            let text = told(case, language);
            let heading = format!("\n{}\n-", words.word("answers"));
            let at = text.find(&heading).expect("there are answers");
            let lines: Vec<_> = text[at..].lines().skip(3).take(2).collect();
            let words: Vec<_> = lines
                .iter()
                .flat_map(|line| line.split_whitespace())
                .collect();
            words.join(" ")
        };
        let mut case = answered(answers);
        assert!(answer(&case).contains(&open), "{}", answer(&case));
        produced(&mut case, &[0], 3, true);
        assert!(answer(&case).contains(&found), "{}", answer(&case));
        let ask = words.word("mandate-barred-delivered");
        assert!(!told(&case, language).contains(&ask));
        // Refused afterwards: what was handed over is to be deleted.
        case.moments
            .add(Moment::ValidationRefused, at("2026-11-20T09:00:00Z"));
        assert!(told(&case, language).contains(&ask), "{language}");
        let mut empty = answered(answers);
        produced(&mut empty, &[0], 0, true);
        assert!(answer(&empty).contains(&nothing), "{}", answer(&empty));
        for record in empty.mandates.values_mut() {
            record.searched.get_mut(&0).unwrap().complete = false;
        }
        assert!(answer(&empty).contains(&open), "{}", answer(&empty));
    }
}
