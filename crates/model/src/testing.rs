//! The demand, the facts and the event that the tests of all rooms start from (feature `testing`).
//! A test says what differs from them, and nothing else.

use std::collections::BTreeMap;

use jiff::Timestamp;
use toml::{Table, Value};

use crate::{
    Actor, AskedPeriod, AuthorityFacts, AuthorityKind, Basis, CaseId, CountryCode, Demand, Event,
    EventFormat, EventKind, InstrumentFacts, InstrumentKind, IssuerKind, Measure, ProviderFindings,
    Since,
};

/// The mailbox that the usual demand asks for.
pub const ACCOUNT: &str = "bjork@kvist.example";

/// A key of nobody, to which a package can be sealed.
pub const RECIPIENT_KEY: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

/// Swedish police, with a court's decision that names one account and one month.
const USUAL: &str = r#"
format = "lagrum-demand/2"
reference = "R 1"
[authority]
name = "Polisen"
country = "SE"
kind = "police"
officer = { name = "O", email = "o@police.example" }
[instrument]
kind = "court-decision"
measure = "interception"
country = "SE"
provision = "Rättegångsbalken 27 kap. 21 §"
issued_on = 2026-11-02
issued_by = { name = "Stockholms tingsrätt", kind = "judge" }
[addressee]
entity = "Kvist Mail AB"
country = "SE"
[[part]]
identifiers = [{ kind = "email-address", value = "bjork@kvist.example" }]
categories = ["content", "subscriber"]
period = { from = "2026-01-01T00:00:00Z", until = "2026-02-01T00:00:00Z" }
"#;

/// What the usual demand has to say besides, for Swedish law to permit that content is produced.
pub const PERMITTED: &str = r#"
[instrument]
signatures = [{ name = "J", form = "handwritten" }]
[offence]
description = "grovt narkotikabrott"
maximum_penalty_months = 120
"#;

/// The file of the usual demand, as far as nothing else is said: each of `differs` is TOML, and what
/// it says of a table or of a part, key by key, goes before what was said earlier.
///
/// # Panics
/// When one of `differs` is not TOML.
#[must_use]
pub fn demand_text(differs: &[&str]) -> String {
    let read = |text: &str| text.parse::<Table>().expect("TOML");
    let mut file = read(USUAL);
    for other in differs {
        for (key, value) in read(other) {
            match (file.get_mut(&key), value) {
                (Some(Value::Table(told)), Value::Table(more)) => told.extend(more),
                (Some(Value::Array(told)), Value::Array(more)) if key == "part" => {
                    say(told, more);
                }
                (_, value) => {
                    file.insert(key, value);
                }
            }
        }
    }
    toml::to_string(&file).expect("what was read can be written")
}

/// Says of each part what is new of it, and adds the parts that were not there.
fn say(parts: &mut Vec<Value>, new: Vec<Value>) {
    for (number, part) in new.into_iter().enumerate() {
        match (parts.get_mut(number), part) {
            (Some(Value::Table(told)), Value::Table(more)) => told.extend(more),
            (_, part) => parts.push(part),
        }
    }
}

/// The demand of [`demand_text`].
///
/// # Panics
/// When the file has a fault.
#[must_use]
pub fn demand(differs: &[&str]) -> Demand {
    let text = demand_text(differs);
    Demand::parse(text.as_bytes()).unwrap_or_else(|fault| panic!("{fault}:\n{text}"))
}

/// A country by its code.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn country(code: &str) -> CountryCode {
    CountryCode::parse(code).expect("a country")
}

/// The measure that an instrument of tests permits: the one that reaches content.
fn measure(kind: InstrumentKind) -> Option<Measure> {
    match kind {
        InstrumentKind::CourtDecision => Some(Measure::Interception),
        InstrumentKind::ProductionOrder => Some(Measure::Edition),
        _ => None,
    }
}

/// The facts of a verified demand whose instrument is of the authority's own country and signed by
/// hand, dated 2 November 2026 and received on the next day; nothing else is known.
#[must_use]
pub fn basis(
    asking: &str,
    authority: AuthorityKind,
    kind: InstrumentKind,
    issued_by: IssuerKind,
    addressee: &str,
) -> Basis {
    Basis {
        authority: AuthorityFacts {
            country: country(asking),
            kind: authority,
            verified: true,
        },
        instrument: InstrumentFacts {
            kind,
            measure: measure(kind),
            country: country(asking),
            issued_on: jiff::civil::date(2026, 11, 2),
            issued_by,
            validated_by: None,
            signed: true,
            qualified_signature: false,
            treaty: false,
            notification: None,
            customer_cannot_be_asked: false,
            interim: false,
            rank_confirmed: false,
            certified: false,
            valid_until: None,
            digital_services: None,
        },
        addressee_country: country(addressee),
        maximum_penalty_months: None,
        listed_offence: false,
        emergency: false,
        emergency_believed: false,
        purpose: None,
        sentence: None,
        findings: ProviderFindings::default(),
        received_at: Some("2026-11-03T09:00:00Z".parse().expect("an instant")),
        since: Since::default(),
        clocks: BTreeMap::new(),
    }
}

/// A month that is over when any demand of the tests is received.
///
/// # Panics
/// Never.
#[must_use]
pub fn long_ago() -> Option<AskedPeriod> {
    let instant = |text: &str| Some(text.parse().expect("an instant"));
    let month = AskedPeriod::new(
        instant("2010-01-01T00:00:00Z"),
        instant("2010-02-01T00:00:00Z"),
    );
    Some(month.expect("a period"))
}

/// An event as it is written today.
#[must_use]
pub fn event(
    case: CaseId,
    number: u64,
    at: Timestamp,
    actor: Actor,
    reason: &str,
    what: EventKind,
) -> Event {
    Event {
        format: EventFormat::V1,
        case,
        number,
        at,
        actor,
        reason: reason.into(),
        what,
        more: BTreeMap::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Category, Identifier};

    #[test]
    fn a_test_says_only_what_differs() {
        let usual = demand(&[]);
        assert_eq!(usual.identifiers()[0].to_string(), ACCOUNT);
        let other = demand(&[
            PERMITTED,
            "reference = \"R 2\"\n[instrument]\nkind = \"subpoena\"\n[[part]]\ncategories = [\"traffic\"]",
            "[[part]]\n[[part]]\nidentifiers = [{ kind = \"network\", value = \"192.0.2.0/24\" }]\ncategories = [\"content\"]",
        ]);
        assert_eq!((other.reference.as_str(), other.parts.len()), ("R 2", 2));
        assert_eq!(other.instrument.kind, InstrumentKind::Subpoena);
        assert_eq!(other.instrument.signatures.len(), 1);
        assert_eq!(other.instrument.issued_by, usual.instrument.issued_by);
        assert_eq!(other.parts[0].categories, [Category::Traffic]);
        assert_eq!(other.parts[0].period, usual.parts[0].period);
        assert!(matches!(
            other.parts[1].identifiers[0],
            Identifier::Network(_)
        ));
    }
}
