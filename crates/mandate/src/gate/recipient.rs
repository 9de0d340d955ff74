//! Of the fourth check: to whom is sealed.

use super::refused::Refused;
use crate::{Mandate, Recipients, Roster, SealedTo};

/// 4, of the recipient: a key that this agent has pinned; or a number that it has pinned, on which a person of
///    its roster tells a passphrase that nobody else is shown.
pub(super) fn the_recipient_is_known(
    recipients: &Recipients,
    roster: &Roster,
    mandate: &Mandate,
) -> Result<(), Refused> {
    let refused = |why: String| Err(Refused::Mandate(why));
    let country = mandate.basis.authority.country;
    match &mandate.recipient {
        SealedTo::Key(recipient) => match recipients.find(recipient, country) {
            Some(_) => Ok(()),
            None => refused(format!(
                "this agent does not know the recipient: the key {} of {} ({country}) is not in its own recipients.toml. Have two people make it known, or the data operator",
                recipient.key, recipient.name
            )),
        },
        SealedTo::Passphrase(told) => {
            if recipients.find_number(told, country).is_none() {
                return refused(format!(
                    "this agent does not know the recipient: the telephone number {} of {} ({country}) is not in its own recipients.toml, and it tells a passphrase on no other. Have two people make it known",
                    told.on_number, told.name
                ));
            }
            if !roster.can_be_shown(&told.told_by) {
                return refused(format!(
                    "{} is to tell the passphrase, and has no key on this agent's roster to which it can be sealed",
                    told.told_by.escape_debug()
                ));
            }
            Ok(())
        }
        SealedTo::Vault(_) => Ok(()),
    }
}
