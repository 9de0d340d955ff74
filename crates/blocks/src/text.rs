//! Blocks as plain text, for a terminal or a file.

use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

use crate::block::{Block, Document, Field, Ink, Table, Text};
use crate::sanitize::{one_line, sanitize_for_terminal};
use crate::tie::{TIE, tied};

/// Whether plain text carries colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Characters alone, for files and programs.
    #[default]
    Plain,
    /// With ANSI escape sequences, for a terminal that shows them.
    Colour,
}

/// The least width that is laid out; a narrower terminal wraps by itself.
const NARROWEST: usize = 40;
/// The longest label that still has its value beside it.
const LABEL: usize = 26;
/// A value that is longer than this is running text.
const PROSE: usize = 240;
/// Lines of running text are no longer than people like to read.
const READABLE: usize = 100;

impl Document {
    /// The document as text, wrapped at `width` columns. No word is broken: an address or a digest
    /// that is longer than a line stands alone on it.
    #[must_use]
    pub fn to_text(&self, width: usize, style: Style) -> String {
        let mut page = Page {
            out: String::new(),
            width: width.max(NARROWEST),
            style,
        };
        let title = one_line(&self.title);
        let line = "=".repeat(display_width(&title).min(page.width));
        page.wrapped("", "", &Text::in_ink(Ink::Strong, title));
        page.line("", &Text::in_ink(Ink::Quiet, line));
        page.blank();
        page.blocks("", &self.blocks);
        let kept = page.out.trim_end().len();
        page.out.truncate(kept);
        page.out.push('\n');
        page.out
    }
}

struct Page {
    out: String,
    width: usize,
    style: Style,
}

impl Page {
    fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// The lines of running text: no wider than people like to read.
    fn readable(&self, indent: &str) -> usize {
        let rest = self.width.saturating_sub(display_width(indent));
        rest.clamp(NARROWEST / 2, READABLE)
    }

    fn blocks(&mut self, indent: &str, blocks: &[Block]) {
        let mut after_list = false;
        for block in blocks {
            let is_list = matches!(block, Block::List { .. });
            if after_list && !is_list && indent.is_empty() {
                self.blank();
            }
            after_list = is_list;
            match block {
                Block::Heading { level, text } => {
                    self.blank();
                    self.heading(indent, *level, text);
                }
                Block::Paragraph { text } => {
                    self.wrapped(indent, indent, text);
                    if indent.is_empty() {
                        self.blank();
                    }
                }
                Block::Fields { fields } => {
                    self.fields(indent, fields);
                    if indent.is_empty() {
                        self.blank();
                    }
                }
                Block::List { first, items } => self.list(indent, *first, items),
                Block::Table { table } => {
                    self.table(indent, table);
                    self.blank();
                }
                Block::Notice { ink, text } => {
                    let mark = match ink {
                        Ink::Caution | Ink::Bad => "! ",
                        _ => "  ",
                    };
                    let spans = text.0.iter().map(|span| match span.ink {
                        Ink::Plain => (*ink, span.text.clone()),
                        own => (own, span.text.clone()),
                    });
                    let text =
                        spans.fold(Text::default(), |text, (ink, words)| text.then(ink, words));
                    let next = format!("{indent}  ");
                    self.wrapped(&format!("{indent}{mark}"), &next, &text);
                    self.blank();
                }
                Block::Preformatted { text } => {
                    for line in sanitize_for_terminal(text).lines() {
                        self.line(&format!("{indent}    "), &line.into());
                    }
                    self.blank();
                }
                Block::Rule => {
                    let line = "-".repeat(self.readable(indent));
                    self.line(indent, &Text::in_ink(Ink::Quiet, line));
                    self.blank();
                }
            }
        }
    }

    fn heading(&mut self, indent: &str, level: u8, text: &Text) {
        let spans = text.0.iter().map(|span| match span.ink {
            Ink::Plain => (Ink::Strong, span.text.clone()),
            own => (own, span.text.clone()),
        });
        let strong = spans.fold(Text::default(), |text, (ink, words)| text.then(ink, words));
        self.wrapped(indent, &format!("{indent}  "), &strong);
        if level <= 2 {
            let words = one_line(&text.plain());
            let line = "-".repeat(display_width(&words).min(self.readable(indent)));
            self.line(indent, &Text::in_ink(Ink::Quiet, line));
        }
    }

    fn list(&mut self, indent: &str, first: Option<usize>, items: &[Vec<Block>]) {
        let widest = first.map_or(0, |first| (first + items.len()).to_string().len());
        for (at, item) in items.iter().enumerate() {
            let mark = match first {
                Some(first) => format!("{:>widest$}. ", first + at),
                None => "- ".to_owned(),
            };
            let inner = format!("{indent}{}", " ".repeat(mark.len()));
            let mut rest = item.as_slice();
            if let [Block::Paragraph { text }, others @ ..] = rest {
                self.wrapped(&format!("{indent}{mark}"), &inner, text);
                rest = others;
            } else {
                self.line(&format!("{indent}{}", mark.trim_end()), &Text::default());
            }
            self.blocks(&inner, rest);
            // Items that are more than a line stand apart.
            if !rest.is_empty() && indent.is_empty() {
                self.blank();
            }
        }
        if indent.is_empty() && items.iter().any(|item| item.len() > 1) {
            self.blank();
        }
    }

    fn fields(&mut self, indent: &str, fields: &[Field]) {
        let labels = fields.iter().map(|field| display_width(&field.label) + 1);
        let beside = labels.filter(|length| *length <= LABEL).max().unwrap_or(0);
        // Within a list, with running text, or where little room is left, labels are not aligned.
        let prose = fields
            .iter()
            .flat_map(|field| &field.value)
            .any(|line| line.plain().len() > PROSE);
        let aligned = indent.is_empty() && !prose && self.width >= beside + 2 + NARROWEST;
        for field in fields {
            let label = one_line(&format!("{}:", field.label));
            let length = display_width(&label);
            let mut value = field.value.iter();
            // A digest or a key that has no room beside its label stands below it.
            let longest = field.value.iter().flat_map(|line| {
                let words = tied(&one_line(&line.plain()));
                let lengths: Vec<_> = words.split(' ').map(display_width).collect();
                lengths
            });
            let below = longest.max().unwrap_or(0) + beside + 2 > self.width;
            if aligned && below {
                self.line("", &Text::in_ink(Ink::Quiet, label));
                for line in value {
                    self.wrapped("  ", "  ", line);
                }
                continue;
            }
            if !aligned {
                let first = value.next().cloned().unwrap_or_default();
                let text = Text::in_ink(Ink::Quiet, format!("{label} "));
                let text = Text(text.0.into_iter().chain(first.0).collect());
                self.wrapped(indent, &format!("{indent}  "), &text);
                for line in value {
                    self.wrapped(&format!("{indent}  "), &format!("{indent}  "), line);
                }
                continue;
            }
            let under = " ".repeat(beside + 2);
            let mut start = format!("{label}{}", " ".repeat((beside + 2).saturating_sub(length)));
            if length > beside {
                self.line("", &Text::in_ink(Ink::Quiet, label));
                start = under.clone();
            } else {
                start = self.painted(Ink::Quiet, &start);
            }
            for line in value {
                self.wrapped(&start, &under, line);
                start.clone_from(&under);
            }
            if start != under {
                self.line(&start, &Text::default());
            }
        }
    }

    fn table(&mut self, indent: &str, table: &Table) {
        let room = self.width.saturating_sub(display_width(indent));
        let mut shown = table.clone();
        for column in 0..table.heads.len() {
            let filled = |row: &Vec<Text>| row.get(column).is_some_and(|cell| !cell.0.is_empty());
            if !table.rows.iter().any(filled) {
                shown = without(table, &shown, column);
            }
        }
        let mut spare = table.spare.iter();
        let widths = loop {
            if let Some(widths) = widths(&shown, room) {
                break widths;
            }
            match spare.next() {
                Some(column) => shown = without(table, &shown, *column),
                None => return self.stacked(indent, table),
            }
        };
        let table = &shown;
        let heads: Vec<Text> = table
            .heads
            .iter()
            .map(|head| Text::in_ink(Ink::Strong, head.clone()))
            .collect();
        self.row(indent, &widths, &heads);
        let total = widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
        self.line(indent, &Text::in_ink(Ink::Quiet, "-".repeat(total)));
        for row in &table.rows {
            self.row(indent, &widths, row);
        }
    }

    fn row(&mut self, indent: &str, widths: &[usize], cells: &[Text]) {
        let wrapped: Vec<Vec<Text>> = widths
            .iter()
            .zip(cells)
            .map(|(width, cell)| wrap(cell, *width))
            .collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..height {
            let mut line = String::new();
            for (column, (width, cell)) in widths.iter().zip(&wrapped).enumerate() {
                let empty = Text::default();
                let part = cell.get(at).unwrap_or(&empty);
                line.push_str(&self.paint(part));
                if column + 1 < widths.len() {
                    let used = display_width(&part.plain());
                    line.push_str(&" ".repeat(width.saturating_sub(used) + 2));
                }
            }
            self.out.push_str(indent);
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
    }

    /// A table that does not fit: each row as labels and values.
    fn stacked(&mut self, indent: &str, table: &Table) {
        for row in &table.rows {
            let mut cells = table.heads.iter().zip(row);
            if let Some((_, first)) = cells.next() {
                self.wrapped(indent, &format!("{indent}  "), first);
            }
            for (head, cell) in cells.filter(|(_, cell)| !cell.plain().is_empty()) {
                let text = Text::in_ink(Ink::Quiet, format!("{head}: "));
                let text = Text(text.0.into_iter().chain(cell.0.clone()).collect());
                self.wrapped(&format!("{indent}  "), &format!("{indent}    "), &text);
            }
        }
    }

    fn wrapped(&mut self, first: &str, next: &str, text: &Text) {
        let width = self.readable(next);
        let mut start = first;
        for line in wrap(text, width) {
            self.line(start, &line);
            start = next;
        }
    }

    fn line(&mut self, indent: &str, text: &Text) {
        let line = format!("{indent}{}", self.paint(text));
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn paint(&self, text: &Text) -> String {
        let spans = text.0.iter();
        spans
            .map(|span| self.painted(span.ink, &span.text.replace(TIE, " ")))
            .collect()
    }

    fn painted(&self, ink: Ink, text: &str) -> String {
        let code = match (self.style, ink) {
            (Style::Plain, _) | (_, Ink::Plain) => return text.to_owned(),
            (Style::Colour, Ink::Strong) => "1",
            (Style::Colour, Ink::Quiet) => "2",
            (Style::Colour, Ink::Good) => "32",
            (Style::Colour, Ink::Caution) => "33",
            (Style::Colour, Ink::Bad) => "31",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}

/// Wraps text between words, and keeps its ink.
fn wrap(text: &Text, width: usize) -> Vec<Text> {
    // What comes from outside loses its control characters here, before any ink is added.
    let spans: Vec<(Ink, String)> = text
        .0
        .iter()
        .map(|span| (span.ink, tied(&one_line(&span.text))))
        .collect();
    let whole: String = spans.iter().map(|(_, text)| text.as_str()).collect();
    let options = Options::new(width)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        // The other one lets a line be too long where that looks better.
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    let mut ink_of: Vec<Ink> = Vec::with_capacity(whole.len());
    for (ink, text) in &spans {
        ink_of.extend(std::iter::repeat_n(*ink, text.len()));
    }
    let mut from = 0;
    let mut lines = Vec::new();
    for line in textwrap::wrap(&whole, options) {
        let at = whole[from..]
            .find(line.as_ref())
            .map_or(from, |at| from + at);
        let mut inked = Text::default();
        for (place, c) in line.char_indices() {
            let ink = ink_of.get(at + place).copied().unwrap_or_default();
            match inked.0.last_mut() {
                Some(last) if last.ink == ink => last.text.push(c),
                _ => inked = inked.then(ink, c),
            }
        }
        from = at + line.len();
        lines.push(inked);
    }
    lines
}

/// `shown` without the column that is the `column`-th of `whole`.
fn without(whole: &Table, shown: &Table, column: usize) -> Table {
    let place = whole
        .heads
        .get(column)
        .and_then(|head| shown.heads.iter().position(|other| other == head));
    let mut less = shown.clone();
    if let Some(place) = place {
        less.heads.remove(place);
        for row in &mut less.rows {
            if place < row.len() {
                row.remove(place);
            }
        }
    }
    less
}

/// The widths of a table's columns: as wide as their cells if they fit, else no narrower than their
/// longest word. Nothing if even that does not fit.
fn widths(table: &Table, room: usize) -> Option<Vec<usize>> {
    let columns = table.heads.len();
    let mut natural = vec![0; columns];
    let mut least = vec![0; columns];
    let heads = table.heads.iter().map(|head| Text::from(head.as_str()));
    let rows = std::iter::once(heads.collect()).chain(table.rows.iter().cloned());
    for row in rows {
        for (column, cell) in row.iter().enumerate().take(columns) {
            let plain = tied(&one_line(&cell.plain()));
            let longest = plain.split(' ').map(display_width).max().unwrap_or(0);
            natural[column] = natural[column].max(display_width(&plain));
            least[column] = least[column].max(longest);
        }
    }
    let gaps = 2 * columns.saturating_sub(1);
    if natural.iter().sum::<usize>() + gaps <= room {
        return Some(natural);
    }
    // A column of which little is left hanging over is not worth wrapping.
    for (least, natural) in least.iter_mut().zip(&natural) {
        *least = (*least).max((*natural).min(10));
    }
    let mut spare = room.checked_sub(least.iter().sum::<usize>() + gaps)?;
    let mut widths = least;
    while spare > 0 {
        // One column at a time: the one whose widest cell takes the most lines.
        let lines = |column: &usize| natural[*column] * 1000 / widths[*column].max(1);
        let lacking = (0..columns)
            .filter(|column| natural[*column] > widths[*column])
            .max_by_key(lines);
        let Some(lacking) = lacking else { break };
        widths[lacking] += 1;
        spare -= 1;
    }
    Some(widths)
}

#[cfg(test)]
mod tests {
    use lagrum_model::Language;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_comes_from_outside_stays_text_in_every_block() {
        let mut page = Document::new(Language::English, "T\u{1b}[2J");
        page.paragraph("a\u{1b}[31m\u{202e}b\nc");
        page.fields(vec![Field::new("label\u{7}", "v\u{9b}")]);
        page.blocks.push(Block::Preformatted {
            text: "x\u{1b}]0;\ny".into(),
        });
        page.blocks.push(Block::Table {
            table: Table {
                heads: vec!["h\u{1b}".into()],
                rows: vec![vec!["c\u{1b}c".into()]],
                spare: vec![],
            },
        });
        let text = page.to_text(80, Style::Plain);
        assert!(
            !text.chars().any(|c| c.is_control() && c != '\n'),
            "{text:?}"
        );
        assert!(!text.contains('\u{202e}'));
    }

    #[test]
    fn ink_is_closed_on_every_line_and_only_where_it_is_asked_for() {
        let mut page = Document::new(Language::English, "Title");
        page.paragraph(Text::in_ink(Ink::Bad, "one two three ".repeat(12)).then(Ink::Plain, "end"));
        assert!(!page.to_text(40, Style::Plain).contains('\u{1b}'));
        let coloured = page.to_text(40, Style::Colour);
        assert!(coloured.contains("\u{1b}[31m"));
        for line in coloured.lines() {
            let opened = line.matches("\u{1b}[").count();
            assert_eq!(opened, 2 * line.matches("\u{1b}[0m").count(), "{line:?}");
        }
    }

    #[test]
    fn a_table_without_room_becomes_labels_and_values() {
        let table = Table {
            heads: vec!["case".into(), "authority".into(), "state".into()],
            rows: vec![vec![
                "2026-0001".into(),
                "a-name-without-any-space-in-it-that-is-very-long-indeed".into(),
                "received".into(),
            ]],
            spare: vec![],
        };
        let mut page = Document::new(Language::English, "Cases");
        page.blocks.push(Block::Table { table });
        let text = page.to_text(60, Style::Plain);
        assert!(text.contains("  state: received"), "{text}");
    }

    /// That all blocks of these words are no wider than asked, and that the first is in each.
    fn is_laid_out(words: &[String], width: usize) -> Result<(), TestCaseError> {
        let mut page = Document::new(Language::Swedish, "Titel");
        page.paragraph(words.join(" "));
        page.fields(vec![Field::new("Etikett", words.join(" "))]);
        page.bullets(vec![vec![Block::paragraph(words.join(" "))]]);
        page.blocks.push(Block::Table {
            table: Table {
                heads: vec!["a".into(), "b".into()],
                rows: vec![vec![words.join(" ").into(), words.join(" ").into()]],
                spare: vec![],
            },
        });
        let text = page.to_text(width, Style::Plain);
        for line in text.lines() {
            prop_assert!(display_width(line) <= width, "{line:?}");
        }
        let is_first = |word: &&str| **word == *words[0];
        let written = text.split_whitespace().filter(is_first).count();
        prop_assert!(written >= 5, "{text}");
        Ok(())
    }

    #[test]
    fn signs_that_are_as_long_as_a_line_are_laid_out_all_the_same() {
        // Words that end like the sign of an hour, and that nothing parted.
        let long = |end: &str| format!("{}{end}", "a".repeat(30 - end.len()));
        for words in [[long("kl."), long("b")], [long("kl."), "0".repeat(30)]] {
            is_laid_out(&words, 40).unwrap();
        }
        for sign in ["kl.", "§", "§§"] {
            is_laid_out(&[sign.to_owned(), "0".repeat(30)], 40).unwrap();
            is_laid_out(&vec![sign.to_owned(); 40], 40).unwrap();
        }
    }

    proptest! {
        #[test]
        fn no_word_is_broken_and_no_line_is_wider_than_asked(
            // What is tied stands among them far more often than chance would have it.
            words in prop::collection::vec("[a-zåäö0-9@.-]{1,30}|kl\\.|kap\\.|artikel|[a-z]{0,20}kl\\.|§|0[0-9]{0,20}", 1..80),
            width in 40_usize..160,
        ) {
            is_laid_out(&words, width)?;
        }
    }
}
