//! Hand-computed dates of the clocks of Regulation (EU) 2023/1543. November 2026: the 2nd is a
//! Monday; Stockholm and Berlin are one hour ahead of UTC all month.

use lagrum_model::Moment::*;

use super::{at, clock, clocks, operative, readings};
use crate::clock::{ClockState, Remark};
use crate::made_demand::Made;

fn order() -> Made {
    Made::new("european-production-order", "DE", "SE").instrument("notification = \"not-required\"")
}

#[test]
fn ten_days_are_counted_in_every_defensible_way_and_the_earliest_is_acted_on() {
    // Received Wednesday 4 November at 10:20 in Stockholm (09:20Z).
    // Elapsed: 14 November 09:20Z. Day excluded: day 1 is the 5th, day 10 Saturday the 14th, which
    // ends at 24:00 = 23:00Z; its last second is 22:59:59Z. Rolled: Monday the 16th.
    let found = clock(
        &order(),
        &[(Received, "2026-11-04T09:20:00Z")],
        "2026-11-05T00:00:00Z",
        "eu.clock.production.ten-days",
    );
    assert_eq!(
        readings(&found),
        [
            "elapsed - 2026-11-14T09:20:00Z",
            "day-excluded DE 2026-11-14T22:59:59Z",
            "day-excluded SE 2026-11-14T22:59:59Z",
            "rolled DE 2026-11-16T22:59:59Z",
            "rolled SE 2026-11-16T22:59:59Z",
        ]
    );
    assert_eq!(operative(&found), "2026-11-14T09:20:00Z");
    assert_eq!(found.state, ClockState::Running);
}

#[test]
fn ten_days_of_a_finnish_order_end_an_hour_earlier_there_than_in_dublin() {
    // Helsinki is two hours ahead, Dublin level with UTC: the 14th ends there at 22:00Z and 24:00Z.
    let made = Made::new("european-production-order", "FI", "IE");
    let found = clock(
        &made,
        &[(Received, "2026-11-04T23:30:00Z")],
        "2026-11-05T00:00:00Z",
        "eu.clock.production.ten-days",
    );
    // 23:30Z on the 4th is already the 5th in Helsinki: day 10 is the 15th there, the 14th in Dublin.
    assert!(readings(&found).contains(&"day-excluded FI 2026-11-15T21:59:59Z".to_owned()));
    assert!(readings(&found).contains(&"day-excluded IE 2026-11-14T23:59:59Z".to_owned()));
    assert_eq!(operative(&found), "2026-11-14T23:30:00Z");
}

#[test]
fn eight_hours_run_from_the_instant_though_the_hour_of_receipt_need_not_count() {
    // 10:20 in Stockholm: 18:20, or, from 11:00, 19:00 (17:20Z, 18:00Z).
    let found = clock(
        &order().emergency(),
        &[(Received, "2026-11-04T09:20:00Z")],
        "2026-11-04T10:00:00Z",
        "eu.clock.production.eight-hours",
    );
    assert_eq!(
        readings(&found),
        [
            "elapsed - 2026-11-04T17:20:00Z",
            "hour-excluded - 2026-11-04T18:00:00Z",
        ]
    );
    assert_eq!(operative(&found), "2026-11-04T17:20:00Z");
    // No ten days beside the eight hours.
    let all = clocks(
        &order().emergency(),
        &[(Received, "2026-11-04T09:20:00Z")],
        "2026-11-04T10:00:00Z",
    );
    assert!(
        !all.iter()
            .any(|clock| clock.id == "eu.clock.production.ten-days")
    );
}

#[test]
fn a_notified_order_is_not_answered_before_its_last_day_has_ended() {
    let made =
        Made::new("european-production-order", "DE", "SE").instrument("notification = \"pending\"");
    let received = (Received, "2026-11-04T09:20:00Z");
    let id = "eu.clock.production.after-notification";
    let found = clock(&made, &[received], "2026-11-05T00:00:00Z", id);
    // The later of the two readings that can be defended; the one that rolls to Monday is not.
    assert_eq!(operative(&found), "2026-11-14T22:59:59Z");
    let cleared = [received, (Cleared, "2026-11-06T12:00:00Z")];
    let found = clock(&made, &cleared, "2026-11-07T00:00:00Z", id);
    assert_eq!(
        found.state,
        ClockState::Done {
            by: Cleared,
            at: at("2026-11-06T12:00:00Z")
        }
    );
    // In an emergency the notification suspends nothing.
    let urgent = Made::new("european-production-order", "DE", "SE")
        .instrument("notification = \"pending\"")
        .emergency();
    let all = clocks(&urgent, &[received], "2026-11-05T00:00:00Z");
    assert!(!all.iter().any(|clock| clock.id == id));
    let found = clock(
        &urgent,
        &[received, (Notified, "2026-11-04T10:05:00Z")],
        "2026-11-05T00:00:00Z",
        "eu.clock.notification.ninety-six-hours",
    );
    // 96 hours are four days: the 8th at 10:05Z, or from 11:00Z the 8th at 11:00Z.
    assert_eq!(
        readings(&found),
        [
            "elapsed - 2026-11-08T10:05:00Z",
            "hour-excluded - 2026-11-08T11:00:00Z",
        ]
    );
}

#[test]
fn a_request_for_clarification_suspends_the_duty_to_produce_by_exactly_its_length() {
    let happened = [
        (Received, "2026-11-04T09:20:00Z"),
        (ClarificationAsked, "2026-11-06T12:00:00Z"),
        (Clarified, "2026-11-09T15:30:00Z"),
    ];
    // 3 days 3 hours 30 minutes later than without it.
    let found = clock(
        &order(),
        &happened,
        "2026-11-10T00:00:00Z",
        "eu.clock.production.ten-days",
    );
    assert_eq!(operative(&found), "2026-11-17T12:50:00Z");
    assert_eq!(found.state, ClockState::Running);
    // While it lasts: as if it ended now, two days after it began.
    let found = clock(
        &order(),
        &happened,
        "2026-11-08T12:00:00Z",
        "eu.clock.production.ten-days",
    );
    assert_eq!(found.state, ClockState::Paused);
    assert_eq!(operative(&found), "2026-11-16T09:20:00Z");
    // The authority has five days for its answer: 11 November 12:00Z.
    let found = clock(
        &order(),
        &happened,
        "2026-11-08T12:00:00Z",
        "eu.clock.production.clarification",
    );
    assert_eq!(operative(&found), "2026-11-11T12:00:00Z");
}

#[test]
fn silence_ends_the_duty_to_preserve_but_not_the_duty_to_produce() {
    let happened = [
        (Received, "2026-11-04T09:20:00Z"),
        (ClarificationAsked, "2026-11-06T12:00:00Z"),
    ];
    let preservation = Made::new("european-preservation-order", "DE", "SE");
    let id = "eu.clock.preservation.sixty-days";
    // Day 5 is Wednesday 11 November; it ends in Stockholm at 22:59:59Z.
    let waiting = clock(&preservation, &happened, "2026-11-11T20:00:00Z", id);
    assert_eq!(waiting.state, ClockState::Running);
    let silent = clock(&preservation, &happened, "2026-11-11T23:00:00Z", id);
    assert_eq!(
        silent.state,
        ClockState::Released {
            by: "eu.clock.preservation.clarification".into()
        }
    );
    let answered = [
        happened[0],
        happened[1],
        (Clarified, "2026-11-10T08:00:00Z"),
    ];
    let found = clock(&preservation, &answered, "2026-11-20T00:00:00Z", id);
    assert_eq!(found.state, ClockState::Running);
    let production = clock(
        &order(),
        &happened,
        "2026-11-20T00:00:00Z",
        "eu.clock.production.ten-days",
    );
    assert_eq!(production.state, ClockState::Paused);
}

#[test]
fn sixty_days_of_preservation_become_ninety_only_if_asked_for_within_the_sixty() {
    // From 4 November: day 60 is 3 January 2027 (26 days left in November, 31 in December), day 90
    // is 2 February.
    let made = Made::new("european-preservation-order", "DE", "SE");
    let id = "eu.clock.preservation.sixty-days";
    let received = (Received, "2026-11-04T09:20:00Z");
    let found = clock(&made, &[received], "2026-12-01T00:00:00Z", id);
    assert_eq!(operative(&found), "2027-01-03T22:59:59Z");
    let in_time = [received, (Extended, "2027-01-03T20:00:00Z")];
    let found = clock(&made, &in_time, "2027-01-10T00:00:00Z", id);
    assert_eq!(operative(&found), "2027-02-02T22:59:59Z");
    assert_eq!(found.extensions, 1);
    let late = [received, (Extended, "2027-01-03T23:00:00Z")];
    let found = clock(&made, &late, "2027-01-10T00:00:00Z", id);
    assert_eq!(found.state, ClockState::Passed);
    assert_eq!(
        found.remarks,
        [Remark::ExtensionTooLate {
            at: at("2027-01-03T23:00:00Z")
        }]
    );
    let twice = [
        received,
        (Extended, "2026-12-20T00:00:00Z"),
        (Extended, "2027-01-20T00:00:00Z"),
    ];
    let found = clock(&made, &twice, "2027-01-25T00:00:00Z", id);
    assert_eq!(operative(&found), "2027-02-02T22:59:59Z");
    assert_eq!(
        found.remarks,
        [Remark::ExtensionTooMany {
            at: at("2027-01-20T00:00:00Z")
        }]
    );
    // For the authority the sixty days end with the earliest reading.
    let found = clock(
        &made,
        &[received],
        "2026-12-01T00:00:00Z",
        "eu.clock.preservation.extension",
    );
    assert_eq!(operative(&found), "2027-01-03T09:20:00Z");
}

#[test]
fn a_production_request_confirmed_in_time_takes_the_end_off_the_preservation() {
    let made = Made::new("european-preservation-order", "DE", "SE");
    let id = "eu.clock.preservation.sixty-days";
    let received = (Received, "2026-11-04T09:20:00Z");
    let in_time = [received, (ProductionRequested, "2026-12-24T12:00:00Z")];
    let found = clock(&made, &in_time, "2027-05-01T00:00:00Z", id);
    assert_eq!(
        found.state,
        ClockState::OpenEnded {
            by: ProductionRequested
        }
    );
    assert_eq!(found.operative, None);
    let late = [received, (ProductionRequested, "2027-01-04T12:00:00Z")];
    let found = clock(&made, &late, "2027-05-01T00:00:00Z", id);
    assert_eq!(found.state, ClockState::Passed);
}

#[test]
fn an_unvalidated_emergency_order_is_validated_within_forty_eight_hours() {
    let made = Made::new("european-production-order", "DE", "SE")
        .issued("2026-11-04", "police")
        .emergency();
    // Only the day is known: from its first instant in Berlin, 3 November 23:00Z.
    let found = clock(
        &made,
        &[(Received, "2026-11-04T09:20:00Z")],
        "2026-11-04T10:00:00Z",
        "eu.clock.validation.forty-eight-hours",
    );
    assert_eq!(operative(&found), "2026-11-05T23:00:00Z");
    assert_eq!(found.remarks, [Remark::DayOnly]);
    let found = clock(
        &made,
        &[(Decided, "2026-11-04T08:15:00Z")],
        "2026-11-04T10:00:00Z",
        "eu.clock.validation.forty-eight-hours",
    );
    assert_eq!(
        readings(&found),
        [
            "elapsed - 2026-11-06T08:15:00Z",
            "hour-excluded - 2026-11-06T09:00:00Z",
        ]
    );
}

#[test]
fn an_objection_is_raised_within_ten_days_whatever_else_runs() {
    let happened = [
        (Received, "2026-11-04T09:20:00Z"),
        (ClarificationAsked, "2026-11-06T12:00:00Z"),
        (Clarified, "2026-11-09T15:30:00Z"),
    ];
    // The suspension is that of the duty to produce: Article 17 does not speak of it.
    let id = "eu.clock.production.objection";
    let all = clocks(&order(), &happened, "2026-11-10T00:00:00Z");
    assert!(
        all.iter().all(|clock| clock.id != id),
        "nothing to object to was found"
    );
    let found = clock(
        &order().table("[findings]\nconflict = { country = \"US\", ground = \"forbids\" }"),
        &happened,
        "2026-11-10T00:00:00Z",
        "eu.clock.production.objection",
    );
    assert_eq!(operative(&found), "2026-11-14T09:20:00Z");
}

#[test]
fn five_working_days_leave_out_weekends_and_the_holidays_of_the_place() {
    // Asked Wednesday 23 December 2026 at 12:00 in Stockholm (11:00Z). Not working days: 24
    // (Christmas Eve), 25, 26 and 27 (weekend), 31 (New Year's Eve), 1 January, 2 and 3 (weekend), 6
    // January. Working: 28, 29, 30 December, 4 and 5 January. The fifth is 5 January.
    let found = clock(
        &order(),
        &[
            (Received, "2026-12-01T09:20:00Z"),
            (EnforcementRequested, "2026-12-23T11:00:00Z"),
        ],
        "2026-12-24T00:00:00Z",
        "eu.clock.enforcement.five-working-days",
    );
    assert_eq!(
        readings(&found),
        [
            "elapsed SE 2027-01-05T11:00:00Z",
            "day-excluded SE 2027-01-05T22:59:59Z",
        ]
    );
}

#[test]
fn no_clock_of_the_regulation_runs_before_it_applies() {
    let all = clocks(
        &order(),
        &[(Received, "2026-08-17T09:20:00Z")],
        "2026-08-18T12:00:00Z",
    );
    assert!(all.is_empty(), "{all:?}");
}
