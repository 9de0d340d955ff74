//! Hand-computed dates of the other packs' clocks.

use lagrum_model::Moment::*;

use super::{at, clock, clocks, operative, readings};
use crate::clock::ClockState;
use crate::made_demand::Made;

#[test]
fn the_statutory_motion_is_filed_within_fourteen_days_of_service() {
    let made = Made::new("search-warrant", "US", "US")
        .table("[findings]\nconflict = { country = \"GB\", ground = \"forbids\" }");
    // Served Thursday 5 November 2026 at 15:00 in New York (20:00Z). Elapsed: the 19th at 20:00Z. Day
    // excluded: the 19th ends in New York first, at 05:00Z on the 20th.
    let happened = [
        (Received, "2026-11-04T20:00:00Z"),
        (Served, "2026-11-05T20:00:00Z"),
    ];
    let id = "us.clock.comity.fourteen-days";
    let found = clock(&made, &happened, "2026-11-06T00:00:00Z", id);
    assert_eq!(found.started_by, Served);
    assert_eq!(
        readings(&found),
        [
            "elapsed - 2026-11-19T20:00:00Z",
            "day-excluded US 2026-11-20T04:59:59Z",
            "rolled US 2026-11-20T04:59:59Z",
        ]
    );
    assert_eq!(operative(&found), "2026-11-19T20:00:00Z");
    // Day 15: too late. The court extended it: what was stated counts.
    let found = clock(&made, &happened, "2026-11-20T20:00:01Z", id);
    assert_eq!(found.state, ClockState::Passed);
    let extended = [
        happened[0],
        happened[1],
        (StatedEnd, "2026-12-01T22:00:00Z"),
    ];
    let found = clock(&made, &extended, "2026-11-20T20:00:01Z", id);
    assert_eq!(operative(&found), "2026-12-01T22:00:00Z");
    assert_eq!(found.state, ClockState::Running);
    // Subscriber data alone: no such motion.
    let mut subscriber = Made::new("subpoena", "US", "US");
    subscriber.categories = "\"subscriber\"";
    let all = clocks(&subscriber, &happened, "2026-11-06T00:00:00Z");
    assert!(!all.iter().any(|clock| clock.id == id));
}

#[test]
fn the_motion_did_not_exist_before_the_cloud_act() {
    let made = Made::new("search-warrant", "US", "US").issued("2013-12-04", "judge");
    let all = clocks(
        &made,
        &[(Served, "2013-12-05T20:00:00Z")],
        "2013-12-06T00:00:00Z",
    );
    assert!(all.is_empty(), "{all:?}");
}

#[test]
fn american_preservation_lasts_ninety_days_and_ninety_more_upon_each_renewed_request() {
    let made = Made::new("preservation-request", "US", "US");
    // From Monday 2 November 2026, 15:00Z. Day 90 is 31 January 2027 (28 + 31 + 31); the last of the
    // six zones, Honolulu, ten hours behind, ends it at 10:00Z on 1 February. Day 180 is 1 May
    // (28 February, 31 March, 30 April, 1 May).
    let id = "us.clock.preservation.ninety-days";
    let received = (Received, "2026-11-02T15:00:00Z");
    let found = clock(&made, &[received], "2026-12-01T00:00:00Z", id);
    assert_eq!(operative(&found), "2027-02-01T09:59:59Z");
    let renewed = [received, (Extended, "2027-01-20T00:00:00Z")];
    let found = clock(&made, &renewed, "2027-02-01T00:00:00Z", id);
    assert_eq!(operative(&found), "2027-05-02T09:59:59Z");
    // The text sets no limit: a third period is not refused. Day 270 is 30 July.
    let again = [renewed[0], renewed[1], (Extended, "2027-04-20T00:00:00Z")];
    let found = clock(&made, &again, "2027-05-01T00:00:00Z", id);
    assert_eq!(operative(&found), "2027-07-31T09:59:59Z");
    assert_eq!(found.extensions, 2);
}

#[test]
fn a_backup_copy_takes_two_business_days_and_is_released_after_fourteen() {
    let made = Made::new("subpoena", "US", "US");
    // Wednesday 25 November 2026, 17:00Z (12:00 in New York): Thursday is Thanksgiving. Business days:
    // Friday the 27th, Monday the 30th.
    let found = clock(
        &made,
        &[(BackupOrdered, "2026-11-25T17:00:00Z")],
        "2026-11-26T00:00:00Z",
        "us.clock.backup.two-business-days",
    );
    assert_eq!(
        readings(&found),
        [
            "elapsed US 2026-11-30T17:00:00Z",
            "day-excluded US 2026-12-01T04:59:59Z",
        ]
    );
    // Told on 1 December: not before the 15th has ended everywhere (10:00Z on the 16th).
    let found = clock(
        &made,
        &[(CustomerTold, "2026-12-01T17:00:00Z")],
        "2026-12-02T00:00:00Z",
        "us.clock.backup.release",
    );
    assert_eq!(operative(&found), "2026-12-16T09:59:59Z");
}

#[test]
fn the_government_asks_for_an_order_within_thirty_days_of_a_contested_secrecy() {
    let made = Made::new("national-security-letter", "US", "US");
    // 2 November + 30 days = 2 December.
    let found = clock(
        &made,
        &[(SecrecyContested, "2026-11-02T15:00:00Z")],
        "2026-11-03T00:00:00Z",
        "us.clock.secrecy.thirty-days",
    );
    assert_eq!(operative(&found), "2026-12-02T15:00:00Z");
}

#[test]
fn the_government_delays_its_own_notice_by_ninety_days_at_a_time() {
    let made = Made::new("subpoena", "US", "US");
    let id = "us.clock.notice.ninety-days";
    // 2 November + 90 days = 31 January; + 90 = 1 May.
    let delayed = (NoticeDelayed, "2026-11-02T15:00:00Z");
    let found = clock(&made, &[delayed], "2026-11-03T00:00:00Z", id);
    assert_eq!(operative(&found), "2027-01-31T15:00:00Z");
    let again = [delayed, (Extended, "2027-01-15T00:00:00Z")];
    let found = clock(&made, &again, "2027-01-16T00:00:00Z", id);
    assert_eq!(operative(&found), "2027-05-01T15:00:00Z");
}

#[test]
fn irish_urgent_requirements_lapse_after_seventy_two_hours_or_ninety_six() {
    let made = Made::new("police-request", "IE", "IE").instrument("interim = true");
    let decided = (UrgentDecision, "2026-11-04T09:20:00Z");
    let now = "2026-11-04T10:00:00Z";
    let record = clock(&made, &[decided], now, "ie.clock.urgent.record");
    assert_eq!(operative(&record), "2026-11-04T17:20:00Z");
    let id = "ie.clock.urgent.affirmation";
    let found = clock(&made, &[decided], now, id);
    assert_eq!(operative(&found), "2026-11-07T09:20:00Z");
    let extended = [decided, (Extended, "2026-11-06T00:00:00Z")];
    let found = clock(&made, &extended, "2026-11-06T01:00:00Z", id);
    assert_eq!(operative(&found), "2026-11-08T09:20:00Z");
    let affirmed = [decided, (CourtDecided, "2026-11-05T00:00:00Z")];
    let found = clock(&made, &affirmed, "2026-11-20T01:00:00Z", id);
    assert!(matches!(
        found.state,
        ClockState::Done {
            by: CourtDecided,
            ..
        }
    ));
}

#[test]
fn an_irish_request_by_word_of_mouth_is_confirmed_in_two_days() {
    let made = Made::new("police-request", "IE", "IE");
    let found = clock(
        &made,
        &[(RequestedOrally, "2026-11-04T09:20:00Z")],
        "2026-11-04T10:00:00Z",
        "ie.clock.oral.two-days",
    );
    assert_eq!(operative(&found), "2026-11-06T09:20:00Z");
}

#[test]
fn irish_preservation_lasts_ninety_days_at_most_and_a_warrant_a_week() {
    let made = Made::new("preservation-order", "IE", "IE");
    let id = "ie.clock.preservation.ninety-days";
    let served = (Served, "2026-11-02T15:00:00Z");
    // Day 90 is 31 January 2027; Dublin is level with UTC then.
    let found = clock(&made, &[served], "2026-11-03T00:00:00Z", id);
    assert_eq!(operative(&found), "2027-01-31T23:59:59Z");
    let stated = [served, (StatedEnd, "2026-12-02T00:00:00Z")];
    let found = clock(&made, &stated, "2026-11-03T00:00:00Z", id);
    assert_eq!(operative(&found), "2026-12-02T00:00:00Z");
    // A week that begins with Monday 2 November ends with Sunday the 8th.
    let made = Made::new("search-warrant", "IE", "IE");
    let found = clock(
        &made,
        &[],
        "2026-11-03T00:00:00Z",
        "ie.clock.warrant.one-week",
    );
    assert_eq!(operative(&found), "2026-11-08T23:59:59Z");
}

#[test]
fn swedish_preservation_runs_from_the_decision_and_is_extended_once() {
    let made = Made::new("preservation-order", "SE", "SE").issued("2026-11-02", "prosecutor");
    let id = "se.clock.preservation.ninety-days";
    // Decided on 2 November, received on the 5th: day 90 is 31 January all the same (ends 22:59:59Z).
    let received = (Received, "2026-11-05T09:00:00Z");
    let found = clock(&made, &[received], "2026-11-06T00:00:00Z", id);
    assert_eq!(found.started_by, Decided);
    assert_eq!(operative(&found), "2027-01-31T22:59:59Z");
    // Day 180 is 1 May, in summer time: it ends at 21:59:59Z.
    let extended = [received, (Extended, "2027-01-25T09:00:00Z")];
    let found = clock(&made, &extended, "2027-02-06T00:00:00Z", id);
    assert_eq!(operative(&found), "2027-05-01T21:59:59Z");
    let review = clock(
        &made,
        &[(CourtReviewAsked, "2026-11-06T09:00:00Z")],
        "2026-11-06T10:00:00Z",
        "se.clock.review.four-days",
    );
    assert_eq!(operative(&review), "2026-11-10T09:00:00Z");
}

#[test]
fn a_swedish_permit_reaches_one_month_and_the_notice_comes_a_month_after_the_end() {
    let made = Made::new("court-decision", "SE", "SE").issued("2026-01-30", "judge");
    // A month from 30 January: February 2026 has no 30th, so the end of its last day, the 28th.
    let found = clock(
        &made,
        &[],
        "2026-02-01T00:00:00Z",
        "se.clock.permit.one-month",
    );
    assert_eq!(operative(&found), "2026-02-28T22:59:59Z");
    let named = Made::new("court-decision", "SE", "SE")
        .issued("2026-01-30", "judge")
        .instrument("valid_until = 2026-02-13");
    let found = clock(
        &named,
        &[],
        "2026-02-01T00:00:00Z",
        "se.clock.permit.one-month",
    );
    assert_eq!(operative(&found), "2026-02-13T22:59:59Z");
    let found = clock(
        &made,
        &[(InvestigationEnded, "2026-05-04T10:00:00Z")],
        "2026-05-05T00:00:00Z",
        "se.clock.notice.one-month",
    );
    assert_eq!(operative(&found), "2026-06-04T10:00:00Z");
}

#[test]
fn danish_clocks_say_in_which_text_they_were_read() {
    let urgent = Made::new("police-request", "DK", "DK").instrument("interim = true");
    let found = clock(
        &urgent,
        &[(UrgentDecision, "2026-11-04T09:20:00Z")],
        "2026-11-04T10:00:00Z",
        "dk.clock.urgent.twenty-four-hours",
    );
    assert_eq!(operative(&found), "2026-11-05T09:20:00Z");
    assert!(found.verified.contains("LBK 1160 of 5 November 2024"));
    let made = Made::new("preservation-order", "DK", "DK");
    let found = clock(
        &made,
        &[(Received, "2026-11-02T15:00:00Z")],
        "2026-11-04T10:00:00Z",
        "dk.clock.preservation.ninety-days",
    );
    assert_eq!(operative(&found), "2027-01-31T22:59:59Z");
    // By up to 90 days at a time, as often as it is asked for.
    let extended = [
        (Received, "2026-11-02T15:00:00Z"),
        (Extended, "2027-01-20T09:00:00Z"),
        (Extended, "2027-04-20T09:00:00Z"),
    ];
    let id = "dk.clock.preservation.ninety-days";
    let found = clock(&made, &extended, "2027-04-21T10:00:00Z", id);
    assert_eq!(operative(&found), "2027-07-30T21:59:59Z");
    let permit = Made::new("court-decision", "DK", "DK");
    let found = clock(
        &permit,
        &[],
        "2026-11-04T10:00:00Z",
        "dk.clock.permit.four-weeks",
    );
    // 28 days from the first instant of 2 November in Copenhagen.
    assert_eq!(operative(&found), "2026-11-29T23:00:00Z");
    let found = clock(
        &urgent,
        &[(CourtReviewAsked, "2026-11-04T09:20:00Z")],
        "2026-11-04T10:00:00Z",
        "dk.clock.production.twenty-four-hours",
    );
    assert_eq!(operative(&found), "2026-11-05T09:20:00Z");
}

#[test]
fn british_periods_begin_with_the_day_itself() {
    let made = Made::new("production-order", "GB", "SE");
    // Served Wednesday 4 November at 23:30Z: in London still the 4th, so the seventh day is the 10th;
    // in Stockholm already the 5th, so the 11th. The earlier counts.
    let served = (Served, "2026-11-04T23:30:00Z");
    let id = "gb.clock.overseas-order.seven-days";
    let found = clock(&made, &[served], "2026-11-05T00:00:00Z", id);
    assert_eq!(
        readings(&found),
        [
            "day-included GB 2026-11-10T23:59:59Z",
            "day-included SE 2026-11-11T22:59:59Z",
            "elapsed - 2026-11-11T23:30:00Z",
        ]
    );
    assert_eq!(operative(&found), "2026-11-10T23:59:59Z");
    let stated = [served, (StatedEnd, "2026-11-20T17:00:00Z")];
    let found = clock(&made, &stated, "2026-11-05T00:00:00Z", id);
    assert_eq!(operative(&found), "2026-11-20T17:00:00Z");
    // Made on 2 November: three months that begin with that day end with 1 February.
    let found = clock(
        &made,
        &[],
        "2026-11-05T00:00:00Z",
        "gb.clock.overseas-order.service",
    );
    assert_eq!(operative(&found), "2027-02-01T23:59:59Z");
}

#[test]
fn a_british_authorisation_lasts_a_month_and_an_urgent_one_three_days() {
    let made = Made::new("communications-data-notice", "GB", "GB");
    // 2 November to 1 December.
    let found = clock(
        &made,
        &[],
        "2026-11-05T00:00:00Z",
        "gb.clock.authorisation.one-month",
    );
    assert_eq!(operative(&found), "2026-12-01T23:59:59Z");
    let urgent = Made::new("communications-data-notice", "GB", "GB").instrument("interim = true");
    // 2, 3, 4 November.
    let found = clock(
        &urgent,
        &[],
        "2026-11-03T00:00:00Z",
        "gb.clock.authorisation.three-days",
    );
    assert_eq!(operative(&found), "2026-11-04T23:59:59Z");
}

#[test]
fn what_happens_later_is_not_known_yet() {
    let made = Made::new("preservation-request", "US", "US");
    let happened = [
        (Received, "2026-11-02T15:00:00Z"),
        (NoLongerNeeded, "2026-11-20T15:00:00Z"),
    ];
    let id = "us.clock.preservation.ninety-days";
    let before = clock(&made, &happened, "2026-11-19T00:00:00Z", id);
    assert_eq!(before.state, ClockState::Running);
    let after = clock(&made, &happened, "2026-11-21T00:00:00Z", id);
    assert_eq!(
        after.state,
        ClockState::Done {
            by: NoLongerNeeded,
            at: at("2026-11-20T15:00:00Z")
        }
    );
}

#[test]
fn a_motion_that_is_not_open_has_no_clock() {
    let id = "us.clock.comity.fourteen-days";
    let runs = |made: &Made, served: &'static str, now: &str| {
        let all = clocks(made, &[(Served, served)], now);
        all.iter().any(|clock| clock.id == id)
    };
    let (served, now) = ("2026-11-05T20:00:00Z", "2026-11-06T00:00:00Z");
    let with = |country: &str, ground: &str| {
        Made::new("search-warrant", "US", "US").table(&format!(
            "[findings]\nconflict = {{ country = \"{country}\", ground = \"{ground}\" }}"
        ))
    };
    assert!(runs(&with("GB", "forbids"), served, now));
    // No conflict was found; it is none that founds an objection; there is no agreement.
    assert!(!runs(&Made::new("search-warrant", "US", "US"), served, now));
    assert!(!runs(&with("GB", "place-of-storage"), served, now));
    assert!(!runs(&with("IE", "forbids"), served, now));
    // The agreement entered into force on 3 October 2022.
    let before = ("2022-10-02T20:00:00Z", "2022-10-03T00:00:00Z");
    assert!(!runs(&with("GB", "forbids"), before.0, before.1));
    let after = ("2022-10-03T20:00:00Z", "2022-10-04T00:00:00Z");
    assert!(runs(&with("GB", "forbids"), after.0, after.1));
}

#[test]
fn an_extension_that_the_authority_granted_moves_the_time_to_answer_and_nothing_else() {
    let made = Made::new("european-production-order", "DE", "SE");
    let received = (Received, "2026-11-02T09:00:00Z");
    let id = "eu.clock.production.ten-days";
    let now = "2026-11-20T00:00:00Z";
    assert_eq!(clock(&made, &[received], now, id).state, ClockState::Passed);
    let granted = [received, (GrantedUntil, "2026-12-01T22:00:00Z")];
    let found = clock(&made, &granted, now, id);
    assert_eq!(operative(&found), "2026-12-01T22:00:00Z");
    assert_eq!(found.state, ClockState::Running);
    // An earlier day is no extension.
    let earlier = [received, (GrantedUntil, "2026-11-03T22:00:00Z")];
    let found = clock(&made, &earlier, now, id);
    assert_eq!(found.state, ClockState::Passed);

    let keep = Made::new("preservation-request", "US", "US");
    let granted = [received, (GrantedUntil, "2027-12-01T22:00:00Z")];
    let found = clock(&keep, &granted, now, "us.clock.preservation.ninety-days");
    assert_eq!(
        operative(&found),
        operative(&clock(
            &keep,
            &[received],
            now,
            "us.clock.preservation.ninety-days"
        ))
    );
}
