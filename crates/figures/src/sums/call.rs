//! What is asked, as the log of the host holds it.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use lagrum_cards::Call;
use lagrum_log::LogReader;
use lagrum_notes::{VerifyingKey, role};

use crate::check::Shown;
use crate::{FiguresError, Period};

/// How the text of a call begins.
const CALLS: &str = "lagrum/count-cards/v1/sum\n";

/// A call that the log of its host holds: the first there for its figure and period.
#[derive(Clone, Debug)]
pub struct Called {
    call: Call,
    digest: [u8; 32],
    signers: Vec<VerifyingKey<role::Trustee>>,
    deal_until: u64,
    complain_until: u64,
    entry: u64,
    early: bool,
}

impl Called {
    /// Looks for the call of a figure (by its name in reports) of a period, in the log of the host. The first one there is
    /// the only one.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn find(
        log: &LogReader,
        period: &Period,
        figure: &str,
    ) -> Result<Option<Self>, FiguresError> {
        let shown = Shown::of(log)?;
        let mut found = shown
            .beginning(CALLS.to_owned())
            .filter_map(|(entry, text)| {
                let called = Self::read(text, entry)?;
                let wanted = called.call.log == shown.origin
                    && called.call.name == figure
                    && called.call.period == period.to_string();
                wanted.then_some(called)
            });
        let Some(mut called) = found.next() else {
            return Ok(None);
        };
        let tick = shown.schedule.tick_of(called.entry);
        called.early = tick.is_some_and(|tick| tick.at < period.seconds().0);
        Ok(Some(called))
    }

    /// A text that is no call, or whose deadlines or keys are none, calls nobody.
    fn read(text: &[u8], entry: u64) -> Option<Self> {
        let call = Call::parse(text).ok()?;
        let end = |day: &str| Some(Period::parse(day).ok()?.seconds().1);
        let signers = call.signers.iter();
        let signers: Vec<_> = signers
            .map(|key| VerifyingKey::parse(key).ok())
            .collect::<Option<_>>()?;
        let names: BTreeSet<_> = signers.iter().map(VerifyingKey::name).collect();
        (names.len() == signers.len()).then_some(())?;
        Some(Self {
            digest: call.digest().ok()?,
            deal_until: end(&call.deal)?,
            complain_until: end(&call.complain)?,
            signers,
            entry,
            early: false,
            call,
        })
    }

    /// What is asked.
    #[must_use]
    pub fn call(&self) -> &Call {
        &self.call
    }

    /// SHA-256 of its text.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// The entry of the host's log that is the call.
    #[must_use]
    pub fn entry(&self) -> u64 {
        self.entry
    }

    /// Whether its batch was due before the period began: before anybody could know the number.
    #[must_use]
    pub fn is_early(&self) -> bool {
        self.early
    }

    /// The first second at which nothing is dealt any more: seconds since 1970-01-01T00:00:00Z (POSIX).
    #[must_use]
    pub fn deal_until(&self) -> u64 {
        self.deal_until
    }

    /// The first second at which nobody complains any more, and a set may be fixed (POSIX).
    #[must_use]
    pub fn complain_until(&self) -> u64 {
        self.complain_until
    }

    /// The key with which a trustee signs; trustees count from 1.
    pub(crate) fn signer(&self, trustee: usize) -> Option<&VerifyingKey<role::Trustee>> {
        self.signers.get(trustee.checked_sub(1)?)
    }

    /// What a trustee is called.
    #[must_use]
    pub fn name_of(&self, trustee: usize) -> &str {
        self.signer(trustee).map_or("?", VerifyingKey::name)
    }
}

/// The two public keys of a trustee, on one line: with which it signs, and to which shares are sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrusteeKeys {
    /// With which it signs.
    pub signer: VerifyingKey<role::Trustee>,
    /// To which shares are sealed.
    pub share: [u8; 32],
}

impl fmt::Display for TrusteeKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.signer, hex::encode(self.share))
    }
}

impl FromStr for TrusteeKeys {
    type Err = FiguresError;

    fn from_str(line: &str) -> Result<Self, FiguresError> {
        const RULE: &str = "it is one line with two keys, as `trustee.pub` has it";
        let wrong = || FiguresError::text("keys of a trustee", RULE);
        let (signer, share) = line.trim_end().split_once(' ').ok_or_else(wrong)?;
        let mut bytes = [0; 32];
        hex::decode_to_slice(share, &mut bytes).map_err(|_| wrong())?;
        Ok(Self {
            signer: VerifyingKey::parse(signer).map_err(|_| wrong())?,
            share: bytes,
        })
    }
}
