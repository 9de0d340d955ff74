//! The texts of public entries, as files beside the log: `notices/POSITION`, and `notices/list` with all positions.

use std::path::Path;

use lagrum_durable::FaultPoints;

use crate::commitment::Commitment;
use crate::error::Error;
use crate::layout;
use crate::reader::LogReader;
use crate::schedule::{Rule, Schedule};
use crate::text;

/// No text of a public entry is longer: a card file of 4,096 cards takes 256 KiB.
pub(crate) const MAXIMUM_NOTICE: u64 = 1 << 20;
/// Some two million positions: a file of cards every ten minutes for thirty years.
pub(crate) const MAXIMUM_LIST: u64 = 16 << 20;

/// The positions in `notices/list`: ascending, one on a line.
pub(crate) fn parse_list(bytes: &[u8]) -> Result<Vec<u64>, Error> {
    let wrong = || {
        Error::damaged(
            layout::NOTICE_LIST,
            "must have one position on each line, ascending",
        )
    };
    let list = std::str::from_utf8(bytes).map_err(|_| wrong())?;
    let mut positions: Vec<u64> = Vec::new();
    for line in list.lines() {
        let position = text::decimal(line, layout::NOTICE_LIST)?;
        if positions.last().is_some_and(|last| *last >= position) {
            return Err(wrong());
        }
        positions.push(position);
    }
    Ok(positions)
}

/// The list that lies in a directory; empty if there is none.
pub(crate) fn list_in(directory: &Path) -> Result<Vec<u64>, Error> {
    let file = directory.join(layout::NOTICE_LIST);
    match lagrum_durable::read_at_most(&file, MAXIMUM_LIST)? {
        // One that was cut would lose its end without a word.
        Some(bytes) if bytes.len() as u64 > MAXIMUM_LIST => Err(Error::damaged(
            layout::NOTICE_LIST,
            "must have at most 16 MiB",
        )),
        Some(bytes) => parse_list(&bytes),
        None => Ok(Vec::new()),
    }
}

/// Writes texts, each with its position, and then the list with them.
pub(crate) fn put(
    directory: &Path,
    notices: &[(u64, Vec<u8>)],
    faults: &dyn FaultPoints,
) -> Result<(), Error> {
    if notices.is_empty() {
        return Ok(());
    }
    for (position, text) in notices {
        let path = layout::notice_path(*position);
        match lagrum_durable::read_at_most(&directory.join(&path), text.len() as u64)? {
            Some(found) if found != *text => {
                return Err(Error::damaged(
                    path,
                    "already exists with different content",
                ));
            }
            _ => {}
        }
    }
    let files = notices.iter().map(|(position, text)| {
        (
            directory.join(layout::notice_path(*position)),
            text.as_slice(),
        )
    });
    lagrum_durable::create_all(directory, files, faults)?;
    let before = list_in(directory)?;
    let mut list = before.clone();
    list.extend(notices.iter().map(|(position, _)| *position));
    list.sort_unstable();
    list.dedup();
    if list != before {
        let text: String = list
            .iter()
            .map(|position| format!("{position}\n"))
            .collect();
        let file = directory.join(layout::NOTICE_LIST);
        lagrum_durable::replace_watched(&file, text.as_bytes(), faults)?;
    }
    Ok(())
}

/// Whether an entry is one that the schedule fixes: a file of count cards, or an index.
fn is_fixed(schedule: &Schedule, position: u64) -> bool {
    let tick = schedule.tick_of(position);
    let slot = tick.and_then(|tick| schedule.slot_at(&tick));
    slot.is_some_and(|slot| slot.leaf() == position || slot.index() == Some(position))
}

/// The first line of an index.
const INDEX: &str = "lagrum/log/v1/index";

/// The text by which the log names its public texts since the slot before: their entries, ascending. Files of count
/// cards and indexes are not among them, and texts of the same batch are named by the next one.
#[must_use]
pub fn index_text(slot: u64, entries: &[u64]) -> String {
    let mut text = format!("{INDEX}\nslot {slot}\nentries");
    for entry in entries {
        text.push_str(&format!(" {entry}"));
    }
    text.push_str("\n\n");
    text
}

impl LogReader {
    /// The text of the public entry at `position`, checked against the published checkpoint; none if that entry has
    /// no text that is published.
    ///
    /// # Errors
    /// As [`LogReader::prove`]; [`Error::Damaged`] if the text is not that of the entry.
    pub fn notice(&self, position: u64) -> Result<Option<Vec<u8>>, Error> {
        let path = layout::notice_path(position);
        let file = self.directory().join(&path);
        let Some(text) = lagrum_durable::read_at_most(&file, MAXIMUM_NOTICE)? else {
            return Ok(None);
        };
        match self.entry(position)? == Commitment::public(&text) {
            true => Ok(Some(text)),
            false => Err(Error::damaged(path, "must be the text of its entry")),
        }
    }

    /// The rules that the log announced, as far as the published checkpoint goes; none where it is written when
    /// something happens. Files of count cards, of which there are many, are not read.
    ///
    /// # Errors
    /// As [`LogReader::notice`]; [`Error::Malformed`] if a rule does not continue those before it, or was announced
    /// too late.
    pub fn schedule(&self) -> Result<Schedule, Error> {
        let mut schedule = Schedule::default();
        for position in self.notices()? {
            if is_fixed(&schedule, position) {
                continue;
            }
            let tick = schedule.tick_of(position);
            let Some(text) = self.notice(position)? else {
                continue;
            };
            if let Some(text) = Rule::begun(&text) {
                let rule = Rule::parse(text)?;
                // The first announces itself in its own first batch: one that begins later would begin never.
                if schedule.rules().is_empty() && rule.leaf > position {
                    return Err(Error::damaged(
                        layout::notice_path(position),
                        "must begin with the batch that announces it",
                    ));
                }
                schedule.add(rule, tick.map_or(0, |tick| tick.at))?;
            }
        }
        Ok(schedule)
    }

    /// The public entries whose texts are published, with their positions, without the files of count cards and the
    /// indexes of this schedule. As far as the last index goes, none is missing: a copy that hides one is found.
    ///
    /// # Errors
    /// As [`LogReader::notice`]; [`Error::Damaged`] if a text is not shown that an index names, or the other way round.
    pub fn texts(&self, schedule: &Schedule) -> Result<Vec<(u64, Vec<u8>)>, Error> {
        let mut list = self.notices()?;
        list.retain(|position| !is_fixed(schedule, *position));
        self.compare_with_indexes(schedule, &list)?;
        let mut texts = Vec::with_capacity(list.len());
        for position in list {
            let text = self.notice(position)?;
            let text = text.ok_or_else(|| {
                Error::damaged(layout::notice_path(position), "must be there: it is listed")
            })?;
            texts.push((position, text));
        }
        Ok(texts)
    }

    /// Holds the list of public texts against what the log's own indexes name.
    fn compare_with_indexes(&self, schedule: &Schedule, list: &[u64]) -> Result<(), Error> {
        let size = self.checkpoint()?.head().size;
        let mut from = 0;
        for number in 0.. {
            let slot = schedule.slot(number).filter(|slot| slot.leaf() < size);
            let Some(slot) = slot else {
                return Ok(());
            };
            let until = slot.tick.leaf;
            let begins = list.partition_point(|position| *position < from);
            let ends = list.partition_point(|position| *position < until);
            from = until;
            let Some(index) = slot.index() else {
                continue;
            };
            let shown = index_text(number, &list[begins..ends]);
            if self.notice(index)?.as_deref() != Some(shown.as_bytes()) {
                return Err(Error::damaged(
                    layout::NOTICE_LIST,
                    "must show exactly the texts that the log's indexes name",
                ));
            }
        }
        Ok(())
    }

    /// The positions of the public entries whose texts are published, ascending, as far as the published checkpoint
    /// goes. What is missing in it, nobody can see from here; [`LogReader::texts`] can, as far as the indexes go.
    ///
    /// # Errors
    /// As [`LogReader::checkpoint`]; [`Error::Damaged`] if the list is malformed.
    pub fn notices(&self) -> Result<Vec<u64>, Error> {
        let size = self.checkpoint()?.head().size;
        let mut list = list_in(self.directory())?;
        list.retain(|position| *position < size);
        Ok(list)
    }
}
