//! Packages that are made to cost more than they hold.
#![allow(
    clippy::disallowed_methods,
    reason = "a test's files are no account's data"
)]

use std::fs::{self, File};
use std::io::{self, BufReader, Cursor, Read, Write as _};
use std::os::unix::fs::symlink;
use std::path::Path;

use lagrum_durable::Scratch;

use crate::check::{Against, Archive, KeepNothing, check};
use crate::layout::{HEAD, MANIFEST, SUMMARY};
use crate::open::{HEADER_LIMIT, header};
use crate::{PackageError, digest_of_file, verify_directory, verify_sealed};

fn scratch() -> Scratch {
    Scratch::new(&std::env::temp_dir())
}

/// Counts what is read of it.
struct Counted<R>(R, u64);

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(buffer)?;
        self.1 += read as u64;
        Ok(read)
    }
}

#[test]
fn a_header_ends_within_its_limit_or_is_none() {
    let good = b"age-encryption.org/v1\n-> X25519 abc\ndef\n--- mac\nciphertext\n---";
    let mut file = BufReader::new(good.as_slice());
    let head = header(&mut file).unwrap().unwrap();
    assert!(head.ends_with(b"--- mac\n"));
    let mut rest = Vec::new();
    file.read_to_end(&mut rest).unwrap();
    assert_eq!(rest, b"ciphertext\n---");

    let line = "-> grease 0123456789\n";
    for endless in [
        // Many short lines, one line without end, and a last line that is cut off.
        line.repeat(HEADER_LIMIT as usize / line.len() + 1) + "--- mac\n",
        "a".repeat(HEADER_LIMIT as usize * 2),
        "age-encryption.org/v1\n--- mac".into(),
    ] {
        let mut file = BufReader::with_capacity(512, Counted(endless.as_bytes(), 0));
        assert_eq!(header(&mut file).unwrap(), None);
        assert!(file.get_ref().1 <= HEADER_LIMIT + 512);
    }
}

#[test]
fn a_sealed_package_with_a_long_header_is_refused_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("p.tar.age");
    let mut made = File::create(&file).unwrap();
    made.write_all(b"age-encryption.org/v1\n-> X25519 a\n")
        .unwrap();
    // A gibibyte that takes no disk.
    made.set_len(1 << 30).unwrap();
    let identity = age::x25519::Identity::generate();
    let error = verify_sealed(&file, &identity, None, &scratch()).unwrap_err();
    assert!(error.to_string().contains("4 KiB"), "{error}");

    let link = dir.path().join("link.tar.age");
    symlink("/dev/zero", &link).unwrap();
    assert!(verify_sealed(&link, &identity, None, &scratch()).is_err());
    assert!(digest_of_file(&link).is_err());
    assert!(digest_of_file(Path::new("/dev/zero")).is_err());
}

#[test]
fn nothing_that_stands_before_a_file_is_read_into_memory() {
    for kind in [
        tar::EntryType::GNULongName,
        tar::EntryType::GNULongLink,
        tar::EntryType::XHeader,
        tar::EntryType::XGlobalHeader,
        tar::EntryType::GNUSparse,
        tar::EntryType::Symlink,
        tar::EntryType::Link,
        tar::EntryType::Char,
        tar::EntryType::Fifo,
        tar::EntryType::Directory,
        tar::EntryType::Continuous,
    ] {
        let mut head = tar::Header::new_gnu();
        head.set_entry_type(kind);
        head.set_path("././@LongLink").unwrap();
        head.set_size(1 << 30);
        head.set_cksum();
        let endless = Cursor::new(head.as_bytes().to_vec()).chain(io::repeat(b'a').take(1 << 30));
        let mut archive = Archive(Counted(endless, 0));
        let error =
            check(&mut archive, &Against::Itself, &scratch(), &mut KeepNothing).unwrap_err();
        assert!(
            matches!(&error, PackageError::Refused(why) if why.contains("plain file")),
            "{kind:?}: {error}"
        );
        assert!(archive.0.1 < 1 << 16, "{kind:?}: {} bytes", archive.0.1);
    }
}

fn opened(manifest: impl FnOnce(&Path)) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for name in HEAD {
        fs::write(dir.path().join(name), "x").unwrap();
    }
    let file = dir.path().join(MANIFEST);
    fs::remove_file(&file).unwrap();
    manifest(&file);
    dir
}

#[test]
fn an_opened_package_costs_no_more_than_its_files() {
    for (why, make) in [
        (
            "is not a plain file",
            (|file| symlink("/dev/zero", file).unwrap()) as fn(&Path),
        ),
        ("is not a plain file", |file| {
            let made = std::process::Command::new("mkfifo").arg(file).status();
            assert!(made.unwrap().success());
        }),
        ("longer than 4 GiB", |file| {
            File::create(file).unwrap().set_len((4 << 30) + 1).unwrap();
        }),
    ] {
        let error = verify_directory(opened(make).path(), None, &scratch()).unwrap_err();
        assert!(error.to_string().contains(why), "{error}");
    }
    let dir = opened(|file| fs::write(file, "").unwrap());
    let summary = dir.path().join(SUMMARY);
    fs::remove_file(&summary).unwrap();
    symlink("/etc/hostname", &summary).unwrap();
    let error = verify_directory(dir.path(), None, &scratch()).unwrap_err();
    assert!(error.to_string().contains("is not a plain file"), "{error}");
}
