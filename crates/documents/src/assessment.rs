use lagrum_law::{LawPacks, Way};
use lagrum_model::{
    Answer, Assessment, Case, Citation, CountryCode, Disposition, Effect, Finding, Form,
    FormReason, Part,
};

use crate::{Phrases, demand};
use lagrum_blocks::{Block, Document, Field, Ink, Text};

/// Parts with the same finding, so that a reason is given once: the places of the parts in the
/// assessment, and one of them.
pub(crate) type Groups<'a> = Vec<(Vec<usize>, &'a Part)>;

/// The parts of an assessment, those with the same finding together.
pub(crate) fn groups(parts: &[Part]) -> Groups<'_> {
    let mut groups: Groups<'_> = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        let same = |other: &Part| other.finding == part.finding && other.note == part.note;
        match groups.iter_mut().find(|(_, first)| same(first)) {
            Some((places, _)) => places.push(place),
            None => groups.push((vec![place], part)),
        }
    }
    groups
}

/// The law applied to a demand, part by part. `asking` is the country of the authority.
#[must_use]
pub fn assessment(
    assessment: &Assessment,
    asking: CountryCode,
    packs: &LawPacks,
    phrases: &Phrases,
) -> Document {
    let title = phrases.fill(
        "assessment-title",
        &[("day", &phrases.day_as_of(assessment.as_of))],
    );
    let mut page = Document::new(phrases.language(), title);
    findings(&mut page, assessment, asking, packs, phrases);
    page
}

/// The findings, reasons given once for the parts that share them.
pub(crate) fn findings(
    page: &mut Document,
    assessment: &Assessment,
    asking: CountryCode,
    packs: &LawPacks,
    phrases: &Phrases,
) {
    for (places, part) in groups(&assessment.parts) {
        let channel = Some(packs.channel(asking, part.finding.via, assessment.as_of));
        let said = found(&part.finding, phrases);
        let parts = places
            .iter()
            .map(|place| (*place, &assessment.parts[*place]));
        let parts: Vec<_> = parts.collect();
        under(page, &parts, said, reasons(part, channel, phrases), phrases);
    }
}

/// Parts of which the same is said, each under its number, and that once.
pub(crate) fn under(
    page: &mut Document,
    parts: &[(usize, &Part)],
    said: Text,
    more: Vec<Block>,
    phrases: &Phrases,
) {
    if let [(place, part)] = parts {
        page.blocks
            .push(answered(*place, part, said, more, phrases));
        return;
    }
    page.part(said);
    let items = parts
        .iter()
        .map(|(place, part)| vec![Block::paragraph(numbered(*place, part, phrases))]);
    page.bullets(items.collect());
    page.blocks.extend(more);
}

/// A part under its number: what it is, the answer, and more.
pub(crate) fn answered(
    place: usize,
    part: &Part,
    said: Text,
    more: Vec<Block>,
    phrases: &Phrases,
) -> Block {
    let what = phrases.sentence(&what(part, phrases));
    let mut text = Text::from(format!("{what} – "));
    text.0.extend(said.0);
    let mut item = vec![Block::paragraph(text)];
    item.extend(more);
    Block::List {
        first: Some(place + 1),
        items: vec![item],
    }
}

/// What a part asks for, with its number, counted from 1.
pub(crate) fn numbered(place: usize, part: &Part, phrases: &Phrases) -> String {
    format!("{}. {}", place + 1, phrases.sentence(&what(part, phrases)))
}

/// Why a part is answered as it is.
pub(crate) fn reasons(part: &Part, channel: Option<&Way>, phrases: &Phrases) -> Vec<Block> {
    let finding = &part.finding;
    let mut fields = Vec::new();
    if let Some(note) = &part.note {
        fields.push(Field::new(
            phrases.word("label-advice"),
            phrases.noted(note),
        ));
    }
    if finding.decided_by.is_empty() && !finding.disposition.is_granted() {
        fields.push(Field::new(
            phrases.word("label-because"),
            phrases.word("nothing-permits"),
        ));
    }
    for rule in &finding.decided_by {
        let label = match rule.effect {
            Effect::Permit if finding.disposition == Disposition::Preserve => {
                "label-permits-preserve"
            }
            Effect::Permit => "label-permits",
            Effect::Forbid => "label-forbids",
        };
        fields.push(citation(label, rule, phrases));
    }
    // Nothing is covered of what is refused, and a stranger is told nothing of the law.
    let reaches = finding.proposed().is_granted()
        || matches!(
            finding.disposition,
            Disposition::Wait | Disposition::LookUp | Disposition::NotLookedUp
        );
    if let Some(within) = finding.within.as_ref().filter(|_| reaches) {
        if within.period.is_some() {
            let receipt = phrases.word("within-receipt");
            fields.push(Field::new(phrases.word("label-within"), receipt));
        }
        if !within.sub_categories.is_empty() {
            let boxes = phrases.sentence(&demand::boxes(&within.sub_categories, phrases));
            fields.push(Field::new(phrases.word("label-within"), boxes));
        }
        for rule in &within.by {
            fields.push(citation("label-within-by", rule, phrases));
        }
    }
    for rule in &finding.overridden {
        fields.push(citation("label-overridden", rule, phrases));
    }
    if let Some(instead) = phrases.instead(finding, channel) {
        fields.push(Field::new(phrases.word("label-instead-authority"), instead));
    }
    if let Some(form) = finding.form {
        fields.push(Field::new(
            phrases.word("label-form"),
            the_form(form, phrases),
        ));
    }
    if fields.is_empty() {
        return vec![];
    }
    vec![Block::Fields { fields }]
}

/// The form that goes out, what is ticked in it, and to whom it goes.
fn the_form(form: Form, phrases: &Phrases) -> String {
    let reason = phrases.word(&format!("form-reason-{}", form.reason.as_str()));
    let section = match form.reason {
        FormReason::Other => "D(b)",
        FormReason::ThirdCountryLaw => "D(a), E",
        _ => "D(a)",
    };
    let to = match form.enforcing_authority {
        true => "form-to-both",
        false => "form-to-issuing",
    };
    let to = phrases.word(to);
    phrases.fill(
        "form-annex-iii",
        &[("section", section), ("reason", &reason), ("to", &to)],
    )
}

fn citation(label: &str, rule: &Citation, phrases: &Phrases) -> Field {
    let source = format!(
        "{}; {}. {}: {}.",
        phrases.cite(&rule.rule, &rule.cite),
        rule.rule,
        phrases.word("label-verified"),
        phrases.verified(&rule.rule, &rule.verified)
    );
    Field::lines(
        phrases.word(label),
        vec![
            phrases.says(&rule.rule, &rule.says).into(),
            Text::in_ink(Ink::Quiet, source),
        ],
    )
}

/// What the law says of one part, in words.
pub(crate) fn found(finding: &Finding, phrases: &Phrases) -> Text {
    match finding.disposition {
        _ if finding.reaches_less() => in_part(phrases),
        Disposition::NoData => not_searched(phrases),
        disposition => answer(disposition, phrases),
    }
}

/// Of what nothing is known here, before a search has shown that there is nothing.
fn not_searched(phrases: &Phrases) -> Text {
    let words = phrases.sentence(&phrases.word("finding-no-data"));
    Text::in_ink(Ink::Caution, words)
}

/// What was answered for one part, in words.
pub(crate) fn given(decided: &Answer, part: &Part, phrases: &Phrases) -> Text {
    match decided.is_in_part(part) {
        true => in_part(phrases),
        false => answer(decided.disposition, phrases),
    }
}

/// What was answered for one part, in words, as it stands now: that there is nothing is said once a search to its
/// end has shown it, and where one found something, that is said.
pub(crate) fn stands(case: &Case, decided: &Answer, part: &Part, phrases: &Phrases) -> Text {
    if decided.disposition != Disposition::NoData {
        return given(decided, part, phrases);
    }
    let searched = case.mandates.values().filter(|one| one.produced.is_some());
    let found: Vec<_> = searched
        .filter_map(|one| one.found_of(decided.part))
        .collect();
    match () {
        () if found.iter().any(|one| one.items + one.for_review > 0) => {
            let words = phrases.sentence(&phrases.word("answer-found-after-all"));
            Text::in_ink(Ink::Caution, words)
        }
        () if found.iter().any(|one| one.complete) => given(decided, part, phrases),
        () => not_searched(phrases),
    }
}

/// What was answered for one part, in words, as it stands before the search.
pub(crate) fn to_be_signed(decided: &Answer, part: &Part, phrases: &Phrases) -> Text {
    match decided.disposition {
        Disposition::NoData => not_searched(phrases),
        _ => given(decided, part, phrases),
    }
}

fn in_part(phrases: &Phrases) -> Text {
    let words = phrases.sentence(&phrases.word("answer-in-part"));
    Text::in_ink(Ink::Caution, words)
}

/// The answer for one part, in words.
pub(crate) fn answer(disposition: Disposition, phrases: &Phrases) -> Text {
    let name = disposition.as_str();
    let words = phrases
        .known(&format!("answer-{name}"), &[])
        .unwrap_or_else(|| phrases.word(&format!("disposition-{name}")));
    Text::in_ink(ink(disposition), phrases.sentence(&words))
}

/// The answers that occur in a demand, in one line.
pub(crate) fn dispositions(all: &[Disposition], phrases: &Phrases) -> String {
    let words: Vec<_> = all
        .iter()
        .map(|one| phrases.word(&format!("disposition-{}", one.as_str())))
        .collect();
    words.join(", ")
}

pub(crate) fn ink(disposition: Disposition) -> Ink {
    match disposition {
        Disposition::Produce | Disposition::Preserve | Disposition::NoData => Ink::Good,
        Disposition::Wait
        | Disposition::Narrow
        | Disposition::NotLookedUp
        | Disposition::Ask
        | Disposition::ByHand
        | Disposition::LookUp => Ink::Caution,
        Disposition::Reject
        | Disposition::Challenge
        | Disposition::RedirectToCustomer
        | Disposition::RedirectToTreatyChannel => Ink::Bad,
    }
}

/// What a part asks for: which data about whom, and where it is stored.
pub(crate) fn what(part: &Part, phrases: &Phrases) -> String {
    let category = demand::kind(part.category, &part.sub_categories, phrases);
    let identifier = demand::identifier(&part.identifier, phrases);
    let text = phrases.fill(
        "part-of",
        &[("category", &category), ("identifier", &identifier)],
    );
    match &part.holding {
        Some(holding) => format!(
            "{text} ({}, {})",
            holding.region,
            phrases.country(holding.stored_in)
        ),
        None => text,
    }
}

/// The reason that a person gave for an answer, where it is more than what the rules say anyway: a
/// desk that is given none repeats theirs.
pub(crate) fn own_reason<'a>(part: &Part, given: &'a str) -> Option<&'a str> {
    let repeats = part
        .finding
        .decided_by
        .iter()
        .any(|rule| given.contains(&rule.says));
    (!repeats && !given.trim().is_empty()).then_some(given)
}

/// Why a part was answered as it is, in the reader's language: what the person wrote; where that only
/// repeats the rules, what the rules say.
#[must_use]
pub fn answer_reason(part: &Part, given: &str, phrases: &Phrases) -> String {
    if let Some(own) = own_reason(part, given) {
        return event_reason(own, phrases);
    }
    let rules = part.finding.decided_by.iter();
    let stated = rules.filter(|rule| given.contains(&rule.says)).map(|rule| {
        let says = phrases.says(&rule.rule, &rule.says);
        format!("{says} ({})", phrases.cite(&rule.rule, &rule.cite))
    });
    stated.collect::<Vec<_>>().join(" ")
}

/// The reason of an event, in the reader's language where it is one that the desk itself gives; what a
/// person wrote stays as it was written.
#[must_use]
pub fn event_reason(given: &str, phrases: &Phrases) -> String {
    let name = match given {
        "received" => "received",
        "as received" => "as-received",
        "kept as received" => "kept-as-received",
        "described by a person" => "described-by-a-person",
        "belongs to the demand" => "belongs-to-the-demand",
        "the number of the list of authorities" => "number-of-the-list",
        "for two signatures" => "for-two-signatures",
        "two people signed, one of them counsel" => "two-people-signed",
        "as the law packs propose" => "as-proposed",
        "the agent's receipt" => "agents-receipt",
        "the agent's answer" => "agents-answer",
        "sealed package handed over" => "handed-over",
        "sealed package removed" => "removed",
        "answered" => "answered",
        "signed" => "signed",
        "sent" => "sent",
        _ => return as_of(given, phrases).unwrap_or_else(|| given.to_owned()),
    };
    phrases.word(&format!("event-why-{name}"))
}

fn as_of(given: &str, phrases: &Phrases) -> Option<String> {
    let day = given.strip_prefix("law as of ")?.parse().ok()?;
    let day = phrases.day_as_of(day);
    Some(phrases.fill("event-why-law-as-of", &[("day", &day)]))
}
