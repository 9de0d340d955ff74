//! Which letters a case can have, and what each tells of.

use jiff::Timestamp;

use super::{
    Actor, Answer, Case, Challenge, Event, EventKind, Letter, LetterKind, MandateRecord, NoLetter,
    Taken,
};
use crate::{Act, Controller, Disposition, EmailAddress, FormReason, Identifier, Moment, Part};

/// The letters by which alone an answer reaches the authority; of two that tell of the same part, the first: the
/// form of Annex III is how a certificate of Regulation (EU) 2023/1543 is answered.
const BY_LETTER_ALONE: [LetterKind; 6] = [
    LetterKind::AnnexIii,
    LetterKind::Refusal,
    LetterKind::Narrowing,
    LetterKind::Question,
    LetterKind::Redirect,
    LetterKind::NoData,
];

/// A letter that the desk is to send by itself, and has not.
#[derive(Clone, Debug, PartialEq)]
pub struct LetterWaiting {
    /// The number of its event.
    pub number: u64,
    /// Since when it waits (UTC).
    pub at: Timestamp,
    /// Who had it sent.
    pub by: Actor,
    /// The letter.
    pub letter: Letter,
    /// When that was given up (UTC), and why. Absent: it is still tried.
    pub given_up: Option<(Timestamp, String)>,
}

impl LetterWaiting {
    /// Whether this letter does, perhaps in another way, what was given up.
    pub(super) fn is_replaced_by(&self, letter: &Letter) -> bool {
        let own = (self.letter.kind, &self.letter.account);
        self.given_up.is_some() && own == (letter.kind, &letter.account)
    }
}

/// A letter that was sent, and who sent it.
#[derive(Clone, Debug, PartialEq)]
pub struct LetterSent {
    /// The number of its event.
    pub number: u64,
    /// When it was recorded as sent (UTC).
    pub at: Timestamp,
    /// Who recorded it.
    pub by: Actor,
    /// The letter.
    pub letter: Letter,
    /// That a mail server took it from the desk. Absent: a person sent it.
    pub taken: Option<Taken>,
}

impl Case {
    /// The letter that waits to be sent under this number, and was not given up.
    #[must_use]
    pub fn letter_waiting(&self, number: u64) -> Option<&LetterWaiting> {
        let mut waiting = self.letters_waiting.iter();
        waiting.find(|one| one.number == number && one.given_up.is_none())
    }

    /// Whether the case can have a letter of this kind at `now`, as far as the case alone tells it. For
    /// a notice the law has to permit it besides, which whoever sends it asks.
    ///
    /// # Errors
    /// [`NoLetter`]: why not.
    pub fn letter(&self, kind: LetterKind, now: Timestamp) -> Result<(), NoLetter> {
        let Some(demand) = &self.demand else {
            return Err(NoLetter::NotDescribed);
        };
        if self.closed && self.duties.is_empty() {
            return Err(NoLetter::Closed);
        }
        let for_strangers = matches!(
            kind,
            LetterKind::Acknowledgement | LetterKind::Question | LetterKind::Refusal
        );
        if !for_strangers && !self.is_verified() {
            return Err(NoLetter::NotVerified);
        }
        let needs_answers = !matches!(
            kind,
            LetterKind::Acknowledgement
                | LetterKind::Question
                | LetterKind::SecrecyEnd
                | LetterKind::CourtOutcome
        );
        if needs_answers && self.answers.is_empty() {
            return Err(NoLetter::NotDecided);
        }
        let some = |told: bool, why| if told { Ok(()) } else { Err(why) };
        match kind {
            LetterKind::Acknowledgement | LetterKind::Question => Ok(()),
            LetterKind::Refusal
            | LetterKind::Narrowing
            | LetterKind::Redirect
            | LetterKind::Challenge => {
                let told = self.told_by(kind).next().is_some();
                some(told, NoLetter::NoSuchAnswer)
            }
            LetterKind::AnnexIii => {
                let certificate = demand.instrument.kind.is_certificate();
                some(certificate, NoLetter::NoCertificate)?;
                let told = self.told_by(kind).next().is_some();
                some(told, NoLetter::NoSuchAnswer)
            }
            LetterKind::NoData => {
                let told = self.told_by(kind).next().is_some();
                some(told, NoLetter::NotFoundEmpty)
            }
            LetterKind::Production => {
                let some_made = self.may_be_handed_over().next().is_some();
                some(some_made, NoLetter::NothingProduced)
            }
            LetterKind::CertificateOfAuthenticity => {
                let some_made = self.certified().next().is_some();
                some(some_made, NoLetter::NothingProduced)
            }
            LetterKind::Notice => {
                some(!self.accounts_to_tell().is_empty(), NoLetter::NoAccount)?;
                let all = self.accounts_to_tell();
                let told = |one: &EmailAddress| self.is_told(one);
                some(!all.iter().all(told), NoLetter::AlreadyTold)
            }
            LetterKind::SecrecyEnd => {
                let secrecy = demand.secrecy.as_ref().ok_or(NoLetter::NoSecrecy)?;
                let ended = secrecy.until.is_some_and(|end| end <= now);
                some(!ended, NoLetter::SecrecyEnded)
            }
            LetterKind::CourtOutcome => {
                let ruled = self.ruling_to_tell().ok_or(NoLetter::NoRuling)?;
                some(
                    !self.is_told_since(kind, ruled.number),
                    NoLetter::RulingTold,
                )
            }
        }
    }

    /// The parts that a letter of this kind tells of, with their answers: those that are answered so.
    pub fn told_by(&self, kind: LetterKind) -> impl Iterator<Item = (&Part, &Answer)> {
        self.answered_parts()
            .filter(move |(part, answer)| self.tells(kind, part, answer))
    }

    fn tells(&self, kind: LetterKind, part: &Part, answer: &Answer) -> bool {
        let finding = &part.finding;
        match (kind, answer.disposition) {
            (LetterKind::Question, Disposition::Ask | Disposition::NotLookedUp)
            | (LetterKind::Refusal, Disposition::Reject)
            | (LetterKind::Narrowing, Disposition::Narrow)
            | (
                LetterKind::Redirect,
                Disposition::RedirectToCustomer | Disposition::RedirectToTreatyChannel,
            ) => true,
            // It says that nothing is handed over before somebody has ruled on it.
            (LetterKind::Challenge, Disposition::Challenge) => matches!(
                self.challenge(),
                Some(Challenge::ToFile | Challenge::Before)
            ),
            (LetterKind::Narrowing, Disposition::Produce) => finding.reaches_less(),
            (LetterKind::AnnexIii, answered) => {
                answer.told_with(part).is_some() && !answered.is_granted()
            }
            (LetterKind::NoData, Disposition::NoData | Disposition::Produce) => {
                self.is_found_empty(answer.part)
            }
            _ => false,
        }
    }

    /// The letter that is still owed to the authority: a court ruled on the challenge, or a part of the demand is
    /// answered by nothing but a letter, and none that tells of it was sent since, or waits to be; or the demand asks
    /// for a certificate of what was handed over. Whose demand is not genuine is owed none. `events` are all of the
    /// case.
    #[must_use]
    pub fn letter_owed(&self, events: &[Event]) -> Option<LetterKind> {
        let ruling = LetterKind::CourtOutcome;
        let ruled = self.ruling_to_tell();
        let ruled = ruled.filter(|_| self.is_verified() && !self.closed);
        if ruled.is_some_and(|ruled| !self.is_told_since(ruling, ruled.number)) {
            return Some(ruling);
        }
        let mut owed = self
            .answered_parts()
            .filter(|_| self.is_verified() && !self.closed)
            .filter_map(|(part, answer)| {
                let mut kinds = BY_LETTER_ALONE.into_iter();
                // What is handed over, if less of it, is told with the package.
                let alone = |kind: &LetterKind| {
                    *kind == LetterKind::NoData || !answer.disposition.is_granted()
                };
                let kind = kinds.find(|kind| alone(kind) && self.tells(*kind, part, answer))?;
                (!self.is_told_of(part, answer, events)).then_some(kind)
            });
        owed.next().or_else(|| self.certificate_owed(events))
    }

    /// The certificate that the demand asks for, since the last package of records that was handed over.
    fn certificate_owed(&self, events: &[Event]) -> Option<LetterKind> {
        let wanted = self.demand.as_ref()?.process.certificate_wanted;
        let can = wanted && self.is_verified() && !self.closed;
        let certified = self.certified().filter_map(|one| one.produced);
        let certified: Vec<_> = certified.filter(|_| can).map(|made| made.package).collect();
        let last = events.iter().rev().find(|event| match &event.what {
            EventKind::Delivered { package, .. } => certified.contains(package),
            _ => false,
        })?;
        let kind = LetterKind::CertificateOfAuthenticity;
        (!self.is_told_since(kind, last.number)).then_some(kind)
    }

    /// The mandates under which records were taken out that are handed over, or may be: what a certificate of
    /// authenticity is about.
    pub fn certified(&self) -> impl Iterator<Item = &MandateRecord> {
        let some = |one: &&MandateRecord| one.produced.is_some_and(|made| made.items > 0);
        self.may_be_handed_over().filter(some)
    }

    /// Whether a letter of a kind was sent since an event, or waits to be.
    fn is_told_since(&self, kind: LetterKind, number: u64) -> bool {
        let mut sent = self.letters.iter();
        let mut waiting = self.letters_waiting.iter();
        sent.any(|one| one.letter.kind == kind && one.number > number)
            || waiting
                .any(|one| one.letter.kind == kind && one.number > number && one.given_up.is_none())
    }

    /// Whether the authority was told of an answer: by a letter that tells of it, or with a package.
    fn is_told_of(&self, part: &Part, answer: &Answer, events: &[Event]) -> bool {
        let decided = events.iter().rev().find(|event| match &event.what {
            EventKind::Decided { answers } => answers.iter().any(|one| one.part == answer.part),
            _ => false,
        });
        let since = decided.map_or(0, |event| event.number);
        let tells = |number: u64, kind| {
            number > since && BY_LETTER_ALONE.contains(&kind) && self.tells(kind, part, answer)
        };
        let mut waiting = self.letters_waiting.iter();
        let handed_over =
            |one: &MandateRecord| one.parts.contains(&answer.part) && one.delivered_to.is_some();
        waiting.any(|one| one.given_up.is_none() && tells(one.number, one.letter.kind))
            || self
                .letters
                .iter()
                .any(|one| tells(one.number, one.letter.kind))
            || self.mandates.values().any(handed_over)
    }

    /// What happened to the demand once a letter of this kind is sent, where a clock or a duty asks for it. The
    /// form of Annex III is the objection itself where it says that the law of a third country forbids the
    /// disclosure (Article 17(1) and (2) of Regulation (EU) 2023/1543).
    #[must_use]
    pub fn made_by(&self, kind: LetterKind) -> Option<Moment> {
        let third_country = |(part, answer): (&Part, &Answer)| {
            let form = answer.told_with(part);
            form.is_some_and(|form| form.reason == FormReason::ThirdCountryLaw)
        };
        match kind {
            LetterKind::Question => Some(Moment::ClarificationAsked),
            LetterKind::Notice => Some(Moment::AccountHolderTold),
            LetterKind::AnnexIii => self
                .told_by(kind)
                .any(third_country)
                .then_some(Moment::Objected),
            _ => None,
        }
    }

    /// The parts that are answered, each with its answer.
    pub fn answered_parts(&self) -> impl Iterator<Item = (&Part, &Answer)> {
        let parts = self.assessment.iter().flat_map(|found| &found.parts);
        let parts: Vec<_> = parts.collect();
        self.answers
            .iter()
            .filter_map(move |answer| Some((*parts.get(answer.part)?, answer)))
    }

    /// Whether every mandate of a part was carried out, and nothing came of it that is handed over or
    /// waits for a review. Nobody is told so where the mandate may not be answered any more.
    fn is_found_empty(&self, part: usize) -> bool {
        let mut of_part = self
            .mandates
            .values()
            .filter(|one| one.parts.contains(&part) && !one.is_lapsed())
            .peekable();
        let empty = |one: &MandateRecord| {
            let found = one.found_of(part);
            found.is_some_and(|found| found.complete && found.items == 0 && found.for_review == 0)
                && self.barred_by(one).is_none()
                && !self.is_undone(one)
        };
        let looked_up_only = |one: &&MandateRecord| one.looked_up.is_none();
        of_part.peek().is_some() && of_part.filter(looked_up_only).all(empty)
    }

    /// The mandates whose package is handed over, or may be.
    pub fn may_be_handed_over(&self) -> impl Iterator<Item = &MandateRecord> {
        let may = |one: &&MandateRecord| {
            one.produced.is_some() && !self.is_undone(one) && self.barred_by(one).is_none()
        };
        self.mandates.values().filter(may)
    }

    /// The parts that were to be handed over and of which nothing was, although nothing stopped that.
    #[must_use]
    pub fn not_handed_over(&self) -> Vec<usize> {
        let produced = self
            .answers
            .iter()
            .filter(|answer| answer.disposition == Disposition::Produce);
        let done = |part: usize| {
            let mut of_part = self
                .mandates
                .values()
                .filter(|one| one.parts.contains(&part));
            of_part.any(|one| one.delivered_to.is_some() || self.is_barred(one))
        };
        let open = produced.map(|answer| answer.part);
        open.filter(|part| !done(*part)).collect()
    }

    /// Whether something of a part was handed over.
    #[must_use]
    pub fn is_handed_over(&self, part: usize) -> bool {
        self.mandates.values().any(|one| {
            let items = one.found_of(part).is_some_and(|found| found.items > 0);
            items && one.delivered_to.is_some()
        })
    }

    /// The accounts of persons that the demand concerns and that the provider has, each once: whose
    /// holders are told. Of an account that nobody has there is no holder; the data of a customer's
    /// account is for that customer to tell of.
    #[must_use]
    pub fn accounts_to_tell(&self) -> Vec<EmailAddress> {
        let mut all = Vec::new();
        let parts = self.assessment.iter().flat_map(|found| &found.parts);
        for part in parts {
            let theirs = part
                .holding
                .as_ref()
                .is_some_and(|held| held.controller == Controller::Consumer);
            let note = part.note.as_deref().unwrap_or_default();
            let nobody = note.contains("no account of this name");
            let account = match (&part.account, &part.identifier) {
                (Some(account), _) | (None, Identifier::EmailAddress(account)) => account,
                _ => continue,
            };
            if theirs && !nobody && !all.contains(account) {
                all.push(account.clone());
            }
        }
        all
    }

    /// Whether a notice to the holder of this account is recorded as sent.
    #[must_use]
    pub fn is_told(&self, account: &EmailAddress) -> bool {
        self.letters.iter().any(|sent| {
            sent.letter.kind == LetterKind::Notice && sent.letter.account.as_ref() == Some(account)
        })
    }

    /// Until when (UTC) a copy of a part is kept, where an agent said under its signature that one is, and not
    /// since that it is erased.
    #[must_use]
    pub fn kept_until(&self, part: usize) -> Option<Timestamp> {
        let of_part = self
            .mandates
            .values()
            .filter(|one| one.parts.contains(&part));
        let kept = of_part.filter_map(|one| one.preserved.as_ref());
        kept.filter(|kept| kept.is_kept())
            .map(|kept| kept.until)
            .max()
    }

    /// Whether the demand asks only to keep data.
    #[must_use]
    pub fn only_preserves(&self) -> bool {
        let kind = self.demand.as_ref().map(|demand| demand.instrument.kind);
        kind.is_some_and(|kind| kind.act() == Act::Preserve)
    }
}
