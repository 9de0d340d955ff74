//! Cases that are searched for by what stands in no address: accounts, and words that people wrote.

use jiff::Timestamp;
use lagrum_access::Action;
use lagrum_desk::Listed;
use lagrum_model::schema::Instant;
use lagrum_model::{CaseState, CountryCode, Identifier, InstrumentKind};
use lagrum_store::{CaseFilter, Order, Owner, Sought, WaitingFor};
use schemars::JsonSchema;
use serde::Deserialize;

use super::cases::Waiting;
use crate::api::call::Call;
use crate::api::operation::{About, Needs, NoQuery, Operation, post};
use crate::api::paging::{first, in_body, usual};
use crate::api::problem::ApiProblem;
use crate::api::takes::{Json, whole};

/// The kind of what names somebody.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum NamedBy {
    /// A mail address.
    EmailAddress,
    /// A user id.
    UserId,
    /// A telephone number.
    PhoneNumber,
    /// An Internet address at an instant, as a demand has it.
    IpAddress,
    /// The number of a device.
    Imei,
    /// The number of a subscriber.
    Imsi,
    /// The address of a network card.
    MacAddress,
}

impl NamedBy {
    fn as_str(self) -> &'static str {
        match self {
            Self::EmailAddress => "email-address",
            Self::UserId => "user-id",
            Self::PhoneNumber => "phone-number",
            Self::IpAddress => "ip-address",
            Self::Imei => "imei",
            Self::Imsi => "imsi",
            Self::MacAddress => "mac-address",
        }
    }
}

/// Somebody, as a demand names them.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Named {
    /// Of which kind.
    kind: NamedBy,
    /// The text.
    #[schemars(length(min = 1))]
    value: String,
}

/// What else holds of the cases: everything that is given.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Only {
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
}

impl From<Only> for CaseFilter {
    fn from(only: Only) -> Self {
        Self {
            state: only.state,
            authority: only.authority,
            reference: only.reference,
            country: only.country,
            instrument: only.instrument,
            received_since: only.received_since,
            received_before: only.received_before,
            owner: only.owner.map(Owner::Person),
            waiting_for: only.waiting_for.map(WaitingFor::from),
            due_before: only.due_before,
            open: only.open,
            ..Self::default()
        }
    }
}

/// What is searched for: an account, words, or both.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// The demand names this account, address, number or device.
    #[serde(default)]
    identifier: Option<Named>,
    /// All these words were written in the case: whole words in any order and letter case, at most 16, in demands,
    /// notes, reasons and letters. Privileged notes are not searched.
    #[serde(default)]
    #[schemars(length(min = 1, max = 1000))]
    words: Option<String>,
    /// What else holds of the cases.
    #[serde(default)]
    only: Only,
    /// Which page, from 1.
    #[serde(default = "first", deserialize_with = "whole")]
    #[schemars(range(min = 1, max = 1_000_000))]
    page: u64,
    /// How many on one page.
    #[serde(default = "usual", deserialize_with = "whole")]
    #[schemars(range(min = 1, max = 500))]
    page_size: u32,
}

pub(crate) struct Search;

impl Operation for Search {
    type Query = NoQuery;
    type Takes = Json<Wanted>;
    type Gives = Json<Listed>;
    const IS: About = post(
        "/cases/search",
        "search-cases",
        "The cases whose demands name an account, or in which words were written, newest first. Changes nothing",
        Needs::May(Action::ReadList),
    )
    .changing_nothing();

    fn run(call: &Call<'_>, _: NoQuery, body: Json<Wanted>) -> Result<Self::Gives, ApiProblem> {
        let Wanted {
            identifier,
            words,
            only,
            page: number,
            page_size: size,
        } = body.0;
        let page = in_body(number, size)?;
        if identifier.is_none() && words.is_none() {
            let why = "give an identifier, words, or both; `GET /cases` lists all";
            return Err(ApiProblem::new("words-wrong").field("/words", why));
        }
        let filter = CaseFilter {
            identifier: identifier.map(named).transpose()?,
            words: words.as_deref().map(sought).transpose()?,
            ..CaseFilter::from(only)
        };
        let found = call.ask(|session| session.cases(&filter, Order::Newest, page))?;
        let missed = call.ask(|session| session.half_searched(&filter))?;
        Ok(Json(Listed::new(number, size, found).missing(missed)))
    }
}

fn named(Named { kind, value }: Named) -> Result<Identifier, ApiProblem> {
    let found = Identifier::parse(&format!("{}:{value}", kind.as_str()));
    found.map_err(|why| ApiProblem::new("identifier-wrong").field("/identifier/value", why))
}

fn sought(words: &str) -> Result<Sought, ApiProblem> {
    let wrong = |why: lagrum_store::NoWords| {
        ApiProblem::new("words-wrong").field("/words", why.to_string())
    };
    Sought::parse(words).map_err(wrong)
}
