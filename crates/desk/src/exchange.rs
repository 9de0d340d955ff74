//! What passes between desk and agents: mandates one way, receipts, refusals and sealed packages
//! the other.

use std::fs;
use std::io::Read;
use std::path::Path;

use lagrum_durable::{NewFile, create_directory, open_plain};
use lagrum_mandate::answer::{Receipt, Refusal, SignedAnswer};
use lagrum_model::Sha256Digest;

use crate::DeskError;
use crate::config::AgentContact;

/// The longest answer that is read.
pub(crate) const LONGEST_ANSWER: u64 = 1 << 20;

/// What an agent answered. Its signature was checked against the key of the region's agent.
pub(crate) enum Answer {
    Receipt(Receipt),
    Refusal(Refusal),
}

/// An answer under the name of its mandate, or why it cannot be believed.
pub(crate) type Left = (String, Result<Answer, String>);

/// Reads what the agent of `contact` left, by the stems of the mandates that are `wanted`. An
/// answer that cannot be believed comes as the reason why: it stops nobody's other work.
pub(crate) fn answers(
    contact: &AgentContact,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Vec<Left>, DeskError> {
    let out = contact.exchange.join("out");
    if !out.exists() {
        return Ok(vec![]);
    }
    let fault = || DeskError::io(out.display().to_string());
    let mut answers = Vec::new();
    for entry in fs::read_dir(&out).map_err(fault())? {
        let path = entry.map_err(fault())?.path();
        let (Some(stem), Some(extension)) = (
            path.file_stem().and_then(|stem| stem.to_str()),
            path.extension().and_then(|extension| extension.to_str()),
        ) else {
            continue;
        };
        if !["receipt", "refusal"].contains(&extension) || !wanted(stem) {
            continue;
        }
        let answer = lagrum_durable::read(&path, LONGEST_ANSWER)
            .map_err(|e| e.to_string())
            .and_then(|note| {
                let agent = [&contact.key];
                if extension == "receipt" {
                    Receipt::verify(&note, &agent).map(|(receipt, _)| Answer::Receipt(receipt))
                } else {
                    Refusal::verify(&note, &agent).map(|(refusal, _)| Answer::Refusal(refusal))
                }
                .map_err(|e| e.to_string())
            })
            .map_err(|why| format!("{}: {why}", path.display()));
        answers.push((stem.to_owned(), answer));
    }
    answers.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(answers)
}

/// Copies a file whole or not at all, durably, if it is the one expected.
pub(crate) fn copy_whole(from: &Path, to: &Path, sha256: Sha256Digest) -> Result<(), DeskError> {
    use sha2::Digest;
    use std::io::Write;
    create_directory(to.parent().unwrap_or(Path::new(".")))?;
    let mut source = open_plain(from)?;
    let mut copy = NewFile::create(to)?;
    let (mut hasher, mut buffer) = (sha2::Sha256::new(), vec![0; 1 << 16]);
    loop {
        let read = source
            .read(&mut buffer)
            .map_err(DeskError::io(from.display().to_string()))?;
        if read == 0 {
            break;
        }
        hasher.update(&buffer[..read]);
        copy.write_all(&buffer[..read])
            .map_err(DeskError::io(to.display().to_string()))?;
    }
    if Sha256Digest(hasher.finalize().into()) != sha256 {
        return Err(DeskError::Wrong(format!(
            "{}: not the package that the agent's receipt names",
            from.display()
        )));
    }
    Ok(copy.finish()?)
}

/// Writes a file whole or not at all, durably, and its directory if it is not there.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), DeskError> {
    create_directory(path.parent().unwrap_or(Path::new(".")))?;
    Ok(lagrum_durable::replace(path, bytes)?)
}
