//! Signs, drawn: each stands beside its word, and is hidden from who listens.

use maud::{Markup, PreEscaped, html};

/// A sign of sixteen by sixteen points in the ink of its text.
pub(crate) fn sign(name: &str) -> Markup {
    let drawn = match name {
        "out" => {
            r#"<path d="M2 8h10M8 3l5 5-5 5" fill="none" stroke="currentColor" stroke-width="2"/>"#
        }
        "stays" => {
            r#"<rect x="2.5" y="2.5" width="11" height="11" fill="none" stroke="currentColor" stroke-width="2"/>"#
        }
        "hourglass" => r#"<path d="M4 2h8v3L9 8l3 3v3H4v-3l3-3-3-3z" fill="currentColor"/>"#,
        "ring" => {
            r#"<circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" stroke-width="2"/>"#
        }
        "dashed-ring" => {
            r#"<circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="2.5 2"/>"#
        }
        "tick" => {
            r#"<path d="M2 8.5l4 4 8-9" fill="none" stroke="currentColor" stroke-width="2.2"/>"#
        }
        "dash" => r#"<path d="M3 8h10" stroke="currentColor" stroke-width="2"/>"#,
        "square" => r#"<rect x="3" y="3" width="10" height="10" fill="currentColor"/>"#,
        "triangle" => r#"<path d="M8 2l6.5 12h-13z" fill="currentColor"/>"#,
        "bars" => r#"<path d="M4 3h3v10H4zM9 3h3v10H9z" fill="currentColor"/>"#,
        "file" => {
            r#"<path d="M4 2h5l3 3v9H4z" fill="none" stroke="currentColor" stroke-width="1.5"/>"#
        }
        "phone" => {
            r#"<path d="M4 2l2 0 1 3-1.5 1.5c.8 1.6 2.4 3.2 4 4L11 9l3 1v2c0 1-1 2-2 2C6 14 2 9 2 4c0-1 1-2 2-2z" fill="currentColor"/>"#
        }
        "pen" => r#"<path d="M3 13l1-3 7-7 2 2-7 7z" fill="currentColor"/>"#,
        "lock" => {
            r#"<path d="M4 7h8v7H4zM5.5 7V5a2.5 2.5 0 015 0v2" fill="none" stroke="currentColor" stroke-width="1.6"/>"#
        }
        // A point: running.
        _ => r#"<circle cx="8" cy="8" r="4.5" fill="currentColor"/>"#,
    };
    html! {
        svg.sign aria-hidden="true" focusable="false" viewBox="0 0 16 16" width="16" height="16" {
            (PreEscaped(drawn))
        }
    }
}
