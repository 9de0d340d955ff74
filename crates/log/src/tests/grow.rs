//! Growth: every size, every proof, compared with independent computations.

use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use proptest::prelude::*;
use tlog_tiles::{HashReader, Tile, TileHashReader, TileReader, stored_hash_index};

use crate::tests::support::*;
use crate::{ConsistencyProof, Head, Proof, layout, verify_consistency};

/// Every entry and proof of the log, sampled, against the entries that were appended.
fn check_log(place: &Place, size: u64, samples: &[u64]) {
    let reader = place.reader();
    let entries = commitments(0, size);
    let head = Head {
        size,
        root: tree_by_definition(&entries),
    };
    let checkpoint = reader.checkpoint().unwrap();
    assert_eq!(checkpoint.head(), head);
    assert_eq!(reader.verify_all().unwrap().head, head);
    for sample in samples {
        let index = sample % size;
        let entry = reader.entry(index).unwrap();
        assert_eq!(entry, entries[index as usize]);
        let proof = Proof::new(reader.prove(index).unwrap(), b"event".to_vec()).unwrap();
        let read = Proof::parse(proof.to_string().as_bytes()).unwrap();
        assert_eq!(read, proof);
        let verified = read.verify(&policy(), &entry).unwrap();
        assert_eq!(
            (verified.index(), verified.checkpoint().head()),
            (index, head)
        );
        let other = entries[((index + 1) % size) as usize];
        assert!(size == 1 || read.verify(&policy(), &other).is_err());
    }
}

#[test]
fn logs_of_sizes_around_each_boundary_are_whole_and_every_proof_verifies() {
    let (place, mut store) = (Place::new(), MemoryStore::default());
    let mut size = 0;
    let mut earlier = Vec::new();
    for next in [
        1, 2, 3, 255, 256, 257, 511, 512, 513, 1_000, 65_535, 65_536, 65_537, 65_792, 70_000,
    ] {
        place.append(&mut store, size, next).unwrap();
        size = next;
        let edges = [0, 1, 254, 255, 256, 257, 65_535, 65_536, next / 2, next - 1];
        check_log(&place, size, &edges);

        let reader = place.reader();
        let now = reader.checkpoint().unwrap();
        earlier.push(now.clone());
        for old in &earlier {
            let proof = reader.prove_consistency(old.head().size).unwrap();
            let read = ConsistencyProof::parse(proof.to_string().as_bytes()).unwrap();
            assert_eq!(read, proof);
            verify_consistency(old, &now, &read).unwrap();
            for other in earlier.iter().filter(|other| *other != old) {
                assert!(verify_consistency(other, &now, &read).is_err());
            }
        }
    }

    // The example of c2sp.org/tlog-tiles for a tree of 70,000 entries.
    let whole = place.reader().verify_all().unwrap();
    assert_eq!((whole.bundles, whole.tiles), (274, 273 + 1 + 1 + 1 + 1));
    for file in [
        "tile/0/272",
        "tile/0/273.p/112",
        "tile/1/000",
        "tile/1/001.p/17",
        "tile/2/000.p/1",
        "tile/entries/000",
        "tile/entries/273.p/112",
    ] {
        assert!(place.file(file).is_file(), "{file}");
    }
    // Partial files go when the full one is there.
    assert!(!place.file("tile/0/000.p").exists());
    assert!(!place.file("tile/entries/001.p").exists());
}

#[test]
fn a_log_that_grows_one_by_one_over_a_boundary_has_the_same_files_as_one_batch() {
    let (slow, mut slow_store) = Place::with_log(250);
    for size in 250..260 {
        slow.append(&mut slow_store, size, size + 1).unwrap();
    }
    let (fast, fast_store) = Place::with_log(260);
    assert_eq!(slow_store.head, fast_store.head);
    for file in files_under(&fast.public()) {
        let content = std::fs::read(fast.file(&file)).unwrap();
        assert_eq!(std::fs::read(slow.file(&file)).unwrap(), content, "{file}");
    }
    let whole = slow.reader().verify_all().unwrap();
    // Widths 1, 2 and 3 of the second bundle and the second tile.
    assert_eq!(whole.older_partial_files, 3 + 3);
}

#[test]
fn proofs_from_the_empty_log_are_empty_and_verify() {
    let (place, mut store) = (Place::new(), MemoryStore::default());
    place.append(&mut store, 0, 0).unwrap();
    let empty = place.reader().checkpoint().unwrap();
    place.append(&mut store, 0, 9).unwrap();
    let now = place.reader().checkpoint().unwrap();
    let proof = place.reader().prove_consistency(0).unwrap();
    verify_consistency(&empty, &now, &proof).unwrap();
    assert!(verify_consistency(&now, &now, &proof).is_err());
    assert!(verify_consistency(&now, &empty, &proof).is_err());
}

/// Reads our files for the tile reader of `tlog_tiles`, which checks them in its own way.
struct OurTiles<'a>(&'a Place, RefCell<usize>);

impl TileReader for OurTiles<'_> {
    fn height(&self) -> u8 {
        layout::HEIGHT
    }

    fn read_tiles(&self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, tlog_tiles::Error> {
        *self.1.borrow_mut() += tiles.len();
        Ok(tiles
            .iter()
            .map(|tile| std::fs::read(self.0.file(&layout::path(tile))).unwrap())
            .collect())
    }

    fn save_tiles(&self, _: &[Tile], _: &[Vec<u8>]) {}
}

#[test]
fn another_implementation_reads_the_tiles_and_finds_every_leaf() {
    let (place, store) = Place::with_log(1_300);
    let head = store.head.unwrap();
    let tiles = OurTiles(&place, RefCell::default());
    let hashes = TileHashReader::new(head.size, head.root.into(), &tiles);
    let indexes: Vec<u64> = (0..head.size)
        .map(|leaf| stored_hash_index(0, leaf))
        .collect();
    let leaves = hashes.read_hashes(&indexes).unwrap();
    for (leaf, entry) in leaves.iter().zip(commitments(0, head.size)) {
        assert_eq!(leaf.0, entry.leaf_hash().0);
    }
    assert_eq!(*tiles.1.borrow(), 6 + 1);
}

#[test]
fn readers_get_good_proofs_while_the_log_grows_and_removes_partial_files() {
    let (place, mut store) = Place::with_log(200);
    let reader = place.reader();
    let finished = AtomicBool::new(false);
    let read = std::thread::scope(|scope| {
        let other = scope.spawn(|| {
            let mut read = 0;
            while !finished.load(Ordering::Relaxed) {
                for index in [0, 100, 199] {
                    let entry = commitments(index, index + 1)[0];
                    let proof = reader.prove(index).unwrap();
                    proof.verify(&policy(), &entry).unwrap();
                    reader.prove_consistency(index + 1).unwrap();
                    read += 1;
                }
            }
            read
        });
        let mut log = place.open(&store.faults).unwrap();
        for entry in commitments(200, 600) {
            log.append(&mut store, &[entry]).unwrap();
        }
        finished.store(true, Ordering::Relaxed);
        other.join().unwrap()
    });
    assert!(read > 10, "{read}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_sequence_of_batches_gives_the_tree_of_the_definition_and_proofs_that_verify(
        batches in proptest::collection::vec(0_u64..400, 1..6),
        samples in proptest::collection::vec(any::<u64>(), 8),
    ) {
        let (place, mut store) = (Place::new(), MemoryStore::default());
        let mut size = 0;
        let mut earlier = Vec::new();
        for batch in batches {
            let head = place.append(&mut store, size, size + batch).unwrap();
            size += batch;
            prop_assert_eq!(head.size, size);
            prop_assert_eq!(store.head, Some(head));
            if size > 0 {
                check_log(&place, size, &samples);
            }
            earlier.push(place.reader().checkpoint().unwrap());
        }
        let now = earlier.last().unwrap();
        for old in &earlier {
            let proof = place.reader().prove_consistency(old.head().size).unwrap();
            prop_assert!(verify_consistency(old, now, &proof).is_ok());
        }
    }
}

#[test]
#[ignore = "measures time: run with --release -- --ignored --nocapture"]
fn a_hundred_thousand_entries_are_appended_in_well_under_a_second() {
    let (place, mut store) = Place::with_log(1_000);
    let entries = commitments(1_000, 101_000);
    let mut log = place.open(&store.faults).unwrap();

    let start = Instant::now();
    let mut edge = log.load_edge(&store.head.unwrap()).unwrap();
    for entry in &entries {
        edge.push(entry, &mut |_| Ok(())).unwrap();
    }
    let head = edge.head();
    println!("hashing 100,000 entries: {:?}", start.elapsed());

    let start = Instant::now();
    assert_eq!(log.append(&mut store, &entries).unwrap(), head);
    let whole = start.elapsed();
    println!("appending them durably: {whole:?}");

    let start = Instant::now();
    for entry in commitments(101_000, 101_100) {
        log.append(&mut store, &[entry]).unwrap();
    }
    println!("appending one entry durably: {:?}", start.elapsed() / 100);

    let start = Instant::now();
    for index in (0..100_000).step_by(100) {
        log.prove(index).unwrap();
    }
    println!("proving one entry: {:?}", start.elapsed() / 1_000);

    let start = Instant::now();
    log.verify_all().unwrap();
    println!("verifying all 101,100 entries: {:?}", start.elapsed());
    assert!(whole.as_millis() < 1_000, "{whole:?}");
}
