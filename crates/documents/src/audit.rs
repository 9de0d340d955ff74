//! What is watched, in words.

use lagrum_model::{WatchKind, Watched};

use crate::Phrases;

/// What a watched thing is about, in words. `name_of` gives the name of a key's holder.
#[must_use]
pub fn audited_about(one: &Watched, name_of: &dyn Fn(&str) -> String, phrases: &Phrases) -> String {
    let words: Vec<_> = one.about.split_whitespace().collect();
    let answer = |word: &str| phrases.word(&format!("disposition-{word}"));
    match (one.kind, &words[..]) {
        (WatchKind::Late | WatchKind::NearlyLate | WatchKind::NoticeOverdue, [rule]) => {
            phrases.says_of(rule).unwrap_or_else(|| (*rule).to_owned())
        }
        (WatchKind::SecrecyWithoutEnd, _) => phrases.word("audit-about-secrecy-without-end"),
        (WatchKind::AgentRefused, [region, code]) => {
            let why = phrases.known(&format!("agent-refused-{code}"), &[]);
            format!("{region}: {}", why.as_deref().unwrap_or(code))
        }
        (WatchKind::Differs, [part, law, people]) => {
            format!("{part}: {} → {}", answer(law), answer(people))
        }
        (WatchKind::SignedAtOnce, [key, seconds]) => format!("{}, {seconds} s", name_of(key)),
        (WatchKind::ByPassphrase, [by, number @ ..]) => {
            format!("{}, {}", name_of(by), number.join(" "))
        }
        (WatchKind::Inquired, [by, accounts, region]) => {
            format!("{}: {accounts} ({region})", name_of(by))
        }
        (WatchKind::Signed, keys) => {
            let names: Vec<_> = keys.iter().map(|key| name_of(key)).collect();
            phrases.list(&names)
        }
        (WatchKind::DespiteWarnings, warnings) => {
            let said = warnings.iter().map(|word| word.replace('-', " "));
            said.collect::<Vec<_>>().join(", ")
        }
        _ => one.about.clone(),
    }
}
