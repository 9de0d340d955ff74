use lagrum_access::Action;
use lagrum_law::Clock;
use lagrum_model::{CaseId, Command, Duty, Refusal};
use serde::Serialize;

use crate::command::inquire::take_back;
use crate::lapse::lapse;
use crate::sequencer::recall;
use crate::{CommandError, News, Session};

/// What becomes of what still runs when a case is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StillRuns {
    /// A case in which something still runs is not closed.
    Refuse,
    /// It lives on: the case stays in the list, with the day on which something is due.
    LivesOn,
}

/// That a case is closed.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Closed {
    /// The case.
    pub case: CaseId,
    /// Whether nothing runs any more. If something does, it lives on.
    pub closed: bool,
    /// What lives on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub duties: Vec<Duty>,
    /// The clocks among it, as they stand now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub clocks: Vec<Clock>,
    /// What could not be fetched from the agents before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub news: Vec<News>,
}

impl Session<'_> {
    /// Ends a case; without a reason, because it is answered. Mandates that no agent carried out are taken
    /// back, so that none is carried out afterwards. A motion, an order of secrecy, data that is kept, a review
    /// that counsel owes: what still runs is never ended with it.
    ///
    /// # Errors
    /// When it is not answered, an agent still has a mandate of it and has not answered, something still runs
    /// and is not to live on, or no reason is given although nothing was handed over of what was to be.
    pub fn close(
        &mut self,
        id: &CaseId,
        reason: &str,
        still_runs: StillRuns,
    ) -> Result<Closed, CommandError> {
        self.may_ever(Action::Close)?;
        self.theirs(id)?;
        // What an agent answered before that counts.
        let news = self.collect_case(id)?;
        let (desk, now) = (self.desk, self.time.now());
        self.change(Action::Close, id, &[], |changes, acting| {
            // What ran out without an answer holds no case open.
            lapse(changes, acting, |one| {
                one.is_released() && one.not_produced.is_none()
            })?;
            let case = changes.case();
            let duties = desk.duties(case, now)?;
            let command = |duties| Command::Close { duties };
            // Whoever could not close it anyway is told that first.
            case.handle(&acting.actor, command(duties.clone()))
                .map_err(|refusal| acting.refused(refusal))?;
            if !duties.is_empty() && still_runs == StillRuns::Refuse {
                return Err(acting.refused(Refusal::DutiesRun { duties }));
            }
            // That nothing was handed over of what was to be is nobody's to pass over in silence.
            let reason = match reason.trim() {
                "" if !case.not_handed_over().is_empty() => {
                    return Err(acting.refused(Refusal::Empty { field: "reason" }));
                }
                "" => "answered",
                given => given,
            };
            let clocks = match duties.is_empty() {
                true => Vec::new(),
                false => desk.outliving(case, now)?,
            };
            acting.command(changes, command(duties.clone()), reason)?;
            recall(changes, |_, _| true)?;
            take_back(changes, None)?;
            Ok(Closed {
                case: id.clone(),
                closed: duties.is_empty(),
                duties,
                clocks,
                news,
            })
        })
    }

    /// Takes a closed case up again. What was answered stays as it was answered.
    ///
    /// # Errors
    /// When no reason is given, or the person may not.
    pub fn reopen(&mut self, id: &CaseId, reason: &str) -> Result<(), CommandError> {
        self.change(Action::Reopen, id, &[], |changes, acting| {
            if reason.trim().is_empty() {
                return Err(acting.refused(Refusal::Empty { field: "reason" }));
            }
            acting.command(changes, Command::Reopen, reason)
        })
    }
}
