use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::testing::{Taken, at, dated, gzip, period, run, write, zstandard};

/// Reads from a slice in small pieces, so that every cut occurs.
struct Slowly<'a>(&'a [u8], usize);

impl Read for Slowly<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.1.min(buffer.len()).min(self.0.len());
        buffer[..count].copy_from_slice(&self.0[..count]);
        self.0 = &self.0[count..];
        Ok(count)
    }
}

fn split(mbox: &[u8], step: usize) -> Result<Vec<Vec<u8>>, MboxError> {
    let mut messages = Messages::new(Slowly(mbox, step));
    let mut all = Vec::new();
    loop {
        let mut content = Vec::new();
        let next = messages.next_message(&mut |piece| {
            content.extend_from_slice(piece);
            Ok(())
        })?;
        let Some(stored) = next else { return Ok(all) };
        let at = usize::try_from(stored.at).expect("small");
        let length = usize::try_from(stored.length).expect("small");
        assert_eq!(content, &mbox[at..at + length], "the extent is the content");
        all.push(content);
    }
}

fn texts(mbox: &[u8]) -> Vec<String> {
    let whole = split(mbox, usize::MAX).expect("an mbox");
    for step in 1..12 {
        assert_eq!(
            split(mbox, step).expect("an mbox"),
            whole,
            "in pieces of {step}"
        );
    }
    whole
        .into_iter()
        .map(|content| String::from_utf8(content).expect("text"))
        .collect()
}

#[test]
fn a_message_goes_up_to_the_empty_line_before_the_next() {
    assert_eq!(
        texts(b"From a\nA: 1\n\nx\n\nFrom b\nB: 2\n\ny\n\n"),
        ["A: 1\n\nx\n", "B: 2\n\ny\n"]
    );
    assert_eq!(
        texts(b"From a\nA: 1\n\nx\n\n\n\nFrom b\n\nFrom c\nz"),
        ["A: 1\n\nx\n\n\n", "", "z"]
    );
    assert_eq!(texts(b"From a"), [""]);
    assert_eq!(texts(b"From a\n"), [""]);
    assert_eq!(texts(b"From a\n\n"), [""]);
    assert_eq!(texts(b"\n\r\nFrom a\nx\n"), ["x\n"]);
    assert!(texts(b"").is_empty());
    assert!(texts(b"\n\n").is_empty());
}

#[test]
fn an_empty_line_that_ends_in_crlf_stays_with_its_message() {
    assert_eq!(
        texts(b"From a\r\nA: 1\r\n\r\nx\r\n\r\nFrom b\r\ny\r\n\r\n"),
        ["A: 1\r\n\r\nx\r\n\r\n", "y\r\n\r\n"]
    );
    assert_eq!(texts(b"From a\r\n\r\nFrom b\r\n\r\n"), ["\r\n", "\r\n"]);
}

#[test]
fn a_from_line_begins_a_message_even_without_an_empty_line_before_it() {
    assert_eq!(
        texts(b"From a\nFrom b\nx\nFrom c\n\n>From d\n"),
        ["", "x\n", "\n>From d\n"]
    );
    assert_eq!(
        texts(b"From a\nx\n\nFromage\n\nFrom\n"),
        ["x\n\nFromage\n\nFrom\n"]
    );
    assert_eq!(
        texts(b"From a\nx\r\rFrom b\n\rFrom c\n"),
        ["x\r\rFrom b\n\rFrom c\n"]
    );
}

#[test]
fn a_second_message_never_leaves_under_the_date_of_the_first() {
    let mbox = [
        b"From a\n".to_vec(),
        dated("Wed, 1 Jan 2020 00:00:00 +0000"),
        b"From b\n".to_vec(),
        dated("Fri, 1 Jan 2021 00:00:00 +0000"),
    ];
    let (counts, taken) = searched(&mbox.concat()).expect("searched");
    assert_eq!((counts.examined, counts.selected), (2, 1));
    assert_eq!(taken.items[0].2, mbox[1]);
}

#[test]
fn the_rest_of_a_message_with_an_unquoted_from_in_its_body_goes_to_a_person() {
    let mut mbox = [
        b"From a\n".to_vec(),
        dated("Wed, 1 Jan 2020 00:00:00 +0000"),
    ]
    .concat();
    mbox.extend_from_slice(b"From mutt's documentation, I was able to\nconclude nothing.\n");
    let (counts, taken) = searched(&mbox).expect("searched");
    assert_eq!(
        (counts.examined, counts.selected, counts.for_review),
        (2, 1, 1)
    );
    assert!(
        taken.reviews[0].1.contains("no Date"),
        "{}",
        taken.reviews[0].1
    );
}

#[test]
fn what_does_not_begin_as_an_mbox_is_none() {
    assert!(matches!(
        split(b"Subject: x\n\nFrom a\n", 7),
        Err(MboxError::NotAnMbox)
    ));
    assert!(matches!(split(b"From", 7), Err(MboxError::NotAnMbox)));
}

#[test]
fn lines_longer_than_what_is_read_at_once_are_kept_whole() {
    let long = "x".repeat(300_000);
    let mbox = format!("From {long}\nA: {long}\n\n{long}\n\nFrom b\n{long}");
    let all = split(mbox.as_bytes(), usize::MAX).expect("an mbox");
    assert_eq!(
        all,
        [
            format!("A: {long}\n\n{long}\n").into_bytes(),
            long.into_bytes()
        ]
    );
}

fn searched(file: &[u8]) -> Result<(Counts, Taken), SourceError> {
    let root = TempDir::new().expect("a directory");
    write(&root.path().join("alder.mbox"), file);
    let period = period("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z");
    let judge = Judge {
        period: &period,
        run: run(),
        order: 0,
    };
    let mut taken = Taken::default();
    let counts = search("m", root.path(), Path::new("alder.mbox"), judge, &mut taken)?;
    Ok((counts, taken))
}

/// Before, in, without a date, after; and a long one in.
fn sample() -> Vec<u8> {
    let mut mbox = Vec::new();
    let mut long = dated("Fri, 1 May 2020 00:00:00 +0000");
    long.resize(3 << 20, b'x');
    long.push(b'\n');
    for message in [
        dated("Tue, 31 Dec 2019 23:59:59 +0000"),
        dated("Wed, 1 Jan 2020 00:00:00 +0000"),
        b"Subject: no date\n\nbody\n".to_vec(),
        long,
        dated("Fri, 1 Jan 2021 00:00:00 +0000"),
    ] {
        mbox.extend_from_slice(b"From someone Thu Jan  1 00:00:00 1970\n");
        mbox.extend_from_slice(&message);
        mbox.push(b'\n');
    }
    mbox
}

#[test]
fn only_messages_of_the_period_are_handed_over_whole_plain_or_compressed() {
    let sample = sample();
    let (counts, taken) = searched(&sample).expect("plain");
    assert_eq!(
        (counts.examined, counts.selected, counts.for_review),
        (5, 2, 1)
    );
    assert_eq!(taken.items[0].1, at("2020-01-01T00:00:00Z"));
    assert_eq!(taken.items[0].2, dated("Wed, 1 Jan 2020 00:00:00 +0000"));
    assert_eq!(taken.items[1].2.len(), (3 << 20) + 1);
    assert_eq!(
        counts.bytes,
        taken
            .items
            .iter()
            .map(|item| item.2.len() as u64)
            .sum::<u64>()
    );
    let (locator, why, raw, digest) = &taken.reviews[0];
    assert!(locator.starts_with("bytes "), "{locator}");
    assert!(why.contains("no Date"), "{why}");
    assert_eq!(raw, &None);
    assert_eq!(
        digest,
        &Some(lagrum_model::Sha256Digest::of(
            b"Subject: no date\n\nbody\n"
        ))
    );
    for compressed in [gzip(&sample), zstandard(&sample)] {
        assert_eq!(
            searched(&compressed).expect("compressed"),
            (counts.clone(), taken_again(&sample))
        );
    }
    // Two gzip members one after the other are one file (RFC 1952 section 2.2).
    let (one, other) = sample.split_at(1000);
    let members = [gzip(one), gzip(other)].concat();
    assert_eq!(
        searched(&members).expect("members"),
        (counts.clone(), taken_again(&sample))
    );
}

fn taken_again(sample: &[u8]) -> Taken {
    searched(sample).expect("plain").1
}

#[test]
fn a_compressed_mbox_that_is_cut_off_is_an_error_wherever_it_is_cut() {
    let mbox: Vec<u8> = [
        b"From a\n".to_vec(),
        dated("Wed, 1 Jan 2020 00:00:00 +0000"),
    ]
    .concat();
    for whole in [gzip(&mbox), zstandard(&mbox)] {
        assert!(searched(&whole).is_ok());
        for cut in 4..whole.len() {
            let error = searched(&whole[..cut]).expect_err("cut off");
            assert!(
                error.to_string().contains("not completed"),
                "at {cut}: {error}"
            );
        }
    }
}

#[test]
fn an_empty_file_with_the_name_of_a_compressed_one_was_cut_off() {
    let root = TempDir::new().expect("a directory");
    write(&root.path().join("alder.mbox.gz"), b"");
    let file = File::open(root.path().join("alder.mbox.gz")).expect("a file");
    assert!(compressed::open(file, Path::new("alder.mbox.gz")).is_err());
}

#[test]
fn a_link_in_the_place_of_an_mbox_is_not_followed() {
    let root = TempDir::new().expect("a directory");
    let secret = root.path().join("secret");
    write(&secret, &sample());
    write(&root.path().join("store/x"), b"");
    std::os::unix::fs::symlink(&secret, root.path().join("store/alder.mbox")).expect("a link");
    let period = period("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z");
    let judge = Judge {
        period: &period,
        run: run(),
        order: 0,
    };
    let mut taken = Taken::default();
    let store = root.path().join("store");
    let error =
        search("m", &store, Path::new("alder.mbox"), judge, &mut taken).expect_err("a link");
    assert!(error.to_string().contains("symbolic link"), "{error}");
    assert_eq!(taken, Taken::default());
}

#[test]
fn an_mbox_that_changes_while_it_is_read_is_an_error() {
    struct Writes(PathBuf);
    impl Sink for Writes {
        fn item(
            &mut self,
            _: usize,
            _: &crate::Item<'_>,
            _: &mut dyn Read,
        ) -> Result<(), lagrum_source::SinkError> {
            let mut content = fs::read(&self.0)?;
            content.extend_from_slice(b"\nFrom later\n");
            Ok(fs::write(&self.0, content)?)
        }
        fn record(
            &mut self,
            _: usize,
            _: &crate::Record<'_>,
        ) -> Result<(), lagrum_source::SinkError> {
            Ok(())
        }
        fn for_review(
            &mut self,
            _: usize,
            _: &crate::Review<'_>,
        ) -> Result<(), lagrum_source::SinkError> {
            Ok(())
        }
    }
    let root = TempDir::new().expect("a directory");
    let path = root.path().join("alder.mbox");
    write(
        &path,
        &[
            b"From a\n".to_vec(),
            dated("Wed, 1 Jan 2020 00:00:00 +0000"),
        ]
        .concat(),
    );
    let period = period("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z");
    let judge = Judge {
        period: &period,
        run: run(),
        order: 0,
    };
    let place = Path::new("alder.mbox");
    let error = search("m", root.path(), place, judge, &mut Writes(path)).expect_err("changed");
    assert!(error.to_string().contains("changed while"), "{error}");
}

proptest! {
    #[test]
    fn what_was_written_by_the_rules_is_read_back_to_the_byte(
        messages in prop::collection::vec("((From |>From |from |x|\r)?[a-zå]{0,6}\n|\n){0,12}", 0..6),
        step in 1_usize..40,
    ) {
        let mut mbox = Vec::new();
        let mut written = Vec::new();
        for message in &messages {
            // A writer quotes every line that begins with `From ` (the mboxrd convention).
            let quoted: String = message
                .split_inclusive('\n')
                .map(|line| {
                    let mark = line.trim_start_matches('>').starts_with("From ");
                    format!("{}{line}", if mark { ">" } else { "" })
                })
                .collect();
            mbox.extend_from_slice(b"From x Thu Jan  1 00:00:00 1970\n");
            mbox.extend_from_slice(quoted.as_bytes());
            mbox.push(b'\n');
            written.push(quoted.into_bytes());
        }
        prop_assert_eq!(split(&mbox, step).expect("an mbox"), written);
    }

    #[test]
    fn no_bytes_make_it_panic_and_no_piece_size_changes_the_result(
        bytes in "(From [ab]?|\n|\r|x|>){0,40}",
        step in 1_usize..20,
    ) {
        let bytes = bytes.as_bytes();
        let whole = split(bytes, usize::MAX);
        let pieces = split(bytes, step);
        match (whole, pieces) {
            (Ok(whole), Ok(pieces)) => prop_assert_eq!(whole, pieces),
            (whole, pieces) => prop_assert!(whole.is_err() && pieces.is_err()),
        }
    }
}
