use crate::gate::{Refused, two_people_signed};
use crate::{KnownNumber, KnownRecipient, Roster};

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

/// The telephone number of an authority that two people of `roster` made known in `note`, as
/// [`recipient_from_note`].
///
/// # Errors
/// [`Refused::Signatures`].
pub fn number_from_note(
    roster: &Roster,
    own_machine: bool,
    note: &[u8],
) -> Result<KnownNumber, Refused> {
    let text = two_people_signed(roster, own_machine, note)?;
    KnownNumber::parse(&text)
        .map_err(|e| Refused::Signatures(format!("two people signed something else: {e}")))
}
