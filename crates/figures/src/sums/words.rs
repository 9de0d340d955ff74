//! What trustees say: signed notes, as files.

use std::path::{Path, PathBuf};

use lagrum_cards::{Answer, Complaint};
use lagrum_notes::{SigningKey, role, verify_note};

use super::Called;
use crate::FiguresError;

/// The longest note of a trustee.
const LONGEST: u64 = 16 << 10;

/// A trustee says that a share is false, and shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complained {
    /// Of which call: its digest.
    pub call: [u8; 32],
    /// Who dealt it.
    pub provider: String,
    /// The digest of what was dealt.
    pub dealing: [u8; 32],
    /// Who says so, and the proof.
    pub complaint: Complaint,
}

/// A trustee agrees to a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Of which call: its digest.
    pub call: [u8; 32],
    /// Who agrees, from 1.
    pub trustee: usize,
    /// The digest of the set.
    pub set: [u8; 32],
}

/// A trustee's answer, about a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Of which call: its digest.
    pub call: [u8; 32],
    /// The digest of the set.
    pub set: [u8; 32],
    /// Who answers, and what.
    pub answer: Answer,
}

/// What a trustee signs.
pub trait Word: Sized {
    /// Who says it, from 1.
    fn trustee(&self) -> usize;
    /// Of which call.
    fn call(&self) -> [u8; 32];
    /// The text that is signed. There is one for each.
    fn to_text(&self) -> String;
    /// Reads a text.
    ///
    /// # Errors
    /// When it is not written as [`Word::to_text`] writes it.
    fn parse(text: &str) -> Result<Self, FiguresError>;

    /// The signed note.
    ///
    /// # Errors
    /// When the key cannot sign.
    fn sign(&self, key: &SigningKey<role::Trustee>) -> Result<String, FiguresError> {
        let note = key.sign_note(&self.to_text());
        note.map_err(|e| FiguresError::Sum(e.to_string()))
    }

    /// What a note says, if it is of this call and signed by the trustee in whose name it speaks.
    ///
    /// # Errors
    /// When it is not.
    fn verify(note: &[u8], called: &Called, trustee: usize) -> Result<Self, FiguresError> {
        let wrong = |why: String| FiguresError::Sum(why);
        let key = called.signer(trustee);
        let key = key.ok_or_else(|| wrong("the call names no such trustee".into()))?;
        let (text, _) = verify_note(note, &[key]).map_err(|e| wrong(e.to_string()))?;
        let word = Self::parse(&text)?;
        match word.trustee() == trustee && word.call() == called.digest() {
            true => Ok(word),
            false => Err(wrong("it speaks of another call or trustee".into())),
        }
    }
}

/// The values of lines `key value` behind a first line; whoever reads compares what it would write.
struct Lines<'t>(std::str::Split<'t, char>);

impl<'t> Lines<'t> {
    fn of(text: &'t str, first: &str) -> Option<Self> {
        let mut lines = text.split('\n');
        (lines.next()? == first).then_some(Self(lines))
    }

    fn value(&mut self, key: &str) -> Option<&'t str> {
        self.0.next()?.strip_prefix(key)?.strip_prefix(' ')
    }

    fn bytes(&mut self, key: &str) -> Option<[u8; 32]> {
        bytes(self.value(key)?)
    }

    fn number(&mut self, key: &str) -> Option<usize> {
        self.value(key)?.parse().ok()
    }
}

fn bytes(digits: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    hex::decode_to_slice(digits, &mut bytes).ok()?;
    Some(bytes)
}

fn same<W: Word>(what: &'static str, word: Option<W>, text: &str) -> Result<W, FiguresError> {
    let word = word.filter(|word| word.to_text() == text);
    word.ok_or_else(|| FiguresError::text(what, "it is not written as it has to be"))
}

const COMPLAINT: &str = "lagrum/figures/v1/sum-complaint";
const AGREEMENT: &str = "lagrum/figures/v1/sum-agreement";
const ANSWER: &str = "lagrum/figures/v1/sum-answer";

impl Word for Complained {
    fn trustee(&self) -> usize {
        self.complaint.trustee
    }

    fn call(&self) -> [u8; 32] {
        self.call
    }

    fn to_text(&self) -> String {
        let Complaint {
            trustee,
            shared,
            announced: [first, second],
            answer,
        } = &self.complaint;
        format!(
            "{COMPLAINT}\ncall {}\ntrustee {trustee}\nprovider {}\ndealing {}\nshared {}\nannounced {} {}\nanswer {}\n",
            hex::encode(self.call),
            self.provider,
            hex::encode(self.dealing),
            hex::encode(shared),
            hex::encode(first),
            hex::encode(second),
            hex::encode(answer),
        )
    }

    fn parse(text: &str) -> Result<Self, FiguresError> {
        let read = || {
            let mut lines = Lines::of(text, COMPLAINT)?;
            let (call, trustee) = (lines.bytes("call")?, lines.number("trustee")?);
            let provider = lines.value("provider")?.to_owned();
            let (dealing, shared) = (lines.bytes("dealing")?, lines.bytes("shared")?);
            let (first, second) = lines.value("announced")?.split_once(' ')?;
            Some(Self {
                call,
                provider,
                dealing,
                complaint: Complaint {
                    trustee,
                    shared,
                    announced: [bytes(first)?, bytes(second)?],
                    answer: lines.bytes("answer")?,
                },
            })
        };
        same("complaint", read(), text)
    }
}

impl Word for Agreement {
    fn trustee(&self) -> usize {
        self.trustee
    }

    fn call(&self) -> [u8; 32] {
        self.call
    }

    fn to_text(&self) -> String {
        format!(
            "{AGREEMENT}\ncall {}\ntrustee {}\nset {}\n",
            hex::encode(self.call),
            self.trustee,
            hex::encode(self.set),
        )
    }

    fn parse(text: &str) -> Result<Self, FiguresError> {
        let read = || {
            let mut lines = Lines::of(text, AGREEMENT)?;
            Some(Self {
                call: lines.bytes("call")?,
                trustee: lines.number("trustee")?,
                set: lines.bytes("set")?,
            })
        };
        same("agreement", read(), text)
    }
}

impl Word for Answered {
    fn trustee(&self) -> usize {
        self.answer.trustee
    }

    fn call(&self) -> [u8; 32] {
        self.call
    }

    fn to_text(&self) -> String {
        format!(
            "{ANSWER}\ncall {}\ntrustee {}\nset {}\nvalue {}\nblinding {}\n",
            hex::encode(self.call),
            self.answer.trustee,
            hex::encode(self.set),
            hex::encode(self.answer.value),
            hex::encode(self.answer.blinding),
        )
    }

    fn parse(text: &str) -> Result<Self, FiguresError> {
        let read = || {
            let mut lines = Lines::of(text, ANSWER)?;
            let (call, trustee) = (lines.bytes("call")?, lines.number("trustee")?);
            Some(Self {
                call,
                set: lines.bytes("set")?,
                answer: Answer {
                    trustee,
                    value: lines.bytes("value")?,
                    blinding: lines.bytes("blinding")?,
                },
            })
        };
        same("answer", read(), text)
    }
}

/// Where trustees' words about one call lie.
pub struct Words {
    directory: PathBuf,
}

impl Words {
    /// Those of a call, below the directory for all.
    #[must_use]
    pub fn within(directory: &Path, called: &Called) -> Self {
        let call = called.call();
        Self {
            directory: directory.join(&call.period).join(&call.name),
        }
    }

    /// Writes a note. Gives the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put(&self, name: &str, note: &str) -> Result<PathBuf, FiguresError> {
        let file = self.directory.join(name);
        lagrum_durable::create_directory(&self.directory)?;
        lagrum_durable::replace(&file, note.as_bytes())?;
        Ok(file)
    }

    /// A word that lies there, and why it is not believed; none: there is no such file.
    fn get<W: Word>(
        &self,
        name: &str,
        called: &Called,
        trustee: usize,
    ) -> Result<Option<Result<W, String>>, FiguresError> {
        let file = self.directory.join(name);
        let Some(note) = lagrum_durable::read_if_any(&file, LONGEST)? else {
            return Ok(None);
        };
        let word = W::verify(&note, called, trustee);
        Ok(Some(word.map_err(|why| format!("{name}: {why}"))))
    }

    /// The trustees of the call that have said such a thing, each with it, and why some words are not believed.
    pub(crate) fn each<W: Word>(
        &self,
        kind: &str,
        called: &Called,
    ) -> Result<(Vec<W>, Vec<String>), FiguresError> {
        let (mut words, mut faults) = (Vec::new(), Vec::new());
        for trustee in 1..=called.call().trustees.len() {
            match self.get(&format!("{kind}-{trustee}"), called, trustee)? {
                Some(Ok(word)) => words.push(word),
                Some(Err(why)) => faults.push(why),
                None => {}
            }
        }
        Ok((words, faults))
    }

    /// The same of complaints about one provider, by its place in the call from 1.
    pub(crate) fn complaints(
        &self,
        called: &Called,
        provider: usize,
    ) -> Result<(Vec<Complained>, Vec<String>), FiguresError> {
        let (mut words, mut faults) = (Vec::new(), Vec::new());
        for trustee in 1..=called.call().trustees.len() {
            match self.get(&complaint_name(trustee, provider), called, trustee)? {
                Some(Ok(word)) => words.push(word),
                Some(Err(why)) => faults.push(why),
                None => {}
            }
        }
        Ok((words, faults))
    }
}

/// What the file of a complaint is called: by trustee and provider, as the call counts them from 1.
pub(crate) fn complaint_name(trustee: usize, provider: usize) -> String {
    format!("complaint-{trustee}-{provider}")
}
