//! When batches of entries are written, and how many entries each has: a public rule, so that neither times
//! nor numbers tell how busy the log's keeper is.
//!
//! Time is divided into ticks. At each one batch of a fixed size is written, whatever happened. So the place of
//! every batch in the log, and its time, follow from the schedule alone. A change is a public entry of the log,
//! and counts thirty days later at the earliest.

use crate::error::Error;
use crate::text;

const WHAT: &str = "schedule of the log";
const FIRST_LINE: &str = "lagrum/log/v1/schedule";

/// How long before it counts a change is announced: thirty days, in seconds.
pub const ANNOUNCED_BEFORE: u64 = 30 * 24 * 3600;

/// One rule, and from when on it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The log.
    pub origin: String,
    /// The number of its first tick.
    pub tick: u64,
    /// The first entry that is written under it.
    pub leaf: u64,
    /// When its first tick is: seconds since 1970-01-01T00:00:00Z (POSIX).
    pub begins: u64,
    /// Minutes from one tick to the next.
    pub every: u32,
    /// Entries of a batch.
    pub size: u32,
    /// After how many minutes at the latest what cannot wait is written: then the next batch is written before its
    /// tick.
    pub wait: u32,
}

/// One batch: which, when, and where in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tick {
    /// Its number.
    pub number: u64,
    /// When it is: seconds since 1970-01-01T00:00:00Z (POSIX).
    pub at: u64,
    /// Its first entry.
    pub leaf: u64,
    /// How many entries it has.
    pub size: u32,
}

/// All rules of a log, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule(Vec<Rule>);

impl Rule {
    /// Reads the text strictly; every rule has exactly one text.
    ///
    /// # Errors
    /// [`Error::Malformed`], naming the line.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut lines = text.split('\n');
        let wrong = || {
            Error::malformed(
                WHAT,
                "must have the lines origin, tick, leaf, begins, every, size, wait and an empty one",
            )
        };
        if lines.next() != Some(FIRST_LINE) {
            return Err(wrong());
        }
        let mut value = |key: &str| {
            let line = lines.next().ok_or_else(wrong)?;
            let value = line.strip_prefix(key).ok_or_else(wrong)?;
            value.strip_prefix(' ').ok_or_else(wrong)
        };
        let number = |text: &str| text::decimal(text, WHAT);
        let short = |text: &str| {
            u32::try_from(number(text)?).map_err(|_| Error::malformed(WHAT, "has a large number"))
        };
        let rule = Self {
            origin: value("origin")?.to_owned(),
            tick: number(value("tick")?)?,
            leaf: number(value("leaf")?)?,
            begins: number(value("begins")?)?,
            every: short(value("every")?)?,
            size: short(value("size")?)?,
            wait: short(value("wait")?)?,
        };
        match rule.to_text() == text {
            true => Ok(rule),
            false => Err(wrong()),
        }
    }

    /// The text, as the log has it.
    #[must_use]
    pub fn to_text(&self) -> String {
        let Self {
            origin,
            tick,
            leaf,
            begins,
            every,
            size,
            wait,
        } = self;
        format!(
            "{FIRST_LINE}\norigin {origin}\ntick {tick}\nleaf {leaf}\nbegins {begins}\nevery {every}\nsize {size}\nwait {wait}\n\n"
        )
    }

    /// Seconds from one tick to the next.
    fn step(&self) -> u64 {
        u64::from(self.every) * 60
    }

    fn check(&self) -> Result<(), Error> {
        let wrong = |rule| Err(Error::malformed(WHAT, rule));
        if !(1..=24 * 60).contains(&self.every) {
            return wrong("must have a tick at least once a day, and at most once a minute");
        }
        if !(2..=4096).contains(&self.size) {
            return wrong("must have batches of 2 to 4,096 entries");
        }
        if self.wait < 2 * self.every || self.wait > 2 * 24 * 60 {
            return wrong("must let things wait for two ticks at least, and two days at most");
        }
        if self.begins > 1 << 40 || self.tick > 1 << 40 || self.leaf > 1 << 48 {
            return wrong("must have numbers that can be");
        }
        Ok(())
    }

    /// The batch so many ticks after its first one.
    fn nth(&self, ticks: u64) -> Tick {
        Tick {
            number: self.tick + ticks,
            at: self.begins + ticks * self.step(),
            leaf: self.leaf + ticks * u64::from(self.size),
            size: self.size,
        }
    }

    /// The number of ticks of this rule until `at`, that instant included.
    fn ticks_until(&self, at: u64) -> u64 {
        match at.checked_sub(self.begins) {
            Some(since) => since / self.step() + 1,
            None => 0,
        }
    }
}

impl Schedule {
    /// The rules, in order.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.0
    }

    /// The rule that follows, with another rhythm from the first tick on that is at or after `from` (POSIX seconds).
    /// Without a rule before, it begins at `from` with the entry `leaf`.
    #[must_use]
    pub fn next_rule(&self, rhythm: Rhythm, from: u64, origin: &str, leaf: u64) -> Rule {
        let Rhythm { every, size, wait } = rhythm;
        let (tick, leaf, begins) = match self.0.last() {
            None => (0, leaf, from),
            Some(before) => {
                let next = before.nth(before.ticks_until(from.saturating_sub(1)));
                (next.number, next.leaf, next.at)
            }
        };
        Rule {
            origin: origin.to_owned(),
            tick,
            leaf,
            begins,
            every,
            size,
            wait,
        }
    }

    /// Adds a rule. `announced`: when the batch is in which it is announced (POSIX seconds).
    ///
    /// # Errors
    /// [`Error::Malformed`] if it does not continue the rules before, cannot be kept, or was announced too late.
    pub fn add(&mut self, rule: Rule, announced: u64) -> Result<(), Error> {
        rule.check()?;
        let wrong = |rule| Err(Error::malformed(WHAT, rule));
        if let Some(before) = self.0.last() {
            if rule.origin != before.origin {
                return wrong("must be of the same log as the rules before");
            }
            let ticks = rule.tick.saturating_sub(before.tick);
            let next = before.nth(ticks);
            let continues = ticks > 0 && rule.leaf == next.leaf && rule.begins == next.at;
            if !continues {
                return wrong("must begin with a tick of the rule before");
            }
            if rule.begins < announced.saturating_add(ANNOUNCED_BEFORE) {
                return wrong("must be announced thirty days before it counts");
            }
        }
        self.0.push(rule);
        Ok(())
    }

    /// The batch in which an entry lies; none if it was written before the first rule.
    #[must_use]
    pub fn tick_of(&self, leaf: u64) -> Option<Tick> {
        let rule = self.0.iter().rev().find(|rule| rule.leaf <= leaf)?;
        Some(rule.nth((leaf - rule.leaf) / u64::from(rule.size)))
    }

    /// A batch by its number; none where no rule is.
    #[must_use]
    pub fn tick(&self, number: u64) -> Option<Tick> {
        let rule = self.0.iter().rev().find(|rule| rule.tick <= number)?;
        Some(rule.nth(number - rule.tick))
    }

    /// The rule that counts for a batch.
    #[must_use]
    pub fn rule_of(&self, tick: &Tick) -> Option<&Rule> {
        self.0.iter().rev().find(|rule| rule.tick <= tick.number)
    }

    /// How many batches are written by `at` (POSIX seconds), if none is late and none early.
    #[must_use]
    pub fn ticks_until(&self, at: u64) -> u64 {
        let rule = self.0.iter().rev().find(|rule| rule.begins <= at);
        rule.map_or(0, |rule| rule.tick + rule.ticks_until(at))
    }
}

/// What a rule says besides from when on it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// Minutes from one tick to the next.
    pub every: u32,
    /// Entries of a batch.
    pub size: u32,
    /// After how many minutes at the latest what cannot wait is written.
    pub wait: u32,
}

impl Default for Rhythm {
    /// Eight entries every ten minutes; a mandate waits twenty at most.
    fn default() -> Self {
        Self {
            every: 10,
            size: 8,
            wait: 20,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: u64 = 24 * 3600;

    fn schedule() -> Schedule {
        let mut schedule = Schedule::default();
        let first = schedule.next_rule(Rhythm::default(), 1_000_000_200, "kvist.example/log", 5);
        schedule.add(first, 0).unwrap();
        schedule
    }

    #[test]
    fn a_rule_reads_back_and_nothing_else_reads_as_one() {
        let rule = &schedule().0[0];
        let text = rule.to_text();
        assert_eq!(Rule::parse(&text).unwrap(), *rule);
        for (from, to) in [
            ("every 10", "every 010"),
            ("every 10", "every  10"),
            ("every 10\n", ""),
            ("\n\n", "\n"),
            ("\n\n", "\n\n\n"),
            ("size 8", "size 8589934592"),
            ("v1/schedule", "v2/schedule"),
        ] {
            assert!(Rule::parse(&text.replace(from, to)).is_err(), "{to}");
        }
    }

    #[test]
    fn where_a_batch_lies_and_when_it_is_follows_from_the_rules() {
        let mut schedule = schedule();
        let begins = 1_000_000_200;
        assert_eq!(schedule.tick_of(4), None);
        let tick = |number, at, leaf, size| Tick {
            number,
            at,
            leaf,
            size,
        };
        assert_eq!(schedule.tick_of(12), Some(tick(0, begins, 5, 8)));
        assert_eq!(schedule.tick_of(13), Some(tick(1, begins + 600, 13, 8)));
        assert_eq!(schedule.ticks_until(begins - 1), 0);
        assert_eq!(schedule.ticks_until(begins), 1);
        assert_eq!(schedule.ticks_until(begins + 1199), 2);

        // Twice as many, twice as often, thirty days later.
        let rhythm = Rhythm {
            every: 5,
            size: 16,
            wait: 20,
        };
        let from = begins + 40 * DAY + 1;
        let next = schedule.next_rule(rhythm, from, "kvist.example/log", 0);
        let ticks = 40 * 144 + 1;
        assert_eq!(
            (next.tick, next.leaf, next.begins),
            (ticks, 5 + ticks * 8, begins + ticks * 600)
        );
        let late = from - ANNOUNCED_BEFORE + 601;
        assert!(schedule.clone().add(next.clone(), late).is_err());
        schedule.add(next.clone(), begins + DAY).unwrap();
        let tick = schedule.tick_of(next.leaf + 17).unwrap();
        assert_eq!((tick.number, tick.at), (ticks + 1, next.begins + 300));
        assert_eq!(schedule.tick(ticks + 1), Some(tick));
        assert_eq!(schedule.tick_of(next.leaf - 1).unwrap().number, ticks - 1);
        assert_eq!(schedule.ticks_until(next.begins - 1), ticks);
        assert_eq!(schedule.ticks_until(next.begins + 300), ticks + 2);
    }

    #[test]
    fn a_rule_that_does_not_continue_those_before_or_cannot_be_kept_is_refused() {
        let schedule = schedule();
        let from = 1_000_000_200 + 60 * DAY;
        let next = schedule.next_rule(Rhythm::default(), from, "kvist.example/log", 0);
        let changed: [fn(&mut Rule); 8] = [
            |rule| rule.leaf += 1,
            |rule| rule.begins += 1,
            |rule| rule.tick = 0,
            |rule| rule.origin = "other.example/log".into(),
            |rule| rule.every = 0,
            |rule| rule.size = 1,
            |rule| rule.wait = 19,
            |rule| rule.size = 5000,
        ];
        assert!(schedule.clone().add(next.clone(), 1_000_000_200).is_ok());
        for (number, change) in changed.iter().enumerate() {
            let mut rule = next.clone();
            change(&mut rule);
            assert!(
                schedule.clone().add(rule, 1_000_000_200).is_err(),
                "{number}"
            );
        }
    }
}
