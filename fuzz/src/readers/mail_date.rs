//! A header from anybody: a date that is certain, or a reason; the second reader never panics.
use lagrum_model::{DateRule, Period};
use lagrum_package::check::SecondReader;
use lagrum_sources::{MailDate, dates};

/// Reads one input.
pub(crate) fn read(header: &[u8]) {
    let now = jiff::Timestamp::from_second(1_800_000_000).expect("a time");
    if let Ok(interval) = dates::established(header, now) {
        assert!(interval.earliest() <= interval.latest());
    }
    let _ = dates::raw(header);
    let period = Period::new(jiff::Timestamp::UNIX_EPOCH, now).expect("a period");
    let stored = String::from_utf8_lossy(header);
    for (date, rule) in [
        (MailDate::Header, DateRule::MessageDate),
        (MailDate::Received, DateRule::ReceivedField),
        (MailDate::Internal, DateRule::InternalDate),
    ] {
        let _ = dates::established_by(date, header, Some(&stored), now);
        let _ = dates::raw_by(date, header, Some(&stored));
        let reader = SecondReader::of(rule, header);
        let _ = reader.agrees(Some(&stored), period);
        let _ = reader.inner(period).whole(header);
    }
}
