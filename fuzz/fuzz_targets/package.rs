//! A package from anybody: checked or refused, never a panic.
#![no_main]
use lagrum_production::check::{Against, Archive, KeepNothing, check};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = check(&mut Archive(bytes), &Against::Itself, &mut KeepNothing);
});
