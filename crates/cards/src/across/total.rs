//! The sum, out of the answers of enough trustees.

use std::collections::BTreeMap;

use curve25519_dalek::ristretto::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::Identity;

use super::dealing::Dealt;
use super::{Answer, Call, Dealing, SumError, SumSet};
use crate::group::{Opened, scalar};
use crate::statement::MAX_NUMBER;

impl Answer {
    /// Whether it is the sum of this trustee's shares of the set, whatever others answer.
    ///
    /// # Errors
    ///
    /// If it is not, or the dealings are not those of the set.
    pub fn check(&self, call: &Call, set: &SumSet, dealings: &[Dealing]) -> Result<(), SumError> {
        set.holds(call, dealings)?;
        self.opens(call, &opened(call, dealings)?).map(|_| ())
    }

    fn opens(&self, call: &Call, dealt: &[Dealt]) -> Result<Opened, SumError> {
        let trustee = self.trustee;
        let opened = scalar(&self.value).zip(scalar(&self.blinding));
        let (value, blinding) = opened.ok_or(SumError::FalseAnswer { trustee })?;
        let share = Opened { value, blinding };
        let expected = dealt.iter().fold(RistrettoPoint::identity(), |sum, dealt| {
            sum + dealt.at(trustee)
        });
        let known = (1..=call.trustees.len()).contains(&trustee);
        match known && share.commit() == expected {
            true => Ok(share),
            false => Err(SumError::FalseAnswer { trustee }),
        }
    }
}

fn opened(call: &Call, dealings: &[Dealing]) -> Result<Vec<Dealt>, SumError> {
    dealings.iter().map(|dealing| dealing.open(call)).collect()
}

/// The sum over all providers of the set.
///
/// # Errors
///
/// If an answer is false (and whose), too few answered, or the dealings are not those of the set.
pub fn open_sum(
    call: &Call,
    set: &SumSet,
    dealings: &[Dealing],
    answers: &[Answer],
) -> Result<u64, SumError> {
    set.holds(call, dealings)?;
    let dealt = opened(call, dealings)?;
    let mut shares = BTreeMap::new();
    for answer in answers {
        let trustee = answer.trustee;
        let share = answer.opens(call, &dealt)?;
        if shares.insert(trustee, share).is_some() {
            return Err(SumError::FalseAnswer { trustee });
        }
    }
    if shares.len() < call.threshold {
        return Err(SumError::TooFew {
            found: shares.len(),
            needed: call.threshold,
        });
    }
    let chosen: Vec<(Scalar, Opened)> = shares
        .into_iter()
        .take(call.threshold)
        .map(|(trustee, share)| (Scalar::from(trustee as u64), share))
        .collect();
    let mut sum = Opened::default();
    for (own, share) in &chosen {
        // Lagrange's polynomial at 0.
        let factor = chosen
            .iter()
            .filter(|(other, _)| other != own)
            .fold(Scalar::ONE, |product, (other, _)| {
                product * other * (other - own).invert()
            });
        sum = sum + *share * factor;
    }
    let committed = dealt.iter().fold(RistrettoPoint::identity(), |sum, dealt| {
        sum + dealt.committed
    });
    let bytes = sum.value.as_bytes();
    let number = u64::from_le_bytes(bytes[..8].try_into().expect("eight bytes"));
    let whole = bytes[8..].iter().all(|byte| *byte == 0) && number < MAX_NUMBER;
    (whole && sum.commit() == committed)
        .then_some(number)
        .ok_or(SumError::NoNumber)
}
