//! What the papers of a demand say of the process itself (Annex I of Regulation (EU) 2023/1543,
//! sections B to L, and what other instruments have in their place).

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::findings::is_false;

/// Deadlines, earlier requests, contacts and wishes, as far as the papers name them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Process {
    /// In which capacity the company is addressed (section B).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Capacity>,
    /// Which deadline is ticked (section C).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<DeadlineBox>,
    /// The instant (UTC) by which the papers ask for an answer: a return date, for example.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub answer_by: Option<Timestamp>,
    /// Requests and orders that it follows on (section D).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier_requests: Vec<EarlierRequest>,
    /// The service that is meant, where the provider has several (section E).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// Whether the processor shall inform the controller (section G(d)). Absent: not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub controller_is_told: Option<bool>,
    /// Why the authority delays telling the account holder (section H).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notice_delayed_for: Vec<NoticeDelay>,
    /// Whom to ask (section I).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// The enforcing authority that was notified (section K).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notified: Option<Contact>,
    /// Others besides the recipient to whom the data shall go (section L).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further_recipients: Vec<Contact>,
    /// The format or means that it prefers (section L).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferred_format: Option<String>,
    /// The language in which the authority wants the answer: a BCP 47 tag, for example `de`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Whether a certificate of authenticity is asked for (Federal Rules of Evidence 902(11)).
    #[serde(default, skip_serializing_if = "is_false")]
    pub certificate_wanted: bool,
    /// Whether it came with a part that is not for the addressee (section M): access to it is then
    /// restricted, and the sender is told.
    #[serde(default, skip_serializing_if = "is_false")]
    pub has_part_not_for_addressee: bool,
}

/// In which capacity a company is addressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Capacity {
    /// The designated establishment.
    DesignatedEstablishment,
    /// The legal representative.
    LegalRepresentative,
    /// Another establishment, in an emergency, because the designated one did not react or was not
    /// designated in time.
    OtherInEmergency,
}

/// Which deadline a European order ticks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DeadlineBox {
    /// As soon as possible, within ten days at the latest.
    TenDays,
    /// At the end of the ten days of the notified authority, or when it confirms earlier.
    AfterNotification,
    /// Within eight hours: a threat to a person.
    EightHoursPerson,
    /// Within eight hours: a threat to a critical infrastructure.
    EightHoursInfrastructure,
}

/// An earlier request or order for the same data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EarlierRequest {
    /// What it asked for.
    pub kind: EarlierRequestKind,
    /// The authority that made it.
    pub authority: String,
    /// Its reference.
    pub reference: String,
    /// The day on its face.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<crate::schema::Day>")]
    pub issued_on: Option<Date>,
    /// The addressee's own number for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub our_reference: Option<String>,
}

/// What an earlier request asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EarlierRequestKind {
    /// To preserve.
    Preservation,
    /// To produce.
    Production,
}

/// Why an authority delays telling the account holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeDelay {
    /// Not to obstruct inquiries.
    Inquiries,
    /// Not to prejudice prevention or prosecution.
    Prosecution,
    /// Public security.
    PublicSecurity,
    /// National security.
    NationalSecurity,
    /// The rights and freedoms of others.
    RightsOfOthers,
}

/// Somebody to write to or to call. Nothing here is used to check who sent the demand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Name of the person or office.
    pub name: String,
    /// Postal address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
}
