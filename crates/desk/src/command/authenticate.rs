use jiff::Timestamp;
use lagrum_access::Action;
use lagrum_model::{CallBack, CaseId, Command, Refusal, SenderWarning};
use serde::Serialize;

use crate::{CommandError, KnownAuthority, Session};

/// What a person found out about where a demand comes from.
#[derive(Clone, Copy, Debug)]
pub struct Genuine<'g> {
    /// Whether it comes from the authority.
    pub verified: bool,
    /// How that was found out.
    pub how: &'g str,
    /// Why it is genuine although the sender is not as the provider knows the authority.
    pub despite: Option<&'g str>,
}

/// What a call to the authority brought.
#[derive(Clone, Copy, Debug)]
pub struct Call<'c> {
    /// Who answered, as they gave their name.
    pub answered_by: &'c str,
    /// When (UTC); absent: just now.
    pub at: Option<Timestamp>,
    /// Whether they confirmed that the demand is theirs.
    pub confirmed: bool,
}

/// Who a demand says it comes from, held against the list of authorities.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Sender {
    /// The case.
    pub case: CaseId,
    /// The authority as the provider knows it, if its contact details were checked beforehand.
    pub known: Option<KnownAuthority>,
    /// What is not as the provider knows it.
    pub warnings: Vec<SenderWarning>,
}

/// That it was recorded.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Authenticated {
    /// The case.
    pub case: CaseId,
    /// Whether the demand is genuine.
    pub verified: bool,
    /// The authority as the provider knows it, if its contact details were checked beforehand.
    pub known: Option<KnownAuthority>,
    /// What about the sender is not as the provider knows it.
    pub warnings: Vec<SenderWarning>,
    /// Whether the authority confirmed it on the provider's number: nothing is granted before.
    pub called_back: bool,
}

impl Session<'_> {
    /// Who a demand says it comes from, the number to call, and what is not as it should be.
    ///
    /// # Errors
    /// When the case is not described, or the person may not read it.
    pub fn sender(&self, id: &CaseId) -> Result<Sender, CommandError> {
        let case = self.read_for(Action::ReadCase, id)?.case;
        let authorities = self.desk.authorities()?;
        let sender = authorities.sender_of(&case);
        let (known, warnings) = sender.ok_or_else(|| CommandError::Refused {
            case: id.clone(),
            refusal: Refusal::NotDescribed,
        })?;
        Ok(Sender {
            case: id.clone(),
            known: known.cloned(),
            warnings,
        })
    }

    /// Records a call to the authority that a demand names, on the number that the provider has of it:
    /// a number that stands in the demand is its sender's own.
    ///
    /// # Errors
    /// When the case is not described or closed, or the list of authorities has no number.
    pub fn call_back(&mut self, id: &CaseId, call: &Call<'_>) -> Result<Sender, CommandError> {
        let (desk, now) = (self.desk, self.time.now());
        let authorities = desk.authorities()?;
        self.change(Action::CallBack, id, &[], |changes, acting| {
            let sender = authorities.sender_of(changes.case());
            let (known, warnings) = sender.ok_or_else(|| acting.refused(Refusal::NotDescribed))?;
            let known = known.ok_or_else(|| acting.refused(Refusal::NoNumber))?;
            let at = call.at.unwrap_or(now);
            if at > now {
                return Err(acting.refused(Refusal::CalledInTheFuture { when: at }));
            }
            let command = Command::CallBack {
                call: CallBack {
                    number: known.telephone.clone(),
                    answered_by: call.answered_by.to_owned(),
                    at,
                    confirmed: call.confirmed,
                },
            };
            acting.command(changes, command, "the number of the list of authorities")?;
            Ok(Sender {
                case: id.clone(),
                known: Some(known.clone()),
                warnings,
            })
        })
    }

    /// Records whether a demand is genuine.
    ///
    /// # Errors
    /// When the case is not described, or decided already; when something about the sender is not as
    /// the provider knows the authority and nobody says why it is genuine all the same.
    pub fn authenticate(
        &mut self,
        id: &CaseId,
        genuine: &Genuine<'_>,
    ) -> Result<Authenticated, CommandError> {
        let desk = self.desk;
        let authorities = desk.authorities()?;
        self.change(Action::Authenticate, id, &[], |changes, acting| {
            let Genuine {
                verified,
                how,
                despite,
            } = *genuine;
            let case = changes.case();
            let (known, warnings) = authorities.sender_of(case).unwrap_or_default();
            let called_back = case.is_called_back();
            let command = Command::Authenticate {
                verified,
                how: how.to_owned(),
                warnings: warnings.clone(),
                despite: despite.map(str::to_owned),
            };
            acting.command(changes, command, how)?;
            Ok(Authenticated {
                case: id.clone(),
                verified,
                known: known.cloned(),
                warnings,
                called_back,
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
