//! The mandate, its signatures, and the gate.
//!
//! **Invariant.** A [`Cleared`] mandate exists only because [`gate::Gate::admit`] checked two
//! signatures, the log, the law and the scope. Whatever arrives from outside is
//! [`gate::UntrustedMandate`] until then.

pub mod answer;
mod card;
mod certificate;
mod cleared;
mod demand_answers;
pub mod gate;
mod inquiry;
mod kept_in;
mod known_number;
mod look_up;
mod mandate;
mod other_part;
mod person_name;
mod recall;
mod recipient_name;
mod recipient_note;
mod recipients;
mod review;
mod review_note;
mod roster;
mod sealed_to;
mod signed_text;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod unreviewed;
mod volumes;

pub use card::MandateCard;
pub use certificate::PinnedCertificate;
pub use cleared::{Cleared, LookUps, Order, Orders};
pub use demand_answers::{AnsweredPart, AnswersRef, DemandAnswers, NotTheAnswers};
pub use inquiry::{INQUIRY_LIFE, Inquiry, MOST_INQUIRED};
pub use kept_in::{KeptIn, Vault};
pub use known_number::KnownNumber;
pub use look_up::{LookUp, WIDEST_WINDOW};
pub use mandate::{Mandate, Nonce};
pub use other_part::{OtherPart, Provision};
pub use recall::Recall;
pub use recipient_note::{number_from_note, recipient_from_note};
pub use recipients::{KnownRecipient, Recipients};
pub use review::{MOST_REVIEWED, Review, Reviewed, commitment};
pub use review_note::ReviewNote;
pub use roster::{Person, Roster};
pub use sealed_to::{OneTimePassphrase, SealedTo, TelephoneNumber, ToldPassphrase};
pub use signed_text::SignedTextError;
pub use unreviewed::unreviewed;
pub use volumes::{Digested, Digests, Volume, Volumes};
