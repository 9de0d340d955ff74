//! Letters that the desk sends by itself: word for word where the settings allow it, else as a word to an officer
//! that one lies behind their sign-in.

use jiff::Timestamp;
use lagrum_access::Action;
use lagrum_model::{
    Actor, Case, CaseId, Channel, Command, EmailAddress, LetterCode, LetterKind, Refusal, Taken,
    TimeSource,
};
use lagrum_store::StoreError;
use rand_core::CryptoRngCore;
use serde::Serialize;

use super::queue::{Entry, To, What};
use super::{Carried, Carrier, NotCarried, Parcel, Rules, Says};
use crate::command::letter::{Written, check_names};
use crate::door::is_theirs;
use crate::session::{Acting, projecting};
use crate::shelved::OUTGOING;
use crate::{CommandError, Desk, Sending, Sent, Session};

/// By which ways the desk can send a letter by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ByItself {
    /// It lies at the door for authorities, and a mail says so.
    pub door: bool,
    /// Its text goes as plain mail.
    pub mail: bool,
}

impl ByItself {
    /// Whether there is one.
    #[must_use]
    pub fn any(self) -> bool {
        self.door || self.mail
    }
}

/// Why a letter that waited is not sent, where no server said so.
const NO_OFFICER: &str = "the officer has no access to the door any more";
const NOT_ALLOWED: &str = "the settings do not allow its text in a mail any more";
const NO_MORE: &str = "the case cannot have this letter any more";

impl Desk {
    /// The address of the officer for whom a letter can lie at the door.
    fn officer_for(&self, case: &Case, now: Timestamp) -> Result<Option<String>, CommandError> {
        let Some(Actor::Officer { id, .. }) = &case.sent_by else {
            return Ok(None);
        };
        if self.door_config().is_none() || !is_theirs(case) {
            return Ok(None);
        }
        let officer = self.officer_signed_in(id, now)?;
        Ok(officer.map(|officer| officer.email().to_owned()))
    }

    fn by_itself(
        &self,
        case: &Case,
        kind: LetterKind,
        rules: &Rules,
        now: Timestamp,
    ) -> Result<ByItself, CommandError> {
        let Some(mail) = &rules.mail else {
            return Ok(ByItself::default());
        };
        Ok(ByItself {
            // What lies at the door is for the authority.
            door: kind != LetterKind::Notice && self.officer_for(case, now)?.is_some(),
            mail: mail.plain.contains(&kind),
        })
    }

    /// Carries a letter, unless it waits no more. What stopped it meanwhile stops it here, too.
    pub(super) fn letter_goes(
        &self,
        entry: &Entry,
        waits: u64,
        rules: &Rules,
        carrier: &dyn Carrier,
        time: &dyn TimeSource,
    ) -> Result<Option<Result<Carried, NotCarried>>, CommandError> {
        let case = match self.record(&entry.case) {
            Ok(read) => read.case,
            // It was erased, and with it whatever was to be said.
            Err(CommandError::NoSuchCase(_) | CommandError::Store(StoreError::Erased(_))) => {
                return Ok(None);
            }
            Err(other) => return Err(other),
        };
        let Some(waiting) = case.letter_waiting(waits) else {
            return Ok(None);
        };
        let never = |why: &str| {
            Ok(Some(Err(NotCarried {
                why: why.to_owned(),
                later: false,
            })))
        };
        let (letter, now) = (&waiting.letter, time.now());
        // The law may have changed its mind since: above all, that somebody may be told.
        let mut without = case.clone();
        without.letters_waiting.retain(|one| one.number != waits);
        let bytes = self.inner.store.original(&entry.case, &letter.sha256)?;
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        let text = text.ok_or_else(|| {
            CommandError::Damaged(format!(
                "case {}: the text of letter {waits} is gone",
                entry.case
            ))
        })?;
        if self.can_have(&without, letter.kind, now)?.is_err()
            || check_names(self, &without, letter, &text, now)?.is_err()
        {
            return never(NO_MORE);
        }
        let To::Address { address } = &entry.to else {
            return never(NO_OFFICER);
        };
        if letter.by == Channel::Door {
            if self.officer_for(&case, now)?.as_ref() != Some(address) {
                return never(NO_OFFICER);
            }
            let origin = self.door_config().map(|door| door.origin.as_str());
            let link = format!(
                "{}/demands/{}",
                origin.unwrap_or_default().trim_end_matches('/'),
                self.inner.store.door_address(&entry.case)
            );
            return Ok(Some(carrier.carry(&Parcel::Mail {
                id: &entry.id,
                to: address,
                says: Says::AtDoor {
                    link: &link,
                    language: letter.language,
                },
            })));
        }
        let plain = rules
            .mail
            .iter()
            .any(|mail| mail.plain.contains(&letter.kind));
        if !plain {
            return never(NOT_ALLOWED);
        }
        Ok(Some(carrier.carry(&Parcel::Mail {
            id: &entry.id,
            to: address,
            says: Says::Letter {
                text: &text,
                language: letter.language,
            },
        })))
    }

    /// Records that a server took a letter, with what that makes happen, and strikes it off the queue: all of it,
    /// or nothing.
    pub(super) fn letter_taken(
        &self,
        entry: &Entry,
        (waits, code, objects): (u64, Option<LetterCode>, bool),
        carried: &Carried,
        rules: &Rules,
        at: Timestamp,
        random: &mut dyn CryptoRngCore,
    ) -> Result<(), CommandError> {
        self.of_letter(entry, rules, at, random, |changes, acting| {
            let Some(waiting) = changes.case().letter_waiting(waits) else {
                return Ok(());
            };
            let letter = waiting.letter.clone();
            let taken = Taken {
                waits,
                at,
                code: carried.code,
                message_id: carried.message_id.clone(),
            };
            let command = Command::LetterTaken { taken };
            acting.command(changes, command, "a mail server took it")?;
            self.know_code(changes, &letter, code, at, acting)?;
            self.after_sending(changes, acting, (letter.kind, objects), at)
        })
    }

    /// Records that a letter is not sent, and strikes it off the queue.
    pub(super) fn give_letter_up(
        &self,
        entry: &Entry,
        waits: u64,
        why: &str,
        rules: &Rules,
        at: Timestamp,
        random: &mut dyn CryptoRngCore,
    ) -> Result<(), CommandError> {
        self.of_letter(entry, rules, at, random, |changes, acting| {
            let why = why.to_owned();
            acting.command(changes, Command::GiveLetterUp { waits, why }, "not sent")
        })
    }

    fn of_letter(
        &self,
        entry: &Entry,
        rules: &Rules,
        at: Timestamp,
        random: &mut dyn CryptoRngCore,
        change: impl FnOnce(&mut lagrum_store::Changes<'_>, &Acting<'_>) -> Result<(), CommandError>,
    ) -> Result<(), CommandError> {
        self.law()?;
        let from = rules.mail.as_ref().map(|mail| mail.from.clone());
        let acting = Acting {
            id: &entry.case,
            actor: Actor::Outgoing {
                address: from.unwrap_or_default(),
            },
        };
        self.inner.store.change(
            "outgoing",
            &entry.case,
            at,
            &[],
            random,
            projecting!(self),
            |changes| {
                changes.unshelve(OUTGOING, entry.id.as_bytes());
                change(changes, &acting)
            },
        )
    }
}

impl Session<'_> {
    /// By which ways the desk can send a letter of a kind by itself.
    ///
    /// # Errors
    /// When there is no such case, or the person may not read it.
    pub fn by_itself(&self, id: &CaseId, kind: LetterKind) -> Result<ByItself, CommandError> {
        let case = self.read_for(Action::ReadCase, id)?.case;
        let rules = self.desk.rules();
        self.desk.by_itself(&case, kind, rules, self.time.now())
    }

    /// Has the desk send a letter by itself: it waits until a mail server took it, and is recorded as sent only
    /// then. `sending.by` is [`Channel::Door`] or [`Channel::Email`]. The same letter again is no second one.
    ///
    /// # Errors
    /// When the case cannot have such a letter now, or the desk cannot send it in this way.
    pub fn let_send(&mut self, id: &CaseId, sending: &Sending<'_>) -> Result<Sent, CommandError> {
        let (desk, now) = (self.desk, self.time.now());
        let Written { text, letter, code } = Written::of(sending);
        let used = self.code_is_used(code)?;
        let rules = desk.rules();
        let mut name = [0; 16];
        self.random.fill_bytes(&mut name);
        let name: String = name.iter().map(|byte| format!("{byte:02x}")).collect();
        self.change(
            Action::SendLetter,
            id,
            &[text.as_bytes()],
            |changes, acting| {
                let (at, case) = (changes.at(), changes.case());
                let waits = case.letters_waiting.iter();
                let mut waits = waits.filter(|one| one.given_up.is_none());
                let sent = case.letters.iter().find(|one| one.letter == letter);
                let waits = waits.find(|one| one.letter == letter);
                if let Some(number) = sent
                    .map(|one| one.number)
                    .or_else(|| waits.map(|one| one.number))
                {
                    return Ok(Sent {
                        case: id.clone(),
                        number,
                        letter: letter.clone(),
                    });
                }
                let refused = |refusal| acting.refused(refusal);
                let ways = desk.by_itself(case, letter.kind, rules, now)?;
                let to = match letter.by {
                    Channel::Door if ways.door => desk.officer_for(case, now)?,
                    Channel::Email if ways.mail => address_in(&letter.to),
                    _ => return Err(refused(Refusal::LetterNotByItself)),
                };
                let to = to.ok_or_else(|| refused(Refusal::LetterWithoutAddress))?;
                desk.check_letter(case, &letter, &text, code, used, at, acting)?;
                let command = Command::LetLetterWait {
                    letter: Box::new(letter.clone()),
                    at,
                };
                acting.command(changes, command, "to be sent by the desk")?;
                let number = changes.case().events;
                let what = What::Letter {
                    waits: number,
                    code: code.map(LetterCode::bytes),
                    objects: sending.objects,
                };
                let entry = Entry::new(name.clone(), id, To::Address { address: to }, what, at);
                changes.shelve(OUTGOING, name.as_bytes(), &entry.bytes()?);
                Ok(Sent {
                    case: id.clone(),
                    number,
                    letter: letter.clone(),
                })
            },
        )
    }
}

/// The one mail address that stands in what was written down as the recipient: between angle brackets, or as a
/// word of its own.
fn address_in(to: &str) -> Option<String> {
    let words = to.split(|c: char| c.is_whitespace() || "<>,;()".contains(c));
    let mut found = words.filter(|word| EmailAddress::parse(word).is_ok());
    let one = found.next()?;
    found.next().is_none().then(|| one.to_owned())
}

#[cfg(test)]
mod tests {
    use super::address_in;

    #[test]
    fn the_address_of_a_recipient_is_found_if_it_is_one() {
        for (to, found) in [
            ("ann@kvist.example", Some("ann@kvist.example")),
            (
                "Polisen, Ann Ek <ann@polisen.example>",
                Some("ann@polisen.example"),
            ),
            ("Polisen, Box 1", None),
            ("a@polisen.example, b@polisen.example", None),
            ("", None),
        ] {
            assert_eq!(address_in(to).as_deref(), found, "{to}");
        }
    }
}
