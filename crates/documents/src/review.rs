//! What counsel decided about what a search withheld.

use lagrum_mandate::{Mandate, Review, Reviewed};
use lagrum_model::{MandateRecord, Production};

use crate::Phrases;
use lagrum_blocks::{Ink, Text};

/// What counsel decided that a mandate carries out, if it is one of these.
fn of_record(record: &MandateRecord) -> Option<Review> {
    Mandate::parse(&record.text).ok()?.review
}

/// How much a package holds, in words. A review that released nothing did find something.
pub(crate) fn items(record: &MandateRecord, made: &Production, phrases: &Phrases) -> String {
    match made.items {
        0 if of_record(record).is_some() => phrases.word("mandate-items-review-none"),
        items => phrases.count("mandate-items", items),
    }
}

/// How much of what was withheld a review releases.
pub(crate) fn released(review: &Review) -> u64 {
    let all = review.items.iter();
    all.filter(|item| item.released.is_some()).count() as u64
}

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
