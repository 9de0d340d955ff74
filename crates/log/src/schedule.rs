//! When batches of entries are written, and how many entries each has: a public rule, so that neither times
//! nor numbers tell how busy the log's keeper is.
//!
//! Time is divided into ticks. At each one batch of a fixed size is written, whatever happened. So the place of
//! every batch in the log, and its time, follow from the schedule alone. Some ticks are slots: the last entry of
//! their batch is a file of count cards, always of the same length. A change is a public entry of the log, and
//! counts thirty days later at the earliest.

use crate::error::Error;
use crate::text;

const WHAT: &str = "schedule of the log";
const FIRST_LINE: &str = "lagrum/log/v1/schedule";

/// How long before it counts a change is announced: thirty days, in seconds.
pub const ANNOUNCED_BEFORE: u64 = 30 * 24 * 3600;

/// No longer than a week, in seconds, lies between two files of count cards.
const LONGEST_BETWEEN_SLOTS: u64 = 7 * 24 * 3600;

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
    /// The number of its first slot, which is at its first tick.
    pub slot: u64,
    /// Cards of each file.
    pub cards: u32,
    /// Ticks from one slot to the next.
    pub cards_every: u32,
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

/// One slot: a tick at which a file of count cards lies in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Its number.
    pub number: u64,
    /// The tick at which it is.
    pub tick: Tick,
    /// How many cards its file has.
    pub cards: u32,
}

impl Slot {
    /// The entry that is its file: the last of its batch.
    #[must_use]
    pub fn leaf(&self) -> u64 {
        self.tick.leaf + u64::from(self.tick.size) - 1
    }

    /// The entry that names all public texts since the slot before: the one before the file. None in batches of less than
    /// three entries, which have no room for it.
    #[must_use]
    pub fn index(&self) -> Option<u64> {
        (self.tick.size >= 3).then(|| self.leaf() - 1)
    }

    /// How many entries of its batch are fixed: the file, and the index where there is one.
    #[must_use]
    pub fn fixed(&self) -> u32 {
        1 + u32::from(self.index().is_some())
    }
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
                "must have the lines origin, tick, leaf, begins, every, size, wait, slot, cards, cards-every and an empty one",
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
            slot: number(value("slot")?)?,
            cards: short(value("cards")?)?,
            cards_every: short(value("cards-every")?)?,
        };
        match rule.to_text() == text {
            true => Ok(rule),
            false => Err(wrong()),
        }
    }

    /// The text, if it says of itself that it is a rule.
    #[must_use]
    pub fn begun(text: &[u8]) -> Option<&str> {
        let text = std::str::from_utf8(text).ok()?;
        text.starts_with(FIRST_LINE).then_some(text)
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
            slot,
            cards,
            cards_every,
        } = self;
        format!(
            "{FIRST_LINE}\norigin {origin}\ntick {tick}\nleaf {leaf}\nbegins {begins}\nevery {every}\nsize {size}\nwait {wait}\nslot {slot}\ncards {cards}\ncards-every {cards_every}\n\n"
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
        if self.begins > 1 << 40
            || self.tick > 1 << 40
            || self.leaf > 1 << 48
            || self.slot > 1 << 40
        {
            return wrong("must have numbers that can be");
        }
        if !(1..=4096).contains(&self.cards) {
            return wrong("must have files of 1 to 4,096 cards");
        }
        let between = u64::from(self.cards_every) * self.step();
        if self.cards_every == 0 || between > LONGEST_BETWEEN_SLOTS {
            return wrong("must have a slot at least once a week, and at most once a tick");
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

    /// The slot so many slots after its first one.
    fn nth_slot(&self, slots: u64) -> Slot {
        Slot {
            number: self.slot + slots,
            tick: self.nth(slots * u64::from(self.cards_every)),
            cards: self.cards,
        }
    }

    /// The number of ticks of this rule until `at`, that instant included.
    fn ticks_until(&self, at: u64) -> u64 {
        match at.checked_sub(self.begins) {
            Some(since) => since / self.step() + 1,
            None => 0,
        }
    }

    /// The number of the slot that is so many ticks after its first one, or else of the next.
    fn slots_until(&self, ticks: u64) -> u64 {
        self.slot + ticks.div_ceil(u64::from(self.cards_every))
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
        let Rhythm {
            every,
            size,
            wait,
            cards,
            cards_every,
        } = rhythm;
        let (tick, leaf, begins, slot) = match self.0.last() {
            None => (0, leaf, from, 0),
            Some(before) => {
                let ticks = before.ticks_until(from.saturating_sub(1));
                let next = before.nth(ticks);
                (next.number, next.leaf, next.at, before.slots_until(ticks))
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
            slot,
            cards,
            cards_every,
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
            let continues = ticks > 0
                && rule.leaf == next.leaf
                && rule.begins == next.at
                && rule.slot == before.slots_until(ticks);
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

    /// A slot by its number; none where no rule is, or so far ahead that nobody comes there.
    #[must_use]
    pub fn slot(&self, number: u64) -> Option<Slot> {
        let rule = self.0.iter().rev().find(|rule| rule.slot <= number)?;
        let slots = number - rule.slot;
        (slots <= 1 << 24).then(|| rule.nth_slot(slots))
    }

    /// The slot that is at this tick, or else the next one; none where no rule is.
    #[must_use]
    pub fn slot_from(&self, tick: &Tick) -> Option<Slot> {
        let rule = self.rule_of(tick)?;
        self.slot(rule.slots_until(tick.number - rule.tick))
    }

    /// The slot that is at this tick, if it is one.
    #[must_use]
    pub fn slot_at(&self, tick: &Tick) -> Option<Slot> {
        self.slot_from(tick).filter(|slot| slot.tick == *tick)
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
    /// Count cards of each file.
    pub cards: u32,
    /// Ticks from one file of count cards to the next.
    pub cards_every: u32,
}

impl Default for Rhythm {
    /// Eight entries every ten minutes, a mandate waits twenty at most; 24 count cards every day.
    fn default() -> Self {
        Self {
            every: 10,
            size: 8,
            wait: 20,
            cards: 24,
            cards_every: 144,
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
            ..Rhythm::default()
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
    fn where_card_files_lie_follows_from_the_rules() {
        let mut schedule = schedule();
        let slot = |schedule: &Schedule, number| schedule.slot(number).unwrap();
        let first = slot(&schedule, 0);
        assert_eq!((first.tick.number, first.leaf(), first.cards), (0, 12, 24));
        assert_eq!(slot(&schedule, 3).tick.number, 3 * 144);
        assert_eq!(schedule.slot(u64::MAX), None);
        for (tick, number) in [(0, 0), (1, 1), (144, 1), (145, 2)] {
            let found = schedule.slot_from(&schedule.tick(tick).unwrap());
            assert_eq!(found, Some(slot(&schedule, number)), "{tick}");
        }

        // Twice a day and larger, from the first tick after sixty days and a bit on.
        let rhythm = Rhythm {
            cards: 30,
            cards_every: 72,
            ..Rhythm::default()
        };
        let from = 1_000_000_200 + 60 * DAY + 601;
        let next = schedule.next_rule(rhythm, from, "kvist.example/log", 0);
        assert_eq!((next.tick, next.slot), (60 * 144 + 2, 61));
        schedule.add(next, 1_000_000_200).unwrap();
        assert_eq!(slot(&schedule, 60).tick.number, 60 * 144);
        let later = slot(&schedule, 62);
        assert_eq!((later.tick.number, later.cards), (60 * 144 + 2 + 72, 30));
        let between = schedule.tick(60 * 144 + 1).unwrap();
        assert_eq!(schedule.slot_from(&between), Some(slot(&schedule, 61)));
    }

    #[test]
    fn a_rule_that_does_not_continue_those_before_or_cannot_be_kept_is_refused() {
        let schedule = schedule();
        let from = 1_000_000_200 + 60 * DAY;
        let next = schedule.next_rule(Rhythm::default(), from, "kvist.example/log", 0);
        let changed: [fn(&mut Rule); 12] = [
            |rule| rule.leaf += 1,
            |rule| rule.begins += 1,
            |rule| rule.tick = 0,
            |rule| rule.origin = "other.example/log".into(),
            |rule| rule.every = 0,
            |rule| rule.size = 1,
            |rule| rule.wait = 19,
            |rule| rule.size = 5000,
            |rule| rule.slot += 1,
            |rule| rule.cards = 0,
            |rule| rule.cards = 4097,
            |rule| rule.cards_every = 7 * 144 + 1,
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
