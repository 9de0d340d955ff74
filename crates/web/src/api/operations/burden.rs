//! What a case costs in time and money, one operation for each command.

use lagrum_access::Action;
use lagrum_desk::{BurdenRecorded, BurdenTakenBack, CaseBurden, Published};
use lagrum_model::{Burden, Currency, Money, Reimbursement, WorkKind};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::call::Call;
use crate::api::operation::{About, Needs, NoQuery, Operation, get, post};
use crate::api::problem::ApiProblem;
use crate::api::takes::{Json, Nothing, whole};

pub(crate) struct Read;

impl Operation for Read {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Json<CaseBurden>;
    const IS: About = get(
        "/cases/{case}/burden",
        "read-burden",
        "What the case costs in time and money, as far as people recorded it: sums and entries",
        Needs::May(Action::ReadCase),
    );

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        let id = call.case_id()?;
        Ok(Json(call.ask(|session| session.burden(&id))?))
    }
}

/// An amount of money.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MoneySaid {
    /// How much, in the smallest unit that ISO 4217 gives the currency: cents of EUR, whole yen of JPY.
    #[serde(deserialize_with = "whole")]
    #[schemars(range(min = 1, max = 100_000_000_000_u64))]
    amount: u64,
    /// Its three letters of ISO 4217.
    currency: Currency,
}

impl From<MoneySaid> for Money {
    fn from(said: MoneySaid) -> Self {
        Self {
            amount: said.amount,
            currency: said.currency,
        }
    }
}

/// Work on a case.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WorkSaid {
    /// For what.
    on: WorkKind,
    /// How many minutes; 0 where only something was paid.
    #[serde(deserialize_with = "whole")]
    #[schemars(range(min = 0, max = 60_000))]
    minutes: u32,
    /// The outside firm that worked; absent: the person of the token did.
    #[serde(default)]
    #[schemars(length(min = 1, max = 200))]
    firm: Option<String>,
    /// What it cost; absent: nobody knows.
    #[serde(default)]
    cost: Option<MoneySaid>,
    /// What was done.
    #[serde(default)]
    what: String,
}

pub(crate) struct Work;

impl Operation for Work {
    type Query = NoQuery;
    type Takes = Json<WorkSaid>;
    type Gives = Json<Published<BurdenRecorded>>;
    const IS: About = post(
        "/cases/{case}/burden/work",
        "record-work",
        "Records work on the case: minutes, for what, and what it cost",
        Needs::May(Action::RecordBurden),
    );

    fn run(call: &Call<'_>, _: NoQuery, body: Json<WorkSaid>) -> Result<Self::Gives, ApiProblem> {
        let (id, said) = (call.case_id()?, body.0);
        let burden = Burden::Work {
            on: said.on,
            minutes: said.minutes,
            firm: said.firm,
            cost: said.cost.map(Money::from),
        };
        call.change(|session| session.record_burden(&id, &burden, &said.what))
    }
}

/// The answer to a claim for reimbursement.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReimbursementSaid {
    /// Whether the authority paid or refused.
    outcome: Reimbursement,
    /// The amount that it paid, or refused to pay.
    amount: MoneySaid,
    /// What was claimed.
    #[serde(default)]
    what: String,
}

pub(crate) struct Reimburse;

impl Operation for Reimburse {
    type Query = NoQuery;
    type Takes = Json<ReimbursementSaid>;
    type Gives = Json<Published<BurdenRecorded>>;
    const IS: About = post(
        "/cases/{case}/burden/reimbursements",
        "record-reimbursement",
        "Records that an authority paid costs back, or refused to",
        Needs::May(Action::RecordBurden),
    );

    fn run(
        call: &Call<'_>,
        _: NoQuery,
        body: Json<ReimbursementSaid>,
    ) -> Result<Self::Gives, ApiProblem> {
        let (id, said) = (call.case_id()?, body.0);
        let burden = Burden::Reimbursement {
            outcome: said.outcome,
            amount: said.amount.into(),
        };
        call.change(|session| session.record_burden(&id, &burden, &said.what))
    }
}

/// Why an entry is taken back.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TakeBackSaid {
    /// The number of the entry.
    #[serde(deserialize_with = "whole")]
    #[schemars(range(min = 1, max = 1_000_000))]
    entry: u64,
    /// Why.
    #[schemars(length(min = 1))]
    reason: String,
}

pub(crate) struct TakeBack;

impl Operation for TakeBack {
    type Query = NoQuery;
    type Takes = Json<TakeBackSaid>;
    type Gives = Json<Published<BurdenTakenBack>>;
    const IS: About = post(
        "/cases/{case}/burden/taken-back",
        "take-burden-back",
        "Takes an entry of time or cost back: it stays with the reason, and counts no more",
        Needs::May(Action::RecordBurden),
    );

    fn run(
        call: &Call<'_>,
        _: NoQuery,
        body: Json<TakeBackSaid>,
    ) -> Result<Self::Gives, ApiProblem> {
        let (id, said) = (call.case_id()?, body.0);
        call.change(|session| session.take_burden_back(&id, said.entry, &said.reason))
    }
}
