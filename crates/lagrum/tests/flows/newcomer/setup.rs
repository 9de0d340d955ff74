//! Before the first demand: command line, keys, `init`.

use std::fs;
use std::path::Path;

use super::{NOT_POSSIBLE, WRONG_COMMAND_LINE, says};
use crate::by_hand::Hand;
use crate::support::files_below;

#[test]
fn a_wrong_command_line_is_told_with_the_right_one() {
    let hand = Hand::people();
    let wrong = |arguments: &[&str], parts: &[&str]| {
        says(&hand.anywhere(arguments), WRONG_COMMAND_LINE, parts);
    };
    wrong(
        &["frobnicate"],
        &["unrecognized subcommand 'frobnicate'", "--help"],
    );
    wrong(&[], &["Usage: lagrum", "demo", "intake", "Exit codes"]);
    wrong(&["case", "7"], &["case `7`: write it like 2026-0007"]);
    wrong(&["case", "2026-7"], &["write it like 2026-0007"]);
    wrong(&["intake"], &["<FILES>..."]);
    wrong(
        &["authenticate", "2026-0001", "--how", "x"],
        &["--verified"],
    );
    wrong(
        &[
            "authenticate",
            "2026-0001",
            "--verified",
            "--not-verified",
            "--how",
            "x",
        ],
        &["cannot be used with '--not-verified'"],
    );
    wrong(
        &["authenticate", "2026-0001", "--verified"],
        &["--how <HOW>"],
    );
    wrong(
        &["assess", "2026-0001", "--as-of", "tomorrow"],
        &["--as-of <YYYY-MM-DD>"],
    );
    wrong(&["approve", "2026-0001"], &["--key <FILE>"]);
    wrong(&["open", "x.tar.age"], &["--identity <FILE>"]);
    wrong(
        &["agent", "run", "--region", "Oslo"],
        &["region `Oslo`", "lower-case letters"],
    );
    wrong(
        &["log", "proof", "2026-0001", "first"],
        &["'first'", "<EVENT>"],
    );
    wrong(&["key", "new", "x.key"], &["--name <NAME>"]);
    wrong(
        &["init", "--provider", "X"],
        &["--domain <DOMAIN>", "--region <REGION=COUNTRY>"],
    );
}

#[test]
fn without_a_provider_every_command_says_how_to_get_one() {
    let hand = Hand::people();
    let no_desk = ["there is no desk in", "lagrum init", "--dir", "lagrum demo"];
    for arguments in [
        &["cases"][..],
        &["case", "2026-0001"],
        &["decide", "2026-0001", "--as", "Eva"],
        &["log", "proof", "2026-0001", "1"],
    ] {
        says(&hand.anywhere(arguments), NOT_POSSIBLE, &no_desk);
    }
    let file = hand.write("d.toml", "x");
    says(
        &hand.anywhere(&["intake", &file, "--as", "Eva"]),
        NOT_POSSIBLE,
        &no_desk,
    );
    let no_agents = ["there are no agents in", "--dir or --config"];
    says(&hand.anywhere(&["agent", "run"]), NOT_POSSIBLE, &no_agents);
    says(
        &hand.anywhere(&["log", "verify"]),
        NOT_POSSIBLE,
        &["trust.toml", "--log and --key"],
    );
    assert!(
        !Path::new(&hand.path("lagrum-data")).exists(),
        "asking sets nothing up"
    );
}

#[test]
fn a_key_is_never_overwritten_and_never_weakly_locked() {
    let hand = Hand::people();
    let key = hand.path("olof.key");
    let before = fs::read(&key).unwrap();
    let secret = hand.path("olof.passphrase");
    let again = [
        "key",
        "new",
        &key,
        "--name",
        "x.example/olof",
        "--passphrase-file",
        &secret,
    ];
    says(
        &hand.anywhere(&again),
        NOT_POSSIBLE,
        &["olof.key", "never overwritten"],
    );
    says(
        &hand.anywhere(&["key", "new", &key, "--recipient"]),
        NOT_POSSIBLE,
        &["never overwritten"],
    );
    assert_eq!(fs::read(&key).unwrap(), before);

    let new = hand.path("new.key");
    let short = hand.path("short");
    lagrum_durable::private_file(short.as_ref(), b"short\n").unwrap();
    let try_it = |name: &str, file: &str| {
        hand.anywhere(&[
            "key",
            "new",
            &new,
            "--name",
            name,
            "--passphrase-file",
            file,
        ])
    };
    says(
        &try_it("x.example/a", &short),
        NOT_POSSIBLE,
        &["too easy to try out", "at least 12 characters"],
    );
    says(
        &try_it("x.example/a", &hand.path("none")),
        NOT_POSSIBLE,
        &["none: No such file"],
    );
    says(
        &try_it("with space", &secret),
        NOT_POSSIBLE,
        &["--name with space", "without spaces", "kvist.example/maja"],
    );
    says(
        &hand.anywhere(&["key", "new", &new, "--name", "x.example/a"]),
        NOT_POSSIBLE,
        &["--passphrase-file"],
    );
    for left in [new.clone(), format!("{new}.pub")] {
        assert!(!Path::new(&left).exists(), "{left}");
    }
}

#[test]
fn a_provider_is_set_up_whole_or_not_at_all() {
    let hand = Hand::people();
    let (olof, maja) = (
        hand.person("Olof Strand=analyst=", "olof"),
        hand.person("Maja Ek=counsel=", "maja"),
    );
    let init = |domain: &str, regions: &[&str], people: &[&str]| {
        let mut arguments = vec!["init", "--provider", "X", "--domain", domain];
        arguments.extend(regions.iter().flat_map(|region| ["--region", region]));
        arguments.extend(people.iter().flat_map(|person| ["--person", person]));
        hand.run(&arguments)
    };
    let both = [olof.as_str(), maja.as_str()];
    let wrong = |ran, parts: &[&str]| {
        says(&ran, NOT_POSSIBLE, parts);
        assert!(
            !Path::new(&hand.path("provider")).exists(),
            "nothing is left half done"
        );
    };
    let x = "x.example";
    wrong(
        init(x, &["Dublin=IE"], &both),
        &["--region Dublin=IE", "lower-case letters"],
    );
    wrong(
        init(x, &["dublin"], &both),
        &["--region dublin", "REGION=COUNTRY", "dublin=IE"],
    );
    wrong(
        init(x, &["dublin=ie"], &both),
        &["country `ie`", "two capital letters", "ISO 3166-1"],
    );
    wrong(
        init(x, &["dublin=IE", "dublin=SE"], &both),
        &["--region dublin", "each region once"],
    );
    wrong(
        init("x example", &["dublin=IE"], &both),
        &["--domain x example", "without spaces"],
    );
    let with = |other: &str| init(x, &["dublin=IE"], &[&olof, other]);
    wrong(
        init(x, &["dublin=IE"], &[&olof]),
        &["name at least one counsel"],
    );
    wrong(
        init(x, &["dublin=IE"], &[&maja]),
        &["at least two different people"],
    );
    wrong(
        with("Maja Ek"),
        &[
            "--person Maja Ek",
            "NAME=ROLE=PUBLIC-KEY-FILE",
            "Maja Ek=counsel=",
        ],
    );
    wrong(
        with("Maja Ek=lawyer=x"),
        &["role `lawyer`", "counsel or analyst"],
    );
    wrong(
        with("Maja Ek=counsel=none.pub"),
        &["none.pub: No such file"],
    );
    let private = format!("Maja Ek=counsel={}", hand.path("maja.key"));
    wrong(with(&private), &["maja.key", "not a public key", ".pub"]);
    let same_key = hand.person("Maja Ek=counsel=", "olof");
    wrong(
        with(&same_key),
        &["Olof Strand and Maja Ek have the same key"],
    );

    init(x, &["dublin=IE"], &both).ok();
    let before = fs::read(hand.path("provider/desk/log.key")).unwrap();
    says(
        &init(x, &["dublin=IE"], &both),
        NOT_POSSIBLE,
        &["already holds a provider", "choose another directory"],
    );
    assert_eq!(
        fs::read(hand.path("provider/desk/log.key")).unwrap(),
        before
    );
    // A new provider can be asked everything; there is only nothing there yet.
    assert!(hand.run(&["cases"]).ok().out.contains("lagrum intake FILE"));
    assert!(
        hand.run(&["agent", "run"])
            .ok()
            .out
            .contains("No mandate waits")
    );
    hand.run(&["log", "verify"]).ok();
    let other = hand.run(&["agent", "run", "--region", "oslo"]);
    says(
        &other,
        NOT_POSSIBLE,
        &["there is no agent oslo in", "--dir or --config"],
    );
}

#[test]
fn names_with_quotes_and_backslashes_give_files_that_can_be_read() {
    for (provider, domain) in [
        ("Kvist \"Mail\" AB", "kvist.example"),
        ("O'Kvist \\ S\u{f6}ner", "x\"y'z.example"),
        ("Kvist\n[desk]\nAB", "back\\slash.example"),
        ("\"\"\"", "'''.example"),
    ] {
        let hand = Hand::people();
        let (olof, maja) = (
            hand.person("Olof \"Olle\" Strand=analyst=", "olof"),
            hand.person("Maja O'Ek\\=counsel=", "maja"),
        );
        let init = [
            "init",
            "--provider",
            provider,
            "--domain",
            domain,
            "--region",
            "dublin=IE",
            "--person",
            &olof,
            "--person",
            &maja,
        ];
        hand.run(&init).ok();
        let mut read = 0;
        for file in files_below(Path::new(&hand.path("provider"))) {
            if file.extension().is_some_and(|ending| ending == "toml") {
                let text = fs::read_to_string(&file).unwrap();
                let table: Result<toml::Table, _> = text.parse();
                assert!(table.is_ok(), "{}: {table:?}\n{text}", file.display());
                read += 1;
            }
        }
        assert!(read >= 7, "{read}");
        let desk = fs::read_to_string(hand.path("provider/desk/desk.toml")).unwrap();
        let desk: toml::Table = desk.parse().unwrap();
        assert_eq!(desk["provider"].as_str(), Some(provider));
        hand.run(&["cases"]).ok();
        hand.run(&["agent", "run"]).ok();
        hand.run(&["settle"]).ok();
        hand.run(&["log", "verify"]).ok();
    }
}
