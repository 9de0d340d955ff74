//! The public figures of the demo's cases. They are made on a copy of the provider whose log has files of count cards, a
//! day later: the demo's own log is written at once, so that nobody waits for a tick. So no mandate named a card, and no agent has
//! anything to say of it.

use std::cell::Cell;
use std::fs;
use std::path::PathBuf;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use lagrum_desk::{HowToReport, Widths};
use lagrum_durable::private_directory;
use lagrum_figures::{Figure, Period, check};
use lagrum_log::{LogReader, Rhythm};
use lagrum_published::{About, Published};
use lagrum_setup::Place;
use serde::Serialize;

use crate::copied::copy_all;
use crate::world::{ADMINISTRATOR, PROVIDER, SIGNERS};
use crate::{Demo, NotGenuine};

/// The report, as a stranger checks it.
#[derive(Serialize)]
pub struct Reported {
    /// Of which day.
    pub period: String,
    /// Where its files are.
    pub directory: PathBuf,
    /// Where the log is in which its cards lie.
    pub log: PathBuf,
    /// The figures that are not zero: what each is called, and what it is.
    pub figures: Vec<(String, u64)>,
    /// How many cards lie in the files of the day, blank ones too.
    pub cards: u32,
}

/// Makes the report of the day, and checks it with nothing but its files and the log.
pub fn report(demo: &mut Demo<'_>) -> anyhow::Result<Reported> {
    let at = demo.place.dir();
    let place = Place::new(at.join("figures"));
    if place.dir().exists() {
        fs::remove_dir_all(place.dir())?;
    }
    private_directory(place.dir())?;
    for part in ["desk", "log", "exchange"] {
        copy_all(&at.join(part), &place.dir().join(part))?;
    }

    let begun = demo.time.now();
    let clock = Cell::new(begun);
    let time = || clock.get();
    let desk = place.open_desk()?;
    let rule = desk.begin_batches(Rhythm::default(), begun)?;
    let user = lagrum_access::current_user()?;
    let people = desk.people()?;
    let administrator = people.principal_of_user(&user, Some(ADMINISTRATOR))?;
    let counsel = people.principal_of_user(&user, Some(SIGNERS[1].2))?;
    desk.session(administrator, &time, demo.random)
        .count_cases_of_before()?;

    // The day of the first file of cards; when it is over; and the batch that holds its report.
    let first = Timestamp::from_second(i64::try_from(rule.begins)?)?;
    let day = TimeZone::UTC.to_datetime(first).date();
    let over = day
        .tomorrow()?
        .to_zoned_datetime(TimeZone::UTC)?
        .timestamp();
    let mut session = desk.session(counsel, &time, demo.random);
    clock.set(over + SignedDuration::from_mins(30));
    session.settle()?;
    let period = Period::parse(&day.to_string())?;
    let how = HowToReport {
        widths: Widths {
            band: Some(1),
            sealed: Some(1),
        },
        ..HowToReport::default()
    };
    let made = session.make_report(&period, how)?;
    clock.set(over + SignedDuration::from_mins(60));
    session.settle()?;
    let directory = at.join("report");
    if directory.exists() {
        fs::remove_dir_all(&directory)?;
    }
    private_directory(&directory)?;
    made.files.write(&directory)?;
    let about = About {
        provider: PROVIDER,
        planned: made.planned,
        verify: "lagrum verify DIR --trust trust.toml --log LOG",
    };
    Published::of(&made.files, about)?.write(&directory)?;

    drop(desk);
    let log = at.join("report-log");
    if log.exists() {
        fs::remove_dir_all(&log)?;
    }
    fs::rename(place.log(), &log)?;
    fs::remove_dir_all(place.dir())?;
    let shown = LogReader::open(&log, demo.trust()?.log);
    let checked = check(&made.files, &shown, demo.random);
    let checked = checked.map_err(|why| NotGenuine(why.to_string()))?;
    let figures = checked.figures.iter().filter_map(|(cell, figure)| {
        let Figure::Exactly(number) = figure else {
            return None;
        };
        (*number > 0).then(|| (cell.in_words(), *number))
    });
    Ok(Reported {
        period: checked.period.clone(),
        directory,
        log,
        figures: figures.collect(),
        cards: checked.cards.1,
    })
}
