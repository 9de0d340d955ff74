//! That each case is counted in the public figures: its card lies in the log, and counts no other case.

use jiff::Timestamp;
use lagrum_cards::Opening;
use lagrum_log::{LogReader, Slot};
use lagrum_mandate::Mandate;
use lagrum_mandate::gate::{CardFiles, CardSeen, Refused, the_case_is_counted};
use lagrum_model::CaseId;

use crate::ledger::CardOf;
use crate::{Agent, AgentError};

impl Agent {
    /// Holds the card of a mandate against the public log and against what this agent remembers, and remembers it. One
    /// whose file is still to come is believed, so that nobody waits for it; when the file is there and the card is
    /// not, no other one is believed in advance any more.
    pub(crate) fn counted(&self, mandate: &Mandate, now: Timestamp) -> Result<(), Refused> {
        let told = |why: String| Refused::Card(why);
        let failed = |_: rusqlite::Error| {
            Refused::Card("this agent's record of cards cannot be used".to_owned())
        };
        let reader = LogReader::of(&self.config.log, &self.log);
        let schedule = reader.schedule().map_err(|e| told(e.to_string()))?;
        if schedule.rules().is_empty() {
            return match self.config.count_cards {
                false => Ok(()),
                true => Err(told(
                    "the log announces no files of count cards, and this agent expects them (agent.toml: count_cards)"
                        .into(),
                )),
            };
        }
        let size = reader.checkpoint().map_err(|e| told(e.to_string()))?;
        let files = CardFiles {
            schedule: &schedule,
            size: size.head().size,
            file: &|slot: &Slot| reader.notice(slot.leaf()).map_err(|e| e.to_string()),
        };
        self.look_after_cards(&files, now).map_err(failed)?;
        let seen = the_case_is_counted(&files, mandate, now)?;
        let Some(card) = &mandate.card else {
            return Ok(());
        };
        let opening = card.opening();
        self.it_is_its_own(&mandate.case, opening)?;
        if seen == CardSeen::Promised && self.ledger.cards_missing().map_err(failed)? > 0 {
            return Err(told(
                "the file of its card is still to come, and a card that was to come before did not: only cards that lie in the log count here now"
                    .into(),
            ));
        }
        self.ledger
            .card_used(&mandate.case, opening, seen == CardSeen::There)
            .map_err(failed)
    }

    /// Neither does this card count another case, nor another card this case.
    fn it_is_its_own(&self, case: &CaseId, opening: &Opening) -> Result<(), Refused> {
        let failed = |_| Refused::Card("this agent's record of cards cannot be used".to_owned());
        let others = self.ledger.cards_of(case, opening).map_err(failed)?;
        for other in others {
            let same_place = other.opening.place() == opening.place();
            if other.case != *case && same_place {
                return Err(Refused::Card("its card counts another case".into()));
            }
            if other.case == *case && other.opening != *opening && !other.missing {
                return Err(Refused::Card(
                    "its case was counted by another card before".into(),
                ));
            }
        }
        Ok(())
    }

    /// Looks for the cards that were still to come, where their files are there now.
    fn look_after_cards(
        &self,
        files: &CardFiles<'_>,
        now: Timestamp,
    ) -> Result<(), rusqlite::Error> {
        for CardOf { opening, .. } in self.ledger.cards_promised()? {
            match files.look(&opening, now) {
                Ok(CardSeen::Promised) => {}
                Ok(CardSeen::There) => self.ledger.card_came(opening.place(), true)?,
                Err(_) => self.ledger.card_came(opening.place(), false)?,
            }
        }
        Ok(())
    }

    /// The cards that were to come and are not in their files: what the desk promised of them was not so.
    ///
    /// # Errors
    /// When the record cannot be used.
    pub fn cards_missing(&self) -> Result<u64, AgentError> {
        Ok(self.ledger.cards_missing()?)
    }
}
