//! What counsel found stands in the memo, on the page of the case and on the page to sign, in the same words.

use lagrum_documents::{
    CasePage, Document, Memo, MemoCase, Names, Style, case_page, memo, signing_page,
};
use lagrum_model::{
    Command, Conflict, ConflictGround, ConflictOutcome, CountryCode, Emergency, EventKind,
    Language, Objection, ProviderFindings, Role,
};

use crate::made::{Driven, at, id, notices, order, packs, person, phrases, stockholm};
use crate::signing::page_of;

const HEADS: [(Language, &str); 3] = [
    (Language::English, "What counsel found"),
    (Language::Swedish, "Juristens bedömning"),
    (Language::Danish, "Juristens vurdering"),
];

/// The memo, the page of the case and, where a mandate waits, the page to sign.
fn pages(driven: &Driven, text: Option<&str>, language: Language) -> Vec<Document> {
    let case = &driven.case;
    let demand = case.demand.as_ref().unwrap();
    let (id, zone, words) = (id(), stockholm(), phrases(language));
    let notices = notices(demand, &case.moments, at("2026-11-12T09:00:00Z"));
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
        moments: &case.moments,
        clocks: &[],
        notices: &notices,
        verified: true,
        written_at: at("2026-11-12T09:00:00Z"),
        zone: &zone,
    };
    let page = CasePage {
        id: &id,
        case,
        events: &driven.events,
        clocks: &[],
        earlier: &[],
        for_counsel: false,
        zone: &zone,
        notices: &[],
        names: Names::default(),
    };
    let sign = text.map(|text| signing_page(&page_of(case, text), &words).unwrap());
    let all = [
        memo(&written, packs(), &words),
        case_page(&page, packs(), &words),
    ];
    all.into_iter().chain(sign).collect()
}

fn flat(page: &Document) -> String {
    let text = page.to_text(2000, Style::Plain).replace('\u{a0}', " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The made order, decided and half signed, with these findings, which counsel recorded.
fn found(findings: ProviderFindings) -> (Driven, String) {
    let (mut driven, text) = Driven::half_signed();
    let before = driven.case.clone();
    let mut demand = order();
    demand.findings = findings;
    let maja = person("Maja Lind", Role::Counsel);
    let described = EventKind::Described {
        demand: Box::new(demand),
    };
    driven.happens(
        "2026-11-10T15:00:00Z",
        &maja,
        "the court's ruling",
        described,
    );
    // Decided and drafted again.
    let recorded = driven.case.findings_recorded.clone();
    let mut mandate = lagrum_mandate::Mandate::parse(&text).unwrap();
    driven.case.authenticated = before.authenticated;
    driven.case.call_backs = before.call_backs;
    driven.case.assessment = before.assessment;
    driven.case.answers = before.answers;
    driven.case.findings_recorded = recorded;
    mandate.demand = driven.case.demand.as_ref().unwrap().digest();
    mandate.basis = driven.case.basis().unwrap();
    let text = mandate.to_text();
    let mut record = before.mandates.values().next().unwrap().clone();
    record.text.clone_from(&text);
    driven.case.mandates.insert(mandate.digest(), record);
    (driven, text)
}

#[test]
fn each_finding_is_said_on_all_three_pages_with_who_recorded_it_and_why() {
    let (driven, text) = found(ProviderFindings {
        conflict: Some(Conflict {
            country: CountryCode::parse("US").unwrap(),
            ground: ConflictGround::Forbids,
            qualifying_government: true,
            outcome: Some(ConflictOutcome::DisclosureOrdered),
        }),
        objection: Some(Objection::Incomplete),
        transfer_ground: true,
        relevance_doubted: true,
        foreign_law_cleared: true,
        local_law_confirmed: true,
        privilege_cleared: true,
        partial_refusal_settled: true,
    });
    let said = [
        [
            "Counsel found that the law of another country forbids the disclosure.",
            "The conflict is with the law of the United States.",
            "The outcome of the objection is a court's decision that the data is disclosed.",
            "Counsel recorded another ground of Chapter V",
            "Maja Lind (counsel), 10 November 2026 at 16:00 (Swedish time): the court's ruling",
        ],
        [
            "Leverantörens jurist har funnit att ett annat lands rätt förbjuder utlämnandet.",
            "Konflikten gäller rätten i USA.",
            "Utgången av invändningen är ett domstolsbeslut att uppgifterna ska lämnas ut.",
            "Leverantörens jurist har antecknat en annan grund i kapitel V",
            "Maja Lind (leverantörens jurist), den 10 november 2026 kl. 16.00 (svensk tid): the court's ruling",
        ],
        [
            "Udbyderens jurist har fundet, at et andet lands ret forbyder udleveringen.",
            "Konflikten vedrører retten i USA.",
            "Udfaldet af indsigelsen er en retsafgørelse om, at oplysningerne skal udleveres.",
            "Udbyderens jurist har noteret et andet grundlag i databeskyttelsesforordningens kapitel V",
            "Maja Lind (udbyderens jurist), den 10. november 2026 kl. 16.00 (svensk tid): the court's ruling",
        ],
    ];
    for ((language, head), said) in HEADS.into_iter().zip(said) {
        for page in pages(&driven, Some(&text), language) {
            let page = flat(&page);
            let (_, page) = page.split_once(head).unwrap_or_else(|| panic!("{page}"));
            for part in said {
                assert!(page.contains(part), "{language} {part}: {page}");
            }
            // Ten findings, none of them a key.
            assert!(
                !page.contains("fact-findings") && !page.contains("value-"),
                "{page}"
            );
        }
    }
}

#[test]
fn where_counsel_had_nothing_to_find_there_is_no_such_section() {
    let (driven, text) = Driven::half_signed();
    for (language, head) in HEADS {
        for page in pages(&driven, Some(&text), language) {
            assert!(!flat(&page).contains(head), "{language}");
        }
    }
}

#[test]
fn a_claimed_danger_is_told_with_who_judged_it_and_why() {
    let mut order = order();
    order.emergency = Some(Emergency {
        facts: "A child is missing.".into(),
        threat_to: lagrum_model::ThreatTo::Person,
    });
    let mut driven = Driven::assessed_of(order);
    let maja = person("Maja Lind", Role::Counsel);
    for (language, head) in HEADS {
        let open = phrases(language).word("emergency-not-judged");
        for page in pages(&driven, None, language) {
            let page = flat(&page);
            let (_, page) = page.split_once(head).unwrap();
            assert!(page.contains(&open), "{language}: {page}");
        }
    }
    let assessment = driven.case.assessment.clone();
    let judge = Command::JudgeEmergency { believed: true };
    driven.tell("2026-11-10T15:00:00Z", &maja, "Dr. Vogt told it", judge);
    driven.case.assessment = assessment;
    for ((language, head), at) in HEADS.into_iter().zip([
        "10 November 2026 at 16:00 (Swedish time)",
        "den 10 november 2026 kl. 16.00 (svensk tid)",
        "den 10. november 2026 kl. 16.00 (svensk tid)",
    ]) {
        let words = phrases(language);
        let by = format!("Maja Lind ({})", words.word("role-counsel"));
        let said = words.fill("emergency-believed", &[("by", &by)]);
        let said = format!("{said} {at}: Dr. Vogt told it");
        for page in pages(&driven, None, language) {
            let page = flat(&page);
            let (_, page) = page.split_once(head).unwrap();
            assert!(page.contains(&said), "{language}: {page}");
        }
    }
}
