use lagrum_figures::Outcome;
use lagrum_model::CountryCode;

use super::{Process, process};
use crate::cube::Became;
use crate::demand::Kind;
use crate::{Cell, Cube, Table};

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
pub fn transparency_reporting_toolkit(cube: &Cube, home: CountryCode) -> Table {
    let rows = cube.by(|request| {
        let label = label(request, home);
        let total = label.filter(|label| *label != ABROAD).map(|_| TOTAL);
        label.into_iter().chain(total)
    });
    let rows = ROWS.map(|label| {
        let is_known = !UNKNOWN.contains(&label);
        let became = rows.get(label).copied().unwrap_or_default();
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
        ] = numbers(became).map(|number| Cell::from(is_known.then_some(number)));
        [
            cube.period().to_string().into(),
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

fn label(request: &Kind, home: CountryCode) -> Option<&'static str> {
    match process(request) {
        Process::Preservation => None,
        _ if request.country != home => Some(ABROAD),
        Process::Other => Some(ABROAD),
        Process::SearchWarrant => Some("Search warrant"),
        Process::CourtOrder => Some("Other court order"),
        Process::Subpoena => Some("Subpoena, criminal"),
        Process::Civil => Some("Subpoena, civil"),
        Process::Emergency => Some("Emergency request"),
    }
}

/// The numbers of a row, from `requests` on.
fn numbers(became: Became) -> [u64; 10] {
    let (all, disclosed) = (became.all(), became.disclosed());
    [
        all.demands,
        all.identifiers,
        all.accounts,
        became.of(Outcome::Refused).demands,
        became.of(Outcome::NothingFound).demands,
        disclosed.demands - disclosed.content,
        disclosed.content,
        all.withheld,
        all.told,
        all.demands - all.withheld - all.told,
    ]
}
