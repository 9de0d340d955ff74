use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::findings::{is_default, is_false};
use crate::{
    AuthorityKind, ClockStanding, CountryCode, Demand, DigitalServicesElements, InstrumentKind,
    IssuerKind, Measure, Moment, Moments, Notification, ProviderFindings, Purpose, Sentence,
    SignatureForm,
};

/// What the law needs to know of a demand, and nothing else: no name, no identifier, no text.
///
/// It is what the two signers of a mandate vouch for, and what the agent's own law packs judge a
/// second time at the gate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// Who asks.
    pub authority: AuthorityFacts,
    /// On the strength of what.
    pub instrument: InstrumentFacts,
    /// Where the addressed company of the provider is established.
    pub addressee_country: CountryCode,
    /// Maximum custodial penalty of the offence, in months, if stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum_penalty_months: Option<u32>,
    /// Whether the offence is stated to be a listed one, whatever its penalty.
    pub listed_offence: bool,
    /// Whether a danger to a person or to critical infrastructure is claimed.
    pub emergency: bool,
    /// Whether counsel recorded the provider's own good-faith belief that the danger is real
    /// (18 U.S.C. § 2702(b)(8) asks for the provider's belief, not the officer's).
    pub emergency_believed: bool,
    /// In what kind of proceedings, if stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Purpose>,
    /// The sentence that is executed, where the demand is made for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentence: Option<Sentence>,
    /// What the provider itself found, and counsel recorded.
    #[serde(default, skip_serializing_if = "is_default")]
    pub findings: ProviderFindings,
    /// When the provider received the demand (UTC): what came in later was not stored then. Absent:
    /// not known, and every rule that asks for it takes the stricter side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub received_at: Option<Timestamp>,
    /// What became of the instrument after it was issued.
    #[serde(default, skip_serializing_if = "is_default")]
    pub since: Since,
    /// How the clocks of the demand stood when the law was applied, by the names of their rules; a
    /// clock that nothing started or that is done is not there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub clocks: BTreeMap<String, ClockStanding>,
}

/// What became of an instrument after it was issued, as far as it was recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Since {
    /// The authority withdrew it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub withdrawn: bool,
    /// Whoever had to validate, affirm or approve it afterwards refused to.
    #[serde(default, skip_serializing_if = "is_false")]
    pub validation_refused: bool,
    /// The notified authority objects to a part of it, or lets it pass only under conditions
    /// (Article 12(4) of Regulation (EU) 2023/1543).
    #[serde(default, skip_serializing_if = "is_false")]
    pub partly_refused: bool,
}

/// What the law needs to know of an authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AuthorityFacts {
    /// The country it acts for.
    pub country: CountryCode,
    /// What kind it is.
    pub kind: AuthorityKind,
    /// Whether a person at the provider verified that the demand comes from it.
    pub verified: bool,
}

/// What the law needs to know of an instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InstrumentFacts {
    /// Which kind.
    pub kind: InstrumentKind,
    /// Which measure it permits or orders, if it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// The country whose law it rests on.
    pub country: CountryCode,
    /// The day on its face, in the calendar of whoever issued it.
    #[schemars(with = "crate::schema::Day")]
    pub issued_on: Date,
    /// In which capacity it was issued.
    pub issued_by: IssuerKind,
    /// In which capacity it was validated, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validated_by: Option<IssuerKind>,
    /// Whether it bears any signature.
    pub signed: bool,
    /// Whether it bears a qualified electronic signature or seal.
    pub qualified_signature: bool,
    /// Whether it relies on an international agreement.
    pub treaty: bool,
    /// State of the notification to the enforcing authority, if the demand tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notification: Option<Notification>,
    /// Whether the authority states that an enterprise customer cannot be asked.
    pub customer_cannot_be_asked: bool,
    /// Whether it was issued in urgency and is to be confirmed later.
    #[serde(default, skip_serializing_if = "is_false")]
    pub interim: bool,
    /// Whether the issuer holds the rank or designation that the provision asks for.
    #[serde(default, skip_serializing_if = "is_false")]
    pub rank_confirmed: bool,
    /// Whether it bears the certification that the provision asks for.
    #[serde(default, skip_serializing_if = "is_false")]
    pub certified: bool,
    /// The last day on which it can be carried out, if it names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<crate::schema::Day>")]
    pub valid_until: Option<Date>,
    /// The elements of an order under Article 10 of Regulation (EU) 2022/2065, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digital_services: Option<DigitalServicesElements>,
}

impl Demand {
    /// The facts of this demand for the law, as far as its papers tell them: see [`Basis::after`].
    /// `verified` and `emergency_believed` are the provider's own findings, never the demand's claim.
    #[must_use]
    pub fn basis(&self, verified: bool, emergency_believed: bool) -> Basis {
        let instrument = &self.instrument;
        Basis {
            authority: AuthorityFacts {
                country: self.authority.country,
                kind: self.authority.kind,
                verified,
            },
            instrument: InstrumentFacts {
                kind: instrument.kind,
                measure: instrument.measure,
                country: instrument.country,
                issued_on: instrument.issued_on,
                issued_by: instrument.issued_by.kind,
                validated_by: instrument.validated_by.as_ref().map(|issuer| issuer.kind),
                signed: !instrument.signatures.is_empty(),
                qualified_signature: instrument
                    .signatures
                    .iter()
                    .any(|signature| signature.form == SignatureForm::Qualified),
                treaty: instrument.treaty.is_some(),
                notification: instrument.notification,
                customer_cannot_be_asked: instrument.customer_cannot_be_asked,
                interim: instrument.interim,
                rank_confirmed: instrument.rank_confirmed,
                certified: instrument.certified,
                valid_until: instrument.valid_until,
                digital_services: instrument.digital_services,
            },
            addressee_country: self.addressee.country,
            maximum_penalty_months: self.offence.as_ref().and_then(|o| o.maximum_penalty_months),
            listed_offence: self.offence.as_ref().is_some_and(|offence| offence.listed),
            emergency: self.emergency.is_some(),
            emergency_believed: self.emergency.is_some() && emergency_believed,
            purpose: self.purpose,
            sentence: self.sentence,
            findings: self.findings,
            received_at: None,
            since: Since::default(),
            clocks: BTreeMap::new(),
        }
    }
}

impl Basis {
    /// These facts after what happened to the demand: when it was received, what the notified
    /// authority did, which goes before what the certificate said of it, and what became of the
    /// instrument.
    #[must_use]
    pub fn after(mut self, happened: &Moments) -> Self {
        let did = |what| happened.first(what).is_some();
        self.received_at = happened.first(Moment::Received);
        if let Some(notification) = happened.notification() {
            self.instrument.notification = Some(notification);
        }
        self.since = Since {
            withdrawn: did(Moment::Withdrawn),
            validation_refused: did(Moment::ValidationRefused),
            partly_refused: did(Moment::PartlyRefused),
        };
        self
    }
}
