//! Values as cells of a table.
//!
//! A table is opened in a spreadsheet, and a spreadsheet takes a cell that begins with `=`, `+`, `-`
//! or `@` for a formula, whoever wrote it: a stranger can write a user agent. So an apostrophe is set
//! before what could be taken for the beginning of one. The same rows as JSON Lines are exact.

use std::borrow::Cow;

use serde_json::value::RawValue;

/// What begins a formula, also in full width, as spreadsheets in Asia read it.
const FORMULA: [char; 8] = [
    '=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

/// What may end a cell for a program that expects another separator than the comma, as Excel does
/// in most of Europe, or that reads line by line.
const SEPARATORS: [char; 5] = [',', ';', '\t', '\r', '\n'];

/// `text` with an apostrophe before everything that a spreadsheet could take for the beginning of a
/// formula: at the start of the cell or of what another separator makes a cell, blanks, quotation
/// marks and invisible characters before it not counted; and before a tab or a line end that
/// begins the cell.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    let mut safe: Option<String> = None;
    let mut at_start = true;
    for (place, character) in text.char_indices() {
        let first = place == 0;
        if at_start && FORMULA.contains(&character)
            || first && matches!(character, '\t' | '\r' | '\n')
        {
            safe.get_or_insert_with(|| text[..place].to_owned())
                .push('\'');
        }
        at_start = SEPARATORS.contains(&character) || at_start && is_passed_over(character);
        if let Some(safe) = &mut safe {
            safe.push(character);
        }
    }
    safe.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// What a spreadsheet may drop at the beginning of a cell.
fn is_passed_over(character: char) -> bool {
    character == '"'
        || character.is_whitespace()
        || character.is_control()
        || matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// A JSON value as a cell.
pub(crate) fn of(value: &RawValue) -> String {
    let raw = value.get();
    match raw.as_bytes().first() {
        Some(b'n') => String::new(),
        // A number begins like a formula and is none.
        Some(b'0'..=b'9' | b'-') => raw.to_owned(),
        Some(b'"') => match serde_json::from_str::<Cow<'_, str>>(raw) {
            Ok(text) => harmless(&text).into_owned(),
            // Half of a surrogate pair is no text: it stands as it is written.
            Err(_) => harmless(raw).into_owned(),
        },
        _ => harmless(raw).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_that_begins_like_a_formula_stays_so() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("@SUM(1)", "'@SUM(1)"),
            ("+46 8 1", "'+46 8 1"),
            ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"),
            ("  =1", "  '=1"),
            ("\u{a0}\u{feff}=1", "\u{a0}\u{feff}'=1"),
            ("\"=1", "\"'=1"),
            ("\" \"=1", "\" \"'=1"),
            ("\t=1", "'\t'=1"),
            ("\rx", "'\rx"),
            ("\nx", "'\nx"),
            ("\u{ff1d}1", "'\u{ff1d}1"),
            ("Mozilla;=cmd|' /C calc'!A0", "Mozilla;'=cmd|' /C calc'!A0"),
            ("a\n@b", "a\n'@b"),
            ("a, \"-b", "a, \"'-b"),
            ("Mozilla/5.0 (X11)", "Mozilla/5.0 (X11)"),
            ("a=b", "a=b"),
            ("2026-03-01", "2026-03-01"),
            ("bjork@kvist.example", "bjork@kvist.example"),
            ("", ""),
        ] {
            assert_eq!(harmless(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_number_stays_a_number_and_text_becomes_text() {
        let cell = |json: &str| of(&RawValue::from_string(json.to_owned()).unwrap());
        for (json, expected) in [
            ("-5", "-5"),
            (
                "340282366920938463463374607431768211455",
                "340282366920938463463374607431768211455",
            ),
            ("0.10", "0.10"),
            ("null", ""),
            ("true", "true"),
            (r#""\u003d1""#, "'=1"),
            (r#""a\tb""#, "a\tb"),
            (
                r#"{"ip":"192.0.2.1","ip":"192.0.2.99"}"#,
                r#"{"ip":"192.0.2.1","ip":"192.0.2.99"}"#,
            ),
            (r#"["=1","@x"]"#, r#"["=1","'@x"]"#),
            (r#""\ud800""#, r#""\ud800""#),
        ] {
            assert_eq!(cell(json), expected, "{json}");
        }
    }

    proptest! {
        #[test]
        fn the_apostrophes_are_all_that_is_added(text in "[-=+@,;\t\r\n\"' a]{0,20}") {
            let safe = harmless(&text);
            let mut rest = text.chars().peekable();
            for character in safe.chars() {
                if rest.peek() == Some(&character) {
                    rest.next();
                } else {
                    prop_assert_eq!(character, '\'');
                }
            }
            prop_assert_eq!(rest.next(), None);
            for cell in safe.split([',', ';', '\t', '\r', '\n']) {
                prop_assert!(!cell.trim_start_matches([' ', '"']).starts_with(FORMULA), "{safe:?}");
            }
        }
    }
}
