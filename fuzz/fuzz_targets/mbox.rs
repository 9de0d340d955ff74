//! An mbox from anybody: the pieces lie in order inside the file, and none is longer than told.
#![cfg_attr(fuzzing, no_main)]
use lagrum_sources::mbox::{Messages, Piece};

lagrum_fuzz::target!(|bytes| {
    let mut messages = Messages::new(bytes);
    let mut end = 0;
    loop {
        let mut length = 0;
        let found = messages.next_message(&mut |piece| {
            if let Piece::Bytes(bytes) = piece {
                length += bytes.len() as u64;
            }
            Ok(())
        });
        match found {
            Ok(Some(stored)) => {
                assert!(stored.at >= end && stored.length == length);
                end = stored.at + stored.length;
                assert!(end <= bytes.len() as u64);
            }
            Ok(None) | Err(_) => return,
        }
    }
});
