#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::Path;

use lagrum_mandate::Mandate;
use lagrum_mandate::testing::{Counting, account, mandate};
use lagrum_model::{Category, DateRule, Sha256Digest, SpokenPassphrase};
use lagrum_notes::{SigningKey, role};
use lagrum_package::check::Against;
use lagrum_package::layout::{ItemKind, ManifestLine};
use lagrum_package::{PackageError, Search, SearchOutcome, Statement};

use crate::side_by_side::checked_while;
use crate::{ProductionError, SealWith, Spool, Written, seal};

const INSIDE: &str = "Fri, 9 Jan 2026 12:00:00 +0000";
const OUTSIDE: &str = "Mon, 9 Feb 2026 12:00:00 +0000";

fn agent() -> SigningKey<role::Agent> {
    SigningKey::from_seed(&[5; 32], "kvist.example/agent").unwrap()
}

/// A message of at least `length` bytes.
fn message(date: &str, length: usize) -> Vec<u8> {
    let line = "Text of a message, and no more than that.\n";
    format!(
        "Subject: x\nDate: {date}\n\n{}",
        line.repeat(length / line.len() + 1)
    )
    .into_bytes()
}

fn line(number: u64, length: usize) -> ManifestLine {
    ManifestLine {
        path: format!("items/mail/{number:06}.eml"),
        sha256: Sha256Digest([0; 32]),
        length: length as u64,
        kind: ItemKind::Message,
        identifier: account(lagrum_model::testing::ACCOUNT),
        category: Category::Content,
        source: "mail".into(),
        name: None,
        media_type: None,
        dated: Some("2026-01-09T12:00:00Z".parse().unwrap()),
        dated_as_stored: None,
        released: None,
    }
}

fn spool(dir: &Path) -> Spool {
    let kept_for = lagrum_model::testing::RECIPIENT_KEY.parse().unwrap();
    Spool::create(dir, "2026-11-21T12:00:00Z".parse().unwrap(), &kept_for).unwrap()
}

/// A package of these messages in `dir`, every other one added as what is not in memory.
fn written(dir: &Path, mandate: &Mandate, messages: &[Vec<u8>]) -> Written {
    let mut spool = spool(dir);
    for (number, message) in messages.iter().enumerate() {
        let line = line(number as u64 + 1, message.len());
        match number % 3 {
            0 => spool.append(line, &mut message.as_slice()).unwrap(),
            _ => spool.append_message(line, message).unwrap(),
        }
    }
    let at = "2026-11-21T12:00:00Z".parse().unwrap();
    let statement = Statement {
        mandate: mandate.digest(),
        region: mandate.region.clone(),
        began_at: at,
        ended_at: at,
        searches: vec![Search {
            identifier: account(lagrum_model::testing::ACCOUNT),
            category: Category::Content,
            source: "mail".into(),
            date_rule: DateRule::MessageDate,
            limited: None,
            outcome: SearchOutcome::Searched {
                produced: messages.len() as u64,
                repeated: 0,
                for_review: 0,
                unreadable: 0,
                removed: 0,
                covers: None,
                gaps: vec![],
                absent: Vec::new(),
            },
        }],
        released: None,
        answers: None,
    };
    let note = format!("{}\n\u{2014} nobody\n", mandate.to_text());
    let written = spool.finish(note.as_bytes(), b"no proof", &statement, "x", &agent());
    written.unwrap()
}

/// The names in a directory.
fn names(dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(dir).unwrap();
    let name = |entry: io::Result<std::fs::DirEntry>| entry.unwrap().file_name();
    entries
        .map(|entry| name(entry).to_string_lossy().into_owned())
        .collect()
}

/// How long the volumes of what is sealed here are, in bytes.
const VOLUME: u64 = 1 << 20;

/// Seals as the agent does, to the key of the mandate.
fn sealed(written: &Written, mandate: &Mandate, to: &Path) -> Result<Sha256Digest, String> {
    let key = agent().verifying_key();
    let with = SealWith::Key;
    let done = seal(written, mandate, &key, with, to, VOLUME, &mut Counting(1));
    done.map(|(_, sealed)| sealed.sha256)
        .map_err(|why| why.to_string())
}

#[test]
fn items_and_manifest_have_one_order_and_their_own_digests_whoever_wrote_them() {
    let dir = tempfile::tempdir().unwrap();
    // Small ones, which wait together, and some of more than a batch.
    let lengths = (0..200).map(|number| {
        if number % 50 == 7 {
            600_000
        } else {
            number * 90
        }
    });
    let messages: Vec<_> = lengths.map(|length| message(INSIDE, length)).collect();
    written(dir.path(), &mandate(), &messages);
    let manifest = std::fs::read_to_string(dir.path().join("manifest.jsonl")).unwrap();
    let manifest: Vec<ManifestLine> = manifest
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let mut archive = tar::Archive::new(std::fs::File::open(dir.path().join("items.tar")).unwrap());
    let mut items = BTreeMap::new();
    for (number, entry) in archive.entries().unwrap().enumerate() {
        let mut entry = entry.unwrap();
        let path = entry.path().unwrap().to_string_lossy().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes, messages[number]);
        assert_eq!(manifest[number].path, path);
        assert_eq!(manifest[number].sha256, Sha256Digest::of(&bytes));
        items.insert(path, bytes);
    }
    assert_eq!(items.len(), messages.len());
    assert_eq!(manifest.len(), messages.len());
}

#[test]
fn a_message_of_another_length_than_was_announced_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let mut spool = spool(dir.path());
    let message = message(INSIDE, 100);
    for wrong in [message.len() - 1, message.len() + 1] {
        let why = spool.append_message(line(1, wrong), &message).unwrap_err();
        assert_eq!(why.kind(), io::ErrorKind::UnexpectedEof);
    }
}

#[test]
fn a_message_that_cannot_be_written_is_told_and_nothing_comes_after_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut spool = spool(dir.path());
    let message = message(INSIDE, 10_000);
    // No archive has room for such a name: the thread that writes meets it.
    let unwritable = ManifestLine {
        path: "items/\0/x.eml".into(),
        ..line(1, message.len())
    };
    spool.append_message(unwritable, &message).unwrap();
    let mut told = None;
    for number in 2..400 {
        if let Err(why) = spool.append_message(line(number, message.len()), &message) {
            told = Some(why);
            break;
        }
    }
    assert!(told.is_some(), "400 messages of 10 kB wait nowhere");
    assert!(spool.append(line(500, 0), &mut io::empty()).is_err());
    assert!(spool.known().is_err());
}

#[test]
fn what_is_sealed_are_the_bytes_that_were_checked_and_all_of_them() {
    let dir = tempfile::tempdir().unwrap();
    let mandate = mandate();
    let messages: Vec<_> = (0..40).map(|_| message(INSIDE, 100_000)).collect();
    let written = written(dir.path(), &mandate, &messages);
    let mut archive = Vec::new();
    written.stream().unwrap().read_to_end(&mut archive).unwrap();
    let key = agent().verifying_key();
    let against = Against::Own {
        mandate: mandate.digest(),
        agent: &key,
    };
    let (checked, read) = checked_while(&written, &against, |stream| {
        let mut read = Vec::new();
        stream.read_to_end(&mut read).unwrap();
        Ok(read)
    })
    .unwrap();
    assert_eq!(checked.messages, 40);
    assert!(read == archive, "{} of {}", read.len(), archive.len());
}

#[test]
fn of_a_package_that_the_check_refuses_the_seal_never_sees_the_end() {
    let dir = tempfile::tempdir().unwrap();
    let mandate = mandate();
    for (wrong, of) in [(0, 1), (0, 40), (39, 40)] {
        let work = dir.path().join(format!("{wrong}-{of}"));
        std::fs::create_dir(&work).unwrap();
        let date = |number| if number == wrong { OUTSIDE } else { INSIDE };
        let messages: Vec<_> = (0..of)
            .map(|number| message(date(number), 100_000))
            .collect();
        let written = written(&work, &mandate, &messages);
        let key = agent().verifying_key();
        let against = Against::Own {
            mandate: mandate.digest(),
            agent: &key,
        };
        let mut ended = None;
        let why = checked_while(&written, &against, |stream| {
            ended = Some(io::copy(stream, &mut io::sink()).is_ok());
            Ok(())
        });
        assert!(
            matches!(why, Err(ProductionError::Package(PackageError::Refused(_)))),
            "{why:?}"
        );
        assert_eq!(ended, Some(false));

        let out = work.join("out");
        std::fs::create_dir(&out).unwrap();
        let why = sealed(&written, &mandate, &out.join("x.age")).unwrap_err();
        assert!(why.contains("outside the mandate's period"), "{why}");
        assert_eq!(names(&out), [""; 0], "no ciphertext is left");
    }
}

#[test]
fn what_was_not_read_to_its_end_is_not_sealed() {
    let dir = tempfile::tempdir().unwrap();
    let mandate = mandate();
    for messages in [1, 40] {
        let work = dir.path().join(messages.to_string());
        std::fs::create_dir(&work).unwrap();
        let messages = vec![message(INSIDE, 100_000); messages];
        let written = written(&work, &mandate, &messages);
        let key = agent().verifying_key();
        let against = Against::Own {
            mandate: mandate.digest(),
            agent: &key,
        };
        let length = written.length().unwrap();
        for most in [0, 1000, length] {
            let read = checked_while(&written, &against, |stream| {
                Ok(io::copy(&mut stream.take(most), &mut io::sink()).unwrap())
            });
            assert!(read.is_err(), "{most} of {length}");
        }
    }
}

#[test]
fn what_the_check_refuses_is_told_even_where_the_seal_cannot_be_written() {
    let dir = tempfile::tempdir().unwrap();
    let mandate = mandate();
    let messages = [INSIDE, OUTSIDE].map(|date| message(date, 3_000_000));
    let written = written(dir.path(), &mandate, &messages);
    let nowhere = dir.path().join("nowhere/x.age");
    let why = sealed(&written, &mandate, &nowhere).unwrap_err();
    assert!(why.contains("outside the mandate's period"), "{why}");
}

#[test]
fn a_package_of_another_mandate_or_agent_is_not_sealed() {
    let dir = tempfile::tempdir().unwrap();
    let (work, out) = (dir.path().join("work"), dir.path().join("out"));
    std::fs::create_dir(&work).unwrap();
    std::fs::create_dir(&out).unwrap();
    let (own, to) = (mandate(), out.join("x.age"));
    let written = written(&work, &own, &[message(INSIDE, 100)]);
    let other = Mandate {
        reference: "AM-2".into(),
        ..mandate()
    };
    let why = sealed(&written, &other, &to).unwrap_err();
    assert!(why.contains("another mandate"), "{why}");
    let stranger = SigningKey::from_seed(&[6; 32], "kvist.example/agent").unwrap();
    let stranger = stranger.verifying_key();
    let by = |with| {
        seal(
            &written,
            &own,
            &stranger,
            with,
            &to,
            VOLUME,
            &mut Counting(1),
        )
    };
    assert!(by(SealWith::Key).is_err());
    let key = agent().verifying_key();
    let passphrase = SpokenPassphrase::new([7; SpokenPassphrase::BYTES]);
    let with = SealWith::Passphrase(&passphrase);
    assert!(seal(&written, &own, &key, with, &to, VOLUME, &mut Counting(1)).is_err());
    assert_eq!(names(&out), [""; 0]);
    sealed(&written, &own, &to).unwrap();
    assert_eq!(names(&out), ["x.age"]);
}
