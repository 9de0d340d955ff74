//! Against real mail that nobody of this project wrote, and against Python's own readers. Both
//! are looked for at run time; without them a test says so and passes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::Timestamp;
use lagrum_durable::Scratch;
use lagrum_model::{Period, Sha256Digest};
use lagrum_sources::dates::{self, Position, WhyNot};
use lagrum_sources::import::{MailKind, messages_of};

/// The folder with real mail: `mail` below `LAGRUM_SHARED`, or beside the repository.
fn mail() -> Option<PathBuf> {
    let shared = std::env::var_os("LAGRUM_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let mail = shared.join("mail");
    if mail.is_dir() {
        return Some(mail);
    }
    println!("SKIPPED: ../shared/data/mail is not there");
    None
}

/// What Python prints, or nothing where there is no Python.
fn python(script: &str, arguments: &[&Path]) -> Option<String> {
    let run = Command::new("python3")
        .arg("-c")
        .arg(script)
        .args(arguments)
        .output();
    let Ok(output) = run else {
        println!("SKIPPED: the program `python3` is not there");
        return None;
    };
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "python3: {errors}");
    Some(String::from_utf8(output.stdout).expect("ASCII"))
}

fn now() -> Timestamp {
    "2026-09-01T00:00:00Z".parse().expect("an instant")
}

fn all(path: &Path) -> (MailKind, Vec<(String, Vec<u8>)>) {
    let mut messages = Vec::new();
    let kind = messages_of(path, &Scratch::new(&std::env::temp_dir()), &mut |message| {
        let mut bytes = Vec::new();
        message.content.read_to_end(&mut bytes).expect("readable");
        assert_eq!(bytes.len() as u64, message.length);
        messages.push((message.locator.to_owned(), bytes));
        Ok(())
    })
    .expect("mail");
    (kind, messages)
}

/// The header block: everything before the first empty line.
fn header(message: &[u8]) -> &[u8] {
    let mut at = 0;
    for line in message.split_inclusive(|&byte| byte == b'\n') {
        if matches!(line, b"\n" | b"\r\n") {
            break;
        }
        at += line.len();
    }
    &message[..at]
}

#[test]
fn exactly_the_lost_dates_of_the_enron_mail_are_for_a_person_to_decide() {
    let Some(mail) = mail() else { return };
    let (kind, messages) = all(&mail.join("enron-edrm"));
    assert_eq!((kind, messages.len()), (MailKind::EmlFolder, 2183));
    let mut lost = BTreeMap::new();
    for (locator, bytes) in &messages {
        match dates::established(header(bytes), now()) {
            Ok(_) => {}
            Err(WhyNot::BeforeMail) => {
                let raw = dates::raw(header(bytes)).expect("a date");
                let year: String = raw.split_whitespace().nth(3).expect("a year").into();
                *lost.entry(year).or_insert(0) += 1;
            }
            Err(other) => panic!("{locator}: {other}"),
        }
    }
    let years: Vec<_> = lost
        .iter()
        .map(|(year, count)| (year.as_str(), *count))
        .collect();
    assert_eq!(years, [("0002", 834), ("1706", 3), ("1979", 145)]);
}

const MBOX: &str = r#"
import gzip, hashlib, mailbox, shutil, sys, tempfile
for name in sys.argv[1:]:
    with tempfile.NamedTemporaryFile() as plain:
        with (gzip.open if name.endswith(".gz") else open)(name, "rb") as stored:
            shutil.copyfileobj(stored, plain)
        plain.flush()
        box = mailbox.mbox(plain.name, create=False)
        for key in box.keys():
            print(hashlib.sha256(box.get_bytes(key)).hexdigest())
"#;

#[test]
fn mboxes_are_divided_as_python_divides_them_but_for_lines_of_text() {
    let Some(mail) = mail() else { return };
    let mut boxes = vec![mail.join("dovecot-list-2002.mbox.gz")];
    let folder = std::fs::read_dir(mail.join("ponymail")).expect("a folder");
    boxes.extend(folder.map(|entry| entry.expect("an entry").path()));
    boxes.sort();
    for path in &boxes {
        let Some(theirs) = python(MBOX, &[path]) else {
            return;
        };
        let theirs: Vec<_> = theirs.lines().collect();
        let (kind, messages) = all(path);
        assert_eq!(kind, MailKind::Mbox);
        let digest = |bytes: &Vec<u8>| Sha256Digest::of(bytes).to_string();
        let ours: BTreeSet<_> = messages.iter().map(|(_, bytes)| digest(bytes)).collect();
        let known: BTreeSet<_> = theirs.iter().map(|digest| (*digest).to_owned()).collect();
        let whole = ours.difference(&known).count();
        let parts = known.difference(&ours).count();
        println!(
            "{}: {}, {whole} are several there",
            path.display(),
            ours.len()
        );
        if path.ends_with("dovecot-list-2002.mbox.gz") {
            // Python divides the first message at `From maildir-storage.c, line 325:` and the next at
            // `From mutt's documentation, I was able`; the third is `From TODO:`.
            assert_eq!((theirs.len(), messages.len()), (3240, 3234));
            assert_eq!((whole, parts), (5, 11));
        } else {
            assert_eq!((whole, parts), (0, 0), "{}", path.display());
        }
    }
}

const DATES: &str = r#"
import calendar, email.parser, email.utils, glob, os, re, sys
for name in sorted(glob.glob(os.path.join(sys.argv[1], "**"), recursive=True)):
    if not os.path.isfile(name) or name.endswith(".json"): continue
    message = email.parser.BytesHeaderParser().parse(open(name, "rb"))
    value = message.get("Date")
    parsed = email.utils.parsedate_tz(str(value)) if value is not None else None
    year = re.search(r"\b[A-Za-z]{3}\s+(\d{4})\b", str(value))
    # Python reads the year 0002 as 2002.
    if parsed and year and parsed[0] != int(year.group(1)): parsed = None
    if parsed and parsed[9] is not None:
        try: print(name, calendar.timegm(parsed[:6] + (0, 0, 0)) - parsed[9], sep="\t")
        except Exception: print(name, "none", sep="\t")
    else:
        print(name, "none", sep="\t")
"#;

/// A small generator of numbers (xorshift), so that the periods are the same in every run.
fn numbers() -> impl FnMut(u64) -> i64 {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    move |below| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        i64::try_from(state % below).expect("small")
    }
}

#[test]
fn what_lies_in_a_period_lies_in_it_for_python_too() {
    let Some(mail) = mail() else { return };
    for folder in ["enron-edrm", "spamassassin", "mail-parser/eml"] {
        let folder = mail.join(folder);
        let Some(theirs) = python(DATES, &[&folder]) else {
            return;
        };
        let mut dated = Vec::new();
        let (mut open, mut compared) = (0, 0);
        for line in theirs.lines() {
            let (path, instant) = line.split_once('\t').expect("two columns");
            let bytes = std::fs::read(path).expect("readable");
            let instant: Option<i64> = instant.parse().ok();
            match dates::established(header(&bytes), now()) {
                Ok(interval) => dated.push((path.to_owned(), interval, instant)),
                Err(_) => open += 1,
            }
        }
        let mut number = numbers();
        for _ in 0..200 {
            let from = 850_000_000 + number(300_000_000);
            let second = |second| Timestamp::from_second(second).expect("in range");
            let period = Period::new(second(from), second(from + 1 + number(90_000_000)));
            let period = period.expect("a period");
            for (path, interval, instant) in &dated {
                let Some(instant) = instant else { continue };
                let inside = period.contains(second(*instant));
                match interval.position(&period) {
                    Position::Inside => assert!(inside, "{path} {interval:?} {period}"),
                    Position::Outside => assert!(!inside, "{path} {interval:?} {period}"),
                    // For a person; Python guesses UTC.
                    Position::Unclear => assert_eq!(interval.exact(), None, "{path}"),
                }
                compared += 1;
            }
        }
        println!(
            "{}: {} dated, {open} for a person, {compared} comparisons",
            folder.display(),
            dated.len()
        );
        assert!(compared > 1000);
    }
}
