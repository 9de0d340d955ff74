//! An order for less than a category: what leaves, what does not, and what is said of it.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::by_hand::Hand;
use crate::support::files_below;
use crate::world::{Account, Opened, Order, World};

const LOG: &str = r#"{"time":"2026-01-10T12:00:00Z","user":"ann@hand.example","ip":"198.51.100.23","cell":"240-01-4711","agent":"IMAP 7"}
{"time":"2026-01-11T12:00:00Z","user":"ann@hand.example","cell":"240-01-4712","agent":"IMAP 7"}
{"time":"2026-01-12T12:00:00Z","user":"bo@hand.example","ip":"203.0.113.9","cell":"240-01-9","agent":"IMAP 8"}
{"time":"lost","user":"ann@hand.example","ip":"192.0.2.1","cell":"240-01-4713","agent":"IMAP 7"}
"#;

/// A provider with a log of which `declared` is said, and a Swedish court's order for `asked`.
pub fn provider(declared: &str, asked: &str) -> Hand {
    let hand = Hand::ready();
    let change = |path: &str, from: &str, to: &str| {
        let whole = fs::read_to_string(hand.path(path)).unwrap();
        assert!(whole.contains(from), "{path}: {from}");
        hand.write(path, whole.replacen(from, to, 1));
    };
    change(
        "provider/desk/directory.toml",
        "categories = [\"content\"]",
        "categories = [\"content\", \"traffic\"]",
    );
    hand.append(
        "provider/agents/stockholm/agent.toml",
        &format!(
            r#"
[[source]]
kind = "access-log-jsonl"
id = "logins"
paths = ["login.jsonl"]
account_field = "user"
time_field = "time"
time_format = "rfc3339"
fields.traffic = ["time", "ip", "cell", "agent"]
{declared}
"#
        ),
    );
    hand.write("provider/agents/stockholm/login.jsonl", LOG);
    change("demand.toml", "\"interception\"", "\"surveillance\"");
    change(
        "demand.toml",
        "27 kap. 18 och 21 §§",
        "27 kap. 19 och 21 §§",
    );
    change("demand.toml", "categories = [\"content\"]", asked);
    hand
}

/// The whole way: what was opened, and what the signers saw.
pub fn delivered(hand: &Hand) -> (String, String) {
    signed_and_opened(hand, &hand.decided())
}

fn signed_and_opened(hand: &Hand, case: &str) -> (String, String) {
    let page = hand.page_signed(case, "olof", "ann@hand.example");
    hand.approve(case, "maja").ok();
    let ran = hand.run(&["--json", "agent", "run"]).ok().json();
    assert!(!ran[0]["outcome"]["produced"].is_null(), "{ran}");
    let told = hand.json(&["deliver", case]);
    let package = told["packages"][0].as_str().unwrap();
    let (key, to) = (hand.path("police.key"), hand.path("to"));
    hand.anywhere(&["open", package, "--identity", &key, "--to", &to])
        .ok();
    hand.anywhere(&["verify", &to]).ok();
    (to, page)
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn opened(to: &str) -> Opened {
    Opened::read(Path::new(to))
}

fn summary(to: &str) -> String {
    flat(&opened(to).summary)
}

/// The fields of each row that left.
fn rows(to: &str) -> Vec<Value> {
    let rows = opened(to).rows;
    let fields = rows.iter().map(|row| {
        let row: Value = serde_json::from_str(row).unwrap();
        row["fields"].clone()
    });
    fields.collect()
}

const DECLARED: &str = "sub_categories = { routing = [\"ip\"], location = [\"cell\"] }";

#[test]
fn of_an_order_for_two_boxes_nothing_else_leaves_and_each_page_says_so() {
    let asked = "categories = [\"traffic\"]\nsub_categories = [\"routing\", \"volume\"]";
    let hand = provider(DECLARED, asked);
    let (to, page) = delivered(&hand);
    assert!(
        flat(&page).contains("Traffic data (only routing, volume)"),
        "{page}"
    );
    // The second line has no address: of it nothing was ordered, so nothing of it leaves.
    assert_eq!(
        rows(&to),
        [serde_json::json!({"ip": "198.51.100.23"})],
        "{to}"
    );
    let everything = walk(Path::new(&to));
    for not_ordered in ["240-01", "IMAP 7"] {
        assert!(!everything.contains(not_ordered), "{not_ordered}");
    }
    let limited = opened(&to).statement["searches"][0]["limited"].clone();
    assert_eq!(
        limited,
        serde_json::json!({
            "to": ["routing", "volume"], "fields": {"ip": "routing"}, "unsaid": ["agent", "time"]
        })
    );
    let told = summary(&to);
    let says = ["(endast dirigering, datavolym)", "agent, time"];
    assert!(says.iter().all(|words| told.contains(words)), "{told}");
    // The line whose time is lost waits for counsel, with no copy of what was not ordered.
    assert_eq!(
        opened(&to).statement["searches"][0]["outcome"]["for_review"],
        1
    );
    let lists = walk(Path::new(
        &hand.path("provider/agents/stockholm/state/review"),
    ));
    assert!(!lists.contains("240-01-4713"), "{lists}");
}

#[test]
fn where_nothing_is_said_of_a_field_it_does_not_leave_and_nobody_says_no_data() {
    let asked = "categories = [\"traffic\"]\nsub_categories = [\"location\"]";
    let hand = provider("", asked);
    let (to, _) = delivered(&hand);
    assert_eq!(rows(&to), [] as [Value; 0]);
    let search = opened(&to).statement["searches"][0].clone();
    assert_eq!(search["outcome"]["result"], "not-searched", "{search}");
    let told = summary(&to);
    assert!(told.contains("agent, cell, ip, time"), "{told}");
    assert!(!told.contains("Inga uppgifter."), "{told}");
    assert!(told.contains("betyder inte att"), "{told}");
}

#[test]
fn an_order_for_all_traffic_data_is_narrowed_to_what_it_reaches_and_the_officer_reads_it() {
    let known = Account {
        address: "ann@hand.example".into(),
        aliases: Vec::new(),
    };
    let world = World::new(&Hand::people(), &[known]);
    let hand = &world.hand;
    world.append_to_agent(
        r#"
[[source]]
kind = "access-log-jsonl"
id = "logins"
paths = ["login.jsonl"]
account_field = "user"
time_field = "time"
time_format = "rfc3339"
fields.traffic = ["time", "ip", "cell"]
sub_categories = { duration = ["time"], routing = ["ip"], location = ["cell"] }
"#,
    );
    hand.write("provider/agents/seattle/login.jsonl", LOG);
    let order = Order {
        accounts: vec!["ann@hand.example".into()],
        categories: vec!["traffic".into()],
        from: "2026-01-01T00:00:00Z".into(),
        until: "2026-02-01T00:00:00Z".into(),
    };
    let demand = world.demand(&[order]);
    assert!(demand.contains("\"search-warrant\""), "{demand}");
    let ordered = demand.replace("\"search-warrant\"", "\"disclosure-order\"");
    let taken = hand.json(&["intake", &hand.write("demand.toml", ordered)]);
    let case = taken["cases"][0]["case"].as_str().unwrap().to_owned();
    hand.verified(&case);
    let found = hand.json(&["assess", &case])["assessment"]["parts"][0]["finding"].clone();
    assert_eq!(found["disposition"], "narrow", "{found}");
    hand.run(&["decide", &case]).ok();
    let (to, page) = signed_and_opened(hand, &case);
    // Both read what leaves, and that it is not all that was asked for.
    let page = flat(&page);
    for shown in ["time and duration, routing", "it takes a warrant"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert_eq!(rows(&to).len(), 2);
    assert!(!walk(Path::new(&to)).contains("240-01"));
    let told = summary(&to);
    for words in [
        "This package answers a part of your demand.",
        "handed over in this package, but not all of it",
        "it takes a warrant",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn a_field_in_two_boxes_or_in_one_of_another_category_stops_the_agent_with_the_line_to_mend() {
    for (declared, words) in [
        (
            "sub_categories = { routing = [\"ip\"], location = [\"ip\"] }",
            ["`ip` stands in", "keep one"],
        ),
        (
            "sub_categories = { payment = [\"ip\"] }",
            ["`payment` names `ip`", "no field of subscriber data"],
        ),
    ] {
        let hand = provider(declared, "categories = [\"traffic\"]");
        let ran = hand.run(&["agent", "run"]);
        assert_ne!(ran.code, Some(0));
        assert!(
            words.iter().all(|word| ran.err.contains(word)),
            "{}",
            ran.err
        );
    }
}

/// All that lies below a directory, as text.
fn walk(directory: &Path) -> String {
    let files = files_below(directory).into_iter();
    let texts = files.map(|file| String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned());
    texts.collect()
}
