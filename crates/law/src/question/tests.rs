use std::collections::BTreeSet;

use cedar_policy::{Schema, SchemaFragment};
use jiff::civil::{Date, date};
use lagrum_model::testing::{basis, country};
use lagrum_model::{
    AuthorityFacts, AuthorityKind, Category, ClockStanding, Conflict, ConflictGround,
    ConflictOutcome, Controller, DigitalServicesElements, InstrumentFacts, InstrumentKind,
    IssuerKind, Measure, Notification, Objection, ProviderFindings, Purpose, Region, Sentence,
    Service, Since,
};
use schemars::{JsonSchema, schema_for};
use serde_json::Value;

use super::*;
use crate::LawPacks;

/// The words of an enumeration of the model, from its JSON Schema.
fn words_of_model<T: JsonSchema>() -> BTreeSet<String> {
    let schema = serde_json::to_value(schema_for!(T)).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    match schema.get("oneOf") {
        Some(variants) => variants
            .as_array()
            .unwrap()
            .iter()
            .map(|variant| text(&variant["const"]))
            .collect(),
        None => schema["enum"]
            .as_array()
            .unwrap()
            .iter()
            .map(text)
            .collect(),
    }
}

#[test]
fn the_schema_has_exactly_the_words_of_the_model() {
    let text = crate::files::LawFiles::embedded().unwrap();
    let (fragment, _) =
        SchemaFragment::from_cedarschema_str(text.text(crate::files::SCHEMA).unwrap()).unwrap();
    let schema = fragment.to_json_value().unwrap();
    for (entity, model) in [
        ("Category", words_of_model::<Category>()),
        ("Controller", words_of_model::<Controller>()),
        ("AuthorityKind", words_of_model::<AuthorityKind>()),
        ("InstrumentKind", words_of_model::<InstrumentKind>()),
        ("IssuerKind", words_of_model::<IssuerKind>()),
        ("Measure", words_of_model::<Measure>()),
        ("Notification", words_of_model::<Notification>()),
        ("Purpose", words_of_model::<Purpose>()),
        ("ConflictGround", words_of_model::<ConflictGround>()),
        ("ConflictOutcome", words_of_model::<ConflictOutcome>()),
        ("Objection", words_of_model::<Objection>()),
    ] {
        let words: BTreeSet<String> = schema[""]["entityTypes"][entity]["enum"]
            .as_array()
            .unwrap_or_else(|| panic!("{entity} is no enumeration: {schema}"))
            .iter()
            .map(|word| word.as_str().unwrap().to_owned())
            .collect();
        assert_eq!(words, model, "{entity}");
        assert!(words.len() >= 2);
    }
}

/// The facts of a Swedish court's decision.
fn decision() -> Basis {
    let (police, decision) = (AuthorityKind::Police, InstrumentKind::CourtDecision);
    basis("SE", police, decision, IssuerKind::Judge, "SE")
}

fn conforms(schema: &Schema, words: &Words, question: &Question<'_>) {
    let law = LawPacks::embedded()
        .unwrap()
        .in_force(date(2026, 11, 21))
        .unwrap();
    let entities = question.entities(words, &law.countries).unwrap();
    Entities::from_entities(entities, Some(schema)).expect("the entities conform");
    let request = question.request(words, date(2026, 11, 21)).unwrap();
    Request::new(
        request.principal().unwrap().clone(),
        request.action().unwrap().clone(),
        request.resource().unwrap().clone(),
        request.context().unwrap().clone(),
        Some(schema),
    )
    .expect("the request conforms");
}

#[test]
fn a_question_conforms_to_the_schema_with_every_fact_and_with_as_few_as_possible() {
    let packs = LawPacks::embedded().unwrap();
    let words = Words::new();
    let mut basis = Basis {
        authority: AuthorityFacts {
            country: country("SE"),
            kind: AuthorityKind::Police,
            verified: true,
        },
        instrument: InstrumentFacts {
            kind: InstrumentKind::CourtDecision,
            measure: Some(Measure::Interception),
            country: country("DK"),
            issued_on: date(2026, 11, 2),
            issued_by: IssuerKind::Prosecutor,
            validated_by: Some(IssuerKind::Judge),
            signed: true,
            qualified_signature: true,
            treaty: true,
            notification: Some(Notification::Pending),
            customer_cannot_be_asked: true,
            interim: true,
            rank_confirmed: true,
            certified: true,
            valid_until: Some(date(2026, 1, 1)),
            digital_services: Some(DigitalServicesElements {
                reasons: true,
                redress: false,
                language: true,
            }),
        },
        addressee_country: country("ZZ"),
        maximum_penalty_months: Some(u32::MAX),
        listed_offence: true,
        emergency: true,
        emergency_believed: true,
        purpose: Some(Purpose::StateSecurity),
        sentence: Some(Sentence {
            months: u32::MAX,
            in_absentia: false,
            absconded: true,
        }),
        findings: ProviderFindings {
            conflict: Some(Conflict {
                country: country("IE"),
                ground: ConflictGround::Forbids,
                qualifying_government: true,
                outcome: Some(ConflictOutcome::Pending),
            }),
            objection: Some(Objection::Incomplete),
            ..ProviderFindings::default()
        },
        received_at: Some("2026-11-03T09:00:00.123456789Z".parse().unwrap()),
        since: Since {
            withdrawn: true,
            validation_refused: true,
            partly_refused: true,
        },
        clocks: ClockStanding::ALL
            .map(|standing| (standing.as_str().to_owned(), standing))
            .into(),
    };
    let mut holding = Holding {
        category: Category::Content,
        region: Region::parse("dublin").unwrap(),
        stored_in: country("IE"),
        controller: Controller::Enterprise,
        holder_resides_in: Some(country("US")),
        holder_is_us_person: Some(true),
        privileged: true,
        public_authority_of: Some(country("SE")),
        service: Some(Service::NumberBased),
    };
    conforms(
        packs.schema(),
        &words,
        &Question {
            basis: &basis,
            holding: &holding,
            named: true,
            period: lagrum_model::testing::long_ago(),
            sub_categories: &[],
        },
    );
    basis.maximum_penalty_months = None;
    basis.instrument.validated_by = None;
    basis.instrument.notification = None;
    basis.instrument.valid_until = None;
    basis.instrument.digital_services = None;
    basis.purpose = None;
    basis.sentence = None;
    basis.received_at = None;
    basis.clocks.clear();
    basis.findings = ProviderFindings::default();
    holding.holder_resides_in = None;
    holding.holder_is_us_person = None;
    holding.public_authority_of = None;
    holding.service = None;
    conforms(
        packs.schema(),
        &words,
        &Question {
            basis: &basis,
            holding: &holding,
            named: false,
            period: None,
            sub_categories: &[],
        },
    );
}

/// What the law is told of the instrument under this name.
fn told(facts: &Basis, day: Date, name: &str) -> String {
    let record = instrument(facts, &Words::new(), day).unwrap();
    let context = Context::from_pairs([("instrument".to_owned(), record)]).unwrap();
    let Some(cedar_policy::EvalResult::Record(record)) = context.get("instrument") else {
        panic!("an instrument is a record");
    };
    record.get(name).unwrap().to_string()
}

#[test]
fn a_judge_is_seen_whether_issuing_or_validating() {
    for (issued_by, validated_by, judge) in [
        (IssuerKind::Judge, None, "true"),
        (IssuerKind::Prosecutor, Some(IssuerKind::Judge), "true"),
        (
            IssuerKind::Prosecutor,
            Some(IssuerKind::Prosecutor),
            "false",
        ),
        (IssuerKind::Police, None, "false"),
    ] {
        let mut facts = decision();
        facts.instrument.issued_by = issued_by;
        facts.instrument.validated_by = validated_by;
        assert_eq!(told(&facts, date(2026, 11, 21), "judge"), judge);
    }
}

#[test]
fn an_instrument_expires_after_its_last_day_and_not_on_it() {
    for (day, expired) in [(date(2026, 11, 21), "false"), (date(2026, 11, 22), "true")] {
        let mut facts = decision();
        facts.instrument.valid_until = Some(date(2026, 11, 21));
        assert_eq!(told(&facts, day, "expired"), expired);
    }
}

#[test]
fn an_instrument_is_dated_ahead_if_its_day_had_come_nowhere_when_it_was_received() {
    let day = date(2026, 11, 21);
    for (issued_on, received_at, ahead) in [
        (date(2026, 11, 2), "2026-11-03T09:00:00Z", "false"),
        (date(2026, 11, 3), "2026-11-03T09:00:00Z", "false"),
        // In the east of the Pacific it is still the 2nd, in the west the 4th begins at 10 o'clock.
        (date(2026, 11, 4), "2026-11-03T09:59:59Z", "true"),
        (date(2026, 11, 4), "2026-11-03T10:00:00Z", "false"),
        // Whatever is said of its receipt: on the day whose law is applied it cannot have come.
        (date(2026, 12, 1), "2027-01-01T09:00:00Z", "true"),
    ] {
        let mut facts = decision();
        facts.instrument.issued_on = issued_on;
        facts.received_at = Some(received_at.parse().unwrap());
        assert_eq!(told(&facts, day, "dated_ahead"), ahead, "{issued_on}");
    }
    let mut facts = decision();
    facts.received_at = None;
    facts.instrument.issued_on = date(2026, 11, 22);
    assert_eq!(told(&facts, day, "dated_ahead"), "true");
}

#[test]
fn a_period_never_ends_earlier_for_the_rules_than_it_does() {
    let until = "2026-11-03T09:00:00.000000001Z".parse().unwrap();
    let asked = AskedPeriod::new(None, Some(until)).unwrap();
    let context = Context::from_pairs([("period".to_owned(), period(Some(asked)).unwrap())]);
    let text = format!("{:?}", context.unwrap().get("period"));
    assert!(text.contains("2026-11-03T09:00:00.001Z"), "{text}");
}
