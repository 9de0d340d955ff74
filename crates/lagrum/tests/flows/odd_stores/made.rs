//! What is written into the stores, and what has to become of it: whoever writes knows.

use jiff::Timestamp;

use crate::support::Dice;

/// What the order says of a thing that is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// Certainly in the period, and the account's: it is produced, or named for a person.
    Inside,
    /// Not the account's, or not in the period: it stays.
    Outside,
    /// Only a person can tell: it stays, and is named for one.
    Person,
}

/// Where a thing lies, in the words in which it can be named.
#[derive(Clone, Debug)]
pub enum Lies {
    /// In a file of its own, below the place of the account.
    File(String),
    /// In an mbox: its first byte and its length, once it is unpacked.
    Bytes(usize, usize),
    /// In a line of a log.
    Line(&'static str, usize),
    /// In a row of a table.
    Row,
}

/// One thing that is stored: a message, a line, a row.
#[derive(Clone, Debug)]
pub struct Thing {
    /// Words that stand nowhere else: at its beginning, at its end, and where something odd is.
    pub marks: Vec<String>,
    pub truth: Truth,
    /// Nothing about it is odd: if it is inside, it is produced.
    pub plain: bool,
    pub lies: Lies,
    /// The whole of it, for a plain message: it leaves as it is stored.
    pub whole: Option<Vec<u8>>,
}

/// The period of an order (UTC): the second instant is the first that lies outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    pub from: Timestamp,
    pub until: Timestamp,
}

impl Period {
    /// What the period says of something that happened between two instants.
    pub fn truth(self, earliest: Timestamp, latest: Timestamp) -> Truth {
        if latest < self.from || earliest >= self.until {
            Truth::Outside
        } else if earliest >= self.from && latest < self.until {
            Truth::Inside
        } else {
            Truth::Person
        }
    }
}

/// Where the data of an account lies, and which form it has there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    Mbox,
    Maildir,
    Eml,
    Log,
    Events,
    Subscribers,
}

/// One account of the provider, and the order about it.
#[derive(Clone, Debug)]
pub struct Account {
    pub address: String,
    /// Its place in every store of mail.
    pub place: String,
    pub store: Store,
    /// What is odd there.
    pub form: &'static str,
    /// Whether nothing is.
    pub plain: bool,
    pub period: Period,
}

/// Makes the marks: each has a number that no other has.
pub struct Marks(pub usize);

impl Marks {
    /// Marks for one thing, one for each letter.
    pub fn next(&mut self, letters: &str) -> Vec<String> {
        self.0 += 1;
        let number = self.0;
        letters
            .chars()
            .map(|letter| format!("MK{number:05}{letter}"))
            .collect()
    }
}

/// One of these.
pub fn one_of<T: Copy>(dice: &mut Dice, all: &[T]) -> T {
    all[dice.below(all.len() as u64) as usize]
}
