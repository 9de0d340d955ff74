//! Whether a mandate says what its case says.

use std::collections::{BTreeMap, BTreeSet};

use lagrum_mandate::{DemandAnswers, Mandate};
use lagrum_model::{Act, Disposition, LookedUp, Sha256Digest, SubCategory};

use super::{Agreed, Difference, SigningPage, Together};

/// What the two agree on, or in what they differ.
pub(super) fn agreed<'a>(
    page: &SigningPage<'a>,
    together: &Together<'_>,
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
    // What is only preserved goes to nobody, whomever the demand names.
    let hands_over = mandate.recipient.kept().is_none();
    if hands_over != (mandate.act == Act::Disclose) {
        return Err(Difference::Recipient);
    }
    if demand
        .recipient
        .as_ref()
        .filter(|_| hands_over)
        .is_some_and(|named| mandate.recipient.recipient() != Some(named))
    {
        return Err(Difference::Recipient);
    }
    // Exactly the pairs of account and category that were decided to be carried out here, and of each
    // exactly the boxes that the law covers.
    let mut decided: BTreeMap<_, BTreeSet<SubCategory>> = BTreeMap::new();
    let mut looked_up: Vec<&LookedUp> = Vec::new();
    for place in &record.parts {
        let part = assessment.parts.get(*place).ok_or(Difference::Scope)?;
        let carried_out = together
            .answer(*place)
            .is_some_and(|answer| match mandate.act {
                _ if mandate.look_up.is_some() => answer.disposition == Disposition::LookUp,
                Act::Disclose => matches!(
                    answer.disposition,
                    Disposition::Produce | Disposition::NoData
                ),
                Act::Preserve => answer.disposition == Disposition::Preserve,
            });
        let here = part
            .holding
            .as_ref()
            .is_some_and(|holding| holding.region == mandate.region);
        let (true, true, Some(account)) = (carried_out, here, part.named()) else {
            return Err(Difference::Scope);
        };
        if let Some(found) = part.account.as_ref().and(facts.looked_up(&part.identifier)) {
            looked_up.push(found);
        }
        let boxes = decided.entry((account, part.category)).or_default();
        boxes.extend(SubCategory::asked(part.covered(), part.category));
        // Its windows are the mandate's own, which the gate holds it to; they go no further than the
        // receipt of the demand.
        if mandate.look_up.is_some() {
            if facts
                .received_at
                .is_some_and(|at| mandate.period.until() > at)
            {
                return Err(Difference::Period);
            }
            continue;
        }
        // An end that the demand does not name is open; the mandate's period is always bounded.
        let asked = demand
            .parts
            .get(part.asked_in)
            .ok_or(Difference::Scope)?
            .period;
        let within = part
            .finding
            .within
            .as_ref()
            .and_then(|within| within.period);
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
    if !tells_of_the_others(page, together, mandate, &record.parts) {
        return Err(Difference::Others);
    }
    let ticked = &mandate.sub_categories;
    let permitted: BTreeMap<_, BTreeSet<_>> = mandate
        .identifiers
        .iter()
        .flat_map(|account| {
            let pair = |category: &_| {
                let boxes = SubCategory::asked(ticked, *category);
                ((account.clone(), *category), boxes.into_iter().collect())
            };
            mandate.categories.iter().map(pair)
        })
        .collect();
    if permitted.is_empty() || permitted != decided {
        return Err(Difference::Scope);
    }
    // What it tells of a look-up is what the agent signed in this case.
    let all_told = looked_up.iter().all(|one| mandate.found.contains(one));
    if !all_told || !mandate.found.iter().all(|one| looked_up.contains(&one)) {
        return Err(Difference::Scope);
    }
    Ok(Agreed {
        demand,
        assessment,
        record,
    })
}

/// Whether what the package will tell of the rest of the demand is how the case answers it, or what waited
/// when the mandate was drafted.
fn tells_of_the_others(
    page: &SigningPage<'_>,
    together: &Together<'_>,
    mandate: &Mandate,
    here: &[usize],
) -> bool {
    let of_its_own = mandate.review.is_none() && mandate.look_up.is_none();
    match &mandate.answers {
        Some(named) if of_its_own => named.here == here && together.still_tells(named),
        None if of_its_own => together.carries_all_out(here),
        // It carries out a part of another mandate's part, or nothing: then it tells nothing.
        named => {
            let text = named
                .as_ref()
                .map(|named| page.facts.answers_named.get(&named.sha256));
            let came = text
                .flatten()
                .map(|text| DemandAnswers::parse(text.as_bytes()));
            let said = came
                .transpose()
                .and_then(|came| mandate.others(came.as_ref()));
            let same = named.as_ref().is_none_or(|named| named.here == here);
            same && said.is_ok_and(|said| said.is_empty())
        }
    }
}
