//! A mandate has exactly one text, and so has a question of which accounts there are.
use lagrum_mandate::{Inquiry, Mandate};

/// Reads one input.
pub(crate) fn read(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(mandate) = Mandate::parse(text) {
        assert_eq!(mandate.to_text(), text);
    }
    if let Ok(inquiry) = Inquiry::parse(text) {
        assert_eq!(inquiry.to_text(), text);
    }
}
