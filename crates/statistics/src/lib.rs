//! Statistics: the tables that laws and custom ask for, made of what figures know of cases ([`CaseFacts`]).
//!
//! | module | table | who asks for it |
//! |---|---|---|
//! | [`digital_services`] | sheets 1 and 3 of the transparency report | Implementing Regulation (EU) 2024/2835 |
//! | [`production_orders`] | European Production and Preservation Orders | Article 28(4) of Regulation (EU) 2023/1543 |
//! | [`national_security`] | bands of national security process | 50 U.S.C. § 1874 |
//! | [`customary`] | what Apple, GitHub, Google, Microsoft and the Transparency Reporting Toolkit print | custom |
//! | [`burden`] | time and cost of demands | nobody: the provider itself |
//! | [`check`] | figures of somebody else that cannot be | whoever reads them |
//!
//! **Invariant.** The same facts give the same table: nothing here reads a clock, a file or chance, and the cost grows
//! with the number of cases alone. What the facts do not carry is a blank cell, never a zero.
//!
//! Cases are counted one after another, and none is kept ([`Count`]). What is a plain sum stands in one [`Cube`], from
//! which [`customary`] and [`production_orders`] are read. [`digital_services`] needs medians and keeps the times of each
//! order; [`national_security`] may not be added to anything else. These two count for themselves.
//!
//! # What is counted
//! - A demand counts in the period in which it was received, in UTC: `from <= received_at < until`.
//! - A demand that was sent again ([`CaseFacts::sent_again`]) is the one that it repeats, and is not counted a second time.
//! - A demand that nobody described ([`CaseFacts::asked`] is absent) is counted nowhere: it may be of a kind that may not
//!   be counted.
//! - National Security Letters and orders under the Foreign Intelligence Surveillance Act are counted in
//!   [`national_security`] alone, and in no sum of any other table. Notices and warrants of the Investigatory Powers Act
//!   2016 and other warrants to intercept are counted nowhere at all.
//!
//! # Privacy
//! These tables are exact and hold small numbers: one order of one country in one year can be enough to tell a person
//! that they are meant. A statutory form has to be published as it is. What else is published, and how coarse, whoever
//! publishes decides; `lagrum-figures` holds the plan for that. Beside the bands of [`national_security`] no figure may
//! stand from which the exact number follows.
//!
//! [`CaseFacts`]: lagrum_figures::CaseFacts
//! [`CaseFacts::asked`]: lagrum_figures::CaseFacts::asked
//! [`CaseFacts::sent_again`]: lagrum_figures::CaseFacts::sent_again

mod book;
pub mod burden;
pub mod check;
mod count;
mod counted;
mod cube;
pub mod customary;
mod demand;
pub mod digital_services;
mod error;
pub mod national_security;
pub mod production_orders;
mod span;
mod table;
#[cfg(test)]
mod testing;

pub use book::{About, workbook};
pub use count::Count;
pub use cube::Cube;
pub use demand::{Categories, Demand, Kind, Sums};
pub use error::StatisticsError;
pub use lagrum_workbook::WorkbookError;
pub use table::{Band, Cell, Decimal, Table};
