//! Damage and rollback: found, and named.

use std::fs;

use crate::tests::support::*;
use crate::{Error, Recovery};

#[test]
fn one_flipped_byte_in_any_file_is_found_and_that_file_is_named() {
    let (place, mut store) = Place::with_log(700);
    place.append(&mut store, 700, 702).unwrap();
    let files = files_under(&place.public());
    assert_eq!(files.len(), 1 + 2 * (2 + 2) + 1);
    for file in &files {
        let path = place.file(file);
        let whole = fs::read(&path).unwrap();
        for position in [0, 1, 2, 33, whole.len() / 2, whole.len() - 1] {
            // The hashes of level 1 and the small files are shorter than some positions.
            let position = position.min(whole.len() - 1);
            flip(&path, position);
            assert_eq!(
                &blamed(place.reader().verify_all()),
                file,
                "byte {position}"
            );
            fs::write(&path, &whole).unwrap();
        }
    }
    place.reader().verify_all().unwrap();
}

#[test]
fn a_missing_a_short_and_a_long_file_are_found_and_named() {
    let (place, _) = Place::with_log(700);
    for file in files_under(&place.public()) {
        let path = place.file(&file);
        let whole = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        assert_eq!(blamed(place.reader().verify_all()), file, "missing");
        fs::write(&path, &whole[..whole.len() - 1]).unwrap();
        assert_eq!(blamed(place.reader().verify_all()), file, "short");
        fs::write(&path, [&whole[..], b"x"].concat()).unwrap();
        assert_eq!(blamed(place.reader().verify_all()), file, "long");
        fs::write(&path, &whole).unwrap();
    }
}

#[test]
fn no_damage_gets_into_a_proof() {
    let (place, _) = Place::with_log(70_000);
    let reader = place.reader();
    let old = reader.prove_consistency(65_600).unwrap();
    for file in [
        "tile/0/000",
        "tile/1/000",
        "tile/1/001.p/17",
        "tile/2/000.p/1",
        "tile/entries/000",
    ] {
        let path = place.file(file);
        let whole = fs::read(&path).unwrap();
        for position in [3, whole.len() - 1] {
            flip(&path, position);
            // Whatever is proved despite the damage is true.
            for index in [0, 65_535, 69_999] {
                match reader.prove(index) {
                    Ok(proof) => {
                        let entry = commitments(index, index + 1)[0];
                        proof.verify(&policy(), &entry).unwrap();
                    }
                    Err(error) => assert_eq!(blamed::<()>(Err(error)), file),
                }
            }
            match reader.prove_consistency(65_600) {
                Ok(proof) => assert_eq!(proof, old),
                Err(error) => assert_eq!(blamed::<()>(Err(error)), file),
            }
            fs::write(&path, &whole).unwrap();
        }
    }
    flip(&place.file("tile/0/000"), 40);
    assert_eq!(blamed(reader.prove(0)), "tile/0/000");
    flip(&place.file("tile/0/000"), 40);
    flip(&place.file("tile/entries/000"), 40);
    assert_eq!(blamed(reader.entry(1)), "tile/entries/000");
}

#[test]
fn nothing_is_appended_to_a_damaged_edge_and_the_head_does_not_move() {
    for file in [
        "tile/0/002.p/188",
        "tile/1/000.p/2",
        "tile/entries/002.p/188",
    ] {
        let (place, mut store) = Place::with_log(700);
        let head = store.head;
        flip(&place.file(file), 20);
        assert_eq!(blamed(place.append(&mut store, 700, 701)), file);
        assert_eq!(store.head, head);
        flip(&place.file(file), 20);
        place.append(&mut store, 700, 701).unwrap();
    }
}

#[test]
fn a_file_that_is_there_already_with_other_content_stops_the_append_before_the_head_moves() {
    let (place, mut store) = Place::with_log(255);
    let head = store.head;
    fs::write(place.file("tile/0/000"), [7; 8_192]).unwrap();
    assert_eq!(blamed(place.append(&mut store, 255, 256)), "tile/0/000");
    assert_eq!(store.head, head);
}

#[test]
fn a_damaged_checkpoint_stops_recovery() {
    let (place, mut store) = Place::with_log(10);
    let whole = fs::read(place.file("checkpoint")).unwrap();
    for position in 0..whole.len() {
        flip(&place.file("checkpoint"), position);
        assert_eq!(blamed(place.append(&mut store, 10, 11)), "checkpoint");
        fs::write(place.file("checkpoint"), &whole).unwrap();
    }
    place.append(&mut store, 10, 11).unwrap();
}

#[test]
fn a_rolled_back_head_store_is_found() {
    let (place, mut store) = Place::with_log(10);
    let older = store.clone();
    place.append(&mut store, 10, 20).unwrap();
    for mut rolled_back in [older, MemoryStore::default()] {
        let before = rolled_back.head;
        let result = place.append(&mut rolled_back, 10, 11);
        assert!(matches!(
            result,
            Err(Error::HeadStoreBehind { published: 20, .. })
        ));
        assert_eq!(rolled_back.head, before);
    }
    // Even without a checkpoint, tiles say that there was a log.
    fs::remove_file(place.file("checkpoint")).unwrap();
    let result = place.append(&mut MemoryStore::default(), 0, 1);
    assert!(matches!(result, Err(Error::HeadStoreBehind { .. })));
}

#[test]
fn a_head_store_of_another_history_is_found() {
    let (place, _) = Place::with_log(10);
    let (other, mut store) = (Place::new(), MemoryStore::default());
    other.append(&mut store, 5, 15).unwrap();
    assert_eq!(blamed(place.append(&mut store, 10, 11)), "checkpoint");
}

#[test]
fn a_rolled_back_checkpoint_is_found_and_published_again_only_if_the_tiles_are_whole() {
    let (place, mut store) = Place::with_log(300);
    let older = fs::read(place.file("checkpoint")).unwrap();
    place.append(&mut store, 300, 310).unwrap();
    let newer = fs::read(place.file("checkpoint")).unwrap();

    fs::write(place.file("checkpoint"), &older).unwrap();
    let result = place.append(&mut store, 310, 311);
    assert!(matches!(
        result,
        Err(Error::CheckpointBehind {
            published: 300,
            head: 310
        })
    ));
    fs::remove_file(place.file("checkpoint")).unwrap();
    let result = place.append(&mut store, 310, 311);
    assert!(matches!(result, Err(Error::CheckpointBehind { .. })));

    let mut log = place.open(&store.faults).unwrap();
    flip(&place.file("tile/0/000"), 0);
    assert_eq!(blamed(log.publish_again(&store)), "tile/0/000");
    assert!(!place.file("checkpoint").exists());
    flip(&place.file("tile/0/000"), 0);
    log.publish_again(&store).unwrap();
    assert_eq!(fs::read(place.file("checkpoint")).unwrap(), newer);
    assert_eq!(
        log.append(&mut store, &commitments(310, 311)).unwrap().size,
        311
    );
}

#[test]
fn a_damaged_prepared_append_is_discarded_only_when_it_is_not_needed() {
    let (place, mut store) = Place::with_log(10);
    let staged = place.staging().join("append");
    fs::write(&staged, "garbage").unwrap();
    let mut log = place.open(&store.faults).unwrap();
    assert_eq!(
        log.recover(&mut store).unwrap().recovery,
        Recovery::Discarded
    );
    assert!(!staged.exists());
    drop(log);

    // Stop after the head moved, before anything was put in place.
    for crashes in 0.. {
        store.faults.fail_after(crashes);
        let result = place.append(&mut store, 10, 20);
        assert!(result.is_err());
        if store.head.unwrap().size == 20 {
            break;
        }
    }
    let whole = fs::read(&staged).unwrap();
    flip(&staged, 40);
    let result = place.append(&mut store, 20, 21);
    assert!(matches!(
        result,
        Err(Error::StagingDamaged {
            head: 20,
            published: 10,
            ..
        })
    ));
    fs::write(&staged, whole).unwrap();
    let mut log = place.open(&store.faults).unwrap();
    assert_eq!(
        log.recover(&mut store).unwrap().recovery,
        Recovery::Finished
    );
    assert_eq!(log.verify_all().unwrap().head.size, 20);
}

#[test]
fn another_entry_is_told_from_a_damaged_tile_and_what_is_not_published_is_passed_over() {
    let (place, _) = Place::with_log(700);
    let reader = place.reader();
    let mut entries: Vec<_> = (0..).zip(commitments(0, 720)).collect();
    let whole = crate::Compared {
        size: Some(700),
        differs: None,
    };
    assert_eq!(reader.compare(&entries).unwrap(), whole);
    assert_eq!(reader.compare(&[]).unwrap(), whole);
    entries[300].1 = entries[301].1;
    assert_eq!(reader.compare(&entries).unwrap().differs, Some(300));
    entries[705].1 = entries[300].1;
    entries.remove(300);
    assert_eq!(reader.compare(&entries).unwrap(), whole);

    // Tiles are read, bundles are not.
    for (file, read) in [("tile/0/001", true), ("tile/entries/001", false)] {
        let path = place.file(file);
        let kept = fs::read(&path).unwrap();
        flip(&path, 40);
        match place.reader().compare(&entries) {
            Ok(found) => assert!(!read && found == whole, "{file}: {found:?}"),
            Err(error) => assert!(read, "{file}: {error}"),
        }
        // What was proved under this head needs no tile again, and still tells one entry from another.
        assert_eq!(reader.compare(&entries).unwrap(), whole);
        let mut other = entries.clone();
        other[299].1 = other[301].1;
        assert!(!matches!(reader.compare(&other), Ok(found) if found == whole));
        assert_eq!(
            reader.compare(&entries).is_ok(),
            !read,
            "nothing is remembered of what did not hold"
        );
        fs::write(&path, &kept).unwrap();
        assert_eq!(reader.compare(&entries).unwrap(), whole);
    }
    fs::remove_file(place.file("checkpoint")).unwrap();
    let found = reader.compare(&entries).unwrap();
    assert_eq!((found.size, found.differs), (None, None));
}

#[test]
fn entries_are_given_bundle_by_bundle_up_to_the_published_end() {
    let (place, _) = Place::with_log(700);
    let reader = place.reader();
    let (mut all, mut lengths) = (Vec::new(), Vec::new());
    loop {
        let chunk = reader.entries_from(all.len() as u64).unwrap();
        if chunk.is_empty() {
            break;
        }
        lengths.push(chunk.len());
        all.extend(chunk);
    }
    assert_eq!(lengths, [256, 256, 188]);
    assert_eq!(all, commitments(0, 700));
    assert_eq!(reader.entries_from(250).unwrap(), commitments(250, 256));
    assert_eq!(reader.entries_from(701).unwrap(), []);
}
