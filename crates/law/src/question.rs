use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::str::FromStr;

use cedar_policy::{
    Context, Entities, Entity, EntityId, EntityTypeName, EntityUid, Request, RestrictedExpression,
};
use jiff::civil::Date;
use lagrum_model::{Act, AskedPeriod, Basis, CountryCode, Holding, SubCategory};

use crate::LawError;

mod records;

use records::{clocks, findings, instant, instrument, period, sentence, since};

/// What is asked of the law: may this holding be disclosed on this basis, or must it be preserved?
/// Which of the two, the kind of instrument says.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The facts of the demand.
    pub basis: &'a Basis,
    /// The data that it asks for. For an account that does not exist, the holding that it would
    /// have.
    pub holding: &'a Holding,
    /// Whether the demand names the account: an identifier, not a range and not a search.
    pub named: bool,
    /// From when to when, as the part asks. Absent: it names no time.
    pub period: Option<AskedPeriod>,
    /// Which boxes below the holding's category are ticked. None: all of it is asked for. Those of other
    /// categories say nothing of it.
    pub sub_categories: &'a [SubCategory],
}

/// What differs between the parts of one demand, besides the data itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OfPart {
    pub(crate) named: bool,
    pub(crate) period: Option<AskedPeriod>,
}

/// The names of the schema's entity types, made once.
#[derive(Clone)]
pub(crate) struct Words {
    country: EntityTypeName,
    group: EntityTypeName,
    category: EntityTypeName,
    controller: EntityTypeName,
    service: EntityTypeName,
    authority_kind: EntityTypeName,
    instrument_kind: EntityTypeName,
    issuer_kind: EntityTypeName,
    measure: EntityTypeName,
    notification: EntityTypeName,
    purpose: EntityTypeName,
    conflict_ground: EntityTypeName,
    conflict_outcome: EntityTypeName,
    objection: EntityTypeName,
    clock: EntityTypeName,
    authority: EntityUid,
    holding: EntityUid,
    disclose: EntityUid,
    preserve: EntityUid,
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
            service: name("Service"),
            authority_kind: name("AuthorityKind"),
            instrument_kind: name("InstrumentKind"),
            issuer_kind: name("IssuerKind"),
            measure: name("Measure"),
            notification: name("Notification"),
            purpose: name("Purpose"),
            conflict_ground: name("ConflictGround"),
            conflict_outcome: name("ConflictOutcome"),
            objection: name("Objection"),
            clock: name("Clock"),
            authority: one("Authority", "asking"),
            holding: one("Holding", "asked-for"),
            disclose: one("Action", Act::Disclose.as_str()),
            preserve: one("Action", Act::Preserve.as_str()),
        }
    }

    pub(crate) fn country(&self, code: CountryCode) -> EntityUid {
        uid(&self.country, code.as_str())
    }

    fn act(&self, act: Act) -> EntityUid {
        match act {
            Act::Disclose => self.disclose.clone(),
            Act::Preserve => self.preserve.clone(),
        }
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
    /// The question in the words of the schema, on the day whose law is applied.
    pub(crate) fn request(&self, words: &Words, as_of: Date) -> Result<Request, LawError> {
        let part = OfPart {
            named: self.named,
            period: self.period,
        };
        request(self.basis, part, words, as_of)
    }

    /// The authority, the holding, and of the countries in force those that the question names.
    pub(crate) fn entities(
        &self,
        words: &Words,
        countries: &BTreeMap<CountryCode, Entity>,
    ) -> Result<Entities, LawError> {
        let around = around(self.basis, words, countries)?;
        let asked = SubCategory::asked(self.sub_categories, self.holding.category);
        with_holding(&around, self.holding, &asked, words, countries)
    }
}

/// The request of a demand, whatever data it asks for.
pub(crate) fn request(
    basis: &Basis,
    part: OfPart,
    words: &Words,
    as_of: Date,
) -> Result<Request, LawError> {
    let mut pairs = vec![
        ("instrument".to_owned(), instrument(basis, words, as_of)?),
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
        ("named".to_owned(), truth(part.named)),
        ("period".to_owned(), period(part.period)?),
        ("since".to_owned(), since(basis.since)?),
        ("clocks".to_owned(), clocks(&basis.clocks, words)?),
        ("findings".to_owned(), findings(&basis.findings, words)?),
    ];
    if let Some(months) = basis.maximum_penalty_months {
        pairs.push((
            "maximum_penalty_months".to_owned(),
            RestrictedExpression::new_long(i64::from(months)),
        ));
    }
    if let Some(received_at) = basis.received_at {
        pairs.push(("received_at".to_owned(), instant(received_at)));
    }
    if let Some(purpose) = basis.purpose {
        pairs.push(("purpose".to_owned(), word(&words.purpose, purpose.as_str())));
    }
    if let Some(executed) = &basis.sentence {
        pairs.push(("sentence".to_owned(), sentence(executed)?));
    }
    let context = Context::from_pairs(pairs).map_err(unputtable)?;
    Request::new(
        words.authority.clone(),
        words.act(basis.instrument.kind.act()),
        words.holding.clone(),
        context,
        None,
    )
    .map_err(unputtable)
}

/// The authority of a demand.
fn asking(basis: &Basis, words: &Words) -> Result<Entity, LawError> {
    let authority = &basis.authority;
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
    Entity::new(words.authority.clone(), attributes, HashSet::new()).map_err(unputtable)
}

/// The data that is asked for.
fn asked_for(holding: &Holding, asked: &[SubCategory], words: &Words) -> Result<Entity, LawError> {
    let boxes = SubCategory::ALL
        .iter()
        .map(|one| (one.as_str().replace('-', "_"), truth(asked.contains(one))));
    let mut attributes = HashMap::from([
        (
            "category".to_owned(),
            word(&words.category, holding.category.as_str()),
        ),
        (
            "includes".to_owned(),
            RestrictedExpression::new_record(boxes).map_err(unputtable)?,
        ),
        (
            "stored_in".to_owned(),
            word(&words.country, holding.stored_in.as_str()),
        ),
        (
            "controller".to_owned(),
            word(&words.controller, holding.controller.as_str()),
        ),
        ("privileged".to_owned(), truth(holding.privileged)),
    ]);
    if let Some(residence) = holding.holder_resides_in {
        attributes.insert(
            "holder_resides_in".to_owned(),
            word(&words.country, residence.as_str()),
        );
    }
    if let Some(us_person) = holding.holder_is_us_person {
        attributes.insert("holder_is_us_person".to_owned(), truth(us_person));
    }
    if let Some(state) = holding.public_authority_of {
        attributes.insert(
            "public_authority_of".to_owned(),
            word(&words.country, state.as_str()),
        );
    }
    if let Some(service) = holding.service {
        attributes.insert("service".to_owned(), word(&words.service, service.as_str()));
    }
    Entity::new(words.holding.clone(), attributes, HashSet::new()).map_err(unputtable)
}

/// The authority, and of the countries in force those that the demand names. Only these: a country
/// that a rule names by itself is compared by name, and looks up nothing.
pub(crate) fn around(
    basis: &Basis,
    words: &Words,
    countries: &BTreeMap<CountryCode, Entity>,
) -> Result<Entities, LawError> {
    let mut named = BTreeSet::from([
        basis.authority.country,
        basis.instrument.country,
        basis.addressee_country,
    ]);
    named.extend(basis.findings.conflict.map(|conflict| conflict.country));
    let named = named.iter().filter_map(|code| countries.get(code)).cloned();
    Entities::from_entities([asking(basis, words)?].into_iter().chain(named), None)
        .map_err(unputtable)
}

/// Adds the holding, of which exactly the boxes of `asked` are asked for, and of the countries in force
/// those that it names, to what is `around`.
pub(crate) fn with_holding(
    around: &Entities,
    holding: &Holding,
    asked: &[SubCategory],
    words: &Words,
    countries: &BTreeMap<CountryCode, Entity>,
) -> Result<Entities, LawError> {
    let mut named = BTreeSet::from([holding.stored_in]);
    named.extend(holding.holder_resides_in);
    named.extend(holding.public_authority_of);
    let named = named
        .iter()
        .filter_map(|code| countries.get(code))
        .filter(|country| around.get(&country.uid()).is_none())
        .cloned();
    around
        .clone()
        .add_entities(
            [asked_for(holding, asked, words)?].into_iter().chain(named),
            None,
        )
        .map_err(unputtable)
}

fn unputtable(error: impl std::fmt::Display) -> LawError {
    LawError::Question(error.to_string())
}

#[cfg(test)]
mod tests;
