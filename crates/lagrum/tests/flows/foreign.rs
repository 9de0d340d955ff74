//! What comes from others costs no more than it holds, and leads nowhere: each attack runs with 128 MB
//! of memory and a second of processor time for each megabyte of it.

use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::process::Command;

use crate::by_hand::Hand;
use crate::support::{Ran, ended, files_below, program};
use crate::world::{REGION, World};

/// What a process may have.
const MEMORY: u64 = 128 << 20;
/// Seconds of processor time that a command takes of its own in a development build, most of them for
/// reading the law.
const START: u64 = 20;

/// Runs a command that reads so many megabytes of others.
fn within(megabytes: u64, command: &Command) -> Ran {
    let mut limited = Command::new("prlimit");
    limited
        .arg(format!("--data={MEMORY}"))
        .arg(format!("--cpu={}", START + megabytes))
        .arg(command.get_program())
        .args(command.get_args());
    ended(&mut limited)
}

fn at_desk(hand: &Hand, megabytes: u64, arguments: &[&str]) -> Ran {
    within(megabytes, hand.command("olof").args(arguments))
}

fn refused(ran: &Ran, words: &[&str]) {
    assert!(
        matches!(ran.code, Some(1 | 2)),
        "{:?} {}",
        ran.code,
        ran.err
    );
    for word in words {
        assert!(ran.err.contains(word), "{word}: {}", ran.err);
    }
}

fn pipe(file: &str) {
    ended(Command::new("mkfifo").arg(file));
}

#[test]
fn an_original_is_never_read_through_a_link_and_never_without_end() {
    let hand = Hand::ready();
    let secret = hand.write("secret", "a sentence of somebody else's\n");
    let demand = "originals = [\"warrant.pdf\"]\n".to_owned() + &hand.demand("AM-1-26");
    let file = hand.write("demand.toml", &demand);
    let warrant = hand.path("warrant.pdf");
    let relative = "../".repeat(12) + secret.trim_start_matches('/');
    for target in [secret.as_str(), "secret", &relative, "/dev/zero", "none"] {
        symlink(target, &warrant).unwrap();
        refused(
            &at_desk(&hand, 0, &["intake", &file]),
            &["field `originals`", "it is a link"],
        );
        fs::remove_file(&warrant).unwrap();
    }
    pipe(&warrant);
    refused(
        &at_desk(&hand, 0, &["intake", &file]),
        &["not a plain file"],
    );
    refused(
        &at_desk(&hand, 0, &["intake", &warrant]),
        &["not a plain file"],
    );
    fs::remove_file(&warrant).unwrap();
    let long = File::create(&warrant).unwrap();
    long.set_len(6 << 30).unwrap();
    refused(
        &at_desk(&hand, 0, &["intake", &file]),
        &["longer than 67108864"],
    );
    refused(
        &at_desk(&hand, 0, &["intake", &warrant]),
        &["longer than 67108864"],
    );
    for file in ["/dev/zero", &hand.path("provider")] {
        refused(&at_desk(&hand, 0, &["intake", file]), &["not a plain file"]);
        refused(&at_desk(&hand, 0, &["assess", "--demand", file]), &[]);
    }
    assert_eq!(hand.json(&["cases"])["cases"].as_array().unwrap().len(), 0);
    let all = files_below(hand.path("provider").as_ref());
    assert!(!all.is_empty());
    for file in all {
        let bytes = fs::read(&file).unwrap();
        let found = bytes.windows(13).any(|part| part == b"somebody else");
        assert!(!found, "{}", file.display());
    }
}

#[test]
fn a_description_that_costs_more_than_it_says_is_kept_and_not_read() {
    let hand = Hand::ready();
    let identifiers = "{ kind = \"user-id\", value = \"X\" }, ";
    let ann = "{ kind = \"email-address\", value = \"ann@hand.example\" }";
    let many = |count: usize| {
        let all: String = (0..count)
            .map(|number| identifiers.replace('X', &format!("u{number}")))
            .collect();
        hand.demand("AM-1-26").replace(ann, &all)
    };
    for (bytes, why) in [
        (format!("{{\"a\": [{}0]}}", "0,".repeat(4 << 20)), "1 MiB"),
        (
            format!("{{\"a\": [{}0]}}", "0,".repeat(500_000)),
            "words and marks",
        ),
        (format!("a = {}", "[".repeat(1 << 20)), "1 MiB"),
        (format!("a = {}", "{a.a.a=".repeat(100_000)), "levels deep"),
        ("[a.a]\n".repeat(170_000), "words and marks"),
        (many(1001), "at most 1000"),
        (many(20_000), "words and marks"),
    ] {
        let file = hand.write("d.toml", &bytes);
        let megabytes = 1 + (bytes.len() as u64 >> 20);
        let ran = at_desk(&hand, megabytes, &["intake", &file]).ok();
        assert!(ran.out.contains("is kept as it came"), "{}", ran.out);
        assert!(ran.out.contains(why), "{why}: {}", ran.out);
    }
}

#[test]
fn an_authority_writes_no_lines_into_its_case() {
    let hand = Hand::ready();
    let line = "AM-1\\nAuthenticated: verified by Maja Ek (counsel), called back";
    let file = hand.write("demand.toml", hand.demand(line));
    let ran = hand.run(&["intake", &file]).ok();
    assert!(ran.out.contains("is kept as it came"), "{}", ran.out);
    assert!(
        ran.out.contains("reference") && ran.out.contains("in one line"),
        "{}",
        ran.out
    );
    let ran = hand.run(&["case", "2026-0001"]);
    assert!(
        !ran.out.contains("Authenticated: verified by Maja"),
        "{}",
        ran.out
    );
}

#[test]
fn a_published_log_neither_hangs_whoever_reads_it_nor_is_read_through_a_link() {
    let hand = Hand::ready();
    hand.decided();
    let checkpoint = hand.path("provider/log/checkpoint");
    let whole = fs::read(&checkpoint).unwrap();
    let verify = || at_desk(&hand, 1, &["log", "verify"]);
    verify().ok();
    type Put = fn(&str);
    for put in [
        (|file| pipe(file)) as Put,
        |file| symlink("/dev/zero", file).unwrap(),
        |file| fs::create_dir(file).unwrap(),
        |file| File::create(file).unwrap().set_len(6 << 30).unwrap(),
    ] {
        fs::remove_file(&checkpoint).unwrap();
        put(&checkpoint);
        assert!(matches!(verify().code, Some(1..=3)), "{}", verify().err);
        let agent = at_desk(&hand, 1, &["agent", "run"]);
        assert!(agent.code.is_some(), "the agent ends: {}", agent.err);
        // Nothing is written into a pipe that nobody reads.
        fs::remove_dir(&checkpoint)
            .or_else(|_| fs::remove_file(&checkpoint))
            .unwrap();
        fs::write(&checkpoint, &whole).unwrap();
    }
    // The same content, but somewhere else.
    let elsewhere = hand.write("elsewhere", &whole);
    fs::remove_file(&checkpoint).unwrap();
    symlink(elsewhere, &checkpoint).unwrap();
    assert_ne!(verify().code, Some(0));
}

#[test]
fn a_package_that_is_made_to_cost_is_refused_before_it_does() {
    let hand = Hand::people();
    let (police, package) = (hand.path("police.key"), hand.path("p.tar.age"));
    let begin = "age-encryption.org/v1\n";
    let stanza = "-> grease 0123456789\n";
    for header in [
        begin.to_owned() + &stanza.repeat(100_000),
        begin.to_owned() + &"a".repeat(8 << 20),
        "a\n".repeat(1 << 20),
    ] {
        fs::write(&package, &header).unwrap();
        let megabytes = 1 + (header.len() as u64 >> 20);
        for command in ["open", "verify"] {
            let ran = within(
                megabytes,
                program().args([command, &package, "--identity", &police]),
            );
            refused(&ran, &["age header of at most 4 KiB"]);
        }
    }
    // A sealed archive that begins with a name of a gibibyte.
    let mut head = tar::Header::new_gnu();
    head.set_entry_type(tar::EntryType::GNULongName);
    head.set_path("././@LongLink").unwrap();
    head.set_size(1 << 30);
    head.set_cksum();
    let public = fs::read_to_string(hand.path("police.key.pub")).unwrap();
    let to: age::x25519::Recipient = public.trim().parse().unwrap();
    let bytes = [head.as_bytes().as_slice(), &vec![b'a'; 4 << 20]].concat();
    let sealed = age::encrypt(&to, &bytes).unwrap();
    fs::write(&package, sealed).unwrap();
    let ran = within(4, program().args(["open", &package, "--identity", &police]));
    assert!(ran.err.contains("not a plain file"), "{}", ran.err);
    assert!(ran.err.len() < 1000);
    // An opened one whose manifest is one line of a gibibyte, which takes no disk.
    let opened = hand.path("opened");
    fs::create_dir(&opened).unwrap();
    let manifest = hand.path("opened/manifest.jsonl");
    for name in [
        "SUMMARY.txt",
        "statement.json",
        "mandate.note",
        "mandate.tlog-proof",
        "seal.note",
    ] {
        hand.write(&format!("opened/{name}"), "x");
    }
    File::create(manifest).unwrap().set_len(1 << 30).unwrap();
    let ran = within(1 << 10, program().args(["verify", &opened]));
    assert!(ran.err.contains("seal.note"), "{}", ran.err);
}

#[test]
fn what_others_can_change_or_read_is_not_believed() {
    let hand = Hand::ready();
    let case = hand.decided();
    let mode = |file: &str, mode: u32| {
        fs::set_permissions(hand.path(file), fs::Permissions::from_mode(mode)).unwrap();
    };
    let approve = || hand.approve(&case, "olof");
    let agent = || hand.run(&["agent", "run"]);
    let cases: [(&str, u32, &dyn Fn() -> Ran, &str); 9] = [
        ("olof.key", 0o644, &approve, "chmod go= "),
        ("olof.passphrase", 0o640, &approve, "chmod go= "),
        ("provider/desk/roster.toml", 0o666, &approve, "chmod go-w "),
        ("provider/desk/people.toml", 0o664, &approve, "chmod go-w "),
        ("provider/desk/desk.toml", 0o646, &approve, "chmod go-w "),
        (
            "provider/agents/stockholm/agent.toml",
            0o666,
            &agent,
            "chmod go-w ",
        ),
        (
            "provider/agents/stockholm/agent.key",
            0o644,
            &agent,
            "chmod go= ",
        ),
        (
            "provider/agents/stockholm/roster.toml",
            0o664,
            &agent,
            "chmod go-w ",
        ),
        (
            "provider/agents/stockholm/recipients.toml",
            0o622,
            &agent,
            "chmod go-w ",
        ),
    ];
    for (file, open, run, way_out) in cases {
        let before = fs::metadata(hand.path(file)).unwrap().permissions().mode();
        mode(file, open);
        let ran = run();
        assert_ne!(ran.code, Some(0), "{file}");
        let told = ran.err.clone() + &ran.out;
        let name = file.rsplit('/').next().unwrap();
        assert!(
            told.contains(way_out) && told.contains(name),
            "{file}: {told}"
        );
        mode(file, before);
    }
    approve().ok();
    let opened = hand.path("police.key");
    mode("police.key", 0o644);
    let ran = hand.anywhere(&["verify", &opened, "--identity", &opened]);
    refused(&ran, &["chmod go= "]);
}

#[test]
fn a_new_key_is_written_through_no_link_and_under_no_easy_passphrase() {
    let hand = Hand::people();
    let roster = hand.write("roster.toml", "people");
    symlink(&roster, hand.path("new.key.pub")).unwrap();
    let secret = hand.path("easy");
    let new = || {
        hand.anywhere(&[
            "key",
            "new",
            "new.key",
            "--name",
            "h.example/n",
            "--passphrase-file",
            &secret,
        ])
    };
    for easy in [
        "12345678",
        "elevenchars",
        "aaaaaaaaaaaaaaaaaaaa",
        "            ",
        "abababababababab",
    ] {
        let _ = fs::remove_file(&secret);
        lagrum_durable::private_file(secret.as_ref(), easy.as_bytes()).unwrap();
        refused(&new(), &["too easy to try out", "four or more words"]);
    }
    fs::write(&secret, "horse staple battery").unwrap();
    new().ok();
    assert_eq!(fs::read_to_string(&roster).unwrap(), "people");
    assert!(
        fs::read_to_string(hand.path("new.key.pub"))
            .unwrap()
            .starts_with("h.example/n+")
    );
}

#[test]
fn nothing_of_a_case_happened_before_computers_count() {
    let hand = Hand::ready();
    let case = hand.decided();
    for when in [
        "-009999-01-02T01:59:59Z",
        "0001-01-01T00:00:00Z",
        "1969-12-31T23:59:59Z",
    ] {
        let moment = format!("received={when}");
        let ran = hand.run(&["record", &case, &moment, "--how", "a letter"]);
        refused(&ran, &["before 1970", "check the year"]);
    }
}

#[test]
fn many_recalls_that_recall_nothing_cost_an_agent_no_memory() {
    let world = World::new(&Hand::people(), &[]);
    let inbox = world.provider().join("exchange").join(REGION).join("in");
    fs::create_dir_all(&inbox).unwrap();
    // As long as an answer may be, and many: a file without bytes on the disk takes none.
    let megabytes = 400;
    for number in 0..megabytes {
        let file = inbox.join(format!("2026-0001-{number:08x}.recall"));
        File::create(file).unwrap().set_len(1 << 20).unwrap();
    }
    let mut command = world.hand.command("olof");
    command.args(["--json", "agent", "run", "--region", REGION]);
    let ran = within(megabytes, &command).ok();
    assert_eq!(ran.json().as_array().map(Vec::len), Some(0), "{}", ran.out);
}
