use jiff::{SignedDuration, Timestamp};
use lagrum_model::{Demand, IssuerKind, Moment, Moments, Secrecy};

use super::data::May;
use super::{MayTell, NextStep, Notice, NoticeRule, Teller};
use crate::LawError;
use crate::clock::day_in_utc;

/// An order of secrecy that ends within this time ends soon. A month: long enough to ask, to get an
/// answer, and to move the court.
const SOON: SignedDuration = SignedDuration::from_hours(30 * 24);

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

    /// Who may tell the account holder of a demand, as it stands at `now`. Where the demand names a
    /// prohibition, the account holder is not told before it ends, whatever a pack says.
    #[must_use]
    pub fn of(&self, demand: &Demand, moments: &Moments, now: Timestamp) -> Notice {
        let day = day_in_utc(now);
        let strictest = self
            .rules
            .iter()
            .filter(|rule| rule.in_force(day) && rule.when.applies(demand))
            .max_by_key(|rule| rule.may);
        let secrecy = demand.secrecy.as_ref();
        let Some(rule) = strictest else {
            return Notice {
                id: None,
                who: Teller::Nobody,
                may_tell: MayTell::No {
                    until: secrecy
                        .and_then(|secrecy| secrecy.until)
                        .filter(|end| *end > now),
                },
                next_step: NextStep::AskCounsel,
                next_by: None,
                cite: String::new(),
                says: String::new(),
                verified: String::new(),
            };
        };
        let told = moments
            .first(Moment::CustomerTold)
            .is_some_and(|at| at <= now);
        let (may_tell, next_step, next_by) = match rule.may {
            May::No => silent(secrecy, told, now),
            May::WithPermission => (MayTell::No { until: None }, NextStep::AskPermission, None),
            May::Unclear => (MayTell::No { until: None }, NextStep::AskCounsel, None),
            May::UnlessOrdered => ordered(rule, secrecy, MayTell::Yes, now),
            May::MustUnlessOrdered => ordered(rule, secrecy, MayTell::Must, now),
        };
        Notice {
            id: Some(rule.id.clone()),
            who: rule.who,
            may_tell,
            next_step,
            next_by,
            cite: rule.cite.clone(),
            says: rule.says.clone(),
            verified: rule.verified.clone(),
        }
    }
}

type Answer = (MayTell, NextStep, Option<Timestamp>);

/// The authority tells; the provider does not.
fn silent(secrecy: Option<&Secrecy>, told: bool, now: Timestamp) -> Answer {
    let end = secrecy.and_then(|secrecy| secrecy.until);
    let step = match end {
        Some(end) if end <= now.saturating_add(SOON).unwrap_or(Timestamp::MAX) => {
            NextStep::AskWhetherTold
        }
        _ if told => NextStep::AskWhetherTold,
        _ => NextStep::AuthorityTells,
    };
    (MayTell::No { until: None }, step, end)
}

/// The provider tells, unless and until an order stands.
fn ordered(rule: &NoticeRule, secrecy: Option<&Secrecy>, free: MayTell, now: Timestamp) -> Answer {
    let Some(secrecy) = secrecy else {
        return (free, NextStep::Tell, None);
    };
    // A prohibition that its own provision does not bear is obeyed until that is cleared up.
    let by_another = secrecy
        .issued_by
        .as_ref()
        .is_some_and(|issuer| issuer.kind != IssuerKind::Judge);
    let doubtful = !rule.secrecy_reaches
        || rule.secrecy_by_judge && by_another
        || rule.contest && !(secrecy.certified && secrecy.review_notice);
    match secrecy.until {
        Some(end) if end <= now => (free, NextStep::Tell, None),
        until if doubtful => (MayTell::No { until }, NextStep::AskForBasis, until),
        None if rule.contest => (MayTell::No { until: None }, NextStep::AskForReview, None),
        None => (MayTell::No { until: None }, NextStep::AskForEnd, None),
        Some(end) => {
            let soon = end.duration_since(now) <= SOON;
            let step = if soon {
                NextStep::RenewalOrTell
            } else {
                NextStep::WaitAndTell
            };
            (MayTell::No { until: Some(end) }, step, Some(end))
        }
    }
}
