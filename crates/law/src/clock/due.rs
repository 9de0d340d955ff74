use lagrum_model::{Assessment, Disposition, Part};

use super::{Clock, ClockKind, ClockState, Party};

/// What the provider has to see to first, of the clocks of one demand. The one definition of "due
/// next": the list of cases, the page of a case and the memo all name this clock, so that nobody
/// reads a later deadline in one of them than in another.
///
/// Of the provider's duties ([`ClockKind::ActBy`]), rights ([`ClockKind::ClaimBy`]) and waiting
/// times ([`ClockKind::NotBefore`]) that are not done, it is the one whose operative instant is
/// the earliest. A suspended clock counts: its suspension can end any day. A duty that has passed
/// stays first until it is done, because nothing is more pressing than what is late. A right that
/// has passed is lost and can hide a duty no more than it can be used, so it is named only when
/// nothing else is open. How long data has to be kept ([`ClockKind::KeepUntil`]) asks for nothing
/// before its end and is named last.
///
/// What a store keeps for sorting is the clock's [`Clock::operative`] instant (UTC).
#[must_use]
pub fn first_due(clocks: &[Clock]) -> Option<&Clock> {
    let first = |wanted: fn(&Clock) -> bool| {
        clocks
            .iter()
            .filter(|clock| is_open(clock) && wanted(clock))
            // Of what falls on one instant, a duty before what only forbade until then.
            .min_by_key(|clock| {
                (
                    clock.operative,
                    clock.kind != ClockKind::ActBy,
                    clock.id.as_str(),
                )
            })
    };
    first(|clock| match clock.kind {
        ClockKind::ActBy | ClockKind::NotBefore => true,
        ClockKind::ClaimBy => clock.state != ClockState::Passed,
        ClockKind::ValidUntil | ClockKind::KeepUntil => false,
    })
    .or_else(|| first(|clock| clock.kind == ClockKind::ClaimBy))
    .or_else(|| first(|clock| clock.kind == ClockKind::KeepUntil))
}

/// What ends first of that which only runs to its end: the permit on which a demand rests, and nothing that
/// anybody has to do.
#[must_use]
pub fn first_end(clocks: &[Clock]) -> Option<&Clock> {
    clocks
        .iter()
        .filter(|clock| clock.kind == ClockKind::ValidUntil && still_runs(clock))
        .min_by_key(|clock| (clock.operative, clock.id.as_str()))
}

/// The clocks that run for a demand, once the law was applied to it: what is kept nowhere has no day
/// until which it is kept, and no authority has a right to have it kept longer. Everything else runs
/// whatever was found: also who is refused is answered in time.
#[must_use]
pub fn with_finding(mut clocks: Vec<Clock>, found: &Assessment) -> Vec<Clock> {
    let kept = |part: &Part| {
        !matches!(
            part.finding.disposition,
            Disposition::Reject
                | Disposition::Narrow
                | Disposition::Challenge
                | Disposition::RedirectToCustomer
                | Disposition::RedirectToTreatyChannel
                | Disposition::NoData
                | Disposition::NotLookedUp
        )
    };
    if !found.parts.iter().any(kept) {
        clocks.retain(|clock| {
            let keeps = clock.kind == ClockKind::KeepUntil && is_open(clock);
            let longer = clock.kind == ClockKind::ClaimBy
                && clock.party == Party::Authority
                && still_runs(clock);
            !keeps && !longer
        });
    }
    clocks
}

/// Whether it is the provider's and nothing has ended it.
fn is_open(clock: &Clock) -> bool {
    clock.party == Party::Provider && still_runs(clock)
}

/// Whether nothing has ended it, whoever it is for.
fn still_runs(clock: &Clock) -> bool {
    clock.operative.is_some()
        && matches!(
            clock.state,
            ClockState::Running | ClockState::Paused | ClockState::Passed
        )
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use lagrum_model::Moment;

    use super::*;

    fn clock(id: &str, kind: ClockKind, state: ClockState, second: i64) -> Clock {
        Clock {
            id: id.into(),
            kind,
            party: Party::Provider,
            started_by: Moment::Received,
            started_at: Timestamp::UNIX_EPOCH,
            due: vec![],
            operative: Some(Timestamp::from_second(second).unwrap()),
            state,
            paused: None,
            extensions: 0,
            remarks: vec![],
            cite: String::new(),
            says: String::new(),
            verified: String::new(),
        }
    }

    fn first(clocks: &[Clock]) -> Option<&str> {
        first_due(clocks).map(|clock| clock.id.as_str())
    }

    #[test]
    fn a_duty_that_has_passed_stays_first_until_it_is_done() {
        let mut clocks = [
            clock("soon", ClockKind::ActBy, ClockState::Running, 20),
            clock("late", ClockKind::ActBy, ClockState::Passed, 10),
        ];
        assert_eq!(first(&clocks), Some("late"));
        clocks[1].state = ClockState::Done {
            by: Moment::Produced,
            at: Timestamp::UNIX_EPOCH,
        };
        assert_eq!(first(&clocks), Some("soon"));
    }

    #[test]
    fn a_right_counts_like_a_duty_and_a_lost_one_hides_none() {
        let duty = clock("answer", ClockKind::ActBy, ClockState::Running, 20);
        let right = clock("motion", ClockKind::ClaimBy, ClockState::Paused, 10);
        assert_eq!(first(&[duty.clone(), right.clone()]), Some("motion"));
        let lost = Clock {
            state: ClockState::Passed,
            ..right
        };
        assert_eq!(first(&[duty, lost.clone()]), Some("answer"));
        assert_eq!(first(&[lost]), Some("motion"));
    }

    #[test]
    fn keeping_data_is_named_only_if_nothing_else_is_and_others_clocks_never() {
        let keep = clock("keep", ClockKind::KeepUntil, ClockState::Running, 1);
        let wait = clock("wait", ClockKind::NotBefore, ClockState::Running, 30);
        assert_eq!(first(&[keep.clone(), wait]), Some("wait"));
        assert_eq!(first(&[keep]), Some("keep"));
        let theirs = Clock {
            party: Party::Authority,
            ..clock("theirs", ClockKind::ActBy, ClockState::Running, 1)
        };
        let spent = clock("spent", ClockKind::ValidUntil, ClockState::Running, 1);
        assert_eq!(first(&[theirs, spent]), None);
    }
}
