//! Cards of a report that are opened for an auditor, drawn so that neither side can steer it alone.

use std::collections::BTreeMap;

use lagrum_cards::{Opening, cases_to_open, order_of_the_sample};
use serde::{Deserialize, Serialize};

use crate::check::Checked;
use crate::code_book::{Class, CodeBook};
use crate::error::FiguresError;
use crate::texts::auditor;

/// A card that was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenedCard {
    /// The case that it counts, by its number at the desk; absent: it is said to be blank.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// What opens it.
    pub opening: String,
}

/// How many cards are to be opened, in which order, for the sample to say with 95 percent confidence that fewer than 2
/// percent of so many cases are classed wrongly: cards are opened until so many were of demands.
#[must_use]
pub fn cards_to_open(report: &[u8; 32], secret: &[u8; 32], is_case: &[bool]) -> Vec<usize> {
    let cards = u32::try_from(is_case.len()).unwrap_or(u32::MAX);
    let cases = is_case.iter().filter(|case| **case).count();
    let mut left = cases_to_open(u32::try_from(cases).unwrap_or(u32::MAX));
    let mut opened = Vec::new();
    for card in order_of_the_sample(report, secret, cards) {
        if left == 0 {
            break;
        }
        let card = card as usize;
        left -= u32::from(is_case[card]);
        opened.push(card);
    }
    opened
}

/// A demand of a sample: its case, and as what the report counts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sampled {
    /// The case, by its number at the desk.
    pub case: String,
    /// SHA-256 of the demand as it was received.
    pub demand: [u8; 32],
    /// As what it is counted.
    pub class: Class,
    /// The accounts of which something was produced.
    pub accounts: u32,
}

/// Checks that what was opened are the cards that the report and the secret draw, in their order and none left out, and
/// that the log held the auditor's commitment before it held the report. Gives the demands: that their classes are true
/// whoever may see the cases compares.
///
/// # Errors
/// The first of it that is not so; also where two cards are of one demand.
pub fn check_sample(
    checked: &Checked,
    book: &CodeBook,
    secret: &[u8; 32],
    opened: &[OpenedCard],
) -> Result<Vec<Sampled>, FiguresError> {
    let wrong = |why: String| FiguresError::Report(format!("the sample: {why}"));
    let commitment = auditor(&checked.period, secret);
    if !checked.auditors.contains(&commitment) {
        return Err(wrong(
            "the log did not hold the commitment to this secret before the report".into(),
        ));
    }
    let (_, cards) = checked.cards;
    let order = order_of_the_sample(&checked.verified.digest(), secret, cards);
    let (mut sampled, mut seen): (Vec<Sampled>, BTreeMap<[u8; 32], String>) = Default::default();
    for (at, (card, one)) in order.iter().zip(opened).enumerate() {
        let opening = Opening::parse(one.opening.as_bytes());
        let opening = opening.map_err(|why| wrong(format!("card {at}: {why}")))?;
        if checked.verified.card_at(opening.place()) != Some(*card) {
            return Err(wrong(format!("card {at} is another than is drawn")));
        }
        let counted = checked.verified.counted(&opening);
        let counted = counted.map_err(|why| wrong(format!("card {at}: {why}")))?;
        let (Some(class), Some(demand)) = (counted.class, opening.demand()) else {
            continue;
        };
        let case = one.case.clone();
        let case = case.ok_or_else(|| wrong(format!("card {at} is of a demand without a case")))?;
        if let Some(other) = seen.insert(demand, case.clone()) {
            return Err(wrong(format!(
                "the cases {other} and {case} are one demand"
            )));
        }
        let class = book.class(class).cloned();
        sampled.push(Sampled {
            case,
            demand,
            class: class.ok_or_else(|| wrong(format!("card {at} has no class")))?,
            accounts: counted.amounts.first().copied().unwrap_or_default(),
        });
    }
    if opened.len() > order.len() {
        return Err(wrong("more cards are opened than the report has".into()));
    }
    Ok(sampled)
}
