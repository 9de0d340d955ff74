//! What a condition reads: of the holding, and of how the part asks.

use std::collections::BTreeSet;

use lagrum_model::{Category, Controller, CountryCode, Holding, Service, SubCategory};
use serde_json::{Value, json};

/// One fact of a holding that a condition can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fact {
    Category,
    StoredIn,
    Controller,
    HolderResidesIn,
    HolderIsUsPerson,
    Privileged,
    PublicAuthorityOf,
    Service,
    /// Whether this box is asked for.
    Includes(SubCategory),
}

/// What a fact is of one holding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Seen {
    Category(Category),
    Country(Option<CountryCode>),
    Controller(Controller),
    Service(Option<Service>),
    Truth(Option<bool>),
}

impl Fact {
    /// The fact of this name in the schema; none for what lies deeper, or is not known.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "category" => Self::Category,
            "stored_in" => Self::StoredIn,
            "controller" => Self::Controller,
            "holder_resides_in" => Self::HolderResidesIn,
            "holder_is_us_person" => Self::HolderIsUsPerson,
            "privileged" => Self::Privileged,
            "public_authority_of" => Self::PublicAuthorityOf,
            "service" => Self::Service,
            _ => return None,
        })
    }

    /// What it is of this holding, of which these boxes are asked for.
    pub(crate) fn of(self, holding: &Holding, asked: &[SubCategory]) -> Seen {
        match self {
            Self::Category => Seen::Category(holding.category),
            Self::StoredIn => Seen::Country(Some(holding.stored_in)),
            Self::Controller => Seen::Controller(holding.controller),
            Self::HolderResidesIn => Seen::Country(holding.holder_resides_in),
            Self::HolderIsUsPerson => Seen::Truth(holding.holder_is_us_person),
            Self::Privileged => Seen::Truth(Some(holding.privileged)),
            Self::PublicAuthorityOf => Seen::Country(holding.public_authority_of),
            Self::Service => Seen::Service(holding.service),
            Self::Includes(one) => Seen::Truth(Some(asked.contains(&one))),
        }
    }
}

/// What a condition reads besides the demand.
#[derive(Debug, Default)]
pub(super) struct Reads {
    /// Whether the demand names the account, or the period: what differs between the parts of one
    /// demand. The whole context counts as well.
    pub(super) asked: bool,
    /// Of the holding.
    facts: BTreeSet<Fact>,
    /// The holding as a whole, or something of it that is no single fact.
    whole: bool,
}

impl Reads {
    /// Whether it reads anything of the holding.
    pub(super) fn holding(&self) -> bool {
        self.whole || !self.facts.is_empty()
    }

    /// What it reads of the holding; none if that is more than single facts.
    pub(super) fn facts(self) -> Option<Vec<Fact>> {
        (!self.whole).then(|| self.facts.into_iter().collect())
    }
}

/// What a condition reads.
pub(super) fn reads(body: &Value) -> Reads {
    let mut found = Reads::default();
    read(body, &mut found);
    found
}

fn read(body: &Value, found: &mut Reads) {
    match body {
        Value::Object(fields) => {
            if let Some(of) = fields.get(".").or_else(|| fields.get("has")) {
                if of["left"] == json!({"Var": "context"}) {
                    found.asked |= of["attr"] == "named" || of["attr"] == "period";
                    return;
                }
                if let Some(fact) = fact(of) {
                    found.facts.insert(fact);
                    return;
                }
            }
            for (key, value) in fields {
                if key == "Var" {
                    found.whole |= value == "resource";
                    found.asked |= value == "context";
                } else {
                    read(value, found);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| read(item, found)),
        _ => {}
    }
}

/// The fact that is read by `resource.fact` or `resource.includes.fact`, or asked about by `has`.
fn fact(of: &Value) -> Option<Fact> {
    let name = of["attr"].as_str()?;
    let resource = json!({"Var": "resource"});
    if of["left"] == resource {
        return Fact::named(name);
    }
    let inner = of["left"].get(".")?;
    if inner["left"] != resource || inner["attr"] != "includes" {
        return None;
    }
    let named = |one: &SubCategory| one.as_str().replace('-', "_") == name;
    SubCategory::ALL
        .iter()
        .copied()
        .find(named)
        .map(Fact::Includes)
}
