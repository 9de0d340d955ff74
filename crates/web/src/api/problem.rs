//! Problem details (RFC 9457).

use lagrum_access::NotAllowed;
use lagrum_desk::{CommandError, SampleRefused};
use lagrum_documents::{Phrases, Zone, refusal};
use lagrum_law::LawError;
use lagrum_model::{CaseId, DemandError, Language, Refusal};
use lagrum_store::StoreError;
use schemars::JsonSchema;
use serde::Serialize;

use super::codes::{FAILED, TYPES, find};
use crate::error::Problem;
use crate::reply::Reply;

/// A field that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct WrongField {
    /// Where it is in the body (RFC 6901).
    pub(crate) pointer: String,
    /// What is wrong with it.
    pub(crate) detail: String,
}

/// Why a request was not answered as it was meant: a problem of RFC 9457.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub(crate) struct Told {
    /// The address of the code.
    #[schemars(extend("format" = "uri-reference"))]
    r#type: String,
    /// What the code says, in one sentence that is always the same.
    title: &'static str,
    /// The status of HTTP.
    status: u16,
    /// What is wrong in this case, for people (English).
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// The code.
    code: &'static str,
    /// In which case.
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<CaseId>,
    /// The fields that are wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<WrongField>,
    /// The refusal as facts.
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<Refusal>,
}

/// A problem on its way out.
#[derive(Clone, Debug)]
pub(crate) struct ApiProblem {
    told: Box<Told>,
    headers: Vec<(&'static str, String)>,
}

impl ApiProblem {
    /// A problem with a code of the list.
    pub(crate) fn new(word: &'static str) -> Self {
        let known = find(word).unwrap_or(&FAILED);
        let told = Told {
            r#type: format!("{TYPES}/{}", known.code),
            title: known.title,
            status: known.status,
            detail: None,
            code: known.code,
            case: None,
            errors: Vec::new(),
            refusal: None,
        };
        Self {
            told: Box::new(told),
            headers: Vec::new(),
        }
    }

    pub(crate) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.told.detail = Some(detail.into());
        self
    }

    pub(crate) fn field(mut self, pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        self.told.errors.push(WrongField {
            pointer: pointer.into(),
            detail: detail.into(),
        });
        self
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    fn refused(case: Option<CaseId>, why: Refusal) -> Self {
        let phrases = Phrases::of(Language::English);
        let mut made = Self::new(why.code()).detail(refusal(&why, &Zone::utc(), &phrases));
        if let Refusal::Unreadable {
            error: DemandError::Field { field, why },
            ..
        } = &why
        {
            made = made.field(pointer(field), why);
        }
        made.told.case = case;
        made.told.refusal = Some(why);
        made
    }

    /// As it goes out.
    pub(crate) fn reply(self) -> Reply {
        let body = serde_json::to_vec(&self.told).unwrap_or_default();
        let mut headers = self.headers;
        headers.push(("content-type", "application/problem+json".into()));
        Reply {
            status: self.told.status,
            headers,
            body,
            piece: None,
        }
    }
}

/// A path as a reader of demands writes it (`part[0].period`) as a pointer.
fn pointer(path: &str) -> String {
    let places = path.split(['.', '[', ']']).filter(|part| !part.is_empty());
    places.map(|part| format!("/{part}")).collect()
}

impl From<CommandError> for ApiProblem {
    fn from(error: CommandError) -> Self {
        match error {
            CommandError::Refused { case, refusal } => Self::refused(Some(case), refusal),
            CommandError::Invalid(refusal) => Self::refused(None, refusal),
            CommandError::NotAllowed(not) => not.into(),
            CommandError::NoSuchCase(_) | CommandError::Sample(SampleRefused::NoSuchSample(_)) => {
                Self::new("not-there")
            }
            CommandError::Store(error) => error.into(),
            CommandError::NotCompared { .. } => Self::new("not-compared"),
            CommandError::NotArranged => Self::new("failed"),
            CommandError::Damaged(_) => Self::new("failed"),
            CommandError::Law(LawError::TooEarly { asked, earliest }) => {
                let why = format!("{asked}: the earliest day is {earliest}");
                Self::new("law-too-early").detail(why)
            }
            CommandError::Law(LawError::Moments(_)) => Self::new("moments-out-of-order"),
            // A path of the machine or a piece of a file is nothing for an answer.
            _ => Self::new("unavailable"),
        }
    }
}

impl From<NotAllowed> for ApiProblem {
    fn from(not: NotAllowed) -> Self {
        Self::new("not-allowed").detail(not.to_string())
    }
}

impl From<StoreError> for ApiProblem {
    fn from(error: StoreError) -> Self {
        Self::new(match error {
            StoreError::NoSuchCase(_) | StoreError::NoSuchEvent { .. } | StoreError::Erased(_) => {
                "not-there"
            }
            StoreError::ChangedMeanwhile => "changed-meanwhile",
            StoreError::Damaged(_) | StoreError::NotKnown(_) => "failed",
            _ => "unavailable",
        })
    }
}

impl From<lagrum_desk::OpenError> for ApiProblem {
    fn from(_: lagrum_desk::OpenError) -> Self {
        Self::new("unavailable")
    }
}

/// What keeps a request from being read at all.
impl From<Problem> for ApiProblem {
    fn from(problem: Problem) -> Self {
        let code = problem.code();
        match (problem, code) {
            (Problem::Command(error), _) => (*error).into(),
            (Problem::Busy, Some(code)) => Self::new(code).header("retry-after", "10"),
            (_, code) => Self::new(code.unwrap_or("failed")),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::codes::CODES;
    use super::*;

    #[test]
    fn every_refusal_of_the_desk_has_its_row_in_the_list() {
        let schema = serde_json::to_value(schemars::schema_for!(Refusal)).unwrap();
        let variants = schema["oneOf"].as_array().unwrap();
        let codes: BTreeSet<_> = variants
            .iter()
            .map(|one| one["properties"]["code"]["const"].as_str().unwrap())
            .collect();
        assert!(codes.len() > 70, "{}", codes.len());
        let listed: BTreeSet<_> = CODES.iter().map(|one| one.code).collect();
        assert_eq!(listed.len(), CODES.len(), "a code stands twice");
        let missing: Vec<_> = codes.difference(&listed).collect();
        assert!(missing.is_empty(), "{missing:?}");
        assert!(CODES.iter().all(|one| (400..600).contains(&one.status)));
    }

    #[test]
    fn a_wrong_field_is_named_by_a_pointer() {
        assert_eq!(pointer("part[0].period.from"), "/part/0/period/from");
        assert_eq!(pointer("reference"), "/reference");
    }
}
