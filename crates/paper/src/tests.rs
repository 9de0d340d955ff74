//! What is in the file, as another program reads it: `pdfinfo`, `pdftotext`, `pdffonts` of poppler-utils.

#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

use std::path::Path;
use std::process::Command;

use jiff::Timestamp;
use lagrum_blocks::{Block, Ink, Table, Text};
use lagrum_model::Language;

use super::*;

fn sheet() -> Sheet<'static> {
    Sheet {
        author: "Kvist Mail AB",
        written_at: Some(Timestamp::from_second(1_795_000_000).expect("an instant")),
    }
}

/// A letter with every form that one can have, long enough for a second page.
fn letter(language: Language) -> Document {
    let mut text = "Svar på er begäran: efterkoms inte\n\n\
        Från: Kvist Mail AB; Box 1\nTill: Staatsanwaltschaft Berlin\nPaketets SHA-256: "
        .to_owned();
    text.push_str(&"bc4a7118".repeat(8));
    text.push_str("\n\nVi efterkommer inte följande, ärligt sagt: œuvre, Łódź, Ελλάδα.\n\n");
    text.push_str("Skäl\n----\n\n- 1. Innehåll – efterkoms inte.\n  Skäl: ingen bestämmelse.\n- [x] ett kryss\n\n");
    for number in 0..40 {
        text.push_str(&format!(
            "Stycke {number} med några ord, så att sidan blir full.\n\n"
        ));
    }
    Document::of_letter(&text, language)
}

/// A table that is longer than a page, some rows of which are higher than one line.
fn tables() -> Document {
    let mut document = Document::new(Language::English, "Two tables");
    document.section("The first");
    let row = |at: usize| {
        let name = match at % 7 {
            0 => Text::from("a name of many words ".repeat(9)),
            1 => Text::from(format!("row {at}")).then(Ink::Quiet, "\nand what few need"),
            _ => Text::from(format!("row {at}")),
        };
        vec![
            name,
            Text::from(format!("{at} to {}", at + 9)),
            Text::from("x".repeat(at)),
        ]
    };
    for rows in [60, 0] {
        let heads = ["What", "Number", "A mark"].map(str::to_owned).to_vec();
        let rows = (0..rows).map(row).collect();
        let table = Table {
            heads,
            rows,
            spare: Vec::new(),
        };
        document.blocks.push(Block::Table { table });
    }
    document
}

/// A reader that is read to hears the head of a column and the name of a row for what they are, once.
#[test]
fn a_table_has_header_cells_and_heads_that_come_again_are_not_read_again() {
    let dir = tempfile::tempdir().expect("a directory");
    let file = dir.path().join("table.pdf");
    std::fs::write(&file, pdf(&tables(), &sheet()).expect("it is set")).expect("it is written");
    let structure = asked("pdfinfo", &["-struct-text"], &file);
    let lines: Vec<_> = structure.lines().map(str::trim).collect();
    let of = |scope: &str, text: &str| {
        let text = format!("\"{text}\"");
        let cells = lines.windows(3).filter(|three| {
            three[0] == "TH:" && three[1] == format!("/Scope /{scope}") && three[2].trim() == text
        });
        cells.count()
    };
    // Of both tables, on four pages.
    assert_eq!(
        (of("Column", "What"), of("Column", "Number")),
        (2, 2),
        "{structure}"
    );
    for row in (0..60).filter(|row| row % 7 > 0) {
        assert_eq!(of("Row", &format!("row {row}")), 1, "{row}: {structure}");
    }
    let count = |tag: &str| {
        lines
            .iter()
            .filter(|line| **line == tag || **line == format!("{tag}:"))
            .count()
    };
    assert_eq!((count("TR"), count("TD")), (62, 120), "{structure}");
    // On paper they stand on top of each page.
    let text = asked("pdftotext", &["-layout"], &file);
    let pages: Vec<_> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
    assert_eq!(pages.len(), 4, "{text}");
    for page in pages {
        assert!(page.contains("What") && page.contains("A mark"), "{page}");
    }
    for row in 0..60 {
        assert!(
            text.contains(&format!(" {row} to {}", row + 9)),
            "{row}: {text}"
        );
    }
}

fn asked(program: &str, arguments: &[&str], file: &Path) -> String {
    let out = Command::new(program)
        .args(arguments)
        .arg(file)
        .args((program == "pdftotext").then_some("-"))
        .output()
        .unwrap_or_else(|e| panic!("{program} of poppler-utils: {e}"));
    assert!(out.status.success(), "{program}: {out:?}");
    // A title of a heading is told in UTF-16.
    String::from_utf8_lossy(&out.stdout).into_owned()
}

#[test]
fn a_letter_is_tagged_has_its_language_and_title_and_loses_no_word() {
    let dir = tempfile::tempdir().expect("a directory");
    for language in Language::ALL {
        let document = letter(language);
        let bytes = pdf(&document, &sheet()).expect("it is set");
        let file = dir.path().join("letter.pdf");
        std::fs::write(&file, &bytes).expect("it is written");
        let info = asked("pdfinfo", &[], &file);
        assert!(info.contains("Tagged:          yes"), "{info}");
        assert!(info.contains(&document.title), "{info}");
        assert!(info.contains("Kvist Mail AB"), "{info}");
        let structure = asked("pdfinfo", &["-struct-text"], &file);
        for tag in [
            "H1", "H2", "P", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD",
        ] {
            let there = |line: &str| line.trim().split([' ', ':']).next() == Some(tag);
            assert!(structure.lines().any(there), "{tag}: {structure}");
        }
        let language = format!("/Lang({language})");
        let raw = String::from_utf8_lossy(&bytes).replace(' ', "");
        assert!(raw.contains(&language), "{language}");
        let text = asked("pdftotext", &[], &file);
        let words = |text: &str| {
            let all = text.split_whitespace().map(str::to_owned);
            all.collect::<Vec<_>>()
        };
        let read = words(&text).concat();
        for word in words(&document.to_letter().replace("----", "")) {
            let word = word.trim_start_matches('-').trim_end_matches(':');
            assert!(read.contains(word), "{word}: {text}");
        }
        let fonts = asked("pdffonts", &[], &file);
        let embedded = fonts
            .lines()
            .skip(2)
            .all(|line| line.contains(" yes yes yes "));
        assert!(fonts.lines().count() > 3 && embedded, "{fonts}");
    }
}

/// With `LAGRUM_SHOTS=DIR`, real letters are written there, to be looked at.
#[test]
fn every_letter_that_is_proposed_can_be_set() {
    let texts = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../documents/tests/documents/snapshots"
    );
    let shots = std::env::var_os("LAGRUM_SHOTS");
    let mut set = 0;
    for entry in std::fs::read_dir(texts).expect("the letters") {
        let path = entry.expect("a letter").path();
        let name = path.file_stem().expect("a name").to_string_lossy();
        let Some(name) = name.strip_prefix("documents__letters__") else {
            continue;
        };
        let language = name.rsplit('-').next().expect("a language");
        let language: Language = language.parse().expect("a language");
        let text = std::fs::read_to_string(&path).expect("text");
        let text = text.splitn(3, "---\n").nth(2).expect("a snapshot");
        let document = Document::of_letter(text, language);
        let bytes = pdf(&document, &sheet()).unwrap_or_else(|e| panic!("{name}: {e}"));
        if let Some(dir) = &shots {
            let file = Path::new(dir).join(format!("{name}.pdf"));
            std::fs::write(file, bytes).expect("it is written");
        }
        set += 1;
    }
    assert_eq!(
        set, 42,
        "thirteen kinds in three languages, one of them in two forms"
    );
}

#[test]
fn the_same_letter_gives_the_same_bytes() {
    let document = letter(Language::Danish);
    let once = pdf(&document, &sheet()).expect("it is set");
    assert_eq!(once, pdf(&document, &sheet()).expect("it is set"));
}

#[test]
fn a_character_that_the_typeface_lacks_is_told_and_never_a_box() {
    let document = Document::of_letter("Title\n\n漢字", Language::English);
    let refused = pdf(&document, &sheet()).expect_err("it has no such letter");
    assert!(matches!(refused, PaperError::NoGlyph('漢')), "{refused}");
    assert!(refused.to_string().contains("U+6F22"), "{refused}");
}

#[test]
fn no_line_is_wider_than_its_room_and_no_line_stands_below_the_page() {
    let faces = measure::Faces::new().expect("the faces are good");
    let long = "x".repeat(400);
    let text = format!("T\n\n{long} {long}\n\nA: {long}\nB: c\n\n- {long}");
    for document in [
        Document::of_letter(&text, Language::English),
        letter(Language::Swedish),
        tables(),
    ] {
        let pages = set::set(&document, &faces).expect("it is set");
        for line in &pages.lines {
            let width = faces
                .width(line.text.trim_end(), line.size, line.bold)
                .expect("known");
            assert!(line.x + width <= set::WIDTH - set::MARGIN + 0.5, "{line:?}");
            assert!(line.y < set::HEIGHT - 60.0 && line.y > 60.0, "{line:?}");
        }
    }
}
