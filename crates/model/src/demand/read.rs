//! Reading demand files: TOML or JSON, of the present form or the one before it.

use std::collections::HashSet;

use serde_json::Value;

use super::bounds::{check_counts, check_json, check_length, check_texts, check_toml};
use super::error::fault;
use super::{Demand, DemandError, DemandPart, FileKind};
use crate::findings::ProviderFindings;

/// The form before this one: one `scope`, one `original`.
const FORMER: &str = "lagrum-demand/1";
/// The present form.
const PRESENT: &str = "lagrum-demand/2";

impl Demand {
    /// Reads a demand file: JSON when its first byte that is no space is `{`, else TOML.
    ///
    /// # Errors
    /// [`DemandError`], naming the field and the rule.
    pub fn parse(bytes: &[u8]) -> Result<Self, DemandError> {
        check_length(bytes)?;
        let mut value = document(bytes)?;
        let former = value.get("format").and_then(Value::as_str) == Some(FORMER);
        if former {
            make_present(&mut value)?;
        }
        let demand = check_texts(&value).and_then(|()| {
            serde_path_to_error::deserialize(value).map_err(|e| {
                let field = e.path().to_string();
                let said = e.inner().to_string();
                // Of a field that is not there at all, nobody is told what to write into it.
                let way = match said.starts_with("unknown field") {
                    true => "",
                    false => way_out(&field),
                };
                let why = format!("{said}{way}");
                DemandError::Field { field, why }
            })
        });
        demand
            .and_then(|demand: Self| demand.check().map(|()| demand))
            .map_err(|e| if former { in_former_words(e) } else { e })
    }

    /// Reads a demand file as [`Demand::parse`] does, and refuses one in which the provider's own
    /// findings are stated: in a file that came from an authority they would be its own words about
    /// itself.
    ///
    /// # Errors
    /// [`DemandError`].
    pub fn parse_without_findings(bytes: &[u8]) -> Result<Self, DemandError> {
        let demand = Self::parse(bytes)?;
        if demand.findings == ProviderFindings::default() {
            return Ok(demand);
        }
        fault(
            "findings",
            "only counsel states what the provider found; leave the table out, and have counsel describe the case with it",
        )
    }

    fn check(&self) -> Result<(), DemandError> {
        if self.reference.trim().is_empty() {
            return fault(
                "reference",
                "write the authority's own reference or file number",
            );
        }
        if self.authority.name.trim().is_empty() {
            return fault("authority.name", "write the authority's full name");
        }
        if self.parts.is_empty() {
            return fault(
                "part",
                "name at least one part: whose data, and which kinds",
            );
        }
        check_counts(self)?;
        for (number, part) in self.parts.iter().enumerate() {
            check_part(&format!("part[{number}]"), part)?;
        }
        for original in &self.originals {
            if original.contains(['/', '\\']) || original.starts_with('.') || original.is_empty() {
                return fault(
                    "originals",
                    "plain names of files beside the demand file, no paths",
                );
            }
        }
        if !all_different(&self.originals) {
            return fault("originals", "each file once");
        }
        Ok(())
    }
}

fn check_part(name: &str, part: &DemandPart) -> Result<(), DemandError> {
    let field = |field: &str| format!("{name}.{field}");
    if part.categories.is_empty() {
        return fault(
            &field("categories"),
            "name at least one of subscriber, identification, traffic, content",
        );
    }
    if !all_different(&part.categories) {
        return fault(&field("categories"), "each category once");
    }
    if !all_different(&part.sub_categories) {
        return fault(&field("sub_categories"), "each sub-category once");
    }
    let stray = part
        .sub_categories
        .iter()
        .find(|one| !part.categories.contains(&one.category()));
    if let Some(stray) = stray {
        return fault(
            &field("sub_categories"),
            &format!(
                "`{stray}` belongs to {}: name that category too",
                stray.category()
            ),
        );
    }
    if !all_different(&part.identifiers) {
        return fault(
            &field("identifiers"),
            "each identifier once (letter case does not count)",
        );
    }
    Ok(())
}

fn all_different<T: Eq + std::hash::Hash>(all: &[T]) -> bool {
    let mut seen = HashSet::new();
    all.iter().all(|one| seen.insert(one))
}

/// What to write in a field that has a form of its own.
fn way_out(field: &str) -> &'static str {
    match field.rsplit('.').next() {
        Some("from" | "until" | "at" | "answer_by") => {
            "; write an instant with its zone, for example 2026-03-01T00:00:00+01:00"
        }
        Some("issued_on" | "ordered_on" | "valid_until") => "; write a day, for example 2026-11-02",
        Some("format") => "; write lagrum-demand/2",
        _ => "",
    }
}

/// Writes a demand of the former form in the present one.
fn make_present(value: &mut Value) -> Result<(), DemandError> {
    let Some(fields) = value.as_object_mut() else {
        return fault("format", "write a table of fields");
    };
    for new in ["part", "originals"] {
        if fields.contains_key(new) {
            return fault(new, "belongs to lagrum-demand/2; write that as the format");
        }
    }
    fields.insert("format".into(), PRESENT.into());
    if let Some(original) = fields.remove("original") {
        fields.insert("originals".into(), Value::Array(vec![original]));
    }
    let Some(scope) = fields.remove("scope") else {
        return fault("scope", "say what is asked for");
    };
    if scope.get("period").is_none() && scope.is_object() {
        return fault("scope.period", "say from when to when");
    }
    fields.insert("part".into(), Value::Array(vec![scope]));
    Ok(())
}

/// Names a field as the former form does.
fn in_former_words(error: DemandError) -> DemandError {
    match error {
        DemandError::Field { field, why } => DemandError::Field {
            field: field
                .replace("part[0]", "scope")
                .replace("originals[0]", "original")
                .replace("originals", "original"),
            why,
        },
        other => other,
    }
}

/// Reads a TOML or JSON document.
fn document(bytes: &[u8]) -> Result<Value, DemandError> {
    if let Some(kind) = FileKind::of(bytes) {
        return Err(DemandError::Foreign(kind));
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|e| DemandError::NotText(format!("byte {} is not UTF-8", e.valid_up_to())))?;
    if text.trim_start().starts_with('{') {
        check_json(text)?;
        return serde_json::from_str(text).map_err(|e| DemandError::NotText(format!("JSON: {e}")));
    }
    check_toml(text)?;
    let table: toml::Table = toml::from_str(text).map_err(|e| {
        let before = e.span().map_or("", |span| &text[..span.start]);
        let line = before.matches('\n').count() + 1;
        let why = e.message().trim().replace('\n', ", ");
        DemandError::NotText(format!("TOML, line {line}: {why}"))
    })?;
    Ok(toml_to_json(toml::Value::Table(table)))
}

/// TOML's dates become the strings that they were written as; the types then judge them.
fn toml_to_json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(truth) => truth.into(),
        toml::Value::Datetime(instant) => instant.to_string().into(),
        toml::Value::Array(items) => items.into_iter().map(toml_to_json).collect(),
        toml::Value::Table(table) => Value::Object(
            table
                .into_iter()
                .map(|(key, value)| (key, toml_to_json(value)))
                .collect(),
        ),
    }
}
