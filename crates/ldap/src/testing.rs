//! What is understood of bytes, for the search for inputs that break a promise.

use std::io::{self, Read, Write};

use crate::{Answered, LdapFault, LookUp};

/// A server that has said all it will say.
struct Said<'s, 'b>(&'s mut &'b [u8]);

impl Read for Said<'_, '_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.0.read(bytes)
    }
}

impl Write for Said<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What a look-up of the columns `address` and `aliases` (the attributes `mail` and `other`) understands where a
/// server answers its bind and its search with `bytes`. What it did not read is left there.
///
/// # Errors
/// As [`LookUp::read`].
pub fn answered(bytes: &mut &[u8]) -> Result<Answered, LdapFault> {
    LookUp::of_two_columns().told(Said(bytes))
}
