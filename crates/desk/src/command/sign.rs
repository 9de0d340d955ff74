use lagrum_access::Action;
use lagrum_mandate::{Mandate, Person, Roster};
use lagrum_model::{Approval, Case, CaseId, Command, Event, Refusal, Role, Sha256Digest};
use lagrum_notes::{VerifyingKey, assemble, claimed_key, role, verify_note};
use lagrum_store::Changes;
use serde::Serialize;

use crate::sequencer::{recorded_mandate, release};
use crate::session::{Acting, not_compared};
use crate::{CommandError, Desk, Session};

/// A mandate that waits for a signature: its exact text, and what it carries out.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct ToSign {
    /// SHA-256 of the text.
    pub mandate: Sha256Digest,
    /// The exact text that is signed.
    pub text: String,
    /// The parts of the assessment that it carries out, counted from 0.
    pub parts: Vec<usize>,
    /// Who signed so far.
    pub signed_by: Vec<String>,
}

/// What a signature did.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Signed {
    /// The case.
    pub case: CaseId,
    /// Who signed.
    pub signer: String,
    /// In which role.
    pub role: Role,
    /// The mandates that were signed.
    pub signed: Vec<Sha256Digest>,
    /// Whether every mandate of the case now bears two signatures and is released.
    pub released: bool,
}

impl Session<'_> {
    /// The mandates of a case that wait for a signature.
    ///
    /// # Errors
    /// [`Refusal::NothingToSign`] when there is none; when the person may not see it.
    pub fn to_sign(&self, id: &CaseId) -> Result<Vec<ToSign>, CommandError> {
        let read = self.read_for(Action::ExportToSign, id)?;
        if let Some(why) = read.uncompared {
            return Err(not_compared(id, &why));
        }
        let waiting = waiting(&read.case);
        if waiting.is_empty() {
            return Err(CommandError::Refused {
                case: id.clone(),
                refusal: Refusal::NothingToSign,
            });
        }
        Ok(waiting)
    }

    /// The events of a case, for the page that is read before signing.
    ///
    /// # Errors
    /// When the person may not see it.
    pub fn events_to_sign(&self, id: &CaseId) -> Result<Vec<Event>, CommandError> {
        let read = self.read_for(Action::ExportToSign, id)?;
        Ok(read.events)
    }

    /// Adds a person's signature to a mandate: the line of a signed note over its exact text. It is
    /// verified here against the roster. The second signature releases the mandate.
    ///
    /// Adding the same signature again changes nothing.
    ///
    /// In the release model: `Sign`.
    ///
    /// # Errors
    /// When the signature does not fit, nobody on the roster made it, or the mandate is not open.
    pub fn add_signatures(
        &mut self,
        id: &CaseId,
        lines: &[(Sha256Digest, String)],
    ) -> Result<Signed, CommandError> {
        let desk = self.desk.clone();
        let by = self.by.clone();
        self.change(Action::AddSignature, id, &[], |changes, acting| {
            acting.compared(changes.uncompared())?;
            let mut signed = Vec::new();
            let mut signer: Option<(String, Role)> = None;
            for (digest, line) in lines {
                let person = add(changes, acting, &desk, digest, line)?;
                // A person who brings the own signature signs; whoever brings another's only carries.
                if person.0 == by.name() {
                    let action = match person.1 {
                        Role::Counsel => Action::SignAsCounsel,
                        _ => Action::Sign,
                    };
                    desk.permit(&by, action, id, changes.case())?;
                }
                signed.push(*digest);
                signer = Some(person);
            }
            let (signer, role) = signer.ok_or_else(|| acting.refused(Refusal::NothingToSign))?;
            Ok(Signed {
                case: id.clone(),
                signer,
                role,
                signed,
                released: changes
                    .case()
                    .mandates
                    .values()
                    .all(|one| one.is_released()),
            })
        })
    }
}

/// The mandates of a case that wait for a signature.
fn waiting(case: &Case) -> Vec<ToSign> {
    let open = case.mandates.iter().filter(|(_, one)| !one.is_released());
    open.map(|(digest, one)| ToSign {
        mandate: *digest,
        text: one.text.clone(),
        parts: one.parts.clone(),
        signed_by: one.approvals.iter().map(signer_of).collect(),
    })
    .collect()
}

fn signer_of(approval: &Approval) -> String {
    approval.signer.clone()
}

/// Adds one signature, and releases the mandate if it is the second.
fn add(
    changes: &mut Changes<'_>,
    acting: &Acting<'_>,
    desk: &Desk,
    digest: &Sha256Digest,
    line: &str,
) -> Result<(String, Role), CommandError> {
    let roster = desk.roster()?;
    let found = changes.case().mandates.get(digest);
    let text = found
        .map(|found| found.text.clone())
        .ok_or_else(|| acting.refused(Refusal::NoSuchMandate { mandate: *digest }))?;
    let keys: Vec<&VerifyingKey<role::Person>> =
        roster.people().iter().map(|person| &person.key).collect();
    let note = assemble(&text, &[line]);
    let holder = verify_note(note.as_bytes(), &keys)
        .ok()
        .and_then(|(_, by)| by.first().and_then(|key| roster.holder_of(key)));
    let holder = holder.ok_or_else(|| {
        acting.refused(match roster.named_on(line) {
            Some(_) => Refusal::SignatureInvalid,
            None => Refusal::NotOnRoster {
                key: claimed_key(line).to_owned(),
            },
        })
    })?;
    // Who signs for a case works for its group: whatever the roster says, which knows no groups.
    let group = desk.group_of(changes.case())?;
    if group.is_some() && !desk.signs_for(&holder.name, holder.role, group)? {
        let id = holder.id.clone();
        return Err(acting.refused(Refusal::OfAnotherGroup { id }));
    }
    let mandate = recorded_mandate(&text)?;
    let released = found.is_some_and(|found| found.is_released());
    if !released && mandate.expires_at <= changes.at() {
        let at = mandate.expires_at;
        return Err(acting.refused(Refusal::MandateExpired { at }));
    }
    let before = found.map_or(&[][..], |found| &found.approvals);
    if !released && refused_by_agent(desk, roster, &mandate, before, holder) {
        let own = roster.people().iter().filter(|person| person.own_machine);
        return Err(acting.refused(Refusal::NoOwnMachineSigned {
            region: mandate.region,
            people: own.map(|person| person.name.clone()).collect(),
        }));
    }
    let approve = Command::Approve {
        mandate: *digest,
        signer: holder.name.clone(),
        role: holder.role,
        signature: line.to_owned(),
    };
    acting.command(changes, approve, "signed")?;
    // The rule of two, one of them counsel, is the case's own: ask it.
    let command = Command::Mandate { mandate: *digest };
    let possible = changes.case().handle(&acting.actor, command.clone());
    if possible.is_ok_and(|events| !events.is_empty()) {
        acting.command(changes, command, "two people signed, one of them counsel")?;
        changes.send(release(digest, &mandate));
    }
    Ok((holder.name.clone(), holder.role))
}

/// Whether with this signature the agent could only refuse the mandate, because none was made on its
/// holder's own machine: it would be the last one, or nobody who has such a key is left to sign. What the
/// agent asks for it says itself; of one that was not heard of it is taken that it asks for what it asks by
/// default.
fn refused_by_agent(
    desk: &Desk,
    roster: &Roster,
    mandate: &Mandate,
    before: &[Approval],
    holder: &Person,
) -> bool {
    let signers = before
        .iter()
        .filter_map(|one| roster.named_on(&one.signature));
    let signers: Vec<_> = signers.chain([holder]).collect();
    if signers.iter().any(|one| one.own_machine) {
        return false;
    }
    let last = signers.iter().any(|one| one.id != holder.id)
        && signers.iter().any(|one| one.role == Role::Counsel);
    let left = roster
        .people()
        .iter()
        .any(|person| person.own_machine && signers.iter().all(|signer| signer.id != person.id));
    if !last && left {
        return false;
    }
    let said = desk.inner.transport.beat(&mandate.region).ok().flatten();
    said.map_or_else(|| roster.has_own_machine(), |beat| beat.own_machine)
}
