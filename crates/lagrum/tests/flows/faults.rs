//! What breaks in the stores of a region, one thing after another: nothing is produced, the desk reads why, and once it
//! is mended everything is produced, once.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use lagrum_store_postgres::testing::{Server, TestDatabase};
use serde_json::Value;

use crate::by_hand::Hand;
use crate::far_agent::signed;
use crate::objects::moto::Moto;
use crate::servers::dovecot::{Dovecot, PASSWORD};
use crate::support::{answers, entries, name};
use crate::web::browser::clock;

/// What a line to a server does.
#[derive(Clone, Copy, Debug)]
enum Line {
    /// It passes everything on.
    Whole,
    /// It breaks once the server has said so many bytes.
    Breaks(usize),
    /// Nobody hears the server: each request is answered with 503 (RFC 9110, section 15.6.4).
    Busy,
}

/// What stands between an agent and a server.
struct Between {
    port: u16,
    line: Arc<Mutex<Line>>,
}

impl Between {
    fn new(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let line = Arc::new(Mutex::new(Line::Whole));
        let ours = Arc::clone(&line);
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let line = *ours.lock().unwrap();
                std::thread::spawn(move || pass(&client.unwrap(), server, line));
            }
        });
        Self { port, line }
    }

    fn is(&self, line: Line) {
        *self.line.lock().unwrap() = line;
    }
}

fn pass(client: &TcpStream, server: u16, line: Line) {
    let left = match line {
        Line::Whole => usize::MAX,
        Line::Breaks(bytes) => bytes,
        Line::Busy => {
            let (mut client, mut asked) = (client, [0; 4096]);
            let _ = client.read(&mut asked);
            let busy = b"HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            let _ = client.write_all(busy);
            return;
        }
    };
    let server = TcpStream::connect(("127.0.0.1", server)).unwrap();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let _ = std::io::copy(&mut &*client, &mut &server);
            let _ = server.shutdown(Shutdown::Write);
        });
        let said = (&server).take(u64::try_from(left).unwrap());
        let _ = std::io::copy(&mut { said }, &mut &*client);
        let _ = client.shutdown(Shutdown::Both);
        let _ = server.shutdown(Shutdown::Both);
    });
}

/// A date in the period that is asked for, and one behind it.
const DATES: [&str; 2] = ["2026-01-15T12:00:00Z", "2026-02-15T12:00:00Z"];

/// A message for each date.
fn messages(store: &str) -> [String; 2] {
    ["15 Jan 2026", "15 Feb 2026"].map(|day| {
        let long = "a line of a message\n".repeat(500);
        format!("Date: {day} 12:00:00 +0000\nSubject: {store}\n\n{long}")
    })
}

const PROGRAM: &str = r#"#!/usr/bin/python3
import json, os, sys, time
asked = json.loads(sys.stdin.readline())
here = os.path.dirname(sys.argv[0])
said = os.listdir(here)
if "slow" in said:
    time.sleep(60)
out = sys.stdout.buffer
for number in (0, 1):
    text = open(os.path.join(here, str(number)), "rb").read()
    line = {"message": {"account": asked["account"], "place": str(number), "length": len(text)}}
    out.write(json.dumps(line).encode() + b"\n" + text + b"\n")
    if "half" in said:
        sys.exit(0)
out.write(b'{"end":{"messages":2,"unread":0}}\n')
"#;

/// An account whose mail lies in files, on a mail server, in a bucket, in a database and behind a program.
struct Stores {
    hand: Hand,
    agent: PathBuf,
    imap: Between,
    bucket: Between,
    database: TestDatabase,
    server: &'static Server,
    _mail: Dovecot,
    _moto: Moto,
}

impl Stores {
    fn new() -> Option<Self> {
        let moto = Moto::start(None)?;
        let server = match Server::own() {
            Ok(server) => server,
            Err(why) => {
                println!("SKIPPED: {why}");
                return None;
            }
        };
        let hand = Hand::ready().bound_by_modes();
        let agent = PathBuf::from(hand.path("provider/agents/stockholm"));
        let private = |file: &str, text: &str| {
            lagrum_durable::private_file(&agent.join(file), text.as_bytes()).unwrap();
        };
        let mail = Dovecot::start(&[("ann", "maildir:~/Maildir")]);
        for message in messages("imap") {
            mail.save("ann", "INBOX", message.as_bytes());
        }
        private("imap.password", PASSWORD);
        for (date, message) in DATES.iter().zip(messages("s3")) {
            let key = format!("hand.example/ann/{date}");
            moto.put("store", &key, message.as_bytes(), date);
        }
        private("s3.secret", &moto.reader.1);
        fs::create_dir(agent.join("own")).unwrap();
        for (number, message) in messages("program").iter().enumerate() {
            fs::write(agent.join(format!("own/{number}")), message).unwrap();
        }
        let program = agent.join("own/program");
        fs::write(&program, PROGRAM).unwrap();
        fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).unwrap();
        let database = server.database().unwrap();
        let [inside, outside] = DATES;
        database
            .client()
            .batch_execute(&format!(
                "create table people (id int primary key, mail text);
                 create table posts (id int primary key, person int, at timestamptz, body text);
                 insert into people values (1, 'ann@hand.example');
                 insert into posts values (1, 1, '{inside}', 'one'), (2, 1, '{outside}', 'two')"
            ))
            .unwrap();
        let (imap, bucket) = (Between::new(mail.port), Between::new(moto.port));
        hand.append(
            "provider/agents/stockholm/agent.toml",
            &format!(
                r#"
[[source]]
kind = "imap"
id = "imap"
server = "127.0.0.1"
port = {}
plain = true
master = "lagrum"
password_file = "imap.password"
login = "%n"

[[source]]
kind = "s3"
id = "bucket"
endpoint = "http://127.0.0.1:{}"
region = "eu-north-1"
bucket = "store"
access_key = "{}"
secret_file = "s3.secret"
prefix = "%d/%n/"

[[source]]
kind = "program"
id = "program"
program = {program:?}
silence_seconds = 5

[[source]]
kind = "sql"
id = "forum"
database = "{}"
timeout_seconds = 20
account = "select id as account, mail as named from people where mail = :identifier"
[[source.table]]
name = "posts"
category = "content"
columns = ["id", "at", "body"]
key = "person"
row = "id"
date = "at"
"#,
                imap.port,
                bucket.port,
                moto.reader.0,
                database.url()
            ),
        );
        Some(Self {
            hand,
            agent,
            imap,
            bucket,
            database,
            server,
            _mail: mail,
            _moto: moto,
        })
    }

    /// Lets the agent work once; what it says of the one mandate.
    fn runs(&self) -> Value {
        let ran = self
            .hand
            .run(&["--json", "agent", "run", "--region", "stockholm"]);
        let all = ran.json();
        assert_eq!(all.as_array().map(Vec::len), Some(1), "{all}");
        all[0]["outcome"].clone()
    }

    /// Nothing lies there for the desk but the agent's words.
    fn sent_nothing(&self, what: &str) {
        let out = self.hand.path("provider/exchange/stockholm/out");
        let out = answers(Path::new(&out));
        let is_word = |file: &PathBuf| name(file).ends_with(".refusal");
        assert!(out.iter().all(is_word), "{what}: {out:?}");
        let sealed = entries(&self.agent.join("state/sealed"));
        assert!(sealed.is_empty(), "{what}: {sealed:?}");
    }

    /// While something is broken nothing leaves, and the desk is told why in words that name nothing of the region.
    fn breaks(&self, case: &str, code: &str, what: &str) {
        let outcome = self.runs();
        assert_eq!(outcome["code"], code, "{what}: {outcome}");
        let out = entries(Path::new(
            &self.hand.path("provider/exchange/stockholm/out"),
        ));
        let mut answers = out.iter().filter(|file| name(file) != "beat");
        assert!(
            answers.all(|file| name(file).ends_with(".refusal")),
            "{what}: {out:?}"
        );
        assert!(
            entries(&self.agent.join("state/sealed")).is_empty(),
            "{what}"
        );
        self.hand.run(&["settle"]).ok();
        let shown = self.hand.run(&["case", case]).ok().out;
        assert!(
            shown.contains("Not produced:  A store failed."),
            "{what}: {shown}"
        );
        assert!(
            !shown.contains("127.0.0.1") && !shown.contains("socket"),
            "{what}: {shown}"
        );
    }
}

#[test]
fn whatever_breaks_in_a_store_nothing_is_produced_until_it_is_mended_and_then_everything_once() {
    let Some(stores) = Stores::new() else { return };
    let hand = &stores.hand;
    let case = signed(hand);

    let message = stores.agent.join("mail/ann/cur/2:2,S");
    let mode = |mode| fs::set_permissions(&message, PermissionsExt::from_mode(mode)).unwrap();
    mode(0);
    stores.breaks(&case, "source", "a file that cannot be read");
    mode(0o600);
    for bytes in [0, 300, 3000] {
        stores.imap.is(Line::Breaks(bytes));
        stores.breaks(&case, "source", "a mail server that breaks off");
    }
    stores.imap.is(Line::Whole);
    for line in [Line::Busy, Line::Breaks(0), Line::Breaks(700)] {
        stores.bucket.is(line);
        stores.breaks(&case, "source", "storage that is busy or breaks off");
    }
    stores.bucket.is(Line::Whole);
    for how in ["half", "slow"] {
        let flag = stores.agent.join("own").join(how);
        fs::write(&flag, "").unwrap();
        stores.breaks(&case, "source", "a program that gives half, or nothing");
        fs::remove_file(flag).unwrap();
    }
    stores.server.stop_immediately();
    stores.breaks(&case, "source", "a database that is away");
    stores.server.start_again();
    let clock = clock();
    if let Some(clock) = &clock {
        let run = ["agent", "run", "--region", "stockholm"];
        let ran = hand.later(clock, "-25h", "olof", &run);
        assert_eq!(ran.code, Some(1), "{}", ran.out);
        assert!(ran.err.contains("when the clock is right"), "{}", ran.err);
        stores.sent_nothing("a clock of yesterday");
    }

    let outcome = stores.runs();
    assert_eq!(
        (
            &outcome["produced"]["produced"],
            &outcome["produced"]["for_review"]
        ),
        (&7.into(), &1.into()),
        "{outcome}"
    );
    let told = hand.json(&["deliver", &case]);
    let packages = told["packages"].as_array().unwrap();
    assert_eq!(packages.len(), 1, "{told}");
    let (key, to) = (hand.path("police.key"), hand.path("to"));
    let package = packages[0].as_str().unwrap();
    hand.anywhere(&["open", package, "--identity", &key, "--to", &to])
        .ok();
    for store in ["mail", "imap", "bucket", "program"] {
        let items = entries(&Path::new(&to).join("items").join(store));
        let asked = if store == "mail" { 3 } else { 1 };
        assert_eq!(items.len(), asked, "{store}: {items:?}");
    }
    if let Some(clock) = &clock {
        hand.write("demand.toml", hand.demand("the next"));
        signed(hand);
        let run = ["--json", "agent", "run", "--region", "stockholm"];
        let ran = hand.later(clock, "+25h", "olof", &run).ok().json();
        let produced = &ran[0]["outcome"]["produced"];
        assert_eq!(
            (&produced["produced"], &produced["for_review"]),
            (&7.into(), &1.into()),
            "{ran}"
        );
        hand.run(&["settle"]).ok();
        let order = hand.run(&["check"]).out;
        let says = "The clock of the agent in stockholm is ahead";
        assert!(order.contains(says), "{order}");
    }
    drop(stores.database);
}
