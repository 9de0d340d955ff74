use jiff::tz::Offset;
use proptest::prelude::*;

use super::*;
use crate::testing::{at, now, period};

fn of(date: &str) -> Result<Interval, WhyNot> {
    established(format!("Subject: x\nDate:{date}\n").as_bytes(), now())
}

fn exact(date: &str) -> Timestamp {
    of(date).expect(date).exact().expect("one instant")
}

fn between(date: &str) -> (Timestamp, Timestamp) {
    let interval = of(date).expect(date);
    (interval.earliest(), interval.latest())
}

#[test]
fn a_numeric_zone_gives_one_instant() {
    for date in [
        " Fri, 21 Nov 1997 09:55:06 -0600",
        "Fri, 21 Nov 1997 09:55:06 -0600",
        " 21 nov 1997 09:55:06 -0600",
        " Fri,\n 21 Nov\n\t1997 09:55:06 -0600",
        " Fri,\r\n 21 Nov 1997 09:55:06 -0600",
        " FRI (a (nested \\) one)), 21 Nov 97 09 : 55 : 06 -0600 (CST) ",
        " Mon, 21 Nov 1997 09:55:06 -0600",
        " 21 Nov 097 09:55:06 -0600",
        " 21 Nov 1997 09:55:06-0600",
        " 21 Nov 1997 16:55:06 +0100",
        " 21 Nov 1997 15:55:06 -0000",
        " 21 Nov 1997 15:55:06 gmt",
        " 21 Nov 1997 15:55:06 UT",
        " 21 Nov 1997 15:55:06 UTC",
        " 21 Nov 1997 15:55:06 Z",
        " 21 Nov 1997 10:55:06 EST",
        " 21 Nov 1997 11:55:06 EDT",
        " 21 Nov 1997 09:55:06 CST",
        " 21 Nov 1997 10:55:06 CDT",
        " 21 Nov 1997 08:55:06 MST",
        " 21 Nov 1997 09:55:06 MDT",
        " 21 Nov 1997 07:55:06 PST",
        " 21 Nov 1997 08:55:06 PDT",
    ] {
        assert_eq!(exact(date), at("1997-11-21T15:55:06Z"), "{date}");
    }
    assert_eq!(
        exact(" 21 Nov 1997 09:55 -0600"),
        at("1997-11-21T15:55:00Z")
    );
    assert_eq!(exact(" 1 Jan 00 00:00 +0000"), at("2000-01-01T00:00:00Z"));
    assert_eq!(exact(" 1 Jan 102 00:00 +0000"), at("2002-01-01T00:00:00Z"));
    assert_eq!(
        exact(" 29 Feb 2024 23:59:59 +0545"),
        at("2024-02-29T18:14:59Z")
    );
}

#[test]
fn a_zone_without_one_meaning_leaves_room() {
    let room = (at("2002-05-19T10:59:12Z"), at("2002-05-20T12:59:12Z"));
    for date in [
        " Mon, 20 May 2002 00:59:12",
        " Mon, 20 May 2002 00:59:12 (GMT)",
        " Mon, 20 May 2002 00:59:12 CET",
        " Mon, 20 May 2002 00:59:12 JST",
        " Mon, 20 May 2002 00:59:12 MET DST",
        " Mon, 20 May 2002 00:59:12 A",
    ] {
        assert_eq!(between(date), room, "{date}");
    }
}

#[test]
fn a_leap_second_lies_between_the_seconds_around_it() {
    assert_eq!(
        between(" Sat, 31 Dec 2016 23:59:60 +0000"),
        (at("2016-12-31T23:59:59Z"), at("2017-01-01T00:00:00Z"))
    );
}

#[test]
fn what_rfc_5322_does_not_allow_is_malformed() {
    for date in [
        "",
        " ",
        " yesterday",
        " 2002-05-20T00:59:12Z",
        " Mon 20 May 2002 00:59:12 +0000",
        " Xyz, 20 May 2002 00:59:12 +0000",
        " Monday, 20 May 2002 00:59:12 +0000",
        " 20 Mai 2002 00:59:12 +0000",
        " 31 Apr 2002 00:59:12 +0000",
        " 29 Feb 2002 00:59:12 +0000",
        " 0 May 2002 00:59:12 +0000",
        " 20 May 2 00:59:12 +0000",
        " 20 May 20022 00:59:12 +0000",
        " 20 May 9999999999 00:59:12 +0000",
        " 20 May 2002 24:00:00 +0000",
        " 20 May 2002 1:59:12 +0000",
        " 20 May 2002 00:60:12 +0000",
        " 20 May 2002 00:59:61 +0000",
        " 20 May 2002 00:59:12 +00:00",
        " 20 May 2002 00:59:12 +000",
        " 20 May 2002 00:59:12 +0060",
        " 20 May 2002 00:59:12 0530",
        " 20 May 2002 00:59:12 +0000 trailing",
        " 20 May 2002 00:59:12 GMT+0200",
        " 20 May 2002 00:59:12 (open +0000",
        " 20 May 2002 00:59:12 +0000 \u{e5}",
        " May 20 2002 00:59:12 +0000",
        " 20 May 2002",
    ] {
        assert_eq!(of(date), Err(WhyNot::Malformed), "{date}");
    }
}

#[test]
fn half_of_a_twelve_hour_clock_is_never_taken_for_a_zone() {
    for date in [
        " 28 Jun 01 10:05:15 PM",
        " 28 Jun 01 10:05:15 am",
        " 28 Jun 01 10:05:15 nachm",
        " Sat, 13 Apr 02 18:49:02 Arabian Standard Time",
    ] {
        assert_eq!(of(date), Err(WhyNot::Malformed), "{date}");
    }
}

#[test]
fn a_lost_date_is_not_established() {
    for date in [
        " Sun, 30 Nov 0002 00:00:00 -0800 (PST)",
        " Thu, 1 Jan 1706 00:00:00 -0800",
        " Tue, 1 Jan 1980 00:00:00 +0000",
        " Mon, 31 Dec 1979 16:00:00 -0800 (PST)",
        " Thu, 1 Jan 1970 00:00:00 +0000",
        " Thu, 12 Aug 1982 23:59:59 +0000",
        " 1 Jan 02 00:00:00 +0000 (fine)",
    ] {
        let expected = date.contains("fine");
        assert_eq!(of(date) == Err(WhyNot::BeforeMail), !expected, "{date}");
    }
    assert_eq!(
        exact(" 13 Aug 1982 00:00:00 +0000"),
        at("1982-08-13T00:00:00Z")
    );
}

#[test]
fn a_date_may_lie_a_day_ahead_of_the_clock_and_no_more() {
    assert_eq!(now(), at("2026-09-01T00:00:00Z"));
    assert_eq!(
        exact(" 2 Sep 2026 00:00:00 +0000"),
        at("2026-09-02T00:00:00Z")
    );
    assert_eq!(of(" 2 Sep 2026 00:00:01 +0000"), Err(WhyNot::InTheFuture));
    assert_eq!(of(" 2 Sep 9999 00:00:01 +0000"), Err(WhyNot::InTheFuture));
}

#[test]
fn several_date_fields_must_agree() {
    let of = |header: &str| established(header.as_bytes(), now());
    let twice = "Date: 21 Nov 1997 09:55:06 -0600\nDATE : 21 Nov 1997 15:55:06 GMT\n";
    assert_eq!(
        of(twice).map(|i| i.exact()),
        Ok(Some(at("1997-11-21T15:55:06Z")))
    );
    let differ = "Date: 21 Nov 1997 09:55:06 -0600\nDate: 21 Nov 1997 09:55:07 -0600\n";
    assert_eq!(of(differ), Err(WhyNot::Contradictory));
    let broken = "Date: 21 Nov 1997 09:55:06 -0600\nDate: soon\n";
    assert_eq!(of(broken), Err(WhyNot::Malformed));
    assert_eq!(of("Subject: x\n"), Err(WhyNot::Missing));
    let late = "Subject: x\nnot a field\nDate: 21 Nov 1997 09:55:06 -0600\n";
    assert_eq!(of(late), Err(WhyNot::AfterBrokenHeader));
    assert_eq!(
        raw(differ.as_bytes()).as_deref(),
        Some("21 Nov 1997 09:55:06 -0600; 21 Nov 1997 09:55:07 -0600")
    );
    assert_eq!(raw(b"Subject: x\n"), None);
}

#[test]
fn a_period_holds_its_first_instant_and_not_its_last() {
    let period = period("2002-05-20T00:00:00Z", "2002-05-21T00:00:00Z");
    let position = |date: &str| of(date).expect(date).position(&period);
    assert_eq!(position(" 20 May 2002 00:00:00 +0000"), Position::Inside);
    assert_eq!(position(" 21 May 2002 00:00:00 +0000"), Position::Outside);
    assert_eq!(position(" 19 May 2002 23:59:59 +0000"), Position::Outside);
    assert_eq!(position(" 20 May 2002 23:59:60 +0000"), Position::Unclear);
    assert_eq!(position(" 20 May 2002 12:00:00"), Position::Unclear);
    assert_eq!(position(" 22 May 2002 12:00:00"), Position::Outside);
}

#[test]
fn a_missing_zone_is_inside_when_every_zone_is() {
    let period = period("2002-05-20T00:00:00Z", "2002-06-20T00:00:00Z");
    let position = |date: &str| of(date).expect(date).position(&period);
    assert_eq!(position(" 20 May 2002 14:00:00"), Position::Inside);
    assert_eq!(position(" 20 May 2002 13:59:59"), Position::Unclear);
    assert_eq!(position(" 19 Jun 2002 11:59:59"), Position::Inside);
    assert_eq!(position(" 19 Jun 2002 12:00:00"), Position::Unclear);
}

proptest! {
    #[test]
    fn any_instant_in_any_zone_is_in_exactly_when_the_period_holds_it(
        from in 500_000_000_i64..1_500_000_000,
        length in 1_i64..200_000_000,
        around in prop_oneof![-100_000_i64..100_000, -2_i64..3],
        upper in any::<bool>(),
        zone in -(12 * 60)..=(14 * 60_i64),
    ) {
        let second = |s: i64| Timestamp::from_second(s).expect("in range");
        let period = Period::new(second(from), second(from + length)).expect("a period");
        let instant = second(if upper { from + length } else { from } + around);
        let offset = Offset::from_seconds(i32::try_from(zone * 60).expect("small")).expect("small");
        let written = offset.to_datetime(instant).strftime("%a, %d %b %Y %H:%M:%S");
        let sign = if zone < 0 { '-' } else { '+' };
        let date = format!(" {written} {sign}{:02}{:02}", zone.abs() / 60, zone.abs() % 60);
        let interval = of(&date).expect("established");
        prop_assert_eq!(interval.exact(), Some(instant));
        let expected = if from <= instant.as_second() && instant.as_second() < from + length {
            Position::Inside
        } else {
            Position::Outside
        };
        prop_assert_eq!(interval.position(&period), expected);
        // The same time of day without its zone never certainly lands on the wrong side.
        let bare = of(&format!(" {written}")).expect("established");
        let other = bare.position(&period);
        prop_assert!(other == expected || other == Position::Unclear);
    }

    #[test]
    fn no_bytes_make_it_panic(block in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = established(&block, now());
        let mut dated = b"Date: ".to_vec();
        dated.extend(&block);
        let _ = (established(&dated, now()), raw(&dated));
    }

    #[test]
    fn nothing_that_looks_like_a_date_makes_it_panic(
        date in "[ (]{0,2}(Mon, )?[0-9]{1,3} (Jan|Feb|dec) [0-9]{1,6} [0-9]{2}:[0-9]{2}(:[0-9]{2})? ?([+-][0-9]{4}|[A-Za-z]{1,5})?[)\\\\]{0,2}",
    ) {
        if let Ok(interval) = of(&date) {
            prop_assert!(interval.earliest() <= interval.latest());
        }
    }

    #[test]
    fn what_an_independent_parser_reads_is_read_alike(
        instant in 400_000_000_i64..1_700_000_000,
        zone in -(11 * 60)..=(13 * 60_i64),
    ) {
        let offset = Offset::from_seconds(i32::try_from(zone * 60).expect("small")).expect("small");
        let zoned = Timestamp::from_second(instant).expect("in range").to_zoned_datetime(offset.to_time_zone());
        let date = jiff::fmt::rfc2822::to_string(&zoned).expect("a date");
        prop_assert_eq!(exact(&format!(" {date}")), zoned.timestamp());
    }
}
