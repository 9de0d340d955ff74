//! An mbox that another thread reads ahead.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::*;

/// So many messages, one behind the other, each with its number.
fn many(count: usize) -> Vec<u8> {
    let message = |number| {
        format!("{SEPARATOR}Subject: {number}\nFrom: from x\nTo: y\n\nfrom {number}\n>From z\n\n")
    };
    (0..count).map(message).collect::<String>().into_bytes()
}

/// Gives its bytes in pieces of all lengths, and then does what is asked for.
struct Then<F> {
    bytes: Cursor<Vec<u8>>,
    step: usize,
    then: F,
}

impl<F: FnMut() -> io::Result<usize>> Read for Then<F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.step = self.step % 7919 + 1;
        let most = self.step.min(buffer.len());
        match self.bytes.read(&mut buffer[..most])? {
            0 => (self.then)(),
            count => Ok(count),
        }
    }
}

fn then<F: FnMut() -> io::Result<usize>>(mbox: &[u8], then: F) -> Then<F> {
    Then {
        bytes: Cursor::new(mbox.to_vec()),
        step: 0,
        then,
    }
}

#[test]
fn every_message_of_many_pieces_is_found_at_its_place() {
    let mbox = many(30_000);
    let whole = divided(&mbox, usize::MAX).expect("an mbox");
    assert_eq!(whole.len(), 30_000);
    let ahead = Messages::read_ahead(then(&mbox, || Ok(0))).expect("a thread");
    assert!(gathered(ahead, &mbox).expect("an mbox") == whole);
    let interrupted = {
        let mut often = 0;
        move || {
            often += 1;
            match often {
                1..4 => Err(io::ErrorKind::Interrupted.into()),
                _ => Ok(0),
            }
        }
    };
    let ahead = Messages::read_ahead(then(&mbox, interrupted)).expect("a thread");
    assert!(gathered(ahead, &mbox).expect("an mbox") == whole);
}

#[test]
fn a_failure_is_told_where_it_stands_and_is_never_the_end() {
    let mbox = many(2000);
    let failing = || Err(io::Error::other("the disk"));
    for cut in [0, 1, 70, 5000, mbox.len() / 2, mbox.len()] {
        let mut found = 0;
        let mut messages =
            Messages::in_pieces(then(&mbox[..cut], failing), 1024).expect("a thread");
        let error = loop {
            match messages.next_message(&mut |_| Ok(())) {
                Ok(Some(_)) => found += 1,
                Ok(None) => panic!("an end at {cut}"),
                Err(error) => break error,
            }
        };
        assert!(error.to_string().contains("the disk"), "{cut}: {error}");
        // What was read before it is not lost; what stands last may go on.
        let before = mbox[..cut].len() / (mbox.len() / 2000 + 1);
        assert!(found + 300 >= before && found < 2000, "{cut}: {found}");
    }
}

#[test]
fn a_thread_that_breaks_off_is_a_failure_and_never_the_end() {
    let mbox = many(100);
    let broken = || -> io::Result<usize> { std::panic::resume_unwind(Box::new("off")) };
    let messages = Messages::in_pieces(then(&mbox, broken), 1024).expect("a thread");
    let error = gathered(messages, &mbox).expect_err("broken off");
    assert!(error.to_string().contains("has stopped"), "{error}");
}

#[test]
fn whoever_takes_no_more_ends_the_reading() {
    let read = Arc::new(AtomicU64::new(0));
    let ended = Arc::new(AtomicBool::new(false));
    /// Without an end.
    struct Endless(Arc<AtomicU64>, Arc<AtomicBool>);
    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let text = SEPARATOR.as_bytes();
            let count = text.len().min(buffer.len());
            buffer[..count].copy_from_slice(&text[..count]);
            self.0.fetch_add(count as u64, Ordering::Relaxed);
            Ok(count)
        }
    }
    impl Drop for Endless {
        fn drop(&mut self) {
            self.1.store(true, Ordering::Relaxed);
        }
    }
    let endless = Endless(Arc::clone(&read), Arc::clone(&ended));
    let mut messages = Messages::read_ahead(endless).expect("a thread");
    let stopped = messages.next_message(&mut |_| Err(io::Error::other("no more")));
    assert!(stopped.is_err());
    drop(messages);
    assert!(ended.load(Ordering::Relaxed), "the thread has ended");
    // A few pieces, and no more.
    assert!(read.load(Ordering::Relaxed) < 4 << 20);
}

#[test]
fn a_search_finds_in_a_long_packed_mailbox_what_it_finds_in_a_plain_one() {
    let mut mbox = Vec::new();
    let mut noise = 1_u64;
    for number in 0..400 {
        let date = [
            "Tue, 31 Dec 2019 23:59:59 +0000",
            "Fri, 1 May 2020 00:00:00 +0000",
        ];
        mbox.extend_from_slice(SEPARATOR.as_bytes());
        mbox.extend_from_slice(&dated(date[number % 2]));
        for _ in 0..600 {
            noise = noise
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            mbox.extend_from_slice(format!("{noise:016x}\n").as_bytes());
        }
        mbox.push(b'\n');
    }
    let (counts, plain) = searched(&mbox).expect("searched");
    assert_eq!((counts.examined, counts.selected), (400, 200));
    for packed in [gzip(&mbox), zstandard(&mbox)] {
        assert!(packed.len() as u64 > READ_AHEAD, "{}", packed.len());
        let (again, taken) = searched(&packed).expect("searched");
        assert_eq!(again, counts);
        assert!(taken == plain);
        let cut = searched(&packed[..packed.len() - 9]).expect_err("cut off");
        assert!(cut.to_string().contains("not completed"), "{cut}");
    }
}
