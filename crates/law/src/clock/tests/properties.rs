use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use lagrum_model::{Moment, Moments};

use crate::clock::{ClockState, Clocks};
use crate::made_demand::{Made, packs};

const KINDS: [(&str, &str, &str); 12] = [
    ("european-production-order", "DE", "SE"),
    ("european-production-order", "SE", "IE"),
    ("european-preservation-order", "FI", "IE"),
    ("search-warrant", "US", "US"),
    ("subpoena", "US", "SE"),
    ("preservation-request", "US", "US"),
    ("preservation-order", "SE", "SE"),
    ("preservation-order", "IE", "IE"),
    ("preservation-order", "DK", "DK"),
    ("production-order", "GB", "US"),
    ("communications-data-notice", "GB", "GB"),
    ("national-security-letter", "US", "US"),
];

/// From 1 September 2026 on, for three years: both changes of the clocks on the wall, and the dates
/// from which every pack is in force.
const BEGIN: i64 = 1_788_220_800;
const SECONDS: i64 = 3 * 365 * 86_400;

fn second(offset: i64) -> Timestamp {
    Timestamp::from_second(BEGIN + offset).expect("in range")
}

/// After everything.
fn late() -> Timestamp {
    second(20 * 365 * 86_400)
}

fn with_clocks<T>(test: impl FnOnce(&Clocks) -> T) -> T {
    test(packs().clocks())
}

fn made(kind: usize, emergency: bool, pending: bool) -> Made {
    let (kind, country, addressee) = KINDS[kind];
    let mut made = Made::new(kind, country, addressee);
    if kind == "european-production-order" {
        let state = if pending { "pending" } else { "not-required" };
        made = made.instrument(&format!("notification = \"{state}\""));
    }
    if emergency { made.emergency() } else { made }
}

/// Everything that can start a clock, at one instant.
fn all_started(at: Timestamp) -> Moments {
    [
        Moment::Received,
        Moment::Served,
        Moment::Decided,
        Moment::UrgentDecision,
        Moment::RequestedOrally,
        Moment::Notified,
        Moment::EnforcementRequested,
        Moment::BackupOrdered,
        Moment::NoticeDelayed,
        Moment::SecrecyContested,
        Moment::CourtReviewAsked,
        Moment::InvestigationEnded,
    ]
    .into_iter()
    .fold(Moments::new(), |moments, what| moments.with(what, at))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_later_event_never_gives_an_earlier_deadline(
        kind in 0..KINDS.len(), emergency: bool, pending: bool,
        first in 0..SECONDS, later in 0i64..40 * 86_400,
        asked in 41i64 * 86_400..50 * 86_400, answered in 0i64..20 * 86_400, extended in 0i64..300 * 86_400,
    ) {
        let demand = made(kind, emergency, pending).demand();
        let then = |start: i64| {
            let mut moments = all_started(second(start));
            moments.add(Moment::ClarificationAsked, second(first + asked));
            moments.add(Moment::Clarified, second(first + asked + answered));
            moments.add(Moment::Extended, second(first + extended));
            with_clocks(|clocks| clocks.of(&demand, &moments, late())).expect("possible")
        };
        let (early, late) = (then(first), then(first + later));
        // A warrant in whose way no other law stands gives no right that could be lost.
        prop_assert_eq!(early.is_empty(), KINDS[kind].0 == "search-warrant");
        for one in &early {
            let other = late.iter().find(|other| other.id == one.id).expect("the same clocks run");
            prop_assert!(one.operative <= other.operative, "{}: {:?} {:?}", one.id, one.due, other.due);
        }
    }

    #[test]
    fn what_is_acted_on_is_the_cautious_reading_and_never_a_doubtful_one(
        kind in 0..KINDS.len(), emergency: bool, pending: bool, first in 0..SECONDS,
    ) {
        let demand = made(kind, emergency, pending).demand();
        let all = with_clocks(|clocks| clocks.of(&demand, &all_started(second(first)), late()))
            .expect("possible");
        for clock in all {
            let sure: Vec<_> =
                clock.due.iter().filter(|r| !r.rule.is_doubtful()).map(|r| r.at).collect();
            let expected = if clock.kind.latest_counts() {
                sure.iter().max()
            } else {
                prop_assert_eq!(sure.iter().min(), clock.due.iter().map(|r| &r.at).min());
                sure.iter().min()
            };
            prop_assert_eq!(clock.operative.as_ref(), expected, "{}", clock.id);
            for reading in &clock.due {
                prop_assert!(reading.at > clock.started_at, "{}: {:?}", clock.id, reading);
            }
            // No doubtful reading lies before the one that it is made from.
            let rolled = clock.due.iter().filter(|r| r.rule.is_doubtful());
            for doubtful in rolled {
                let plain = clock.due.iter().find(|r| {
                    r.place == doubtful.place && r.rule == crate::clock::Counting::DayExcluded
                });
                prop_assert!(plain.is_some_and(|plain| plain.at <= doubtful.at));
            }
        }
    }

    #[test]
    fn a_suspension_adds_exactly_its_length_to_every_reading_that_it_began_before(
        emergency: bool, pending: bool, first in 0..SECONDS,
        asked in 0i64..12 * 86_400, length in 1i64..40 * 86_400,
    ) {
        let demand = made(0, emergency, pending).demand();
        let began = second(first + asked);
        let plain = Moments::new().with(Moment::Received, second(first));
        let paused = plain
            .clone()
            .with(Moment::ClarificationAsked, began)
            .with(Moment::Clarified, second(first + asked + length));
        let of = |moments| with_clocks(|clocks| clocks.of(&demand, moments, late())).expect("possible");
        let (before, after) = (of(&plain), of(&paused));
        let mut compared = 0;
        for one in before.iter().filter(|clock| {
            clock.id.starts_with("eu.clock.production.") && !clock.id.ends_with("objection")
        }) {
            let other = after.iter().find(|other| other.id == one.id).expect("it runs still");
            for reading in &one.due {
                let moved = if began < reading.at {
                    reading.at + SignedDuration::from_secs(length)
                } else {
                    reading.at
                };
                let found = other.due.iter().any(|r| {
                    r.rule == reading.rule && r.place == reading.place && r.at == moved
                });
                prop_assert!(found, "{}: {:?} {:?}", one.id, one.due, other.due);
                compared += 1;
            }
        }
        prop_assert!(compared > 0);
    }

    #[test]
    fn a_clock_passes_only_when_its_operative_instant_lies_behind(
        kind in 0..KINDS.len(), emergency: bool, first in 0..SECONDS, looked in 0i64..400 * 86_400,
    ) {
        let demand = made(kind, emergency, false).demand();
        let now = second(first + looked);
        let all = with_clocks(|clocks| clocks.of(&demand, &all_started(second(first)), now))
            .expect("possible");
        for clock in all {
            if let ClockState::Done { at, .. } = clock.state {
                prop_assert!(at <= now);
                continue;
            }
            let passed = clock.state == ClockState::Passed;
            prop_assert_eq!(passed, clock.operative.is_some_and(|end| end < now), "{}", clock.id);
        }
    }

    #[test]
    fn events_in_an_impossible_order_are_refused_and_nothing_panics(
        kind in 0..KINDS.len(),
        happened in proptest::collection::vec((0..Moment::ALL.len(), 0..SECONDS), 0..12),
        now in 0..SECONDS,
    ) {
        let demand = made(kind, false, true).demand();
        let mut moments = Moments::new();
        for (what, at) in happened {
            moments.add(Moment::ALL[what], second(at));
        }
        let now = second(now);
        match with_clocks(|clocks| clocks.of(&demand, &moments, now)) {
            Ok(all) => {
                for clock in all {
                    prop_assert!(clock.started_at <= now);
                }
            }
            Err(error) => prop_assert!(error.to_string().contains("cannot come before")),
        }
    }
}
