//! What is to be signed on a person's own machine, and the signatures that come back, as files. The
//! command line and the web write and read the same ones.

use lagrum_desk::{CommandError, Session, ToSign};
use lagrum_documents::{EarlierDemand, Signer, Zone};
use lagrum_mandate::Mandate;
use lagrum_model::{AccountIdentifier, Case, CaseId, Event, EventKind, Sha256Digest};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// The longest of these files that is read, in bytes.
pub const LONGEST: u64 = 64 << 20;

/// All that the page to sign is made from.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    format: Format,
    provider: String,
    zone: Zone,
    case: CaseId,
    events: Vec<Event>,
    /// The exact texts that are signed.
    texts: Vec<String>,
    earlier: Vec<EarlierDemand>,
    signers: Vec<Signer>,
}

#[derive(Serialize, Deserialize)]
enum Format {
    #[serde(rename = "lagrum-to-sign/1")]
    V1,
}

impl JsonSchema for File {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ToSignFile".into()
    }
    /// The program alone reads it, and refuses what it does not know.
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "description": "All that the page to sign is made from. The program reads it on the machine of whoever signs.",
            "required": ["format", "case", "texts"],
            "properties": {
                "format": {"const": "lagrum-to-sign/1"},
                "case": {"type": "string"},
                "texts": {"type": "array", "items": {"type": "string"}},
            },
        })
    }
}

/// The signatures of one person.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Signatures {
    format: SignaturesFormat,
    case: CaseId,
    signatures: Vec<Signature>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
enum SignaturesFormat {
    #[serde(rename = "lagrum-signatures/1")]
    V1,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Signature {
    /// SHA-256 of the text that is signed.
    mandate: Sha256Digest,
    /// One line of a signed note.
    line: String,
}

/// Other demands for the same accounts.
///
/// # Errors
/// When the person may not read the list.
pub fn earlier(
    session: &Session<'_>,
    id: &CaseId,
    accounts: Vec<AccountIdentifier>,
) -> Result<Vec<EarlierDemand>, CommandError> {
    let mut earlier = Vec::new();
    for account in accounts {
        for found in session.earlier(id, &[account.get()])? {
            earlier.push(EarlierDemand {
                case: found.case,
                account: account.clone(),
                authority: found.authority.unwrap_or_default(),
                received_at: Some(found.received_at),
                answers: found.answers,
            });
        }
    }
    Ok(earlier)
}

/// Gathers what the page needs, at the desk.
///
/// # Errors
/// When nothing waits for a signature, or the person may not see it.
pub fn gather(session: &Session<'_>, id: &CaseId) -> Result<File, CommandError> {
    let waiting: Vec<ToSign> = session.to_sign(id)?;
    let desk = session.desk();
    let mut events = session.events_to_sign(id)?;
    // The advice of counsel is nothing that leaves the desk in a file.
    for event in &mut events {
        event.withhold_privileged();
    }
    let mut accounts = Vec::new();
    for one in &waiting {
        let mandate =
            Mandate::parse(&one.text).map_err(|e| CommandError::Damaged(e.to_string()))?;
        for account in mandate.identifiers {
            if !accounts.contains(&account) {
                accounts.push(account);
            }
        }
    }
    let earlier = earlier(session, id, accounts)?;
    let signed_at = |name: &str| {
        events.iter().rev().find_map(|event| match &event.what {
            EventKind::Approved {
                mandate, signer, ..
            } if signer == name && waiting.iter().any(|one| one.mandate == *mandate) => {
                Some(event.at)
            }
            _ => None,
        })
    };
    // Somebody with two keys is one person.
    let mut signers: Vec<Signer> = Vec::new();
    let case = Case::from_events(&events);
    for person in desk.roster()?.people() {
        let signed_at = signed_at(&person.name);
        let may = signed_at.is_some() || desk.may_sign_in(&person.name, person.role, &case)?;
        if may && signers.iter().all(|known| known.name != person.name) {
            signers.push(Signer {
                id: Some(person.id.clone()),
                name: person.name.clone(),
                role: person.role,
                signed_at,
            });
        }
    }
    let zone = desk.zone_name().and_then(|name| Zone::named(name).ok());
    Ok(File {
        format: Format::V1,
        provider: desk.provider().to_owned(),
        zone: zone.unwrap_or_else(Zone::utc),
        case: id.clone(),
        texts: waiting.into_iter().map(|one| one.text).collect(),
        events,
        earlier,
        signers,
    })
}

impl File {
    /// Reads one.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(bytes)
    }

    /// The provider's name.
    #[must_use]
    pub fn provider(&self) -> &str {
        &self.provider
    }

    /// The zone in which people read times.
    #[must_use]
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// Which case.
    #[must_use]
    pub fn case(&self) -> &CaseId {
        &self.case
    }

    /// What its events make of the case.
    #[must_use]
    pub fn facts(&self) -> Case {
        Case::from_events(&self.events)
    }

    /// The exact texts that are signed.
    #[must_use]
    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    /// Demands that came before for the same accounts.
    #[must_use]
    pub fn earlier(&self) -> &[EarlierDemand] {
        &self.earlier
    }

    /// Who can sign, and who has.
    #[must_use]
    pub fn signers(&self) -> &[Signer] {
        &self.signers
    }
}

impl Signatures {
    /// One line of a signed note for each mandate.
    #[must_use]
    pub fn new(case: CaseId, lines: Vec<(Sha256Digest, String)>) -> Self {
        let signatures = lines
            .into_iter()
            .map(|(mandate, line)| Signature { mandate, line });
        Self {
            format: SignaturesFormat::V1,
            case,
            signatures: signatures.collect(),
        }
    }

    /// Reads them.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn parse(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(bytes)
    }

    /// In which case.
    #[must_use]
    pub fn case(&self) -> &CaseId {
        &self.case
    }

    /// The lines, each with the mandate that it signs.
    #[must_use]
    pub fn lines(&self) -> Vec<(Sha256Digest, String)> {
        let all = self.signatures.iter();
        all.map(|one| (one.mandate, one.line.clone())).collect()
    }
}
