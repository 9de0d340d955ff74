use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::str::FromStr;

use cedar_policy::{
    Context, Entities, Entity, EntityId, EntityTypeName, EntityUid, Request, RestrictedExpression,
};
use lagrum_model::{Basis, CountryCode, Holding, InstrumentFacts, IssuerKind};

use crate::LawError;

/// What is asked of the law: may this holding be disclosed on this basis?
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The facts of the demand.
    pub basis: &'a Basis,
    /// The data that it asks for. For an account that does not exist, the holding that it would
    /// have.
    pub holding: &'a Holding,
    /// Whether the demand names the account: an identifier, not a range and not a search.
    pub named: bool,
}

/// The names of the schema's entity types, made once.
pub(crate) struct Words {
    country: EntityTypeName,
    group: EntityTypeName,
    category: EntityTypeName,
    controller: EntityTypeName,
    authority_kind: EntityTypeName,
    instrument_kind: EntityTypeName,
    issuer_kind: EntityTypeName,
    notification: EntityTypeName,
    authority: EntityUid,
    holding: EntityUid,
    disclose: EntityUid,
}

impl Words {
    pub(crate) fn new() -> Self {
        let name = |text| EntityTypeName::from_str(text).expect("a plain word is a type's name");
        let one = |kind, id| EntityUid::from_type_name_and_id(name(kind), EntityId::new(id));
        Self {
            country: name("Country"),
            group: name("Group"),
            category: name("Category"),
            controller: name("Controller"),
            authority_kind: name("AuthorityKind"),
            instrument_kind: name("InstrumentKind"),
            issuer_kind: name("IssuerKind"),
            notification: name("Notification"),
            authority: one("Authority", "asking"),
            holding: one("Holding", "asked-for"),
            disclose: one("Action", "disclose"),
        }
    }

    pub(crate) fn country(&self, code: CountryCode) -> EntityUid {
        uid(&self.country, code.as_str())
    }

    pub(crate) fn group(&self, name: &str) -> EntityUid {
        uid(&self.group, name)
    }
}

fn uid(kind: &EntityTypeName, id: &str) -> EntityUid {
    EntityUid::from_type_name_and_id(kind.clone(), EntityId::new(id))
}

fn word(kind: &EntityTypeName, id: &str) -> RestrictedExpression {
    RestrictedExpression::new_entity_uid(uid(kind, id))
}

fn truth(value: bool) -> RestrictedExpression {
    RestrictedExpression::new_bool(value)
}

impl Question<'_> {
    /// The question in the words of the schema.
    pub(crate) fn request(&self, words: &Words) -> Result<Request, LawError> {
        let basis = self.basis;
        let mut pairs = vec![
            (
                "instrument".to_owned(),
                instrument(&basis.instrument, words)?,
            ),
            (
                "addressee_country".to_owned(),
                word(&words.country, basis.addressee_country.as_str()),
            ),
            ("listed_offence".to_owned(), truth(basis.listed_offence)),
            ("emergency".to_owned(), truth(basis.emergency)),
            (
                "emergency_believed".to_owned(),
                truth(basis.emergency_believed),
            ),
            ("named".to_owned(), truth(self.named)),
        ];
        if let Some(months) = basis.maximum_penalty_months {
            pairs.push((
                "maximum_penalty_months".to_owned(),
                RestrictedExpression::new_long(i64::from(months)),
            ));
        }
        let context = Context::from_pairs(pairs).map_err(unputtable)?;
        Request::new(
            words.authority.clone(),
            words.disclose.clone(),
            words.holding.clone(),
            context,
            None,
        )
        .map_err(unputtable)
    }

    /// The authority, the holding, and of the countries in force those that the question names.
    /// Only these: a country that a rule names by itself is compared by name, and looks up nothing.
    pub(crate) fn entities(
        &self,
        words: &Words,
        countries: &BTreeMap<CountryCode, Entity>,
    ) -> Result<Entities, LawError> {
        let authority = &self.basis.authority;
        let attributes = HashMap::from([
            (
                "country".to_owned(),
                word(&words.country, authority.country.as_str()),
            ),
            (
                "kind".to_owned(),
                word(&words.authority_kind, authority.kind.as_str()),
            ),
            ("verified".to_owned(), truth(authority.verified)),
        ]);
        let asking =
            Entity::new(words.authority.clone(), attributes, HashSet::new()).map_err(unputtable)?;

        let holding = self.holding;
        let mut attributes = HashMap::from([
            (
                "category".to_owned(),
                word(&words.category, holding.category.as_str()),
            ),
            (
                "stored_in".to_owned(),
                word(&words.country, holding.stored_in.as_str()),
            ),
            (
                "controller".to_owned(),
                word(&words.controller, holding.controller.as_str()),
            ),
        ]);
        if let Some(residence) = holding.holder_resides_in {
            attributes.insert(
                "holder_resides_in".to_owned(),
                word(&words.country, residence.as_str()),
            );
        }
        let asked_for =
            Entity::new(words.holding.clone(), attributes, HashSet::new()).map_err(unputtable)?;

        let named: BTreeSet<_> = [
            authority.country,
            self.basis.instrument.country,
            self.basis.addressee_country,
            holding.stored_in,
        ]
        .into_iter()
        .chain(holding.holder_resides_in)
        .collect();
        let named = named.iter().filter_map(|code| countries.get(code)).cloned();
        Entities::from_entities([asking, asked_for].into_iter().chain(named), None)
            .map_err(unputtable)
    }
}

fn instrument(facts: &InstrumentFacts, words: &Words) -> Result<RestrictedExpression, LawError> {
    let judge =
        facts.issued_by == IssuerKind::Judge || facts.validated_by == Some(IssuerKind::Judge);
    let mut fields = vec![
        (
            "kind".to_owned(),
            word(&words.instrument_kind, facts.kind.as_str()),
        ),
        (
            "country".to_owned(),
            word(&words.country, facts.country.as_str()),
        ),
        (
            "issued_by".to_owned(),
            word(&words.issuer_kind, facts.issued_by.as_str()),
        ),
        ("judge".to_owned(), truth(judge)),
        ("signed".to_owned(), truth(facts.signed)),
        (
            "qualified_signature".to_owned(),
            truth(facts.qualified_signature),
        ),
        ("treaty".to_owned(), truth(facts.treaty)),
        (
            "customer_cannot_be_asked".to_owned(),
            truth(facts.customer_cannot_be_asked),
        ),
    ];
    if let Some(validator) = facts.validated_by {
        fields.push((
            "validated_by".to_owned(),
            word(&words.issuer_kind, validator.as_str()),
        ));
    }
    if let Some(notification) = facts.notification {
        fields.push((
            "notification".to_owned(),
            word(&words.notification, notification.as_str()),
        ));
    }
    RestrictedExpression::new_record(fields).map_err(unputtable)
}

fn unputtable(error: impl std::fmt::Display) -> LawError {
    LawError::Question(error.to_string())
}

#[cfg(test)]
mod tests;
