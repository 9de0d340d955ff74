//! The way to an answer, one operation for each command: a demand is described, found genuine, assessed and decided.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use lagrum_access::Action;
use lagrum_desk::{
    Assessed, Authenticated, Decided, Described, Intake, Judged, Published, Recorded, Sender,
};
use lagrum_model::schema::{Day, Instant};
use lagrum_model::{Arrival, Disposition, FormReason, Moment, Ruling};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::call::Call;
use crate::api::operation::{About, Needs, NoQuery, Operation, post};
use crate::api::problem::ApiProblem;
use crate::api::takes::{DemandFile, Json, MOST, whole};

/// How a case is described.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DescribeQuery {
    /// Why it is described anew: to be said once the demand is decided.
    #[serde(default)]
    why: Option<String>,
}

pub(crate) struct Describe;

impl Operation for Describe {
    type Query = DescribeQuery;
    type Takes = DemandFile;
    type Gives = Json<Published<Described>>;
    const IS: About = post(
        "/cases/{case}/demand",
        "describe",
        "Describes the demand of a case with a demand file, or corrects its description",
        Needs::May(Action::Describe),
    );

    fn run(
        call: &Call<'_>,
        query: DescribeQuery,
        body: DemandFile,
    ) -> Result<Self::Gives, ApiProblem> {
        let id = call.case_id()?;
        let file = Intake {
            file_name: "demand.json",
            bytes: &body.0,
            arrival: Arrival::default(),
        };
        call.change(|session| {
            let described = session.describe(&id, &file, &[], query.why.as_deref())?;
            Ok(Described {
                case: id.clone(),
                described,
            })
        })
    }
}

/// What a call to the authority brought.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CallBackSaid {
    /// Who answered, as they gave their name.
    #[schemars(length(min = 1))]
    answered_by: String,
    /// When (UTC); absent: just now.
    #[serde(default)]
    #[schemars(with = "Option<Instant>")]
    at: Option<Timestamp>,
    /// Whether they confirmed that the demand is theirs.
    confirmed: bool,
}

pub(crate) struct CallBack;

impl Operation for CallBack {
    type Query = NoQuery;
    type Takes = Json<CallBackSaid>;
    type Gives = Json<Published<Sender>>;
    const IS: About = post(
        "/cases/{case}/call-back",
        "call-back",
        "Records a call to the authority, on the number that the provider has of it",
        Needs::May(Action::CallBack),
    );

    fn run(
        call: &Call<'_>,
        _: NoQuery,
        body: Json<CallBackSaid>,
    ) -> Result<Self::Gives, ApiProblem> {
        let (id, said) = (call.case_id()?, body.0);
        call.change(|session| {
            let made = lagrum_desk::Call {
                answered_by: &said.answered_by,
                at: said.at,
                confirmed: said.confirmed,
            };
            session.call_back(&id, &made)
        })
    }
}

/// Whether a demand is genuine.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GenuineSaid {
    /// Whether it comes from the authority.
    verified: bool,
    /// How that was found out.
    #[schemars(length(min = 1))]
    how: String,
    /// Why it is genuine although the sender is not as the provider knows the authority.
    #[serde(default)]
    despite: Option<String>,
}

pub(crate) struct Genuine;

impl Operation for Genuine {
    type Query = NoQuery;
    type Takes = Json<GenuineSaid>;
    type Gives = Json<Published<Authenticated>>;
    const IS: About = post(
        "/cases/{case}/genuine",
        "authenticate",
        "Records whether the demand is genuine and how that was found out",
        Needs::May(Action::Authenticate),
    );

    fn run(
        call: &Call<'_>,
        _: NoQuery,
        body: Json<GenuineSaid>,
    ) -> Result<Self::Gives, ApiProblem> {
        let (id, said) = (call.case_id()?, body.0);
        call.change(|session| {
            let genuine = lagrum_desk::Genuine {
                verified: said.verified,
                how: &said.how,
                despite: said.despite.as_deref(),
            };
            session.authenticate(&id, &genuine)
        })
    }
}

/// Counsel's belief in a claimed danger.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DangerSaid {
    /// Whether the danger is believed to be real.
    believed: bool,
    /// Why.
    #[schemars(length(min = 1))]
    why: String,
}

pub(crate) struct Danger;

impl Operation for Danger {
    type Query = NoQuery;
    type Takes = Json<DangerSaid>;
    type Gives = Json<Published<Judged>>;
    const IS: About = post(
        "/cases/{case}/danger",
        "judge-emergency",
        "Records counsel's belief that a claimed danger is real, or disbelief",
        Needs::May(Action::JudgeEmergency),
    );

    fn run(call: &Call<'_>, _: NoQuery, body: Json<DangerSaid>) -> Result<Self::Gives, ApiProblem> {
        let (id, said) = (call.case_id()?, body.0);
        call.change(|session| {
            session.judge_emergency(&id, said.believed, &said.why)?;
            Ok(Judged {
                case: id.clone(),
                believed: said.believed,
            })
        })
    }
}

/// Something that happened to a demand.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Happened {
    /// What.
    what: Moment,
    /// When (UTC).
    #[schemars(with = "Instant")]
    when: Timestamp,
}

/// What is recorded.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordSaid {
    /// What happened.
    #[schemars(length(min = 1, max = 1_000))]
    happened: Vec<Happened>,
    /// From where it is known.
    #[schemars(length(min = 1))]
    known: String,
    /// How it went, where it is a ruling on a challenge.
    #[serde(default)]
    ruling: Option<Ruling>,
}

pub(crate) struct Record;

impl Operation for Record {
    type Query = NoQuery;
    type Takes = Json<RecordSaid>;
    type Gives = Json<Published<Recorded>>;
    const IS: About = post(
        "/cases/{case}/moments",
        "record",
        "Records what happened to the demand and starts, stops or suspends a clock",
        Needs::May(Action::RecordMilestone),
    );

    fn run(call: &Call<'_>, _: NoQuery, body: Json<RecordSaid>) -> Result<Self::Gives, ApiProblem> {
        let (id, said) = (call.case_id()?, body.0);
        if said.happened.is_empty() || said.happened.len() > MOST {
            return Err(ApiProblem::new("body-wrong").field("/happened", "1 to 1000"));
        }
        let happened: Vec<_> = said
            .happened
            .iter()
            .map(|one| (one.what, one.when))
            .collect();
        call.change(|session| {
            session.record_ruling(&id, &happened, said.ruling.as_ref(), &said.known, &[])
        })
    }
}

/// Which law is applied.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AssessSaid {
    /// The law of which day; absent: of today.
    #[serde(default)]
    #[schemars(with = "Option<Day>")]
    as_of: Option<Date>,
}

pub(crate) struct Assess;

impl Operation for Assess {
    type Query = NoQuery;
    type Takes = Json<AssessSaid>;
    type Gives = Json<Published<Assessed>>;
    const IS: About = post(
        "/cases/{case}/assessment",
        "assess",
        "Applies the law to the case, part by part, and records the findings",
        Needs::May(Action::Assess),
    );

    fn run(call: &Call<'_>, _: NoQuery, body: Json<AssessSaid>) -> Result<Self::Gives, ApiProblem> {
        let id = call.case_id()?;
        let today = call.now.to_zoned_datetime(TimeZone::UTC).date();
        let as_of = body.0.as_of.unwrap_or(today);
        call.change(|session| session.assess(&id, as_of))
    }
}

/// A stricter answer than the law's.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Stricter {
    /// Which part of the assessment, from 0.
    #[serde(deserialize_with = "whole")]
    #[schemars(range(max = 100_000))]
    part: u32,
    /// What is answered.
    disposition: Disposition,
}

/// How the parts are answered.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecideSaid {
    /// The parts that are answered more strictly than the law proposes.
    #[serde(default)]
    #[schemars(length(max = 1_000))]
    stricter: Vec<Stricter>,
    /// Why.
    #[serde(default)]
    reason: String,
    /// On which ground of Annex III to Regulation (EU) 2023/1543 parts of a certificate are refused.
    #[serde(default)]
    ground: Option<FormReason>,
}

pub(crate) struct Decide;

impl Operation for Decide {
    type Query = NoQuery;
    type Takes = Json<DecideSaid>;
    type Gives = Json<Published<Decided>>;
    const IS: About = post(
        "/cases/{case}/decision",
        "decide",
        "Answers each part as the law proposes, but for those answered more strictly, and drafts the mandates",
        Needs::May(Action::Decide),
    );

    fn run(call: &Call<'_>, _: NoQuery, body: Json<DecideSaid>) -> Result<Self::Gives, ApiProblem> {
        let (id, said) = (call.case_id()?, body.0);
        if said.stricter.len() > MOST {
            return Err(ApiProblem::new("body-wrong").field("/stricter", "at most 1000"));
        }
        let stricter = said
            .stricter
            .iter()
            .map(|one| (one.part as usize, one.disposition));
        let stricter: Vec<_> = stricter.collect();
        call.change(|session| session.decide_on(&id, &stricter, said.ground, &said.reason))
    }
}
