use jiff::Timestamp;
use lagrum_model::{Moment, Moments};

use super::{MayTell, NextStep, Notice, Teller};
use crate::made_demand::{Made, packs};

const NOW: &str = "2026-11-21T12:00:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn notice(made: &Made) -> Notice {
    packs()
        .notices()
        .of(&made.demand(), &Moments::new(), at(NOW))
}

fn secret(made: Made, more: &str) -> Made {
    made.table(&format!("[secrecy]\nprovision = \"a provision\"\n{more}"))
}

#[test]
fn an_american_warrant_without_an_order_of_secrecy_may_be_told() {
    let found = notice(&Made::new("search-warrant", "US", "US"));
    assert_eq!(found.id.as_deref(), Some("us.notice.order"));
    assert_eq!(
        (found.may_tell, found.next_step),
        (MayTell::Yes, NextStep::Tell)
    );
}

#[test]
fn an_order_without_an_end_calls_for_one() {
    let found = notice(&secret(Made::new("search-warrant", "US", "US"), ""));
    assert_eq!(found.may_tell, MayTell::No { until: None });
    assert_eq!(found.next_step, NextStep::AskForEnd);
}

#[test]
fn an_order_that_ends_is_waited_for_then_contested_or_told_and_then_told() {
    let made = |until: &str| {
        secret(
            Made::new("search-warrant", "US", "US"),
            &format!("until = \"{until}\""),
        )
    };
    // 30 days from the 21st of November at noon are the 21st of December at noon.
    for (until, step, silent) in [
        ("2026-12-21T12:00:01Z", NextStep::WaitAndTell, true),
        ("2026-12-21T12:00:00Z", NextStep::RenewalOrTell, true),
        ("2026-11-21T12:00:01Z", NextStep::RenewalOrTell, true),
        ("2026-11-21T12:00:00Z", NextStep::Tell, false),
    ] {
        let found = notice(&made(until));
        assert_eq!(found.next_step, step, "{until}");
        let may = if silent {
            MayTell::No {
                until: Some(at(until)),
            }
        } else {
            MayTell::Yes
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
    for made in [preservation, by_prosecutor, bare_letter] {
        let found = notice(&made);
        assert_eq!(found.next_step, NextStep::AskForBasis, "{found:?}");
        assert_eq!(found.may_tell, MayTell::No { until: None });
    }
    let by_judge = secret(
        Made::new("subpoena", "US", "US"),
        "issued_by = { name = \"A court\", kind = \"judge\" }",
    );
    assert_eq!(notice(&by_judge).next_step, NextStep::AskForEnd);
}

#[test]
fn a_complete_secret_letter_is_put_before_a_court() {
    let made = secret(
        Made::new("national-security-letter", "US", "US"),
        "certified = true\nreview_notice = true",
    );
    assert_eq!(notice(&made).next_step, NextStep::AskForReview);
}

#[test]
fn under_the_regulation_and_at_home_in_the_north_the_authority_tells() {
    for made in [
        Made::new("european-production-order", "DE", "SE"),
        Made::new("court-decision", "SE", "SE"),
        Made::new("court-decision", "DK", "DK"),
    ] {
        let found = notice(&made);
        assert_eq!(found.who, Teller::Authority);
        assert_eq!(found.may_tell, MayTell::No { until: None });
        assert_eq!(found.next_step, NextStep::AuthorityTells);
    }
}

#[test]
fn once_the_authority_has_told_the_provider_asks_whether_it_may() {
    let demand = Made::new("court-decision", "SE", "SE").demand();
    let told = Moments::new().with(Moment::CustomerTold, at("2026-11-20T12:00:00Z"));
    let found = packs().notices().of(&demand, &told, at(NOW));
    assert_eq!(found.next_step, NextStep::AskWhetherTold);
    assert_eq!(found.may_tell, MayTell::No { until: None });
}

#[test]
fn british_communications_data_is_told_with_permission_and_an_overseas_order_without() {
    let found = notice(&Made::new("communications-data-notice", "GB", "GB"));
    assert_eq!(found.next_step, NextStep::AskPermission);
    let found = notice(&Made::new("production-order", "GB", "SE"));
    assert_eq!(found.may_tell, MayTell::Yes);
}

#[test]
fn an_order_for_information_must_be_told_unless_criminal_procedure_forbids_it() {
    let found = notice(&Made::new("digital-services-order", "FR", "SE"));
    assert_eq!(found.id.as_deref(), Some("eu.notice.digital-services"));
    assert_eq!(
        (found.may_tell, found.next_step),
        (MayTell::Must, NextStep::Tell)
    );
}

#[test]
fn where_no_pack_says_anything_the_provider_stays_silent_and_asks_counsel() {
    let found = notice(&Made::new("court-decision", "BR", "SE"));
    assert_eq!(found.id, None);
    assert_eq!(found.may_tell, MayTell::No { until: None });
    assert_eq!(found.next_step, NextStep::AskCounsel);
}
