//! The provider's own words in its letters.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement};
use lagrum_model::Language;

use crate::texts::{FRAMES, resource};
use crate::{TextError, Texts};

/// The texts of letters as they are compiled in, for whoever writes own ones.
#[must_use]
pub fn letter_texts(language: Language) -> &'static str {
    let (_, files) = FRAMES
        .iter()
        .find(|(one, _)| *one == language)
        .expect("every language");
    let letters = files
        .iter()
        .find(|(path, _)| path.ends_with("/letters.ftl"));
    letters.expect("every language has letters").1
}

impl Texts {
    /// The same, with the provider's own words in the letters of a language. A text of its own says all that the one in
    /// its place says: it has the same blanks, and asks for what only a person knows.
    ///
    /// # Errors
    /// [`TextError`], naming file and text, if it cannot be read, if there is no such text in a letter, if it stands
    /// twice, or if a blank is missing or unknown.
    pub fn with_letters(
        mut self,
        language: Language,
        path: &str,
        text: &str,
    ) -> Result<Self, TextError> {
        let own = resource(path, text)?;
        let built_in = resource("letters.ftl", letter_texts(language))?;
        let known: BTreeMap<_, _> = messages(&built_in).collect();
        let mut seen = BTreeSet::new();
        for entry in own.entries() {
            let fault = |name: &str, why: &str| TextError {
                path: path.to_owned(),
                why: format!("`{name}` {why}"),
            };
            let message = match entry {
                Entry::Message(message) => message,
                Entry::Term(term) => {
                    return Err(fault(term.id.name, "is a term; letters have none"));
                }
                _ => continue,
            };
            let name = message.id.name;
            let found = known.get(name).filter(|_| name.starts_with("letter-"));
            let found = found.ok_or_else(|| fault(name, "is no text of a letter; take it out"))?;
            if !seen.insert(name) {
                return Err(fault(name, "stands twice; keep one"));
            }
            compare(found, message).map_err(|why| fault(name, &why))?;
        }
        self.own(language).push(Arc::new(own));
        Ok(self)
    }
}

fn messages(resource: &FluentResource) -> impl Iterator<Item = (&str, &Message<&str>)> {
    resource.entries().filter_map(|entry| match entry {
        Entry::Message(message) => Some((message.id.name, message)),
        _ => None,
    })
}

/// Whether an own text says what the one says that it replaces; else why not.
fn compare(built_in: &Message<&str>, own: &Message<&str>) -> Result<(), String> {
    if !own.attributes.is_empty() {
        return Err(
            "has an attribute (a line that begins with a full stop); write one text".into(),
        );
    }
    let (wanted, given) = (Said::by(built_in), Said::by(own));
    if let Some(other) = given.other {
        return Err(format!(
            "uses {other}; only blanks such as {{ $day }} can be used"
        ));
    }
    if let Some(missing) = wanted.blanks.difference(&given.blanks).next() {
        return Err(format!(
            "does not say {{ ${missing} }}, which the text in its place says; put it in"
        ));
    }
    if let Some(unknown) = given.blanks.difference(&wanted.blanks).next() {
        return Err(format!(
            "has {{ ${unknown} }}, which is not known there; take it out"
        ));
    }
    if wanted.asks && !given.asks {
        return Err(
            "has no [[square brackets]], in which a person is asked to fill something in".into(),
        );
    }
    Ok(())
}

/// What a text is made of.
#[derive(Default)]
struct Said<'t> {
    blanks: BTreeSet<&'t str>,
    /// Whether something stands in double square brackets.
    asks: bool,
    /// What else it uses.
    other: Option<&'static str>,
}

impl<'t> Said<'t> {
    fn by(message: &Message<&'t str>) -> Self {
        let mut said = Self::default();
        message.value.iter().for_each(|value| said.pattern(value));
        said
    }

    fn pattern(&mut self, pattern: &Pattern<&'t str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.asks |= value.contains("[["),
                PatternElement::Placeable { expression } => self.expression(expression),
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&'t str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                variants.iter().for_each(|one| self.pattern(&one.value));
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&'t str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.blanks.insert(id.name);
            }
            InlineExpression::StringLiteral { value } => self.asks |= value.contains("[["),
            InlineExpression::NumberLiteral { .. } => {}
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::FunctionReference { .. } => self.other = Some("a function"),
            InlineExpression::MessageReference { .. } => self.other = Some("another text"),
            InlineExpression::TermReference { .. } => self.other = Some("a term"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(text: &str) -> Result<Texts, TextError> {
        Texts::built_in().with_letters(Language::Swedish, "letters/sv.ftl", text)
    }

    #[test]
    fn an_own_text_stands_in_the_letter_and_the_others_stay() {
        let texts = with("letter-closing = För { $provider }, rättsavdelningen\n").unwrap();
        let blanks = [("provider", "Kvist".into())];
        let closing =
            |texts: &Texts, language| texts.phrases(language).say("letter-closing", &blanks);
        let own = closing(&texts, Language::Swedish);
        assert_eq!(own, "För Kvist, rättsavdelningen");
        let english = closing(&texts, Language::English);
        assert_eq!(english, closing(&Texts::built_in(), Language::English));
    }

    #[test]
    fn the_texts_that_are_compiled_in_may_be_written_again() {
        for language in Language::ALL {
            let mut is_kept = true;
            let lines = letter_texts(language).split_inclusive('\n');
            let kept: String = lines
                .filter(|line| {
                    if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
                        is_kept = line.starts_with("letter-");
                    }
                    is_kept
                })
                .collect();
            assert!(kept.len() > 5_000);
            let texts = Texts::built_in().with_letters(language, "letters.ftl", &kept);
            assert!(texts.is_ok(), "{:?}", texts.err());
        }
    }

    #[test]
    fn what_would_say_less_or_something_else_is_refused_by_its_name() {
        let refused = [
            (
                "letter-closing = Hälsningar\n",
                "does not say { $provider }",
            ),
            (
                "letter-closing = { $provider } { $secret }\n",
                "not known there",
            ),
            ("letter-fill-in = { $what }\n", "square brackets"),
            (
                "letter-closing = { $provider } { letter-from }\n",
                "another text",
            ),
            (
                "letter-closing = { $provider } { -kvist }\n-kvist = K\n",
                "a term",
            ),
            ("letter-closing = { UPPER($provider) }\n", "a function"),
            ("letter-greeting = Hej\n", "no text of a letter"),
            ("no-letter-closed = Stängt\n", "no text of a letter"),
            ("case-title = Ärendet\n", "no text of a letter"),
            ("letter-to = Till\nletter-to = Åt\n", "stands twice"),
            ("letter-to = Till\n    .hint = Åt\n", "an attribute"),
            ("letter-to Till\n", "line 1"),
        ];
        for (text, why) in refused {
            let error = with(text).unwrap_err().to_string();
            assert!(error.starts_with("letters/sv.ftl: "), "{error}");
            assert!(error.contains(why), "{text}: {error}");
        }
    }
}
