//! What an agent tells the desk, signed: a receipt for what it produced, what it found out of whose
//! account something is, what it preserves, a refusal; and that it was at work.

use std::collections::BTreeMap;

use jiff::Timestamp;
use lagrum_model::{
    AccountIdentifier, AccountTold, CaseId, Category, Kept, LookedUp, MandateRecord, NotKnown,
    Region, Searched, Sha256Digest,
};
use lagrum_notes::{NoteError, SigningKey, VerifyingKey, role, verify_note};
use serde::de::{DeserializeOwned, IntoDeserializer as _};
use serde::{Deserialize, Deserializer, Serialize};

use crate::gate::Refused;
use crate::{Inquiry, Mandate, Volumes};

/// Which ciphertext answers which mandate. Says nothing of what is inside but two numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// The case.
    pub case: CaseId,
    /// SHA-256 of the mandate's text.
    pub mandate: Sha256Digest,
    /// Where it was carried out.
    pub region: Region,
    /// File name of the sealed package.
    pub package: String,
    /// SHA-256 of the sealed package.
    pub sha256: Sha256Digest,
    /// Its length in bytes.
    pub length: u64,
    /// Its volumes, where it is handed over in more than one file. They fit its length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volumes: Option<Volumes>,
    /// Messages and rows inside.
    pub produced: u64,
    /// Messages and rows withheld because their date could not be established.
    pub for_review: u64,
    /// What of that is of each account and category: of the first account that the mandate names all its
    /// categories, in its order, then of the next. Names none of them. Empty in receipts of before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub searched: Vec<Searched>,
}

/// Whether the agent answered that it heard the recall of a mandate, and so never carries it out.
#[must_use]
pub fn heard_recall(record: &MandateRecord) -> bool {
    let refusal = record.refusal.as_deref().and_then(Refusal::read_verified);
    record.recalled && refusal.is_some_and(|refusal| refusal.recalled)
}

impl Receipt {
    /// What it says of one account and category of its mandate.
    #[must_use]
    pub fn found_of(
        &self,
        mandate: &Mandate,
        account: &AccountIdentifier,
        category: Category,
    ) -> Option<Searched> {
        let account = mandate.identifiers.iter().position(|one| one == account)?;
        let place = mandate.categories.iter().position(|one| *one == category)?;
        let place = account * mandate.categories.len() + place;
        self.searched.get(place).copied()
    }
}

/// What an agent found out under a mandate to look up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resolution {
    /// The case.
    pub case: CaseId,
    /// SHA-256 of the mandate's text.
    pub mandate: Sha256Digest,
    /// Where it was carried out.
    pub region: Region,
    /// What was found of each identifier, in the order of the mandate.
    pub found: Vec<LookedUp>,
}

/// What an agent tells the desk of the accounts that it was asked about. Holds nothing of what is in them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountsTold {
    /// The case.
    pub case: CaseId,
    /// SHA-256 of the question's text.
    pub inquiry: Sha256Digest,
    /// Where they are, or are not.
    pub region: Region,
    /// When it was looked (UTC), by the agent's clock.
    pub at: Timestamp,
    /// What each address names, in the order of the question.
    pub accounts: Vec<AccountTold>,
}

/// How the copy stands that an agent froze under a mandate to preserve. Holds nothing of what is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preserved {
    /// The case.
    pub case: CaseId,
    /// SHA-256 of the mandate's text.
    pub mandate: Sha256Digest,
    /// Where it is kept.
    pub region: Region,
    /// How it stands.
    pub kept: Kept,
}

/// That a mandate was not carried out, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// SHA-256 of the mandate's text, if two people signed one; else of all that arrived.
    pub mandate: Sha256Digest,
    /// Who refuses.
    pub region: Region,
    /// For what kind of reason.
    pub code: RefusalCode,
    /// Why, for people.
    pub why: String,
    /// That the agent heard somebody of its roster recall the mandate, and that from here on nothing of it
    /// leaves, whatever the agent is told later. Until it says so it may still try again.
    #[serde(default, skip_serializing_if = "is_false")]
    pub recalled: bool,
}

/// The numbers of all kinds that are not known are one number.
fn summed<'d, D: Deserializer<'d>>(from: D) -> Result<BTreeMap<RefusalCode, u64>, D::Error> {
    let told = BTreeMap::<String, u64>::deserialize(from)?;
    let mut counts = BTreeMap::new();
    for (word, count) in told {
        let code = RefusalCode::deserialize(word.into_deserializer())?;
        let sum: &mut u64 = counts.entry(code).or_default();
        *sum = sum.saturating_add(count);
    }
    Ok(counts)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_false(value: &bool) -> bool {
    !value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// That an agent was at work, and how it stands there. Tells nothing of any mandate, account or store.
///
/// **How the form grows.** Nothing is permitted by it, so a field or a kind of reason that came later is passed over:
/// an agent that is newer than the desk is still seen at work. What it cannot count it does not tell: desks read a number
/// that is left out as 0, or not at all, so that no word is signed without all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beat {
    /// Which agent.
    pub region: Region,
    /// When, by the agent's own clock (UTC).
    pub at: Timestamp,
    /// The version of its program.
    pub version: String,
    /// The digest of its law packs.
    pub law: Sha256Digest,
    /// The digest of its roster ([`Roster::digest`](crate::Roster::digest)).
    pub roster: Sha256Digest,
    /// Whether one of two signatures has to come from a person's own machine.
    pub own_machine: bool,
    /// Number of mandates that wait for it.
    pub waiting: u64,
    /// Number of mandates that it refused in this run, for each kind of reason; none of those whose recall it
    /// heard.
    #[serde(
        default,
        skip_serializing_if = "BTreeMap::is_empty",
        deserialize_with = "summed"
    )]
    pub refused: BTreeMap<RefusalCode, u64>,
    /// Number of things that it withheld and that wait for counsel.
    pub to_review: u64,
    /// Number of cards that were to come into the public log and did not.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub cards_missing: u64,
    /// How far it is with the mandate that it carries out; absent while it carries out none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working: Option<Working>,
}

/// How far an agent is with a mandate. Neither that nor any source is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Working {
    /// Since when it works on it, by the agent's own clock (UTC).
    #[schemars(with = "lagrum_model::schema::Instant")]
    pub since: Timestamp,
    /// What it does.
    pub step: Step,
    /// Which source it searches, from 1 in the order in which its operator named them; 0 before the first, and for a
    /// copy in its vault.
    pub source: u32,
    /// How many sources it has; 0 where `source` is.
    pub sources: u32,
}

/// What an agent does with a mandate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// It reads and checks it.
    Reading,
    /// It searches a source.
    Searching,
    /// It checks again what it found, and seals it.
    Sealing,
    /// Something that a newer version does. No agent of this version says it.
    #[serde(other)]
    Other,
}

impl Step {
    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Searching => "searching",
            Self::Sealing => "sealing",
            Self::Other => "other",
        }
    }
}

/// That an agent holds a report to count what it carried out. Tells nothing of any case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportSeen {
    /// Which agent.
    pub region: Region,
    /// The period of the report.
    pub period: String,
    /// The digest of the report, as the log holds it.
    pub report: Sha256Digest,
}

/// For what kind of reason an agent does not carry out a mandate: the first four and `card` are the
/// checks of the gate.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum RefusalCode {
    /// Not two people of the agent's roster signed it, one of them counsel.
    Signatures,
    /// The public log does not have it, or is not the one that the agent saw before.
    Log,
    /// The agent's own law packs do not permit it, or cannot be applied.
    Law,
    /// Its scope, its life or its recipient is wrong, or it was carried out before.
    Mandate,
    /// It is a question of which accounts there are, and what it asks is wrong, or it was answered before.
    Inquiry,
    /// It is such a question, and the agent told of as many accounts as it does within a day.
    Limit,
    /// Its case has no card in the public log, or one that counts another case.
    Card,
    /// What arrived cannot be read at all.
    Unreadable,
    /// The region knows no account that is called as the mandate says: no store failed.
    UnknownAccount,
    /// The agent has no way to do what the mandate permits.
    Act,
    /// A store failed.
    Source,
    /// The agent is not configured for it.
    Configuration,
    /// The package failed its own check, or could not be sealed.
    Package,
    /// The agent's own key cannot sign.
    Key,
    /// The agent's record of what it carried out cannot be used.
    Ledger,
    /// A file could not be read or written.
    Io,
    /// The agent's program failed.
    Fault,
    /// A kind that a newer version of the program has: nothing was produced all the same. No agent of this version
    /// says it.
    #[serde(other)]
    Other,
}

impl RefusalCode {
    /// The word in answers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Signatures => "signatures",
            Self::Log => "log",
            Self::Law => "law",
            Self::Mandate => "mandate",
            Self::Inquiry => "inquiry",
            Self::Limit => "limit",
            Self::Card => "card",
            Self::Unreadable => "unreadable",
            Self::UnknownAccount => "unknown-account",
            Self::Act => "act",
            Self::Source => "source",
            Self::Configuration => "configuration",
            Self::Package => "package",
            Self::Key => "key",
            Self::Ledger => "ledger",
            Self::Io => "io",
            Self::Fault => "fault",
            Self::Other => "other",
        }
    }
}

impl From<&Refused> for RefusalCode {
    fn from(refused: &Refused) -> Self {
        match refused {
            Refused::Signatures(_) => Self::Signatures,
            Refused::Log(_) => Self::Log,
            Refused::Law(_) | Refused::LawFails(_) => Self::Law,
            Refused::Account(_) => Self::UnknownAccount,
            Refused::Accounts(_) => Self::Configuration,
            Refused::LookUp(_) => Self::Source,
            Refused::Mandate(_) => Self::Mandate,
            Refused::Inquiry(_) => Self::Inquiry,
            Refused::Card(_) => Self::Card,
        }
    }
}

/// Something that an agent signs.
pub trait SignedAnswer: Serialize + DeserializeOwned {
    /// First line of its text.
    const HEADING: &'static str;

    /// Whether what it says agrees with itself.
    fn agrees(&self) -> bool {
        true
    }

    /// The answer as a note signed by the agent.
    ///
    /// # Errors
    /// When the key cannot sign.
    fn sign(&self, key: &SigningKey<role::Agent>) -> Result<String, NoteError> {
        let json = serde_json::to_string_pretty(self).expect("an answer has only JSON-safe fields");
        key.sign_note(&format!("{}\n{json}\n", Self::HEADING))
    }

    /// What an answer says that was verified before: who signed it is not looked at.
    #[must_use]
    fn read_verified(note: &str) -> Option<Self> {
        let (text, _) = note.rsplit_once("\n\n")?;
        serde_json::from_str(text.strip_prefix(Self::HEADING)?).ok()
    }

    /// Reads an answer, and checks that one of `agents` signed it.
    ///
    /// # Errors
    /// When nobody known signed it, or it says something else.
    fn verify<'k>(
        note: &[u8],
        agents: &[&'k VerifyingKey<role::Agent>],
    ) -> Result<(Self, &'k VerifyingKey<role::Agent>), NoteError> {
        let (text, by) = verify_note(note, agents)?;
        let heading = Self::HEADING;
        let not_known = |why: NotKnown| NoteError::NotKnown(format!("{heading}: {why}"));
        let json = text.strip_prefix(heading).ok_or_else(|| {
            let other = || NoteError::Note(format!("does not begin with {heading}"));
            NotKnown::of_heading(&text, heading).map_or_else(other, not_known)
        })?;
        let answer: Self = serde_json::from_str(json).map_err(|e| {
            let other = || NoteError::Note(e.to_string());
            NotKnown::of_json(&e).map_or_else(other, not_known)
        })?;
        if !answer.agrees() {
            let why = format!("{heading}: what it says does not agree with itself");
            return Err(NoteError::Note(why));
        }
        let by = by.first().copied();
        by.map(|by| (answer, by))
            .ok_or_else(|| NoteError::Unsigned("no known agent signed".into()))
    }
}

impl SignedAnswer for Receipt {
    const HEADING: &'static str = "lagrum-receipt/1";

    fn agrees(&self) -> bool {
        let volumes = self.volumes.as_ref();
        volumes.is_none_or(|volumes| volumes.fit(self.length))
    }
}

impl SignedAnswer for Resolution {
    const HEADING: &'static str = "lagrum-resolution/1";
}

impl AccountsTold {
    /// Whether it is an answer to this question: of its case and region, of each account that it names, in its order.
    #[must_use]
    pub fn answers(&self, inquiry: &Inquiry) -> bool {
        let of = self.accounts.iter().map(|one| &one.address);
        self.case == inquiry.case
            && self.inquiry == inquiry.digest()
            && self.region == inquiry.region
            && of.eq(&inquiry.accounts)
    }
}

impl SignedAnswer for AccountsTold {
    const HEADING: &'static str = "lagrum-accounts/1";
}

impl SignedAnswer for Preserved {
    const HEADING: &'static str = "lagrum-preserved/1";
}

impl SignedAnswer for Refusal {
    const HEADING: &'static str = "lagrum-refusal/1";
}

impl SignedAnswer for ReportSeen {
    const HEADING: &'static str = "lagrum-report/1";
}

impl SignedAnswer for Beat {
    const HEADING: &'static str = "lagrum-beat/1";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> SigningKey<role::Agent> {
        SigningKey::from_seed(&[5; 32], "kvist.example/agent/stockholm").unwrap()
    }

    /// What this version reads of what a newer agent signed: `change` of what this one says.
    fn read<T: SignedAnswer>(
        said: &T,
        change: impl FnOnce(String) -> String,
    ) -> Result<T, NoteError> {
        let json = serde_json::to_string_pretty(said).unwrap();
        let text = format!("{}\n{json}\n", T::HEADING);
        let changed = change(text.clone());
        assert_ne!(changed, text);
        let note = key().sign_note(&changed).unwrap();
        T::verify(note.as_bytes(), &[&key().verifying_key()]).map(|(read, _)| read)
    }

    #[test]
    fn an_agent_that_is_newer_is_seen_at_work_and_its_kinds_of_refusals_are_one_number() {
        let digest = Sha256Digest::of(b"law");
        let mut beat = Beat {
            region: Region::parse("stockholm").unwrap(),
            at: "2026-11-30T12:00:00Z".parse().unwrap(),
            version: "9.0.0".into(),
            law: digest,
            roster: digest,
            own_machine: true,
            waiting: 3,
            refused: BTreeMap::from([(RefusalCode::Source, 2)]),
            to_review: 0,
            cards_missing: 0,
            working: None,
        };
        let seen = read(&beat, |text| {
            text.replacen("{\n", "{\n  \"dreams\": {\"deep\": 1},\n", 1)
                .replacen(
                    "\"source\": 2",
                    "\"source\": 2, \"asleep\": 3, \"away\": 4",
                    1,
                )
        });
        beat.refused.insert(RefusalCode::Other, 7);
        assert_eq!(seen.unwrap(), beat);
    }

    #[test]
    fn a_refusal_of_a_newer_kind_is_a_refusal_and_what_may_change_its_meaning_is_not_passed_over() {
        let mut refusal = Refusal {
            mandate: Sha256Digest::of(b"mandate"),
            region: Region::parse("stockholm").unwrap(),
            code: RefusalCode::Io,
            why: "io: it is so".into(),
            recalled: false,
        };
        let seen = read(&refusal, |text| text.replacen("\"io\"", "\"asleep\"", 1));
        let field = read(&refusal, |text| {
            text.replacen("{\n", "{\n  \"dreamt\": 1,\n", 1)
        });
        let form = read(&refusal, |text| text.replacen("refusal/1", "refusal/2", 1));
        let broken = read(&refusal, |text| text.replacen("\"why\"", "", 1));
        refusal.code = RefusalCode::Other;
        assert_eq!(seen.unwrap(), refusal);
        for (newer, says) in [
            (field, "lagrum-refusal/1: it has the field `dreamt`"),
            (form, "lagrum-refusal/1: it has the form `lagrum-refusal/2`"),
        ] {
            let why = newer.unwrap_err();
            assert!(
                matches!(&why, NoteError::NotKnown(why) if why.starts_with(says)),
                "{why:?}"
            );
        }
        assert!(matches!(broken, Err(NoteError::Note(_))), "{broken:?}");
    }
}
