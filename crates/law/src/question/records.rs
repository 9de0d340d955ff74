//! The records of a question: the instrument, the provider's findings, the sentence executed.

use cedar_policy::RestrictedExpression;
use jiff::civil::Date;
use lagrum_model::{InstrumentFacts, IssuerKind, ProviderFindings, Sentence};

use super::{Words, truth, unputtable, word};
use crate::LawError;

/// A record of named fields.
fn record<const N: usize>(
    certain: [(&'static str, RestrictedExpression); N],
    stated: impl IntoIterator<Item = Option<(&'static str, RestrictedExpression)>>,
) -> Result<RestrictedExpression, LawError> {
    let fields = certain.into_iter().chain(stated.into_iter().flatten());
    RestrictedExpression::new_record(fields.map(|(name, value)| (name.to_owned(), value)))
        .map_err(unputtable)
}

pub(super) fn instrument(
    facts: &InstrumentFacts,
    words: &Words,
    as_of: Date,
) -> Result<RestrictedExpression, LawError> {
    let judge =
        facts.issued_by == IssuerKind::Judge || facts.validated_by == Some(IssuerKind::Judge);
    let digital_services = facts
        .digital_services
        .map(|elements| {
            record(
                [
                    ("reasons", truth(elements.reasons)),
                    ("redress", truth(elements.redress)),
                    ("language", truth(elements.language)),
                ],
                [],
            )
        })
        .transpose()?;
    record(
        [
            ("kind", word(&words.instrument_kind, facts.kind.as_str())),
            ("country", word(&words.country, facts.country.as_str())),
            (
                "issued_by",
                word(&words.issuer_kind, facts.issued_by.as_str()),
            ),
            ("judge", truth(judge)),
            ("signed", truth(facts.signed)),
            ("qualified_signature", truth(facts.qualified_signature)),
            ("treaty", truth(facts.treaty)),
            (
                "customer_cannot_be_asked",
                truth(facts.customer_cannot_be_asked),
            ),
            ("interim", truth(facts.interim)),
            ("rank_confirmed", truth(facts.rank_confirmed)),
            ("certified", truth(facts.certified)),
            (
                "expired",
                truth(facts.valid_until.is_some_and(|last| last < as_of)),
            ),
        ],
        [
            facts
                .validated_by
                .map(|validator| ("validated_by", word(&words.issuer_kind, validator.as_str()))),
            facts
                .notification
                .map(|state| ("notification", word(&words.notification, state.as_str()))),
            digital_services.map(|elements| ("digital_services", elements)),
        ],
    )
}

pub(super) fn findings(
    facts: &ProviderFindings,
    words: &Words,
) -> Result<RestrictedExpression, LawError> {
    let conflict = facts
        .conflict
        .map(|conflict| {
            record(
                [
                    ("country", word(&words.country, conflict.country.as_str())),
                    (
                        "ground",
                        word(&words.conflict_ground, conflict.ground.as_str()),
                    ),
                    (
                        "qualifying_government",
                        truth(conflict.qualifying_government),
                    ),
                ],
                [conflict
                    .outcome
                    .map(|came| ("outcome", word(&words.conflict_outcome, came.as_str())))],
            )
        })
        .transpose()?;
    record(
        [
            ("transfer_ground", truth(facts.transfer_ground)),
            ("relevance_doubted", truth(facts.relevance_doubted)),
            ("foreign_law_cleared", truth(facts.foreign_law_cleared)),
            ("local_law_confirmed", truth(facts.local_law_confirmed)),
            ("privilege_cleared", truth(facts.privilege_cleared)),
        ],
        [
            conflict.map(|conflict| ("conflict", conflict)),
            facts
                .objection
                .map(|objection| ("objection", word(&words.objection, objection.as_str()))),
        ],
    )
}

pub(super) fn sentence(facts: &Sentence) -> Result<RestrictedExpression, LawError> {
    record(
        [
            (
                "months",
                RestrictedExpression::new_long(i64::from(facts.months)),
            ),
            ("in_absentia", truth(facts.in_absentia)),
            ("absconded", truth(facts.absconded)),
        ],
        [],
    )
}
