use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::findings::{is_default, is_false};

mod asked;
mod bounds;
mod error;
mod foreign;
mod kinds;
mod process;
mod read;

use crate::{
    Category, CountryCode, DigitalServicesElements, Identifier, ProviderFindings, Purpose,
    Recipient, Sentence, Sha256Digest,
};
pub use asked::{AskedPeriod, DemandPart};
pub use error::DemandError;
pub use foreign::FileKind;
pub use kinds::{
    Act, AuthorityKind, InstrumentKind, IssuerKind, Measure, Notification, SignatureForm, ThreatTo,
};
pub use process::{
    Capacity, Contact, DeadlineBox, EarlierRequest, EarlierRequestKind, NoticeDelay, Process,
};

/// One incoming legal demand, described for a machine. The description never replaces the
/// original instrument, which is kept as bytes beside it.
///
/// Written by hand (TOML) or by a machine (JSON); unknown fields are refused, so that nothing a
/// demand says is silently ignored. `lagrum schema` prints the JSON Schema of this type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Demand {
    /// Always `lagrum-demand/2`. Files of the form `lagrum-demand/1`, which have one `scope` in place
    /// of the parts, are read as one part.
    pub format: DemandFormat,
    /// The authority's own reference or file number.
    pub reference: String,
    /// File names of the original instrument (scans, a PDF, a mail) and its annexes, beside this
    /// file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub originals: Vec<String>,
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
    /// What the papers say of the process itself: deadlines, earlier requests, contacts.
    #[serde(default, skip_serializing_if = "is_default")]
    pub process: Process,
    /// What is asked for, part by part; each part is answered on its own.
    #[serde(rename = "part")]
    pub parts: Vec<DemandPart>,
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
    /// The second version: a demand in parts.
    #[serde(rename = "lagrum-demand/2")]
    V2,
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
    /// Which measure it permits or orders, where one kind of instrument serves for several. Absent: it
    /// does not say, and a part that depends on it is asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// The country whose law it rests on.
    pub country: CountryCode,
    /// The legal provision that it names, for example `18 U.S.C. § 2703(a)`.
    pub provision: String,
    /// The day on its face.
    #[schemars(with = "crate::schema::Day")]
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
    #[schemars(with = "Option<crate::schema::Day>")]
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
    /// Its own file number, if it differs from the demand's reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
    #[schemars(with = "Option<crate::schema::Day>")]
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
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub until: Option<Timestamp>,
}

impl Demand {
    /// SHA-256 of the description in its canonical JSON form: names the demand wherever its text
    /// must not appear.
    #[must_use]
    pub fn digest(&self) -> Sha256Digest {
        Sha256Digest::of(&serde_json::to_vec(self).expect("a demand has only JSON-safe fields"))
    }

    /// The identifiers of all parts, each once, in the order in which they are named.
    #[must_use]
    pub fn identifiers(&self) -> Vec<&Identifier> {
        let mut all: Vec<&Identifier> = Vec::new();
        for identifier in self.parts.iter().flat_map(|part| &part.identifiers) {
            if !all.contains(&identifier) {
                all.push(identifier);
            }
        }
        all
    }

    /// Whether any part asks for data of this category.
    #[must_use]
    pub fn asks_for(&self, category: Category) -> bool {
        self.parts
            .iter()
            .any(|part| part.categories.contains(&category))
    }
}

#[cfg(test)]
mod tests;
