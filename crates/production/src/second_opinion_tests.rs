//! The reader of the sources and the reader of the check, over the same mail.

use std::io::Read;
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use lagrum_durable::Scratch;
use lagrum_model::{DateRule, Period};
use lagrum_package::check::{HEADER_LIMIT, SecondReader};
use lagrum_sources::{dates, import};
use proptest::prelude::*;

proptest! {
    /// Where the first reader is certain, the second agrees to the second.
    #[test]
    fn both_readers_place_a_well_formed_date_at_the_same_instant(
        seconds in 500_000_000_i64..1_780_000_000,
        hours in -12_i64..=14, minutes in prop::sample::select(vec![0_i64, 15, 30, 45]),
    ) {
        let offset = hours * 3600 + hours.signum() * minutes * 60;
        let at = Timestamp::from_second(seconds).unwrap();
        let local = at + SignedDuration::from_secs(offset);
        let zone = format!("{}{:02}{:02}", if offset < 0 { '-' } else { '+' }, offset.abs() / 3600, offset.abs() % 3600 / 60);
        let header = format!("Date: {} {zone}\n\n", local.strftime("%a, %d %b %Y %H:%M:%S"));
        let now = "2026-11-21T00:00:00Z".parse().unwrap();
        let first = dates::established(header.as_bytes(), now).unwrap().exact();
        prop_assert_eq!(first, Some(at));
        let second = SignedDuration::from_secs(1);
        let exactly = Period::new(at, at + second).unwrap();
        prop_assert!(SecondReader::of(DateRule::MessageDate, header.as_bytes()).agrees(None, exactly).is_ok());
        let before = Period::new(at - second, at).unwrap();
        prop_assert!(SecondReader::of(DateRule::MessageDate, header.as_bytes()).agrees(None, before).is_err());
    }
}

/// Where real mail for tests lies, if it is there.
fn shared_mail() -> Option<PathBuf> {
    let shared = std::env::var_os("LAGRUM_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let mail = shared.join("data/mail");
    if mail.is_dir() {
        return Some(mail);
    }
    println!("SKIPPED: ../shared/data/mail is not there");
    None
}

#[test]
fn both_readers_agree_on_every_established_date_of_real_mail() {
    let Some(mail) = shared_mail() else { return };
    let now = "2026-11-21T00:00:00Z".parse().unwrap();
    let (mut agreed, mut differ) = (0, Vec::new());
    for corpus in ["enron-edrm", "dovecot-list-2002.mbox.gz", "mail-parser/eml"] {
        let path = mail.join(corpus);
        import::messages_of(
            &path,
            &Scratch::new(&std::env::temp_dir()),
            &mut |message| {
                let mut bytes = Vec::new();
                message
                    .content
                    .take(HEADER_LIMIT)
                    .read_to_end(&mut bytes)
                    .unwrap();
                let end = bytes.windows(2).position(|pair| pair == b"\n\n");
                let crlf = bytes
                    .windows(4)
                    .position(|four| four == b"\r\n\r\n")
                    .map(|at| at + 2);
                let end = [end, crlf]
                    .into_iter()
                    .flatten()
                    .min()
                    .map_or(bytes.len(), |at| at + 2);
                let Ok(interval) = dates::established(&bytes[..end], now) else {
                    return Ok(());
                };
                let second = SignedDuration::from_secs(1);
                let exactly = Period::new(interval.earliest(), interval.latest() + second).unwrap();
                match SecondReader::of(DateRule::MessageDate, &bytes).agrees(None, exactly) {
                    Ok(()) => agreed += 1,
                    Err(_) => differ.push(format!("{corpus} {}", message.locator)),
                }
                Ok(())
            },
        )
        .unwrap();
    }
    println!("agreed on {agreed}, differ on {}: {differ:?}", differ.len());
    assert!(agreed > 4_000, "real mail was read: {agreed}");
    // A difference only sends a message to review; many would make the second reader useless.
    assert!(differ.len() * 200 < agreed, "{differ:?}");
}
