//! The files in which cards lie at the slots of the log.

use std::collections::HashSet;

use curve25519_dalek::ristretto::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::VartimeMultiscalarMul;
use rand_core::CryptoRngCore;

use crate::card::{Card, bytes_of};
use crate::chain::Chain;
use crate::error::CardError;
use crate::group::{Bytes, Nonces, Opened, h, point, scalar};
use crate::opening::Opening;

/// What the proof at the end of a file is bound to.
fn chain(origin: &str, slot: u64, cards: &[u8]) -> Chain {
    // The slot has no length of its own in the protocol, so it is written with the label's parts here.
    let mut label = b"lagrum/count-cards/v1/file\n".to_vec();
    label.extend((origin.len() as u64).to_le_bytes());
    label.extend(origin.as_bytes());
    label.extend(slot.to_le_bytes());
    Chain::begin(&label, &[cards])
}

/// The powers of `w` from the zeroth.
pub(crate) fn powers(w: Scalar) -> impl Iterator<Item = Scalar> {
    std::iter::successors(Some(Scalar::ONE), move |power| Some(power * w))
}

/// The file of one slot: the cards that these open, in order, and the proof that they can be opened.
///
/// The openings have to name this slot and places from 0; [`Cards::push`] refuses the file otherwise.
pub fn write_card_file(
    origin: &str,
    slot: u64,
    openings: &[Opening],
    random: &mut (impl CryptoRngCore + ?Sized),
) -> Vec<u8> {
    let cards: Vec<Card> = openings.iter().map(Opening::card).collect();
    let secrets: Vec<Opened> = openings.iter().map(Opening::opened).collect();
    assemble(origin, slot, &cards, &secrets, random)
}

/// The file of these cards, whatever they commit to.
pub(crate) fn assemble(
    origin: &str,
    slot: u64,
    cards: &[Card],
    secrets: &[Opened],
    random: &mut (impl CryptoRngCore + ?Sized),
) -> Vec<u8> {
    let mut file = bytes_of(cards);
    let first = chain(origin, slot, &file);
    let secrets = || secrets.iter().copied();
    let mut nonces = Nonces::new(random, first.bytes(), secrets());
    let mask = Opened {
        value: nonces.draw(),
        blinding: nonces.draw(),
    };
    let announced = mask.commit().compress().to_bytes();
    // A challenge of zero happens to nobody; the file would be refused, and made again.
    let challenge = |chain: &Chain, name| chain.challenge(name).unwrap_or(Scalar::ZERO);
    let w = challenge(&first, "w");
    let c = challenge(&first.then(&announced), "c");
    let answer = secrets()
        .zip(powers(w))
        .fold(mask, |sum, (secret, power)| sum + secret * (c * power));
    file.extend(announced);
    file.extend(answer.value.as_bytes());
    file.extend(answer.blinding.as_bytes());
    file
}

/// All cards of a log, from its first slot on, as its files hold them.
#[derive(Debug, Clone)]
pub struct Cards {
    origin: String,
    first_slot: u64,
    /// Where the cards of each slot end among all.
    ends: Vec<usize>,
    cards: Vec<Card>,
    seen: HashSet<Bytes>,
}

impl Cards {
    /// None yet. The schedule of the log says which slot is the first.
    #[must_use]
    pub fn new(origin: &str, first_slot: u64) -> Self {
        Self {
            origin: origin.to_owned(),
            first_slot,
            ends: Vec::new(),
            cards: Vec::new(),
            seen: HashSet::new(),
        }
    }

    /// The log's origin.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The slot whose file comes next.
    #[must_use]
    pub fn next_slot(&self) -> u64 {
        self.first_slot + self.ends.len() as u64
    }

    /// Adds the file of the next slot, with as many cards as the log's schedule says.
    ///
    /// # Errors
    ///
    /// If it is no card file of this log and slot, or holds a card that the log has already. Then nothing is added.
    pub fn push(&mut self, file: &[u8], count: usize) -> Result<(), CardError> {
        let slot = self.next_slot();
        let expected = 64 * count + 96;
        if count == 0 || file.len() != expected {
            return Err(CardError::Length {
                slot,
                found: file.len(),
                expected,
            });
        }
        let (cards, proof) = file.split_at(64 * count);
        let encoding = CardError::Encoding { slot };
        let part =
            |bytes: &[u8], at: usize| -> Bytes { bytes[at..at + 32].try_into().expect("32 bytes") };
        let mut points = Vec::with_capacity(count + 2);
        let mut new = Vec::with_capacity(count);
        for at in (0..cards.len()).step_by(64) {
            let card = Card {
                point: part(cards, at),
                digest: part(cards, at + 32),
            };
            points.push(point(&card.point).ok_or(encoding.clone())?);
            new.push(card);
        }
        let announced = part(proof, 0);
        points.push(point(&announced).ok_or(encoding.clone())?);
        let value = scalar(&part(proof, 32)).ok_or(encoding.clone())?;
        let blinding = scalar(&part(proof, 64)).ok_or(encoding)?;

        let wrong = |_| CardError::Proof { slot };
        let first = chain(&self.origin, slot, cards);
        let w = first.challenge("w").map_err(wrong)?;
        let c = first.then(&announced).challenge("c").map_err(wrong)?;
        // O + c·Σ w^j·P_j − r·H = v·G
        let mut scalars: Vec<Scalar> = powers(w).take(count).map(|power| c * power).collect();
        scalars.extend([Scalar::ONE, -blinding]);
        points.push(h());
        let sum = RistrettoPoint::vartime_multiscalar_mul(scalars, points);
        let expected = Opened {
            value,
            blinding: Scalar::ZERO,
        };
        if sum != expected.commit() {
            return Err(CardError::Proof { slot });
        }
        let mut fresh = HashSet::with_capacity(2 * new.len());
        for (place, card) in new.iter().enumerate() {
            for own in [card.point, card.digest] {
                if self.seen.contains(&own) || !fresh.insert(own) {
                    let place = u32::try_from(place).unwrap_or(u32::MAX);
                    return Err(CardError::Twice { slot, place });
                }
            }
        }
        self.seen.extend(fresh);
        self.cards.extend(new);
        self.ends.push(self.cards.len());
        Ok(())
    }

    /// The card at this place of this slot's file.
    #[must_use]
    pub fn at(&self, slot: u64, place: u32) -> Option<&Card> {
        self.in_slots(slot, slot)?.get(place as usize)
    }

    /// All cards of these slots; none if the log does not reach so far.
    pub(crate) fn in_slots(&self, first: u64, last: u64) -> Option<&[Card]> {
        let from = match usize::try_from(first.checked_sub(self.first_slot)?).ok()? {
            0 => 0,
            before => *self.ends.get(before - 1)?,
        };
        let last = usize::try_from(last.checked_sub(self.first_slot)?).ok()?;
        self.cards.get(from..*self.ends.get(last)?)
    }

    /// Where the cards of each of these slots end among the cards of all of these; empty if the log does not
    /// reach so far.
    pub(crate) fn ends_in(&self, first: u64, last: u64) -> Vec<usize> {
        let ends = |slot: u64| Some(self.in_slots(first, slot)?.len());
        (first..=last).map_while(ends).collect()
    }
}

/// The place of a card among the cards of some slots, of which the first is `first`: `ends` says where the cards
/// of each end.
pub(crate) fn index(ends: &[usize], first: u64, (slot, place): (u64, u32)) -> Option<usize> {
    let nth = usize::try_from(slot.checked_sub(first)?).ok()?;
    let from = match nth {
        0 => 0,
        _ => *ends.get(nth - 1)?,
    };
    let at = from.checked_add(place as usize)?;
    (at < *ends.get(nth)?).then_some(at)
}
