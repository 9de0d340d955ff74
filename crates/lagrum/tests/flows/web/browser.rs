//! A day at the desk in a real browser: `tests/browser/desk.mjs`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::Served;
use super::withheld::searched;
use crate::by_hand::Hand;
use crate::mailbox::dovecot::Dovecot;
use crate::outgoing::exim::Exim;
use crate::support::ended;

#[test]
fn a_day_at_the_desk_in_a_real_browser() {
    let Some(modules) = std::env::var_os("LAGRUM_BROWSER") else {
        println!("SKIPPED: no browser; dev/test installs one and sets LAGRUM_BROWSER");
        return;
    };
    let hand = Hand::ready();
    own_machine(&hand);
    let served = Served::new(&hand);
    served.hire("siv", "Siv Ask", "administrator");
    served.hire("rut", "Rut Alm", "auditor");
    played(&served, "desk.mjs", &modules);
}

/// The analyst's key lies on a machine of his own.
fn own_machine(hand: &Hand) {
    for roster in ["desk", "agents/lulea", "agents/stockholm"] {
        let file = format!("provider/{roster}/roster.toml");
        let text = std::fs::read_to_string(hand.path(&file)).unwrap();
        let own = text.replacen(
            "role = \"analyst\"",
            "role = \"analyst\"\nown_machine = true",
            1,
        );
        hand.write(&file, own);
    }
}

#[test]
fn a_demand_through_the_door_in_a_real_browser() {
    let Some(modules) = std::env::var_os("LAGRUM_BROWSER") else {
        println!("SKIPPED: no browser; dev/test installs one and sets LAGRUM_BROWSER");
        return;
    };
    let hand = Hand::ready();
    let served = Served::with_door(&hand);
    played(&served, "door.mjs", &modules);
}

#[test]
fn a_challenge_and_a_review_of_what_was_withheld_in_a_real_browser() {
    let Some(modules) = std::env::var_os("LAGRUM_BROWSER") else {
        println!("SKIPPED: no browser; dev/test installs one and sets LAGRUM_BROWSER");
        return;
    };
    let hand = Hand::ready();
    searched(&hand);
    hand.write("demand.toml", hand.demand("AM-2-26"));
    let served = Served::new(&hand);
    played(&served, "challenge.mjs", &modules);
}

const OTHERS: &str = r#"
[[authority]]
name = "Staatsanwaltschaft Berlin"
country = "DE"
kind = "prosecutor"
domains = ["sta.example"]
telephone = "+49 30 555 0101"

[[authority]]
name = "Københavns Politi"
country = "DK"
kind = "police"
domains = ["politi.example"]
telephone = "+45 33 55 01 01"
"#;

/// Debian's `libfaketime`: what asks for the time is told another.
pub fn clock() -> Option<PathBuf> {
    let places = std::fs::read_dir("/usr/lib").ok()?.filter_map(Result::ok);
    let mut all = places.map(|place| place.path().join("faketime/libfaketimeMT.so.1"));
    all.find(|one| one.exists())
}

/// The environment of a program whose clock is ahead of the machine's by what stands in this file.
fn ahead<'e>(library: &'e Path, clock: &'e str) -> [(&'static str, &'e OsStr); 4] {
    [
        ("LD_PRELOAD", library.as_os_str()),
        ("FAKETIME_TIMESTAMP_FILE", OsStr::new(clock)),
        ("FAKETIME_CACHE_DURATION", OsStr::new("1")),
        ("FAKETIME_DONT_FAKE_MONOTONIC", OsStr::new("1")),
    ]
}

#[test]
fn an_hour_with_forty_open_cases_in_a_real_browser() {
    let modules = std::env::var_os("LAGRUM_BROWSER");
    let (Some(modules), Some(library)) = (modules, clock()) else {
        println!(
            "SKIPPED: no browser or no libfaketime; dev/test installs both and sets LAGRUM_BROWSER"
        );
        return;
    };
    let hand = Hand::ready();
    hand.append("provider/desk/authorities.toml", OTHERS);
    let clock = hand.write("clock", "+0\n");
    let served = Served::within(&hand, &ahead(&library, &clock));
    let there = [
        ("LAGRUM_PRELOAD", library.as_os_str()),
        ("LAGRUM_CLOCK", OsStr::new(&clock)),
    ];
    played_within(&served, "hour.mjs", &modules, &there);
}

#[test]
fn an_emergency_at_night_in_a_real_browser() {
    let Some(modules) = std::env::var_os("LAGRUM_BROWSER") else {
        println!("SKIPPED: no browser; dev/test installs one and sets LAGRUM_BROWSER");
        return;
    };
    let hand = Hand::ready();
    night_duty(&hand);
    let (server, mailbox) = (Exim::start(), Dovecot::start());
    alarms(&hand, &server);
    crate::mailbox::listening(&hand, &mailbox);
    let served = Served::new(&hand);
    // It comes by mail; the desk that is served takes it in, and wakes whoever is on call.
    mailbox.deliver("night", NIGHT);
    let told = server.waited_for(1, Duration::from_secs(150));
    let alarm = String::from_utf8_lossy(&told[0]).into_owned();
    assert!(alarm.contains("To: olof@hand.example"), "{alarm}");
    let link = alarm
        .lines()
        .find_map(|line| line.strip_prefix("https://desk.hand.example"))
        .unwrap_or_else(|| panic!("{alarm}"));
    let link = link.trim().to_owned();
    let there = [("LAGRUM_NIGHT", OsStr::new(&link))];
    played_within(&served, "night.mjs", &modules, &there);
}

const NIGHT: &[u8] = b"From: L. Vogt <vogt@sta-berlin.example>\r\nTo: demands@hand.example\r\nSubject: EMERGENCY EPOC 274 Js 3318/26\r\n\r\nA child is missing since yesterday. We need the subscriber of ann@hand.example at once.\r\n";

/// Olof is on call, then Maja; both sign on machines of their own. There is a table of subscribers, and a
/// prosecutor in Berlin whose number is known.
fn night_duty(hand: &Hand) {
    for roster in ["desk", "agents/lulea", "agents/stockholm"] {
        let file = format!("provider/{roster}/roster.toml");
        let text = std::fs::read_to_string(hand.path(&file)).unwrap();
        let own = text
            .replace(
                "role = \"analyst\"",
                "role = \"analyst\"\nown_machine = true",
            )
            .replace(
                "role = \"counsel\"",
                "role = \"counsel\"\nown_machine = true",
            );
        hand.write(&file, own);
    }
    let file = "provider/desk/directory.toml";
    let text = std::fs::read_to_string(hand.path(file)).unwrap();
    hand.write(
        file,
        text.replace(
            "categories = [\"content\"]",
            "categories = [\"content\", \"subscriber\"]",
        ),
    );
    hand.append(
        "provider/desk/authorities.toml",
        "\n[[authority]]\nname = \"Staatsanwaltschaft Berlin\"\ncountry = \"DE\"\nkind = \"prosecutor\"\n\
         domains = [\"sta-berlin.example\"]\ntelephone = \"+49 30 555 0104\"\n",
    );
    hand.append(
        "provider/agents/stockholm/agent.toml",
        "\n[[source]]\nkind = \"subscribers-sqlite\"\nid = \"subscribers\"\ndatabase = \"subscribers.sqlite\"\n\
         table = \"subscriber\"\naccount_column = \"address\"\ncolumns = [\"address\", \"name\"]\n\
         [source.sub_categories]\nservice-identifiers = [\"address\"]\nname = [\"name\"]\n",
    );
    let key = std::fs::read_to_string(hand.path("stranger.key.pub")).unwrap();
    let known = format!(
        "\n[[recipient]]\nname = \"Staatsanwaltschaft Berlin\"\ncountry = \"DE\"\nkey = \"{}\"\nsince = \"2026-01-01\"\n",
        key.trim()
    );
    for region in ["lulea", "stockholm"] {
        hand.append(&format!("provider/agents/{region}/recipients.toml"), &known);
    }
    let table = hand.path("provider/agents/stockholm/subscribers.sqlite");
    let table = rusqlite::Connection::open(table).unwrap();
    table
        .execute_batch(
            "create table subscriber (address text, name text);
             insert into subscriber values ('ann@hand.example', 'Ann Alm');",
        )
        .unwrap();
}

/// Who is woken, by which server.
fn alarms(hand: &Hand, server: &Exim) {
    crate::outgoing::set_up(hand, server, 1, "");
    let file = "provider/desk/outgoing.toml";
    let text = std::fs::read_to_string(hand.path(file)).unwrap();
    let (mail, _) = text.split_once("[[receiver]]").unwrap();
    let watch = |person: &str| {
        format!("[[on-call.watch]]\nperson = \"{person}\"\nfrom = \"00:00\"\nuntil = \"00:00\"\n")
    };
    hand.write(
        file,
        format!(
            "{mail}[on-call]\nzone = \"Europe/Stockholm\"\n{}{}",
            watch("olof"),
            watch("maja")
        ),
    );
}

/// Plays a script of `tests/browser`.
pub fn played(served: &Served<'_>, name: &str, modules: &OsStr) {
    played_with(served, name, modules, &[]);
}

/// The same, which is told more.
pub fn played_with(served: &Served<'_>, name: &str, modules: &OsStr, more: &[&str]) {
    ran(script(served, name, modules).args(more), name);
}

fn played_within(served: &Served<'_>, name: &str, modules: &OsStr, environment: &[(&str, &OsStr)]) {
    ran(
        script(served, name, modules).envs(environment.iter().copied()),
        name,
    );
}

fn script(served: &Served<'_>, name: &str, modules: &OsStr) -> Command {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let mut node = Command::new("node");
    node.arg(script.join(name))
        .arg(served.origin())
        .arg(served.hand.path(""))
        .arg(format!("http://localhost:{}", served.door))
        .env("LAGRUM_BROWSER", modules)
        .env("LAGRUM_BIN", env!("CARGO_BIN_EXE_lagrum"));
    node
}

fn ran(node: &mut Command, name: &str) {
    let ran = ended(node);
    assert_eq!(ran.code, Some(0), "{}\n{}", ran.out, ran.err);
    assert!(ran.out.contains("steps"), "{}", ran.out);
    println!("{name}: {}", ran.out);
}

/// The same provider in the United States: its places, its people's law and an authority of that country.
fn american() -> Hand {
    let hand = Hand::ready();
    for file in [
        "desk/desk.toml",
        "desk/directory.toml",
        "desk/authorities.toml",
        "agents/stockholm/agent.toml",
        "agents/lulea/agent.toml",
        "agents/stockholm/recipients.toml",
        "agents/lulea/recipients.toml",
    ] {
        let file = format!("provider/{file}");
        let text = std::fs::read_to_string(hand.path(&file)).unwrap();
        let text = text
            .replace("\"SE\"", "\"US\"")
            .replace("Polismyndigheten", "US Attorney, Northern District")
            .replace("polisen.example", "usao.example")
            .replace("kind = \"police\"", "kind = \"prosecutor\"")
            .replace("+46 8 555 01 02", "+1 415 555 0102");
        hand.write(&file, text);
    }
    hand
}

#[test]
fn a_demand_from_the_door_to_the_notice_after_its_secrecy_in_a_real_browser() {
    let modules = std::env::var_os("LAGRUM_BROWSER");
    let (Some(modules), Some(library)) = (modules, clock()) else {
        println!(
            "SKIPPED: no browser or no libfaketime; dev/test installs both and sets LAGRUM_BROWSER"
        );
        return;
    };
    let hand = american();
    own_machine(&hand);
    let clock = hand.write("clock", "+0\n");
    let served = Served::with_door_within(&hand, &ahead(&library, &clock));
    let there = [
        ("LAGRUM_PRELOAD", library.as_os_str()),
        ("LAGRUM_CLOCK", OsStr::new(&clock)),
    ];
    played_within(&served, "way.mjs", &modules, &there);
}
