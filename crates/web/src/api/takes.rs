//! What an operation reads of a request, and what it answers; each with its own schema.

use axum::http::HeaderMap;
use jiff::Timestamp;
use lagrum_model::schema::Instant;
use lagrum_model::{Arrival, Channel, Demand};
use schemars::{JsonSchema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::problem::ApiProblem;
use crate::form::Form;
use crate::reply::Reply;
use crate::upload::Upload;

/// The longest body in JSON, in bytes.
pub(crate) const LARGEST_JSON: usize = 1 << 20;

/// From whom something came, and the sender's reference, in characters.
const LONGEST_WORDS: usize = 300;
/// More at once than that nobody says.
pub(crate) const MOST: usize = 1_000;

/// A number that is whole, also where it is written with a point (`7.0`): JSON Schema has it so.
pub(crate) fn whole<'de, D: serde::Deserializer<'de>, T: TryFrom<u64>>(
    from: D,
) -> Result<T, D::Error> {
    use serde::de::Error as _;
    let number = serde_json::Number::deserialize(from)?;
    let whole = number.as_u64().or_else(|| {
        let number = number.as_f64().filter(|number| number.fract() == 0.0)?;
        format!("{number:.0}").parse().ok()
    });
    whole
        .and_then(|whole| T::try_from(whole).ok())
        .ok_or_else(|| D::Error::custom(format!("{number}: write a whole number in the range")))
}

/// How much of a body is read, and as what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reads {
    /// Nothing.
    Nothing,
    /// JSON, up to [`LARGEST_JSON`].
    Json,
    /// A form with files (RFC 7578), up to [`crate::upload::LARGEST_UPLOAD`].
    Files,
}

/// What was read.
#[derive(Debug)]
pub(crate) enum Came {
    Nothing,
    Json(Vec<u8>),
    Files(Form, Vec<Upload>),
}

impl Came {
    /// A digest of what was read. A boundary of a form is nothing that anybody said.
    pub(crate) fn digest(&self, of: &mut Sha256) {
        let mut part = |bytes: &[u8]| {
            of.update((bytes.len() as u64).to_be_bytes());
            of.update(bytes);
        };
        match self {
            Self::Nothing => {}
            Self::Json(bytes) => part(bytes),
            Self::Files(form, files) => {
                for (name, value) in form.fields() {
                    part(name.as_bytes());
                    part(value.as_bytes());
                }
                for file in files {
                    part(file.name.as_bytes());
                    part(&file.bytes);
                }
            }
        }
    }
}

/// A body that an operation reads.
pub(crate) trait Takes: Sized {
    const READS: Reads;
    fn read(came: Came) -> Result<Self, ApiProblem>;
    /// The form and the schema of the body; nothing where none is read.
    fn content(schemas: &mut SchemaGenerator) -> Option<(&'static str, Value)>;
}

/// No body.
pub(crate) struct Nothing;

impl Takes for Nothing {
    const READS: Reads = Reads::Nothing;
    fn read(_: Came) -> Result<Self, ApiProblem> {
        Ok(Self)
    }
    fn content(_: &mut SchemaGenerator) -> Option<(&'static str, Value)> {
        None
    }
}

/// A value in JSON.
pub(crate) struct Json<T>(pub(crate) T);

impl<T: DeserializeOwned + JsonSchema> Takes for Json<T> {
    const READS: Reads = Reads::Json;

    fn read(came: Came) -> Result<Self, ApiProblem> {
        let Came::Json(bytes) = came else {
            return Err(ApiProblem::new("malformed"));
        };
        // A list in the place of an object would be read, too, field after field.
        let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
        if first.is_some_and(|first| *first == b'[') {
            return Err(ApiProblem::new("body-wrong").field("", "it is not an object"));
        }
        let mut text = serde_json::Deserializer::from_slice(&bytes);
        let read = serde_path_to_error::deserialize(&mut text).map_err(|error| {
            use serde_path_to_error::Segment;
            let mut pointer = String::new();
            for segment in error.path() {
                match segment {
                    Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
                    Segment::Map { key } => {
                        let key = key.replace('~', "~0").replace('/', "~1");
                        pointer.push_str(&format!("/{key}"));
                    }
                    Segment::Enum { .. } | Segment::Unknown => {}
                }
            }
            let why = error.inner();
            match why.is_data() {
                true => ApiProblem::new("body-wrong").field(pointer, why.to_string()),
                false => ApiProblem::new("malformed").detail(why.to_string()),
            }
        })?;
        text.end()
            .map_err(|why| ApiProblem::new("malformed").detail(why.to_string()))?;
        Ok(Self(read))
    }

    fn content(schemas: &mut SchemaGenerator) -> Option<(&'static str, Value)> {
        let schema = schemas.subschema_for::<T>();
        Some(("application/json", schema.to_value()))
    }
}

/// The description of a demand, as the bytes that came: they are kept.
pub(crate) struct DemandFile(pub(crate) Vec<u8>);

impl Takes for DemandFile {
    const READS: Reads = Reads::Json;

    fn read(came: Came) -> Result<Self, ApiProblem> {
        let Came::Json(bytes) = came else {
            return Err(ApiProblem::new("malformed"));
        };
        // What is in it, the desk reads, as of every demand file.
        serde_json::from_slice::<serde::de::IgnoredAny>(&bytes)
            .map_err(|why| ApiProblem::new("malformed").detail(why.to_string()))?;
        Ok(Self(bytes))
    }

    fn content(schemas: &mut SchemaGenerator) -> Option<(&'static str, Value)> {
        let schema = schemas.subschema_for::<Demand>();
        Some(("application/json", schema.to_value()))
    }
}

/// Files that arrived, and how.
pub(crate) struct Arrived {
    pub(crate) files: Vec<Upload>,
    pub(crate) arrival: Arrival,
}

/// The fields of that form.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ArrivedForm")]
#[expect(dead_code, reason = "the form of a form: it is read field by field")]
struct ArrivedForm {
    /// The files as they came: the first is the demand, or its description in a demand file; the others
    /// belong to it.
    #[schemars(with = "Vec<File>", length(min = 1, max = 30))]
    files: Vec<u8>,
    /// By which way it came.
    #[schemars(with = "Said")]
    channel: Option<Channel>,
    /// From whom, as far as anybody can tell.
    #[schemars(with = "String", length(max = 300))]
    from: Option<String>,
    /// When it arrived (UTC), if not just now.
    #[schemars(with = "Instant")]
    at: Option<Timestamp>,
    /// The sender's own reference of the message.
    #[schemars(with = "String", length(max = 300))]
    reference: Option<String>,
}

/// A file in a form.
struct File;

impl JsonSchema for File {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "File".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "format": "binary"})
    }
}

/// The ways of which anybody says that something came by them.
struct Said;

impl JsonSchema for Said {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Said".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "enum": Channel::SAID.map(Channel::as_str)})
    }
}

impl Takes for Arrived {
    const READS: Reads = Reads::Files;

    fn read(came: Came) -> Result<Self, ApiProblem> {
        let Came::Files(form, files) = came else {
            return Err(ApiProblem::new("malformed"));
        };
        let wrong = |pointer: &str, why: &str| ApiProblem::new("body-wrong").field(pointer, why);
        let mut arrival = Arrival::default();
        let mut seen: Vec<&str> = Vec::new();
        for (name, value) in form.fields() {
            let pointer = format!("/{name}");
            if seen.contains(&name.as_str()) {
                return Err(wrong(&pointer, "it stands twice"));
            }
            seen.push(name);
            match name.as_str() {
                "channel" => {
                    let channel = Channel::parse(value).map_err(|why| wrong(&pointer, &why))?;
                    arrival.channel = Some(channel);
                }
                "from" | "reference" if value.chars().count() > LONGEST_WORDS => {
                    return Err(wrong(&pointer, "at most 300 characters"));
                }
                "from" => arrival.from = Some(one_line(value)),
                "reference" => arrival.reference = Some(one_line(value)),
                "at" => {
                    let why = "write an instant as in RFC 3339, for example 2026-03-02T08:00:00Z";
                    arrival.at = Some(value.parse().map_err(|_| wrong(&pointer, why))?);
                }
                "files" => return Err(wrong(&pointer, "give it a file name")),
                _ => return Err(wrong(&pointer, "there is no such field")),
            }
        }
        let empty = |text: &Option<String>| text.as_ref().is_some_and(|text| text.is_empty());
        if empty(&arrival.from) {
            arrival.from = None;
        }
        if empty(&arrival.reference) {
            arrival.reference = None;
        }
        if files.is_empty() {
            return Err(wrong("/files", "send at least one file"));
        }
        Ok(Self { files, arrival })
    }

    fn content(schemas: &mut SchemaGenerator) -> Option<(&'static str, Value)> {
        let schema = schemas.subschema_for::<ArrivedForm>();
        Some(("multipart/form-data", schema.to_value()))
    }
}

fn one_line(text: &str) -> String {
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    plain.collect::<String>().trim().to_owned()
}

/// An answer of an operation.
pub(crate) trait Gives {
    const STATUS: u16 = 200;
    fn reply(self) -> Reply;
    /// The form and the schema of the answer.
    fn content(schemas: &mut SchemaGenerator) -> (&'static str, Value);
}

impl<T: Serialize + JsonSchema> Gives for Json<T> {
    fn reply(self) -> Reply {
        json_reply(Self::STATUS, &self.0)
    }
    fn content(schemas: &mut SchemaGenerator) -> (&'static str, Value) {
        let schema = schemas.subschema_for::<T>();
        ("application/json", schema.to_value())
    }
}

/// Something that was made, and where it is.
pub(crate) struct Created<T>(pub(crate) String, pub(crate) T);

impl<T: Serialize + JsonSchema> Gives for Created<T> {
    const STATUS: u16 = 201;
    fn reply(self) -> Reply {
        json_reply(Self::STATUS, &self.1).with("location", self.0)
    }
    fn content(schemas: &mut SchemaGenerator) -> (&'static str, Value) {
        <Json<T> as Gives>::content(schemas)
    }
}

/// A file as it was received.
pub(crate) struct Bytes(pub(crate) String, pub(crate) Vec<u8>);

impl Gives for Bytes {
    fn reply(self) -> Reply {
        Reply::file(&self.0, self.1)
    }
    fn content(_: &mut SchemaGenerator) -> (&'static str, Value) {
        ("application/octet-stream", json!({}))
    }
}

/// The OpenAPI document.
pub(crate) struct OpenApi(pub(crate) &'static str);

impl Gives for OpenApi {
    fn reply(self) -> Reply {
        Reply {
            status: Self::STATUS,
            headers: vec![("content-type", "application/json".into())],
            body: self.0.as_bytes().to_vec(),
            piece: None,
        }
    }
    fn content(_: &mut SchemaGenerator) -> (&'static str, Value) {
        ("application/json", json!({"type": "object"}))
    }
}

/// A text.
pub(crate) struct Text(pub(crate) String);

impl Gives for Text {
    fn reply(self) -> Reply {
        Reply {
            status: Self::STATUS,
            headers: vec![("content-type", "text/plain; charset=utf-8".into())],
            body: self.0.into_bytes(),
            piece: None,
        }
    }
    fn content(_: &mut SchemaGenerator) -> (&'static str, Value) {
        ("text/plain", json!({"type": "string"}))
    }
}

fn json_reply(status: u16, value: &impl Serialize) -> Reply {
    let Ok(body) = serde_json::to_vec(value) else {
        return ApiProblem::new("failed").reply();
    };
    Reply {
        status,
        headers: vec![("content-type", "application/json".into())],
        body,
        piece: None,
    }
}

/// Whether a request says that its body is JSON.
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get("content-type");
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

/// The parameters of an address, read into a type: each once, and none that is not known.
pub(crate) fn query<T: DeserializeOwned>(form: &Form) -> Result<T, ApiProblem> {
    use serde::de::value::{Error, MapDeserializer};
    let pairs = form
        .fields()
        .iter()
        .map(|(name, value)| (name.as_str(), Parameter(value)));
    T::deserialize(MapDeserializer::<_, Error>::new(pairs))
        .map_err(|why| ApiProblem::new("query-wrong").detail(why.to_string()))
}

/// A parameter's text, which is read as what it is asked for.
#[derive(Clone, Copy)]
struct Parameter<'v>(&'v str);

impl<'de> serde::de::IntoDeserializer<'de> for Parameter<'de> {
    type Deserializer = Self;
    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> serde::Deserializer<'de> for Parameter<'de> {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: serde::de::Visitor<'de>>(
        self,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_str(self.0)
    }

    fn deserialize_bool<V: serde::de::Visitor<'de>>(
        self,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        match self.0 {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_u64<V: serde::de::Visitor<'de>>(
        self,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        match self.0.parse() {
            Ok(number) if !self.0.starts_with('+') => visitor.visit_u64(number),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_u32<V: serde::de::Visitor<'de>>(
        self,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_option<V: serde::de::Visitor<'de>>(
        self,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_some(self)
    }

    fn deserialize_enum<V: serde::de::Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        use serde::de::IntoDeserializer as _;
        let text: serde::de::value::StrDeserializer<'_, Self::Error> = self.0.into_deserializer();
        text.deserialize_enum(name, variants, visitor)
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
