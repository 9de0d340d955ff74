//! A day at the desk in a real browser: `tests/browser/desk.mjs`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Served;
use super::withheld::searched;
use crate::by_hand::Hand;
use crate::support::ended;

#[test]
fn a_day_at_the_desk_in_a_real_browser() {
    let Some(modules) = std::env::var_os("LAGRUM_BROWSER") else {
        println!("SKIPPED: no browser; dev/test installs one and sets LAGRUM_BROWSER");
        return;
    };
    let hand = Hand::ready();
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
    hand.append("provider/desk/authorities.toml", "");
    let served = Served::new(&hand);
    served.hire("siv", "Siv Ask", "administrator");
    served.hire("rut", "Rut Alm", "auditor");
    played(&served, "desk.mjs", &modules);
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
fn clock() -> Option<PathBuf> {
    let places = std::fs::read_dir("/usr/lib").ok()?.filter_map(Result::ok);
    let mut all = places.map(|place| place.path().join("faketime/libfaketimeMT.so.1"));
    all.find(|one| one.exists())
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
    let environment = [
        ("LD_PRELOAD", library.as_os_str()),
        ("FAKETIME_TIMESTAMP_FILE", OsStr::new(&clock)),
        ("FAKETIME_CACHE_DURATION", OsStr::new("1")),
        ("FAKETIME_DONT_FAKE_MONOTONIC", OsStr::new("1")),
    ];
    let served = Served::within(&hand, &environment);
    let there = [
        ("LAGRUM_PRELOAD", library.as_os_str()),
        ("LAGRUM_CLOCK", OsStr::new(&clock)),
    ];
    played_within(&served, "hour.mjs", &modules, &there);
}

/// Plays a script of `tests/browser`.
fn played(served: &Served<'_>, name: &str, modules: &OsStr) {
    played_within(served, name, modules, &[]);
}

fn played_within(served: &Served<'_>, name: &str, modules: &OsStr, environment: &[(&str, &OsStr)]) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let mut node = Command::new("node");
    node.arg(script.join(name))
        .arg(served.origin())
        .arg(served.hand.path(""))
        .arg(format!("http://localhost:{}", served.door))
        .envs(environment.iter().copied())
        .env("LAGRUM_BROWSER", modules)
        .env("LAGRUM_BIN", env!("CARGO_BIN_EXE_lagrum"));
    let ran = ended(&mut node);
    assert_eq!(ran.code, Some(0), "{}\n{}", ran.out, ran.err);
    assert!(ran.out.contains("steps"), "{}", ran.out);
    println!("{name}: {}", ran.out);
}
