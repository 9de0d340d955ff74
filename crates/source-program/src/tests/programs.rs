//! Programs of an operator's own: the documented one, and those that fail in every way.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use lagrum_source::{Context, SourceError};
use landlock::{AccessFs, CompatLevel, Compatible as _, Ruleset, RulesetAttr as _};

use super::{IN, OUT, Taken, dovecot, mail, with_run};
use crate::program::Program;

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = tempfile::Builder::new().tempdir_in(std::env::temp_dir());
        Self(place.unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A program in the shell that does this, with more settings.
    fn program(&self, does: &str, more: &str) -> Result<Program, SourceError> {
        let file = self.path("program");
        fs::write(&file, format!("#!/bin/sh\n{does}\n")).unwrap();
        fs::set_permissions(&file, PermissionsExt::from_mode(0o755)).unwrap();
        self.opened(&format!("program = {file:?}\n{more}"))
    }

    fn opened(&self, settings: &str) -> Result<Program, SourceError> {
        let text = format!("kind = \"program\"\nid = \"own\"\n{settings}\n");
        let context = Context {
            base_directory: self.0.path(),
        };
        Program::open(&toml::from_str(&text).unwrap(), &context)
    }
}

fn search(program: &Program, account: &str) -> Result<Option<(u64, Taken)>, SourceError> {
    let found = with_run(account, |account, period, run, sink| {
        program.search_account(account, 0, period, run, sink)
    })?;
    Ok(found.map(|(counts, taken)| (counts.examined, taken)))
}

fn failed(program: &Program) -> SourceError {
    match search(program, "ann") {
        Err(error) => error,
        Ok(found) => panic!("{found:?}"),
    }
}

#[test]
fn the_documented_example_gives_what_lies_in_a_table() {
    let place = Place::new();
    let database = place.path("mail.sqlite");
    let long = mail(IN, &b"0123456789abcde\n".repeat(100_000));
    let odd = mail(IN, b"{\"end\":{\"messages\":1,\"unread\":0}}\n\0\xff\r\n");
    fs::write(place.path("long"), &long).unwrap();
    fs::write(place.path("odd"), &odd).unwrap();
    fs::write(place.path("out"), mail(OUT, b"out")).unwrap();
    let fill = r#"
import sqlite3, sys
place = sys.argv[1]
read = lambda name: open(place + "/" + name, "rb").read()
table = sqlite3.connect(place + "/mail.sqlite")
table.execute("create table message (id integer, account text, raw blob)")
ann, birk = "ann@kvist.example", "birk@kvist.example"
for row in [(1, ann, read("odd")), (2, birk, read("odd")), (3, ann, read("out")), (4, ann, None), (5, ann, read("long"))]:
    table.execute("insert into message values (?, ?, ?)", row)
table.commit()
"#;
    dovecot::ran(
        Command::new("python3")
            .args(["-c", fill])
            .arg(place.0.path()),
    );
    // Whoever checked the repository out may have left it to a group.
    let example =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/examples/mail_from_sqlite.py");
    let own = place.path("mail_from_sqlite.py");
    fs::copy(example, &own).unwrap();
    fs::set_permissions(&own, PermissionsExt::from_mode(0o755)).unwrap();
    let before = fs::read(&database).unwrap();
    let program = place.opened(&format!("program = {own:?}\narguments = [{database:?}]"));
    let program = program.unwrap();
    let (examined, taken) = search(&program, "ann").unwrap().unwrap();
    assert_eq!(examined, 3);
    assert_eq!(Vec::from_iter(taken.items.keys()), ["row 1", "row 5"]);
    assert!(taken.items["row 1"] == odd && taken.items["row 5"] == long);
    assert_eq!(taken.reviews["row 4"], "the row holds no bytes");
    assert!(search(&program, "nobody").unwrap().is_none());
    assert!(fs::read(&database).unwrap() == before);
}

/// The line that announces a message of so many bytes.
fn announced(account: &str, length: usize) -> String {
    format!(
        "printf '{{\"message\":{{\"account\":\"{account}@kvist.example\",\"place\":\"p\",\"length\":{length}}}}}\\n'"
    )
}

const MESSAGE: &str = r"printf 'Date: Thu, 15 Jan 2026 12:00:00 +0100\n\n12345\n\n'";

fn end(messages: u64, unread: u64) -> String {
    format!("printf '{{\"end\":{{\"messages\":{messages},\"unread\":{unread}}}}}\\n'")
}

#[test]
fn half_an_answer_or_a_wrong_one_fails_the_search() {
    let place = Place::new();
    let one = format!("{}; {MESSAGE}", announced("ann", 45));
    let right = place.program(&format!("{one}; {}", end(1, 0)), "").unwrap();
    let (_, taken) = search(&right, "ann").unwrap().unwrap();
    assert_eq!(taken.items["p"].len(), 45);
    for (does, says) in [
        ("true".to_owned(), "in the middle"),
        (one.clone(), "in the middle"),
        (format!("{one}; exit 3"), "status 3"),
        (
            format!("{one}; {}; echo broken >&2; exit 3", end(1, 0)),
            "broken",
        ),
        (format!("{one}; {}; kill -9 $$", end(1, 0)), "signal 9"),
        (format!("{one}; {}", end(2, 0)), "another number"),
        (format!("{one}; {}", end(1, 1)), "another number"),
        (
            format!("{one}; {}; {one}", end(1, 0)),
            "more than it should",
        ),
        (
            format!("{}; {MESSAGE}; {}", announced("birk", 45), end(1, 0)),
            "another account",
        ),
        (
            format!("{}; {MESSAGE}; {}", announced("ann", 43), end(1, 0)),
            "another length",
        ),
        (
            format!("{}; {MESSAGE}; {}", announced("ann", 47), end(1, 0)),
            "another length",
        ),
        (
            format!("{}; {MESSAGE}", announced("ann", 4700)),
            "in the middle",
        ),
        (announced("ann", 300 << 20), "more than it may give"),
        (
            format!("{one}; printf '{{\"no-account\":{{}}}}\\n'"),
            "not there",
        ),
        ("echo '{\"records\":{}}'".to_owned(), "none of the protocol"),
        (
            "echo '{\"end\":{\"messages\":0,\"unread\":0,\"x\":1}}'".to_owned(),
            "none of the protocol",
        ),
        (
            "printf '%s\\n' '{\"unread\":{\"place\":\"a\\nb\",\"why\":\"x\"}}'".to_owned(),
            "short line",
        ),
        ("cat /dev/zero".to_owned(), "too long"),
        ("yes".to_owned(), "none of the protocol"),
    ] {
        let program = place.program(&does, "").unwrap();
        let error = failed(&program);
        assert!(error.to_string().contains(says), "{does}: {error}");
    }
    let much = format!(
        "{}; head -c 900000 /dev/zero; echo; {}",
        announced("ann", 900_000),
        announced("ann", 900_000)
    );
    let error = failed(&place.program(&much, "most_mebibytes = 1").unwrap());
    assert!(
        error.to_string().contains("more than it may give"),
        "{error}"
    );
}

#[test]
fn a_program_that_hangs_is_ended_with_its_group() {
    let place = Place::new();
    let one = format!("{}; {MESSAGE}", announced("ann", 45));
    for does in [
        "sleep 600".to_owned(),
        format!("{one}; sleep 600"),
        // It ends, and another that it started keeps its output open.
        format!("{one}; {}; sleep 600 &", end(1, 0)),
        "trap '' TERM INT HUP; sleep 600".to_owned(),
        // One that left the group keeps it open, and its end is not waited for.
        format!("{one}; {}; setsid sleep 20 &", end(1, 0)),
        format!("{one}; {}; exec >&-; sleep 600", end(1, 0)),
    ] {
        let begun = Instant::now();
        let does = format!("echo $$ > /dev/null; {does}");
        let error = failed(&place.program(&does, "silence_seconds = 1").unwrap());
        assert!(
            error.to_string().contains("too long and was ended"),
            "{does}: {error}"
        );
        assert!(error.retryable() && begun.elapsed() < Duration::from_secs(20));
    }
}

#[test]
fn a_program_has_no_network_no_file_to_write_and_nothing_of_the_agents_environment() {
    let place = Place::new();
    let tried = r#"exec python3 - <<'END'
import os, socket, sys
from pathlib import Path
did = []
def could(what, how):
    try:
        how()
        did.append(what)
    except OSError:
        pass
could("tcp", lambda: socket.socket(socket.AF_INET))
could("tcp6", lambda: socket.socket(socket.AF_INET6))
could("udp", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
could("netlink", lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW))
could("local", lambda: socket.socket(socket.AF_UNIX))
could("nothing", lambda: open("/dev/null", "w"))
could("write", lambda: Path("PLACE/written").write_text("x"))
could("environment", lambda: None if set(os.environ) - {"PATH", "LC_ALL", "PWD", "_", "SHLVL", "OLDPWD"} else os.stat("/nowhere"))
sys.exit(" ".join(did))
END"#;
    let tried = tried.replace("PLACE", place.0.path().to_str().unwrap());
    let said = |more: &str| {
        let error = failed(&place.program(&tried, more).unwrap()).to_string();
        let did = error
            .split("status 1: ")
            .nth(1)
            .unwrap()
            .split(';')
            .next()
            .unwrap();
        did.to_owned()
    };
    let landlock = Ruleset::default()
        .set_compatibility(CompatLevel::HardRequirement)
        .handle_access(AccessFs::WriteFile)
        .and_then(Ruleset::create)
        .is_ok();
    let (shut, open) = (said(""), said("network = true"));
    println!("shut in: {shut}; with the network: {open}; Landlock: {landlock}");
    let write = if landlock { "" } else { " write" };
    assert_eq!(shut, format!("local nothing{write}"));
    assert_eq!(open, format!("tcp tcp6 udp netlink local nothing{write}"));
    assert_eq!(place.path("written").exists(), !landlock);
    // The one that started it is not shut in.
    std::net::TcpListener::bind("127.0.0.1:0").unwrap();
}

#[test]
fn a_program_that_others_can_change_is_not_run() {
    let place = Place::new();
    let file = place.path("program");
    drop(place.program("true", ""));
    fs::set_permissions(&file, PermissionsExt::from_mode(0o777)).unwrap();
    for (settings, field) in [
        (format!("program = {file:?}"), "program"),
        ("program = \"nowhere\"".to_owned(), "program"),
        (format!("program = {file:?}\nshell = true"), "shell"),
    ] {
        let Err(error) = place.opened(&settings) else {
            panic!("opened: {settings}")
        };
        assert!(
            error.to_string().contains(&format!("field `{field}`")),
            "{error}"
        );
    }
    let Err(error) = place.program("true", "silence_seconds = 0") else {
        panic!("opened")
    };
    assert!(error.to_string().contains("silence_seconds"), "{error}");
}
