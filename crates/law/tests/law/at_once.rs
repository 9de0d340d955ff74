//! The end of the ten days of Article 10(2): nobody records it, and both the finding and the clocks
//! hear of it.

use jiff::Timestamp;
use lagrum_law::{ClockKind, ClockState, LawPacks, first_due, standing};
use lagrum_model::{Category, Demand, Disposition, Moment, Moments};

use crate::common::{find, holding};

const ORDER: &str = r#"
[authority]
name = "Amtsgericht Hamburg"
country = "DE"
kind = "court"
[instrument]
kind = "european-production-order"
country = "DE"
measure = "absent"
notification = "pending"
issued_on = 2026-11-02
issued_by = { name = "Amtsgericht Hamburg", kind = "judge" }
signatures = [{ name = "Amtsgericht Hamburg", form = "qualified" }]
[offence]
description = "Betrug"
maximum_penalty_months = 60
[[part]]
categories = ["content"]
"#;

const AT_ONCE: &str = "eu.clock.production.at-once";
const NOT_BEFORE: &str = "eu.clock.production.after-notification";

fn order() -> Demand {
    let text = lagrum_model::testing::demand_text(&[ORDER]);
    let text = text.replace("measure = \"absent\"\n", "");
    Demand::parse(text.as_bytes()).unwrap_or_else(|fault| panic!("{fault}:\n{text}"))
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// What is found of content and what is due first at an instant, with what happened.
fn stands(happened: &[(Moment, &str)], now: &str) -> (Disposition, Vec<(String, ClockState)>) {
    let packs = LawPacks::embedded().unwrap();
    let now = at(now);
    let mut moments = Moments::new();
    moments.add(Moment::Received, at("2026-11-03T08:30:00Z"));
    moments.add(Moment::Notified, at("2026-11-03T08:30:00Z"));
    for (what, when) in happened {
        moments.add(*what, at(when));
    }
    let mut basis = order().basis(true, false).after(&moments);
    let mut of_now = order();
    of_now.instrument.notification = basis.instrument.notification;
    let clocks = packs.clocks().of(&of_now, &moments, now).unwrap();
    basis.clocks = standing(&clocks);
    let law = packs.in_force(jiff::civil::date(2026, 11, 20)).unwrap();
    let found = find(&law, &basis, &holding(Category::Content, "SE"));
    let first = first_due(&clocks).into_iter();
    let of_both = clocks
        .iter()
        .filter(|clock| [AT_ONCE, NOT_BEFORE].contains(&clock.id.as_str()));
    let told = first.chain(of_both.filter(|clock| Some(*clock) != first_due(&clocks)));
    let told = told.map(|clock| (clock.id.clone(), clock.state.clone()));
    (found.disposition, told.collect())
}

#[test]
fn the_end_of_the_ten_days_opens_the_part_and_starts_at_once() {
    // The tenth day is 13 November; in Stockholm and in Hamburg it ends at 23:00 UTC.
    let (found, told) = stands(&[], "2026-11-13T22:59:00Z");
    assert_eq!(found, Disposition::Wait);
    assert_eq!(told, [(NOT_BEFORE.to_owned(), ClockState::Running)]);

    let (found, told) = stands(&[], "2026-11-13T23:00:01Z");
    assert_eq!(found, Disposition::Produce, "nobody recorded anything");
    assert_eq!(told[0], (AT_ONCE.to_owned(), ClockState::Passed));
    assert_eq!(told[1], (NOT_BEFORE.to_owned(), ClockState::Passed));

    let packs = LawPacks::embedded().unwrap();
    let rules = packs.clocks().rules();
    let rule = rules.iter().find(|rule| rule.id == AT_ONCE).unwrap();
    assert_eq!(rule.kind, ClockKind::ActBy);
}

#[test]
fn the_duty_at_once_stays_first_until_it_is_done() {
    let produced = [(Moment::Produced, "2026-11-14T09:00:00Z")];
    let (_, told) = stands(&[], "2026-12-24T12:00:00Z");
    assert_eq!(told[0], (AT_ONCE.to_owned(), ClockState::Passed));
    let (_, told) = stands(&produced, "2026-12-24T12:00:00Z");
    let ended = |(id, state): &(String, ClockState)| {
        id == AT_ONCE
            && matches!(
                state,
                ClockState::Done {
                    by: Moment::Produced,
                    ..
                }
            )
    };
    assert!(told.iter().any(ended), "{told:?}");
}

#[test]
fn a_refusal_or_a_suspension_starts_nothing_at_once() {
    let none = |told: &[(String, ClockState)]| {
        !told
            .iter()
            .any(|(id, state)| id == AT_ONCE && *state == ClockState::Passed)
    };
    let refused = [(Moment::Refused, "2026-11-12T09:00:00Z")];
    let (found, told) = stands(&refused, "2026-11-20T12:00:00Z");
    assert_eq!(found, Disposition::Reject);
    assert!(none(&told), "{told:?}");
    // What is asked about suspends the ten days, and their end with them.
    let asked = [(Moment::ClarificationAsked, "2026-11-05T09:00:00Z")];
    let (found, told) = stands(&asked, "2026-11-14T12:00:00Z");
    assert_eq!(found, Disposition::Wait);
    assert!(none(&told), "{told:?}");
}
