//! A header from anybody: a date that is certain, or a reason; the second reader never panics.
#![cfg_attr(fuzzing, no_main)]
use lagrum_model::Period;
use lagrum_package::check::second_opinion;
use lagrum_sources::dates;

lagrum_fuzz::target!(|header| {
    let now = jiff::Timestamp::from_second(1_800_000_000).expect("a time");
    if let Ok(interval) = dates::established(header, now) {
        assert!(interval.earliest() <= interval.latest());
    }
    let _ = dates::raw(header);
    let period = Period::new(jiff::Timestamp::UNIX_EPOCH, now).expect("a period");
    let _ = second_opinion(header, period);
});
