//! A package from anybody: checked or refused, never a panic.
#![cfg_attr(fuzzing, no_main)]
use lagrum_durable::Scratch;
use lagrum_package::check::{Against, Archive, KeepNothing, check};

lagrum_fuzz::target!(|bytes| {
    let scratch = Scratch::new(&std::env::temp_dir());
    let _ = check(
        &mut Archive(bytes),
        &Against::Itself,
        &scratch,
        &mut KeepNothing,
    );
});
