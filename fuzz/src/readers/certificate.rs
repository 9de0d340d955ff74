//! OpenPGP certificates from anybody: refused, or reduced to one form that can be sealed to.
#![allow(
    clippy::disallowed_types,
    reason = "what is sealed here is nothing, and is thrown away"
)]
use jiff::Timestamp;
use lagrum_openpgp::Certificate;
use rand_core::OsRng;

/// In November 2026.
const NOW: Timestamp = Timestamp::constant(1_796_000_000, 0);

/// Reads one input.
pub(crate) fn read(bytes: &[u8]) {
    let Ok(read) = Certificate::read(bytes, NOW) else {
        return;
    };
    let again = Certificate::pinned(read.bytes(), read.key(), NOW);
    assert!(again.is_ok_and(|again| again == read));
    let mut sealed = Vec::new();
    read.seal(&b"x"[..], &mut sealed, &mut OsRng)
        .expect("whatever is read can be sealed to");
}
