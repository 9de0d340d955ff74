use std::collections::BTreeMap;

use lagrum_figures::{CaseFacts, Outcome, Period};
use lagrum_model::{Category, CountryCode};

use super::{Process, add, process};
use crate::counted::{Counted, counted, percent};
use crate::{Cell, Table};

const COLUMNS: [&str; 12] = [
    "period",
    "country",
    "requests",
    "accounts_users_specified",
    "content",
    "pct_content",
    "noncontent_only",
    "pct_noncontent_only",
    "no_data_found",
    "pct_no_data_found",
    "rejected",
    "pct_rejected",
];

/// The columns of Microsoft's report of law enforcement requests, by country: legal process of authorities, without
/// requests that rest on danger alone, requests to preserve and private parties, which it prints apart.
///
/// Percentages are whole numbers, rounded half up. They need not add up to 100: requests that are not answered, that were
/// redirected or closed without an answer are in none of the four.
#[must_use]
pub fn microsoft<'a>(cases: impl IntoIterator<Item = &'a CaseFacts>, period: &Period) -> Table {
    let mut rows: BTreeMap<CountryCode, [u64; 6]> = BTreeMap::new();
    for request in counted(cases, period).filter(is_legal_process) {
        let row = rows.entry(request.asked.country).or_default();
        let [requests, accounts, content, noncontent, no_data, rejected] = row;
        *requests += 1;
        add(accounts, request.asked.identifiers);
        *content += u64::from(request.is_content());
        *noncontent += u64::from(request.is_noncontent());
        *no_data += u64::from(request.is(Outcome::NothingFound));
        *rejected += u64::from(request.is(Outcome::Refused));
    }
    let rows = rows.into_iter().map(|(country, row)| {
        let [requests, accounts, content, noncontent, no_data, rejected] = row;
        let of_all = |part| Cell::from(percent(part, requests));
        [
            period.to_string().into(),
            country.as_str().into(),
            requests.into(),
            accounts.into(),
            content.into(),
            of_all(content),
            noncontent.into(),
            of_all(noncontent),
            no_data.into(),
            of_all(no_data),
            rejected.into(),
            of_all(rejected),
        ]
    });
    Table::new("customary-microsoft", COLUMNS, rows)
}

/// How many search warrants of the country `home` led to the disclosure of content that is stored elsewhere, as Microsoft
/// prints it for the United States. Consumers and enterprises are blank: the facts do not tell them apart.
#[must_use]
pub fn microsoft_content_stored_abroad<'a>(
    cases: impl IntoIterator<Item = &'a CaseFacts>,
    period: &Period,
    home: CountryCode,
) -> Table {
    let is_abroad = |request: &Counted| {
        let mut parts = request.facts.parts.iter();
        let is_warrant = process(request) == Process::SearchWarrant;
        let is_disclosed = is_warrant && request.asked.country == home && request.is_disclosed();
        is_disclosed
            && parts.any(|parts| {
                let stored_in = parts.stored_in.filter(|country| *country != home);
                parts.produced && parts.category == Category::Content && stored_in.is_some()
            })
    };
    let warrants = counted(cases, period).filter(is_abroad).count() as u64;
    let columns = ["period", "country", "warrants", "consumer", "enterprise"];
    let (country, period) = (home.as_str().into(), period.to_string().into());
    let row = [period, country, warrants.into(), Cell::Blank, Cell::Blank];
    Table::new("customary-microsoft-content-stored-abroad", columns, [row])
}

fn is_legal_process(request: &Counted) -> bool {
    !matches!(
        process(request),
        Process::Civil | Process::Emergency | Process::Preservation
    )
}
