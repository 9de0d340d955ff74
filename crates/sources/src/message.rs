//! A stored message on its way to somebody who takes all of a store.

use std::io::Read;

use crate::SourceError;

/// Takes a message: its locator, its length, its content.
pub(crate) type Each<'a> = &'a mut dyn FnMut(&str, u64, &mut dyn Read) -> Result<(), SourceError>;

/// One message.
pub struct Message<'a> {
    /// Where it lies below the path: `cur/123.M1:2,S`, `inbox/7.eml`, or for an mbox
    /// `bytes 10455+2311`.
    pub locator: &'a str,
    /// Its length in bytes.
    pub length: u64,
    /// Its bytes as stored.
    pub content: &'a mut dyn Read,
}
