//! A day between a desk and two regions, each on a machine of its own, over lines that are slow and lose packets:
//! what is asked for is handed over once, whatever breaks meanwhile; whoever takes the desk over gets nothing.

mod machines;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use lagrum_model::Sha256Digest;

use crate::by_hand::{Hand, subjects};
use crate::far_agent::{Running, certificates_for, free_port, move_away_to, within};
use crate::lost_exchange::recorded;
use crate::support::{entries, name, released};
use machines::{Line, Machine};

/// The regions, each with the account whose data lies there.
const REGIONS: [(&str, &str); 2] = [
    ("stockholm", "ann@hand.example"),
    ("lulea", "bo@hand.example"),
];

/// How many demands come in that day.
const DEMANDS: usize = 40;

/// Where the desk is reached: at itself, where there is but one machine.
const DESK: &str = "10.77.0.1";

/// A desk and its agents, each where it belongs.
struct Network {
    hand: Hand,
    host: &'static str,
    ports: [u16; 2],
    desk: Machine,
    regions: [Machine; 2],
    lines: [Option<Line>; 2],
    exchange: Option<Running>,
    _log: Running,
    agents: [Option<Running>; 2],
}

impl Network {
    fn new() -> Self {
        let hand = Hand::ready();
        two_accounts(&hand);
        let (desk, regions) = (Machine::new(), [Machine::new(), Machine::new()]);
        let apart = desk.is_apart();
        let host = if apart { DESK } else { "127.0.0.1" };
        if apart {
            desk.ip(&format!("addr add {DESK}/32 dev lo"));
        }
        certificates_for(&hand, "", &format!("IP:{host}"));
        let ports = [free_port(), free_port()];
        let at = |port: u16| format!("https://{host}:{port}");
        hand.json(&["exchange", "new", "--origin", &at(ports[0])]);
        for (region, _) in REGIONS {
            let settings = [("desk", &*at(ports[0])), ("log", &at(ports[1]))];
            move_away_to(&hand, region, region, &settings);
        }
        let log = Running::of(&mut desk.runs(&serves(&hand, "log", host, ports[1])));
        let mut network = Self {
            hand,
            host,
            ports,
            desk,
            regions,
            lines: [None, None],
            exchange: None,
            _log: log,
            agents: [None, None],
        };
        network.exchange_begins();
        for region in [0, 1] {
            network.line_is_laid(region);
            network.agent_begins(region);
        }
        network
    }

    fn exchange_begins(&mut self) {
        let serves = serves(&self.hand, "exchange", self.host, self.ports[0]);
        self.exchange = Some(Running::of(&mut self.desk.runs(&serves)));
    }

    fn line_is_laid(&mut self, region: usize) {
        if !self.desk.is_apart() {
            return;
        }
        let number = u8::try_from(region + 1).unwrap();
        let ends = [&self.desk, &self.regions[region]];
        self.lines[region] = Some(Line::new(number, ends, Path::new(&self.hand.path("."))));
        self.regions[region].ip(&format!("route add {DESK} dev wire{number}"));
    }

    fn agent_begins(&mut self, region: usize) {
        let config = self.hand.path(&format!("{}/agent.toml", REGIONS[region].0));
        let mut command = self.hand.command("olof");
        command.args(["--json", "agent", "serve", "--config", &config]);
        self.agents[region] = Some(Running::of(&mut self.regions[region].runs(&command)));
    }

    /// What lies for the desk at the exchange, of a kind.
    fn lies(&self, region: usize, kind: &str) -> Vec<PathBuf> {
        let out = format!("provider/exchange/{}/out", REGIONS[region].0);
        let out = PathBuf::from(self.hand.path(&out));
        let mut all = if out.exists() { entries(&out) } else { vec![] };
        all.retain(|file| name(file).ends_with(kind));
        all
    }
}

/// What serves something of the desk's to its agents.
fn serves(hand: &Hand, what: &str, host: &str, port: u16) -> Command {
    let (certificate, key) = (hand.path("server.pem"), hand.path("server.key"));
    let listen = format!("{host}:{port}");
    let mut command = hand.command("olof");
    command.args(["--json", what, "serve", "--listen", &listen]);
    command.args(["--certificate", &certificate, "--key", &key]);
    command
}

/// Two accounts, each in its region, with a message for each eight hours of January.
fn two_accounts(hand: &Hand) {
    let account = "\n[[account]]\naddress = \"bo@hand.example\"\ncontroller = \"consumer\"\nresides_in = \"SE\"\n";
    let directory = fs::read_to_string(hand.path("provider/desk/directory.toml")).unwrap();
    let holds = "holdings = [{ region = \"lulea\", categories = [\"content\"] }]\n";
    hand.write("provider/desk/directory.toml", directory + account + holds);
    for (region, address) in REGIONS {
        let (local, _) = address.split_once('@').unwrap();
        let agent = format!("provider/agents/{region}");
        let config = fs::read_to_string(hand.path(&format!("{agent}/agent.toml"))).unwrap();
        let config = config.replacen("\n[[source]]", &format!("{account}\n[[source]]"), 1);
        let places = "\"ann@hand.example\" = \"ann\"\n\"bo@hand.example\" = \"bo\"\n";
        let config = config.replace("\"ann@hand.example\" = \"ann\"\n", places);
        hand.write(&format!("{agent}/agent.toml"), config);
        let mail = PathBuf::from(hand.path(&format!("{agent}/mail")));
        fs::remove_dir_all(&mail).unwrap();
        for part in ["ann", "bo"]
            .iter()
            .flat_map(|box_| ["cur", "new", "tmp"].map(|part| mail.join(box_).join(part)))
        {
            fs::create_dir_all(part).unwrap();
        }
        for day in 1..=31 {
            for hour in [0, 8, 16] {
                let text = format!(
                    "Date: {day} Jan 2026 {hour:02}:00:00 +0100\nSubject: {local} {day} {hour}\n\n{}\n",
                    letters(&format!("{local} {day} {hour}"))
                );
                fs::write(mail.join(local).join(format!("cur/{day}.{hour}:2,S")), text).unwrap();
            }
        }
    }
}

/// Some 3,000 letters that nobody makes shorter, of their own for each message.
fn letters(message: &str) -> String {
    let line = |number| {
        format!(
            "{}\n",
            Sha256Digest::of(format!("{message} {number}").as_bytes())
        )
    };
    (0..45).map(line).collect()
}

/// The `number`th demand: whose data, and how many days from the first of January it asks for.
fn asks(number: usize) -> (usize, usize) {
    (number % 2, 1 + number % 30)
}

impl Network {
    /// A demand comes in, is decided and signed by two. Gives its case.
    fn comes_in(&self, number: usize) -> String {
        let (region, days) = asks(number);
        let demand = self.hand.demand(&format!("AM-{number}-26"));
        let demand = demand.replace("ann@hand.example", REGIONS[region].1);
        let until = format!("2026-01-{:02}T00:00:00+01:00", days + 1);
        let demand = demand.replace("2026-02-01T00:00:00+01:00", &until);
        self.hand.write("demand.toml", demand);
        let case = self.hand.decided();
        for who in ["olof", "maja"] {
            self.hand.approve_for(&case, who, REGIONS[region].1).ok();
        }
        case
    }

    /// Whether every demand that came in is answered.
    fn has_answered(&self) -> bool {
        self.hand.run(&["settle"]).ok();
        let cases = self.hand.json(&["cases"]);
        let mut cases = cases["cases"].as_array().unwrap().iter();
        cases.all(|case| case["state"] == "produced")
    }

    /// What the thief of the desk leaves for an agent, and how many pieces: mandates that were true once, and what can be
    /// made of them.
    fn thief_leaves(&self) -> [Vec<String>; 2] {
        let provider = PathBuf::from(self.hand.path("provider"));
        let mut left = [vec![], vec![]];
        let all = released(&provider);
        for region in [0, 1] {
            let (own, other) = (REGIONS[region], REGIONS[1 - region]);
            let of = |name: &str| all.iter().find(|one| one.region == name).expect("one");
            let mut leave = |kind: &str, note: &str, proof: &str| {
                let (case, _) = of(own.0).stem.rsplit_once('-').unwrap();
                let stem = format!("{case}-{kind}");
                let inbox = provider.join("exchange").join(own.0).join("in");
                fs::create_dir_all(&inbox).unwrap();
                fs::write(inbox.join(format!("{stem}.tlog-proof")), proof).unwrap();
                fs::write(inbox.join(format!("{stem}.mandate")), note).unwrap();
                left[region].push(stem);
            };
            let (ours, others) = (of(own.0), of(other.0));
            leave("again", &ours.note, &ours.proof);
            leave("another", &ours.note.replace(own.1, other.1), &ours.proof);
            leave("elsewhere", &others.note, &others.proof);
            let (rest, _) = ours.note.trim_end().rsplit_once('\n').unwrap();
            leave("one", &format!("{rest}\n"), &ours.proof);
            let longer = ours.note.replace("2026-01-0", "2026-01-3");
            assert_ne!(longer, ours.note);
            leave("longer", &longer, &ours.proof);
            leave("unlogged", &ours.note, &others.proof);
        }
        left
    }
}

fn until(what: &str, is_so: impl FnMut() -> bool) {
    within(Duration::from_secs(120), what, is_so);
}

#[test]
fn of_forty_demands_over_bad_lines_nothing_is_lost_nothing_comes_twice_and_whoever_has_the_desk_gets_nothing()
 {
    let mut network = Network::new();
    let mut cases = Vec::new();
    for number in 0..DEMANDS {
        match number {
            // The agent is killed, and begins anew a little later.
            8 => network.agents[0] = None,
            11 => network.agent_begins(0),
            // A line is cut, and lies again.
            14 => network.lines[1] = None,
            19 => {
                network.line_is_laid(1);
                // Its agent does not wait for what will never arrive.
                until("what waited is answered", || network.has_answered());
            }
            // The exchange is killed in the middle of whatever is sent.
            24 => network.exchange = None,
            27 => network.exchange_begins(),
            31 => nothing_leaves(&network),
            _ => {}
        }
        cases.push(network.comes_in(number));
        if number % 5 == 4 {
            network.hand.run(&["settle"]).ok();
        }
    }
    let hand = &network.hand;
    until("every demand is answered", || network.has_answered());
    for (number, case) in cases.iter().enumerate() {
        is_what_was_asked_for(hand, number, case);
    }
    // Each mandate was carried out once, and each agent says so of its own.
    let mut carried_out = BTreeMap::new();
    for (region, agent) in network.agents.iter_mut().enumerate() {
        let (said, ended) = agent.take().expect("an agent").stopped();
        assert!(ended.success(), "{ended} {said}");
        let ledger = hand.path(&format!("{}/state/ledger.sqlite", REGIONS[region].0));
        let ledger = rusqlite::Connection::open(ledger).unwrap();
        let count = "select count(*), count(distinct nonce) from carried";
        let counts = ledger.query_row(count, [], |row| Ok((row.get(0)?, row.get(1)?)));
        carried_out.insert(REGIONS[region].0, counts.unwrap());
    }
    assert_eq!(
        carried_out,
        BTreeMap::from([("lulea", (20, 20)), ("stockholm", (20, 20))])
    );
    hand.run(&["desk", "verify"]).ok();
}

/// What the package of a demand holds is what its account got in its period, and it came once.
fn is_what_was_asked_for(hand: &Hand, number: usize, case: &str) {
    let told = hand.json(&["deliver", case]);
    assert_eq!(told["packages"].as_array().map(Vec::len), Some(1), "{told}");
    let package = told["packages"][0].as_str().unwrap();
    let (key, trust) = (hand.path("police.key"), hand.path("provider/trust.toml"));
    let to = hand.path(&format!("opened-{number}"));
    let open = [
        "--json",
        "open",
        package,
        "--identity",
        &key,
        "--to",
        &to,
        "--trust",
        &trust,
    ];
    hand.anywhere(&open).ok();
    let (region, days) = asks(number);
    let (local, _) = REGIONS[region].1.split_once('@').unwrap();
    let mut asked: Vec<_> = (1..=days)
        .flat_map(|day| [0, 8, 16].map(|hour| format!("Subject: {local} {day} {hour}")))
        .collect();
    asked.sort();
    assert_eq!(subjects(Path::new(&to)), asked, "{case}");
    fs::remove_dir_all(to).unwrap();
    assert_eq!(recorded(hand, case), (1, 1), "{case}");
}

/// Whoever has the desk leaves what they like at the exchange: the agents refuse all of it, and go on.
fn nothing_leaves(network: &Network) {
    until("what was asked before is answered", || {
        network.has_answered()
    });
    let left = network.thief_leaves();
    for region in [0, 1] {
        until("all that was made up is refused", || {
            let refused: Vec<_> = network
                .lies(region, ".refusal")
                .iter()
                .map(|file| name(file))
                .collect();
            let is_refused = |stem: &String| refused.contains(&format!("{stem}.refusal"));
            left[region].iter().all(is_refused)
        });
        assert_eq!(network.lies(region, ".tar.age"), Vec::<PathBuf>::new());
        assert_eq!(network.lies(region, ".receipt"), Vec::<PathBuf>::new());
    }
}
