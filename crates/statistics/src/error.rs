/// Why a table cannot be made or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StatisticsError {
    /// A day lies outside what the calendar can count (years -9999 to 9999).
    #[error("{0}: the days that the report is about lie outside the calendar")]
    Calendar(jiff::civil::Date),
    /// The law does not allow a report of these days yet, or does not let anybody choose them.
    #[error("{structure} of 50 U.S.C. § 1874 does not allow a report that ends on {last}: {rule}")]
    Days {
        /// The structure, for example `(a)(1)`.
        structure: &'static str,
        /// The last day that was asked for.
        last: jiff::civil::Date,
        /// The rule.
        rule: &'static str,
    },
    /// A text is not CSV (RFC 4180, UTF-8).
    #[error("this is not CSV: {0}")]
    Csv(#[from] csv::Error),
    /// A table does not have a column that was named.
    #[error("the table has no column `{0}`")]
    NoColumn(String),
}
