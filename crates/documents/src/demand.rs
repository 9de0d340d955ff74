//! What a demand says of itself, as the pages of a case show it.

use lagrum_model::{
    AskedPeriod, Case, Category, Demand, DemandPart, Identifier, Issuer, Original, Period,
    SubCategory,
};

use crate::Phrases;
use crate::date::Zone;
use crate::duty::sender_warning;
use lagrum_blocks::{Block, Field, Ink, Text};

/// Who asks, on the strength of what, and why.
pub(crate) fn fields(demand: &Demand, zone: &Zone, phrases: &Phrases) -> Vec<Field> {
    let field = |label: &str, value: String| Field::new(phrases.word(label), value);
    let authority = &demand.authority;
    let mut fields = vec![
        field(
            "demand-authority",
            format!("{}, {}", authority.name, phrases.country(authority.country)),
        ),
        field(
            "demand-officer",
            format!("{}, {}", authority.officer.name, authority.officer.email),
        ),
        field("demand-reference", demand.reference.clone()),
    ];
    let instrument = &demand.instrument;
    let kind = phrases.word(&format!("instrument-{}", instrument.kind.as_str()));
    let mut lines = vec![
        Text::from(phrases.sentence(&kind)).then(
            Ink::Plain,
            format!(
                " ({}), {}",
                phrases.country(instrument.country),
                instrument.provision
            ),
        ),
        phrases
            .fill(
                "demand-issued",
                &[
                    ("day", &phrases.day(instrument.issued_on)),
                    ("by", &issuer(&instrument.issued_by, phrases)),
                ],
            )
            .into(),
    ];
    if let Some(by) = &instrument.validated_by {
        let by = issuer(by, phrases);
        lines.push(phrases.fill("demand-validated", &[("by", &by)]).into());
    }
    if let Some(day) = instrument.valid_until {
        let day = phrases.day(day);
        lines.push(phrases.fill("demand-valid-until", &[("day", &day)]).into());
    }
    fields.push(Field::lines(phrases.word("demand-instrument"), lines));
    let addressee = &demand.addressee;
    fields.push(field(
        "demand-addressee",
        format!(
            "{}, {}",
            addressee.entity,
            phrases.country(addressee.country)
        ),
    ));
    if let Some(offence) = &demand.offence {
        let mut text = offence.description.clone();
        if let Some(provision) = &offence.provision {
            text = format!("{text}, {provision}");
        }
        if let Some(months) = offence.maximum_penalty_months {
            let most = phrases.count("demand-penalty", u64::from(months));
            text = format!("{text} ({most})");
        }
        fields.push(field("demand-offence", text));
    }
    if let Some(emergency) = &demand.emergency {
        fields.push(field("demand-emergency", emergency.facts.clone()));
    }
    if let Some(secrecy) = &demand.secrecy {
        let end = match secrecy.until {
            Some(until) => {
                let until = phrases.instant_both(until, zone);
                Text::from(phrases.fill("demand-secrecy-until", &[("until", &until)]))
            }
            None => Text::in_ink(Ink::Caution, phrases.word("demand-secrecy-no-end")),
        };
        fields.push(Field::lines(
            phrases.word("demand-secrecy"),
            vec![secrecy.provision.as_str().into(), end],
        ));
    }
    fields
}

/// What is asked for, part by part. The parts have no numbers here: those that the law is applied to have, and
/// one part here may be several of them.
pub(crate) fn asked(demand: &Demand, zone: &Zone, phrases: &Phrases) -> Field {
    let lines = demand
        .parts
        .iter()
        .map(|part| Text::from(phrases.sentence(&asked_part(part, zone, phrases))));
    Field::lines(phrases.word("demand-asked"), lines.collect())
}

fn asked_part(part: &DemandPart, zone: &Zone, phrases: &Phrases) -> String {
    let categories = part
        .categories
        .iter()
        .map(|category| kind(*category, &part.sub_categories, phrases));
    let identifiers: Vec<_> = part
        .identifiers
        .iter()
        .map(|one| identifier(one, phrases))
        .collect();
    let what = phrases.fill(
        "part-of",
        &[
            ("category", &phrases.list(&categories.collect::<Vec<_>>())),
            ("identifier", &phrases.list(&identifiers)),
        ],
    );
    let period = asked_period(part.period.unwrap_or_default(), zone, phrases);
    format!("{what}; {period}")
}

/// An identifier as it is read: an address at an instant with the instant in words, anything else as it
/// was written.
#[must_use]
pub fn identifier(identifier: &Identifier, phrases: &Phrases) -> String {
    let Identifier::IpAddress(address) = identifier else {
        return identifier.to_string();
    };
    let (who, port) = (address.address().to_string(), address.port());
    let port = port.map(|port| port.to_string());
    let at = phrases.instant(address.at(), &Zone::utc());
    match port {
        Some(port) => phrases.fill(
            "identifier-address-port",
            &[("address", &who), ("port", &port), ("at", &at)],
        ),
        None => phrases.fill("identifier-address", &[("address", &who), ("at", &at)]),
    }
}

/// A category, with the boxes below it that are ticked.
pub(crate) fn kind(category: Category, ticked: &[SubCategory], phrases: &Phrases) -> String {
    let name = phrases.word(&format!("category-{}", category.as_str()));
    let ticked: Vec<_> = SubCategory::of(ticked, category).collect();
    if ticked.is_empty() {
        return name;
    }
    let boxes = boxes(&ticked, phrases);
    phrases.fill("category-only", &[("category", &name), ("boxes", &boxes)])
}

/// Boxes, in one line.
pub(crate) fn boxes(boxes: &[SubCategory], phrases: &Phrases) -> String {
    let name = |one: &SubCategory| phrases.word(&format!("sub-category-{}", one.as_str()));
    boxes.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// Which period a part of a demand asks for.
pub(crate) fn period_of(part: &DemandPart, zone: &Zone, phrases: &Phrases) -> String {
    asked_period(part.period.unwrap_or_default(), zone, phrases)
}

fn asked_period(period: AskedPeriod, zone: &Zone, phrases: &Phrases) -> String {
    match (period.from(), period.until()) {
        (Some(from), Some(until)) => Period::new(from, until).map_or_else(
            |_| period.to_string(),
            |period| phrases.period_in_zone(&period, zone),
        ),
        (Some(from), None) => phrases.fill("span-from", &[("from", &phrases.instant(from, zone))]),
        (None, Some(until)) => {
            phrases.fill("span-until", &[("until", &phrases.instant(until, zone))])
        }
        (None, None) => phrases.word("span-none"),
    }
}

fn issuer(issuer: &Issuer, phrases: &Phrases) -> String {
    let kind = phrases.word(&format!("issuer-{}", issuer.kind.as_str()));
    match &issuer.reference {
        Some(reference) => format!("{} ({kind}), {reference}", issuer.name),
        None => format!("{} ({kind})", issuer.name),
    }
}

/// Whether the demand is genuine, how that was found out, by whom and when.
pub(crate) fn checked(case: &Case, zone: &Zone, phrases: &Phrases) -> Vec<Field> {
    let mut fields = Vec::new();
    let text = match &case.authenticated {
        None => vec![Text::in_ink(Ink::Caution, phrases.word("checked-not-yet"))],
        Some(found) => {
            let (ink, name) = if found.verified {
                (Ink::Good, "checked-verified")
            } else {
                (Ink::Bad, "checked-not-verified")
            };
            let by = actor(&found.by, phrases);
            let at = phrases.instant(found.at, zone);
            vec![
                Text::in_ink(ink, phrases.word(name)),
                phrases
                    .fill(
                        "checked-by",
                        &[("how", &found.how), ("by", &by), ("at", &at)],
                    )
                    .into(),
            ]
        }
    };
    let mut text = text;
    if let Some(found) = &case.authenticated {
        let warned = found.warnings.iter();
        text.extend(warned.map(|one| Text::in_ink(Ink::Caution, sender_warning(one, phrases))));
        if let Some(despite) = &found.despite {
            text.push(
                phrases
                    .fill("checked-despite", &[("despite", despite)])
                    .into(),
            );
        }
    }
    fields.push(Field::lines(phrases.word("checked-sender"), text));
    let calls: Vec<_> = case
        .call_backs
        .iter()
        .map(|made| {
            let (ink, name) = match made.call.confirmed {
                true => (Ink::Good, "checked-confirmed"),
                false => (Ink::Bad, "checked-denied"),
            };
            let (by, at) = (
                actor(&made.by, phrases),
                phrases.instant(made.call.at, zone),
            );
            let blanks = [
                ("name", made.call.answered_by.as_str()),
                ("number", &made.call.number),
                ("at", &at),
                ("by", &by),
            ];
            Text::in_ink(ink, phrases.fill(name, &blanks))
        })
        .collect();
    let none = || {
        vec![Text::in_ink(
            Ink::Caution,
            phrases.word("checked-no-call-back"),
        )]
    };
    let calls = if calls.is_empty() { none() } else { calls };
    fields.push(Field::lines(phrases.word("checked-call-back"), calls));
    fields
}

/// The files as they came.
pub(crate) fn originals(all: &[Original], zone: &Zone, phrases: &Phrases) -> Option<Field> {
    if all.is_empty() {
        return None;
    }
    let lines = all.iter().enumerate().map(|(place, original)| {
        let bytes = phrases.count("original-bytes", original.length);
        let mut text = format!("{}. {}, {bytes}", place + 1, original.file_name);
        if original.describes {
            text = format!("{text}; {}", phrases.word("original-describes"));
        }
        let arrival = &original.arrival;
        if let Some(channel) = arrival.channel {
            let how = phrases.word(&format!("channel-{}", channel.as_str()));
            text = format!("{text}; {how}");
        }
        if let Some(from) = &arrival.from {
            text = format!(
                "{text}; {}",
                phrases.fill("original-from", &[("from", from)])
            );
        }
        if let Some(reference) = &arrival.reference {
            let named = phrases.fill("original-reference", &[("reference", reference)]);
            text = format!("{text}; {named}");
        }
        if let Some(at) = arrival.at {
            text = format!("{text}; {}", phrases.instant(at, zone));
        }
        Text::from(text)
    });
    Some(Field::lines(phrases.word("originals"), lines.collect()))
}

/// Who did something, with the role.
pub(crate) fn actor(actor: &lagrum_model::Actor, phrases: &Phrases) -> String {
    match actor {
        lagrum_model::Actor::Person { name, role, .. } => {
            format!(
                "{name} ({})",
                phrases.word(&format!("role-{}", role.as_str()))
            )
        }
        lagrum_model::Actor::Agent { region } => {
            phrases.fill("actor-agent", &[("region", region.as_str())])
        }
        lagrum_model::Actor::Officer {
            name, authority, ..
        } => format!("{name} ({authority})"),
        lagrum_model::Actor::Outgoing { .. } => phrases.word("actor-outgoing"),
        lagrum_model::Actor::Mailbox { address } => {
            phrases.fill("actor-mailbox", &[("address", address)])
        }
    }
}

/// A list as one block, if it has items.
pub(crate) fn bullets(lines: Vec<Text>) -> Vec<Block> {
    if lines.is_empty() {
        return vec![];
    }
    let items = lines
        .into_iter()
        .map(|line| vec![Block::paragraph(line)])
        .collect();
    vec![Block::List { first: None, items }]
}
