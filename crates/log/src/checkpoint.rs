//! Checkpoints: the log's signed statement of its head (c2sp.org/tlog-checkpoint).

use std::fmt;

use lagrum_notes::{SigningKey, VerifyingKey, divide_cosignature, role};
use signed_note::{Note, Signature, Verifier as _};

use crate::error::Error;
use crate::hash::Hash;
use crate::head::Head;

/// Longer checkpoints are not read; with every witness there is they are a few kilobytes.
pub(crate) const MAXIMUM_CHECKPOINT: u64 = 1 << 20;

/// A well-formed checkpoint as it was received. Nothing in it may be believed before
/// [`crate::CheckpointPolicy::verify`] accepted it.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    text: String,
    origin: String,
    head: Head,
}

impl SignedCheckpoint {
    /// Reads a checkpoint strictly: a signed note (c2sp.org/signed-note) whose text is origin,
    /// size, root hash and possibly extension lines, and nothing before or after it.
    ///
    /// # Errors
    /// [`Error::Malformed`].
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let note = Note::from_bytes(bytes).map_err(|_| {
            Error::malformed("checkpoint", "must be a signed note (c2sp.org/signed-note)")
        })?;
        let wrong = || {
            Error::malformed(
                "checkpoint",
                "must have the lines origin, size and root hash (c2sp.org/tlog-checkpoint)",
            )
        };
        let body = tlog_tiles::Checkpoint::from_bytes(note.text()).map_err(|_| wrong())?;
        // The reader stops early on some inputs; only what it writes back the same is whole.
        if body.to_bytes() != note.text() || note.to_bytes() != bytes {
            return Err(wrong());
        }
        Ok(Self {
            text: String::from_utf8(bytes.to_vec()).map_err(|_| wrong())?,
            origin: body.origin().to_owned(),
            head: Head {
                size: body.size(),
                root: Hash::from(*body.hash()),
            },
        })
    }

    /// Signs `head`. The same key and head always give the same bytes (RFC 8032 section 5.1.6).
    pub(crate) fn sign(key: &SigningKey<role::Log>, head: &Head) -> Result<Self, Error> {
        let body = format!("{}\n{}\n{}\n", key.name(), head.size, head.root.to_base64());
        let note = key.sign_note(&body).map_err(|_| Error::Key {
            what: "log signing key",
            rule: "must be able to sign a checkpoint",
        })?;
        Self::parse(note.as_bytes())
    }

    /// The same with a signature of `key` as well, once.
    pub(crate) fn signed_too(&self, key: &SigningKey<role::Log>) -> Result<Self, Error> {
        let line = key.sign_line(self.body()).map_err(|_| Error::Key {
            what: "log signing key",
            rule: "must be able to sign a checkpoint",
        })?;
        // The same key and text give the same line (RFC 8032 section 5.1.6).
        match self.text.lines().any(|there| there == line) {
            true => Ok(self.clone()),
            false => self.with_signatures(&format!("{line}\n")),
        }
    }

    /// Adds signature lines that a witness returned (c2sp.org/tlog-witness, `add-checkpoint`).
    ///
    /// # Errors
    /// [`Error::Malformed`] if `lines` is not a sequence of whole signature lines.
    pub fn with_signatures(&self, lines: &str) -> Result<Self, Error> {
        let rule = "must be signature lines (c2sp.org/signed-note)";
        let wrong = || Error::malformed("cosignatures", rule);
        let whole = lines.strip_suffix('\n').ok_or_else(wrong)?;
        for line in whole.split('\n') {
            Signature::from_bytes(line.as_bytes()).map_err(|_| wrong())?;
        }
        Self::parse(format!("{}{lines}", self.text).as_bytes())
    }

    /// Adds what a witness answered: of all lines only its own newest one that holds, in place of the one that was
    /// there. Whatever else the answer has is dropped, so that no witness speaks for another, and refreshing
    /// a cosignature adds nothing. None if there is no such line.
    ///
    /// # Errors
    /// [`Error::Malformed`] if the result is no checkpoint.
    pub fn with_cosignature_of(
        &self,
        witness: &VerifyingKey<role::Witness>,
        lines: &str,
    ) -> Result<Option<Self>, Error> {
        let own = |line: &str| {
            let signature = Signature::from_bytes(line.as_bytes()).ok()?;
            (signature.name() == witness.name() && signature.id() == witness.key_id())
                .then_some(signature)
        };
        let holds = |line: &&str| {
            let signature = own(line)?;
            // Without a time it does not say that it saw nothing larger.
            let (time, _) =
                divide_cosignature(signature.signature()).filter(|(time, _)| *time > 0)?;
            witness
                .verify(self.body().as_bytes(), signature.signature())
                .then_some(time)
        };
        let newest = lines.lines().filter_map(|line| Some((holds(&line)?, line)));
        let Some((_, newest)) = newest.max_by_key(|(time, _)| *time) else {
            return Ok(None);
        };
        let signatures = self.text[self.body().len() + 1..].lines();
        let kept: String = signatures
            .filter(|line| own(line).is_none())
            .map(|line| format!("{line}\n"))
            .collect();
        Self::parse(format!("{}\n{kept}{newest}\n", self.body()).as_bytes()).map(Some)
    }

    /// The whole text, signatures included, exactly as received.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Who says that it issued this. Not verified.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The claimed head. Not verified.
    pub fn unverified_head(&self) -> Head {
        self.head
    }

    /// The signed lines, without signatures.
    #[must_use]
    pub fn body(&self) -> &str {
        // Parsing made sure that the empty line is there.
        let end = self.text.rfind("\n\n").unwrap_or(self.text.len() - 1);
        &self.text[..=end]
    }
}

impl fmt::Display for SignedCheckpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl fmt::Debug for SignedCheckpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (origin, size) = (&self.origin, self.head.size);
        write!(formatter, "SignedCheckpoint({origin}, {size} entries)")
    }
}
