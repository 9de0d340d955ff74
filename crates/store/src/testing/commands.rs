//! Random sequences of commands.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use lagrum_model::testing::demand;
use lagrum_model::{
    Answer, Assessment, CallBack, Category, Disposition, Duty, Finding, Link, Moment, Part,
    SealedNote, Sha256Digest,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::*;

fn mandate() -> Sha256Digest {
    Sha256Digest::of(b"text\n")
}

fn package() -> Sha256Digest {
    Sha256Digest::of(b"package")
}

fn called_back(confirmed: bool) -> CallBack {
    CallBack {
        number: "+46 8 111 11 11".into(),
        answered_by: "K. Ek".into(),
        at: Timestamp::UNIX_EPOCH,
        confirmed,
    }
}

fn assessment(found: Vec<Disposition>) -> Assessment {
    let part = |(number, disposition)| Part {
        asked_in: 0,
        identifier: demand(&[]).identifiers()[0].clone(),
        account: None,
        category: [Category::Content, Category::Subscriber][number % 2],
        sub_categories: Vec::new(),
        holding: None,
        finding: Finding {
            disposition,
            instead: None,
            decided_by: vec![],
            overridden: vec![],
            via: None,
            form: None,
            within: None,
        },
        note: None,
    };
    Assessment {
        as_of: jiff::civil::date(2026, 11, 21),
        law: Sha256Digest::of(b"law"),
        clocks: std::collections::BTreeMap::new(),
        parts: found.into_iter().enumerate().map(part).collect(),
    }
}

fn dispositions() -> impl Strategy<Value = Vec<Disposition>> {
    proptest::collection::vec(proptest::sample::select(Disposition::ALL.to_vec()), 2)
}

/// Every kind of command, with values that often fit each other.
fn command() -> impl Strategy<Value = (Role, Command)> {
    let described = |reference: String| {
        let mut demand = demand(&[]);
        demand.reference = reference;
        let demand = Box::new(demand);
        Command::Describe { demand }
    };
    let decided = |found: Vec<Disposition>| {
        let answer = |(part, disposition)| Answer {
            part,
            disposition,
            reason: "because".into(),
            form: None,
        };
        let answers = found.into_iter().enumerate().map(answer).collect();
        Command::Decide { answers }
    };
    let command = prop_oneof![
        "[A-Z]{1,3}".prop_map(described),
        Just(Command::RecordUnreadable {
            why: "a scan".into()
        }),
        any::<u8>().prop_map(|n| Command::Attach {
            original: original(&[n])
        }),
        proptest::bool::weighted(0.8).prop_map(|verified| Command::Authenticate {
            verified,
            how: "called back".into(),
            warnings: vec![],
            despite: None,
        }),
        proptest::bool::weighted(0.8).prop_map(|confirmed| Command::CallBack {
            call: called_back(confirmed)
        }),
        proptest::sample::select(&Link::ALL[..]).prop_map(|how| Command::Link {
            to: CaseId::new(2026, 9),
            how
        }),
        Just(Command::Reopen),
        any::<bool>().prop_map(|believed| Command::JudgeEmergency { believed }),
        (proptest::sample::select(Moment::ALL), 0..100i64).prop_map(|(what, second)| {
            Command::RecordMilestone {
                what,
                when: at(second - 200),
                ruling: None,
            }
        }),
        dispositions().prop_map(|found| Command::Assess {
            assessment: Box::new(assessment(found))
        }),
        Just(Command::Assess {
            assessment: Box::new(assessment(vec![Disposition::Produce; 2]))
        }),
        dispositions().prop_map(decided),
        Just(decided(vec![Disposition::Produce, Disposition::Reject])),
        Just(Command::DraftMandate {
            mandate: mandate(),
            text: "text\n".into(),
            parts: vec![0],
            answers: Some("answers\n".into()),
        }),
        proptest::option::of("[a-z]{1,4}").prop_map(|to| Command::Assign { to }),
        "[a-z]{1,9}".prop_map(|text| Command::Note { text }),
        "[a-z]{1,9}".prop_map(|age| Command::SealNote {
            sealed: Box::new(SealedNote {
                to: vec!["counsel".into()],
                age,
            }),
        }),
        proptest::sample::select(vec![Role::Analyst, Role::Counsel]).prop_map(|role| {
            Command::Approve {
                mandate: mandate(),
                signer: role.to_string(),
                role,
                signature: "— line".into(),
            }
        }),
        Just(Command::Mandate { mandate: mandate() }),
        Just(Command::RecordProduction {
            mandate: mandate(),
            package: package(),
            items: 3,
            for_review: 1,
            searched: Vec::new(),
            answer: None
        }),
        Just(Command::RecordNoProduction {
            mandate: mandate(),
            why: "no key".into(),
            answer: None
        }),
        Just(Command::Deliver {
            package: package(),
            to: "Police".into()
        }),
        any::<bool>().prop_map(|certain| Command::RecordRemoval {
            package: package(),
            certain
        }),
        Just(Command::Close { duties: vec![] }),
        Just(Command::Close {
            duties: vec![Duty::EmergencyReview]
        }),
    ];
    (
        proptest::sample::select(vec![Role::Analyst, Role::Counsel]),
        command,
    )
}

/// What the list shows follows from the events, after each command, and a command that is refused
/// changes neither.
pub fn the_read_model_equals_the_fold_whatever_was_commanded(place: &dyn Place) {
    let store = store(place);
    let config = Config {
        cases: 40,
        failure_persistence: None,
        ..Config::default()
    };
    let number = Cell::new(0u64);
    let (refused, states) = (Cell::new(0), RefCell::new(BTreeSet::new()));
    // The usual way, so that late states are reached; random commands come between.
    let usual = |commands: Vec<(Role, Command)>, way: usize| {
        let all = usual_way();
        let mut mixed: Vec<_> = all.into_iter().take(way).collect();
        for (place, command) in commands.into_iter().enumerate() {
            mixed.insert((place * 3).min(mixed.len()), command);
        }
        mixed
    };
    let is_so = |commands: Vec<(Role, Command)>, way: usize| {
        number.set(number.get() + 1);
        let id = open(&store, &number.get().to_be_bytes());
        for (role, command) in usual(commands, way) {
            let before = store.events(&id).unwrap().len();
            let told = change(&store, &id, |changes| {
                Ok(changes.command(command, &person(role), "because")?)
            });
            let events = store.events(&id).unwrap();
            let case = Case::from_events(&events);
            match told {
                Ok(()) => {}
                Err(Failed::Refused(_)) => {
                    refused.set(refused.get() + 1);
                    prop_assert_eq!(events.len(), before);
                }
                Err(Failed::Store(error)) => panic!("{error}"),
            }
            states.borrow_mut().insert(case.state());
            let expected = project(&id, &case, &events).summary;
            prop_assert_eq!(store.summary(&id).unwrap(), expected);
        }
        Ok(())
    };
    // The whole way once undisturbed: that late states are reached is not left to chance.
    let whole = usual_way().len();
    is_so(Vec::new(), whole).unwrap();
    let sequence = (proptest::collection::vec(command(), 1..12), 0..=whole);
    TestRunner::new(config)
        .run(&sequence, |(commands, way)| is_so(commands, way))
        .unwrap();
    let (refused, states) = (refused.get(), states.into_inner());
    assert!(refused > 20, "only {refused} commands were refused");
    assert!(states.len() > 8, "only {states:?} were reached");
    is_whole(&store);
}

fn usual_way() -> Vec<(Role, Command)> {
    let demand = Box::new(demand(&[]));
    let approve = |role: Role| Command::Approve {
        mandate: mandate(),
        signer: role.to_string(),
        role,
        signature: "— line".into(),
    };
    let answer = |part, disposition| Answer {
        part,
        disposition,
        reason: "because".into(),
        form: None,
    };
    [
        Command::Describe { demand },
        Command::CallBack {
            call: called_back(true),
        },
        Command::Authenticate {
            verified: true,
            how: "called back".into(),
            warnings: vec![],
            despite: None,
        },
        Command::Assess {
            assessment: Box::new(assessment(vec![Disposition::Produce; 2])),
        },
        Command::Decide {
            answers: vec![
                answer(0, Disposition::Produce),
                answer(1, Disposition::Reject),
            ],
        },
        Command::DraftMandate {
            mandate: mandate(),
            text: "text\n".into(),
            parts: vec![0],
            answers: None,
        },
        approve(Role::Analyst),
        approve(Role::Counsel),
        Command::Mandate { mandate: mandate() },
        Command::RecordProduction {
            mandate: mandate(),
            package: package(),
            items: 3,
            for_review: 1,
            searched: Vec::new(),
            answer: None,
        },
        Command::Deliver {
            package: package(),
            to: "Police".into(),
        },
        Command::Close { duties: vec![] },
    ]
    .map(|command| (Role::Analyst, command))
    .into()
}
