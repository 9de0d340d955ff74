//! The records of a question: the instrument, the provider's findings, the sentence executed.

use std::collections::BTreeMap;

use cedar_policy::RestrictedExpression;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, tz};
use lagrum_model::{
    AskedPeriod, Basis, ClockStanding, IssuerKind, ProviderFindings, Sentence, Since,
};

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

/// The last day that can stand on the face of something that has been received: the day of the
/// receipt, or the day whose law is applied if that is earlier, where on earth it ends last.
fn last_day(basis: &Basis, as_of: Date) -> Date {
    let received = basis
        .received_at
        .map(|at| tz::offset(14).to_datetime(at).date());
    received.map_or(as_of, |received| {
        received.min(as_of.tomorrow().unwrap_or(as_of))
    })
}

pub(super) fn instrument(
    basis: &Basis,
    words: &Words,
    as_of: Date,
) -> Result<RestrictedExpression, LawError> {
    let facts = &basis.instrument;
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
            (
                "issued_on",
                RestrictedExpression::new_datetime(facts.issued_on.to_string()),
            ),
            (
                "dated_ahead",
                truth(facts.issued_on > last_day(basis, as_of)),
            ),
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
                .measure
                .map(|measure| ("measure", word(&words.measure, measure.as_str()))),
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
            (
                "partial_refusal_settled",
                truth(facts.partial_refusal_settled),
            ),
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

pub(super) fn period(asked: Option<AskedPeriod>) -> Result<RestrictedExpression, LawError> {
    let asked = asked.unwrap_or_default();
    record(
        [],
        [
            asked.from().map(|from| ("from", instant(from))),
            asked.until().map(|until| ("until", end(until))),
        ],
    )
}

pub(super) fn since(facts: Since) -> Result<RestrictedExpression, LawError> {
    record(
        [
            ("withdrawn", truth(facts.withdrawn)),
            ("validation_refused", truth(facts.validation_refused)),
            ("partly_refused", truth(facts.partly_refused)),
        ],
        [],
    )
}

/// The clocks, sorted by how they stand.
pub(super) fn clocks(
    standing: &BTreeMap<String, ClockStanding>,
    words: &Words,
) -> Result<RestrictedExpression, LawError> {
    record(
        ClockStanding::ALL.map(|state| {
            let those = standing.iter().filter(|(_, stands)| **stands == state);
            let those = those.map(|(name, _)| word(&words.clock, name));
            (state.as_str(), RestrictedExpression::new_set(those))
        }),
        [],
    )
}

/// An instant in whole milliseconds, which is what Cedar knows; what is finer is cut off. Nothing is
/// earlier than the year 0.
pub(super) fn instant(at: Timestamp) -> RestrictedExpression {
    let at = tz::TimeZone::UTC.to_datetime(at);
    let at = at.max(jiff::civil::datetime(0, 1, 1, 0, 0, 0, 0));
    RestrictedExpression::new_datetime(at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string())
}

/// The end of a period, never earlier than it is: begun milliseconds count as whole ones.
fn end(until: Timestamp) -> RestrictedExpression {
    let whole = until.subsec_nanosecond() % 1_000_000 == 0;
    let next = until.checked_add(1.millisecond());
    instant(if whole { until } else { next.unwrap_or(until) })
}
