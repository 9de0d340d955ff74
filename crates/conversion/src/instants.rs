//! Instants as the forms write them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// As ETSI TS 103 280 has it (`QualifiedMicrosecondDateTime`): six digits of a second, in UTC.
pub(crate) fn microseconds(at: Timestamp) -> String {
    at.to_zoned_datetime(TimeZone::UTC)
        .strftime("%Y-%m-%dT%H:%M:%S.%6fZ")
        .to_string()
}

/// As the first line of a message in an mbox has it (asctime), in UTC.
pub(crate) fn asctime(at: Timestamp) -> String {
    at.to_zoned_datetime(TimeZone::UTC)
        .strftime("%a %b %e %H:%M:%S %Y")
        .to_string()
}

/// The day, in UTC.
pub(crate) fn day(at: Timestamp) -> String {
    at.to_zoned_datetime(TimeZone::UTC).date().to_string()
}
