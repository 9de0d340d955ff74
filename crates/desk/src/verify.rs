//! `desk verify`: all that the desk keeps, against itself and against the public log.

use std::time::Duration;

use lagrum_access::Action;
use lagrum_log::LogReader;
use lagrum_store::{Fault, StoreError, Verified};
use serde::Serialize;

use crate::session::projecting;
use crate::{CommandError, Session};

/// What was gone through, and how much of it is not what was recorded.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Verification {
    /// What was gone through.
    #[serde(flatten)]
    pub found: Verified,
    /// Signatures of people and agents that fit.
    pub signatures: u64,
    /// Number of faults; each was told when it was found.
    pub faults: u64,
    /// Answers of agents that this desk knows no more, so that nobody can say.
    pub unchecked: Vec<Fault>,
}

/// How often the log is looked at again while somebody publishes it, and with which pauses.
const LOOKS: u32 = 100;
const PAUSE: Duration = Duration::from_millis(10);

impl Session<'_> {
    /// Goes through everything: the public log, entry by entry; every event against its commitment
    /// and its entry; every original; every signature; the list of cases. `tell` hears each fault as
    /// it is found. Reads each thing once, holds no lock, and may run beside the desk.
    ///
    /// # Errors
    /// When the person may not, or the database or the configuration cannot be read. What is wrong
    /// with what is kept is told, not an error.
    pub fn verify(&self, tell: &mut dyn FnMut(&Fault)) -> Result<Verification, CommandError> {
        self.may(Action::VerifyRecord)?;
        self.desk.law()?;
        let mut done = Verification::default();
        let mut faults = 0;
        let mut fault = |found: Fault| {
            faults += 1;
            tell(&found);
        };
        let (entries, lost) = self.verify_log(&mut fault)?;
        let (mut signatures, mut unchecked) = (0, Vec::new());
        let mut failed = None;
        done.found = self.desk.inner.store.verify(
            projecting!(self.desk),
            &mut |case, events, tell| match self.desk.signatures(events) {
                Ok(found) => {
                    signatures += found.sound;
                    for one in found.unsound {
                        tell(Fault::of(case, Some(one.event), one.why));
                    }
                    let unknown = found.unknown.into_iter();
                    unchecked.extend(unknown.map(|one| Fault::of(case, Some(one.event), one.why)));
                }
                Err(why) => failed = Some(why),
            },
            &mut fault,
        )?;
        if let Some(why) = failed {
            return Err(why.into());
        }
        done.found.entries = entries;
        done.found.lost = lost;
        Ok(Verification {
            signatures,
            unchecked,
            faults,
            ..done
        })
    }

    /// Reads the public log again and holds each entry against the event that it commits to. Says how
    /// many there are, and how many of them are lost.
    fn verify_log(&self, fault: &mut dyn FnMut(Fault)) -> Result<(u64, u64), CommandError> {
        let store = &self.desk.inner.store;
        let reader = self.desk.log_reader()?;
        let published = store.published()?;
        let whole = match whole(&reader, published.map_or(0, |head| head.size)) {
            Ok(whole) => whole,
            Err(_) if published.is_none() => return Ok((0, 0)),
            Err(error) => {
                fault(Fault::of_all(error.to_string()));
                return Ok((0, 0));
            }
        };
        if let Some(head) = published {
            if head.size > whole.size {
                fault(Fault::of_all(format!(
                    "the public log has {} entries, and {} were published: it was rolled back",
                    whole.size, head.size
                )));
            } else if head.size == whole.size && head.root != whole.root {
                fault(Fault::of_all(
                    "the public log is another one than the desk published",
                ));
            }
        }
        // What was published while the log was read is known by now.
        let known = store.published()?.map_or(0, |head| head.size);
        if whole.size > known {
            fault(Fault::of_all(format!(
                "the public log has {} entries, and the database knows of {known}: it is older than the log",
                whole.size
            )));
        }
        let compared = whole.size.min(known);
        let mut losses = store.losses(
            compared,
            &mut |position| {
                let entries = reader.entries_from(position);
                Ok(entries.map_err(StoreError::PublicLog)?.first().copied())
            },
            fault,
        )?;
        let (mut position, mut lost) = (0, 0);
        while position < compared {
            let mut entries = reader.entries_from(position)?;
            entries.truncate((compared - position) as usize);
            if entries.is_empty() {
                break;
            }
            lost += store.verify_entries(position, &entries, &mut losses, fault)?;
            position += entries.len() as u64;
        }
        losses.finish(fault);
        Ok((whole.size, lost))
    }
}

/// The head of the log whose every hash was checked. Waits a little for somebody who publishes.
fn whole(reader: &LogReader, published: u64) -> Result<lagrum_log::Head, lagrum_log::Error> {
    let mut looks = 0;
    loop {
        let head = reader.newest()?.head();
        if head.size >= published || looks == LOOKS {
            return Ok(reader.verify_all()?.head);
        }
        looks += 1;
        std::thread::sleep(PAUSE);
    }
}
