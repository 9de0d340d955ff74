use jiff::Timestamp;
use lagrum_log::{Commitment, Salt};
use lagrum_model::{Actor, Case, CaseId, Command, Event, EventFormat, EventKind, Refusal};
use rand_core::CryptoRngCore;

use crate::vault::CaseKey;
use crate::{OutboxRow, SealedEvent, ShelfRow, StoreError, Vault};

/// Something to be done after the change in which it was decided: a mandate to be released, one to
/// be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxItem {
    /// Names it: the same key is put once, whatever happens. It is stored in the clear, so it must
    /// name no person.
    pub key: String,
    /// What kind of thing it is, in one word. Stored in the clear.
    pub kind: String,
    /// The details; encrypted under the key of the case.
    pub body: Vec<u8>,
}

/// What happens to a case within one transaction.
pub struct Changes<'r> {
    pub(crate) id: CaseId,
    pub(crate) case: Case,
    pub(crate) events: Vec<Event>,
    pub(crate) outbox: Vec<OutboxItem>,
    pub(crate) done: Vec<String>,
    pub(crate) shelf: Vec<(&'static str, Vec<u8>, Vec<u8>)>,
    pub(crate) unshelved: Vec<(&'static str, Vec<u8>)>,
    pub(crate) uncompared: Option<String>,
    /// Who wants it to be given a card.
    pub(crate) counted_by: Option<Actor>,
    recorded: usize,
    at: Timestamp,
    random: &'r mut dyn CryptoRngCore,
}

impl<'r> Changes<'r> {
    pub(crate) fn new(
        id: CaseId,
        events: Vec<Event>,
        at: Timestamp,
        random: &'r mut dyn CryptoRngCore,
    ) -> Self {
        Self {
            id,
            case: Case::from_events(&events),
            recorded: events.len(),
            events,
            outbox: vec![],
            done: vec![],
            shelf: vec![],
            unshelved: vec![],
            uncompared: None,
            counted_by: None,
            at,
            random,
        }
    }

    /// The number of the case.
    #[must_use]
    pub fn id(&self) -> &CaseId {
        &self.id
    }

    /// The case as it is now, with what was commanded so far.
    #[must_use]
    pub fn case(&self) -> &Case {
        &self.case
    }

    /// The events of the case so far, with those that were commanded in this transaction.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Why the events so far could not be held against the public log; absent when they were.
    #[must_use]
    pub fn uncompared(&self) -> Option<&str> {
        self.uncompared.as_deref()
    }

    /// The instant at which this happens (UTC).
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// The caller's source of randomness.
    pub fn random(&mut self) -> &mut dyn CryptoRngCore {
        self.random
    }

    /// Gives a command to the case.
    ///
    /// # Errors
    /// When the case refuses it.
    pub fn command(
        &mut self,
        command: Command,
        actor: &Actor,
        reason: &str,
    ) -> Result<(), Refusal> {
        for what in self.case.handle(actor, command)? {
            self.add(what, actor, reason);
        }
        Ok(())
    }

    /// Has something done once this change is recorded. A key that was sent before is not sent again.
    pub fn send(&mut self, item: OutboxItem) {
        self.outbox.push(item);
    }

    /// Strikes off what was sent under `key`, in this transaction.
    pub fn done(&mut self, key: &str) {
        self.done.push(key.to_owned());
    }

    /// Puts something on the shelf, in this transaction and for ever: in the place of what lay there
    /// under its kind and key.
    pub fn shelve(&mut self, kind: &'static str, key: &[u8], value: &[u8]) {
        self.shelf.push((kind, key.to_vec(), value.to_vec()));
    }

    /// Takes something off the shelf, in this transaction.
    pub fn unshelve(&mut self, kind: &'static str, key: &[u8]) {
        self.unshelved.push((kind, key.to_vec()));
    }

    /// Has the case given a card by which it is counted in the public figures, if it has none and there is a place
    /// for one. It is done at the end of this transaction.
    pub fn count(&mut self, actor: &Actor) {
        self.counted_by = Some(actor.clone());
    }

    pub(crate) fn add(&mut self, what: EventKind, actor: &Actor, reason: &str) {
        let event = Event {
            format: EventFormat::V1,
            more: std::collections::BTreeMap::new(),
            case: self.id.clone(),
            number: self.case.events + 1,
            at: self.at,
            actor: actor.clone(),
            reason: reason.to_owned(),
            what,
        };
        self.case.apply(&event);
        self.events.push(event);
    }

    /// The events that are new, sealed.
    pub(crate) fn seal_events(&mut self, key: &CaseKey) -> Result<Vec<SealedEvent>, StoreError> {
        let mut sealed = Vec::new();
        for event in &self.events[self.recorded..] {
            let text = serde_json::to_string(event)
                .map_err(|e| StoreError::Damaged(format!("an event cannot be written: {e}")))?;
            let mut salt = [0; 32];
            self.random.fill_bytes(&mut salt);
            let salt = Salt::from_bytes(salt);
            let commitment = Commitment::of(&salt, text.as_bytes());
            sealed.push(SealedEvent {
                number: event.number,
                commitment,
                sealed: key.seal_event(event.number, &commitment, &salt, &text, self.random),
            });
        }
        Ok(sealed)
    }

    /// What is to be done, sealed.
    pub(crate) fn seal_outbox(&mut self, key: &CaseKey) -> Vec<OutboxRow> {
        let seal = |item: OutboxItem| OutboxRow {
            place: 0,
            case: self.id.clone(),
            event: self.case.events,
            sealed: key.seal_outbox(&item.key, &item.body, self.random),
            key: item.key,
            kind: item.kind,
        };
        std::mem::take(&mut self.outbox)
            .into_iter()
            .map(seal)
            .collect()
    }

    /// What is put on the shelf, sealed.
    pub(crate) fn seal_shelf(&mut self, vault: &Vault) -> Vec<ShelfRow> {
        let put = std::mem::take(&mut self.shelf);
        let mut seal = |(kind, key, value): (&str, Vec<u8>, Vec<u8>)| {
            let tag = vault.tag_shelf(kind, &key);
            ShelfRow {
                kind: kind.to_owned(),
                sealed: vault.seal_shelf(kind, &tag, None, &value, self.random),
                until: None,
                tag,
            }
        };
        put.into_iter().map(&mut seal).collect()
    }
}
