//! An agent on another machine: it shares no directory with the desk, and reaches the exchange and the log over HTTPS.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::by_hand::Hand;
use crate::support::{ended, entries, name};

/// A program that runs until it is stopped or this value drops.
pub struct Running {
    child: Child,
    out: BufReader<std::process::ChildStdout>,
    said: Value,
}

impl Running {
    /// Starts it; its first lines are what it says as JSON.
    pub fn new(hand: &Hand, arguments: &[&str]) -> Self {
        Self::of(hand.command("olof").arg("--json").args(arguments))
    }

    /// The same of a command that says so.
    pub fn of(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        while !said.trim_end().ends_with('}') {
            assert_ne!(out.read_line(&mut said).unwrap(), 0, "{said}");
        }
        let said = serde_json::from_str(&said).unwrap();
        Self { child, out, said }
    }

    pub fn address(&self, scheme: &str) -> String {
        let at = self.said["listening"].as_str().unwrap();
        let port = at.rsplit_once(':').unwrap().1;
        format!("{scheme}://localhost:{port}")
    }

    /// Asks it to stop, and waits until it did. What it said last, and how it ended.
    pub fn stopped(mut self) -> (String, ExitStatus) {
        let id = self.child.id().to_string();
        ended(Command::new("kill").args(["-TERM", &id])).ok();
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        (rest, self.child.wait().unwrap())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An authority that vouches for a server on this machine: `ca.pem`, `server.pem`, `server.key`.
pub fn certificates(hand: &Hand) {
    certificates_for(hand, "", "DNS:localhost");
}

/// The same for a server of that name, in a folder.
pub fn certificates_for(hand: &Hand, folder: &str, server_name: &str) {
    let at = |file: &str| hand.path(&format!("{folder}{file}"));
    let make = |arguments: &[&str]| {
        let curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
        let mut command = Command::new("openssl");
        command.args(["req", "-x509", "-nodes", "-days", "7"]);
        ended(command.args(curve).args(arguments)).ok();
    };
    let (ca, ca_key) = (at("ca.pem"), at("ca.key"));
    make(&["-subj", "/CN=ca", "-keyout", &ca_key, "-out", &ca]);
    let (server, key) = (at("server.pem"), at("server.key"));
    make(&[
        "-CA",
        &ca,
        "-CAkey",
        &ca_key,
        "-subj",
        "/CN=localhost",
        "-addext",
        &format!("subjectAltName={server_name}"),
        "-addext",
        "basicConstraints=critical,CA:FALSE",
        "-keyout",
        &key,
        "-out",
        &server,
    ]);
    fs::set_permissions(key, fs::Permissions::from_mode(0o600)).unwrap();
}

pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Moves the agent of Stockholm to a machine of its own, as far as directories go; its settings say what is replaced.
pub fn move_away(hand: &Hand, settings: &[(&str, &str)]) -> String {
    move_away_to(hand, "stockholm", "far", settings)
}

/// The same of any region, to a directory of that name.
pub fn move_away_to(hand: &Hand, region: &str, to: &str, settings: &[(&str, &str)]) -> String {
    let from = hand.path(&format!("provider/agents/{region}"));
    fs::rename(from, hand.path(to)).unwrap();
    set_in(hand, to, settings)
}

/// Gives lines of its settings another value.
fn set(hand: &Hand, settings: &[(&str, &str)]) -> String {
    set_in(hand, "far", settings)
}

fn set_in(hand: &Hand, directory: &str, settings: &[(&str, &str)]) -> String {
    let file = format!("{directory}/agent.toml");
    let text = fs::read_to_string(hand.path(&file)).unwrap();
    let line = |line: &str| {
        let field = line.split(" = ").next().unwrap();
        let new = settings.iter().find(|(name, _)| *name == field);
        new.map_or_else(
            || line.to_owned(),
            |(_, value)| format!("{field} = \"{value}\""),
        )
    };
    let mut lines: Vec<_> = text.lines().map(line).collect();
    if !text.contains("certificates = ") {
        lines.insert(0, "certificates = \"../ca.pem\"".into());
    }
    hand.write(&file, lines.join("\n") + "\n")
}

/// The answers of the agent that lie at the exchange.
fn answers(hand: &Hand) -> Vec<PathBuf> {
    let out = PathBuf::from(hand.path("provider/exchange/stockholm/out"));
    let mut all = if out.exists() { entries(&out) } else { vec![] };
    all.retain(|file| name(file) != "beat");
    all
}

pub fn until(what: &str, is_so: impl FnMut() -> bool) {
    within(Duration::from_secs(90), what, is_so);
}

/// Waits until something is so, at most that long.
pub fn within(most: Duration, what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < most, "{what}");
        sleep(Duration::from_millis(100));
    }
}

/// A case whose mandate two people signed, on its way to the agent.
pub fn signed(hand: &Hand) -> String {
    let case = hand.decided();
    hand.approve(&case, "olof").ok();
    hand.approve(&case, "maja").ok();
    case
}

#[test]
fn a_demand_goes_its_whole_way_over_tls_to_an_agent_that_came_in_with_a_token() {
    let hand = Hand::ready();
    certificates(&hand);
    let (server, key) = (hand.path("server.pem"), hand.path("server.key"));
    let tls = ["--certificate", &server, "--key", &key];
    let port = free_port();
    let origin = format!("https://localhost:{port}");
    hand.json(&["exchange", "new", "--origin", &origin]);
    // A server that may write nothing else finds all that it writes to, and nobody else gets there.
    for directory in ["exchange", "exchange/stockholm", "invited", "enrolled"] {
        let about = fs::metadata(hand.path(&format!("provider/{directory}"))).unwrap();
        assert_eq!(about.permissions().mode() & 0o777, 0o700, "{directory}");
    }
    // The agent's key is not known there at first.
    let text = fs::read_to_string(hand.path("provider/exchange.toml")).unwrap();
    let known: String = text
        .lines()
        .filter(|line| !(line.starts_with("agent = ") && line.contains("/stockholm")))
        .map(|line| format!("{line}\n"))
        .collect();
    assert_ne!(known, text);
    hand.write("provider/exchange.toml", known);
    let listen = format!("127.0.0.1:{port}");
    let serve = [&["exchange", "serve", "--listen", &listen][..], &tls].concat();
    let exchange = Running::new(&hand, &serve);
    assert_eq!(
        (&exchange.said["regions"], &exchange.said["agents"]),
        (&2.into(), &1.into())
    );
    let serve = [&["log", "serve", "--listen", "127.0.0.1:0"][..], &tls].concat();
    let log = Running::new(&hand, &serve);
    let config = move_away(&hand, &[("desk", &origin), ("log", &log.address("https"))]);

    let refused = hand.anywhere(&["agent", "run", "--config", &config]);
    assert_eq!(refused.code, Some(1), "{}", refused.out);
    assert!(
        refused.err.contains("does not know this agent's key"),
        "{}",
        refused.err
    );
    let invited = hand.json(&["exchange", "invite", "stockholm"]);
    let token = invited["token"].as_str().unwrap();
    let enrol = [
        "--json", "agent", "enrol", "--config", &config, "--token", token,
    ];
    // Where the exchange cannot write, that is no word about the token, and does not use it up.
    let enrolled = hand.path("provider/enrolled");
    fs::remove_dir(&enrolled).unwrap();
    std::os::unix::fs::symlink("/proc/nowhere", &enrolled).unwrap();
    let failed = hand.anywhere(&enrol);
    assert_eq!(failed.code, Some(1), "{}", failed.out);
    assert!(
        failed.err.contains("something failed there"),
        "{}",
        failed.err
    );
    fs::remove_file(&enrolled).unwrap();
    let came_in = hand.anywhere(&enrol).ok().json();
    // Both sides read the same words.
    let listed = hand.json(&["exchange", "agents"]);
    let row = listed
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["region"] == "stockholm");
    assert_eq!(row.unwrap()["words"], came_in["words"]);
    assert_eq!(
        came_in["words"]
            .as_str()
            .unwrap()
            .split_whitespace()
            .count(),
        8
    );
    // Whoever is in hears so again: the answer may have been lost on its way.
    hand.anywhere(&enrol).ok();

    let agent = Running::new(&hand, &["agent", "serve", "--config", &config]);
    until("it is at work", || {
        PathBuf::from(hand.path("provider/exchange/stockholm/out/beat")).is_file()
    });
    let case = signed(&hand);
    until("the mandate is answered", || {
        !answers(&hand).is_empty() && {
            answers(&hand)
                .iter()
                .any(|file| name(file).ends_with(".receipt"))
        }
    });
    let told = hand.json(&["deliver", &case]);
    let package = told["packages"][0].as_str().unwrap();
    assert!(fs::metadata(package).unwrap().len() > 1000, "{told}");
    // It hears that the desk has it, and keeps nothing more of it.
    let sealed = PathBuf::from(hand.path("far/state/sealed"));
    until("the agent is told", || entries(&sealed).is_empty());
    // Counsel is not kept waiting by an agent that is served.
    hand.anywhere(&["agent", "review", "--config", &config])
        .ok();
    let (said, ended) = agent.stopped();
    assert!(ended.success(), "{ended} {said}");
    assert!(said.contains("\"outcome\": \"carried out\""), "{said}");
    let policy = fs::read_to_string(hand.path("far/log.policy")).unwrap();
    let log = policy.lines().find_map(|line| line.strip_prefix("log "));
    let copy = hand.path("far/state/log");
    let verify = ["log", "verify", "--log", &copy, "--key", log.unwrap()];
    let copied = hand.anywhere(&verify).ok();
    assert!(copied.out.contains("is whole"), "{}", copied.out);
    // One run does it as well.
    let ran = hand
        .anywhere(&["--json", "agent", "run", "--config", &config])
        .ok();
    assert_eq!(ran.json().as_array().map(Vec::len), Some(0));
}

#[test]
fn while_the_log_cannot_be_fetched_nothing_is_produced_and_a_server_that_nobody_vouches_for_is_none()
 {
    let hand = Hand::ready();
    certificates(&hand);
    let port = free_port();
    let origin = format!("http://localhost:{port}");
    hand.json(&["exchange", "new", "--origin", &origin]);
    let listen = format!("127.0.0.1:{port}");
    let _exchange = Running::new(&hand, &["exchange", "serve", "--listen", &listen]);
    let gone = format!("http://localhost:{}", free_port());
    let config = move_away(&hand, &[("desk", &origin), ("log", &gone)]);
    signed(&hand);
    // Mandates name accounts.
    let mode = |file: &Path| fs::metadata(file).unwrap().permissions().mode() & 0o777;
    let inbox = PathBuf::from(hand.path("provider/exchange/stockholm/in"));
    assert_eq!(mode(&inbox), 0o700);
    let left = entries(&inbox);
    assert!(left.len() >= 2, "{left:?}");
    for file in left {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    let run = || hand.anywhere(&["--json", "agent", "run", "--config", &config]);
    let refused = run();
    assert_eq!(refused.code, Some(4), "{} {}", refused.out, refused.err);
    assert_eq!(refused.json()[0]["outcome"]["code"], "log");
    assert!(
        !refused.json()[0]["outcome"]["refused"]
            .as_str()
            .unwrap()
            .contains("localhost")
    );
    assert!(
        answers(&hand)
            .iter()
            .all(|file| name(file).ends_with(".refusal"))
    );
    // A certificate for which somebody else vouches is none.
    let (server, key) = (hand.path("server.pem"), hand.path("server.key"));
    let serve = [
        "log",
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--certificate",
        &server,
        "--key",
        &key,
    ];
    let log = Running::new(&hand, &serve);
    fs::create_dir(hand.path("others")).unwrap();
    certificates_for(&hand, "others/", "DNS:localhost");
    set(
        &hand,
        &[
            ("log", &log.address("https")),
            ("certificates", "../others/ca.pem"),
        ],
    );
    let refused = run();
    assert_eq!(refused.json()[0]["outcome"]["code"], "log");
    set(&hand, &[("certificates", "../ca.pem")]);
    let done = run().ok().json();
    assert!(!done[0]["outcome"]["produced"].is_null(), "{done}");
}

/// Whether the agent sent a receipt for so many mandates.
fn receipts(hand: &Hand, count: usize) -> bool {
    let answers = answers(hand);
    let sent = answers
        .iter()
        .filter(|file| name(file).ends_with(".receipt"));
    sent.count() == count
}

#[test]
fn an_agent_that_is_served_goes_on_when_its_exchange_comes_back() {
    let hand = Hand::ready();
    certificates(&hand);
    let port = free_port();
    let origin = format!("http://localhost:{port}");
    hand.json(&["exchange", "new", "--origin", &origin]);
    let log = Running::new(&hand, &["log", "serve", "--listen", "127.0.0.1:0"]);
    let config = move_away(&hand, &[("desk", &origin), ("log", &log.address("http"))]);
    // It begins before there is anybody to ask.
    let agent = Running::new(&hand, &["agent", "serve", "--config", &config]);
    let listen = format!("127.0.0.1:{port}");
    let serve = ["exchange", "serve", "--listen", &listen];
    let exchange = Running::new(&hand, &serve);
    signed(&hand);
    until("the first is answered", || receipts(&hand, 1));
    drop(exchange);
    hand.write("demand.toml", hand.demand("the next"));
    signed(&hand);
    let _exchange = Running::new(&hand, &serve);
    until("the second is answered", || receipts(&hand, 2));
    let (said, ended) = agent.stopped();
    assert!(ended.success(), "{ended} {said}");
    // Each was carried out once.
    assert_eq!(
        said.matches("\"outcome\": \"carried out\"").count(),
        2,
        "{said}"
    );
}

#[test]
fn an_agent_beside_the_desk_is_served_over_their_directory() {
    let hand = Hand::ready();
    let agent = Running::new(&hand, &["agent", "serve", "--region", "stockholm"]);
    let case = signed(&hand);
    until("it is answered", || receipts(&hand, 1));
    let told = hand.json(&["deliver", &case]);
    assert_eq!(told["packages"].as_array().map(Vec::len), Some(1), "{told}");
    let (said, ended) = agent.stopped();
    assert!(ended.success(), "{ended} {said}");
    // Of several nobody chooses by chance.
    let which = hand.run(&["agent", "serve"]);
    assert_eq!(which.code, Some(1), "{}", which.out);
    assert!(which.err.contains("--region"), "{}", which.err);
}

/// A store that answers once there is a file `go` beside it, and has nothing.
const SLOW: &str = r#"#!/usr/bin/python3
import os, sys, time
sys.stdin.readline()
while not os.path.exists(os.path.join(os.path.dirname(sys.argv[0]), "go")):
    time.sleep(0.1)
print('{"end":{"messages":0,"unread":0}}', flush=True)
"#;

/// Whether a program with this file is running.
fn is_running(file: &str) -> bool {
    let processes = entries(std::path::Path::new("/proc")).into_iter();
    let mut commands = processes.filter_map(|one| fs::read(one.join("cmdline")).ok());
    commands.any(|one| String::from_utf8_lossy(&one).contains(file))
}

#[test]
fn an_agent_that_is_asked_to_stop_finishes_the_mandate_that_it_works_on_and_begins_no_other() {
    let hand = Hand::ready();
    let here = hand.path("provider/agents/stockholm/own");
    fs::create_dir(&here).unwrap();
    let program = format!("{here}/program");
    fs::write(&program, SLOW).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let source = format!(
        "\n[[source]]\nkind = \"program\"\nid = \"program\"\nprogram = {program:?}\nsilence_seconds = 60\n"
    );
    hand.append("provider/agents/stockholm/agent.toml", &source);
    // Two wait for it when it begins.
    let first = signed(&hand);
    hand.write("demand.toml", hand.demand("the next"));
    let second = signed(&hand);
    let agent = Running::new(&hand, &["agent", "serve", "--region", "stockholm"]);
    until("its store is read", || is_running(&program));
    let id = agent.child.id().to_string();
    ended(Command::new("kill").args(["-TERM", &id])).ok();
    sleep(Duration::from_secs(2));
    assert!(is_running(&program), "it goes on with what it began");
    assert!(receipts(&hand, 0));
    fs::write(format!("{here}/go"), "").unwrap();
    let (said, how) = agent.stopped();
    assert!(how.success(), "{how} {said}");
    assert_eq!(
        said.matches("\"outcome\": \"carried out\"").count(),
        1,
        "{said}"
    );
    assert!(receipts(&hand, 1));
    // What it did not begin waits, and is carried out once when it is started again.
    hand.json(&["agent", "run", "--region", "stockholm"]);
    assert!(receipts(&hand, 2));
    for case in [first, second] {
        let told = hand.json(&["deliver", &case]);
        assert_eq!(told["packages"].as_array().map(Vec::len), Some(1), "{told}");
    }
}
