//! The nights on which the clocks on the wall change, in both directions.

use super::{clock, operative, readings};
use crate::made_demand::Made;
use lagrum_model::Moment::*;

fn order() -> Made {
    Made::new("european-production-order", "DE", "SE")
}

#[test]
fn a_period_across_the_spring_change_keeps_its_hours_and_its_days() {
    // 20 March 2027, 12:00 in Stockholm (11:00Z), before the change on Sunday 28 March.
    // 240 hours later it is 13:00 on the wall; day 10, the 30th, ends at 22:00Z, not at 23:00Z.
    let found = clock(
        &order(),
        &[(Received, "2027-03-20T11:00:00Z")],
        "2027-03-21T00:00:00Z",
        "eu.clock.production.ten-days",
    );
    let all = readings(&found);
    assert!(
        all.contains(&"elapsed - 2027-03-30T11:00:00Z".to_owned()),
        "{all:?}"
    );
    assert!(
        all.contains(&"day-excluded SE 2027-03-30T21:59:59Z".to_owned()),
        "{all:?}"
    );
}

#[test]
fn a_period_across_the_autumn_change_keeps_its_hours_and_its_days() {
    // 20 October 2026, 12:00 in Stockholm (10:00Z), before the change on Sunday 25 October.
    let found = clock(
        &order(),
        &[(Received, "2026-10-20T10:00:00Z")],
        "2026-10-21T00:00:00Z",
        "eu.clock.production.ten-days",
    );
    let all = readings(&found);
    assert!(
        all.contains(&"elapsed - 2026-10-30T10:00:00Z".to_owned()),
        "{all:?}"
    );
    assert!(
        all.contains(&"day-excluded SE 2026-10-30T22:59:59Z".to_owned()),
        "{all:?}"
    );
}

#[test]
fn eight_hours_of_an_emergency_are_eight_hours_in_either_night() {
    let urgent = order().emergency();
    let id = "eu.clock.production.eight-hours";
    // Spring: received at 01:30 (00:30Z), the wall shows 10:30 when eight hours have passed.
    let found = clock(
        &urgent,
        &[(Received, "2027-03-28T00:30:00Z")],
        "2027-03-28T01:00:00Z",
        id,
    );
    assert_eq!(
        readings(&found),
        [
            "elapsed - 2027-03-28T08:30:00Z",
            "hour-excluded - 2027-03-28T09:00:00Z",
        ]
    );
    // Autumn: received at 02:30, for the second time that night (01:30Z).
    let found = clock(
        &urgent,
        &[(Received, "2026-10-25T01:30:00Z")],
        "2026-10-25T02:00:00Z",
        id,
    );
    assert_eq!(operative(&found), "2026-10-25T09:30:00Z");
}

#[test]
fn a_period_that_ends_on_the_day_of_the_change_ends_with_that_day() {
    // Day 10 is Sunday 28 March 2027, a day of 23 hours, or Sunday 25 October 2026, a day of 25.
    let spring = clock(
        &order(),
        &[(Received, "2027-03-18T11:00:00Z")],
        "2027-03-19T00:00:00Z",
        "eu.clock.production.ten-days",
    );
    assert!(readings(&spring).contains(&"day-excluded SE 2027-03-28T21:59:59Z".to_owned()));
    let autumn = clock(
        &order(),
        &[(Received, "2026-10-15T10:00:00Z")],
        "2026-10-16T00:00:00Z",
        "eu.clock.production.ten-days",
    );
    assert!(readings(&autumn).contains(&"day-excluded SE 2026-10-25T22:59:59Z".to_owned()));
}

#[test]
fn a_month_to_an_hour_that_the_spring_change_skips_ends_an_hour_later_on_the_wall() {
    // Investigation ended on 28 February 2027 at 02:30 in Stockholm (01:30Z): 28 March has no 02:30;
    // 03:30 summer time is 01:30Z.
    let made = Made::new("court-decision", "SE", "SE").issued("2026-01-30", "judge");
    let found = clock(
        &made,
        &[(InvestigationEnded, "2027-02-28T01:30:00Z")],
        "2027-03-01T00:00:00Z",
        "se.clock.notice.one-month",
    );
    assert_eq!(operative(&found), "2027-03-28T01:30:00Z");
}

/// Events one after the other, and the instants to act on that they lead to.
fn in_order(made: &Made, what: crate::clock::Moment, events: &[&str], id: &str) -> Vec<String> {
    let ends: Vec<_> = events
        .iter()
        .map(|event| operative(&clock(made, &[(what, event)], "2030-01-01T00:00:00Z", id)))
        .collect();
    assert!(ends.is_sorted(), "{ends:?}");
    ends
}

#[test]
fn a_weekend_gives_no_earlier_working_day_than_the_friday_before() {
    // Friday 11, Saturday 12 and Sunday 13 June 2027, at 19:00, 12:00 and 09:00 in Stockholm. The
    // fifth working day is Friday the 18th: at 19:00 for the first, at its end for the others.
    let events = [
        "2027-06-11T17:00:00Z",
        "2027-06-12T10:00:00Z",
        "2027-06-13T07:00:00Z",
    ];
    let id = "eu.clock.enforcement.five-working-days";
    assert_eq!(
        in_order(&order(), EnforcementRequested, &events, id),
        [
            "2027-06-18T17:00:00Z",
            "2027-06-18T21:59:59Z",
            "2027-06-18T21:59:59Z"
        ]
    );
}

#[test]
fn the_end_of_january_gives_no_earlier_end_of_february() {
    // 28, 30 and 31 January 2027, at 12:00, 12:00 and 10:00 in Stockholm.
    let made = Made::new("court-decision", "SE", "SE");
    let events = [
        "2027-01-28T11:00:00Z",
        "2027-01-30T11:00:00Z",
        "2027-01-31T09:00:00Z",
    ];
    assert_eq!(
        in_order(
            &made,
            InvestigationEnded,
            &events,
            "se.clock.notice.one-month"
        ),
        [
            "2027-02-28T11:00:00Z",
            "2027-02-28T22:59:59Z",
            "2027-02-28T22:59:59Z"
        ]
    );
}

#[test]
fn the_hour_that_comes_twice_gives_no_earlier_deadline_the_second_time() {
    // 25 October 2026: 02:50 for the first time (00:50Z), 02:10 for the second (01:10Z).
    let made = Made::new("court-decision", "SE", "SE");
    let events = ["2026-10-25T00:50:00Z", "2026-10-25T01:10:00Z"];
    assert_eq!(
        in_order(
            &made,
            InvestigationEnded,
            &events,
            "se.clock.notice.one-month"
        ),
        ["2026-11-25T01:50:00Z", "2026-11-25T02:10:00Z"]
    );
}
