//! Two sheets of the transparency report under the Digital Services Act: Article 15(1)(a) of Regulation (EU) 2022/2065,
//! in the template of Implementing Regulation (EU) 2024/2835.
//!
//! One report is made per service: give the cases of that service alone. The period is a calendar year, for very large
//! platforms and search engines a half-year (Article 2 of the Implementing Regulation); days are in UTC. [`Table::csv`]
//! is the file of the sheet: its first line is that of the template, byte for byte.
//!
//! # What counts as an order to provide information (columns K to M)
//! Every order of an authority of a Member State of the Union that asks for data, "including but not limited to" those
//! under Article 10 (Annex II, 1.2.2): domestic orders and European Production Orders too. These are left out:
//! - what comes from other countries, and from private parties;
//! - orders and requests to preserve: they provide nothing;
//! - requests that order nothing: on danger alone, and for mutual legal assistance as such. A police request that rests
//!   on a statute counts.
//!
//! # Times (columns L and M)
//! Medians in hours with up to two decimals, from the receipt of the demand. L is the median until its receipt was
//! confirmed; within one hour counts as zero (Annex II, 1.2.2; the facts do not tell whether a confirmation was
//! automatic). M is the median until it was answered, with data or with a refusal; what was closed without an answer,
//! because it was withdrawn for example, has no such time. An order without a time is not in the median.
//!
//! # Zero and blank
//! A row without orders is marked with `0`, in the columns of medians too, because an order could have come (Annex II,
//! part I, 1). This holds for orders to act against illegal content (columns G to J), which this system does not
//! receive: a provider that receives them elsewhere adds them. Where orders came and none has a time yet, the median is
//! blank, and the column of its context says so.
//!
//! # Categories
//! An order that names no legal ground stands under `STATEMENT_CATEGORY_NOT_SPECIFIED_ORDER`, and no other order does
//! (Annex II, 1.2.1, column D). Of the others the facts know no category: whoever makes the table gives it. The template
//! has no category for "something else" in this sheet, so an order of which nobody says the category stands in the rows
//! `TOTAL` alone, and the context of column K says how many these are.

mod illegal_content;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use lagrum_figures::{CaseFacts, Outcome, Period};
use lagrum_model::{Act, CountryCode, InstrumentKind};

use crate::counted::{self, Within};
use crate::demand::{Demand, Kind};
use crate::span::seconds;
use crate::{Cell, Count, Table};
use illegal_content::Keyword;
pub use illegal_content::{IllegalContent, OTHER, SubCategory};

/// The code of orders that name no legal ground: category 16.
pub const NOT_SPECIFIED: &str = "STATEMENT_CATEGORY_NOT_SPECIFIED_ORDER";

/// The heads of sheet 1, `1_report_identification`.
const IDENTIFICATION: [&str; 4] = ["Applicability", "Service", "Indicator", "Value"];

/// The heads of sheet 3, `3_member_states_orders`: columns A to T.
const ORDERS: [&str; 20] = [
    "Applicability",
    "Service",
    "Reporting period",
    "Category of illegal content",
    "Description of the sub-category \"Other\"",
    "Scope",
    "Number of orders to act against illegal content received",
    "Number of specific items of information included in the total number of orders to act against illegal content",
    "Median time to inform the authority of the receipt of the order to act against illegal content",
    "Median time to give effect to the order to act against illegal content",
    "Number of orders to provide information",
    "Median time to inform the authority of the receipt of the order to provide information",
    "Median time to give effect to the order to provide information",
    "Contextual information on number of orders to act against illegal content received",
    "Contextual information on number of specific items of information included in the total number of orders to act against illegal content",
    "Contextual information on Median time to inform the authority of the receipt of the order to act against illegal content",
    "Contextual information on Median time to give effect to the order to act against illegal content",
    "Contextual information on Number of orders to provide information",
    "Contextual information on Median time to inform the authority of the receipt of the order to provide information",
    "Contextual information on Median time to give effect to the order to provide information",
];

/// The Member States of the Union (ISO 3166-1).
const MEMBER_STATES: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// To whom the rows apply: all providers of intermediary services.
const APPLICABILITY: &str = "All";

/// Whose report it is, and when it is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identification<'a> {
    /// The statutory name of the provider.
    pub provider: &'a str,
    /// The name of the service.
    pub service: &'a str,
    /// The day on which the report is published.
    pub published: Date,
    /// The day on which the report before it was published; absent: it is the first.
    pub previous: Option<Date>,
}

/// Sheet 1, `1_report_identification`, of a report of `period`.
#[must_use]
pub fn identification(about: &Identification, period: &Period) -> Table {
    let (first, last) = counted::days(period);
    let rows = [
        ("Name of the service provider", about.provider.into()),
        (
            "Date of the publication of the report",
            Cell::from(about.published.to_string()),
        ),
        (
            "Date of the publication of the latest previous report",
            about.previous.map(|day| day.to_string()).into(),
        ),
        (
            "Starting date of reporting period",
            first.to_string().into(),
        ),
        ("Ending date of reporting period", last.to_string().into()),
    ];
    let rows = rows.map(|(indicator, value)| {
        let service = about.service.into();
        [APPLICABILITY.into(), service, indicator.into(), value]
    });
    Table::new("digital-services-identification", IDENTIFICATION, rows)
        .on_sheet("1_report_identification")
}

/// The orders that belong in sheet 3, `3_member_states_orders`.
///
/// `category` gives the sub-category of illegal content of an order, as follows from the provision that it names
/// (Annex II, part I, 7). It is asked once for each order that counts and names a provision; `None`: nobody says it.
///
/// Each order has its times here, because medians are no sums: eight bytes of each.
#[derive(Clone, Debug)]
pub struct Orders<C> {
    within: Within,
    category: C,
    counts: BTreeMap<(&'static str, Ground), Tally>,
    services: BTreeSet<String>,
}

impl<C> Orders<C> {
    /// Those received in `period`; none yet.
    #[must_use]
    pub fn new(period: &Period, category: C) -> Self {
        Self {
            within: Within::of(period),
            category,
            counts: BTreeMap::new(),
            services: BTreeSet::new(),
        }
    }

    /// The kinds of service that they are about, as far as somebody said so.
    #[must_use]
    pub fn services(&self) -> &BTreeSet<String> {
        &self.services
    }

    /// The sheet, of the orders as those about `service`: first the rows of scope `TOTAL`, then those of each Member State
    /// from which an order came, by the codes of Eurostat's glossary (`EL` for Greece).
    #[must_use]
    pub fn table(&self, service: &str) -> Table {
        let (first, last) = counted::days(self.within.period());
        let period = format!("{first}/{last}");
        let layout = layout(&self.described());
        let states: BTreeSet<Scope> = self.counts.keys().map(|(state, _)| Some(*state)).collect();
        let scopes = [None].into_iter().chain(states);
        let rows = scopes.flat_map(|scope| {
            let rows = layout.iter().map(|line| {
                let tally = self.tally(scope, &line.row);
                tally.cells(service, &period, line, scope.unwrap_or("TOTAL"))
            });
            rows.collect::<Vec<_>>()
        });
        Table::new("digital-services-orders", ORDERS, rows).on_sheet("3_member_states_orders")
    }

    fn described(&self) -> BTreeSet<SubCategory> {
        let grounds = self.counts.keys().filter_map(|(_, ground)| match ground {
            Ground::Sub(sub) if matches!(sub.keyword, Keyword::Described(_)) => Some(sub.clone()),
            _ => None,
        });
        grounds.collect()
    }

    /// What a row holds: each order is counted in one place, and every row adds up some of these.
    fn tally(&self, scope: Scope, row: &Row) -> Tally {
        let mut tally = Tally::default();
        for ((state, ground), counted) in &self.counts {
            if scope.is_none_or(|scope| scope == *state) && row.holds(ground) {
                tally.add(counted);
            }
        }
        tally
    }
}

impl<C: Fn(&CaseFacts) -> Option<SubCategory>> Count for Orders<C> {
    fn add(&mut self, facts: &CaseFacts) {
        let demand = self.within.demand(facts);
        let Some(order) = demand.filter(|demand| is_order_to_provide(&demand.kind())) else {
            return;
        };
        let Some(state) = member_state(order.kind().country) else {
            return;
        };
        let names_provision = facts
            .asked
            .as_ref()
            .is_some_and(|asked| asked.names_provision);
        let ground = match names_provision {
            false => Ground::NotSpecified,
            true => (self.category)(facts).map_or(Ground::Unknown, Ground::Sub),
        };
        let services = facts
            .parts
            .iter()
            .filter_map(|parts| parts.service.as_ref());
        for service in services {
            if !self.services.contains(service) {
                self.services.insert(service.clone());
            }
        }
        let is_unknown = ground == Ground::Unknown;
        let tally = self.counts.entry((state, ground)).or_default();
        tally.count(facts, &order, is_unknown);
    }

    fn merge(&mut self, other: Self) {
        assert_eq!(self.within, other.within, "orders of two periods");
        for (place, counted) in other.counts {
            self.counts.entry(place).or_default().add(&counted);
        }
        self.services.extend(other.services);
    }
}

/// A Member State, as Eurostat writes it; none: all of them.
type Scope = Option<&'static str>;

/// The code of a Member State in Eurostat's glossary.
fn member_state(country: CountryCode) -> Scope {
    let mut states = MEMBER_STATES.into_iter();
    let state = states.find(|state| *state == country.as_str())?;
    Some(if state == "GR" { "EL" } else { state })
}

fn is_order_to_provide(demand: &Kind) -> bool {
    let kind = demand.instrument;
    let is_request = matches!(
        kind,
        InstrumentKind::EmergencyRequest | InstrumentKind::MutualLegalAssistanceRequest
    );
    kind.act() == Act::Disclose && !is_request && !demand.is_private
}

/// On what an order rests.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Ground {
    /// It names no provision.
    NotSpecified,
    /// It names one, of this sub-category.
    Sub(SubCategory),
    /// It names one, and nobody says of which category.
    Unknown,
}

/// What a row is about.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Row {
    Total,
    Content(IllegalContent),
    Sub(SubCategory),
    /// A row for sub-categories of the provider, which added none.
    NoOther,
    NotSpecified,
}

impl Row {
    fn holds(&self, ground: &Ground) -> bool {
        match (self, ground) {
            (Self::Total, _) | (Self::NotSpecified, Ground::NotSpecified) => true,
            (Self::Content(content), Ground::Sub(sub)) => sub.content == *content,
            (Self::Sub(own), Ground::Sub(sub)) => own == sub,
            _ => false,
        }
    }
}

/// A row of the template.
struct Line {
    row: Row,
    code: &'static str,
    description: String,
}

/// The rows of one scope, in the order of the template. `described` are the sub-categories that the provider adds.
fn layout(described: &BTreeSet<SubCategory>) -> Vec<Line> {
    let line = |row, code| Line {
        row,
        code,
        description: String::new(),
    };
    let mut lines = vec![line(Row::Total, "TOTAL")];
    for content in IllegalContent::ALL {
        lines.push(line(Row::Content(content), content.code()));
        lines.extend(content.keywords().iter().map(|code| {
            let keyword = Keyword::Listed(code);
            line(Row::Sub(SubCategory { content, keyword }), code)
        }));
        let before = lines.len();
        for sub in described.iter().filter(|sub| sub.content == content) {
            if let Keyword::Described(description) = &sub.keyword {
                lines.push(Line {
                    row: Row::Sub(sub.clone()),
                    code: OTHER,
                    description: description.clone(),
                });
            }
        }
        if lines.len() == before {
            lines.push(line(Row::NoOther, OTHER));
        }
    }
    lines.push(line(Row::NotSpecified, NOT_SPECIFIED));
    lines
}

/// What is counted of orders.
#[derive(Clone, Debug, Default)]
struct Tally {
    orders: u64,
    /// Those of which nobody says the category.
    without_category: u64,
    /// Seconds until the receipt was confirmed.
    confirmed: Vec<u32>,
    /// Seconds until it was answered.
    answered: Vec<u32>,
}

/// Within this many seconds a confirmation counts as immediate.
const AT_ONCE: u32 = 3600;

impl Tally {
    fn count(&mut self, facts: &CaseFacts, order: &Demand, without_category: bool) {
        self.orders += 1;
        self.without_category += u64::from(without_category);
        self.confirmed.extend(
            facts
                .confirmed_at
                .map(|at| match seconds(facts.received_at, at) {
                    ..=AT_ONCE => 0,
                    later => later,
                }),
        );
        let has_answer = order.kind().outcome != Some(Outcome::NotAnswered);
        self.answered
            .extend(order.answered().filter(|_| has_answer));
    }

    fn add(&mut self, more: &Self) {
        self.orders += more.orders;
        self.without_category += more.without_category;
        self.confirmed.extend(&more.confirmed);
        self.answered.extend(&more.answered);
    }

    fn cells(mut self, service: &str, period: &str, line: &Line, scope: &str) -> [Cell; 20] {
        let none_came = self.orders == 0;
        let median = |times: &mut Vec<u32>| match none_came {
            true => Cell::from(0),
            false => counted::median(times).into(),
        };
        let (confirmed, answered) = (median(&mut self.confirmed), median(&mut self.answered));
        let why = |cell: &Cell, why: &str| Cell::from(if *cell == Cell::Blank { why } else { "" });
        let zero = || Cell::from(0);
        [
            APPLICABILITY.into(),
            service.into(),
            period.into(),
            line.code.into(),
            line.description.as_str().into(),
            scope.into(),
            zero(),
            zero(),
            zero(),
            zero(),
            self.orders.into(),
            confirmed.clone(),
            answered.clone(),
            Cell::Blank,
            Cell::Blank,
            Cell::Blank,
            Cell::Blank,
            without_category(self.without_category),
            why(
                &confirmed,
                "No receipt of these orders is recorded as confirmed.",
            ),
            why(&answered, "No answer to these orders is recorded."),
        ]
    }
}

fn without_category(orders: u64) -> Cell {
    match orders {
        0 => Cell::Blank,
        orders => Cell::from(format!(
            "Orders that name a legal ground and have no category of illegal content on record: {orders}. They stand in no other row of this scope."
        )),
    }
}
