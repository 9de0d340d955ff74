//! Who holds shares: checks each, complains with a proof, and answers once.

use std::collections::BTreeSet;

use curve25519_dalek::constants::RISTRETTO_BASEPOINT_TABLE;
use curve25519_dalek::ristretto::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;
use rand_core::CryptoRngCore;
use zeroize::{ZeroizeOnDrop, Zeroizing};

use super::{Call, Dealing, SumError, SumSet};
use crate::chain::Chain;
use crate::error::TextError;
use crate::group::{Nonces, Opened, point, random_scalar, scalar};

/// A trustee: its key, and to which set it has agreed for each call.
#[derive(ZeroizeOnDrop)]
pub struct Trustee {
    key: Scalar,
    #[zeroize(skip)]
    agreed: Vec<(Call, SumSet)>,
}

impl Trustee {
    /// A new one, from the system's randomness.
    pub fn new(random: &mut (impl CryptoRngCore + ?Sized)) -> Self {
        Self {
            key: random_scalar(random),
            agreed: Vec::new(),
        }
    }

    /// One that was kept: its secret, and every set that it ever agreed to. Without one of them it could be
    /// led to answer a second set for the same call.
    ///
    /// # Errors
    ///
    /// If the secret is none, or two of the sets are of one call.
    pub fn kept(
        secret: &[u8; 32],
        agreed: impl IntoIterator<Item = (Call, SumSet)>,
    ) -> Result<Self, SumError> {
        let mut trustee = Self {
            key: scalar(secret)
                .filter(|key| *key != Scalar::ZERO)
                .ok_or(SumError::Encoding)?,
            agreed: Vec::new(),
        };
        for (call, set) in agreed {
            trustee.agree(&call, &set)?;
        }
        Ok(trustee)
    }

    /// Agrees to a set, once and for ever: never to a second one for the same number and period, by whatever call, nor to
    /// one that has some providers in common, and not all, with another set of the period. Whoever saw both sums could
    /// subtract. Agreeing again to the same set changes nothing.
    ///
    /// # Errors
    ///
    /// If it agreed to another one, or the set is not of this call.
    pub fn agree(&mut self, call: &Call, set: &SumSet) -> Result<(), SumError> {
        if set.call != call.digest()? {
            return Err(TextError::new("set", "it is the set of another call").into());
        }
        let own: BTreeSet<_> = set.dealings.keys().collect();
        let of_period = self.agreed.iter();
        for (other, former) in of_period.filter(|(other, _)| other.period == call.period) {
            if other == call && former == set {
                return Ok(());
            }
            let theirs: BTreeSet<_> = former.dealings.keys().collect();
            let same = own == theirs;
            if other == call || same && other.sum == call.sum {
                return Err(SumError::SecondSet);
            }
            if !same && !own.is_disjoint(&theirs) {
                return Err(SumError::Overlaps);
            }
        }
        self.agreed.push((call.clone(), set.clone()));
        Ok(())
    }

    /// The secret, to be kept where secrets are kept.
    #[must_use]
    pub fn secret(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.key.to_bytes())
    }

    /// Every set that it agreed to, with its call, to be kept before anything of it is published.
    #[must_use]
    pub fn agreed(&self) -> &[(Call, SumSet)] {
        &self.agreed
    }

    /// The key that calls name.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        (RISTRETTO_BASEPOINT_TABLE * &self.key)
            .compress()
            .to_bytes()
    }

    /// Which of the call's trustees it is, from 1.
    ///
    /// # Errors
    ///
    /// If it is none of them.
    pub fn number(&self, call: &Call) -> Result<usize, SumError> {
        let own = self.public();
        let place = call.trustees.iter().position(|key| *key == own);
        place.map(|place| place + 1).ok_or(SumError::NoTrustee)
    }

    /// Checks a dealing before the deadline for complaints: none, or one that everybody can check.
    ///
    /// # Errors
    ///
    /// If the dealing is in no form that could be checked; then it is in no set either.
    pub fn complain(
        &self,
        call: &Call,
        dealing: &Dealing,
        random: &mut (impl CryptoRngCore + ?Sized),
    ) -> Result<Option<Complaint>, SumError> {
        let trustee = self.number(call)?;
        let dealt = dealing.open(call)?;
        let (own, ..) = dealt.sealed[trustee - 1];
        let shared = own * self.key;
        let (_, right) = dealing.share(call, &dealt, trustee, &shared)?;
        if right {
            return Ok(None);
        }
        // Equal logarithms: key·G is the trustee's, and key·own is shared (Chaum and Pedersen 1992).
        let secret = Opened {
            value: self.key,
            blinding: Scalar::ZERO,
        };
        let chain = Complaint::chain(call, dealing, trustee, &shared)?;
        let mut nonces = Nonces::new(random, chain.bytes(), [secret].into_iter());
        let nonce = nonces.draw();
        let announced = [
            (RISTRETTO_BASEPOINT_TABLE * &nonce).compress().to_bytes(),
            (own * nonce).compress().to_bytes(),
        ];
        let c = chain
            .then(&announced.concat())
            .challenge("c")
            .map_err(|_| SumError::Encoding)?;
        Ok(Some(Complaint {
            trustee,
            shared: shared.compress().to_bytes(),
            announced,
            answer: (nonce + c * self.key).to_bytes(),
        }))
    }

    /// The sum of the shares of a set, to which it agrees with that: see [`Trustee::agree`].
    ///
    /// # Errors
    ///
    /// If the dealings are not those of the set, one share is false (it should have been complained about), or this
    /// trustee agreed to another set, also if nothing came of it.
    pub fn add_up(
        &mut self,
        call: &Call,
        set: &SumSet,
        dealings: &[Dealing],
    ) -> Result<Answer, SumError> {
        set.holds(call, dealings)?;
        let trustee = self.number(call)?;
        self.agree(call, set)?;
        let mut sum = Opened::default();
        for dealing in dealings {
            let dealt = dealing.open(call)?;
            let (own, ..) = dealt.sealed[trustee - 1];
            let (share, right) = dealing.share(call, &dealt, trustee, &(own * self.key))?;
            if !right {
                return Err(SumError::FalseShare {
                    provider: dealing.provider.clone(),
                    trustee,
                });
            }
            sum = sum + share;
        }
        Ok(Answer {
            trustee,
            value: sum.value.to_bytes(),
            blinding: sum.blinding.to_bytes(),
        })
    }
}

/// A trustee's word that a share is false, with what everybody needs to see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// Who complains, from 1.
    pub trustee: usize,
    /// The point that only the provider and the trustee could compute, which opens this one share.
    pub shared: [u8; 32],
    /// The two announced points of the proof that it is this point.
    pub announced: [[u8; 32]; 2],
    /// The number that answers the proof's challenge.
    pub answer: [u8; 32],
}

impl Complaint {
    fn chain(
        call: &Call,
        dealing: &Dealing,
        trustee: usize,
        shared: &RistrettoPoint,
    ) -> Result<Chain, SumError> {
        let shared = shared.compress();
        let parts: [&[u8]; 5] = [
            &call.digest()?,
            dealing.provider.as_bytes(),
            &[dealing.committed.as_slice(), &dealing.bytes].concat(),
            &(trustee as u64).to_le_bytes(),
            shared.as_bytes(),
        ];
        Ok(Chain::begin(b"lagrum/count-cards/v1/complaint\n", &parts))
    }

    /// Whether the share is false, as it says. Then the dealing is in no set.
    ///
    /// # Errors
    ///
    /// If it is the complaint that is false.
    pub fn check(&self, call: &Call, dealing: &Dealing) -> Result<(), SumError> {
        let wrong = SumError::FalseComplaint {
            provider: dealing.provider.clone(),
            trustee: self.trustee,
        };
        let dealt = dealing.open(call)?;
        let key = self
            .trustee
            .checked_sub(1)
            .and_then(|at| call.trustees.get(at));
        let key = key.and_then(point).ok_or(wrong.clone())?;
        let (own, ..) = dealt.sealed[self.trustee - 1];
        let shared = point(&self.shared).ok_or(SumError::Encoding)?;
        let announced = [
            point(&self.announced[0]).ok_or(SumError::Encoding)?,
            point(&self.announced[1]).ok_or(SumError::Encoding)?,
        ];
        let answer = scalar(&self.answer).ok_or(SumError::Encoding)?;
        let chain = Self::chain(call, dealing, self.trustee, &shared)?;
        let c = chain
            .then(&self.announced.concat())
            .challenge("c")
            .map_err(|_| wrong.clone())?;
        let opens = RISTRETTO_BASEPOINT_TABLE * &answer == announced[0] + key * c
            && own * answer == announced[1] + shared * c;
        let (_, right) = dealing.share(call, &dealt, self.trustee, &shared)?;
        if opens && !right { Ok(()) } else { Err(wrong) }
    }
}

/// What a trustee publishes: the sum of its shares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Whose it is, from 1.
    pub trustee: usize,
    /// The sum of the shares.
    pub value: [u8; 32],
    /// The sum of their blindings.
    pub blinding: [u8; 32],
}
