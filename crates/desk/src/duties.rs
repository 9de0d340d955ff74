//! What still runs when a case is answered.

use std::collections::BTreeSet;

use jiff::Timestamp;
use lagrum_law::{Clock, ClockKind, ClockRule, ClockState, Party, first_due};
use lagrum_mandate::Mandate;
use lagrum_model::{Case, Disposition, Duty, Moment, Sha256Digest};

use crate::{CommandError, Desk};

impl Desk {
    /// What of a case still has to be done, watched or kept at `at` (UTC), although every part is
    /// answered.
    ///
    /// # Errors
    /// When the law packs cannot be used.
    pub(crate) fn duties(&self, case: &Case, at: Timestamp) -> Result<Vec<Duty>, CommandError> {
        let clocks = self.outliving(case, at)?;
        let mut duties: Vec<_> = clocks
            .into_iter()
            .map(|clock| Duty::Clock { id: clock.id })
            .collect();
        duties.extend(unreviewed(case).map(|mandate| Duty::Review { mandate }));
        duties.extend(case.own_duties());
        Ok(duties)
    }

    /// The clocks of a case that go on when it is answered.
    pub(crate) fn outliving(&self, case: &Case, at: Timestamp) -> Result<Vec<Clock>, CommandError> {
        let clocks = self.clocks(case, at)?;
        let rules = self.law()?.clocks().rules();
        let outlives = |clock: &Clock| {
            let rule = rules.iter().find(|rule| rule.id == clock.id);
            rule.is_some_and(|rule| outlives(rule, clock, case))
        };
        Ok(clocks.into_iter().filter(outlives).collect())
    }
}

/// Whether a clock goes on when every part of the case is answered.
fn outlives(rule: &ClockRule, clock: &Clock, case: &Case) -> bool {
    let late = rule.kind == ClockKind::ActBy && rule.party == Party::Provider;
    let open = match clock.state {
        ClockState::Running | ClockState::Paused => true,
        ClockState::Passed => late,
        ClockState::OpenEnded { .. } => rule.kind == ClockKind::KeepUntil,
        ClockState::Done { .. } | ClockState::Released { .. } => false,
    };
    // What ends by answering is over: a case is not closed before it is answered.
    let ends = rule.kind != ClockKind::KeepUntil && rule.stops.contains(&Moment::Produced);
    if !open || ends {
        return false;
    }
    let all = case.answers.iter().map(|answer| answer.disposition);
    let granted = all.clone().any(Disposition::is_granted);
    let kept = all.clone().any(|answer| answer == Disposition::Preserve);
    let refused = all.clone().any(|answer| !answer.is_granted());
    match (rule.kind, rule.party) {
        // Nobody keeps what was not frozen.
        (ClockKind::KeepUntil, _) => kept,
        // Who complied with everything has nothing to bring before a court.
        (ClockKind::ClaimBy, Party::Provider) => refused,
        (_, Party::Provider | Party::AccountHolder | Party::Court) => true,
        // What others still owe matters where something was handed over or frozen for them.
        (_, Party::Authority | Party::EnforcingAuthority) => granted && !rule.stops.is_empty(),
    }
}

/// The mandates whose search withheld something about which counsel's decisions were not carried out.
fn unreviewed(case: &Case) -> impl Iterator<Item = Sha256Digest> {
    let reviewed: BTreeSet<_> = case
        .mandates
        .values()
        .filter(|one| one.produced.is_some())
        .filter_map(|one| Some(Mandate::parse(&one.text).ok()?.review?.of))
        .collect();
    case.mandates
        .iter()
        .filter(|(_, one)| one.produced.is_some_and(|made| made.for_review > 0))
        .map(|(mandate, _)| *mandate)
        .filter(move |mandate| !reviewed.contains(mandate))
}

/// What is due first of the clocks of a case that only duties keep in the list: what the provider has
/// to see to, or else whatever ends first.
pub(crate) fn due_first(clocks: &[Clock]) -> Option<&Clock> {
    let ends = |clock: &&Clock| clock.operative.is_some();
    first_due(clocks).or_else(|| {
        clocks
            .iter()
            .filter(ends)
            .min_by_key(|clock| (clock.operative, clock.id.as_str()))
    })
}
