//! A mandate has exactly one text.
#![no_main]
use lagrum_mandate::Mandate;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(mandate) = Mandate::parse(text) {
        assert_eq!(mandate.to_text(), text);
    }
});
