//! Samples for a second examination, drawn so that those who are examined cannot steer it, nor the auditor.
//!
//! The auditor says beforehand how many cases are drawn out of which, and from which instant on. With the order a
//! secret is made that the auditor alone keeps; the desk keeps its digest. The draw rests on that secret and on
//! the first entry that the public log got at that instant or after: nobody knows the one before the instant, and
//! who writes the log does not know the other. Whoever is told both can draw again ([`drawn`]). What the auditor
//! states stands in records of its own on the shelf, which no command of anybody else writes; no case changes.

use jiff::{SignedDuration, Timestamp};
use lagrum_access::Action;
use lagrum_log::Commitment;
use lagrum_model::schema::Instant;
use lagrum_model::{CaseId, Event, Sha256Digest};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::sample_refused::SampleRefused;
use crate::{CommandError, Session};

const SAMPLE: &str = "audit-sample";
const OUTCOME: &str = "audit-outcome";
/// More cases than that nobody examines a second time at once.
const MOST: u32 = 100;

/// A sample as it was ordered, and as it was drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Sample {
    /// Its name.
    pub id: String,
    /// When it was ordered (UTC).
    #[schemars(with = "Instant")]
    pub ordered_at: Timestamp,
    /// By whom, as an id of people.toml.
    pub by: String,
    /// The first case that may be drawn.
    pub first: CaseId,
    /// The last one, of the same year.
    pub last: CaseId,
    /// How many are drawn.
    pub size: u32,
    /// From which instant on an entry of the log decides (UTC).
    #[schemars(with = "Instant")]
    pub draw_at: Timestamp,
    /// SHA-256 of the secret that the auditor keeps.
    pub secret_digest: Sha256Digest,
    /// What was drawn. Absent: nothing yet.
    pub drawn: Option<Drawn>,
}

/// A draw, with all that is needed to draw again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Drawn {
    /// When (UTC).
    #[schemars(with = "Instant")]
    pub at: Timestamp,
    /// The position of the entry of the public log that decided, from 0.
    pub position: u64,
    /// That entry, in hexadecimal.
    pub entry: String,
    /// The secret, in hexadecimal: it is none any more.
    pub secret: String,
    /// The cases, in the order of their numbers.
    pub cases: Vec<CaseId>,
}

/// What came of a second examination.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It was handled as it should be.
    AsItShould,
    /// Something was not as it should be.
    NotAsItShould,
    /// It cannot be told from what is recorded.
    CannotTell,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::AsItShould, Self::NotAsItShould, Self::CannotTell];

    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AsItShould => "as-it-should",
            Self::NotAsItShould => "not-as-it-should",
            Self::CannotTell => "cannot-tell",
        }
    }

    /// The outcome with this word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }
}

/// What the auditor stated of one case of a sample.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Stated {
    /// Which case.
    pub case: CaseId,
    /// What came of it.
    pub outcome: Outcome,
    /// Why.
    pub note: String,
    /// By whom, as an id of people.toml.
    pub by: String,
    /// When (UTC).
    #[schemars(with = "Instant")]
    pub at: Timestamp,
}

/// A sample with what was stated of its cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Examined {
    /// The sample.
    #[serde(flatten)]
    pub sample: Sample,
    /// What was stated, in the order of the cases.
    pub stated: Vec<Stated>,
}

/// What is ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The first case that may be drawn.
    pub first: CaseId,
    /// The last one.
    pub last: CaseId,
    /// How many are drawn.
    pub size: u32,
    /// From which instant on an entry of the log decides (UTC).
    pub draw_at: Timestamp,
}

/// The cases that a secret and an entry of the log draw: those with the smallest SHA-256 of both and their number.
#[must_use]
pub fn drawn(order: &Order, entry: &[u8; 32], secret: &[u8; 32]) -> Vec<CaseId> {
    let numbers = order.first.number()..=order.last.number();
    let ranked = numbers.map(|number| {
        let case = CaseId::new(order.first.year(), number);
        let mut digest = Sha256::new();
        digest.update(b"lagrum-sample/1\n");
        digest.update(entry);
        digest.update(secret);
        digest.update(case.to_string());
        let rank: [u8; 32] = digest.finalize().into();
        (rank, case)
    });
    let mut ranked: Vec<_> = ranked.collect();
    ranked.sort();
    let taken = ranked.into_iter().take(order.size as usize);
    let mut cases: Vec<_> = taken.map(|(_, case)| case).collect();
    cases.sort();
    cases
}

impl Session<'_> {
    /// Orders a sample, and gives the secret (hexadecimal) that the auditor keeps: nobody can find it again.
    ///
    /// # Errors
    /// [`SampleRefused`]; when the person may not, or the store cannot be written.
    pub fn order_sample(&mut self, order: &Order) -> Result<(Sample, String), CommandError> {
        self.may(Action::AuditSample)?;
        let (store, now) = (&self.desk.inner.store, self.time.now());
        let (year, first, last) = (
            order.first.year(),
            order.first.number(),
            order.last.number(),
        );
        let newest = store.last_case_number(year)?;
        let there = order.last.year() == year && first >= 1 && first <= last && last <= newest;
        if !there {
            return Err(SampleRefused::NoSuchCases { year, last: newest }.into());
        }
        if order.size == 0 || order.size > MOST || order.size > last - first + 1 {
            return Err(SampleRefused::Size { most: MOST }.into());
        }
        if order.draw_at < now + SignedDuration::from_mins(1) {
            return Err(SampleRefused::NotAhead.into());
        }
        let (mut id, mut secret) = ([0; 4], [0; 32]);
        self.random.fill_bytes(&mut id);
        self.random.fill_bytes(&mut secret);
        let sample = Sample {
            id: hex(&id),
            ordered_at: now,
            by: self.by.id().to_owned(),
            first: order.first.clone(),
            last: order.last.clone(),
            size: order.size,
            draw_at: order.draw_at,
            secret_digest: Sha256Digest::of(&secret),
            drawn: None,
        };
        self.keep(SAMPLE, &sample.id, &sample)?;
        Ok((sample, hex(&secret)))
    }

    /// Draws a sample, or gives what was drawn.
    ///
    /// # Errors
    /// As [`Session::order_sample`].
    pub fn draw_sample(&mut self, id: &str, secret: &str) -> Result<Sample, CommandError> {
        self.may(Action::AuditSample)?;
        let mut sample = self.sample(id)?;
        if sample.drawn.is_some() {
            return Ok(sample);
        }
        let now = self.time.now();
        if now < sample.draw_at {
            return Err(SampleRefused::NotYet(sample.draw_at).into());
        }
        let secret = unhex(secret.trim()).filter(|it| Sha256Digest::of(it) == sample.secret_digest);
        let secret = secret.ok_or(SampleRefused::OtherSecret)?;
        let found = self.first_entry_since(sample.draw_at)?;
        let (position, entry) = found.ok_or(SampleRefused::NothingSince)?;
        let order = Order {
            first: sample.first.clone(),
            last: sample.last.clone(),
            size: sample.size,
            draw_at: sample.draw_at,
        };
        sample.drawn = Some(Drawn {
            at: now,
            position,
            entry: hex(entry.as_bytes()),
            secret: hex(&secret),
            cases: drawn(&order, entry.as_bytes(), &secret),
        });
        self.keep(SAMPLE, id, &sample)?;
        Ok(sample)
    }

    /// States what came of the second examination of a case, once. Nothing of the case changes.
    ///
    /// # Errors
    /// As [`Session::order_sample`].
    pub fn state_outcome(
        &mut self,
        id: &str,
        case: &CaseId,
        outcome: Outcome,
        note: &str,
    ) -> Result<Stated, CommandError> {
        self.may(Action::AuditSample)?;
        let sample = self.sample(id)?;
        let drawn = sample.drawn.ok_or(SampleRefused::NotDrawn)?;
        if !drawn.cases.contains(case) {
            return Err(SampleRefused::NotInSample(case.clone()).into());
        }
        if note.trim().is_empty() {
            return Err(SampleRefused::NoReason.into());
        }
        let key = format!("{id}/{case}");
        if self.kept::<Stated>(OUTCOME, &key)?.is_some() {
            return Err(SampleRefused::StatedBefore(case.clone()).into());
        }
        let stated = Stated {
            case: case.clone(),
            outcome,
            note: note.trim().to_owned(),
            by: self.by.id().to_owned(),
            at: self.time.now(),
        };
        self.keep(OUTCOME, &key, &stated)?;
        Ok(stated)
    }

    /// All samples, the newest first.
    ///
    /// # Errors
    /// When the person may not see them, or the store cannot be read.
    pub fn samples(&self) -> Result<Vec<Sample>, CommandError> {
        self.may(Action::Audit)?;
        let all = self.desk.shelf().all(SAMPLE, self.time.now())?;
        let all = all
            .iter()
            .filter_map(|bytes| serde_json::from_slice(bytes).ok());
        let mut all: Vec<Sample> = all.collect();
        all.sort_by(|one, other| (other.ordered_at, &other.id).cmp(&(one.ordered_at, &one.id)));
        Ok(all)
    }

    /// One sample, with what was stated of its cases.
    ///
    /// # Errors
    /// As [`Session::samples`]; when there is none of that name.
    pub fn examined(&self, id: &str) -> Result<Examined, CommandError> {
        self.may(Action::Audit)?;
        let sample = self.sample(id)?;
        let mut stated = Vec::new();
        for case in sample.drawn.iter().flat_map(|drawn| &drawn.cases) {
            stated.extend(self.kept::<Stated>(OUTCOME, &format!("{id}/{case}"))?);
        }
        Ok(Examined { sample, stated })
    }

    fn sample(&self, id: &str) -> Result<Sample, CommandError> {
        let found = self.kept(SAMPLE, id)?;
        found.ok_or_else(|| SampleRefused::NoSuchSample(id.to_owned()).into())
    }

    fn kept<T: for<'de> Deserialize<'de>>(
        &self,
        kind: &str,
        key: &str,
    ) -> Result<Option<T>, CommandError> {
        let found = self
            .desk
            .shelf()
            .get(kind, key.as_bytes(), self.time.now())?;
        Ok(found.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    fn keep(&mut self, kind: &str, key: &str, value: &impl Serialize) -> Result<(), CommandError> {
        let bytes = serde_json::to_vec(value)
            .map_err(|e| CommandError::Damaged(format!("a record cannot be written: {e}")))?;
        let shelf = self.desk.shelf();
        Ok(shelf.put(kind, key.as_bytes(), &bytes, None, self.random)?)
    }

    /// The first entry of the public log that was written at that instant or after: of the first batch since then,
    /// where batches are written at ticks. Else looked for by halves: entries stand in the order of recording.
    fn first_entry_since(
        &self,
        since: Timestamp,
    ) -> Result<Option<(u64, Commitment)>, CommandError> {
        let store = &self.desk.inner.store;
        let published = store.published()?.map_or(0, |head| head.size);
        let rules = store.schedule()?;
        let second = u64::try_from(since.as_second()).unwrap_or_default();
        if let Some(first) = rules.rules().first()
            && second > first.begins
        {
            let next = rules.tick(rules.ticks_until(second));
            let leaf = next.map(|tick| tick.leaf).filter(|leaf| *leaf < published);
            let Some(leaf) = leaf else {
                return Ok(None);
            };
            let entry = store.entries_from(leaf, 1)?.pop();
            return Ok(entry.map(|entry| (leaf, entry.commitment)));
        }
        let (mut from, mut to) = (0, published);
        while from < to {
            let middle = from + (to - from) / 2;
            match self.recorded_at(middle)? {
                Some((at, _)) if at < since => from = middle + 1,
                _ => to = middle,
            }
        }
        // Of an erased case nobody knows any more when it was; the next that is known decides.
        while from < published {
            match self.recorded_at(from)? {
                Some((at, entry)) if at >= since => return Ok(Some((from, entry))),
                _ => from += 1,
            }
        }
        Ok(None)
    }

    /// When the event of an entry was recorded; nothing, where its case was erased or it stands for none.
    fn recorded_at(&self, position: u64) -> Result<Option<(Timestamp, Commitment)>, CommandError> {
        let store = &self.desk.inner.store;
        let Some(entry) = store.entries_from(position, 1)?.pop() else {
            return Ok(None);
        };
        let Some((case, number)) = &entry.event else {
            return Ok(None);
        };
        match store.logged(case, *number) {
            Ok(logged) => {
                let event = serde_json::from_str::<Event>(&logged.text);
                Ok(event.ok().map(|event| (event.at, entry.commitment)))
            }
            Err(lagrum_store::StoreError::Erased(_)) => Ok(None),
            Err(other) => Err(other.into()),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * place..2 * place + 2], 16).ok()?;
    }
    Some(bytes)
}
