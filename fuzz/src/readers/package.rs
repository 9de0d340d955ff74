//! A package from anybody: checked or refused, never a panic.
use lagrum_durable::Scratch;
use lagrum_package::check::{Against, Archive, KeepNothing, check};

use crate::data_side::directory;

/// Reads one input.
pub(crate) fn read(bytes: &[u8]) {
    let dir = directory();
    let scratch = Scratch::new(dir.path());
    let _ = check(
        &mut Archive(bytes),
        &Against::Itself,
        &scratch,
        &mut KeepNothing,
    );
}
