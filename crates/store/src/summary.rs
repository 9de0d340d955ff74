//! The read model: of each case, what the list shows and what a filter asks for.

use jiff::Timestamp;
use lagrum_model::{
    CaseId, CaseState, Category, CountryCode, Disposition, Identifier, InstrumentKind, Role,
    Sha256Digest, Watched,
};
use serde::{Deserialize, Serialize};

use crate::{Damaged, Sought};

/// What the read model keeps of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Summary {
    /// Which case.
    pub case: CaseId,
    /// The first original's file name.
    pub name: String,
    /// When it was received (UTC).
    #[schemars(with = "lagrum_model::schema::Instant")]
    pub received_at: Timestamp,
    /// How far it has come.
    pub state: CaseState,
    /// Whether it is closed.
    pub closed: bool,
    /// Who asks. Absent while the demand is not described, as the next three are.
    pub authority: Option<String>,
    /// For which country.
    pub authority_country: Option<CountryCode>,
    /// The authority's own reference.
    pub reference: Option<String>,
    /// Which kind of legal process.
    pub instrument: Option<InstrumentKind>,
    /// Who at the provider looks after it.
    pub owner: Option<String>,
    /// What is due first. Nothing is due of a closed case.
    pub due: Option<Due>,
    /// The answers given so far, each kind once.
    pub answers: Vec<Disposition>,
    /// Number of parts.
    pub parts: u32,
    /// For whom or what the case waits.
    pub waiting_for: WaitingFor,
    /// What else is open in it, that goes its own way meanwhile.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<WaitingFor>,
    /// What runs to its end where nothing is due of the provider: the permit on which the demand rests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runs: Option<Due>,
    /// What waits for a signature; absent where nothing does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_sign: Option<Unsigned>,
    /// From when on (UTC) nobody can carry out each mandate that lies with an agent. [`Summary::at`] looks at it.
    #[serde(skip)]
    pub agent_until: Vec<Timestamp>,
    /// From when on (UTC) nobody can sign each mandate that waits for signatures, in the same way.
    #[serde(skip)]
    pub sign_until: Vec<Timestamp>,
    /// Number of events.
    pub events: u64,
    /// The id of the desk's group whose it is; absent where the desk has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// What says whose it is: so that groups that change need no case to be read again.
    #[serde(skip)]
    pub route: String,
}

impl Summary {
    /// The same as it is at an instant: what ran out by the clock alone, with nothing recorded since, waits for
    /// somebody to decide, and neither for an agent nor for a signature.
    #[must_use]
    pub fn at(mut self, now: Timestamp) -> Self {
        let over = |all: &[Timestamp]| all.iter().any(|until| *until <= now);
        let left = |all: &[Timestamp]| all.iter().any(|until| *until > now);
        let (agent, sign) = (&self.agent_until, &self.sign_until);
        if !over(agent) && !over(sign) {
            return self;
        }
        let (no_agent, nothing_to_sign) = (!left(agent), !left(sign));
        if nothing_to_sign {
            self.to_sign = None;
        }
        let waits = std::iter::once(self.waiting_for).chain(self.also);
        let waits = waits.filter(|one| match one {
            WaitingFor::Agent => !no_agent,
            WaitingFor::Signature(_) => !nothing_to_sign,
            other => *other != WaitingFor::Decision,
        });
        self.also = waits.collect();
        self.waiting_for = WaitingFor::Decision;
        self
    }
}

/// What is due, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Due {
    /// When (UTC).
    #[schemars(with = "lagrum_model::schema::Instant")]
    pub at: Timestamp,
    /// By which clock, for example `eu.clock.production.ten-days`; [`DESCRIBE`] where nobody knows.
    pub clock: String,
    /// What the instant means, in the word of the law packs, for example `act-by`, or [`DESCRIBE`].
    pub kind: String,
}

/// What mandates that wait for signatures let leave, and who signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Unsigned {
    /// Of how many accounts.
    pub accounts: u32,
    /// Which kinds of data, each once.
    pub categories: Vec<Category>,
    /// To whom it is sealed; nobody, where nothing leaves: data is only kept, or an account looked up.
    pub recipients: Vec<String>,
    /// Who signed one of them already, by name.
    pub signed_by: Vec<String>,
}

/// What is due of a demand that nobody described yet, at the end of the shortest time that could run: what it asks
/// for, and how much time there is, nobody knows before.
pub const DESCRIBE: &str = "describe";

/// For whom or what a case waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "for", content = "roles", rename_all = "kebab-case")]
pub enum WaitingFor {
    /// Somebody to describe the demand.
    Description,
    /// Somebody to find out whether the demand is genuine.
    Authentication,
    /// The law to be applied.
    Assessment,
    /// Somebody to decide.
    Decision,
    /// Signatures of people in these roles.
    Signature(Vec<Role>),
    /// An agent.
    Agent,
    /// Somebody to hand the production over.
    Delivery,
    /// The authority, or another authority.
    Authority,
    /// Somebody to bring what is challenged before the court or the authority that decides about it.
    Filing,
    /// The court, or whoever else decides about what is challenged.
    Court,
    /// Somebody to tell the authority the answer by letter.
    Letter,
    /// Somebody to close it.
    Closing,
    /// Nobody: it is closed.
    Nobody,
}

/// What the fold of a case gives to the read model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Projection {
    /// What the list shows.
    pub summary: Summary,
    /// Whose data the demand asks for. Kept as keyed tags only, so that a case is found by them and
    /// nobody reads them out of the database.
    pub identifiers: Vec<Identifier>,
    /// What people wrote in it, text by text, in the order of writing: what not everybody may read who reads the
    /// case is left out. Kept as keyed tags of its words only.
    pub written: Vec<String>,
    /// Letters that were written in it, by the digests of their texts, which are found by their words, too.
    pub letters: Vec<Sha256Digest>,
    /// What is watched about the case.
    pub watched: Vec<Watched>,
    /// What it is found by at the door for authorities, if it came there. Kept as keyed tags, too.
    pub door: Option<AtDoor>,
    /// What figures know of the case: it is kept sealed, and stays when the case is erased. Absent: nothing.
    pub facts: Option<Vec<u8>>,
    /// By which groups [`Summary::group`] was found, in one word; empty where the desk has none.
    pub arranged: String,
}

/// What a case is found by at the door for authorities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtDoor {
    /// Who sent it: the authority, in one text that names it and no other.
    pub sender: String,
    /// The digests of what was sent.
    pub sent: Vec<Sha256Digest>,
}

/// Which cases. Everything that is given must hold; nothing given: all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// In this state.
    pub state: Option<CaseState>,
    /// The authority's name contains this, whatever the letter case.
    pub authority: Option<String>,
    /// The authority's reference contains this, whatever the letter case.
    pub reference: Option<String>,
    /// The authority is of this country.
    pub country: Option<CountryCode>,
    /// The instrument is of this kind.
    pub instrument: Option<InstrumentKind>,
    /// Received at this instant or after (UTC).
    pub received_since: Option<Timestamp>,
    /// Received before this instant (UTC).
    pub received_before: Option<Timestamp>,
    /// The demand names this identifier.
    pub identifier: Option<Identifier>,
    /// All of these words stand in what people wrote in it, in whatever order and place.
    pub words: Option<Sought>,
    /// Looked after by this person, or by nobody.
    pub owner: Option<Owner>,
    /// Waiting for this. A signature without roles: for any; with roles: for each of these.
    pub waiting_for: Option<WaitingFor>,
    /// Something is due before this instant (UTC).
    pub due_before: Option<Timestamp>,
    /// Open ones only, or closed ones only.
    pub open: Option<bool>,
    /// Of one of these groups of the desk.
    pub groups: Option<Vec<String>>,
}

/// Who looks after a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The person of this id.
    Person(String),
    /// Nobody yet.
    Nobody,
}

/// In which order. Cases that are equal in it are in the order of their numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By case number, oldest first.
    #[default]
    Number,
    /// By case number, newest first.
    Newest,
    /// Open ones with something due first, the earliest first; then other open ones; then closed
    /// ones.
    Due,
    /// By the time of receipt, earliest first.
    Received,
}

/// How far is counted what stands beside the name of a view: beyond that nobody reads the number.
pub const MOST_BESIDE: u32 = 100;

/// Which piece of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// How many are left out before it.
    pub offset: u64,
    /// How many at most.
    pub size: u32,
    /// How far the whole list is counted: a list of a hundred thousand takes longer to count than to show.
    pub counted_up_to: u64,
}

impl Page {
    /// The `number`th page, from 1, of `size` each, of a list that is counted from end to end.
    #[must_use]
    pub fn number(number: u64, size: u32) -> Self {
        let offset = number.saturating_sub(1).saturating_mul(u64::from(size));
        Self {
            offset,
            size,
            counted_up_to: u64::MAX,
        }
    }

    /// How long the whole list is said to be, of which so many were `counted` and so many `found` on this page.
    #[must_use]
    pub fn total(&self, counted: u64, found: u64) -> u64 {
        let end = match found {
            0 => 0,
            _ => self.offset.saturating_add(found),
        };
        counted.min(self.counted_up_to).max(end)
    }

    /// The same page of a list that is counted so far and no further.
    #[must_use]
    pub fn counted_up_to(self, most: u64) -> Self {
        Self {
            counted_up_to: most,
            ..self
        }
    }
}

/// A piece of a list, and how long the whole is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct PageOf<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// How many there are altogether, as far as the page asked to count; never fewer than lie before its end.
    pub total: u64,
    /// Cases that belong on it, and whose row cannot be read: it was changed from outside.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unreadable: Vec<Damaged>,
}

impl<T> PageOf<T> {
    /// Whether something may come after `page`, which this is. Beyond what was counted, a full page says so.
    #[must_use]
    pub fn goes_on(&self, page: &Page) -> bool {
        let shown = self.items.len().saturating_add(self.unreadable.len()) as u64;
        let is_full = shown >= u64::from(page.size);
        let end = page.offset.saturating_add(page.size.into());
        self.total > end || (is_full && self.total >= page.counted_up_to)
    }
}
