//! What outlives a case, and what is not as it should be about a sender, in words.

use lagrum_model::{Duty, SenderWarning};

use crate::Phrases;

/// What still has to be done, watched or kept, in a sentence.
#[must_use]
pub fn duty(duty: &Duty, phrases: &Phrases) -> String {
    let name = format!("duty-{}", duty.as_str());
    match duty {
        // Without law packs there is only its name.
        Duty::Clock { id } | Duty::Notice { id } => phrases
            .says_of(id)
            .unwrap_or_else(|| phrases.fill(&name, &[("id", id)])),
        Duty::Review { mandate } => phrases.fill(&name, &[("mandate", &mandate.to_string()[..12])]),
        Duty::EmergencyReview | Duty::EmergencyConfirmation | Duty::Challenge => {
            phrases.word(&name)
        }
    }
}

/// What about a sender is not as the provider knows the authority, in a sentence.
#[must_use]
pub fn sender_warning(warning: &SenderWarning, phrases: &Phrases) -> String {
    let name = format!("warning-{}", warning.as_str());
    match warning {
        SenderWarning::OtherDomain { address } => phrases.fill(&name, &[("address", address)]),
        SenderWarning::OtherNumber { number } => phrases.fill(&name, &[("number", number)]),
        SenderWarning::OtherAuthority { name: officers } => {
            phrases.fill(&name, &[("name", officers)])
        }
        SenderWarning::UnknownAuthority | SenderWarning::OtherKind => phrases.word(&name),
    }
}
