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
