//! The one list of operations.

use std::fmt::Write as _;

use lagrum_access::Scope;
use schemars::{JsonSchema as _, SchemaGenerator};
use serde_json::Value;

use super::call::Call;
use super::operation::{About, BASE, Needs, Operation};
use super::operations::{
    acts, answering, audit, burden, cases, inquiring, joining, letters, lists, preview, review,
    search, signing,
};
use super::problem::ApiProblem;
use super::takes::{Came, Gives as _, Reads, Takes as _, query};
use crate::form::Form;
use crate::reply::Reply;

/// An operation in the list.
pub(crate) struct Row {
    pub(crate) is: About,
    pub(crate) reads: Reads,
    pub(crate) run: fn(&Call<'_>, &Form, Came) -> Result<Reply, ApiProblem>,
    pub(crate) schemas: fn(&mut SchemaGenerator, &mut SchemaGenerator) -> Schemas,
}

/// The schemas of an operation.
pub(crate) struct Schemas {
    /// An object with a property for each parameter of the address.
    pub(crate) query: Value,
    pub(crate) takes: Option<(&'static str, Value)>,
    pub(crate) status: u16,
    pub(crate) gives: (&'static str, Value),
}

const fn row<O: Operation>() -> Row {
    Row {
        is: O::IS,
        reads: O::Takes::READS,
        run: run::<O>,
        schemas: schemas::<O>,
    }
}

fn run<O: Operation>(call: &Call<'_>, form: &Form, came: Came) -> Result<Reply, ApiProblem> {
    let asked = query(form)?;
    let body = O::Takes::read(came)?;
    Ok(O::run(call, asked, body)?.reply())
}

fn schemas<O: Operation>(reads: &mut SchemaGenerator, gives: &mut SchemaGenerator) -> Schemas {
    Schemas {
        query: O::Query::json_schema(reads).to_value(),
        takes: O::Takes::content(reads),
        status: O::Gives::STATUS,
        gives: O::Gives::content(gives),
    }
}

/// Every operation. What is not here is not there.
pub(crate) static ROWS: &[Row] = &[
    // For everybody.
    row::<lists::Document>(),
    row::<lists::Problems>(),
    row::<lists::Problem>(),
    // Who asks.
    row::<lists::Me>(),
    // Cases.
    row::<cases::List>(),
    row::<search::Search>(),
    row::<cases::Read>(),
    row::<cases::Original>(),
    row::<cases::Sender>(),
    row::<cases::Alike>(),
    row::<cases::Proof>(),
    row::<burden::Read>(),
    row::<letters::All>(),
    row::<letters::Read>(),
    row::<letters::Propose>(),
    row::<signing::ToSign>(),
    row::<signing::File>(),
    row::<inquiring::ToInquire>(),
    row::<joining::ToRecall>(),
    // Lists.
    row::<joining::Challenged>(),
    row::<joining::Withheld>(),
    row::<lists::People>(),
    row::<lists::Authorities>(),
    row::<lists::Officers>(),
    row::<lists::Packs>(),
    row::<lists::Check>(),
    row::<lists::Agents>(),
    row::<lists::Settings>(),
    row::<audit::All>(),
    row::<audit::OfKind>(),
    row::<audit::Samples>(),
    row::<audit::OneSample>(),
    row::<preview::Preview>(),
    // What changes something.
    row::<cases::Intake>(),
    row::<cases::Attach>(),
    row::<answering::Describe>(),
    row::<answering::CallBack>(),
    row::<answering::Genuine>(),
    row::<answering::Danger>(),
    row::<answering::Record>(),
    row::<answering::Assess>(),
    row::<answering::Decide>(),
    row::<signing::Add>(),
    row::<letters::Send>(),
    row::<acts::Note>(),
    row::<acts::PrivilegedNote>(),
    row::<burden::Work>(),
    row::<burden::Reimburse>(),
    row::<burden::TakeBack>(),
    row::<acts::Assign>(),
    row::<acts::HandToGroup>(),
    row::<acts::Link>(),
    row::<joining::Join>(),
    row::<joining::Split>(),
    row::<inquiring::Inquire>(),
    row::<joining::Recall>(),
    row::<review::Review>(),
    row::<acts::Ask>(),
    row::<acts::Deliver>(),
    row::<acts::TellPassphrase>(),
    row::<acts::Close>(),
    row::<acts::Reopen>(),
];

/// The list for people: what each operation needs of token and role. A test holds it against the reviewed
/// file.
#[must_use]
pub fn routes() -> String {
    let mut out = String::new();
    for row in ROWS {
        let words = |scopes: &[Scope]| {
            let words: Vec<_> = scopes.iter().map(|scope| scope.as_str()).collect();
            words.join(" or ")
        };
        let needs = match row.is.needs {
            Needs::Nobody => "anybody".to_owned(),
            Needs::Token => "any token".to_owned(),
            Needs::Any(scopes) => words(scopes),
            Needs::May(action) => format!("{:<12} {action}", words(&row.is.needs.scopes())),
            Needs::Both(one, other) => {
                let scopes = words(&row.is.needs.scopes()).replace(" or ", " and ");
                format!("{scopes} {one} and {other}")
            }
        };
        let path = format!("{BASE}{}", row.is.path);
        let _ = writeln!(out, "{:<5} {path:<52} {needs}", row.is.verb.as_str());
    }
    out
}

/// The list for integrators, as docs/api.md shows it. A test holds the page against it.
#[must_use]
pub fn operations() -> String {
    let mut out =
        String::from("| | path below `/api/v1` | scope | what it does |\n|---|---|---|---|\n");
    for row in ROWS {
        let scopes: Vec<_> = row
            .is
            .needs
            .scopes()
            .iter()
            .map(|one| format!("`{one}`"))
            .collect();
        let scopes = match row.is.needs {
            Needs::Nobody => "none, and no token".to_owned(),
            Needs::Token => "any".to_owned(),
            Needs::Any(_) => scopes.join(" or "),
            Needs::May(_) | Needs::Both(..) => scopes.join(" and "),
        };
        let _ = writeln!(
            out,
            "| {} | `{}` | {scopes} | {} |",
            row.is.verb.as_str(),
            row.is.path,
            row.is.says
        );
    }
    out
}
