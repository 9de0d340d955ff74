//! Review in the region: counsel looks at what a search withheld, where the data lies, and decides
//! about each thing. What is decided leaves as numbers, reasons and commitments; bytes leave only
//! under a mandate of two people that names these decisions.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Read;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use lagrum_log::Salt;
use lagrum_mandate::answer::SignedAnswer;
use lagrum_mandate::{MOST_REVIEWED, Nonce, Review, ReviewNote, Reviewed, commitment};
use lagrum_model::{AccountIdentifier, CaseId, Category, Region, Role, Sha256Digest};
use lagrum_package::layout::Released;
use lagrum_production::{ProductionError, PutAside, Spool, WITHHELD, WithheldCopy, read_withheld};
use serde::{Deserialize, Serialize};

use crate::elsewhere::Ways;
use crate::ledger::Carried;
use crate::{Agent, AgentConfig, AgentError, NotDecided};

/// The longest list or file of decisions that is read: a few hundred thousand things.
const LONGEST: u64 = 128 << 20;
/// The most of one thing that is shown.
const MOST_SHOWN: u64 = 1 << 20;

/// What the search of one mandate withheld, and what counsel decided about it so far.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WithheldList {
    /// The case.
    pub case: CaseId,
    /// SHA-256 of the mandate's text.
    pub mandate: Sha256Digest,
    /// Each thing; its number is its place, from 1.
    pub items: Vec<PutAside>,
    /// The decisions, by number.
    pub decisions: BTreeMap<u64, Decision>,
    /// The numbers of those that were carried out under a mandate.
    pub carried_out: BTreeSet<u64>,
    /// The name of its files.
    #[serde(skip)]
    name: String,
    /// The mandate's nonce.
    #[serde(skip)]
    nonce: Nonce,
}

/// How much waits for counsel in one region.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WaitsForCounsel {
    /// In how many lists.
    pub lists: u64,
    /// How many things.
    pub items: u64,
}

/// What counsel decided about one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Who decided: the id on this agent's roster.
    pub by: String,
    /// When (UTC).
    pub at: Timestamp,
    /// Whether it is handed over.
    pub release: bool,
    /// Why. The authority reads it.
    pub reason: String,
}

/// Why counsel's decision is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReviewRefused {
    /// Nothing was withheld in this case, here.
    #[error("case {0}: nothing is withheld here")]
    NoCase(CaseId),
    /// No thing has this number.
    #[error("there is no number {number}: the list goes to {last}")]
    NoNumber {
        /// The number.
        number: u64,
        /// The last one.
        last: usize,
    },
    /// The person is not counsel here.
    #[error("{0} is not counsel on this agent's roster")]
    NotCounsel(String),
    /// Somebody else decided about other things of the same list.
    #[error("{0} reviews this list; who decides about it signs the mandate, so it is one person")]
    OtherCounsel(String),
    /// It has no bytes that could be handed over.
    #[error(
        "number {0} has no bytes that could be handed over: it is a place that could not be read, or a row that is too long. Refuse it, with the reason"
    )]
    NoBytes(u64),
    /// It was handed over or refused for good.
    #[error("what was decided about number {0} is carried out already")]
    CarriedOut(u64),
    /// A decision needs a reason.
    #[error("say why; the authority reads it")]
    NoReason,
    /// Nothing new was decided.
    #[error("nothing is decided that is not carried out already; {0} wait for a decision")]
    NothingDecided(usize),
}

/// An agent that is opened for counsel to look and decide: neither its accounts nor its stores are opened, and it
/// carries nothing out.
pub struct Reviewing(Agent);

impl Reviewing {
    /// Opens the agent whose configuration is `file`.
    ///
    /// # Errors
    /// When its configuration, keys or record cannot be used, or a mandate is being carried out.
    pub fn open_over(
        file: &Path,
        ways: impl FnOnce(&AgentConfig) -> Result<Ways, AgentError>,
    ) -> Result<Self, AgentError> {
        Ok(Self(Agent::opened(file, ways, false)?))
    }

    /// Where it runs.
    #[must_use]
    pub fn region(&self) -> &Region {
        self.0.region()
    }

    /// As [`Agent::withheld`].
    ///
    /// # Errors
    /// As there.
    pub fn withheld(&self) -> Result<Vec<WithheldList>, AgentError> {
        self.0.withheld()
    }

    /// As [`Agent::withheld_in`].
    ///
    /// # Errors
    /// As there.
    pub fn withheld_in(&self, case: &CaseId) -> Result<Vec<WithheldList>, AgentError> {
        self.0.withheld_in(case)
    }

    /// As [`Agent::show_withheld`].
    ///
    /// # Errors
    /// As there.
    pub fn show_withheld(&self, list: &WithheldList, number: u64) -> Result<Vec<u8>, AgentError> {
        self.0.show_withheld(list, number)
    }

    /// As [`Agent::decide`].
    ///
    /// # Errors
    /// As there.
    pub fn decide(
        &self,
        list: &mut WithheldList,
        numbers: impl IntoIterator<Item = u64>,
        decision: &Decision,
    ) -> Result<(), AgentError> {
        self.0.decide(list, numbers, decision)
    }

    /// As [`Agent::review_note`].
    ///
    /// # Errors
    /// As there.
    pub fn review_note(&self, list: &WithheldList) -> Result<String, AgentError> {
        self.0.review_note(list)
    }
}

impl WithheldList {
    /// How many wait for a decision.
    #[must_use]
    pub fn undecided(&self) -> usize {
        self.items.len() - self.decisions.len()
    }

    /// Whether everything was decided and carried out.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.carried_out.len() == self.items.len()
    }

    /// What is decided and not carried out.
    fn open(&self) -> impl Iterator<Item = (&u64, &Decision)> {
        let open = |(number, _): &(&u64, _)| !self.carried_out.contains(number);
        self.decisions.iter().filter(open)
    }

    fn item(&self, number: u64) -> Result<&PutAside, ReviewRefused> {
        let last = self.items.len();
        let at = number
            .checked_sub(1)
            .and_then(|at| usize::try_from(at).ok());
        at.and_then(|at| self.items.get(at))
            .ok_or(ReviewRefused::NoNumber { number, last })
    }
}

impl Agent {
    /// What searches here withheld and is not carried out to its end, and what counsel decided of it so far.
    /// Lists that are carried out are not read.
    ///
    /// # Errors
    /// When the agent's files cannot be read.
    pub fn withheld(&self) -> Result<Vec<WithheldList>, AgentError> {
        let mut lists = Vec::new();
        for (nonce, _) in self.ledger.to_review()? {
            lists.extend(self.list(&nonce)?);
        }
        lists.retain(|list| !list.is_done());
        lists.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(lists)
    }

    /// All that searches for one case withheld here, also what is carried out.
    ///
    /// # Errors
    /// When the agent's files cannot be read.
    pub fn withheld_in(&self, case: &CaseId) -> Result<Vec<WithheldList>, AgentError> {
        let mut lists = Vec::new();
        for file in crate::carry_out::entries(&self.config.state.join("review"))? {
            let name = file.file_name().and_then(|name| name.to_str());
            let name = name.and_then(|name| name.strip_suffix(".jsonl"));
            if let Some((of, nonce)) = name.and_then(|name| name.rsplit_once('-'))
                && of == case.to_string()
                && let Ok(nonce) = Nonce::try_from(nonce.to_owned())
            {
                lists.extend(self.list(&nonce)?);
            }
        }
        lists.retain(|list| !list.items.is_empty());
        lists.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(lists)
    }

    /// How much waits for a decision of counsel. Lists that are carried out are not read, and of the others
    /// only those that nobody counted.
    ///
    /// # Errors
    /// When the agent's files cannot be read.
    pub fn waits_for_counsel(&self) -> Result<WaitsForCounsel, AgentError> {
        let mut waits = WaitsForCounsel::default();
        for (nonce, counted) in self.ledger.to_review()? {
            let items = match counted {
                Some(items) => items,
                None => match self.list(&nonce)? {
                    Some(list) => list.undecided() as u64,
                    // It is there no more: nobody can decide anything of it.
                    None => {
                        self.ledger.undecided(&nonce, 0, false)?;
                        0
                    }
                },
            };
            waits.items += items;
            waits.lists += u64::from(items > 0);
        }
        Ok(waits)
    }

    /// What one thing that was withheld holds, as far as it can be shown: at most 1 MiB, for a person
    /// here to look at.
    ///
    /// # Errors
    /// When there is no such thing, or no copy of it.
    pub fn show_withheld(&self, list: &WithheldList, number: u64) -> Result<Vec<u8>, AgentError> {
        if list.item(number)?.sha256.is_none() {
            return Err(ReviewRefused::NoBytes(number).into());
        }
        let mut shown = None;
        self.copies(&list.name, &mut |copy| {
            if copy.number == number {
                let mut bytes = Vec::new();
                let read = copy.content.take(MOST_SHOWN).read_to_end(&mut bytes);
                read.map_err(lagrum_package::PackageError::io("a copy"))?;
                shown = Some(bytes);
            }
            Ok(())
        })?;
        shown.ok_or_else(|| AgentError::CopyGone(number))
    }

    /// Records what counsel decided about the things with these numbers.
    ///
    /// # Errors
    /// [`ReviewRefused`]: then nothing is recorded; or when the file cannot be written.
    pub fn decide(
        &self,
        list: &mut WithheldList,
        numbers: impl IntoIterator<Item = u64>,
        decision: &Decision,
    ) -> Result<(), AgentError> {
        let by = &decision.by;
        let counsel =
            |person: &lagrum_mandate::Person| person.id == *by && person.role == Role::Counsel;
        if !self.roster.people().iter().any(counsel) {
            return Err(ReviewRefused::NotCounsel(by.clone()).into());
        }
        if decision.reason.trim().is_empty() {
            return Err(ReviewRefused::NoReason.into());
        }
        if let Some((_, other)) = list.open().find(|(_, one)| one.by != *by) {
            return Err(ReviewRefused::OtherCounsel(other.by.clone()).into());
        }
        let mut decisions = list.decisions.clone();
        for number in numbers {
            let item = list.item(number)?;
            if decision.release && item.sha256.is_none() {
                return Err(ReviewRefused::NoBytes(number).into());
            }
            if list.carried_out.contains(&number) {
                return Err(ReviewRefused::CarriedOut(number).into());
            }
            decisions.insert(number, decision.clone());
        }
        self.keep_decisions(&list.name, &decisions)?;
        list.decisions = decisions;
        self.count(list)
    }

    /// What is decided and not carried out yet, signed by this agent, for the desk: it drafts the
    /// mandate. Holds numbers, reasons and commitments, and nothing of what was withheld.
    ///
    /// # Errors
    /// [`ReviewRefused::NothingDecided`]; when the key cannot sign.
    pub fn review_note(&self, list: &WithheldList) -> Result<String, AgentError> {
        let open: Vec<_> = list.open().take(MOST_REVIEWED).collect();
        let Some((_, first)) = open.first() else {
            return Err(ReviewRefused::NothingDecided(list.undecided()).into());
        };
        let by = first.by.clone();
        let reviewed =
            |(number, decision): &(&u64, &Decision)| Ok(self.reviewed(list, **number, decision)?);
        let note = ReviewNote {
            case: list.case.clone(),
            region: self.config.region.clone(),
            review: Review {
                of: list.mandate,
                by,
                items: open
                    .iter()
                    .map(reviewed)
                    .collect::<Result<_, AgentError>>()?,
            },
        };
        Ok(note.sign(&self.key)?)
    }

    /// Whether a mandate says what counsel decided here, and nothing else. Gives the list.
    pub(crate) fn decided_here(&self, review: &Review) -> Result<WithheldList, AgentError> {
        let no = |why| Err(AgentError::Review(why));
        let Some(carried) = self.ledger.find_by_mandate(&review.of)? else {
            return no(NotDecided::NotHere);
        };
        let Some(list) = self.list_of(&carried)? else {
            return no(NotDecided::NothingWithheld);
        };
        for item in &review.items {
            let number = item.number;
            let Some(decision) = list.decisions.get(&number) else {
                return no(NotDecided::Nothing(number));
            };
            if list.carried_out.contains(&number) {
                return Err(ReviewRefused::CarriedOut(number).into());
            }
            if self.reviewed(&list, number, decision)? != *item || decision.by != review.by {
                return no(NotDecided::Otherwise(number));
            }
        }
        Ok(list)
    }

    /// Puts what is released into the package. Gives how much that is of each account and category.
    pub(crate) fn release(
        &self,
        list: &WithheldList,
        review: &Review,
        spool: &mut Spool,
    ) -> Result<BTreeMap<(AccountIdentifier, Category), u64>, AgentError> {
        let released = |number| {
            review
                .find(number)
                .is_some_and(|one| one.released.is_some())
        };
        let mut count = BTreeMap::new();
        self.copies(&list.name, &mut |copy| {
            let (number, length) = (copy.number, copy.length);
            if released(number)
                && let Ok(aside) = list.item(number)
            {
                let salt = self.salt(&list.mandate, number);
                spool.release(aside, Released { number, salt }, length, copy.content)?;
                let of = (aside.identifier.clone(), aside.category);
                *count.entry(of).or_default() += 1;
            }
            Ok(())
        })?;
        Ok(count)
    }

    /// Removes the copies of what was withheld, once all of it is carried out.
    pub(crate) fn forget_copies(&self, of: &Sha256Digest) -> Result<(), AgentError> {
        if let Some(carried) = self.ledger.find_by_mandate(of)?
            && let Some(list) = self.list_of(&carried)?
            && list.is_done()
        {
            self.count(&list)?;
            lagrum_durable::remove(&self.file(&list.name, WITHHELD))?;
        }
        Ok(())
    }

    /// A decision as a mandate says it.
    fn reviewed(
        &self,
        list: &WithheldList,
        number: u64,
        decision: &Decision,
    ) -> Result<Reviewed, ReviewRefused> {
        let released = if decision.release {
            let bytes = list.item(number)?.sha256;
            let bytes = bytes.ok_or(ReviewRefused::NoBytes(number))?;
            Some(commitment(&self.salt(&list.mandate, number), &bytes))
        } else {
            None
        };
        Ok(Reviewed {
            number,
            released,
            reason: decision.reason.clone(),
        })
    }

    /// What opens the commitment to one thing. Nobody else can know it before it is handed over.
    fn salt(&self, mandate: &Sha256Digest, number: u64) -> Salt {
        let purpose = format!("lagrum withheld item\n{mandate}\n{number}");
        Salt::from_bytes(*self.key.derive(&purpose))
    }

    /// The list of one mandate, which is counted anew. What was withheld by a run that was cut off is
    /// nobody's.
    fn list(&self, nonce: &Nonce) -> Result<Option<WithheldList>, AgentError> {
        let Some(carried) = self.ledger.find(nonce)? else {
            return Ok(None);
        };
        let list = self.list_of(&carried)?;
        if let Some(list) = &list {
            self.count(list)?;
        }
        Ok(list)
    }

    /// Keeps how much of a list waits for counsel.
    fn count(&self, list: &WithheldList) -> Result<(), AgentError> {
        let undecided = list.undecided() as u64;
        Ok(self
            .ledger
            .undecided(&list.nonce, undecided, list.is_done())?)
    }

    fn list_of(&self, carried: &Carried) -> Result<Option<WithheldList>, AgentError> {
        let receipt = carried.receipt()?;
        let name = list_name(&receipt.case, &carried.nonce);
        let damaged = |e: serde_json::Error| {
            let why = format!("not what this agent wrote: {e}");
            let why = std::io::Error::new(std::io::ErrorKind::InvalidData, why);
            AgentError::io(format!("review/{name}"))(why)
        };
        let Some(lines) = lagrum_durable::read_if_any(&self.file(&name, "jsonl"), LONGEST)? else {
            return Ok(None);
        };
        let items = serde_json::Deserializer::from_slice(&lines).into_iter();
        let items = items.collect::<Result<_, _>>().map_err(damaged)?;
        let decisions = lagrum_durable::read_if_any(&self.file(&name, "decisions.json"), LONGEST)?;
        let decisions = match decisions {
            Some(bytes) => serde_json::from_slice(&bytes).map_err(damaged)?,
            None => BTreeMap::new(),
        };
        Ok(Some(WithheldList {
            case: receipt.case,
            mandate: carried.mandate,
            items,
            decisions,
            carried_out: self.ledger.reviewed(&carried.mandate)?,
            name,
            nonce: carried.nonce,
        }))
    }

    fn keep_decisions(
        &self,
        name: &str,
        decisions: &BTreeMap<u64, Decision>,
    ) -> Result<(), AgentError> {
        let bytes = serde_json::to_vec_pretty(decisions).expect("decisions are JSON-safe");
        Ok(lagrum_durable::replace(
            &self.file(name, "decisions.json"),
            &bytes,
        )?)
    }

    /// Reads the copies of what a search withheld.
    fn copies(
        &self,
        name: &str,
        visit: &mut dyn FnMut(WithheldCopy<'_>) -> Result<(), ProductionError>,
    ) -> Result<(), AgentError> {
        let file = self.file(name, WITHHELD);
        if !file.exists() {
            return Ok(());
        }
        Ok(read_withheld(&file, &self.copies_key, visit)?)
    }

    /// Where one file about a list lies.
    fn file(&self, name: &str, what: &str) -> PathBuf {
        let mut file = name.to_owned();
        let _ = write!(file, ".{what}");
        self.config.state.join("review").join(file)
    }
}

/// The name of the files about what one mandate's search withheld: its whole name, because the short
/// one, under which it travels, somebody else chose.
pub(crate) fn list_name(case: &CaseId, nonce: &lagrum_mandate::Nonce) -> String {
    format!("{case}-{nonce}")
}
