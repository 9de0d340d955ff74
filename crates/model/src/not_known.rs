//! What a newer version of the program wrote, and this one has no word for.

use std::fmt;

/// The longest name that is repeated to people, in characters.
const LONGEST_NAME: usize = 60;

/// Something in a text that this version of the program does not know: the text is not damaged. Nothing that
/// is not known is passed over, so it is read by a version that knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotKnown {
    what: &'static str,
    name: String,
}

impl NotKnown {
    /// Whether a text of JSON could not be read for that reason alone.
    #[must_use]
    pub fn of_json(error: &serde_json::Error) -> Option<Self> {
        error
            .is_data()
            .then(|| Self::of_message(&error.to_string()))?
    }

    /// Whether a text of TOML could not be read for that reason alone.
    #[must_use]
    pub fn of_toml(error: &toml::de::Error) -> Option<Self> {
        Self::of_message(error.message())
    }

    /// Whether the first line of a text is a later number of the form `known`: `lagrum-mandate/2`, where
    /// `lagrum-mandate/1` is known.
    #[must_use]
    pub fn of_heading(text: &str, known: &str) -> Option<Self> {
        let line = text.lines().next()?;
        let (form, number) = known.rsplit_once('/')?;
        let other = line.strip_prefix(form)?.strip_prefix('/')?;
        let later = other.parse::<u32>().ok()? > number.parse().ok()?;
        later.then(|| Self::named("form", line))
    }

    /// The words of serde for a field and for one of several words (`serde::de::Error`).
    fn of_message(message: &str) -> Option<Self> {
        let kinds = [("unknown field `", "field"), ("unknown variant `", "word")];
        kinds.into_iter().find_map(|(begins, what)| {
            let rest = message.strip_prefix(begins)?;
            let ends = ["`, expected ", "`, there are no "];
            let end = ends.iter().filter_map(|end| rest.find(end)).min()?;
            Some(Self::named(what, &rest[..end]))
        })
    }

    fn named(what: &'static str, name: &str) -> Self {
        let name = name.chars().take(LONGEST_NAME).collect::<String>();
        let name = name.escape_debug().to_string();
        Self { what, name }
    }
}

impl fmt::Display for NotKnown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, name } = self;
        write!(
            f,
            "it has the {what} `{name}`, which this version of the program ({}) does not know; use the version that wrote it, or a newer one",
            env!("CARGO_PKG_VERSION")
        )
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::NotKnown;

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Colour {
        Red,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Form {
        #[serde(rename = "colour")]
        _colour: Colour,
    }

    fn of(text: &str) -> Option<String> {
        let json = serde_json::from_str::<Form>(text).unwrap_err();
        NotKnown::of_json(&json).map(|what| what.to_string())
    }

    #[test]
    fn a_field_and_a_word_that_came_later_are_told_from_what_is_broken() {
        let field = of(r#"{"colour": "red", "shade": 1}"#).unwrap();
        assert!(
            field.starts_with("it has the field `shade`, which this version"),
            "{field}"
        );
        let word = of(r#"{"colour": "blue"}"#).unwrap();
        assert!(word.starts_with("it has the word `blue`, which"), "{word}");
        for broken in [
            "{}",
            r#"{"colour": "red""#,
            r#"{"colour": 7}"#,
            r#"{"colour": "red"} x"#,
        ] {
            assert_eq!(of(broken), None, "{broken}");
        }
        let toml = |text: &str| NotKnown::of_toml(&toml::from_str::<Form>(text).unwrap_err());
        assert!(toml("colour = \"red\"\nshade = 1").is_some());
        assert!(toml("colour = \"blue\"").is_some());
        assert!(toml("colour = ").is_none());
    }

    #[test]
    fn what_is_repeated_of_a_foreign_text_is_short_and_one_line() {
        let said = of(&format!(r#"{{"colour": "a\n{}"}}"#, "b".repeat(500))).unwrap();
        assert!(said.contains("`a\\nbbb") && said.len() < 250, "{said}");
    }

    #[test]
    fn a_later_number_of_a_form_is_newer_and_nothing_else_is() {
        let of = |text| NotKnown::of_heading(text, "lagrum-mandate/1").map(|what| what.to_string());
        let said = of("lagrum-mandate/2\n{}").unwrap();
        assert!(
            said.starts_with("it has the form `lagrum-mandate/2`, which"),
            "{said}"
        );
        for other in [
            "lagrum-mandate/1\n",
            "lagrum-mandate/0",
            "lagrum-mandate/x",
            "lagrum-receipt/2",
            "",
        ] {
            assert_eq!(of(other), None, "{other}");
        }
    }
}
