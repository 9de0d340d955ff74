//! What people do in a case beside answering it, one operation for each command.

use lagrum_access::Action;
use lagrum_desk::{
    Assigned, Closed, HandedToGroup, Linked, News, Noted, Published, Reopened, StillRuns,
};
use lagrum_model::{CaseId, Sha256Digest};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::call::Call;
use crate::api::operation::{About, Needs, NoQuery, Operation, post};
use crate::api::problem::ApiProblem;
use crate::api::takes::{Json, Nothing};

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
        let sealed_to = match privileged {
            true => session.note_privileged(&id, text)?,
            false => session.note(&id, text).map(|()| Vec::new())?,
        };
        Ok(Noted {
            case: id.clone(),
            privileged,
            sealed_to,
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
        "Writes a note that only counsel reads, sealed to the keys of the case's counsel",
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
