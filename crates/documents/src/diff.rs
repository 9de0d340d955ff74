use std::collections::BTreeSet;

use jiff::civil::Date;
use lagrum_law::LawPacks;
use lagrum_model::Part;

use crate::Phrases;
use crate::assessment::{found, what};
use lagrum_blocks::{Block, Document, Ink, Text};

/// What changed in the law between two days, for one demand.
pub struct Diff<'a> {
    /// The first day.
    pub from: Date,
    /// The second day.
    pub until: Date,
    /// The names of the rules that came.
    pub came: &'a [String],
    /// The names of the rules that went.
    pub went: &'a [String],
    /// Each part on the first day and on the second.
    pub parts: &'a [(Option<&'a Part>, Option<&'a Part>)],
}

/// What changed in the law between two days, for one demand: first the answers, then the rules.
#[must_use]
pub fn law_diff(diff: &Diff<'_>, packs: &LawPacks, phrases: &Phrases) -> Document {
    let (from, until) = (phrases.day(diff.from), phrases.day(diff.until));
    let blanks = [("from", from.as_str()), ("until", until.as_str())];
    let mut page = Document::new(phrases.language(), phrases.fill("diff-title", &blanks));
    let finding = |part: &Option<&Part>| part.map(|part| part.finding.clone());
    let same = |(old, new): &(Option<&Part>, Option<&Part>)| finding(old) == finding(new);
    if diff.parts.iter().all(same) {
        page.paragraph(phrases.word("diff-nothing"));
    }
    page.section(phrases.word("diff-parts"));
    let line = |part: Option<&Part>| -> Text {
        let Some(part) = part else {
            return phrases.word("diff-none").into();
        };
        let rules: Vec<_> = part
            .finding
            .decided_by
            .iter()
            .map(|rule| rule.rule.as_str())
            .collect();
        let rules = if rules.is_empty() {
            phrases.word("nothing-permits")
        } else {
            rules.join(", ")
        };
        found(&part.finding, phrases).then(Ink::Plain, format!(" – {rules}"))
    };
    for (old, new) in diff.parts {
        let Some(part) = new.or(*old) else { continue };
        page.part(phrases.sentence(&what(part, phrases)));
        let labelled = |label: String, part: Option<&Part>| {
            let mut text = Text::from(format!("{label}: "));
            text.0.extend(line(part).0);
            vec![Block::paragraph(text)]
        };
        page.bullets(if same(&(*old, *new)) {
            vec![labelled(phrases.word("diff-same"), Some(part))]
        } else {
            vec![labelled(from.clone(), *old), labelled(until.clone(), *new)]
        });
    }
    let touched = touched(diff);
    for (label, rules) in [("diff-came", diff.came), ("diff-went", diff.went)] {
        page.section(phrases.word(label));
        let (ours, others): (Vec<&String>, Vec<&String>) =
            rules.iter().partition(|id| touched.contains(id.as_str()));
        let items = ours.into_iter().map(|id| {
            let rule = packs.rules().find(|rule| rule.id == *id);
            let says = rule.map_or_else(String::new, |rule| {
                format!(
                    "{} ({})",
                    phrases.says(id, &rule.says),
                    phrases.cite(id, &rule.cite)
                )
            });
            vec![
                Block::paragraph(Text::in_ink(Ink::Strong, id)),
                Block::paragraph(says),
            ]
        });
        page.bullets(items.collect());
        page.paragraph(phrases.count("diff-others", others.len() as u64));
    }
    page.notice(Ink::Quiet, phrases.word("no-advice"));
    page
}

/// The rules that decided a part on either day, or would have but for a stronger one.
fn touched<'a>(diff: &Diff<'a>) -> BTreeSet<&'a str> {
    let parts = diff.parts.iter().flat_map(|(old, new)| [*old, *new]);
    let findings = parts.flatten().map(|part| &part.finding);
    findings
        .flat_map(|finding| finding.decided_by.iter().chain(&finding.overridden))
        .map(|rule| rule.rule.as_str())
        .collect()
}
