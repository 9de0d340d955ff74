use std::process::Command;

use jiff::civil::date;

use crate::made_demand::packs;

#[test]
fn no_zone_of_any_calendar_is_a_fraction_of_an_hour_from_utc() {
    // What "the hour of the event does not count" rests on.
    let packs = packs();
    for calendar in packs.clocks().calendars() {
        for (name, zone) in calendar.zones() {
            for month in 1..=12 {
                let at = super::at(&format!("2026-{month:02}-15T00:00:00Z"));
                assert_eq!(zone.to_offset(at).seconds() % 3600, 0, "{name}");
            }
        }
    }
}

#[test]
fn the_holidays_that_move_or_come_once_are_where_they_belong() {
    let packs = packs();
    let works = |country: &str, year, month, day| {
        let country = lagrum_model::CountryCode::parse(country).expect("a country");
        let calendar = packs.clocks().calendar(country).expect("its calendar");
        calendar.is_working_day(date(year, month, day))
    };
    // Store bededag was abolished from 2024: 5 May 2023, 26 April 2024.
    assert!(!works("DK", 2023, 5, 5) && works("DK", 2024, 4, 26));
    // Saint Brigid's Day: 1 February 2030 is a Friday; in 2026 Monday the 2nd.
    assert!(!works("IE", 2030, 2, 1) && !works("IE", 2026, 2, 2) && works("IE", 2022, 2, 7));
    // Christmas Day 2021 fell on a Saturday: London kept Monday the 27th and Tuesday the 28th.
    assert!(!works("GB", 2021, 12, 27) && !works("GB", 2021, 12, 28) && works("GB", 2021, 12, 29));
    // 1 January 2022 was a Saturday: Washington kept Friday 31 December 2021.
    assert!(!works("US", 2021, 12, 31) && works("US", 2022, 1, 3));
    // Orthodox Good Friday 2026 is 10 April; the western one, 3 April, is worked in Greece.
    assert!(!works("GR", 2026, 4, 10) && works("GR", 2026, 4, 3));
    // Midsummer Eve 2026 is Friday 19 June.
    assert!(!works("SE", 2026, 6, 19) && works("SE", 2026, 6, 18));
}

/// Compares with the public holidays of an independent list (the Python package `holidays`), where
/// that is installed. `LAGRUM_PYTHON` names another interpreter.
#[test]
fn the_calendars_agree_with_an_independent_list_of_public_holidays() {
    const PROGRAM: &str = r"
import holidays, json, sys
out = {}
for name in sys.argv[1].split(','):
    code, _, part = name.partition('-')
    for year in range(2011, 2033):
        days = holidays.country_holidays(code, subdiv=part or None, years=year, language='en_US')
        # Days off that were exchanged for a Saturday: not entered, a Saturday never counts here.
        exchanged = lambda d: 'substituted' in days[d]
        out.setdefault(code, []).extend(sorted(
            d.isoformat() for d in days if d.weekday() < 5 and not exchanged(d)))
print(json.dumps(out))
";
    const ASKED: &str = "SE,DK,IE,GB-ENG,US,DE,AT,BE,FR,NL,FI,IT,ES,PT,PL,LU,CZ,BG,CY,EE,GR,HR,HU,LT,LV,MT,RO,SI,SK";
    let python = std::env::var("LAGRUM_PYTHON").unwrap_or_else(|_| "python3".into());
    let printed = Command::new(python).args(["-c", PROGRAM, ASKED]).output();
    let Some(printed) = printed.ok().filter(|printed| printed.status.success()) else {
        println!("SKIPPED: the Python package `holidays` is not installed; nothing was compared");
        return;
    };
    let listed: std::collections::BTreeMap<String, Vec<String>> =
        serde_json::from_slice(&printed.stdout).expect("what the list prints");
    let packs = packs();
    let mut wrong = Vec::new();
    for (code, listed) in listed {
        let country = lagrum_model::CountryCode::parse(&code).expect("a country");
        let calendar = packs.clocks().calendar(country).expect("its calendar");
        let ours: std::collections::BTreeMap<String, &str> = (2011..=2032)
            .flat_map(|year| calendar.holidays(year))
            .filter(|(day, _)| calendar_weekday(*day))
            .map(|(day, name)| (day.to_string(), name))
            .collect();
        for day in &listed {
            // The list has the Irish day of mourning of 14 September 2001 in 2011 too, which is not
            // believed; should it be right, a working day would be counted that was none.
            let doubted = code == "IE" && day == "2011-09-14";
            if !doubted && !ours.contains_key(day) {
                wrong.push(format!("{code} {day}: only in the list"));
            }
        }
        for (day, name) in &ours {
            // What is no public holiday but equal to a Sunday for time limits is Swedish only. The
            // Greek minister moved 1 May 2016, Easter Sunday, to that Tuesday; the list knows such
            // decisions from 2017 on.
            let known_here =
                name.contains("for time limits") || (code == "GR" && day == "2016-05-03");
            if !listed.contains(day) && !known_here {
                wrong.push(format!("{code} {day}: only here ({name})"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn calendar_weekday(day: jiff::civil::Date) -> bool {
    !matches!(
        day.weekday(),
        jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday
    )
}
