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
    let message = format!("From: a@b.example\r\nDate: {date}\r\n\r\nbody");
    SecondReader::of(DateRule::MessageDate, message.as_bytes()).agrees(None, day())
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
        SecondReader::of(
            DateRule::MessageDate,
            b"From: a@b.example\n\nDate: Sun, 29 Mar 2026 00:00:00 +0000"
        )
        .agrees(None, day())
        .is_err()
    );
    assert!(
        SecondReader::of(DateRule::MessageDate, b"")
            .agrees(None, day())
            .is_err()
    );
}

#[test]
fn the_second_reader_asks_the_date_that_the_operator_chose_and_no_other() {
    const IN: &str = "Sun, 29 Mar 2026 12:00:00 +0000";
    const OUT: &str = "Sat, 28 Mar 2026 12:00:00 +0000";
    let message = |topmost, below, date| {
        format!(
            "Received: from a (b; c) by mx.example; {topmost}\r\nReceived: by x; {below}\r\nDate: {date}\r\n\r\n"
        )
    };
    let inside = |rule, message: &str, stored| {
        SecondReader::of(rule, message.as_bytes())
            .agrees(stored, day())
            .is_ok()
    };
    let received = DateRule::ReceivedField;
    assert!(inside(received, &message(IN, OUT, OUT), None));
    assert!(!inside(received, &message(OUT, IN, IN), None));
    assert!(!inside(received, &format!("Date: {IN}\r\n\r\n"), None));
    let last_second = "Received: by mx.example;\r\n Mon, 30 Mar 2026 01:59:59 +0200 (CEST)\r\n\r\n";
    assert!(inside(received, last_second, None));
    assert!(!inside(
        received,
        &last_second.replace("30 Mar 2026 01:59:59", "30 Mar 2026 02:00:00"),
        None
    ));
    let all_in = message(IN, IN, IN);
    for (rule, stored, expected) in [
        (
            DateRule::InternalDate,
            Some("29-Mar-2026 00:00:00 +0000"),
            true,
        ),
        (
            DateRule::InternalDate,
            Some("28-Mar-2026 23:59:59 +0000"),
            false,
        ),
        (
            DateRule::InternalDate,
            Some(" 1-Mar-2026 23:59:59 +0000"),
            false,
        ),
        (
            DateRule::InternalDate,
            Some("30-Mar-2026 05:29:59 +0530"),
            true,
        ),
        (
            DateRule::InternalDate,
            Some("30-Mar-2026 05:30:00 +0530"),
            false,
        ),
        (DateRule::InternalDate, Some("1774742400"), true),
        (DateRule::InternalDate, Some("2026-03-29T00:00:00Z"), true),
        (DateRule::InternalDate, Some("2026-03-28T23:59:59Z"), false),
        (DateRule::InternalDate, Some("2026-03-30T00:00:00Z"), false),
        (DateRule::DeliveryTime, Some("2026-03-29T00:00:00Z"), false),
        (DateRule::InternalDate, Some("yesterday"), false),
        (DateRule::InternalDate, None, false),
        (DateRule::DeliveryTime, Some("1774742400"), true),
        (DateRule::DeliveryTime, Some("1774742399"), false),
        (DateRule::DeliveryTime, Some("1774828800"), false),
        (
            DateRule::DeliveryTime,
            Some("29-Mar-2026 00:00:00 +0000"),
            false,
        ),
        (DateRule::DeliveryTime, None, false),
        (DateRule::EventTime, None, false),
        (DateRule::PresentState, None, false),
    ] {
        assert_eq!(inside(rule, &all_in, stored), expected, "{rule} {stored:?}");
    }
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
        let text = String::from_utf8_lossy(&bytes);
        for rule in [DateRule::MessageDate, DateRule::ReceivedField, DateRule::InternalDate, DateRule::DeliveryTime] {
            let _ = SecondReader::of(rule, &bytes).agrees(Some(&text), day());
        }
    }
}

mod records;

proptest! {
    /// To pass over the fields that decide nothing changes nothing of those that do, however the others are written.
    #[test]
    fn what_other_fields_hold_does_not_change_the_date_that_is_read(
        fields in prop::collection::vec((
            prop::sample::select(vec!["Date", "date ", "Received", "Content-Type", "From", "To", "Subject", "Message-ID", "References", "Keywords", "X-Other", "List-Id", "no field", "MIME-Version"]),
            prop::collection::vec(prop::sample::select(vec![
                "Fri, 9 Jan 2026 12:00:00 +0000", "from a by b; Sat, 10 Jan 2026 12:00:00 +0100", "multipart/mixed; boundary=\"b b\"", "; boundary=x", "\"", "(", ")", "<a@b.example>", ",", "=?utf-8?q?x?=",
                "=?utf-8?b?", "\\", "\n ", "\r\n\t", "\n \n ", "\r", "\u{0}", "\u{e5}", ":", ";", "[", "words",
            ]), 0..6),
        ), 0..8),
    ) {
        use mail_parser::{HeaderName, MessageParser, MimeHeaders};
        let mut header = String::new();
        for (name, values) in &fields {
            header += &format!("{name}: {}\n", values.concat());
        }
        header += "\nbody";
        let whole = MessageParser::default().parse_headers(header.as_bytes());
        let told = |message: &mail_parser::Message<'_>| {
            let kind = message.content_type().map(|kind| (kind.ctype().to_owned(), kind.attribute("boundary").map(str::to_owned)));
            (message.date().copied(), kind)
        };
        let by = |rule| second_reader::header_of(rule, header.as_bytes());
        let date = DateRule::MessageDate;
        prop_assert_eq!(whole.as_ref().map(told), by(date).as_ref().map(told));
        let received = DateRule::ReceivedField;
        let first = |message: &mail_parser::Message<'_>| {
            second_reader::date_of(received, message).copied().map(|at| (told(message), at, message.header_values(HeaderName::Received).count()))
        };
        prop_assert_eq!(whole.as_ref().map(first), by(received).as_ref().map(first));
    }
}
