//! What holds of notice for every rule that a pack could state and every situation that there is:
//! the answer depends on finitely many facts, and all of their combinations are gone through.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use lagrum_model::{Issuer, IssuerKind, Secrecy};

use super::data::Duty;
use super::engine::{Prohibition, State};
use super::{MayTell, NextStep, NoticeRule};
use crate::made_demand::packs;

const MAY: [Duty; 5] = [
    Duty::May,
    Duty::Must,
    Duty::WithPermission,
    Duty::Unclear,
    Duty::MustNot,
];

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().expect("an instant")
}

/// Every order of secrecy that the answer can tell apart.
fn secrecies() -> Vec<Secrecy> {
    let soon = SignedDuration::from_hours(30 * 24);
    let moment = SignedDuration::from_nanos(1);
    let ends = [
        None,
        Some(Timestamp::MIN),
        Some(now()),
        Some(now() + moment),
        Some(now() + soon),
        Some(now() + soon + moment),
        Some(Timestamp::MAX),
    ];
    let issuers = [
        None,
        Some(IssuerKind::Judge),
        Some(IssuerKind::Prosecutor),
        Some(IssuerKind::Police),
        Some(IssuerKind::Other),
    ];
    let mut all = Vec::new();
    for until in ends {
        for kind in issuers {
            for (certified, review_notice) in
                [(false, false), (false, true), (true, false), (true, true)]
            {
                all.push(Secrecy {
                    provision: "a provision".into(),
                    issued_by: kind.map(|kind| Issuer {
                        name: "somebody".into(),
                        kind,
                        reference: None,
                    }),
                    ordered_on: None,
                    certified,
                    review_notice,
                    until,
                });
            }
        }
    }
    all
}

/// Every rule that the answer can tell apart, made of one that a pack has.
fn rules() -> Vec<NoticeRule> {
    let like = packs().notices().rules().first().expect("a pack has one");
    let mut all = Vec::new();
    for may in MAY {
        for flags in 0..8_u8 {
            let mut rule = like.clone();
            rule.may = may;
            rule.secrecy_reaches = flags & 1 != 0;
            rule.secrecy_by_judge = flags & 2 != 0;
            rule.contest = flags & 4 != 0;
            all.push(rule);
        }
    }
    all
}

/// Every situation, with every rule and with none.
fn everywhere(mut each: impl FnMut(Duty, &State<'_>, MayTell, NextStep)) -> usize {
    let (secrecies, rules) = (secrecies(), rules());
    let mut prohibitions = vec![None, Some(Prohibition::Refrain)];
    for by in [IssuerKind::Judge, IssuerKind::Prosecutor] {
        let stand = |one| Some(Prohibition::Secrecy(one, by));
        prohibitions.extend(secrecies.iter().map(stand));
    }
    let mut gone_through = 0;
    for prohibition in prohibitions {
        for flags in 0..32_u8 {
            let state = State {
                verified: flags & 1 != 0,
                danger: flags & 2 != 0,
                disclosed: flags & 4 != 0,
                told: flags & 8 != 0,
                authority_told: flags & 16 != 0,
                prohibition,
            };
            let with = rules.iter().map(|rule| (rule.may, Some(rule)));
            for (may, rule) in with.chain([(Duty::Unclear, None)]) {
                let (may_tell, step, _) = state.answer(may, rule, now());
                each(may, &state, may_tell, step);
                gone_through += 1;
            }
        }
    }
    gone_through
}

/// Whether the prohibition has not ended.
fn stands(state: &State<'_>) -> bool {
    match state.prohibition {
        None => false,
        Some(Prohibition::Refrain) => true,
        Some(Prohibition::Secrecy(secrecy, _)) => secrecy.until.is_none_or(|end| end > now()),
    }
}

#[test]
fn tell_is_next_exactly_where_the_provider_must_and_nothing_stands_against_it() {
    let mut told = 0;
    let all = everywhere(|may, state, _, step| {
        let is_next = may == Duty::Must
            && state.verified
            && !state.danger
            && state.disclosed
            && !state.told
            && !stands(state);
        assert_eq!(step == NextStep::Tell, is_next, "{may:?} {state:?}");
        told += usize::from(is_next);
    });
    assert!(told > 0 && all > 100_000, "{told} of {all}");
}

#[test]
fn to_tell_with_the_disclosure_is_next_exactly_where_it_is_still_to_come_and_nothing_stands_against_it()
 {
    let mut told = 0;
    everywhere(|may, state, _, step| {
        let is_next = may == Duty::Must
            && state.verified
            && !state.danger
            && !state.disclosed
            && !state.told
            && !stands(state);
        assert_eq!(
            step == NextStep::TellWithEffect,
            is_next,
            "{may:?} {state:?}"
        );
        told += usize::from(is_next);
    });
    assert!(told > 0);
}

#[test]
fn no_rule_frees_the_provider_from_a_danger_a_doubt_or_a_prohibition() {
    let mut seen = BTreeSet::new();
    everywhere(|may, state, answer, step| {
        seen.insert(answer.as_str());
        let free = matches!(answer, MayTell::May | MayTell::Must);
        let allowed = matches!(may, Duty::May | Duty::Must);
        let clear = state.verified && !state.danger && !stands(state);
        assert_eq!(free, allowed && clear, "{may:?} {state:?}");
        if may == Duty::MustNot {
            assert_eq!(answer, MayTell::MustNot, "{state:?}");
        }
        if !state.verified {
            assert_eq!(step, NextStep::Verify, "{may:?} {state:?}");
        }
    });
    assert_eq!(seen.len(), 4, "four outcomes: {seen:?}");
}

#[test]
fn what_the_provider_merely_may_do_is_a_choice_of_counsel() {
    everywhere(|may, state, answer, step| {
        let choice = [NextStep::Choose, NextStep::Nothing].contains(&step);
        if answer == MayTell::May {
            assert!(choice, "{may:?} {state:?}");
        }
        if step == NextStep::Choose {
            assert_eq!(answer, MayTell::May, "{may:?} {state:?}");
        }
    });
}

#[test]
fn nobody_is_told_before_an_instant_that_has_passed() {
    everywhere(|may, state, answer, _| {
        if let MayTell::NotYet {
            until: Some(until), ..
        } = answer
        {
            assert!(until > now(), "{may:?} {state:?}");
        }
    });
}
