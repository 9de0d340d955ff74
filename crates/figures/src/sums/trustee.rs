//! A trustee on its own machine: its keys, and to what it agreed.

use std::fs::File;
use std::path::{Path, PathBuf};

use lagrum_cards::{Call, SumSet, Trustee};
use lagrum_durable::{FaultPoints, NoFaults};
use lagrum_notes::{SigningKey, role};
use rand_core::CryptoRngCore;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::total::in_set;
use super::words::complaint_name;
use super::{
    Agreement, Answered, Called, Complained, Dealt, FixedSet, TrusteeKeys, Word, Words, check_sum,
};
use crate::FiguresError;

const KEY: &str = "trustee.key";
const PUBLIC: &str = "trustee.pub";
const AGREED: &str = "agreed.json";
const LOCK: &str = "lock";
/// Some thousand sets of many providers.
const LONGEST: u64 = 64 << 20;

/// One set that it agreed to, as texts.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    call: String,
    set: String,
}

/// A trustee, of which there is one process at a time.
///
/// What it agreed to is on the disk before it says so. Where that list is missing or was changed, it does nothing.
pub struct SumTrustee {
    directory: PathBuf,
    signer: SigningKey<role::Trustee>,
    trustee: Trustee,
    /// Released by the system when it is closed, also after a crash.
    _lock: File,
}

fn wrong(why: impl Into<String>) -> FiguresError {
    FiguresError::Sum(why.into())
}

impl SumTrustee {
    /// Makes a trustee in a directory that has none yet: its keys, and an empty list of what it agreed to. `name` is
    /// such as `ngo.example/sums`.
    ///
    /// # Errors
    /// When there is one already, the name is no key name, or the directory cannot be written.
    pub fn create<R: CryptoRngCore>(
        directory: &Path,
        name: &str,
        random: &mut R,
    ) -> Result<TrusteeKeys, FiguresError> {
        let signer: SigningKey<role::Trustee> =
            SigningKey::generate(random, name).map_err(|e| wrong(e.to_string()))?;
        let trustee = Trustee::new(random);
        let keys = TrusteeKeys {
            signer: signer.verifying_key(),
            share: trustee.public(),
        };
        let share = Zeroizing::new(hex::encode(*trustee.secret()));
        let secret = Zeroizing::new(format!("{}\n{}\n", *signer.to_secret(), *share));
        lagrum_durable::private_directory(directory)?;
        lagrum_durable::private_file(&directory.join(KEY), secret.as_bytes())?;
        lagrum_durable::private_file(&directory.join(AGREED), b"[]")?;
        lagrum_durable::replace(&directory.join(PUBLIC), format!("{keys}\n").as_bytes())?;
        Ok(keys)
    }

    /// Opens the trustee in a directory.
    ///
    /// # Errors
    /// When another process does, or its keys or the list of what it agreed to cannot be read.
    pub fn open(directory: &Path) -> Result<Self, FiguresError> {
        let in_use = || wrong("another process is this trustee at this moment");
        let lock = lagrum_durable::lock(&directory.join(LOCK))?.ok_or_else(in_use)?;
        let secret = lagrum_durable::read_secret(&directory.join(KEY))?;
        let keys = secret.trim_end().split_once('\n');
        let (signer, share) = keys.ok_or_else(|| wrong("trustee.key has two lines"))?;
        let signer = SigningKey::from_secret(signer).map_err(|e| wrong(e.to_string()))?;
        let mut bytes = Zeroizing::new([0; 32]);
        hex::decode_to_slice(share, bytes.as_mut())
            .map_err(|_| wrong("the second line of trustee.key has 64 hexadecimal digits"))?;
        Ok(Self {
            trustee: Trustee::kept(&bytes, agreed(directory)?)?,
            directory: directory.to_owned(),
            signer,
            _lock: lock,
        })
    }

    /// Its public keys.
    #[must_use]
    pub fn keys(&self) -> TrusteeKeys {
        TrusteeKeys {
            signer: self.signer.verifying_key(),
            share: self.trustee.public(),
        }
    }

    /// Which of the call's trustees it is, from 1.
    ///
    /// # Errors
    /// When it is none of them, by both keys.
    pub fn number(&self, called: &Called) -> Result<usize, FiguresError> {
        let number = self.trustee.number(called.call())?;
        match called.signer(number) == Some(&self.signer.verifying_key()) {
            true => Ok(number),
            false => Err(wrong("the call has another signing key for this trustee")),
        }
    }

    /// Checks its share of what a provider dealt. If it is false, writes the complaint among the words; gives its file.
    ///
    /// # Errors
    /// When this is no trustee of the call, the last day for complaints is over at `now` (POSIX seconds), or the file
    /// cannot be written.
    pub fn check(
        &self,
        called: &Called,
        dealt: &Dealt,
        words: &Words,
        now: u64,
        random: &mut dyn CryptoRngCore,
    ) -> Result<Option<PathBuf>, FiguresError> {
        let (trustee, dealing) = (self.number(called)?, &dealt.dealing);
        let Some(complaint) = self.trustee.complain(called.call(), dealing, random)? else {
            return Ok(None);
        };
        let provider = dealing.provider();
        if now >= called.complain_until() {
            return Err(wrong(format!(
                "the share of {provider} is false, and the last day for complaints is over"
            )));
        }
        let number = called
            .call()
            .providers
            .iter()
            .position(|own| own == provider);
        let number = number.ok_or_else(|| wrong(format!("{provider} was not asked")))? + 1;
        let said = Complained {
            call: called.digest(),
            provider: provider.to_owned(),
            dealing: dealing.digest(),
            complaint,
        };
        let note = said.sign(&self.signer)?;
        words.put(&complaint_name(trustee, number), &note).map(Some)
    }

    /// Agrees to the set in the log of the host, once and for ever, if all its shares of it are right. Gives the file.
    ///
    /// # Errors
    /// When it agreed to another set before, the set is not of these dealings, a share is false, or a file cannot be
    /// written. What is on the disk by then stays agreed to.
    pub fn agree(
        &mut self,
        called: &Called,
        fixed: &FixedSet,
        dealt: &[Dealt],
        words: &Words,
    ) -> Result<PathBuf, FiguresError> {
        let trustee = self.number(called)?;
        let dealings = in_set(called, fixed.set(), dealt)?;
        self.trustee.add_up(called.call(), fixed.set(), &dealings)?;
        self.promise(called.call(), fixed.set(), &NoFaults)?;
        let said = Agreement {
            call: called.digest(),
            trustee,
            set: fixed.set().digest(),
        };
        words.put(&format!("agreement-{trustee}"), &said.sign(&self.signer)?)
    }

    /// Writes down to which set it agrees. Nothing is said of it before this has returned.
    pub(super) fn promise(
        &mut self,
        call: &Call,
        set: &SumSet,
        faults: &dyn FaultPoints,
    ) -> Result<(), FiguresError> {
        self.trustee.agree(call, set)?;
        let kept = self.trustee.agreed().iter().map(|(call, set)| {
            Ok(Kept {
                call: call.to_text().map_err(|e| wrong(e.to_string()))?,
                set: set.to_text(),
            })
        });
        let kept: Vec<Kept> = kept.collect::<Result<_, FiguresError>>()?;
        let text = serde_json::to_vec_pretty(&kept).map_err(|e| wrong(e.to_string()))?;
        let list = self.directory.join(AGREED);
        Ok(lagrum_durable::replace_watched(&list, &text, faults)?)
    }

    /// Answers, if it agreed to this set before, and so did enough others. Gives the file.
    ///
    /// # Errors
    /// When it did not agree, too few did, or the file cannot be written.
    pub fn answer(
        &mut self,
        called: &Called,
        fixed: &FixedSet,
        dealt: &[Dealt],
        words: &Words,
    ) -> Result<PathBuf, FiguresError> {
        let trustee = self.number(called)?;
        let (call, set) = (called.call(), fixed.set());
        let is_it = |(of, agreed): &(Call, SumSet)| of == call && agreed == set;
        if !self.trustee.agreed().iter().any(is_it) {
            return Err(wrong("this trustee has not agreed to this set"));
        }
        let found = check_sum(called, fixed, dealt, words)?;
        let (agreed, needed) = (found.agreed.len(), call.needed());
        if agreed < needed {
            return Err(wrong(format!(
                "{agreed} trustees agreed to this set, and nobody answers before {needed} did"
            )));
        }
        let dealings = in_set(called, set, dealt)?;
        let answer = self.trustee.add_up(call, set, &dealings)?;
        let said = Answered {
            call: called.digest(),
            set: set.digest(),
            answer,
        };
        words.put(&format!("answer-{trustee}"), &said.sign(&self.signer)?)
    }
}

/// What the trustee in a directory agreed to.
fn agreed(directory: &Path) -> Result<Vec<(Call, SumSet)>, FiguresError> {
    let file = directory.join(AGREED);
    let text = lagrum_durable::read(&file, LONGEST)?;
    let changed = || {
        wrong(format!(
            "{} is not what this trustee wrote: it agrees to nothing any more",
            file.display()
        ))
    };
    let kept: Vec<Kept> = serde_json::from_slice(&text).map_err(|_| changed())?;
    let read = |one: &Kept| {
        let call = Call::parse(one.call.as_bytes()).map_err(|_| changed())?;
        let set = SumSet::parse(one.set.as_bytes()).map_err(|_| changed())?;
        Ok((call, set))
    };
    kept.iter().map(read).collect()
}
