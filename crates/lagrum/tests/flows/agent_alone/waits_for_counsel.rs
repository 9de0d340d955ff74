//! What searches withheld is found without reading what was decided about long ago.

use lagrum_agent::{Decision, WaitsForCounsel};
use lagrum_mandate::Nonce;
use rusqlite::params;

use super::*;

/// How many lists were carried out to their end.
const DONE: u8 = 250;

impl Alone {
    /// An agent that carried its mandate out and withheld something.
    fn withheld() -> Self {
        let one = Self::planted();
        let file = one.path("agent/mail/0/new/2.M1P1.host");
        fs::write(file, "Subject: without a date\n\nnothing\n").unwrap();
        produced(&one.run());
        one
    }

    fn waits(&self) -> WaitsForCounsel {
        let agent = Agent::open(&self.config()).unwrap();
        agent.waits_for_counsel().unwrap()
    }
}

#[test]
fn lists_that_are_carried_out_are_not_read_to_find_those_that_wait() {
    let one = Alone::withheld();
    let waits = one.waits();
    assert!(waits.lists == 1 && waits.items > 0, "{waits:?}");
    // A record of an older version had no account of them.
    one.sql("drop table inquired; drop table freezing; drop table vault; drop table scheduled; drop table card; drop table told; drop table to_review; pragma user_version = 4");
    assert_eq!(one.waits(), waits);
    // Whoever reads one of these fails.
    let ledger = rusqlite::Connection::open(one.path("agent/state/ledger.sqlite")).unwrap();
    for number in 0..DONE {
        let nonce = Nonce([number, 0xd0, 0xe, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
        ledger
            .execute(
                "insert into carried (nonce, mandate, stem, sha256, receipt, sealed_at, handed_out, acknowledged)
                 select $1, $2, 'done', sha256, 'damaged', sealed_at, 1, 1 from carried where acknowledged = 0",
                params![nonce.to_string(), format!("{number}")],
            )
            .unwrap();
        let list = one.path(&format!("agent/state/review/2026-0001-{nonce}.jsonl"));
        fs::write(list, "damaged").unwrap();
    }
    drop(ledger);
    assert_eq!(one.waits(), waits);
    let agent = Agent::open(&one.config()).unwrap();
    let mut lists = agent.withheld().unwrap();
    let [list] = &mut lists[..] else {
        panic!("{lists:?}")
    };
    let count = list.items.len() as u64;
    assert_eq!(waits.items, count);
    assert!(
        agent.withheld_in(&list.case).is_err(),
        "those would be read"
    );

    // Counsel decides about one, and then about all.
    let decision = Decision {
        by: "maja-ek".into(),
        at: NOW,
        release: false,
        reason: "of another year".into(),
    };
    agent.decide(list, [1], &decision).unwrap();
    assert_eq!(agent.waits_for_counsel().unwrap().items, count - 1);
    agent.decide(list, 1..=count, &decision).unwrap();
    let none = WaitsForCounsel::default();
    assert_eq!(agent.waits_for_counsel().unwrap(), none);
    // What is decided and not carried out is found still.
    assert_eq!(agent.withheld().unwrap().len(), 1);
}

#[test]
fn what_an_agent_cannot_count_it_does_not_tell_as_nothing() {
    let one = Alone::withheld();
    let before = one.beat();
    assert!(before.to_review > 0);
    let list = {
        let mut lists = entries(&one.path("agent/state/review"));
        lists.retain(|file| file.extension().is_some_and(|end| end == "jsonl"));
        lists.pop().unwrap()
    };
    let text = fs::read(&list).unwrap();
    fs::write(&list, "damaged").unwrap();
    one.sql("update to_review set undecided = null");
    let agent = Agent::open(&one.config()).unwrap();
    let later = NOW + SignedDuration::from_hours(1);
    agent.run(&|| later, &mut OsRng, &mut |_| ()).unwrap();
    assert_eq!(one.beat(), before, "the last word stays the last");
    let why = agent.not_told().unwrap();
    assert!(why.contains("not what this agent wrote"), "{why}");
    // Neither is anything told during a run.
    drop(agent);
    fs::remove_dir_all(one.path("exchange/out")).unwrap();
    fs::create_dir(one.path("exchange/out")).unwrap();
    let agent = Agent::open(&one.config()).unwrap();
    let agent = agent.telling_every(std::time::Duration::from_millis(1));
    agent.run(&|| later, &mut OsRng, &mut |_| ()).unwrap();
    assert!(!one.path("exchange/out/beat").exists());
    drop(agent);

    fs::write(&list, text).unwrap();
    let agent = Agent::open(&one.config()).unwrap();
    agent.run(&|| later, &mut OsRng, &mut |_| ()).unwrap();
    assert_eq!(agent.not_told(), None);
    let after = one.beat();
    assert_eq!((after.to_review, after.at), (before.to_review, later));
}
