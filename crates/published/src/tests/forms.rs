//! The same figures as a workbook and as PDF, as other programs read them.

#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use lagrum_figures::{Cell, Figure};
use lagrum_model::Language;
use serde_json::Value;

use super::{banded, bytes, corrected, exact, file, plain, with};
use crate::words::words;
use crate::{NoPaper, number};

fn asked(program: &str, arguments: &[&str]) -> String {
    let out = Command::new(program).args(arguments).output();
    let out = out.unwrap_or_else(|why| panic!("{program}: {why}"));
    assert!(out.status.success(), "{program}: {out:?}");
    String::from_utf8_lossy(&out.stdout).into_owned()
}

/// Puts a file into this directory, and gives its path.
fn laid(directory: &Path, bytes: &[u8]) -> String {
    let file = directory.join("file");
    std::fs::write(&file, bytes).unwrap();
    file.display().to_string()
}

fn of_all_kinds() -> Vec<Vec<(Cell, Figure)>> {
    let mixed = banded()
        .into_iter()
        .zip(exact(|name| name.len() as u64 * 700));
    let mixed = mixed.enumerate().map(|(at, (band, exact))| match at % 3 {
        0 => exact.clone(),
        1 => (exact.0, Figure::Exactly(0)),
        _ => band,
    });
    vec![banded(), exact(|_| 0), exact(|_| 1), mixed.collect()]
}

/// Each cell of a workbook against the file for programs, which other tests hold against the figures.
#[test]
fn a_workbook_has_the_figures_of_the_csv_and_no_other() {
    let directory = tempfile::tempdir().unwrap();
    let reader = concat!(env!("CARGO_MANIFEST_DIR"), "/../workbook/tests/read.py");
    for (figures, language) in of_all_kinds()
        .iter()
        .flat_map(|figures| Language::ALL.map(|language| (figures, language)))
    {
        with(figures, |published| {
            let words = words(language);
            let book = laid(directory.path(), &bytes(published, words.workbook));
            let book: Value = serde_json::from_str(&asked("python3", &[reader, &book])).unwrap();
            assert_eq!(book["language"], language.as_str());
            assert_eq!(book["created"], "2027-07-01T00:00:00Z");
            assert_eq!(book["author"], "Brev & Moln AB");
            let title = crate::notes::title(published, words);
            assert_eq!(book["title"], title);
            let [sheet, how] = [&book["sheets"][0], &book["sheets"][1]];
            assert_eq!(
                (&sheet["name"], &how["name"]),
                (&words.sheets[0].into(), &words.sheets[1].into())
            );
            assert_eq!(sheet["frozen"], serde_json::json!(["1", "A2"]));
            let rows = sheet["rows"].as_array().unwrap();
            let heads = words.heads.map(|head| serde_json::json!(["text", head]));
            assert_eq!(rows[0], Value::from(heads.to_vec()));
            let mut found = BTreeMap::new();
            for row in &rows[1..] {
                let name = row[3][1].as_str().unwrap();
                assert!(found.insert(name, row[2].clone()).is_none(), "{name} twice");
            }
            let csv = file(published, "figures.csv");
            let lines: Vec<_> = csv.trim_end().split("\r\n").skip(1).collect();
            assert_eq!((lines.len(), found.len()), (figures.len(), figures.len()));
            for line in lines {
                let [name, low, high] = line.split(',').collect::<Vec<_>>()[..] else {
                    panic!("{line}");
                };
                let cell = &found[name];
                if low == high {
                    assert_eq!(*cell, serde_json::json!(["number", low]), "{name}");
                } else {
                    let ends = [low, high].map(|end| number::digits(words, end.parse().unwrap()));
                    let band = ends.join(words.range);
                    assert_eq!(*cell, serde_json::json!(["text", band]), "{name}");
                }
            }
            // How to check it, and what that does not show, stands on the other.
            let how = how["rows"].to_string();
            let said = &words.check;
            for said in said
                .shows_not
                .iter()
                .chain(&said.shows)
                .chain([&said.planned])
            {
                assert!(how.contains(said), "{said}");
            }
            assert!(how.contains(published.verify) && how.contains(&hex::encode([0x5a; 32])));
        });
    }
}

/// Every figure, with the name of its row, as `pdftotext` reads it; and that the heads of tables are tagged as such.
#[test]
fn a_pdf_is_tagged_and_has_every_figure() {
    let directory = tempfile::tempdir().unwrap();
    for figures in of_all_kinds() {
        for language in Language::ALL {
            with(&figures, |published| {
                let words = words(language);
                let mut published = published.clone();
                published.corrections = vec![corrected(3, "DE")];
                let paper = laid(directory.path(), &bytes(&published, words.paper));
                let info = asked("pdfinfo", &[&paper]);
                let title = crate::notes::title(&published, words);
                for line in ["Tagged:          yes", &title, "Brev & Moln AB"] {
                    assert!(info.contains(line), "{line}: {info}");
                }
                assert!(!info.contains("CreationDate"), "{info}");
                let raw = String::from_utf8_lossy(&bytes(&published, words.paper)).replace(' ', "");
                assert!(raw.contains(&format!("/Lang({})", language.as_str())));
                // Heads of columns and names of rows are header cells.
                let structure = asked("pdfinfo", &["-struct-text", &paper]);
                let lines: Vec<_> = structure.lines().map(str::trim).collect();
                let cells = |scope: &str, text: &str| {
                    let (scope, text) = (format!("/Scope /{scope}"), format!("\"{text}\""));
                    let cells = lines.windows(3);
                    cells
                        .filter(|three| *three == ["TH:", &scope, &text])
                        .count()
                };
                assert_eq!(cells("Column", words.received_column), 2, "{structure}");
                assert_eq!(cells("Row", words.accounts_row), 1, "{structure}");
                let text = asked("pdftotext", &["-layout", &paper, "-"]);
                for section in crate::section::sections(&published, words) {
                    let rows = &section.rows;
                    for row in rows.own.iter().chain(rows.alike.first()) {
                        let figure = plain(number::figure(words, row.figure));
                        let end = format!(" {figure}");
                        // What is longer than a line of the table goes on below it.
                        let begin = row.label.split([' ', ',']).next().unwrap();
                        let found = text.lines().map(|line| plain(line.trim().to_owned()));
                        let found =
                            found.filter(|line| line.starts_with(begin) && line.ends_with(&end));
                        assert!(found.count() > 0, "{} {end}: {text}", row.id);
                    }
                }
                // Without the numbers of the pages.
                let text = asked("pdftotext", &[&paper, "-"]);
                let lines = text.lines().filter(|line| {
                    !line.ends_with(')')
                        || !line.starts_with(|c: char| c.is_ascii_digit())
                        || line.len() > 7
                });
                let text = words_of(&lines.collect::<Vec<_>>().join("\n"));
                for section in crate::section::sections(&published, words) {
                    let heading = words_of(&section.heading);
                    assert!(text.contains(&heading), "{heading}: {text}");
                    if let Some(zero) = section.zero.filter(|_| !section.rows.zero.is_empty()) {
                        let (_, after) = text.split_once(zero).expect(zero);
                        for row in &section.rows.zero {
                            assert!(after.contains(&words_of(&row.name)), "{}", row.name);
                        }
                    }
                }
                for line in crate::check::corrections(&published, words) {
                    let read = words_of(&asked("pdftotext", &[&paper, "-"]));
                    assert!(
                        read.contains(&words_of(&plain(line.clone()))),
                        "{line}: {read}"
                    );
                }
            });
        }
    }
}

/// Words with one blank between them.
fn words_of(text: &str) -> String {
    let text = plain(text.to_owned());
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_name_that_cannot_be_set_costs_the_pdf_alone_and_no_former_one_stays() {
    let directory = tempfile::tempdir().unwrap();
    let there = |name: &str| directory.path().join(name).exists();
    with(&banded(), |published| {
        assert_eq!(published.write(directory.path()).unwrap(), None);
        assert!(there("report.pdf") && there("report.sv.pdf") && there("report.da.pdf"));
        let links = |name: &str| file(published, name).contains("href=\"report");
        assert!(links("index.html"));
        let mut later = published.clone();
        later.provider = "漢字 AB";
        let Some(NoPaper::NotSet(why)) = later.write(directory.path()).unwrap() else {
            panic!("it is set");
        };
        assert!(why.contains("U+6F22"), "{why}");
        assert!(!there("report.pdf") && !there("report.sv.pdf") && !there("report.da.pdf"));
        assert!(there("index.html") && there("figures.sv.xlsx"));
        let page = std::fs::read_to_string(directory.path().join("index.html")).unwrap();
        assert!(
            page.contains("漢字 AB") && !page.contains("href=\"report"),
            "{page}"
        );
    });
}
