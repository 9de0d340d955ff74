//! The fifth check: the case is counted in the public figures.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use lagrum_cards::{Cards, Opening};
use lagrum_log::{ANNOUNCED_BEFORE, Schedule, Slot};

use super::refused::Refused;
use crate::Mandate;

/// How far ahead the file of a card may lie.
const FURTHEST: SignedDuration = SignedDuration::from_secs(ANNOUNCED_BEFORE as i64);
/// How late it may be: what a log may let things wait, and an outage of a day.
const LATEST: SignedDuration = SignedDuration::from_hours(3 * 24);

/// Why a card is not where it has to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotThere {
    /// Its file is there, and another card lies in its place.
    Another,
    /// It cannot be there, whatever comes: why.
    Never(String),
    /// Whether it is there this copy of the log does not tell: why.
    Unknown(String),
}

impl fmt::Display for NotThere {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Another => formatter.write_str("another card lies in the place of its card"),
            Self::Never(why) | Self::Unknown(why) => formatter.write_str(why),
        }
    }
}

/// The file of a slot, where the log shows it.
pub type Shown = Result<Option<Vec<u8>>, String>;

/// What the public log says of where cards lie.
pub struct CardFiles<'f> {
    /// When its batches and its files of cards are written.
    pub schedule: &'f Schedule,
    /// How many entries of it are published.
    pub size: u64,
    /// The file of a slot, as published.
    pub file: &'f dyn Fn(&Slot) -> Shown,
}

/// Whether the file of a card was there to be looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardSeen {
    /// The card lies in its place.
    There,
    /// Its file comes later: then it has to lie there.
    Promised,
}

impl CardFiles<'_> {
    /// Looks for the card that is opened, at its slot and place and nowhere else.
    ///
    /// # Errors
    /// Why it is not there, or cannot come to be there.
    pub fn look(&self, opening: &Opening, now: Timestamp) -> Result<CardSeen, NotThere> {
        let never = |why: &str| NotThere::Never(why.to_owned());
        let (number, place) = opening.place();
        let rules = self.schedule.rules();
        if rules.is_empty() {
            return Err(NotThere::Unknown(
                "the log shows no schedule of files of cards".to_owned(),
            ));
        }
        let Some(rule) = rules.first().filter(|rule| rule.origin == opening.origin()) else {
            return Err(never(
                "its card is one of another log, or of one without a schedule",
            ));
        };
        let slot = self.schedule.slot(number);
        let no_place = "its card has a place that no file has";
        let slot = slot.ok_or_else(|| never(no_place))?;
        // A rule that is not shown here may have larger files to come.
        if place >= slot.cards {
            return Err(match slot.leaf() < self.size {
                true => never(no_place),
                false => NotThere::Unknown(no_place.to_owned()),
            });
        }
        if slot.leaf() >= self.size {
            return self.to_come(&slot, now);
        }
        let file = (self.file)(&slot).map_err(NotThere::Unknown)?;
        let file = file.ok_or_else(|| {
            NotThere::Unknown("the log does not show the file of its card".to_owned())
        })?;
        let mut cards = Cards::new(&rule.origin, number);
        cards
            .push(&file, slot.cards as usize)
            .map_err(|why| NotThere::Never(format!("the file of its card: {why}")))?;
        match cards.at(number, place) == Some(&opening.card()) {
            true => Ok(CardSeen::There),
            false => Err(NotThere::Another),
        }
    }

    /// A file that the log does not have yet is due soon, or is late. A log that falls behind its own schedule
    /// would have cards believed that never come.
    fn to_come(&self, slot: &Slot, now: Timestamp) -> Result<CardSeen, NotThere> {
        let at = i64::try_from(slot.tick.at).ok();
        let Some(at) = at.and_then(|second| Timestamp::from_second(second).ok()) else {
            return Err(NotThere::Never(
                "its card has a place that no file has".to_owned(),
            ));
        };
        let until = at.duration_since(now);
        if until > FURTHEST {
            return Err(NotThere::Never(
                "the file of its card comes in more than thirty days".to_owned(),
            ));
        }
        if until < -LATEST {
            return Err(NotThere::Unknown(
                "the file of its card is days late: the log is behind its own schedule".to_owned(),
            ));
        }
        Ok(CardSeen::Promised)
    }
}

/// 5. The mandate names the card by which its case is counted in the public figures, and the card lies in the log, or
///    in a file that is to come.
///
/// # Errors
/// [`Refused::Card`].
pub fn the_case_is_counted(
    files: &CardFiles<'_>,
    mandate: &Mandate,
    now: Timestamp,
) -> Result<CardSeen, Refused> {
    let card = mandate.card.as_ref().ok_or_else(|| {
        Refused::Card("it names no card by which its case is counted in the public figures".into())
    })?;
    let seen = files.look(card.opening(), now);
    seen.map_err(|why| Refused::Card(why.to_string()))
}
