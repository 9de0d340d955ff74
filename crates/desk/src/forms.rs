//! The forms in which programs read what the desk answers: what the command line prints with `--json`, and
//! what the interface for programs gives. Where a command's own answer is such a form, it stands with the
//! command.

use jiff::Timestamp;
use lagrum_law::Clock;
use lagrum_model::{
    Answer, Assessment, CallBack, CaseId, CaseState, Demand, Duty, Event, Language, Letter,
    LetterKind, LetterSent, Link, Moments, Original, Sha256Digest,
};
use lagrum_store::{Damaged, PageOf, Summary};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{CaseView, LetterChoice};

/// What a command did, and whether it is public.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Published<T> {
    /// What it did.
    #[serde(flatten)]
    pub outcome: T,
    /// Whether the log has it. If not, the next run of the sequencer brings it there.
    pub published: bool,
}

/// A case.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Case")]
pub struct CaseForm {
    /// Which case.
    pub case: CaseId,
    /// How far it has come.
    pub state: CaseState,
    /// Who looks after it (an id of people.toml).
    pub owner: Option<String>,
    /// The demand as it was described.
    pub demand: Option<Demand>,
    /// The files that belong to it; the first is number 1.
    pub originals: Vec<Original>,
    /// The law applied to it.
    pub assessment: Option<Assessment>,
    /// The answers given so far.
    pub answers: Vec<Answer>,
    /// What happened to the demand, and when.
    pub moments: Moments,
    /// Its clocks, the most pressing first.
    pub clocks: Vec<Clock>,
    /// The mandates that nobody can carry out any more, and that are not drafted anew yet.
    pub lapsed: Vec<Sha256Digest>,
    /// Whether an agent has answered and nobody has recorded it yet.
    pub unrecorded_answer: bool,
    /// Why its events could not be held against the public log; absent when they were.
    pub uncompared: Option<String>,
    /// Everything that happened, in order.
    pub events: Vec<Event>,
    /// Other cases, each with what it is to this one.
    pub links: Vec<(CaseId, Link)>,
    /// What outlives the case.
    pub duties: Vec<Duty>,
    /// The calls to the authority.
    pub call_backs: Vec<CallBack>,
}

impl From<&CaseView> for CaseForm {
    fn from(view: &CaseView) -> Self {
        let case = &view.case;
        Self {
            case: view.id.clone(),
            state: case.state(),
            owner: case.owner.clone(),
            demand: case.demand.clone(),
            originals: case.originals.clone(),
            assessment: case.assessment.clone(),
            answers: case.answers.clone(),
            moments: case.moments.clone(),
            clocks: view.clocks.clone(),
            lapsed: view.lapsed.clone(),
            unrecorded_answer: view.unrecorded_answer,
            uncompared: view.uncompared.clone(),
            events: view.events.clone(),
            links: case.links.clone(),
            duties: case.duties.clone(),
            call_backs: case
                .call_backs
                .iter()
                .map(|made| made.call.clone())
                .collect(),
        }
    }
}

/// A page of the list of cases.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Listed {
    /// How many there are altogether.
    pub total: u64,
    /// Which page, from 1.
    pub page: u64,
    /// How many are on one page.
    pub page_size: u32,
    /// The cases on it.
    pub cases: Vec<Summary>,
    /// Cases that belong on it, and whose row cannot be read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unreadable: Vec<Damaged>,
    /// Cases that a search by words may have missed: they have more different words than are kept. Absent: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub half_searched: Option<u64>,
}

impl Listed {
    /// The same, with how many cases a search by words may have missed.
    #[must_use]
    pub fn missing(mut self, half_searched: u64) -> Self {
        self.half_searched = Some(half_searched).filter(|cases| *cases > 0);
        self
    }

    /// The `page`th page, from 1, of `page_size` each.
    #[must_use]
    pub fn new(page: u64, page_size: u32, of: PageOf<Summary>) -> Self {
        Self {
            total: of.total,
            page,
            page_size,
            cases: of.items,
            unreadable: of.unreadable,
            half_searched: None,
        }
    }
}

/// That a case was described.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Described {
    /// The case.
    pub case: CaseId,
    /// Whether it is described otherwise than before.
    pub described: bool,
}

/// That a file was added to a case.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Attached {
    /// The case.
    pub case: CaseId,
    /// The file's name.
    pub attached: String,
}

/// That counsel's belief in a claimed danger was recorded.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Judged {
    /// The case.
    pub case: CaseId,
    /// Whether the danger is believed to be real.
    pub believed: bool,
}

/// Who has a case now.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Assigned {
    /// The case.
    pub case: CaseId,
    /// The person (an id of people.toml); null: nobody.
    pub owner: Option<String>,
}

/// Which group of the desk has a case now.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct HandedToGroup {
    /// The case.
    pub case: CaseId,
    /// The group (an id of people.toml).
    pub group: String,
}

/// That a note was written.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Noted {
    /// The case.
    pub case: CaseId,
    /// Whether only counsel reads it.
    pub privileged: bool,
    /// Who can open it, by name, if it is privileged: it is sealed to their keys.
    pub sealed_to: Vec<String>,
}

/// That two cases were linked.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Linked {
    /// The case.
    pub case: CaseId,
    /// The other case.
    pub to: CaseId,
    /// What the other is to it.
    pub how: Link,
}

/// That a closed case was taken up again.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Reopened {
    /// The case.
    pub case: CaseId,
    /// Whether it is closed: it is not.
    pub closed: bool,
}

/// A letter that was sent.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LetterEntry {
    /// The number of its event.
    pub number: u64,
    /// When (UTC).
    #[schemars(with = "lagrum_model::schema::Instant")]
    pub at: Timestamp,
    /// The letter.
    pub letter: Letter,
}

/// The letters of a case: which it can have, and which were sent.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LetterList {
    /// The case.
    pub case: CaseId,
    /// Every kind, with why it cannot be sent now where it cannot.
    pub letters: Vec<LetterChoice>,
    /// Those that were sent.
    pub sent: Vec<LetterEntry>,
}

/// A letter that was sent, with its exact text.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LetterRead {
    /// The letter.
    #[serde(flatten)]
    pub entry: LetterEntry,
    /// Its exact text.
    pub text: String,
}

/// A letter as it is proposed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LetterProposed {
    /// The case.
    pub case: CaseId,
    /// Which kind.
    pub kind: LetterKind,
    /// In which language.
    pub language: Language,
    /// The text; what a person has to fill in stands in `[[…]]`.
    pub text: String,
}

impl From<&LetterSent> for LetterEntry {
    fn from(sent: &LetterSent) -> Self {
        Self {
            number: sent.number,
            at: sent.at,
            letter: sent.letter.clone(),
        }
    }
}
