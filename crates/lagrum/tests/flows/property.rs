//! Any demand over any stores: what is produced lies inside the mandate, and all that certainly
//! lies inside is produced. The judge is whoever made up the data, not the program.

pub mod made_up;
pub mod provider;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fs;
use std::sync::atomic::Ordering;

use lagrum_agent::{Agent, AgentError, MandateOutcome};
use lagrum_mandate::answer::{Refusal, RefusalCode, SignedAnswer};
use lagrum_mandate::{KeptIn, SealedTo};
use lagrum_model::{Act, Category, InstrumentKind};
use lagrum_package::check::Against;
use lagrum_package::layout::{ItemKind, MANIFEST, ManifestLine, RecordLine};
use lagrum_package::open_into;
use lagrum_source::SourceError;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use rand_core::OsRng;

use self::made_up::{MadeUp, Truth, made_up};
use self::provider::{NOW, Provider};
use crate::support::scratch;

/// How many mandates are tried.
const MANDATES: u32 = 64;

#[test]
fn exactly_what_certainly_lies_inside_the_mandate_is_produced() {
    let mut runner = TestRunner::new(ProptestConfig {
        cases: MANDATES,
        failure_persistence: None,
        max_shrink_iters: 60,
        ..ProptestConfig::default()
    });
    let seen = Cell::new([0; 3]);
    let tried = runner.run(&made_up(), |made_up| {
        let mut counts = seen.get();
        for (_, truth) in made_up.truths() {
            counts[truth as usize] += 1;
        }
        seen.set(counts);
        judge(&made_up)
    });
    tried.unwrap_or_else(|e| panic!("{e}"));
    let [inside, outside, for_a_person] = seen.get();
    println!(
        "{MANDATES} mandates: {inside} inside, {outside} outside, {for_a_person} for a person"
    );
    // What was made up put the program to the test.
    assert!(inside > 50 && outside > 100 && for_a_person > 50);
}

#[test]
fn an_agent_without_a_vault_preserves_nothing_and_says_so() {
    let mut runner = TestRunner::deterministic();
    let made_up = made_up().new_tree(&mut runner).unwrap().current();
    let scratch = scratch();
    let provider = Provider::build_with(scratch.path(), &made_up, |mandate| {
        mandate.act = Act::Preserve;
        mandate.basis.instrument.kind = InstrumentKind::PreservationRequest;
        let until = mandate.issued_at + jiff::SignedDuration::from_hours(24);
        mandate.recipient = SealedTo::Vault(KeptIn::until(until));
    });
    let agent = Agent::open(&scratch.path().join("agent/agent.toml")).unwrap();
    let outcomes = agent.run(&|| NOW, &mut OsRng, &mut |_| ()).unwrap();
    let [(stem, MandateOutcome::Refused(refusal))] = &outcomes[..] else {
        panic!("{outcomes:?}");
    };
    assert_eq!(refusal.code, RefusalCode::Act, "{}", refusal.why);
    assert!(refusal.why.contains("by hand"), "{}", refusal.why);
    let note = fs::read(scratch.path().join(format!("exchange/out/{stem}.refusal"))).unwrap();
    let keys: Vec<_> = provider.trust.agents.iter().map(|one| &one.key).collect();
    let (told, _) = Refusal::verify(&note, &keys).unwrap();
    assert_eq!(told, *refusal);
    let package = scratch.path().join(format!("exchange/out/{stem}.tar.age"));
    assert!(!package.exists());
}

#[test]
fn a_run_that_is_ended_from_outside_leaves_the_mandate_waiting() {
    let mut runner = TestRunner::deterministic();
    let made_up = made_up().new_tree(&mut runner).unwrap().current();
    let scratch = scratch();
    Provider::build(scratch.path(), &made_up);
    let agent = Agent::open(&scratch.path().join("agent/agent.toml")).unwrap();
    agent.canceller().store(true, Ordering::Relaxed);
    let ended = agent.run(&|| NOW, &mut OsRng, &mut |_| ()).unwrap_err();
    assert!(
        matches!(&ended, AgentError::Source(SourceError::Cancelled { .. })),
        "{ended}"
    );
    // That it is at work, the agent has told before.
    let left = |place: &str| {
        let left = fs::read_dir(scratch.path().join(place)).unwrap();
        left.filter(|one| one.as_ref().unwrap().file_name() != "beat")
            .count()
    };
    assert_eq!((left("exchange/out"), left("agent/state/work")), (0, 0));
    agent.canceller().store(false, Ordering::Relaxed);
    let outcomes = agent.run(&|| NOW, &mut OsRng, &mut |_| ()).unwrap();
    assert!(
        matches!(outcomes[..], [(_, MandateOutcome::Produced(_))]),
        "{outcomes:?}"
    );
}

/// Carries out one made-up mandate over made-up stores, and compares.
fn judge(made_up: &MadeUp) -> Result<(), TestCaseError> {
    let scratch = scratch();
    let provider = Provider::build(scratch.path(), made_up);
    let agent = Agent::open(&scratch.path().join("agent/agent.toml")).unwrap();
    let outcomes = agent.run(&|| NOW, &mut OsRng, &mut |_| ()).unwrap();
    let [(stem, MandateOutcome::Produced(receipt))] = &outcomes[..] else {
        return Err(TestCaseError::fail(format!("{outcomes:?}")));
    };

    let package = scratch.path().join(format!("exchange/out/{stem}.tar.age"));
    let to = scratch.path().join("opened");
    let against = Against::Published(&provider.trust);
    open_into(&package, &provider.recipient, &against, &to).unwrap();
    let (identifiers, categories) = (made_up.named(), made_up.categories());
    let mut produced = BTreeSet::new();
    for line in fs::read_to_string(to.join(MANIFEST)).unwrap().lines() {
        let line: ManifestLine = serde_json::from_str(line).unwrap();
        let whose = line.identifier.to_string();
        prop_assert!(
            identifiers.contains(&whose),
            "{whose} is not named in the mandate"
        );
        prop_assert!(
            categories.contains(&line.category),
            "{} was not ordered",
            line.category
        );
        let file = fs::read(to.join(&line.path)).unwrap();
        match line.kind {
            ItemKind::Message => {
                let number = made_up
                    .messages()
                    .position(|message| *message.bytes == file);
                let number = number.expect("every message in the package is one that was stored");
                let new = produced.insert((whose, Category::Content, number));
                prop_assert!(new, "message {number} is there twice");
            }
            ItemKind::RecordsJson => {
                for row in file
                    .split(|byte| *byte == b'\n')
                    .filter(|row| !row.is_empty())
                {
                    let row: RecordLine = serde_json::from_slice(row).unwrap();
                    prop_assert!(
                        row.fields.get("secret").is_none(),
                        "a field that nobody ordered"
                    );
                    let number: usize = row.fields.get("id").unwrap().get().parse().unwrap();
                    let new = produced.insert((whose.clone(), line.category, number));
                    prop_assert!(new, "row {number} is there twice");
                }
            }
            ItemKind::Object => panic!("no store here holds objects"),
            // The same rows once more.
            ItemKind::RecordsCsv => {}
        }
    }

    let all = made_up.truths();
    let with = |truth| {
        all.iter()
            .filter(move |(_, it)| *it == truth)
            .map(|(what, _)| what.clone())
    };
    let inside: BTreeSet<_> = with(Truth::Inside).collect();
    let outside: Vec<_> = produced.difference(&inside).collect();
    prop_assert!(
        outside.is_empty(),
        "produced, but not certainly inside: {outside:?}"
    );
    let missing: Vec<_> = inside.difference(&produced).collect();
    prop_assert!(
        missing.is_empty(),
        "certainly inside, but not produced: {missing:?}"
    );
    prop_assert_eq!(receipt.produced, inside.len() as u64);
    prop_assert_eq!(receipt.for_review, with(Truth::ForAPerson).count() as u64);
    Ok(())
}
