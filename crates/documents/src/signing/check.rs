//! Whether a mandate says what its case says.

use std::collections::BTreeSet;

use lagrum_mandate::Mandate;
use lagrum_model::{AccountIdentifier, Act, Disposition, Sha256Digest};

use super::{Agreed, Difference, SigningPage};

/// What the two agree on, or in what they differ.
pub(super) fn agreed<'a>(
    page: &SigningPage<'a>,
    mandate: &Mandate,
) -> Result<Agreed<'a>, Difference> {
    let facts = page.facts;
    let record = facts
        .mandates
        .get(&Sha256Digest::of(page.text.as_bytes()))
        .filter(|record| record.text == page.text && mandate.case == *page.case)
        .ok_or(Difference::Case)?;
    let (demand, assessment) = facts
        .demand
        .as_ref()
        .zip(facts.assessment.as_ref())
        .filter(|(demand, _)| demand.digest() == mandate.demand)
        .ok_or(Difference::Demand)?;
    if mandate.reference != demand.reference || mandate.provision != demand.instrument.provision {
        return Err(Difference::Reference);
    }
    if facts.check_sender().is_err() || facts.basis().as_ref() != Some(&mandate.basis) {
        return Err(Difference::Facts);
    }
    if demand
        .recipient
        .as_ref()
        .is_some_and(|named| *named != mandate.recipient)
    {
        return Err(Difference::Recipient);
    }
    // Exactly the pairs of account and category that were decided to be carried out here.
    let mut decided = BTreeSet::new();
    for place in &record.parts {
        let part = assessment.parts.get(*place).ok_or(Difference::Scope)?;
        let carried_out = facts
            .answers
            .iter()
            .find(|answer| answer.part == *place)
            .is_some_and(|answer| match mandate.act {
                Act::Disclose => answer.disposition.is_carried_out(),
                Act::Preserve => answer.disposition == Disposition::Preserve,
            });
        let here = part
            .holding
            .as_ref()
            .is_some_and(|holding| holding.region == mandate.region);
        let account = AccountIdentifier::try_from(part.identifier.clone());
        let (true, true, Ok(account)) = (carried_out, here, account) else {
            return Err(Difference::Scope);
        };
        decided.insert((account, part.category));
        // An end that the demand does not name is open; the mandate's period is always bounded.
        let asked = demand
            .parts
            .get(part.asked_in)
            .ok_or(Difference::Scope)?
            .period;
        let within = part.finding.within.as_ref().map(|within| within.period);
        for bounds in asked.iter().chain(&within) {
            if bounds
                .from()
                .is_some_and(|from| mandate.period.from() < from)
                || bounds
                    .until()
                    .is_some_and(|until| mandate.period.until() > until)
            {
                return Err(Difference::Period);
            }
        }
    }
    let permitted: BTreeSet<_> = mandate
        .identifiers
        .iter()
        .flat_map(|account| {
            let pair = |category: &_| (account.clone(), *category);
            mandate.categories.iter().map(pair)
        })
        .collect();
    if permitted.is_empty() || permitted != decided {
        return Err(Difference::Scope);
    }
    Ok(Agreed {
        demand,
        assessment,
        record,
    })
}
