//! One card: 64 bytes at a place of the log.

use crate::group::Bytes;

/// One place at which a demand can be counted. Nobody but who can open it sees whether one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Card {
    pub(crate) point: Bytes,
    pub(crate) digest: Bytes,
}

impl Card {
    /// The 64 bytes: the commitment to whether there is a demand, then the digest of the demand.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 64] {
        let mut bytes = [0; 64];
        bytes[..32].copy_from_slice(&self.point);
        bytes[32..].copy_from_slice(&self.digest);
        bytes
    }
}

/// The bytes of cards, one behind the other.
pub(crate) fn bytes_of(cards: &[Card]) -> Vec<u8> {
    cards.iter().flat_map(|card| card.to_bytes()).collect()
}
