//! Whatever arrives at the desk on the web: its text and what it suggests, as a mail or not; a form; an
//! address to go on to; what a mail says of itself.
use lagrum_mailbox::Heading;
use lagrum_web::testing;

/// Reads one input.
pub(crate) fn read(bytes: &[u8]) {
    for name in ["paper.txt", "paper.eml"] {
        let _ = testing::paper(name, bytes);
    }
    let name = Heading::of(bytes).file_name();
    assert!(
        !name.contains(['/', '\n', '\0']) && name.ends_with(".eml"),
        "{name}"
    );
    let _ = testing::form(bytes);
    if let Ok(text) = std::str::from_utf8(bytes)
        && testing::own_path(text)
    {
        assert!(text.starts_with('/') && !text.starts_with("//") && !text.contains('\\'));
    }
}
