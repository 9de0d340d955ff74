//! The gate. The one way from a signed text that arrived from outside to a [`Cleared`] mandate.
//!
//! Read [`Gate::admit`]: four checks, in the order of DESIGN section 3. Each fails closed, each
//! refusal says why. Nothing here trusts the desk: the roster, the recipients, the log's key, the
//! law packs and the facts about the holdings are the agent's own.

use jiff::{SignedDuration, Timestamp};
use lagrum_law::{Law, Question};
use lagrum_log::{CheckpointPolicy, Commitment, Proof, Salt, VerifiedCheckpoint};
use lagrum_model::{
    AccountIdentifier, Category, Event, EventKind, Holding, Identifier, Region, Role, Sha256Digest,
    SubCategory,
};
use lagrum_notes::verify_note;
use serde::{Deserialize, Serialize};

use crate::{
    Cleared, DemandAnswers, Mandate, NotTheAnswers, OtherPart, Recipients, Roster, SealedTo,
};

/// No mandate lives longer.
pub const LONGEST_LIFE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// What the desk does about a mandate that nobody carries out any more.
pub const ANEW: &str = "have it drafted anew";
/// What the desk does about a mandate that is still good, and that this agent refuses for good.
pub const RECALL_AND_ANEW: &str =
    "have it recalled and, when this agent has answered that, drafted anew";
/// How far the desk's clock may be ahead of the agent's.
pub const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

/// What arrived. Nothing in it may be believed.
#[derive(Clone)]
pub struct UntrustedMandate {
    /// A signed note (c2sp.org/signed-note) whose text claims to be a mandate.
    pub note: Vec<u8>,
    /// A proof (c2sp.org/tlog-proof) whose extra data claims to be the [`LoggedEvent`].
    pub proof: Vec<u8>,
    /// What claims to be the text of the [`DemandAnswers`] that the mandate names; empty, if it names
    /// none.
    pub answers: Vec<u8>,
}

/// The event that released the mandate, opened for the agent: the log itself shows only a salted
/// commitment to it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoggedEvent {
    /// The salt of the commitment.
    pub salt: Salt,
    /// The event's exact text (JSON).
    pub event: String,
}

/// The agent's own knowledge, against which a mandate is held.
pub struct Gate<'a> {
    /// Where this agent runs.
    pub region: &'a Region,
    /// Whose signatures count.
    pub roster: &'a Roster,
    /// Whether one of the two signatures must come from a key that lies on its holder's own machine.
    pub own_machine: bool,
    /// To whom this agent seals.
    pub recipients: &'a Recipients,
    /// Whose checkpoints are believed.
    pub log: &'a CheckpointPolicy,
    /// The agent's own law packs, as in force today.
    pub law: &'a Law,
    /// What lies here: the facts about one account's data of one category. Refused is an identifier of
    /// whose account this agent knows no facts ([`Refused::Account`]), or cannot know any.
    pub holding: &'a dyn Fn(&AccountIdentifier, Category) -> Result<Holding, Refused>,
    /// What is assumed of an account of which nobody knows yet whose it is: its data lies here.
    pub unknown: &'a dyn Fn(Category) -> Holding,
    /// What the agent remembers of a mandate.
    pub standing: &'a dyn Fn(&Mandate) -> Result<Standing, String>,
    /// Since when it remembers (UTC).
    pub remembers_since: Timestamp,
    /// Now (UTC).
    pub now: Timestamp,
}

/// What an agent remembers of a mandate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing: it is new.
    New,
    /// It was carried out.
    CarriedOut,
    /// Somebody of the roster recalled it.
    Recalled,
    /// It was begun, and the agent was cut off before it had recorded that it carried it out.
    Interrupted,
}

/// Why the gate stays closed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Check 1.
    #[error("signatures: {0}")]
    Signatures(String),
    /// Check 2.
    #[error("log: {0}")]
    Log(String),
    /// Check 3.
    #[error("law: {0}")]
    Law(String),
    /// Check 3 could not be made: what the law packs, or the program that applies them, said.
    #[error("law: it cannot be applied: {0}")]
    LawFails(String),
    /// Check 3 could not be made: no account that is called so is known here.
    #[error("account: {0}")]
    Account(String),
    /// Check 3 could not be made: the accounts here cannot be looked at.
    #[error("{0}")]
    Accounts(String),
    /// Check 4.
    #[error("mandate: {0}")]
    Mandate(String),
}

impl Gate<'_> {
    /// Lets a mandate through if all four checks hold, and only then.
    ///
    /// In the release model: `Admit`.
    ///
    /// # Errors
    /// The first check that fails, and why.
    pub fn admit(&self, untrusted: &UntrustedMandate) -> Result<Cleared, Refused> {
        let text = two_people_signed(self.roster, self.own_machine, &untrusted.note)?;
        let mandate = Mandate::parse(&text)
            .map_err(|e| Refused::Signatures(format!("two people signed something else: {e}")))?;
        the_reviewer_signed(self.roster, &mandate, &untrusted.note)?;
        the_log_has_it(self.log, &untrusted.proof, &mandate)?;
        match mandate.look_up {
            None => the_law_permits(self.law, &mandate, self.holding)?,
            Some(_) => the_law_permits(self.law, &mandate, &|_, category| {
                Ok((self.unknown)(category))
            })?,
        }
        self.it_is_exact_and_new(&mandate)?;
        let (answers, others) = the_rest_is_told(&mandate, &untrusted.answers)?;
        Ok(Cleared {
            digest: mandate.digest(),
            mandate,
            answers,
            others,
        })
    }

    /// 4. Named identifiers, categories, a bounded period, a known recipient key; for this region;
    ///    not expired; not recalled; never carried out before.
    fn it_is_exact_and_new(&self, mandate: &Mandate) -> Result<(), Refused> {
        let refused = |why: String| Err(Refused::Mandate(why));
        // That each identifier names an account and that the period is bounded, their types know.
        if mandate.identifiers.is_empty() || mandate.categories.is_empty() {
            return refused("it names no account or no category".into());
        }
        if repeats(&mandate.identifiers)
            || repeats(&mandate.categories)
            || repeats(&mandate.sub_categories)
        {
            return refused("it names an account or a category twice".into());
        }
        let without = |one: &&SubCategory| !mandate.categories.contains(&one.category());
        if let Some(one) = mandate.sub_categories.iter().find(without) {
            return refused(format!(
                "it names `{one}` and not the category {} in which that lies",
                one.category()
            ));
        }
        if let Some(review) = &mandate.review {
            review.is_complete().map_err(Refused::Mandate)?;
        }
        for found in &mandate.found {
            let account = found.account.clone().map(Identifier::EmailAddress);
            let named = |account| mandate.identifiers.iter().any(|one| one.get() == account);
            if !account.as_ref().is_some_and(named) {
                return refused(
                    "it tells of somebody who was looked up, and does not name that account".into(),
                );
            }
        }
        if let Some(look_up) = &mandate.look_up {
            if mandate.review.is_some() {
                return refused(
                    "it is to look up and to release what was withheld; one mandate does one"
                        .into(),
                );
            }
            let complete = look_up.is_complete(&mandate.identifiers, mandate.period);
            complete.map_err(Refused::Mandate)?;
        }
        if mandate.region != *self.region {
            return refused(format!(
                "it is for {}, this agent serves {}",
                mandate.region, self.region
            ));
        }
        self.the_recipient_is_known(mandate)?;
        let life = mandate.expires_at.duration_since(mandate.issued_at);
        if mandate.issued_at > self.now + CLOCK_TOLERANCE || life > LONGEST_LIFE {
            return refused("it begins in the future, or lives longer than 30 days".into());
        }
        if mandate.expires_at <= self.now {
            return refused(format!("it expired at {}; {ANEW}", mandate.expires_at));
        }
        if mandate.issued_at < self.remembers_since {
            return refused(format!(
                "it was issued before {}, when this agent's record of what it carried out begins; {RECALL_AND_ANEW}",
                self.remembers_since
            ));
        }
        match (self.standing)(mandate) {
            Ok(Standing::New) => Ok(()),
            Ok(Standing::CarriedOut) => refused("it was carried out before".into()),
            Ok(Standing::Interrupted) => refused(format!(
                "it was begun before an interruption, and whether it left is not known; it is not begun again: {RECALL_AND_ANEW}"
            )),
            Ok(Standing::Recalled) => refused(format!("it was recalled; {ANEW}")),
            Err(why) => refused(format!(
                "whether it was carried out before is not known: {why}"
            )),
        }
    }
}

impl Gate<'_> {
    /// 4, of the recipient: a key that this agent has pinned; or a number that it has pinned, on which a person of
    ///    its roster tells a passphrase that nobody else is shown.
    fn the_recipient_is_known(&self, mandate: &Mandate) -> Result<(), Refused> {
        let refused = |why: String| Err(Refused::Mandate(why));
        let country = mandate.basis.authority.country;
        match &mandate.recipient {
            SealedTo::Key(recipient) => match self.recipients.find(recipient, country) {
                Some(_) => Ok(()),
                None => refused(format!(
                    "this agent does not know the recipient: the key {} of {} ({country}) is not in its own recipients.toml. Have two people make it known, or the data operator",
                    recipient.key, recipient.name
                )),
            },
            SealedTo::Passphrase(told) => {
                if self.recipients.find_number(told, country).is_none() {
                    return refused(format!(
                        "this agent does not know the recipient: the telephone number {} of {} ({country}) is not in its own recipients.toml, and it tells a passphrase on no other. Have two people make it known",
                        told.on_number, told.name
                    ));
                }
                if !self.roster.can_be_shown(&told.told_by) {
                    return refused(format!(
                        "{} is to tell the passphrase, and has no key on this agent's roster to which it can be sealed",
                        told.told_by.escape_debug()
                    ));
                }
                Ok(())
            }
        }
    }
}

/// 1. Two valid signatures of two different people from the roster, one of them counsel, and (if
///    `own_machine`) one of them made with a key that lies on its holder's own machine. Gives the
///    text that they signed.
///
/// # Errors
/// [`Refused::Signatures`].
pub fn two_people_signed(
    roster: &Roster,
    own_machine: bool,
    note: &[u8],
) -> Result<String, Refused> {
    let refused = |why: String| Refused::Signatures(why);
    let keys: Vec<_> = roster.people().iter().map(|person| &person.key).collect();
    let (text, signed_by) = verify_note(note, &keys).map_err(|e| refused(e.to_string()))?;
    let people: Vec<_> = signed_by
        .iter()
        .filter_map(|key| roster.holder_of(key))
        .collect();
    if !people
        .iter()
        .any(|one| people.iter().any(|other| one.id != other.id))
    {
        return Err(refused(format!(
            "{} of 2 people signed; a mandate needs two different people of this agent's roster",
            people.len().min(1)
        )));
    }
    if !people.iter().any(|person| person.role == Role::Counsel) {
        return Err(refused(
            "neither of the signers is counsel on this agent's roster".into(),
        ));
    }
    if own_machine && !people.iter().any(|person| person.own_machine) {
        return Err(refused(
            "neither key lies on its holder's own machine, by this agent's roster".into(),
        ));
    }
    Ok(text)
}

/// 1, for a mandate with counsel's decisions about what was withheld: the counsel who decided is one
///    of those who signed.
///
/// # Errors
/// [`Refused::Signatures`].
pub fn the_reviewer_signed(roster: &Roster, mandate: &Mandate, note: &[u8]) -> Result<(), Refused> {
    let Some(review) = &mandate.review else {
        return Ok(());
    };
    let keys = roster
        .people()
        .iter()
        .filter(|person| person.id == review.by && person.role == Role::Counsel);
    let keys: Vec<_> = keys.map(|person| &person.key).collect();
    verify_note(note, &keys).map(|_| ()).map_err(|_| {
        Refused::Signatures(format!(
            "{} decided about what was withheld, and is not counsel on this roster or did not sign",
            review.by
        ))
    })
}

/// 2. The log contains the event that released exactly this mandate, under a checkpoint that
///    verifies. Gives that checkpoint.
///
/// # Errors
/// [`Refused::Log`].
pub fn the_log_has_it(
    policy: &CheckpointPolicy,
    proof: &[u8],
    mandate: &Mandate,
) -> Result<VerifiedCheckpoint, Refused> {
    let refused = |why: String| Refused::Log(why);
    let proof = Proof::parse(proof).map_err(|e| refused(e.to_string()))?;
    let logged: LoggedEvent = serde_json::from_slice(proof.extra())
        .map_err(|_| refused("the proof does not carry the event".into()))?;
    let commitment = Commitment::of(&logged.salt, logged.event.as_bytes());
    let included = proof
        .verify(policy, &commitment)
        .map_err(|e| refused(e.to_string()))?;
    let event: Event = serde_json::from_str(&logged.event)
        .map_err(|_| refused("the logged event cannot be read".into()))?;
    let released = EventKind::Mandated {
        mandate: mandate.digest(),
    };
    if event.what != released || event.case != mandate.case {
        return Err(refused(
            "the logged event does not release this mandate".into(),
        ));
    }
    Ok(included.checkpoint().clone())
}

/// 3. These law packs permit exactly its act, for every part of it, for its whole period and for the
///    place where the data lies. Who used an Internet address is found out only where they permit to hand
///    over data that identifies a user, too.
///
/// # Errors
/// [`Refused::Law`]; [`Refused::LawFails`]; what `holding` gives where no facts are known to judge by.
pub fn the_law_permits(
    law: &Law,
    mandate: &Mandate,
    holding: &dyn Fn(&AccountIdentifier, Category) -> Result<Holding, Refused>,
) -> Result<(), Refused> {
    let asked = mandate.basis.instrument.kind.act();
    if mandate.act != asked {
        return Err(Refused::Law(format!(
            "the mandate is to {}, the instrument asks to {asked}",
            mandate.act
        )));
    }
    for identifier in &mandate.identifiers {
        let identifies = mandate.look_up.is_some()
            && matches!(identifier.get(), Identifier::IpAddress(_))
            && !mandate.categories.contains(&Category::Identification);
        let identifies = identifies.then_some(Category::Identification);
        for category in mandate.categories.iter().copied().chain(identifies) {
            let holding = holding(identifier, category)?;
            let question = Question {
                basis: &mandate.basis,
                holding: &holding,
                named: true,
                period: Some(mandate.period.into()),
                sub_categories: &mandate.sub_categories,
            };
            let finding = law
                .find(&question)
                .map_err(|e| Refused::LawFails(e.to_string()))?;
            if finding.disposition != mandate.act.granted() {
                let rules: Vec<_> = finding
                    .decided_by
                    .iter()
                    .map(|rule| format!("{} ({})", rule.says, rule.cite))
                    .collect();
                return Err(Refused::Law(format!(
                    "{category} data stored in {}: {}",
                    holding.stored_in,
                    if rules.is_empty() {
                        "no rule in force permits it".to_owned()
                    } else {
                        rules.join("; ")
                    }
                )));
            }
        }
    }
    Ok(())
}

/// What the package tells of the rest of the demand is what two people signed for.
fn the_rest_is_told(
    mandate: &Mandate,
    came: &[u8],
) -> Result<(Option<DemandAnswers>, Vec<OtherPart>), Refused> {
    let refused = |why: NotTheAnswers| Refused::Mandate(why.to_string());
    let came = (!came.is_empty()).then(|| DemandAnswers::parse(came));
    let came = came.transpose().map_err(refused)?;
    let others = mandate.others(came.as_ref()).map_err(refused)?;
    Ok((came, others))
}

fn repeats<T: PartialEq>(values: &[T]) -> bool {
    (1..values.len()).any(|at| values[..at].contains(&values[at]))
}

impl UntrustedMandate {
    /// SHA-256 of the text that claims to be a mandate, to name it in a refusal; of all that
    /// arrived, if it is no note.
    #[must_use]
    pub fn digest(&self) -> Sha256Digest {
        let end = self.note.windows(2).rposition(|pair| pair == b"\n\n");
        Sha256Digest::of(end.map_or(&self.note, |end| &self.note[..=end]))
    }
}

#[cfg(test)]
mod tests;
