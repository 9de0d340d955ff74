//! What counsel decided about what a search withheld.

use lagrum_mandate::{Review, Reviewed};

use crate::Phrases;
use crate::block::{Ink, Text};

/// One line for each run of decisions that follow each other and say the same.
pub(crate) fn decisions(review: &Review, phrases: &Phrases) -> Vec<Text> {
    let same = |one: &Reviewed, next: &Reviewed| {
        one.number + 1 == next.number
            && one.released.is_some() == next.released.is_some()
            && one.reason == next.reason
    };
    let runs = review.items.chunk_by(same);
    runs.filter_map(|run| {
        let (first, last) = (run.first()?, run.last()?);
        let numbers = if first.number == last.number {
            first.number.to_string()
        } else {
            format!("{}–{}", first.number, last.number)
        };
        let (ink, name) = match first.released {
            Some(_) => (Ink::Plain, "review-released"),
            None => (Ink::Caution, "review-refused"),
        };
        let blanks = [("numbers", numbers.as_str()), ("reason", &first.reason)];
        Some(Text::in_ink(ink, phrases.fill(name, &blanks)))
    })
    .collect()
}
