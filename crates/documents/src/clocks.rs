use jiff::Timestamp;
use lagrum_law::{Clock, ClockKind, ClockState, Party, Remark};
use serde::{Deserialize, Serialize};

use crate::Phrases;
use crate::date::Zone;
use crate::fluent::Value;
use lagrum_blocks::{Block, Document, Ink, Text};

/// What is due first, as a store keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The instant to act on (UTC).
    pub at: Timestamp,
    /// What it means.
    pub kind: ClockKind,
    /// Whether it has passed and nothing stopped its clock.
    pub passed: bool,
}

impl Due {
    /// The due instant of a clock; absent if it has none.
    #[must_use]
    pub fn of(clock: &Clock) -> Option<Self> {
        Some(Self {
            at: clock.operative?,
            kind: clock.kind,
            passed: clock.state == ClockState::Passed,
        })
    }

    /// The same, as it stands at `now`: a list that was stored before is told right.
    #[must_use]
    pub fn at(self, now: Timestamp) -> Self {
        Self {
            passed: self.passed || self.at < now,
            ..self
        }
    }
}

/// The clocks of a demand, one item each: when, what it means, where it is written. An instant is
/// told in the zone of the clock's own calendar, or in `zone`.
#[must_use]
pub fn clocks(clocks: &[Clock], zone: &Zone, phrases: &Phrases) -> Vec<Block> {
    let items: Vec<Vec<Block>> = clocks
        .iter()
        .map(|clock| {
            let party = phrases.word(&format!("party-{}", clock.party.as_str()));
            let state = state(&clock.state, zone, phrases);
            let text = when(clock, zone, phrases)
                .then(Ink::Plain, format!(" – {party}; "))
                .then(state_ink(clock), state);
            let says = phrases.says(&clock.id, &clock.says);
            let cite = phrases.cite(&clock.id, &clock.cite);
            vec![
                Block::paragraph(text),
                Block::paragraph(Text::from(says).then(Ink::Quiet, format!(" ({cite})"))),
            ]
        })
        .collect();
    if items.is_empty() {
        return vec![];
    }
    vec![Block::List { first: None, items }]
}

/// When something is due, short enough for a list: until when, from when on, or that it has passed.
#[must_use]
pub fn due(due: &Due, zone: &Zone, phrases: &Phrases) -> Text {
    // The day and the hour belong together, wherever the line ends.
    let at = phrases.short_instant(due.at, zone).replace(' ', "\u{a0}");
    match due.kind {
        ClockKind::NotBefore if due.passed => {
            Text::in_ink(Ink::Bad, phrases.fill("due-at-once", &[("at", &at)]))
        }
        ClockKind::NotBefore => phrases.fill("due-from", &[("at", &at)]).into(),
        ClockKind::KeepUntil => phrases.fill("due-keep", &[("at", &at)]).into(),
        // What ends is nobody's to do by then.
        ClockKind::ValidUntil if due.passed => {
            Text::in_ink(Ink::Caution, phrases.fill("due-ran", &[("at", &at)]))
        }
        ClockKind::ValidUntil => phrases.fill("due-runs", &[("at", &at)]).into(),
        _ if due.passed => Text::in_ink(Ink::Bad, phrases.fill("due-passed", &[("at", &at)])),
        _ => at.into(),
    }
}

/// What the operative instant of a clock means, and when that is.
pub(crate) fn when(clock: &Clock, zone: &Zone, phrases: &Phrases) -> Text {
    let Some(at) = clock.operative else {
        return Text::in_ink(Ink::Strong, phrases.word("clock-no-end"));
    };
    let at = phrases.instant_both(at, &wall(clock, zone));
    let text = phrases.fill(
        &format!("when-{}", clock.kind.as_str()),
        &[("at", at.as_str())],
    );
    Text::in_ink(Ink::Strong, text)
}

/// The wall on which a clock is read: that of the place whose reading is acted on. A reading that
/// counts hours has no place of its own.
pub(crate) fn wall(clock: &Clock, zone: &Zone) -> Zone {
    clock
        .due
        .iter()
        .find(|reading| Some(reading.at) == clock.operative)
        .and_then(|reading| Zone::named(reading.zone.as_deref()?).ok())
        .unwrap_or_else(|| zone.clone())
}

pub(crate) fn state_ink(clock: &Clock) -> Ink {
    match clock.state {
        ClockState::Passed if clock.party == Party::Provider => Ink::Bad,
        ClockState::Passed | ClockState::Paused => Ink::Caution,
        _ => Ink::Plain,
    }
}

pub(crate) fn state(state: &ClockState, zone: &Zone, phrases: &Phrases) -> String {
    let name = format!("state-{}", state.as_str());
    match state {
        ClockState::Done { by, at } => {
            let by = phrases.word(&format!("moment-{by}"));
            let at = phrases.instant(*at, zone);
            phrases.fill(&name, &[("by", &by), ("at", &at)])
        }
        ClockState::OpenEnded { by } => {
            phrases.fill(&name, &[("by", &phrases.word(&format!("moment-{by}")))])
        }
        ClockState::Released { by } => phrases.fill(&name, &[("by", by)]),
        ClockState::Running | ClockState::Paused | ClockState::Passed => phrases.word(&name),
    }
}

/// Clocks with everything that it takes to check them by hand.
#[must_use]
pub fn clocks_in_full(clocks: &[Clock], zone: &Zone, phrases: &Phrases) -> Document {
    let mut document = Document::new(phrases.language(), phrases.word("memo-clocks"));
    for clock in clocks {
        document.blocks.extend(in_full(clock, zone, phrases));
        document.blocks.push(Block::Rule);
    }
    document.blocks.pop();
    document
}

/// Everything about a clock that it takes to check it by hand.
pub(crate) fn in_full(clock: &Clock, zone: &Zone, phrases: &Phrases) -> Vec<Block> {
    let mut lines = vec![
        when(clock, zone, phrases)
            .then(Ink::Plain, " (")
            .then(state_ink(clock), state(&clock.state, zone, phrases))
            .then(Ink::Plain, ")"),
        phrases.says(&clock.id, &clock.says).into(),
    ];
    let kind = phrases.word(&format!("clock-{}", clock.kind.as_str()));
    let party = phrases.word(&format!("party-{}", clock.party.as_str()));
    lines.push(phrases.sentence(&format!("{party}: {kind}.")).into());
    let by = phrases.word(&format!("moment-{}", clock.started_by));
    let at = phrases.instant(clock.started_at, &wall(clock, zone));
    let blanks = [("by", by.as_str()), ("at", &at)];
    lines.push(phrases.fill("clock-started", &blanks).into());
    if let Some(pause) = &clock.paused {
        let by = phrases.word(&format!("moment-{}", pause.by));
        let since = phrases.instant(pause.since, zone);
        let until = pause.until.map(|until| phrases.instant(until, zone));
        let name = match until {
            Some(_) => "clock-suspended-until",
            None => "clock-suspended",
        };
        let until = until.unwrap_or_default();
        let blanks = [("by", by.as_str()), ("since", &since), ("until", &until)];
        lines.push(phrases.fill(name, &blanks).into());
    }
    if clock.extensions > 0 {
        let times = Value::from(clock.extensions as u64);
        lines.push(phrases.say("clock-extended", &[("times", times)]).into());
    }
    for told in &clock.remarks {
        lines.push(Text::in_ink(Ink::Caution, remark(told, zone, phrases)));
    }
    let mut blocks: Vec<_> = lines.into_iter().map(Block::paragraph).collect();
    let readings: Vec<_> = clock
        .due
        .iter()
        .map(|reading| {
            let rule = phrases.word(&format!("counting-{}", reading.rule.as_str()));
            let place = reading
                .place
                .map(|place| format!(", {}", phrases.country(place)))
                .unwrap_or_default();
            let wall = reading
                .zone
                .as_deref()
                .and_then(|name| Zone::named(name).ok())
                .unwrap_or_else(|| wall(clock, zone));
            let at = phrases.instant(reading.at, &wall);
            vec![Block::paragraph(format!("{at}: {rule}{place}"))]
        })
        .collect();
    if !readings.is_empty() {
        blocks.push(Block::List {
            first: None,
            items: readings,
        });
    }
    blocks.push(source(&clock.id, &clock.cite, &clock.verified, phrases));
    blocks
}

/// Where something is written, and how far it was read.
pub(crate) fn source(id: &str, cite: &str, verified: &str, phrases: &Phrases) -> Block {
    let text = format!(
        "{}: {}; {id}. {}: {}.",
        phrases.word("label-source"),
        phrases.cite(id, cite),
        phrases.word("label-verified"),
        phrases.verified(id, verified)
    );
    Block::paragraph(Text::in_ink(Ink::Quiet, text))
}

fn remark(remark: &Remark, zone: &Zone, phrases: &Phrases) -> String {
    let instant = |at: Timestamp| phrases.instant(at, zone);
    match remark {
        Remark::ExtensionTooLate { at } => {
            phrases.fill("remark-extension-too-late", &[("at", &instant(*at))])
        }
        Remark::ExtensionTooMany { at } => {
            phrases.fill("remark-extension-too-many", &[("at", &instant(*at))])
        }
        Remark::TooLate { what, at } => {
            let what = phrases.word(&format!("moment-{what}"));
            phrases.fill("remark-too-late", &[("what", &what), ("at", &instant(*at))])
        }
        Remark::NoCalendar { country } => phrases.fill(
            "remark-no-calendar",
            &[("country", &phrases.country(*country))],
        ),
        Remark::NoHolidays { country } => phrases.fill(
            "remark-no-holidays",
            &[("country", &phrases.country(*country))],
        ),
        Remark::DayOnly => phrases.word("remark-day-only"),
    }
}
