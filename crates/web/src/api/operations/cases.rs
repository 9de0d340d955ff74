//! The list of cases, one case and its files, and what comes in.

use jiff::Timestamp;
use lagrum_access::Action;
use lagrum_desk::{Attached, CaseForm, Earlier, Intake as File, Listed, Published, Taken};
use lagrum_model::schema::Instant;
use lagrum_model::{CaseState, CountryCode, InstrumentKind};
use lagrum_store::{CaseFilter, Order, Owner, PageOf, WaitingFor};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::call::Call;
use crate::api::operation::{About, BASE, Needs, NoQuery, Operation, get, post};
use crate::api::paging::{first, in_query, usual};
use crate::api::problem::ApiProblem;
use crate::api::takes::{Arrived, Bytes, Created, Json, Nothing, Text};

/// For what a case waits.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Waiting {
    /// Somebody to describe the demand.
    Description,
    /// Somebody to find out whether the demand is genuine.
    Authentication,
    /// The law to be applied.
    Assessment,
    /// Somebody to decide.
    Decision,
    /// A signature.
    Signature,
    /// An agent.
    Agent,
    /// Somebody to hand the production over.
    Delivery,
    /// The authority, or another authority.
    Authority,
    /// Somebody to file a challenge.
    Filing,
    /// A court.
    Court,
    /// Somebody to tell the authority the answer by letter.
    Letter,
    /// Somebody to close it.
    Closing,
}

impl From<Waiting> for WaitingFor {
    fn from(word: Waiting) -> Self {
        match word {
            Waiting::Description => Self::Description,
            Waiting::Authentication => Self::Authentication,
            Waiting::Assessment => Self::Assessment,
            Waiting::Decision => Self::Decision,
            Waiting::Signature => Self::Signature(Vec::new()),
            Waiting::Agent => Self::Agent,
            Waiting::Delivery => Self::Delivery,
            Waiting::Authority => Self::Authority,
            Waiting::Filing => Self::Filing,
            Waiting::Court => Self::Court,
            Waiting::Letter => Self::Letter,
            Waiting::Closing => Self::Closing,
        }
    }
}

/// In which order cases are listed.
#[derive(Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Sort {
    /// By case number, oldest first.
    #[default]
    Number,
    /// By case number, newest first.
    Newest,
    /// What is due first, first.
    Due,
    /// By the time of receipt, earliest first.
    Received,
}

impl From<Sort> for Order {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Number => Self::Number,
            Sort::Newest => Self::Newest,
            Sort::Due => Self::Due,
            Sort::Received => Self::Received,
        }
    }
}

/// Which cases. Everything that is given must hold. An account is asked for with a search, so that no
/// account stands in an address.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListQuery {
    /// In this state.
    #[serde(default)]
    state: Option<CaseState>,
    /// The authority's name contains this, whatever the letter case.
    #[serde(default)]
    authority: Option<String>,
    /// The authority's reference contains this, whatever the letter case.
    #[serde(default)]
    reference: Option<String>,
    /// The authority is of this country (two letters, ISO 3166-1).
    #[serde(default)]
    country: Option<CountryCode>,
    /// The instrument is of this kind.
    #[serde(default)]
    instrument: Option<InstrumentKind>,
    /// Received at this instant or after (UTC).
    #[serde(default)]
    #[schemars(with = "Option<Instant>")]
    received_since: Option<Timestamp>,
    /// Received before this instant (UTC).
    #[serde(default)]
    #[schemars(with = "Option<Instant>")]
    received_before: Option<Timestamp>,
    /// Looked after by this person (an id of people.toml).
    #[serde(default)]
    owner: Option<String>,
    /// Looked after by nobody.
    #[serde(default)]
    unassigned: bool,
    /// Waiting for this.
    #[serde(default)]
    waiting_for: Option<Waiting>,
    /// Something is due before this instant (UTC).
    #[serde(default)]
    #[schemars(with = "Option<Instant>")]
    due_before: Option<Timestamp>,
    /// Open ones only, or closed ones only.
    #[serde(default)]
    open: Option<bool>,
    /// In which order.
    #[serde(default)]
    order: Sort,
    /// Which page, from 1.
    #[serde(default = "first")]
    #[schemars(range(min = 1, max = 1_000_000))]
    page: u64,
    /// How many on one page.
    #[serde(default = "usual")]
    #[schemars(range(min = 1, max = 500))]
    page_size: u32,
}

pub(crate) struct List;

impl Operation for List {
    type Query = ListQuery;
    type Takes = Nothing;
    type Gives = Json<Listed>;
    const IS: About = get(
        "/cases",
        "list-cases",
        "The list of cases, with what is due next",
        Needs::May(Action::ReadList),
    );

    fn run(call: &Call<'_>, query: ListQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        let (number, size) = (query.page, query.page_size);
        let page = in_query(number, size)?;
        let owner = match (query.owner, query.unassigned) {
            // Both hold of no case.
            (Some(_), true) => {
                let nothing = PageOf {
                    items: Vec::new(),
                    total: 0,
                    unreadable: Vec::new(),
                };
                return Ok(Json(Listed::new(number, size, nothing)));
            }
            (Some(person), false) => Some(Owner::Person(person)),
            (None, true) => Some(Owner::Nobody),
            (None, false) => None,
        };
        let filter = CaseFilter {
            state: query.state,
            authority: query.authority,
            reference: query.reference,
            country: query.country,
            instrument: query.instrument,
            received_since: query.received_since,
            received_before: query.received_before,
            identifier: None,
            words: None,
            owner,
            waiting_for: query.waiting_for.map(WaitingFor::from),
            due_before: query.due_before,
            open: query.open,
            groups: None,
        };
        let found = call.ask(|session| session.cases(&filter, query.order.into(), page))?;
        Ok(Json(Listed::new(number, size, found)))
    }
}

pub(crate) struct Read;

impl Operation for Read {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Json<CaseForm>;
    const IS: About = get(
        "/cases/{case}",
        "read-case",
        "A case: demand, findings, answers, clocks and everything that happened",
        Needs::May(Action::ReadCase),
    );

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        let id = call.case_id()?;
        let view = call.ask(|session| session.case(&id))?;
        Ok(Json(CaseForm::from(&view)))
    }
}

pub(crate) struct Original;

impl Operation for Original {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Bytes;
    const IS: About = get(
        "/cases/{case}/originals/{number}",
        "read-original",
        "A file as it was received, byte for byte; the first is number 1",
        Needs::May(Action::ReadOriginal),
    );

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Bytes, ApiProblem> {
        let (id, number) = (call.case_id()?, call.number()?);
        let number = usize::try_from(number).map_err(|_| ApiProblem::new("not-there"))?;
        let (original, bytes) = call.ask(|session| session.original(&id, number))?;
        Ok(Bytes(original.file_name, bytes))
    }
}

pub(crate) struct Sender;

impl Operation for Sender {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Json<lagrum_desk::Sender>;
    const IS: About = get(
        "/cases/{case}/sender",
        "read-sender",
        "Who the demand says it comes from, and the number to call",
        Needs::May(Action::ReadCase),
    );

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        let id = call.case_id()?;
        Ok(Json(call.ask(|session| session.sender(&id))?))
    }
}

/// Cases that may be the same demand.
#[derive(Serialize, JsonSchema)]
pub(crate) struct AlikeList {
    /// Under the same reference of the same authority.
    same_reference: Vec<Earlier>,
    /// For the same accounts, newest first.
    same_account: Vec<Earlier>,
}

pub(crate) struct Alike;

impl Operation for Alike {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Json<AlikeList>;
    const IS: About = get(
        "/cases/{case}/alike",
        "list-alike",
        "Other demands under the same reference, or for the same accounts",
        Needs::May(Action::ReadCase),
    );

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        let id = call.case_id()?;
        let list = call.ask(|session| {
            let view = session.case(&id)?;
            let named = view
                .case
                .demand
                .iter()
                .flat_map(|demand| demand.identifiers());
            let named: Vec<_> = named.collect();
            Ok(AlikeList {
                same_reference: session.alike(&id)?,
                same_account: session.earlier(&id, &named)?,
            })
        })?;
        Ok(Json(list))
    }
}

pub(crate) struct Proof;

impl Operation for Proof {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Text;
    const IS: About = get(
        "/cases/{case}/events/{number}/proof",
        "prove-event",
        "The proof that an event is in the public log, with the event inside (C2SP tlog-proof)",
        Needs::May(Action::ProveEvent),
    );

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Text, ApiProblem> {
        let (id, number) = (call.case_id()?, call.number()?);
        let proof = call.ask(|session| session.proof(&id, number))?;
        let proof = proof.ok_or_else(|| ApiProblem::new("not-public-yet"))?;
        Ok(Text(proof.to_string()))
    }
}

pub(crate) struct Intake;

impl Operation for Intake {
    type Query = NoQuery;
    type Takes = Arrived;
    type Gives = Created<Published<Taken>>;
    const IS: About = post(
        "/cases",
        "take-in",
        "Opens a case with the files that arrived. The same bytes again give the same case",
        Needs::May(Action::Intake),
    );

    fn run(call: &Call<'_>, _: NoQuery, body: Arrived) -> Result<Self::Gives, ApiProblem> {
        let files = files(call, &body)?;
        let (first, annexes) = files
            .split_first()
            .ok_or_else(|| ApiProblem::new("failed"))?;
        let taken = call.change(|session| session.intake(first, annexes))?.0;
        let at = format!("{BASE}/cases/{}", taken.outcome.case);
        Ok(Created(at, taken))
    }
}

pub(crate) struct Attach;

impl Operation for Attach {
    type Query = NoQuery;
    type Takes = Arrived;
    type Gives = Json<Published<AttachedFiles>>;
    const IS: About = post(
        "/cases/{case}/originals",
        "attach",
        "Adds files to a case",
        Needs::May(Action::Intake),
    );

    fn run(call: &Call<'_>, _: NoQuery, body: Arrived) -> Result<Self::Gives, ApiProblem> {
        let id = call.case_id()?;
        let files = files(call, &body)?;
        call.change(|session| {
            let mut attached = Vec::new();
            for file in &files {
                session.attach(&id, file)?;
                attached.push(Attached {
                    case: id.clone(),
                    attached: file.file_name.to_owned(),
                });
            }
            Ok(AttachedFiles { attached })
        })
    }
}

/// The files that were added.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct AttachedFiles {
    /// One for each file.
    attached: Vec<Attached>,
}

fn files<'b>(call: &Call<'_>, body: &'b Arrived) -> Result<Vec<File<'b>>, ApiProblem> {
    if body.arrival.at.is_some_and(|at| at > call.now) {
        return Err(ApiProblem::new("arrival-in-the-future"));
    }
    let file = |upload: &'b crate::upload::Upload| File {
        file_name: match upload.name.as_str() {
            "" => "file",
            name => name,
        },
        bytes: &upload.bytes,
        arrival: body.arrival.clone(),
    };
    Ok(body.files.iter().map(file).collect())
}
