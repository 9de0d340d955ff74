use proptest::prelude::*;

use super::*;

fn day() -> Period {
    Period::new(
        "2026-03-29T00:00:00Z".parse().unwrap(),
        "2026-03-30T00:00:00Z".parse().unwrap(),
    )
    .unwrap()
}

fn dated(date: &str) -> Result<(), String> {
    second_opinion(
        format!("From: a@b.example\r\nDate: {date}\r\n\r\nbody").as_bytes(),
        day(),
    )
}

#[test]
fn the_period_is_half_open_whatever_the_zone() {
    assert!(dated("Sun, 29 Mar 2026 00:00:00 +0000").is_ok());
    assert!(dated("Sat, 28 Mar 2026 19:00:00 -0500").is_ok());
    assert!(dated("Sat, 28 Mar 2026 18:59:59 -0500").is_err());
    assert!(dated("Mon, 30 Mar 2026 08:59:59 +0900").is_ok());
    assert!(dated("Mon, 30 Mar 2026 09:00:00 +0900").is_err());
}

#[test]
fn a_message_without_a_date_has_no_second_opinion() {
    assert!(
        second_opinion(
            b"From: a@b.example\n\nDate: Sun, 29 Mar 2026 00:00:00 +0000",
            day()
        )
        .is_err()
    );
    assert!(second_opinion(b"", day()).is_err());
}

#[test]
fn paths_that_lead_elsewhere_are_not_plain() {
    assert!(is_plain("items/mail/000001.eml"));
    assert!(is_plain("records/logins-traffic-0001.csv"));
    for path in [
        "/etc/passwd",
        "items/../x",
        "items//x",
        "items/.x",
        "x/y",
        "items/a b",
        "items/",
        "items/a\0",
        "items\\x",
    ] {
        assert!(!is_plain(path), "{path}");
    }
}

proptest! {
    #[test]
    fn no_bytes_make_the_second_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = second_opinion(&bytes, day());
    }
}

mod records;
