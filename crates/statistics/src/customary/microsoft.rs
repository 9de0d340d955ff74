use lagrum_figures::Outcome;
use lagrum_model::CountryCode;

use super::{Process, process};
use crate::counted::percent;
use crate::demand::Kind;
use crate::{Cell, Cube, Table};

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
pub fn microsoft(cube: &Cube) -> Table {
    let rows = cube.by(|request| is_legal_process(request).then_some(request.country));
    let rows = rows.into_iter().map(|(country, became)| {
        let (all, disclosed) = (became.all(), became.disclosed());
        let (requests, content) = (all.demands, disclosed.content);
        let noncontent = disclosed.demands - content;
        let no_data = became.of(Outcome::NothingFound).demands;
        let rejected = became.of(Outcome::Refused).demands;
        let of_all = |part| Cell::from(percent(part, requests));
        [
            cube.period().to_string().into(),
            country.as_str().into(),
            requests.into(),
            all.identifiers.into(),
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
pub fn microsoft_content_stored_abroad(cube: &Cube, home: CountryCode) -> Table {
    let warrants = cube
        .of_those(|request| process(request) == Process::SearchWarrant && request.country == home);
    let warrants = warrants.disclosed().content_abroad;
    let columns = ["period", "country", "warrants", "consumer", "enterprise"];
    let (country, period) = (home.as_str().into(), cube.period().to_string().into());
    let row = [period, country, warrants.into(), Cell::Blank, Cell::Blank];
    Table::new("customary-microsoft-content-stored-abroad", columns, [row])
}

fn is_legal_process(request: &Kind) -> bool {
    !matches!(
        process(request),
        Process::Civil | Process::Emergency | Process::Preservation
    )
}
