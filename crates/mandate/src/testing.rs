//! A mandate, the people who sign it, and its release, for tests (feature `testing`).

use jiff::Timestamp;
use jiff::tz::TimeZone;
use lagrum_cards::Opening;
use lagrum_log::Salt;
use lagrum_model::testing::{ACCOUNT, RECIPIENT_KEY, basis, event};
use lagrum_model::{
    AccountIdentifier, Act, Actor, AuthorityKind, Basis, CaseId, Category, EmailAddress, EventKind,
    Identifier, InstrumentKind, IssuerKind, Period, Recipient, RecipientKey, Region, Role,
    Sha256Digest,
};
use lagrum_notes::testing::Passkey;
use lagrum_notes::{SigningKey, assemble, role};
use rand_core::{CryptoRng, RngCore};

use crate::gate::LoggedEvent;
use crate::{KnownRecipient, Mandate, MandateCard, Nonce, Person, Recipients, Roster};

/// An account with this address.
///
/// # Panics
/// When it is no address.
#[must_use]
pub fn account(address: &str) -> AccountIdentifier {
    let address = EmailAddress::parse(address).expect("an address");
    let identifier = Identifier::EmailAddress(address);
    identifier.try_into().expect("it names an account")
}

/// What a Swedish court's decision about [`ACCOUNT`] leads to, as the desk signs it on 21 November
/// 2026; the law of that day permits it.
#[must_use]
pub fn mandate() -> Mandate {
    let instant = |text: &str| -> Timestamp { text.parse().expect("an instant") };
    let month = Period::new(
        instant("2026-01-01T00:00:00Z"),
        instant("2026-02-01T00:00:00Z"),
    );
    Mandate {
        case: CaseId::new(2026, 4),
        demand: Sha256Digest::of(b"demand"),
        reference: "AM-1".into(),
        region: Region::parse("stockholm").expect("a region"),
        act: Act::Disclose,
        identifiers: vec![account(ACCOUNT)],
        categories: vec![Category::Content],
        sub_categories: vec![],
        period: month.expect("a period"),
        recipient: recipient().into(),
        basis: Basis {
            maximum_penalty_months: Some(120),
            ..basis(
                "SE",
                AuthorityKind::Police,
                InstrumentKind::CourtDecision,
                IssuerKind::Judge,
                "SE",
            )
        },
        provision: "RB 27:21".into(),
        review: None,
        found: Vec::new(),
        look_up: None,
        answers: None,
        card: None,
        issued_at: instant("2026-11-21T10:00:00Z"),
        expires_at: instant("2026-12-01T10:00:00Z"),
        nonce: Nonce([5; 16]),
    }
}

/// What opens a card at this slot and place of the log `kvist.example/log`, always the same.
#[must_use]
pub fn counted_by(slot: u64, place: u32) -> MandateCard {
    let demand = Some(Sha256Digest::of(b"the demand").0);
    let origin = "kvist.example/log";
    Opening::fresh(origin, slot, place, demand, &mut Counting(1)).into()
}

/// Randomness that is always the same.
pub struct Counting(pub u64);

impl RngCore for Counting {
    fn next_u32(&mut self) -> u32 {
        self.next_u64() as u32
    }
    fn next_u64(&mut self) -> u64 {
        self.0 += 1;
        self.0
    }
    fn fill_bytes(&mut self, to: &mut [u8]) {
        for piece in to.chunks_mut(8) {
            let drawn = self.next_u64().to_le_bytes();
            piece.copy_from_slice(&drawn[..piece.len()]);
        }
    }
    fn try_fill_bytes(&mut self, to: &mut [u8]) -> Result<(), rand_core::Error> {
        self.fill_bytes(to);
        Ok(())
    }
}

impl CryptoRng for Counting {}

/// To whom [`mandate`] is sealed.
///
/// # Panics
/// Never.
#[must_use]
pub fn recipient() -> Recipient {
    Recipient {
        name: "Police".into(),
        key: RecipientKey::parse(RECIPIENT_KEY).expect("a key"),
    }
}

/// The recipients that the agents of [`mandate`] know: the one that it names.
///
/// # Panics
/// Never.
#[must_use]
pub fn recipients() -> Recipients {
    let (mandate, recipient) = (mandate(), recipient());
    let known = KnownRecipient {
        name: recipient.name,
        country: mandate.basis.authority.country,
        key: recipient.key,
        certificate: None,
        since: mandate.issued_at.to_zoned_datetime(TimeZone::UTC).date(),
    };
    Recipients::new(vec![known]).expect("a list")
}

/// Somebody who signs with this key. Counsel's lies on counsel's own machine.
#[must_use]
pub fn person(name: &str, role: Role, key: &SigningKey<role::Person>) -> Person {
    Person {
        id: name.to_lowercase().replace(' ', "-"),
        name: name.into(),
        role,
        key: key.verifying_key(),
        own_machine: role == Role::Counsel,
    }
}

/// Somebody who signs with this passkey, under a key's name of its own.
#[must_use]
pub fn with_passkey(name: &str, role: Role, passkey: &Passkey, key_name: &str) -> Person {
    Person {
        id: name.to_lowercase().replace(' ', "-"),
        name: name.into(),
        role,
        key: passkey.named(key_name),
        own_machine: false,
    }
}

/// The roster of these people.
///
/// # Panics
/// When they cannot be one.
#[must_use]
pub fn roster(people: &[(&str, Role, &SigningKey<role::Person>)]) -> Roster {
    let people = people
        .iter()
        .map(|(name, role, key)| person(name, *role, key));
    Roster::new(people.collect()).expect("a roster")
}

/// The mandate under these signatures.
///
/// # Panics
/// When its text cannot be signed.
#[must_use]
pub fn signed(mandate: &Mandate, signers: &[&SigningKey<role::Person>]) -> String {
    signed_text(&mandate.to_text(), signers)
}

/// A text under these signatures.
///
/// # Panics
/// When it cannot be signed.
#[must_use]
pub fn signed_text(text: &str, signers: &[&SigningKey<role::Person>]) -> String {
    let lines: Vec<_> = signers
        .iter()
        .map(|key| key.sign_line(text).expect("a signature"))
        .collect();
    let lines: Vec<_> = lines.iter().map(String::as_str).collect();
    assemble(text, &lines)
}

/// An event of the case as the log has it, recorded when the second of two people signed.
///
/// # Panics
/// When it cannot be written.
#[must_use]
pub fn logged(
    case: &CaseId,
    number: u64,
    at: Timestamp,
    salt: Salt,
    what: EventKind,
) -> LoggedEvent {
    let counsel = Actor::Person {
        id: "maja".into(),
        name: "Maja Ek".into(),
        role: Role::Counsel,
    };
    let event = event(case.clone(), number, at, counsel, "two people signed", what);
    LoggedEvent {
        salt,
        event: serde_json::to_string(&event).expect("an event"),
    }
}
