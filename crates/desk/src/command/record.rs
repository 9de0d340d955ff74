use jiff::Timestamp;
use lagrum_access::Action;
use lagrum_law::Clock;
use lagrum_model::{Case, CaseId, Command, CounselOnly, Moment, Moments, Refusal, Ruling};
use serde::Serialize;

use crate::command::intake::attach;
use crate::sequencer::recall;
use crate::{CommandError, Intake, Session};

/// What was recorded, and what it does.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Recorded {
    /// The case.
    pub case: CaseId,
    /// All that is recorded to have happened to the demand.
    pub moments: Moments,
    /// The clocks as they stand now.
    pub clocks: Vec<Clock>,
    /// Whether the law has to be applied anew: what was found on other facts is void.
    pub assess_again: bool,
}

impl Session<'_> {
    /// Records something that happened to a demand and that starts, stops or suspends a clock, or
    /// changes what the law says of it. What was decided on other facts is then to be assessed anew;
    /// mandates that may not be carried out any more are taken back from the agents.
    ///
    /// # Errors
    /// When it lies in the future, contradicts what is recorded, or the case is closed.
    pub fn record(
        &mut self,
        id: &CaseId,
        happened: &[(Moment, Timestamp)],
        how: &str,
    ) -> Result<Recorded, CommandError> {
        self.record_with(id, happened, how, &[])
    }

    /// The same, with the papers that belong to it: the motion, the ruling. Either all is recorded, or nothing.
    ///
    /// # Errors
    /// As [`Session::record`]; when a paper is too large.
    pub fn record_with(
        &mut self,
        id: &CaseId,
        happened: &[(Moment, Timestamp)],
        how: &str,
        papers: &[Intake<'_>],
    ) -> Result<Recorded, CommandError> {
        self.record_ruling(id, happened, None, how, papers)
    }

    /// The same, where it is a ruling on a challenge: with how it went, and its number at the court. The authority
    /// is then owed a letter about it.
    ///
    /// # Errors
    /// As [`Session::record_with`]; [`Refusal::NoRuling`], where something else is recorded with it.
    pub fn record_ruling(
        &mut self,
        id: &CaseId,
        happened: &[(Moment, Timestamp)],
        ruling: Option<&Ruling>,
        how: &str,
        papers: &[Intake<'_>],
    ) -> Result<Recorded, CommandError> {
        let desk = self.desk;
        let now = self.time.now();
        for paper in papers {
            paper.check()?;
        }
        let bytes: Vec<_> = papers.iter().map(|paper| paper.bytes).collect();
        let by = self.by.clone();
        let (case, assess_again) =
            self.change(Action::RecordMilestone, id, &bytes, |changes, acting| {
                if how.trim().is_empty() {
                    return Err(acting.refused(Refusal::Empty { field: "known" }));
                }
                if !papers.is_empty() {
                    desk.permit(&by, Action::Intake, id, changes.case())?;
                }
                for paper in papers {
                    attach(changes, acting, paper)?;
                }
                let assessed = changes.case().assessment.is_some();
                for &(what, when) in happened {
                    if when > now && !what.may_lie_ahead() {
                        return Err(acting.refused(Refusal::InTheFuture { what, when }));
                    }
                    // What counsel alone says, no token of counsel says that is not for it.
                    if CounselOnly::of(what).is_some() && !by.is_for(Action::JudgeEmergency) {
                        desk.permit(&by, Action::JudgeEmergency, id, changes.case())?;
                    }
                    let ruling = ruling.cloned();
                    let command = Command::RecordMilestone { what, when, ruling };
                    acting.command(changes, command, how)?;
                }
                recall(changes, Case::is_barred)?;
                let case = changes.case().clone();
                let anew = assessed && case.assessment.is_none();
                Ok((case, anew))
            })?;
        Ok(Recorded {
            case: id.clone(),
            clocks: desk.clocks(&case, now)?,
            moments: case.moments,
            assess_again,
        })
    }
}
