//! The OpenAPI document, made of the list of operations and of the types that they read and answer.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use lagrum_access::Scope;
use lagrum_model::{CaseId, LetterKind, WatchKind};
use schemars::generate::{Contract, SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value, json};

use super::codes::CODES;
use super::once::LONGEST_KEY;
use super::operation::{BASE, Needs};
use super::problem::Told;
use super::route::{ROWS, Row};
use super::takes::Reads;
use crate::route::Verb;

const SCHEMAS: &str = "#/components/schemas/";

/// What the document says first.
const ABOUT: &str = "The desk's own questions and commands, for programs. A token belongs to one person of \
the desk, does what its scopes name as far as that person's role goes, and is shown in the header \
Authorization. Every request that changes something has an Idempotency-Key. What is refused is a problem of \
RFC 9457. Parts of a demand are counted from 0, but for `waiting` of a decision; originals, pages and events \
from 1. Instants are in UTC.";

/// The document.
#[must_use]
pub fn openapi() -> Value {
    let (mut reads, mut gives) = (generator(false), generator(true));
    let mut paths: Map<String, Value> = Map::new();
    let problem = gives.subschema_for::<Told>().to_value();
    for row in ROWS {
        let path = format!("{BASE}{}", row.is.path);
        let entry = paths.entry(path).or_insert_with(|| json!({}));
        let verb = row.is.verb.as_str().to_lowercase();
        entry[verb] = operation(row, &mut reads, &mut gives);
    }
    let mut schemas = gives.take_definitions(true);
    let read = reads.take_definitions(true);
    // A type that is read otherwise than it is written has two schemas.
    let differs = |(name, schema): (&String, &Value)| {
        let other = schemas.get(name).is_some_and(|written| written != schema);
        other.then(|| (name.clone(), format!("{name}Read")))
    };
    let renamed: BTreeMap<String, String> = read.iter().filter_map(differs).collect();
    for (name, mut schema) in read {
        rename(&mut schema, &renamed);
        let name = renamed.get(&name).cloned().unwrap_or(name);
        schemas.insert(name, schema);
    }
    for operation in paths
        .values_mut()
        .filter_map(Value::as_object_mut)
        .flat_map(|all| all.values_mut())
    {
        for part in ["requestBody", "parameters"] {
            if let Some(part) = operation.get_mut(part) {
                rename(part, &renamed);
            }
        }
    }
    schemas.sort_keys();
    let mut words = Scope::ALL.map(Scope::as_str).join(", ");
    words.insert_str(
        0,
        "A token that the operator made for one person. Its scopes: ",
    );
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Lagrum",
            "version": "1",
            "description": ABOUT,
            "license": {"name": "See the repository"},
        },
        "paths": paths,
        "components": {
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": words},
            },
            "responses": responses(&problem),
            "schemas": schemas,
        },
    })
}

static SERVED: LazyLock<String> = LazyLock::new(|| openapi().to_string());

/// The document as it is served.
pub(crate) fn served() -> &'static str {
    &SERVED
}

fn generator(writes: bool) -> SchemaGenerator {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = SCHEMAS.trim_start_matches('#').trim_end_matches('/').into();
        settings.meta_schema = None;
        settings.contract = match writes {
            true => Contract::Serialize,
            false => Contract::Deserialize,
        };
    });
    settings.into_generator()
}

fn operation(row: &Row, reads: &mut SchemaGenerator, gives: &mut SchemaGenerator) -> Value {
    let schemas = (row.schemas)(reads, gives);
    let mut parameters = path_parameters(row.is.path);
    parameters.extend(query_parameters(&schemas.query));
    if row.is.changes {
        parameters.push(json!({
            "name": "Idempotency-Key",
            "in": "header",
            "required": true,
            "description": "The same key with the same request is done once, and answered the same for 24 hours.",
            "schema": {
                "type": "string",
                "pattern": "^[A-Za-z0-9._-]+$",
                "minLength": 1,
                "maxLength": LONGEST_KEY,
            },
        }));
    }
    let (media, schema) = schemas.gives;
    let mut answer = json!({"description": row.is.says, "content": {media: {"schema": schema}}});
    if schemas.status == 201 {
        answer["headers"] = json!({
            "Location": {"schema": {"type": "string", "format": "uri-reference"}, "required": true},
        });
    }
    let mut answers = json!({schemas.status.to_string(): answer});
    for status in statuses(row) {
        answers[status.to_string()] = json!({"$ref": format!("#/components/responses/{status}")});
    }
    let mut made = json!({
        "operationId": row.is.name,
        "summary": row.is.says,
        "description": needs(row),
        "security": security(row),
        "parameters": parameters,
    });
    if let Some((media, schema)) = schemas.takes {
        made["requestBody"] = json!({"required": true, "content": {media: {"schema": schema}}});
    }
    made["responses"] = answers;
    made
}

/// What of token and role it needs, in words.
fn needs(row: &Row) -> String {
    match row.is.needs {
        Needs::Nobody => "Anybody may ask.".to_owned(),
        Needs::Token => "Any token will do.".to_owned(),
        Needs::Any(scopes) => {
            let words: Vec<_> = scopes.iter().map(|scope| format!("`{scope}`")).collect();
            format!("Scope {}.", words.join(" or "))
        }
        Needs::May(_) | Needs::Both(..) => {
            let scopes = row.is.needs.scopes().into_iter();
            let scopes: Vec<_> = scopes.map(|scope| format!("`{scope}`")).collect();
            let actions = row.is.needs.actions().into_iter();
            let actions: Vec<_> = actions.map(|action| format!("`{action}`")).collect();
            format!(
                "Scope {}; the person's role has to permit {}.",
                scopes.join(" and "),
                actions.join(" and ")
            )
        }
    }
}

fn security(row: &Row) -> Value {
    match row.is.needs {
        Needs::Nobody => json!([]),
        Needs::Token => json!([{"token": []}]),
        Needs::May(_) | Needs::Both(..) => json!([{"token": row.is.needs.scopes()}]),
        Needs::Any(_) => {
            let each = row.is.needs.scopes().into_iter();
            each.map(|scope| json!({"token": [scope.as_str()]}))
                .collect()
        }
    }
}

/// The statuses of problems that an operation may answer.
fn statuses(row: &Row) -> Vec<u16> {
    let mut all = vec![400, 403, 404, 500, 503];
    if row.is.needs != Needs::Nobody {
        all.extend([401, 409]);
    }
    if row.reads != Reads::Nothing {
        all.extend([408, 413, 415]);
    }
    if row.is.verb == Verb::Post {
        all.push(422);
    }
    all.sort_unstable();
    all
}

/// The answers that are problems, each with the codes that stand in it.
fn responses(problem: &Value) -> Value {
    let mut all: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    for one in CODES.iter().filter(|one| one.status != 405) {
        all.entry(one.status)
            .or_default()
            .push(format!("`{}`", one.code));
    }
    let made = all.into_iter().map(|(status, codes)| {
        let answer = json!({
            "description": codes.join(", "),
            "content": {"application/problem+json": {"schema": problem}},
        });
        (status.to_string(), answer)
    });
    Value::Object(made.collect())
}

/// The places in a path, each with its form.
fn path_parameters(path: &str) -> Vec<Value> {
    let places = path.split('{').skip(1);
    let places = places.filter_map(|rest| rest.split('}').next());
    let parameter = |name: &str| {
        let (schema, says) = match name {
            "case" => (
                json!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{4,9}$", "examples": [CaseId::new(2026, 7)]}),
                "The case",
            ),
            "number" => (
                json!({"type": "integer", "minimum": 1, "maximum": 1_000_000}),
                "The number, from 1",
            ),
            "letter" => (
                json!({"type": "string", "enum": LetterKind::ALL}),
                "The kind of letter",
            ),
            "watched" => (
                json!({"type": "string", "enum": WatchKind::ALL}),
                "The kind of what is watched",
            ),
            "code" => {
                let codes: Vec<_> = CODES.iter().map(|one| one.code).collect();
                (json!({"type": "string", "enum": codes}), "The code")
            }
            _ => (json!({"type": "string"}), "A name"),
        };
        json!({"name": name, "in": "path", "required": true, "description": says, "schema": schema})
    };
    places.map(parameter).collect()
}

/// The parameters of an address, out of the schema of the type into which they are read.
fn query_parameters(schema: &Value) -> Vec<Value> {
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let properties = schema["properties"].as_object().into_iter().flatten();
    let parameter = |(name, schema): (&String, &Value)| {
        let mut schema = schema.clone();
        let says = schema.get("description").cloned().unwrap_or_default();
        if let Some(fields) = schema.as_object_mut() {
            fields.remove("description");
            // What is not there, is not there: no word in an address means nothing.
            if let Some(Value::Array(types)) = fields.get("type") {
                let one = types.iter().find(|one| *one != "null").cloned();
                fields.insert("type".into(), one.unwrap_or_default());
            }
            if fields.get("default") == Some(&Value::Null) {
                fields.remove("default");
            }
            if let Some(Value::Array(ways)) = fields.get("anyOf") {
                let one = ways.iter().find(|way| way["type"] != "null").cloned();
                *fields = one
                    .and_then(|one| one.as_object().cloned())
                    .unwrap_or_default();
            }
        }
        json!({
            "name": name,
            "in": "query",
            "required": required.iter().any(|one| one == name),
            "description": says,
            "schema": schema,
        })
    };
    properties.map(parameter).collect()
}

/// Names other schemas where they are referred to.
fn rename(value: &mut Value, names: &BTreeMap<String, String>) {
    match value {
        Value::Object(fields) => {
            for (key, inside) in fields {
                match inside {
                    Value::String(text) if key == "$ref" => {
                        let name = text.strip_prefix(SCHEMAS);
                        if let Some(other) = name.and_then(|name| names.get(name)) {
                            *text = format!("{SCHEMAS}{other}");
                        }
                    }
                    _ => rename(inside, names),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, names)),
        _ => {}
    }
}
