//! The interface against its own document, asked by a program of other people that makes requests out of it.

use std::path::Path;
use std::process::Command;

use super::whole_way::taken_in;
use crate::by_hand::Hand;
use crate::support::ended;
use crate::web::Served;

#[test]
fn schemathesis_finds_no_failure_against_the_document() {
    let Some(program) = std::env::var_os("LAGRUM_SCHEMATHESIS") else {
        println!("SKIPPED: no schemathesis; dev/test installs it and sets LAGRUM_SCHEMATHESIS");
        return;
    };
    let hand = Hand::ready();
    hand.decided();
    let served = Served::new(&hand);
    served.hire("ada", "Ada Alm", "auditor");
    taken_in(&mut served.program("olof", &["intake"]), &hand, "AM-2-26");
    let settings =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/flows/web/api/schemathesis.toml");
    let counsel = [
        "cases:read",
        "cases:write",
        "intake",
        "sign",
        "counsel",
        "privileged",
        "setup:read",
    ];
    for (person, scopes, only) in [
        ("maja", &counsel[..], "."),
        (
            "ada",
            &["audit:read", "setup:read", "cases:read"],
            "/(audit|samples|agents|settings|check)",
        ),
    ] {
        let (token, _) = served.token(person, scopes);
        let mut command = Command::new(&program);
        command
            .arg("--config-file")
            .arg(&settings)
            .args(["run", &format!("{}/api/v1/openapi.json", served.origin())])
            .args(["--include-path-regex", only])
            .env("LAGRUM_TOKEN", token)
            .env("NO_COLOR", "1")
            .current_dir(hand.path(""));
        let ran = ended(&mut command);
        assert_eq!(ran.code, Some(0), "{person}:\n{}\n{}", ran.out, ran.err);
        println!("{}", ran.out);
    }
    // Nothing that it sent harmed anything.
    hand.run(&["desk", "verify"]).ok();
}
