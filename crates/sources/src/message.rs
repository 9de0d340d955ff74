//! A stored message on its way to somebody who takes all of a store.

use std::io::Read;

use crate::SourceError;

/// Takes a message.
pub(crate) type Each<'a> = &'a mut dyn FnMut(Message<'_>) -> Result<(), SourceError>;

/// One message.
pub struct Message<'a> {
    /// Where it lies below the path: `cur/123.M1:2,S`, `inbox/7.eml`, or for an mbox
    /// `bytes 10455+2311`.
    pub locator: &'a str,
    /// Its length in bytes.
    pub length: u64,
    /// Whether it is certainly one message: in an mbox this may be in
    /// [doubt](crate::mbox::Doubt).
    pub certain: bool,
    /// Its bytes as stored.
    pub content: &'a mut dyn Read,
}

impl<'a> Message<'a> {
    /// A message in a file of its own.
    pub(crate) fn of_file(locator: &'a str, length: u64, content: &'a mut dyn Read) -> Self {
        Self {
            locator,
            length,
            certain: true,
            content,
        }
    }
}
