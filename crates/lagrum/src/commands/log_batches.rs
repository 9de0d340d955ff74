//! `lagrum desk log-batches`

use anyhow::anyhow;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use lagrum_log::{Rhythm, Rule};

use crate::context::Context;
use crate::output::Failure;

/// Show when batches of the public log are written, or announce another rhythm
///
/// At every tick as many entries are written as the rule says, whatever happened: then neither times nor numbers
/// tell how busy the desk is. A change is announced in the log, and counts thirty days later at the earliest.
#[derive(clap::Args)]
pub struct LogBatches {
    /// Minutes from one batch to the next
    #[arg(long, value_name = "MINUTES", requires = "size")]
    every: Option<u32>,
    /// Entries of a batch
    #[arg(long, value_name = "ENTRIES", requires = "every")]
    size: Option<u32>,
    /// After how many minutes a mandate is written at the latest, if need be before its batch; twice as many as lie
    /// between two batches if left out
    #[arg(long, value_name = "MINUTES", requires = "every")]
    wait: Option<u32>,
    /// Count cards of each file: how many demands can have their card in one; 24 if left out
    #[arg(long, value_name = "CARDS", requires = "every")]
    cards: Option<u32>,
    /// Minutes from one file of count cards to the next, as a multiple of --every; a day if left out
    #[arg(long, value_name = "MINUTES", requires = "every")]
    cards_every: Option<u32>,
    /// The day (UTC) from which on it counts; as soon as can be if left out
    #[arg(long, value_name = "DATE", requires = "every")]
    from: Option<Date>,
}

impl LogBatches {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let (Some(every), Some(size)) = (self.every, self.size) else {
            return show(context);
        };
        let between = self.cards_every.unwrap_or(24 * 60);
        if every == 0 || !between.is_multiple_of(every) {
            return Err(
                anyhow!("--cards-every: it has to be whole ticks: a multiple of --every").into(),
            );
        }
        let rhythm = Rhythm {
            every,
            size,
            wait: self.wait.unwrap_or(every.saturating_mul(2)),
            cards: self.cards.unwrap_or(Rhythm::default().cards),
            cards_every: between / every,
        };
        let from = self.from.map(|day| {
            let begins = day.to_zoned_datetime(TimeZone::UTC);
            begins.map(|begins| begins.timestamp())
        });
        let from = from
            .transpose()
            .map_err(|_| anyhow!("--from: there is no such day"))?;
        let (_, announced) = context.change(|session| {
            let is_first = session.log_schedule()?.rules().is_empty();
            let rule = session.announce_batches(rhythm, from)?;
            // What came before is counted with what comes now.
            let counted = match is_first {
                true => session.count_cases_of_before()?,
                false => 0,
            };
            Ok((rule, counted))
        })?;
        let (rule, counted) = announced.outcome;
        let mut value = json(&rule);
        value["cases_of_before_counted"] = counted.into();
        context.output.show(&value, || {
            let before = match counted {
                0 => String::new(),
                number => format!(" Cases of before that were given a card: {number}."),
            };
            format!("Announced: {}.{before}", words(&rule))
        })
    }
}

fn show(context: &Context) -> Result<(), Failure> {
    context.at_desk(|session| {
        let schedule = session.log_schedule()?;
        let rules: Vec<_> = schedule.rules().iter().map(json).collect();
        context.output.show(&serde_json::json!({"rules": rules}), || {
            let lines: Vec<_> = schedule.rules().iter().map(words).collect();
            match lines.is_empty() {
                true => "Entries are written to the log when something happens: their times and numbers tell how busy the desk is.\n\
                         `lagrum desk log-batches --every 10 --size 8` changes that.".to_owned(),
                false => lines.join("\n"),
            }
        })
    })
}

fn begins(rule: &Rule) -> Option<Timestamp> {
    Timestamp::from_second(i64::try_from(rule.begins).ok()?).ok()
}

fn json(rule: &Rule) -> serde_json::Value {
    serde_json::json!({
        "begins": begins(rule), "every_minutes": rule.every, "size": rule.size, "wait_minutes": rule.wait,
        "first_batch": rule.tick, "first_entry": rule.leaf,
        "cards": rule.cards, "cards_every_minutes": rule.every * rule.cards_every, "first_card_file": rule.slot,
    })
}

fn words(rule: &Rule) -> String {
    let begins = begins(rule).map_or_else(String::new, |at| {
        at.strftime("%Y-%m-%d %H:%M UTC").to_string()
    });
    format!(
        "from {begins} on (entry {}) {} entries every {} minutes; a mandate waits {} minutes at most; a file of {} count cards every {}",
        rule.leaf,
        rule.size,
        rule.every,
        rule.wait,
        rule.cards,
        between(rule.every * rule.cards_every)
    )
}

/// So many minutes, in words.
fn between(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (24, 0) => "day".to_owned(),
        (1, 0) => "hour".to_owned(),
        (hours, 0) => format!("{hours} hours"),
        _ => format!("{minutes} minutes"),
    }
}
