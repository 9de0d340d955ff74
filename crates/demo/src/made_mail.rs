//! Mail that the demo makes, when it is given none. Fictional people, reserved domains.

use std::fmt::Write;

use jiff::{SignedDuration, Timestamp};

/// How many messages are made.
pub const MESSAGES: u32 = 240;

const ZONES: [&str; 6] = ["+0000", "+0100", "-0500", "+0530", "GMT", "+0900"];
const OFFSETS: [i64; 6] = [0, 3600, -18_000, 19_800, 0, 32_400];
const SUBJECTS: [&str; 6] = [
    "The invoice for the boat",
    "Möte på torsdag",
    "Re: keys to the cabin",
    "Fwd: frederiksberg, spørgsmål",
    "Minutes of the board",
    "Re: Re: the third container",
];
const NAMES: [&str; 4] = ["alder", "bjork", "dogwood", "fir"];

/// The `number`th message. Dates run from January 2012 to December 2025; some zones, some
/// forms, and now and then a date that is lost.
pub fn message(number: u32) -> Vec<u8> {
    let start = Timestamp::constant(1_325_412_000, 0);
    let step =
        SignedDuration::from_secs(i64::from(number) * 1_839_600 + i64::from(number % 7) * 3_601);
    let at = start + step;
    let zone = (number % 6) as usize;
    let local = at + SignedDuration::from_secs(OFFSETS[zone]);
    let date = match number % 40 {
        // Lost on a machine whose clock had stopped, or never written.
        13 | 30 => "Tue, 01 Jan 1980 00:00:00 +0000".to_owned(),
        24 => "sometime in spring".to_owned(),
        _ => format!(
            "{} {}",
            local.strftime("%a, %d %b %Y %H:%M:%S"),
            ZONES[zone]
        ),
    };
    let from = NAMES[(number % 4) as usize];
    let to = NAMES[(number / 4 % 4) as usize];
    let subject = SUBJECTS[(number % 6) as usize];
    let mut text = String::new();
    let _ = write!(
        text,
        "Received: from mx{}.example.net by mail.kvist.example; {date}\n\
         From: {from} <{from}@kvist.example>\n\
         To: {to}@kvist.example\n\
         Subject: =?utf-8?Q?{}?=\n\
         Message-ID: <{number}.demo@kvist.example>\n\
         Date: {date}\n\
         MIME-Version: 1.0\n\
         Content-Type: text/plain; charset=utf-8\n\
         Content-Transfer-Encoding: 8bit\n\n\
         Hej,\n\nthis is message {number} of a fictional correspondence.\n\
         From here on it is only here to be found, or not to be found.\n\n-- \n{from}\n",
        number % 3,
        quoted(subject),
    );
    text.into_bytes()
}

/// The Q encoding of RFC 2047 section 4.2.
fn quoted(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b' ' => "_".to_owned(),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
            other => format!("={other:02X}"),
        })
        .collect()
}
