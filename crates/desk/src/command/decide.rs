use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use lagrum_access::Action;
use lagrum_mandate::{KeptIn, SealedTo};
use lagrum_model::{
    Answer, Assessment, Case, CaseId, Command, CounselOnly, Disposition, EventKind, Form,
    FormReason, MandateRecord, Part, Recipient, Refusal, Region, Sha256Digest,
};
use lagrum_store::Changes;
use serde::Serialize;

use crate::assess::law_of;
use crate::command::assess::in_case;
use crate::lapse::{lapse, still_out};
use crate::mandates::{draft, to_be_carried_out};
use crate::{AgentContact, Authorities, CommandError, Desk, KnownAuthority, News, Session};

/// How a demand was answered.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Decided {
    /// The case.
    pub case: CaseId,
    /// The answers.
    pub answers: Vec<Answer>,
    /// The parts of which only a part leaves, counted from 1.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub in_part: Vec<usize>,
    /// The parts that have no answer yet, counted from 1.
    pub waiting: Vec<usize>,
    /// The mandates that wait for signatures.
    pub mandates: Vec<Sha256Digest>,
    /// The mandates that nobody can carry out any more, in whose place others were drafted where
    /// their parts are still to be carried out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lapsed: Vec<Sha256Digest>,
    /// What could not be fetched from the agents before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub news: Vec<News>,
}

impl Session<'_> {
    /// Answers each part of a case: as the law proposes, but for the parts in `stricter` (counted
    /// from 0), and drafts the mandates for what is to be carried out. What was answered more strictly before stays
    /// so until somebody names the part; what counsel answered more strictly, only counsel takes back.
    ///
    /// Parts whose mandates nobody can carry out any more, because they ran out or were recalled and
    /// the agent answered that, are answered and drafted anew, as long as the law says the same of them
    /// today. No mandate is drafted anew while an agent may still carry it out.
    ///
    /// # Errors
    /// When the case is not assessed, an answer is laxer than the law, the law says something else
    /// today of what is to be drafted anew, or no recipient's key or no agent is known for what is to be
    /// carried out.
    pub fn decide(
        &mut self,
        id: &CaseId,
        stricter: &[(usize, Disposition)],
        reason: &str,
    ) -> Result<Decided, CommandError> {
        self.decide_on(id, stricter, None, reason)
    }

    /// The same, on a ground of Annex III to Regulation (EU) 2023/1543: what is refused of a certificate of it is
    /// told to the authority with that form, and its box is ticked.
    ///
    /// # Errors
    /// As [`Session::decide`]; [`Refusal::GroundMissing`], where a part of a certificate is refused for which
    /// the law has no form, and no ground is named; [`Refusal::GroundNotAsked`], where none has a place.
    pub fn decide_on(
        &mut self,
        id: &CaseId,
        stricter: &[(usize, Disposition)],
        ground: Option<FormReason>,
        reason: &str,
    ) -> Result<Decided, CommandError> {
        self.may_ever(Action::Decide)?;
        self.theirs(id)?;
        // What an agent answered before that counts.
        let news = self.collect_case(id)?;
        let counted = self.counted(Action::Decide, id)?;
        let (desk, by_counsel) = (self.desk, self.by.actor().is_counsel());
        let authorities = desk.authorities()?;
        let today = self.time.now().to_zoned_datetime(TimeZone::UTC).date();
        self.change(Action::Decide, id, &[], |changes, acting| {
            let lapsed = lapse(changes, acting, |_| true)?;
            let reopened: Vec<_> = changes.case().reopened().collect();
            if reopened.is_empty()
                && let Some(refusal) = still_out(changes.case())?
            {
                return Err(acting.refused(refusal));
            }
            let proposed = |part: &&usize| stricter.iter().all(|(other, _)| other != *part);
            let proposed: Vec<_> = reopened.iter().filter(proposed).copied().collect();
            desk.still_says(id, changes.case(), &proposed, today, changes.at())?;
            if !by_counsel && takes_back(changes, stricter) {
                let what = CounselOnly::LaxerAnswer;
                return Err(acting.refused(Refusal::OnlyCounsel { what }));
            }
            let longer = desk.to_keep_longer(changes.case(), changes.at())?;
            // Where only the time of what is preserved became longer, nothing is decided again.
            let only_longer = !longer.is_empty()
                && stricter.is_empty()
                && changes.case().waiting().chain(reopened).next().is_none();
            if !only_longer {
                let answers = answers(changes.case(), stricter, ground, reason)
                    .map_err(|refusal| acting.refused(refusal))?;
                acting.command(changes, Command::Decide { answers }, reason)?;
            }
            let case = changes.case().clone();
            let card = || counted.named().map_err(|refusal| acting.refused(refusal));
            for longer in longer {
                let (card, at) = (card()?, changes.at());
                let draft = longer.draft(&case, card.as_ref(), at, changes.random());
                let draft = draft.map_err(|refusal| acting.refused(refusal))?;
                let command = Command::DraftMandate {
                    mandate: draft.mandate,
                    text: draft.text,
                    parts: draft.parts,
                    answers: draft.answers,
                };
                acting.command(changes, command, "for two signatures")?;
            }
            let to = desk.seals_to(&case, authorities, changes.at())?;
            if let Some(recipient) = to.filter(|_| to_be_carried_out(&case).next().is_some()) {
                let recipient = recipient.map_err(|refusal| acting.refused(refusal))?;
                served(&case, &desk.inner.config.agents)
                    .map_err(|refusal| acting.refused(refusal))?;
                let at = changes.at();
                let around = desk.directory()?;
                let around = |region: &Region| around.seconds_around(region);
                let until = desk.waits_until(&case, at)?;
                let card = card()?;
                let drafts = draft(
                    id,
                    &case,
                    &recipient,
                    card.as_ref(),
                    &around,
                    at,
                    until,
                    changes.random(),
                )
                .map_err(|refusal| acting.refused(refusal))?;
                for draft in drafts {
                    let command = Command::DraftMandate {
                        mandate: draft.mandate,
                        text: draft.text,
                        parts: draft.parts,
                        answers: draft.answers,
                    };
                    acting.command(changes, command, "for two signatures")?;
                }
            }
            let case = changes.case();
            Ok(Decided {
                case: id.clone(),
                answers: case.answers.clone(),
                in_part: case
                    .answered_parts()
                    .filter(|(part, answer)| answer.is_in_part(part))
                    .map(|(_, answer)| answer.part + 1)
                    .collect(),
                waiting: case.waiting().map(|part| part + 1).collect(),
                mandates: unsigned(case),
                lapsed,
                news,
            })
        })
    }
}

/// The mandates that are not released and can still be.
fn unsigned(case: &Case) -> Vec<Sha256Digest> {
    let open = |one: &MandateRecord| !one.is_lapsed() && !one.is_released();
    let open = case.mandates.iter().filter(|(_, one)| open(one));
    open.map(|(digest, _)| *digest).collect()
}

impl Desk {
    /// To whom what the case asks for is sealed. What is only preserved is sealed to nobody, and kept until the
    /// clocks of the law say; where none says so, no mandate says it, and the data operator keeps it by hand.
    fn seals_to(
        &self,
        case: &Case,
        known: &Authorities,
        at: Timestamp,
    ) -> Result<Option<Result<SealedTo, Refusal>>, CommandError> {
        if case.only_preserves() {
            let until = self.keep_until(case, at)?;
            return Ok(until.map(|until| Ok(SealedTo::Vault(KeptIn::until(until)))));
        }
        Ok(Some(recipient(case, known)))
    }

    /// Whether the law says today of these parts what was found of them, on the facts as they are
    /// today.
    fn still_says(
        &self,
        id: &CaseId,
        case: &Case,
        parts: &[usize],
        today: Date,
        now: Timestamp,
    ) -> Result<(), CommandError> {
        let Some(before) = case.assessment.as_ref().filter(|_| !parts.is_empty()) else {
            return Ok(());
        };
        let law = law_of(self.law()?, today)?;
        let found = self
            .found(case, &law, now)
            .map_err(|error| in_case(id, error))?;
        let refused = |refusal| CommandError::Refused {
            case: id.clone(),
            refusal,
        };
        let places = |found: &Assessment| -> Vec<_> {
            let parts = found.parts.iter();
            parts.map(|part| part.holding.clone()).collect()
        };
        if places(before) != places(&found) {
            return Err(refused(Refusal::HoldingsChanged));
        }
        for &part in parts {
            let (was, now) = (&before.parts[part].finding, &found.parts[part].finding);
            if was.disposition != now.disposition || was.within != now.within {
                return Err(refused(Refusal::LawChanged {
                    part,
                    was: was.disposition,
                    now: now.disposition,
                }));
            }
        }
        Ok(())
    }
}

/// Whether something is to leave of a part of which counsel had said that nothing does.
fn takes_back(changes: &Changes<'_>, given: &[(usize, Disposition)]) -> bool {
    let before = &changes.case().answers;
    let laxer = |(part, now): &&(usize, Disposition)| {
        let refused = |one: &Answer| one.part == *part && !one.disposition.is_granted();
        now.is_granted() && before.iter().any(refused)
    };
    let by_counsel = |(part, _): &(usize, Disposition)| {
        let answers = |answer: &Answer| answer.part == *part && !answer.disposition.is_granted();
        let mut decided = changes
            .events()
            .iter()
            .rev()
            .filter_map(|event| match &event.what {
                EventKind::Decided { answers: all } if all.iter().any(answers) => {
                    Some(&event.actor)
                }
                _ => None,
            });
        decided.next().is_some_and(lagrum_model::Actor::is_counsel)
    };
    given.iter().filter(laxer).any(by_counsel)
}

/// The law's answers, or the stricter ones. What is released is decided; what waits has no answer,
/// unless somebody is stricter.
fn answers(
    case: &Case,
    stricter: &[(usize, Disposition)],
    ground: Option<FormReason>,
    reason: &str,
) -> Result<Vec<Answer>, Refusal> {
    let assessment = case.assessment.as_ref().ok_or(Refusal::NotAssessed)?;
    let parts = assessment.parts.len();
    if let Some(&(part, _)) = stricter.iter().find(|(part, _)| *part >= parts) {
        return Err(Refusal::NoSuchPart { part, parts });
    }
    let form = grounds(case, assessment, stricter, ground)?;
    let answers = assessment
        .parts
        .iter()
        .enumerate()
        .filter_map(|(part, found)| {
            let other = stricter.iter().find(|(number, _)| *number == part);
            let proposed = found.finding.proposed();
            let waits = proposed == Disposition::Wait || case.is_looked_up(part);
            let before = case.answer_of(part);
            let stays = |one: &&Answer| {
                other.is_none()
                    && one.disposition != proposed
                    && !one.disposition.is_laxer_than(proposed)
            };
            if let Some(before) = before.filter(stays).filter(|_| !case.is_fixed(part)) {
                return Some(before.clone());
            }
            let waits_again = waits && other.is_some_and(|(_, now)| *now == Disposition::Wait);
            if waits_again || other.is_none() && (case.is_fixed(part) || waits) {
                return None;
            }
            Some(Answer {
                part,
                disposition: other.map_or(proposed, |(_, disposition)| *disposition),
                reason: reason_for(found, other.is_some(), reason),
                form: form.filter(|_| other.is_some_and(|(_, answer)| may_be_told_with(*answer))),
            })
        });
    Ok(answers.collect())
}

/// Whether an answer can be told with the form of Annex III.
fn may_be_told_with(answer: Disposition) -> bool {
    !answer.is_granted() && answer != Disposition::Wait
}

/// The form on the ground that the person names: only of a certificate a part is refused with it, and no part of
/// one is refused without, unless the law has the form of it.
fn grounds(
    case: &Case,
    assessment: &Assessment,
    stricter: &[(usize, Disposition)],
    ground: Option<FormReason>,
) -> Result<Option<Form>, Refusal> {
    let basis = case.basis().ok_or(Refusal::NotDescribed)?;
    match ground {
        Some(ground) => {
            let form = Form::of(ground, &basis.instrument);
            let asked = stricter.iter().any(|(_, answer)| may_be_told_with(*answer));
            form.filter(|_| asked)
                .map(Some)
                .ok_or(Refusal::GroundNotAsked)
        }
        None if basis.instrument.kind.is_certificate() => {
            let refused =
                |answer: Disposition| matches!(answer, Disposition::Reject | Disposition::Narrow);
            let without = stricter.iter().find(|(part, answer)| {
                refused(*answer) && assessment.parts[*part].finding.form.is_none()
            });
            match without {
                Some(&(part, _)) => Err(Refusal::GroundMissing { part }),
                None => Ok(None),
            }
        }
        None => Ok(None),
    }
}

/// A case as it would stand if each part that is open got the answer that the law proposes.
#[must_use]
pub fn as_proposed(case: &Case) -> Case {
    let mut then = case.clone();
    for answer in answers(case, &[], None, "").unwrap_or_default() {
        then.answers.retain(|one| one.part != answer.part);
        then.answers.push(answer);
    }
    then.answers.sort_by_key(|answer| answer.part);
    then
}

/// Why a part gets its answer: the deciding rules' words, or the person's.
fn reason_for(part: &Part, by_person: bool, reason: &str) -> String {
    if by_person || part.finding.decided_by.is_empty() {
        return reason.to_owned();
    }
    let rules = part
        .finding
        .decided_by
        .iter()
        .map(|rule| format!("{} ({})", rule.says, rule.cite));
    rules.collect::<Vec<_>>().join(" ")
}

/// Whether an agent serves each region where something is to be carried out. A mandate that nobody
/// fetches would wait for ever.
fn served(case: &Case, agents: &[AgentContact]) -> Result<(), Refusal> {
    let parts = case
        .assessment
        .iter()
        .flat_map(|assessment| &assessment.parts);
    let parts: Vec<_> = parts.collect();
    for answer in to_be_carried_out(case) {
        let part = parts.get(answer.part);
        let Some(holding) = part.and_then(|part| part.holding.as_ref()) else {
            continue;
        };
        let region = &holding.region;
        if !agents.iter().any(|agent| agent.region == *region) {
            let region = region.clone();
            return Err(Refusal::NoAgent { region });
        }
    }
    Ok(())
}

/// To whom the answer is sealed. A key that was exchanged through a checked channel counts before
/// one that stands in the demand, and must not contradict it.
fn recipient(case: &Case, known: &Authorities) -> Result<SealedTo, Refusal> {
    let demand = case.demand.as_ref().ok_or(Refusal::NotDescribed)?;
    let known = known.find(&demand.authority.name, demand.authority.country);
    let checked = known.and_then(|authority| authority.recipient_key.as_ref());
    match (checked, &demand.recipient) {
        (Some(key), Some(asked)) if *key != asked.key => Err(Refusal::RecipientKeyDiffers),
        (Some(key), asked) => {
            let name = asked
                .as_ref()
                .map_or(&demand.authority.name, |asked| &asked.name)
                .clone();
            let key = key.clone();
            Ok(Recipient { name, key }.into())
        }
        (None, Some(asked)) => Ok(asked.clone().into()),
        // Who has no key at all may be told a passphrase, if that was agreed upon.
        (None, None) => known
            .and_then(KnownAuthority::told)
            .map(SealedTo::Passphrase)
            .ok_or(Refusal::NoRecipientKey),
    }
}
