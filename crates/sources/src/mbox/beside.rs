//! What lies beside an mbox and seems to belong to the same mailbox.

use std::ffi::CString;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use rustix::fs::{AtFlags, FileType, statat};

use crate::beneath;

/// What mail programs keep beside a mailbox, by what follows its name: folders within it (Thunderbird).
const FOLDERS: [&str; 1] = [".sbd"];

/// What rotations and backups leave.
const OLDER: [&str; 14] = [
    ".0", ".1", ".2", ".old", ".bak", ".orig", "~", ".gz", ".0.gz", ".1.gz", ".2.gz", ".zst",
    ".xz", ".bz2",
];

const FOLDERS_WHY: &str =
    "folders within this mailbox lie in it, as Thunderbird keeps them; they were not searched";
const OLDER_WHY: &str = "it may be an older part of this mailbox; it was not searched";

/// Names what lies beside `place` below `root`.
pub(super) fn of(root: &OwnedFd, place: &Path) -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    let Some(name) = place.file_name() else {
        return found;
    };
    let opened = match place
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
    {
        Some(parent) => beneath::directory_beneath(root, parent).ok(),
        None => root.try_clone().ok(),
    };
    // Whoever could open the mailbox can open its directory.
    let Some(parent) = opened else {
        return found;
    };
    let kinds = (FOLDERS
        .iter()
        .map(|ending| (ending, FileType::Directory, FOLDERS_WHY)))
    .chain(
        OLDER
            .iter()
            .map(|ending| (ending, FileType::RegularFile, OLDER_WHY)),
    );
    for (ending, kind, why) in kinds {
        let mut bytes = name.as_bytes().to_vec();
        bytes.extend_from_slice(ending.as_bytes());
        let Ok(beside) = CString::new(bytes) else {
            continue;
        };
        let there = statat(parent.as_fd(), &beside, AtFlags::SYMLINK_NOFOLLOW)
            .is_ok_and(|stat| FileType::from_raw_mode(stat.st_mode) == kind && stat.st_size > 0);
        let filled =
            |directory: OwnedFd| beneath::list(&directory).map_or(true, |all| !all.is_empty());
        let holds = kind == FileType::RegularFile
            || beneath::open_directory(&parent, &beside).map_or(true, filled);
        if there && holds {
            let shown = format!("{}{ending}", place.to_string_lossy());
            found.push((shown, why));
        }
    }
    found
}
