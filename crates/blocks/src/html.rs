//! Blocks as HTML, for a browser: elements that say what they are, and nothing that runs or paints.

use std::fmt::Write as _;

use crate::block::{Block, Document, Field, Ink, Table, Text};
use crate::sanitize::{one_line, sanitize_for_terminal};
use crate::tie::tied;

impl Document {
    /// The document as one `<article>`. All text is escaped; there is no inline style and no
    /// script, so that a page that shows it can forbid both. Inks are classes.
    #[must_use]
    pub fn to_html(&self) -> String {
        let mut out = format!("<article lang=\"{}\">\n", self.language);
        let _ = writeln!(out, "<h1>{}</h1>", escape(&one_line(&self.title)));
        blocks(&mut out, &self.blocks);
        out.push_str("</article>\n");
        out
    }
}

fn blocks(out: &mut String, all: &[Block]) {
    for block in all {
        match block {
            Block::Heading { level, text } => {
                let level = (*level).clamp(2, 6);
                let _ = writeln!(out, "<h{level}>{}</h{level}>", inline(text));
            }
            Block::Paragraph { text } => {
                let _ = writeln!(out, "<p>{}</p>", inline(text));
            }
            Block::Fields { fields } => fields_list(out, fields),
            Block::List { first, items } => list(out, *first, items),
            Block::Table { table } => table_of(out, table),
            Block::Notice { ink, text } => {
                let class = class(*ink).unwrap_or("plain");
                let _ = writeln!(
                    out,
                    "<p class=\"notice {class}\" role=\"note\">{}</p>",
                    inline(text)
                );
            }
            Block::Preformatted { text } => {
                let text = escape(&sanitize_for_terminal(text));
                let _ = writeln!(out, "<pre>{text}</pre>");
            }
            Block::Rule => out.push_str("<hr>\n"),
        }
    }
}

fn fields_list(out: &mut String, fields: &[Field]) {
    out.push_str("<dl>\n");
    for field in fields {
        let _ = writeln!(out, "<dt>{}</dt>", escape(&one_line(&field.label)));
        for line in &field.value {
            let _ = writeln!(out, "<dd>{}</dd>", inline(line));
        }
    }
    out.push_str("</dl>\n");
}

fn list(out: &mut String, first: Option<usize>, items: &[Vec<Block>]) {
    let element = if first.is_some() { "ol" } else { "ul" };
    match first {
        Some(first) if first != 1 => {
            let _ = writeln!(out, "<ol start=\"{first}\">");
        }
        _ => {
            let _ = writeln!(out, "<{element}>");
        }
    }
    for item in items {
        out.push_str("<li>\n");
        blocks(out, item);
        out.push_str("</li>\n");
    }
    let _ = writeln!(out, "</{element}>");
}

fn table_of(out: &mut String, table: &Table) {
    out.push_str("<table>\n<thead><tr>");
    for head in &table.heads {
        let _ = write!(out, "<th scope=\"col\">{}</th>", escape(&one_line(head)));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        out.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            let words = inline(cell);
            let _ = if at == 0 {
                write!(out, "<th scope=\"row\">{words}</th>")
            } else {
                write!(out, "<td>{words}</td>")
            };
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}

fn inline(text: &Text) -> String {
    let mut out = String::new();
    for span in &text.0 {
        let words = escape(&tied(&one_line(&span.text)));
        let _ = match (span.ink, class(span.ink)) {
            (Ink::Strong, _) => write!(out, "<strong>{words}</strong>"),
            (_, Some(class)) => write!(out, "<span class=\"{class}\">{words}</span>"),
            (_, None) => write!(out, "{words}"),
        };
    }
    out
}

fn class(ink: Ink) -> Option<&'static str> {
    match ink {
        Ink::Plain => None,
        Ink::Strong => Some("strong"),
        Ink::Quiet => Some("quiet"),
        Ink::Good => Some("good"),
        Ink::Caution => Some("caution"),
        Ink::Bad => Some("bad"),
    }
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use lagrum_model::Language;
    use proptest::prelude::*;

    use super::*;

    /// A document that has `text` in every place that can hold one.
    fn everywhere(text: &str) -> Document {
        let mut page = Document::new(Language::Danish, text);
        page.section(text);
        page.paragraph(Text::in_ink(Ink::Strong, text).then(Ink::Bad, text));
        page.fields(vec![Field::new(text, text)]);
        page.notice(Ink::Caution, text);
        page.bullets(vec![vec![Block::paragraph(text)]]);
        page.blocks.push(Block::Preformatted { text: text.into() });
        page.blocks.push(Block::Table {
            table: Table {
                heads: vec![text.into()],
                rows: vec![vec![text.into()]],
                spare: vec![],
            },
        });
        page
    }

    proptest! {
        #[test]
        fn no_text_becomes_markup(text in "[<>&\"'a-z/=! ]{0,40}") {
            let tags = |html: &str| html.matches('<').count();
            let plain = everywhere("x").to_html();
            let html = everywhere(&text).to_html();
            // An empty text has no element around it.
            if !text.is_empty() {
                prop_assert_eq!(tags(&html), tags(&plain));
            }
            prop_assert_eq!(html.matches('<').count(), html.matches('>').count());
        }
    }

    #[test]
    fn a_page_says_what_its_elements_are_and_neither_paints_nor_runs() {
        let html = everywhere("<script>alert(1)</script>").to_html();
        assert!(html.starts_with("<article lang=\"da\">"));
        assert!(html.contains("<th scope=\"col\">") && html.contains("<dt>"));
        for wrong in ["<script", "style=", "onclick", "javascript"] {
            assert!(!html.contains(wrong), "{wrong}: {html}");
        }
    }
}
