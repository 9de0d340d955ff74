mod calendars;
mod daylight;
mod golden;
mod golden_union;
mod properties;

use jiff::Timestamp;
use lagrum_model::{Moment, Moments};

use super::Clock;
use crate::made_demand::{Made, packs};

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// The clocks of a demand after what happened, looked at on a later day than everything in it.
pub(super) fn clocks(made: &Made, happened: &[(Moment, &str)], now: &str) -> Vec<Clock> {
    let mut moments = Moments::new();
    for (what, when) in happened {
        moments.add(*what, at(when));
    }
    packs()
        .clocks()
        .of(&made.demand(), &moments, at(now))
        .expect("that order is possible")
}

pub(super) fn clock(made: &Made, happened: &[(Moment, &str)], now: &str, id: &str) -> Clock {
    let all = clocks(made, happened, now);
    let names: Vec<_> = all.iter().map(|clock| clock.id.clone()).collect();
    all.into_iter()
        .find(|clock| clock.id == id)
        .unwrap_or_else(|| panic!("no clock {id} among {names:?}"))
}

/// The instants of a clock's readings, as `rule place instant`.
pub(super) fn readings(clock: &Clock) -> Vec<String> {
    clock
        .due
        .iter()
        .map(|reading| {
            let place = reading
                .place
                .map_or_else(|| "-".to_owned(), |place| place.to_string());
            format!("{} {place} {}", reading.rule.as_str(), reading.at)
        })
        .collect()
}

pub(super) fn operative(clock: &Clock) -> String {
    clock
        .operative
        .map_or_else(|| "none".into(), |at| at.to_string())
}
