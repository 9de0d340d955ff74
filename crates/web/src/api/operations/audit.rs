//! What the auditor watches.

use lagrum_access::Action;
use lagrum_desk::{Audit, Examined, Sample};
use lagrum_model::{WatchKind, Watched};
use lagrum_store::PageOf;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::call::Call;
use crate::api::operation::{About, Needs, NoQuery, Operation, get};
use crate::api::paging::{first, in_query, usual};
use crate::api::problem::ApiProblem;
use crate::api::takes::{Json, Nothing};

pub(crate) struct All;

impl Operation for All {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Json<Audit>;
    const IS: About = get(
        "/audit",
        "audit",
        "What is watched, counted; who signs together; calls on other numbers",
        Needs::May(Action::Audit),
    );

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        Ok(Json(call.ask(|session| session.audit())?))
    }
}

/// Which page of what is watched.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WatchedQuery {
    /// Also what is over.
    #[serde(default)]
    all: bool,
    /// Which page, from 1.
    #[serde(default = "first")]
    #[schemars(range(min = 1, max = 1_000_000))]
    page: u64,
    /// How many on one page.
    #[serde(default = "usual")]
    #[schemars(range(min = 1, max = 500))]
    page_size: u32,
}

pub(crate) struct OfKind;

impl Operation for OfKind {
    type Query = WatchedQuery;
    type Takes = Nothing;
    type Gives = Json<PageOf<Watched>>;
    const IS: About = get(
        "/audit/{watched}",
        "audit-kind",
        "One kind of what is watched, case by case, the latest first",
        Needs::May(Action::Audit),
    );

    fn run(call: &Call<'_>, query: WatchedQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        let kind = WatchKind::parse(call.param("watched")?);
        let kind = kind.ok_or_else(|| ApiProblem::new("not-there"))?;
        let page = in_query(query.page, query.page_size)?;
        let found = call.ask(|session| session.audit_of(kind, !query.all, page))?;
        Ok(Json(found))
    }
}

pub(crate) struct Samples;

impl Operation for Samples {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Json<Vec<Sample>>;
    const IS: About = get(
        "/samples",
        "samples",
        "The samples for a second examination, the newest first",
        Needs::May(Action::Audit),
    );

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        Ok(Json(call.ask(|session| session.samples())?))
    }
}

pub(crate) struct OneSample;

impl Operation for OneSample {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Json<Examined>;
    const IS: About = get(
        "/samples/{sample}",
        "sample",
        "A sample, with all that is needed to draw it again and what was stated of its cases",
        Needs::May(Action::Audit),
    );

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        let id = call.param("sample")?.to_owned();
        Ok(Json(call.ask(|session| session.examined(&id))?))
    }
}
