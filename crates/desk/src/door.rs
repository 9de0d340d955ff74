//! The door for authorities: what their officers may do, and nothing else.
//!
//! **Invariant.** An officer is no principal of the desk. Who comes in as an [`Officer`] reaches the
//! demands that came from their own authority through the door, under addresses that nobody guesses;
//! every other address leads to the same nothing. What an officer sees is made of [`DoorCase`], in
//! which stands nothing that was not told to the authority: no number that counts up, no name of
//! another officer, no owner, no note, and nothing of an answer before it was handed over.

mod officers;
mod seeing;
mod sending;

use lagrum_model::{Actor, CaseId, TimeSource};
use lagrum_store::Changes;
use rand_core::CryptoRngCore;

pub use officers::{NewOfficer, OfferedKey, Officer, OfficerRecord};
pub(crate) use seeing::is_theirs;
pub use seeing::{
    Demanded, DoorCase, DoorLetter, DoorPart, Fetchable, Happened, Happening, Package, Question,
    Standing,
};
pub use sending::Arrived;

use crate::session::{Acting, projecting};
use crate::{CommandError, Desk};

/// The authority that sent a demand, in one text that names it and no other.
pub(crate) fn sender(actor: &Actor) -> Option<String> {
    match actor {
        Actor::Officer {
            authority, country, ..
        } => Some(format!("{country} {authority}")),
        _ => None,
    }
}

/// What one officer does at the door.
pub struct Door<'d> {
    desk: &'d Desk,
    officer: Officer,
    time: &'d dyn TimeSource,
    random: &'d mut dyn CryptoRngCore,
    recorded: bool,
}

impl Desk {
    /// What `officer` does at the door, at the time and with the randomness that are passed in.
    #[must_use]
    pub fn door<'d>(
        &'d self,
        officer: Officer,
        time: &'d dyn TimeSource,
        random: &'d mut dyn CryptoRngCore,
    ) -> Door<'d> {
        Door {
            desk: self,
            officer,
            time,
            random,
            recorded: false,
        }
    }
}

impl Door<'_> {
    /// Who is at the door.
    #[must_use]
    pub fn officer(&self) -> &Officer {
        &self.officer
    }

    /// Whether an event of a case may have been recorded, that has to go to the log ([`Desk::settle`]).
    #[must_use]
    pub fn has_recorded(&self) -> bool {
        self.recorded
    }

    /// The case of the officer's own authority under this address; whatever else it is, there is none.
    fn case_at(&self, address: &str) -> Result<Option<CaseId>, CommandError> {
        let is_one = address.len() == 32 && address.bytes().all(|byte| byte.is_ascii_hexdigit());
        // Looked up either way: how long it takes tells nothing.
        let address = if is_one { address } else { "" };
        let store = &self.desk.inner.store;
        Ok(store.case_at_door(&self.officer.sender(), address)?)
    }

    /// One act of the officer in a case of their own authority, in one transaction.
    fn change<T>(
        &mut self,
        name: &'static str,
        id: &CaseId,
        originals: &[&[u8]],
        change: impl FnOnce(&mut Changes<'_>, &Acting<'_>) -> Result<T, CommandError>,
    ) -> Result<T, CommandError> {
        let desk = self.desk;
        desk.law()?;
        self.recorded = true;
        let acting = Acting {
            id,
            actor: self.officer.actor(),
        };
        let own = Some(self.officer.sender());
        desk.inner.store.change(
            name,
            id,
            self.time.now(),
            originals,
            self.random,
            projecting!(desk),
            |changes| {
                desk.check_signatures(id, changes.events())?;
                let sent_by = changes.case().sent_by.as_ref();
                if sent_by.and_then(sender) != own {
                    return Err(CommandError::NoSuchCase(id.clone()));
                }
                change(changes, &acting)
            },
        )
    }
}
