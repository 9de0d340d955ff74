//! What there is to sign, and signatures that people made elsewhere. A token signs nothing.

use lagrum_access::Action;
use lagrum_desk::{Published, Signed};
use lagrum_model::CaseId;
use schemars::JsonSchema;
use serde::Serialize;

use crate::api::call::Call;
use crate::api::operation::{About, Needs, NoQuery, Operation, get, post};
use crate::api::problem::ApiProblem;
use crate::api::takes::{Json, Nothing};
use crate::to_sign::{self, Signatures};

/// What waits for a signature.
#[derive(Serialize, JsonSchema)]
pub(crate) struct WaitingMandates {
    /// The case.
    case: CaseId,
    /// The mandates, each with its exact text and digest.
    mandates: Vec<lagrum_desk::ToSign>,
}

pub(crate) struct ToSign;

impl Operation for ToSign {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Json<WaitingMandates>;
    const IS: About = get(
        "/cases/{case}/to-sign",
        "to-sign",
        "The mandates that wait for a signature: exact text and digest",
        Needs::May(Action::ExportToSign),
    );

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        let id = call.case_id()?;
        let mandates = call.ask(|session| session.to_sign(&id))?;
        Ok(Json(WaitingMandates { case: id, mandates }))
    }
}

pub(crate) struct File;

impl Operation for File {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Json<to_sign::File>;
    const IS: About = get(
        "/cases/{case}/to-sign/file",
        "to-sign-file",
        "The file from which the program shows the page to sign on a person's own machine",
        // The page names earlier demands for the same accounts.
        Needs::Both(Action::ExportToSign, Action::ReadList),
    );

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        let id = call.case_id()?;
        Ok(Json(call.ask(|session| to_sign::gather(session, &id))?))
    }
}

pub(crate) struct Add;

impl Operation for Add {
    type Query = NoQuery;
    type Takes = Json<Signatures>;
    type Gives = Json<Published<Signed>>;
    const IS: About = post(
        "/cases/{case}/signatures",
        "add-signatures",
        "Brings signatures that a person made on their own machine: the file that the program wrote there",
        Needs::May(Action::AddSignature),
    );

    fn run(call: &Call<'_>, _: NoQuery, body: Json<Signatures>) -> Result<Self::Gives, ApiProblem> {
        let id = call.case_id()?;
        if *body.0.case() != id {
            return Err(
                ApiProblem::new("other-case").field("/case", "write the case of the address")
            );
        }
        let lines = body.0.lines();
        call.change(|session| session.add_signatures(&id, &lines))
    }
}
