//! Cut off between the mark and the record, or between the record and the hand-out.

use rusqlite::Connection;
use serde_json::Value;

use super::*;

/// What the agent's record is made to do when a mandate is entered.
const FAIL: &str = "create trigger at_entry before insert on carried
     begin select raise(abort, 'no room'); end;";

impl Alone {
    fn ledger(&self) -> Connection {
        Connection::open(self.path("agent/state/ledger.sqlite")).unwrap()
    }

    fn mark(&self) -> Value {
        serde_json::from_slice(&fs::read(self.path("agent/agent.mark")).unwrap()).unwrap()
    }

    /// The mark as it is after it named the mandate and before the record's entry.
    fn names_the_mandate(&self) {
        let mut mark = self.mark();
        let carried = mark["carried"].as_u64().unwrap() + 1;
        mark["carried"] = carried.into();
        let mandate = &self.provider.mandate;
        mark["begun"] = serde_json::json!({
            "nonce": mandate.nonce.to_string(), "mandate": mandate.digest().to_string(),
        });
        fs::write(self.path("agent/agent.mark"), mark.to_string()).unwrap();
    }
}

/// Refused, and whether it says that it is never carried out.
fn says_recalled(became: &Became, recalled: bool) {
    let Some(MandateOutcome::Refused(refusal)) = became else {
        panic!("{became:?}")
    };
    assert_eq!(refusal.recalled, recalled, "{}", refusal.why);
}

#[test]
fn what_was_begun_and_not_recorded_is_spent_until_somebody_recalls_it() {
    let alone = Alone::new();
    alone.names_the_mandate();
    for _ in 0..2 {
        let became = alone.run();
        refused(
            &became,
            RefusalCode::Mandate,
            "begun before an interruption",
        );
        refused(&became, RefusalCode::Mandate, "recalled and, when");
        says_recalled(&became, false);
        assert!(alone.mark()["begun"].is_null(), "the record knows it now");
    }
    alone.recall(&alone.provider.people[1]);
    let became = alone.run();
    refused(&became, RefusalCode::Mandate, "it was recalled");
    says_recalled(&became, true);
    alone.nothing_left();
}

#[test]
fn a_record_that_was_put_back_after_a_kill_between_record_and_mark_carries_nothing_out_twice() {
    let alone = Alone::new();
    let (state, backup) = (alone.path("agent/state"), alone.path("backup"));
    copy_all(&state, &backup);
    let before = alone.mark();
    // The record has it, and was cut off before the mark named nothing any more.
    produced(&alone.run());
    fs::write(alone.path("agent/agent.mark"), before.to_string()).unwrap();
    alone.names_the_mandate();
    fs::remove_dir_all(alone.path("exchange/out")).unwrap();
    copy_all(&backup, &state);
    refused(
        &alone.run(),
        RefusalCode::Mandate,
        "whether it left is not known",
    );
    alone.nothing_left();
    // An even older copy than the mark's own record is still an old copy.
    copy_all(&backup, &state);
    stopped(alone.run_with(&|| NOW, &mut |_| ()), "it is an old copy");
}

#[test]
fn a_kill_after_the_record_and_before_the_mark_loses_nothing() {
    let alone = Alone::new();
    let before = alone.mark();
    produced(&alone.run());
    fs::write(alone.path("agent/agent.mark"), before.to_string()).unwrap();
    alone.names_the_mandate();
    fs::remove_dir_all(alone.path("exchange/out")).unwrap();
    // The wire lost it; it is sent again, and nothing is refused.
    let became = alone.run();
    assert!(
        matches!(became, None | Some(MandateOutcome::AlreadyProduced)),
        "{became:?}"
    );
    let package = alone.path(&format!("exchange/out/{STEM}.tar.age"));
    assert!(package.exists());
    assert!(alone.mark()["begun"].is_null());
}

#[test]
fn what_was_handed_out_and_is_no_longer_what_was_sealed_is_told_as_lost_and_never_sent_again() {
    let alone = Alone::new();
    produced(&alone.run());
    let package = alone.path(&format!("exchange/out/{STEM}.tar.age"));
    let [kept] = &entries(&alone.path("agent/state/sealed"))[..] else {
        panic!("one sealed package");
    };
    // In one directory of one user it is one file under two names: whoever writes into the one changes the other.
    let mut damaged = fs::read(kept).unwrap();
    damaged[1000] ^= 1;
    fs::write(&package, &damaged).unwrap();
    assert!(fs::read(kept).unwrap() == damaged, "one file");
    fs::remove_dir_all(alone.path("exchange/out")).unwrap();
    refused(&alone.run(), RefusalCode::Io, "gone or damaged");
    assert!(!package.exists());
}

#[test]
fn a_record_that_cannot_be_written_spends_nothing() {
    let alone = Alone::new();
    alone.ledger().execute_batch(FAIL).unwrap();
    refused(&alone.run(), RefusalCode::Ledger, "");
    assert!(alone.mark()["begun"].is_null());
    alone.nothing_left();
    alone
        .ledger()
        .execute_batch("drop trigger at_entry")
        .unwrap();
    produced(&alone.run());
}

#[test]
fn what_fails_after_the_record_is_told_as_waiting_because_the_package_follows() {
    let alone = Alone::new();
    let package = alone.path(&format!("exchange/out/{STEM}.tar.age"));
    fs::create_dir_all(&package).unwrap();
    let became = alone.run();
    assert!(
        matches!(became, Some(MandateOutcome::Unanswered(_))),
        "{became:?}"
    );
    let refusal = alone.path(&format!("exchange/out/{STEM}.refusal"));
    assert!(!refusal.exists(), "the desk is told of no refusal");
    fs::remove_dir(&package).unwrap();
    alone.run();
    assert!(package.is_file());
}

#[test]
fn a_package_that_was_removed_because_of_a_recall_is_told_as_recalled_ever_after() {
    let alone = Alone::new();
    let package = alone.path(&format!("exchange/out/{STEM}.tar.age"));
    fs::create_dir_all(&package).unwrap();
    alone.run();
    fs::remove_dir(&package).unwrap();
    alone.recall(&alone.provider.people[0]);
    for _ in 0..2 {
        let agent = Agent::open(&alone.config()).unwrap();
        let mut outcomes = agent.run(&|| NOW, &mut OsRng, &mut |_| ()).unwrap();
        let last = outcomes.pop().map(|(_, outcome)| outcome);
        refused(&last, RefusalCode::Mandate, "it was recalled");
        says_recalled(&last, true);
    }
    // A mandate that left is never told as recalled.
    let alone = Alone::new();
    produced(&alone.run());
    alone.recall(&alone.provider.people[0]);
    fs::remove_file(alone.path(&format!("exchange/out/{STEM}.receipt"))).unwrap();
    fs::write(alone.path(&format!("exchange/in/{STEM}.acknowledged")), "").unwrap();
    let became = alone.run();
    refused(&became, RefusalCode::Mandate, "it was carried out before");
    says_recalled(&became, false);
}

#[test]
fn a_package_that_did_not_leave_waits_while_a_recall_of_it_cannot_be_read() {
    for recalled in [false, true] {
        let alone = Alone::new();
        let package = alone.path(&format!("exchange/out/{STEM}.tar.age"));
        fs::create_dir_all(&package).unwrap();
        alone.run();
        fs::remove_dir(&package).unwrap();
        let note = alone.path(&format!("exchange/in/{STEM}.recall"));
        fs::create_dir(&note).unwrap();
        for _ in 0..2 {
            waits_for_a_recall(&alone.run());
            assert!(!package.exists());
            assert_eq!(entries(&alone.path("agent/state/sealed")).len(), 1);
        }
        fs::remove_dir(&note).unwrap();
        if recalled {
            alone.recall(&alone.provider.people[0]);
            refused(&alone.run(), RefusalCode::Mandate, "it was recalled");
            alone.nothing_left();
        } else {
            alone.run();
            assert!(package.is_file());
        }
    }
}
