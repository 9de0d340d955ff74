//! Whoever runs the machines learns whether the programs work, and nothing of anybody's case.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use crate::support::{ended, files_below, program, scratch};

/// The texts of a demand and its people that must be in no log, beside the numbers of cases.
const NEVER: [&str; 14] = [
    "bjork",
    "kvist",
    "olof",
    "maja",
    "strand",
    "nord",
    "polis",
    "am-20426",
    "narkotika",
    "tingsr",
    "decision",
    "-0001",
    "lund",
    "stockholm",
];

#[test]
fn at_the_finest_level_the_log_holds_nothing_of_a_case() {
    let place = scratch();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/examples/first-case");
    let copied = ended(Command::new("cp").arg("-r").arg(example).arg(place.path()));
    assert_eq!(copied.code, Some(0), "{}", copied.err);
    let here = place.path().join("first-case");
    let mut told = String::new();
    let mut run = |line: &str| {
        let mut command = program();
        command.env("LAGRUM_LOG", "trace").current_dir(&here);
        let ran = ended(command.args(line.split(' ')));
        assert!(ran.err.contains("lagrum: event="), "{line}: {}", ran.err);
        told.push_str(&ran.err);
        ran.code
    };
    for secret in ["maja.passphrase", "olof.passphrase"] {
        let own = fs::Permissions::from_mode(0o600);
        fs::set_permissions(here.join(secret), own).expect("a file of one's own");
    }
    for key in [
        "key new maja.key --name kvist.example/maja --passphrase-file maja.passphrase",
        "key new olof.key --name kvist.example/olof --passphrase-file olof.passphrase",
        "key new police.key --recipient",
    ] {
        assert_eq!(run(key), Some(0));
    }
    let public = fs::read_to_string(here.join("police.key.pub")).expect("a key");
    for file in ["demand.toml", "authorities.toml"] {
        let text = fs::read_to_string(here.join(file)).expect("a file");
        let text = text.replace("RECIPIENT", public.trim());
        fs::write(here.join(file), text).expect("a file");
    }
    let init = "init --provider Kvist --domain kvist.example --region stockholm=SE \
                --person Maja_Ek=counsel=maja.key.pub --person Olof_Strand=analyst=olof.key.pub \
                --recipient Polismyndigheten=SE=police.key.pub";
    let mut words = program();
    let init = init.split_whitespace().map(|word| word.replace('_', " "));
    let made = ended(
        words
            .env("LAGRUM_LOG", "trace")
            .current_dir(&here)
            .args(init),
    );
    assert_eq!(made.code, Some(0), "{}", made.err);
    for file in ["directory.toml", "authorities.toml"] {
        let to = here.join("lagrum-data/desk").join(file);
        fs::copy(here.join(file), to).expect("copied");
    }
    let agent = here.join("lagrum-data/agents/stockholm/agent.toml");
    let stores = fs::read_to_string(here.join("stores.toml")).expect("a file");
    let before = fs::read_to_string(&agent).expect("a file");
    fs::write(&agent, before + &stores).expect("a file");

    assert_eq!(run("--as olof intake demand.toml"), Some(0));
    let cases = ended(
        program()
            .current_dir(&here)
            .args(["--as", "olof", "--json", "cases"]),
    );
    let found = cases.json().to_string();
    let number = found.find("-0001").expect("the case is listed");
    let case = &found[number - 4..number + 5];
    for (line, code) in [
        (
            format!("--as olof call-back {case} --confirmed --answered-by Ek"),
            0,
        ),
        (
            format!("--as olof authenticate {case} --verified --how called"),
            0,
        ),
        (
            format!("--as olof emergency {case} --believed --why because"),
            1,
        ),
        (format!("--as nobody case {case}"), 1),
        (format!("--as olof assess {case}"), 0),
        (format!("--as olof decide {case}"), 0),
        (
            format!(
                "--as olof approve {case} --key olof.key --passphrase-file olof.passphrase --confirm bjork@kvist.example"
            ),
            0,
        ),
        (
            format!(
                "--as maja approve {case} --key maja.key --passphrase-file maja.passphrase --confirm bjork@kvist.example"
            ),
            0,
        ),
        ("agent run".to_owned(), 0),
        (format!("--as olof deliver {case}"), 0),
        (format!("--as olof close {case} --duties-live-on"), 0),
        ("log verify".to_owned(), 0),
    ] {
        assert_eq!(run(&line), Some(code), "{line}");
    }

    // What people are told goes to the same stream; a line of the log begins with its instant.
    let log: Vec<_> = told.lines().filter(|line| line.starts_with("20")).collect();
    assert!(
        log.iter().all(|line| line.contains(" lagrum: event=")),
        "{log:?}"
    );
    for expected in [
        "event=\"command-done\" code=\"intake\"",
        "event=\"not-allowed\" code=\"judge-emergency\"",
        "event=\"not-known\"",
        "event=\"settled\" count=",
        "event=\"mandate-carried-out\"",
        "event=\"command-done\" code=\"log\"",
    ] {
        let there = log.iter().any(|line| line.contains(expected));
        assert!(there, "{expected} is not in:\n{}", log.join("\n"));
    }
    let mut never: Vec<String> = NEVER.map(str::to_owned).to_vec();
    let secrets = files_below(&here).into_iter().filter(|file| {
        let ending = file.extension().unwrap_or_default();
        ending == "passphrase" || ending == "key"
    });
    never.extend(secrets.map(|file| {
        let secret = fs::read_to_string(file).expect("a secret");
        secret.lines().last().expect("a line").to_lowercase()
    }));
    assert!(never.len() > NEVER.len() + 4, "{never:?}");
    for line in &log {
        let small = line.to_lowercase();
        for text in &never {
            assert!(!small.contains(text.as_str()), "`{text}` in: {line}");
        }
    }
}
