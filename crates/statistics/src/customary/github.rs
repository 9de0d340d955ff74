use std::collections::BTreeMap;

use lagrum_figures::{CaseFacts, Period};
use lagrum_model::CountryCode;

use super::{Process, add, process};
use crate::counted::{Counted, counted};
use crate::{Cell, Table};

/// The three files of GitHub's report of requests to disclose. Its fourth, of national security, is a report in bands of
/// 250: [`Structure::BandsOf250`](crate::national_security::Structure::BandsOf250).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GitHub {
    /// `requests_received_and_disclosed`: by type.
    pub requests: Table,
    /// `requests_accounts_affected`: of how many accounts something was produced.
    pub accounts: Table,
    /// `cross_border_data_requests`: by government. They add up to the type `cross-border request`.
    pub cross_border: Table,
}

/// The columns of GitHub's report, for a provider of the country `home`.
///
/// The column `year` holds the period as it is written, for example `2027H1`. Requests to preserve are no requests to
/// disclose and are left out. A request of a government other than that of `home`, or through mutual legal assistance,
/// is a `cross-border request`, unless it rests on danger alone. The names of governments are blank. An account is
/// counted once for each request that it was produced for.
#[must_use]
pub fn github<'a>(
    cases: impl IntoIterator<Item = &'a CaseFacts>,
    period: &Period,
    home: CountryCode,
) -> GitHub {
    let mut types: BTreeMap<&'static str, [u64; 2]> = BTreeMap::new();
    let mut governments: BTreeMap<CountryCode, u64> = BTreeMap::new();
    let mut accounts = 0;
    for request in counted(cases, period) {
        let Some(kind) = kind(&request, home) else {
            continue;
        };
        let [received, disclosed] = types.entry(kind).or_default();
        *received += 1;
        *disclosed += u64::from(request.is_disclosed());
        if request.is_disclosed() {
            add(&mut accounts, request.facts.accounts);
        }
        if kind == CROSS_BORDER {
            *governments.entry(request.asked.country).or_default() += 1;
        }
    }
    let year = || Cell::from(period.to_string());
    let requests = types.into_iter().map(|(kind, [received, disclosed])| {
        [year(), kind.into(), received.into(), disclosed.into()]
    });
    let cross_border = governments.into_iter().map(|(government, count)| {
        let code = government.as_str().into();
        [year(), Cell::Blank, code, count.into()]
    });
    GitHub {
        requests: Table::new(
            "customary-github-requests",
            ["year", "type", "count_requests_received", "count_disclosed"],
            requests,
        ),
        accounts: Table::new(
            "customary-github-accounts",
            ["year", "count_accounts_affected"],
            [[year(), accounts.into()]],
        ),
        cross_border: Table::new(
            "customary-github-cross-border",
            ["year", "government", "government_iso2_code", "count"],
            cross_border,
        ),
    }
}

const CROSS_BORDER: &str = "cross-border request";

fn kind(request: &Counted, home: CountryCode) -> Option<&'static str> {
    match process(request) {
        Process::Preservation => None,
        Process::Civil => Some("civil subpoena"),
        Process::Emergency => Some("exigent circumstances"),
        _ if request.asked.country != home => Some(CROSS_BORDER),
        Process::Other => Some(CROSS_BORDER),
        Process::SearchWarrant => Some("criminal search warrant"),
        Process::CourtOrder => Some("criminal court order"),
        Process::Subpoena => Some("criminal or government agency subpoena"),
    }
}
