//! What still runs when a case is answered.

use jiff::Timestamp;
use lagrum_law::{
    Clock, ClockKind, ClockRule, ClockState, NextStep, Notice, Party, Teller, first_due,
};
use lagrum_mandate::unreviewed;
use lagrum_model::{Case, Disposition, Duty, MandateRecord, Moment};
use lagrum_store::Due;

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
        let notices = self.notices_outliving(case, at)?.into_iter();
        duties.extend(notices.filter_map(|notice| Some(Duty::Notice { id: notice.id? })));
        let open = |one| unreviewed(case, one, MandateRecord::is_carried_out) > 0;
        let withheld = case.mandates.iter().filter(|(_, one)| open(one));
        duties.extend(withheld.map(|(mandate, _)| Duty::Review { mandate: *mandate }));
        duties.extend(case.own_duties());
        Ok(duties)
    }

    /// What is still to be told, or still to be kept secret, when a case is answered.
    fn notices_outliving(&self, case: &Case, at: Timestamp) -> Result<Vec<Notice>, CommandError> {
        let disclosed = case.mandates.values().any(|one| one.produced.is_some());
        let lives_on = |notice: &Notice| match notice.next_step {
            // Who is to keep silent keeps silent of the demand, whatever became of it.
            NextStep::WaitForEnd | NextStep::AskForRenewal | NextStep::AskForEnd => true,
            NextStep::Tell | NextStep::TellWithEffect | NextStep::WaitForDanger => {
                disclosed && notice.who == Teller::Provider
            }
            _ => false,
        };
        let all = self.notices(case, at)?;
        Ok(all.into_iter().filter(lives_on).collect())
    }

    /// What is due first of a case that only duties keep in the list.
    ///
    /// # Errors
    /// When the law packs cannot be used.
    pub(crate) fn due_of_duties(
        &self,
        case: &Case,
        at: Timestamp,
    ) -> Result<Option<Due>, CommandError> {
        let clocks = self.outliving(case, at)?;
        if let Some(clock) = due_first(&clocks) {
            return Ok(due_of(clock));
        }
        let notices = self.notices_outliving(case, at)?;
        let ends = notices.into_iter().filter_map(|notice| {
            Some(Due {
                at: notice.next_by?,
                clock: notice.id?,
                kind: ClockKind::ValidUntil.as_str().to_owned(),
            })
        });
        Ok(ends.min_by_key(|due| due.at))
    }

    /// Until when what waits of a case waits at most (UTC), where that is known at `at`.
    ///
    /// # Errors
    /// When the law packs cannot be used.
    pub(crate) fn waits_until(
        &self,
        case: &Case,
        at: Timestamp,
    ) -> Result<Option<Timestamp>, CommandError> {
        let clocks = self.clocks(case, at)?;
        let waits = |clock: &&Clock| {
            clock.kind == ClockKind::NotBefore && clock.state == ClockState::Running
        };
        Ok(clocks
            .iter()
            .filter(waits)
            .filter_map(|one| one.operative)
            .max())
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
    // What had to be confirmed afterwards and was not is owed on: what was handed over rests on nothing.
    let confirms = |what: &Moment| {
        matches!(
            what,
            Moment::Validated | Moment::CourtDecided | Moment::ConfirmedInWriting
        )
    };
    let owed_on = match rule.party {
        Party::Provider => true,
        Party::Authority => rule.stops.iter().any(confirms),
        _ => false,
    };
    let late = rule.kind == ClockKind::ActBy && owed_on;
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

/// What a store keeps of the clock that is due first.
pub(crate) fn due_of(clock: &Clock) -> Option<Due> {
    Some(Due {
        at: clock.operative?,
        clock: clock.id.clone(),
        kind: clock.kind.as_str().to_owned(),
    })
}

/// What is due first of the clocks of a case that only duties keep in the list: what the provider has
/// to see to, or else whatever ends first.
fn due_first(clocks: &[Clock]) -> Option<&Clock> {
    let ends = |clock: &&Clock| clock.operative.is_some();
    first_due(clocks).or_else(|| {
        clocks
            .iter()
            .filter(ends)
            .min_by_key(|clock| (clock.operative, clock.id.as_str()))
    })
}
