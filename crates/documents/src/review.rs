//! What counsel decided about what a search withheld.

use lagrum_mandate::{Mandate, Review, Reviewed};
use lagrum_model::{Case, MandateRecord, Production, Sha256Digest};

use crate::Phrases;
use crate::block::{Ink, Text};

/// How many things the search of a mandate withheld that counsel has not decided about: a decision counts once the
/// mandate that carries it out is as far as `counts` says.
pub(crate) fn open(case: &Case, of: &MandateRecord, counts: fn(&MandateRecord) -> bool) -> u64 {
    let withheld = of.produced.map_or(0, |made| made.for_review);
    if withheld == 0 {
        return 0;
    }
    let digest = Sha256Digest::of(of.text.as_bytes());
    let counting = case.mandates.values();
    let counting = counting.filter(|one| counts(one) && !one.is_lapsed());
    let reviews = counting.filter_map(of_record);
    let here = reviews.filter(|review| review.of == digest);
    let decided: u64 = here.map(|review| review.items.len() as u64).sum();
    withheld.saturating_sub(decided)
}

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
