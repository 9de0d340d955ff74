use std::fs;
use std::io::Read;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;

use lagrum_model::Period;
use tempfile::TempDir;

use super::*;
use crate::testing::{Taken, at, dated, gzip, period, run, write, zstandard};
use lagrum_source::SinkError;

use crate::{Item, Record, Review, Withheld};

const IN: &str = "Wed, 1 Jul 2020 12:00:00 +0200";
const OUT: &str = "Thu, 1 Jul 2021 12:00:00 +0200";

/// A root with the Maildir `alder/Maildir`.
struct Store(TempDir);

impl Store {
    fn new() -> Self {
        let store = Self(TempDir::new().expect("a directory"));
        for part in ["cur", "new", "tmp"] {
            fs::create_dir_all(store.path(part)).expect("a directory");
        }
        store
    }

    fn path(&self, below: &str) -> PathBuf {
        self.0.path().join("alder/Maildir").join(below)
    }

    fn message(&self, below: &str, date: &str) -> &Self {
        write(&self.path(below), &dated(date));
        self
    }

    fn search(&self, sink: &mut dyn Sink) -> Result<Counts, SourceError> {
        let period: Period = period("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z");
        let judge = Judge {
            date: crate::MailDate::Header,
            stored: None,
            period: &period,
            run: run(),
            order: 0,
        };
        search("m", self.0.path(), Path::new("alder/Maildir"), judge, sink)
    }

    fn taken(&self) -> (Counts, Taken) {
        let mut taken = Taken::default();
        let counts = self.search(&mut taken).expect("searched");
        (counts, taken)
    }
}

#[test]
fn messages_of_the_period_come_from_all_folders_in_a_fixed_order() {
    let store = Store::new();
    store
        .message("new/3.M1", IN)
        .message("cur/2.M1:2,S", IN)
        .message("cur/1.M1:2,", IN)
        .message("cur/4.M1:2,", OUT)
        .message("tmp/5.M1", IN)
        .message("dovecot.index", IN)
        .message(".Sent/cur/6.M1:2,S", IN)
        .message(".Archive.2001/new/7.M1", IN)
        .message(".Archive.2001/new/8.M1", OUT);
    let (counts, taken) = store.taken();
    assert_eq!(
        taken.locators(),
        [
            "cur/1.M1:2,",
            "cur/2.M1:2,S",
            "new/3.M1",
            ".Archive.2001/new/7.M1",
            ".Sent/cur/6.M1:2,S"
        ]
    );
    assert_eq!(taken.items[0].1, at("2020-07-01T10:00:00Z"));
    assert!(taken.items.iter().all(|item| item.2 == dated(IN)));
    assert_eq!(
        (counts.examined, counts.selected, counts.for_review),
        (7, 5, 0)
    );
    assert_eq!(counts.bytes, 5 * dated(IN).len() as u64);
    assert!(taken.reviews.is_empty());
}

#[test]
fn the_order_is_the_same_with_several_threads() {
    let store = Store::new();
    for number in 0..300 {
        let date = if number % 3 == 0 { IN } else { OUT };
        store.message(&format!("cur/{number:03}.M1:2,"), date);
    }
    let (counts, taken) = store.taken();
    let expected: Vec<_> = (0..300)
        .step_by(3)
        .map(|n| format!("cur/{n:03}.M1:2,"))
        .collect();
    assert_eq!(taken.locators(), expected);
    assert_eq!((counts.examined, counts.selected), (300, 100));
}

#[test]
fn what_cannot_be_dated_goes_to_a_person_with_the_date_as_it_stands() {
    let store = Store::new();
    store
        .message("cur/1", "Sun, 30 Nov 0002 00:00:00 -0800 (PST)")
        .message("cur/2", "31 Dec 2020 20:00:00");
    write(&store.path("cur/3"), b"");
    let (counts, taken) = store.taken();
    assert_eq!(
        (counts.examined, counts.selected, counts.for_review),
        (3, 0, 3)
    );
    assert_eq!(taken.review_locators(), ["cur/1", "cur/2", "cur/3"]);
    assert_eq!(
        taken.reviews[0].2.as_deref(),
        Some("Sun, 30 Nov 0002 00:00:00 -0800 (PST)")
    );
    assert_eq!(taken.reviews[1].2.as_deref(), Some("31 Dec 2020 20:00:00"));
    assert!(taken.reviews.iter().all(|review| review.3.is_some()));
}

#[test]
fn no_link_leads_out_of_the_store() {
    let store = Store::new();
    let outside = store.0.path().join("birch");
    write(&outside.join("secret"), &dated(IN));
    write(&outside.join("folder/cur/1"), &dated(IN));
    store.message("cur/1", IN).message(".Half/new/2", IN);
    symlink(outside.join("secret"), store.path("cur/0")).expect("a link");
    symlink("1", store.path("cur/9")).expect("a link");
    symlink(outside.join("nowhere"), store.path("new/0")).expect("a link");
    symlink(outside.join("folder"), store.path(".Linked")).expect("a link");
    symlink(outside.join("folder/cur"), store.path(".Half/cur")).expect("a link");
    symlink(outside.join("folder"), store.path("Linked")).expect("a link");
    let (counts, taken) = store.taken();
    assert_eq!(taken.locators(), ["cur/1", ".Half/new/2"]);
    let mut reviewed = taken.review_locators();
    reviewed.sort_unstable();
    assert_eq!(
        reviewed,
        [".Half/cur", ".Linked", "Linked", "cur/0", "cur/9", "new/0"]
    );
    assert!(
        taken
            .reviews
            .iter()
            .all(|review| review.1.contains("not searched"))
    );
    assert_eq!((counts.examined, counts.for_review), (2, 6));
}

#[test]
fn an_account_is_not_reached_through_a_link() {
    let store = Store::new();
    store.message("cur/1", IN);
    symlink("alder", store.0.path().join("birch")).expect("a link");
    symlink("alder/Maildir", store.0.path().join("cedar")).expect("a link");
    let period = period("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z");
    let judge = Judge {
        date: crate::MailDate::Header,
        stored: None,
        period: &period,
        run: run(),
        order: 0,
    };
    for place in ["birch/Maildir", "cedar"] {
        let mut taken = Taken::default();
        let result = search("m", store.0.path(), Path::new(place), judge, &mut taken);
        let error = result.expect_err("a link").to_string();
        assert!(error.contains("symbolic link"), "{error}");
        assert_eq!(taken, Taken::default());
    }
    // The root itself may be one: the operator named it.
    let link = store.0.path().join("link");
    symlink(store.0.path(), &link).expect("a link");
    let mut taken = Taken::default();
    search("m", &link, Path::new("./alder/Maildir"), judge, &mut taken).expect("searched");
    assert_eq!(taken.locators(), ["cur/1"]);
}

#[test]
fn a_place_that_is_no_maildir_is_an_error() {
    let store = Store::new();
    let period = period("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z");
    let judge = Judge {
        date: crate::MailDate::Header,
        stored: None,
        period: &period,
        run: run(),
        order: 0,
    };
    for place in ["alder", "nobody", "alder/Maildir/cur"] {
        let result = search(
            "m",
            store.0.path(),
            Path::new(place),
            judge,
            &mut Taken::default(),
        );
        let why = result.expect_err(place).to_string();
        assert!(why.contains("correct `place`"), "{place}: {why}");
    }
}

#[test]
fn a_directory_that_looks_like_a_folder_of_another_layout_is_named() {
    let store = Store::new();
    store
        .message("Archive/cur/1", IN)
        .message("courierimapkeywords/x", IN);
    let (_, taken) = store.taken();
    assert_eq!(taken.review_locators(), ["Archive/"]);
}

#[test]
fn whatever_may_hold_mail_is_searched_or_named() {
    let store = Store::new();
    store
        .message("cur/1", IN)
        .message("cur/restored/5", IN)
        .message("cur/.hidden", IN)
        .message("new/deep/er/5", IN)
        .message("Archive/2026/cur/5", IN)
        .message("Reports/new/5", IN)
        .message(".Lists/cur/1", IN)
        .message(".Lists/.dev/cur/5", IN)
        .message(".Lists/Old/cur/5", IN)
        .message(".Parent/.Child/cur/5", IN)
        .message("mailboxes/Drafts/dbox-Mails/u.1", IN)
        .message("old.mbox", IN)
        .message("dovecot-uidlist", IN)
        .message(".mbsyncstate", IN)
        .message("subscriptions", IN);
    fs::create_dir_all(store.path("Empty/Er")).expect("a directory");
    write(&store.path("cur/.keep"), b"");
    let (counts, taken) = store.taken();
    assert_eq!(taken.locators(), ["cur/1", ".Lists/cur/1"]);
    let mut named = taken.review_locators();
    named.sort_unstable();
    let expected = [
        ".Lists/.dev/",
        ".Lists/Old/",
        ".Parent/",
        "Archive/",
        "Reports/",
        "cur/.hidden",
        "cur/restored/",
        "mailboxes/",
        "new/deep/",
        "old.mbox",
    ];
    assert_eq!(named, expected);
    assert_eq!(counts.for_review, 10);
    let dovecot = taken.reviews.iter().find(|review| review.0 == "mailboxes/");
    assert!(dovecot.is_some_and(|review| review.1.contains("Dovecot")));
}

#[test]
fn a_place_in_the_layout_of_dbox_is_refused_and_told() {
    let root = TempDir::new().expect("a directory");
    for file in ["mailboxes/INBOX/dbox-Mails/u.1", "storage/m.1"] {
        write(&root.path().join("alder").join(file), b"x");
    }
    let period = period("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z");
    let judge = Judge {
        date: crate::MailDate::Header,
        stored: None,
        period: &period,
        run: run(),
        order: 0,
    };
    let mut taken = Taken::default();
    let error = search("m", root.path(), Path::new("alder"), judge, &mut taken);
    let error = error.expect_err("no Maildir").to_string();
    assert!(
        error.contains("dbox") && error.contains("mailboxes"),
        "{error}"
    );
}

/// A message in a file, as `pack` packs it.
fn packed(pack: fn(&[u8]) -> Vec<u8>, message: &[u8]) -> (Counts, Taken) {
    let store = Store::new();
    write(&store.path("cur/1"), &pack(message));
    store.taken()
}

#[test]
fn what_dovecot_compressed_is_read_and_handed_over_plain() {
    for pack in [gzip, zstandard] {
        for (date, found) in [(IN, (1, 0)), (OUT, (0, 0)), ("lost", (0, 1))] {
            let message = dated(date);
            let (counts, taken) = packed(pack, &message);
            assert_eq!((counts.selected, counts.for_review), found, "{date}");
            if found == (1, 0) {
                assert_eq!(taken.items[0].2, message);
            }
        }
        let mut long = dated(IN);
        long.resize(20 << 20, b'x');
        assert_eq!(packed(pack, &long).1.items[0].2, long);
        let store = Store::new();
        let whole = pack(&dated(IN));
        write(&store.path("cur/1"), &whole[..whole.len() - 9]);
        let why = &store.taken().1.reviews[0].1;
        assert!(
            why.contains("compressed") && why.contains("damaged"),
            "{why}"
        );
    }
}

#[test]
fn another_packing_is_told_for_what_it_is() {
    for (bytes, name) in [
        (&b"\xfd7zXZ\0\0\x04"[..], "xz"),
        (b"BZh91AY&SY", "bzip2"),
        (b"Dovecot-LZ4\x0d\x2a\x9b\xc5", "lz4"),
        (b"CRYPTED\x03\x07", "encrypted"),
    ] {
        let (counts, taken) = packed(<[u8]>::to_vec, bytes);
        assert_eq!((counts.examined, counts.for_review), (1, 1));
        assert!(taken.reviews[0].1.contains(name), "{:?}", taken.reviews);
    }
}

#[test]
fn a_message_that_unpacks_to_more_than_anybodys_mail_is_for_a_person() {
    let mut bomb = dated(IN);
    bomb.resize((256 << 20) + 1, 0);
    let (_, taken) = packed(zstandard, &bomb);
    assert!(
        taken.reviews[0].1.contains("256 MiB"),
        "{:?}",
        taken.reviews
    );
}

#[test]
fn one_file_with_several_messages_does_not_leave_whole() {
    let (one, other) = (dated(IN), dated(OUT));
    let mark = b"From ek@kvist.example Fri Apr 10 12:00:00 2026\n";
    let between = [b"\n", &mark[..]].concat();
    let marked = [&b"\n\xef\xbb\xbf"[..], mark].concat();
    for pack in [<[u8]>::to_vec, gzip] {
        for several in [
            [&mark[..], &one, &between, &other].concat(),
            [&mark[..], &other, &between, &one].concat(),
            [&one[..], &between, &other].concat(),
            [&one[..], &marked, &other].concat(),
            [&b"\xef\xbb\xbf"[..], mark, &one, &between, &other].concat(),
            [&mark[..], &one, b"From the archive\n", &other].concat(),
        ] {
            let (counts, taken) = packed(pack, &several);
            assert_eq!((counts.selected, counts.for_review), (0, 1));
            assert!(
                taken.reviews[0].1.contains("several"),
                "{:?}",
                taken.reviews
            );
        }
        let outside = [&mark[..], &other, &between, &other].concat();
        assert_eq!(packed(pack, &outside).1, Taken::default());
        // One message, whose envelope stands before it; or whose text looks like one.
        let patch = b"\nFrom 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001\n";
        for single in [
            [&mark[..], &one].concat(),
            [&one[..], patch, &other].concat(),
            [&one[..], b"\nFrom the archive\n", &other].concat(),
        ] {
            assert_eq!(packed(pack, &single).1.items[0].2, single);
        }
    }
}

#[test]
fn an_attached_mailbox_leaves_with_its_message() {
    let mark = "From ek@kvist.example Fri Apr 10 12:00:00 2026\n";
    let inner = String::from_utf8(dated(OUT)).expect("text");
    let head = format!("Date: {IN}\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n");
    let whole = format!("{head}{mark}{inner}\n{mark}{inner}\n--b--\n");
    let (_, taken) = packed(<[u8]>::to_vec, whole.as_bytes());
    assert_eq!(taken.items.len(), 1);
    let cut = whole.replace("--b--", "");
    let (_, taken) = packed(<[u8]>::to_vec, cut.as_bytes());
    assert_eq!((taken.items.len(), taken.reviews.len()), (0, 1));
}

/// Does something to the store when the first message is handed over.
struct Meddles<'a> {
    taken: Taken,
    with: &'a mut dyn FnMut(),
}

impl Sink for Meddles<'_> {
    fn item(&mut self, _: usize, item: &Item<'_>, content: &mut dyn Read) -> Result<(), SinkError> {
        (self.with)();
        self.taken.item(0, item, content)
    }
    fn record(&mut self, _: usize, _: &Record<'_>) -> Result<(), SinkError> {
        Ok(())
    }
    fn for_review(
        &mut self,
        _: usize,
        review: &Review<'_>,
        withheld: Option<Withheld<'_>>,
    ) -> Result<(), SinkError> {
        self.taken.for_review(0, review, withheld)
    }
}

fn meddled(store: &Store, with: &mut dyn FnMut()) -> (Result<Counts, SourceError>, Taken) {
    let mut sink = Meddles {
        taken: Taken::default(),
        with,
    };
    let result = store.search(&mut sink);
    (result, sink.taken)
}

#[test]
fn a_message_whose_flags_change_meanwhile_is_still_found_once() {
    let store = Store::new();
    store
        .message("cur/1.M1:2,", IN)
        .message("cur/2.M1:2,", IN)
        .message("new/3.M1", IN);
    let (result, taken) = meddled(&store, &mut || {
        let _ = fs::rename(store.path("cur/2.M1:2,"), store.path("cur/2.M1:2,RS"));
        let _ = fs::rename(store.path("new/3.M1"), store.path("cur/3.M1:2,S"));
    });
    assert_eq!(result.expect("searched").selected, 3);
    assert_eq!(taken.items.len(), 3);
}

#[test]
fn a_message_that_moved_to_a_name_of_its_own_entry_is_not_counted_twice() {
    let store = Store::new();
    store
        .message("cur/1.M1:2,", IN)
        .message("cur/3.M1:2,S", IN)
        .message("new/3.M1", IN);
    let (result, taken) = meddled(&store, &mut || {
        let _ = fs::rename(store.path("new/3.M1"), store.path("cur/3.M1:2,S"));
    });
    assert_eq!(result.expect("searched").selected, 2);
    assert_eq!(taken.locators(), ["cur/1.M1:2,", "cur/3.M1:2,S"]);
}

#[test]
fn a_message_that_vanishes_is_an_error() {
    let store = Store::new();
    store.message("cur/1", IN).message("cur/2", IN);
    let (result, _) = meddled(&store, &mut || {
        let _ = fs::remove_file(store.path("cur/2"));
    });
    let error = result.expect_err("gone").to_string();
    assert!(
        error.contains("`m`: cur/2") && error.contains("gone"),
        "{error}"
    );
}

#[test]
fn a_message_that_becomes_shorter_while_it_is_handed_over_is_an_error() {
    let store = Store::new();
    store.message("cur/1", IN);
    let (result, _) = meddled(&store, &mut || {
        fs::write(store.path("cur/1"), b"short").expect("written");
    });
    let error = result.expect_err("shorter").to_string();
    assert!(error.contains("shorter"), "{error}");
}

#[test]
fn a_pipe_in_the_place_of_a_message_is_named_and_does_not_block() {
    let store = Store::new();
    store.message("cur/1", IN);
    rustix::fs::mknodat(
        rustix::fs::CWD,
        store.path("cur/2"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::from_raw_mode(0o600),
        0,
    )
    .expect("a pipe");
    let (counts, taken) = store.taken();
    assert_eq!(
        (counts.examined, taken.items.len(), taken.review_locators()),
        (1, 1, vec!["cur/2"])
    );
    assert_eq!(counts.unreadable, 1, "the search is not complete");
}

#[test]
fn a_tmp_that_cannot_be_listed_is_named_and_the_search_is_not_complete() {
    let no_directory = |tmp: &Path| {
        fs::remove_dir(tmp).expect("removed");
        fs::write(tmp, b"").expect("a file");
        true
    };
    let forbidden = |tmp: &Path| {
        fs::set_permissions(tmp, fs::Permissions::from_mode(0o000)).expect("permissions");
        fs::read_dir(tmp).is_err()
    };
    for makes in [no_directory as fn(&Path) -> bool, forbidden] {
        let store = Store::new();
        store.message("cur/1", IN).message(".Sent/tmp/2", IN);
        fs::create_dir(store.path(".Sent/cur")).expect("a directory");
        if !makes(&store.path("tmp")) {
            println!("not tested: this user may list every directory");
            continue;
        }
        let (counts, taken) = store.taken();
        assert_eq!(taken.locators(), ["cur/1"]);
        assert_eq!(taken.review_locators(), ["tmp/"], "that of Sent is new");
        assert!(
            taken.reviews[0].1.contains("cannot be listed"),
            "{:?}",
            taken.reviews
        );
        assert_eq!((counts.for_review, counts.unreadable), (1, 1));
    }
}

#[test]
fn a_message_that_may_not_be_read_is_an_error() {
    let store = Store::new();
    store.message("cur/1", IN).message("cur/2", IN);
    let forbidden = fs::Permissions::from_mode(0o000);
    fs::set_permissions(store.path("cur/2"), forbidden).expect("permissions");
    if fs::File::open(store.path("cur/2")).is_ok() {
        println!("not tested: this user may read every file");
        return;
    }
    let error = store
        .search(&mut Taken::default())
        .expect_err("forbidden")
        .to_string();
    assert!(error.contains("cur/2"), "{error}");
}

#[test]
fn a_sink_that_refuses_ends_the_search() {
    struct Refuses;
    impl Sink for Refuses {
        fn item(&mut self, _: usize, _: &Item<'_>, _: &mut dyn Read) -> Result<(), SinkError> {
            Err(SinkError("the disk is full".into()))
        }
        fn record(&mut self, _: usize, _: &Record<'_>) -> Result<(), SinkError> {
            Ok(())
        }
        fn for_review(
            &mut self,
            _: usize,
            _: &Review<'_>,
            _: Option<Withheld<'_>>,
        ) -> Result<(), SinkError> {
            Ok(())
        }
    }
    let store = Store::new();
    store.message("cur/1", IN);
    let result = store.search(&mut Refuses);
    assert!(matches!(result, Err(SourceError::Sink(_))));
}

#[test]
#[ignore = "a measurement: run it alone, in release, with --nocapture"]
fn a_large_maildir_is_searched_in_about_a_tenth_of_a_second() {
    let store = Store::new();
    let mut bytes = 0;
    for number in 0..17_000_u32 {
        // Spread over 20 years, so that the period of one year holds about 5 %.
        let date = format!(
            "1 Jul {} 12:00:{:02} +0200",
            2003 + number % 20,
            number % 60
        );
        let mut message = Vec::new();
        for hop in 0..12 + number % 20 {
            let line =
                format!("Received: from mx{hop}.kvist.example by mail.kvist.example; {date}\r\n");
            message.extend_from_slice(line.as_bytes());
        }
        message.extend_from_slice(format!("Subject: {number}\r\nDate: {date}\r\n\r\n").as_bytes());
        message.resize(12_000 + usize::try_from(number % 120).expect("small"), b'x');
        bytes += message.len();
        write(
            &store.path(&format!("cur/{number:08}.M1P{number}.host:2,S")),
            &message,
        );
    }
    println!("17000 messages, {} MB", bytes / 1_000_000);
    for _ in 0..5 {
        let started = std::time::Instant::now();
        let (counts, _) = store.taken();
        println!("{:?}: {counts:?}", started.elapsed());
        assert_eq!((counts.examined, counts.selected), (17_000, 850));
    }
}
