//! One number over five providers, of which nobody sees a part; and what liars among them try.

use lagrum_cards::{Answer, Dealing, SumSet, Totals};
use lagrum_figures::{Answered, Called, Dealt, Word, check, dealing_text};
use lagrum_notes::VerifyingKey;
use lagrum_package::Trust;

use super::*;

const FIGURE: &str = "outcome.refused";
/// How many demands each refuses; the sixth deals a false share.
const REFUSED: [usize; 6] = [1, 2, 0, 1, 1, 1];

/// Providers whose clocks are set by the test, and where everybody finds their logs.
struct Federation {
    providers: Vec<Provider>,
    /// The host's place, where the trustees and `sum.toml` lie too.
    shared: Hand,
    /// So many hours from now it is ten o'clock of a day that has not begun: then it begins.
    ahead: i64,
    period: String,
    origins: Vec<String>,
}

impl Federation {
    fn new() -> Option<Self> {
        let clock = clock()?;
        // Files of cards lie at the hour at which a log begins: demands of one day and its file are then surely of two.
        let hour = now().as_second() / 3600 % 24;
        let ahead = 24 + 10 - hour;
        let people = Hand::people();
        let providers: Vec<Provider> = (1..=REFUSED.len())
            .map(|number| {
                let hand = people.same_people();
                let begin = format!("+{ahead}h");
                let init = |init: &[&str]| hand.later(&clock, &begin, "olof", init);
                hand.founded(&format!("p{number}.example"), &[], init);
                let clock = clock.clone();
                Provider { hand, clock }
            })
            .collect();
        let day = now() + SignedDuration::from_hours(ahead + 24);
        let mut federation = Self {
            providers,
            shared: people.same_people(),
            ahead,
            period: day.to_string()[..10].to_owned(),
            origins: Vec::new(),
        };
        federation.origins = (0..REFUSED.len())
            .map(|at| federation.log_key(at).name().to_owned())
            .collect();
        for at in 1..=5 {
            let name = format!("ngo{at}.example/sums");
            federation
                .shared
                .anywhere(&["sum", "trustee", &federation.trustee(at), "--name", &name])
                .ok();
        }
        federation.settings("sum.toml", "provider");
        Some(federation)
    }

    fn log_key(&self, at: usize) -> VerifyingKey<role::Log> {
        let text = fs::read_to_string(self.providers[at].hand.path("provider/trust.toml")).unwrap();
        Trust::parse(&text).unwrap().log
    }

    /// Writes what everybody takes part with; `host` is the directory in which the host's log lies.
    fn settings(&self, name: &str, host: &str) {
        let mut text = format!("host = \"{}\"\nwords = \"words\"\n", self.origins[0]);
        for (at, provider) in self.providers.iter().enumerate() {
            let dir = if at == 0 { host } else { "provider" };
            let (trust, log) = (format!("{dir}/trust.toml"), format!("{dir}/log"));
            let [trust, log, reports] =
                [&trust, &log, "reports"].map(|path| provider.hand.path(path));
            text += &format!(
                "\n[[log]]\ntrust = \"{trust}\"\nlog = \"{log}\"\nreports = \"{reports}\"\n"
            );
        }
        self.shared.write(name, text);
    }

    fn trustee(&self, number: usize) -> String {
        self.shared.path(&format!("trustee-{number}"))
    }

    fn at(&self, hours: i64) -> String {
        format!("+{}h", self.ahead + hours)
    }

    /// The day that is so many hours from the beginning.
    fn day(&self, hours: i64) -> String {
        (now() + SignedDuration::from_hours(self.ahead + hours)).to_string()[..10].to_owned()
    }

    fn by(&self, at: usize, hours: i64, who: &str, arguments: &[&str]) -> Ran {
        self.providers[at].by(&self.at(hours), who, arguments)
    }

    fn settle(&self, hours: i64) {
        for at in 0..self.providers.len() {
            self.by(at, hours, "olof", &["settle"]).ok();
        }
    }

    /// `lagrum sum` with a file of places, at a provider or anywhere.
    fn sum(&self, at: usize, hours: i64, who: &str, command: &str, more: &[&str]) -> Ran {
        let parties = self.shared.path("sum.toml");
        let which = ["--json", "sum", command, &parties, &self.period, FIGURE];
        self.by(at, hours, who, &[&which, more].concat())
    }

    fn says(&self, trustee: usize, hours: i64, command: &str, parties: &str) -> Ran {
        let (parties, trustee) = (self.shared.path(parties), self.trustee(trustee));
        let which = [
            "--json",
            "sum",
            command,
            &parties,
            &self.period,
            FIGURE,
            "--trustee",
            &trustee,
        ];
        self.shared
            .later(&self.providers[0].clock, &self.at(hours), "olof", &which)
    }

    fn verify(&self, hours: i64) -> Ran {
        self.sum(0, hours, "olof", "verify", &[])
    }

    fn reader(&self, at: usize) -> LogReader {
        LogReader::open(
            self.providers[at].hand.path("provider/log"),
            self.log_key(at),
        )
    }

    fn called(&self) -> Called {
        let period = Period::parse(&self.period).unwrap();
        Called::find(&self.reader(0), &period, FIGURE)
            .unwrap()
            .unwrap()
    }

    fn files(&self, at: usize) -> ReportFiles {
        let directory = self.providers[at]
            .hand
            .path(&format!("reports/{}", self.period));
        ReportFiles::read(Path::new(&directory)).unwrap()
    }

    /// The sixth provider's desk was changed: the share of the second trustee is another than what it committed to.
    fn deal_falsely(&self) {
        let (last, called) = (REFUSED.len() - 1, self.called());
        let store = store(&self.providers[last]);
        let kept = store
            .shelf()
            .get("report", format!("{}/1", self.period).as_bytes(), now())
            .unwrap();
        let kept: Value = serde_json::from_slice(&kept.unwrap()).unwrap();
        let totals = hex::decode(kept["totals"].as_str().unwrap()).unwrap();
        let totals = Totals::from_bytes(&totals).unwrap();
        let checked = check(&self.files(last), &self.reader(last), &mut OsRng).unwrap();
        let dealing = Dealing::deal(called.call(), &checked.verified, &totals, &mut OsRng).unwrap();
        let mut bytes = dealing.as_bytes().to_vec();
        // Behind two points of the polynomial and one share: the number of the second.
        bytes[32 * 6] ^= 1;
        let torn = Dealing::read(called.call(), &checked.verified, bytes).unwrap();
        let text = dealing_text(&called, &checked.verified, &torn);
        assert!(
            store
                .put_report("torn", b"1", b"", &text, &mut OsRng)
                .unwrap()
        );
    }

    fn dealt(&self) -> Vec<Dealt> {
        let called = self.called();
        let each = (0..REFUSED.len()).map(|at| {
            let found = Dealt::find(&called, &self.files(at), &self.reader(at), &mut OsRng);
            found.unwrap().unwrap()
        });
        each.collect()
    }
}

/// Demands that are refused, in one file of cards, and the report of the day.
fn reported(federation: &Federation) {
    let period = federation.period.as_str();
    for (at, refused) in REFUSED.into_iter().enumerate() {
        federation
            .by(at, 0, "maja", &["report", "plan", period])
            .ok();
        federation.by(at, 1, "olof", &["settle"]).ok();
        let hand = &federation.providers[at].hand;
        for number in 0..refused {
            let file = hand.write("refused.toml", hand.demand(&format!("AM-{number}-26")));
            let by = |arguments: &[&str]| federation.by(at, 1, "olof", arguments).ok();
            let taken = by(&["--json", "intake", &file]).json();
            let case = taken["cases"][0]["case"].as_str().unwrap().to_owned();
            by(&[
                "authenticate",
                &case,
                "--not-verified",
                "--how",
                "nobody answers",
            ]);
            by(&["assess", &case]);
            by(&["decide", &case]);
            by(&["close", &case, "--reason", "not genuine"]);
        }
    }
    federation.settle(50);
    for at in 0..REFUSED.len() {
        let out = federation.providers[at]
            .hand
            .path(&format!("reports/{period}"));
        let make = ["report", "make", period, "--out", &out, "--even-telling"];
        federation.by(at, 50, "maja", &make).ok();
    }
    federation.settle(51);
}

fn refused(ran: &Ran, says: &str) {
    assert_ne!(ran.code, Some(0), "{}", ran.out);
    let said = format!("{}{}", ran.out, ran.err);
    assert!(said.contains(says), "`{says}`: {said}");
}

#[test]
fn five_providers_publish_one_number_and_no_liar_among_them_or_their_trustees_gets_another() {
    let Some(federation) = Federation::new() else {
        println!("SKIPPED: no libfaketime; dev/test installs it");
        return;
    };
    let (deal, complain) = (federation.day(50), federation.day(74));
    let keys: Vec<_> = (1..=5)
        .map(|at| federation.trustee(at) + "/trustee.pub")
        .collect();
    let mut call = vec!["--threshold", "3", "--deal", &deal, "--complain", &complain];
    call.extend(keys.iter().flat_map(|file| ["--trustee", file]));
    let made = federation.sum(0, 0, "olof", "call", &call);
    assert_eq!(
        made.code,
        Some(1),
        "an analyst publishes nothing: {}",
        made.out
    );
    let made = federation.sum(0, 0, "maja", "call", &call).ok().json();
    assert_eq!((&made["new"], &made["needed"]), (&true.into(), &4.into()));
    assert_eq!(
        federation.sum(0, 0, "maja", "call", &call).ok().json()["new"],
        false
    );
    call[1] = "4";
    refused(&federation.sum(0, 0, "maja", "call", &call), "another call");
    reported(&federation);

    // Each deals once; the report of each says no more than a band.
    refused(&federation.sum(1, 52, "olof", "deal", &[]), "");
    for at in 0..5 {
        let dealt = federation.sum(at, 52, "maja", "deal", &[]).ok().json();
        assert_eq!((&dealt["new"], &dealt["view"]), (&true.into(), &1.into()));
    }
    assert_eq!(
        federation.sum(4, 52, "maja", "deal", &[]).ok().json()["new"],
        false
    );
    federation.deal_falsely();
    federation.settle(53);

    // A false share is complained about by whose it is, and by nobody else.
    let last = &federation.origins[5];
    let right = federation.says(1, 54, "check", "sum.toml").ok().json();
    assert_eq!(right["right"], serde_json::json!(federation.origins));
    let complained = federation.says(2, 54, "check", "sum.toml");
    assert_eq!(complained.code, Some(3), "{}", complained.err);
    assert_eq!(complained.json()["complaints"][0]["provider"], *last);
    let early = federation.sum(0, 55, "maja", "set", &["--without", last]);
    refused(&early, "complaints are due until");
    refused(&federation.says(1, 55, "agree", "sum.toml"), "holds no set");

    // The set leaves out whom a proved complaint names, and nobody else.
    federation.settle(87);
    refused(
        &federation.sum(0, 87, "maja", "set", &[]),
        "its share is false",
    );
    let first = &federation.origins[0];
    let set = federation.sum(
        0,
        87,
        "maja",
        "set",
        &["--without", last, "--without", first],
    );
    refused(&set, "or dealt as it has to");
    copy(&federation.providers[0].hand, "provider", "fork");
    let set = federation
        .sum(0, 87, "maja", "set", &["--without", last])
        .ok()
        .json();
    assert_eq!(set["providers"], serde_json::json!(federation.origins[..5]));
    refused(&federation.says(1, 87, "agree", "sum.toml"), "holds no set");
    federation.settle(88);
    refused(
        &federation.says(1, 88, "agree", "sum.toml"),
        "not named by an index",
    );
    federation.settle(112);

    // Nobody answers before four of five agreed.
    for trustee in 1..=3 {
        federation.says(trustee, 112, "agree", "sum.toml").ok();
    }
    refused(
        &federation.says(1, 112, "answer", "sum.toml"),
        "before 4 did",
    );
    refused(
        &federation.says(4, 112, "answer", "sum.toml"),
        "has not agreed",
    );
    federation.says(4, 112, "agree", "sum.toml").ok();

    // Fewer than three answers give no number, three the sum.
    for trustee in [1, 4] {
        federation.says(trustee, 113, "answer", "sum.toml").ok();
    }
    let found = federation.verify(113);
    assert_eq!(found.code, Some(1));
    assert!(found.json()["total"].is_null(), "{}", found.out);
    federation.says(2, 113, "answer", "sum.toml").ok();
    let found = federation.verify(113).ok().json();
    assert_eq!(
        found["total"],
        REFUSED[..5].iter().sum::<usize>(),
        "{found}"
    );
    assert_eq!(found["called_before_the_period"], true);
    assert_eq!(
        found["complaints"][last],
        serde_json::json!(["ngo2.example/sums"])
    );
    assert_eq!(found["false"], serde_json::json!([]));
    assert_eq!(found["asked_and_not_in_it"], serde_json::json!([last]));
    for provider in found["providers"].as_array().unwrap() {
        assert_eq!(provider["alone"], serde_json::json!([0, 9]));
    }

    // A false answer has a name, and changes nothing.
    let answer = answered_falsely(&federation);
    federation.shared.write(
        &format!("words/{}/{FIGURE}/answer-5", federation.period),
        answer,
    );
    let found = federation.verify(113).ok().json();
    assert_eq!(
        found["false"],
        serde_json::json!(["the answer of ngo5.example/sums is false"])
    );
    assert_eq!(found["total"], 5);
    let parties = federation.shared.path("sum.toml");
    let words = ["sum", "verify", &parties, &federation.period, FIGURE];
    let said = federation.by(0, 113, "olof", &words).ok().out;
    println!("{said}");
    for sentence in [
        "over 5 providers together: 5.",
        "p1.example/log: its report, view 1, holds, and publishes outcome.refused as 0 to 9",
        "A share of p6.example/log is false, as ngo2.example/sums showed.",
        "Not counted: the answer of ngo5.example/sums is false.",
        "your trust files ask for none of p1.example/log, p2.example/log",
        "why these were asked and are not in it: p6.example/log",
    ] {
        assert!(said.contains(sentence), "`{sentence}`: {said}");
    }

    // A host that shows another set on a copy of its log: who agreed to one agrees to no other, also after a restart.
    fork(&federation);
    federation.settings("fork.toml", "fork");
    refused(
        &federation.says(1, 114, "agree", "fork.toml"),
        "there is never a second",
    );
    refused(
        &federation.says(1, 114, "answer", "fork.toml"),
        "has not agreed",
    );
    // Nor does one whose list of what it agreed to is gone.
    fs::remove_file(federation.trustee(1) + "/agreed.json").unwrap();
    refused(
        &federation.says(1, 114, "agree", "fork.toml"),
        "agreed.json",
    );
    // Nor is a set of a log believed that its witnesses have not seen.
    let unseen = federation
        .shared
        .anywhere(&["--json", "witness", "new", "w", "ngo.example/w"])
        .ok()
        .json();
    let (log, witness) = (
        federation.log_key(0),
        unseen["key"].as_str().unwrap().to_owned(),
    );
    let trust = federation.providers[0].hand.path("provider/trust.toml");
    let text = fs::read_to_string(&trust).unwrap();
    let policy = format!("log_policy = '''\nlog {log}\nwitness ngo {witness}\nquorum ngo\n'''\n");
    fs::write(&trust, policy + &text).unwrap();
    refused(
        &federation.says(3, 114, "agree", "sum.toml"),
        "by the witnesses",
    );
}

/// The fifth trustee signs that its share is one more than nothing.
fn answered_falsely(federation: &Federation) -> String {
    let key = fs::read_to_string(federation.trustee(5) + "/trustee.key").unwrap();
    let key = SigningKey::<role::Trustee>::from_secret(key.lines().next().unwrap()).unwrap();
    let (called, mut value) = (federation.called(), [0; 32]);
    value[0] = 1;
    let mut dealt = federation.dealt();
    dealt.pop();
    let dealings: Vec<_> = dealt.into_iter().map(|one| one.dealing).collect();
    let set = SumSet::of(called.call(), &dealings).unwrap();
    let said = Answered {
        call: called.digest(),
        set: set.digest(),
        answer: Answer {
            trustee: 5,
            value,
            blinding: [0; 32],
        },
    };
    said.sign(&key).unwrap()
}

fn copy(hand: &Hand, from: &str, to: &str) {
    let copied = std::process::Command::new("cp")
        .args(["-a", &hand.path(from), &hand.path(to)])
        .status()
        .unwrap();
    assert!(copied.success());
}

/// On the copy of the host's desk, a set with the sixth provider.
fn fork(federation: &Federation) {
    let (called, hand) = (federation.called(), &federation.providers[0].hand);
    let dealings: Vec<_> = federation
        .dealt()
        .into_iter()
        .map(|one| one.dealing)
        .collect();
    let set = SumSet::of(called.call(), &dealings).unwrap();
    let text = set.to_text();
    let real = hand.path("real");
    fs::rename(hand.path("provider"), &real).unwrap();
    fs::rename(hand.path("fork"), hand.path("provider")).unwrap();
    let store = store(&federation.providers[0]);
    assert!(
        store
            .put_report("fork", b"1", b"", &text, &mut OsRng)
            .unwrap()
    );
    drop(store);
    for hours in [88, 112] {
        federation.by(0, hours, "olof", &["settle"]).ok();
    }
    fs::rename(hand.path("provider"), hand.path("fork")).unwrap();
    fs::rename(&real, hand.path("provider")).unwrap();
}
