//! The release protocol holds in every state that it can reach, and each mend is needed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use lagrum_release_model::{Action, Key, Left, Mend, Mends, Scope, State, Terms, World, Wrong};
use stateright::{Checker, HasDiscoveries, Model};

const FOR_LONG: Terms = Terms {
    issued: 0,
    expires: 9,
    pinned: true,
    told_by: None,
};

const NOTHING: Left = Left {
    set_backs: 0,
    copies: 0,
    begins: 0,
    ends: 0,
};

/// Who signs what, to whom, in which log.
fn papers() -> Scope {
    Scope {
        name: "papers",
        texts: vec![
            FOR_LONG,
            Terms {
                pinned: false,
                ..FOR_LONG
            },
        ],
        released: false,
        recalls: false,
        last: 0,
        left: Left { ends: 1, ..NOTHING },
        operator_looks_at_clock: true,
        backup_holds_mark: false,
    }
}

/// Recalls, with backups that are restored.
fn recalls() -> Scope {
    Scope {
        name: "recalls",
        texts: vec![FOR_LONG],
        released: true,
        recalls: true,
        left: Left {
            ends: 3,
            copies: 3,
            ..NOTHING
        },
        ..papers()
    }
}

/// The record: cut off, copied, lost, begun again; two agents at once; mandates that reorder.
fn record() -> Scope {
    Scope {
        name: "record",
        texts: vec![
            FOR_LONG,
            Terms {
                issued: 1,
                ..FOR_LONG
            },
        ],
        released: true,
        recalls: false,
        last: 1,
        left: Left {
            ends: 4,
            copies: 3,
            begins: 2,
            ..NOTHING
        },
        ..papers()
    }
}

/// One mandate, and a record that is copied once.
fn copied() -> Scope {
    Scope {
        name: "copied",
        texts: vec![FOR_LONG],
        left: Left {
            ends: 2,
            copies: 1,
            ..NOTHING
        },
        ..record()
    }
}

/// One mandate that was issued by a clock that is ahead, and a record that is begun again.
fn begun_again() -> Scope {
    let issued_ahead = Terms {
        issued: 1,
        ..FOR_LONG
    };
    Scope {
        name: "begun again",
        texts: vec![issued_ahead],
        left: Left {
            ends: 1,
            begins: 1,
            ..NOTHING
        },
        ..record()
    }
}

/// The clock.
fn clock() -> Scope {
    Scope {
        name: "clock",
        texts: vec![Terms {
            expires: 3,
            ..FOR_LONG
        }],
        released: true,
        recalls: false,
        last: 3,
        left: Left {
            set_backs: 3,
            ends: 2,
            copies: 2,
            begins: 1,
        },
        ..papers()
    }
}

/// One mandate, and everything that can happen to it.
fn everything() -> Scope {
    Scope {
        name: "everything",
        texts: vec![Terms {
            expires: 3,
            ..FOR_LONG
        }],
        released: false,
        recalls: true,
        last: 3,
        left: Left {
            set_backs: 1,
            copies: 1,
            begins: 1,
            ends: 1,
        },
        ..papers()
    }
}

/// A mandate that is sealed to a key, and one with a passphrase that this person tells.
fn told(by: Key) -> Scope {
    Scope {
        name: "told",
        texts: vec![
            FOR_LONG,
            Terms {
                told_by: Some(by),
                ..FOR_LONG
            },
        ],
        ..papers()
    }
}

/// Looks at every state of a scope.
fn holds(scope: Scope, mends: Mends) {
    let (name, began) = (scope.name, Instant::now());
    let checker = World::new(scope, mends).checker().spawn_bfs().join();
    println!(
        "{name}: {} states explored, {} of them different, {} steps deep, {:.1} s",
        checker.state_count(),
        checker.unique_state_count(),
        checker.max_depth(),
        began.elapsed().as_secs_f64()
    );
    assert!(
        began.elapsed() < Duration::from_secs(120),
        "{name}: not within two minutes"
    );
    for wrong in Wrong::ALL {
        if let Some(path) = checker.discovery(wrong.never()) {
            panic!("{name}: not so: {wrong}\n{}", words(&checker, path, wrong));
        }
    }
    // And what ought to be possible is.
    checker.assert_properties();
}

/// A short way to something that must never happen.
fn found(scope: Scope, mends: Mends, wrong: Wrong) -> Option<String> {
    let property = [wrong.never()].into();
    let checker = World::new(scope, mends)
        .checker()
        .finish_when(HasDiscoveries::AnyOf(property))
        .spawn_bfs()
        .join();
    let path = checker.discovery(wrong.never())?;
    Some(words(&checker, path, wrong))
}

fn words(
    checker: &impl Checker<World>,
    path: stateright::Path<State, Action>,
    wrong: Wrong,
) -> String {
    let steps = path.into_vec().into_iter();
    let until = steps.take_while(|(state, _)| !state.has(wrong));
    let actions = until.filter_map(|(_, action)| action);
    let step = |action| format!("    {}\n", checker.model().format_action(&action));
    actions.map(step).collect()
}

#[test]
fn papers_hold() {
    holds(papers(), Mends::all());
}

#[test]
fn what_is_told_by_telephone_holds() {
    holds(told(Key::Olof), Mends::all());
    holds(told(Key::Stranger), Mends::all());
}

#[test]
fn recalls_hold() {
    holds(recalls(), Mends::all());
}

#[test]
fn the_record_holds() {
    holds(record(), Mends::all());
}

#[test]
fn the_clock_holds() {
    holds(clock(), Mends::all());
}

#[test]
fn everything_together_holds() {
    holds(everything(), Mends::all());
}

/// What the code does today, without what [`Mend::NOT_BUILT`] lists: papers hold, and one agent whose
/// record nobody copies carries out once, however often it is killed.
#[test]
fn what_is_built_holds_for_one_agent_whose_record_nobody_copies() {
    holds(papers(), Mends::built());
    let alone = Scope {
        name: "one agent",
        left: Left { ends: 4, ..NOTHING },
        ..record()
    };
    holds(alone, Mends::built());
}

/// Which attack each mend stops, in which scope it is found, and beside which others.
fn attack(mend: Mend) -> (Scope, Wrong, Mends) {
    let all = Mends::all();
    match mend {
        Mend::PinnedRecipients => (papers(), Wrong::NotPinned, all),
        Mend::ExactText | Mend::PeopleById => (papers(), Wrong::NotTwoPeople, all),
        Mend::TellerOfRoster => (told(Key::Stranger), Wrong::ToldByStranger, all),
        Mend::ShownToTeller => (told(Key::Olof), Wrong::ShownToOther, all),
        Mend::ShownOnce => (told(Key::Olof), Wrong::ShownTwice, all),
        Mend::Witnesses => (papers(), Wrong::NotPublic, all),
        Mend::RemembersLog => (papers(), Wrong::OtherHistory, all),
        Mend::HearsRecalls | Mend::RemembersRecalls | Mend::MarkKnowsAll => {
            (recalls(), Wrong::SealedAfterRecall, all)
        }
        Mend::RecallBeforeHandOut => (recalls(), Wrong::HandedOutAfterRecall, all),
        Mend::RecallBeforeSearch => (recalls(), Wrong::SearchedAfterRecall, all),
        // A mark that knows all knows an older record by what it says, too.
        Mend::RecordId => (record(), Wrong::Twice, all.without(Mend::MarkKnowsAll)),
        Mend::CarriedOutBefore | Mend::MarkCount | Mend::BeginInstant => {
            (record(), Wrong::Twice, all)
        }
        Mend::LockBesideKey | Mend::MarkFirst => (copied(), Wrong::Twice, all),
        Mend::BeginsAfter => (begun_again(), Wrong::Twice, all),
        Mend::ExpiryAtSealing | Mend::ClockFloor | Mend::FloorAtEachReading => {
            (clock(), Wrong::Expired, all)
        }
    }
}

#[test]
fn each_mend_that_is_taken_out_is_missed() {
    let mut nothing_found = Vec::new();
    for mend in Mend::ALL {
        let (scope, wrong, others) = attack(mend);
        if others != Mends::all() {
            assert_eq!(found(scope.clone(), others, wrong), None);
        }
        match found(scope, others.without(mend), wrong) {
            Some(way) => println!("Without {mend:?}, not so: {wrong}\n{way}"),
            None => nothing_found.push(mend),
        }
    }
    assert!(nothing_found.is_empty(), "{nothing_found:?}");
}

#[test]
fn who_begins_a_record_again_has_to_look_at_the_clock() {
    let issued_later = Terms {
        issued: 2,
        ..FOR_LONG
    };
    let scope = Scope {
        operator_looks_at_clock: false,
        left: Left {
            set_backs: 1,
            copies: 2,
            begins: 1,
            ends: 3,
        },
        texts: vec![FOR_LONG, issued_later],
        last: 2,
        ..record()
    };
    let way = found(scope, Mends::all(), Wrong::Twice);
    println!("{}", way.expect("an old mandate is carried out again"));
}

#[test]
fn a_mark_that_is_restored_with_its_record_needs_a_record_begun_again() {
    let scope = Scope {
        backup_holds_mark: true,
        ..record()
    };
    let way = found(scope, Mends::all(), Wrong::Twice);
    println!("{}", way.expect("a mandate is carried out again"));
}

/// Each step, and the function of the code that takes it.
const STEPS: [(&str, &str, &str); 18] = [
    ("Sign", "desk/src/command/sign.rs", "add_signatures"),
    ("Publish", "desk/src/sequencer.rs", "settle"),
    ("LeaveRecall", "transport/src/ends.rs", "leave_recall"),
    ("BeginAgain", "agent/src/record.rs", "begin_record"),
    ("Open", "agent/src/ledger.rs", "open"),
    ("Open", "agent/src/agent.rs", "time_goes_on"),
    ("HandOutLeft", "agent/src/carry_out.rs", "hand_out"),
    ("Acknowledged", "transport/src/ends.rs", "is_acknowledged"),
    ("HearRecalls", "agent/src/recalls.rs", "hear_recalls"),
    ("Fetch", "transport/src/ends.rs", "offer"),
    ("Fetch", "transport/src/ends.rs", "fetch"),
    ("Believe", "agent/src/believed.rs", "believe"),
    ("Admit", "mandate/src/gate.rs", "admit"),
    ("Seal", "agent/src/recalls.rs", "still_good"),
    ("Record", "agent/src/ledger.rs", "record"),
    ("Mark", "agent/src/ledger.rs", "mark_begun"),
    ("SendPackage", "transport/src/ends.rs", "send_package"),
    ("Show", "agent/src/passphrase.rs", "show_passphrase"),
];

/// What happens to machines and clocks, and what people do who are not honest: no function takes these steps.
const NOBODY_S: [&str; 8] = [
    "SignRecall",
    "HideRecall",
    "Tick",
    "SetBack",
    "SetRight",
    "Copy",
    "Lose",
    "End",
];

/// The names of what an enumeration lists.
fn variants(text: &str, name: &str) -> Vec<String> {
    let body = text.split(&format!("pub enum {name} {{")).nth(1).unwrap();
    let body = body.split("\n}").next().unwrap();
    let lines = body.lines().filter_map(|line| line.strip_prefix("    "));
    let named = lines.filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()));
    let word = |line: &str| {
        line.chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect()
    };
    named.map(word).collect()
}

#[test]
fn each_step_of_the_model_is_one_of_the_code_or_nobody_s() {
    let source = |file: &str| {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(file);
        fs::read_to_string(file).unwrap()
    };
    let world = source("world.rs");
    let mut steps = variants(&world, "Action");
    steps.retain(|step| step != "Agent");
    steps.extend(variants(&(world + &source("steps.rs")), "AgentStep"));
    assert!(steps.len() > 15, "{steps:?}");
    for step in &steps {
        let of_code = STEPS.iter().any(|(name, ..)| name == step);
        assert_ne!(of_code, NOBODY_S.contains(&step.as_str()), "{step}");
    }
}

#[test]
fn model_and_code_name_each_other_s_steps() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let read = |file: &str| fs::read_to_string(crates.join(file)).unwrap();
    let model = read("release-model/src/steps.rs") + &read("release-model/src/world.rs");
    let mut wrong = BTreeMap::new();
    for (step, file, function) in STEPS {
        let code = read(file);
        let comment = code.split(&format!("fn {function}(")).next().unwrap();
        let comment = comment.rsplit("\n\n").next().unwrap();
        let names_step = comment.lines().any(|line| {
            line.contains("/// In the release model: ") && line.contains(&format!("`{step}`"))
        });
        let names_function =
            model.contains(&format!("::{function}`")) || model.contains(&format!("`{function}`"));
        if !names_step || !names_function {
            wrong.insert((step, file, function), (names_step, names_function));
        }
    }
    assert!(
        wrong.is_empty(),
        "(code names step, model names function): {wrong:#?}"
    );
}
