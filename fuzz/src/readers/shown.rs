//! Any text on a terminal or a page: nothing that moves the cursor, and nothing that nobody sees.
use lagrum_documents::sanitize_for_terminal;
use lagrum_model::{is_invisible, one_line};

/// Reads one input.
pub(crate) fn read(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let shown = sanitize_for_terminal(&text);
    let hidden = |c: char| is_invisible(c) && c != '\n' && c != '\t';
    assert!(!shown.contains(hidden));
    if one_line(&text).is_ok() {
        assert_eq!(shown, text);
    }
}
