use jiff::{SignedDuration, Timestamp};
use lagrum_model::{Demand, InstrumentKind, IssuerKind, Moment, Moments, Secrecy};

use super::data::Duty;
use super::{MayTell, NextStep, Notice, NoticeRule, Teller, Told, WaitsFor};
use crate::LawError;
use crate::clock::day_in_utc;

/// An order of secrecy that ends within this time ends soon. A month: long enough to ask, to get an
/// answer, and to move the court.
const SOON: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What notice depends on.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// The demand.
    pub demand: &'a Demand,
    /// What happened to it.
    pub moments: &'a Moments,
    /// Whether a person at the provider verified that it comes from its authority.
    pub verified: bool,
    /// Whether some of the data is kept for an enterprise customer, who is its controller.
    pub enterprise: bool,
}

/// The rules of secrecy and notice of all packs.
#[derive(Clone, Debug, Default)]
pub struct Notices {
    rules: Vec<NoticeRule>,
}

impl Notices {
    pub(crate) fn new(rules: Vec<NoticeRule>) -> Result<Self, LawError> {
        for (at, rule) in rules.iter().enumerate() {
            if rules.iter().skip(at + 1).any(|other| other.id == rule.id) {
                return Err(LawError::Facts {
                    path: format!("{}/notice.toml", rule.pack),
                    why: format!("notice `{}`: another one has the same `id`", rule.id),
                });
            }
        }
        Ok(Self { rules })
    }

    /// The rules, pack by pack.
    #[must_use]
    pub fn rules(&self) -> &[NoticeRule] {
        &self.rules
    }

    /// Who tells whom of a demand, as it stands at `now`: the account holder first, then the
    /// controller where a rule speaks of it. Where the demand names a prohibition, nobody is told
    /// before it ends, whatever a pack says.
    #[must_use]
    pub fn of(&self, situation: &Situation<'_>, now: Timestamp) -> Vec<Notice> {
        let day = day_in_utc(now);
        let strictest = |whom: Told| {
            self.rules
                .iter()
                .filter(|rule| rule.whom == whom && rule.in_force(day))
                .filter(|rule| rule.when.applies(situation.demand))
                .max_by_key(|rule| rule.may)
        };
        let told = |whom, rule: Option<&NoticeRule>| {
            let state = State::of(situation, whom, now);
            let may = rule.map_or(Duty::Unclear, |rule| rule.may);
            let (may_tell, next_step, next_by) = state.answer(may, rule, now);
            let text = |of: fn(&NoticeRule) -> &String| rule.map(of).cloned().unwrap_or_default();
            Notice {
                id: rule.map(|rule| rule.id.clone()),
                who: rule.map_or(Teller::Nobody, |rule| rule.who),
                whom,
                may_tell,
                next_step,
                next_by,
                cite: text(|rule| &rule.cite),
                says: text(|rule| &rule.says),
                verified: text(|rule| &rule.verified),
            }
        };
        let mut all = vec![told(Told::AccountHolder, strictest(Told::AccountHolder))];
        if situation.enterprise
            && let Some(rule) = strictest(Told::Controller)
        {
            all.push(told(Told::Controller, Some(rule)));
        }
        all
    }
}

/// The facts of a situation on which the answer depends, whatever the rule.
#[derive(Clone, Copy, Debug)]
pub(super) struct State<'a> {
    pub(super) verified: bool,
    /// A danger is claimed, and nobody recorded that it is over.
    pub(super) danger: bool,
    /// Something was handed over.
    pub(super) disclosed: bool,
    /// The provider told already.
    pub(super) told: bool,
    /// The authority told already.
    pub(super) authority_told: bool,
    pub(super) prohibition: Option<Prohibition<'a>>,
}

/// What forbids to tell.
#[derive(Clone, Copy, Debug)]
pub(super) enum Prohibition<'a> {
    /// An order of secrecy, or a clause that claims to be one, and who issued the instrument in which it stands.
    Secrecy(&'a Secrecy, IssuerKind),
    /// The authority asks the processor to refrain from telling the controller.
    Refrain,
}

type Answer = (MayTell, NextStep, Option<Timestamp>);

fn not_yet(waits_for: WaitsFor, until: Option<Timestamp>) -> MayTell {
    MayTell::NotYet { waits_for, until }
}

impl<'a> State<'a> {
    fn of(situation: &Situation<'a>, whom: Told, now: Timestamp) -> Self {
        let Situation {
            demand, moments, ..
        } = *situation;
        let did = |what| moments.first(what).is_some_and(|at| at <= now);
        let claimed = demand.emergency.is_some()
            || demand.instrument.kind == InstrumentKind::EmergencyRequest;
        let by = demand.instrument.issued_by.kind;
        let secrecy = demand.secrecy.as_ref();
        let secrecy = secrecy.map(|secrecy| Prohibition::Secrecy(secrecy, by));
        let prohibition = match whom {
            Told::AccountHolder => secrecy,
            Told::Controller => {
                let asked = demand.process.controller_is_told;
                let refrain = (asked == Some(false)).then_some(Prohibition::Refrain);
                // Who is expressly to be told is not whom a secrecy towards the account holder means.
                let secrecy = secrecy.filter(|_| asked != Some(true));
                refrain.or(secrecy)
            }
        };
        Self {
            verified: situation.verified,
            danger: claimed && !did(Moment::DangerOver),
            disclosed: did(Moment::Produced),
            told: did(whom.moment()),
            authority_told: did(Moment::CustomerTold),
            prohibition,
        }
    }

    /// The end of the prohibition that the demand names, if it is still to come.
    fn end(&self, now: Timestamp) -> Option<Timestamp> {
        match self.prohibition {
            Some(Prohibition::Secrecy(secrecy, _)) => secrecy.until.filter(|end| *end > now),
            _ => None,
        }
    }

    /// The answer by a rule that says `may`.
    pub(super) fn answer(&self, may: Duty, rule: Option<&NoticeRule>, now: Timestamp) -> Answer {
        let end = self.end(now);
        if !self.verified {
            let may_tell = match may {
                Duty::MustNot => MayTell::MustNot,
                _ => not_yet(WaitsFor::Verified, end),
            };
            return (may_tell, NextStep::Verify, None);
        }
        match may {
            Duty::MustNot => self.silent(now),
            Duty::Unclear => (not_yet(WaitsFor::Counsel, end), NextStep::AskCounsel, None),
            _ if self.danger => (
                not_yet(WaitsFor::DangerOver, end),
                NextStep::WaitForDanger,
                None,
            ),
            Duty::WithPermission => (
                not_yet(WaitsFor::Permission, end),
                NextStep::AskPermission,
                None,
            ),
            Duty::May | Duty::Must => self
                .prohibition
                .and_then(|stands| forbidden(stands, rule, now))
                .unwrap_or_else(|| self.free(may)),
        }
    }

    /// Nothing stands against telling.
    fn free(&self, may: Duty) -> Answer {
        let (may_tell, step) = match may {
            Duty::Must if self.disclosed => (MayTell::Must, NextStep::Tell),
            Duty::Must => (MayTell::Must, NextStep::TellWithEffect),
            _ => (MayTell::May, NextStep::Choose),
        };
        let step = if self.told { NextStep::Nothing } else { step };
        (may_tell, step, None)
    }

    /// The provider does not tell.
    fn silent(&self, now: Timestamp) -> Answer {
        let end = match self.prohibition {
            Some(Prohibition::Secrecy(secrecy, _)) => secrecy.until,
            _ => None,
        };
        let soon = now.saturating_add(SOON).unwrap_or(Timestamp::MAX);
        let step = if self.authority_told || end.is_some_and(|end| end <= soon) {
            NextStep::AskWhetherTold
        } else {
            NextStep::AuthorityTells
        };
        (MayTell::MustNot, step, end)
    }
}

/// The answer while a prohibition stands; none once it has ended.
fn forbidden(
    prohibition: Prohibition<'_>,
    rule: Option<&NoticeRule>,
    now: Timestamp,
) -> Option<Answer> {
    let (secrecy, by) = match prohibition {
        Prohibition::Refrain => return Some((MayTell::MustNot, NextStep::AskForEnd, None)),
        Prohibition::Secrecy(secrecy, by) => (secrecy, by),
    };
    let until = secrecy.until;
    if until.is_some_and(|end| end <= now) {
        return None;
    }
    // A prohibition that its own provision does not bear is obeyed until that is cleared up.
    let own = secrecy.issued_by.as_ref().map(|issuer| issuer.kind);
    let by_another = own.unwrap_or(by) != IssuerKind::Judge;
    let contest = rule.is_some_and(|rule| rule.contest);
    let doubtful = rule.is_some_and(|rule| {
        !rule.secrecy_reaches
            || rule.secrecy_by_judge && by_another
            || contest && !(secrecy.certified && secrecy.review_notice)
    });
    let may_tell = match until {
        Some(end) => not_yet(WaitsFor::Order, Some(end)),
        None => MayTell::MustNot,
    };
    let step = match until {
        _ if doubtful => NextStep::AskForBasis,
        None if contest => NextStep::AskForReview,
        None => NextStep::AskForEnd,
        Some(end) if end.duration_since(now) <= SOON => NextStep::AskForRenewal,
        Some(_) => NextStep::WaitForEnd,
    };
    Some((may_tell, step, until))
}
