//! Reading mail to bring it somewhere else: every message of a file or folder, whatever its date.

use std::path::Path;

use lagrum_durable::Scratch;

use crate::beneath::{self, Closed};
use crate::{SourceError, eml, maildir, mbox};

pub use crate::message::Message;

/// What errors call the source of an import.
const ID: &str = "import";

/// What a path holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailKind {
    /// A directory with `cur` or `new`.
    Maildir,
    /// Any other directory: its `.eml` files, folders within it included.
    EmlFolder,
    /// A file: an mbox, plain, gzip or Zstandard.
    Mbox,
}

/// Hands every message of `path` to `each`, in an order that depends on the store only (by folder
/// and name, or by place in the mbox), and says what was found there. What of it has to lie
/// somewhere meanwhile lies in `scratch`. The path itself may be a
/// link; no link below it is followed. Files of other kinds are passed over.
///
/// # Errors
/// When `path` cannot be read from end to end, holds no mail at all, or `each` refuses a message.
pub fn messages_of(
    path: &Path,
    scratch: &Scratch,
    each: &mut dyn FnMut(Message<'_>) -> Result<(), SourceError>,
) -> Result<MailKind, SourceError> {
    let shown = path.to_string_lossy();
    let fail = |error: std::io::Error| SourceError::io(ID, shown.as_ref(), error);
    let mut count = 0_u64;
    let mut counted = |message: Message<'_>| {
        count += 1;
        each(message)
    };
    let kind = if path.is_dir() {
        let directory = beneath::open_root(path).map_err(fail)?;
        let has = |name| beneath::open_directory(&directory, name).is_ok_and(|_| true);
        if has(c"cur") || has(c"new") {
            maildir::for_each(ID, &directory, &mut counted)?;
            // An empty Maildir is still mail.
            return Ok(MailKind::Maildir);
        }
        eml::for_each(ID, &directory, &mut counted)?;
        MailKind::EmlFolder
    } else {
        let file =
            beneath::open_named_file(path).map_err(|closed: Closed| fail(closed.into_io()))?;
        mbox::for_each(ID, &shown, file, scratch, &mut counted)?;
        MailKind::Mbox
    };
    if count == 0 {
        return Err(SourceError::damaged(
            ID,
            shown,
            "no mail here; give a Maildir, an mbox, or a folder with `.eml` files",
        ));
    }
    Ok(kind)
}

#[cfg(test)]
mod tests;
