use jiff::Unit;
use lagrum_access::Action;
use lagrum_mandate::answer::SignedAnswer;
use lagrum_mandate::{Mandate, Nonce, ReviewNote};
use lagrum_model::{CaseId, Command, Refusal, Sha256Digest};
use lagrum_notes::{VerifyingKey, role};
use serde::Serialize;

use crate::lapse::{dead, lapse};
use crate::mandates::LIFE;
use crate::{CommandError, Session};

/// That counsel reviewed what an agent withheld: the mandate that carries the decisions out.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct ReviewTaken {
    /// The case.
    pub case: CaseId,
    /// The mandate, which waits for two signatures.
    pub mandate: Sha256Digest,
    /// The counsel who decided: one of those who have to sign, by the id on the agent's roster.
    pub by: String,
    /// How much is released.
    pub released: usize,
    /// How much is not handed over.
    pub refused: usize,
}

impl Session<'_> {
    /// Takes what counsel decided in the region (`lagrum agent review`) and drafts the mandate that
    /// carries it out: of the same scope as the one whose search withheld it, with the decisions in
    /// it. `note` is signed by the region's agent. Taking it again drafts nothing new.
    ///
    /// # Errors
    /// When no agent of the region signed it, or it is of no mandate of this case that was carried
    /// out.
    pub fn review(&mut self, id: &CaseId, note: &[u8]) -> Result<ReviewTaken, CommandError> {
        let agents = &self.desk.inner.config.agents;
        let keys: Vec<&VerifyingKey<role::Agent>> = agents.iter().map(|one| &one.key).collect();
        let read = ReviewNote::verify(note, &keys).ok().filter(|(note, by)| {
            let here = |one: &&crate::AgentContact| one.key == **by && one.region == note.region;
            agents.iter().any(|one| here(&one)) && note.review.is_complete().is_ok()
        });
        self.change(Action::Review, id, &[], |changes, acting| {
            let (note, _) = read.ok_or_else(|| acting.refused(Refusal::SignatureInvalid))?;
            let of = note.review.of;
            let case = changes.case();
            let made = case.mandates.get(&of).filter(|one| one.produced.is_some());
            let (Some(record), true) = (made, note.case == *id) else {
                return Err(acting.refused(Refusal::NoSuchMandate { mandate: of }));
            };
            let damaged = |e| CommandError::Damaged(format!("a drafted mandate: {e}"));
            let searched = Mandate::parse(&record.text).map_err(damaged)?;
            if searched.region != note.region {
                return Err(acting.refused(Refusal::NoSuchMandate { mandate: of }));
            }
            let now = changes.at();
            let drafted = case.mandates.iter().find(|(_, other)| {
                let mandate = Mandate::parse(&other.text);
                mandate.is_ok_and(|mandate| mandate.review.as_ref() == Some(&note.review))
                    && other.not_produced.is_none()
                    && matches!(dead(other, now), Ok(None))
                    && !other.is_lapsed()
            });
            let mandate = match drafted {
                Some((digest, _)) => *digest,
                None => {
                    let parts = record.parts.clone();
                    // One that nobody can carry out any more makes room for this.
                    lapse(changes, acting, |_| true)?;
                    let case = changes.case();
                    let basis = case
                        .basis()
                        .ok_or_else(|| acting.refused(Refusal::NotDescribed))?;
                    let at = changes.at();
                    let at = at.round(Unit::Second).unwrap_or(at);
                    let mut nonce = [0; 16];
                    changes.random().fill_bytes(&mut nonce);
                    let mandate = Mandate {
                        basis,
                        review: Some(note.review.clone()),
                        // Said in the package of the search.
                        answers: None,
                        issued_at: at,
                        expires_at: at + LIFE,
                        nonce: Nonce(nonce),
                        ..searched
                    };
                    let command = Command::DraftMandate {
                        mandate: mandate.digest(),
                        text: mandate.to_text(),
                        parts,
                        answers: None,
                    };
                    acting.command(changes, command, "counsel reviewed what was withheld")?;
                    mandate.digest()
                }
            };
            let items = &note.review.items;
            let released = items.iter().filter(|item| item.released.is_some()).count();
            Ok(ReviewTaken {
                case: id.clone(),
                mandate,
                by: note.review.by.clone(),
                released,
                refused: items.len() - released,
            })
        })
    }
}
