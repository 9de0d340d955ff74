//! An mbox from anybody: the pieces lie in order inside the file, none is longer than told, and what is
//! handed over passes the re-check.

use lagrum_sources::mbox::{Messages, Piece, Stored};

use crate::data_side::{ACCOUNT, DataSide, write};

/// The source over the file `box`.
pub(crate) fn source() -> String {
    format!(
        "kind = \"mbox\"\nid = \"mail\"\nroot = \".\"\naccounts = {{ \"{ACCOUNT}\" = \"box\" }}\n"
    )
}

/// The messages of a file that is one, up to the first fault.
pub(crate) fn messages(bytes: &[u8]) -> Vec<Stored> {
    let mut messages = Messages::new(bytes);
    let (mut all, mut end) = (Vec::new(), 0);
    loop {
        let mut length = 0;
        let found = messages.next_message(&mut |piece| {
            if let Piece::Bytes(bytes) = piece {
                length += bytes.len() as u64;
            }
            Ok(())
        });
        let Ok(Some(stored)) = found else {
            return all;
        };
        assert!(stored.at >= end && stored.length == length);
        end = stored.at + stored.length;
        assert!(end <= bytes.len() as u64);
        all.push(stored);
    }
}

/// Reads one input.
pub(crate) fn read(bytes: &[u8]) {
    messages(bytes);
    DataSide::get().search(&source(), |store| write(store, "box", bytes));
}
