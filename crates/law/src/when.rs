//! What clocks and rules of secrecy have in common: to which demands they apply, and what each says of
//! itself.

use jiff::civil::Date;
use lagrum_model::{
    AuthorityKind, Category, ConflictGround, CountryCode, Demand, InstrumentKind, IssuerKind,
    Measure, Notification,
};
use serde::Deserialize;

use crate::Group;
use crate::confirmation::Confirmation;
use crate::rule::weighed;

/// To which demands a clock or a rule of secrecy applies. What is absent does not limit.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct When {
    instrument: Option<Vec<InstrumentKind>>,
    country: Option<Vec<CountryCode>>,
    /// The instrument does not say that it orders one of these measures.
    not_measure: Option<Vec<Measure>>,
    not_country: Option<Vec<CountryCode>>,
    authority_kind: Option<Vec<AuthorityKind>>,
    issued_by: Option<Vec<IssuerKind>>,
    validated: Option<bool>,
    emergency: Option<bool>,
    interim: Option<bool>,
    /// Whether it is sent as an order under Article 10 of Regulation (EU) 2022/2065.
    digital_services: Option<bool>,
    /// `unknown` stands for a demand that does not tell it.
    notification: Option<Vec<String>>,
    /// At least one of them is asked for.
    categories: Option<Vec<Category>>,
    /// Whether the demand names a prohibition to tell the account holder.
    secrecy: Option<bool>,
    /// Whether counsel found that the law of another country forbids the disclosure.
    conflict: Option<bool>,
    /// The country whose law forbids it belongs to this group.
    conflict_with: Option<String>,
    /// It does not belong to this group.
    conflict_not_with: Option<String>,
    /// Whether nothing has come of an objection yet.
    conflict_undecided: Option<bool>,
}

impl When {
    pub(crate) fn applies(&self, demand: &Demand) -> bool {
        let instrument = &demand.instrument;
        let notification = instrument
            .notification
            .map_or("unknown", Notification::as_str);
        among(self.instrument.as_ref(), &instrument.kind)
            && among(self.country.as_ref(), &instrument.country)
            && self
                .not_country
                .as_ref()
                .is_none_or(|not| !not.contains(&instrument.country))
            && !self
                .not_measure
                .as_ref()
                .is_some_and(|not| instrument.measure.is_some_and(|one| not.contains(&one)))
            && among(self.authority_kind.as_ref(), &demand.authority.kind)
            && among(self.issued_by.as_ref(), &instrument.issued_by.kind)
            && is(self.validated, instrument.validated_by.is_some())
            && is(self.emergency, demand.emergency.is_some())
            && is(self.interim, instrument.interim)
            && is(
                self.digital_services,
                instrument.digital_services.is_some()
                    || instrument.kind == InstrumentKind::DigitalServicesOrder,
            )
            && is(self.secrecy, demand.secrecy.is_some())
            && self
                .notification
                .as_ref()
                .is_none_or(|all| all.iter().any(|one| one == notification))
            && self
                .categories
                .as_ref()
                .is_none_or(|all| all.iter().any(|one| demand.asks_for(*one)))
    }

    /// Whether what counsel found is what it asks for, on the day `date`.
    pub(crate) fn found(&self, demand: &Demand, groups: &[Group], date: Date) -> bool {
        let conflict = demand.findings.conflict;
        let conflict = conflict.filter(|found| found.ground == ConflictGround::Forbids);
        let with = |name: &String| {
            conflict.is_some_and(|found| {
                groups
                    .iter()
                    .filter(|group| group.name == *name)
                    .any(|group| group.members_on(date).any(|one| one == found.country))
            })
        };
        let undecided = conflict.is_some_and(|found| found.outcome.is_none());
        is(self.conflict, conflict.is_some())
            && self.conflict_with.as_ref().is_none_or(with)
            && !self.conflict_not_with.as_ref().is_some_and(with)
            && is(self.conflict_undecided, undecided)
    }

    /// Refuses a group that is nowhere defined.
    pub(crate) fn check_groups(&self, groups: &[Group]) -> Result<(), String> {
        let named = [
            ("conflict_with", &self.conflict_with),
            ("conflict_not_with", &self.conflict_not_with),
        ];
        for (field, name) in named {
            if let Some(name) = name
                && groups.iter().all(|group| group.name != *name)
            {
                return Err(format!("`when.{field}`: there is no group `{name}`"));
            }
        }
        Ok(())
    }

    pub(crate) fn check(&self) -> Result<(), String> {
        let known = [
            "unknown",
            Notification::NotRequired.as_str(),
            Notification::Pending.as_str(),
            Notification::Cleared.as_str(),
            Notification::Refused.as_str(),
        ];
        match self
            .notification
            .iter()
            .flatten()
            .find(|word| !known.contains(&word.as_str()))
        {
            Some(word) => Err(format!(
                "`when.notification`: `{word}` is not known: write one of {}",
                known.join(", ")
            )),
            None => Ok(()),
        }
    }
}

fn among<T: PartialEq>(all: Option<&Vec<T>>, one: &T) -> bool {
    all.is_none_or(|all| all.contains(one))
}

fn is(asked: Option<bool>, found: bool) -> bool {
    asked.is_none_or(|asked| asked == found)
}

/// What every clock and every rule of secrecy says of itself.
pub(crate) fn required(
    pack: &str,
    what: &str,
    id: &str,
    texts: [&str; 2],
    verified: &str,
) -> Result<(), String> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.".contains(c);
    let begins = format!("{pack}.{what}.");
    if id.strip_prefix(&begins).is_none_or(str::is_empty) || !id.chars().all(allowed) {
        return Err(format!(
            "`id` must begin with `{begins}` and have only lower-case letters, digits, hyphens and full stops"
        ));
    }
    if texts.iter().any(|text| text.trim().is_empty()) {
        return Err("`cite` or `says` is empty: name the provision and say what it means".into());
    }
    weighed(verified)
        .and_then(|()| Confirmation::of(verified).map(|_| ()))
        .map_err(|why| format!("`verified` {why}"))
}
