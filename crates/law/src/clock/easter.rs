use jiff::ToSpan;
use jiff::civil::{Date, date};

/// Easter Sunday of the western churches in a year of the Gregorian calendar.
///
/// The lunar cycle of nineteen years gives the age of the moon, the century's corrections for
/// dropped leap days and for the moon's drift give the full moon on or after 21 March, and Easter is
/// the Sunday after it.
pub(crate) fn easter_sunday(year: i16) -> Date {
    let year = i32::from(year);
    let golden = year % 19;
    let (century, of_century) = (year / 100, year % 100);
    let moon_drift = (century - (century + 8) / 25 + 1) / 3;
    // Days from 21 March to the full moon.
    let epact = (19 * golden + century - century / 4 - moon_drift + 15) % 30;
    // Days from there to the Sunday after it.
    let to_sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    // The two exceptions of the Gregorian computus, which keep Easter before 26 April.
    let exception = (golden + 11 * epact + 22 * to_sunday) / 451;
    let days = epact + to_sunday - 7 * exception + 114;
    let (month, day) = (days / 31, days % 31 + 1);
    date(
        i16::try_from(year).unwrap_or(i16::MAX),
        i8::try_from(month).unwrap_or(3),
        i8::try_from(day).unwrap_or(22),
    )
}

/// Easter Sunday of the eastern churches, as a day of the Gregorian calendar.
///
/// Reckoned in the Julian calendar, which knows no corrections, and moved by the days by which that
/// calendar lags behind (thirteen from 1900 to 2099).
pub(crate) fn orthodox_easter_sunday(year: i16) -> Date {
    let in_year = i32::from(year);
    let full_moon = (19 * (in_year % 19) + 15) % 30;
    let to_sunday = (2 * (in_year % 4) + 4 * (in_year % 7) - full_moon + 34) % 7;
    let days = full_moon + to_sunday + 114;
    let century = in_year / 100;
    let lag = century - century / 4 - 2;
    date(
        year,
        i8::try_from(days / 31).unwrap_or(4),
        i8::try_from(days % 31 + 1).unwrap_or(1),
    )
    .saturating_add(lag.days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_the_almanacs_put_it() {
        for (year, month, day) in [
            (2011, 4, 24),
            (2013, 3, 31),
            (2016, 3, 27),
            (2018, 4, 1),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            // The latest and the earliest of these centuries, and both exceptions of the computus.
            (2038, 4, 25),
            (1818, 3, 22),
            (1954, 4, 18),
            (1981, 4, 19),
        ] {
            assert_eq!(easter_sunday(year), date(year, month, day), "{year}");
        }
    }

    #[test]
    fn orthodox_easter_falls_where_the_almanacs_put_it() {
        for (year, month, day) in [
            (2011, 4, 24),
            (2013, 5, 5),
            (2016, 5, 1),
            (2018, 4, 8),
            (2023, 4, 16),
            (2024, 5, 5),
            (2025, 4, 20),
            (2026, 4, 12),
            (2027, 5, 2),
            (2030, 4, 28),
        ] {
            assert_eq!(
                orthodox_easter_sunday(year),
                date(year, month, day),
                "{year}"
            );
        }
        for year in 1900..=2099 {
            let easter = orthodox_easter_sunday(year);
            assert_eq!(easter.weekday(), jiff::civil::Weekday::Sunday, "{year}");
            assert!(
                easter >= easter_sunday(year),
                "{year}: never before the western one"
            );
        }
    }

    #[test]
    fn easter_is_always_a_sunday_from_22_march_to_25_april() {
        for year in 1583..=9000 {
            let easter = easter_sunday(year);
            assert_eq!(easter.weekday(), jiff::civil::Weekday::Sunday, "{year}");
            assert!(
                easter >= date(year, 3, 22) && easter <= date(year, 4, 25),
                "{year}"
            );
        }
    }
}
