//! An agent that shuts itself in, tried from inside: by code that is loaded into its process and runs in a thread that
//! was started after it shut itself in (`shut_in.c`).

use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::Duration;

use tempfile::TempDir;

use crate::by_hand::Hand;
use crate::far_agent::{Running, until};
use crate::support::{Ran, ended, scratch};

const AGENT: &str = "provider/agents/stockholm";

/// What the probe tries that an agent has no need of.
const TRIES: [&str; 20] = [
    "make",
    "write",
    "empty",
    "directory",
    "link",
    "move",
    "remove",
    "port",
    "listen",
    "run",
    "signal",
    "attach",
    "memory",
    "namespace",
    "mount",
    "ring",
    "keys",
    "bpf",
    "clone3",
    "ptrace-x32",
];

/// What it tries that an agent does.
const OWN: [&str; 7] = [
    "read",
    "own",
    "own-directory",
    "own-move",
    "own-remove",
    "nothing",
    "named-port",
];

/// The probe, compiled once.
fn probe() -> &'static Path {
    static PROBE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, library) = PROBE.get_or_init(|| {
        let place = scratch();
        let library = place.path().join("probe.so");
        let mut compiler = Command::new("cc");
        compiler
            .args(["-shared", "-fPIC", "-Wall", "-Werror", "-o"])
            .arg(&library)
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/flows/shut_in.c"))
            .args(["-ldl", "-lpthread"]);
        ended(&mut compiler).ok();
        (place, library)
    });
    library
}

/// A provider whose agent in Stockholm has the probe in its process, and what the probe needs.
struct Probed {
    hand: Hand,
    named: TcpListener,
    other: TcpListener,
    bystander: Child,
}

impl Drop for Probed {
    fn drop(&mut self) {
        let _ = self.bystander.kill();
        let _ = self.bystander.wait();
    }
}

impl Probed {
    fn new() -> Self {
        let hand = Hand::ready();
        let listener = || TcpListener::bind("127.0.0.1:0").expect("a port");
        let bystander = Command::new("sleep")
            .arg("600")
            .stdin(Stdio::null())
            .spawn();
        Self {
            hand,
            named: listener(),
            other: listener(),
            bystander: bystander.expect("a process"),
        }
    }

    fn settings(&self) -> String {
        fs::read_to_string(self.hand.path(&format!("{AGENT}/agent.toml"))).expect("settings")
    }

    /// Puts a line before the tables of agent.toml, and tables behind them.
    fn set(&self, first: &str, last: &str) {
        let text = format!("{first}\n{}{last}", self.settings());
        self.hand.write(&format!("{AGENT}/agent.toml"), text);
    }

    /// A source on a mail server at the port that is named.
    fn mail_server(&self, port: u16) -> String {
        let password = self.hand.write(&format!("{AGENT}/imap.password"), "secret");
        fs::set_permissions(password, PermissionsExt::from_mode(0o600)).expect("set");
        format!(
            "\n[[source]]\nkind = \"imap\"\nid = \"server-{port}\"\nserver = \"127.0.0.1\"\nport = {port}\nplain = true\nmaster = \"lagrum\"\npassword_file = \"imap.password\"\n"
        )
    }

    /// The agent's command with the probe, which writes to the file of this name.
    fn command(&self, out: &str, what: &str) -> Command {
        let other = self.hand.path(&format!("other-{out}"));
        fs::create_dir(&other).expect("made");
        for file in ["kept", "emptied"] {
            fs::write(format!("{other}/{file}"), "as it was").expect("written");
        }
        let port =
            |listener: &TcpListener| listener.local_addr().expect("bound").port().to_string();
        let mut command = self.hand.command("olof");
        command
            .env("LD_PRELOAD", probe())
            .env("PROBE_OUT", self.hand.path(out))
            .env("PROBE_OWN", self.hand.path(&format!("{AGENT}/state")))
            .env("PROBE_OTHER", other)
            .env("PROBE_NAMED", port(&self.named))
            .env("PROBE_PORT", port(&self.other))
            .env("PROBE_PID", self.bystander.id().to_string())
            .args(["--json", "agent", what, "--region", "stockholm"]);
        command
    }

    /// What the probe wrote.
    fn told(&self, out: &str) -> BTreeMap<String, String> {
        let text = fs::read_to_string(self.hand.path(out)).unwrap_or_default();
        let pairs = text.lines().filter_map(|line| line.split_once(' '));
        pairs
            .map(|(what, how)| (what.to_owned(), how.to_owned()))
            .collect()
    }

    /// Serves the agent until the probe has tried all. What it wrote.
    fn served(&self, out: &str) -> BTreeMap<String, String> {
        let agent = Running::of(&mut self.command(out, "serve"));
        until("all is tried", || self.told(out).contains_key("end"));
        let (_, how) = agent.stopped();
        assert!(how.success(), "{how}");
        self.told(out)
    }

    /// Runs the agent once.
    fn run(&self, out: &str, more: &[(&str, &str)]) -> Ran {
        ended(self.command(out, "run").envs(more.iter().copied()))
    }
}

#[test]
fn what_its_settings_do_not_name_an_agent_cannot_do_not_even_in_a_thread_that_was_started_later() {
    let probed = Probed::new();
    let port = probed.named.local_addr().expect("bound").port();
    let (as_made, with_port) = (probed.settings(), probed.mail_server(port));
    // Not shut in, all of it is possible: so each try is one that counts.
    probed.set("confine = \"off\"", &with_port);
    let free = probed.served("free");
    println!("free: {free:?}");
    let possible: Vec<_> = TRIES
        .into_iter()
        .filter(|what| free.get(*what).is_some_and(|how| how == "ok"))
        .collect();
    let roots: &[_] = if is_root() {
        &["attach", "memory", "mount", "namespace"]
    } else {
        &[]
    };
    for what in [
        "make", "write", "empty", "move", "port", "listen", "run", "signal",
    ]
    .iter()
    .chain(roots)
    {
        assert!(
            possible.contains(what),
            "{what} is not possible anyway: {free:?}"
        );
    }
    // What is asked of it with nothing is wrong, where it is answered at all.
    assert_eq!(free["clone3"], "EINVAL");

    let file = format!("{AGENT}/agent.toml");
    probed.hand.write(&file, format!("{as_made}{with_port}"));
    let shut = probed.served("shut");
    println!("shut in: {shut:?}");
    for what in OWN {
        assert_eq!(shut[what], "ok", "{what}: {shut:?}");
    }
    // Where the kernel is older, less is taken away; what that is, its version says.
    let landlock: u32 = shut["landlock"].parse().expect("a version");
    println!("Landlock of this kernel: version {landlock}");
    for what in possible {
        let since = match what {
            "make" | "write" | "directory" | "link" | "move" | "remove" | "run" => 2,
            "empty" => 3,
            "port" | "listen" => 4,
            "signal" => 6,
            _ => 0,
        };
        if landlock >= since {
            assert!(
                matches!(shut[what].as_str(), "EACCES" | "EPERM" | "EXDEV"),
                "{what}: {shut:?}"
            );
        }
    }
    assert_eq!(shut["clone3"], "ENOSYS");
    if cfg!(target_arch = "x86_64") {
        assert_eq!(shut["ptrace-x32"], "EPERM");
    }
    if landlock >= 3 {
        let kept = probed.hand.path("other-shut");
        let held = fs::read_dir(&kept).expect("there").count();
        assert_eq!(held, 2, "something was made or removed");
        for file in ["kept", "emptied"] {
            let text = fs::read_to_string(format!("{kept}/{file}")).expect("kept");
            assert_eq!(text, "as it was");
        }
    }

    // Where its settings name no port, there is no network at all.
    probed.hand.write(&file, as_made);
    let alone = probed.served("alone");
    assert_eq!(
        (alone["socket"].as_str(), alone["port"].as_str()),
        ("EPERM", "EPERM"),
        "{alone:?}"
    );
}

#[test]
fn an_agent_that_has_to_be_shut_in_does_not_start_where_it_cannot_be_and_else_says_what_is_missing()
{
    let probed = Probed::new();
    let (file, as_made) = (format!("{AGENT}/agent.toml"), probed.settings());
    // As on a kernel without Landlock.
    let old = [("PROBE_OLD", "1"), ("LAGRUM_LOG", "info")];
    let ran = probed.run("old", &old).ok();
    let missing = "since this system does not have it, or does not let it be given up: files, emptying, devices, tcp, others";
    assert!(ran.err.contains(missing), "{}", ran.err);
    // Where connections are not taken away, no ports are named as if they were.
    let all = ran.err.contains("it can connect to all ports");
    assert!(all, "{}", ran.err);
    assert!(
        ran.err.contains("event=\"not-shut-in\" code=\"files\""),
        "{}",
        ran.err
    );
    assert_eq!(probed.told("old")["make"], "ok");
    assert_eq!(
        probed.told("old")["attach"],
        "EPERM",
        "calls are given up all the same"
    );
    probed.set("confine = \"required\"", "");
    let ran = probed.run("old-required", &old);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(
        ran.err.contains(
            "confine: required: this system does not have, or does not let it give up: files"
        ),
        "{}",
        ran.err
    );
    let whole = probed.told("old-required").contains_key("end");
    assert!(!whole, "it went on");

    // On this kernel, and with all of it.
    let ran = probed.run("required", &[("LAGRUM_LOG", "info")]);
    let landlock: u32 = probed.told("required")["landlock"]
        .parse()
        .expect("a version");
    match landlock {
        6.. => assert!(
            ran.ok().err.contains("event=\"shut-in\" count=0"),
            "ports are counted"
        ),
        _ => {
            println!("Landlock of this kernel: version {landlock}; what is required is not there");
            assert_eq!(ran.code, Some(1), "{}", ran.err);
        }
    }

    // A source that needs more is named, and with it nothing is required.
    let tool = probed
        .hand
        .write(&format!("{AGENT}/tool"), "#!/bin/sh\nexit 1\n");
    fs::set_permissions(&tool, PermissionsExt::from_mode(0o755)).expect("set");
    let dovecot = "\n[[source]]\nkind = \"doveadm\"\nid = \"dovecot\"\nprogram = \"tool\"\n";
    probed.set("", dovecot);
    let ran = probed.run("dovecot-required", &[]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(
        ran.err
            .contains("source `dovecot` needs what would be given up"),
        "{}",
        ran.err
    );
    probed.hand.write(&file, format!("{as_made}{dovecot}"));
    let ran = probed.run("dovecot", &[]).ok();
    let left = "since source `dovecot` needs it: files, emptying, devices, tcp";
    assert!(ran.err.contains(left), "{}", ran.err);
    assert_eq!(probed.told("dovecot")["make"], "ok");
    assert_eq!(probed.told("dovecot")["attach"], "EPERM");

    probed
        .hand
        .write(&file, format!("confine = \"off\"\n{as_made}"));
    let ran = probed.run("off", &[("LAGRUM_LOG", "info")]).ok();
    assert!(ran.err.contains("is not shut in"), "{}", ran.err);
    assert!(
        ran.err.contains("event=\"not-shut-in\" code=\"off\""),
        "{}",
        ran.err
    );
}

#[test]
fn an_agent_that_runs_as_root_says_so() {
    let hand = Hand::ready();
    let ran = hand.run(&["agent", "run"]).ok();
    let root = is_root();
    assert_eq!(ran.err.contains("it runs as root"), root, "{}", ran.err);
}

/// Whether the tests run as root.
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

#[test]
fn settings_that_come_to_name_more_wait_until_the_agent_is_started_again() {
    let probed = Probed::new();
    let agent = Running::of(&mut probed.command("first", "serve"));
    until("all is tried", || probed.told("first").contains_key("end"));
    let beat = PathBuf::from(probed.hand.path("provider/exchange/stockholm/out/beat"));
    until("it is at work", || beat.is_file());
    probed.set("", &probed.mail_server(4));
    // It leaves its word at the beginning of a run, and at the end.
    sleep(Duration::from_secs(3));
    fs::remove_file(&beat).expect("removed");
    // The desk leaves something, and the agent looks.
    let seen = probed.hand.path("provider/exchange/stockholm/in/looked");
    fs::write(&seen, "").expect("written");
    sleep(Duration::from_secs(8));
    assert!(
        !beat.exists(),
        "it worked on with settings of which it needs more"
    );
    let (_, how) = agent.stopped();
    assert!(how.success(), "{how}");
    let again = Running::of(&mut probed.command("again", "serve"));
    until("it is at work again", || beat.is_file());
    again.stopped();
}
