//! Who is told of a demand, by whom, and when: what the law says, in words.

use jiff::Timestamp;
use lagrum_blocks::Ink;
use lagrum_law::{MayTell, Notice, WaitsFor};

use crate::Phrases;
use crate::date::Zone;

/// Who is told, in the middle of a sentence.
fn told(notice: &Notice, phrases: &Phrases) -> String {
    phrases.word(&format!("told-{}", notice.whom.as_str()))
}

/// What is to be done next about it, in one sentence.
#[must_use]
pub fn next_step(notice: &Notice, phrases: &Phrases) -> String {
    let next = format!("next-{}", notice.next_step.as_str());
    let next = phrases.fill(&next, &[("whom", &told(notice, phrases))]);
    phrases.sentence(&next)
}

/// Whether the provider must, may, may not yet or must not tell at `at` (UTC), and from when on, with instants in
/// `zone`.
#[must_use]
pub fn may_tell(notice: &Notice, zone: &Zone, at: Timestamp, phrases: &Phrases) -> String {
    let whom = told(notice, phrases);
    let (name, end) = match notice.may_tell {
        MayTell::NotYet { waits_for, until } => {
            (format!("may-not-yet-{}", waits_for.as_str()), until)
        }
        MayTell::MustNot if notice.next_by.is_some_and(|end| end <= at) => {
            ("may-must-not-ended".to_owned(), None)
        }
        MayTell::MustNot if notice.next_by.is_some() => {
            ("may-must-not-stated".to_owned(), notice.next_by)
        }
        other => (format!("may-{}", other.as_str()), None),
    };
    let until = end.map(|end| phrases.instant_both(end, zone));
    let until = until.as_deref().unwrap_or_default();
    let mut text = phrases.sentence(&phrases.fill(&name, &[("whom", &whom), ("until", until)]));
    if let MayTell::NotYet { waits_for, .. } = notice.may_tell
        && waits_for != WaitsFor::Order
        && end.is_some()
    {
        text.push(' ');
        text.push_str(&phrases.fill("may-nor-before", &[("until", until)]));
    }
    text
}

/// The ink of [`may_tell`].
pub(crate) fn ink(notice: &Notice) -> Ink {
    match notice.may_tell {
        MayTell::NotYet { .. } | MayTell::MustNot => Ink::Bad,
        MayTell::May | MayTell::Must => Ink::Good,
    }
}
