//! Whether a mandate says what its case says.

use std::collections::{BTreeMap, BTreeSet};

use lagrum_mandate::{DemandAnswers, Mandate};
use lagrum_model::{Act, Case, Disposition, LookedUp, MandateRecord, Sha256Digest, SubCategory};

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
    // Exactly the pairs of account and category that were decided to be carried out here, and of each
    // exactly the boxes that the law covers.
    let mut decided: BTreeMap<_, BTreeSet<SubCategory>> = BTreeMap::new();
    let mut looked_up: Vec<&LookedUp> = Vec::new();
    for place in &record.parts {
        let part = assessment.parts.get(*place).ok_or(Difference::Scope)?;
        let carried_out = facts
            .answers
            .iter()
            .find(|answer| answer.part == *place)
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
    if !tells_of_the_others(facts, record, mandate) {
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
fn tells_of_the_others(facts: &Case, record: &MandateRecord, mandate: &Mandate) -> bool {
    let named = mandate.answers.as_ref();
    let text = named.and_then(|named| facts.answers_named.get(&named.sha256));
    let answers = text.map(|text| DemandAnswers::parse(text.as_bytes()));
    let Ok(said) = answers
        .transpose()
        .and_then(|answers| mandate.others(answers.as_ref()))
    else {
        return false;
    };
    if named.is_some_and(|named| named.here != record.parts) {
        return false;
    }
    let now = match (&mandate.review, &mandate.look_up) {
        (None, None) => DemandAnswers::of(facts, None).others(&record.parts),
        _ => Some(Vec::new()),
    };
    now.is_some_and(|now| {
        let mut pairs = said.iter().zip(&now);
        said.len() == now.len() && pairs.all(|(said, now)| said.still_holds(now))
    })
}
