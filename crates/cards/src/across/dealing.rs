//! A provider's number in shares, each sealed to its trustee and checked against what the report commits to.

use curve25519_dalek::constants::RISTRETTO_BASEPOINT_TABLE;
use curve25519_dalek::ristretto::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;
use rand_core::CryptoRngCore;
use sha2::{Digest, Sha256, Sha512};

use super::{Call, SumError};
use crate::error::TextError;
use crate::files::powers;
use crate::group::{Bytes, Opened, point, random_scalar, scalar};
use crate::totals::Totals;
use crate::verify::Verified;

/// What one provider deals: the commitments to its polynomials, and a sealed share for each trustee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dealing {
    /// The origin of the provider's log.
    pub(super) provider: String,
    /// What the provider's report commits to as the sum.
    pub(super) committed: Bytes,
    /// Points, then for each trustee a point and two numbers.
    pub(super) bytes: Vec<u8>,
}

const OTHER_REPORT: TextError = TextError::new(
    "report",
    "it is about another period, code book or number than the call",
);

/// What the report commits to as the number of the call.
fn committed(call: &Call, report: &Verified) -> Result<Bytes, SumError> {
    let statement = report.statement();
    let same = statement.period == call.period && statement.code_book == call.code_book;
    let committed = if same {
        report.committed(&call.sum)
    } else {
        None
    };
    Ok(committed.ok_or(OTHER_REPORT)?)
}

/// A dealing, taken apart.
pub(super) struct Dealt {
    pub(super) committed: RistrettoPoint,
    pub(super) polynomial: Vec<RistrettoPoint>,
    pub(super) sealed: Vec<(RistrettoPoint, Scalar, Scalar)>,
}

impl Dealing {
    /// A provider's dealing of the sum of its report. It signs the bytes and publishes them.
    ///
    /// # Errors
    ///
    /// If the report is about another period or code book than the call, or the totals are not its own.
    pub fn deal(
        call: &Call,
        report: &Verified,
        totals: &Totals,
        random: &mut (impl CryptoRngCore + ?Sized),
    ) -> Result<Self, SumError> {
        let committed = committed(call, report)?;
        let opened = totals.open(&call.sum).ok_or(OTHER_REPORT)?;
        if opened.commit().compress().to_bytes() != committed {
            return Err(OTHER_REPORT.into());
        }
        Self::of(call, &report.statement().origin, opened, random)
    }

    /// The dealing that a provider published, about its own report.
    ///
    /// # Errors
    ///
    /// If the report is about another period or code book than the call, or these bytes are no dealing.
    pub fn read(call: &Call, report: &Verified, bytes: Vec<u8>) -> Result<Self, SumError> {
        let dealing = Self {
            provider: report.statement().origin.clone(),
            committed: committed(call, report)?,
            bytes,
        };
        dealing.open(call)?;
        Ok(dealing)
    }

    /// What the provider publishes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whose it is: the origin of the provider's log.
    #[must_use]
    pub fn provider(&self) -> &str {
        &self.provider
    }

    /// By what a set names it: SHA-256 of what the report commits to, and what was dealt.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let hash = Sha256::new().chain_update(self.committed);
        hash.chain_update(&self.bytes).finalize().into()
    }

    fn of(
        call: &Call,
        provider: &str,
        opened: Opened,
        random: &mut (impl CryptoRngCore + ?Sized),
    ) -> Result<Self, SumError> {
        let digest = call.digest()?;
        let coefficients: Vec<Opened> = (1..call.threshold)
            .map(|_| Opened::fresh(random_scalar(random), random))
            .collect();
        let committed = opened.commit().compress().to_bytes();
        let mut bytes: Vec<u8> = coefficients
            .iter()
            .flat_map(|coefficient| coefficient.commit().compress().to_bytes())
            .collect();
        let polynomial = bytes.clone();
        for (trustee, key) in (1..).zip(&call.trustees) {
            let key = point(key).ok_or(SumError::Encoding)?;
            let own = random_scalar(random);
            let pad = pad(
                &digest,
                provider,
                &committed,
                &polynomial,
                trustee,
                &(key * own),
            );
            let share = powers(Scalar::from(trustee as u64))
                .skip(1)
                .zip(&coefficients)
                .fold(opened, |sum, (power, coefficient)| {
                    sum + *coefficient * power
                });
            bytes.extend((RISTRETTO_BASEPOINT_TABLE * &own).compress().to_bytes());
            bytes.extend((share.value + pad.value).as_bytes());
            bytes.extend((share.blinding + pad.blinding).as_bytes());
        }
        Ok(Self {
            provider: provider.to_owned(),
            committed,
            bytes,
        })
    }

    pub(super) fn open(&self, call: &Call) -> Result<Dealt, SumError> {
        let points = call.threshold - 1;
        if self.bytes.len() != 32 * points + 96 * call.trustees.len() {
            return Err(SumError::Encoding);
        }
        let part = |at: usize| -> Bytes {
            self.bytes[32 * at..32 * (at + 1)]
                .try_into()
                .expect("32 bytes")
        };
        let read_point = |at| point(&part(at)).ok_or(SumError::Encoding);
        let read_scalar = |at| scalar(&part(at)).ok_or(SumError::Encoding);
        let sealed = (0..call.trustees.len())
            .map(|trustee| points + 3 * trustee)
            .map(|at| Ok((read_point(at)?, read_scalar(at + 1)?, read_scalar(at + 2)?)));
        Ok(Dealt {
            committed: point(&self.committed).ok_or(SumError::Encoding)?,
            polynomial: (0..points).map(read_point).collect::<Result<_, _>>()?,
            sealed: sealed.collect::<Result<_, SumError>>()?,
        })
    }

    /// The share of this trustee, taken out of the seal with the shared point; whether it is what was committed to.
    pub(super) fn share(
        &self,
        call: &Call,
        dealt: &Dealt,
        trustee: usize,
        shared: &RistrettoPoint,
    ) -> Result<(Opened, bool), SumError> {
        let polynomial = &self.bytes[..32 * dealt.polynomial.len()];
        let pad = pad(
            &call.digest()?,
            &self.provider,
            &self.committed,
            polynomial,
            trustee,
            shared,
        );
        let (_, value, blinding) = dealt.sealed[trustee - 1];
        let share = Opened {
            value: value - pad.value,
            blinding: blinding - pad.blinding,
        };
        Ok((share, share.commit() == dealt.at(trustee)))
    }
}

impl Dealt {
    /// What the share of this trustee has to open.
    pub(super) fn at(&self, trustee: usize) -> RistrettoPoint {
        powers(Scalar::from(trustee as u64))
            .skip(1)
            .zip(&self.polynomial)
            .fold(self.committed, |sum, (power, point)| sum + point * power)
    }
}

/// What blinds a share on its way: a hash of the point that only the provider and the trustee can compute, for
/// this dealing alone. Nothing else has to keep it whole, because a share is checked against its commitment.
fn pad(
    call: &[u8; 32],
    provider: &str,
    committed: &Bytes,
    polynomial: &[u8],
    trustee: usize,
    shared: &RistrettoPoint,
) -> Opened {
    let half = |half: u8| {
        let hash = Sha512::new()
            .chain_update("lagrum/count-cards/v1/share\n")
            .chain_update(call)
            .chain_update((provider.len() as u64).to_le_bytes())
            .chain_update(provider)
            .chain_update(committed)
            .chain_update((polynomial.len() as u64).to_le_bytes())
            .chain_update(polynomial)
            .chain_update((trustee as u64).to_le_bytes())
            .chain_update(shared.compress().as_bytes())
            .chain_update([half]);
        Scalar::from_bytes_mod_order_wide(&hash.finalize().into())
    };
    Opened {
        value: half(0),
        blinding: half(1),
    }
}
