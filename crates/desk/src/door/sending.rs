//! What an officer sends: a demand, an answer to a question, a receipt.

use jiff::Timestamp;
use lagrum_model::{Arrival, Channel, Command, Demand, Sha256Digest};

use super::Door;
use crate::session::{Acting, projecting};
use crate::{CommandError, Intake};

/// What became of what was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// Under which address the officer's authority finds it.
    pub address: String,
    /// Whether it is new. If not, the same authority sent the same bytes before, and nothing was
    /// recorded now.
    pub new: bool,
    /// When it arrived (UTC).
    pub at: Timestamp,
}

impl Door<'_> {
    /// How what this officer sends came: signed in at the door, which is evidence of who sent it and no
    /// decision that it is genuine.
    fn arrival(&self, reference: Option<&str>) -> Arrival {
        let officer = &self.officer;
        Arrival {
            channel: Some(Channel::Door),
            from: Some(format!(
                "{}, {} <{}>",
                officer.name(),
                officer.authority(),
                officer.email()
            )),
            at: None,
            reference: reference.map(str::to_owned),
            emergency: false,
        }
    }

    /// Takes in what an officer sends, as a case that lies in the inbox. Nothing is refused but what is
    /// too large; nobody describes it before a person read it. `emergency`: the officer says that somebody's
    /// life or safety is at stake.
    ///
    /// # Errors
    /// When there is no file, one is too large, or it cannot be stored.
    pub fn send(
        &mut self,
        files: &[(&str, &[u8])],
        reference: Option<&str>,
        emergency: bool,
    ) -> Result<Option<Arrived>, CommandError> {
        let arrival = Arrival {
            emergency,
            ..self.arrival(reference)
        };
        let files: Vec<_> = files
            .iter()
            .map(|(file_name, bytes)| Intake {
                file_name,
                bytes,
                arrival: arrival.clone(),
            })
            .collect();
        let Some((first, others)) = files.split_first() else {
            return Ok(None);
        };
        for one in &files {
            one.check()?;
        }
        let originals: Vec<_> = files.iter().map(|one| one.bytes).collect();
        let desk = self.desk;
        desk.law()?;
        desk.gives_numbers_and_cards()?;
        let at = self.time.now();
        let actor = self.officer.actor();
        let opened = desk.inner.store.open_case_at_door(
            "door",
            at,
            &self.officer.sender(),
            &originals,
            self.random,
            projecting!(desk),
            |changes| {
                let id = changes.id().clone();
                let acting = Acting { id: &id, actor };
                let original = first.original();
                acting.command(changes, Command::Receive { original }, "sent at the door")?;
                for one in others {
                    let original = one.original();
                    acting.command(changes, Command::Attach { original }, "sent with it")?;
                }
                // A file that describes a demand is described from, by a person; any other is read.
                match Demand::parse_without_findings(first.bytes) {
                    Ok(_) => Ok(()),
                    Err(error) => {
                        let why = error.to_string();
                        let record = Command::RecordUnreadable { why };
                        acting.command(changes, record, "kept as received")
                    }
                }
            },
        )?;
        let at = match opened.new {
            true => at,
            false => desk.inner.store.summary(&opened.case)?.received_at,
        };
        Ok(Some(Arrived {
            address: desk.inner.store.door_address(&opened.case),
            new: opened.new,
            at,
        }))
    }

    /// Takes in what an officer answers: further originals of the case. `None` if there is no such case
    /// of the officer's authority.
    ///
    /// # Errors
    /// When a file is too large, the case is closed, or it cannot be stored.
    pub fn answer(
        &mut self,
        address: &str,
        files: &[(&str, &[u8])],
    ) -> Result<Option<()>, CommandError> {
        let Some(id) = self.case_at(address)? else {
            return Ok(None);
        };
        let arrival = self.arrival(None);
        let files: Vec<_> = files
            .iter()
            .map(|(file_name, bytes)| Intake {
                file_name,
                bytes,
                arrival: arrival.clone(),
            })
            .collect();
        for one in &files {
            one.check()?;
        }
        let originals: Vec<_> = files.iter().map(|one| one.bytes).collect();
        self.change("door", &id, &originals, |changes, acting| {
            for one in &files {
                let original = one.original();
                acting.command(changes, Command::Attach { original }, "sent at the door")?;
            }
            Ok(())
        })?;
        Ok(Some(()))
    }

    /// Records that the officer has a package and could open it. `None` if there is no such case of the
    /// officer's authority.
    ///
    /// # Errors
    /// When no such package was handed over.
    pub fn confirm(
        &mut self,
        address: &str,
        package: Sha256Digest,
    ) -> Result<Option<()>, CommandError> {
        self.say(
            address,
            Command::ConfirmReceipt { package },
            "confirmed at the door",
        )
    }

    /// Records what the officer says is missing, or cannot be opened.
    ///
    /// # Errors
    /// When it says nothing.
    pub fn miss(&mut self, address: &str, text: &str) -> Result<Option<()>, CommandError> {
        let text = text.to_owned();
        self.say(address, Command::ReportMissing { text }, "said at the door")
    }

    fn say(
        &mut self,
        address: &str,
        command: Command,
        reason: &str,
    ) -> Result<Option<()>, CommandError> {
        let Some(id) = self.case_at(address)? else {
            return Ok(None);
        };
        self.change("door", &id, &[], |changes, acting| {
            acting.command(changes, command, reason)
        })?;
        Ok(Some(()))
    }
}
