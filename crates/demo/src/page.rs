//! What people read of the demo.

use std::collections::BTreeSet;

use lagrum_documents::{Block, Document, Field, Ink, Table, Text};
use lagrum_model::{Disposition, Language};

use crate::world::PROVIDER;
use crate::{Answered, Opened, Produced, RefusedForgery, Reported, Told, World};

/// What the demo is, before it begins.
#[must_use]
pub fn introduction(world: &World) -> Document {
    let mut page = Document::new(
        Language::English,
        format!("{PROVIDER}, a fictional mail provider"),
    );
    page.paragraph(format!(
        "It has a store in Dublin, one in Stockholm, and the head office's in Seattle. {} \
         Demands come in from several countries. Each goes the whole way: taken in, verified, assessed by the law, \
         decided, signed by two people, entered in the public log, and carried out by the agent \
         beside the data.",
        world.about_mail()
    ));
    page
}

/// What became of a demand, in one line.
#[must_use]
pub fn answer_line(one: &Answered) -> String {
    let mut all: Vec<_> = one.parts.iter().map(|part| part.disposition).collect();
    all.sort_unstable();
    all.dedup();
    let words: Vec<_> = all.iter().map(ToString::to_string).collect();
    let items: u64 = one.productions.iter().map(|made| made.items).sum();
    let left = match (one.productions.is_empty(), items) {
        (true, _) => "nothing left".to_owned(),
        (false, 0) => "nothing found".to_owned(),
        (false, _) => format!("{} left", counted(items, "item")),
    };
    format!("{}: {} ({left})", one.title, words.join(", "))
}

/// All that the demo showed.
#[must_use]
pub fn page(told: &Told) -> Document {
    let mut page = Document::new(Language::English, "How the demands were answered");
    for one in &told.demands {
        page.part(format!("{}. {}", one.number, one.title));
        answers(&mut page, one);
    }
    left(&mut page, &told.demands);
    opened(&mut page, &told.opened);
    refused(&mut page, &told.refused);
    page.section("The public log");
    page.paragraph(Text::in_ink(Ink::Good, "Whole").then(
        Ink::Plain,
        format!(
            ": {}, one for each thing that happened. They prove that it happened and when, and tell nothing about \
             whom.",
            counted_as(told.log.entries, "entry", "entries")
        ),
    ));
    reported(&mut page, &told.report);
    page
}

fn answers(page: &mut Document, one: &Answered) {
    let mut shown = BTreeSet::new();
    let items = one.parts.iter().map(|part| {
        let line = Text::in_ink(
            ink(part.disposition),
            part.disposition.to_string().to_uppercase(),
        );
        let production = part.production.and_then(|at| one.productions.get(at));
        let line = line.then(Ink::Plain, format!(" – {}", part.what));
        let line = match production {
            Some(_) if !shown.insert(part.production) => {
                line.then(Ink::Plain, ": in the same package")
            }
            Some(made) => line.then(Ink::Plain, format!(": {}", carried(made))),
            None => line,
        };
        let mut blocks = vec![Block::paragraph(line)];
        let mut because = match part.provisions.is_empty() {
            true => "No rule in force permits it.".to_owned(),
            false => part.provisions.join("; "),
        };
        if !part.overridden.is_empty() {
            because.push_str(&format!(
                " (although {} permits it)",
                part.overridden.join("; ")
            ));
        }
        blocks.push(Block::paragraph(Text::in_ink(Ink::Quiet, because)));
        blocks
    });
    page.bullets(items.collect());
    let told: BTreeSet<_> = one
        .parts
        .iter()
        .filter_map(|p| p.instead.as_ref())
        .collect();
    for told in told {
        page.paragraph(format!("The authority is told: {told}"));
    }
}

fn carried(made: &Produced) -> String {
    match (made.items, made.withheld) {
        (0, 0) => "signed statement that nothing was found".to_owned(),
        (items, 0) => format!("{} in the package", counted(items, "item")),
        (items, withheld) => format!(
            "{} in the package; {withheld} withheld for counsel, because their dates cannot be established",
            counted(items, "item")
        ),
    }
}

/// How much left, package by package.
fn left(page: &mut Document, demands: &[Answered]) {
    page.section("What left the provider");
    let rows = demands.iter().flat_map(|one| {
        one.productions.iter().map(move |made| {
            vec![
                one.number.as_str().into(),
                made.region.to_string().into(),
                made.items.to_string().into(),
                made.withheld.to_string().into(),
                one.title.as_str().into(),
            ]
        })
    });
    let table = Table {
        heads: ["Demand", "From", "Items", "Withheld", "Asked by"]
            .map(str::to_owned)
            .to_vec(),
        rows: rows.collect(),
        spare: vec![4],
    };
    page.blocks.push(Block::Table { table });
    let made = || demands.iter().flat_map(|one| &one.productions);
    let items: u64 = made().map(|made| made.items).sum();
    let withheld: u64 = made().map(|made| made.withheld).sum();
    let parts = || demands.iter().flat_map(|one| &one.parts);
    let refused = parts()
        .filter(|part| !part.disposition.is_granted())
        .count();
    page.paragraph(
        Text::in_ink(Ink::Strong, format!("{} left the provider", counted(items, "item"))).then(
            Ink::Plain,
            format!(
                ", each within what a demand was entitled to and under two signatures. {withheld} were withheld for \
                 counsel. {refused} of {} parts were refused, narrowed, challenged or redirected.",
                parts().count()
            ),
        ),
    );
    page.paragraph(
        "Each package is sealed to the authority's key; the desk never could read one. A package without items is a \
         signed statement that nothing was found.",
    );
}

fn opened(page: &mut Document, opened: &Opened) {
    page.section("What the recipient sees");
    let mut found = format!(
        "{}, {}",
        counted(opened.messages, "message"),
        counted(opened.records, "record")
    );
    if opened.for_review > 0 {
        found.push_str(&format!(
            "; {} withheld because the dates cannot be established",
            opened.for_review
        ));
    }
    page.fields(vec![
        Field::new("Package", opened.package.as_str()),
        Field::new("Inside", found),
        Field::new(
            "Checked offline",
            Text::in_ink(Ink::Good, "whole").then(
                Ink::Plain,
                ": every item is in the manifest and within the mandate; the mandate is in the \
                 provider's public log",
            ),
        ),
        Field::new("Signed by", opened.signers.join(" and ")),
        Field::new("Files", opened.directory.display().to_string()),
    ]);
}

fn refused(page: &mut Document, refused: &[RefusedForgery]) {
    page.section("What an agent refuses");
    page.paragraph(
        "Suppose that an attacker takes over the desk, with its database and its keys. They can leave \
         any file for an agent. Here are four; the agent in Stockholm refused each one. It trusts \
         only its own lists of signers and of recipients, the public log and its own copy of the law, so a stolen desk \
         gets no data.",
    );
    let items = refused.iter().map(|one| {
        vec![
            Block::paragraph(Text::in_ink(Ink::Strong, one.forgery)),
            Block::paragraph(
                Text::in_ink(Ink::Bad, "refused").then(Ink::Plain, format!(": {}", one.refused)),
            ),
        ]
    });
    page.bullets(items.collect());
}

fn reported(page: &mut Document, report: &Reported) {
    page.section("The public figures");
    page.paragraph(Text::in_ink(Ink::Good, "Checked").then(
        Ink::Plain,
        format!(
            ", with nothing but the report and the log: every figure follows from the {} sealed cards of the day in the \
             log, and each demand that has one is counted once. Which card is whose, nobody sees. (Made on a copy of the \
             desk whose log has cards, as if a day later.)",
            report.cards,
        ),
    ));
    let rows = report.figures.iter();
    let rows = rows.map(|(name, number)| vec![name.as_str().into(), number.to_string().into()]);
    let table = Table {
        heads: ["Figure", &report.period].map(str::to_owned).to_vec(),
        rows: rows.collect(),
        spare: vec![0],
    };
    page.blocks.push(Block::Table { table });
    page.fields(vec![Field::new(
        "As pages",
        report.directory.join("index.html").display().to_string(),
    )]);
}

fn ink(disposition: Disposition) -> Ink {
    match disposition {
        Disposition::Produce | Disposition::Preserve => Ink::Good,
        Disposition::Reject => Ink::Bad,
        Disposition::NoData => Ink::Strong,
        _ => Ink::Caution,
    }
}

fn counted(number: u64, what: &str) -> String {
    counted_as(number, what, &format!("{what}s"))
}

fn counted_as(number: u64, one: &str, more: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {more}"),
    }
}
