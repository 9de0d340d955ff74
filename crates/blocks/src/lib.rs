//! What is written for people, as a title and a list of [`Block`]s, whatever it is about: a page, a letter, a report.
//!
//! **Invariant.** A document says what it says and nothing of how it looks; that is decided where it is shown:
//! [`Document::to_text`] for a terminal or a text file, [`Document::to_html`] for a browser, [`Document::to_letter`] for a
//! text that people edit. What comes from outside is only ever a text in a block: it can neither rewrite a terminal
//! ([`sanitize_for_terminal`]) nor become markup.

mod block;
mod html;
mod plain;
mod sanitize;
mod text;
mod tie;

pub use block::{Block, Document, Field, Ink, Span, Table, Text};
pub use sanitize::{one_line, sanitize_for_terminal};
pub use text::Style;
pub use tie::tied;
