//! What is done of what an agent asks, over the directory of its region.

use std::path::Path;
use std::sync::PoisonError;

use lagrum_transport::directory::{DirectoryAgent, Faults};
use lagrum_transport::{AgentEnd as _, FetchError, Stem, TransportError};

use crate::admit::{Admitted, Room};
use crate::changes::look;
use crate::settings::RegionSettings;
use crate::upload::{NotTaken, There, Uploads};
use crate::way::{Parcel, Step};

/// What is answered: a status (RFC 9110), and bytes.
pub(crate) type Said = (u16, Vec<u8>);

/// Done, with nothing to say.
const DONE: Said = (200, Vec::new());

/// Does one step.
pub(crate) fn act(admitted: &Admitted, body: &[u8], faults: &Faults) -> Said {
    let Some(here) = admitted.region() else {
        return (404, Vec::new());
    };
    let here = Here {
        end: end(here, faults),
        settings: here,
        room: &admitted.room,
        faults,
    };
    // Where files lie here, nobody else is told.
    here.step(&admitted.way.step, body)
        .unwrap_or((500, Vec::new()))
}

#[cfg(not(test))]
fn end(here: &RegionSettings, _: &Faults) -> DirectoryAgent {
    DirectoryAgent::new(&here.directory)
}

#[cfg(test)]
fn end(here: &RegionSettings, faults: &Faults) -> DirectoryAgent {
    DirectoryAgent::new(&here.directory).with_faults(faults.clone())
}

struct Here<'a> {
    end: DirectoryAgent,
    settings: &'a RegionSettings,
    room: &'a Room,
    faults: &'a Faults,
}

impl Here<'_> {
    fn step(&self, step: &Step, body: &[u8]) -> Result<Said, TransportError> {
        let end = &self.end;
        let note = || String::from_utf8(body.to_vec()).ok();
        let Some(text) = note().or_else(|| matches!(step, Step::Piece(..)).then(String::new))
        else {
            return Ok((400, Vec::new()));
        };
        Ok(match step {
            Step::Waiting => names(&end.waiting()?),
            Step::Recalls => names(&end.recalled()?),
            Step::Changes(_) => (200, look(self.directory())?.to_string().into_bytes()),
            Step::Mandate(stem) => mandate(end, stem)?,
            Step::Recall(stem) => (200, end.recall_note(stem)?),
            Step::Acknowledged(stem) => yes(end.is_acknowledged(stem)?),
            Step::Forget(stem) => done(end.forget(stem)?),
            Step::Beat => done(end.send_beat(&text)?),
            Step::Answered(stem) => yes(end.is_answered(stem)?),
            Step::Refusal(stem) => done(end.send_refusal(stem, &text)?),
            Step::Receipt(stem) => done(end.send_receipt(stem, &text)?),
            Step::HasPackage(stem) => yes(end.has_package(stem)?),
            Step::Package(parcel) => self.grow(|uploads| Ok(uploads.there(parcel)?))?,
            Step::Piece(parcel, from) => self.piece(parcel, *from, body)?,
        })
    }

    fn directory(&self) -> &Path {
        &self.settings.directory
    }

    fn piece(&self, parcel: &Parcel, from: u64, body: &[u8]) -> Result<Said, TransportError> {
        self.grow(|uploads| uploads.take(parcel, from, body))
    }

    fn grow(
        &self,
        what: impl FnOnce(&Uploads<'_>) -> Result<There, NotTaken>,
    ) -> Result<Said, TransportError> {
        let lock = self.room.uploads.lock();
        let _one_at_a_time = lock.unwrap_or_else(PoisonError::into_inner);
        let uploads = Uploads {
            directory: self.directory(),
            end: &self.end,
            largest: self.settings.largest_package,
            faults: self.faults,
        };
        match what(&uploads) {
            Ok(There::Whole) => Ok((200, b"whole".to_vec())),
            Ok(There::Part(length)) => Ok((200, length.to_string().into_bytes())),
            Err(NotTaken::Place) => Ok((416, Vec::new())),
            Err(NotTaken::TooLong) => Ok((413, Vec::new())),
            Err(NotTaken::Other) => Ok((422, Vec::new())),
            Err(NotTaken::Failed(error)) => Err(error),
        }
    }
}

/// The three parts of a mandate behind a line with their lengths: nothing of them has to be text.
fn mandate(end: &DirectoryAgent, stem: &Stem) -> Result<Said, TransportError> {
    let fetched = match end.fetch(stem) {
        Ok(fetched) => fetched,
        Err(FetchError::Recalled(_)) => return Ok((404, Vec::new())),
        Err(FetchError::Unreadable(_)) => return Ok((422, Vec::new())),
        Err(FetchError::Transport(error)) => return Err(error),
    };
    let parts = [fetched.note, fetched.proof, fetched.answers];
    let [note, proof, answers] = &parts;
    let mut all = format!("{} {} {}\n", note.len(), proof.len(), answers.len()).into_bytes();
    all.extend(parts.concat());
    Ok((200, all))
}

fn names(stems: &[Stem]) -> Said {
    let lines: String = stems.iter().map(|stem| format!("{stem}\n")).collect();
    (200, lines.into_bytes())
}

fn yes(is_so: bool) -> Said {
    let said: &[u8] = if is_so { b"yes" } else { b"no" };
    (200, said.to_vec())
}

fn done((): ()) -> Said {
    DONE
}
