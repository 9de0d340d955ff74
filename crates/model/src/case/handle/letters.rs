//! Letters: when one may go, and what became of it.

use jiff::Timestamp;

use super::happens::Happens;
use crate::case::{Case, EventKind, Letter, LetterKind, NoLetter, Refusal, Taken};

impl Case {
    pub(super) fn send_letter(&self, letter: Box<Letter>, at: Timestamp) -> Happens {
        if self.letters.iter().any(|sent| sent.letter == *letter) {
            return Ok(None);
        }
        self.can_send(&letter, at)?;
        Ok(Some(EventKind::LetterSent {
            letter,
            taken: None,
        }))
    }

    pub(super) fn let_letter_wait(&self, letter: Box<Letter>, at: Timestamp) -> Happens {
        let sent = self.letters.iter().any(|sent| sent.letter == *letter);
        let waits = self
            .letters_waiting
            .iter()
            .any(|one| one.given_up.is_none() && one.letter == *letter);
        if sent || waits {
            return Ok(None);
        }
        self.can_send(&letter, at)?;
        Ok(Some(EventKind::LetterWaits { letter }))
    }

    pub(super) fn letter_taken(&self, taken: Taken) -> Option<EventKind> {
        let waiting = self.letters_waiting.iter();
        let mut waiting = waiting.filter(|one| one.number == taken.waits);
        let letter = Box::new(waiting.next()?.letter.clone());
        Some(EventKind::LetterSent {
            letter,
            taken: Some(taken),
        })
    }

    pub(super) fn give_letter_up(&self, waits: u64, why: String) -> Option<EventKind> {
        self.letter_waiting(waits)?;
        Some(EventKind::LetterNotSent { waits, why })
    }

    fn can_send(&self, letter: &Letter, at: Timestamp) -> Result<(), Refusal> {
        let kind = letter.kind;
        let no = |why| Refusal::NoLetter { kind, why };
        self.letter(kind, at).map_err(no)?;
        if letter.to.trim().is_empty() {
            return Err(Refusal::Empty { field: "to" });
        }
        if kind == LetterKind::Notice {
            let all = self.accounts_to_tell();
            let account = letter.account.as_ref();
            let account = account.filter(|one| all.contains(one));
            let account = account.ok_or_else(|| no(NoLetter::NoAccount))?;
            let waits = self
                .letters_waiting
                .iter()
                .any(|one| one.given_up.is_none() && one.letter.account.as_ref() == Some(account));
            if self.is_told(account) || waits {
                return Err(no(NoLetter::AlreadyTold));
            }
        }
        Ok(())
    }
}
