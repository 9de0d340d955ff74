use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What some files were when they were looked at: length, when they were changed, and which files they were.
/// Two looks that are equal saw the same files, unchanged, as far as the file system tells; none of them was
/// read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen(BTreeMap<PathBuf, (u64, Option<SystemTime>, u64)>);

impl Seen {
    /// These files, as far as they are there.
    pub fn files(files: impl IntoIterator<Item = PathBuf>) -> Self {
        let of = |path: PathBuf| {
            let about = std::fs::metadata(&path).ok()?;
            Some((path, (about.len(), about.modified().ok(), about.ino())))
        };
        Self(files.into_iter().filter_map(of).collect())
    }

    /// The settings (`*.toml`) of a directory.
    #[must_use]
    pub fn settings(directory: &Path) -> Self {
        let files = std::fs::read_dir(directory).into_iter().flatten();
        let files = files.filter_map(Result::ok).map(|entry| entry.path());
        Self::files(files.filter(|path| path.extension().is_some_and(|end| end == "toml")))
    }
}

#[cfg(test)]
#[allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_that_is_changed_replaced_or_removed_is_seen() {
        let at = tempfile::tempdir().unwrap();
        let (file, other) = (at.path().join("desk.toml"), at.path().join("other.toml"));
        std::fs::write(at.path().join("notes.txt"), "not a setting").unwrap();
        let nothing = Seen::settings(at.path());
        std::fs::write(&file, "one").unwrap();
        let one = Seen::settings(at.path());
        assert_ne!(one, nothing);
        assert_eq!(one, Seen::settings(at.path()));
        std::fs::write(at.path().join("notes.txt"), "nor is this").unwrap();
        assert_eq!(one, Seen::settings(at.path()));
        // The same length, and with some file systems the same second: another file.
        std::fs::write(&other, "two").unwrap();
        std::fs::rename(&other, &file).unwrap();
        assert_ne!(one, Seen::settings(at.path()));
        std::fs::remove_file(&file).unwrap();
        assert_eq!(nothing, Seen::settings(at.path()));
    }
}
