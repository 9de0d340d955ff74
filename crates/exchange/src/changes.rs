//! Waiting for something new in a directory.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use lagrum_durable::FileError;
use lagrum_model::Sha256Digest;
use sha2::{Digest, Sha256};

/// How what the desk left looks now: the names there, with what the file system says of each. Another look gives the same
/// digest as long as nothing was left, taken away or changed.
///
/// # Errors
/// When the directory cannot be read; one that is not there is empty.
pub fn look(directory: &Path) -> Result<Sha256Digest, FileError> {
    let inbox = directory.join("in");
    let fault = |error| FileError::new("list", &inbox, error);
    let mut all = Vec::new();
    match fs::read_dir(&inbox) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        entries => {
            for entry in entries.map_err(fault)? {
                let entry = entry.map_err(fault)?;
                // What is gone meanwhile is seen at the next look.
                if let Ok(about) = entry.metadata() {
                    all.push((
                        entry.file_name().into_encoded_bytes(),
                        [
                            about.len(),
                            about.ino(),
                            about.mtime().unsigned_abs(),
                            about.mtime_nsec().unsigned_abs(),
                        ],
                    ));
                }
            }
        }
    }
    all.sort();
    let mut hash = Sha256::new();
    for (name, about) in all {
        hash.update((name.len() as u64).to_be_bytes());
        hash.update(name);
        for number in about {
            hash.update(number.to_be_bytes());
        }
    }
    Ok(Sha256Digest(hash.finalize().into()))
}

#[cfg(test)]
#[allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]
mod tests {
    use super::*;

    #[test]
    fn whatever_the_desk_leaves_takes_away_or_changes_is_seen() {
        let root = tempfile::tempdir().unwrap();
        let inbox = root.path().join("in");
        let nothing = look(root.path()).unwrap();
        fs::create_dir(&inbox).unwrap();
        assert_eq!(look(root.path()).unwrap(), nothing);
        lagrum_durable::replace(&inbox.join("a.mandate"), b"one").unwrap();
        let one = look(root.path()).unwrap();
        assert_ne!(one, nothing);
        assert_eq!(look(root.path()).unwrap(), one);
        lagrum_durable::replace(&inbox.join("a.mandate"), b"two").unwrap();
        let other = look(root.path()).unwrap();
        assert_ne!(other, one);
        lagrum_durable::replace(&inbox.join("a.recall"), b"").unwrap();
        assert_ne!(look(root.path()).unwrap(), other);
        lagrum_durable::remove(&inbox.join("a.mandate")).unwrap();
        lagrum_durable::remove(&inbox.join("a.recall")).unwrap();
        assert_eq!(look(root.path()).unwrap(), nothing);
    }
}
