use lagrum_model::{Case, MandateRecord, Sha256Digest};

use crate::Mandate;

/// How many things the search of a mandate withheld that counsel has not decided about: a decision counts once the
/// mandate that carries it out is as far as `counts` says.
#[must_use]
pub fn unreviewed(case: &Case, of: &MandateRecord, counts: fn(&MandateRecord) -> bool) -> u64 {
    let withheld = of.produced.map_or(0, |made| made.for_review);
    if withheld == 0 {
        return 0;
    }
    let digest = Sha256Digest::of(of.text.as_bytes());
    let counting = case.mandates.values();
    let counting = counting.filter(|one| counts(one) && !one.is_lapsed());
    let reviews = counting.filter_map(|one| Mandate::parse(&one.text).ok()?.review);
    let here = reviews.filter(|review| review.of == digest);
    let decided: u64 = here.map(|review| review.items.len() as u64).sum();
    withheld.saturating_sub(decided)
}
