//! Messages whose dates fall on different sides of the border of the period: the one that was chosen decides,
//! and no other.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use lagrum_model::Period;
use tempfile::TempDir;

use super::*;
use crate::mail::Judge;
use crate::testing::{Taken, at, period, run, write};
use crate::{Context, Counts, Sink, Source, SourceConfig, eml, maildir, mbox, registry};

/// Where a date lies, if the message has it.
type Place = Option<Timestamp>;

/// One message, as its generator made it.
struct Made {
    name: String,
    bytes: Vec<u8>,
    header: Place,
    received: Place,
    delivered: Place,
}

impl Made {
    fn date(&self, date: MailDate) -> Place {
        match date {
            MailDate::Header => self.header,
            MailDate::Received => self.received,
            MailDate::Delivered | MailDate::Internal => self.delivered,
        }
    }
}

fn march() -> Period {
    period("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z")
}

/// As RFC 5322 writes it, so many hours and minutes east of UTC.
fn written(at: Timestamp, minutes_east: i32) -> String {
    let offset = Offset::from_seconds(minutes_east * 60).expect("an offset");
    let local = offset.to_datetime(at);
    let (sign, east) = (if minutes_east < 0 { '-' } else { '+' }, minutes_east.abs());
    let zone = format!("{sign}{:02}{:02}", east / 60, east % 60);
    format!("{} {zone}", local.strftime("%a, %d %b %Y %H:%M:%S"))
}

/// Every way in which three dates can lie before, on and behind both borders, or be missing, each in the
/// zones of Stockholm, New York and Kathmandu.
fn made() -> Vec<Made> {
    let second = SignedDuration::from_secs(1);
    let (from, until) = (march().from(), march().until());
    let places: [Place; 5] = [
        Some(from - second),
        Some(from),
        Some(until - second),
        Some(until),
        None,
    ];
    let mut made = Vec::new();
    for zone in [120, -300, 345] {
        for header in places {
            for received in places {
                for delivered in places {
                    let number = made.len();
                    let mut text = String::new();
                    if let Some(at) = received {
                        let at = written(at, zone);
                        write!(text, "Received: from a.example (a [192.0.2.1]; \"x; y\")\r\n\tby mx.kvist.example;\r\n\t{at} (in; some zone)\r\n").expect("text");
                        // Those below are of other servers.
                        let other = written(from + SignedDuration::from_hours(400), zone);
                        write!(text, "Received: by a.example; {other}\r\n").expect("text");
                    }
                    write!(text, "Subject: {number}\r\n").expect("text");
                    if let Some(at) = header {
                        write!(text, "Date: {}\r\n", written(at, zone)).expect("text");
                    }
                    text += "\r\nText.\r\n";
                    let seconds = delivered.map_or("lost".into(), |at| at.as_second().to_string());
                    made.push(Made {
                        name: format!("{seconds}.M{number}P7.mx"),
                        bytes: text.into_bytes(),
                        header,
                        received,
                        delivered,
                    });
                }
            }
        }
    }
    made
}

/// Which numbers of messages were handed over, and which are for a person.
fn numbers(taken: &Taken, of: impl Fn(&str) -> usize) -> (Vec<usize>, Vec<usize>) {
    let numbers = |locators: Vec<&str>| {
        let mut all: Vec<_> = locators.into_iter().map(&of).collect();
        all.sort_unstable();
        all
    };
    (numbers(taken.locators()), numbers(taken.review_locators()))
}

/// What a search by this date has to give.
fn truth(made: &[Made], date: MailDate) -> (Vec<usize>, Vec<usize>) {
    let with = |of: &dyn Fn(Place) -> bool| {
        let numbered = made.iter().enumerate();
        let fitting = numbered.filter(|(_, one)| of(one.date(date)));
        fitting.map(|(number, _)| number).collect::<Vec<_>>()
    };
    let inside = |at: Place| at.is_some_and(|at| at >= march().from() && at < march().until());
    (with(&inside), with(&|at| at.is_none()))
}

type Search = fn(&str, &Path, &Path, Judge<'_>, &mut dyn Sink) -> Result<Counts, SourceError>;

fn searched(search: Search, root: &TempDir, date: MailDate) -> Taken {
    let period = march();
    let judge = Judge {
        order: 0,
        period: &period,
        date,
        stored: None,
        run: run(),
    };
    let mut taken = Taken::default();
    search("m", root.path(), Path::new("alder"), judge, &mut taken).expect("searched");
    taken
}

#[test]
fn in_a_maildir_the_chosen_one_of_three_dates_decides() {
    let made = made();
    let root = TempDir::new().expect("a directory");
    for (number, one) in made.iter().enumerate() {
        // In both parts, with flags and without.
        let path = match number % 2 {
            0 => format!("alder/cur/{}:2,S", one.name),
            _ => format!("alder/new/{}", one.name),
        };
        write(&root.path().join(path), &one.bytes);
    }
    write(&root.path().join("alder/tmp/x"), b"");
    let number = |locator: &str| {
        let (_, rest) = locator.split_once(".M").expect("a name");
        rest.split_once('P')
            .expect("a name")
            .0
            .parse()
            .expect("a number")
    };
    for date in [MailDate::Header, MailDate::Received, MailDate::Delivered] {
        let taken = searched(maildir::search, &root, date);
        assert_eq!(numbers(&taken, number), truth(&made, date), "{date:?}");
        for (locator, dated, _) in &taken.items {
            assert_eq!(Some(*dated), made[number(locator)].date(date));
        }
        for ((_, dated, _), stored) in taken.items.iter().zip(&taken.stored) {
            // What does not decide goes no further.
            let decides = (date == MailDate::Delivered).then(|| dated.as_second().to_string());
            assert_eq!(*stored, decides);
        }
    }
}

#[test]
fn in_an_mbox_and_a_folder_the_chosen_one_of_two_dates_decides() {
    let made = made();
    let (mboxes, folders) = (TempDir::new(), TempDir::new());
    let (mboxes, folders) = (mboxes.expect("a directory"), folders.expect("a directory"));
    let (mut mailbox, mut at_byte) = (Vec::new(), BTreeMap::new());
    for (number, one) in made.iter().enumerate() {
        // The separator's own date lies outside, and decides nothing.
        mailbox.extend_from_slice(b"From ek@kvist.example Thu Jan  1 00:00:00 2026\n");
        at_byte.insert(mailbox.len(), number);
        mailbox.extend_from_slice(&one.bytes);
        mailbox.extend_from_slice(b"\n");
        write(
            &folders.path().join(format!("alder/{number}.eml")),
            &one.bytes,
        );
    }
    write(&mboxes.path().join("alder"), &mailbox);
    let of_mbox = |locator: &str| {
        let at = locator
            .strip_prefix("bytes ")
            .and_then(|rest| rest.split_once('+'));
        at_byte[&at.expect("a place").0.parse().expect("a number")]
    };
    let of_eml = |locator: &str| {
        let number = locator.strip_suffix(".eml").expect("a name");
        number.parse().expect("a number")
    };
    for date in [MailDate::Header, MailDate::Received] {
        let taken = searched(mbox::search, &mboxes, date);
        assert_eq!(numbers(&taken, of_mbox), truth(&made, date), "{date:?}");
        let taken = searched(eml::search, &folders, date);
        assert_eq!(numbers(&taken, of_eml), truth(&made, date), "{date:?}");
    }
}

fn opened(kind: &str, date: &str) -> Result<Box<dyn Source>, String> {
    let base = TempDir::new().expect("a directory");
    write(&base.path().join("mail/x"), b"");
    let text = format!("kind = \"{kind}\"\nid = \"m\"\nroot = \"mail\"\n{date}\n");
    let config: SourceConfig = toml::from_str(&text).expect("a configuration");
    let context = Context {
        base_directory: base.path(),
    };
    registry()
        .open(&config, &context)
        .map_err(|e| e.to_string())
}

#[test]
fn a_kind_takes_the_dates_that_it_keeps_and_says_which_decides() {
    for (kind, written, rule) in [
        ("maildir", "", DateRule::MessageDate),
        ("maildir", "date = \"header\"", DateRule::MessageDate),
        ("maildir", "date = \"received\"", DateRule::ReceivedField),
        ("maildir", "date = \"delivered\"", DateRule::DeliveryTime),
        ("mbox", "", DateRule::MessageDate),
        ("mbox", "date = \"received\"", DateRule::ReceivedField),
        ("eml-folder", "date = \"received\"", DateRule::ReceivedField),
    ] {
        let source = opened(kind, written).expect(kind);
        assert_eq!(source.about().date_rule, rule, "{kind} {written}");
    }
    for (kind, date, said) in [
        (
            "maildir",
            "internal",
            "write header or received or delivered",
        ),
        (
            "mbox",
            "delivered",
            "keeps no date `delivered`; write header or received",
        ),
        ("mbox", "internal", "keeps no date `internal`"),
        ("eml-folder", "delivered", "keeps no date"),
        ("maildir", "Date", "`Date` is not a date of mail"),
    ] {
        let Err(why) = opened(kind, &format!("date = \"{date}\"")) else {
            panic!("{kind} {date}")
        };
        assert!(why.contains("field `date`") && why.contains(said), "{why}");
    }
}

#[test]
fn what_the_chosen_date_cannot_tell_goes_to_a_person_with_what_stands_there() {
    let root = TempDir::new().expect("a directory");
    let inside = "Date: Mon, 9 Mar 2026 12:00:00 +0000\n";
    let names = ["1.eml", "2.eml", "3.eml", "4.eml"];
    for (name, received) in names.iter().zip([
        "Received: by mx.example\n",
        "Received: by mx.example; Mon, 9 Mar 2026 25:00:00 +0000\n",
        "Received: by mx.example; Sat, 28 Feb 2026 23:00:00\n",
        "no field\nReceived: by mx.example; Mon, 9 Mar 2026 12:00:00 +0000\n",
    ]) {
        write(
            &root.path().join("alder").join(name),
            format!("{received}{inside}\ntext\n").as_bytes(),
        );
    }
    let taken = searched(eml::search, &root, MailDate::Received);
    assert!(taken.items.is_empty(), "{taken:?}");
    let told: Vec<_> = taken
        .reviews
        .iter()
        .map(|(_, why, raw, _)| (why.as_str(), raw.as_deref()))
        .collect();
    let end = "the topmost Received header field does not end in a date of RFC 5322";
    assert_eq!(told[0], (end, Some("by mx.example")));
    assert_eq!(told[1], (end, Some("Mon, 9 Mar 2026 25:00:00 +0000")));
    assert!(
        told[2]
            .0
            .starts_with("the topmost Received header field names no zone")
    );
    assert!(
        told[3]
            .0
            .contains("a line before the topmost Received header field")
    );

    let root = TempDir::new().expect("a directory");
    for name in [
        "mail.1",
        "123.x",
        "99999999999.x",
        "0000000001.x",
        "1773057600",
    ] {
        write(&root.path().join("alder/new").join(name), inside.as_bytes());
    }
    for part in ["cur", "tmp"] {
        std::fs::create_dir_all(root.path().join("alder").join(part)).expect("a directory");
    }
    let taken = searched(maildir::search, &root, MailDate::Delivered);
    assert!(taken.items.is_empty(), "{taken:?}");
    let told: BTreeMap<_, _> = taken
        .reviews
        .iter()
        .map(|(locator, why, raw, _)| (locator.as_str(), (why.as_str(), raw.as_deref())))
        .collect();
    let none = "the name of the file does not begin with the seconds of its delivery";
    assert_eq!(told["new/mail.1"], (none, None));
    assert_eq!(told["new/123.x"], (none, None));
    assert_eq!(told["new/1773057600"], (none, None));
    assert!(told["new/99999999999.x"].0.contains("in the future"));
    assert!(told["new/0000000001.x"].0.contains("is lost"));
}

#[test]
fn of_what_the_store_places_outside_nothing_is_read_and_several_in_one_file_go_to_a_person() {
    let root = TempDir::new().expect("a directory");
    for part in ["cur", "tmp", "new"] {
        std::fs::create_dir_all(root.path().join("alder").join(part)).expect("a directory");
    }
    let inside = at("2026-03-09T12:00:00Z").as_second();
    let outside = at("2026-04-01T00:00:00Z").as_second();
    let mailbox = "From a Mon Mar  9 12:00:00 2026\nDate: Mon, 9 Mar 2026 12:00:00 +0000\n\nx\n\n";
    let new = root.path().join("alder/new");
    write(
        &new.join(format!("{inside}.a")),
        mailbox.repeat(2).as_bytes(),
    );
    write(
        &new.join(format!("{outside}.b")),
        mailbox.repeat(2).as_bytes(),
    );
    write(&new.join(format!("{outside}.c")), &[0x1f, 0x8b, 8, 0]);
    let taken = searched(maildir::search, &root, MailDate::Delivered);
    assert!(taken.items.is_empty(), "{taken:?}");
    assert_eq!(taken.review_locators(), [format!("new/{inside}.a")]);
    assert!(taken.reviews[0].1.contains("several messages"));
}
