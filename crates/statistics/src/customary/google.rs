use super::{Process, process};
use crate::counted::{days, percent};
use crate::{Cell, Cube, Table};

const COLUMNS: [&str; 7] = [
    "Period Ending",
    "Country",
    "CLDR Territory Code",
    "Legal Process",
    "User Data Requests",
    "Percentage of requests where some data produced",
    "Users/Accounts Specified",
];

/// The columns of Google's report, by country and legal process.
///
/// Requests of governments alone: what private parties send is left out. `Country` is blank, since the facts carry codes
/// and no names. Percentages are whole numbers, rounded half up; of requests to preserve, which produce nothing, they are
/// blank. There is no row of totals, so that none can hold requests to preserve.
#[must_use]
pub fn google(cube: &Cube) -> Table {
    let rows = cube.by(|request| {
        let kind = match process(request) {
            Process::Civil => return None,
            Process::SearchWarrant => "Search Warrants",
            Process::CourtOrder => "Other Court Orders",
            Process::Subpoena => "Subpoenas",
            Process::Emergency => "Emergency Disclosure Requests",
            Process::Preservation => PRESERVATION,
            Process::Other => "Other Legal Requests",
        };
        Some((request.country, kind))
    });
    let (_, last) = days(cube.period());
    let rows = rows.into_iter().map(|((country, kind), became)| {
        let all = became.all();
        let produced = percent(became.disclosed().demands, all.demands);
        [
            last.to_string().into(),
            Cell::Blank,
            country.as_str().into(),
            kind.into(),
            all.demands.into(),
            produced.filter(|_| kind != PRESERVATION).into(),
            all.identifiers.into(),
        ]
    });
    Table::new("customary-google", COLUMNS, rows)
}

const PRESERVATION: &str = "Preservation Requests";
