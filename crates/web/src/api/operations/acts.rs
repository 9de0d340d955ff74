//! What people do in a case, one operation for each command.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use lagrum_access::Action;
use lagrum_desk::{
    Assessed, Assigned, Authenticated, Closed, Decided, Described, HandedToGroup, Intake, Judged,
    Linked, News, Noted, Published, Recorded, Reopened, Sender, StillRuns,
};
use lagrum_model::schema::{Day, Instant};
use lagrum_model::{Arrival, CaseId, Disposition, Moment, Sha256Digest};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::call::Call;
use crate::api::operation::{About, Needs, NoQuery, Operation, post};
use crate::api::problem::ApiProblem;
use crate::api::takes::{DemandFile, Json, Nothing, whole};

/// More at once than that nobody says.
const MOST: usize = 1_000;

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
        call.change(|session| session.record(&id, &happened, &said.known))
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
        call.change(|session| session.decide(&id, &stricter, &said.reason))
    }
}

/// A note.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteSaid {
    /// Its text.
    #[schemars(length(min = 1))]
    text: String,
}

fn noted(
    call: &Call<'_>,
    text: &str,
    privileged: bool,
) -> Result<Json<Published<Noted>>, ApiProblem> {
    let id = call.case_id()?;
    call.change(|session| {
        session.note(&id, text, privileged)?;
        Ok(Noted {
            case: id.clone(),
            privileged,
        })
    })
}

pub(crate) struct Note;

impl Operation for Note {
    type Query = NoQuery;
    type Takes = Json<NoteSaid>;
    type Gives = Json<Published<Noted>>;
    const IS: About = post(
        "/cases/{case}/notes",
        "note",
        "Writes a note into the case",
        Needs::May(Action::Note),
    );

    fn run(call: &Call<'_>, _: NoQuery, body: Json<NoteSaid>) -> Result<Self::Gives, ApiProblem> {
        noted(call, &body.0.text, false)
    }
}

pub(crate) struct PrivilegedNote;

impl Operation for PrivilegedNote {
    type Query = NoQuery;
    type Takes = Json<NoteSaid>;
    type Gives = Json<Published<Noted>>;
    const IS: About = post(
        "/cases/{case}/privileged-notes",
        "note-privileged",
        "Writes a note that only counsel reads",
        Needs::May(Action::NotePrivileged),
    );

    fn run(call: &Call<'_>, _: NoQuery, body: Json<NoteSaid>) -> Result<Self::Gives, ApiProblem> {
        noted(call, &body.0.text, true)
    }
}

/// Who gets a case.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AssignSaid {
    /// The person (an id of people.toml); null: nobody.
    person: Option<String>,
}

pub(crate) struct Assign;

impl Operation for Assign {
    type Query = NoQuery;
    type Takes = Json<AssignSaid>;
    type Gives = Json<Published<Assigned>>;
    const IS: About = post(
        "/cases/{case}/owner",
        "assign",
        "Hands the case to a person, or to nobody",
        Needs::May(Action::Assign),
    );

    fn run(call: &Call<'_>, _: NoQuery, body: Json<AssignSaid>) -> Result<Self::Gives, ApiProblem> {
        let (id, person) = (call.case_id()?, body.0.person);
        call.change(|session| {
            session.assign(&id, person.as_deref())?;
            Ok(Assigned {
                case: id.clone(),
                owner: person,
            })
        })
    }
}

/// Which group gets a case.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GroupSaid {
    /// The group (an id of people.toml).
    group: String,
    /// Why.
    #[schemars(length(min = 1))]
    reason: String,
}

pub(crate) struct HandToGroup;

impl Operation for HandToGroup {
    type Query = NoQuery;
    type Takes = Json<GroupSaid>;
    type Gives = Json<Published<HandedToGroup>>;
    const IS: About = post(
        "/cases/{case}/group",
        "hand-to-group",
        "Hands the case to another group of the desk; whoever does not work for it does not see the case any more",
        Needs::May(Action::Assign),
    );

    fn run(call: &Call<'_>, _: NoQuery, body: Json<GroupSaid>) -> Result<Self::Gives, ApiProblem> {
        let (id, GroupSaid { group, reason }) = (call.case_id()?, body.0);
        call.change(|session| {
            session.hand_to_group(&id, &group, &reason)?;
            Ok(HandedToGroup {
                case: id.clone(),
                group,
            })
        })
    }
}

/// What another case is.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LinkSaid {
    /// The other case.
    #[schemars(with = "CaseId")]
    to: String,
    /// What it is to this one.
    how: lagrum_model::Link,
    /// Why.
    #[schemars(length(min = 1))]
    reason: String,
}

pub(crate) struct Link;

impl Operation for Link {
    type Query = NoQuery;
    type Takes = Json<LinkSaid>;
    type Gives = Json<Published<Linked>>;
    const IS: About = post(
        "/cases/{case}/links",
        "link",
        "Says what another case is to this one",
        Needs::May(Action::Link),
    );

    fn run(call: &Call<'_>, _: NoQuery, body: Json<LinkSaid>) -> Result<Self::Gives, ApiProblem> {
        let (id, said) = (call.case_id()?, body.0);
        let to = CaseId::parse(&said.to).map_err(|_| ApiProblem::new("not-there"))?;
        call.change(|session| {
            session.link(&id, &to, said.how, &said.reason)?;
            Ok(Linked {
                case: id.clone(),
                to,
                how: said.how,
            })
        })
    }
}

/// A question to the authority at the door.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskSaid {
    /// Its text.
    #[schemars(length(min = 1))]
    text: String,
}

/// That the authority was asked.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Asked {
    /// The case.
    case: CaseId,
}

pub(crate) struct Ask;

impl Operation for Ask {
    type Query = NoQuery;
    type Takes = Json<AskSaid>;
    type Gives = Json<Published<Asked>>;
    const IS: About = post(
        "/cases/{case}/questions",
        "ask",
        "Asks the authority something that its officers read at the door",
        Needs::May(Action::Ask),
    );

    fn run(call: &Call<'_>, _: NoQuery, body: Json<AskSaid>) -> Result<Self::Gives, ApiProblem> {
        let id = call.case_id()?;
        call.change(|session| {
            session.ask(&id, &body.0.text)?;
            Ok(Asked { case: id.clone() })
        })
    }
}

/// What was handed over.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct DeliveredNames {
    /// The case.
    case: CaseId,
    /// The files' names, in the case's folder of the place where deliveries are fetched.
    packages: Vec<String>,
    /// What could not be fetched from the agents before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    news: Vec<News>,
}

pub(crate) struct Deliver;

impl Operation for Deliver {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Json<Published<DeliveredNames>>;
    const IS: About = post(
        "/cases/{case}/delivery",
        "deliver",
        "Puts the sealed packages of the case where deliveries are fetched, each with its receipt",
        Needs::May(Action::Deliver),
    );

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        let id = call.case_id()?;
        call.change(|session| {
            let done = session.deliver(&id)?;
            // Where it lies on the machine is nothing for an answer.
            let name = |file: &std::path::PathBuf| {
                let name = file.file_name().unwrap_or_default();
                name.to_string_lossy().into_owned()
            };
            Ok(DeliveredNames {
                case: done.case,
                packages: done.packages.iter().map(name).collect(),
                news: done.news,
            })
        })
    }
}

/// The packages whose passphrase was told.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct ToldPassphrases {
    /// The digests of their mandates.
    told: Vec<Sha256Digest>,
}

pub(crate) struct TellPassphrase;

impl Operation for TellPassphrase {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Json<Published<ToldPassphrases>>;
    const IS: About = post(
        "/cases/{case}/passphrase-told",
        "tell-passphrase",
        "Records that the person told the passphrase of a package by telephone. The passphrase is never part of it",
        Needs::May(Action::TellPassphrase),
    );

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        let id = call.case_id()?;
        call.change(|session| {
            let told = session.passphrase_told(&id)?;
            Ok(ToldPassphrases { told })
        })
    }
}

/// How a case ends.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CloseSaid {
    /// Why.
    #[schemars(length(min = 1))]
    reason: String,
    /// What still runs lives on: the case stays in the list, with the day on which it is due.
    #[serde(default)]
    duties_live_on: bool,
}

pub(crate) struct Close;

impl Operation for Close {
    type Query = NoQuery;
    type Takes = Json<CloseSaid>;
    type Gives = Json<Published<Closed>>;
    const IS: About = post(
        "/cases/{case}/closing",
        "close",
        "Ends the case; what still runs is never ended with it",
        Needs::May(Action::Close),
    );

    fn run(call: &Call<'_>, _: NoQuery, body: Json<CloseSaid>) -> Result<Self::Gives, ApiProblem> {
        let (id, said) = (call.case_id()?, body.0);
        let still_runs = match said.duties_live_on {
            true => StillRuns::LivesOn,
            false => StillRuns::Refuse,
        };
        call.change(|session| session.close(&id, &said.reason, still_runs))
    }
}

/// Why a case is taken up again.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReopenSaid {
    /// Why.
    #[schemars(length(min = 1))]
    reason: String,
}

pub(crate) struct Reopen;

impl Operation for Reopen {
    type Query = NoQuery;
    type Takes = Json<ReopenSaid>;
    type Gives = Json<Published<Reopened>>;
    const IS: About = post(
        "/cases/{case}/reopening",
        "reopen",
        "Takes a closed case up again; what was answered stays as it was answered",
        Needs::May(Action::Reopen),
    );

    fn run(call: &Call<'_>, _: NoQuery, body: Json<ReopenSaid>) -> Result<Self::Gives, ApiProblem> {
        let id = call.case_id()?;
        call.change(|session| {
            session.reopen(&id, &body.0.reason)?;
            Ok(Reopened {
                case: id.clone(),
                closed: false,
            })
        })
    }
}
