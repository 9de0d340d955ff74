use std::collections::BTreeMap;

use lagrum_figures::{CaseFacts, Outcome, Period};
use lagrum_model::CountryCode;

use super::{Process, add, process};
use crate::counted::{Counted, counted, percent};
use crate::{Cell, Table};

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
pub fn apple<'a>(cases: impl IntoIterator<Item = &'a CaseFacts>, period: &Period) -> Table {
    let mut rows: BTreeMap<(CountryCode, &'static str), Tally> = BTreeMap::new();
    for request in counted(cases, period) {
        let kind = match process(&request) {
            Process::Civil => "private_party",
            Process::Preservation => "account_preservation",
            Process::Emergency => "emergency",
            _ => "account",
        };
        let row = rows.entry((request.asked.country, kind)).or_default();
        row.add(&request);
    }
    let rows = rows.into_iter().map(|((country, kind), row)| {
        let provides = kind != "account_preservation";
        let told = |number: u64| Cell::from(provides.then_some(number));
        [
            period.to_string().into(),
            country.as_str().into(),
            kind.into(),
            row.received.into(),
            row.items.into(),
            told(row.provided),
            percent(row.provided, row.received)
                .filter(|_| provides)
                .into(),
            row.rejected.into(),
            told(row.no_data),
            told(row.content),
            told(row.provided - row.content),
            Cell::Blank,
            Cell::Blank,
            Cell::Blank,
        ]
    });
    Table::new("customary-apple", COLUMNS, rows)
}

#[derive(Default)]
struct Tally {
    received: u64,
    items: u64,
    provided: u64,
    rejected: u64,
    no_data: u64,
    content: u64,
}

impl Tally {
    fn add(&mut self, request: &Counted) {
        let is_rejected = request.is(Outcome::Refused) || request.facts.challenge.is_some();
        self.received += 1;
        add(&mut self.items, request.asked.identifiers);
        self.provided += u64::from(request.is_disclosed());
        self.rejected += u64::from(is_rejected);
        self.no_data += u64::from(request.is(Outcome::NothingFound));
        self.content += u64::from(request.is_content());
    }
}
