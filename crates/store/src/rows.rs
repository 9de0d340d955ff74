//! The read model as a database stores it: numbers and short texts.

use jiff::Timestamp;
use lagrum_model::CaseId;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::{
    CaseFilter, Due, Order, Owner, Page, StoreError, Summary, Tag, Unsigned, WaitingFor, WordTag,
};

/// A [`Summary`] as columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryRow {
    /// Which case.
    pub case: CaseId,
    /// The first original's file name.
    pub name: String,
    /// When it was received (microseconds since 1970, UTC).
    pub received_at: i64,
    /// The state, as a word.
    pub state: String,
    /// 0: open and something is due; 1: open; 2: closed. Orders the list.
    pub rank: i16,
    /// Who asks.
    pub authority: Option<String>,
    /// The same in lower case; empty if absent. Filters look here.
    pub authority_folded: String,
    /// For which country.
    pub authority_country: Option<String>,
    /// The authority's reference.
    pub reference: Option<String>,
    /// The same in lower case; empty if absent. Filters look here.
    pub reference_folded: String,
    /// Which kind of legal process, as a word.
    pub instrument: Option<String>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// When something is due (microseconds since 1970, UTC).
    pub due_at: Option<i64>,
    /// By which clock: what its instant means and its name, with a space between.
    pub due_clock: Option<String>,
    /// The answers, as words between spaces.
    pub answers: String,
    /// Number of parts.
    pub parts: u32,
    /// For what it waits, as a word.
    pub waiting_for: String,
    /// The roles whose signatures it waits for, as words, each between spaces: ` analyst counsel `.
    pub waiting_roles: String,
    /// Number of events.
    pub events: u64,
    /// The group whose it is; empty if the desk has none.
    pub desk_group: String,
    /// What says whose it is; empty in a row that was written before there were groups.
    pub route: String,
    /// What is shown beside, and never asked for by a filter; empty if there is nothing.
    pub beside: String,
}

/// A [`CaseFilter`] with order and page, as columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    /// [`SummaryRow::state`] is this.
    pub state: Option<String>,
    /// [`SummaryRow::authority_folded`] contains this.
    pub authority: Option<String>,
    /// [`SummaryRow::reference_folded`] contains this.
    pub reference: Option<String>,
    /// [`SummaryRow::authority_country`] is this.
    pub country: Option<String>,
    /// [`SummaryRow::instrument`] is this.
    pub instrument: Option<String>,
    /// [`SummaryRow::received_at`] is not before this (microseconds since 1970, UTC).
    pub received_since: Option<i64>,
    /// [`SummaryRow::received_at`] is before this (microseconds since 1970, UTC).
    pub received_before: Option<i64>,
    /// An identifier has this tag.
    pub identifier: Option<Tag>,
    /// What people wrote in it has words of each of these tags.
    pub words: Vec<WordTag>,
    /// [`SummaryRow::owner`] is this.
    pub owner: Option<String>,
    /// [`SummaryRow::owner`] is absent.
    pub without_owner: bool,
    /// [`SummaryRow::waiting_for`] is this.
    pub waiting_for: Option<String>,
    /// [`SummaryRow::waiting_roles`] contains each of these (a word between spaces).
    pub waiting_roles: Vec<String>,
    /// [`SummaryRow::due_at`] is before this (microseconds since 1970, UTC).
    pub due_before: Option<i64>,
    /// Whether [`SummaryRow::rank`] is below 2.
    pub open: Option<bool>,
    /// [`SummaryRow::desk_group`] is one of these.
    pub groups: Option<Vec<String>>,
    /// In which order.
    pub order: Order,
    /// Which piece.
    pub page: Page,
}

impl ListQuery {
    /// The groups that it asks for, each to be walked on its own; one walk over all cases where it asks for none.
    #[must_use]
    pub fn each_group(&self) -> Vec<Option<&String>> {
        match &self.groups {
            None => vec![None],
            Some(groups) => groups.iter().map(Some).collect(),
        }
    }
}

impl SummaryRow {
    /// What differs from another row of the same case, in the words of people.
    pub(crate) fn differing(&self, other: &Self) -> Vec<&'static str> {
        let pairs = [
            ("file name", self.name == other.name),
            ("time of receipt", self.received_at == other.received_at),
            (
                "state",
                (&self.state, self.rank) == (&other.state, other.rank),
            ),
            (
                "authority",
                (
                    &self.authority,
                    &self.authority_folded,
                    &self.authority_country,
                ) == (
                    &other.authority,
                    &other.authority_folded,
                    &other.authority_country,
                ),
            ),
            (
                "reference",
                (&self.reference, &self.reference_folded)
                    == (&other.reference, &other.reference_folded),
            ),
            ("instrument", self.instrument == other.instrument),
            ("owner", self.owner == other.owner),
            (
                "group",
                (&self.desk_group, &self.route) == (&other.desk_group, &other.route),
            ),
            (
                "due date",
                (self.due_at, &self.due_clock) == (other.due_at, &other.due_clock),
            ),
            ("answer", self.answers == other.answers),
            ("number of parts", self.parts == other.parts),
            (
                "next step",
                (&self.waiting_for, &self.waiting_roles)
                    == (&other.waiting_for, &other.waiting_roles),
            ),
            ("what is shown beside", self.beside == other.beside),
            ("number of events", self.events == other.events),
        ];
        let differ = pairs.into_iter().filter(|(_, same)| !same);
        differ.map(|(column, _)| column).collect()
    }
}

/// What [`SummaryRow::beside`] holds, in one text.
#[derive(Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Beside {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    also: Vec<WaitingFor>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    runs: Option<Due>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to_sign: Option<Unsigned>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    agent_until: Vec<Timestamp>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sign_until: Vec<Timestamp>,
}

impl Beside {
    fn text(summary: &Summary) -> String {
        let beside = Self {
            also: summary.also.clone(),
            runs: summary.runs.clone(),
            to_sign: summary.to_sign.clone(),
            agent_until: summary.agent_until.clone(),
            sign_until: summary.sign_until.clone(),
        };
        match beside == Self::default() {
            true => String::new(),
            // Words, numbers and lists of them: that cannot fail.
            false => serde_json::to_string(&beside).unwrap_or_default(),
        }
    }

    fn of(text: &str) -> Result<Self, StoreError> {
        match text {
            "" => Ok(Self::default()),
            text => serde_json::from_str(text).map_err(|_| {
                StoreError::damaged("the read model says what is shown beside in no known way")
            }),
        }
    }
}

/// The word of a value that is written as one.
fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => unreachable!("this type is written as a word"),
    }
}

fn of_word<T: DeserializeOwned>(field: &str, word: &str) -> Result<T, StoreError> {
    serde_json::from_value(word.into())
        .map_err(|_| StoreError::damaged(format!("the read model says {field} `{word}`")))
}

fn instant(microseconds: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(microseconds)
        .map_err(|_| StoreError::damaged("the read model holds an impossible time"))
}

/// A text as every database can keep it: PostgreSQL takes no NUL.
fn kept(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

fn folded(text: Option<&str>) -> String {
    kept(text.unwrap_or_default()).to_lowercase()
}

impl WaitingFor {
    fn word(&self) -> &'static str {
        match self {
            Self::Description => "description",
            Self::Authentication => "authentication",
            Self::Assessment => "assessment",
            Self::Decision => "decision",
            Self::Signature(_) => "signature",
            Self::Agent => "agent",
            Self::Delivery => "delivery",
            Self::Authority => "authority",
            Self::Filing => "filing",
            Self::Court => "court",
            Self::Letter => "letter",
            Self::Closing => "closing",
            Self::Nobody => "nobody",
        }
    }

    fn roles(&self) -> Vec<String> {
        match self {
            Self::Signature(roles) => roles.iter().map(|role| role.as_str().to_owned()).collect(),
            _ => vec![],
        }
    }

    fn of(text: &str, roles: &str) -> Result<Self, StoreError> {
        Ok(match text {
            "description" => Self::Description,
            "authentication" => Self::Authentication,
            "assessment" => Self::Assessment,
            "decision" => Self::Decision,
            "signature" => Self::Signature(
                roles
                    .split_whitespace()
                    .map(|role| of_word("role", role))
                    .collect::<Result<_, _>>()?,
            ),
            "agent" => Self::Agent,
            "delivery" => Self::Delivery,
            "authority" => Self::Authority,
            "filing" => Self::Filing,
            "court" => Self::Court,
            "letter" => Self::Letter,
            "closing" => Self::Closing,
            "nobody" => Self::Nobody,
            other => {
                let what = format!("the read model says a case waits for `{other}`");
                return Err(StoreError::Damaged(what));
            }
        })
    }
}

impl From<&Summary> for SummaryRow {
    fn from(summary: &Summary) -> Self {
        let answers: Vec<_> = summary.answers.iter().map(word).collect();
        // Nothing is due of a closed case, whatever its clocks say.
        let due = summary.due.as_ref().filter(|_| !summary.closed);
        let roles = summary.waiting_for.roles();
        Self {
            case: summary.case.clone(),
            name: kept(&summary.name),
            received_at: summary.received_at.as_microsecond(),
            state: summary.state.as_str().to_owned(),
            rank: match (summary.closed, due) {
                (true, _) => 2,
                (false, None) => 1,
                (false, Some(_)) => 0,
            },
            authority: summary.authority.as_deref().map(kept),
            authority_folded: folded(summary.authority.as_deref()),
            authority_country: summary.authority_country.as_ref().map(word),
            reference: summary.reference.as_deref().map(kept),
            reference_folded: folded(summary.reference.as_deref()),
            instrument: summary.instrument.as_ref().map(word),
            owner: summary.owner.as_deref().map(kept),
            due_at: due.map(|due| due.at.as_microsecond()),
            due_clock: due.map(|due| format!("{} {}", due.kind, due.clock)),
            answers: answers.join(" "),
            parts: summary.parts,
            waiting_for: summary.waiting_for.word().to_owned(),
            waiting_roles: if roles.is_empty() {
                String::new()
            } else {
                format!(" {} ", roles.join(" "))
            },
            events: summary.events,
            desk_group: summary.group.as_deref().map(kept).unwrap_or_default(),
            route: kept(&summary.route),
            beside: Beside::text(summary),
        }
    }
}

impl TryFrom<SummaryRow> for Summary {
    type Error = StoreError;

    fn try_from(row: SummaryRow) -> Result<Self, StoreError> {
        let due = match (row.due_at, row.due_clock) {
            (Some(at), Some(clock)) => {
                let (kind, clock) = clock.split_once(' ').unwrap_or(("", &clock));
                Some(Due {
                    at: instant(at)?,
                    clock: clock.to_owned(),
                    kind: kind.to_owned(),
                })
            }
            _ => None,
        };
        let Beside {
            also,
            runs,
            to_sign,
            agent_until,
            sign_until,
        } = Beside::of(&row.beside)?;
        Ok(Self {
            also,
            runs,
            to_sign,
            agent_until,
            sign_until,
            waiting_for: WaitingFor::of(&row.waiting_for, &row.waiting_roles)?,
            case: row.case,
            name: row.name,
            received_at: instant(row.received_at)?,
            state: of_word("state", &row.state)?,
            closed: row.rank == 2,
            authority: row.authority,
            authority_country: row
                .authority_country
                .map(|country| of_word("country", &country))
                .transpose()?,
            reference: row.reference,
            instrument: row
                .instrument
                .map(|kind| of_word("instrument", &kind))
                .transpose()?,
            owner: row.owner,
            due,
            answers: row
                .answers
                .split_whitespace()
                .map(|answer| of_word("answer", answer))
                .collect::<Result<_, _>>()?,
            parts: row.parts,
            events: row.events,
            group: Some(row.desk_group).filter(|group| !group.is_empty()),
            route: row.route,
        })
    }
}

impl ListQuery {
    /// A filter as columns; `tag` is that of the identifier in it, and `words` those of its words.
    pub(crate) fn of(
        filter: &CaseFilter,
        (tag, words): (Option<Tag>, Vec<WordTag>),
        order: Order,
        page: Page,
    ) -> Self {
        let waiting_for = filter.waiting_for.as_ref();
        let contains = |text: &Option<String>| {
            let text = folded(text.as_deref());
            (!text.is_empty()).then_some(text)
        };
        Self {
            state: filter.state.map(|state| state.as_str().to_owned()),
            authority: contains(&filter.authority),
            reference: contains(&filter.reference),
            country: filter.country.as_ref().map(word),
            instrument: filter.instrument.as_ref().map(word),
            received_since: filter.received_since.map(Timestamp::as_microsecond),
            received_before: filter.received_before.map(Timestamp::as_microsecond),
            identifier: tag,
            words,
            owner: match &filter.owner {
                Some(Owner::Person(id)) => Some(kept(id)),
                _ => None,
            },
            without_owner: filter.owner == Some(Owner::Nobody),
            waiting_for: waiting_for.map(|waiting| waiting.word().to_owned()),
            waiting_roles: waiting_for
                .map(WaitingFor::roles)
                .unwrap_or_default()
                .into_iter()
                .map(|role| format!(" {role} "))
                .collect(),
            due_before: filter.due_before.map(Timestamp::as_microsecond),
            open: filter.open,
            groups: filter.groups.clone(),
            order,
            page: Page {
                // No database counts further.
                offset: page.offset.min(i64::MAX as u64),
                ..page
            },
        }
    }
}
