//! The list, the page of a case and the memo name the same first deadline.

use jiff::Timestamp;
use lagrum_documents::{
    CasePage, CaseRow, Due, Memo, Names, Style, Zone, case_list, case_page, memo,
};
use lagrum_law::{Clock, ClockKind, ClockState, Party, first_due};
use lagrum_model::{Case, CaseState, Language, Moment};
use proptest::prelude::*;

use crate::made::{Driven, at, id, notices, packs, phrases};

const DAY: i64 = 86_400;

fn clock(place: usize, kind: u8, party: u8, state: u8, day: i64) -> Clock {
    let kinds = [
        ClockKind::ActBy,
        ClockKind::ClaimBy,
        ClockKind::ValidUntil,
        ClockKind::NotBefore,
        ClockKind::KeepUntil,
    ];
    let parties = [Party::Provider, Party::Provider, Party::Authority];
    let states = [
        ClockState::Running,
        ClockState::Paused,
        ClockState::Passed,
        ClockState::Done {
            by: Moment::Produced,
            at: Timestamp::UNIX_EPOCH,
        },
    ];
    Clock {
        id: format!("made.clock.{place}"),
        kind: kinds[usize::from(kind) % kinds.len()],
        party: parties[usize::from(party) % parties.len()],
        started_by: Moment::Received,
        started_at: at("2026-11-10T08:12:00Z"),
        due: vec![],
        // Each clock has a day of its own, so that a day names its clock.
        operative: Timestamp::from_second(
            (20_500 + day * 50 + i64::try_from(place).unwrap()) * DAY,
        )
        .ok(),
        state: states[usize::from(state) % states.len()].clone(),
        paused: None,
        extensions: 0,
        remarks: vec![],
        cite: "a provision".into(),
        says: "Something is due.".into(),
        verified: "primary text".into(),
    }
}

fn made(case: &Case, clocks: &[Clock]) -> [String; 3] {
    let english = phrases(Language::English);
    let (id, zone) = (id(), Zone::utc());
    let demand = case.demand.as_ref().unwrap();
    let notices = notices(demand, &case.moments, at("2026-11-12T09:00:00Z"));
    let written = Memo {
        provider: None,
        author: None,
        case: None,
        demand,
        assessment: case.assessment.as_ref().unwrap(),
        moments: &case.moments,
        clocks,
        notices: &notices,
        verified: true,
        written_at: at("2026-11-12T09:00:00Z"),
        zone: &zone,
    };
    let row = CaseRow {
        case: id.clone(),
        received_at: None,
        due: first_due(clocks).and_then(Due::of),
        authority: Some("A".into()),
        reference: None,
        instrument: None,
        file_name: None,
        state: CaseState::Assessed,
        answers: vec![],
    };
    let page = CasePage {
        id: &id,
        case,
        events: &[],
        clocks,
        earlier: &[],
        for_counsel: false,
        zone: &zone,
        notices: &[],
        names: Names::default(),
    };
    [
        memo(&written, packs(), &english),
        case_page(&page, packs(), &english),
        case_list(&[row], &zone, &english),
    ]
    .map(|page| page.to_text(140, Style::Plain))
}

/// The day that a page names as due next, in the words of that page.
fn due_next(page: &str) -> Option<&str> {
    page.lines()
        .find_map(|line| line.strip_prefix("Due next:"))
        .map(str::trim)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn memo_case_and_list_name_the_same_first_deadline(
        made_up in prop::collection::vec((0..5_u8, 0..3_u8, 0..4_u8, 0..20_i64), 0..6),
    ) {
        let driven = Driven::assessed();
        let clocks: Vec<_> = made_up
            .into_iter()
            .enumerate()
            .map(|(place, (kind, party, state, day))| clock(place, kind, party, state, day))
            .collect();
        let [memo, case, list] = made(&driven.case, &clocks);
        match first_due(&clocks) {
            None => {
                prop_assert_eq!(due_next(&memo), None);
                prop_assert_eq!(due_next(&case), None);
                prop_assert!(!list.contains("00:00"), "{}", list);
            }
            Some(first) => {
                let at = first.operative.unwrap();
                let english = phrases(Language::English);
                let day = english.instant(at, &Zone::utc());
                let in_memo = due_next(&memo).unwrap();
                prop_assert!(in_memo.contains(&day), "{}", in_memo);
                prop_assert!(due_next(&case).unwrap().contains(&day), "{}", case);
                let short = english.short_instant(at, &Zone::utc());
                prop_assert!(list.contains(&short), "{}", list);
            }
        }
    }
}
