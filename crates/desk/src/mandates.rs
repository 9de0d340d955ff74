use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp, Unit};
use lagrum_mandate::{Mandate, Nonce};
use lagrum_model::{
    AccountIdentifier, Answer, Case, CaseId, Category, MandateRecord, Period, Recipient, Region,
    Sha256Digest,
};
use rand_core::CryptoRngCore;

use crate::DeskError;

/// How long a mandate lives: long enough for two people in different places to sign and for an
/// agent to work, short enough that nothing old is carried out.
const LIFE: SignedDuration = SignedDuration::from_hours(14 * 24);

/// A mandate to be signed: its digest, its exact text, and the parts that it carries out.
pub(crate) struct Draft {
    pub mandate: Sha256Digest,
    pub text: String,
    pub parts: Vec<usize>,
}

/// The answers that are to be carried out and that no mandate covers yet.
pub(crate) fn to_be_carried_out(case: &Case) -> impl Iterator<Item = &Answer> {
    case.answers.iter().filter(|answer| {
        let covered = |mandate: &MandateRecord| mandate.parts.contains(&answer.part);
        answer.disposition.is_carried_out() && !case.mandates.values().any(covered)
    })
}

/// Drafts the fewest mandates that together carry out exactly the parts decided to be carried out:
/// one for each region and each set of accounts that share their categories.
pub(crate) fn draft(
    id: &CaseId,
    case: &Case,
    recipient: &Recipient,
    at: Timestamp,
    random: &mut dyn CryptoRngCore,
) -> Result<Vec<Draft>, DeskError> {
    let wrong = |why: &str| DeskError::Wrong(format!("case {id}: {why}"));
    let (Some(demand), Some(basis), Some(assessment)) =
        (&case.demand, case.basis(), &case.assessment)
    else {
        return Err(wrong("describe and assess the demand first"));
    };
    // Whole seconds: people read this text before they sign it.
    let at = at.round(Unit::Second).unwrap_or(at);
    let received_at = case.received_at.unwrap_or(at);
    type Span = (Timestamp, Timestamp);
    type Scope = (BTreeSet<Category>, Vec<usize>);
    let mut by_account: BTreeMap<(Region, AccountIdentifier, Span), Scope> = BTreeMap::new();
    for answer in to_be_carried_out(case) {
        let part = &assessment.parts[answer.part];
        let holding = part
            .holding
            .as_ref()
            .ok_or_else(|| wrong("a part that is to be produced has no place where it lies"))?;
        let named = AccountIdentifier::try_from(part.identifier.clone())
            .map_err(|e| wrong(&e.to_string()))?;
        let asked = demand
            .parts
            .get(part.asked_in)
            .ok_or_else(|| wrong("the demand has no such part"))?;
        if !asked.sub_categories_of(part.category).is_empty() {
            return Err(wrong(
                "a part names sub-categories, and agents cannot extract less than a category yet; reject the part, or describe it as the authority agrees to",
            ));
        }
        let period = asked
            .bounded(received_at)
            .map_err(|e| wrong(&e.to_string()))?;
        let span = (period.from(), period.until());
        let entry = by_account
            .entry((holding.region.clone(), named, span))
            .or_default();
        entry.0.insert(part.category);
        entry.1.push(answer.part);
    }
    type Group = (Vec<AccountIdentifier>, Vec<usize>);
    let mut groups: BTreeMap<(Region, BTreeSet<Category>, Span), Group> = BTreeMap::new();
    for ((region, identifier, span), (categories, parts)) in by_account {
        let group = groups.entry((region, categories, span)).or_default();
        group.0.push(identifier);
        group.1.extend(parts);
    }
    let drafts = groups.into_iter().map(
        |((region, categories, (from, until)), (identifiers, mut parts))| {
            parts.sort_unstable();
            let mut nonce = [0; 16];
            random.fill_bytes(&mut nonce);
            let period = Period::new(from, until).map_err(|e| wrong(&e.to_string()))?;
            let mandate = Mandate {
                case: id.clone(),
                demand: demand.digest(),
                reference: demand.reference.clone(),
                region,
                act: demand.instrument.kind.act(),
                identifiers,
                categories: categories.into_iter().collect(),
                period,
                recipient: recipient.clone(),
                basis: basis.clone(),
                provision: demand.instrument.provision.clone(),
                issued_at: at,
                expires_at: at + LIFE,
                nonce: Nonce(nonce),
            };
            Ok(Draft {
                mandate: mandate.digest(),
                text: mandate.to_text(),
                parts,
            })
        },
    );
    drafts.collect()
}
