//! Numbers in words and digits.

use lagrum_figures::Figure;

use crate::words::{Noun, Words};

/// A number, its thousands apart.
pub(crate) fn digits(words: &Words, number: u64) -> String {
    let plain = number.to_string();
    let mut text = String::new();
    for (at, digit) in plain.chars().enumerate() {
        if at > 0 && (plain.len() - at).is_multiple_of(3) {
            text.push_str(words.thousands);
        }
        text.push(digit);
    }
    text
}

/// A figure: one number if it is exact, both ends if it is a band.
pub(crate) fn figure(words: &Words, figure: Figure) -> String {
    match figure {
        Figure::Exactly(number) => digits(words, number),
        Figure::Between(low, high) => {
            let (low, high) = (digits(words, low), digits(words, high));
            format!("{low}{}{high}", words.range)
        }
    }
}

/// The same, on one line whatever the width.
pub(crate) fn figure_on_one_line(words: &Words, one: Figure) -> String {
    let text = figure(words, one).replace(' ', "\u{a0}");
    text.replace('–', "\u{2060}–\u{2060}")
}

/// A figure of things: `no demand`, `1 demand`, `0 to 9 demands`.
pub(crate) fn counted(words: &Words, noun: &Noun, one: Figure) -> String {
    match one {
        Figure::Exactly(0) => noun.none.to_owned(),
        Figure::Exactly(1) => noun.one.to_owned(),
        several => format!("{} {}", figure_on_one_line(words, several), noun.many),
    }
}

/// Several names in one sentence.
pub(crate) fn list(words: &Words, all: &[String]) -> String {
    match all {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {} {last}", first.join(", "), words.and),
    }
}

/// A text with its first letter in upper case.
pub(crate) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
