//! What a case costs, as far as people recorded it.

use lagrum_model::{Burden, BurdenEntry, BurdenSum, Case, Language, Money, Sums};

use crate::date::Zone;
use crate::fluent::Value;
use crate::{Phrases, demand};
use lagrum_blocks::{Block, Document, Field, Ink, Table, Text};

/// What a case costs: the sums by kind of work and by currency, then every entry.
#[must_use]
pub fn burden_page(case: &Case, zone: &Zone, phrases: &Phrases) -> Document {
    let mut document = Document::new(phrases.language(), phrases.word("burden-title"));
    if case.burden.is_empty() {
        document.paragraph(phrases.word("burden-nothing"));
        return document;
    }
    document.fields(burden_sums(&case.burden_sum(), phrases));
    document.paragraph(Text::in_ink(
        Ink::Quiet,
        phrases.word("burden-only-recorded"),
    ));
    document.section(phrases.word("burden-entries"));
    let table = entries(&case.burden, zone, phrases);
    document.blocks.push(table);
    document
}

/// The sums: each kind of work, all work, and money.
pub(crate) fn burden_sums(sum: &BurdenSum, phrases: &Phrases) -> Vec<Field> {
    let mut fields: Vec<_> = sum
        .minutes
        .iter()
        .map(|(on, minutes)| {
            let name = phrases.word(&format!("work-{}", on.as_str()));
            Field::new(phrases.sentence(&name), time(*minutes, phrases))
        })
        .collect();
    let all = time(sum.all_minutes(), phrases);
    let all = Text::in_ink(Ink::Strong, all);
    fields.push(Field::new(phrases.word("burden-all-work"), all));
    for (name, sums) in [
        ("burden-costs", &sum.costs),
        ("burden-paid", &sum.paid),
        ("burden-refused", &sum.refused),
    ] {
        if !sums.is_empty() {
            fields.push(Field::lines(phrases.word(name), amounts(sums, phrases)));
        }
    }
    fields
}

fn amounts(sums: &Sums, phrases: &Phrases) -> Vec<Text> {
    let each = sums.iter().map(|one| money(&one, phrases).into());
    each.collect()
}

/// Minutes as hours and minutes.
fn time(minutes: u64, phrases: &Phrases) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    let blanks = [
        ("hours", Value::from(hours)),
        ("minutes", Value::from(rest)),
    ];
    match hours {
        0 => phrases.say("burden-minutes", &blanks),
        _ => phrases.say("burden-hours", &blanks),
    }
}

/// An amount with the decimals of its currency, as the language writes them.
pub(crate) fn money(money: &Money, phrases: &Phrases) -> String {
    let Some(number) = money.number() else {
        let amount = money.amount.to_string();
        let currency = money.currency.to_string();
        let blanks = [("amount", amount.as_str()), ("currency", &currency)];
        return phrases.fill("burden-smallest-units", &blanks);
    };
    let number = match phrases.language() {
        Language::English => number,
        Language::Swedish | Language::Danish => number.replace('.', ","),
    };
    format!("{number}\u{a0}{}", money.currency)
}

/// What an entry says, in one line.
pub(crate) fn entry(burden: &Burden, phrases: &Phrases) -> String {
    match burden {
        Burden::Work {
            on,
            minutes,
            firm,
            cost,
        } => {
            let mut said = vec![phrases.word(&format!("work-{}", on.as_str()))];
            if *minutes > 0 {
                said.push(time(u64::from(*minutes), phrases));
            }
            if let Some(firm) = firm {
                said.push(phrases.fill("burden-firm", &[("firm", firm)]));
            }
            if let Some(cost) = cost {
                said.push(money(cost, phrases));
            }
            said.join(", ")
        }
        Burden::Reimbursement { outcome, amount } => {
            let name = format!("burden-reimbursement-{}", outcome.as_str());
            phrases.fill(&name, &[("amount", &money(amount, phrases))])
        }
    }
}

fn entries(all: &[BurdenEntry], zone: &Zone, phrases: &Phrases) -> Block {
    let heads = [
        "event-number",
        "event-at",
        "event-what",
        "event-who",
        "burden-what",
    ];
    let rows = all.iter().map(|one| {
        let mut said = Text::from(entry(&one.burden, phrases));
        if let Some(back) = &one.taken_back {
            let by = demand::actor(&back.by, phrases);
            let blanks = [("by", by.as_str()), ("why", &back.why)];
            let back = phrases.fill("burden-taken-back", &blanks);
            said = said.then(Ink::Caution, format!(" ({back})"));
        }
        vec![
            one.number.to_string().into(),
            phrases
                .short_instant(one.at, zone)
                .replace(' ', "\u{a0}")
                .into(),
            said,
            demand::actor(&one.by, phrases).into(),
            one.what.as_str().into(),
        ]
    });
    let heads = heads.map(|head| match head {
        "event-at" => format!("{} ({})", phrases.word(head), phrases.zone(zone)),
        _ => phrases.word(head),
    });
    Block::Table {
        table: Table {
            heads: heads.to_vec(),
            rows: rows.collect(),
            spare: vec![],
        },
    }
}

#[cfg(test)]
mod tests {
    use lagrum_model::{Reimbursement, WorkKind};

    use super::*;

    fn work(minutes: u32, cost: &str) -> Burden {
        Burden::Work {
            on: WorkKind::LegalAssessment,
            minutes,
            firm: Some("Berg & Ek".into()),
            cost: Some(Money::parse(cost).unwrap()),
        }
    }

    #[test]
    fn an_entry_is_said_as_each_language_writes_times_and_amounts() {
        let said = |burden: &Burden| {
            Language::ALL.map(|language| {
                let said = entry(burden, &Phrases::of(language));
                said.replace('\u{a0}', " ")
            })
        };
        assert_eq!(
            said(&work(125, "4500.50 SEK")),
            [
                "legal assessment, 2 h 5 min, done by Berg & Ek, 4500.50 SEK",
                "rättslig bedömning, 2 tim 5 min, utfört av Berg & Ek, 4500,50 SEK",
                "juridisk vurdering, 2 t. 5 min., udført af Berg & Ek, 4500,50 SEK",
            ]
        );
        let refused = Burden::Reimbursement {
            outcome: Reimbursement::Refused,
            amount: Money::parse("1000 JPY").unwrap(),
        };
        assert_eq!(
            said(&refused),
            [
                "reimbursement refused: 1000 JPY",
                "ersättning nekad: 1000 JPY",
                "godtgørelse nægtet: 1000 JPY",
            ]
        );
    }

    #[test]
    fn the_sums_name_each_kind_of_work_and_each_currency() {
        let sum = BurdenSum::of(&[work(50, "10 EUR"), work(70, "20 SEK")]);
        let fields = burden_sums(&sum, &Phrases::of(Language::English));
        let lines = fields.iter().map(|field| {
            let value: Vec<_> = field.value.iter().map(Text::plain).collect();
            format!("{}: {}", field.label, value.join("; ")).replace('\u{a0}', " ")
        });
        assert_eq!(
            lines.collect::<Vec<_>>(),
            [
                "Legal assessment: 2 h 0 min",
                "All work: 2 h 0 min",
                "Costs: 10.00 EUR; 20.00 SEK",
            ]
        );
    }
}
