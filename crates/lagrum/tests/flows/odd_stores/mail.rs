//! Messages, and mailboxes in which something is odd.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::tz::TimeZone;

use super::dates::{self, Dated};
use super::made::{Account, Lies, Marks, Thing, one_of};
use crate::support::Dice;

/// Writes the mail of accounts.
pub struct Writer<'w> {
    pub dice: &'w mut Dice,
    pub marks: &'w mut Marks,
    /// The zone in which most of the mail is written.
    pub zone: TimeZone,
}

/// A message that is not stored yet.
pub struct Message {
    pub bytes: Vec<u8>,
    thing: Thing,
}

impl Message {
    /// The same, stored there.
    pub fn lies(self, lies: Lies) -> Thing {
        let mut thing = self.thing;
        if thing.plain {
            thing.whole = Some(self.bytes);
        }
        thing.lies = lies;
        thing
    }
}

/// A mailbox while it grows.
#[derive(Default)]
struct Mbox {
    bytes: Vec<u8>,
    things: Vec<Thing>,
}

impl Mbox {
    /// Puts a message at the end: after this separator, and with this after it.
    fn push(&mut self, separator: &str, message: Message, after: &str) {
        self.bytes.extend(separator.as_bytes());
        let at = self.bytes.len();
        let length = message.bytes.len();
        self.bytes.extend(&message.bytes);
        self.bytes.extend(after.as_bytes());
        self.things.push(message.lies(Lies::Bytes(at, length)));
    }
}

const MARK: &str = "From lind@kvist.example Mon Mar  9 12:00:00 2026\n";
/// How many messages an account has.
const MESSAGES: usize = 6;

impl Writer<'_> {
    /// A date of an account: odd where the account's form is that.
    fn dated(&mut self, account: &Account, inside: bool) -> Dated {
        if account.form.contains("dates") {
            return dates::odd(self.dice, account.period, inside);
        }
        dates::plain(self.dice, account.period, inside, &self.zone)
    }

    /// A message with this in the midst of its text, and with these ends of lines.
    fn message(&mut self, account: &Account, inside: bool, midst: &str, end: &str) -> Message {
        let Dated {
            fields,
            truth,
            plain,
        } = self.dated(account, inside);
        let marks = self.marks.next("AMZ");
        let [first, middle, last] = &marks[..] else {
            unreachable!("three letters")
        };
        let text = format!(
            "Received: from a by b; Thu, 01 Jan 2015 00:00:00 +0000\nFrom: Lind <lind@kvist.example>\nSubject: {first}\nMessage-ID: <{first}@kvist.example>\n{}\nResent-Date: Sat, 03 Jan 2015 00:00:00 +0000\n\nHello.\n{}\n\nDate: Sun, 04 Jan 2015 00:00:00 +0000\n{last}\n",
            fields.join("\n"),
            midst.replace("@MARK@", middle),
        );
        // Without a Date field no empty line ends the header early.
        let text = text.replacen("example>\n\nResent", "example>\nResent", 1);
        let marks = if midst.contains("@MARK@") {
            marks
        } else {
            vec![first.clone(), last.clone()]
        };
        let thing = Thing {
            marks,
            truth,
            plain: plain && account.plain,
            lies: Lies::Row,
            whole: None,
        };
        Message {
            bytes: text.replace('\n', end).into_bytes(),
            thing,
        }
    }

    /// An mbox in the account's form.
    pub fn mbox(&mut self, account: &Account) -> (Vec<u8>, Vec<Thing>) {
        let mut mbox = Mbox::default();
        // In and out by turns, so that neighbours are never alike.
        let first = self.dice.below(2) as usize;
        if account.form == "bom first" {
            mbox.bytes.extend("\u{feff}".as_bytes());
        }
        for number in 0..MESSAGES {
            let inside = (number + first).is_multiple_of(2);
            let end = match account.form {
                "crlf" => "\r\n",
                "cr only" => "\r",
                "cr message" if number == 2 => "\r",
                _ => "\n",
            };
            let midst = match account.form {
                "quoted From" => ">From here on it is quoted. @MARK@",
                "prose From" => "\nFrom the archive we have this: @MARK@",
                "From without gap" => "we wrote\nFrom now on this is so: @MARK@",
                "patch" => one_of(self.dice, &PATCHES),
                "pasted header" => PASTED,
                "content length" => LENGTHS,
                _ => "An ordinary line.",
            };
            let mut message = self.message(account, inside, midst, end);
            if account.form == "content length" {
                message.tell_length();
            }
            let last = number + 1 == MESSAGES;
            let mark = match account.form {
                "bom inside" if number == 3 => format!("\u{feff}{MARK}"),
                "nul block" if number == 3 => format!("{}{MARK}", "\0".repeat(600)),
                "form feed" if number == 3 => format!("\u{c}{MARK}"),
                "bare From" if number == 3 => "From \n".to_owned(),
                _ => MARK.replace('\n', end),
            };
            let after = match account.form {
                "no final line end" if last => {
                    message.bytes.truncate(message.bytes.len() - end.len());
                    ""
                }
                "glued" if number == 2 => {
                    message.bytes.truncate(message.bytes.len() - end.len());
                    ""
                }
                "no empty line" => "",
                _ => end,
            };
            mbox.push(&mark, message, after);
        }
        let bytes = match account.form {
            "gz" => gzip(&mbox.bytes),
            "gz members" => {
                let (one, other) = mbox.bytes.split_at(mbox.bytes.len() / 2);
                [gzip(one), gzip(other)].concat()
            }
            "gz zeros" => [gzip(&mbox.bytes), vec![0; 1024]].concat(),
            "zst" => zstd::encode_all(&mbox.bytes[..], 0).unwrap(),
            _ => mbox.bytes,
        };
        (bytes, mbox.things)
    }

    /// A Maildir in the account's form: each file with its bytes, and what lies in them.
    pub fn maildir(&mut self, account: &Account) -> Vec<(String, Vec<u8>, Vec<Thing>)> {
        self.files(account, |number, marked| {
            let folder = match account.form {
                "fs parent" => "Archive/2026/cur",
                "legacy" => ".Lists/.dev/cur",
                "new only" => "Reports/new",
                "directory in cur" => "cur/restored",
                "index" => "mailboxes/Sent/dbox-Mails",
                _ => ["cur", "new", ".Sent/cur", ".Archive.2026/new"][number % 4],
            };
            let flags = if folder.ends_with("new") { "" } else { ":2,S" };
            // Half of what is odd lies where it always does.
            let folder = if number % 2 == 0 || account.plain {
                folder
            } else {
                "cur"
            };
            format!("{folder}/1772{number:02}.{marked}.h{flags}")
        })
    }

    /// A folder of `.eml` files in the account's form.
    pub fn eml(&mut self, account: &Account) -> Vec<(String, Vec<u8>, Vec<Thing>)> {
        self.files(account, |number, marked| {
            let folder = match account.form {
                "dot folder" => ".kept/",
                _ => ["", "deep/", "deep/deeper/"][number % 3],
            };
            let ending = match account.form {
                "upper" => "EML",
                "gz" => "eml.gz",
                "other ending" => "txt",
                _ => "eml",
            };
            format!("{folder}{marked}.{ending}")
        })
    }

    fn files(
        &mut self,
        account: &Account,
        name: impl Fn(usize, &str) -> String,
    ) -> Vec<(String, Vec<u8>, Vec<Thing>)> {
        let mut files = Vec::new();
        for number in 0..MESSAGES {
            let inside = self.dice.below(2) == 0;
            let end = match account.form {
                "crlf" => "\r\n",
                "cr" => "\r",
                _ => "\n",
            };
            let message = self.message(account, inside, "An ordinary line.", end);
            let file = name(number, &message.thing.marks[0]);
            let lies = || Lies::File(file.clone());
            let (bytes, things) = match account.form {
                "several" => {
                    let second = self.message(account, !inside, "An ordinary line.", end);
                    let bytes = [
                        MARK.as_bytes(),
                        &message.bytes,
                        b"\n",
                        MARK.as_bytes(),
                        &second.bytes,
                    ];
                    (
                        bytes.concat(),
                        vec![message.lies(lies()), second.lies(lies())],
                    )
                }
                "From first" => {
                    let bytes = [MARK.as_bytes(), &message.bytes].concat();
                    (bytes, vec![message.lies(lies())])
                }
                "bom first" => {
                    let bytes = ["\u{feff}".as_bytes(), &message.bytes].concat();
                    (bytes, vec![message.lies(lies())])
                }
                "gz" => (gzip(&message.bytes), vec![message.lies(lies())]),
                "zst" => {
                    let packed = zstd::encode_all(&message.bytes[..], 0).unwrap();
                    (packed, vec![message.lies(lies())])
                }
                _ => (message.bytes.clone(), vec![message.lies(lies())]),
            };
            files.push((file, bytes, things));
        }
        files
    }
}

impl Message {
    /// Says in the header how long the text is, as mboxcl2 does instead of quoting.
    fn tell_length(&mut self) {
        let text = String::from_utf8(std::mem::take(&mut self.bytes)).unwrap();
        let (header, body) = text.split_once("\n\n").unwrap();
        self.bytes = format!("{header}\nContent-Length: {}\n\n{body}", body.len()).into_bytes();
    }
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Patches as Git writes them, of a day outside and of one inside every period.
const PATCHES: [&str; 2] = [
    "\nFrom 1234567890abcdef1234567890abcdef12345678 Mon Sep 17 00:00:00 2001\nFrom: A <a@kvist.example>\nDate: Thu, 8 Jan 2026 12:00:00 +0000\nSubject: [PATCH] one\n\n@MARK@\n--\n2.39.0",
    "\nFrom 1234567890abcdef1234567890abcdef12345678 Mon Sep 17 00:00:00 2001\nFrom: A <a@kvist.example>\nDate: Wed, 11 Mar 2026 12:00:00 +0000\nSubject: [PATCH] two\n\n@MARK@\n--\n2.39.0",
];

/// An old message with its header, in somebody's text.
const PASTED: &str = "\nFrom the archive\nFrom: Old <old@kvist.example>\nTo: Bjork\nDate: Wed, 11 Mar 2015 12:00:00 +0000\nSubject: old\n\n@MARK@";

/// A whole mailbox line in a text whose length is told.
const LENGTHS: &str = "\nFrom ek@kvist.example Wed Mar 11 12:00:00 2026\nFrom: Ek <ek@kvist.example>\nDate: Wed, 11 Mar 2026 12:00:00 +0000\n\n@MARK@";
