//! Whatever arrives at the desk on the web: its text and what it suggests, as a mail or not; a form; an
//! address to go on to.
use lagrum_web::testing;

/// Reads one input.
pub(crate) fn read(bytes: &[u8]) {
    for name in ["paper.txt", "paper.eml"] {
        let _ = testing::paper(name, bytes);
    }
    let _ = testing::form(bytes);
    if let Ok(text) = std::str::from_utf8(bytes)
        && testing::own_path(text)
    {
        assert!(text.starts_with('/') && !text.starts_with("//") && !text.contains('\\'));
    }
}
