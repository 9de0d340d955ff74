//! What people and machines read.

use std::fmt::Display;
use std::io::{ErrorKind, Write};
use std::path::Path;

use comfy_table::{ContentArrangement, Table, presets};
use lagrum_desk::CommandError;
use lagrum_documents::{Document, Style, sanitize_for_terminal};
use lagrum_figures::FiguresError;
use lagrum_package::PackageError;
use serde::Serialize;

use crate::refused;

/// Prints for a person, or as JSON for a machine.
pub struct Output {
    /// Whether a machine reads.
    pub json: bool,
}

/// Why a command ends without success.
#[derive(Debug)]
pub enum Failure {
    /// Not possible, or failed.
    Failed(anyhow::Error),
    /// A check failed.
    NotGenuine(anyhow::Error),
    /// An agent refused at least one mandate; everything is printed already.
    Refused,
    /// Something is not in order; everything is printed already.
    NotInOrder,
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// A check that failed is another thing than a file that is not there.
pub fn judged(error: PackageError) -> Failure {
    match error {
        PackageError::Refused(_) | PackageError::Signature(_) => Failure::NotGenuine(error.into()),
        // What decryption and unpacking say of a package that was changed or cut off on its way.
        PackageError::Io { what, source }
            if matches!(
                source.kind(),
                ErrorKind::InvalidData | ErrorKind::UnexpectedEof
            ) =>
        {
            let why = anyhow::anyhow!(
                "{what}: {source}; it was changed or cut off on its way, ask for it again"
            );
            Failure::NotGenuine(why)
        }
        other => Failure::Failed(other.into()),
    }
}

impl Failure {
    /// The process's exit code.
    pub fn code(&self) -> u8 {
        match self {
            Self::Failed(_) => 1,
            Self::NotGenuine(_) | Self::NotInOrder => 3,
            Self::Refused => 4,
        }
    }
}

impl Output {
    /// Prints `value` as JSON, or what `people` prints.
    pub fn show<T: Serialize>(
        &self,
        value: &T,
        people: impl FnOnce() -> String,
    ) -> Result<(), Failure> {
        let text = if self.json {
            serde_json::to_string_pretty(value)?
        } else {
            people()
        };
        Ok(self.print(text.trim_end())?)
    }

    /// Prints `value` as JSON, or the document that `people` makes, as wide as the terminal and
    /// with colour where it shows any.
    pub fn page<T: Serialize>(
        &self,
        value: &T,
        people: impl FnOnce() -> Document,
    ) -> Result<(), Failure> {
        if self.json {
            return self.show(value, String::new);
        }
        Ok(self.document(&people())?)
    }

    /// Prints a document, as wide as the terminal and with colour where it shows any.
    pub fn document(&self, document: &Document) -> anyhow::Result<()> {
        let style = if console::colors_enabled() {
            Style::Colour
        } else {
            Style::Plain
        };
        // A document's text is made harmless before it gets its ink.
        let text = document.to_text(usize::from(terminal_width()), style);
        print_as_is(text.trim_end())
    }

    /// The same; where a machine reads the result, on the error stream, so that whoever sits there sees it.
    pub fn document_beside(&self, document: &Document) -> anyhow::Result<()> {
        if !self.json {
            return self.document(document);
        }
        let text = document.to_text(usize::from(terminal_width()), Style::Plain);
        eprintln!("{}", text.trim_end());
        Ok(())
    }

    /// Running text, wrapped as wide as the terminal; further lines begin below the text.
    pub fn filled(&self, begin: &str, text: &str) -> String {
        let below = " ".repeat(begin.chars().count());
        let options = textwrap::Options::new(usize::from(terminal_width()))
            .break_words(false)
            .initial_indent(begin)
            .subsequent_indent(&below);
        textwrap::fill(text, options)
    }

    /// Prints a line or more.
    pub fn print(&self, text: impl Display) -> anyhow::Result<()> {
        print_as_is(&sanitize_for_terminal(&text.to_string()))
    }

    /// Prints for a person only, as wide as the terminal.
    pub fn say(&self, text: impl Display) -> anyhow::Result<()> {
        if self.json {
            return Ok(());
        }
        self.print(wrapped(&text.to_string(), usize::from(terminal_width())))
    }

    /// Prints why a command ended.
    pub fn failure(&self, failure: &Failure) {
        let error = match failure {
            Failure::Failed(error) | Failure::NotGenuine(error) => error,
            Failure::Refused | Failure::NotInOrder => return,
        };
        let mut text = String::new();
        for cause in error.chain() {
            let cause = match cause.downcast_ref::<CommandError>() {
                Some(error) => refused::words(error),
                None => cause.to_string(),
            };
            // Many errors repeat their cause.
            if !text.contains(&cause) {
                text = if text.is_empty() {
                    cause
                } else {
                    format!("{text}: {cause}")
                };
            }
        }
        if self.json {
            let mut json = serde_json::json!({"error": text, "exit_code": failure.code()});
            if let Some(CommandError::Figures(FiguresError::Tells(much))) = error.downcast_ref() {
                json["told"] = serde_json::json!(much.told);
                json["fixed"] = much.fixed.into();
                json["wider"] = much.wider.map_or(
                    serde_json::Value::Null,
                    |plan| serde_json::json!({"band": plan.band, "sealed": plan.sealed}),
                );
            }
            eprintln!("{json}");
        } else {
            eprintln!("lagrum: {}", sanitize_for_terminal(&text));
        }
    }
}

/// Each line wrapped under its own indent, between words. A command stays in one line, so that it
/// can be copied.
fn wrapped(text: &str, width: usize) -> String {
    let lines = text.lines().map(|line| {
        let words = line.trim_start();
        if words.starts_with("lagrum ") {
            return line.to_owned();
        }
        let indent = " ".repeat(line.len() - words.len());
        let next = if indent.is_empty() {
            String::new()
        } else {
            format!("{indent}    ")
        };
        let options = textwrap::Options::new(width)
            .initial_indent(&indent)
            .subsequent_indent(&next)
            .break_words(false)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
        textwrap::fill(words, options)
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn print_as_is(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        // Whoever reads has read enough.
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(0),
        other => Ok(other?),
    }
}

/// Writes a file that nobody but its owner can read, and none that is there over. `named`: how another one is named.
pub fn new_file(file: &Path, bytes: &[u8], named: &str) -> anyhow::Result<()> {
    lagrum_durable::private_file(file, bytes).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => anyhow::anyhow!(
            "{} is there already, and is not written over. Remove it if nobody needs it any more, or name another file ({named})",
            file.display()
        ),
        _ => error.into(),
    })
}

/// A table that fits the terminal.
pub fn table<const N: usize>(
    head: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(terminal_width())
        .set_header(head);
    for row in rows {
        table.add_row(row);
    }
    table.to_string()
}

/// The width of the terminal, or 110 columns where there is none.
fn terminal_width() -> u16 {
    let told = std::env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.parse().ok());
    let seen = console::Term::stdout()
        .size_checked()
        .map(|(_, columns)| columns);
    told.or(seen).unwrap_or(110).clamp(60, 160)
}
