use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::findings::{is_default, is_false};

mod kinds;

use crate::{
    Category, CountryCode, DigitalServicesElements, Identifier, Period, ProviderFindings, Purpose,
    Sentence, Sha256Digest,
};
pub use kinds::{
    Act, AuthorityKind, InstrumentKind, IssuerKind, Notification, SignatureForm, ThreatTo,
};

/// One incoming legal demand, described for a machine. The description never replaces the
/// original instrument, which is kept as bytes beside it.
///
/// Written by hand (TOML) or by a machine (JSON); unknown fields are refused, so that nothing a
/// demand says is silently ignored. `lagrum schema` prints the JSON Schema of this type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Demand {
    /// Always `lagrum-demand/1`.
    pub format: DemandFormat,
    /// The authority's own reference or file number.
    pub reference: String,
    /// File name of the original instrument (a scan, a PDF, a mail), beside this file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<String>,
    /// Who asks.
    pub authority: Authority,
    /// The legal process that it relies on.
    pub instrument: Instrument,
    /// Which company of the provider it is addressed to.
    pub addressee: Addressee,
    /// In what kind of proceedings, if the demand tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Purpose>,
    /// What is investigated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offence: Option<Offence>,
    /// The sentence that is executed, where the demand is made for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentence: Option<Sentence>,
    /// The claimed danger, when the demand is urgent because somebody is in danger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emergency: Option<Emergency>,
    /// The prohibition to tell the account holder, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secrecy: Option<Secrecy>,
    /// What is asked for.
    pub scope: Scope,
    /// To whom the answer is sealed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient: Option<Recipient>,
    /// What the provider itself found about it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub findings: ProviderFindings,
}

/// The version of the demand file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum DemandFormat {
    /// The first and only version.
    #[serde(rename = "lagrum-demand/1")]
    V1,
}

/// The authority that asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// Its full name, as it stands on the instrument.
    pub name: String,
    /// The country it acts for.
    pub country: CountryCode,
    /// What kind of authority it is.
    pub kind: AuthorityKind,
    /// The person who acts for it.
    pub officer: Officer,
}

/// The person who acts for the authority.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Officer {
    /// Name and rank.
    pub name: String,
    /// The mail address that the demand came from or names for answers.
    pub email: String,
}

/// The legal process.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Which kind.
    pub kind: InstrumentKind,
    /// The country whose law it rests on.
    pub country: CountryCode,
    /// The legal provision that it names, for example `18 U.S.C. § 2703(a)`.
    pub provision: String,
    /// The day on its face.
    pub issued_on: Date,
    /// Who issued it.
    pub issued_by: Issuer,
    /// Who validated it, where another authority had to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validated_by: Option<Issuer>,
    /// The signatures on it. An empty list means: unsigned.
    #[serde(default)]
    pub signatures: Vec<Signature>,
    /// The international agreement that it relies on, for example a mutual legal assistance treaty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub treaty: Option<String>,
    /// For a European Production Order: the state of the notification to the enforcing authority
    /// (Article 8 of Regulation (EU) 2023/1543).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notification: Option<Notification>,
    /// Set when the authority states that an enterprise customer, as controller, cannot be
    /// identified or that asking it would harm the investigation (Article 5(6) of Regulation (EU)
    /// 2023/1543).
    #[serde(default)]
    pub customer_cannot_be_asked: bool,
    /// Whether it was issued in urgency by an officer who is otherwise not competent, and is to be
    /// confirmed later. Who confirmed it stands in `validated_by`.
    #[serde(default, skip_serializing_if = "is_false")]
    pub interim: bool,
    /// Whether the issuer holds the rank or designation that the provision asks for, as the person
    /// who took the demand in checked it: a superintendent of the Garda Síochána, a designated
    /// senior officer, a Special Agent in Charge.
    #[serde(default, skip_serializing_if = "is_false")]
    pub rank_confirmed: bool,
    /// Whether it bears the certification that the provision asks for (18 U.S.C. § 2709(b)).
    #[serde(default, skip_serializing_if = "is_false")]
    pub certified: bool,
    /// The last day on which the authorisation can be carried out, if it names one. A day in the
    /// calendar of the issuing authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
    /// Where it is sent as an order to provide information (Article 10 of Regulation (EU)
    /// 2022/2065): its elements.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digital_services: Option<DigitalServicesElements>,
}

/// Who issued or validated an instrument.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Issuer {
    /// Name of the court or office.
    pub name: String,
    /// In which capacity.
    pub kind: IssuerKind,
}

/// A signature on the instrument, as the person who took the demand in saw it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// Whose it is.
    pub name: String,
    /// What kind it is.
    pub form: SignatureForm,
}

/// The company of the provider that a demand is addressed to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Addressee {
    /// Its name.
    pub entity: String,
    /// Where it is established.
    pub country: CountryCode,
}

/// What is investigated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Offence {
    /// Name of the offence.
    pub description: String,
    /// The provision that makes it one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provision: Option<String>,
    /// Maximum custodial penalty, in months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum_penalty_months: Option<u32>,
    /// Whether the authority states that it is one of the offences that the instrument's law
    /// lists, whatever the penalty (for a European Production Order: Article 5(4)(b) and (c)).
    #[serde(default)]
    pub listed: bool,
}

/// A claimed danger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Emergency {
    /// What is in danger.
    pub threat_to: ThreatTo,
    /// The facts stated.
    pub facts: String,
}

/// A prohibition to tell the account holder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Secrecy {
    /// The provision or order that it rests on.
    pub provision: String,
    /// Who ordered it, where it is an order of its own (18 U.S.C. § 2705(b)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_by: Option<Issuer>,
    /// The day on its face, where it is an order of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordered_on: Option<Date>,
    /// Whether it bears the certification of harm that the provision asks for (18 U.S.C.
    /// § 2709(c)(1)(B)).
    #[serde(default, skip_serializing_if = "is_false")]
    pub certified: bool,
    /// Whether it tells the provider of its right to judicial review (18 U.S.C. § 2709(c)(1)(A)).
    #[serde(default, skip_serializing_if = "is_false")]
    pub review_notice: bool,
    /// The instant (UTC) at which it ends. Absent: it names no end, and counsel should ask for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// What is asked for: identifiers × categories × period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// Whose data.
    pub identifiers: Vec<Identifier>,
    /// Which kinds.
    pub categories: Vec<Category>,
    /// From when to when.
    pub period: Period,
}

/// To whom the answer is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recipient {
    /// Who holds the key.
    pub name: String,
    /// The public key, an age recipient (`age1…`).
    pub key: String,
}

/// Why a demand file could not be read. The bytes are kept all the same.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum DemandError {
    /// Neither TOML nor JSON.
    #[error(
        "not a demand file: {0}. The bytes are kept; describe the demand in TOML or JSON (`lagrum schema` prints the fields) and take that in for the same case"
    )]
    NotText(String),
    /// A field is wrong.
    #[error("field `{field}`: {why}")]
    Field {
        /// Path of the field, for example `scope.period`.
        field: String,
        /// The rule and the way out.
        why: String,
    },
}

impl Demand {
    /// Reads a demand file: JSON when its first byte that is no space is `{`, else TOML.
    ///
    /// # Errors
    /// [`DemandError`], naming the field and the rule.
    pub fn parse(bytes: &[u8]) -> Result<Self, DemandError> {
        let demand: Self = parse_document(bytes)?;
        demand.check()?;
        Ok(demand)
    }

    /// SHA-256 of the description in its canonical JSON form: names the demand wherever its text
    /// must not appear.
    #[must_use]
    pub fn digest(&self) -> Sha256Digest {
        Sha256Digest::of(&serde_json::to_vec(self).expect("a demand has only JSON-safe fields"))
    }

    fn check(&self) -> Result<(), DemandError> {
        let fault = |field: &str, why: &str| {
            Err(DemandError::Field {
                field: field.into(),
                why: why.into(),
            })
        };
        if self.reference.trim().is_empty() {
            return fault(
                "reference",
                "write the authority's own reference or file number",
            );
        }
        if self.authority.name.trim().is_empty() {
            return fault("authority.name", "write the authority's full name");
        }
        if self.scope.categories.is_empty() {
            return fault(
                "scope.categories",
                "name at least one of subscriber, identification, traffic, content",
            );
        }
        let mut seen = std::collections::HashSet::new();
        if !self
            .scope
            .categories
            .iter()
            .all(|category| seen.insert(category))
        {
            return fault("scope.categories", "each category once");
        }
        let mut seen = std::collections::HashSet::new();
        if !self
            .scope
            .identifiers
            .iter()
            .all(|identifier| seen.insert(identifier))
        {
            return fault(
                "scope.identifiers",
                "each identifier once (letter case does not count)",
            );
        }
        if let Some(original) = &self.original
            && (original.contains(['/', '\\']) || original.starts_with('.') || original.is_empty())
        {
            return fault(
                "original",
                "a plain file name beside the demand file, no path",
            );
        }
        Ok(())
    }
}

/// Reads a TOML or JSON document into `T`, and names the field in every error.
fn parse_document<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DemandError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|e| DemandError::NotText(format!("byte {} is not UTF-8", e.valid_up_to())))?;
    let value: serde_json::Value = if text.trim_start().starts_with('{') {
        serde_json::from_str(text).map_err(|e| DemandError::NotText(format!("JSON: {e}")))?
    } else {
        let table: toml::Table = toml::from_str(text).map_err(|e| {
            DemandError::NotText(format!("TOML: {}", e.to_string().trim().replace('\n', " ")))
        })?;
        toml_to_json(toml::Value::Table(table))
    };
    serde_path_to_error::deserialize(value).map_err(|e| {
        let field = e.path().to_string();
        let form = match field.rsplit('.').next() {
            Some("from" | "until" | "at") => {
                "; write an instant with its zone, for example 2026-03-01T00:00:00+01:00"
            }
            Some("issued_on") => "; write a day, for example 2026-11-02",
            _ => "",
        };
        let why = format!("{}{form}", e.inner());
        DemandError::Field { field, why }
    })
}

/// TOML's dates become the strings that they were written as; the types then judge them.
fn toml_to_json(value: toml::Value) -> serde_json::Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(truth) => truth.into(),
        toml::Value::Datetime(instant) => instant.to_string().into(),
        toml::Value::Array(items) => items.into_iter().map(toml_to_json).collect(),
        toml::Value::Table(table) => serde_json::Value::Object(
            table
                .into_iter()
                .map(|(key, value)| (key, toml_to_json(value)))
                .collect(),
        ),
    }
}

#[cfg(test)]
mod tests;
