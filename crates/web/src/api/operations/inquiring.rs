//! Questions to agents of which accounts there are.

use lagrum_access::Action;
use lagrum_desk::{Inquired, Published};
use lagrum_model::{CaseId, EmailAddress, Region};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::call::Call;
use crate::api::operation::{About, Needs, NoQuery, Operation, get, post};
use crate::api::problem::ApiProblem;
use crate::api::takes::{Json, MOST, Nothing};

/// What there is to sign to ask agents which accounts there are.
#[derive(Serialize, JsonSchema)]
pub(crate) struct WaitingInquiries {
    /// The case.
    case: CaseId,
    /// One for each region, or several where it is about many accounts.
    inquiries: Vec<InquiryText>,
}

/// The text that is signed to ask the agent of a region.
#[derive(Serialize, JsonSchema)]
pub(crate) struct InquiryText {
    /// Whose agent is asked.
    region: Region,
    /// About which accounts.
    accounts: Vec<EmailAddress>,
    /// The text, to be signed as a note (c2sp.org/signed-note) within three days.
    text: String,
}

pub(crate) struct ToInquire;

impl Operation for ToInquire {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Json<WaitingInquiries>;
    const IS: About = get(
        "/cases/{case}/to-inquire",
        "to-inquire",
        "What somebody of the roster signs to ask agents which accounts of a case there are",
        Needs::May(Action::Inquire),
    );

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        let id = call.case_id()?;
        let open = call.ask(|session| session.inquiries(&id, false))?;
        let text = |one: &lagrum_mandate::Inquiry| InquiryText {
            region: one.region.clone(),
            accounts: one.accounts.clone(),
            text: one.to_text(),
        };
        Ok(Json(WaitingInquiries {
            inquiries: open.iter().map(text).collect(),
            case: id,
        }))
    }
}

/// Signed questions.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InquirySaid {
    /// The notes, each signed by one person of the roster on their own machine.
    #[schemars(length(min = 1, max = 1_000))]
    notes: Vec<String>,
}

pub(crate) struct Inquire;

impl Operation for Inquire {
    type Query = NoQuery;
    type Takes = Json<InquirySaid>;
    type Gives = Json<Published<Inquired>>;
    const IS: About = post(
        "/cases/{case}/inquiries",
        "inquire",
        "Asks agents which accounts there are with notes that a person signed; what they know, they answer",
        Needs::May(Action::Inquire),
    );

    fn run(
        call: &Call<'_>,
        _: NoQuery,
        body: Json<InquirySaid>,
    ) -> Result<Self::Gives, ApiProblem> {
        let (id, said) = (call.case_id()?, body.0);
        if said.notes.is_empty() || said.notes.len() > MOST {
            return Err(ApiProblem::new("body-wrong").field("/notes", "1 to 1000"));
        }
        call.change(|session| session.inquire(&id, &said.notes))
    }
}
