use lagrum_access::Action;
use lagrum_model::{CaseId, Command};
use serde::Serialize;

use crate::{CommandError, KnownAuthority, Session};

/// What a person found out about where a demand comes from.
#[derive(Clone, Copy, Debug)]
pub struct Genuine<'g> {
    /// Whether it comes from the authority.
    pub verified: bool,
    /// How that was found out.
    pub how: &'g str,
}

/// That it was recorded.
#[derive(Clone, Debug, Serialize)]
pub struct Authenticated {
    /// The case.
    pub case: CaseId,
    /// Whether the demand is genuine.
    pub verified: bool,
    /// The authority as the provider knows it, if its contact details were checked beforehand.
    pub known: Option<KnownAuthority>,
}

impl Session<'_> {
    /// Records whether a demand is genuine.
    ///
    /// # Errors
    /// When the case is not described, or decided already.
    pub fn authenticate(
        &mut self,
        id: &CaseId,
        genuine: &Genuine<'_>,
    ) -> Result<Authenticated, CommandError> {
        let authorities = self.desk.authorities()?;
        self.change(Action::Authenticate, id, &[], |changes, acting| {
            let Genuine { verified, how } = *genuine;
            let command = Command::Authenticate {
                verified,
                how: how.to_owned(),
            };
            acting.command(changes, command, how)?;
            let demand = changes.case().demand.as_ref();
            let known = demand.and_then(|demand| {
                authorities.find(&demand.authority.name, demand.authority.country)
            });
            Ok(Authenticated {
                case: id.clone(),
                verified,
                known: known.cloned(),
            })
        })
    }

    /// Records counsel's belief that a claimed danger is real, or disbelief, with the reason.
    ///
    /// # Errors
    /// When the person is not counsel, no danger is claimed, or the demand is decided already.
    pub fn judge_emergency(
        &mut self,
        id: &CaseId,
        believed: bool,
        why: &str,
    ) -> Result<(), CommandError> {
        self.change(Action::JudgeEmergency, id, &[], |changes, acting| {
            if why.trim().is_empty() {
                return Err(acting.refused(lagrum_model::Refusal::Empty { field: "why" }));
            }
            acting.command(changes, Command::JudgeEmergency { believed }, why)
        })
    }
}
