//! What authorities send by mail: each message is a case at once, taken in by nobody.

use jiff::{SignedDuration, Timestamp};
use lagrum_model::{Actor, Arrival, CaseId, Channel, Command, Demand, Original, TimeSource};
use lagrum_store::StoreError;
use rand_core::CryptoRngCore;
use serde::{Deserialize, Serialize};

use crate::session::{Acting, projecting};
use crate::shelved::MAILBOX;
use crate::{CommandError, Desk};

/// How a mailbox stood is remembered so long after it was last looked at.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Numbers of messages that were not taken are remembered as far as that.
const MOST_NAMED: usize = 50;

/// A message, as it lay in the mailbox.
#[derive(Clone, Copy, Debug)]
pub struct Mail<'m> {
    /// The mailbox's address.
    pub mailbox: &'m str,
    /// A name for the file.
    pub file_name: &'m str,
    /// Its bytes.
    pub bytes: &'m [u8],
    /// From whom, as it says itself.
    pub from: Option<&'m str>,
    /// When it reached the mailbox (UTC), as its server says. Clocks count from here.
    pub arrived: Option<Timestamp>,
}

/// How the mailbox stands: up to where it was read, and whether it can be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailboxState {
    /// Its address.
    pub address: String,
    /// The folder's UIDVALIDITY (RFC 3501).
    pub validity: u32,
    /// The number of the last message that was taken.
    pub last: u32,
    /// When it was last read to its end (UTC).
    pub read_at: Option<Timestamp>,
    /// Since when it cannot be read (UTC), and why.
    pub failing: Option<(Timestamp, String)>,
    /// Numbers of messages that were too long to be taken: people look at them in the mailbox itself.
    pub not_taken: Vec<u32>,
}

/// Words in a subject with which authorities say that somebody's life or safety is at stake: in English, Swedish
/// and Danish, and in the languages of their neighbours. Somebody who is woken for nothing sleeps again.
const EMERGENCY: [&str; 16] = [
    "emergency",
    "exigent",
    "imminent danger",
    "danger to life",
    "threat to life",
    "nödläge",
    "livsfara",
    "fara för liv",
    "akut fara",
    "nødsituation",
    "livsfare",
    "fare for liv",
    "notfall",
    "gefahr im verzug",
    "urgence vitale",
    "hätätilanne",
];

/// Whether a subject says that it is an emergency. It is only looked at sooner for it: nothing is believed.
pub(crate) fn says_emergency(subject: &str) -> bool {
    let subject = subject.to_lowercase();
    EMERGENCY.iter().any(|word| subject.contains(word))
}

impl MailboxState {
    /// Names a message that was not taken.
    pub fn name(&mut self, uid: u32) {
        if self.not_taken.len() < MOST_NAMED && !self.not_taken.contains(&uid) {
            self.not_taken.push(uid);
        }
    }
}

impl Desk {
    /// Takes a message in as a case that nobody described yet. The same bytes again give the same case, and
    /// nothing is recorded. Gives the case, and whether it is new.
    ///
    /// # Errors
    /// When it cannot be stored.
    pub fn take_in_mail(
        &self,
        mail: &Mail<'_>,
        time: &dyn TimeSource,
        random: &mut dyn CryptoRngCore,
    ) -> Result<(CaseId, bool), CommandError> {
        self.law()?;
        let at = time.now();
        let arrival = Arrival {
            channel: Some(Channel::Email),
            from: mail.from.map(str::to_owned),
            // A server whose clock is ahead does not make a demand of tomorrow.
            at: mail.arrived.filter(|arrived| *arrived <= at),
            reference: None,
            emergency: says_emergency(mail.file_name),
        };
        let actor = Actor::Mailbox {
            address: mail.mailbox.to_owned(),
        };
        let original = Original::of(mail.file_name, mail.bytes, arrival);
        let why = match Demand::parse_without_findings(mail.bytes) {
            Ok(_) => "a mail is no description of a demand".to_owned(),
            Err(error) => error.to_string(),
        };
        self.gives_numbers_and_cards()?;
        let opened = self.inner.store.open_case(
            "mailbox",
            at,
            &[mail.bytes],
            random,
            projecting!(self),
            |changes| {
                let id = changes.id().clone();
                let acting = Acting { id: &id, actor };
                acting.command(changes, Command::Receive { original }, "received by mail")?;
                let record = Command::RecordUnreadable { why };
                acting.command(changes, record, "kept as received")
            },
        )?;
        Ok((opened.case, opened.new))
    }

    /// How the mailbox stands.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn mailbox(&self, address: &str, now: Timestamp) -> Result<MailboxState, CommandError> {
        let kept = self.shelf().get(MAILBOX, address.as_bytes(), now)?;
        let state = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Ok(state.unwrap_or_else(|| MailboxState {
            address: address.to_owned(),
            ..MailboxState::default()
        }))
    }

    /// How each mailbox stands that was looked at lately.
    pub(crate) fn mailboxes(&self, now: Timestamp) -> Result<Vec<MailboxState>, StoreError> {
        let kept = self.shelf().all(MAILBOX, now)?;
        let read = kept
            .iter()
            .filter_map(|bytes| serde_json::from_slice(bytes).ok());
        Ok(read.collect())
    }

    /// Keeps how the mailbox stands at `now`. One that nobody looks at any more is forgotten.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn keep_mailbox(
        &self,
        state: &MailboxState,
        now: Timestamp,
        random: &mut dyn CryptoRngCore,
    ) -> Result<(), CommandError> {
        // Words and numbers: that cannot fail. Nothing kept would mean that all is read once more.
        let bytes = serde_json::to_vec(state).unwrap_or_default();
        self.shelf().put(
            MAILBOX,
            state.address.as_bytes(),
            &bytes,
            Some(now + KEPT),
            random,
        )?;
        Ok(())
    }
}
