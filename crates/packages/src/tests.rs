#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

use std::io::Read as _;

use crate::testing::{all, ciphertext, sealed};
use crate::{Checked, Directory, Packages, PackagesError};

#[test]
fn a_directory_is_a_place_for_packages() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("packages");
    let open = || -> Box<dyn Packages> { Box::new(Directory::new(folder.clone())) };
    all(&open, 300_000, place.path());
}

#[test]
fn a_file_that_was_changed_is_not_read_to_its_end_and_not_handed_over() {
    let place = tempfile::tempdir().unwrap();
    let packages = Directory::new(place.path().to_owned());
    let bytes = ciphertext(1, 200_000);
    let one = sealed(&bytes);
    packages.keep(&one, 200_000, &mut &bytes[..]).unwrap();
    let mut wrong = bytes.clone();
    wrong[7] ^= 1;
    std::fs::write(place.path().join(&one.name), &wrong).unwrap();
    let to = place.path().join("to");
    let refused = packages.hand_over(&one, &to, &mut || panic!("other bytes"));
    assert!(matches!(refused, Err(PackagesError::OtherBytes(_))));
    assert!(!to.exists());
    let mut read = Vec::new();
    let mut reading = packages.read(&one, 0, 200_000).unwrap();
    reading.read_to_end(&mut read).unwrap_err();
    assert!(read.len() < 200_000);
    // What is wrong there is not taken for the package, and is written anew.
    assert!(!packages.is_whole(&one, 200_000).unwrap());
    packages.keep(&one, 200_000, &mut &bytes[..]).unwrap();
    assert!(packages.is_whole(&one, 200_000).unwrap());
}

#[test]
fn the_last_bytes_come_only_if_all_are_right() {
    let bytes = ciphertext(1, 1000);
    let one = sealed(&bytes);
    let read = |given: &[u8], piece: usize| {
        let mut checked = Checked::new(given, one.sha256, 1000);
        let (mut all, mut buffer) = (Vec::new(), vec![0; piece]);
        loop {
            match checked.read(&mut buffer) {
                Ok(0) => return Ok(all),
                Ok(read) => all.extend_from_slice(&buffer[..read]),
                Err(error) => return Err((all.len(), error.kind())),
            }
        }
    };
    for piece in [1, 7, 999, 1000, 4096] {
        assert_eq!(read(&bytes, piece), Ok(bytes.clone()));
        // What follows is not of the package.
        assert_eq!(
            read(&[&bytes[..], b"more"].concat(), piece),
            Ok(bytes.clone())
        );
        let mut wrong = bytes.clone();
        wrong[0] ^= 1;
        let (given, kind) = read(&wrong, piece).unwrap_err();
        assert!(given < 1000 && kind == std::io::ErrorKind::InvalidData);
        let (given, kind) = read(&bytes[..999], piece).unwrap_err();
        assert!(given == 999 && kind == std::io::ErrorKind::UnexpectedEof);
    }
}
