//! What opens one card: held by the provider, the officer who asked, and the agent that acts.

use std::fmt;

use curve25519_dalek::ristretto::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;
use rand_core::CryptoRngCore;
use sha2::{Digest, Sha256, Sha512};
use zeroize::ZeroizeOnDrop;

use crate::card::Card;
use crate::error::TextError;
use crate::group::{Opened, random_scalar, scalar};
use crate::text::{Lines, decimal, hexadecimal};

/// What opens a card, and what later recomputes its class in a report.
///
/// It is evidence that a demand exists, which others can verify too: whoever gets one is told so.
#[derive(Clone, PartialEq, Eq, ZeroizeOnDrop)]
pub struct Opening {
    #[zeroize(skip)]
    pub(crate) origin: String,
    #[zeroize(skip)]
    pub(crate) slot: u64,
    #[zeroize(skip)]
    pub(crate) place: u32,
    demand: [u8; 32],
    salt: [u8; 32],
    blinding: Scalar,
    seed: [u8; 32],
}

impl Opening {
    /// How its text begins.
    pub const FIRST_LINE: &str = "lagrum/count-cards/v1/opening";

    /// Opens a new card at this place for the demand with this SHA-256; none for a blank.
    pub fn fresh(
        origin: &str,
        slot: u64,
        place: u32,
        demand: Option<[u8; 32]>,
        random: &mut (impl CryptoRngCore + ?Sized),
    ) -> Self {
        let mut bytes = || {
            let mut bytes = [0; 32];
            random.fill_bytes(&mut bytes);
            bytes
        };
        let (salt, seed) = (bytes(), bytes());
        Self {
            origin: origin.to_owned(),
            slot,
            place,
            demand: demand.unwrap_or_default(),
            salt,
            blinding: random_scalar(random),
            seed,
        }
    }

    /// The log's origin.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// At which slot the card lies, and at which place of its file, from 0.
    #[must_use]
    pub fn place(&self) -> (u64, u32) {
        (self.slot, self.place)
    }

    /// SHA-256 of the demand as it was received; none for a blank.
    #[must_use]
    pub fn demand(&self) -> Option<[u8; 32]> {
        (self.demand != [0; 32]).then_some(self.demand)
    }

    /// The card that it opens.
    #[must_use]
    pub fn card(&self) -> Card {
        let digest = Sha256::new()
            .chain_update("lagrum/count-cards/v1/card\n")
            .chain_update(self.salt)
            .chain_update(self.demand)
            .finalize();
        Card {
            point: self.opened().commit().compress().to_bytes(),
            digest: digest.into(),
        }
    }

    /// What the card's point is opened with: 1 for a demand, 0 for a blank.
    pub(crate) fn opened(&self) -> Opened {
        Opened {
            value: Scalar::from(u8::from(self.demand().is_some())),
            blinding: self.blinding,
        }
    }

    /// The blinding of the card's class (`what` 0) or of an amount (`what` = column) in this view of the period of these
    /// slots. Two reports never share one: the difference of their commitments would tell the class.
    pub(crate) fn blind(&self, what: u8, view: u64, slots: (u64, u64)) -> Scalar {
        let hash = Sha512::new()
            .chain_update("lagrum/count-cards/v1/blind\n")
            .chain_update(self.seed)
            .chain_update([what])
            .chain_update(view.to_le_bytes())
            .chain_update(slots.0.to_le_bytes())
            .chain_update(slots.1.to_le_bytes());
        Scalar::from_bytes_mod_order_wide(&hash.finalize().into())
    }

    /// The smallest of `0 .. values` to which `committed` is a commitment of this card in this view.
    pub(crate) fn find(
        &self,
        committed: RistrettoPoint,
        what: u8,
        (view, slots): (u64, (u64, u64)),
        values: u32,
    ) -> Option<u32> {
        let zero = Opened {
            value: Scalar::ZERO,
            blinding: self.blind(what, view, slots),
        };
        let one = Opened {
            value: Scalar::ONE,
            blinding: Scalar::ZERO,
        }
        .commit();
        let mut candidate = zero.commit();
        (0..values).find(|_| {
            let found = candidate == committed;
            candidate += one;
            found
        })
    }

    /// Reads an opening.
    ///
    /// # Errors
    ///
    /// If it is not written as the protocol permits.
    pub fn parse(text: &[u8]) -> Result<Self, TextError> {
        const BYTES: &str = "it has to be 64 digits in lower-case hexadecimal";
        fn bytes(lines: &mut Lines<'_>, key: &'static str) -> Result<[u8; 32], TextError> {
            hexadecimal(lines.value(key)?).ok_or(TextError::new(key, BYTES))
        }
        fn number(lines: &mut Lines<'_>, key: &'static str) -> Result<u64, TextError> {
            decimal(lines.value(key)?).ok_or(TextError::new(key, "it has to be a decimal number"))
        }
        let mut lines = Lines::new(text, Self::FIRST_LINE)?;
        let origin = lines.value("origin")?.to_owned();
        let slot = number(&mut lines, "slot")?;
        let place = number(&mut lines, "place")?;
        let opening = Self {
            origin,
            slot,
            place: place
                .try_into()
                .map_err(|_| TextError::new("place", "no file has so many cards"))?,
            demand: bytes(&mut lines, "demand")?,
            salt: bytes(&mut lines, "salt")?,
            blinding: scalar(&bytes(&mut lines, "p")?)
                .ok_or(TextError::new("p", "it has to be below the group's order"))?,
            seed: bytes(&mut lines, "seed")?,
        };
        lines.end(Self::FIRST_LINE)?;
        Ok(opening)
    }

    /// The text, which is handed over sealed or not at all.
    #[must_use]
    pub fn to_text(&self) -> String {
        format!(
            "{}\norigin {}\nslot {}\nplace {}\ndemand {}\nsalt {}\np {}\nseed {}\n\n",
            Self::FIRST_LINE,
            self.origin,
            self.slot,
            self.place,
            hex::encode(self.demand),
            hex::encode(self.salt),
            hex::encode(self.blinding.as_bytes()),
            hex::encode(self.seed),
        )
    }
}

impl fmt::Debug for Opening {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "Opening(slot {}, place {}, the rest not shown)",
            self.slot, self.place
        )
    }
}
