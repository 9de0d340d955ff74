//! The tests that every place passes.
#![allow(
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    reason = "what is not as it should be fails the test"
)]

use std::io::Read;
use std::path::Path;
use std::sync::Barrier;

use lagrum_durable::{FileError, create_directory, read_if_any};
use lagrum_model::Sha256Digest;

use crate::{Packages, PackagesError, Piece, Sealed};

/// Bytes of this length that look like ciphertext, each time others for another `seed`.
#[must_use]
pub fn ciphertext(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2).wrapping_add(1);
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    (0..length).map(|_| next()).collect()
}

/// The package of these bytes.
#[must_use]
pub fn sealed(bytes: &[u8]) -> Sealed {
    let sha256 = Sha256Digest::of(bytes);
    Sealed {
        name: format!("2026-0001-{}.tar.age", &sha256.to_string()[..16]),
        sha256,
    }
}

fn kept(packages: &dyn Packages, bytes: &[u8]) -> Sealed {
    let one = sealed(bytes);
    packages
        .keep(&one, bytes.len() as u64, &mut &bytes[..])
        .unwrap();
    one
}

fn all_of(packages: &dyn Packages, one: &Sealed, from: u64, length: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut reading = packages.read(one, from, length).unwrap();
    reading.read_to_end(&mut bytes).unwrap();
    bytes
}

fn content(file: &Path) -> Option<Vec<u8>> {
    read_if_any(file, 1 << 30).unwrap()
}

/// All of them; `packages` opens the same empty place again, `length` is how long packages are, and `folder` is an empty
/// directory.
pub fn all(packages: &dyn Fn() -> Box<dyn Packages>, length: usize, folder: &Path) {
    what_is_kept_is_there_whole_and_in_pieces(&*packages(), length);
    what_is_not_what_was_named_is_not_kept(&*packages(), length);
    what_cannot_be_read_to_its_end_is_not_kept_and_is_kept_when_it_can(&*packages(), length);
    what_is_handed_over_is_compared_and_can_be_handed_over_again(&*packages(), length, folder);
    what_is_handed_over_in_pieces_is_compared_piece_by_piece(&*packages(), length, folder);
    what_is_removed_is_gone(&*packages(), length);
    two_may_keep_the_same_at_once(packages, length);
}

fn what_is_kept_is_there_whole_and_in_pieces(packages: &dyn Packages, length: usize) {
    let bytes = ciphertext(1, length);
    let (one, whole) = (sealed(&bytes), length as u64);
    assert_eq!(packages.length(&one).unwrap(), None);
    assert!(!packages.is_whole(&one, whole).unwrap());
    assert!(packages.read(&one, 0, whole).is_err());
    kept(packages, &bytes);
    assert_eq!(packages.length(&one).unwrap(), Some(whole));
    assert!(packages.is_whole(&one, whole).unwrap());
    assert_eq!(all_of(packages, &one, 0, whole), bytes);
    let middle = length / 2;
    assert_eq!(all_of(packages, &one, 0, 2), bytes[..2]);
    assert_eq!(
        all_of(packages, &one, middle as u64, whole - middle as u64),
        bytes[middle..]
    );
    assert_eq!(
        all_of(packages, &one, middle as u64 - 3, 7),
        bytes[middle - 3..middle + 4]
    );
    // Kept again, it is the same.
    kept(packages, &bytes);
    assert_eq!(all_of(packages, &one, 0, whole), bytes);
}

fn what_is_not_what_was_named_is_not_kept(packages: &dyn Packages, length: usize) {
    let bytes = ciphertext(2, length);
    let (one, whole) = (sealed(&bytes), length as u64);
    let mut other = bytes.clone();
    other[length - 1] ^= 1;
    let longer = [&bytes[..], b"x"].concat();
    for (wrong, said) in [
        (&other[..], whole),
        (&longer, whole),
        (&longer, whole + 1),
        (&bytes[..length - 1], whole),
        (&bytes, whole - 1),
        (&bytes, whole + 1),
        (&b""[..], whole),
    ] {
        let refused = packages.keep(&one, said, &mut &wrong[..]);
        assert!(
            matches!(refused, Err(PackagesError::NotTheOne)),
            "{refused:?}"
        );
        assert_eq!(packages.length(&one).unwrap(), None);
    }
    kept(packages, &bytes);
}

struct Broken<'b>(&'b [u8]);

impl Read for Broken<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        match self.0.read(into)? {
            0 => Err(std::io::ErrorKind::ConnectionReset.into()),
            read => Ok(read),
        }
    }
}

fn what_cannot_be_read_to_its_end_is_not_kept_and_is_kept_when_it_can(
    packages: &dyn Packages,
    length: usize,
) {
    let bytes = ciphertext(3, length);
    let (one, whole) = (sealed(&bytes), length as u64);
    for cut in [0, 1, length / 2, length - 1, length] {
        let broken = packages.keep(&one, whole, &mut Broken(&bytes[..cut]));
        assert!(
            matches!(broken, Err(PackagesError::File(_))),
            "{cut}: {broken:?}"
        );
        assert_eq!(packages.length(&one).unwrap(), None);
    }
    kept(packages, &bytes);
    assert!(packages.is_whole(&one, whole).unwrap());
}

fn what_is_handed_over_is_compared_and_can_be_handed_over_again(
    packages: &dyn Packages,
    length: usize,
    folder: &Path,
) {
    let bytes = ciphertext(4, length);
    let one = sealed(&bytes);
    let folder = folder.join("deliveries");
    create_directory(&folder).unwrap();
    let to = folder.join("package");
    let missing = packages.hand_over(&one, &to, &mut || panic!("it is not there"));
    assert!(
        matches!(missing, Err(PackagesError::NotThere(_))),
        "{missing:?}"
    );
    kept(packages, &bytes);
    // What is done before may fail: then nothing has got its name.
    let failed = packages.hand_over(&one, &to, &mut || {
        let error = std::io::ErrorKind::StorageFull.into();
        Err(FileError::new("write", Path::new("receipt"), error))
    });
    assert!(failed.is_err() && content(&to).is_none());
    for _ in 0..2 {
        let mut before = 0;
        packages
            .hand_over(&one, &to, &mut || {
                before += 1;
                Ok(())
            })
            .unwrap();
        assert_eq!((before, content(&to)), (1, Some(bytes.clone())));
    }
}

fn what_is_handed_over_in_pieces_is_compared_piece_by_piece(
    packages: &dyn Packages,
    length: usize,
    folder: &Path,
) {
    let bytes = ciphertext(6, length);
    let one = kept(packages, &bytes);
    let folder = folder.join("pieces");
    create_directory(&folder).unwrap();
    let longest = length / 3 + 1;
    let mut pieces: Vec<_> = bytes
        .chunks(longest)
        .enumerate()
        .map(|(number, piece)| Piece {
            to: folder.join(format!("one.{number}")),
            from: (number * longest) as u64,
            length: piece.len() as u64,
            sha256: Sha256Digest::of(piece),
        })
        .collect();
    let lies_there = |piece: &Piece| content(&piece.to);
    // A piece that is not what was named does not get its name; what came before it did.
    let right = pieces[1].sha256;
    pieces[1].sha256 = Sha256Digest::of(b"other");
    let refused = packages.hand_over_in_pieces(&one, &pieces, &mut || Ok(()));
    assert!(
        matches!(refused, Err(PackagesError::OtherBytes(_))),
        "{refused:?}"
    );
    assert_eq!(lies_there(&pieces[0]).unwrap(), bytes[..longest]);
    assert_eq!(lies_there(&pieces[1]), None);
    assert_eq!(lies_there(&pieces[2]), None);
    pieces[1].sha256 = right;
    // What was cut off goes on, and can be done again.
    let mut asked = 0;
    for _ in 0..2 {
        let before = &mut || {
            asked += 1;
            Ok(())
        };
        packages.hand_over_in_pieces(&one, &pieces, before).unwrap();
        let all: Vec<u8> = pieces
            .iter()
            .flat_map(|piece| lies_there(piece).unwrap())
            .collect();
        assert_eq!(all, bytes);
    }
    assert_eq!(asked, 2);
}

fn what_is_removed_is_gone(packages: &dyn Packages, length: usize) {
    let (first, second) = (ciphertext(5, length), ciphertext(6, length));
    let (one, other) = (kept(packages, &first), kept(packages, &second));
    assert!(packages.remove(&one).unwrap().removed > 0);
    assert_eq!(packages.length(&one).unwrap(), None);
    assert!(!packages.is_whole(&one, length as u64).unwrap());
    assert_eq!(packages.remove(&one).unwrap().removed, 0);
    assert_eq!(all_of(packages, &other, 0, length as u64), second);
    kept(packages, &first);
    assert_eq!(all_of(packages, &one, 0, length as u64), first);
}

fn two_may_keep_the_same_at_once(packages: &dyn Fn() -> Box<dyn Packages>, length: usize) {
    let bytes = ciphertext(7, length);
    let one = sealed(&bytes);
    let (both, start) = ([packages(), packages()], Barrier::new(2));
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = both
            .iter()
            .map(|packages| {
                scope.spawn(|| {
                    start.wait();
                    packages.keep(&one, length as u64, &mut &bytes[..])
                })
            })
            .collect();
        threads.into_iter().map(|one| one.join().unwrap()).collect()
    });
    // One of them may have been hindered by the other, and does it again; what lies there is whole.
    assert!(outcomes.iter().any(Result::is_ok), "{outcomes:?}");
    for packages in &both {
        if !packages.is_whole(&one, length as u64).unwrap() {
            packages.keep(&one, length as u64, &mut &bytes[..]).unwrap();
        }
        assert_eq!(all_of(&**packages, &one, 0, length as u64), bytes);
    }
}
