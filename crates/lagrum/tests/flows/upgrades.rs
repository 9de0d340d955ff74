//! A provider whose desk and agents are brought to this version one after the other: what an older version of the program
//! made, and what is under way meanwhile. Which version that is, `dev/older` says; `dev/test` builds it.

mod line;
mod refused;

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use serde_json::Value;

use self::line::Line;
use crate::by_hand::{Hand, subjects};
use crate::far_agent::{Running, certificates, free_port, move_away, signed, until};
use crate::lost_exchange::recorded;
use crate::preserved;
use crate::support::{entries, name};

/// Where the program of an older version lies, if it is here; else says so.
fn older() -> Option<PathBuf> {
    let file = std::env::var_os("LAGRUM_OLDER").map(PathBuf::from);
    if file.is_none() {
        println!("SKIPPED: LAGRUM_OLDER does not say where the program of an older version lies");
    }
    file
}

/// What goes at once to the exchange is 4 MiB: the line breaks within the second piece of a package.
const BREAKS: usize = 6 << 20;

/// A provider that the older program made, with an agent over the network and a case in each state that matters.
struct Provider {
    hand: Hand,
    older: PathBuf,
    line: Line,
    /// Where exchange and log are served.
    ports: [u16; 2],
    serving: Vec<Running>,
    /// The settings of the agent.
    agent: String,
    /// A case that is closed, its package, and what the older program showed of it.
    closed: (String, String, Value),
    /// Its mandate is released, and nobody carried it out yet. Its package is some pieces long.
    open: String,
}

impl Provider {
    fn new(older: PathBuf) -> Self {
        let hand = Hand::ready_by(&older);
        let mail = "provider/agents/stockholm/mail/ann/cur";
        // Without a message whose date is lost nothing waits for counsel.
        fs::remove_file(hand.path(&format!("{mail}/5:2,S"))).unwrap();
        // Something is preserved there,
        let kept = preserved::decided_at(&hand);
        hand.approve(&kept, "olof").ok();
        hand.approve(&kept, "maja").ok();
        hand.run(&["agent", "run"]).ok();
        let news = hand.json(&["settle"])["news"].clone();
        assert_eq!(news[0]["news"], "preserved", "{news}");
        hand.run(&["agent", "run"]).ok();
        // something was handed over,
        let (case, package) = hand.delivered();
        hand.run(&["close", &case, "--duties-live-on"]).ok();
        let shown = hand.json(&["case", &case]);
        // and the agent moves to a machine of its own.
        certificates(&hand);
        let ports = [free_port(), free_port()];
        let line = Line::to(ports[0]);
        let origin = format!("https://localhost:{}", line.port);
        hand.json(&["exchange", "new", "--origin", &origin]);
        let log = format!("https://localhost:{}", ports[1]);
        let agent = move_away(&hand, &[("desk", &origin), ("log", &log)]);
        let long = "a line of a long message\n".repeat(400_000);
        let message = format!("Date: Tue, 20 Jan 2026 12:00:00 +0000\nSubject: long\n\n{long}");
        hand.write("far/mail/ann/cur/9:2,S", message);
        hand.write("demand.toml", hand.demand("OPEN-1"));
        let open = signed(&hand);
        let mut provider = Self {
            hand,
            older,
            line,
            ports,
            serving: Vec::new(),
            agent,
            closed: (case, package, shown),
            open,
        };
        provider.serve();
        provider
    }

    /// Serves exchange and log with the program that the desk runs now, as a desk does that was stopped and started again.
    fn serve(&mut self) {
        for served in self.serving.drain(..) {
            served.stopped();
        }
        let (certificate, key) = (self.hand.path("server.pem"), self.hand.path("server.key"));
        for (what, port) in ["exchange", "log"].into_iter().zip(self.ports) {
            let listen = format!("127.0.0.1:{port}");
            let at = ["serve", "--listen", &listen];
            let with = ["--certificate", &certificate, "--key", &key];
            let serving = Running::new(&self.hand, &[&[what][..], &at, &with].concat());
            self.serving.push(serving);
        }
    }

    /// An agent that is served, by the program of today or the older one.
    fn agent(&mut self, today: bool, desk_of_today: bool) -> Running {
        self.run(today);
        let agent = Running::new(&self.hand, &["agent", "serve", "--config", &self.agent]);
        self.run(desk_of_today);
        agent
    }

    /// From here on the program of today is run, or the older one.
    fn run(&mut self, today: bool) {
        let older = (!today).then_some(self.older.as_path());
        self.hand.run_by(older);
    }

    /// The next case, released to the agent by the program that the desk runs now.
    fn next(&self, reference: &str) -> String {
        self.hand.write("demand.toml", self.hand.demand(reference));
        signed(&self.hand)
    }

    /// How much of a package arrived that is not there whole; nothing, if none is on its way.
    fn coming(&self) -> Option<u64> {
        let coming = self.hand.path("provider/exchange/stockholm/coming");
        let files = entries(Path::new(&coming));
        files.first().map(|file| fs::metadata(file).unwrap().len())
    }

    /// Waits until the package of the open case is on its way, and the line broke within it.
    fn until_it_breaks(&self) {
        until("the line breaks", || self.line.is_broken());
        until("a piece has arrived", || self.coming() == Some(4 << 20));
        assert!(!self.is_answered(&self.open));
    }

    fn is_answered(&self, case: &str) -> bool {
        let out = self.hand.path("provider/exchange/stockholm/out");
        let mut all = entries(Path::new(&out)).into_iter();
        all.any(|file| name(&file).starts_with(case) && name(&file).ends_with(".receipt"))
    }

    /// Waits for the answer to a case, hands its package over, and has it checked and opened by both programs: what is in
    /// it, by its subjects.
    fn handed_over(&mut self, case: &str, desk_of_today: bool) -> Vec<String> {
        until("the mandate is answered", || self.is_answered(case));
        let told = self.hand.json(&["deliver", case]);
        assert_eq!(told["packages"].as_array().map(Vec::len), Some(1), "{told}");
        assert_eq!(recorded(&self.hand, case), (1, 1), "once");
        let package = told["packages"][0].as_str().unwrap().to_owned();
        let found = self.opened(&package);
        self.run(desk_of_today);
        found
    }

    /// Has a package checked and opened by both programs.
    fn opened(&mut self, package: &str) -> Vec<String> {
        let (trust, key) = (
            self.hand.path("provider/trust.toml"),
            self.hand.path("police.key"),
        );
        let all = [false, true].map(|today| {
            self.run(today);
            let verify = ["verify", package, "--trust", &trust];
            self.hand.anywhere(&verify).ok();
            let to = self.hand.path("to");
            let from = ["open", package, "--identity", &key];
            let into = ["--to", &to, "--trust", &trust];
            self.hand.anywhere(&[from, into].concat()).ok();
            let mut found = subjects(Path::new(&to));
            let kept = Path::new(&to).join("items");
            found.extend(
                entries(&kept)
                    .iter()
                    .map(|source| name(source))
                    .filter(|source| source != "mail"),
            );
            fs::remove_dir_all(to).unwrap();
            found
        });
        assert_eq!(all[0], all[1], "both read the same");
        all[1].clone()
    }

    /// How many mandates the agent recorded, and of how many different ones. Its record is opened as any program does.
    fn carried(&self) -> (u32, u32) {
        let ledger = Connection::open(self.hand.path("far/state/ledger.sqlite")).unwrap();
        let count = "select count(*), count(distinct mandate) from carried";
        let both = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        ledger.query_row(count, [], both).unwrap()
    }

    /// What the desk says of its agent.
    fn seen(&self) -> Vec<String> {
        let lines = self.hand.run(&["--json", "check"]).json()["lines"].clone();
        let of_it = lines.as_array().unwrap().iter();
        let of_it = of_it.filter(|line| line["region"] == "stockholm");
        let matter = |line: &Value| line["matter"].as_str().unwrap().to_owned();
        of_it.map(matter).collect()
    }

    /// Both are of today: what the older program made reads as it was, and what was preserved then is handed over.
    fn all_is_there(mut self, agent: Running) {
        self.run(true);
        assert!(
            self.seen().contains(&"agent-at-work".to_owned()),
            "{:?}",
            self.seen()
        );
        let (case, package, shown) = self.closed.clone();
        let now = self.hand.json(&["case", &case]);
        for what in ["state", "events"] {
            assert_eq!(now[what], shown[what], "{what} of {case}");
        }
        assert_eq!(self.opened(&package), THREE);
        self.run(true);
        let mail = self.hand.path("far/mail/ann/cur");
        for message in entries(Path::new(&mail)) {
            fs::remove_file(message).unwrap();
        }
        let last = self.next("LAST-1");
        let found = self.handed_over(&last, true);
        assert!(
            !found.is_empty() && !found.iter().any(|one| one.starts_with("Subject")),
            "{found:?}"
        );
        let (said, how) = agent.stopped();
        assert!(how.success(), "{how} {said}");
        assert_eq!(
            self.carried(),
            (5, 5),
            "each of five mandates was carried out once"
        );
        self.hand.run(&["desk", "verify"]).ok();
        self.hand.run(&["log", "verify"]).ok();
        // The log is whole for who has the older program, too.
        self.run(false);
        let trust = fs::read_to_string(self.hand.path("provider/trust.toml")).unwrap();
        let key: toml::Table = trust.parse().unwrap();
        let copy = self.hand.path("far/state/log");
        let verify = [
            "log",
            "verify",
            "--log",
            &copy,
            "--key",
            key["log"].as_str().unwrap(),
        ];
        self.hand.anywhere(&verify).ok();
    }
}

const THREE: [&str; 3] = ["Subject: hej 1", "Subject: hej 2", "Subject: hej 3"];
const FOUR: [&str; 4] = [
    "Subject: hej 1",
    "Subject: hej 2",
    "Subject: hej 3",
    "Subject: long",
];

#[test]
fn a_desk_is_upgraded_while_its_agent_sends_a_package_and_the_agent_after_it() {
    let Some(older) = older() else { return };
    let mut provider = Provider::new(older);
    provider.line.break_after(BREAKS);
    let agent = provider.agent(false, true);
    provider.until_it_breaks();
    // All that is served of the desk is stopped (SIGTERM), and the new program takes its place.
    provider.serve();
    provider.hand.run(&["settle"]).ok();
    provider.line.mend();
    let open = provider.open.clone();
    assert_eq!(provider.handed_over(&open, true), FOUR);
    // The older agent obeys what the new desk releases.
    let next = provider.next("NEXT-1");
    assert_eq!(provider.handed_over(&next, true), FOUR);
    let (said, how) = agent.stopped();
    assert!(how.success(), "{how} {said}");
    assert_eq!(said.matches("\"produced\": {").count(), 2, "{said}");
    let agent = provider.agent(true, true);
    provider.all_is_there(agent);
}

#[test]
fn an_agent_is_killed_while_it_sends_a_package_and_upgraded_and_the_desk_after_it() {
    let Some(older) = older() else { return };
    let mut provider = Provider::new(older);
    provider.line.break_after(BREAKS);
    let agent = provider.agent(false, false);
    provider.until_it_breaks();
    drop(agent);
    provider.line.mend();
    let agent = provider.agent(true, false);
    let open = provider.open.clone();
    assert_eq!(provider.handed_over(&open, false), FOUR);
    // The new agent obeys what the older desk releases, which sees it at work.
    let next = provider.next("NEXT-1");
    assert_eq!(provider.handed_over(&next, false), FOUR);
    assert!(
        provider.seen().contains(&"agent-at-work".to_owned()),
        "{:?}",
        provider.seen()
    );
    provider.run(true);
    provider.serve();
    provider.all_is_there(agent);
}
