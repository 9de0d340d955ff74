use std::collections::BTreeMap;

use lagrum_figures::{CaseFacts, Period};
use lagrum_model::CountryCode;

use super::{Process, add, process};
use crate::counted::{counted, days, percent};
use crate::{Cell, Table};

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
pub fn google<'a>(cases: impl IntoIterator<Item = &'a CaseFacts>, period: &Period) -> Table {
    let mut rows: BTreeMap<(CountryCode, &'static str), [u64; 3]> = BTreeMap::new();
    for request in counted(cases, period) {
        let kind = match process(&request) {
            Process::Civil => continue,
            Process::SearchWarrant => "Search Warrants",
            Process::CourtOrder => "Other Court Orders",
            Process::Subpoena => "Subpoenas",
            Process::Emergency => "Emergency Disclosure Requests",
            Process::Preservation => PRESERVATION,
            Process::Other => "Other Legal Requests",
        };
        let row = rows.entry((request.asked.country, kind)).or_default();
        let [requests, produced, accounts] = row;
        *requests += 1;
        *produced += u64::from(request.is_disclosed());
        add(accounts, request.asked.identifiers);
    }
    let (_, last) = days(period);
    let rows = rows.into_iter().map(|((country, kind), row)| {
        let [requests, produced, accounts] = row;
        let produced = percent(produced, requests).filter(|_| kind != PRESERVATION);
        [
            last.to_string().into(),
            Cell::Blank,
            country.as_str().into(),
            kind.into(),
            requests.into(),
            produced.into(),
            accounts.into(),
        ]
    });
    Table::new("customary-google", COLUMNS, rows)
}

const PRESERVATION: &str = "Preservation Requests";
