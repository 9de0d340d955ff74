//! That each case is counted in the public figures: its card lies in the log, and counts no other case.

use jiff::Timestamp;
use lagrum_cards::Opening;
use lagrum_log::{LogReader, Slot};
use lagrum_mandate::Mandate;
use lagrum_mandate::gate::{CardFiles, CardSeen, NotThere, Refused, the_case_is_counted};

use crate::Agent;
use crate::ledger::CardOf;

impl Agent {
    /// Holds the card of a mandate against the public log and against what this agent remembers, and remembers it. One
    /// whose file is still to come is believed, so that nobody waits for it; when the file is there and the card is
    /// not, no other one is believed in advance any more.
    pub(crate) fn counted(&self, mandate: &Mandate, now: Timestamp) -> Result<(), Refused> {
        let reader = LogReader::believing(self.config.log_directory(), &self.log);
        let schedule = reader.schedule().map_err(|e| Refused::Card(unread(&e)))?;
        if schedule.rules().is_empty() {
            let why = match self.config.count_cards {
                true => {
                    "the log announces no files of count cards, and this agent expects them (agent.toml: count_cards)"
                }
                false if self.ledger.expects_cards().map_err(failed)? => {
                    "the log shows no files of count cards, and had some before"
                }
                false => return Ok(()),
            };
            return Err(Refused::Card(why.into()));
        }
        self.ledger.cards_seen().map_err(failed)?;
        let size = reader.checkpoint().map_err(|e| Refused::Card(unread(&e)))?;
        let files = CardFiles {
            schedule: &schedule,
            size: size.head().size,
            file: &|slot: &Slot| reader.notice(slot.leaf()).map_err(|e| unread(&e)),
        };
        let all_came = self.look_after_cards(&files, now).map_err(failed)?;
        let seen = the_case_is_counted(&files, mandate, now)?;
        let Some(card) = &mandate.card else {
            return Ok(());
        };
        let opening = card.opening();
        self.it_is_its_own(mandate, opening)?;
        if seen == CardSeen::Promised && !all_came {
            return Err(Refused::Card(
                "the file of its card is still to come, and a card that was to come before did not, or cannot be looked for: only cards that lie in the log count here now"
                    .into(),
            ));
        }
        self.ledger
            .card_used(mandate, opening, seen == CardSeen::There)
            .map_err(failed)
    }

    /// Neither does this card count another case, nor another card this one. A case may be described anew until
    /// something was handed over for it: then the card counts what that was for.
    fn it_is_its_own(&self, mandate: &Mandate, opening: &Opening) -> Result<(), Refused> {
        let others = self.ledger.cards_of(&mandate.case, opening);
        for other in others.map_err(failed)? {
            if other.case != mandate.case {
                return Err(Refused::Card("its card counts another demand".into()));
            }
            if !other.missing && other.opening != *opening {
                return Err(Refused::Card(
                    "its case was counted by another card before".into(),
                ));
            }
            let is_new = other.demand != mandate.demand;
            if is_new && self.ledger.handed_over_of(&mandate.case).map_err(failed)? {
                return Err(Refused::Card(
                    "something was handed over for another description of its case: another demand is a case of its own".into(),
                ));
            }
        }
        Ok(())
    }

    /// Looks for the cards that were still to come. Says whether each is there, or still has time.
    fn look_after_cards(
        &self,
        files: &CardFiles<'_>,
        now: Timestamp,
    ) -> Result<bool, rusqlite::Error> {
        let mut all_came = true;
        for CardOf { opening, .. } in self.ledger.cards_promised()? {
            match files.look(&opening, now) {
                Ok(CardSeen::There) => self.ledger.card_came(opening.place(), true)?,
                Ok(CardSeen::Promised) => {}
                Err(NotThere::Another) => {
                    self.ledger.card_came(opening.place(), false)?;
                    all_came = false;
                }
                // It is looked for again: a file that cannot be read now may be there later.
                Err(NotThere::Never(_) | NotThere::Unknown(_)) => all_came = false,
            }
        }
        Ok(all_came)
    }
}

/// What is told of a log that cannot be read here: where it lies does not leave the region.
fn unread(error: &lagrum_log::Error) -> String {
    match error {
        lagrum_log::Error::File { .. } => "the public log cannot be read here".to_owned(),
        other => other.to_string(),
    }
}

fn failed(_: rusqlite::Error) -> Refused {
    Refused::Card("this agent's record of cards cannot be used".to_owned())
}
