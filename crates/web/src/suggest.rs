//! What the text of a paper suggests for the fields of a description. Nothing is taken before a person
//! takes it, one by one; each suggestion says where it was found.

use std::ops::Range;
use std::sync::LazyLock;

use lagrum_desk::KnownAuthority;
use regex::Regex;

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Suggestion {
    /// The field of the form.
    pub(crate) field: &'static str,
    /// What would be written there.
    pub(crate) value: String,
    /// Where it stands in the text, in bytes.
    pub(crate) at: Range<usize>,
}

/// More than that nobody reads.
const MOST: usize = 20;
/// The head of a paper, in bytes: there stands the day on its face.
const HEAD: usize = 200;
/// As much of a text is looked through, in bytes.
const LOOKED_AT: usize = 64 << 10;

static MAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,180}\.[A-Za-z]{2,}").expect("a pattern")
});
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:[A-ZÅÄÖÆØ]{1,6}[- ]?\d{2,8}[-/]\d{2,4}|EPOC[A-Z0-9-]{6,40}|\d{4}-\d{5,6}-\d{5}-\d{2}|\d{2} Mag\. \d{3,5}|GJ-\d{4}-\d+)\b")
        .expect("a pattern")
});
static PROVISION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:\d{1,2} kap\. \d{1,3}(?: ?[a-z])?(?:(?:,| och|–) ?\d{1,3})* §§?(?: [a-zåäö]*balken| lagen)?|retsplejelovens §§? ?\d{1,4}(?:, stk\. \d)?|18 U\.S\.C\. §§? ?\d{4}(?:\([a-z0-9]+\))*|Art(?:icle|\.) \d{1,3}(?:\(\d\))? of Regulation \(EU\) \d{4}/\d{3,4})")
        .expect("a pattern")
});
static DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})\.? (januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|januar|februar|marts|august|january|february|march|may|june|july|october) (\d{4})|(january|february|march|april|may|june|july|august|september|october|november|december) (\d{1,2}), (\d{4}))\b")
        .expect("a pattern")
});

/// What stands in `text`, in its order.
pub(crate) fn found(text: &str, known: &[KnownAuthority]) -> Vec<Suggestion> {
    let text = &text[..text.floor_char_boundary(LOOKED_AT)];
    let mut all: Vec<Suggestion> = Vec::new();
    let mut add = |field: &'static str, value: String, at: Range<usize>| {
        let there = all
            .iter()
            .any(|one| one.field == field && one.value == value);
        let inside = all
            .iter()
            .any(|one| one.at.start < at.end && at.start < one.at.end);
        if !there && !inside {
            all.push(Suggestion { field, value, at });
        }
    };
    for one in known {
        if let Some(start) = text.find(&one.name) {
            add("authority", one.name.clone(), start..start + one.name.len());
        }
    }
    for hit in DAY.captures_iter(text) {
        let (Some(whole), Some(day)) = (hit.get(0), day(&hit)) else {
            continue;
        };
        let before = &text[..whole.start()];
        let words: Vec<_> = before.split_whitespace().rev().take(5).collect();
        // "till och med", "at the latest", "senest": the end of what is permitted.
        let ends = ["med", "senast", "senest", "until", "before"];
        if words.iter().any(|word| ends.contains(word)) {
            add("valid-until", day, whole.range());
        } else if whole.start() < HEAD {
            // What stands further down is the day of something else.
            add("issued-on", day, whole.range());
        }
    }
    for hit in REFERENCE.find_iter(text) {
        add("reference", hit.as_str().to_owned(), hit.range());
    }
    for hit in PROVISION.find_iter(text) {
        add("provision", hit.as_str().to_owned(), hit.range());
    }
    for hit in MAIL.find_iter(text) {
        let address = hit.as_str().trim_end_matches('.');
        let domain = address
            .rsplit('@')
            .next()
            .unwrap_or_default()
            .to_lowercase();
        let theirs = known.iter().any(|one| one.domains.contains(&domain));
        let field = if theirs {
            "officer-email"
        } else {
            "part-1-identifiers"
        };
        add(
            field,
            address.to_owned(),
            hit.start()..hit.start() + address.len(),
        );
    }
    all.sort_by_key(|one| one.at.start);
    all.truncate(MOST);
    all
}

fn day(hit: &regex::Captures<'_>) -> Option<String> {
    let text = |n: usize| hit.get(n).map(|found| found.as_str());
    let (year, month, day) = if let Some(year) = text(1) {
        (year, text(2)?.parse().ok()?, text(3)?)
    } else if let Some(day) = text(4) {
        (text(6)?, month(text(5)?)?, day)
    } else {
        (text(9)?, month(text(7)?)?, text(8)?)
    };
    let (year, day): (i16, i8) = (year.parse().ok()?, day.parse().ok()?);
    let date = jiff::civil::Date::new(year, month, day).ok()?;
    Some(date.to_string())
}

/// A month by the first three letters of its name, which the three languages share but for May.
fn month(name: &str) -> Option<i8> {
    let name = name.to_lowercase();
    let begins = [
        "jan", "feb", "mar", "apr", "ma", "jun", "jul", "aug", "sep", "okt", "nov", "dec",
    ];
    let at = begins.iter().position(|begin| name.starts_with(begin));
    match name.as_str() {
        "october" => Some(10),
        _ => i8::try_from(at? + 1).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: &str = "Stockholms tingsrätt\nBESLUT 2026-11-24 i mål B 20731-26\n\nTingsrätten tillåter hemlig övervakning avseende adressen\nbjork@kvist.example (27 kap. 19 § rättegångsbalken).\nÅklagarens ärende: AM-20731-26. Tillståndet får verkställas till och med\nden 8 december 2026. Svar till noa@polisen.example.";

    fn known() -> Vec<KnownAuthority> {
        let text = "name = \"Polismyndigheten\"\ncountry = \"SE\"\nkind = \"police\"\ndomains = [\"polisen.example\"]\ntelephone = \"+46 8 555 01 02\"\n";
        vec![toml_of(text)]
    }

    fn toml_of(text: &str) -> KnownAuthority {
        let pairs = text.lines().map(|line| line.split_once(" = ").unwrap());
        let json: String = pairs
            .map(|(name, value)| format!("\"{name}\":{value},"))
            .collect();
        serde_json::from_str(&format!("{{{}}}", json.trim_end_matches(','))).unwrap()
    }

    #[test]
    fn a_decision_suggests_what_an_analyst_would_type_and_where_it_stands() {
        let all = found(PAPER, &known());
        let said: Vec<_> = all
            .iter()
            .map(|one| (one.field, one.value.as_str()))
            .collect();
        assert_eq!(
            said,
            [
                ("issued-on", "2026-11-24"),
                ("reference", "B 20731-26"),
                ("part-1-identifiers", "bjork@kvist.example"),
                ("provision", "27 kap. 19 § rättegångsbalken"),
                ("reference", "AM-20731-26"),
                ("valid-until", "2026-12-08"),
                ("officer-email", "noa@polisen.example"),
            ]
        );
        for one in &all {
            assert!(!PAPER[one.at.clone()].is_empty());
        }
    }

    #[test]
    fn days_are_read_in_three_languages_and_impossible_ones_are_not() {
        let days = |text: &str| -> Vec<String> {
            found(text, &[]).into_iter().map(|one| one.value).collect()
        };
        assert_eq!(days("den 3 maj 2026"), ["2026-05-03"]);
        assert_eq!(
            days(&format!("{}den 3 maj 2026", "x ".repeat(200))),
            Vec::<String>::new()
        );
        assert_eq!(days("den 3. marts 2026"), ["2026-03-03"]);
        assert_eq!(
            days("May 3, 2026 and October 9, 2026"),
            ["2026-05-03", "2026-10-09"]
        );
        assert_eq!(
            days("2026-02-30, 31 juni 2026, 0000-00-00"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_long_text_without_anything_is_looked_through_at_once() {
        let text = "a@".repeat(200_000) + &"1 kap. ".repeat(10_000);
        assert!(found(&text, &known()).len() <= MOST);
    }
}
