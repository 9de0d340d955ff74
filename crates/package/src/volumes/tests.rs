#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

use std::fs;

use lagrum_model::{CaseId, Region, Sha256Digest};

use super::*;

const NAME: &str = "2026-0004-1a2b3c4d.tar.age";

/// A package of 950 bytes in files of 300, and its receipt.
fn cut(dir: &Path) -> (Vec<u8>, Receipt) {
    let bytes: Vec<u8> = (0..=250).cycle().take(950).collect();
    let mut digests = Digests::new(300);
    digests.update(&bytes);
    let found = digests.finish();
    for (number, piece) in (1..).zip(bytes.chunks(300)) {
        fs::write(dir.join(Volume::name(NAME, number)), piece).unwrap();
    }
    let receipt = Receipt {
        case: CaseId::new(2026, 4),
        mandate: Sha256Digest([1; 32]),
        region: Region::parse("se").unwrap(),
        package: NAME.into(),
        sha256: found.sha256,
        length: found.length,
        volumes: found.volumes,
        produced: 1,
        for_review: 0,
        searched: vec![],
    };
    (bytes, receipt)
}

fn file(dir: &Path, number: u64) -> PathBuf {
    dir.join(Volume::name(NAME, number))
}

/// What is said of the package that lies there.
fn said(dir: &Path, receipt: &Receipt) -> Result<(), String> {
    let found = SealedFiles::find(&file(dir, 1)).map_err(|why| why.to_string())?;
    found.check(receipt).map_err(|why| why.to_string())
}

#[test]
fn whichever_volume_is_named_all_are_read_in_their_order() {
    let dir = tempfile::tempdir().unwrap();
    let (bytes, receipt) = cut(dir.path());
    for name in [
        NAME.to_owned(),
        Volume::name(NAME, 1),
        Volume::name(NAME, 3),
        Volume::name(NAME, 4),
    ] {
        let found = SealedFiles::find(&dir.path().join(name)).unwrap();
        assert_eq!(found.package(), dir.path().join(NAME));
        let mut read = Vec::new();
        found.read().unwrap().read_to_end(&mut read).unwrap();
        assert_eq!(read, bytes);
        found.check(&receipt).unwrap();
    }
}

#[test]
fn a_package_in_one_file_is_held_against_the_same_receipt() {
    let dir = tempfile::tempdir().unwrap();
    let (bytes, receipt) = cut(dir.path());
    let whole = dir.path().join(NAME);
    fs::write(&whole, &bytes).unwrap();
    SealedFiles::find(&whole).unwrap().check(&receipt).unwrap();
    fs::write(&whole, &bytes[1..]).unwrap();
    assert!(SealedFiles::find(&whole).unwrap().check(&receipt).is_err());
}

#[test]
fn volumes_that_are_damaged_are_named_and_no_others() {
    let dir = tempfile::tempdir().unwrap();
    let (bytes, receipt) = cut(dir.path());
    fs::write(file(dir.path(), 2), &bytes[..300]).unwrap();
    let why = said(dir.path(), &receipt).unwrap_err();
    assert!(why.contains(".002 is not what the receipt names"), "{why}");
    assert!(!why.contains(".001") && !why.contains(".003"), "{why}");
    // One that is too long shifts none of the others.
    fs::write(file(dir.path(), 2), &bytes[300..601]).unwrap();
    fs::write(file(dir.path(), 4), b"").unwrap();
    let why = said(dir.path(), &receipt).unwrap_err();
    assert!(
        why.contains(".002, ") && why.contains(".004 are not"),
        "{why}"
    );
    assert!(!why.contains(".001") && !why.contains(".003"), "{why}");
}

#[test]
fn volumes_that_are_missing_are_named() {
    for missing in 1..=4 {
        let dir = tempfile::tempdir().unwrap();
        let (_, receipt) = cut(dir.path());
        fs::remove_file(file(dir.path(), missing)).unwrap();
        let why = said(dir.path(), &receipt).unwrap_err();
        assert!(why.contains(&format!("{missing:03} is missing")), "{why}");
        // Without the receipt, all but the last.
        assert_eq!(
            SealedFiles::find(&dir.path().join(NAME)).is_err(),
            missing < 4
        );
    }
}

#[test]
fn a_volume_too_many_is_not_taken_for_a_part_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let (_, receipt) = cut(dir.path());
    fs::write(file(dir.path(), 5), b"more").unwrap();
    let why = said(dir.path(), &receipt).unwrap_err();
    assert!(why.contains("does not belong to it"), "{why}");
}

#[test]
fn a_link_is_no_volume() {
    let dir = tempfile::tempdir().unwrap();
    let (bytes, receipt) = cut(dir.path());
    let elsewhere = dir.path().join("elsewhere");
    fs::write(&elsewhere, &bytes[300..600]).unwrap();
    fs::remove_file(file(dir.path(), 2)).unwrap();
    std::os::unix::fs::symlink(&elsewhere, file(dir.path(), 2)).unwrap();
    assert!(said(dir.path(), &receipt).is_err());
    let found = SealedFiles::find(&file(dir.path(), 1)).unwrap();
    let mut read = Vec::new();
    assert!(found.read().unwrap().read_to_end(&mut read).is_err());
}

#[test]
fn a_receipt_whose_volumes_do_not_make_up_its_package_is_not_believed() {
    use lagrum_mandate::answer::SignedAnswer;
    use lagrum_notes::{SigningKey, role};
    let dir = tempfile::tempdir().unwrap();
    let (_, receipt) = cut(dir.path());
    let key: SigningKey<role::Agent> =
        SigningKey::from_seed(&[6; 32], "kvist.example/agent").unwrap();
    let public = key.verifying_key();
    let verified = |receipt: &Receipt| {
        let note = receipt.sign(&key).unwrap();
        Receipt::verify(note.as_bytes(), &[&public]).map(|(receipt, _)| receipt)
    };
    assert_eq!(verified(&receipt).unwrap(), receipt);
    let longer = Receipt {
        length: 1_201,
        ..receipt
    };
    assert!(verified(&longer).is_err());
}
