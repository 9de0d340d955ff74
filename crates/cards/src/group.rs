//! Ristretto255 (RFC 9496), its two generators, and what commitments are.

use std::ops::{Add, Mul};
use std::sync::OnceLock;

use curve25519_dalek::constants::RISTRETTO_BASEPOINT_TABLE;
use curve25519_dalek::ristretto::{CompressedRistretto, RistrettoBasepointTable, RistrettoPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::Identity;
use rand_core::CryptoRngCore;
use sha2::{Digest, Sha512};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// The bytes of a point or of a scalar.
pub(crate) type Bytes = [u8; 32];

fn h_table() -> &'static RistrettoBasepointTable {
    static TABLE: OnceLock<RistrettoBasepointTable> = OnceLock::new();
    TABLE.get_or_init(|| {
        let bytes: [u8; 64] = Sha512::digest(b"lagrum/count-cards/v1/H").into();
        RistrettoBasepointTable::create(&RistrettoPoint::from_uniform_bytes(&bytes))
    })
}

/// The second generator, whose logarithm nobody knows.
pub(crate) fn h() -> RistrettoPoint {
    h_table().basepoint()
}

/// What a commitment is opened with.
#[derive(Clone, Copy, PartialEq, Eq, Zeroize, Default)]
pub(crate) struct Opened {
    /// What is committed to.
    pub value: Scalar,
    /// What blinds it.
    pub blinding: Scalar,
}

impl Opened {
    /// `value·G + blinding·H`, in constant time.
    pub(crate) fn commit(&self) -> RistrettoPoint {
        RISTRETTO_BASEPOINT_TABLE * &self.value + h_table() * &self.blinding
    }

    /// A commitment to `value` with a fresh blinding.
    pub(crate) fn fresh(value: Scalar, random: &mut (impl CryptoRngCore + ?Sized)) -> Self {
        Self {
            value,
            blinding: random_scalar(random),
        }
    }
}

impl Add for Opened {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            value: self.value + other.value,
            blinding: self.blinding + other.blinding,
        }
    }
}

impl Mul<Scalar> for Opened {
    type Output = Self;

    fn mul(self, factor: Scalar) -> Self {
        Self {
            value: self.value * factor,
            blinding: self.blinding * factor,
        }
    }
}

/// A scalar that nobody can foresee.
pub(crate) fn random_scalar(random: &mut (impl CryptoRngCore + ?Sized)) -> Scalar {
    let mut bytes = [0; 64];
    random.fill_bytes(&mut bytes);
    let scalar = Scalar::from_bytes_mod_order_wide(&bytes);
    bytes.zeroize();
    scalar
}

/// A point in its only encoding, and not the identity.
pub(crate) fn point(bytes: &Bytes) -> Option<RistrettoPoint> {
    let point = CompressedRistretto(*bytes).decompress()?;
    (point != RistrettoPoint::identity()).then_some(point)
}

/// A scalar below the group's order.
pub(crate) fn scalar(bytes: &Bytes) -> Option<Scalar> {
    Scalar::from_canonical_bytes(*bytes).into()
}

/// Nonces of one proof: fresh bytes, hashed with the transcript and every secret, so that a bad source of
/// randomness alone reveals nothing.
#[derive(ZeroizeOnDrop)]
pub(crate) struct Nonces {
    root: [u8; 64],
    drawn: u64,
}

impl Nonces {
    pub(crate) fn new(
        random: &mut (impl CryptoRngCore + ?Sized),
        transcript: &[u8],
        secrets: impl Iterator<Item = Opened>,
    ) -> Self {
        let mut fresh = [0; 32];
        random.fill_bytes(&mut fresh);
        let mut hash = Sha512::new();
        hash.update(fresh);
        fresh.zeroize();
        hash.update(transcript);
        for secret in secrets {
            hash.update(secret.value.as_bytes());
            hash.update(secret.blinding.as_bytes());
        }
        Self {
            root: hash.finalize().into(),
            drawn: 0,
        }
    }

    pub(crate) fn draw(&mut self) -> Scalar {
        let hash = Sha512::new()
            .chain_update(self.root)
            .chain_update(self.drawn.to_le_bytes());
        self.drawn += 1;
        Scalar::from_bytes_mod_order_wide(&hash.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_generator_is_the_one_of_the_document() {
        assert_eq!(
            hex::encode(h().compress().as_bytes()),
            "fea089123031400dce129334ee337034701733c7c00b7c22e5abdfbb7d179972"
        );
    }

    #[test]
    fn each_point_and_each_scalar_has_one_encoding() {
        assert!(point(&[0; 32]).is_none(), "the identity");
        let mut bytes = h().compress().to_bytes();
        assert!(point(&bytes).is_some());
        bytes[31] |= 0x80;
        assert!(point(&bytes).is_none());
        // The order of the group, RFC 9496, section 4.
        let order = hex::decode("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
            .unwrap();
        let mut order: Bytes = order.try_into().unwrap();
        assert!(scalar(&order).is_none());
        order[0] -= 1;
        assert_eq!(scalar(&order).unwrap(), -Scalar::ONE);
    }
}
