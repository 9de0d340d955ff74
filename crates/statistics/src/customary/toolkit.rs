use lagrum_figures::{CaseFacts, Notice, Outcome, Period};
use lagrum_model::CountryCode;

use super::{Process, add, process};
use crate::counted::{Counted, counted};
use crate::{Cell, Table};

const COLUMNS: [&str; 12] = [
    "period",
    "process",
    "requests",
    "selectors_specified",
    "accounts_responsive",
    "rejected",
    "no_data",
    "noncontent",
    "content",
    "sealed",
    "unsealed_told",
    "unsealed_not_told",
];

/// The fields of the Transparency Reporting Toolkit (Berkman Klein Center, New America), for a provider of the country
/// `home`.
///
/// Each row stands there, with zeros where nothing came. Blank are the rows of wiretaps and pen registers, and whether a
/// request from abroad is for what is stored or for what comes in: the facts know neither. Requests to preserve are left
/// out. `Total` is the sum of the rows of the country `home`. `sealed` are those whose account holder may not be told, or
/// not yet.
#[must_use]
pub fn transparency_reporting_toolkit<'a>(
    cases: impl IntoIterator<Item = &'a CaseFacts>,
    period: &Period,
    home: CountryCode,
) -> Table {
    let mut rows = ROWS.map(|_| [0; 10]);
    for request in counted(cases, period) {
        let Some(label) = label(&request, home) else {
            continue;
        };
        let is_home = label != ABROAD;
        for (row, own) in rows.iter_mut().zip(ROWS) {
            if own == label || (own == TOTAL && is_home) {
                count(row, &request);
            }
        }
    }
    let rows = rows.into_iter().zip(ROWS).map(|(row, label)| {
        let is_known = !UNKNOWN.contains(&label);
        let told = row.map(|number| Cell::from(is_known.then_some(number)));
        let [
            requests,
            selectors,
            accounts,
            rejected,
            no_data,
            noncontent,
            content,
            sealed,
            holder,
            nobody,
        ] = told;
        [
            period.to_string().into(),
            label.into(),
            requests,
            selectors,
            accounts,
            rejected,
            no_data,
            noncontent,
            content,
            sealed,
            holder,
            nobody,
        ]
    });
    Table::new("customary-transparency-reporting-toolkit", COLUMNS, rows)
}

const TOTAL: &str = "Total";
const ABROAD: &str = "From abroad";

/// The rows that the facts say nothing of.
const UNKNOWN: [&str; 4] = [
    "Wiretap order",
    "Pen register order",
    "From abroad, retrospective",
    "From abroad, prospective",
];

const ROWS: [&str; 11] = [
    "Search warrant",
    UNKNOWN[0],
    UNKNOWN[1],
    "Other court order",
    "Subpoena, criminal",
    "Subpoena, civil",
    "Emergency request",
    TOTAL,
    ABROAD,
    UNKNOWN[2],
    UNKNOWN[3],
];

fn label(request: &Counted, home: CountryCode) -> Option<&'static str> {
    match process(request) {
        Process::Preservation => None,
        _ if request.asked.country != home => Some(ABROAD),
        Process::Other => Some(ABROAD),
        Process::SearchWarrant => Some("Search warrant"),
        Process::CourtOrder => Some("Other court order"),
        Process::Subpoena => Some("Subpoena, criminal"),
        Process::Civil => Some("Subpoena, civil"),
        Process::Emergency => Some("Emergency request"),
    }
}

fn count(row: &mut [u64; 10], request: &Counted) {
    let [
        requests,
        selectors,
        accounts,
        rejected,
        no_data,
        noncontent,
        content,
        sealed,
        told,
        not_told,
    ] = row;
    *requests += 1;
    add(selectors, request.asked.identifiers);
    add(accounts, request.facts.accounts);
    *rejected += u64::from(request.is(Outcome::Refused));
    *no_data += u64::from(request.is(Outcome::NothingFound));
    *noncontent += u64::from(request.is_noncontent());
    *content += u64::from(request.is_content());
    let notice = match request.facts.notice {
        Notice::Forbidden | Notice::Delayed => sealed,
        Notice::Told => told,
        Notice::NotTold => not_told,
    };
    *notice += 1;
}
