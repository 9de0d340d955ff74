//! A sealed package on its way out.

use std::fs::File;
use std::io::{ErrorKind, Read, Seek as _, SeekFrom};
use std::path::Path;
use std::time::Duration;

use lagrum_durable::{FileError, open_plain};
use lagrum_transport::{Stem, TransportError};

use super::{Failed, HttpsAgent, LONGEST_WORD, SHORT, elsewhere, not_understood, status_in_words};
use crate::upload::digest;
use crate::way::{PIECE, Parcel, Step};

/// A piece is there within that time. With the last one the other end reads the whole package again.
const WITHIN: Duration = Duration::from_secs(15 * 60);

/// How much of a package is there, as the other end says.
enum Arrived {
    Part(u64),
    Whole,
}

impl HttpsAgent {
    /// Sends what is not there yet, piece by piece. Whenever the connection is cut, it asks how much is there and goes on
    /// from that place; it gives up when the pauses are over and nothing arrived meanwhile.
    pub(super) fn upload(&self, stem: &Stem, sealed: &Path) -> Result<(), TransportError> {
        let mut opened = match open_plain(sealed) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return match self.is(&Step::HasPackage(stem.clone()))? {
                    true => Ok(()),
                    false => Err(TransportError::PackageLost(stem.clone())),
                };
            }
            opened => opened?,
        };
        let (sha256, length) = digest(&mut opened, sealed)?;
        let parcel = Parcel {
            stem: stem.clone(),
            sha256,
            length,
        };
        let (mut pauses, mut most) = (self.pauses.iter(), 0);
        let step = Step::Package(parcel.clone());
        loop {
            let mut arrived = most;
            let done = self.send_rest(&parcel, &mut opened, sealed, &mut arrived);
            if arrived > most {
                (most, pauses) = (arrived, self.pauses.iter());
            }
            match done {
                Ok(()) => return Ok(()),
                Err(Failed::Cut(why)) if self.tries_again(&step, why, pauses.next()) => {}
                Err(failed) => return Err(failed.into()),
            }
        }
    }

    fn send_rest(
        &self,
        parcel: &Parcel,
        opened: &mut File,
        sealed: &Path,
        arrived: &mut u64,
    ) -> Result<(), Failed> {
        let step = Step::Package(parcel.clone());
        let mut there = self.arrived(&step, None, SHORT.max(WITHIN))?;
        while let Arrived::Part(from) = there {
            *arrived = from;
            let piece = read_piece(opened, sealed, from).map_err(TransportError::from)?;
            let to = from.saturating_add(piece.len() as u64);
            if to > parcel.length || (piece.is_empty() && from != parcel.length) {
                let why = "the sealed package has another length than when it was sent first";
                return Err(elsewhere(why).into());
            }
            let step = Step::Piece(parcel.clone(), from);
            there = self.arrived(&step, Some(&piece), WITHIN)?;
            // Nobody is sent the same for ever.
            match there {
                Arrived::Part(now) if now != to || to == parcel.length => {
                    return Err(not_understood().into());
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn arrived(
        &self,
        step: &Step,
        body: Option<&[u8]>,
        within: Duration,
    ) -> Result<Arrived, Failed> {
        let answer = self.answer(step, body, LONGEST_WORD, within)?;
        let said = String::from_utf8_lossy(&answer.body);
        match (answer.status, &*said) {
            (200, "whole") => Ok(Arrived::Whole),
            (200, number) => number
                .parse()
                .map(Arrived::Part)
                .map_err(|_| not_understood().into()),
            // Another place than was thought: the answer to a piece was lost, say. It is asked anew.
            (416 | 408 | 429, _) => Err(Failed::Cut(lagrum_https::NoAnswer::BrokeOff)),
            (status, _) => Err(elsewhere(status_in_words(status, &answer.body)).into()),
        }
    }
}

/// The bytes that follow the first `from`, as many as go at once.
fn read_piece(opened: &mut File, sealed: &Path, from: u64) -> Result<Vec<u8>, FileError> {
    opened
        .seek(SeekFrom::Start(from))
        .map_err(FileError::of("read", sealed))?;
    let mut piece = Vec::with_capacity(PIECE);
    opened
        .take(PIECE as u64)
        .read_to_end(&mut piece)
        .map_err(FileError::of("read", sealed))?;
    Ok(piece)
}
