use lagrum_figures::Outcome;

use super::{Process, process};
use crate::counted::percent;
use crate::{Cell, Cube, Table};

const COLUMNS: [&str; 14] = [
    "period",
    "country",
    "request_type",
    "requests_received",
    "items_specified",
    "requests_data_provided",
    "pct_data_provided",
    "requests_challenged_rejected",
    "requests_no_data",
    "content_provided",
    "noncontent_provided",
    "accounts_preserved",
    "accounts_restricted",
    "accounts_deleted",
];

/// The columns of Apple's report, by country and kind of request: `account`, `emergency`, `account_preservation` and
/// `private_party`.
///
/// `pct_data_provided` is how many of a hundred received requests something was produced for, rounded half up. Requests
/// to preserve provide nothing: their columns of what was provided are blank, and so are the numbers of accounts
/// preserved, restricted and deleted, which the facts do not carry. `requests_challenged_rejected` are those refused
/// whole, and those challenged.
#[must_use]
pub fn apple(cube: &Cube) -> Table {
    let rows = cube.by(|request| {
        let kind = match process(request) {
            Process::Civil => "private_party",
            Process::Preservation => "account_preservation",
            Process::Emergency => "emergency",
            _ => "account",
        };
        Some((request.country, kind))
    });
    let rows = rows.into_iter().map(|((country, kind), became)| {
        let (all, provided) = (became.all(), became.disclosed());
        let refused = became.of(Outcome::Refused);
        let rejected = refused.demands + all.challenged - refused.challenged;
        let provides = kind != "account_preservation";
        let told = |number: u64| Cell::from(provides.then_some(number));
        [
            cube.period().to_string().into(),
            country.as_str().into(),
            kind.into(),
            all.demands.into(),
            all.identifiers.into(),
            told(provided.demands),
            percent(provided.demands, all.demands)
                .filter(|_| provides)
                .into(),
            rejected.into(),
            told(became.of(Outcome::NothingFound).demands),
            told(provided.content),
            told(provided.demands - provided.content),
            Cell::Blank,
            Cell::Blank,
            Cell::Blank,
        ]
    });
    Table::new("customary-apple", COLUMNS, rows)
}
