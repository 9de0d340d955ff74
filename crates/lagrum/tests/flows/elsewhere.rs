//! Nothing of what an agent reads lies anywhere but in its own directory, whatever is packed, large or
//! withheld: the files that it has open for writing are looked at while it works.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::by_hand::Hand;
use crate::support::{ended, name};
use crate::world::{Account, Came, Order, REGION, World};

const ALDER: &str = "alder@kvist.example";

const HEADER: &str =
    "From: fir@kvist.example\nDate: Mon, 9 Mar 2026 12:00:00 +0000\nSubject: large\n\n";

/// Longer than what is kept in memory.
const LARGE: usize = 24 << 20;

/// Lays a store out in which everything has to be unpacked, and much of it.
fn lay_out(store: &Path) {
    let text = "a line of a large message, as long as others are\n".repeat(LARGE / 50);
    let mailbox = format!(
        "From fir@kvist.example Mon Mar  9 12:00:00 2026\n{HEADER}{text}\n\
         From fir@kvist.example Mon Mar  9 12:00:00 2026\nSubject: without a date\n\n{text}"
    );
    for folder in ["maildir/cur", "maildir/new"] {
        fs::create_dir_all(store.join(folder)).unwrap();
    }
    fs::write(store.join("box"), mailbox).unwrap();
    fs::write(
        store.join("maildir/cur/1.M1.h:2,S"),
        format!("{HEADER}{text}"),
    )
    .unwrap();
    for file in ["box", "maildir/cur/1.M1.h:2,S"] {
        let file = store.join(file);
        ended(Command::new("gzip").arg("-1").arg(&file)).ok();
        let packed = format!("{}.gz", file.display());
        if !file.ends_with("box") {
            fs::rename(packed, file).unwrap();
        }
    }
    let lines = "{\"time\": \"2026-03-09T12:00:00Z\", \"account\": \"alder@kvist.example\"}\n";
    fs::write(store.join("l.jsonl"), lines.repeat(1000)).unwrap();
}

/// The files that a process has open for writing, as the kernel names them.
fn open_for_writing(process: &Child) -> Vec<PathBuf> {
    let process = PathBuf::from(format!("/proc/{}", process.id()));
    let Ok(open) = fs::read_dir(process.join("fd")) else {
        return vec![];
    };
    let written = |fd: &PathBuf| {
        let about = fs::read_to_string(process.join("fdinfo").join(name(fd))).unwrap_or_default();
        let flags = about.lines().find_map(|line| line.strip_prefix("flags:"));
        // The last digit: 1 for writing, 2 for both (open(2)).
        flags.is_some_and(|flags| flags.trim().ends_with(['1', '2']))
    };
    let fds = open.flatten().map(|entry| entry.path());
    fds.filter(written)
        .filter_map(|fd| fs::read_link(fd).ok())
        .filter(|file| file.is_absolute() && !file.starts_with("/dev/null"))
        .collect()
}

#[test]
fn an_agent_writes_what_it_reads_into_its_own_directory_and_nowhere_else() {
    let known = Account {
        address: ALDER.into(),
        aliases: vec![],
    };
    let world = World::new(&Hand::people(), &[known]);
    let store = PathBuf::from(world.hand.path("store"));
    lay_out(&store);
    let place = store.display();
    world.append_to_agent(&format!(
        "[[source]]\nkind = \"mbox\"\nid = \"old\"\nroot = \"{place}\"\n\
         [source.accounts]\n\"{ALDER}\" = \"box.gz\"\n\
         [[source]]\nkind = \"maildir\"\nid = \"mail\"\nroot = \"{place}\"\n\
         [source.accounts]\n\"{ALDER}\" = \"maildir\"\n\
         [[source]]\nkind = \"access-log-jsonl\"\nid = \"logins\"\npaths = [\"{place}/l.jsonl\"]\n\
         account_field = \"account\"\ntime_field = \"time\"\ntime_format = \"rfc3339\"\n\
         [source.fields]\ntraffic = [\"time\"]\n"
    ));
    let order = Order {
        accounts: vec![ALDER.into()],
        categories: vec!["content".into(), "traffic".into()],
        from: "2026-03-01T00:00:00Z".into(),
        until: "2026-04-01T00:00:00Z".into(),
    };
    let mut came = Came::default();
    world.release(&[order], &mut came).expect("a mandate");
    let mut command = world.hand.command("olof");
    command
        .args(["--json", "agent", "run", "--region", REGION])
        // What asks for the system's temporary directory fails.
        .env("TMPDIR", "/proc/no-such-directory")
        .env("SQLITE_TMPDIR", "/proc/no-such-directory")
        .stdout(Stdio::piped());
    let mut process = command.spawn().unwrap();
    let mut written = BTreeSet::new();
    while process.try_wait().unwrap().is_none() {
        written.extend(open_for_writing(&process));
    }
    let ran = process.wait_with_output().unwrap();
    let told = String::from_utf8(ran.stdout).unwrap();
    assert!(
        ran.status.success() && told.contains("\"produced\""),
        "{told}"
    );
    let own = world.provider().join("agents").join(REGION).join("state");
    let exchange = world.provider().join("exchange").join(REGION);
    let is_own = |file: &&PathBuf| file.starts_with(&own);
    assert!(written.iter().any(|file| is_own(&file)), "{written:?}");
    // What passes to the desk is sealed or signed; the lock and the mark lie beside the key.
    let keys = world.provider().join("agents").join(REGION);
    let elsewhere: Vec<_> = written
        .iter()
        .filter(|file| !is_own(file) && !file.starts_with(&exchange))
        .filter(|file| file.parent() != Some(&keys))
        .filter(|file| !file.to_string_lossy().contains("pipe:"))
        .collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
}
