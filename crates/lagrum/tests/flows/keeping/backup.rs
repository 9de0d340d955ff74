//! Copies of desk and log, and desks made of them.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use serde_json::Value;

use crate::by_hand::Hand;
use crate::support::{Ran, ended, files_below, program};

const MARK: &str = "\n[check]\nbackup = \"backup.done\"\n";

fn ready() -> Hand {
    let hand = Hand::ready();
    hand.hire("ada", "Ada Lund", "administrator");
    hand
}

fn intake(hand: &Hand, reference: &str) -> Ran {
    let file = hand.write(&format!("{reference}.toml"), hand.demand(reference));
    hand.run(&["--json", "intake", &file])
}

fn backup(hand: &Hand, to: &str, more: &[&str]) -> Ran {
    let to = hand.path(to);
    let words = [&["--json", "desk", "backup", &to][..], more].concat();
    hand.by("ada", &words)
}

/// Makes a desk at `to` of the copy.
fn restored(hand: &Hand, copy: &str, to: &str, more: &[&str]) -> Ran {
    let (copy, to) = (hand.path(copy), hand.path(to));
    let words = [
        "--json", "--as", "olof", "--dir", &to, "desk", "restore", &copy,
    ];
    hand.anywhere(&[&words[..], more].concat())
}

/// Runs the program at another desk.
fn at(hand: &Hand, place: &str, arguments: &[&str]) -> Ran {
    let mut command = program();
    command.args(["--json", "--as", "olof", "--dir"]);
    ended(command.arg(hand.path(place)).args(arguments))
}

fn cases(told: &Value) -> u64 {
    told["verified"]["cases"]
        .as_u64()
        .expect("a number of cases")
}

#[test]
fn a_copy_made_while_others_write_is_of_one_instant_and_becomes_a_desk_that_goes_on() {
    let hand = ready();
    hand.append("provider/desk/desk.toml", MARK);
    let key = hand.path("provider/desk/master.key");
    let (stop, taken) = (AtomicBool::new(false), AtomicU32::new(0));
    let copies = std::thread::scope(|scope| {
        let writes = scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                let number = taken.fetch_add(1, Ordering::Relaxed);
                intake(&hand, &format!("AM-{number}")).ok();
            }
        });
        let mut copies = Vec::new();
        for number in 0..4 {
            // Each copy has more to copy than the one before.
            let before = taken.load(Ordering::Relaxed);
            while taken.load(Ordering::Relaxed) < before + 2 && !writes.is_finished() {
                std::thread::yield_now();
            }
            let name = format!("copy-{number}");
            copies.push((backup(&hand, &name, &[]).ok().json(), name));
        }
        stop.store(true, Ordering::Relaxed);
        writes.join().expect("every intake succeeds");
        copies
    });
    let mut before = 0;
    for (made, name) in &copies {
        let to = format!("{name}-desk");
        let told = restored(&hand, name, &to, &["--master-key", &key])
            .ok()
            .json();
        assert_eq!(told["verified"]["faults"], 0, "{told:#}");
        assert_eq!(
            told["verified"]["entries"], made["manifest"]["entries"],
            "{told:#}"
        );
        assert!(cases(&told) > before, "{told:#}");
        before = cases(&told);
    }
    assert!(before <= taken.load(Ordering::Relaxed).into());
    // What was restored goes on: what it had not published it publishes, and it takes in what comes.
    at(&hand, "copy-3-desk", &["settle"]).ok();
    let file = hand.write("later.toml", hand.demand("later"));
    let later = at(&hand, "copy-3-desk", &["intake", &file]).ok().json();
    assert_eq!(later["published"], true, "{later:#}");
    let verified = at(&hand, "copy-3-desk", &["desk", "verify"]).ok().json();
    assert_eq!(verified["verified"]["cases"], before + 1);

    // The desk that was copied knows; the one that was restored was never copied.
    let line = |ran: Ran| ran.out.contains("backup-made");
    assert!(line(hand.run(&["--json", "check"])));
    assert!(!line(at(&hand, "copy-3-desk", &["check"])));
}

#[test]
fn a_copy_is_for_its_owner_alone_and_has_the_master_key_only_if_that_was_asked_for() {
    let hand = ready();
    intake(&hand, "AM-1").ok();
    let refused = hand.run(&["desk", "backup", &hand.path("copy")]);
    assert_eq!(refused.code, Some(1), "{}", refused.out);
    assert!(!fs::exists(hand.path("copy")).unwrap());

    backup(&hand, "copy", &[]).ok();
    let secret = fs::read_to_string(hand.path("provider/desk/master.key")).unwrap();
    let has_key = |copy: &str| {
        files_below(Path::new(&hand.path(copy))).iter().any(|file| {
            fs::read(file)
                .unwrap()
                .windows(secret.trim().len())
                .any(|it| it == secret.trim().as_bytes())
        })
    };
    assert!(!has_key("copy"));
    let mode = |path: &str| fs::metadata(hand.path(path)).unwrap().permissions().mode() & 0o777;
    for (path, expected) in [
        ("copy", 0o700),
        ("copy/desk/desk.sqlite", 0o600),
        ("copy/desk/log.key", 0o600),
    ] {
        assert_eq!(mode(path), expected, "{path}");
    }
    let again = backup(&hand, "copy", &[]);
    assert!(
        again.code == Some(1) && again.err.contains("not empty"),
        "{}",
        again.err
    );
    let within = backup(&hand, "provider/copy", &[]);
    assert!(
        within.code == Some(1) && within.err.contains("what is copied"),
        "{}",
        within.err
    );
    let keyless = restored(&hand, "copy", "other", &[]);
    assert!(
        keyless.code == Some(1) && keyless.err.contains("master key"),
        "{}",
        keyless.err
    );
    assert!(!fs::exists(hand.path("other")).unwrap());

    backup(&hand, "whole", &["--with-master-key"]).ok();
    assert!(has_key("whole"));
    let told = restored(&hand, "whole", "other", &[]).ok().json();
    assert_eq!(cases(&told), 1);
    assert_eq!(mode("other/desk/master.key"), 0o600);
    let twice = restored(&hand, "whole", "other", &[]);
    assert!(
        twice.code == Some(1) && twice.err.contains("already holds"),
        "{}",
        twice.err
    );
}

#[test]
fn a_flipped_byte_in_a_copy_is_found_wherever_it_is() {
    let hand = ready();
    intake(&hand, "AM-1").ok();
    backup(&hand, "copy", &["--with-master-key"]).ok();
    let copy = hand.path("copy");
    let files = files_below(Path::new(&copy));
    assert!(files.len() > 10, "{files:?}");
    for file in &files {
        let whole = fs::read(file).unwrap();
        let mut flipped = whole.clone();
        let middle = flipped.len() / 2;
        flipped
            .get_mut(middle)
            .map(|byte| *byte ^= 1)
            .expect("something is in it");
        fs::write(file, &flipped).unwrap();
        let refused = restored(&hand, "copy", "other", &[]);
        assert_eq!(refused.code, Some(3), "{}: {}", file.display(), refused.out);
        fs::remove_file(file).unwrap();
        let refused = restored(&hand, "copy", "other", &[]);
        assert_eq!(refused.code, Some(3), "{}: {}", file.display(), refused.out);
        fs::write(file, &whole).unwrap();
    }
    let stranger = hand.write("copy/desk/openid.toml", "");
    let refused = restored(&hand, "copy", "other", &[]);
    assert!(
        refused.code == Some(3) && refused.err.contains("not listed"),
        "{}",
        refused.err
    );
    fs::remove_file(stranger).unwrap();
    assert!(!fs::exists(hand.path("other")).unwrap());

    // Whoever changes an original and the list with it is found by what the public log says.
    let database = rusqlite::Connection::open(hand.path("copy/desk/desk.sqlite")).unwrap();
    database
        .execute("update original set sealed = zeroblob(80)", [])
        .unwrap();
    database
        .query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()))
        .unwrap();
    drop(database);
    let sums = Path::new(&copy).join("SHA256SUMS");
    let list = fs::read_to_string(&sums).unwrap();
    let sum = crate::support::sha256(&fs::read(hand.path("copy/desk/desk.sqlite")).unwrap());
    let lines = list
        .lines()
        .map(|line| match line.ends_with("  desk/desk.sqlite") {
            true => format!("{sum}  desk/desk.sqlite\n"),
            false => format!("{line}\n"),
        });
    fs::write(&sums, lines.collect::<String>()).unwrap();
    let told = restored(&hand, "copy", "other", &[]);
    assert_eq!(told.code, Some(3), "{}", told.out);
    assert_ne!(told.json()["verified"]["faults"], 0);
}

#[test]
fn a_log_that_went_on_after_the_copy_is_told_and_the_desk_signs_no_second_history() {
    let hand = ready();
    intake(&hand, "AM-1").ok();
    let made = backup(&hand, "copy", &["--with-master-key"]).ok().json();
    let log = hand.path("provider/log");
    let same = restored(&hand, "copy", "same", &["--log", &log])
        .ok()
        .json();
    assert_eq!(same["log"]["missing_in_copy"], 0, "{same:#}");
    assert_eq!(
        restored(&hand, "copy", "unknown", &[]).ok().json()["log"],
        Value::Null
    );

    intake(&hand, "AM-2").ok();
    let ran = restored(&hand, "copy", "older", &["--log", &log]);
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    let told = ran.json();
    let now = hand.json(&["log", "verify"])["entries"].as_u64().unwrap();
    let then = made["manifest"]["entries"].as_u64().unwrap();
    assert!(now > then);
    assert_eq!(told["log"]["missing_in_copy"], now - then, "{told:#}");
    // It works on its cases and opens none; it publishes nothing, and the log stays what everybody saw.
    let file = hand.write("later.toml", hand.demand("later"));
    let refused = at(&hand, "older", &["intake", &file]);
    assert_eq!(refused.code, Some(1), "{}", refused.out);
    let cases = at(&hand, "older", &["cases"]).ok().json();
    let case = cases["cases"][0]["case"].as_str().unwrap().to_owned();
    let noted = at(&hand, "older", &["note", &case, "it waits"]).ok();
    assert_eq!(noted.json()["published"], false, "{}", noted.out);
    let whole = at(&hand, "older", &["log", "verify"]).ok().json();
    assert_eq!(whole["entries"], now);

    // A log that is none of this copy is not taken.
    let other = Hand::ready();
    intake(&other, "AM-9").ok();
    let strange = restored(
        &hand,
        "copy",
        "strange",
        &["--log", &other.path("provider/log")],
    );
    assert_eq!(strange.code, Some(3), "{}", strange.out);
    let kept = at(&hand, "strange", &["log", "verify"]).ok().json();
    assert_eq!(kept["entries"], then);
}

#[test]
fn what_settings_name_elsewhere_is_copied_too_and_the_copy_names_its_own() {
    let hand = ready();
    intake(&hand, "AM-1").ok();
    fs::create_dir(hand.path("elsewhere")).unwrap();
    for name in ["log", "desk/people.toml", "desk/log.key"] {
        let last = name.rsplit('/').next().unwrap();
        fs::rename(
            hand.path(&format!("provider/{name}")),
            hand.path(&format!("elsewhere/{last}")),
        )
        .unwrap();
    }
    let file = "provider/desk/desk.toml";
    let mut settings = fs::read_to_string(hand.path(file)).unwrap();
    for (was, named) in [
        ("../log", "log"),
        ("people.toml", "people.toml"),
        ("log.key", "log.key"),
    ] {
        let (was, now) = (
            format!("\"{was}\""),
            hand.path(&format!("elsewhere/{named}")),
        );
        assert!(settings.contains(&was), "{settings}");
        settings = settings.replace(&was, &format!("{now:?}"));
    }
    hand.write(file, format!("# what people wrote\n{settings}"));
    backup(&hand, "copy", &["--with-master-key"]).ok();
    // The copy is read even where the rest is gone.
    fs::rename(hand.path("elsewhere"), hand.path("gone")).unwrap();
    let told = restored(&hand, "copy", "other", &[]).ok().json();
    assert_eq!((cases(&told), &told["verified"]["faults"]), (1, &0.into()));
    let kept = fs::read_to_string(hand.path("other/desk/desk.toml")).unwrap();
    assert!(kept.starts_with("# what people wrote\n"), "{kept}");
    assert!(!kept.contains("elsewhere/log\""), "{kept}");
}
