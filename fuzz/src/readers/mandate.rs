//! A mandate has exactly one text.
use lagrum_mandate::Mandate;

/// Reads one input.
pub(crate) fn read(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(mandate) = Mandate::parse(text)
    {
        assert_eq!(mandate.to_text(), text);
    }
}
