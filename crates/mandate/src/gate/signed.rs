//! The first check: who signed.

use lagrum_model::Role;
use lagrum_notes::verify_note;

use super::refused::Refused;
use crate::{Mandate, Roster};

/// 1. Two valid signatures of two different people from the roster, one of them counsel, and (if
///    `own_machine`) one of them made with a key that lies on its holder's own machine. Gives the
///    text that they signed.
///
/// # Errors
/// [`Refused::Signatures`].
pub fn two_people_signed(
    roster: &Roster,
    own_machine: bool,
    note: &[u8],
) -> Result<String, Refused> {
    let refused = |why: String| Refused::Signatures(why);
    let keys: Vec<_> = roster.people().iter().map(|person| &person.key).collect();
    let (text, signed_by) = verify_note(note, &keys).map_err(|e| refused(e.to_string()))?;
    let people: Vec<_> = signed_by
        .iter()
        .filter_map(|key| roster.holder_of(key))
        .collect();
    if !people
        .iter()
        .any(|one| people.iter().any(|other| one.id != other.id))
    {
        return Err(refused(format!(
            "{} of 2 people signed; a mandate needs two different people of this agent's roster",
            people.len().min(1)
        )));
    }
    if !people.iter().any(|person| person.role == Role::Counsel) {
        return Err(refused(
            "neither of the signers is counsel on this agent's roster".into(),
        ));
    }
    if own_machine && !people.iter().any(|person| person.own_machine) {
        return Err(refused(
            "neither key lies on its holder's own machine, by this agent's roster".into(),
        ));
    }
    Ok(text)
}

/// 1, for a mandate with counsel's decisions about what was withheld: the counsel who decided is one
///    of those who signed.
///
/// # Errors
/// [`Refused::Signatures`].
pub fn the_reviewer_signed(roster: &Roster, mandate: &Mandate, note: &[u8]) -> Result<(), Refused> {
    let Some(review) = &mandate.review else {
        return Ok(());
    };
    let keys = roster
        .people()
        .iter()
        .filter(|person| person.id == review.by && person.role == Role::Counsel);
    let keys: Vec<_> = keys.map(|person| &person.key).collect();
    verify_note(note, &keys).map(|_| ()).map_err(|_| {
        Refused::Signatures(format!(
            "{} decided about what was withheld, and is not counsel on this roster or did not sign",
            review.by
        ))
    })
}
