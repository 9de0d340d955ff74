//! Two arrivals of one demand, two demands in one arrival, and mandates that are taken back.

use lagrum_access::Action;
use lagrum_desk::{Joined, Published, Recalled, StandsOpen, Taken};
use lagrum_model::{CaseId, Sha256Digest, Watched};
use lagrum_store::{PageOf, Summary};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::call::Call;
use crate::api::operation::{About, Needs, NoQuery, Operation, get, post};
use crate::api::paging::{PageQuery, in_query};
use crate::api::problem::ApiProblem;
use crate::api::takes::{Json, MOST, Nothing, whole};

/// Where the demand is answered.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct JoinSaid {
    /// The case that stays.
    #[schemars(with = "CaseId")]
    into: String,
    /// Why.
    #[schemars(length(min = 1))]
    reason: String,
}

pub(crate) struct Join;

impl Operation for Join {
    type Query = NoQuery;
    type Takes = Json<JoinSaid>;
    type Gives = Json<Published<Joined>>;
    const IS: About = post(
        "/cases/{case}/join",
        "join",
        "Joins this arrival of a demand to the case in which it is answered: its files go there, and it ends",
        Needs::May(Action::Join),
    );

    fn run(call: &Call<'_>, _: NoQuery, body: Json<JoinSaid>) -> Result<Self::Gives, ApiProblem> {
        let (id, said) = (call.case_id()?, body.0);
        let into = CaseId::parse(&said.into).map_err(|_| ApiProblem::new("not-there"))?;
        call.change(|session| session.join(&id, &into, &said.reason))
    }
}

fn numbers<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<usize>, D::Error> {
    #[derive(Deserialize)]
    struct Number(#[serde(deserialize_with = "whole")] usize);
    let all = Vec::<Number>::deserialize(from)?.into_iter();
    Ok(all.map(|one| one.0).collect())
}

/// What is taken out.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SplitSaid {
    /// The originals of the second demand, from 1.
    #[serde(deserialize_with = "numbers")]
    #[schemars(length(min = 1, max = 1_000), inner(range(min = 1, max = 100_000)))]
    originals: Vec<usize>,
    /// Why.
    #[schemars(length(min = 1))]
    reason: String,
}

pub(crate) struct Split;

impl Operation for Split {
    type Query = NoQuery;
    type Takes = Json<SplitSaid>;
    type Gives = Json<Published<Taken>>;
    const IS: About = post(
        "/cases/{case}/split",
        "split",
        "Takes a second demand out of the same papers, as a case of its own",
        Needs::May(Action::Split),
    );

    fn run(call: &Call<'_>, _: NoQuery, body: Json<SplitSaid>) -> Result<Self::Gives, ApiProblem> {
        let (id, said) = (call.case_id()?, body.0);
        if said.originals.len() > MOST {
            return Err(ApiProblem::new("body-wrong").field("/originals", "at most 1000"));
        }
        call.change(|session| session.split(&id, &said.originals, &said.reason))
    }
}

/// What there is to sign to take mandates back.
#[derive(Serialize, JsonSchema)]
pub(crate) struct WaitingRecalls {
    /// The case.
    case: CaseId,
    /// One for each mandate that is released and, as far as the desk knows, not carried out.
    recalls: Vec<RecallText>,
}

/// The text that is signed to take one mandate back.
#[derive(Serialize, JsonSchema)]
pub(crate) struct RecallText {
    /// The mandate.
    mandate: Sha256Digest,
    /// The text, to be signed as a note (c2sp.org/signed-note).
    text: String,
}

pub(crate) struct ToRecall;

impl Operation for ToRecall {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Json<WaitingRecalls>;
    const IS: About = get(
        "/cases/{case}/to-recall",
        "to-recall",
        "What somebody of the roster signs to take back mandates that were not carried out",
        Needs::May(Action::Recall),
    );

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        let id = call.case_id()?;
        let open = call.ask(|session| session.to_recall(&id))?;
        let text = |one: &lagrum_mandate::Recall| RecallText {
            mandate: one.mandate,
            text: one.to_text(),
        };
        Ok(Json(WaitingRecalls {
            recalls: open.iter().map(text).collect(),
            case: id,
        }))
    }
}

/// Signed recalls.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecallSaid {
    /// The notes, each signed by one person of the roster on their own machine.
    #[schemars(length(min = 1, max = 1_000))]
    notes: Vec<String>,
    /// Why.
    #[schemars(length(min = 1))]
    reason: String,
}

pub(crate) struct Recall;

impl Operation for Recall {
    type Query = NoQuery;
    type Takes = Json<RecallSaid>;
    type Gives = Json<Published<Recalled>>;
    const IS: About = post(
        "/cases/{case}/recalls",
        "recall",
        "Takes mandates back with notes that a person signed; what their agents did with it, they answer",
        Needs::May(Action::Recall),
    );

    fn run(call: &Call<'_>, _: NoQuery, body: Json<RecallSaid>) -> Result<Self::Gives, ApiProblem> {
        let (id, said) = (call.case_id()?, body.0);
        if said.notes.is_empty() || said.notes.len() > MOST {
            return Err(ApiProblem::new("body-wrong").field("/notes", "1 to 1000"));
        }
        call.change(|session| session.recall(&id, &said.notes, &said.reason))
    }
}

/// Something that stands open, and its case.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Open {
    /// What it is about, and since when.
    open: Watched,
    /// The case.
    case: Summary,
}

fn standing(
    call: &Call<'_>,
    what: StandsOpen,
    query: &PageQuery,
) -> Result<Json<PageOf<Open>>, ApiProblem> {
    let page = in_query(query.page, query.page_size)?;
    let found = call.ask(|session| session.standing(what, page))?;
    let items = found.items.into_iter();
    Ok(Json(PageOf {
        items: items.map(|(open, case)| Open { open, case }).collect(),
        total: found.total,
        unreadable: found.unreadable,
    }))
}

pub(crate) struct Challenged;

impl Operation for Challenged {
    type Query = PageQuery;
    type Takes = Nothing;
    type Gives = Json<PageOf<Open>>;
    const IS: About = get(
        "/challenged",
        "challenged",
        "What is challenged and not over, the latest first",
        Needs::May(Action::ReadList),
    );

    fn run(call: &Call<'_>, query: PageQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        standing(call, StandsOpen::Challenged, &query)
    }
}

pub(crate) struct Withheld;

impl Operation for Withheld {
    type Query = PageQuery;
    type Takes = Nothing;
    type Gives = Json<PageOf<Open>>;
    const IS: About = get(
        "/withheld",
        "withheld",
        "What agents withheld and counsel has not decided about, the latest first",
        Needs::May(Action::ReadList),
    );

    fn run(call: &Call<'_>, query: PageQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        standing(call, StandsOpen::Withheld, &query)
    }
}
