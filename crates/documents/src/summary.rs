//! The page in a package that tells the officer what it is.

use jiff::Timestamp;
use lagrum_mandate::{Mandate, OtherPart};
use lagrum_model::{DateRule, Disposition, Gap, Period, Region, Role};
use lagrum_package::{FROZEN, Search, SearchOutcome, Statement};

use crate::Phrases;
use crate::date::Zone;
use crate::demand;
use crate::review::decisions;
use crate::signing::looked_up;
use lagrum_blocks::{Block, Document, Field, Ink, Text};

/// The provider, as an officer reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "a table, as in { name = \"Kvist Mail AB\" }"
)]
pub struct Provider {
    /// Its name.
    pub name: String,
    /// Whom to call or write to: lines of an address, a telephone number, a mail address.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contact: Vec<String>,
}

/// What a package's summary is made from.
#[derive(Clone, Copy)]
pub struct Summary<'a> {
    /// The provider, if the agent knows its name.
    pub provider: Option<&'a Provider>,
    /// The mandate that was carried out.
    pub mandate: &'a Mandate,
    /// The parts of the demand that it does not carry out, or for less than was asked.
    pub others: &'a [OtherPart],
    /// Who signed it.
    pub signed_by: &'a [(String, Role)],
    /// What was searched and what came of it.
    pub statement: &'a Statement,
    /// The zone in which the officer reads the period, beside UTC.
    pub zone: &'a Zone,
}

/// The summary of a package: whose answer it is and to what, what it holds, what was searched and
/// what came of each search, and how it can be checked.
#[must_use]
pub fn package_summary(summary: &Summary<'_>, phrases: &Phrases) -> Document {
    let Summary {
        mandate,
        statement,
        zone,
        ..
    } = summary;
    let mut page = Document::new(phrases.language(), phrases.word("summary-title"));
    let field = |label: &str, value: &str| Field::new(phrases.word(label), value);
    let mut fields = Vec::new();
    if let Some(provider) = summary.provider {
        let lines = std::iter::once(Text::in_ink(Ink::Strong, provider.name.clone()));
        let contact = provider.contact.iter().map(|line| line.as_str().into());
        fields.push(Field::lines(
            phrases.word("provider"),
            lines.chain(contact).collect(),
        ));
    }
    fields.extend([
        field("summary-reference", &mandate.reference),
        field("summary-case", &mandate.case.to_string()),
        field("summary-basis", &mandate.provision),
        field("summary-sealed", mandate.recipient.name()),
    ]);
    let mut period = vec![Text::from(
        phrases.sentence(&phrases.period_in_zone(&mandate.period, zone)),
    )];
    if zone.name() != "UTC" {
        let utc = phrases.period_in_zone(&mandate.period, &Zone::utc());
        period.push(phrases.sentence(&utc).into());
    }
    fields.push(Field::lines(phrases.word("summary-period"), period));
    fields.push(match mandate.review {
        Some(_) => Field::new(phrases.word("signing-from"), mandate.region.to_string()),
        None => Field::new(
            phrases.word("summary-searched-in"),
            searched(
                &statement.region,
                statement.began_at,
                statement.ended_at,
                zone,
                phrases,
            ),
        ),
    });
    fields.extend(looked_up(mandate, phrases));
    fields.push(field(
        "summary-made",
        &phrases.instant(statement.ended_at, zone),
    ));
    let signers = summary.signed_by.iter().map(|(name, role)| {
        let role = phrases.word(&format!("role-{}", role.as_str()));
        format!("{name} ({role})")
    });
    let signers: Vec<_> = signers.collect();
    if !signers.is_empty() {
        fields.push(field("summary-signed-by", &phrases.list(&signers)));
    }
    page.fields(fields);
    page.paragraph(Text::in_ink(
        Ink::Strong,
        match statement.produced() {
            items if mandate.review.is_some() => phrases.count("summary-review-items", items),
            0 if statement.found_nothing() => phrases.word("summary-nothing"),
            0 => phrases.word("summary-nothing-yet"),
            items => phrases.count("summary-items", items),
        },
    ));
    let withheld = statement.for_review();
    if withheld > 0 {
        let text = phrases.count("summary-withheld", withheld);
        page.notice(Ink::Caution, text);
    }
    match &mandate.review {
        Some(review) => {
            page.paragraph(phrases.word("summary-review-only"));
            page.section(phrases.word("summary-review"));
            page.blocks
                .extend(demand::bullets(decisions(review, phrases)));
        }
        None => {
            if summary.others.is_empty() {
                page.paragraph(phrases.word("summary-whole-demand"));
            } else {
                page.notice(Ink::Caution, phrases.word("summary-not-whole"));
                let day = phrases.instant(mandate.issued_at, zone);
                page.section(phrases.word("summary-others"));
                page.paragraph(phrases.fill("summary-others-as-of", &[("at", &day)]));
                let one = |one| other(one, zone, phrases);
                page.bullets(summary.others.iter().map(one).collect());
            }
            page.section(phrases.word("summary-searches"));
            let one = |one| search(one, mandate.period, zone, phrases);
            let items = statement.searches.iter().map(one);
            page.bullets(items.collect());
        }
    }
    page.section(phrases.word("summary-inside"));
    page.fields(
        [
            "items",
            "records",
            "statement",
            "manifest",
            "mandate",
            "proof",
            "seal",
        ]
        .map(|name| {
            let label = match name {
                "items" => "items/",
                "records" => "records/",
                "statement" => "statement.json",
                "manifest" => "manifest.jsonl",
                "mandate" => "mandate.note",
                "proof" => "mandate.tlog-proof",
                _ => "seal.note",
            };
            Field::new(label, phrases.word(&format!("summary-file-{name}")))
        })
        .to_vec(),
    );
    page.section(phrases.word("summary-check"));
    page.paragraph(phrases.word("summary-check-how"));
    page
}

/// A part of the demand that is not in the package, how it was answered, and why.
fn other(part: &OtherPart, zone: &Zone, phrases: &Phrases) -> Vec<Block> {
    let category = demand::kind(part.category, &part.sub_categories, phrases);
    let name = demand::identifier(&part.identifier, phrases);
    let blanks = [("category", category.as_str()), ("identifier", &name)];
    let what = phrases.sentence(&phrases.fill("summary-other", &blanks));
    let answer = part.answer.as_str();
    let answer = match part.until {
        _ if part.here => phrases.word("summary-other-here"),
        Some(until) if part.answer == Disposition::Wait => {
            let until = phrases.instant(until, zone);
            phrases.fill("summary-other-wait-until", &[("until", &until)])
        }
        _ => phrases
            .known(&format!("summary-other-{answer}"), &[])
            .unwrap_or_else(|| phrases.word(&format!("disposition-{answer}"))),
    };
    let text = Text::in_ink(Ink::Strong, what).then(Ink::Plain, format!(": {answer}"));
    // What was not searched yet has no rule as its reason.
    let by = part
        .by
        .iter()
        .filter(|_| part.answer != Disposition::NoData);
    let reasons = by.map(|rule| {
        let says = phrases.says(&rule.rule, &rule.says);
        let cite = phrases.cite(&rule.rule, &rule.cite);
        Text::from(says).then(Ink::Quiet, format!(" ({cite})"))
    });
    std::iter::once(text)
        .chain(reasons)
        .map(Block::paragraph)
        .collect()
}

fn searched(
    region: &Region,
    began: Timestamp,
    ended: Timestamp,
    zone: &Zone,
    phrases: &Phrases,
) -> String {
    phrases.fill(
        "summary-searched",
        &[
            ("region", region.as_str()),
            ("began", &phrases.instant(began, zone)),
            ("ended", &phrases.instant(ended, zone)),
        ],
    )
}

fn search(search: &Search, period: Period, zone: &Zone, phrases: &Phrases) -> Vec<Block> {
    let ticked = search.limited.as_ref().map(|limited| &limited.to[..]);
    let category = demand::kind(search.category, ticked.unwrap_or_default(), phrases);
    let identifier = demand::identifier(search.identifier.get(), phrases);
    let what = phrases.fill(
        "summary-search",
        &[
            ("category", &category),
            ("identifier", &identifier),
            ("source", &search.source),
        ],
    );
    let what = Text::in_ink(Ink::Strong, phrases.sentence(&what));
    let mut lines = vec![what];
    match &search.outcome {
        SearchOutcome::UnknownAccount => lines.push(phrases.word("summary-unknown").into()),
        SearchOutcome::AliasNotFollowed => lines.push(phrases.word("summary-alias").into()),
        SearchOutcome::NotSearched => lines.push(phrases.word("summary-not-searched").into()),
        SearchOutcome::Searched {
            produced,
            repeated,
            for_review,
            unreadable,
            removed,
            covers,
            gaps,
            absent,
        } => {
            // Nobody says "completely" of a source that could not be read to its end.
            let found = match (for_review + unreadable, unreadable, produced) {
                (1.., _, 0) => phrases.word("summary-found-none-certain"),
                (_, 1.., _) => phrases.count("summary-found-as-far", *produced),
                _ => phrases.count("summary-found", *produced),
            };
            lines.push(found.into());
            if *repeated > 0 {
                let text = phrases.count("summary-repeated", *repeated);
                lines.push(Text::in_ink(Ink::Caution, text));
            }
            if *for_review > 0 {
                let text = phrases.count("summary-withheld", *for_review);
                lines.push(Text::in_ink(Ink::Caution, text));
            }
            if *unreadable > 0 {
                let text = phrases.count("summary-unreadable", *unreadable);
                lines.push(Text::in_ink(Ink::Caution, text));
            }
            if *removed > 0 {
                lines.push(phrases.count("summary-removed", *removed).into());
            }
            if let Some(covers) = covers {
                let (first, last) = (
                    phrases.instant(covers.first, zone),
                    phrases.instant(covers.last, zone),
                );
                let reaches = [("first", first.as_str()), ("last", last.as_str())];
                lines.push(phrases.fill("summary-covers", &reaches).into());
                if covers.first > period.from() && !period.is_without_beginning() {
                    let text = phrases.word("summary-begins-late");
                    lines.push(Text::in_ink(Ink::Caution, text));
                }
                // What was written after the last entry, if anything, is not in this source.
                if covers.last < period.until() {
                    let text = phrases.word("summary-ends-early");
                    lines.push(Text::in_ink(Ink::Caution, text));
                }
            }
            for gap in gaps {
                let (from, until) = (
                    phrases.instant(gap.from, zone),
                    phrases.instant(gap.until, zone),
                );
                let blanks = [("from", from.as_str()), ("until", until.as_str())];
                let text = phrases.fill("summary-gap", &blanks);
                lines.push(Text::in_ink(Ink::Caution, text));
            }
            // Of what was preserved only those are known that were told of the period that was preserved.
            let of_a_copy = covers.is_some() && search.source.starts_with(FROZEN);
            if gaps.len() == Gap::MOST || of_a_copy {
                lines.push(phrases.word("summary-gaps-more").into());
            }
            if !absent.is_empty() {
                let text = phrases.fill("summary-absent", &[("fields", &absent.join(", "))]);
                lines.push(Text::in_ink(Ink::Caution, text));
            }
            let rule = date_rule(search.date_rule, phrases);
            lines.push(phrases.fill("summary-date-rule", &[("rule", &rule)]).into());
        }
    }
    if let Some(limited) = &search.limited
        && !limited.unsaid.is_empty()
    {
        let text = phrases.fill("summary-unsaid", &[("fields", &limited.unsaid.join(", "))]);
        lines.push(Text::in_ink(Ink::Caution, text));
    }
    lines.into_iter().map(Block::paragraph).collect()
}

/// Which date decides in a source.
fn date_rule(rule: DateRule, phrases: &Phrases) -> String {
    phrases.word(match rule {
        DateRule::MessageDate => "date-rule-message",
        DateRule::ReceivedField => "date-rule-received",
        DateRule::DeliveryTime => "date-rule-delivered",
        DateRule::InternalDate => "date-rule-internal",
        DateRule::EventTime => "date-rule-line",
        DateRule::LastModified => "date-rule-modified",
        DateRule::ObjectMetadata => "date-rule-metadata",
        DateRule::PresentState => "date-rule-record",
    })
}
