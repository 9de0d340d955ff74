//! What stands in a store of mail and is not searched: named, unless it is known to hold no mail.

use std::ffi::CStr;
use std::os::fd::OwnedFd;
use std::os::unix::fs::FileExt;

use rustix::fs::{AtFlags, FileType, statat};

use crate::beneath;
use crate::mail::LINK;

/// How deep a directory is looked through for anything that it may hold.
const DEPTH: usize = 8;

/// Files that mail programs keep beside mail; a name that ends in `*` stands for all that begin so. One
/// that begins like a mailbox or a message is named all the same.
const FILES: &[&str] = &[
    ".DS_Store",
    ".customflags",
    ".dovecot.*",
    ".gitkeep",
    ".imap.index*",
    ".isyncuidmap*",
    ".keep",
    ".mbsyncstate*",
    ".mh_sequences",
    ".uidvalidity",
    "courierimap*",
    "courierpop3*",
    "dovecot-*",
    "dovecot.*",
    "maildirfolder",
    "maildirsize",
    "shared-folders",
    "shared-maildirs",
    "subscriptions",
];

/// Directories that mail programs keep beside mail, and users may call a folder of mail.
const DIRECTORIES: &[&str] = &[
    ".nnmaildir",
    ".notmuch",
    "courierimaphieracl",
    "courierimapkeywords",
    "sieve",
];

fn among(names: &[&str], name: &CStr) -> bool {
    let name = name.to_bytes();
    names.iter().any(|known| match known.strip_suffix('*') {
        Some(start) => name.starts_with(start.as_bytes()),
        None => name == known.as_bytes(),
    })
}

/// Why `name` in `parent` is to be named, if it may hold mail.
pub(crate) fn why(parent: &OwnedFd, name: &CStr, kind: FileType) -> Option<&'static str> {
    if kind.is_dir() {
        let Ok(directory) = beneath::open_directory(parent, name) else {
            return Some("a directory that cannot be opened; it was not searched");
        };
        if among(DIRECTORIES, name) && !may_be_a_folder(&directory) {
            return None;
        }
        return holds_anything(&directory, DEPTH).then(|| layout(&directory, name));
    }
    if among(FILES, name) && !begins_like_mail(parent, name) {
        return None;
    }
    if kind.is_symlink() {
        return Some(LINK);
    }
    if !kind.is_file() {
        return Some("neither a file nor a directory; it was not read");
    }
    let empty = statat(parent, name, AtFlags::SYMLINK_NOFOLLOW).is_ok_and(|stat| stat.st_size == 0);
    (!empty).then_some("a file that is not known to be a message here; it was not read")
}

/// Whether a plain file begins like a mailbox, or like the header of a message; what cannot be read is for
/// whoever reads it to say.
fn begins_like_mail(parent: &OwnedFd, name: &CStr) -> bool {
    const FIELDS: [&[u8]; 6] = [
        b"from:",
        b"date:",
        b"received:",
        b"return-path:",
        b"message-id:",
        b"delivered-to:",
    ];
    let Ok(file) = beneath::open_file(parent, name) else {
        return false;
    };
    let mut beginning = [0; 64];
    let read = file.read_at(&mut beginning, 0).unwrap_or(0);
    let beginning = beginning[..read].to_ascii_lowercase();
    beginning.starts_with(b"from ") || FIELDS.iter().any(|field| beginning.starts_with(field))
}

/// Whether a directory has the parts of a mail folder, or a message in a file of its own.
fn may_be_a_folder(directory: &OwnedFd) -> bool {
    // What cannot be told counts as one.
    let Ok(names) = beneath::list(directory) else {
        return true;
    };
    names.iter().any(|(name, kind)| {
        let bytes = name.to_bytes();
        match kind.is_dir() {
            true => [c"cur", c"new"].contains(&name.as_c_str()) || bytes.starts_with(b"."),
            false => bytes.to_ascii_lowercase().ends_with(b".eml"),
        }
    })
}

/// What a directory looks like.
fn layout(directory: &OwnedFd, name: &CStr) -> &'static str {
    let has = |name: &CStr| beneath::open_directory(directory, name).is_ok();
    if has(c"cur") || has(c"new") {
        "a directory that looks like a mail folder, but is none of Maildir++ (its name does not begin with a dot, or it lies in another folder); it was not searched"
    } else if name == c"mailboxes" || name == c"storage" || has(c"dbox-Mails") {
        "a directory that looks like mailboxes of Dovecot in another layout (dbox, or an index); it was not searched"
    } else {
        "a directory that is no mail folder, with something in it; it was not searched"
    }
}

/// Whether anything but directories lies below; what cannot be told counts as something.
fn holds_anything(directory: &OwnedFd, depth: usize) -> bool {
    let Ok(names) = beneath::list(directory) else {
        return true;
    };
    names.iter().any(|(name, kind)| {
        if !kind.is_dir() {
            // What only keeps a directory for others.
            return ![c".keep", c".gitkeep", c".DS_Store"].contains(&name.as_c_str());
        }
        depth == 0
            || beneath::open_directory(directory, name)
                .map_or(true, |below| holds_anything(&below, depth - 1))
    })
}

/// Why the place of an account is no Maildir.
pub(super) fn no_maildir(account: &OwnedFd) -> String {
    const MOST: usize = 5;
    let names = beneath::list(account).unwrap_or_default();
    let directories: Vec<_> = names.iter().filter(|(_, kind)| kind.is_dir()).collect();
    let mut shown: Vec<_> = directories
        .iter()
        .take(MOST)
        .map(|(name, _)| beneath::shown(name))
        .collect();
    if directories.len() > MOST {
        shown.push("…".into());
    }
    let of_dovecot = directories.iter().any(|(name, _)| {
        [c"mailboxes", c"storage", c"dbox-Mails"].contains(&name.as_c_str())
            || beneath::open_directory(account, name)
                .is_ok_and(|below| beneath::open_directory(&below, c"dbox-Mails").is_ok())
    });
    let layout = if of_dovecot {
        "; it looks like Dovecot's dbox or index layout, which is not read: have Dovecot write a Maildir (doveadm backup)"
    } else {
        "; correct `place`, or the account's line in `accounts` where places are written by hand"
    };
    let holds = if shown.is_empty() {
        String::new()
    } else {
        format!(" (it holds: {})", shown.join(", "))
    };
    format!(
        "the account's place has neither `cur` nor `new`, so it is not a Maildir{holds}{layout}"
    )
}
