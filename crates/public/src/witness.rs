//! A witness: whoever wants to see that logs of others only grow (c2sp.org/tlog-witness).

mod pages;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use lagrum_durable::FileError;
use lagrum_log::{CheckpointPolicy, ConsistencyProof, Head, SignedCheckpoint, verify_growth};
use lagrum_notes::{MlDsaKey, NoteError, SigningKey, VerifyingKey, role};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

pub use pages::witness_pages;

/// The logs that it knows, a key a line.
const LOGS: &str = "logs";
/// The witness's own Ed25519 key.
const KEY: &str = "witness.key";
/// Its own ML-DSA-44 key, which a witness that is older than such keys does not have.
const ML_DSA_KEY: &str = "witness.ml-dsa.key";
/// Where the last checkpoint of each log lies, under the SHA-256 of its origin.
const SEEN: &str = "seen";
/// Where the newest contradiction of each log lies: the request, with the log's signature.
const EVIDENCE: &str = "evidence";
/// What an ML-DSA-44 cosignature has room for (c2sp.org/tlog-cosignature).
const LONGEST_ORIGIN: usize = 255;
/// Longer checkpoints are not read back.
const LONGEST: u64 = 1 << 20;

/// Why a witness cannot be.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WitnessError {
    /// A file cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// A key cannot be read or made.
    #[error("{file}: {source}")]
    Key {
        /// Which file.
        file: String,
        /// Why.
        source: NoteError,
    },
    /// Its two keys are of two witnesses.
    #[error("{0}: the two keys of a witness have one name")]
    Names(String),
    /// The same log stands twice in the list.
    #[error("{file}, line {line}: this log stands there already")]
    Twice {
        /// Which file.
        file: String,
        /// Which line, from 1.
        line: usize,
    },
    /// Another process is the witness.
    #[error("{0}: another process is this witness already; two would cosign twice")]
    InUse(String),
    /// What it stored is not what it cosigned.
    #[error(
        "{0}: this is no checkpoint that this witness cosigned; restore it, or nothing of this log is cosigned any more"
    )]
    Damaged(String),
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessAnswer {
    /// The status: 200, 400, 403, 404, 409, 422 or 500.
    pub status: u16,
    /// The body: signature lines with 200, the last size with 409, else a sentence.
    pub body: String,
}

impl WitnessAnswer {
    fn of(status: u16, body: impl Into<String>) -> Self {
        let body = body.into();
        Self { status, body }
    }
}

/// A witness, of which there is one process.
pub struct Witness {
    directory: PathBuf,
    key: SigningKey<role::Witness>,
    ml_dsa: Option<MlDsaKey>,
    /// Whoever has it compares, stores and answers.
    turn: Mutex<()>,
    /// Released by the system when it is closed, also after a crash.
    _lock: File,
}

impl Witness {
    /// Makes a witness in a directory that does not exist yet, or is empty: its keys, and a list of logs with nobody in
    /// it.
    ///
    /// # Errors
    /// When there is a witness already, the keys have different names, or the directory cannot be written.
    pub fn create(
        directory: &Path,
        key: &SigningKey<role::Witness>,
        ml_dsa: &MlDsaKey,
    ) -> Result<(), WitnessError> {
        if key.name() != ml_dsa.name() {
            return Err(WitnessError::Names(directory.display().to_string()));
        }
        lagrum_durable::private_directory(directory)?;
        for own in [SEEN, EVIDENCE] {
            lagrum_durable::private_directory(&directory.join(own))?;
        }
        // `open` needs the first: written last, it is there only if the other is.
        for (file, secret) in [(ML_DSA_KEY, ml_dsa.to_secret()), (KEY, key.to_secret())] {
            let line = Zeroizing::new(format!("{}\n", *secret));
            lagrum_durable::private_file(&directory.join(file), line.as_bytes())?;
        }
        let list = directory.join(LOGS);
        let text =
            "# The logs that this witness looks at: the public key of each, a line of its own.\n";
        if lagrum_durable::read_if_any(&list, LONGEST)?.is_none() {
            lagrum_durable::private_file(&list, text.as_bytes())?;
        }
        Ok(())
    }

    /// Opens the witness in a directory.
    ///
    /// # Errors
    /// [`WitnessError`].
    pub fn open(directory: &Path) -> Result<Self, WitnessError> {
        let file = directory.join(KEY);
        let wrong = |file: &Path| {
            let file = file.display().to_string();
            move |source| WitnessError::Key { file, source }
        };
        let secret = lagrum_durable::read_secret(&file)?;
        let key = SigningKey::<role::Witness>::from_secret(&secret).map_err(wrong(&file))?;
        let file = directory.join(ML_DSA_KEY);
        let ml_dsa = match file.symlink_metadata().is_ok() {
            true => {
                let secret = lagrum_durable::read_secret(&file)?;
                Some(MlDsaKey::from_secret(&secret).map_err(wrong(&file))?)
            }
            false => None,
        };
        if ml_dsa
            .as_ref()
            .is_some_and(|other| other.name() != key.name())
        {
            return Err(WitnessError::Names(directory.display().to_string()));
        }
        let in_use = || WitnessError::InUse(directory.display().to_string());
        let lock = lagrum_durable::lock(&directory.join("lock"))?.ok_or_else(in_use)?;
        let witness = Self {
            directory: directory.to_owned(),
            key,
            ml_dsa,
            turn: Mutex::default(),
            _lock: lock,
        };
        witness.logs()?;
        Ok(witness)
    }

    /// The witness's public key of Ed25519.
    #[must_use]
    pub fn verifying_key(&self) -> VerifyingKey<role::Witness> {
        self.key.verifying_key()
    }

    /// Its public key of ML-DSA-44, if it has one.
    #[must_use]
    pub fn ml_dsa_key(&self) -> Option<VerifyingKey<role::Witness>> {
        self.ml_dsa.as_ref().map(MlDsaKey::verifying_key)
    }

    /// The logs that it knows. The list is read anew each time, so that a log can be added while it runs.
    ///
    /// # Errors
    /// When the list cannot be read, or others can write it.
    pub fn logs(&self) -> Result<Vec<VerifyingKey<role::Log>>, WitnessError> {
        let file = self.directory.join(LOGS);
        let text = lagrum_durable::read_settings(&file)?;
        let mut logs: Vec<VerifyingKey<role::Log>> = Vec::new();
        for (line, text) in (1..).zip(text.lines()) {
            let text = text.trim();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let key = VerifyingKey::parse(text).map_err(|source| WitnessError::Key {
                file: format!("{}, line {line}", file.display()),
                source,
            })?;
            if logs.iter().any(|known| known.name() == key.name()) {
                let file = file.display().to_string();
                return Err(WitnessError::Twice { file, line });
            }
            logs.push(key);
        }
        Ok(logs)
    }

    /// `add-checkpoint`: cosigns a checkpoint if it continues the last one of its log that was cosigned. `now` is the
    /// witness's own clock, in seconds since 1970-01-01T00:00:00Z (POSIX).
    #[must_use]
    pub fn add_checkpoint(&self, request: &[u8], now: u64) -> WitnessAnswer {
        // One after the other, from looking at what was last until the new one is durable.
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        self.add(request, now).unwrap_or_else(|_| {
            WitnessAnswer::of(
                500,
                "this witness cannot answer now; its operator sees why\n",
            )
        })
    }

    fn add(&self, request: &[u8], now: u64) -> Result<WitnessAnswer, WitnessError> {
        let asked = match ConsistencyProof::parse(request) {
            Ok(asked) => asked,
            Err(error) => return Ok(WitnessAnswer::of(400, format!("{error}\n"))),
        };
        let shown = asked.checkpoint();
        let origin = shown.origin();
        let Some(log) = self.logs()?.into_iter().find(|log| log.name() == origin) else {
            return Ok(WitnessAnswer::of(
                404,
                "this witness does not know this log\n",
            ));
        };
        let Ok(checkpoint) = CheckpointPolicy::of_log(log).verify(shown) else {
            return Ok(WitnessAnswer::of(403, "not signed by this log\n"));
        };
        let size = checkpoint.head().size;
        if asked.old_size() > size {
            return Ok(WitnessAnswer::of(
                400,
                "the old size is larger than the checkpoint's\n",
            ));
        }
        let last = self
            .last(origin)?
            .map_or(Head::EMPTY, |last| last.unverified_head());
        if asked.old_size() != last.size {
            return Ok(WitnessAnswer::of(409, format!("{}\n", last.size)));
        }
        if let Err(error) = verify_growth(&last, &checkpoint, &asked) {
            // The log signed both: what was stored, and this.
            lagrum_durable::replace(&self.file(EVIDENCE, origin), request)?;
            return Ok(WitnessAnswer::of(422, format!("{error}\n")));
        }
        let (mut cosigned, mut lines) = (shown.clone(), String::new());
        for (key, line) in self.cosign(shown, now)? {
            let line = format!("{line}\n");
            let Ok(Some(with)) = cosigned.with_cosignature_of(&key, &line) else {
                return Err(WitnessError::Damaged(KEY.to_owned()));
            };
            cosigned = with;
            lines.push_str(&line);
        }
        lagrum_durable::replace(&self.file(SEEN, origin), cosigned.text().as_bytes())?;
        Ok(WitnessAnswer::of(200, lines))
    }

    /// A line of each of its keys, for a checkpoint that continues what it saw. What an origin is too long for is left
    /// out.
    fn cosign(
        &self,
        shown: &SignedCheckpoint,
        now: u64,
    ) -> Result<Vec<(VerifyingKey<role::Witness>, String)>, WitnessError> {
        let wrong = |file: &str| {
            let file = file.to_owned();
            move |source| WitnessError::Key { file, source }
        };
        let line = self.key.cosign(shown.body(), now).map_err(wrong(KEY))?;
        let mut lines = vec![(self.key.verifying_key(), line)];
        let fits = |_: &&MlDsaKey| shown.origin().len() <= LONGEST_ORIGIN;
        if let Some(key) = self.ml_dsa.as_ref().filter(fits) {
            let line = key.cosign(shown.body(), now).map_err(wrong(ML_DSA_KEY))?;
            lines.push((key.verifying_key(), line));
        }
        Ok(lines)
    }

    /// The last checkpoint of this origin that was cosigned, with the log's signature and the witness's.
    ///
    /// # Errors
    /// When it cannot be read, or is not what was cosigned.
    pub fn last(&self, origin: &str) -> Result<Option<SignedCheckpoint>, WitnessError> {
        self.read(&self.file(SEEN, origin))
    }

    /// The same, by the SHA-256 of the origin (c2sp.org/tlog-witness, monitoring).
    ///
    /// # Errors
    /// The same.
    pub fn last_of(&self, hash: &[u8; 32]) -> Result<Option<SignedCheckpoint>, WitnessError> {
        self.read(&self.directory.join(SEEN).join(hex::encode(hash)))
    }

    fn read(&self, file: &Path) -> Result<Option<SignedCheckpoint>, WitnessError> {
        let Some(bytes) = lagrum_durable::read_if_any(file, LONGEST)? else {
            return Ok(None);
        };
        let damaged = || WitnessError::Damaged(file.display().to_string());
        let last = SignedCheckpoint::parse(&bytes).map_err(|_| damaged())?;
        let own = last.with_cosignature_of(&self.key.verifying_key(), last.text());
        own.ok().flatten().map(|_| Some(last)).ok_or_else(damaged)
    }

    fn file(&self, what: &str, origin: &str) -> PathBuf {
        self.directory
            .join(what)
            .join(hex::encode(Sha256::digest(origin)))
    }
}
