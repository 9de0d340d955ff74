//! Whatever fails in the region: the desk learns its class and a number, and no word of what lies there.

use lagrum_mandate::LookUp;
use lagrum_model::{AddressAt, Category, Identifier, Period};

use super::*;
use crate::property::made_up::ACCOUNTS;

/// It stands in the name of every directory of the region, and in what lies there. It must not leave.
const PLANTED: &str = "Zebrastaren";

/// When it breaks.
#[derive(Clone, Copy, Debug, PartialEq)]
enum When {
    /// Before the agent is opened.
    Before,
    /// When it is opened, before it looks for mandates.
    Opened,
    /// While it searches.
    Searching,
    /// When all is found, before it is sealed.
    Sealing,
}
use When::{Before, Opened, Sealing, Searching};

/// What breaks, when, and of which class the desk is told that it is.
type Broken = (&'static str, When, fn(&Alone), RefusalCode);

const BROKEN: &[Broken] = &[
    (
        "the log is away",
        Before,
        |one| away(one, "log"),
        RefusalCode::Log,
    ),
    (
        "a tile of the log is damaged",
        Before,
        |one| {
            for file in files_below(&one.path("log/tile")) {
                fs::write(file, PLANTED).unwrap();
            }
        },
        RefusalCode::Log,
    ),
    (
        "what the agent remembers of the log is damaged",
        Before,
        |one| {
            one.sql(&format!(
                "insert into remembered (one, checkpoint, seen) values (1, '{PLANTED}', 0)
                 on conflict (one) do update set checkpoint = excluded.checkpoint"
            ));
        },
        RefusalCode::Log,
    ),
    (
        "a mirror is away",
        Before,
        |one| one.add("log_mirrors = [\"../mirror\"]\n"),
        RefusalCode::Log,
    ),
    (
        "a mirror is no log",
        Before,
        |one| {
            one.add("log_mirrors = [\"../mirror\"]\n");
            copy_all(&one.path("log"), &one.path("mirror"));
            fs::write(one.path("mirror/checkpoint"), PLANTED).unwrap();
        },
        RefusalCode::Log,
    ),
    (
        "the proof is no file",
        Before,
        |one| {
            let proof = one.path(&format!("exchange/in/{STEM}.tlog-proof"));
            fs::remove_file(&proof).unwrap();
            fs::create_dir(&proof).unwrap();
        },
        RefusalCode::Unreadable,
    ),
    (
        "mail is away",
        Before,
        |one| away(one, "agent/mail/Zebrastaren.mbox"),
        RefusalCode::Source,
    ),
    (
        "a folder is a file",
        Before,
        |one| {
            let folder = one.path("agent/mail/0/.Zebrastaren/new");
            fs::remove_dir_all(&folder).unwrap();
            fs::write(folder, PLANTED).unwrap();
        },
        RefusalCode::Source,
    ),
    (
        "a database is none",
        Before,
        |one| fs::write(one.path("agent/Zebrastaren.sqlite"), PLANTED).unwrap(),
        RefusalCode::Source,
    ),
    (
        "a log is no log",
        Before,
        |one| {
            fs::write(
                one.path("agent/Zebrastaren.jsonl"),
                "Zebrastaren\nZebrastaren\n",
            )
            .unwrap()
        },
        RefusalCode::Source,
    ),
    (
        "the lists of accounts disagree",
        Before,
        |one| {
            one.change(
                &format!(
                    "id = \"mbox\"\nroot = \"mail\"\nnone = [\"{}\", ",
                    ACCOUNTS[0]
                ),
                "id = \"mbox\"\nroot = \"mail\"\nnone = [",
            );
        },
        RefusalCode::Configuration,
    ),
    (
        "the table of accounts is wrong by now",
        Opened,
        |one| fs::write(one.path("agent/accounts.csv"), PLANTED).unwrap(),
        RefusalCode::Configuration,
    ),
    (
        "the agent's work is away",
        Searching,
        |one| fs::remove_dir_all(one.path("agent/state/work")).unwrap(),
        RefusalCode::Source,
    ),
    (
        "the package is another",
        Sealing,
        |one| {
            for file in files_below(&one.path("agent/state/work")) {
                fs::write(file, PLANTED).unwrap();
            }
        },
        RefusalCode::Package,
    ),
    (
        "there is no room for the package",
        Sealing,
        |one| away(one, "agent/state/sealed"),
        RefusalCode::Package,
    ),
    (
        "the lists have no place",
        Sealing,
        |one| away(one, "agent/state/review"),
        RefusalCode::Io,
    ),
    (
        "the record takes nothing",
        Sealing,
        |one| {
            one.sql(&format!(
                "create trigger at_entry before insert on carried
                 begin select raise(abort, '{PLANTED}'); end"
            ));
        },
        RefusalCode::Ledger,
    ),
    (
        "the record is another by now",
        Searching,
        |one| one.sql(&format!("alter table recalled rename to {PLANTED}")),
        RefusalCode::Ledger,
    ),
    (
        "the program fails while it searches",
        Searching,
        |one| panic!("{}", one.path("agent").display()),
        RefusalCode::Fault,
    ),
    (
        "the program fails while it seals",
        Sealing,
        |_| panic!("Zebrastaren"),
        RefusalCode::Fault,
    ),
];

/// Something is moved out of its place, and what stands there cannot be used.
fn away(one: &Alone, path: &str) {
    fs::rename(one.path(path), one.path("moved")).unwrap();
    fs::write(one.path(path), PLANTED).unwrap();
}

impl Alone {
    /// A mandate for everything that lies here, in a region that is full of what must not leave.
    pub(super) fn planted() -> Self {
        Self::planted_for(|mandate| {
            mandate.identifiers = ACCOUNTS.map(lagrum_mandate::testing::account).to_vec();
            mandate.categories = vec![
                Category::Subscriber,
                Category::Identification,
                Category::Traffic,
                Category::Content,
            ];
        })
    }

    fn planted_for(change: impl Fn(&mut Mandate)) -> Self {
        let one = Self::below(PLANTED, change);
        let folder = one.path(&format!("agent/mail/0/.{PLANTED}"));
        for part in ["cur", "new", "tmp"] {
            fs::create_dir_all(folder.join(part)).unwrap();
        }
        fs::write(folder.join("new/1.M1P1.host"), PLANTED).unwrap();
        for (file, planted) in [
            ("mail/1.mbox", "mail/Zebrastaren.mbox"),
            ("subscribers.sqlite", "Zebrastaren.sqlite"),
            ("logins.jsonl", "Zebrastaren.jsonl"),
        ] {
            let name = |path: &str| format!("\"{}\"", path.trim_start_matches("mail/"));
            fs::rename(
                one.path("agent").join(file),
                one.path("agent").join(planted),
            )
            .unwrap();
            one.change(&name(file), &name(planted));
        }
        let header =
            "address,controller,privileged,resides_in,us_person,public_authority_of,aliases";
        let row = "zebrastaren@made-up.example,consumer,no,US,,,";
        fs::write(one.path("agent/accounts.csv"), format!("{header}\n{row}\n")).unwrap();
        fs::write(
            one.config(),
            fs::read_to_string(one.config()).unwrap() + "\n[accounts]\ncsv = \"accounts.csv\"\n",
        )
        .unwrap();
        one
    }

    /// Changes the agent's configuration.
    fn change(&self, from: &str, to: &str) {
        let text = fs::read_to_string(self.config()).unwrap();
        assert!(text.contains(from), "{from}");
        fs::write(self.config(), text.replacen(from, to, 1)).unwrap();
    }

    fn add(&self, line: &str) {
        let text = fs::read_to_string(self.config()).unwrap();
        fs::write(self.config(), format!("{line}{text}")).unwrap();
    }

    pub(super) fn sql(&self, change: &str) {
        let ledger = self.path("agent/state/ledger.sqlite");
        let ledger = rusqlite::Connection::open(ledger).unwrap();
        ledger.execute_batch(change).unwrap();
    }

    /// Runs, and lets it break. What became of the mandate, and what the region wrote down.
    fn breaks(&self, when: When, breaks: &dyn Fn(&Self)) -> (Became, Vec<lagrum_agent::Failure>) {
        if when == Before {
            breaks(self);
        }
        let agent = Agent::open(&self.config()).unwrap();
        if when == Opened {
            breaks(self);
        }
        let broken = std::cell::Cell::new(false);
        let outcomes = agent.run(&|| NOW, &mut OsRng, &mut |progress| {
            let now = match progress {
                Progress::Searching { .. } => Searching,
                Progress::Sealing { .. } => Sealing,
            };
            if now == when && !broken.replace(true) {
                breaks(self);
            }
        });
        let became = outcomes.unwrap().pop().map(|(_, outcome)| outcome);
        (became, agent.failures())
    }

    /// Nothing of the region is in anything that the desk can see.
    fn tells_nothing(&self, what: &str) {
        let planted = PLANTED.to_lowercase();
        let exchange = self.path("exchange");
        let mut seen = 0;
        for file in files_below(&exchange.join("out")) {
            let bytes = fs::read(&file).unwrap();
            let name = file.strip_prefix(&exchange).unwrap().to_string_lossy();
            let text = format!("{name}\n{}", String::from_utf8_lossy(&bytes)).to_lowercase();
            assert!(!text.contains(&planted), "{what}: {text}");
            for inside in ["agent.toml", "made-up.example/agent\"", ".sqlite", "../"] {
                assert!(!text.contains(inside), "{what}: {inside}: {text}");
            }
            seen += usize::from(!file.ends_with("beat"));
        }
        assert!(seen > 0, "{what}: the desk hears nothing");
    }
}

#[test]
fn nothing_of_the_region_is_in_what_the_desk_is_told() {
    for (what, when, breaks, code) in BROKEN {
        let one = Alone::planted();
        let (became, here) = one.breaks(*when, breaks);
        let Some(MandateOutcome::Refused(refusal)) = became else {
            panic!("{what}: {became:?}")
        };
        println!("{what}: {}\n    {here:?}", refusal.why);
        assert_eq!(refusal.code, *code, "{what}: {}", refusal.why);
        one.tells_nothing(what);
        // The region has all of it, under the number that the desk is told.
        let failure = here.last().expect(what);
        let number = format!("under number {} (failures.jsonl)", failure.number);
        assert!(refusal.why.contains(&number), "{what}: {}", refusal.why);
        let kept = fs::read_to_string(one.path("agent/state/failures.jsonl")).unwrap();
        let kept = kept.lines().map(|line| serde_json::from_str(line).unwrap());
        let kept: Vec<lagrum_agent::Failure> = kept.collect();
        assert_eq!(kept, here, "{what}");
        assert!(failure.why.len() > 10, "{what}: {failure:?}");
    }
}

#[test]
fn most_of_what_fails_has_the_names_of_the_region_in_it() {
    // Else the test above would find nothing because there is nothing.
    let named = BROKEN.iter().filter(|(what, when, breaks, _)| {
        let (_, here) = Alone::planted().breaks(*when, breaks);
        let named = here.iter().any(|one| one.why.contains(PLANTED));
        println!("{what}: {named}: {here:?}");
        named
    });
    let count = named.count();
    assert!(count * 2 > BROKEN.len(), "{count} of {}", BROKEN.len());
}

#[test]
fn a_look_up_that_fails_tells_its_class_and_a_number() {
    for broken in [false, true] {
        let at = NOW - SignedDuration::from_hours(100);
        let address = AddressAt::new([198, 51, 100, 23].into(), None, at).unwrap();
        let address: lagrum_model::AccountIdentifier =
            Identifier::IpAddress(address).try_into().unwrap();
        let one = Alone::planted_for(|mandate| {
            let around = LookUp { seconds_around: 60 };
            let second = SignedDuration::from_secs(60);
            mandate.identifiers = vec![address.clone()];
            mandate.categories = vec![Category::Identification];
            mandate.period = Period::new(at - second, at + second).unwrap();
            mandate.look_up = Some(around);
        });
        one.change(
            "account_field = \"account\"",
            "account_field = \"account\"\naddress_field = \"address\"",
        );
        let log = one.path("agent/Zebrastaren.jsonl");
        let line = serde_json::json!({"account": PLANTED, "time": at, "address": "192.0.2.1"});
        fs::write(&log, format!("{line}\n")).unwrap();
        if broken {
            fs::remove_file(&log).unwrap();
        }
        let (became, here) = one.breaks(Before, &|_| ());
        if broken {
            refused(&became, RefusalCode::Source, "under number 1");
            assert!(here[0].why.contains(PLANTED), "{here:?}");
        } else {
            assert!(
                matches!(became, Some(MandateOutcome::LookedUp(_))),
                "{became:?}"
            );
        }
        one.tells_nothing("a look-up");
    }
}

#[test]
fn the_same_failure_has_the_same_number_each_time_that_the_agent_runs() {
    let one = Alone::planted();
    away(&one, "agent/mail/Zebrastaren.mbox");
    let file = one.path(&format!("exchange/out/{STEM}.refusal"));
    let mut told = Vec::new();
    for _ in 0..3 {
        one.run();
        told.push(fs::read_to_string(&file).unwrap());
    }
    assert!(told.iter().all(|note| *note == told[0]), "{told:?}");
    assert!(told[0].contains("under number 1 "), "{told:?}");
    let kept = one.path("agent/state/failures.jsonl");
    assert_eq!(fs::read_to_string(&kept).unwrap().lines().count(), 1);
    // Cut off while it was written: what comes then stands on a line of its own.
    fs::write(&kept, "{\"number\": 1, \"at\"").unwrap();
    one.run();
    let lines = fs::read_to_string(&kept).unwrap();
    assert_eq!(lines.lines().count(), 2, "{lines}");
    let last: lagrum_agent::Failure = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    assert_eq!(last.number, 2);
}

#[test]
fn what_cannot_be_written_down_is_told_all_the_same_and_shown_to_whoever_runs_the_agent() {
    let one = Alone::planted();
    fs::create_dir(one.path("agent/state/failures.jsonl")).unwrap();
    let (became, here) = one.breaks(Before, &|one| away(one, "agent/mail/Zebrastaren.mbox"));
    refused(&became, RefusalCode::Source, "could not be written down");
    assert!(here[0].why.contains(PLANTED), "{here:?}");
    one.tells_nothing("a failure that is not written down");
}
