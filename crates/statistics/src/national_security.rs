//! National security process in bands: what somebody under a nondisclosure requirement may publish about National
//! Security Letters and about orders and directives under the Foreign Intelligence Surveillance Act (50 U.S.C. § 1874).
//!
//! [`Structure`] is one of the four reports of § 1874(a), [`Coverage`] the days that it may be about under § 1874(b),
//! [`Process`] what its figures are made of. The exact numbers do not leave this module. Give it all cases from the first on: what
//! is missing makes a product look newer than it is, which withholds too much and never too little.
//!
//! # Counting
//! - Letters count by their kind, and so do orders and directives. An order is "for contents" if it asks for content,
//!   whatever else it asks for; any other is "for noncontents". Customer selectors are the identifiers that it names.
//! - Days are in UTC. "The previous 180 days" are those before the day of publication, which does not belong to them.
//!
//! # Products that never had an order before
//! In reports under (a)(1) and (a)(2), nothing is told of an order on a platform, product or service for which none was
//! received before, until 540 days after its receipt (§ 1874(b)(1)(B)). It is held back together with every later order
//! on the same product, until 540 days after the first was received: the statute speaks of the first alone, but a
//! count of the second would tell that there was one. An order on several products is held back while one of them is
//! new. The period of such a report ends 180 days before its publication at the latest, so an order that was held back
//! appears in a report of its own period that is made later: see [`Coverage::ending`]. The statute does not hold back
//! letters, and nothing in reports under (a)(3) and (a)(4).

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};
use lagrum_figures::CaseFacts;
use lagrum_model::{Category, InstrumentKind};

use crate::span::day;
use crate::{Band, Cell, Count, StatisticsError, Table};

/// For how many days nothing is told of an order on a new product.
const HELD_BACK: i32 = 540;

/// One of the four reports of 50 U.S.C. § 1874(a).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Structure {
    /// (a)(1): semiannual, six figures in bands of 1000 from 0-999.
    BandsOf1000,
    /// (a)(2): semiannual, the same six figures in bands of 500 from 0-499.
    BandsOf500,
    /// (a)(3): semiannual, all process and all selectors in bands of 250 from 0-249.
    BandsOf250,
    /// (a)(4): annual, all process and all selectors in bands of 100 from 0-99.
    BandsOf100,
}

impl Structure {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::BandsOf1000,
        Self::BandsOf500,
        Self::BandsOf250,
        Self::BandsOf100,
    ];

    /// Its paragraph in § 1874.
    #[must_use]
    pub fn paragraph(self) -> &'static str {
        match self {
            Self::BandsOf1000 => "(a)(1)",
            Self::BandsOf500 => "(a)(2)",
            Self::BandsOf250 => "(a)(3)",
            Self::BandsOf100 => "(a)(4)",
        }
    }

    /// How many numbers are in each of its bands.
    #[must_use]
    pub fn width(self) -> u64 {
        match self {
            Self::BandsOf1000 => 1000,
            Self::BandsOf500 => 500,
            Self::BandsOf250 => 250,
            Self::BandsOf100 => 100,
        }
    }

    fn tells_kinds_apart(self) -> bool {
        matches!(self, Self::BandsOf1000 | Self::BandsOf500)
    }
}

/// Days in UTC, the first and the last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub first: Date,
    /// The last.
    pub last: Date,
}

impl Days {
    fn ending(last: Date, length: Span) -> Result<Self, StatisticsError> {
        let before = back(last, length)?;
        let first = before.tomorrow();
        first
            .map(|first| Self { first, last })
            .map_err(|_| StatisticsError::Calendar(last))
    }

    fn hold(&self, facts: &CaseFacts) -> bool {
        let day = day(facts.received_at);
        self.first <= day && day <= self.last
    }
}

fn back(from: Date, length: Span) -> Result<Date, StatisticsError> {
    from.checked_sub(length)
        .map_err(|_| StatisticsError::Calendar(from))
}

/// Of which days a report may be (50 U.S.C. § 1874(b)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Its structure.
    pub structure: Structure,
    /// The day on which it is published, in UTC.
    pub published: Date,
    /// The days of receipt of the National Security Letters that it counts.
    pub letters: Days,
    /// The days of receipt of the orders and directives that it counts.
    pub orders: Days,
}

impl Coverage {
    /// The latest days that a report published on `published` may be about.
    ///
    /// # Errors
    /// When these days lie outside the calendar.
    pub fn latest(structure: Structure, published: Date) -> Result<Self, StatisticsError> {
        let yesterday = back(published, 1.day())?;
        let previous = Days::ending(yesterday, 180.days())?;
        let (letters, orders) = match structure {
            Structure::BandsOf1000 | Structure::BandsOf500 => {
                let delayed = Days::ending(back(published, 180.days())?, 180.days())?;
                (previous, delayed)
            }
            Structure::BandsOf250 => (previous, previous),
            Structure::BandsOf100 => {
                let year = Days::ending(back(published, 1.year())?, 1.year())?;
                (year, year)
            }
        };
        Ok(Self {
            structure,
            published,
            letters,
            orders,
        })
    }

    /// The same with a delayed period that ends on an earlier day, which (b)(1)(B) and (b)(3) allow: "ending on the date
    /// that is not less than" 180 days, or a year, before publication. Under (a)(1) and (a)(2) it is the period of orders
    /// and directives, under (a)(4) of everything.
    ///
    /// # Errors
    /// When the last day is later than the law allows, when the structure has no delayed period, as (a)(3), or when the
    /// days lie outside the calendar.
    pub fn ending(self, last: Date) -> Result<Self, StatisticsError> {
        let refused = |rule| StatisticsError::Days {
            structure: self.structure.paragraph(),
            last,
            rule,
        };
        if last > self.orders.last {
            return Err(refused("more time has to go by before its publication"));
        }
        match self.structure {
            Structure::BandsOf1000 | Structure::BandsOf500 => Ok(Self {
                orders: Days::ending(last, 180.days())?,
                ..self
            }),
            Structure::BandsOf250 => {
                Err(refused("it is about the 180 days before its publication"))
            }
            Structure::BandsOf100 => {
                let year = Days::ending(last, 1.year())?;
                Ok(Self {
                    letters: year,
                    orders: year,
                    ..self
                })
            }
        }
    }
}

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Figure {
    /// National Security Letters received: (A) of (a)(1) and (a)(2).
    Letters,
    /// Customer selectors targeted by them: (B).
    LetterSelectors,
    /// Orders and directives for contents: (C).
    ContentOrders,
    /// Customer selectors targeted by them: (D).
    ContentSelectors,
    /// Orders for noncontents: (E).
    NoncontentOrders,
    /// Customer selectors targeted by them: (F).
    NoncontentSelectors,
    /// All national security process: (A) of (a)(3) and (a)(4).
    AllProcess,
    /// Customer selectors targeted by all of it: (B).
    AllSelectors,
}

impl Figure {
    /// The word in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Letters => "national-security-letters",
            Self::LetterSelectors => "national-security-letters-selectors",
            Self::ContentOrders => "content-orders",
            Self::ContentSelectors => "content-orders-selectors",
            Self::NoncontentOrders => "noncontent-orders",
            Self::NoncontentSelectors => "noncontent-orders-selectors",
            Self::AllProcess => "all-process",
            Self::AllSelectors => "all-selectors",
        }
    }

    fn is_of_letters(self) -> bool {
        matches!(self, Self::Letters | Self::LetterSelectors)
    }
}

/// A report: its days, and each of its figures in its band.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Of which days it is.
    pub coverage: Coverage,
    /// Its figures in the order of the statute.
    pub figures: Vec<(Figure, Band)>,
}

impl Report {
    /// As a table: the figure, the first and the last day that it is about, its band.
    #[must_use]
    pub fn table(&self) -> Table {
        let rows = self.figures.iter().map(|(figure, band)| {
            let days = match figure.is_of_letters() {
                true => self.coverage.letters,
                false => self.coverage.orders,
            };
            let days = [days.first, days.last].map(|day| Cell::from(day.to_string()));
            let [first, last] = days;
            [figure.as_str().into(), first, last, Cell::from(*band)]
        });
        let columns = ["figure", "first_day", "last_day", "band"];
        Table::new("national-security", columns, rows)
    }
}

/// National security process of all time, of which a report is made.
///
/// `products` names the platforms, products or services that a case is about; [`services`] tells what the facts say. A
/// case of which it names none counts as of one product without a name. It is asked about orders and directives alone.
pub struct Process<P> {
    coverage: Coverage,
    products: P,
    letters: Exact,
    orders: Vec<Order>,
    first_days: BTreeMap<String, Date>,
}

impl<P> Process<P> {
    /// None yet.
    #[must_use]
    pub fn new(coverage: Coverage, products: P) -> Self {
        Self {
            coverage,
            products,
            letters: Exact::default(),
            orders: Vec::new(),
            first_days: BTreeMap::new(),
        }
    }

    /// The report of the days that it covers.
    #[must_use]
    pub fn report(&self) -> Report {
        let structure = self.coverage.structure;
        let told_from = back(self.coverage.published, HELD_BACK.days()).ok();
        let is_old = |product: &String| {
            let first = self.first_days.get(product);
            first
                .zip(told_from.as_ref())
                .is_some_and(|(first, last)| first <= last)
        };
        let holds_back = structure.tells_kinds_apart();
        let is_told = |order: &Order| !holds_back || order.products.iter().all(is_old);
        let (mut content, mut noncontent) = (Exact::default(), Exact::default());
        let covered = self.orders.iter().filter(|order| order.is_covered);
        for order in covered.filter(|order| is_told(order)) {
            match order.is_content {
                true => content.add(order.selectors),
                false => noncontent.add(order.selectors),
            }
        }
        let exact = exact(structure, self.letters, content, noncontent);
        let banded = |(figure, number)| (figure, Band::of(number, structure.width()));
        Report {
            coverage: self.coverage,
            figures: exact.into_iter().map(banded).collect(),
        }
    }
}

impl<P: Fn(&CaseFacts) -> Vec<String>> Count for Process<P> {
    fn add(&mut self, facts: &CaseFacts) {
        let Some(asked) = facts.asked.as_ref().filter(|_| !facts.sent_again) else {
            return;
        };
        let selectors = u64::from(asked.identifiers);
        match asked.instrument {
            InstrumentKind::NationalSecurityLetter if self.coverage.letters.hold(facts) => {
                self.letters.add(selectors);
            }
            InstrumentKind::ForeignIntelligenceOrder => {
                let products = (self.products)(facts);
                let unnamed = products.is_empty().then(String::new);
                let order = Order {
                    is_covered: self.coverage.orders.hold(facts),
                    is_content: asked.categories.contains(&Category::Content),
                    selectors,
                    products: products.into_iter().chain(unnamed).collect(),
                };
                let received = day(facts.received_at);
                for product in &order.products {
                    self.first_seen(product.clone(), received);
                }
                self.orders.push(order);
            }
            _ => {}
        }
    }

    fn merge(&mut self, other: Self) {
        assert_eq!(self.coverage, other.coverage, "process of other days");
        self.letters = self.letters.and(other.letters);
        self.orders.extend(other.orders);
        for (product, received) in other.first_days {
            self.first_seen(product, received);
        }
    }
}

impl<P> Process<P> {
    fn first_seen(&mut self, product: String, received: Date) {
        let first = self.first_days.entry(product).or_insert(received);
        *first = received.min(*first);
    }
}

/// The exact figures of a structure, in the order of the statute.
fn exact(
    structure: Structure,
    letters: Exact,
    content: Exact,
    noncontent: Exact,
) -> Vec<(Figure, u64)> {
    let all = letters.and(content).and(noncontent);
    match structure.tells_kinds_apart() {
        true => vec![
            (Figure::Letters, letters.process),
            (Figure::LetterSelectors, letters.selectors),
            (Figure::ContentOrders, content.process),
            (Figure::ContentSelectors, content.selectors),
            (Figure::NoncontentOrders, noncontent.process),
            (Figure::NoncontentSelectors, noncontent.selectors),
        ],
        false => vec![
            (Figure::AllProcess, all.process),
            (Figure::AllSelectors, all.selectors),
        ],
    }
}

/// The services that the parts of a case say, as the words of [`lagrum_model::Service::as_str`]: coarse, since they name
/// kinds of service and no products.
#[must_use]
pub fn services(facts: &CaseFacts) -> Vec<String> {
    let parts = facts.parts.iter();
    let mut services: Vec<String> = parts.filter_map(|parts| parts.service.clone()).collect();
    services.sort();
    services.dedup();
    services
}

struct Order {
    is_covered: bool,
    is_content: bool,
    selectors: u64,
    products: Vec<String>,
}

/// An exact count. It has no way to be shown.
#[derive(Clone, Copy, Default)]
struct Exact {
    process: u64,
    selectors: u64,
}

impl Exact {
    fn add(&mut self, selectors: u64) {
        self.process += 1;
        self.selectors = self.selectors.saturating_add(selectors);
    }

    fn and(self, other: Self) -> Self {
        Self {
            process: self.process + other.process,
            selectors: self.selectors.saturating_add(other.selectors),
        }
    }
}

#[cfg(test)]
mod tests;
