//! Rows and files as a response of ETSI TS 103 705 V1.1.1: `response.json`, with the schema of its records
//! (clause 6.2) in `records.schema.json`, and the files that the form has no room for in `files/`.

use std::io::{BufReader, Write};
use std::path::Path;

use jiff::Timestamp;
use lagrum_durable::Lines;
use lagrum_model::{Category, Sha256Digest};
use lagrum_package::layout::{ItemKind, ManifestLine, ROW_LIMIT, RecordLine};
use lagrum_package::{Fields, Items};
use serde::Serialize;
use serde_json::{Value, json};

use crate::files::{Hashed, copy, create, write as text};
use crate::instants::{day, microseconds};
use crate::{ConversionError, Converted, Package};

/// The `$id` of the schema of records, which TS 103 705 fixes (its file `records.schema.json`).
const RECORDS: &str = "urn:etsi:li:103705:record-schema-id:v1.1.1";
/// The schema of the response.
const RESPONSE: &str = "urn:etsi:li:103705:response-schema-id:v1.1.1";
/// The name of our schema of records, and its version.
const OURS: (&str, &str) = ("lagrum-records", "1.0.0");
/// Who is named as the provider where the package was not checked against anybody's keys.
const UNNAMED: &str =
    "not known: the package was not checked against the provider's published keys";

/// Writes it.
pub(crate) fn write(
    from: &Package<'_>,
    to: &Path,
    now: Timestamp,
) -> Result<Converted, ConversionError> {
    let provider = from.provider.unwrap_or(UNNAMED);
    let schema = format!("{:#}\n", schema(provider, now));
    text(&to.join("records.schema.json"), &schema)?;
    let path = to.join("response.json");
    let fault = || ConversionError::io(&path);
    let mut response = create(&path)?;
    let mandate = &from.checked.mandate;
    let description = json!({
        "etsiSchemaId": RESPONSE,
        "etsiSpecificationVersion": "1.1.1",
        "cspName": provider,
        "cspSchemaId": OURS.0,
        "cspSchemaVersion": OURS.1,
        "resultSetId": format!("{} {}", mandate.case, mandate.digest()),
        "requestReference": mandate.reference,
        "created": microseconds(now),
    });
    write!(
        response,
        "{{\"recordSetDescription\":{description},\n\"recordSet\":["
    )
    .map_err(fault())?;
    let mut converted = Converted::default();
    let mut put = |record: serde_json::Result<String>| {
        let comma = if converted.held > 0 { "," } else { "" };
        converted.held += 1;
        let record = record.map_err(|e| fault()(e.into()))?;
        write!(response, "{comma}\n{record}").map_err(fault())?;
        Ok::<_, ConversionError>(converted.held + 1)
    };
    let mut number = 1;
    for line in Items::of(from.directory)? {
        let line = line?;
        match line.kind {
            ItemKind::RecordsJson => rows(from, &line, &mut |row| {
                number = put(serde_json::to_string(&of_row(row, &line, number)))?;
                Ok(())
            })?,
            // The same rows once more.
            ItemKind::RecordsCsv => {}
            ItemKind::Message | ItemKind::Object => {
                let at = format!("files/{}", line.path);
                copy(from.directory, &line.path, &to.join(&at))?.is(&line)?;
                number = put(serde_json::to_string(&of_file(&line, &at, number)))?;
            }
        }
    }
    write!(response, "\n]}}\n").map_err(fault())?;
    response.flush().map_err(fault())?;
    Ok(converted)
}

/// Each row of a file of rows.
fn rows(
    from: &Package<'_>,
    line: &ManifestLine,
    each: &mut dyn FnMut(&RecordLine) -> Result<(), ConversionError>,
) -> Result<(), ConversionError> {
    let path = from.directory.join(&line.path);
    let fault = || ConversionError::io(&path);
    let mut file = BufReader::new(Hashed::open(from.directory, &line.path)?);
    let mut lines = Lines::new(&mut file, ROW_LIMIT as u64);
    while let Some(row) = lines.next_line().map_err(fault())? {
        let row = serde_json::from_slice(row).map_err(|e| fault()(e.into()))?;
        each(&row)?;
    }
    file.into_inner().is(line)
}

fn type_of(name: &str) -> String {
    format!("{RECORDS}#/$defs/{name}")
}

/// What every record says.
#[derive(Serialize)]
struct Common<'r> {
    id: String,
    r#type: String,
    account: String,
    category: Category,
    source: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    instant: Option<String>,
}

/// A row: each value as it is stored, a number with all of its digits.
#[derive(Serialize)]
struct Row<'r> {
    #[serde(flatten)]
    common: Common<'r>,
    fields: &'r Fields,
}

/// A message or an object.
#[derive(Serialize)]
struct OneFile<'r> {
    #[serde(flatten)]
    common: Common<'r>,
    path: &'r str,
    sha256: Sha256Digest,
    length: u64,
    #[serde(rename = "mediaType", skip_serializing_if = "Option::is_none")]
    media_type: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'r str>,
}

fn of_row<'r>(row: &'r RecordLine, line: &'r ManifestLine, number: u64) -> Row<'r> {
    Row {
        common: Common {
            id: number.to_string(),
            r#type: type_of("Row"),
            account: row.identifier.to_string(),
            category: row.category,
            source: &line.source,
            instant: row.dated.map(microseconds),
        },
        fields: &row.fields,
    }
}

fn of_file<'r>(line: &'r ManifestLine, at: &'r str, number: u64) -> OneFile<'r> {
    let message = line.kind == ItemKind::Message;
    OneFile {
        common: Common {
            id: number.to_string(),
            r#type: type_of("File"),
            account: line.identifier.to_string(),
            category: line.category,
            source: &line.source,
            instant: line.dated.map(microseconds),
        },
        path: at,
        sha256: line.sha256,
        length: line.length,
        media_type: line
            .media_type
            .as_deref()
            .or(message.then_some("message/rfc822")),
        name: line.name.as_deref(),
    }
}

/// The schema of our records (TS 103 705, clause 6.2.4).
fn schema(provider: &str, now: Timestamp) -> Value {
    let text = || json!({"type": "string"});
    let instant = || json!({"$ref": "ts_103280_2017_07#/$defs/QualifiedMicrosecondDateTime"});
    let category = || json!({"enum": Category::ALL});
    let one = |name: &str, says: &str, required: &[&str], properties: Value| {
        let mut all = json!({
            "id": text(),
            "type": {"const": type_of(name)},
            "account": text(),
            "category": category(),
            "source": text(),
            "instant": instant(),
        });
        if let (Some(all), Value::Object(own)) = (all.as_object_mut(), properties) {
            all.extend(own);
        }
        let required = [&["id", "type", "account", "category", "source"], required].concat();
        json!({
            "type": "object",
            "description": says,
            "properties": all,
            "required": required,
            "additionalProperties": false,
        })
    };
    json!({
        "$id": RECORDS,
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rows and files of a production",
        "description": "The records that may stand in a response (ETSI TS 103 705, clause 6.2.4)",
        "cspName": provider,
        "cspSchemaID": OURS.0,
        "dateIssued": day(now),
        "cspSchemaVersion": OURS.1,
        "$defs": {
            "record": {"oneOf": [{"$ref": "#/$defs/Row"}, {"$ref": "#/$defs/File"}]},
            "Row": one(
                "Row",
                "One row of a log or a table, each field as it is stored. The instant is that of the event, in UTC; a row without one is a state at the time of the search.",
                &["fields"],
                json!({"fields": {"type": "object"}}),
            ),
            "File": one(
                "File",
                "One message or object, which lies beside the response under this path. The instant is the one that decided that it belongs to the period, in UTC.",
                &["path", "sha256", "length"],
                json!({
                    "path": text(),
                    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                    "length": {"type": "integer", "minimum": 0},
                    "mediaType": text(),
                    "name": text(),
                }),
            ),
        },
    })
}
