//! A mandate has exactly one text.
#![cfg_attr(fuzzing, no_main)]
use lagrum_mandate::Mandate;

lagrum_fuzz::target!(|bytes| {
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(mandate) = Mandate::parse(text)
    {
        assert_eq!(mandate.to_text(), text);
    }
});
