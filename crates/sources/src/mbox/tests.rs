mod ahead;
mod search;

use std::fs;
use std::io::Cursor;
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

/// The content of a message, and why it may be several.
type Divided = (Vec<u8>, Option<Doubt>);

fn divided(mbox: &[u8], step: usize) -> Result<Vec<Divided>, MboxError> {
    gathered(Messages::new(Slowly(mbox, step)), mbox)
}

/// The same, while another thread reads ahead.
fn divided_ahead(mbox: &[u8], piece: usize) -> Result<Vec<Divided>, MboxError> {
    gathered(
        Messages::in_pieces(Cursor::new(mbox.to_vec()), piece)?,
        mbox,
    )
}

fn gathered<R: Read>(mut messages: Messages<R>, mbox: &[u8]) -> Result<Vec<Divided>, MboxError> {
    let mut all = Vec::new();
    loop {
        let (mut content, mut headers) = (Vec::new(), 0);
        let next = messages.next_message(&mut |piece| {
            match piece {
                Piece::Bytes(bytes) => content.extend_from_slice(bytes),
                Piece::Header(_) => headers += 1,
            }
            Ok(())
        })?;
        let Some(stored) = next else { return Ok(all) };
        let at = usize::try_from(stored.at).expect("small");
        let length = usize::try_from(stored.length).expect("small");
        assert_eq!(content, &mbox[at..at + length], "the extent is the content");
        assert!(headers > 0, "each has a header");
        all.push((content, stored.doubt));
    }
}

fn of(mbox: &[u8]) -> Vec<(String, Option<Doubt>)> {
    let whole = divided(mbox, usize::MAX).expect("an mbox");
    for step in 1..12 {
        let pieces = divided(mbox, step).expect("an mbox");
        assert_eq!(pieces, whole, "in pieces of {step}");
        let ahead = divided_ahead(mbox, step * step).expect("an mbox");
        assert_eq!(ahead, whole, "ahead, in pieces of {}", step * step);
    }
    let text = |(content, doubt): Divided| (String::from_utf8_lossy(&content).into_owned(), doubt);
    whole.into_iter().map(text).collect()
}

/// The content of each message; none is in doubt.
fn texts(mbox: &[u8]) -> Vec<String> {
    let all = of(mbox);
    assert!(all.iter().all(|(_, doubt)| doubt.is_none()), "{all:?}");
    all.into_iter().map(|(content, _)| content).collect()
}

/// Where the one run lies that is in doubt, and why.
fn doubt(mbox: &[u8]) -> Doubt {
    let all = of(mbox);
    let mut doubts = all.iter().filter_map(|(_, doubt)| *doubt);
    let found = doubts.next().unwrap_or_else(|| panic!("no doubt: {all:?}"));
    assert_eq!(doubts.next(), None, "{all:?}");
    found
}

const SEPARATOR: &str = "From ek@kvist.example Fri Apr 10 12:00:00 2026\n";

/// The beginning of an mbox, and its first message.
const FIRST: &str = "From ek@kvist.example Fri Apr 10 12:00:00 2026\nSubject: 1\nTo: x\n\nfirst\n";
const SECOND: &str = "Subject: 2\nTo: x\n\nsecond\n";

fn joined(parts: &[&str]) -> Vec<u8> {
    parts.concat().into_bytes()
}

#[test]
fn a_message_goes_up_to_the_empty_line_before_the_next() {
    assert_eq!(
        texts(&joined(&[FIRST, "\n", SEPARATOR, SECOND, "\n"])),
        ["Subject: 1\nTo: x\n\nfirst\n", SECOND]
    );
    assert_eq!(
        texts(&joined(&[
            FIRST,
            "\n\n\n",
            SEPARATOR,
            "To: x\n\n",
            SEPARATOR,
            "To: z"
        ])),
        ["Subject: 1\nTo: x\n\nfirst\n\n\n", "To: x\n", "To: z"]
    );
    assert_eq!(texts(b"From a"), [""]);
    assert_eq!(texts(b"From a\n"), [""]);
    assert_eq!(texts(b"From a\n\n"), [""]);
    assert_eq!(texts(b"\n\r\nFrom a\nx\n"), ["x\n"]);
    assert!(of(b"").is_empty());
    assert!(of(b"\n\n").is_empty());
}

#[test]
fn a_mark_or_a_hole_at_the_beginning_is_passed_over() {
    for before in ["\u{feff}", "\0\0\0\0", "\u{c}\n", "\0\u{feff}\r\n"] {
        let mbox = joined(&[before, FIRST]);
        assert_eq!(texts(&mbox), ["Subject: 1\nTo: x\n\nfirst\n"], "{before:?}");
    }
}

#[test]
fn an_empty_line_that_ends_in_crlf_stays_with_its_message() {
    let crlf = joined(&[FIRST, "\n", SEPARATOR, SECOND, "\n"]);
    let crlf = String::from_utf8(crlf).expect("text").replace('\n', "\r\n");
    assert_eq!(
        texts(crlf.as_bytes()),
        [
            "Subject: 1\r\nTo: x\r\n\r\nfirst\r\n\r\n",
            "Subject: 2\r\nTo: x\r\n\r\nsecond\r\n\r\n"
        ]
    );
}

#[test]
fn what_is_no_separator_by_any_reading_is_text() {
    for text in [
        "Fromage\n\nFrom\n",
        "\nFrom mutt's documentation, I was able to\nconclude nothing.\n",
        "\nFrom TODO:\n\n...\n    - maildir\n",
        ">From a@b Mon Mar  9 12:00:00 2026\nDate: x\nSubject: y\n",
        ">>From a@b Mon Mar  9 12:00:00 2026\nDate: x\nSubject: y\n",
        "> > From a@b Mon Mar  9 12:00:00 2026\n> Date: x\n> Subject: y\n",
        "it says From a@b Mon Mar  9 12:00:00 2026, and so on\n",
        "Subject: News From Bob\nDate: x\n",
        "\nFrom 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001\n\nx\n",
        "--\nFrom: Bob\nDate: x\nTo: y\n",
    ] {
        assert_eq!(
            texts(&joined(&[FIRST, text, "\n", SEPARATOR, SECOND])),
            [
                format!("Subject: 1\nTo: x\n\nfirst\n{text}"),
                SECOND.to_owned()
            ],
            "{text}"
        );
    }
}

#[test]
fn a_separator_that_was_damaged_is_in_doubt() {
    use Doubt::{NoEmptyLine, NoEnvelope, NoHeader, Returns, Unseen, WithinLine};
    for (before, separator, after, why) in [
        ("\n\u{feff}", SEPARATOR, SECOND, Unseen),
        ("\n\0\0\0\0", SEPARATOR, SECOND, Unseen),
        ("\n\u{c}", SEPARATOR, SECOND, Unseen),
        ("\n\u{feff}\u{feff}\0", SEPARATOR, SECOND, Unseen),
        ("\n\u{200b}", SEPARATOR, SECOND, Unseen),
        ("\n ", SEPARATOR, SECOND, Unseen),
        ("\n\u{feff}", "From\n", SECOND, Unseen),
        ("no end", SEPARATOR, SECOND, WithinLine),
        ("no end", "From ek@kvist.example\n", SECOND, WithinLine),
        ("Note: no end", SEPARATOR, SECOND, WithinLine),
        ("\n", "From\n", SECOND, NoEnvelope),
        ("\n", "From ek@kvist.example\n", SECOND, NoEnvelope),
        ("", "From\n", SECOND, NoEnvelope),
        ("", SEPARATOR, SECOND, NoEmptyLine),
        ("\n", SEPARATOR, "\ntext\n", NoHeader),
        (
            "\n",
            "From ek Fri Apr 10 12:00:00 2026\r",
            "To: x\rSubject: y\r\rz\r",
            Returns,
        ),
        ("\r\r", SEPARATOR, SECOND, Returns),
    ] {
        let mbox = joined(&[FIRST, before, separator, after]);
        assert_eq!(doubt(&mbox), why, "{before:?}{separator:?}");
        // Its neighbours beyond the next certain separator are not.
        let mbox = joined(&[FIRST, "\n", FIRST, before, separator, after, "\n", FIRST]);
        let all = of(&mbox);
        assert_eq!(all[0].1, None);
        if why != Returns || after == SECOND {
            assert_eq!(all.len(), 3, "{before:?}{separator:?} {all:?}");
            assert_eq!(all[2].1, None);
        }
    }
}

#[test]
fn a_broken_line_in_a_header_does_not_hide_a_message() {
    let broken = "Subject: 2\nTo: x\nno field\nDate: y\n\nz\n";
    assert_eq!(texts(&joined(&[FIRST, "\n", SEPARATOR, broken])).len(), 2);
    let first = "no field\nSubject: 2\nTo: x\n\nz\n";
    let mbox = joined(&[FIRST, "\n", SEPARATOR, first]);
    assert_eq!(doubt(&mbox), Doubt::NoHeader);
}

#[test]
fn a_trace_of_delivery_stands_for_the_empty_line() {
    let delivered = "Return-Path: <x>\nReceived: y\n\nz\n";
    assert_eq!(texts(&joined(&[FIRST, SEPARATOR, delivered])).len(), 2);
}

#[test]
fn line_ends_of_an_old_macintosh_are_told() {
    let mbox = joined(&[FIRST, "\n", SEPARATOR, SECOND]);
    let mbox = String::from_utf8(mbox).expect("text").replace('\n', "\r");
    assert_eq!(doubt(mbox.as_bytes()), Doubt::Returns);
}

#[test]
fn a_hole_may_have_swallowed_the_beginning_of_a_message() {
    let hole = "\0".repeat(4096);
    let mbox = joined(&[FIRST, "\n", &hole, "x: y\n\nsecond\n\n", FIRST]);
    assert_eq!(doubt(&mbox), Doubt::Hole);
}

const PATCH: &str = "From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001\nFrom: x\nDate: Mon, 9 Mar 2026 12:00:00 +0000\nSubject: y\n\ndiff\n";
const PARTED: &str = "From ek@kvist.example Fri Apr 10 12:00:00 2026\nSubject: 1\nContent-Type: multipart/mixed;\n boundary=\"b b\"\n\n--b b\n\n";

#[test]
fn a_patch_in_a_body_is_in_doubt_and_in_a_part_it_is_text() {
    assert_eq!(
        doubt(&joined(&[FIRST, "\n", PATCH, "\n", SEPARATOR, SECOND])),
        Doubt::Patch
    );
    let closed = joined(&[PARTED, PATCH, "--b b--\n\n", SEPARATOR, SECOND]);
    assert_eq!(texts(&closed).len(), 2);
    let open = joined(&[PARTED, PATCH, "\n", SEPARATOR, SECOND]);
    let all = of(&open);
    assert_eq!((all.len(), all[0].1), (1, Some(Doubt::Patch)));
}

#[test]
fn the_end_of_one_message_ends_no_part_of_the_next() {
    let whole = joined(&[PARTED, "--b b--\n\n"]);
    let whole = String::from_utf8(whole).expect("text");
    let mbox = joined(&[
        &whole,
        "From b Mon Mar  9 12:00 2026\nTo: x\nContent-Type: multipart/x; boundary=\"b b\"\n\n",
        PATCH,
        "\n",
        SEPARATOR,
        SECOND,
    ]);
    let all = of(&mbox);
    assert_eq!((all.len(), all[1].1), (2, Some(Doubt::Patch)), "{all:?}");
}

#[test]
fn the_parts_of_a_second_message_do_not_make_it_text_of_the_first() {
    let parted = PARTED.strip_prefix(SEPARATOR).expect("a separator");
    for (before, mark) in [("no end", SEPARATOR), ("\n", "From\n"), ("", SEPARATOR)] {
        let mbox = joined(&[
            FIRST,
            before,
            mark,
            parted,
            "--b b--\n\n",
            SEPARATOR,
            SECOND,
        ]);
        doubt(&mbox);
    }
}

#[test]
fn an_attached_mailbox_is_in_doubt() {
    let inner = joined(&[SEPARATOR, SECOND, "\n", SEPARATOR, SECOND]);
    let inner = String::from_utf8(inner).expect("text");
    let mbox = joined(&[PARTED, "\n", &inner, "--b b--\n\n", SEPARATOR, SECOND]);
    let all = of(&mbox);
    assert_eq!(
        (all.len(), all[0].1),
        (2, Some(Doubt::InsideParts)),
        "{all:?}"
    );
}

/// A message with a `Content-Length`, `more` than is true.
fn measured(body: &str, more: usize) -> String {
    let length = body.len() + more;
    format!("{SEPARATOR}Subject: 1\nContent-Length: {length}\n\n{body}")
}

#[test]
fn a_length_is_believed_where_it_ends_at_a_separator_or_at_the_end() {
    let quoted = format!("text\n\n{PATCH}more\n");
    for end in ["", "\n"] {
        assert_eq!(texts(&joined(&[&measured(&quoted, 0), end])).len(), 1);
    }
    let two = joined(&[&measured(&quoted, 0), "\n", SEPARATOR, SECOND]);
    assert_eq!(texts(&two).len(), 2);
    // Counted before the line ends became CR LF.
    let crlf = String::from_utf8(two).expect("text").replace('\n', "\r\n");
    assert_eq!(texts(crlf.as_bytes()).len(), 2);
    for more in [5, 10_000] {
        let wrong = joined(&[&measured(&quoted, more), "\n", SEPARATOR, SECOND]);
        assert!(of(&wrong)[0].1.is_some(), "{more}");
    }
}

#[test]
fn a_length_that_leads_beyond_a_separator_is_in_doubt_whoever_wrote_it() {
    let inner = joined(&["text\n\n", SEPARATOR, SECOND]);
    let inner = String::from_utf8(inner).expect("text");
    let mbox = joined(&[&measured(&inner, 0), "\n", SEPARATOR, SECOND]);
    let all = of(&mbox);
    assert_eq!((all.len(), all[0].1), (2, Some(Doubt::Length)), "{all:?}");
    // In a file one can look: a length that leads nowhere is nothing.
    let astray = joined(&[
        &measured("text\n", 60),
        "\n",
        SEPARATOR,
        SECOND,
        "\n",
        FIRST,
    ]);
    let (counts, _) = searched(&astray).expect("searched");
    assert_eq!(counts.examined, 3);
    let far = joined(&[&measured("text\n", 1 << 40), "\n", SEPARATOR, SECOND]);
    assert_eq!(searched(&far).expect("searched").0.examined, 2);
    assert_eq!(searched(&gzip(&far)).expect("searched").0.examined, 2);
}

#[test]
fn what_does_not_begin_as_an_mbox_is_none() {
    for bytes in [&b"Subject: x\n\nFrom a\n"[..], b"Fro", b"Fromage", b"\xff"] {
        assert!(matches!(divided(bytes, 7), Err(MboxError::NotAnMbox)));
    }
}

#[test]
fn lines_longer_than_what_is_read_at_once_are_kept_whole() {
    let long = "x".repeat(300_000);
    let mbox = format!("From {long}\nA: {long}\n\n{long}\n\n{SEPARATOR}To: {long}");
    let all = divided(mbox.as_bytes(), usize::MAX).expect("an mbox");
    let expected = [format!("A: {long}\n\n{long}\n"), format!("To: {long}")];
    let expected = expected.map(|text| (text.into_bytes(), None));
    assert_eq!(all, expected);
    for piece in [1 << 10, 1 << 14, 1 << 18] {
        let ahead = divided_ahead(mbox.as_bytes(), piece).expect("an mbox");
        assert_eq!(ahead, expected, "{piece}");
    }
}

/// What a search takes out of a mailbox.
fn searched(file: &[u8]) -> Result<(Counts, Taken), SourceError> {
    let root = TempDir::new().expect("a directory");
    write(&root.path().join("alder.mbox"), file);
    let period = period("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z");
    let judge = Judge {
        date: crate::MailDate::Header,
        stored: None,
        period: &period,
        run: run(),
        order: 0,
    };
    let mut taken = Taken::default();
    let counts = search("m", root.path(), Path::new("alder.mbox"), judge, &mut taken)?;
    Ok((counts, taken))
}

/// What begins mailboxes of other kinds.
const MARKS: [&[u8]; 7] = [
    b"\x1f\x8b\x08",
    b"\x28\xb5\x2f\xfd",
    b"\xfd7zXZ\0",
    b"BZh91AY&SY",
    b"F\0r\0o\0m",
    b"\x01\x01\x01\x01",
    b"\x1f\x0c",
];

proptest! {
    /// The searches that are spared would have found nothing.
    #[test]
    fn a_mark_of_another_mailbox_is_found_wherever_it_stands_and_nothing_else_is_one(
        pieces in prop::collection::vec(
            prop_oneof![
                prop::sample::select(MARKS.to_vec()).prop_map(<[u8]>::to_vec),
                prop::sample::select(MARKS.to_vec()).prop_map(|mark| mark[1..].to_vec()),
                prop::sample::select(MARKS.to_vec()).prop_map(|mark| mark[..mark.len() - 1].to_vec()),
                prop::collection::vec(any::<u8>(), 0..40),
                "[ -~\n]{0,60}".prop_map(String::into_bytes),
            ],
            0..4,
        ),
    ) {
        let bytes = pieces.concat();
        let there = |mark: &&[u8]| bytes.windows(mark.len()).any(|part| part == *mark);
        prop_assert_eq!(hides_a_mailbox(&bytes), MARKS.iter().any(there));
    }

    #[test]
    fn what_was_written_by_the_rules_is_read_back_to_the_byte(
        messages in prop::collection::vec("((From |>From |from |x)?[a-zå]{0,6}\n|\n){0,12}", 0..6),
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
            mbox.extend_from_slice(b"From x Thu Jan  1 00:00:00 1970\nSubject: x\n\n");
            mbox.extend_from_slice(quoted.as_bytes());
            mbox.push(b'\n');
            written.push((format!("Subject: x\n\n{quoted}").into_bytes(), None));
        }
        prop_assert_eq!(&divided_ahead(&mbox, step).expect("an mbox"), &written);
        prop_assert_eq!(divided(&mbox, step).expect("an mbox"), written);
    }

    #[test]
    fn no_bytes_make_it_panic_and_no_piece_size_changes_the_result(
        bytes in "(From ([ab]? Thu Jan  1 00:00:00 1970)?|To: |\n|\r|x|>|\0{16}|\0{9}|BZh91AY&SY|BZh91|AY&SY|\u{1f}|\u{c}|\u{feff}|Content-Length: 9|Content-Type: multipart/x; boundary=b|--b--){0,40}",
        step in 1_usize..20,
    ) {
        let bytes = format!("From x{bytes}");
        let bytes = bytes.as_bytes();
        let whole = divided(bytes, usize::MAX);
        for pieces in [divided(bytes, step), divided_ahead(bytes, step)] {
            match (&whole, pieces) {
                (Ok(whole), Ok(pieces)) => prop_assert_eq!(whole, &pieces),
                (whole, pieces) => prop_assert!(whole.is_err() && pieces.is_err()),
            }
        }
    }
}
