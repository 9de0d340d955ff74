//! Which requests were there already.

use std::collections::{BTreeSet, HashSet};

use jiff::{SignedDuration, Timestamp};

/// How far the clocks of an agent and of the exchange may be apart.
pub(crate) const WINDOW: SignedDuration = SignedDuration::from_mins(2);
/// How many requests of one region are remembered; more within the window are refused.
const MOST: usize = 50_000;

/// The requests of a region within the window.
#[derive(Default)]
pub(crate) struct Used {
    nonces: HashSet<[u8; 16]>,
    until: BTreeSet<(Timestamp, [u8; 16])>,
}

/// Why a signed request is not acted upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotNow {
    /// It was signed too long ago, or in the future.
    Clock,
    /// It was there before.
    Again,
    /// Too many are remembered.
    TooMany,
}

impl Used {
    /// Remembers a request that was signed at `at`, if it is new.
    pub(crate) fn take(
        &mut self,
        nonce: [u8; 16],
        at: Timestamp,
        now: Timestamp,
    ) -> Result<(), NotNow> {
        if at.duration_since(now).abs() > WINDOW {
            return Err(NotNow::Clock);
        }
        // What was signed before that is refused for its time, and need not be remembered.
        while let Some(&(until, old)) = self.until.first() {
            if until >= now {
                break;
            }
            self.until.pop_first();
            self.nonces.remove(&old);
        }
        if self.nonces.contains(&nonce) {
            return Err(NotNow::Again);
        }
        if self.nonces.len() >= MOST {
            return Err(NotNow::TooMany);
        }
        self.nonces.insert(nonce);
        let until = at.saturating_add(WINDOW).unwrap_or(at);
        self.until.insert((until, nonce));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + second).unwrap()
    }

    #[test]
    fn at_no_time_is_a_request_taken_twice() {
        // Whenever it was signed and first came: it is refused at every later second.
        for signed in [-120, -1, 0, 1, 120] {
            let mut used = Used::default();
            assert_eq!(used.take([1; 16], at(signed), at(0)), Ok(()));
            for later in 0..400 {
                // Others come meanwhile, so that old ones are forgotten.
                let mut nonce = [2; 16];
                nonce[0] = u8::try_from(later % 256).unwrap();
                nonce[1] = u8::try_from(later / 256).unwrap();
                assert_eq!(used.take(nonce, at(later), at(later)), Ok(()));
                let again = used.take([1; 16], at(signed), at(later));
                assert!(again.is_err(), "signed at {signed}, again at {later}");
            }
        }
    }

    #[test]
    fn what_is_remembered_has_an_end_and_makes_room() {
        let mut used = Used::default();
        for number in 0..MOST as u64 {
            let mut nonce = [0; 16];
            nonce[..8].copy_from_slice(&number.to_be_bytes());
            used.take(nonce, at(0), at(0)).unwrap();
        }
        assert_eq!(used.take([9; 16], at(0), at(0)), Err(NotNow::TooMany));
        assert_eq!(used.take([9; 16], at(121), at(121)), Ok(()));
        assert_eq!(used.nonces.len(), 1);
    }

    #[test]
    fn a_clock_that_is_off_by_more_than_two_minutes_is_refused() {
        let mut used = Used::default();
        for off in [-121, 121] {
            assert_eq!(used.take([1; 16], at(off), at(0)), Err(NotNow::Clock));
        }
    }
}
