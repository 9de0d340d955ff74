//! The queue: what waits to go out, one process at a time with an entry in hand.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use lagrum_model::{CaseId, LetterCode, NewsKind, TimeSource};
use lagrum_store::StoreError;
use rand_core::CryptoRngCore;
use serde::{Deserialize, Serialize};

use super::{Carried, Carrier, News, NotCarried, Parcel, Rules, Says};
use crate::shelved::{OUTGOING, OUTGOING_IN_HAND};
use crate::{CommandError, Desk};

/// An entry is in the hand of one process for so long: longer than anything takes that goes out, and than the
/// clocks of two machines differ. Who was killed with it in hand delays it by no more.
const IN_HAND: SignedDuration = SignedDuration::from_mins(10);
/// How long is waited after each try that failed: soon at first, because most servers are back at once and many
/// ask strangers to come again in a few minutes; then so seldom that a server which is down is left alone.
const PAUSES: [SignedDuration; 7] = [
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(2),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(15),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(1),
    SignedDuration::from_hours(2),
];
/// An alarm waits no longer than that: it is worth nothing in an hour.
const LONGEST_PAUSE_OF_ALARM: SignedDuration = SignedDuration::from_mins(2);
/// News is given up after a day: by then the work list and the check say the same, and better.
const NEWS_WORTH: SignedDuration = SignedDuration::from_hours(24);
/// A letter is given up after two days: then a person still has time to send it in another way before the
/// shortest of the usual terms, ten days, is over. Mail servers would try for five (RFC 5321, 4.5.4.1).
const LETTER_WORTH: SignedDuration = SignedDuration::from_hours(48);
/// What was given up is told for so long, if nobody does anything about it before.
const TOLD_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);
/// A run ends after that time, so that an alarm which came meanwhile goes first in the next one.
const LONGEST_RUN: SignedDuration = SignedDuration::from_mins(2);
/// So much goes out in one run; the next one takes the rest. Others wait no longer than for that.
const AT_ONCE: usize = 50;

/// To whom something goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum To {
    /// To somebody of the desk: at the address that people.toml has when it goes out.
    Person { id: String },
    /// To an address.
    Address { address: String },
    /// To a program.
    Receiver { name: String },
}

/// What goes out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum What {
    /// News.
    News { kind: NewsKind, at: Timestamp },
    /// A letter that waits in the case under this number.
    Letter {
        waits: u64,
        /// The four words of a notice: they count once it went out.
        code: Option<[u8; 4]>,
        /// Whether it is itself the objection or the motion.
        objects: bool,
    },
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    /// Its name: 32 hexadecimal digits.
    pub(crate) id: String,
    /// Of which case.
    pub(crate) case: CaseId,
    pub(crate) to: To,
    pub(crate) what: What,
    /// Since when it waits (UTC).
    pub(crate) since: Timestamp,
    /// How often it was tried.
    pub(crate) tries: u32,
    /// When it is tried next (UTC).
    pub(crate) next: Timestamp,
    /// Why the last try failed.
    pub(crate) why: Option<String>,
    /// When it was given up (UTC).
    pub(crate) given_up: Option<Timestamp>,
}

impl Entry {
    pub(crate) fn new(id: String, case: &CaseId, to: To, what: What, at: Timestamp) -> Self {
        Self {
            id,
            case: case.clone(),
            to,
            what,
            since: at,
            tries: 0,
            next: at,
            why: None,
            given_up: None,
        }
    }

    pub(crate) fn bytes(&self) -> Result<Vec<u8>, CommandError> {
        serde_json::to_vec(self)
            .map_err(|e| CommandError::Damaged(format!("something to send cannot be written: {e}")))
    }

    /// By which way it goes: in one word for people, without anybody's address.
    pub(crate) fn way(&self) -> &str {
        match &self.to {
            To::Person { .. } | To::Address { .. } => "mail",
            To::Receiver { name } => name,
        }
    }

    fn is_alarm(&self) -> bool {
        matches!(
            self.what,
            What::News {
                kind: NewsKind::Emergency,
                ..
            }
        )
    }

    fn worth(&self) -> SignedDuration {
        match self.what {
            What::News { .. } => NEWS_WORTH,
            What::Letter { .. } => LETTER_WORTH,
        }
    }

    /// How long is waited after it was tried once more.
    fn pause(&self) -> SignedDuration {
        let at = usize::try_from(self.tries).unwrap_or(usize::MAX);
        let pause = PAUSES[at.min(PAUSES.len() - 1)];
        match self.is_alarm() {
            true => pause.min(LONGEST_PAUSE_OF_ALARM),
            false => pause,
        }
    }
}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Ran {
    /// How many things went out.
    pub sent: u64,
    /// How many could not, and are tried again.
    pub later: u64,
    /// How many were given up.
    pub given_up: u64,
    /// Why the last one of them did not go out.
    pub why: Option<String>,
}

impl Desk {
    /// Puts the news there that follows from what was recorded, and carries what is due. Being cut off loses
    /// nothing; of two processes that do it at once each has other entries in hand.
    ///
    /// # Errors
    /// When the store cannot be used. What went out went out.
    pub fn send_out(
        &self,
        rules: &Rules,
        carrier: &dyn Carrier,
        time: &dyn TimeSource,
        random: &mut dyn CryptoRngCore,
    ) -> Result<Ran, CommandError> {
        let mut ran = Ran::default();
        if rules.fault.is_some() {
            return Ok(ran);
        }
        // Entries that nobody has in hand any more can be taken again.
        self.shelf().sweep(time.now())?;
        // What cannot be read of the news stops nothing that waits; it is told when all that went out.
        let news = self.look_for_news(rules, time.now(), random);
        let now = time.now();
        let mut due = self.outgoing(now)?;
        due.retain(|entry| entry.given_up.is_none() && entry.next <= now);
        due.sort_by_key(|entry| (!entry.is_alarm(), entry.next));
        for entry in due.into_iter().take(AT_ONCE) {
            if time.now().duration_since(now) > LONGEST_RUN {
                break;
            }
            let done = self.take_in_hand(&entry.id, rules, carrier, time, random, &mut ran);
            match done {
                // A damaged case stops no other.
                Err(
                    CommandError::Damaged(why)
                    | CommandError::Store(StoreError::Damaged(why) | StoreError::NotKnown(why)),
                ) => {
                    ran.later += 1;
                    ran.why = Some(why);
                }
                other => other?,
            }
        }
        news.map(|()| ran)
    }

    /// Everything that waits, or was given up.
    pub(crate) fn outgoing(&self, now: Timestamp) -> Result<Vec<Entry>, CommandError> {
        let all = self.shelf().all(OUTGOING, now)?;
        let all = all.iter();
        Ok(all
            .filter_map(|bytes| serde_json::from_slice(bytes).ok())
            .collect())
    }

    fn take_in_hand(
        &self,
        id: &str,
        rules: &Rules,
        carrier: &dyn Carrier,
        time: &dyn TimeSource,
        random: &mut dyn CryptoRngCore,
        ran: &mut Ran,
    ) -> Result<(), CommandError> {
        let (shelf, key) = (self.shelf(), id.as_bytes());
        let until = Some(time.now() + IN_HAND);
        if !shelf.put_first(OUTGOING_IN_HAND, key, b"", until, random)? {
            return Ok(());
        }
        // Somebody else may have sent it, or changed it, before it was in hand.
        let entry = shelf.get(OUTGOING, key, time.now())?;
        let entry = entry.and_then(|bytes| serde_json::from_slice::<Entry>(&bytes).ok());
        let due = |entry: &Entry| entry.given_up.is_none() && entry.next <= time.now();
        let done = match entry.filter(due) {
            Some(entry) => self.carry(entry, rules, carrier, time, random, ran),
            None => Ok(()),
        };
        // After a failure of the store it stays in hand, until that time is over: a server that took it is not
        // told it again at once.
        if done.is_ok() {
            shelf.remove(OUTGOING_IN_HAND, key)?;
        }
        done
    }

    fn carry(
        &self,
        entry: Entry,
        rules: &Rules,
        carrier: &dyn Carrier,
        time: &dyn TimeSource,
        random: &mut dyn CryptoRngCore,
        ran: &mut Ran,
    ) -> Result<(), CommandError> {
        let tried = match &entry.what {
            What::News { kind, at } => {
                let news = News {
                    kind: *kind,
                    case: &entry.case,
                    at: *at,
                };
                match self.told(&entry, rules, news)? {
                    Some(Told::Mail(to)) => carrier.carry(&Parcel::Mail {
                        id: &entry.id,
                        to: &to,
                        says: Says::News(news),
                    }),
                    Some(Told::Hook(receiver)) => carrier.carry(&Parcel::Hook {
                        id: &entry.id,
                        receiver: &receiver,
                        news,
                    }),
                    // Nobody is there any more who would be told.
                    None => return Ok(self.shelf().remove(OUTGOING, entry.id.as_bytes())?),
                }
            }
            What::Letter { waits, .. } => {
                match self.letter_goes(&entry, *waits, rules, carrier, time)? {
                    Some(tried) => tried,
                    // It was sent or given up before, and only the entry was left.
                    None => return Ok(self.shelf().remove(OUTGOING, entry.id.as_bytes())?),
                }
            }
        };
        match tried {
            Ok(carried) => {
                self.went_out(&entry, &carried, rules, time, random)?;
                ran.sent += 1;
                Ok(())
            }
            Err(failed) => self.did_not(entry, failed, rules, time, random, ran),
        }
    }

    fn told(
        &self,
        entry: &Entry,
        rules: &Rules,
        news: News<'_>,
    ) -> Result<Option<Told>, CommandError> {
        Ok(match &entry.to {
            To::Person { id } => {
                let person = self.people()?.find(id);
                let mail = person.and_then(|person| person.mail.clone());
                // The case may have gone to another group while it waited.
                let there = self.is_there_for_person(id, &entry.case)?;
                let mail = mail.filter(|_| there && rules.mail.is_some());
                mail.map(Told::Mail)
            }
            To::Address { address } => Some(Told::Mail(address.clone())),
            To::Receiver { name } => {
                let hears =
                    |one: &&super::Receiver| one.name == *name && one.news.contains(&news.kind);
                let found = rules.receivers.iter().find(hears);
                found.map(|one| Told::Hook(one.name.clone()))
            }
        })
    }

    fn went_out(
        &self,
        entry: &Entry,
        carried: &Carried,
        rules: &Rules,
        time: &dyn TimeSource,
        random: &mut dyn CryptoRngCore,
    ) -> Result<(), CommandError> {
        let now = time.now();
        match entry.what {
            What::News { .. } => Ok(self.shelf().remove(OUTGOING, entry.id.as_bytes())?),
            What::Letter {
                waits,
                code,
                objects,
            } => {
                let letter = (waits, code.map(LetterCode::new), objects);
                self.letter_taken(entry, letter, carried, rules, now, random)
            }
        }
    }

    fn did_not(
        &self,
        mut entry: Entry,
        failed: NotCarried,
        rules: &Rules,
        time: &dyn TimeSource,
        random: &mut dyn CryptoRngCore,
        ran: &mut Ran,
    ) -> Result<(), CommandError> {
        let now = time.now();
        let next = now + entry.pause();
        let give_up = !failed.later || next.duration_since(entry.since) > entry.worth();
        ran.why = Some(failed.why.clone());
        if let (true, What::Letter { waits, .. }) = (give_up, &entry.what) {
            ran.given_up += 1;
            return self.give_letter_up(&entry, *waits, &failed.why, rules, now, random);
        }
        entry.tries = entry.tries.saturating_add(1);
        entry.next = next;
        entry.why = Some(failed.why);
        let until = match give_up {
            true => {
                ran.given_up += 1;
                entry.given_up = Some(now);
                Some(now + TOLD_FOR)
            }
            false => {
                ran.later += 1;
                None
            }
        };
        let (key, bytes) = (entry.id.clone(), entry.bytes()?);
        self.shelf()
            .replace(OUTGOING, key.as_bytes(), &bytes, until, random)?;
        Ok(())
    }
}

enum Told {
    Mail(String),
    Hook(String),
}

/// What waits or was given up, by way.
pub(crate) fn by_way(entries: &[Entry]) -> BTreeMap<&str, Vec<&Entry>> {
    let mut all: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        all.entry(entry.way()).or_default().push(entry);
    }
    all
}
