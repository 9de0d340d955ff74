use lagrum_model::CountryCode;

use super::{Process, process};
use crate::demand::{Kind, Sums};
use crate::{Cell, Cube, Table};

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
pub fn github(cube: &Cube, home: CountryCode) -> GitHub {
    let types = cube.by(|request| kind(request, home));
    let is_from_abroad = |request: &Kind| kind(request, home) == Some(CROSS_BORDER);
    let governments = cube.by(|request| is_from_abroad(request).then_some(request.country));
    let mut disclosed = Sums::default();
    types
        .values()
        .for_each(|one| disclosed.add(one.disclosed()));
    let year = || Cell::from(cube.period().to_string());
    let requests = types.into_iter().map(|(kind, became)| {
        let (received, disclosed) = (became.all().demands, became.disclosed().demands);
        [year(), kind.into(), received.into(), disclosed.into()]
    });
    let cross_border = governments.into_iter().map(|(government, became)| {
        let code = government.as_str().into();
        [year(), Cell::Blank, code, became.all().demands.into()]
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
            [[year(), disclosed.accounts.into()]],
        ),
        cross_border: Table::new(
            "customary-github-cross-border",
            ["year", "government", "government_iso2_code", "count"],
            cross_border,
        ),
    }
}

const CROSS_BORDER: &str = "cross-border request";

fn kind(request: &Kind, home: CountryCode) -> Option<&'static str> {
    match process(request) {
        Process::Preservation => None,
        Process::Civil => Some("civil subpoena"),
        Process::Emergency => Some("exigent circumstances"),
        _ if request.country != home => Some(CROSS_BORDER),
        Process::Other => Some(CROSS_BORDER),
        Process::SearchWarrant => Some("criminal search warrant"),
        Process::CourtOrder => Some("criminal court order"),
        Process::Subpoena => Some("criminal or government agency subpoena"),
    }
}
