//! What an agent withheld and counsel decided about, where the data lies.

use lagrum_access::Action;
use lagrum_desk::{Published, ReviewTaken};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::call::Call;
use crate::api::operation::{About, Needs, NoQuery, Operation, post};
use crate::api::problem::ApiProblem;
use crate::api::takes::Json;

/// What counsel decided.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reviewed {
    /// The note that the region's agent signed when counsel had decided.
    #[schemars(length(min = 1))]
    note: String,
}

pub(crate) struct Review;

impl Operation for Review {
    type Query = NoQuery;
    type Takes = Json<Reviewed>;
    type Gives = Json<Published<ReviewTaken>>;
    const IS: About = post(
        "/cases/{case}/review",
        "review",
        "Takes what counsel decided in the region about what was withheld, and drafts the mandate that carries it out",
        Needs::May(Action::Review),
    );

    fn run(call: &Call<'_>, _: NoQuery, body: Json<Reviewed>) -> Result<Self::Gives, ApiProblem> {
        let id = call.case_id()?;
        call.change(|session| session.review(&id, body.0.note.as_bytes()))
    }
}
