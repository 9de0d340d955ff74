//! A letter as plain text that people edit: the exact text that is sent, and whose digest is kept.
//!
//! Blocks are parted by empty lines. The first is the title. A line with a line of hyphens below it
//! is a heading; lines that begin with `- ` are a list, and what is indented by two blanks below such a line
//! belongs to it; two or more lines `Label: value` are labels and values; the rest is paragraphs, whose
//! line ends stay where they are.

use lagrum_model::Language;

use crate::block::{Block, Document, Field};
use crate::sanitize::one_line;

impl Document {
    /// The document as the text of a letter, to be edited. Inks are left out.
    #[must_use]
    pub fn to_letter(&self) -> String {
        let mut out = vec![one_line(&self.title)];
        for block in &self.blocks {
            match block {
                Block::Heading { text, .. } => {
                    let text = one_line(&text.plain());
                    let line = "-".repeat(text.chars().count().max(3));
                    out.push(format!("{text}\n{line}"));
                }
                Block::Paragraph { text } | Block::Notice { text, .. } => out.push(text.plain()),
                Block::Fields { fields } => {
                    let lines = fields.iter().map(|field| {
                        let value: Vec<_> = field
                            .value
                            .iter()
                            .map(|line| one_line(&line.plain()))
                            .collect();
                        format!("{}: {}", one_line(&field.label), value.join("; "))
                    });
                    out.push(lines.collect::<Vec<_>>().join("\n"));
                }
                Block::List { items, .. } => {
                    let items = items.iter().map(|item| {
                        let lines = item.iter().filter_map(|block| match block {
                            Block::Paragraph { text } => Some(one_line(&text.plain())),
                            _ => None,
                        });
                        format!("- {}", lines.collect::<Vec<_>>().join("\n  "))
                    });
                    out.push(items.collect::<Vec<_>>().join("\n"));
                }
                Block::Preformatted { text } => out.push(text.clone()),
                Block::Table { .. } | Block::Rule => {}
            }
        }
        let text: Vec<_> = out.iter().map(|block| block.trim_end()).collect();
        format!("{}\n", text.join("\n\n").trim())
    }

    /// Reads the text of a letter. Every text can be read; what is none of the forms is a paragraph.
    #[must_use]
    pub fn of_letter(text: &str, language: Language) -> Self {
        let text = text.replace("\r\n", "\n");
        let mut blocks = Vec::new();
        let mut lines: Vec<&str> = Vec::new();
        for line in text.lines().map(str::trim_end).chain([""]) {
            if !line.is_empty() {
                lines.push(line);
            } else if !lines.is_empty() {
                blocks.push(std::mem::take(&mut lines));
            }
        }
        let mut blocks = blocks.into_iter();
        let mut page = Self::new(language, "");
        if let Some(first) = blocks.next() {
            let mut first = first.into_iter();
            page.title = first.next().unwrap_or_default().trim().to_owned();
            let rest: Vec<_> = first.collect();
            if !rest.is_empty() && !rest.iter().all(|line| is_rule(line)) {
                page.blocks.push(block(&rest));
            }
        }
        for lines in blocks {
            match lines.as_slice() {
                [heading, rule] if is_rule(rule) => page.section(heading.trim()),
                [heading, rule, rest @ ..] if is_rule(rule) => {
                    page.section(heading.trim());
                    page.blocks.push(block(rest));
                }
                lines => page.blocks.push(block(lines)),
            }
        }
        page
    }
}

fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && (line.chars().all(|c| c == '-') || line.chars().all(|c| c == '='))
}

fn block(lines: &[&str]) -> Block {
    if lines.first().is_some_and(|line| line.starts_with("- ")) {
        return list(lines);
    }
    let fields: Option<Vec<_>> = lines.iter().map(|line| field(line)).collect();
    if let Some(fields) = fields.filter(|fields| fields.len() > 1) {
        return Block::Fields { fields };
    }
    Block::paragraph(lines.join("\n"))
}

fn field(line: &str) -> Option<Field> {
    let (label, value) = line.split_once(": ")?;
    let short = label.chars().count() <= 60 && !label.contains(". ");
    (short && !label.trim().is_empty()).then(|| Field::new(label.trim(), value.trim()))
}

fn list(lines: &[&str]) -> Block {
    let mut items: Vec<Vec<Block>> = Vec::new();
    for line in lines {
        let (item, text) = match line.strip_prefix("- ") {
            Some(text) => (true, text),
            None => (false, *line),
        };
        let text = Block::paragraph(text.trim());
        match items.last_mut() {
            Some(last) if !item => last.push(text),
            _ => items.push(vec![text]),
        }
    }
    Block::List { first: None, items }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_letter_is_read_as_it_was_written() {
        let mut page = Document::new(Language::Swedish, "Svar på er begäran");
        page.fields(vec![
            Field::new("Från", "Kvist"),
            Field::new("Till", "Polisen"),
        ]);
        page.paragraph("Ett stycke: med kolon.");
        page.section("Skäl");
        page.bullets(vec![
            vec![Block::paragraph("ett"), Block::paragraph("därför: (5 §)")],
            vec![Block::paragraph("två")],
        ]);
        let text = page.to_letter();
        assert_eq!(Document::of_letter(&text, Language::Swedish), page);
        assert_eq!(
            text,
            "Svar på er begäran\n\nFrån: Kvist\nTill: Polisen\n\nEtt stycke: med kolon.\n\nSkäl\n----\n\n- ett\n  därför: (5 §)\n- två\n"
        );
    }

    #[test]
    fn what_people_type_is_read_gently() {
        let typed = "Title\r\n=====\r\nFirst line\r\nsecond line\r\n\r\n\r\nHead\r\n---\r\ntext\r\n- no list\r\n\r\n- one\r\n- two";
        let page = Document::of_letter(typed, Language::English);
        assert_eq!(page.title, "Title");
        assert_eq!(page.blocks.len(), 4, "{page:?}");
        assert_eq!(Document::of_letter("", Language::English).title, "");
    }

    proptest! {
        #[test]
        fn every_text_is_read_and_what_was_read_once_stays(text in "[a-z:. \\n=-]{0,200}") {
            let page = Document::of_letter(&text, Language::English);
            let again = Document::of_letter(&page.to_letter(), Language::English);
            // Nothing that a person typed is lost.
            let letters = |text: &str| text.chars().filter(char::is_ascii_lowercase).collect::<String>();
            prop_assert_eq!(letters(&page.to_letter()), letters(&text));
            prop_assert_eq!(letters(&again.to_letter()), letters(&text));
        }
    }
}
