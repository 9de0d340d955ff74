//! What an officer sees of the demands of their own authority.

use std::io::{Read, Seek as _, SeekFrom};
use std::path::PathBuf;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use lagrum_durable::FileError;
use lagrum_mandate::{Volume, unreviewed};
use lagrum_model::{
    Actor, Case, CaseId, Category, Channel, Citation, Command, Disposition, Event, EventKind,
    Identifier, Language, LetterKind, MandateRecord, Sha256Digest,
};
use lagrum_packages::{PackagesError, Sealed};
use lagrum_store::{Page, PageOf};
use lagrum_transport::Stem;

use super::Door;
use crate::CommandError;
use crate::collect::RECEIPT;
use crate::handed_over::HandedOver;
use crate::record::Checked;

/// Where a demand stands, as far as its authority is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It has arrived, and is worked on. How far, is told with the answer.
    Received,
    /// The authority was asked something and has not answered.
    Asked,
    /// There is something to fetch that nobody confirmed.
    Ready,
    /// What was handed over is confirmed.
    Confirmed,
    /// It is closed.
    Closed,
}

/// A demand in the list of its authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demanded {
    /// Under which address it is found.
    pub address: String,
    /// The authority's own reference, or what the first file is called.
    pub name: String,
    /// When it was received (UTC).
    pub received_at: Timestamp,
    /// Where it stands.
    pub standing: Standing,
}

/// A question that the authority was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What was asked.
    pub text: String,
    /// When (UTC).
    pub at: Timestamp,
    /// Whether an officer sent something since.
    pub answered: bool,
}

/// How one part was answered.
#[derive(Clone, Debug, PartialEq)]
pub struct DoorPart {
    /// Of whose data.
    pub identifier: Identifier,
    /// Which data.
    pub category: Category,
    /// The answer; absent while there is none.
    pub answer: Option<Disposition>,
    /// Whether less was handed over than it asks for.
    pub in_part: bool,
    /// The provisions that decide.
    pub basis: Vec<Citation>,
}

/// A sealed package that was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// SHA-256 of its bytes.
    pub digest: Sha256Digest,
    /// How many items are in it.
    pub items: u64,
    /// How many more are kept back until counsel has looked at them.
    pub kept_back: u64,
    /// The key to which it is sealed; nothing, where it is sealed with a passphrase that is told by telephone.
    pub key: Option<lagrum_model::RecipientKey>,
    /// When the passphrase was told (UTC), if that is recorded.
    pub told_at: Option<Timestamp>,
    /// Its name, as a file.
    pub name: String,
    lies: Lies,
    /// Whether it can be fetched.
    pub fetchable: Fetchable,
    /// Its receipt, as the agent signed it.
    pub receipt: String,
    /// The receipt's name, as a file.
    pub receipt_name: String,
    /// Its volumes: each is fetched by itself. None, where it is one file.
    pub volumes: Vec<Volume>,
    /// When it was handed over (UTC).
    pub at: Timestamp,
    /// Whether an officer confirmed to have it.
    pub confirmed: bool,
}

/// Whether a package can be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetchable {
    /// It can; so many bytes.
    Bytes(u64),
    /// It was taken away.
    Gone,
    /// Where it is kept cannot be asked just now, for this reason.
    NotKnown(String),
}

/// Where a package lies that was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Lies {
    /// Where it was kept before, and still is.
    Kept(Sealed),
    /// Where deliveries are fetched: its file, or those of its volumes.
    Delivered(Vec<PathBuf>),
}

/// A letter to the authority that lies at the door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoorLetter {
    /// Which kind.
    pub kind: LetterKind,
    /// In which language.
    pub language: Language,
    /// When it was sent (UTC).
    pub at: Timestamp,
    /// Its exact text.
    pub text: String,
}

/// What happened to a demand, as far as its authority is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happened {
    /// It arrived.
    Received,
    /// Something more arrived from an officer; what it is called.
    Sent(String),
    /// The authority was called on the number of the list, and confirmed it.
    CalledBack,
    /// The authority was asked something.
    Asked,
    /// A package was handed over.
    Ready,
    /// It was fetched.
    Fetched,
    /// It was confirmed.
    Confirmed,
    /// An officer said that something is missing.
    Missed(String),
    /// It was closed.
    Closed,
    /// It was taken up again.
    Reopened,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// When (UTC).
    pub at: Timestamp,
    /// What.
    pub what: Happened,
    /// Whether the officer who looks did it. Of others, no name is told.
    pub own: bool,
}

/// A demand, as its authority sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct DoorCase {
    /// Under which address it is found.
    pub address: String,
    /// The authority's own reference, or what the first file is called.
    pub name: String,
    /// When it was received (UTC).
    pub received_at: Timestamp,
    /// Where it stands.
    pub standing: Standing,
    /// The files that officers sent: name and length in bytes.
    pub files: Vec<(String, u64)>,
    /// What was asked, the last first.
    pub questions: Vec<Question>,
    /// The letters to the authority that were sent by this way, the last first.
    pub letters: Vec<DoorLetter>,
    /// What was handed over.
    pub packages: Vec<Package>,
    /// How the parts were answered. Empty before there is an answer.
    pub parts: Vec<DoorPart>,
    /// What happened, the last first.
    pub happened: Vec<Happening>,
    /// Whether something can still be sent to it.
    pub open: bool,
    /// Whether there is a receipt with which can be checked that it is counted.
    pub counted: bool,
}

impl Door<'_> {
    /// The demands of the officer's own authority that came through the door, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn demands(&self, page: Page) -> Result<PageOf<Demanded>, CommandError> {
        let store = &self.desk.inner.store;
        let found = store.sent_by(&self.officer.sender(), page)?;
        let mut items = Vec::new();
        for summary in found.items {
            // A damaged case stops no other.
            let Ok(read) = self.desk.record(&summary.case) else {
                continue;
            };
            items.push(Demanded {
                address: store.door_address(&summary.case),
                name: name(&read.case),
                received_at: summary.received_at,
                standing: standing(&read.case),
            });
        }
        Ok(PageOf {
            items,
            total: found.total,
            unreadable: vec![],
        })
    }

    /// One of them, by its address. That the officer saw it is an event of the case: nothing is shown before that is
    /// recorded. `None` if there is no such case of the officer's authority.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn demand(&mut self, address: &str) -> Result<Option<DoorCase>, CommandError> {
        let Some(id) = self.case_at(address)? else {
            return Ok(None);
        };
        let read = self.desk.record(&id)?;
        self.viewed(&id, &read.events)?;
        self.seen(&id, read).map(Some)
    }

    /// A package to be fetched; that it is, is an event of the case. A fetch that goes on within the
    /// hour is the same one.
    ///
    /// # Errors
    /// When no such package was handed over, or the case cannot be written.
    pub fn fetch(
        &mut self,
        address: &str,
        package: Sha256Digest,
    ) -> Result<Option<Package>, CommandError> {
        let Some(id) = self.case_at(address)? else {
            return Ok(None);
        };
        let hour = jiff::SignedDuration::from_hours(1);
        let (now, own) = (self.time.now(), self.officer.actor());
        let read = self.desk.record(&id)?;
        let found = self.seen(&id, read)?.packages.into_iter();
        let Some(found) = found.into_iter().find(|one| one.digest == package) else {
            return Ok(None);
        };
        match &found.fetchable {
            Fetchable::Bytes(_) => {}
            Fetchable::Gone => return Ok(Some(found)),
            // Nothing is recorded as fetched that nobody can fetch.
            Fetchable::NotKnown(why) => return Err(PackagesError::Storage(why.clone()).into()),
        }
        self.change("door", &id, &[], |changes, acting| {
            let again = changes.events().iter().any(|event| {
                event.what == EventKind::Fetched { package }
                    && event.actor == own
                    && now.duration_since(event.at) < hour
            });
            match again {
                true => Ok(()),
                false => acting.command(changes, Command::Fetch { package }, "fetched at the door"),
            }
        })?;
        Ok(Some(found))
    }

    /// `length` bytes of a package, or of one of its volumes, from `from` on: ciphertext, as the agent made it. Where all
    /// are wanted, the last come only if they are what the receipt names.
    ///
    /// # Errors
    /// When it was taken away, something else lies in its place, or where it is kept cannot be asked.
    pub fn open(
        &self,
        package: &Package,
        volume: Option<&Volume>,
        from: u64,
        length: u64,
    ) -> Result<Box<dyn Read + Send>, CommandError> {
        let (begins, whole, sha256) = match (volume, &package.fetchable) {
            (Some(volume), _) => (volume.from, volume.length, volume.sha256),
            (None, Fetchable::Bytes(all)) => (0, *all, package.digest),
            (None, _) => (0, u64::MAX, package.digest),
        };
        let bytes: Box<dyn Read + Send> = match &package.lies {
            // There all of it is compared on its way out.
            Lies::Kept(one) if volume.is_none() => {
                return Ok(self.desk.packages().read(one, from, length)?);
            }
            Lies::Kept(one) => self.desk.packages().read(one, begins + from, length)?,
            Lies::Delivered(files) => {
                let place = volume.map_or(0, |volume| volume.number - 1);
                let file = usize::try_from(place).ok().and_then(|at| files.get(at));
                let file = file.ok_or(PackagesError::NotThere(sha256))?;
                let mut opened = lagrum_durable::open_plain(file)?;
                opened
                    .seek(SeekFrom::Start(from))
                    .map_err(FileError::of("read", file))?;
                Box::new(opened.take(length))
            }
        };
        Ok(match (from, length) == (0, whole) {
            true => Box::new(lagrum_packages::Checked::new(bytes, sha256, length)),
            false => bytes,
        })
    }

    /// The receipt of a demand of the officer's own authority; none under every other address, or where it has no
    /// card. That it was asked for is recorded as of [`Door::demand`].
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn receipt(&mut self, address: &str) -> Result<Option<String>, CommandError> {
        let Some(id) = self.case_at(address)? else {
            return Ok(None);
        };
        let read = self.desk.record(&id)?;
        self.viewed(&id, &read.events)?;
        self.desk.receipt(&id)
    }

    fn seen(&self, id: &CaseId, read: Checked) -> Result<DoorCase, CommandError> {
        let (case, events) = (read.case, read.events);
        let own = self.officer.actor();
        let mut packages = Vec::new();
        if is_theirs(&case) {
            for record in case.mandates.values() {
                packages.extend(self.package(id, &case, record, &events)?);
            }
        }
        let files = events.iter().filter(|event| is_officer(&event.actor));
        let files = files.filter_map(|event| match &event.what {
            EventKind::Received { original } | EventKind::Attached { original } => {
                Some((original.file_name.clone(), original.length))
            }
            _ => None,
        });
        Ok(DoorCase {
            address: self.desk.inner.store.door_address(id),
            name: name(&case),
            received_at: case.received_at.unwrap_or_default(),
            standing: standing(&case),
            files: files.collect(),
            questions: questions(&events),
            letters: self.letters(id, &case)?,
            parts: parts(&case),
            happened: happened(&events, &own, is_theirs(&case)),
            open: case.state() != lagrum_model::CaseState::Closed,
            counted: case.card.is_some(),
            packages,
        })
    }

    fn letters(&self, id: &CaseId, case: &Case) -> Result<Vec<DoorLetter>, CommandError> {
        let mut all = Vec::new();
        let theirs = case.letters.iter().filter(|_| is_theirs(case));
        for one in theirs.rev().filter(|one| one.letter.by == Channel::Door) {
            let bytes = self.desk.inner.store.original(id, &one.letter.sha256)?;
            let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
            let text = text.ok_or_else(|| {
                CommandError::Damaged(format!(
                    "case {id}: the text of letter {} is gone",
                    one.number
                ))
            })?;
            all.push(DoorLetter {
                kind: one.letter.kind,
                language: one.letter.language,
                at: one.at,
                text,
            });
        }
        Ok(all)
    }

    fn package(
        &self,
        id: &CaseId,
        case: &Case,
        record: &MandateRecord,
        events: &[Event],
    ) -> Result<Option<Package>, CommandError> {
        let (Some(made), Some(_), Some(receipt)) =
            (record.produced, &record.delivered_to, &record.receipt)
        else {
            return Ok(None);
        };
        let folder = self.desk.inner.config.deliveries.join(id.to_string());
        let Some(over) = HandedOver::of(record, &folder)? else {
            return Ok(None);
        };
        let mandate = &over.mandate;
        let handed = events.iter().find(|event| {
            matches!(&event.what, EventKind::Delivered { package, .. } if *package == made.package)
        });
        let kept = || Lies::Kept(over.one.clone());
        let (lies, fetchable) = match self.desk.packages().length(&over.one) {
            Ok(Some(length)) => (kept(), Fetchable::Bytes(length)),
            Ok(None) => {
                let fetchable = over.length().map_or(Fetchable::Gone, Fetchable::Bytes);
                let files = over.files().into_iter().map(|(file, _)| file);
                (Lies::Delivered(files.collect()), fetchable)
            }
            Err(why) => (kept(), Fetchable::NotKnown(why.to_string())),
        };
        // Its own name has the number of the case in it, and numbers count up.
        let short = &made.package.to_string()[..12];
        Ok(Some(Package {
            digest: made.package,
            items: made.items,
            kept_back: unreviewed(case, record, MandateRecord::is_carried_out),
            told_at: case.told.get(&mandate.digest()).copied(),
            key: mandate.recipient.key().cloned(),
            name: format!("{short}.{}", Stem::ending_for(&mandate.recipient)),
            lies,
            fetchable,
            receipt: receipt.clone(),
            receipt_name: format!("{short}.{RECEIPT}"),
            volumes: over.volumes.clone(),
            at: handed.map(|event| event.at).unwrap_or_default(),
            confirmed: case.confirmed.contains(&made.package),
        }))
    }

    /// That the officer sees a case is an event of it, once on a day (UTC).
    fn viewed(&mut self, id: &CaseId, events: &[Event]) -> Result<(), CommandError> {
        let day = |at: Timestamp| at.to_zoned_datetime(TimeZone::UTC).date();
        let (today, own) = (day(self.time.now()), self.officer.actor());
        let again = |events: &[Event]| {
            let mut latest = events.iter().rev();
            latest.any(|event| {
                event.what == EventKind::Viewed {} && event.actor == own && day(event.at) == today
            })
        };
        // What was seen on this day already takes no turn at writing.
        if again(events) {
            return Ok(());
        }
        self.change("door", id, &[], |changes, acting| {
            match again(changes.events()) {
                true => Ok(()),
                false => acting.command(changes, Command::View, "seen at the door"),
            }
        })
    }
}

fn is_officer(actor: &Actor) -> bool {
    matches!(actor, Actor::Officer { .. })
}

/// How the authority knows it: by its own reference as it stands in the demand, or as its officer gave
/// it; else by the first file.
fn name(case: &Case) -> String {
    let first = case.originals.first();
    let given = || first.and_then(|one| one.arrival.reference.clone());
    let described = case.demand.as_ref().map(|demand| demand.reference.clone());
    let file = || first.map(|one| one.file_name.clone());
    let filled = |text: &String| !text.trim().is_empty();
    described
        .filter(filled)
        .or_else(given)
        .filter(filled)
        .or_else(file)
        .unwrap_or_default()
}

/// Whether the demand, as it was described, is that of the authority whose officer sent it. If it names
/// another, the answer is the other's, and the sender is told nothing of it.
pub(crate) fn is_theirs(case: &Case) -> bool {
    match (&case.sent_by, &case.demand) {
        (
            Some(Actor::Officer {
                authority, country, ..
            }),
            Some(demand),
        ) => (authority, country) == (&demand.authority.name, &demand.authority.country),
        _ => false,
    }
}

fn handed_over(case: &Case) -> impl Iterator<Item = Sha256Digest> {
    let told = is_theirs(case);
    let over = case.mandates.values();
    let over = over.filter(move |one| told && one.delivered_to.is_some());
    over.filter_map(|one| one.produced.map(|made| made.package))
}

fn standing(case: &Case) -> Standing {
    if handed_over(case).any(|package| !case.confirmed.contains(&package)) {
        return Standing::Ready;
    }
    if case.closed {
        return Standing::Closed;
    }
    if case.open_questions > 0 {
        return Standing::Asked;
    }
    match handed_over(case).next() {
        Some(_) => Standing::Confirmed,
        None => Standing::Received,
    }
}

fn questions(events: &[Event]) -> Vec<Question> {
    let mut all = Vec::new();
    for event in events {
        match &event.what {
            EventKind::Asked { text } => all.push(Question {
                text: text.clone(),
                at: event.at,
                answered: false,
            }),
            EventKind::Attached { .. } if is_officer(&event.actor) => {
                all.iter_mut().for_each(|one| one.answered = true);
            }
            _ => {}
        }
    }
    all.reverse();
    all
}

/// How the parts were answered: nothing of it before something was handed over or the case is closed.
/// Then what was handed over is told as produced, and what is decided to be carried out and was not is
/// not told yet.
fn parts(case: &Case) -> Vec<DoorPart> {
    let answered = is_theirs(case) && (case.closed || handed_over(case).next().is_some());
    let Some(found) = case.assessment.as_ref().filter(|_| answered) else {
        return Vec::new();
    };
    let told = |part: usize, answer: Disposition| {
        let over = |one: &MandateRecord| one.delivered_to.is_some() && one.parts.contains(&part);
        let preserved = |one: &MandateRecord| one.preserved.is_some() && one.parts.contains(&part);
        if answer == Disposition::Preserve {
            return case.mandates.values().any(preserved);
        }
        !answer.is_carried_out() || case.mandates.values().any(over)
    };
    let of = |(number, part): (usize, &lagrum_model::Part)| {
        let answer = case.answer_of(number);
        let answer = answer.filter(|answer| told(number, answer.disposition));
        DoorPart {
            identifier: part.identifier.clone(),
            category: part.category,
            basis: match answer {
                Some(_) => part.finding.decided_by.clone(),
                None => Vec::new(),
            },
            in_part: answer.is_some_and(|answer| answer.is_in_part(part)),
            answer: answer.map(|answer| answer.disposition),
        }
    };
    found.parts.iter().enumerate().map(of).collect()
}

fn happened(events: &[Event], own: &Actor, theirs: bool) -> Vec<Happening> {
    let came = |event: &&Event| matches!(event.what, EventKind::Received { .. });
    let came = events.iter().find(came);
    // What was sent together came together: only what follows is something more.
    let later =
        |event: &Event| came.is_none_or(|came| (came.at, &came.actor) != (event.at, &event.actor));
    let of = |event: &Event| {
        let by_officer = is_officer(&event.actor);
        let what = match &event.what {
            EventKind::Received { .. } => Happened::Received,
            EventKind::Attached { original } if by_officer && later(event) => {
                Happened::Sent(original.file_name.clone())
            }
            EventKind::CalledBack { call } if theirs && call.confirmed => Happened::CalledBack,
            EventKind::Asked { .. } => Happened::Asked,
            EventKind::Delivered { .. } if theirs => Happened::Ready,
            EventKind::Fetched { .. } => Happened::Fetched,
            EventKind::ReceiptConfirmed { .. } => Happened::Confirmed,
            EventKind::Missed { text } => Happened::Missed(text.clone()),
            EventKind::Closed { .. } => Happened::Closed,
            EventKind::Reopened {} => Happened::Reopened,
            _ => return None,
        };
        Some(Happening {
            at: event.at,
            what,
            own: event.actor == *own,
        })
    };
    events.iter().rev().filter_map(of).collect()
}
