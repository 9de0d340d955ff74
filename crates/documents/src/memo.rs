//! The memo of an assessment that counsel can put in the file.

use jiff::Timestamp;
use lagrum_law::{Clock, LawPacks, Notice, first_due};
use lagrum_model::{Assessment, Case, CaseId, Demand, Event, Moment, Moments};

use crate::Phrases;
use crate::assessment::{findings, found, groups, numbered};
use crate::clocks::{in_full, source, when};
use crate::counsel::counsel;
use crate::date::Zone;
use crate::demand;
use crate::done::done;
use crate::names::Names;
use crate::telling::{ink, may_tell, next_step};
use lagrum_blocks::{Block, Document, Field, Ink, Text};

/// The case that a memo is of.
#[derive(Clone, Copy)]
pub struct MemoCase<'a> {
    /// Its number.
    pub id: &'a CaseId,
    /// What its events make of it.
    pub case: &'a Case,
    /// Its events.
    pub events: &'a [Event],
    /// What those are called who stand in it by their ids.
    pub names: Names<'a>,
}

/// What a memo is written from.
#[derive(Clone, Copy)]
pub struct Memo<'a> {
    /// The provider's name, if it is known.
    pub provider: Option<&'a str>,
    /// Who had it written, if that is known.
    pub author: Option<&'a str>,
    /// The case, if it is one.
    pub case: Option<MemoCase<'a>>,
    /// The demand.
    pub demand: &'a Demand,
    /// The law applied to it.
    pub assessment: &'a Assessment,
    /// What happened to it.
    pub moments: &'a Moments,
    /// Its clocks.
    pub clocks: &'a [Clock],
    /// Who tells whom.
    pub notices: &'a [Notice],
    /// Whether the demand is verified to come from its authority.
    pub verified: bool,
    /// When the memo is written (UTC).
    pub written_at: Timestamp,
    /// In which zone instants are told that have none of their own.
    pub zone: &'a Zone,
}

/// The memo: what was decided and done, what the rules lead to in short, each finding with its reasons, every
/// clock with its countings, and who tells whom.
#[must_use]
pub fn memo(memo: &Memo<'_>, packs: &LawPacks, phrases: &Phrases) -> Document {
    let mut page = Document::new(phrases.language(), phrases.word("memo-title"));
    head(memo, &mut page, phrases);
    let of = memo.case;
    let case = of.map(|of| of.case);
    counsel(&mut page, memo.demand, case, memo.zone, phrases);
    if let Some(of) = of {
        let told = (memo.zone, of.names);
        done(&mut page, of.case, of.events, told, phrases);
    }
    page.section(phrases.word("memo-summary"));
    let anew =
        |case: &Case| !case.answers.is_empty() && case.assessment.as_ref() != Some(memo.assessment);
    if case.is_some_and(anew) {
        page.notice(Ink::Caution, phrases.word("memo-found-anew"));
    }
    summary(memo, &mut page, phrases);
    page.section(phrases.word("memo-findings"));
    let asking = memo.demand.authority.country;
    findings(&mut page, memo.assessment, asking, packs, phrases);
    page.section(phrases.word("memo-clocks"));
    clocks(memo, &mut page, phrases);
    page.section(phrases.word("memo-notice"));
    for told in memo.notices {
        notice(told, memo, &mut page, phrases);
    }
    page.section(phrases.word("memo-signature"));
    page.paragraph(phrases.word("memo-signature-line"));
    page.notice(Ink::Quiet, phrases.word("no-advice"));
    if page.mentions(&phrases.word("untranslated")) {
        page.notice(Ink::Quiet, phrases.word("memo-untranslated"));
    }
    page
}

fn head(memo: &Memo<'_>, page: &mut Document, phrases: &Phrases) {
    let Memo { assessment, .. } = memo;
    let field = |label: &str, value: &str| Field::new(phrases.word(label), value);
    let mut fields = Vec::new();
    if let Some(provider) = memo.provider {
        fields.push(field("provider", provider));
    }
    if let Some(of) = memo.case {
        fields.push(field("case", &of.id.to_string()));
    }
    fields.push(field(
        "memo-date",
        &phrases.instant(memo.written_at, memo.zone),
    ));
    if let Some(author) = memo.author {
        fields.push(field("memo-author", author));
    }
    fields.push(field(
        "memo-law-as-of",
        &phrases.day_as_of(assessment.as_of),
    ));
    fields.push(Field::new(
        phrases.word("memo-law-digest"),
        Text::in_ink(Ink::Quiet, assessment.law.to_string()),
    ));
    page.fields(fields);
    page.section(phrases.word("memo-demand"));
    if !memo.verified {
        page.notice(Ink::Bad, phrases.word("memo-not-verified"));
    }
    let mut fields = demand::fields(memo.demand, memo.zone, phrases);
    fields.push(demand::asked(memo.demand, memo.zone, phrases));
    let originals = memo.case.map_or(&[][..], |of| &of.case.originals);
    fields.extend(demand::originals(originals, memo.zone, phrases));
    page.fields(fields);
}

/// The answer for each part in a line, and what is due first.
fn summary(memo: &Memo<'_>, page: &mut Document, phrases: &Phrases) {
    let mut items = Vec::new();
    for (places, part) in groups(&memo.assessment.parts) {
        let names: Vec<_> = places
            .iter()
            .map(|place| numbered(*place, &memo.assessment.parts[*place], phrases))
            .collect();
        let text =
            found(&part.finding, phrases).then(Ink::Plain, format!(": {}", names.join("; ")));
        items.push(vec![Block::paragraph(text)]);
    }
    page.bullets(items);
    if let Some(clock) = first_due(memo.clocks) {
        let says = phrases.says(&clock.id, &clock.says);
        let text = when(clock, memo.zone, phrases).then(Ink::Quiet, format!(" – {says}"));
        page.fields(vec![Field::new(phrases.word("memo-next-due"), text)]);
    }
}

fn clocks(memo: &Memo<'_>, page: &mut Document, phrases: &Phrases) {
    if memo.moments.first(Moment::Received).is_none() {
        page.notice(Ink::Caution, phrases.word("memo-no-receipt"));
    }
    if memo.clocks.is_empty() {
        page.paragraph(phrases.word("memo-no-clocks"));
    }
    let items = memo
        .clocks
        .iter()
        .map(|clock| in_full(clock, memo.zone, phrases));
    page.bullets(items.collect());
}

fn notice(notice: &Notice, memo: &Memo<'_>, page: &mut Document, phrases: &Phrases) {
    let said = may_tell(notice, memo.zone, memo.written_at, phrases);
    page.paragraph(Text::in_ink(ink(notice), said));
    page.fields(vec![
        Field::new(
            phrases.word("notice-who"),
            phrases.word(&format!("teller-{}", notice.who.as_str())),
        ),
        Field::new(phrases.word("notice-next"), next_step(notice, phrases)),
    ]);
    if let Some(id) = &notice.id {
        page.paragraph(phrases.says(id, &notice.says));
        page.blocks
            .push(source(id, &notice.cite, &notice.verified, phrases));
    }
}
