//! Time and cost: what of it can be recorded, and taken back.

use super::happens::Happens;
use super::said;
use crate::Money;
use crate::case::{Burden, Case, EventKind, Refusal};

/// The longest name of a firm, in characters.
const LONGEST: u64 = 200;

pub(super) fn record_burden(burden: Burden) -> Happens {
    if let Burden::Work {
        minutes,
        firm,
        cost,
        ..
    } = &burden
    {
        if *minutes == 0 && cost.is_none() {
            return Err(Refusal::Empty { field: "minutes" });
        }
        at_most(
            "minutes",
            u64::from(*minutes),
            u64::from(Burden::MOST_MINUTES),
        )?;
        if let Some(firm) = firm {
            said("firm", firm)?;
            at_most("firm", firm.chars().count() as u64, LONGEST)?;
        }
    }
    if let Some(money) = burden.money() {
        if money.currency.decimals().is_none() {
            let currency = money.currency;
            return Err(Refusal::UnknownCurrency { currency });
        }
        if money.amount == 0 {
            return Err(Refusal::Empty { field: "amount" });
        }
        at_most("amount", money.amount, Money::MOST)?;
    }
    Ok(Some(EventKind::BurdenRecorded { burden }))
}

impl Case {
    /// Taking back what was taken back happens no second time.
    pub(super) fn take_burden_back(&self, entry: u64) -> Happens {
        let mut all = self.burden.iter();
        match all.find(|one| one.number == entry) {
            None => Err(Refusal::NoSuchEntry { entry }),
            Some(one) if one.taken_back.is_some() => Ok(None),
            Some(_) => Ok(Some(EventKind::BurdenTakenBack { entry })),
        }
    }
}

fn at_most(field: &'static str, given: u64, most: u64) -> Result<(), Refusal> {
    match given > most {
        true => Err(Refusal::TooMuch { field, most }),
        false => Ok(()),
    }
}
