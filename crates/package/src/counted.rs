//! The receipt of a demand, and its card in the public log.

use std::path::Path;

use jiff::Timestamp;
use lagrum_cards::Opening;
use lagrum_log::{LogReader, Slot};
use lagrum_mandate::gate::{CardFiles, CardSeen, NotThere};
use lagrum_notes::verify_note;

use crate::{PackageError, Trust};

/// Where the card of a receipt lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardPlace {
    /// Whether it was there to be seen.
    pub seen: CardSeen,
    /// In which file.
    pub slot: Slot,
    /// How many entries the log shows.
    pub entries: u64,
}

/// What a receipt of a demand opens, if the log of `trust` signed it, now or with a key that it had before.
///
/// # Errors
/// When it is no receipt, nobody of the log signed it, or it is one of another log.
pub fn read_receipt(note: &[u8], trust: &Trust) -> Result<Opening, PackageError> {
    let former = trust.former_logs.iter().map(|former| &former.key);
    let keys: Vec<_> = std::iter::once(&trust.log).chain(former).collect();
    let fault = |why: String| PackageError::Signature(format!("the receipt: {why}"));
    let (text, _) = verify_note(note, &keys).map_err(|e| fault(e.to_string()))?;
    let opening = Opening::parse(format!("{text}\n").as_bytes());
    let opening = opening.map_err(|e| fault(e.to_string()))?;
    if opening.origin() != trust.log.name() {
        return Err(fault("it is one of another log".into()));
    }
    match opening.demand() {
        Some(_) => Ok(opening),
        None => Err(fault(
            "it opens a blank card, which counts no demand".into(),
        )),
    }
}

/// Looks for the card in the public log, as it lies in a directory.
///
/// # Errors
/// When another card lies in its place, or none can, or the log cannot be believed: both are refused. [`PackageError::NotSeen`] when this
/// copy of the log does not tell, because it ends too early or does not show the file.
pub fn look_for_card(
    opening: &Opening,
    trust: &Trust,
    log: &Path,
    now: Timestamp,
) -> Result<CardPlace, PackageError> {
    let fault = |why: String| PackageError::Signature(format!("the public log: {why}"));
    let policy = trust.policy().map_err(PackageError::Key)?;
    let reader = LogReader::believing(log, &policy);
    let schedule = reader.schedule().map_err(|e| fault(e.to_string()))?;
    let checkpoint = reader.checkpoint().map_err(|e| fault(e.to_string()))?;
    let entries = checkpoint.head().size;
    let files = CardFiles {
        schedule: &schedule,
        size: entries,
        file: &|slot: &Slot| reader.notice(slot.leaf()).map_err(|e| e.to_string()),
    };
    let seen = files.look(opening, now).map_err(|why| match why {
        NotThere::Another | NotThere::Never(_) => {
            PackageError::refused(format!("the receipt: {why}"))
        }
        NotThere::Unknown(why) => PackageError::NotSeen { why, entries },
    })?;
    let slot = schedule.slot(opening.place().0);
    let slot = slot.ok_or_else(|| fault("it has no such file".into()))?;
    Ok(CardPlace {
        seen,
        slot,
        entries,
    })
}

#[cfg(test)]
mod tests {
    use lagrum_mandate::testing::Counting;
    use lagrum_notes::{SigningKey, role};

    use super::*;

    fn trust(key: &SigningKey<role::Log>) -> Trust {
        Trust {
            log: key.verifying_key(),
            log_policy: None,
            former_logs: Vec::new(),
            agents: Vec::new(),
            people: Vec::new(),
            recipients: Vec::new(),
            numbers: Vec::new(),
        }
    }

    #[test]
    fn a_receipt_is_of_a_demand_and_of_the_log_that_signed_it() {
        let key = |seed, name| SigningKey::<role::Log>::from_seed(&[seed; 32], name).unwrap();
        let (own, other) = (key(1, "kvist.example/log"), key(2, "other.example/log"));
        let signed = |origin: &str, demand, by: &SigningKey<role::Log>| {
            let opening = Opening::fresh(origin, 3, 1, demand, &mut Counting(1));
            let text = opening.to_text();
            let note = by.sign_note(text.strip_suffix('\n').unwrap()).unwrap();
            (opening, note)
        };
        let demand = Some([7; 32]);
        let (opening, note) = signed("kvist.example/log", demand, &own);
        assert_eq!(
            read_receipt(note.as_bytes(), &trust(&own)).unwrap(),
            opening
        );
        assert!(note.starts_with(Opening::FIRST_LINE));
        for (note, says) in [
            (signed("kvist.example/log", None, &own).1, "blank card"),
            (signed("other.example/log", demand, &own).1, "another log"),
            (signed("kvist.example/log", demand, &other).1, "receipt"),
            (
                own.sign_note("kvist.example/log\n1\nAAAA\n").unwrap(),
                "receipt",
            ),
        ] {
            let why = read_receipt(note.as_bytes(), &trust(&own)).unwrap_err();
            assert!(why.to_string().contains(says), "{why}");
        }
    }
}
