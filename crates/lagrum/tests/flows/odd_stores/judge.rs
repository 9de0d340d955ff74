//! What came of the orders, against what was written into the stores.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use regex::Regex;
use serde_json::Value;

use super::made::{Account, Lies, Store, Thing, Truth};
use super::records::Whose;

/// What a package or a refusal gives to one account.
#[derive(Debug, Default)]
pub struct Answer {
    /// Each message and each row that left.
    pub produced: Vec<Vec<u8>>,
    /// The lines of the review list.
    pub review: Vec<Value>,
    /// Why nothing left, in all words that anybody has of it.
    pub refused: Option<String>,
}

/// How much was judged.
#[derive(Debug, Default)]
pub struct Count {
    pub produced: usize,
    pub named: usize,
    pub stayed: usize,
}

/// What stands for the lines of other people, among the forms of a log.
pub const OF_OTHERS: &str = "lines of others";

/// A store and a form of it, and what is wrong there.
pub type Wrong = (Store, &'static str, String);

/// What is wrong with the answers.
pub fn judge(
    accounts: &[Account],
    things: &[Whose],
    answers: &BTreeMap<String, Answer>,
    count: &mut Count,
) -> Vec<Wrong> {
    let mark = Regex::new("MK[0-9]{5}[A-Z]").unwrap();
    let whose: HashMap<&str, &Whose> = things
        .iter()
        .flat_map(|one| one.1.marks.iter().map(move |mark| (mark.as_str(), one)))
        .collect();
    let mut wrong: Vec<Wrong> = Vec::new();
    for (number, account) in accounts.iter().enumerate() {
        let mut say_of = |form, what: String| {
            wrong.push((account.store, form, format!("{}: {what}", account.address)));
        };
        let mut say = |what: String| say_of(account.form, what);
        let Some(answer) = answers.get(&account.address) else {
            say("no answer".into());
            continue;
        };
        // Nothing leaves that is not ordered.
        let mut left: Vec<(BTreeSet<String>, &[u8])> = Vec::new();
        for bytes in &answer.produced {
            let text = String::from_utf8_lossy(bytes);
            let marks: BTreeSet<_> = mark
                .find_iter(&text)
                .map(|m| m.as_str().to_owned())
                .collect();
            if marks.is_empty() || text.contains("stays") {
                say(format!("left, and nobody ordered it: {text}"));
            }
            for mark in &marks {
                match whose.get(mark.as_str()) {
                    Some((Some(owner), thing))
                        if *owner == number && thing.truth == Truth::Inside => {}
                    // The header names a message by its first mark.
                    Some((_, thing)) => say(format!("{mark} left, and lies {:?}", thing.truth)),
                    None => say(format!("{mark} left, and was never written")),
                }
            }
            left.push((marks, bytes));
        }
        // All that is ordered leaves, or is named.
        let own = || {
            things
                .iter()
                .filter(|(owner, _)| *owner == Some(number))
                .map(|(_, thing)| thing)
        };
        for thing in own() {
            let whole = left
                .iter()
                .find(|(marks, _)| thing.marks.iter().all(|mark| marks.contains(mark)));
            let named = named(account, thing, answer);
            match (thing.truth, whole) {
                (Truth::Outside, _) => count.stayed += 1,
                (Truth::Inside, Some((_, bytes))) => {
                    count.produced += 1;
                    let as_stored = |whole: &Vec<u8>| trimmed(whole) == trimmed(bytes);
                    if !thing.whole.as_ref().is_none_or(as_stored) {
                        say(format!(
                            "{} left otherwise than it is stored",
                            thing.marks[0]
                        ));
                    }
                }
                (Truth::Inside, None) if thing.plain => {
                    say(format!(
                        "{} did not leave ({:?})",
                        thing.marks[0], thing.lies
                    ));
                }
                (Truth::Inside | Truth::Person, _) if named => count.named += 1,
                (truth, _) => say(format!(
                    "{} ({truth:?}) is not named ({:?})",
                    thing.marks[0], thing.lies
                )),
            }
        }
        // Nobody else's line is put before a person for this account.
        if matches!(account.store, Store::Log | Store::Events) && account.plain {
            for line in &answer.review {
                let locator = line["locator"].as_str().unwrap_or_default();
                if !own().any(|thing| is_named(thing, locator)) {
                    say_of(
                        OF_OTHERS,
                        format!("on the list, and not the account's: {line}"),
                    );
                }
            }
        }
    }
    wrong
}

/// Whether a person is told of the thing, or that nothing was handed over and where the cause lies.
fn named(account: &Account, thing: &Thing, answer: &Answer) -> bool {
    let source = match account.store {
        Store::Mbox => "mbox",
        Store::Maildir => "maildir",
        Store::Eml => "eml",
        Store::Log => "logins",
        Store::Events => "events",
        Store::Subscribers => "subscribers",
    };
    let listed = answer.review.iter().any(|line| {
        line["source"] == source && is_named(thing, line["locator"].as_str().unwrap_or_default())
    });
    let refused = answer
        .refused
        .as_ref()
        .is_some_and(|why| match account.store {
            Store::Mbox | Store::Maildir | Store::Eml => why.contains(&account.place),
            _ => why.contains(source),
        });
    listed || refused
}

/// Whether a locator of the review list leads to the thing.
fn is_named(thing: &Thing, locator: &str) -> bool {
    match &thing.lies {
        Lies::Row => true,
        Lies::Bytes(at, length) => {
            let span = Regex::new(r"bytes (\d+)\+(\d+)").unwrap();
            span.captures(locator).is_none_or(|found| {
                let [first, long] = [1, 2].map(|group| found[group].parse::<usize>().unwrap());
                first < at + length && *at < first + long
            })
        }
        Lies::Line(file, number) => {
            let lines = Regex::new(r"\blines? (\d+)(?:\D+(\d+))?").unwrap();
            let Some(rest) = locator.split_once(file).map(|(_, rest)| rest) else {
                return false;
            };
            !rest.starts_with('.')
                && lines.captures(rest).is_none_or(|found| {
                    let first: usize = found[1].parse().unwrap();
                    let last = found
                        .get(2)
                        .map_or(first, |last| last.as_str().parse().unwrap());
                    (first..=last).contains(number)
                })
        }
        Lies::File(path) => {
            // The file, or a folder above it; not something else in that folder.
            let above = path.match_indices('/').map(|(at, _)| &path[..at]);
            above.chain([path.as_str()]).any(|part| {
                let found = locator.rsplit_once(part);
                found.is_some_and(|(_, rest)| {
                    !rest
                        .trim_start_matches('/')
                        .starts_with(|c: char| !c.is_whitespace() && c != ':')
                })
            })
        }
    }
}

/// Without the ends of lines around it, of which an mbox does not say whose they are.
fn trimmed(bytes: &[u8]) -> &[u8] {
    bytes.trim_ascii()
}
