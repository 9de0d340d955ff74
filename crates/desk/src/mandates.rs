use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp, Unit};
use lagrum_mandate::{Mandate, Nonce};
use lagrum_model::{
    AccountIdentifier, Answer, Case, CaseId, Category, MandateRecord, Period, Recipient, Refusal,
    Region, Sha256Digest,
};
use rand_core::CryptoRngCore;

/// How long a mandate lives: long enough for two people in different places to sign and for an
/// agent to work, short enough that nothing old is carried out.
pub(crate) const LIFE: SignedDuration = SignedDuration::from_hours(14 * 24);

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
        // Without a place to search there is nothing to send an agent for.
        let place = case
            .assessment
            .as_ref()
            .and_then(|assessment| assessment.parts.get(answer.part))
            .is_some_and(|part| part.holding.is_some());
        place && answer.disposition.is_carried_out() && !case.mandates.values().any(covered)
    })
}

/// First and first-after instant (UTC) of a period, which has no order of its own.
type Span = (Timestamp, Timestamp);
/// Categories, and the parts that ask for them.
type Asked = (BTreeSet<Category>, Vec<usize>);
/// Accounts, and the parts that ask for their data.
type Group = (Vec<AccountIdentifier>, Vec<usize>);

/// What is to be carried out, one entry for each mandate.
type Groups = BTreeMap<(Region, BTreeSet<Category>, Span), Group>;

/// Drafts the fewest mandates that together carry out exactly the parts decided to be carried out:
/// one for each region, each period and each set of accounts that share their categories.
pub(crate) fn draft(
    id: &CaseId,
    case: &Case,
    recipient: &Recipient,
    at: Timestamp,
    random: &mut dyn CryptoRngCore,
) -> Result<Vec<Draft>, Refusal> {
    let demand = case.demand.as_ref().ok_or(Refusal::NotDescribed)?;
    let basis = case.basis().ok_or(Refusal::NotDescribed)?;
    // Whole seconds: people read this text before they sign it.
    let at = at.round(Unit::Second).unwrap_or(at);
    let mut drafts = Vec::new();
    for ((region, categories, (from, until)), (identifiers, mut parts)) in groups(case, at)? {
        parts.sort_unstable();
        let part = parts.first().copied().unwrap_or_default();
        let mut nonce = [0; 16];
        random.fill_bytes(&mut nonce);
        let mandate = Mandate {
            case: id.clone(),
            demand: demand.digest(),
            reference: demand.reference.clone(),
            region,
            act: demand.instrument.kind.act(),
            identifiers,
            categories: categories.into_iter().collect(),
            period: Period::new(from, until).map_err(|_| Refusal::EmptyPeriod { part })?,
            recipient: recipient.clone(),
            basis: basis.clone(),
            provision: demand.instrument.provision.clone(),
            review: None,
            look_up: None,
            issued_at: at,
            expires_at: at + LIFE,
            nonce: Nonce(nonce),
        };
        drafts.push(Draft {
            mandate: mandate.digest(),
            text: mandate.to_text(),
            parts,
        });
    }
    Ok(drafts)
}

/// What is to be carried out, one entry for each mandate.
fn groups(case: &Case, at: Timestamp) -> Result<Groups, Refusal> {
    let (Some(demand), Some(assessment)) = (&case.demand, &case.assessment) else {
        return Err(Refusal::NotAssessed);
    };
    let received_at = case.received_at.unwrap_or(at);
    let mut by_account: BTreeMap<(Region, AccountIdentifier, Span), Asked> = BTreeMap::new();
    for answer in to_be_carried_out(case) {
        let number = answer.part;
        let part = &assessment.parts[number];
        let holding = part.holding.as_ref().ok_or(Refusal::NoCompany)?;
        let named = AccountIdentifier::try_from(part.identifier.clone())
            .map_err(|_| Refusal::NotCarriedOut)?;
        let asked = demand.parts.get(part.asked_in);
        let asked = asked.ok_or(Refusal::HoldingsChanged)?;
        if !asked.sub_categories_of(part.category).is_empty() {
            return Err(Refusal::SubCategories { part: number });
        }
        // What the law covers goes before what was asked for.
        let within = part.finding.within.as_ref().map(|within| within.period);
        let period = within
            .or(asked.period)
            .unwrap_or_default()
            .bounded(received_at)
            .map_err(|_| Refusal::EmptyPeriod { part: number })?;
        let entry = by_account
            .entry((
                holding.region.clone(),
                named,
                (period.from(), period.until()),
            ))
            .or_default();
        entry.0.insert(part.category);
        entry.1.push(number);
    }
    let mut groups = Groups::new();
    for ((region, identifier, span), (categories, parts)) in by_account {
        let group = groups.entry((region, categories, span)).or_default();
        group.0.push(identifier);
        group.1.extend(parts);
    }
    Ok(groups)
}
