//! What readers get: pages in a browser, workbooks and PDF beside them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use lagrum_figures::{Cell, Class, Figure};
use lagrum_published::{Corrected, Published};

use super::*;
use crate::support::files_below;

/// Later than the first view a demand that was refused is opened again: the second view corrects it.
fn corrected(provider: &Provider, name: &str) -> PathBuf {
    let (day, out, cases) = made(provider, "1");
    provider.by("+51h", "olof", &["settle"]).ok();
    let reopen = ["reopen", &cases[1].0, "--reason", "it was genuine"];
    provider.by("+52h", "olof", &reopen).ok();
    provider.by("+53h", "olof", &["settle"]).ok();
    let make = |more: &[&str]| {
        let make = ["report", "make", &day, "--out", &out, "--anew"];
        provider.by("+54h", "maja", &[&make, more].concat())
    };
    let refused = make(&[]);
    assert_eq!(refused.code, Some(1), "{}", refused.out);
    assert!(refused.err.contains("--correct"), "{}", refused.err);
    make(&["--correct"]).ok();
    provider.by("+55h", "olof", &["settle"]).ok();
    let found = provider.verify(&out, &[]).ok().json();
    assert_eq!(found["view"], 2, "{found}");
    assert_eq!(found["corrections"].as_array().unwrap().len(), 1, "{found}");
    let to = provider.hand.path(name);
    fs::rename(out, &to).unwrap();
    PathBuf::from(to)
}

/// The figures of a report as its file for programs has them.
fn csv(report: &Path) -> BTreeMap<String, (u64, u64)> {
    let text = fs::read_to_string(report.join("figures.csv")).unwrap();
    let lines = text.lines().skip(1).map(|line| {
        let [name, low, high] = line.split(',').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        (
            name.to_owned(),
            (low.parse().unwrap(), high.parse().unwrap()),
        )
    });
    lines.collect()
}

/// A figure without what groups its digits, which is another sign in each language.
fn ungrouped(figure: &str) -> String {
    figure
        .chars()
        .filter(|one| !one.is_whitespace() && !",.".contains(*one))
        .collect()
}

/// Holds workbooks and PDF of a report against its file for programs.
fn in_every_form(report: &Path) {
    let figures = csv(report);
    for (book, range) in [
        ("figures.xlsx", " to "),
        ("figures.sv.xlsx", "–"),
        ("figures.da.xlsx", "–"),
    ] {
        let book = workbook(&report.join(book));
        let rows = &book["sheets"][0]["rows"].as_array().unwrap()[1..];
        let found = rows.iter().map(|row| {
            let name = row[3][1].as_str().unwrap().to_owned();
            let (kind, said) = (&row[2][0], row[2][1].as_str().unwrap());
            (name, serde_json::json!([kind, ungrouped(said)]))
        });
        let found: BTreeMap<String, Value> = found.collect();
        let all = figures.iter().map(|(name, (low, high))| {
            let cell = match low == high {
                true => serde_json::json!(["number", low.to_string()]),
                false => serde_json::json!(["text", ungrouped(&format!("{low}{range}{high}"))]),
            };
            (name.clone(), cell)
        });
        assert_eq!(found, all.collect());
    }
    for (paper, language) in [
        ("report.pdf", "en"),
        ("report.sv.pdf", "sv"),
        ("report.da.pdf", "da"),
    ] {
        let paper = report.join(paper);
        let about = ended(Command::new("pdfinfo").arg(&paper)).ok().out;
        assert!(about.contains("Tagged:          yes"), "{about}");
        let raw = fs::read(&paper).unwrap();
        let raw = String::from_utf8_lossy(&raw).replace(' ', "");
        assert!(raw.contains(&format!("/Lang({language})")));
        let mut text = Command::new("pdftotext");
        let text = ended(text.arg("-layout").arg(&paper).arg("-")).ok().out;
        let said: BTreeSet<_> = text
            .lines()
            .filter_map(|line| Some(ungrouped(line.rsplit("  ").next()?)))
            .collect();
        for (name, (low, high)) in &figures {
            let figure = match low == high {
                true => low.to_string(),
                false => format!("{low}{}{high}", if language == "en" { " to " } else { "–" }),
            };
            let is_zero = (*low, *high) == (0, 0);
            assert!(
                is_zero || said.contains(&ungrouped(&figure)),
                "{name}: {text}"
            );
        }
    }
}

#[test]
fn a_report_with_a_correction_is_the_same_in_every_form_and_its_pages_are_for_everybody() {
    let Some(provider) = provider() else { return };
    let exact = corrected(&provider, "exact");
    in_every_form(&exact);
    for (page, says) in [
        (
            "index.html",
            "1 demand, counted before as “Sweden, court decision, refused”, now as “Not answered yet”",
        ),
        (
            "index.sv.html",
            "1 begäran, tidigare räknat som ”Sverige, domstolsbeslut, efterkoms inte”, nu som ”Ännu inte besvarade”",
        ),
        ("index.da.html", "1 anmodning, før talt som »Sverige, "),
    ] {
        let page = fs::read_to_string(exact.join(page)).unwrap();
        assert!(page.contains(says), "{page}");
    }
    let large = exact.with_file_name("large");
    fs::create_dir(&large).unwrap();
    let no_paper = made_up(&exact).write(&large).unwrap();
    assert!(no_paper.is_none(), "{no_paper:?}");
    in_every_form(&large);
    in_a_browser(&[("exact", &exact), ("large", &large)]);
}

/// What a report of many demands from many countries says, which would take long to make.
fn made_up(report: &Path) -> Published<'static> {
    let of = |name: &str| match name {
        "received" => Figure::Between(1_234_500, 1_234_749),
        "pending" | "other" => Figure::Between(250, 499),
        "country.SE" | "outcome.produced" => Figure::Between(1_034_540, 1_034_549),
        "country.DE" | "instrument.search-warrant" => Figure::Between(10_120, 10_129),
        "instrument.european-production-order" => Figure::Between(730, 739),
        "accounts" => Figure::Exactly(104_711),
        name if name.len() % 3 == 0 => Figure::Exactly(0),
        _ => Figure::Between(0, 9),
    };
    let files = ReportFiles::read(report).unwrap();
    let countries =
        "AT BE BG CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK US";
    let countries = countries
        .split(' ')
        .map(|one| CountryCode::parse(one).unwrap());
    let plan = Plan {
        sealed: 1,
        ..files.plan
    };
    let cells = plan.cells(&CodeBook::of(&countries.collect()));
    let figure = |cell: Cell| (of(&cell.name()), cell);
    let class = |country: Option<&str>, outcome: &str| Class::Answered {
        country: country.map(str::to_owned),
        instrument: "european-production-order".to_owned(),
        outcome: outcome.to_owned(),
    };
    Published {
        provider: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk & Søn AB",
        period: Period::parse("2027H1").unwrap(),
        view: 3,
        figures: cells
            .into_iter()
            .map(figure)
            .map(|(figure, cell)| (cell, figure))
            .collect(),
        corrections: vec![
            Corrected {
                count: 1,
                from: class(Some("SE"), "refused"),
                to: Class::Pending,
            },
            Corrected {
                count: 1200,
                from: class(None, "produced"),
                to: Class::Other,
            },
        ],
        planned: false,
        digest: [0x5a; 32],
        log_origin: "log.donaudampfschifffahrtselektrizitaetenhauptbetriebswerk.example/lagrum"
            .to_owned(),
        verify: "lagrum verify DIR --trust trust.toml --log LOG",
    }
}

/// Looks at all pages below these directories in a browser.
pub fn in_a_browser(shown: &[(&str, &Path)]) {
    let Some(modules) = std::env::var_os("LAGRUM_BROWSER") else {
        println!("SKIPPED: no browser; dev/test installs one and sets LAGRUM_BROWSER");
        return;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/reports.mjs");
    let mut node = Command::new("node");
    node.arg(script).env("LAGRUM_BROWSER", modules);
    node.args(
        shown
            .iter()
            .map(|(name, directory)| format!("{name}={}", directory.display())),
    );
    let ran = ended(&mut node);
    assert_eq!(ran.code, Some(0), "{}\n{}", ran.out, ran.err);
    let pages = shown
        .iter()
        .flat_map(|(_, directory)| files_below(directory));
    let pages = pages.filter(|file| file.extension().is_some_and(|ending| ending == "html"));
    // Each light and dark, at three widths.
    let looked = format!("{} steps", pages.count() * 6);
    assert!(ran.out.lines().any(|line| line == looked), "{}", ran.out);
}
