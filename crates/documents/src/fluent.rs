//! Sentences with blanks, as Project Fluent writes them.

use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use lagrum_model::Language;
use unic_langid::LanguageIdentifier;

pub(crate) type Bundle = FluentBundle<Arc<FluentResource>>;
pub(crate) type Value<'a> = FluentValue<'a>;

/// A rule's name as a translation is keyed.
pub(crate) fn key(id: &str) -> String {
    id.replace('.', "_")
}

/// The names of the texts of a file: a text begins at the first column of a line, with its name and
/// an equals sign.
pub(crate) fn names(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
        .filter_map(|line| Some(line.split_once('=')?.0.trim_end()))
}

/// The texts of a language, its numbers written as it writes them.
pub(crate) fn bundle<'a>(
    language: Language,
    resources: impl Iterator<Item = &'a Arc<FluentResource>>,
) -> Bundle {
    let tag: LanguageIdentifier = language.as_str().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // The marks around placed words are for right-to-left scripts; these are plain text.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::English => |value, _| grouped(value, ","),
        Language::Swedish => |value, _| grouped(value, "\u{a0}"),
        Language::Danish => |value, _| grouped(value, "."),
    }));
    for resource in resources {
        bundle.add_resource_overriding(Arc::clone(resource));
    }
    bundle
}

/// A whole number with a mark between the thousands, as the language writes it.
fn grouped(value: &FluentValue<'_>, mark: &str) -> Option<String> {
    let FluentValue::Number(FluentNumber { value, .. }) = value else {
        return None;
    };
    let digits = format!("{value:.0}");
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push_str(mark);
        }
        out.push(digit);
    }
    Some(out)
}

/// A text with its blanks filled in, if it is there and nothing is missing in it.
pub(crate) fn format(
    bundle: &Bundle,
    key: &str,
    attribute: Option<&str>,
    blanks: &[(&str, Value<'_>)],
) -> Option<String> {
    let message = bundle.get_message(key)?;
    let pattern = match attribute {
        None => message.value()?,
        Some(name) => message.get_attribute(name)?.value(),
    };
    let mut args = FluentArgs::new();
    for (name, value) in blanks {
        args.set(*name, value.clone());
    }
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&args), &mut errors);
    errors.is_empty().then(|| text.into_owned())
}
