//! The proofs of transparency-dev/merkle, good and corrupted, with the verdict they must get.

use std::path::{Path, PathBuf};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::*;

/// The folder of shared test data, which is not part of the repository.
fn shared_data() -> Option<PathBuf> {
    if let Some(shared) = std::env::var_os("LAGRUM_SHARED") {
        return Some(Path::new(&shared).join("data")).filter(|data| data.is_dir());
    }
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join("shared").join("data"))
        .find(|data| data.is_dir())
}

fn vectors(kind: &str) -> Vec<(PathBuf, Value)> {
    let mut open = Vec::new();
    match shared_data() {
        Some(data) => open.push(
            data.join("vectors/transparency-dev-merkle/testdata")
                .join(kind),
        ),
        None => println!("SKIPPED: ../shared/data/vectors is not there"),
    }
    let mut found = Vec::new();
    while let Some(next) = open.pop() {
        if next.is_dir() {
            let listing = std::fs::read_dir(&next).unwrap();
            open.extend(listing.map(|entry| entry.unwrap().path()));
        } else if next
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            let text = std::fs::read_to_string(&next).unwrap();
            found.push((next, serde_json::from_str(&text).unwrap()));
        } else if !next.exists() {
            println!("SKIPPED: ../shared/data/vectors/transparency-dev-merkle is not there");
        }
    }
    found
}

/// A root of the vector. Some are words instead of hashes, equal or not: their digests stand for
/// them.
fn root(value: &Value) -> Hash {
    let bytes = BASE64_STANDARD.decode(value.as_str().unwrap()).unwrap();
    let digest = || Sha256::digest(&bytes).into();
    Hash(bytes[..].try_into().unwrap_or_else(|_| digest()))
}

/// A hash of the vector; some are not 32 bytes long on purpose, which our types already refuse.
fn hash(value: &Value) -> Option<Hash> {
    Hash::from_base64(value.as_str().unwrap(), "vector").ok()
}

fn proof(value: &Value) -> Option<Vec<Hash>> {
    match value.as_array() {
        Some(hashes) => hashes.iter().map(hash).collect(),
        None => Some(Vec::new()),
    }
}

/// Compares the verdicts; returns how many were to be accepted and refused.
fn count(kind: &str, verdict: impl Fn(&Value) -> Option<bool>) -> (usize, usize) {
    let (mut accepted, mut refused) = (0, 0);
    for (file, vector) in vectors(kind) {
        let must_fail = vector["wantErr"].as_bool().unwrap();
        assert_eq!(verdict(&vector).unwrap_or(false), !must_fail, "{file:?}");
        if must_fail {
            refused += 1;
        } else {
            accepted += 1;
        }
    }
    println!("{kind}: {accepted} accepted, {refused} refused");
    (accepted, refused)
}

#[test]
fn inclusion_proofs_of_another_implementation_get_the_verdict_they_must() {
    let (accepted, refused) = count("inclusion", |vector| {
        let head = Head {
            size: vector["treeSize"].as_u64().unwrap(),
            root: root(&vector["root"]),
        };
        let proof = proof(&vector["proof"])?;
        let index = vector["leafIdx"].as_u64().unwrap();
        let leaf = hash(&vector["leafHash"])?;
        Some(check_inclusion(&proof, &head, index, leaf).is_ok())
    });
    assert!(shared_data().is_none() || (accepted > 0 && refused > 0));
}

#[test]
fn consistency_proofs_of_another_implementation_get_the_verdict_they_must() {
    let (accepted, refused) = count("consistency", |vector| {
        let old = Head {
            size: vector["size1"].as_u64().unwrap(),
            root: root(&vector["root1"]),
        };
        let new = Head {
            size: vector["size2"].as_u64().unwrap(),
            root: root(&vector["root2"]),
        };
        let proof = proof(&vector["proof"])?;
        Some(check_consistency(&proof, &old, &new).is_ok())
    });
    assert!(shared_data().is_none() || (accepted > 0 && refused > 0));
}

#[test]
fn absurd_sizes_are_refused_and_do_not_panic() {
    let root = Hash([1; 32]);
    let huge = Head {
        size: u64::MAX,
        root,
    };
    for length in [0, 1, 62, 63, 64, 1_000] {
        let proof = vec![root; length];
        for index in [0, 1, 1 << 63, u64::MAX - 1, u64::MAX] {
            assert!(check_inclusion(&proof, &huge, index, root).is_err());
            let old = Head { size: index, root };
            let same = index == u64::MAX && length == 0;
            assert_eq!(check_consistency(&proof, &old, &huge).is_ok(), same);
            assert!(index == u64::MAX || check_consistency(&proof, &huge, &old).is_err());
        }
    }
}
