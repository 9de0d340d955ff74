use std::collections::BTreeMap;

use cedar_policy::{Authorizer, Decision, SchemaFragment};
use jiff::civil::date;
use lagrum_law::{LawPacks, Question};
use lagrum_model::{Category, Holding, Moment, Moments, SubCategory};
use serde_json::Value;

use super::*;
use crate::policies::{everything, set};

const SCHEMA: &str = include_str!("../../../../law/schema.cedarschema");

/// How often a field of the type `Country` stands below `value`.
fn countries(value: &Value, found: &mut BTreeMap<String, usize>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                if value["name"] == "Country" && value["type"].is_string() {
                    *found.entry(key.clone()).or_default() += 1;
                } else {
                    countries(value, found);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| countries(item, found)),
        _ => {}
    }
}

#[test]
fn every_place_where_a_country_stands_is_known() {
    let (schema, _) = SchemaFragment::from_cedarschema_str(SCHEMA).unwrap();
    let mut of_schema = BTreeMap::new();
    countries(&schema.to_json_value().unwrap(), &mut of_schema);
    let mut known = BTreeMap::new();
    for (_, place) in COUNTRIES {
        *known
            .entry(place.rsplit('.').next().unwrap().to_owned())
            .or_default() += 1;
    }
    assert_eq!(of_schema, known);
}

#[test]
fn what_is_assumed_is_true_of_every_question_that_the_engine_puts() {
    let packs = LawPacks::embedded().unwrap();
    let day = date(2026, 11, 21);
    let law = packs.in_force(day).unwrap();
    let groups: Vec<_> = packs
        .groups()
        .iter()
        .map(|group| Members::of(group, day))
        .collect();
    let assumptions = Assumptions::new(&groups).unwrap();
    let mut all = assumptions.of_day([law.policies()]);
    assert!(all.len() > 10, "{}", all.len());
    all.push(everything().unwrap());
    let all = set(all).unwrap();
    let mut asked = 0;
    for issued_by in ["judge", "prosecutor", "police", "other"] {
        for validated in [
            "",
            "validated_by = { name = \"V\", kind = \"judge\" }",
            "validated_by = { name = \"V\", kind = \"police\" }",
        ] {
            for more in [
                "",
                "[emergency]\nthreat_to = \"person\"\nfacts = \"f\"",
                "[offence]\ndescription = \"o\"\nmaximum_penalty_months = 4294967295",
            ] {
                for place in ["SE", "US", "GB", "NO", "ZZ"] {
                    let demand = lagrum_model::testing::demand(&[
                        &format!(
                            r#"
[authority]
country = "{place}"
[instrument]
country = "DK"
issued_by = {{ name = "I", kind = "{issued_by}" }}
{validated}
signatures = [{{ name = "I", form = "qualified" }}]
[addressee]
country = "IE"
[[part]]
identifiers = []
"#
                        ),
                        more,
                    ]);
                    let holding: Holding = toml::from_str(&format!(
                        "category = \"content\"\nregion = \"r\"\nstored_in = \"{place}\"\ncontroller = \"consumer\"\nholder_resides_in = \"{place}\"\npublic_authority_of = \"FR\""
                    )).unwrap();
                    for believed in [false, true] {
                        let received = "2026-11-03T09:00:00Z".parse().unwrap();
                        let happened = Moments::new().with(Moment::Received, received);
                        let basis = demand.basis(true, believed).after(&happened);
                        let ticked = &SubCategory::ALL[asked % SubCategory::ALL.len()..];
                        let holding = Holding {
                            category: Category::ALL[asked % Category::ALL.len()],
                            ..holding.clone()
                        };
                        let question = Question {
                            basis: &basis,
                            holding: &holding,
                            named: true,
                            period: lagrum_model::testing::long_ago(),
                            sub_categories: &ticked[..ticked.len().min(1 + asked % 9)],
                        };
                        let (request, entities) = law.in_cedar(&question).unwrap();
                        let response = Authorizer::new().is_authorized(&request, &all, &entities);
                        assert_eq!(
                            response.decision(),
                            Decision::Allow,
                            "{:?}",
                            response.diagnostics()
                        );
                        assert_eq!(response.diagnostics().errors().count(), 0);
                        asked += 1;
                    }
                }
            }
        }
    }
    assert_eq!(asked, 360);
}
