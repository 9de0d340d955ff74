//! What a search takes out of a mailbox, plain or packed.

use super::*;

#[test]
fn a_second_message_never_leaves_under_the_date_of_the_first() {
    for (before, separator) in [
        ("\n", SEPARATOR),
        ("", SEPARATOR),
        ("", "From b\n"),
        ("\n\u{feff}", SEPARATOR),
        ("tail", SEPARATOR),
    ] {
        let first = dated("Wed, 1 Jan 2020 00:00:00 +0000");
        let second = dated("Fri, 1 Jan 2021 00:00:00 +0000");
        let parts: [&[u8]; 5] = [
            SEPARATOR.as_bytes(),
            &first,
            before.as_bytes(),
            separator.as_bytes(),
            &second,
        ];
        let (_, taken) = searched(&parts.concat()).expect("searched");
        for (_, _, content) in &taken.items {
            assert_eq!(content, &first, "{before:?}");
        }
        assert_eq!(taken.items.len() + taken.reviews.len(), 1, "{before:?}");
    }
}

#[test]
fn a_message_that_is_quoted_in_another_leaves_neither_cut_nor_under_the_other_date() {
    let outer = dated("Wed, 1 Jan 2020 00:00:00 +0000");
    let inner = dated("Fri, 1 Jan 2021 00:00:00 +0000");
    for (one, other) in [(&outer, &inner), (&inner, &outer)] {
        let parts: [&[u8]; 5] = [
            SEPARATOR.as_bytes(),
            one,
            b"\nFrom the archive\n",
            other,
            b"tail\n",
        ];
        let (counts, taken) = searched(&parts.concat()).expect("searched");
        assert_eq!(
            (counts.examined, counts.selected, counts.for_review),
            (1, 0, 1)
        );
        let (locator, why, ..) = &taken.reviews[0];
        let length = parts.concat().len() - SEPARATOR.len();
        assert_eq!(locator, &format!("bytes {}+{length}", SEPARATOR.len()));
        assert!(why.contains("another message"), "{why}");
    }
    // However it is read, it lies outside.
    let parts: [&[u8]; 4] = [
        SEPARATOR.as_bytes(),
        &inner,
        b"\nFrom the archive\n",
        &inner,
    ];
    let (counts, taken) = searched(&parts.concat()).expect("searched");
    assert_eq!((counts.examined, taken), (1, Taken::default()));
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
        SEPARATOR.as_bytes().to_vec(),
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
fn what_is_unpacked_lies_in_the_scratch_directory_and_nowhere_else() {
    let root = TempDir::new().expect("a directory");
    let mut long = dated("Wed, 1 Jan 2020 00:00:00 +0000");
    long.resize(IN_MEMORY + 1, b'x');
    let mbox = [SEPARATOR.as_bytes(), &long].concat();
    write(&root.path().join("alder.mbox"), &zstandard(&mbox));
    let period = period("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z");
    let (away, here) = (root.path().join("away"), root.path());
    for (scratch, works) in [(&*away, false), (here, true)] {
        let scratch = Scratch::new(scratch);
        let judge = Judge {
            date: crate::MailDate::Header,
            stored: None,
            period: &period,
            run: crate::Run {
                scratch: &scratch,
                ..run()
            },
            order: 0,
        };
        let place = Path::new("alder.mbox");
        let found = search("m", root.path(), place, judge, &mut Taken::default());
        assert_eq!(found.is_ok(), works);
    }
}

#[test]
fn a_hostile_mailbox_takes_time_in_proportion_to_its_length() {
    let parts = "To: x\nContent-Length: 9\nContent-Type: multipart/x; boundary=b\n\n";
    for form in [
        "From ",
        "From \n",
        "From \r",
        "From\t\n",
        ">From a\n",
        "From a Mon Mar  9 12:00:00 2026\n",
        "From a Mon Mar  9 12:00:00 2026\nTo: x\n",
        "X: From a Mon Mar  9 12:00:00 2026\n",
        " From a Mon Mar  9 12:00:00 2026\nTo: x\nTo: y\n",
        "To:\n",
        "\0",
        "\r",
        "--b--\n",
        "\nFrom a Mon Mar  9 12:00:00 2026\nContent-Type: multipart/x; boundary=b\n\n--b\n",
    ] {
        let length = 1 << 20;
        let mbox = format!("{SEPARATOR}{parts}{}", form.repeat(length / form.len()));
        let began = std::time::Instant::now();
        divided(mbox.as_bytes(), usize::MAX).expect("an mbox");
        let took = began.elapsed().as_secs();
        // Without optimisation, on a machine that does other things too.
        assert!(took < 20, "{form:?}: {took} s");
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
        date: crate::MailDate::Header,
        stored: None,
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
            content.extend_from_slice(SEPARATOR.as_bytes());
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
            _: Option<crate::Withheld<'_>>,
        ) -> Result<(), lagrum_source::SinkError> {
            Ok(())
        }
    }
    let root = TempDir::new().expect("a directory");
    let path = root.path().join("alder.mbox");
    write(
        &path,
        &[
            SEPARATOR.as_bytes().to_vec(),
            dated("Wed, 1 Jan 2020 00:00:00 +0000"),
        ]
        .concat(),
    );
    let period = period("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z");
    let judge = Judge {
        date: crate::MailDate::Header,
        stored: None,
        period: &period,
        run: run(),
        order: 0,
    };
    let place = Path::new("alder.mbox");
    let error = search("m", root.path(), place, judge, &mut Writes(path)).expect_err("changed");
    assert!(error.to_string().contains("changed while"), "{error}");
}
