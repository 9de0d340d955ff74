//! A message in a file of its own from anybody, its header block and all: searched or put before a
//! person, and what is handed over passes the re-check.

use lagrum_sources::import;

use crate::data_side::{ACCOUNT, DataSide, directory, write};

/// The source over the directory `b`.
fn source() -> String {
    format!(
        "kind = \"eml-folder\"\nid = \"mail\"\nroot = \".\"\naccounts = {{ \"{ACCOUNT}\" = \"b\" }}\n"
    )
}

/// Reads one input.
pub(crate) fn read(bytes: &[u8]) {
    DataSide::get().search(&source(), |store| write(store, "b/1.eml", bytes));
    // Whoever takes all mail of a folder gets each byte as it is stored.
    let dir = directory();
    write(dir.path(), "b/1.eml", bytes);
    let scratch = lagrum_durable::Scratch::new(dir.path());
    let taken = import::messages_of(&dir.path().join("b"), &scratch, &mut |message| {
        let mut all = Vec::new();
        std::io::Read::read_to_end(message.content, &mut all).expect("it is in memory");
        assert!(all == bytes && message.length == bytes.len() as u64);
        Ok(())
    });
    taken.expect("it is a message");
}
