//! The notice to the holder of one account: of that account alone.

use lagrum_model::{Answer, Case, Disposition, EmailAddress, Identifier, LetterKind, Moment, Part};

use super::Writing;
use crate::demand;
use lagrum_blocks::{Block, Document};

/// The notice. None where no account is named.
pub(super) fn write(writing: &Writing<'_>) -> Option<Document> {
    let (facts, phrases, asked) = (writing.facts, writing.phrases, writing.demand);
    let account = facts.account?;
    let mut page = Document::new(phrases.language(), writing.say("letter-notice-title"));
    page.fields(vec![
        writing.sender(),
        writing.field("letter-notice-account", account.as_written()),
        writing.day(),
        writing.field("letter-case", facts.id.to_string()),
    ]);
    let country = phrases.country(asked.authority.country);
    let lead = match facts.case.only_preserves() {
        true => "letter-notice-preserve",
        false => "letter-notice-lead",
    };
    page.paragraph(phrases.fill(
        lead,
        &[
            ("authority", asked.authority.name.as_str()),
            ("country", &country),
            ("provider", &facts.provider.name),
        ],
    ));
    let instrument = &asked.instrument;
    let kind = phrases.word(&format!("instrument-{}", instrument.kind.as_str()));
    page.paragraph(phrases.fill(
        "letter-notice-basis",
        &[
            ("what", kind.as_str()),
            ("day", &phrases.day(instrument.issued_on)),
            ("provision", &instrument.provision),
            ("reference", &asked.reference),
        ],
    ));
    let ended = asked.secrecy.as_ref().and_then(|secrecy| secrecy.until);
    if let Some(until) = ended.filter(|until| *until <= facts.written_at) {
        let until = phrases.instant_both(until, facts.zone);
        page.paragraph(phrases.fill("letter-notice-secrecy", &[("until", &until)]));
    }
    page.section(writing.say("letter-notice-parts"));
    let parts = facts.case.assessment.iter().flat_map(|found| &found.parts);
    let theirs = parts
        .enumerate()
        .filter(|(_, part)| is_of(part, account))
        .map(|(place, part)| {
            let what = demand::kind(part.category, &part.sub_categories, phrases);
            let what = phrases.sentence(&what);
            let asked = asked.parts.get(part.asked_in);
            let period = asked.map(|asked| demand::period_of(asked, facts.zone, phrases));
            let what = match period {
                Some(period) => format!("{what}; {period}"),
                None => what,
            };
            let said = match kept_until(writing, place) {
                Some(until) => phrases.fill("letter-notice-kept-until", &[("until", &until)]),
                None => writing.say(became(writing, place)),
            };
            let blanks = [("what", what.as_str()), ("answer", &said)];
            let mut told = vec![Block::paragraph(phrases.fill("letter-part", &blanks))];
            told.extend(limits(writing, place, part).map(Block::paragraph));
            told
        });
    page.bullets(theirs.collect());
    if instrument.digital_services.is_some() {
        page.section(writing.say("letter-notice-reasons"));
        page.paragraph(writing.blank("letter-notice-reasons-blank"));
        page.paragraph(writing.blank("letter-notice-redress-blank"));
    }
    page.section(writing.say("letter-notice-do"));
    page.paragraph(writing.say("letter-notice-do-ask"));
    if let Some(code) = facts.code {
        page.section(writing.say("letter-notice-genuine"));
        page.paragraph(match facts.check {
            Some(address) => phrases.fill("letter-notice-check", &[("address", address)]),
            None => writing.say("letter-notice-check-ask"),
        });
        page.paragraph(code.to_string());
    }
    page.paragraph(phrases.fill("letter-closing", &[("provider", &facts.provider.name)]));
    Some(page)
}

fn is_of(part: &Part, account: &EmailAddress) -> bool {
    match (&part.account, &part.identifier) {
        (Some(found), _) => found == account,
        (None, Identifier::EmailAddress(named)) => named == account,
        _ => false,
    }
}

/// How far a part reaches of which less leaves than was asked for.
fn limits(writing: &Writing<'_>, place: usize, part: &Part) -> impl Iterator<Item = String> {
    let (case, phrases) = (writing.facts.case, writing.phrases);
    let less = case
        .answer_of(place)
        .is_some_and(|one| one.is_in_part(part));
    let within = part.finding.within.as_ref().filter(|_| less);
    let until = within.and_then(|within| within.period?.until());
    let stored = until.map(|until| {
        let at = phrases.instant_both(until, writing.facts.zone);
        phrases.fill("letter-notice-receipt", &[("at", &at)])
    });
    let boxes = within.map(|within| within.sub_categories.as_slice());
    let boxes = boxes.filter(|boxes| !boxes.is_empty()).map(|boxes| {
        let what = demand::boxes(boxes, phrases);
        phrases.fill("letter-narrowing-only", &[("what", &what)])
    });
    stored.into_iter().chain(boxes)
}

/// Until when a copy is kept, where the agent said under its signature that one is.
fn kept_until(writing: &Writing<'_>, place: usize) -> Option<String> {
    let facts = writing.facts;
    let until = facts.case.kept_until(place)?;
    Some(writing.phrases.instant_both(until, facts.zone))
}

/// What became of a part, as far as it happened.
fn became(writing: &Writing<'_>, place: usize) -> &'static str {
    let case = writing.facts.case;
    let Some(answer) = case.answer_of(place) else {
        return "letter-notice-open";
    };
    let empty = |(_, told): (&Part, &Answer)| told.part == place;
    match answer.disposition {
        _ if case.is_handed_over(place) => "letter-notice-handed-over",
        Disposition::Produce | Disposition::NoData
            if case.told_by(LetterKind::NoData).any(empty) =>
        {
            "letter-notice-nothing"
        }
        _ if case.moments.first(Moment::Withdrawn).is_some() => "letter-notice-withdrawn",
        Disposition::Produce => granted(case, place),
        Disposition::Preserve => "letter-notice-kept",
        Disposition::NoData
        | Disposition::Wait
        | Disposition::Ask
        | Disposition::ByHand
        | Disposition::LookUp => "letter-notice-open",
        Disposition::Narrow
        | Disposition::Reject
        | Disposition::RedirectToCustomer
        | Disposition::RedirectToTreatyChannel
        | Disposition::Challenge
        | Disposition::NotLookedUp => "letter-notice-refused",
    }
}

/// What became of a part that was to be handed over and, as far as is known, was not.
fn granted(case: &Case, place: usize) -> &'static str {
    let found = case.may_be_handed_over();
    let found: Vec<_> = found.filter_map(|one| one.found_of(place)).collect();
    match found.as_slice() {
        [] => "letter-notice-granted",
        all if all.iter().any(|one| one.items > 0) => "letter-notice-granted",
        // Counsel looks at it first, or looked.
        all if all.iter().any(|one| one.for_review > 0) => "letter-notice-open",
        _ => "letter-notice-not-complete",
    }
}
