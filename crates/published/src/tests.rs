//! What the files promise.

mod forms;
mod said;

use std::collections::BTreeSet;

use lagrum_figures::{Cell, Class, CodeBook, Figure, Of, Period, Plan};
use lagrum_model::{CountryCode, Language};

use crate::words::{Words, words};
use crate::{Corrected, Published, book, data, number, page, paper};

const PAGES: [(&str, Language); 3] = [
    ("index.html", Language::English),
    ("index.sv.html", Language::Swedish),
    ("index.da.html", Language::Danish),
];

fn figures(of: impl Fn(&Cell) -> Figure) -> Vec<(Cell, Figure)> {
    let countries = "AT BE DE DK EE ES FI FR GB IE SE US".split(' ');
    let countries: Result<BTreeSet<CountryCode>, _> = countries.map(CountryCode::parse).collect();
    let plan = Plan {
        sealed: 1,
        ..Plan::default()
    };
    let cells = plan.cells(&CodeBook::of(&countries.unwrap()));
    let figure = |cell: Cell| {
        let figure = of(&cell);
        (cell, figure)
    };
    cells.into_iter().map(figure).collect()
}

/// Bands as a plan has them: many are the lowest.
fn banded() -> Vec<(Cell, Figure)> {
    figures(|cell| match cell.name().as_str() {
        "received" => Figure::Between(7250, 7499),
        "pending" | "other" => Figure::Between(0, 249),
        "country.SE" => Figure::Between(2340, 2349),
        "instrument.subpoena" | "instrument.search-warrant" => Figure::Between(560, 569),
        "outcome.refused" => Figure::Between(30, 39),
        _ => Figure::Between(0, 9),
    })
}

fn exact(of: impl Fn(&str) -> u64) -> Vec<(Cell, Figure)> {
    figures(|cell| Figure::Exactly(of(&cell.name())))
}

fn with<T>(figures: &[(Cell, Figure)], then: impl FnOnce(&Published<'_>) -> T) -> T {
    then(&Published {
        provider: "Brev & Moln AB",
        period: Period::parse("2027H1").unwrap(),
        view: 1,
        figures: figures.to_vec(),
        corrections: Vec::new(),
        planned: true,
        digest: [0x5a; 32],
        log_origin: "log.example/brev".to_owned(),
        verify: "check DIR --log LOG",
    })
}

fn file(published: &Published<'_>, name: &str) -> String {
    String::from_utf8(bytes(published, name)).unwrap()
}

/// One of the files, without making the others.
fn bytes(published: &Published<'_>, name: &str) -> Vec<u8> {
    match name {
        "figures.csv" => return data::csv(published).into_bytes(),
        "figures.json" => return data::json(published).into_bytes(),
        _ => {}
    }
    for language in Language::ALL {
        let words = words(language);
        if name == words.file {
            return page::page(published, words, true).into_bytes();
        } else if name == words.workbook {
            return book::book(published, words).unwrap();
        } else if name == words.paper {
            return paper::paper(published, words).unwrap();
        }
    }
    panic!("{name}");
}

/// What a page says, without its style and its tags, and as if it all stood on one line.
fn text(html: &str) -> String {
    let (before, rest) = html.split_once("<style>").unwrap();
    let (_, after) = rest.split_once("</style>").unwrap();
    let mut text = String::new();
    for part in format!("{before}{after}").split('<') {
        text.push(' ');
        text.push_str(part.split_once('>').map_or(part, |(_, said)| said));
    }
    let text = text.replace('\u{a0}', " ").replace('\u{2060}', "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn plain(text: String) -> String {
    text.replace('\u{a0}', " ").replace('\u{2060}', "")
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let all = || with(&banded(), |published| published.files().unwrap().files);
    let once = all();
    assert!(once == all());
    with(&banded(), |published| {
        for (name, made) in &once {
            assert!(*made == bytes(published, name), "{name}");
        }
    });
    let names: Vec<_> = once.into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        [
            "index.html",
            "figures.xlsx",
            "index.sv.html",
            "figures.sv.xlsx",
            "index.da.html",
            "figures.da.xlsx",
            "report.pdf",
            "report.sv.pdf",
            "report.da.pdf",
            "figures.csv",
            "figures.json"
        ]
    );
}

#[test]
fn every_figure_stands_in_every_file() {
    let some = |name: &str| match name {
        "received" | "country.SE" => 1204,
        "accounts" | "instrument.subpoena" => 1,
        _ => 0,
    };
    for figures in [banded(), exact(some), exact(|_| 0), exact(|_| 1)] {
        with(&figures, |published| {
            let csv = file(published, "figures.csv");
            let mut lines = csv.split("\r\n");
            assert_eq!(lines.next(), Some("figure,low,high"));
            let json: serde_json::Value =
                serde_json::from_str(&file(published, "figures.json")).unwrap();
            assert_eq!(json["period"], "2027H1");
            assert_eq!(json["view"], 1);
            assert_eq!(json["provider"], "Brev & Moln AB");
            assert_eq!(json["digest"], "5a".repeat(32));
            assert_eq!(json["figures"].as_object().unwrap().len(), figures.len());
            for (cell, figure) in &figures {
                let (name, (low, high)) = (cell.name(), crate::data::ends(*figure));
                assert_eq!(lines.next().unwrap(), format!("{name},{low},{high}"));
                assert_eq!(json["figures"][&name]["low"], low, "{name}");
                assert_eq!(json["figures"][&name]["high"], high, "{name}");
            }
            assert_eq!(lines.collect::<Vec<_>>(), [""]);
            for (page, language) in PAGES {
                let (html, words) = (file(published, page), words(language));
                for (cell, figure) in &figures {
                    stands(&html, words, cell, *figure);
                }
            }
        });
    }
}

/// In its row, or in the sentence that names those that are zero.
fn stands(html: &str, words: &Words, cell: &Cell, figure: Figure) {
    let name = cell.name();
    let (before, after) = html.split_once(&format!(" id=\"{name}\"")).expect(&name);
    let row = after.split_once("</tr>").map_or("", |(row, _)| row);
    let in_a_row = before.rfind("<tr").unwrap_or(0) > before.rfind("</table>").unwrap_or(0);
    let said = format!("<td class=\"number\">{}<", number::figure(words, figure));
    let zero = || {
        let sentence = before
            .rsplit_once("<p>")
            .map_or("", |(_, sentence)| sentence);
        let zero = match cell.of {
            Of::Country(_) => Some(words.country.zero),
            Of::Instrument(_) => Some(words.instrument.zero),
            Of::Outcome(_) => Some(words.outcome.zero),
            Of::Received | Of::Pending | Of::Other | Of::Accounts => None,
        };
        figure == Figure::Exactly(0) && zero.is_some_and(|zero| sentence.starts_with(zero))
    };
    assert!(in_a_row && row.contains(&said) || zero(), "{name}: {said}");
}

#[test]
fn a_band_is_nowhere_one_number() {
    let figures = banded();
    with(&figures, |published| {
        for (page, language) in PAGES {
            let words = words(language);
            let mut text = text(&file(published, page));
            for (_, figure) in &figures {
                let (low, high) = crate::data::ends(*figure);
                let band = plain(number::figure(words, *figure));
                let (low, high) = (number::digits(words, low), number::digits(words, high));
                // The two sentences that say what a band is.
                for said in [
                    (words.band_means)(&band, &low, &high),
                    (words.lowest_band)(&band, &high),
                ] {
                    text = text.replace(&plain(said), "");
                }
                text = text.replace(&band, "");
            }
            for number in [7250, 7499, 249, 2340, 2349, 560, 569, 30, 39, 9] {
                let number = plain(number::digits(words, number));
                let alone = |at: usize| {
                    let is = |one: Option<char>| one.is_some_and(|one| one.is_ascii_alphanumeric());
                    !is(text[..at].chars().next_back())
                        && !is(text[at + number.len()..].chars().next())
                };
                let mut found = text.match_indices(&number);
                let found = found.find(|(at, _)| alone(*at));
                assert_eq!(found, None, "{page}: {number} in {text}");
            }
        }
    });
}

#[test]
fn what_comes_from_outside_is_text() {
    let hostile = "<script>alert(1)</script>\"'&<img src=x>";
    let published = Published {
        provider: hostile,
        period: Period::parse("2027").unwrap(),
        view: 2,
        figures: banded(),
        corrections: vec![corrected(1, hostile)],
        planned: false,
        digest: [0; 32],
        log_origin: hostile.to_owned(),
        verify: "check DIR --log LOG",
    };
    for (page, _) in PAGES {
        let html = file(&published, page);
        assert!(
            !html.contains("<script") && !html.contains("<img"),
            "{page}"
        );
        assert!(html.contains("&lt;script&gt;"));
        assert!(html.contains("default-src 'none'"));
        for elsewhere in ["http:", "https:", " src=", "@import", "style="] {
            let html = html.replace("&lt;img src=x", "");
            assert!(!html.contains(elsewhere), "{page}: {elsewhere}");
        }
    }
    let json: serde_json::Value = serde_json::from_str(&file(&published, "figures.json")).unwrap();
    assert_eq!(json["provider"], hostile);
}

/// Every tag is closed by its own, and no id is given twice.
#[test]
fn the_pages_are_well_formed() {
    for figures in [banded(), exact(|_| 0), exact(|_| 2), Vec::new()] {
        for (page, _) in PAGES {
            let html = with(&figures, |published| file(published, page));
            let mut open = Vec::new();
            let mut ids = BTreeSet::new();
            for tag in html
                .split('<')
                .skip(2)
                .map(|part| part.split('>').next().unwrap())
            {
                let name = tag.split(' ').next().unwrap();
                match name.strip_prefix('/') {
                    Some(closed) => assert_eq!(open.pop(), Some(closed), "{page}"),
                    None if ["meta", "link"].contains(&name) => {}
                    None => open.push(name),
                }
                if let Some((_, rest)) = tag.split_once(" id=\"") {
                    let id = rest.split('"').next().unwrap();
                    assert!(ids.insert(id.to_owned()), "{page}: {id}");
                }
            }
            assert!(open.is_empty(), "{page}: {open:?}");
            assert_eq!(html.matches("<h1").count(), 1);
        }
    }
}

#[test]
fn each_page_names_its_language_and_the_others() {
    for (page, language) in PAGES {
        let html = with(&banded(), |published| file(published, page));
        let code = language.as_str();
        assert!(html.starts_with(&format!("<!DOCTYPE html><html lang=\"{code}\">")));
        for (other, language) in PAGES {
            let code = language.as_str();
            let link = format!("<link rel=\"alternate\" hreflang=\"{code}\" href=\"{other}\">");
            assert!(html.contains(&link), "{link}");
            let current = if other == page {
                " aria-current=\"page\""
            } else {
                ""
            };
            let link = format!("<a href=\"{other}\" lang=\"{code}\" hreflang=\"{code}\"{current}>");
            assert!(html.contains(&link), "{link}");
        }
    }
}

#[test]
fn a_page_says_whether_it_was_planned_and_what_was_corrected() {
    let of = |planned: bool| Published {
        provider: "Brev",
        period: Period::parse("2027").unwrap(),
        view: 3,
        figures: banded(),
        corrections: match planned {
            true => Vec::new(),
            false => vec![corrected(1, "SE"), corrected(12, "SE")],
        },
        planned,
        digest: [7; 32],
        log_origin: "log.example".to_owned(),
        verify: "check DIR --log LOG",
    };
    for (page, language) in PAGES {
        let said = &words(language).check;
        let (planned, later) = (file(&of(true), page), file(&of(false), page));
        assert!(planned.contains(said.planned) && !planned.contains(said.not_planned));
        assert!(later.contains(said.not_planned) && !later.contains(said.planned));
        assert!(!planned.contains(said.corrections) && later.contains(said.corrections));
        for line in match language {
            Language::English => [
                "1 demand, counted before as “Sweden, subpoena, refused”, now as “Not answered yet”",
                "12 demands, counted before as “Sweden, subpoena, refused”, now as “Not answered yet”",
            ],
            Language::Swedish => [
                "1 begäran, tidigare räknat som ”Sverige, föreläggande att lämna ut uppgifter (subpoena), efterkoms inte”, nu som ”Ännu inte besvarade”",
                "12 begäranden, tidigare räknat som ”Sverige, föreläggande att lämna ut uppgifter (subpoena), efterkoms inte”, nu som ”Ännu inte besvarade”",
            ],
            Language::Danish => [
                "1 anmodning, før talt som »Sverige, pålæg om udlevering (subpoena), ikke efterkommet«, nu som »Endnu ikke besvarede«",
                "12 anmodninger, før talt som »Sverige, pålæg om udlevering (subpoena), ikke efterkommet«, nu som »Endnu ikke besvarede«",
            ],
        } {
            assert!(plain(later.clone()).contains(line), "{line}: {later}");
        }
        assert!(later.contains(&(words(language).later_view)("3")));
        assert!(later.contains("check DIR --log LOG --receipt"));
        assert!(later.contains(&hex::encode([7; 32])));
    }
}

fn corrected(count: u64, country: &str) -> Corrected {
    Corrected {
        count,
        from: Class::Answered {
            country: Some(country.to_owned()),
            instrument: "subpoena".to_owned(),
            outcome: "refused".to_owned(),
        },
        to: Class::Pending,
    }
}
