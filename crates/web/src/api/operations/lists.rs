//! Who asks; the lists of the desk; whether everything is in order.

use jiff::Timestamp;
use lagrum_access::{Action, Scope};
use lagrum_desk::{AgentView, InOrder, KnownAuthority, OfficerRecord, Setting};
use lagrum_model::Role;
use schemars::JsonSchema;
use serde::Serialize;

use crate::api::call::Call;
use crate::api::codes::{CODES, Code, find};
use crate::api::operation::{About, Needs, NoQuery, Operation, get};
use crate::api::problem::ApiProblem;
use crate::api::takes::{Json, Nothing, OpenApi};
use crate::api::tokens::Token;

pub(crate) struct Document;

impl Operation for Document {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = OpenApi;
    const IS: About = get("/openapi.json", "document", "This document", Needs::Nobody);

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<OpenApi, ApiProblem> {
        Ok(OpenApi((call.document)()))
    }
}

/// All codes of problems.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Codes {
    /// The codes.
    problems: &'static [Code],
}

pub(crate) struct Problems;

impl Operation for Problems {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Json<Codes>;
    const IS: About = get(
        "/problems",
        "list-problems",
        "Every code that a problem can have",
        Needs::Nobody,
    );

    fn run(_: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        Ok(Json(Codes { problems: CODES }))
    }
}

pub(crate) struct Problem;

impl Operation for Problem {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Json<Code>;
    const IS: About = get(
        "/problems/{code}",
        "read-problem",
        "One code: the address that stands in `type` of a problem",
        Needs::Nobody,
    );

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        let found = find(call.param("code")?);
        Ok(Json(*found.ok_or_else(|| ApiProblem::new("not-there"))?))
    }
}

/// Who asks, and with which token.
#[derive(Serialize, JsonSchema)]
pub(crate) struct WhoAsks {
    /// The person's id in people.toml.
    id: String,
    /// The full name.
    name: String,
    /// In which role.
    role: Role,
    /// The token.
    token: Token,
    /// Now, by the desk's clock (UTC).
    #[schemars(with = "lagrum_model::schema::Instant")]
    now: Timestamp,
}

pub(crate) struct Me;

impl Operation for Me {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Json<WhoAsks>;
    const IS: About = get(
        "/me",
        "who-am-i",
        "Whose token this is, and what it is for",
        Needs::Token,
    );

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        let who = call.who()?;
        Ok(Json(WhoAsks {
            id: who.by.id().to_owned(),
            name: who.by.name().to_owned(),
            role: who.by.role(),
            token: who.token.clone(),
            now: call.now,
        }))
    }
}

/// Somebody who works at the desk.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Colleague {
    /// The id in people.toml.
    id: String,
    /// The full name.
    name: String,
    /// In which role.
    role: Role,
}

/// Who works at the desk.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Colleagues {
    /// The people, in the order of people.toml.
    people: Vec<Colleague>,
}

pub(crate) struct People;

impl Operation for People {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Json<Colleagues>;
    const IS: About = get(
        "/people",
        "list-people",
        "Who works at the desk, and in which role",
        Needs::Any(&[Scope::CasesRead, Scope::SetupRead]),
    );

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        let people = call.desk.people()?.people().iter();
        let people = people.map(|person| Colleague {
            id: person.id.clone(),
            name: person.name.clone(),
            role: person.role,
        });
        Ok(Json(Colleagues {
            people: people.collect(),
        }))
    }
}

/// The authorities whose contact details were checked.
#[derive(Serialize, JsonSchema)]
pub(crate) struct AuthorityList {
    /// The authorities.
    authorities: Vec<KnownAuthority>,
}

pub(crate) struct Authorities;

impl Operation for Authorities {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Json<AuthorityList>;
    const IS: About = get(
        "/authorities",
        "list-authorities",
        "Authorities whose contact details were checked",
        Needs::May(Action::ReadList),
    );

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        Ok(Json(AuthorityList {
            authorities: call.desk.authorities()?.authorities.clone(),
        }))
    }
}

/// The officers of authorities who were made known at the door.
#[derive(Serialize, JsonSchema)]
pub(crate) struct OfficerList {
    /// The officers, those who were ended too.
    officers: Vec<OfficerRecord>,
}

pub(crate) struct Officers;

impl Operation for Officers {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Json<OfficerList>;
    const IS: About = get(
        "/officers",
        "list-officers",
        "Officers of authorities who may come to the door",
        Needs::May(Action::ReadList),
    );

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        let officers = call.ask(|session| session.officers())?;
        Ok(Json(OfficerList { officers }))
    }
}

/// A law pack.
#[derive(Serialize, JsonSchema)]
pub(crate) struct PackView {
    /// Its name.
    name: String,
    /// Its title.
    title: String,
    /// What it covers.
    covers: String,
    /// How far it is confirmed, and by whom.
    status: String,
    /// Number of its rules.
    rules: usize,
}

/// The law packs in force.
#[derive(Serialize, JsonSchema)]
pub(crate) struct PackList {
    /// SHA-256 over all of them.
    digest: lagrum_model::Sha256Digest,
    /// The packs.
    packs: Vec<PackView>,
}

pub(crate) struct Packs;

impl Operation for Packs {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Json<PackList>;
    const IS: About = get(
        "/packs",
        "list-packs",
        "The law packs in force",
        Needs::Any(&[Scope::CasesRead, Scope::SetupRead]),
    );

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        let packs = call.desk.law()?;
        let view = |pack: &lagrum_law::Pack| PackView {
            name: pack.name.clone(),
            title: pack.title.clone(),
            covers: pack.covers.clone(),
            status: pack.status.clone(),
            rules: packs.rules().filter(|rule| rule.pack == pack.name).count(),
        };
        Ok(Json(PackList {
            digest: packs.digest(),
            packs: packs.packs().iter().map(view).collect(),
        }))
    }
}

pub(crate) struct Check;

impl Operation for Check {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Json<InOrder>;
    const IS: About = get(
        "/check",
        "check",
        "Is everything in order? One line for each thing",
        Needs::May(Action::Check),
    );

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        Ok(Json(call.ask(|session| session.check())?))
    }
}

/// The agents as the desk knows them.
#[derive(Serialize, JsonSchema)]
pub(crate) struct AgentList {
    /// The agents.
    agents: Vec<AgentView>,
}

pub(crate) struct Agents;

impl Operation for Agents {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Json<AgentList>;
    const IS: About = get(
        "/agents",
        "list-agents",
        "The agents, with the last word of each",
        Needs::May(Action::ReadSetup),
    );

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        let agents = call.ask(|session| session.agents())?;
        Ok(Json(AgentList { agents }))
    }
}

/// The effective configuration.
#[derive(Serialize, JsonSchema)]
pub(crate) struct SettingList {
    /// The settings.
    settings: Vec<Setting>,
}

pub(crate) struct Settings;

impl Operation for Settings {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Json<SettingList>;
    const IS: About = get(
        "/settings",
        "list-settings",
        "The effective configuration, without any secret",
        Needs::May(Action::ReadSetup),
    );

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        let settings = call.ask(|session| session.settings())?;
        Ok(Json(SettingList { settings }))
    }
}
