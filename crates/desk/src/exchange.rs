//! What passes between desk and agents: mandates one way, receipts, refusals and sealed packages
//! the other.

use std::fs::{self, File};
use std::path::Path;

use lagrum_mandate::answer::{AgentAnswer, Receipt, Refusal};
use lagrum_mandate::exchange::{new_file, open_plain, partial, put_in_place, read_plain};
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
        let answer = read_plain(&path, LONGEST_ANSWER)
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

/// Copies a file whole or not at all, durably, and checks that it is the one expected.
pub(crate) fn copy_whole(from: &Path, to: &Path, sha256: Sha256Digest) -> Result<(), DeskError> {
    use sha2::Digest;
    let fault = || DeskError::io(to.display().to_string());
    let parent = to.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(fault())?;
    let temporary = partial(to);
    let mut source = open_plain(from).map_err(DeskError::io(from.display().to_string()))?;
    let mut file = new_file(&temporary).map_err(fault())?;
    std::io::copy(&mut source, &mut file)
        .and_then(|_| file.sync_all())
        .map_err(fault())?;
    let mut hasher = sha2::Sha256::new();
    let mut written = File::open(&temporary).map_err(fault())?;
    std::io::copy(&mut written, &mut hasher).map_err(fault())?;
    if Sha256Digest(hasher.finalize().into()) != sha256 {
        return Err(DeskError::Wrong(format!(
            "{}: not the package that the agent's receipt names",
            from.display()
        )));
    }
    put_in_place(&temporary, to).map_err(fault())
}

/// Writes a file whole or not at all, durably, and its directory if it is not there.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), DeskError> {
    let fault = || DeskError::io(path.display().to_string());
    fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).map_err(fault())?;
    lagrum_mandate::exchange::write_whole(path, bytes).map_err(fault())
}
