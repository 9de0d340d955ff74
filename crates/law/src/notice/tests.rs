use jiff::Timestamp;
use lagrum_model::{IssuerKind, Moment, Moments};

use super::{MayTell, NextStep, Notice, Situation, Teller, Told, WaitsFor};
use crate::made_demand::{Made, packs};

const NOW: &str = "2026-11-21T12:00:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn notices(made: &Made, moments: &Moments, enterprise: bool) -> Vec<Notice> {
    let situation = Situation {
        demand: &made.demand(),
        moments,
        verified: true,
        enterprise,
    };
    packs().notices().of(&situation, at(NOW))
}

fn notice(made: &Made) -> Notice {
    notices(made, &Moments::new(), false).swap_remove(0)
}

fn secret(made: Made, more: &str) -> Made {
    made.table(&format!("[secrecy]\nprovision = \"a provision\"\n{more}"))
}

#[test]
fn an_order_that_ends_is_waited_for_then_contested_and_then_a_choice() {
    let made = |until: &str| {
        secret(
            Made::new("search-warrant", "US", "US"),
            &format!("until = \"{until}\""),
        )
    };
    // 30 days from the 21st of November at noon are the 21st of December at noon.
    for (until, step, silent) in [
        ("2026-12-21T12:00:01Z", NextStep::WaitForEnd, true),
        ("2026-12-21T12:00:00Z", NextStep::AskForRenewal, true),
        ("2026-11-21T12:00:01Z", NextStep::AskForRenewal, true),
        ("2026-11-21T12:00:00Z", NextStep::Choose, false),
    ] {
        let found = notice(&made(until));
        assert_eq!(found.next_step, step, "{until}");
        let may = if silent {
            MayTell::NotYet {
                waits_for: WaitsFor::Order,
                until: Some(at(until)),
            }
        } else {
            MayTell::May
        };
        assert_eq!(found.may_tell, may, "{until}");
    }
}

#[test]
fn secrecy_that_its_provision_does_not_bear_is_kept_and_questioned() {
    let preservation = secret(Made::new("preservation-request", "US", "US"), "");
    let by_prosecutor = secret(
        Made::new("subpoena", "US", "US"),
        "issued_by = { name = \"A prosecutor\", kind = \"prosecutor\" }",
    );
    let bare_letter = secret(
        Made::new("national-security-letter", "US", "US"),
        "certified = true",
    );
    // A clause of the instrument itself is its issuer's.
    let clause = Made::new("subpoena", "US", "US").issued("2026-11-02", "prosecutor");
    let clause = secret(clause, "");
    let asked = clause.demand().instrument.issued_by.kind;
    assert_ne!(asked, IssuerKind::Judge);
    for made in [preservation, by_prosecutor, bare_letter, clause] {
        let found = notice(&made);
        assert_eq!(found.next_step, NextStep::AskForBasis, "{found:?}");
        assert_eq!(found.may_tell, MayTell::MustNot);
    }
    let by_judge = secret(
        Made::new("subpoena", "US", "US"),
        "issued_by = { name = \"A court\", kind = \"judge\" }",
    );
    assert_eq!(notice(&by_judge).next_step, NextStep::AskForEnd);
}

#[test]
fn a_danger_is_waited_for_and_an_order_beside_it_is_told_as_well() {
    let until = "2027-01-01T00:00:00Z";
    let made = || {
        secret(
            Made::new("emergency-request", "US", "US").emergency(),
            &format!("until = \"{until}\""),
        )
    };
    let found = notice(&made());
    assert_eq!(found.next_step, NextStep::WaitForDanger);
    let waits = MayTell::NotYet {
        waits_for: WaitsFor::DangerOver,
        until: Some(at(until)),
    };
    assert_eq!(found.may_tell, waits);
    // The order outlives the danger; the provision does not bear it, so it is questioned.
    let over = Moments::new().with(Moment::DangerOver, at("2026-11-20T12:00:00Z"));
    let found = notices(&made(), &over, false).swap_remove(0);
    assert_eq!(found.next_step, NextStep::AskForBasis);
    // What is recorded for later has not happened yet.
    let later = Moments::new().with(Moment::DangerOver, at("2026-11-22T12:00:00Z"));
    let found = notices(&made(), &later, false).swap_remove(0);
    assert_eq!(found.next_step, NextStep::WaitForDanger);
}

#[test]
fn the_processor_tells_the_controller_unless_it_is_asked_to_refrain() {
    let made = |process: &str| {
        Made::new("european-production-order", "DE", "SE").table(&format!("[process]\n{process}"))
    };
    let none = Moments::new();
    let handed_over = Moments::new().with(Moment::Produced, at("2026-11-20T12:00:00Z"));
    let told = handed_over
        .clone()
        .with(Moment::ControllerTold, at("2026-11-21T08:00:00Z"));
    for (process, moments, may, step) in [
        ("", &none, MayTell::Must, NextStep::TellWithEffect),
        ("", &handed_over, MayTell::Must, NextStep::Tell),
        ("", &told, MayTell::Must, NextStep::Nothing),
        (
            "controller_is_told = false",
            &handed_over,
            MayTell::MustNot,
            NextStep::AskForEnd,
        ),
    ] {
        let found = notices(&made(process), moments, true);
        let [holder, controller] = &found[..] else {
            panic!("two are spoken of: {found:?}");
        };
        assert_eq!(
            (holder.who, holder.whom, holder.may_tell),
            (Teller::Authority, Told::AccountHolder, MayTell::MustNot)
        );
        assert_eq!(
            (controller.who, controller.whom, controller.may_tell),
            (Teller::Provider, Told::Controller, may),
            "{process}"
        );
        assert_eq!(controller.next_step, step, "{process}");
    }
    assert_eq!(
        notices(&made(""), &handed_over, false).len(),
        1,
        "no enterprise, no controller"
    );
}

#[test]
fn secrecy_towards_the_account_holder_holds_towards_the_controller_unless_the_form_says_that_it_is_told()
 {
    let made = |process: &str| {
        secret(
            Made::new("european-production-order", "DE", "SE")
                .table(&format!("[process]\n{process}")),
            "",
        )
    };
    let none = Moments::new();
    let controller = |process| notices(&made(process), &none, true).swap_remove(1);
    assert_eq!(controller("").may_tell, MayTell::MustNot);
    assert_eq!(
        controller("controller_is_told = true").may_tell,
        MayTell::Must
    );
}

#[test]
fn a_duty_to_tell_goes_before_a_mere_permission_and_behind_a_prohibition() {
    let elements = "digital_services = { reasons = true, redress = true, language = true }";
    let made = |kind| Made::new(kind, "SE", "SE").instrument(elements);
    let found = notice(&made("preservation-order"));
    assert_eq!(found.id.as_deref(), Some("eu.notice.digital-services"));
    let found = notice(&made("court-decision"));
    assert_eq!(found.id.as_deref(), Some("se.notice.covert-measure"));
}

#[test]
fn where_no_pack_says_anything_the_provider_stays_silent_and_asks_counsel() {
    let found = notice(&Made::new("court-decision", "BR", "SE"));
    assert_eq!(found.id, None);
    let waits = MayTell::NotYet {
        waits_for: WaitsFor::Counsel,
        until: None,
    };
    assert_eq!(found.may_tell, waits);
    assert_eq!(found.next_step, NextStep::AskCounsel);
}
