//! The trait behind which every kind of store stands, and what passes through it.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use lagrum_durable::Scratch;
use lagrum_mandate::{LookUps, Orders};
use lagrum_model::{Category, Covered, DateRule, Gap, SubCategory};
use serde_json::value::RawValue;

use crate::{Known, LiesIn, NoPlace, SinkError, SourceError};

/// A connector to one store.
pub trait Source: Send + Sync {
    /// What this source is.
    fn about(&self) -> &About;

    /// The directory below which each account has a place of its own. Nothing, where the store itself
    /// knows its accounts.
    fn root(&self) -> Option<&Path> {
        None
    }

    /// Looks whether the store is there and can be read, without searching it.
    ///
    /// # Errors
    /// As [`Source::search`].
    fn probe(&self) -> Result<(), SourceError>;

    /// What it needs of the system beside reading files. The agent gives up all else before it searches.
    fn needs(&self) -> Vec<Need> {
        Vec::new()
    }

    /// Which date decides about data of a category.
    fn date_rule(&self, category: Category) -> DateRule {
        let _ = category;
        self.about().date_rule
    }

    /// Says what the store would do for a search, and reads nothing of any account. Nothing, where there is no more to
    /// say than that the store is there.
    ///
    /// # Errors
    /// As [`Source::probe`].
    fn rehearse(&self) -> Result<Vec<Rehearsed>, SourceError> {
        self.probe().map(|()| Vec::new())
    }

    /// Carries out all of `orders` in one go, and hands what it finds to `sink`, in an order that
    /// depends on the store and the orders only. Gives one result for each order, in their order.
    ///
    /// # Errors
    /// When the store cannot be read completely, or the sink refuses something. What the sink
    /// received until then must be thrown away.
    fn search(
        &self,
        orders: &Orders<'_>,
        run: Run<'_>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<SearchResult>, SourceError>;

    /// Looks up, in one go, who is meant by each identifier that this source knows accounts by. Gives one
    /// answer for each, in their order: nothing where it does not know accounts by that kind, or keeps no
    /// such thing.
    ///
    /// # Errors
    /// As [`Source::search`].
    fn look_up(
        &self,
        wanted: &LookUps<'_>,
        run: Run<'_>,
    ) -> Result<Vec<Option<Seen>>, SourceError> {
        let _ = run;
        Ok(wanted.iter().map(|_| None).collect())
    }
}

/// What a source needs of the system beside reading files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Connections over TCP to this port.
    Port(u16),
    /// It starts a program, which writes no file and is shut in further.
    Program {
        /// Whether the program reaches the network, wherever it wants.
        network: bool,
    },
    /// It starts a tool of the store's own, which writes and connects as the store is set up.
    Tool,
}

/// What a store would do for one part of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rehearsed {
    /// The part: the account, or a table.
    pub what: String,
    /// The statement that is given to the store, parameters in their places.
    pub statement: String,
    /// How the store would carry it out, in its own words.
    pub plan: Vec<String>,
    /// What its operator should mend, each in one sentence.
    pub warnings: Vec<String>,
}

/// Whom a source saw under one identifier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The names of accounts that fit, as the store writes them, each once; [`SEEN_LIMIT`] at most.
    pub names: BTreeSet<String>,
    /// Whether a port that is asked for was compared.
    pub port: bool,
    /// Lines or rows looked at.
    pub examined: u64,
    /// Of them, those that fit.
    pub matched: u64,
    /// Those that nobody can read, so that one of them may fit.
    pub unreadable: u64,
}

/// The most names that are kept under one identifier: that so many fit is all that anybody is told.
pub const SEEN_LIMIT: usize = 1000;

impl Seen {
    /// Adds a line or row that fits.
    pub fn fits(&mut self, name: &str) {
        self.matched += 1;
        if self.names.len() < SEEN_LIMIT {
            self.names.insert(name.to_owned());
        }
    }
}

/// One run of an agent, as its sources see it.
#[derive(Clone, Copy, Debug)]
pub struct Run<'r> {
    /// The present instant (UTC): a date far after it counts as lost.
    pub now: Timestamp,
    /// Set from outside when the search has to end.
    pub cancelled: &'r AtomicBool,
    /// Where data of accounts may lie while it is worked on.
    pub scratch: &'r Scratch,
    /// What the agent knows of the accounts of the orders.
    pub accounts: &'r Known,
}

impl Run<'_> {
    /// Whether the search of the source `id` may go on.
    ///
    /// # Errors
    /// [`SourceError::Cancelled`].
    pub fn go_on(&self, id: &str) -> Result<(), SourceError> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(SourceError::Cancelled { id: id.to_owned() });
        }
        Ok(())
    }
}

/// What a source is, for the statement of what was searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Its name in the configuration.
    pub id: String,
    /// Its kind, as the configuration writes it.
    pub kind: &'static str,
    /// The categories that it serves.
    pub categories: Vec<Category>,
    /// Which date decides whether something lies in the period, unless [`Source::date_rule`] says it of a category.
    pub date_rule: DateRule,
    /// In which boxes below its categories what it keeps lies.
    pub lies_in: LiesIn,
}

impl About {
    /// A store of mail: whole messages of mailboxes, of which this date decides.
    #[must_use]
    pub fn of_mail(id: String, kind: &'static str, date_rule: DateRule) -> Self {
        Self {
            id,
            kind,
            categories: vec![Category::Content],
            date_rule,
            lies_in: LiesIn {
                things: vec![SubCategory::Mailbox, SubCategory::Messages],
                ..LiesIn::default()
            },
        }
    }
}

/// How the search for one order ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchResult {
    /// The source has no such account.
    UnknownAccount,
    /// The identifier is an alias of an account. It is named and not followed: a demand for the
    /// account must name it.
    Alias {
        /// The account, as the configuration writes it.
        of: String,
    },
    /// The source cannot answer such an order: it holds no data of the category, or knows no
    /// accounts by that kind of identifier.
    NotServed {
        /// Which of the two, in one sentence.
        why: &'static str,
    },
    /// The store was searched from end to end.
    Searched(Counts),
}

impl SearchResult {
    /// The answer for an order by a kind of identifier that names no account here.
    pub const NO_SUCH_IDENTIFIER: Self = Self::NotServed {
        why: "the source knows accounts by name only, not by Internet address",
    };

    /// The answer for an order for a category that the source does not hold.
    pub const NO_SUCH_CATEGORY: Self = Self::NotServed {
        why: "the source does not serve this category",
    };
}

impl From<NoPlace> for SearchResult {
    fn from(why: NoPlace) -> Self {
        match why {
            NoPlace::NotAName => Self::NO_SUCH_IDENTIFIER,
            NoPlace::Alias(of) => Self::Alias { of },
            NoPlace::Unknown => Self::UnknownAccount,
        }
    }
}

/// The most that the fields of one [`Record`] may weigh together, in bytes. A log line or a row of a
/// table that weighs more goes to a person, so that no value of a store decides how much memory its
/// answer takes: it is written, tabled and checked again, each time a few copies of it at once.
pub const RECORD_LIMIT: usize = 4 << 20;

/// The most that they may weigh together as JSON, which has more letters for some things: twice as many
/// for bytes and marks, six times as many for control characters.
pub const RECORD_JSON_LIMIT: usize = 2 * RECORD_LIMIT + (16 << 10);

/// What a search saw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Messages, rows or lines looked at.
    pub examined: u64,
    /// Of them, handed over as lying in the period.
    pub selected: u64,
    /// Of these, at least so many stand alike in two files of the store, so that an entry may be handed over twice.
    pub repeated: u64,
    /// Handed over for a person to decide.
    pub for_review: u64,
    /// What could not be read, so that the search is not complete: lines of a log that do not mention the account, files,
    /// folders, messages. Of these some are put before a person as well.
    pub unreadable: u64,
    /// Marks that something was removed, of a store that keeps such: they have no content, and are not
    /// handed over.
    pub removed: u64,
    /// From when to when the entries of the store reach, whoever they belong to; `None` where the
    /// store says no such thing, or no entry does.
    pub covers: Option<Covered>,
    /// The longest stretches of the ordered period, ten at most and each of 24 hours or more, in which the store has
    /// no entry of anybody with a time that can be read, although it has some before and behind them.
    pub gaps: Vec<Gap>,
    /// Fields that the configuration hands over for this category and that none of the records
    /// handed over has.
    pub absent: Vec<String>,
    /// Bytes of the selected messages, as stored. 0 for records.
    pub bytes: u64,
}

impl Counts {
    /// Adds something that could not be read and was put before a person.
    pub fn unread(&mut self) {
        self.for_review += 1;
        self.unreadable += 1;
    }
}

/// Takes what a search finds, one by one: neither side ever holds a whole store in memory. Each
/// comes with the place of its order among those that are searched for, from 0.
pub trait Sink {
    /// A stored message or object in the period. `content` gives exactly [`Item::length`] bytes, untouched.
    ///
    /// # Errors
    /// When the sink cannot take it; this ends the search.
    fn item(
        &mut self,
        order: usize,
        item: &Item<'_>,
        content: &mut dyn Read,
    ) -> Result<(), SinkError>;

    /// A row of a table or a line of a log.
    ///
    /// # Errors
    /// When the sink cannot take it; this ends the search.
    fn record(&mut self, order: usize, record: &Record<'_>) -> Result<(), SinkError>;

    /// Something that only a person can place inside or outside the order, with its bytes where they
    /// can be read.
    ///
    /// # Errors
    /// When the sink cannot take it; this ends the search.
    fn for_review(
        &mut self,
        order: usize,
        review: &Review<'_>,
        withheld: Option<Withheld<'_>>,
    ) -> Result<(), SinkError>;
}

/// What kind of thing an [`Item`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form<'a> {
    /// A message (RFC 5322).
    Message,
    /// Anything else that is stored as bytes: a file, a picture, a recording.
    Object {
        /// Its name in the store, for people.
        name: &'a str,
        /// What it is (RFC 6838), if the store says so.
        media_type: Option<&'a str>,
    },
}

/// A stored message or object that lies in the period.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// The source's id.
    pub source: &'a str,
    /// Where in the store: `cur/123.M1:2,S`, or for an mbox `bytes 10455+2311`.
    pub locator: &'a str,
    /// What kind of thing it is.
    pub form: Form<'a>,
    /// Its date (UTC); the earliest possible instant where the header leaves room.
    pub dated: Timestamp,
    /// The latest possible instant (UTC); equal to `dated` unless the header leaves room.
    pub dated_at_latest: Timestamp,
    /// What the store says of its date beside the message, as it writes it, where that decides: the seconds
    /// of a delivery, or an internal date.
    pub dated_as_stored: Option<&'a str>,
    /// Length in bytes.
    pub length: u64,
}

/// A row of a table or a line of a log, reduced to the fields of the ordered category.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// The source's id.
    pub source: &'a str,
    /// Where in the store: `login.jsonl.gz line 17`.
    pub locator: &'a str,
    /// Its instant (UTC). `None` for a present state, such as a subscriber record.
    pub dated: Option<Timestamp>,
    /// The fields, in the order of the configuration; no name twice.
    pub fields: &'a [(&'a str, &'a RawValue)],
}

/// Something that only a person can place inside or outside the order.
#[derive(Clone, Copy, Debug)]
pub struct Review<'a> {
    /// The source's id.
    pub source: &'a str,
    /// Where in the store.
    pub locator: &'a str,
    /// Why, in one plain sentence.
    pub why: &'a str,
    /// The date as it stands in the store, if there is one.
    pub raw_date: Option<&'a str>,
}

/// The bytes of something that only a person can place: what that person looks at, and what leaves
/// if it is released.
pub struct Withheld<'a> {
    /// What kind of thing it is.
    pub form: Form<'a>,
    /// Length in bytes.
    pub length: u64,
    /// Exactly so many bytes, as they are stored.
    pub content: &'a mut dyn Read,
}

impl<'a> Review<'a> {
    /// One without a date.
    #[must_use]
    pub fn of(source: &'a str, locator: &'a str, why: &'a str) -> Self {
        Self {
            source,
            locator,
            why,
            raw_date: None,
        }
    }
}
