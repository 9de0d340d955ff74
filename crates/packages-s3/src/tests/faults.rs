//! What may go wrong on the way and at the storage: a package is there whole, or it is not there and that is said.

use std::io::Read as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use lagrum_packages::testing::{ciphertext, sealed};
use lagrum_packages::{Packages as _, PackagesError};
use serde_json::json;

use super::moto::Moto;
use super::proxy::{Deed, Wire, refusal};
use super::{PART, opened, place};
use crate::S3Packages;

/// Two parts, of which the second is short.
const LENGTH: usize = PART + 1000;

/// A bucket behind a wire on which this happens.
fn behind(
    moto: &Moto,
    place: &tempfile::TempDir,
    deeds: impl Fn(&str, usize) -> Deed + Send + Sync + 'static,
) -> (Wire, S3Packages) {
    let wire = Wire::to(moto.port, Box::new(deeds));
    let packages = opened(place.path(), wire.port, "store", &moto.keeper);
    (wire, packages)
}

fn uploads(moto: &Moto) -> u64 {
    moto.tell("uploads", json!({"bucket": "store"}))
        .as_u64()
        .unwrap()
}

fn begins(line: &str) -> bool {
    line.starts_with("POST") && line.contains("?uploads=")
}

fn puts(line: &str) -> bool {
    line.starts_with("PUT")
}

fn completes(line: &str) -> bool {
    line.starts_with("POST") && line.contains("?uploadId=")
}

fn gives(line: &str) -> bool {
    line.starts_with("GET /store/desk/")
}

fn lists(line: &str) -> bool {
    line.starts_with("GET /store?") && line.contains("list-type=2")
}

const ALL: [fn(&str) -> bool; 5] = [begins, puts, completes, gives, lists];

/// What happens the first so many times that something is asked.
fn first(
    times: usize,
    what: fn(&str) -> bool,
    deed: impl Fn() -> Deed + Send + Sync + 'static,
) -> impl Fn(&str, usize) -> Deed + Send + Sync + 'static {
    let left = AtomicUsize::new(times);
    move |line, _| {
        let happens = what(line)
            && left
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                    left.checked_sub(1)
                })
                .is_ok();
        match happens {
            true => deed(),
            false => Deed::Pass,
        }
    }
}

#[test]
fn storage_that_has_no_time_is_asked_again_a_few_times_and_then_nothing_counts_as_there() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let place = place();
    for (number, what) in (0_u64..).zip(ALL) {
        for (status, code) in [
            ("503 Slow Down", "SlowDown"),
            ("500 Internal Server Error", "InternalError"),
        ] {
            let bytes = ciphertext(100 + number, LENGTH);
            let one = sealed(&bytes);
            let (wire, packages) = behind(&moto, &place, move |line, _| match what(line) {
                true => refusal(status, code),
                false => Deed::Pass,
            });
            let failed = packages.keep(&one, LENGTH as u64, &mut &bytes[..]);
            let said = failed.unwrap_err().to_string();
            assert!(said.contains(code), "{said}");
            let asked = wire.asked().iter().filter(|line| what(line)).count();
            assert_eq!(asked, 6);
            assert_eq!(uploads(&moto), 0);
            // A few times are no fault. What is there already is compared, and nothing is put again.
            let (_wire, packages) =
                behind(&moto, &place, first(5, what, move || refusal(status, code)));
            packages.keep(&one, LENGTH as u64, &mut &bytes[..]).unwrap();
            assert!(packages.is_whole(&one, LENGTH as u64).unwrap());
            packages.remove(&one).unwrap();
        }
    }
}

#[test]
fn wherever_an_upload_is_cut_the_package_is_there_whole_or_not_at_all() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let place = place();
    let bytes = ciphertext(1, LENGTH);
    let (one, whole) = (sealed(&bytes), LENGTH as u64);
    let cuts: [fn() -> Deed; 3] = [
        || Deed::CutAsked(PART / 2),
        || Deed::Cut(3),
        || Deed::Unheard,
    ];
    for (place_of, what) in ALL.into_iter().enumerate() {
        for cut in cuts {
            // Once or twice: it is asked again, and what was done without being heard is found.
            let (_wire, packages) = behind(&moto, &place, first(2, what, cut));
            packages.keep(&one, whole, &mut &bytes[..]).unwrap();
            assert!(packages.is_whole(&one, whole).unwrap());
            packages.remove(&one).unwrap();
            assert_eq!(uploads(&moto), 0);
            // Each time: nothing is taken for the package that nobody has seen whole, and it is done again later.
            let (_wire, packages) = behind(&moto, &place, first(usize::MAX, what, cut));
            let kept = packages.keep(&one, whole, &mut &bytes[..]);
            let direct = opened(place.path(), moto.port, "store", &moto.keeper);
            if kept.is_ok() {
                // It was put together, and nobody was told: what lies there was found, and read. And where a part
                // was taken, the answer has no body that could be cut.
                assert!([1, 2].contains(&place_of), "{place_of}");
                assert!(direct.is_whole(&one, whole).unwrap());
            }
            direct.keep(&one, whole, &mut &bytes[..]).unwrap();
            assert!(direct.is_whole(&one, whole).unwrap());
            direct.remove(&one).unwrap();
            assert_eq!(uploads(&moto), 0);
        }
    }
}

#[test]
fn a_download_that_is_cut_goes_on_where_it_was_and_ends_in_an_error_if_it_cannot() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let place = place();
    let bytes = ciphertext(1, LENGTH);
    let (one, whole) = (sealed(&bytes), LENGTH as u64);
    let direct = opened(place.path(), moto.port, "store", &moto.keeper);
    direct.keep(&one, whole, &mut &bytes[..]).unwrap();
    let read = |packages: &S3Packages, from: u64| {
        let mut all = Vec::new();
        let mut reading = packages.read(&one, from, whole - from).unwrap();
        reading.read_to_end(&mut all).map(|_| all)
    };
    let to = place.path().join("to");
    for from in [0, 12_345] {
        let (wire, packages) = behind(&moto, &place, first(5, gives, || Deed::Cut(100_000)));
        assert_eq!(read(&packages, from).unwrap(), bytes[from as usize..]);
        let asked = wire.asked();
        assert_eq!(asked.iter().filter(|line| gives(line)).count(), 6);
        let (_wire, packages) = behind(&moto, &place, first(6, gives, || Deed::Cut(100_000)));
        read(&packages, from).unwrap_err();
    }
    let (_wire, packages) = behind(&moto, &place, first(6, gives, || Deed::Cut(100_000)));
    let failed = packages.hand_over(&one, &to, &mut || panic!("not whole"));
    assert!(matches!(failed, Err(PackagesError::Storage(_))) && !to.exists());
    packages.hand_over(&one, &to, &mut || Ok(())).unwrap();
    assert_eq!(std::fs::read(&to).unwrap(), bytes);
}

#[test]
fn other_bytes_in_the_bucket_are_taken_for_nothing_and_not_overwritten() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let place = place();
    let bytes = ciphertext(1, 300_000);
    let one = sealed(&bytes);
    let packages = opened(place.path(), moto.port, "store", &moto.keeper);
    let key = format!("desk/{}", one.sha256);
    let mut wrong = bytes.clone();
    wrong[299_999] ^= 1;
    for other in [&wrong[..], b"shorter"] {
        moto.put("store", &key, other, "2026-01-15T12:00:00Z");
        let before = moto.all_of("store");
        let other_bytes = |error: PackagesError| {
            assert!(matches!(error, PackagesError::OtherBytes(_)), "{error}");
        };
        other_bytes(packages.is_whole(&one, 300_000).unwrap_err());
        other_bytes(packages.keep(&one, 300_000, &mut &bytes[..]).unwrap_err());
        let to = place.path().join("to");
        other_bytes(
            packages
                .hand_over(&one, &to, &mut || panic!("other bytes"))
                .unwrap_err(),
        );
        assert!(!to.exists());
        let length = packages.length(&one).unwrap().unwrap();
        let mut read = Vec::new();
        let mut reading = packages.read(&one, 0, length).unwrap();
        let error = reading.read_to_end(&mut read).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::InvalidData);
        assert!((read.len() as u64) < length);
        assert_eq!(moto.all_of("store"), before);
    }
    // Removed, the package can be put there.
    packages.remove(&one).unwrap();
    packages.keep(&one, 300_000, &mut &bytes[..]).unwrap();
}

#[test]
fn storage_that_keeps_other_bytes_than_it_was_given_is_found_out_and_they_are_removed() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let moto = Arc::new(moto);
    let place = place();
    let bytes = ciphertext(1, 100_000);
    let one = sealed(&bytes);
    // What is read back differs in one byte; no less than what would be kept.
    let (_wire, packages) = behind(&moto, &place, |line, _| match gives(line) {
        true => Deed::ChangedBytes(|answer| {
            let last = answer.len() - 1;
            answer[last] ^= 1;
        }),
        false => Deed::Pass,
    });
    let kept = packages.keep(&one, 100_000, &mut &bytes[..]);
    assert!(
        matches!(kept, Err(PackagesError::OtherBytes(_))),
        "{kept:?}"
    );
    let direct = opened(place.path(), moto.port, "store", &moto.keeper);
    assert_eq!(direct.length(&one).unwrap(), None);
    direct.keep(&one, 100_000, &mut &bytes[..]).unwrap();
}

#[test]
fn two_that_put_the_same_at_once_put_one_where_the_storage_knows_the_condition() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let place = place();
    let bytes = ciphertext(1, LENGTH);
    let (one, whole) = (sealed(&bytes), LENGTH as u64);
    // Another puts it there while this one is about to put its own together.
    let (direct, there) = (
        opened(place.path(), moto.port, "store", &moto.keeper),
        bytes.clone(),
    );
    let of_other = sealed(&there);
    let once = AtomicUsize::new(0);
    let (wire, packages) = behind(&moto, &place, move |line, _| {
        if completes(line) && once.fetch_add(1, Ordering::Relaxed) == 0 {
            // It ends uploads that seem old; this storage says so of all.
            let key = direct.key(of_other.sha256);
            let mut writer = lagrum_objects::Writer::new(direct.bucket().unwrap()).unwrap();
            let upload = writer.begin(&key).unwrap();
            let etag = writer
                .part(&key, &upload, 1, &there.clone().into())
                .unwrap();
            writer.complete(&key, &upload, &[etag], true).unwrap();
        }
        Deed::Pass
    });
    packages.keep(&one, whole, &mut &bytes[..]).unwrap();
    assert!(wire.asked().iter().any(|line| completes(line)));
    assert_eq!(uploads(&moto), 0);
    let lies = moto.all_of("store");
    assert_eq!(lies.matches("VersionId").count(), 1, "{lies}");
    assert!(packages.is_whole(&one, whole).unwrap());
}

#[test]
fn what_is_said_when_an_object_is_put_together_is_taken_as_it_is_meant() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let place = place();
    let bytes = ciphertext(1, 1000);
    let one = sealed(&bytes);
    let failed_late = || {
        let body = "<Error><Code>InternalError</Code></Error>";
        let head = format!(
            "HTTP/1.1 200 OK\r\nDate: Sun, 01 Mar 2026 00:00:00 GMT\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        Deed::Answer((head + body).into_bytes())
    };
    let not_known = || refusal("501 Not Implemented", "NotImplemented");
    let at_once = || refusal("409 Conflict", "ConditionalRequestConflict");
    let forbidden = || refusal("403 Forbidden", "AccessDenied");
    /// What is answered; how often it is asked; whether the next try of the same puts it there.
    type Case = (fn() -> Deed, usize, bool);
    let cases: [Case; 4] = [
        // It says that it goes well, and then that it did not: it is asked again.
        (failed_late, 6, true),
        // It does not know the condition: it is asked without.
        (not_known, 2, true),
        // Another puts it there just now, and nothing lies there yet: later.
        (at_once, 1, false),
        (forbidden, 1, false),
    ];
    for (answers, asked, mended) in cases {
        let (wire, packages) = behind(&moto, &place, first(usize::MAX, completes, answers));
        packages.keep(&one, 1000, &mut &bytes[..]).unwrap_err();
        let lines = wire.asked();
        assert_eq!(lines.iter().filter(|line| completes(line)).count(), asked);
        assert_eq!(uploads(&moto), 0);
        let direct = opened(place.path(), moto.port, "store", &moto.keeper);
        assert_eq!(direct.length(&one).unwrap(), None);
        let (_wire, packages) = behind(&moto, &place, first(1, completes, answers));
        let kept = packages.keep(&one, 1000, &mut &bytes[..]);
        assert_eq!(kept.is_ok(), mended, "{kept:?}");
        assert_eq!(direct.length(&one).unwrap().is_some(), mended);
        direct.remove(&one).unwrap();
    }
}

/// Bytes that are made as they are read.
struct Made(u64);

impl std::io::Read for Made {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        for byte in &mut *into {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            *byte = (self.0 >> 56) as u8;
        }
        Ok(into.len())
    }
}

/// The most memory that this process has had, in bytes.
fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let number = line.unwrap().split_whitespace().nth(1).unwrap();
    number.parse::<u64>().unwrap() << 10
}

#[test]
fn a_package_that_is_much_longer_than_a_part_takes_the_memory_of_a_few_parts() {
    const LONG: u64 = 192 << 20;
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let place = place();
    let mut hasher = sha2::Sha256::default();
    std::io::copy(&mut Made(1).take(LONG), &mut hasher).unwrap();
    let sha256 = lagrum_model::Sha256Digest(sha2::Digest::finalize(hasher).into());
    let one = lagrum_packages::Sealed {
        name: "long.tar.age".into(),
        sha256,
    };
    let packages = opened(place.path(), moto.port, "store", &moto.keeper);
    let before = most_memory();
    packages.keep(&one, LONG, &mut Made(1)).unwrap_err();
    packages.keep(&one, LONG, &mut Made(1).take(LONG)).unwrap();
    let to = place.path().join("to");
    packages.hand_over(&one, &to, &mut || Ok(())).unwrap();
    assert_eq!(std::fs::metadata(&to).unwrap().len(), LONG);
    let more = most_memory() - before;
    println!(
        "{} MiB more for a package of {} MiB",
        more >> 20,
        LONG >> 20
    );
    assert!(more < 32 << 20, "{more}");
}
