use crate::gate::{Refused, two_people_signed};
use crate::{KnownRecipient, Roster};

/// The recipient that two people of `roster` made known in `note`, one of them counsel, as for a
/// mandate.
///
/// # Errors
/// [`Refused::Signatures`].
pub fn recipient_from_note(
    roster: &Roster,
    own_machine: bool,
    note: &[u8],
) -> Result<KnownRecipient, Refused> {
    let text = two_people_signed(roster, own_machine, note)?;
    KnownRecipient::parse(&text)
        .map_err(|e| Refused::Signatures(format!("two people signed something else: {e}")))
}
