//! The stages of a challenge, and how each stands in a case.

use lagrum_model::{Case, Challenge, InstrumentKind, Moment};

/// One stage: what reaches it, and which one has to be reached before.
pub(super) struct Stage {
    pub(super) name: &'static str,
    pub(super) moments: &'static [Moment],
    after: &'static [&'static str],
}

const fn stage(
    name: &'static str,
    moments: &'static [Moment],
    after: &'static [&'static str],
) -> Stage {
    Stage {
        name,
        moments,
        after,
    }
}

/// Before a court: a motion or a request for review, a hearing, a ruling, an appeal.
static COURT: &[Stage] = &[
    stage("filed", &[Moment::Objected, Moment::CourtReviewAsked], &[]),
    stage("heard", &[Moment::Heard], &["filed"]),
    stage("ruled", &[Moment::CourtRuled], &["filed"]),
    stage("appealed", &[Moment::Appealed], &["ruled"]),
    stage("appeal-decided", &[Moment::AppealDecided], &["appealed"]),
];

/// The objection of Article 17 of Regulation (EU) 2023/1543: to the issuing authority, which asks its court.
static OBJECTION: &[Stage] = &[
    stage("objected", &[Moment::Objected], &[]),
    stage("review", &[Moment::ReviewStarted], &["objected"]),
    stage("heard", &[Moment::Heard], &["review"]),
    stage("review-ended", &[Moment::ReviewEnded], &["review"]),
    stage("appealed", &[Moment::Appealed], &["review-ended"]),
    stage("appeal-decided", &[Moment::AppealDecided], &["appealed"]),
];

/// Others who join have no place in the order.
pub(super) static SUPPORTERS: Stage = stage("supporters", &[Moment::SupportersJoined], &[]);

pub(super) fn stages(case: &Case) -> &'static [Stage] {
    let kind = case.demand.as_ref().map(|demand| demand.instrument.kind);
    match kind {
        Some(
            InstrumentKind::EuropeanProductionOrder | InstrumentKind::EuropeanPreservationOrder,
        ) => OBJECTION,
        _ => COURT,
    }
}

/// How a stage stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    Done,
    /// It is what comes next.
    Now,
    /// It can be recorded, and need not come.
    Possible,
    NotYet,
}

impl Stage {
    pub(super) fn is_done(&self, case: &Case) -> bool {
        let happened = |what: &Moment| case.moments.first(*what).is_some();
        self.moments.iter().any(happened)
    }

    /// Whether reaching it is a ruling.
    pub(super) fn is_a_ruling(&self) -> bool {
        self.moments.iter().all(|what| what.is_a_ruling())
    }

    /// Whether the authority is told of it: of a ruling, and that it was appealed.
    pub(super) fn tells_of_a_ruling(&self) -> bool {
        self.is_a_ruling() || self.moments.contains(&Moment::Appealed)
    }

    fn can_start(&self, case: &Case, all: &[Self]) -> bool {
        let reached = |name: &&str| {
            let found = all.iter().find(|one| one.name == *name);
            found.is_some_and(|one| one.is_done(case))
        };
        self.after.iter().all(reached)
    }
}

pub(super) fn stands(case: &Case, all: &[Stage]) -> Vec<Stands> {
    let over = case.challenge_stands() == Some(Challenge::Withdrawn);
    let mut next = !over;
    let last_done = all.iter().rposition(|one| one.is_done(case));
    let mut found = Vec::new();
    for (place, one) in all.iter().enumerate() {
        let is_done = one.is_done(case);
        let can = one.can_start(case, all) && !over;
        found.push(match (is_done, can) {
            (true, _) => Stands::Done,
            (false, false) => Stands::NotYet,
            // A hearing that nobody held before the ruling comes no more.
            (false, true) if last_done.is_some_and(|last| place < last) => Stands::Possible,
            (false, true) if next => {
                next = false;
                Stands::Now
            }
            (false, true) => Stands::Possible,
        });
    }
    found
}

/// The stage of this name, if this case can have it now.
pub(super) fn named(case: &Case, name: &str) -> Option<&'static Stage> {
    if name == SUPPORTERS.name {
        return Some(&SUPPORTERS);
    }
    let all = stages(case);
    let found = all.iter().find(|one| one.name == name)?;
    let open = found.is_done(case) || found.can_start(case, all);
    open.then_some(found)
}
