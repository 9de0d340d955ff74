//! What counsel found about a demand: two people vouch for it when they sign.

use lagrum_model::{Case, Conflict, Demand, ProviderFindings, Recorded};

use crate::date::Zone;
use crate::{Phrases, demand, event_reason};
use lagrum_blocks::{Block, Document, Field, Ink, Text};

/// A section of what counsel found, who recorded it, when and why; none where nothing had to be found. Without a
/// case it is only what the demand's description states.
pub(crate) fn counsel(
    page: &mut Document,
    demand: &Demand,
    case: Option<&Case>,
    zone: &Zone,
    phrases: &Phrases,
) {
    let found = sentences(&demand.findings, phrases);
    let danger = case.filter(|_| demand.emergency.is_some());
    if found.is_empty() && danger.is_none() {
        return;
    }
    page.section(phrases.word("counsel-found"));
    let recorded = case.and_then(|case| case.findings_recorded.as_ref());
    let recorded = recorded.filter(|_| !found.is_empty());
    let items = found.into_iter().map(|one| vec![Block::paragraph(one)]);
    page.bullets(items.collect());
    if let Some(recorded) = recorded {
        let by = demand::actor(&recorded.by, phrases);
        let text = format!("{by}, {}", when_and_why(recorded, zone, phrases));
        page.paragraph(Text::in_ink(Ink::Quiet, text));
    }
    if let Some(case) = danger {
        let lines = belief(case, zone, phrases);
        page.fields(vec![Field::lines(phrases.word("emergency-belief"), lines)]);
    }
}

/// What the provider makes of a claimed danger.
fn belief(case: &Case, zone: &Zone, phrases: &Phrases) -> Vec<Text> {
    let Some(judged) = &case.emergency_judged else {
        let text = phrases.word("emergency-not-judged");
        return vec![Text::in_ink(Ink::Caution, text)];
    };
    let (ink, name) = match case.emergency_believed {
        true => (Ink::Good, "emergency-believed"),
        false => (Ink::Bad, "emergency-not-believed"),
    };
    let by = demand::actor(&judged.by, phrases);
    vec![
        Text::in_ink(ink, phrases.fill(name, &[("by", &by)])),
        Text::in_ink(Ink::Quiet, when_and_why(judged, zone, phrases)),
    ]
}

fn when_and_why(recorded: &Recorded, zone: &Zone, phrases: &Phrases) -> String {
    let at = phrases.instant(recorded.at, zone);
    format!("{at}: {}", event_reason(&recorded.why, phrases))
}

/// Each finding in the words in which a rule asks for it.
fn sentences(found: &ProviderFindings, phrases: &Phrases) -> Vec<String> {
    let ProviderFindings {
        conflict,
        objection,
        transfer_ground,
        relevance_doubted,
        foreign_law_cleared,
        local_law_confirmed,
        privilege_cleared,
        partial_refusal_settled,
    } = found;
    let of = |fact: &str, values: &str| {
        let said = phrases.fill(&format!("fact-findings-{fact}"), &[("values", values)]);
        format!("{}.", phrases.sentence(&said))
    };
    let mut all = Vec::new();
    if let Some(Conflict {
        country,
        ground,
        qualifying_government,
        outcome,
    }) = conflict
    {
        let ground = phrases.word(&format!("value-ground-{}", ground.as_str()));
        let named = phrases.known(&format!("country-named-{country}"), &[]);
        let named = named.unwrap_or_else(|| phrases.country(*country));
        all.push(of("conflict-ground", &ground));
        all.push(of("conflict-country", &named));
        if *qualifying_government {
            all.push(of("conflict-qualifying-government", ""));
        }
        if let Some(outcome) = outcome {
            let outcome = phrases.word(&format!("value-outcome-{}", outcome.as_str()));
            all.push(of("conflict-outcome", &outcome));
        }
    }
    if let Some(objection) = objection {
        let objection = phrases.word(&format!("value-objection-{}", objection.as_str()));
        all.push(of("objection", &objection));
    }
    let stated = [
        (transfer_ground, "transfer-ground"),
        (relevance_doubted, "relevance-doubted"),
        (foreign_law_cleared, "foreign-law-cleared"),
        (local_law_confirmed, "local-law-confirmed"),
        (privilege_cleared, "privilege-cleared"),
        (partial_refusal_settled, "partial-refusal-settled"),
    ];
    let stated = stated.into_iter().filter(|(is, _)| **is);
    all.extend(stated.map(|(_, fact)| of(fact, "")));
    all
}
