//! Texts by which the log holds what auditors commit to.

use lagrum_cards::auditor_commitment;

/// The first line of the entry by which the log holds what an auditor committed to.
const AUDITOR: &str = "lagrum/figures/v1/auditor";

/// The text by which the log holds an auditor's commitment for a period, given before the report that is sampled.
#[must_use]
pub fn auditor(period: &str, secret: &[u8; 32]) -> String {
    auditor_of(period, &auditor_commitment(secret))
}

/// The same, for a commitment whose secret only the auditor has.
#[must_use]
pub fn auditor_of(period: &str, commitment: &[u8; 32]) -> String {
    format!(
        "{}commitment {}\n\n",
        auditors_of(period),
        hex::encode(commitment)
    )
}

/// How such texts of a period begin.
pub(crate) fn auditors_of(period: &str) -> String {
    format!("{AUDITOR}\nperiod {period}\n")
}
