//! What passes between desk and agents: mandates one way, receipts, refusals and sealed packages
//! the other.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use lagrum_mandate::answer::{AgentAnswer, Receipt, Refusal};
use lagrum_mandate::signature::SignatureError;
use lagrum_model::Sha256Digest;

use crate::DeskError;
use crate::config::AgentContact;

/// What an agent answered. Its signature was checked against the key of the region's agent.
pub(crate) enum Answer {
    Receipt(Receipt),
    Refusal(Refusal),
}

/// Reads what the agent of `contact` left, by the stems of the mandates that are `wanted`. An
/// answer that cannot be believed comes as the reason why: it stops nobody's other work.
pub(crate) fn answers(
    contact: &AgentContact,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Vec<(String, Result<Answer, String>)>, DeskError> {
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
        let note = fs::read(&path).map_err(fault())?;
        let wrong = |e: SignatureError| format!("{}: {e}", path.display());
        let agent = [&contact.key];
        let answer = if extension == "receipt" {
            Receipt::verify(&note, &agent).map(|(receipt, _)| Answer::Receipt(receipt))
        } else {
            Refusal::verify(&note, &agent).map(|(refusal, _)| Answer::Refusal(refusal))
        }
        .map_err(wrong);
        answers.push((stem.to_owned(), answer));
    }
    answers.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(answers)
}

/// Writes a file whole or not at all, durably.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), DeskError> {
    let fault = || DeskError::io(path.display().to_string());
    let parent = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(fault())?;
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or("file");
    let temporary = parent.join(format!(".{name}.partial"));
    let mut file = new_file(&temporary).map_err(fault())?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(fault())?;
    fs::rename(&temporary, path).map_err(fault())?;
    File::open(parent)
        .and_then(|directory| directory.sync_all())
        .map_err(fault())
}

/// Makes a file anew, and never writes through a link that somebody left in its place.
fn new_file(path: &Path) -> std::io::Result<File> {
    if path.symlink_metadata().is_ok() {
        fs::remove_file(path)?;
    }
    File::create_new(path)
}

/// Copies a file whole or not at all, durably, and checks that it is the one expected.
pub(crate) fn copy_whole(from: &Path, to: &Path, sha256: Sha256Digest) -> Result<(), DeskError> {
    use sha2::Digest;
    let fault = || DeskError::io(to.display().to_string());
    let parent = to.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(fault())?;
    let name = to
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or("file");
    let temporary = parent.join(format!(".{name}.partial"));
    let mut source = File::open(from).map_err(DeskError::io(from.display().to_string()))?;
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
    fs::rename(&temporary, to).map_err(fault())?;
    File::open(parent)
        .and_then(|directory| directory.sync_all())
        .map_err(fault())
}
