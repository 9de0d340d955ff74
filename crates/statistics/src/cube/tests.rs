use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use lagrum_figures::{Asked, ChallengeFacts, Notice, Parts};
use lagrum_model::{AuthorityKind, Category, CountryCode, InstrumentKind};
use proptest::prelude::*;

use super::*;
use crate::digital_services::{Orders, SubCategory};
use crate::national_security::{Coverage, Process, Structure, services};
use crate::testing::{SEALED, any_facts, made};

fn half() -> Period {
    Period::parse("2027H1").unwrap()
}

/// Facts that differ in everything that is counted.
fn any_case() -> impl Strategy<Value = CaseFacts> {
    let notice = [
        Notice::Told,
        Notice::Delayed,
        Notice::Forbidden,
        Notice::NotTold,
    ];
    let part = (
        prop::sample::select(Category::ALL.to_vec()),
        prop::option::of(prop::sample::select(vec!["SE", "US", "IE"])),
        any::<bool>(),
    );
    let parts = prop::collection::vec(part, 0..3);
    let more = (
        prop::sample::select(notice.to_vec()),
        any::<bool>(),
        0u32..9,
        prop::option::of(parts),
    );
    let issued = prop::option::of(prop::sample::select(vec!["2027-02-27", "2027-03-01"]));
    let requested = prop::sample::select(vec!["2027-02-28T23:59:59Z", "2027-04-01T00:00:00Z"]);
    let followed = (issued, prop::option::of(requested));
    (any_facts(), more, followed).prop_map(|(mut facts, more, (issued, requested))| {
        let (notice, challenged, accounts, parts) = more;
        facts.production_requested_at = requested.map(|at| at.parse().unwrap());
        if let Some(asked) = &mut facts.asked {
            asked.issued_on = issued.map(|day| day.parse().unwrap());
        }
        facts.notice = notice;
        facts.challenge = challenged.then_some(ChallengeFacts {
            outcome: None,
            withdrawn: false,
        });
        facts.accounts = accounts;
        let part = |(category, stored_in, produced): (Category, Option<&str>, bool)| Parts {
            category,
            stored_in: stored_in.map(|country| CountryCode::parse(country).unwrap()),
            service: None,
            answer: None,
            produced,
            number: 1,
        };
        if let Some(parts) = parts {
            facts.parts = parts.into_iter().map(part).collect();
        }
        facts
    })
}

/// Whether a case is of this kind, by its facts.
fn is_of(facts: &CaseFacts, asked: &Asked, kind: &Kind) -> bool {
    let categories: BTreeSet<Category> = kind.asked.iter().collect();
    let claims = facts.emergency.is_some() || asked.instrument == InstrumentKind::EmergencyRequest;
    asked.country == kind.country
        && asked.instrument == kind.instrument
        && asked.categories == categories
        && (asked.authority == AuthorityKind::PrivateParty) == kind.is_private
        && claims == kind.is_emergency
        && facts.outcome == kind.outcome
}

/// The sums by a loop over the facts themselves.
fn plainly(cases: &[(&CaseFacts, &Asked)]) -> Sums {
    let how_many = |holds: &dyn Fn(&CaseFacts, &Asked) -> bool| {
        let meant = cases.iter().filter(|(facts, asked)| holds(facts, asked));
        meant.count() as u64
    };
    let sum = |number: &dyn Fn(&CaseFacts, &Asked) -> u64| {
        let numbers = cases.iter().map(|(facts, asked)| number(facts, asked));
        numbers.sum()
    };
    let content = |facts: &CaseFacts| -> Vec<Parts> {
        let outcome = facts.outcome.map(Outcome::as_str);
        let disclosed = ["produced", "produced-in-part"];
        let disclosed = outcome.is_some_and(|outcome| disclosed.contains(&outcome));
        let parts = facts.parts.iter().cloned();
        parts
            .filter(|part| disclosed && part.produced && part.category == Category::Content)
            .collect()
    };
    let elapsed = |facts: &CaseFacts| {
        let answered = facts.answered_at?;
        u64::try_from(answered.as_second() - facts.received_at.as_second()).ok()
    };
    let followed = |facts: &CaseFacts, asked: &Asked| {
        let issued = format!("{}T00:00:00Z", asked.issued_on?);
        let issued: Timestamp = issued.parse().ok()?;
        let requested = facts.production_requested_at?;
        let seconds = u64::try_from(requested.as_second() - issued.as_second()).ok()?;
        Some(seconds / 86_400)
    };
    Sums {
        demands: how_many(&|_, _| true),
        identifiers: sum(&|_, asked| asked.identifiers.into()),
        accounts: sum(&|facts, _| facts.accounts.into()),
        content: how_many(&|facts, _| !content(facts).is_empty()),
        content_abroad: how_many(&|facts, asked| {
            let mut lies = content(facts).into_iter().filter_map(|part| part.stored_in);
            lies.any(|country| country != asked.country)
        }),
        challenged: how_many(&|facts, _| facts.challenge.is_some()),
        withheld: how_many(&|facts, _| {
            facts.notice == Notice::Delayed || facts.notice == Notice::Forbidden
        }),
        told: how_many(&|facts, _| facts.notice == Notice::Told),
        timed: how_many(&|facts, _| facts.answered_at.is_some()),
        seconds: sum(&|facts, _| elapsed(facts).unwrap_or(0)),
        followed: how_many(&|facts, asked| followed(facts, asked).is_some()),
        days: sum(&|facts, asked| followed(facts, asked).unwrap_or(0)),
    }
}

/// The cases that count in the half-year.
fn that_count(cases: &[CaseFacts]) -> Vec<(&CaseFacts, &Asked)> {
    let (from, until) = half().seconds();
    let counting = cases.iter().filter(|facts| {
        let second = facts.received_at.as_second();
        second >= from as i64 && second < until as i64 && !facts.sent_again
    });
    let asked = counting.filter_map(|facts| Some((facts, facts.asked.as_ref()?)));
    asked
        .filter(|(_, asked)| !SEALED.contains(&asked.instrument))
        .collect()
}

#[test]
fn one_demand_of_a_kind_is_one_cell_and_the_sealed_kinds_are_none() {
    let warrant = made("US").kind(InstrumentKind::SearchWarrant);
    let mut cases = vec![warrant.clone().facts, warrant.facts, made("US").facts];
    cases.extend(SEALED.map(|kind| made("US").kind(kind).facts));
    let cube = Cube::of(&cases, &half());
    let mut demands: Vec<u64> = cube.cells().map(|(_, sums)| sums.demands).collect();
    demands.sort_unstable();
    assert_eq!(demands, [1, 2]);
}

#[test]
#[should_panic(expected = "two periods")]
fn cubes_of_two_periods_do_not_become_one() {
    let mut cube = Cube::new(&half());
    cube.merge(Cube::new(&Period::parse("2027").unwrap()));
}

proptest! {
    #[test]
    fn each_cell_is_what_a_plain_loop_counts(cases in prop::collection::vec(any_case(), 0..60)) {
        let cube = Cube::of(&cases, &half());
        let counting = that_count(&cases);
        let mut counted = 0;
        for (kind, sums) in cube.cells() {
            let own: Vec<_> = counting
                .iter()
                .copied()
                .filter(|(facts, asked)| is_of(facts, asked, kind))
                .collect();
            prop_assert!(!own.is_empty());
            prop_assert_eq!(*sums, plainly(&own), "{:?}", kind);
            counted += own.len();
        }
        prop_assert_eq!(counted, counting.len());
        prop_assert_eq!(cube.of_those(|_| true).all(), plainly(&counting));
        let sweden = counting.iter().copied().filter(|(_, asked)| asked.country.as_str() == "SE");
        let sweden = plainly(&sweden.collect::<Vec<_>>());
        let by_country = cube.by(|kind| Some(kind.country.to_string()));
        prop_assert_eq!(by_country.get("SE").copied().unwrap_or_default().all(), sweden);
    }

    #[test]
    fn parts_become_the_whole(cases in prop::collection::vec((any_case(), any::<bool>()), 0..60)) {
        let category = |facts: &CaseFacts| match facts.accounts {
            0..3 => None,
            _ => SubCategory::parse("KEYWORD_TERRORIST_CONTENT"),
        };
        let latest = Coverage::latest(Structure::BandsOf500, "2028-03-01".parse().unwrap()).unwrap();
        let new = || (
            Cube::new(&half()),
            Orders::new(&half(), category),
            Process::new(latest, services),
        );
        let (mut whole, mut parts) = (new(), [new(), new()]);
        for (facts, is_first) in &cases {
            for one in [&mut whole, &mut parts[usize::from(*is_first)]] {
                one.0.add(facts);
                one.1.add(facts);
                one.2.add(facts);
            }
        }
        let [mut merged, other] = parts;
        merged.0.merge(other.0);
        merged.1.merge(other.1);
        merged.2.merge(other.2);
        let cells = |cube: &Cube| {
            let cells = cube.cells().map(|(kind, sums)| (*kind, *sums));
            cells.collect::<HashMap<Kind, Sums>>()
        };
        prop_assert_eq!(cells(&merged.0), cells(&whole.0));
        let demands = cases.iter().filter_map(|(facts, _)| Within::of(&half()).demand(facts));
        let mut at_once = Cube::new(&half());
        let demands: Vec<_> = demands.collect();
        let times = TOGETHER / demands.len().max(1) + 2;
        at_once.count(&demands.repeat(times));
        for (kind, sums) in whole.0.cells() {
            let mut all = Sums::default();
            (0..times).for_each(|_| all.add(*sums));
            let counted = cells(&at_once);
            prop_assert_eq!(counted.get(kind), Some(&all));
        }
        prop_assert_eq!(at_once.cells().count(), whole.0.cells().count());
        prop_assert_eq!(merged.1.table("Mail"), whole.1.table("Mail"));
        prop_assert_eq!(merged.2.report(), whole.2.report());
    }
}
