//! A mandate that an agent refuses, that somebody recalls, or that runs out, is drafted anew with the
//! command that the refusal names; the whole way through the program.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use lagrum_desk::{Call, Genuine, Intake};
use lagrum_model::Arrival;
use lagrum_notes::{SigningKey, role};
use rand_core::OsRng;

use crate::by_hand::Hand;
use crate::support::{entries, name, now, open_desk, principal};

const RECIPIENTS: &str = "provider/agents/stockholm/recipients.toml";

impl Hand {
    fn recall(&self, case: &str) {
        let (key, secret) = (self.path("maja.key"), self.path("maja.passphrase"));
        self.run(&[
            "recall",
            case,
            "--why",
            "it cannot be carried out",
            "--key",
            &key,
            "--passphrase-file",
            &secret,
        ])
        .ok();
    }

    pub fn both_approve(&self, case: &str) {
        for who in ["olof", "maja"] {
            self.approve(case, who).ok();
        }
    }

    fn state(&self, case: &str) -> String {
        self.json(&["case", case])["state"].as_str().unwrap().into()
    }

    /// The case has a mandate that is produced, delivered and closed; and what there was before holds
    /// nothing up.
    fn goes_on_to_the_end(&self, case: &str) {
        self.both_approve(case);
        let run = self.run(&["agent", "run", "--region", "stockholm"]);
        assert!(run.out.contains("produced"), "{}{}", run.out, run.err);
        let delivered = self.json(&["deliver", case]);
        assert_eq!(delivered["packages"].as_array().unwrap().len(), 1);
        self.run(&["close", case, "--duties-live-on"]).ok();
        self.run(&["desk", "verify"]).ok();
    }

    /// A case whose mandate two people released so long ago.
    fn released_before(&self, ago: SignedDuration) -> String {
        let then = now() - ago;
        let clock = || then;
        let desk = open_desk(Path::new(&self.path("provider")));
        let mut random = OsRng;
        let mut session = desk.session(principal(&desk, "olof"), &clock, &mut random);
        let demand = self.demand("AM-7-26");
        let file = Intake {
            file_name: "demand.toml",
            bytes: demand.as_bytes(),
            arrival: Arrival::default(),
        };
        let id = session.intake(&file, &[]).unwrap().case;
        let call = Call {
            answered_by: "K. Ek",
            at: None,
            confirmed: true,
        };
        let mut other = OsRng;
        desk.session(principal(&desk, "maja"), &clock, &mut other)
            .call_back(&id, &call)
            .unwrap();
        let genuine = Genuine {
            verified: true,
            how: "called back",
            despite: None,
        };
        session.authenticate(&id, &genuine).unwrap();
        let today = then.to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
        session.assess(&id, today).unwrap();
        session
            .decide(&id, &[], "as the law packs propose")
            .unwrap();
        for who in ["olof", "maja"] {
            let waiting = session.to_sign(&id).unwrap().remove(0);
            let line = self.key_of(who).sign_line(&waiting.text).unwrap();
            session
                .add_signatures(&id, &[(waiting.mandate, line)])
                .unwrap();
        }
        session.settle().unwrap();
        id.to_string()
    }

    pub fn key_of(&self, who: &str) -> SigningKey<role::Person> {
        let secret = fs::read_to_string(self.path(&format!("{who}.passphrase"))).unwrap();
        let sealed = fs::read(self.path(&format!("{who}.key"))).unwrap();
        SigningKey::open(&sealed, secret.trim()).unwrap()
    }
}

/// What a table says, however it is broken into lines.
fn in_one_line(table: &str) -> String {
    table.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_an_agent_refuses_is_recalled_drafted_anew_signed_and_produced() {
    let hand = Hand::ready();
    let known = fs::read_to_string(hand.path(RECIPIENTS)).unwrap();
    hand.write(RECIPIENTS, "");
    let case = hand.decided();
    hand.both_approve(&case);
    let run = hand.run(&["agent", "run", "--region", "stockholm"]);
    assert_eq!(run.code, Some(4), "{}", run.out);
    assert!(
        run.out.contains("does not know the recipient"),
        "{}",
        run.out
    );
    hand.run(&["settle"]).ok();
    // It is refused, and says what stops it; decided again, it is still with the agent.
    let shown = hand.run(&["case", &case]).ok();
    let recall = format!("lagrum recall {case}");
    assert!(shown.err.contains(&recall), "{}", shown.err);
    let early = hand.run(&["decide", &case]);
    assert_eq!(early.code, Some(1));
    assert!(early.err.contains(&recall), "{}", early.err);
    hand.recall(&case);
    // Recalled is not answered: the agent may have carried it out before it hears that.
    let early = hand.run(&["decide", &case]);
    assert_eq!(early.code, Some(1));
    assert!(early.err.contains("agent run"), "{}", early.err);
    hand.write(RECIPIENTS, known);
    let run = hand.run(&["agent", "run", "--region", "stockholm"]);
    // It is answered, and nothing is wrong where the agent runs: not then, and not in a later run.
    assert_eq!(run.code, Some(0), "{}", run.out);
    let again = hand.run(&["agent", "run", "--region", "stockholm"]);
    assert_eq!((again.code, &again.out), (Some(0), &run.out));
    let anew = format!("`lagrum decide {case}` drafts it anew");
    assert!(in_one_line(&run.out).contains(&anew), "{}", run.out);
    hand.run(&["settle"]).ok();
    assert!(
        hand.run(&["case", &case])
            .ok()
            .err
            .contains(&format!("lagrum decide {case}"))
    );
    let decided = hand.json(&["decide", &case]);
    assert_eq!(decided["lapsed"].as_array().unwrap().len(), 1);
    assert_eq!(decided["mandates"].as_array().unwrap().len(), 1);
    assert_ne!(decided["lapsed"], decided["mandates"]);
    assert_eq!(hand.state(&case), "decided");
    let page = hand.run(&["case", &case]).ok();
    assert!(page.out.contains("never carries it out"), "{}", page.out);
    assert!(!page.err.contains("lagrum decide"), "{}", page.err);
    hand.goes_on_to_the_end(&case);
}

#[test]
fn what_ran_out_is_drafted_anew_signed_and_produced() {
    let hand = Hand::ready();
    let case = hand.released_before(SignedDuration::from_hours(15 * 24));
    let run = hand.run(&["agent", "run", "--region", "stockholm"]);
    assert_eq!(run.code, Some(4), "{}", run.out);
    assert!(run.out.contains("it expired at"), "{}", run.out);
    let anew = format!("`lagrum decide {case}` drafts it anew");
    assert!(in_one_line(&run.out).contains(&anew), "{}", run.out);
    // Deciding again takes the agent's answer, too.
    let decided = hand.json(&["decide", &case]);
    assert_eq!(decided["lapsed"].as_array().unwrap().len(), 1);
    hand.run(&["settle"]).ok();
    let offers = entries(Path::new(&hand.path("provider/exchange/stockholm/in")));
    let mut offers: Vec<_> = offers.iter().map(|file| name(file)).collect();
    offers.retain(|file| file.contains('.'));
    assert!(offers.is_empty(), "{offers:?}");
    hand.goes_on_to_the_end(&case);
}

#[test]
fn what_was_issued_before_an_agents_record_begins_is_recalled_and_drafted_anew() {
    let hand = Hand::ready();
    let case = hand.released_before(SignedDuration::from_mins(30));
    let config = hand.path("provider/agents/stockholm/agent.toml");
    let begun: Timestamp = now() - SignedDuration::from_mins(10);
    lagrum_agent::begin_record(Path::new(&config), true, begun, [7; 16]).unwrap();
    let run = hand.run(&["agent", "run", "--region", "stockholm"]);
    assert_eq!(run.code, Some(4), "{}", run.out);
    assert!(run.out.contains("it was issued before"), "{}", run.out);
    for command in ["recall", "decide"] {
        let named = format!("lagrum {command} {case}`");
        assert!(in_one_line(&run.out).contains(&named), "{}", run.out);
    }
    hand.recall(&case);
    hand.run(&["agent", "run", "--region", "stockholm"]);
    hand.run(&["settle"]).ok();
    hand.run(&["decide", &case]).ok();
    hand.goes_on_to_the_end(&case);
}

/// An agent that is killed while it enters the mandate into its record: the mark names it already.
#[test]
fn a_kill_between_mark_and_record_is_told_and_the_mandate_is_drafted_anew() {
    let hand = Hand::ready();
    let case = hand.decided();
    hand.both_approve(&case);
    let ledger = || {
        let file = hand.path("provider/agents/stockholm/state/ledger.sqlite");
        rusqlite::Connection::open(file).unwrap()
    };
    ledger()
        .execute_batch(
            "create trigger at_entry before insert on carried begin
                 select count(*) from (
                     with recursive n (n) as (select 1 union all select n + 1 from n) select n from n
                 );
             end;",
        )
        .unwrap();
    let mut child = hand
        .command("olof")
        .args(["agent", "run", "--region", "stockholm"])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mark = hand.path("provider/agents/stockholm/agent.mark");
    let began = Instant::now();
    while !fs::read_to_string(&mark).unwrap().contains("\"begun\"") {
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "it never comes to that"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
    // SIGKILL, which nothing can catch.
    child.kill().unwrap();
    child.wait().unwrap();
    ledger().execute_batch("drop trigger at_entry").unwrap();
    let run = hand.run(&["agent", "run", "--region", "stockholm"]);
    assert_eq!(run.code, Some(4), "{}", run.out);
    let told = in_one_line(&run.out);
    assert!(told.contains("begun before an interruption"), "{told}");
    for command in ["recall", "decide"] {
        assert!(
            told.contains(&format!("lagrum {command} {case}`")),
            "{told}"
        );
    }
    hand.run(&["settle"]).ok();
    assert_eq!(hand.state(&case), "not-produced");
    hand.recall(&case);
    hand.run(&["agent", "run", "--region", "stockholm"]);
    hand.run(&["decide", &case]).ok();
    hand.goes_on_to_the_end(&case);
}
