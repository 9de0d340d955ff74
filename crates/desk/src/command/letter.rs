//! Letters: which ones a case can have, and that one was sent.

use jiff::Timestamp;
use lagrum_access::Action;
use lagrum_law::{MayTell, Told};
use lagrum_model::{
    Case, CaseId, CaseState, Channel, Command, CounselOnly, CountryCode, EmailAddress, Identifier,
    Language, Letter, LetterCode, LetterKind, LetterSent, Moment, NoLetter, Refusal, Sha256Digest,
    is_invisible,
};
use lagrum_store::Changes;
use serde::{Deserialize, Serialize};

use crate::session::Acting;
use crate::{CommandError, Desk, Session};

/// The longest letter, in bytes.
const LONGEST: u64 = 64 << 10;
/// What the shelf calls the codes of letters.
const CODE: &str = "letter-code";
/// What a proposed letter leaves to a person, stands behind this.
const TO_FILL_IN: &str = "[[";

/// A letter that a case can have, or why it cannot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct LetterChoice {
    /// Which kind.
    pub kind: LetterKind,
    /// To the holder of which account, where it is a notice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<EmailAddress>,
    /// Why it cannot be sent now; absent where it can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why_not: Option<NoLetter>,
}

/// A letter that was just sent.
#[derive(Clone, Debug)]
pub struct Sending<'s> {
    /// Which kind.
    pub kind: LetterKind,
    /// In which language.
    pub language: Language,
    /// To whom, with the address.
    pub to: &'s str,
    /// By which way.
    pub by: Channel,
    /// To the holder of which account, where it is a notice.
    pub account: Option<&'s EmailAddress>,
    /// Its exact text.
    pub text: &'s str,
    /// Whether it is itself the objection or the motion: it goes to whoever decides about it. Said of a
    /// challenge alone; of the form of the Regulation its content tells.
    pub objects: bool,
}

/// What was recorded of a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Sent {
    /// The case.
    pub case: CaseId,
    /// The number of its event.
    pub number: u64,
    /// The letter.
    pub letter: Letter,
}

/// What may be said of a letter to whoever knows the four words in it: nothing that tells whose data
/// it is about, or which authority asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownLetter {
    /// Which kind.
    pub kind: LetterKind,
    /// The country whose authority asked.
    pub country: CountryCode,
    /// When it was sent (UTC).
    pub sent_at: Timestamp,
}

impl Desk {
    /// The letter that bears these four words, if the provider sent one. Costs one look into an index,
    /// however many there are. Whoever lets the public ask bounds how often.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn letter_of_code(
        &self,
        code: LetterCode,
        now: Timestamp,
    ) -> Result<Option<KnownLetter>, CommandError> {
        let found = self.shelf().get(CODE, &code.bytes(), now)?;
        let read = |bytes: Vec<u8>| {
            serde_json::from_slice(&bytes)
                .map_err(|e| CommandError::Damaged(format!("the code of a letter: {e}")))
        };
        found.map(read).transpose()
    }

    /// Whether the law lets the provider tell the account holder at `at`.
    fn telling(&self, case: &Case, at: Timestamp) -> Result<Result<(), NoLetter>, CommandError> {
        let notices = self.notices(case, at)?;
        let holder = notices.iter().find(|one| one.whom == Told::AccountHolder);
        Ok(match holder.map(|notice| notice.may_tell) {
            Some(MayTell::Must | MayTell::May) => Ok(()),
            Some(MayTell::MustNot) => Err(NoLetter::MustNotTell),
            Some(MayTell::NotYet { waits_for, until }) => Err(NoLetter::MayNotTellYet {
                waits_for: waits_for.as_str().to_owned(),
                until,
            }),
            None if case.assessment.is_some() => Err(NoLetter::MustNotTell),
            None => Err(NoLetter::NotDecided),
        })
    }

    /// Whether the law leaves it to the provider to tell the account holder: then counsel chooses.
    fn may_tell_or_not(&self, case: &Case, at: Timestamp) -> Result<bool, CommandError> {
        let notices = self.notices(case, at)?;
        let holder = notices.iter().find(|one| one.whom == Told::AccountHolder);
        Ok(holder.is_some_and(|notice| notice.may_tell == MayTell::May))
    }

    /// Whether a case can have a letter at `at`.
    pub(crate) fn can_have(
        &self,
        case: &Case,
        kind: LetterKind,
        at: Timestamp,
    ) -> Result<Result<(), NoLetter>, CommandError> {
        match case.letter(kind, at) {
            Ok(()) if kind == LetterKind::Notice => self.telling(case, at),
            other => Ok(other),
        }
    }
}

impl Desk {
    /// Whether a letter may go at `at`: the case can have it, it is finished, and it names nobody whom it must
    /// not.
    #[expect(clippy::too_many_arguments, reason = "each is a fact of one letter")]
    pub(crate) fn check_letter(
        &self,
        case: &Case,
        letter: &Letter,
        text: &str,
        code: Option<LetterCode>,
        used: bool,
        at: Timestamp,
        acting: &Acting<'_>,
    ) -> Result<(), CommandError> {
        let refused = |refusal| acting.refused(refusal);
        let kind = letter.kind;
        self.can_have(case, kind, at)?
            .map_err(|why| refused(Refusal::NoLetter { kind, why }))?;
        if kind == LetterKind::Notice && !acting.is_counsel() && self.may_tell_or_not(case, at)? {
            let what = CounselOnly::ChoiceToTell;
            return Err(refused(Refusal::OnlyCounsel { what }));
        }
        check_text(text).map_err(refused)?;
        check_names(self, case, letter, text, at)?.map_err(refused)?;
        if kind == LetterKind::Notice {
            code.ok_or_else(|| refused(Refusal::LetterWithoutCode))?;
            if used {
                return Err(refused(Refusal::LetterCodeUsed));
            }
        }
        Ok(())
    }

    /// From now on whoever knows the four words of a notice learns that it is genuine.
    pub(crate) fn know_code(
        &self,
        changes: &mut Changes<'_>,
        letter: &Letter,
        code: Option<LetterCode>,
        at: Timestamp,
        acting: &Acting<'_>,
    ) -> Result<(), CommandError> {
        let Some(code) = code.filter(|_| letter.kind == LetterKind::Notice) else {
            return Ok(());
        };
        let demand = changes.case().demand.as_ref();
        let country = demand.map(|demand| demand.authority.country);
        let known = KnownLetter {
            kind: letter.kind,
            country: country.ok_or_else(|| acting.refused(Refusal::NotDescribed))?,
            sent_at: at,
        };
        let known = serde_json::to_vec(&known).map_err(|e| CommandError::Damaged(e.to_string()))?;
        changes.shelve(CODE, &code.bytes(), &known);
        Ok(())
    }

    /// Records what a letter that was just sent makes happen to the demand.
    pub(crate) fn after_sending(
        &self,
        changes: &mut Changes<'_>,
        acting: &Acting<'_>,
        (kind, objects): (LetterKind, bool),
        at: Timestamp,
    ) -> Result<(), CommandError> {
        let case = changes.case();
        // The account holders are told when the last of them is.
        let all_told = kind != LetterKind::Notice
            || case.accounts_to_tell().iter().all(|one| case.is_told(one));
        let made = match objects && kind.may_object() {
            true => Some(Moment::Objected),
            false => case.made_by(kind),
        };
        match made.filter(|_| all_told && case.state() != CaseState::Closed) {
            Some(what) => {
                let command = Command::RecordMilestone {
                    what,
                    when: at,
                    ruling: None,
                };
                acting.command(changes, command, "the letter was sent")
            }
            None => Ok(()),
        }
    }
}

/// A letter as it is kept, out of what somebody wrote.
pub(crate) struct Written {
    pub(crate) text: String,
    pub(crate) letter: Letter,
    /// The four words of a notice.
    pub(crate) code: Option<LetterCode>,
}

impl Written {
    pub(crate) fn of(sending: &Sending<'_>) -> Self {
        let text = written(sending.text);
        let code = match sending.kind {
            LetterKind::Notice => LetterCode::find_in(&text),
            _ => None,
        };
        Self {
            letter: Letter {
                kind: sending.kind,
                language: sending.language,
                to: sending.to.trim().to_owned(),
                by: sending.by,
                account: sending.account.cloned(),
                sha256: Sha256Digest::of(text.as_bytes()),
                length: text.len() as u64,
            },
            text,
            code,
        }
    }
}

impl Session<'_> {
    /// Every kind of letter, with why the case cannot have it where it cannot; a notice for each
    /// account.
    ///
    /// # Errors
    /// When there is no such case, or the person may not read it.
    pub fn letters(&self, id: &CaseId) -> Result<Vec<LetterChoice>, CommandError> {
        let case = self.read_for(Action::ReadCase, id)?.case;
        let now = self.time.now();
        let mut all = Vec::new();
        for kind in LetterKind::ALL {
            let why_not = self.desk.can_have(&case, kind, now)?.err();
            if kind == LetterKind::Notice && why_not.is_none() {
                all.extend(case.accounts_to_tell().into_iter().map(|account| {
                    let told = case.is_told(&account);
                    LetterChoice {
                        kind,
                        why_not: told.then_some(NoLetter::AlreadyTold),
                        account: Some(account),
                    }
                }));
                continue;
            }
            all.push(LetterChoice {
                kind,
                account: None,
                why_not,
            });
        }
        Ok(all)
    }

    /// Four words for a letter that is to be written. They count once it is sent.
    pub fn letter_code(&mut self) -> LetterCode {
        let mut bytes = [0; 4];
        self.random.fill_bytes(&mut bytes);
        LetterCode::new(bytes)
    }

    /// Records that a letter was sent, and keeps its exact text sealed with the case. The same letter
    /// again is no second one. What it makes happen to the demand is recorded with it: that the
    /// account holder was told, that clarification was asked.
    ///
    /// # Errors
    /// When the case cannot have such a letter now, above all while the account holder may not be
    /// told; when a place in the text is to be filled in, or a notice lacks its four words.
    pub fn send_letter(
        &mut self,
        id: &CaseId,
        sending: &Sending<'_>,
    ) -> Result<Sent, CommandError> {
        let desk = self.desk;
        let Written { text, letter, code } = Written::of(sending);
        let used = self.code_is_used(code)?;
        self.change(
            Action::SendLetter,
            id,
            &[text.as_bytes()],
            |changes, acting| {
                let case = changes.case();
                let already = case.letters.iter().find(|sent| sent.letter == letter);
                if let Some(sent) = already {
                    return Ok(Sent {
                        case: id.clone(),
                        number: sent.number,
                        letter: letter.clone(),
                    });
                }
                let at = changes.at();
                desk.check_letter(case, &letter, &text, code, used, at, acting)?;
                let command = Command::SendLetter {
                    letter: Box::new(letter.clone()),
                    at,
                };
                acting.command(changes, command, "sent")?;
                let number = changes.case().events;
                desk.know_code(changes, &letter, code, at, acting)?;
                desk.after_sending(changes, acting, (letter.kind, sending.objects), at)?;
                Ok(Sent {
                    case: id.clone(),
                    number,
                    letter: letter.clone(),
                })
            },
        )
    }

    /// Whether these four words stand in another letter.
    pub(crate) fn code_is_used(&self, code: Option<LetterCode>) -> Result<bool, CommandError> {
        match code {
            Some(code) => Ok(self.desk.letter_of_code(code, self.time.now())?.is_some()),
            None => Ok(false),
        }
    }

    /// A letter that was sent, by the number of its event, and its exact text.
    ///
    /// # Errors
    /// When there is none, or the person may not read the case.
    pub fn letter(&self, id: &CaseId, number: u64) -> Result<(LetterSent, String), CommandError> {
        let case = self.read_for(Action::ReadCase, id)?.case;
        let found = case.letters.into_iter().find(|one| one.number == number);
        let sent = found.ok_or_else(|| CommandError::Refused {
            case: id.clone(),
            refusal: Refusal::NoSuchLetter,
        })?;
        let gone =
            || CommandError::Damaged(format!("case {id}: the text of letter {number} is gone"));
        let bytes = self.desk.inner.store.original(id, &sent.letter.sha256)?;
        let text = String::from_utf8(bytes.ok_or_else(gone)?).map_err(|_| gone())?;
        Ok((sent, text))
    }
}

/// The text as it is kept: one kind of line end, no blanks at its ends.
fn written(text: &str) -> String {
    let lines = text.replace("\r\n", "\n");
    format!("{}\n", lines.trim())
}

fn check_text(text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::Empty { field: "text" });
    }
    if text.len() as u64 > LONGEST {
        return Err(Refusal::TooLarge {
            file_name: "letter".into(),
            limit: LONGEST,
        });
    }
    if text.chars().any(|c| c != '\n' && is_invisible(c)) {
        return Err(Refusal::LetterInvisible);
    }
    if text.contains(TO_FILL_IN) {
        return Err(Refusal::LetterUnfinished);
    }
    Ok(())
}

/// No other letter goes to an account while its holder may not be told; and a notice neither goes to
/// another account of the demand than its own, nor names one.
pub(crate) fn check_names(
    desk: &Desk,
    case: &Case,
    letter: &Letter,
    text: &str,
    at: Timestamp,
) -> Result<Result<(), Refusal>, CommandError> {
    let identifiers = case.demand.iter().flat_map(|demand| demand.identifiers());
    let parts = case.assessment.iter().flat_map(|found| &found.parts);
    let found = parts.filter_map(|part| part.account.as_ref());
    let names: Vec<String> = identifiers
        .filter(|one| {
            matches!(
                one,
                Identifier::EmailAddress(_) | Identifier::PhoneNumber(_) | Identifier::UserId(_)
            )
        })
        .map(Identifier::value)
        .chain(found.map(|one| one.as_written().to_owned()))
        .collect();
    let own = letter.account.as_ref().map(EmailAddress::as_written);
    let others = || names.iter().filter(|name| Some(name.as_str()) != own);
    if letter.kind == LetterKind::Notice {
        if others().any(|name| stands_in(name, &letter.to)) {
            return Ok(Err(Refusal::LetterToAccount));
        }
        if others().any(|name| stands_in(name, text)) {
            return Ok(Err(Refusal::LetterNamesAnother));
        }
        return Ok(Ok(()));
    }
    if names.iter().any(|name| stands_in(name, &letter.to)) && desk.telling(case, at)?.is_err() {
        return Ok(Err(Refusal::LetterToAccount));
    }
    Ok(Ok(()))
}

/// Whether a name stands in a text, as a word of its own.
fn stands_in(name: &str, text: &str) -> bool {
    let (name, text) = (name.to_lowercase(), text.to_lowercase());
    let part = |c: char| c.is_alphanumeric() || "._-+@".contains(c);
    text.match_indices(&name).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars();
        // A full stop behind an address ends a sentence.
        let goes_on = after
            .take_while(|c| part(*c))
            .any(|c| c.is_alphanumeric() || c == '@');
        !before.is_some_and(part) && !goes_on
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_as_a_word_of_its_own() {
        for text in [
            "To ann@kvist.example",
            "<ANN@kvist.example>",
            "ann@kvist.example.",
        ] {
            assert!(stands_in("ann@kvist.example", text), "{text}");
        }
        for text in [
            "joann@kvist.example",
            "jo.ann@kvist.example",
            "ann@kvist.example.org",
        ] {
            assert!(!stands_in("ann@kvist.example", text), "{text}");
        }
    }
}
