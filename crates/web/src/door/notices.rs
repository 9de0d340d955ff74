//! Tries of codes on letters are counted: a code of four words may be short because nobody tries many.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// How long tries are counted.
const WINDOW: SignedDuration = SignedDuration::from_hours(1);
/// Tries from one address in that time.
const FROM_ONE: u32 = 20;
/// Tries of everybody in that time: of codes of 32 bits nobody finds one by trying.
const FROM_ALL: u32 = 2_000;
/// Addresses that are told apart; beyond them only the tries of all are counted.
const MOST: usize = 10_000;

/// What was tried in the current window.
#[derive(Default)]
pub(crate) struct Tries {
    counted: Mutex<Counted>,
}

#[derive(Default)]
struct Counted {
    since: Option<Timestamp>,
    all: u32,
    by: HashMap<String, u32>,
}

impl Tries {
    /// Counts a try of `from` at `now` (UTC), and says whether it may be made.
    pub(crate) fn one_more(&self, from: &str, now: Timestamp) -> bool {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let begun = counted
            .since
            .filter(|since| now.duration_since(*since) < WINDOW);
        if begun.is_none() {
            *counted = Counted {
                since: Some(now),
                ..Counted::default()
            };
        }
        counted.all = counted.all.saturating_add(1);
        let room = counted.by.len() < MOST || counted.by.contains_key(from);
        let from_one = match room {
            true => {
                let one = counted.by.entry(from.to_owned()).or_default();
                *one = one.saturating_add(1);
                *one
            }
            false => 1,
        };
        from_one <= FROM_ONE && counted.all <= FROM_ALL
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_are_counted_by_address_and_altogether_and_anew_each_hour() {
        let tries = Tries::default();
        let now: Timestamp = "2026-11-26T09:00:00Z".parse().unwrap();
        let made = |from: &str, at| (0..25).filter(|_| tries.one_more(from, at)).count();
        assert_eq!(made("192.0.2.1", now), 20);
        assert_eq!(made("192.0.2.2", now), 20);
        assert_eq!(made("192.0.2.1", now + SignedDuration::from_mins(59)), 0);
        assert_eq!(made("192.0.2.1", now + WINDOW), 20);
        let later = now + WINDOW + WINDOW;
        let all: usize = (0..200)
            .map(|n| made(&format!("198.51.100.{n}"), later))
            .sum();
        assert!(all <= FROM_ALL as usize && all > 1_000, "{all}");
        assert!(!tries.one_more("203.0.113.1", later));
    }
}
