//! Programs that feed arbitrary bytes to whatever reads bytes from outside.
//!
//! `cargo fuzz run demand` (with a nightly compiler) searches for inputs that break a promise. On a
//! stable compiler the same programs run each file that they are given once, so that a finding can
//! be tried again: `cargo run -p lagrum-fuzz --bin demand -- fuzz/artifacts/demand/crash-…`.

/// One program: `|bytes| { … }`, which panics where a promise is broken.
#[macro_export]
macro_rules! target {
    (|$bytes:ident| $body:block) => {
        #[cfg(fuzzing)]
        libfuzzer_sys::fuzz_target!(|$bytes: &[u8]| $body);

        #[cfg(not(fuzzing))]
        fn main() -> std::io::Result<()> {
            for file in std::env::args_os().skip(1) {
                let read = std::fs::read(file)?;
                (|$bytes: &[u8]| $body)(&read);
            }
            Ok(())
        }
    };
}
