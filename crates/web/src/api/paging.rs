//! Pages of a list: which one, and how many on it.

use lagrum_store::Page;
use schemars::JsonSchema;
use serde::Deserialize;

use super::problem::ApiProblem;

/// More on one page than that nobody gets.
const LARGEST: u32 = 500;
/// The last page that is looked for.
const LAST: u64 = 1_000_000;

/// Which page of a list.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PageQuery {
    /// Which page, from 1.
    #[serde(default = "first")]
    #[schemars(range(min = 1, max = 1_000_000))]
    pub page: u64,
    /// How many on one page.
    #[serde(default = "usual")]
    #[schemars(range(min = 1, max = 500))]
    pub page_size: u32,
}

/// The page that is given where none is named.
pub(crate) fn first() -> u64 {
    1
}

/// How many stand on one page where nothing is said.
pub(crate) fn usual() -> u32 {
    100
}

/// A page that the address names.
pub(crate) fn in_query(number: u64, size: u32) -> Result<Page, ApiProblem> {
    match wrong(number, size) {
        None => Ok(Page::number(number, size)),
        Some(_) => {
            Err(ApiProblem::new("query-wrong").detail("page: 1 to 1000000; page_size: 1 to 500"))
        }
    }
}

/// A page that the body names.
pub(crate) fn in_body(number: u64, size: u32) -> Result<Page, ApiProblem> {
    match wrong(number, size) {
        None => Ok(Page::number(number, size)),
        Some((pointer, says)) => Err(ApiProblem::new("body-wrong").field(pointer, says)),
    }
}

fn wrong(number: u64, size: u32) -> Option<(&'static str, &'static str)> {
    if !(1..=LAST).contains(&number) {
        return Some(("/page", "1 to 1000000"));
    }
    (!(1..=LARGEST).contains(&size)).then_some(("/page_size", "1 to 500"))
}
