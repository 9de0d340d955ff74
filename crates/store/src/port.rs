//! The port: what a database must be able to do. Rows are opaque here: what is sealed stays sealed.

use lagrum_log::{Commitment, Head};
use lagrum_model::CaseId;
use serde::Serialize;

use crate::{
    ListQuery, PageOf, StoreError, SummaryRow, Tag, WatchQuery, WatchRow, WordTag, WrappedKey,
};

/// A database in which the desk's store lies.
///
/// What an adapter promises is written down as tests in the module `testing`; every adapter passes
/// all of them.
pub trait Database: Send + Sync {
    /// Begins to read. What is read belongs to one instant, and nobody waits for it.
    ///
    /// # Errors
    /// When the database cannot be used.
    fn read(&self) -> Result<Box<dyn ReadTransaction + '_>, StoreError>;

    /// Begins to write; waits for its turn up to 10 s. `name` says what for, as one word or two that
    /// name no person and no case. The transaction must not be held while a person or a network is
    /// waited for, and a thread must not begin a second one before the first has ended.
    ///
    /// # Errors
    /// When the database cannot be used.
    fn write(&self, name: &'static str) -> Result<Box<dyn WriteTransaction + '_>, StoreError>;
}

/// A case as the database knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRecord {
    /// Which case.
    pub case: CaseId,
    /// Number of its events.
    pub events: u64,
    /// Its key, wrapped under the master key. Absent: the case was erased.
    pub key: Option<WrappedKey>,
}

/// An event as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedEvent {
    /// Sequence number of the event within its case, starting at 1.
    pub number: u64,
    /// The commitment to its text and salt, which is its entry in the log.
    pub commitment: Commitment,
    /// Salt and text, encrypted under the key of the case.
    pub sealed: Vec<u8>,
}

/// One entry of the log, as the store knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Its position in the log, from 0.
    pub position: u64,
    /// The entry.
    pub commitment: Commitment,
    /// The event that it commits to: case and number.
    pub event: (CaseId, u64),
}

/// An entry of the log with the event that it commits to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedEvent {
    /// The entry.
    pub entry: LogEntry,
    /// The event, as it is stored; absent if it is gone.
    pub event: Option<SealedEvent>,
}

/// An entry of the log, and what it commits to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Its position in the log, from 0.
    pub position: u64,
    /// The entry.
    pub commitment: Commitment,
    /// The event that it commits to: case and number. Absent: it stands for nothing, or for a public text.
    pub event: Option<(CaseId, u64)>,
}

/// An entry of the log that stands for nothing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover {
    /// Its position in the log, from 0.
    pub position: u64,
    /// The entry.
    pub commitment: Commitment,
    /// Its salt, encrypted under the master key.
    pub sealed: Vec<u8>,
}

/// A text that everybody may read and that is an entry of the log, or is to become one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its place in the order of recording; the database gives it, and ignores what is put in.
    pub place: u64,
    /// What kind of text it is, in one word.
    pub kind: String,
    /// The text.
    pub text: Vec<u8>,
    /// Its position in the log; absent until it has one.
    pub position: Option<u64>,
}

/// A card by which a case is counted in the public figures, or a blank one beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardRow {
    /// The number of its file.
    pub slot: u64,
    /// Its place in the file, from 0.
    pub place: u32,
    /// The case. Absent: it is blank.
    pub case: Option<CaseId>,
    /// What opens it, encrypted under the master key.
    pub sealed: Vec<u8>,
}

/// What figures know of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactRow {
    /// Which case.
    pub case: CaseId,
    /// What they know, encrypted under the master key: it outlives the key of the case.
    pub sealed: Vec<u8>,
}

/// What is given the next positions of the log at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Events.
    pub entries: Vec<LogEntry>,
    /// What stands for nothing.
    pub covers: Vec<Cover>,
    /// Texts: the place of each, and its position.
    pub notices: Vec<(u64, u64)>,
    /// Entries of the log that nobody can say any more what they stand for.
    pub lost: Vec<(u64, Commitment)>,
}

impl Batch {
    /// How many positions it takes, from which one on; none if they do not follow each other, or it is empty.
    #[must_use]
    pub fn positions(&self) -> Option<(u64, u64)> {
        let entries = self.entries.iter().map(|entry| entry.position);
        let covers = self.covers.iter().map(|cover| cover.position);
        let notices = self.notices.iter().map(|(_, position)| *position);
        let lost = self.lost.iter().map(|(position, _)| *position);
        let mut all: Vec<_> = entries.chain(covers).chain(notices).chain(lost).collect();
        all.sort_unstable();
        let first = *all.first()?;
        let follow = (first..).zip(&all).all(|(expected, one)| expected == *one);
        follow.then_some((first, all.len() as u64))
    }
}

/// Numbers of cases that are given to none: a case may have had them of which nothing is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PassedOver {
    /// The year.
    pub year: i16,
    /// The first of them.
    pub first: u32,
    /// The last of them.
    pub last: u32,
}

/// An event that has no position in the log yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unplaced {
    /// Its place in the order of recording.
    pub recorded: u64,
    /// In which case.
    pub case: CaseId,
    /// The event, as it is stored.
    pub event: SealedEvent,
}

/// Something that the desk has to do after the transaction in which it was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    /// Its place in the order of recording; the database gives it, and ignores what is put in.
    pub place: u64,
    /// For which case.
    pub case: CaseId,
    /// The last event of the case when it was decided.
    pub event: u64,
    /// Names it: the same key is put once, whatever happens. Names no person.
    pub key: String,
    /// What kind of thing it is, in one word.
    pub kind: String,
    /// The details, encrypted under the key of the case.
    pub sealed: Vec<u8>,
}

/// Something that the desk keeps and that is no event of a case: a session, a passkey, a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShelfRow {
    /// What kind of thing it is, in one word.
    pub kind: String,
    /// The tag of its key: nobody reads the key out of the database.
    pub tag: Tag,
    /// What it is, encrypted under the master key.
    pub sealed: Vec<u8>,
    /// Until when it counts (microseconds since 1970, UTC). Absent: until it is removed.
    pub until: Option<i64>,
}

/// Reading: all answers belong to one instant; within a [`WriteTransaction`] also to what it wrote.
pub trait ReadTransaction {
    /// A case, if there is one.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn case(&mut self, case: &CaseId) -> Result<Option<CaseRecord>, StoreError>;

    /// Up to `limit` cases after `after`, in the order of their numbers.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn cases_after(
        &mut self,
        after: Option<&CaseId>,
        limit: u32,
    ) -> Result<Vec<CaseRecord>, StoreError>;

    /// All events of a case, in order. None if there is no such case.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn events(&mut self, case: &CaseId) -> Result<Vec<SealedEvent>, StoreError>;

    /// One event of a case.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn event(&mut self, case: &CaseId, number: u64) -> Result<Option<SealedEvent>, StoreError>;

    /// A sealed original of a case, by the tag of its digest.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn original(&mut self, case: &CaseId, tag: &Tag) -> Result<Option<Vec<u8>>, StoreError>;

    /// The tags of the originals of a case, in ascending order, each with whether the case was opened
    /// with it.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn originals(&mut self, case: &CaseId) -> Result<Vec<(Tag, bool)>, StoreError>;

    /// The case that was opened with the original of this tag. Takes no longer with more cases.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn case_of_original(&mut self, tag: &Tag) -> Result<Option<CaseId>, StoreError>;

    /// Up to `limit` cases that have the original of this tag, in order. Takes no longer with more cases.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn cases_with_original(&mut self, tag: &Tag, limit: u32) -> Result<Vec<CaseId>, StoreError>;

    /// The read model of a case.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn summary(&mut self, case: &CaseId) -> Result<Option<SummaryRow>, StoreError>;

    /// The tags of the identifiers of a case, in ascending order.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn identifiers(&mut self, case: &CaseId) -> Result<Vec<Tag>, StoreError>;

    /// The tags of the words of a case, in ascending order.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn words(&mut self, case: &CaseId) -> Result<Vec<WordTag>, StoreError>;

    /// What is watched about a case, in order.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn watches(&mut self, case: &CaseId) -> Result<Vec<WatchRow>, StoreError>;

    /// What a query asks for of all that is watched, the latest first, and how many there are, counted up to
    /// [`MOST_COUNTED`](crate::MOST_COUNTED). Takes no longer with more cases.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn watched(&mut self, query: &WatchQuery) -> Result<PageOf<WatchRow>, StoreError>;

    /// By which groups the read model is arranged, in one word; empty: by none.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn arranged(&mut self) -> Result<String, StoreError>;

    /// What is different in [`SummaryRow::route`], each once, in order. Looks at every case.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn routes(&mut self) -> Result<Vec<String>, StoreError>;

    /// The number of the last case that was opened in a year; 0 if none was.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn last_case_number(&mut self, year: i16) -> Result<u32, StoreError>;

    /// The cases that a query asks for, and how many there are altogether.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn list(&mut self, query: &ListQuery) -> Result<PageOf<SummaryRow>, StoreError>;

    /// How many cases a query finds, counted up to `most` and no further. Takes no longer with more closed
    /// cases where the query asks for open ones.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn count(&mut self, query: &ListQuery, most: u32) -> Result<u64, StoreError>;

    /// Up to `limit` entries of the log from `position` on, each with its event if that is there.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn log_entries(&mut self, position: u64, limit: u32) -> Result<Vec<PlacedEvent>, StoreError>;

    /// Up to `limit` entries that stand for nothing, from `position` on, in order.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn covers(&mut self, position: u64, limit: u32) -> Result<Vec<Cover>, StoreError>;

    /// Up to `limit` entries that are lost, from `position` on, in order.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn lost(&mut self, position: u64, limit: u32) -> Result<Vec<(u64, Commitment)>, StoreError>;

    /// Numbers of cases that were passed over.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn passed_over(&mut self) -> Result<Vec<PassedOver>, StoreError>;

    /// Up to `limit` texts that have a position in the log, from `position` on, in order.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn notices_from(&mut self, position: u64, limit: u32) -> Result<Vec<Notice>, StoreError>;

    /// Up to `limit` texts that have no position in the log yet, in the order of recording.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn notices_waiting(&mut self, limit: u32) -> Result<Vec<Notice>, StoreError>;

    /// All texts of a kind, in the order of recording.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn notices(&mut self, kind: &str) -> Result<Vec<Notice>, StoreError>;

    /// The cards of a file, in the order of their places.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn cards_in(&mut self, slot: u64) -> Result<Vec<CardRow>, StoreError>;

    /// The card of a case: the last that it was given.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn card_of(&mut self, case: &CaseId) -> Result<Option<CardRow>, StoreError>;

    /// What figures know of a case, also of one that was erased.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn fact(&mut self, case: &CaseId) -> Result<Option<FactRow>, StoreError>;

    /// What figures know of up to `limit` cases of a year, from the number after `after` on, in order.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn facts_after(
        &mut self,
        year: i16,
        after: u32,
        limit: u32,
    ) -> Result<Vec<FactRow>, StoreError>;

    /// The last file for which a case was given a card.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn last_slot(&mut self) -> Result<Option<u64>, StoreError>;

    /// How many entries of the log from `position` on commit to events, and not to covers or texts.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn events_placed_from(&mut self, position: u64) -> Result<u64, StoreError>;

    /// Up to `limit` cases of which something of this kind is to be done and an event has no position in the log
    /// yet, each with the number of such events; first those for which it was to be done first.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn urgent(&mut self, kind: &str, limit: u32) -> Result<Vec<(CaseId, u64)>, StoreError>;

    /// The position of an event in the log, if it has one.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn position(&mut self, case: &CaseId, number: u64) -> Result<Option<u64>, StoreError>;

    /// All entries of the log that commit to events of a case, in the order of those events.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn entries_of(&mut self, case: &CaseId) -> Result<Vec<LogEntry>, StoreError>;

    /// Up to `limit` events that have no position in the log yet, after the place `after` (0: from
    /// the start), in the order of recording.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn unplaced(&mut self, after: u64, limit: u32) -> Result<Vec<Unplaced>, StoreError>;

    /// The numbers of the events of a case that have no position in the log yet, in order.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn unplaced_of(&mut self, case: &CaseId) -> Result<Vec<u64>, StoreError>;

    /// The number of positions that the log has given so far.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn log_size(&mut self) -> Result<u64, StoreError>;

    /// The head of the log; absent while it has not been created.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn head(&mut self) -> Result<Option<Head>, StoreError>;

    /// Up to `limit` things to do after the place `after`, in the order of recording.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn outbox(&mut self, after: u64, limit: u32) -> Result<Vec<OutboxRow>, StoreError>;

    /// The mark of the master key, if one was put.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn key_mark(&mut self) -> Result<Option<Tag>, StoreError>;

    /// What lies on the shelf under this kind and tag.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn shelf(&mut self, kind: &str, tag: &Tag) -> Result<Option<ShelfRow>, StoreError>;

    /// Everything of a kind that lies on the shelf, in the order of the tags.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn shelved(&mut self, kind: &str) -> Result<Vec<ShelfRow>, StoreError>;
}

/// Writing: everything or nothing. Dropping it without [`WriteTransaction::commit`] undoes it.
pub trait WriteTransaction: ReadTransaction {
    /// A case, if there is one; nobody else can change it until this transaction ends.
    ///
    /// # Errors
    /// When the database cannot be used.
    fn lock_case(&mut self, case: &CaseId) -> Result<Option<CaseRecord>, StoreError>;

    /// The number of the next case of a year, from 1 without gaps; nobody else is given one of that
    /// year until this transaction ends.
    ///
    /// # Errors
    /// When the database cannot be written.
    fn next_case_number(&mut self, year: i16) -> Result<u32, StoreError>;

    /// Numbers of a year, from the one that comes next on, that no case is given any more.
    ///
    /// # Errors
    /// [`StoreError::ChangedMeanwhile`] if another one comes next; when the database cannot be written.
    fn pass_over(&mut self, numbers: PassedOver) -> Result<(), StoreError>;

    /// Puts a new case without events.
    ///
    /// # Errors
    /// [`StoreError::ChangedMeanwhile`] when there is one; when the database cannot be written.
    fn put_case(&mut self, case: &CaseId, key: &WrappedKey) -> Result<(), StoreError>;

    /// Appends an event to a case. It waits for its position in the log from then on.
    ///
    /// # Errors
    /// [`StoreError::ChangedMeanwhile`] when its number is not the next one; when the database cannot
    /// be written.
    fn append_event(&mut self, case: &CaseId, event: &SealedEvent) -> Result<(), StoreError>;

    /// Keeps a sealed original of a case; the same tag in the same case is kept once. `opens`: the
    /// case was opened with it, and no other case can be.
    ///
    /// # Errors
    /// [`StoreError::ChangedMeanwhile`] when another case was opened with it; when the database
    /// cannot be written.
    fn put_original(
        &mut self,
        case: &CaseId,
        tag: &Tag,
        opens: bool,
        sealed: &[u8],
    ) -> Result<(), StoreError>;

    /// Replaces the read model of a case, the tags of its identifiers and what is watched about it.
    ///
    /// # Errors
    /// When the database cannot be written.
    fn put_summary(
        &mut self,
        row: &SummaryRow,
        identifiers: &[Tag],
        watched: &[WatchRow],
    ) -> Result<(), StoreError>;

    /// Replaces the tags of the words of a case; they are given in ascending order, each once. Those that stay are
    /// not written again.
    ///
    /// # Errors
    /// When the database cannot be written.
    fn put_words(&mut self, case: &CaseId, words: &[WordTag]) -> Result<(), StoreError>;

    /// By which groups the read model is arranged. Nobody arranges it before this transaction ends; if `alone`,
    /// nobody else who asked so writes before that either.
    ///
    /// # Errors
    /// When the database cannot be used.
    fn hold_arranged(&mut self, alone: bool) -> Result<String, StoreError>;

    /// Gives every case the group that stands beside its [`SummaryRow::route`] here; those of another route keep
    /// theirs. What is watched about them follows.
    ///
    /// # Errors
    /// When the database cannot be written.
    fn regroup(&mut self, groups: &[(String, String)]) -> Result<(), StoreError>;

    /// Says by which groups the read model is arranged.
    ///
    /// # Errors
    /// When the database cannot be written.
    fn put_arranged(&mut self, word: &str) -> Result<(), StoreError>;

    /// Puts what figures know of a case, in the place of what they knew.
    ///
    /// # Errors
    /// When the database cannot be written.
    fn put_fact(&mut self, row: &FactRow) -> Result<(), StoreError>;

    /// Removes the key of a case, its originals, its read model and its outbox. Events stay, and
    /// nobody can read them any more; what figures know of it stays too.
    ///
    /// # Errors
    /// When the database cannot be written.
    fn erase_case(&mut self, case: &CaseId) -> Result<(), StoreError>;

    /// The number of positions that the log has given so far; nobody else can give one or move the
    /// head until this transaction ends.
    ///
    /// # Errors
    /// When the database cannot be used.
    fn lock_log(&mut self) -> Result<u64, StoreError>;

    /// Gives a batch the next positions, which are those that stand in it.
    ///
    /// # Errors
    /// [`StoreError::ChangedMeanwhile`] when they are not the next ones in order, an event is not unplaced, or
    /// a text has a position; when the database cannot be written.
    fn place(&mut self, batch: &Batch) -> Result<(), StoreError>;

    /// Puts a text that is to become an entry of the log, and says at which place it stands among them.
    ///
    /// # Errors
    /// When the database cannot be written.
    fn put_notice(&mut self, kind: &str, text: &[u8]) -> Result<u64, StoreError>;

    /// Nobody else gives a card or makes a file of cards before this transaction ends.
    ///
    /// # Errors
    /// When the database cannot be used.
    fn lock_cards(&mut self) -> Result<(), StoreError>;

    /// Puts a card in its place, where none lies.
    ///
    /// # Errors
    /// [`StoreError::ChangedMeanwhile`] when one lies there; when the database cannot be written.
    fn put_card(&mut self, row: &CardRow) -> Result<(), StoreError>;

    /// Takes a card out of its place. It is done before the file is made, to a card that cannot be read.
    ///
    /// # Errors
    /// When the database cannot be written.
    fn remove_card(&mut self, slot: u64, place: u32) -> Result<(), StoreError>;

    /// Replaces the head of the log by `new` if it is `expected`; says whether it did.
    ///
    /// # Errors
    /// When the database cannot be written.
    fn compare_and_swap(&mut self, expected: Option<&Head>, new: &Head)
    -> Result<bool, StoreError>;

    /// Puts something to do. Says whether it did: a key that was put before, done or not, is not put
    /// again.
    ///
    /// # Errors
    /// When the database cannot be written.
    fn put_outbox(&mut self, row: &OutboxRow) -> Result<bool, StoreError>;

    /// Strikes something off. Its key stays known, its details go.
    ///
    /// # Errors
    /// When the database cannot be written.
    fn outbox_done(&mut self, key: &str) -> Result<(), StoreError>;

    /// Puts the mark of the master key if none was put. Of several who are the first at the same time one
    /// puts it; the others read it afterwards.
    ///
    /// # Errors
    /// When the database cannot be written.
    fn put_key_mark(&mut self, mark: &Tag) -> Result<(), StoreError>;

    /// Puts something on the shelf, in the place of what lay there under its kind and tag.
    ///
    /// # Errors
    /// When the database cannot be written.
    fn put_shelf(&mut self, row: &ShelfRow) -> Result<(), StoreError>;

    /// Puts something on the shelf where nothing lies under its kind and tag, and says whether it did: of two
    /// who put it there at once, one is told so.
    ///
    /// # Errors
    /// When the database cannot be written.
    fn put_shelf_first(&mut self, row: &ShelfRow) -> Result<bool, StoreError>;

    /// Removes something from the shelf, and says whether it was there: of two who remove it at once,
    /// one is told so.
    ///
    /// # Errors
    /// When the database cannot be written.
    fn remove_shelf(&mut self, kind: &str, tag: &Tag) -> Result<bool, StoreError>;

    /// Removes everything from the shelf that counts until before `before` (microseconds since 1970,
    /// UTC).
    ///
    /// # Errors
    /// When the database cannot be written.
    fn sweep_shelf(&mut self, before: i64) -> Result<(), StoreError>;

    /// Makes it final: durable when this returns `Ok`.
    ///
    /// # Errors
    /// [`StoreError::Uncertain`] when nobody can say whether it became final; for every other error
    /// nothing was recorded.
    fn commit(self: Box<Self>) -> Result<(), StoreError>;
}
