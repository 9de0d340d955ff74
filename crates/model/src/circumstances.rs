use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// In what kind of proceedings a demand is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// An offence is investigated or prosecuted.
    CriminalProceedings,
    /// Intelligence on crime, outside an investigation.
    CriminalIntelligence,
    /// The security of the State.
    StateSecurity,
    /// A missing person, or a life at risk, without an offence.
    MissingPerson,
    /// Tax, competition, supervision and other proceedings.
    Other,
}

impl Purpose {
    /// The spelling used in demand files and law packs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CriminalProceedings => "criminal-proceedings",
            Self::CriminalIntelligence => "criminal-intelligence",
            Self::StateSecurity => "state-security",
            Self::MissingPerson => "missing-person",
            Self::Other => "other",
        }
    }
}

/// The custodial sentence or detention order that a demand helps to execute (Article 2(2) and
/// 5(3) of Regulation (EU) 2023/1543).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// Its length, in months.
    pub months: u32,
    /// Whether it was rendered in absentia.
    pub in_absentia: bool,
    /// Whether the convict absconded from justice.
    pub absconded: bool,
}

/// The elements of an order to provide information under Article 10(2) of Regulation (EU)
/// 2022/2065. Such an order is no power by itself: the kind of the instrument is the one of the law
/// that it rests on, or `digital-services-order` if it names none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DigitalServicesElements {
    /// It states reasons (point (a)(iv)), which may be left out to protect a criminal investigation.
    pub reasons: bool,
    /// It states the redress that the provider and the recipient have (point (a)(v)).
    pub redress: bool,
    /// It is in a language that the provider declared or agreed, or translated (point (c)).
    pub language: bool,
}
