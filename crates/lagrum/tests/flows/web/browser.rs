//! A day at the desk in a real browser: `tests/browser/desk.mjs`.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use super::Served;
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

/// Plays a script of `tests/browser`.
fn played(served: &Served<'_>, name: &str, modules: &OsStr) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let mut node = Command::new("node");
    node.arg(script.join(name))
        .arg(served.origin())
        .arg(served.hand.path(""))
        .arg(format!("http://localhost:{}", served.door))
        .env("LAGRUM_BROWSER", modules)
        .env("LAGRUM_BIN", env!("CARGO_BIN_EXE_lagrum"));
    let ran = ended(&mut node);
    assert_eq!(ran.code, Some(0), "{}\n{}", ran.out, ran.err);
    assert!(ran.out.contains("steps"), "{}", ran.out);
}
