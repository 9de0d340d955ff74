//! A copy of a log that somebody else keeps.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fs;
use std::path::{Path, PathBuf};

use lagrum_notes::{MlDsaKey, SigningKey, VerifyingKey, role};

use crate::tests::support::*;
use crate::{
    CheckpointPolicy, Commitment, Error, Fetch, Fork, MirrorError, Mirrored, SignedCheckpoint,
    is_public_file, mirror,
};

/// A log whose files lie in a directory, some of them other than they are.
#[derive(Default)]
struct Shown {
    directory: PathBuf,
    instead: BTreeMap<String, Option<Vec<u8>>>,
    asked: usize,
}

impl Shown {
    fn of(place: &Place) -> Self {
        Self {
            directory: place.public(),
            ..Self::default()
        }
    }
}

impl Fetch for Shown {
    type Error = Infallible;

    fn fetch(&mut self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, Infallible> {
        assert!(is_public_file(path), "{path}");
        self.asked += 1;
        let there = fs::read(self.directory.join(path)).ok();
        let content = self.instead.get(path).cloned().unwrap_or(there);
        Ok(content.filter(|content| content.len() as u64 <= limit))
    }
}

type Done = Result<Mirrored, MirrorError<Infallible>>;

fn copy(to: &Path, shown: &mut Shown) -> Done {
    mirror(to, &policy(), shown)
}

fn forked(done: Done) -> Fork {
    match done {
        Err(MirrorError::Forked(fork)) => *fork,
        other => panic!("expected a fork, got {other:?}"),
    }
}

/// The files, without partial ones of earlier checkpoints.
fn full_and_present(directory: &Path, size: u64) -> BTreeMap<String, Vec<u8>> {
    let last = format!(".p/{}", size % 256);
    let files = files_under(directory).into_iter();
    let files = files
        .filter(|file| !file.contains(".p/") || file.contains("tile/1/") || file.ends_with(&last));
    files
        .map(|file| (file.clone(), fs::read(directory.join(file)).unwrap()))
        .collect()
}

#[test]
fn a_copy_grows_with_the_log_and_fetches_what_is_new() {
    let (place, mut store) = Place::with_log(0);
    let own = Place::new();
    let mut size = 0;
    for to in [0, 1, 3, 255, 256, 257, 700, 701, 1400] {
        if to > 0 {
            place.append(&mut store, size, to).unwrap();
        }
        let mut shown = Shown::of(&place);
        let done = copy(&own.public(), &mut shown).unwrap();
        assert_eq!((done.checkpoint.head().size, done.new), (to, to - size));
        let bundles = to.div_ceil(256) - size / 256;
        assert!(
            shown.asked as u64 <= 2 + 2 * bundles,
            "{to}: {}",
            shown.asked
        );
        assert_eq!(own.reader().verify_all().unwrap().head, store.head.unwrap());
        size = to;
    }
    assert_eq!(
        full_and_present(&own.public(), size),
        full_and_present(&place.public(), size)
    );
    let again = copy(&own.public(), &mut Shown::of(&place)).unwrap();
    assert_eq!(again.new, 0);
}

#[test]
fn an_older_checkpoint_out_of_a_cache_changes_nothing() {
    let (place, mut store) = Place::with_log(300);
    let older = fs::read(place.file("checkpoint")).unwrap();
    place.append(&mut store, 300, 400).unwrap();
    let own = Place::new();
    copy(&own.public(), &mut Shown::of(&place)).unwrap();
    let mut shown = Shown::of(&place);
    shown.instead.insert("checkpoint".into(), Some(older));
    let done = copy(&own.public(), &mut shown).unwrap();
    assert_eq!((done.checkpoint.head().size, done.new), (400, 0));
    assert_eq!(own.reader().checkpoint().unwrap().head().size, 400);
}

#[test]
fn what_is_damaged_on_its_way_is_no_fork_and_the_copy_stays_as_it_was() {
    let (place, mut store) = Place::with_log(300);
    let own = Place::new();
    copy(&own.public(), &mut Shown::of(&place)).unwrap();
    let before = full_and_present(&own.public(), 300);
    place.append(&mut store, 300, 600).unwrap();
    for file in ["tile/entries/001", "tile/entries/002.p/88"] {
        let mut content = fs::read(place.file(file)).unwrap();
        *content.last_mut().unwrap() ^= 1;
        for content in [Some(content), Some(vec![0; 7]), None] {
            let mut shown = Shown::of(&place);
            shown.instead.insert(file.into(), content.clone());
            let error = copy(&own.public(), &mut shown).unwrap_err();
            let kind = matches!(error, MirrorError::Damaged | MirrorError::Missing { .. });
            assert!(kind, "{file}: {error}");
            assert_eq!(full_and_present(&own.public(), 300), before);
        }
    }
    copy(&own.public(), &mut Shown::of(&place)).unwrap();
    assert_eq!(own.reader().verify_all().unwrap().head.size, 600);
}

#[test]
fn a_log_that_shows_another_history_is_found_with_both_checkpoints() {
    let (place, _) = Place::with_log(300);
    let own = Place::new();
    copy(&own.public(), &mut Shown::of(&place)).unwrap();
    // Another history under the same key: larger, as large, and smaller.
    for size in [500, 300, 120] {
        let (other, mut store) = (Place::new(), MemoryStore::default());
        let mut log = other.open(&store.faults).unwrap();
        log.append(&mut store, &commitments(1000, 1000 + size))
            .unwrap();
        let fork = forked(copy(&own.public(), &mut Shown::of(&other)));
        assert_eq!(fork.copied.unverified_head().size, 300);
        assert_eq!(fork.shown.unverified_head().size, size);
        assert!(policy().verify(&fork.shown).is_ok(), "the log signed it");
        assert_eq!(own.reader().checkpoint().unwrap().head().size, 300);
    }
}

#[test]
fn a_copy_has_the_texts_of_public_entries_and_only_those_that_are_what_their_entries_say() {
    let (place, mut store) = Place::with_log(3);
    let texts = [b"a rule\n".to_vec(), b"another\n".to_vec()];
    let mut log = place.open(&store.faults).unwrap();
    let mut entries = commitments(3, 5);
    entries.extend(texts.iter().map(|text| Commitment::public(text)));
    let notices: Vec<_> = (5..).zip(texts.clone()).collect();
    log.put_notices(&notices[..1], &entries).unwrap();
    log.put_notices(&notices, &entries).unwrap();
    // Of an entry that the log does not have, and does not get now, nothing is published; nor what another one says.
    let texts_of = |position, text: &[u8]| [(position, text.to_vec())];
    for (position, text) in [(7, &texts[0]), (900_000_000, &texts[0]), (6, &texts[0])] {
        let refused = log.put_notices(&texts_of(position, text), &entries);
        let is_so = match &refused {
            Err(Error::NotInLog { asked, size: 7, .. }) => *asked == position,
            Err(Error::Damaged { .. }) => position == 6,
            _ => false,
        };
        assert!(is_so, "{position}: {refused:?}");
        assert_eq!(
            place.file(&format!("notices/{position}")).exists(),
            position == 6
        );
    }
    log.append(&mut store, &entries).unwrap();
    let reader = log.reader();
    assert_eq!(reader.notices().unwrap(), [5, 6]);
    assert_eq!(reader.notice(6).unwrap(), Some(texts[1].clone()));
    assert_eq!(reader.notice(4).unwrap(), None);
    let other = log.put_notices(&[(5, b"a rule?\n".to_vec())], &[]);
    assert!(matches!(other, Err(Error::Damaged { .. })));

    let own = Place::new();
    let mut shown = Shown::of(&place);
    shown
        .instead
        .insert("notices/6".into(), Some(b"forged\n".to_vec()));
    let refused = copy(&own.public(), &mut shown);
    assert!(matches!(refused, Err(MirrorError::Damaged)), "{refused:?}");
    let copied = || CheckpointPolicy::of_log(key().verifying_key());
    let copied = || crate::LogReader::of(own.public(), &copied());
    // It does not move on before it has them all.
    assert!(!own.public().join("checkpoint").exists());
    for (list, whole) in [("6\n5\n", false), ("05\n", false), ("5\n6\n99\n", true)] {
        shown.instead.clear();
        shown
            .instead
            .insert("notices/list".into(), Some(list.as_bytes().to_vec()));
        assert_eq!(copy(&own.public(), &mut shown).is_ok(), whole, "{list:?}");
    }
    assert_eq!(copied().notices().unwrap(), [5, 6]);
    assert_eq!(copied().notice(6).unwrap(), Some(texts[1].clone()));
    // A text that lies there in the place of another is told by whoever reads it.
    fs::write(own.file("notices/5"), "a lie\n").unwrap();
    assert_eq!(blamed(copied().notice(5)), "notices/5");
}

#[test]
fn a_copy_keeps_to_its_policy() {
    let (place, _) = Place::with_log(10);
    let own = Place::new();
    let witness: SigningKey<role::Witness> =
        SigningKey::from_seed(&[9; 32], "witness.example/w").unwrap();
    let policy =
        CheckpointPolicy::new(key().verifying_key(), vec![witness.verifying_key()], 1).unwrap();
    let error = mirror(&own.public(), &policy, &mut Shown::of(&place)).unwrap_err();
    assert!(matches!(error, MirrorError::Log(_)), "{error}");
    assert!(!own.public().join("checkpoint").exists());

    let checkpoint = SignedCheckpoint::parse(&fs::read(place.file("checkpoint")).unwrap()).unwrap();
    let line = witness.cosign(checkpoint.body(), 1_800_000_000).unwrap();
    let cosigned = checkpoint
        .with_cosignature_of(&witness.verifying_key(), &format!("{line}\n"))
        .unwrap()
        .unwrap();
    let mut shown = Shown::of(&place);
    shown
        .instead
        .insert("checkpoint".into(), Some(cosigned.text().into()));
    let done = mirror(&own.public(), &policy, &mut shown).unwrap();
    assert_eq!(done.checkpoint.seen_at(), Some(1_800_000_000));
}

#[test]
fn of_what_a_witness_answers_only_its_own_newest_signature_is_taken() {
    let (place, _) = Place::with_log(10);
    let checkpoint = place.reader().checkpoint().unwrap().signed().clone();
    let witness = |seed: u8, name: &str| -> SigningKey<role::Witness> {
        SigningKey::from_seed(&[seed; 32], name).unwrap()
    };
    let (own, other) = (witness(1, "w.example/1"), witness(2, "w.example/2"));
    let line = |key: &SigningKey<role::Witness>, time| key.cosign(checkpoint.body(), time).unwrap();
    let take = |from: &SignedCheckpoint, lines: &[&str]| {
        let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
        from.with_cosignature_of(&own.verifying_key(), &lines)
            .unwrap()
    };
    // A false line in the name of another, and a wrong one of its own, are dropped.
    let elsewhere = own.cosign("other.example/log\n10\nAAAA\n", 7).unwrap();
    let false_one = line(&other, 5).replace("w.example/2", "w.example/1");
    assert_eq!(
        take(
            &checkpoint,
            &[&line(&other, 5), &elsewhere, &false_one, "no line"]
        ),
        None
    );
    let first = take(&checkpoint, &[&line(&other, 9), &line(&own, 5), &elsewhere]).unwrap();
    assert_eq!(
        first.text().lines().count(),
        checkpoint.text().lines().count() + 1
    );
    // A newer one takes the place of the older.
    let second = take(&first, &[&line(&own, 8), &line(&own, 6)]).unwrap();
    assert_eq!(second.text().lines().count(), first.text().lines().count());
    assert!(second.text().contains(&line(&own, 8)) && !second.text().contains(&line(&own, 5)));
    let policy =
        CheckpointPolicy::new(key().verifying_key(), vec![own.verifying_key()], 1).unwrap();
    assert_eq!(policy.verify(&second).unwrap().seen_at(), Some(8));
}

#[test]
fn a_witness_with_keys_of_both_types_has_a_line_of_each() {
    let (place, _) = Place::with_log(10);
    let checkpoint = place.reader().checkpoint().unwrap().signed().clone();
    let name = "w.example/1";
    let old = SigningKey::<role::Witness>::from_seed(&[1; 32], name).unwrap();
    let new = MlDsaKey::from_seed(&[1; 32], name).unwrap();
    let answer = |time| {
        let body = checkpoint.body();
        let lines = [
            old.cosign(body, time).unwrap(),
            new.cosign(body, time).unwrap(),
        ];
        format!("{}\n{}\n", lines[0], lines[1])
    };
    let lines = |checkpoint: &SignedCheckpoint| checkpoint.text().lines().count();
    let keys = [old.verifying_key(), new.verifying_key()];
    // Of each answer a key takes its own line, in place of its own former one.
    let mut seen = checkpoint.clone();
    for (time, more) in [(5, 1), (6, 2), (7, 2), (8, 2)] {
        let key = &keys[time as usize % 2];
        seen = seen
            .with_cosignature_of(key, &answer(time))
            .unwrap()
            .unwrap();
        assert_eq!(lines(&seen), lines(&checkpoint) + more);
    }
    let policy = |witness: &VerifyingKey<role::Witness>| {
        CheckpointPolicy::new(key().verifying_key(), vec![witness.clone()], 1).unwrap()
    };
    assert_eq!(policy(&keys[0]).verify(&seen).unwrap().seen_at(), Some(8));
    assert_eq!(policy(&keys[1]).verify(&seen).unwrap().seen_at(), Some(7));
    // A line that is false is none.
    let elsewhere = new.cosign(&checkpoint.body().replacen("\n10\n", "\n11\n", 1), 9);
    let elsewhere = format!("{}\n", elsewhere.unwrap());
    assert_eq!(
        checkpoint
            .with_cosignature_of(&keys[1], &elsewhere)
            .unwrap(),
        None
    );
}
