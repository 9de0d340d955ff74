//! A Maildir whose files anybody named: every piece is the name of a file, below the account's
//! directory, and its content.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use crate::data_side::{ACCOUNT, DataSide};
use crate::pieces::pieces;

/// The source over the directory `b`.
fn source() -> String {
    format!(
        "kind = \"maildir\"\nid = \"mail\"\nroot = \".\"\naccounts = {{ \"{ACCOUNT}\" = \"b\" }}\n"
    )
}

/// Where a piece goes, if it stays below the directory.
fn place(name: &[u8]) -> Option<&Path> {
    let parts = name.split(|byte| *byte == b'/');
    let fits = |part: &[u8]| {
        !part.is_empty() && part.len() <= 255 && part != b"." && part != b".." && !part.contains(&0)
    };
    let short = name.len() <= 1024 && name.iter().filter(|byte| **byte == b'/').count() <= 12;
    let name: &std::ffi::OsStr = std::os::unix::ffi::OsStrExt::from_bytes(name);
    (short && parts.into_iter().all(fits)).then(|| Path::new(name))
}

fn lay_out(account: &Path, piece: &[u8]) {
    let end = piece.iter().position(|byte| *byte == b'\n');
    let (name, content) = piece.split_at(end.unwrap_or(piece.len()));
    let content = content.get(1..).unwrap_or_default();
    let Some(place) = place(name.strip_suffix(b"/").unwrap_or(name)) else {
        return;
    };
    let file = account.join(place);
    // What is in the way of something else stays.
    if name.ends_with(b"/") {
        let _ = fs::create_dir_all(file);
    } else if let Some(parent) = file.parent()
        && fs::create_dir_all(parent).is_ok()
        && file.symlink_metadata().is_err()
    {
        let _ = match content {
            b"->" => symlink("/etc/hostname", file),
            content => fs::write(file, content),
        };
    }
}

/// Reads one input.
pub(crate) fn read(bytes: &[u8]) {
    DataSide::get().search(&source(), |store| {
        let account = store.join("b");
        fs::create_dir(&account).expect("a directory");
        for piece in pieces(bytes).take(256) {
            lay_out(&account, piece);
        }
    });
}
