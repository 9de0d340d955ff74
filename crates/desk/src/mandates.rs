use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp, Unit};
use lagrum_mandate::{AnswersRef, DemandAnswers, LookUp, Mandate, MandateCard, Nonce, SealedTo};
use lagrum_model::{
    AccountIdentifier, Answer, AskedPeriod, Case, CaseId, Category, Disposition, Identifier,
    LookedUp, Part, Period, Refusal, Region, Sha256Digest, SubCategory,
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
    /// How the whole demand was answered, with the first mandate that names it.
    pub answers: Option<String>,
}

/// The answers that are to be carried out and that no mandate covers yet.
pub(crate) fn to_be_carried_out(case: &Case) -> impl Iterator<Item = &Answer> {
    let answers = case.answers.iter();
    answers.filter(|answer| case.is_uncovered(answer.part))
}

/// First and first-after instant (UTC) of a period, which has no order of its own.
type Span = (Timestamp, Timestamp);
/// Of each category the boxes that are covered, and the parts that ask for them.
type Asked = (Boxes, Vec<usize>);
/// Categories, each with the boxes below it that are covered: all of it is all of them.
type Boxes = BTreeMap<Category, BTreeSet<SubCategory>>;
/// Accounts, and the parts that ask for their data.
type Group = (Vec<AccountIdentifier>, Vec<usize>);

/// What is to be carried out, one entry for each mandate.
type Groups = BTreeMap<(Region, Boxes, Span, bool), Group>;

/// A mandate's identifiers, categories, period and parts; and, if it is to look up, how far around an
/// instant.
struct Planned {
    region: Region,
    identifiers: Vec<AccountIdentifier>,
    boxes: Boxes,
    period: Period,
    parts: Vec<usize>,
    look_up: Option<LookUp>,
}

/// Drafts the fewest mandates that together carry out exactly the parts decided to be carried out:
/// one for each region, each period and each set of accounts that share their categories. What is to be
/// looked up has mandates of its own. Each names the `card` of the case; `around` tells how far around an instant (seconds). What waits
/// waits until `waits_until` (UTC) at most, where that is known.
#[expect(
    clippy::too_many_arguments,
    reason = "time and randomness are passed in"
)]
pub(crate) fn draft(
    id: &CaseId,
    case: &Case,
    recipient: &SealedTo,
    card: Option<&MandateCard>,
    around: &dyn Fn(&Region) -> u32,
    at: Timestamp,
    waits_until: Option<Timestamp>,
    random: &mut dyn CryptoRngCore,
) -> Result<Vec<Draft>, Refusal> {
    let demand = case.demand.as_ref().ok_or(Refusal::NotDescribed)?;
    let basis = case.basis().ok_or(Refusal::NotDescribed)?;
    // Whole seconds: people read this text before they sign it.
    let at = at.round(Unit::Second).unwrap_or(at);
    let mut drafts = Vec::new();
    let answered = DemandAnswers::of(case, waits_until);
    let answers = answered.to_text();
    let named = Sha256Digest::of(answers.as_bytes());
    let mut answers = Some(answers).filter(|_| !case.answers_named.contains_key(&named));
    let mut planned = searches(case, at)?;
    planned.extend(look_ups(case, around, at)?);
    for mut plan in planned {
        plan.parts.sort_unstable();
        let mut nonce = [0; 16];
        random.fill_bytes(&mut nonce);
        // What is looked up is told to the desk alone, and what is preserved to nobody.
        let told = plan.look_up.is_none() && recipient.kept().is_none();
        let others = answered.others(&plan.parts);
        let names_answers = told && others.is_some_and(|others| !others.is_empty());
        let mandate = Mandate {
            case: id.clone(),
            demand: demand.digest(),
            reference: demand.reference.clone(),
            region: plan.region,
            act: demand.instrument.kind.act(),
            found: found(case, &plan.parts),
            identifiers: plan.identifiers,
            sub_categories: ticked(&plan.boxes),
            categories: plan.boxes.into_keys().collect(),
            period: plan.period,
            recipient: recipient.clone(),
            basis: basis.clone(),
            provision: demand.instrument.provision.clone(),
            review: None,
            answers: names_answers.then(|| AnswersRef {
                sha256: named,
                here: plan.parts.clone(),
            }),
            look_up: plan.look_up,
            card: card.cloned(),
            issued_at: at,
            expires_at: at + LIFE,
            nonce: Nonce(nonce),
        };
        drafts.push(Draft {
            mandate: mandate.digest(),
            text: mandate.to_text(),
            parts: plan.parts,
            answers: answers.take_if(|_| names_answers),
        });
    }
    Ok(drafts)
}

/// What was found out of those whom these parts are about, each once.
fn found(case: &Case, parts: &[usize]) -> Vec<LookedUp> {
    let mut found: Vec<LookedUp> = Vec::new();
    let all = case
        .assessment
        .iter()
        .flat_map(|assessment| &assessment.parts);
    let all: Vec<_> = all.collect();
    for part in parts.iter().filter_map(|place| all.get(*place)) {
        if let Some(one) = case.looked_up(&part.identifier)
            && part.account.is_some()
            && !found.contains(one)
        {
            found.push(one.clone());
        }
    }
    found
}

/// What one answer is about.
struct Found<'c> {
    number: usize,
    part: &'c Part,
    region: Region,
    named: AccountIdentifier,
    asked: Option<AskedPeriod>,
    /// Whether a search is to show that there is nothing.
    nothing: bool,
}

/// What is to be carried out and no mandate covers: what is to be looked up, or the rest.
fn answered(case: &Case, look_up: bool) -> Result<Vec<Found<'_>>, Refusal> {
    let (Some(demand), Some(assessment)) = (&case.demand, &case.assessment) else {
        return Err(Refusal::NotAssessed);
    };
    let wanted = |answer: &&Answer| (answer.disposition == Disposition::LookUp) == look_up;
    let found = to_be_carried_out(case).filter(wanted).map(|answer| {
        let number = answer.part;
        let part = &assessment.parts[number];
        let holding = part.holding.as_ref().ok_or(Refusal::NotCarriedOut)?;
        let asked = demand.parts.get(part.asked_in);
        let asked = asked.ok_or(Refusal::HoldingsChanged)?;
        Ok(Found {
            number,
            part,
            region: holding.region.clone(),
            named: part.named().ok_or(Refusal::NotCarriedOut)?,
            asked: asked.period,
            nothing: answer.disposition == Disposition::NoData,
        })
    });
    found.collect()
}

/// What is to be searched, one entry for each mandate. What is to show that there is nothing goes by itself: where
/// no source could show it, the agent refuses, and what there is leaves all the same.
fn searches(case: &Case, at: Timestamp) -> Result<Vec<Planned>, Refusal> {
    let received_at = case.received_at.unwrap_or(at);
    let mut by_account: BTreeMap<(Region, AccountIdentifier, Span, bool), Asked> = BTreeMap::new();
    for found in answered(case, false)? {
        // What the law covers goes before what was asked for.
        let within = found.part.finding.within.as_ref();
        let period = within
            .and_then(|within| within.period)
            .or(found.asked)
            .unwrap_or_default()
            .bounded(received_at)
            .map_err(|_| Refusal::EmptyPeriod { part: found.number })?;
        let span = (period.from(), period.until());
        let entry = by_account
            .entry((found.region, found.named, span, found.nothing))
            .or_default();
        add(entry, found.number, found.part);
    }
    let mut groups = Groups::new();
    for ((region, identifier, span, nothing), (boxes, parts)) in by_account {
        let group = groups.entry((region, boxes, span, nothing)).or_default();
        group.0.push(identifier);
        group.1.extend(parts);
    }
    let planned = groups
        .into_iter()
        .map(|((region, boxes, span, _), (identifiers, parts))| {
            let (from, until) = span;
            let part = parts.first().copied().unwrap_or_default();
            Ok(Planned {
                region,
                identifiers,
                boxes,
                period: Period::new(from, until).map_err(|_| Refusal::EmptyPeriod { part })?,
                parts,
                look_up: None,
            })
        });
    planned.collect()
}

/// Adds a part, for what the law covers of it.
fn add((boxes, parts): &mut Asked, number: usize, part: &Part) {
    let covered = SubCategory::asked(part.covered(), part.category);
    boxes.entry(part.category).or_default().extend(covered);
    parts.push(number);
}

/// The boxes that a mandate names: none of a category of which all is covered.
fn ticked(boxes: &Boxes) -> Vec<SubCategory> {
    let ticked = boxes.iter().filter_map(|(category, covered)| {
        let covered: Vec<_> = covered.iter().copied().collect();
        (covered != SubCategory::asked(&[], *category)).then(|| SubCategory::to_tick(&covered))
    });
    ticked.flatten().collect()
}

/// What is to be looked up, one entry for each mandate: addresses at instants apart from names, which
/// have none.
fn look_ups(
    case: &Case,
    around: &dyn Fn(&Region) -> u32,
    at: Timestamp,
) -> Result<Vec<Planned>, Refusal> {
    let received_at = case.received_at.unwrap_or(at);
    let mut by_identifier: BTreeMap<(Region, AccountIdentifier), Asked> = BTreeMap::new();
    for found in answered(case, true)? {
        let entry = by_identifier
            .entry((found.region, found.named))
            .or_default();
        add(entry, found.number, found.part);
    }
    let mut groups: BTreeMap<(Region, Boxes, bool), Group> = BTreeMap::new();
    for ((region, identifier), (boxes, parts)) in by_identifier {
        let instant = matches!(identifier.get(), Identifier::IpAddress(_));
        let group = groups.entry((region, boxes, instant)).or_default();
        group.0.push(identifier);
        group.1.extend(parts);
    }
    let planned = groups
        .into_iter()
        .map(|((region, boxes, instant), (identifiers, parts))| {
            let part = parts.first().copied().unwrap_or_default();
            let look_up = LookUp {
                seconds_around: around(&region),
            };
            // A name has no instant; what is looked at is what stands there now.
            let period = match instant {
                true => look_up.span(&identifiers, received_at),
                false => AskedPeriod::default().bounded(received_at).ok(),
            };
            Ok(Planned {
                region,
                identifiers,
                boxes,
                period: period.ok_or(Refusal::EmptyPeriod { part })?,
                parts,
                look_up: Some(look_up),
            })
        });
    planned.collect()
}
