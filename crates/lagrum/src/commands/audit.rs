//! `lagrum audit`

use jiff::Timestamp;
use lagrum_desk::{AUDITED, Order, Outcome};
use lagrum_documents::{Block, Document, Phrases, Table, Text, audited_about};
use lagrum_model::{CaseId, Language, WatchKind};
use lagrum_store::Page;

use crate::context::{Context, phrases, zone};
use crate::output::Failure;

/// What the auditor watches: late answers, emergencies never confirmed, signatures given at once, refusals
///
/// Everything follows from what is recorded; the auditor changes no case. Samples for a second examination are
/// ordered, drawn and stated of here, too.
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Audit {
    #[command(subcommand)]
    what: Option<What>,
    /// One kind, case by case, for example late
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Option<WatchKind>,
    /// Also what is over
    #[arg(long, requires = "kind")]
    all: bool,
    /// Which page
    #[arg(long, value_name = "N", default_value_t = 1)]
    page: u64,
    /// The language: en, sv or da
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: Language,
}

#[derive(clap::Subcommand)]
enum What {
    /// List the samples
    Samples,
    /// Order a sample: out of which cases, how many, and from which instant on it can be drawn
    Sample {
        /// The first case
        #[arg(long, value_name = "CASE", value_parser = CaseId::parse)]
        first: CaseId,
        /// The last case
        #[arg(long, value_name = "CASE", value_parser = CaseId::parse)]
        last: CaseId,
        /// How many
        #[arg(long, value_name = "N")]
        size: u32,
        /// From when on it is drawn
        #[arg(long, value_name = "INSTANT")]
        at: Timestamp,
    },
    /// Draw a sample, with the secret that was made when it was ordered
    Draw {
        /// Its name
        id: String,
        /// The secret
        #[arg(long, value_name = "HEX")]
        secret: String,
    },
    /// State what came of the second examination of a case
    State {
        /// The sample
        id: String,
        /// The case
        #[arg(value_parser = CaseId::parse)]
        case: CaseId,
        /// as-it-should, not-as-it-should or cannot-tell
        #[arg(long, value_parser = outcome)]
        outcome: Outcome,
        /// What was found
        #[arg(long)]
        note: String,
    },
    /// Show a sample with its cases and what was stated of them
    Show {
        /// Its name
        id: String,
    },
}

fn kind(text: &str) -> Result<WatchKind, String> {
    let known = AUDITED.iter().map(|(kind, _)| *kind);
    let found = known.clone().find(|kind| kind.as_str() == text);
    found.ok_or_else(|| {
        let words: Vec<_> = known.map(WatchKind::as_str).collect();
        format!("write one of {}", words.join(", "))
    })
}

fn outcome(text: &str) -> Result<Outcome, String> {
    Outcome::parse(text)
        .ok_or_else(|| "write as-it-should, not-as-it-should or cannot-tell".to_owned())
}

impl Audit {
    /// Shows it, or does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        match (self.what, self.kind) {
            (Some(what), _) => what.run(context),
            (None, Some(kind)) => one_kind(context, kind, !self.all, self.page, self.lang),
            (None, None) => overview(context, self.lang),
        }
    }
}

fn table(heads: Vec<String>, rows: Vec<Vec<Text>>) -> Block {
    Block::Table {
        table: Table {
            heads,
            rows,
            spare: vec![],
        },
    }
}

fn overview(context: &Context, lang: Language) -> Result<(), Failure> {
    let (found, words) =
        context.at_desk(|session| Ok((session.audit()?, phrases(session.desk().law()?, lang)?)))?;
    context.output.page(&found, || {
        let mut page = Document::new(lang, words.word("audit-title"));
        page.paragraph(words.word("audit-lead"));
        let heads = ["audit-what", "audit-open", "audit-recent"].map(|one| words.word(one));
        let rows = found.kinds.iter().map(|one| {
            let open = one
                .open
                .map_or_else(|| "–".to_owned(), |open| open.to_string());
            let what = words.word(&format!("audit-{}", one.kind.as_str()));
            vec![what.into(), open.into(), one.recent.to_string().into()]
        });
        page.blocks.push(table(heads.to_vec(), rows.collect()));
        page.section(words.word("audit-pairs"));
        page.paragraph(words.count("audit-pairs-lead", found.mandates));
        let pair = |pair: &lagrum_desk::Pair| {
            let count = words.count("audit-pair-count", pair.mandates);
            vec![Block::paragraph(format!(
                "{}: {count}",
                words.list(&pair.keys)
            ))]
        };
        page.bullets(found.pairs.iter().take(5).map(pair).collect());
        page.section(words.word("audit-numbers"));
        if found.other_numbers.is_empty() {
            page.paragraph(words.word("audit-none-numbers"));
        }
        let number = |one: &lagrum_desk::OtherNumber| {
            let listed = one
                .listed
                .clone()
                .unwrap_or_else(|| words.word("audit-number-none"));
            let blanks = [("number", one.number.as_str()), ("listed", &listed)];
            vec![Block::paragraph(format!(
                "{}: {}",
                one.case,
                words.fill("audit-number", &blanks)
            ))]
        };
        page.bullets(found.other_numbers.iter().map(number).collect());
        page
    })
}

fn one_kind(
    context: &Context,
    kind: WatchKind,
    open: bool,
    page: u64,
    lang: Language,
) -> Result<(), Failure> {
    let stays = AUDITED
        .iter()
        .any(|(known, stays)| *known == kind && *stays);
    let (found, words, zone) = context.at_desk(|session| {
        let found = session.audit_of(kind, open && stays, Page::number(page, 100))?;
        let desk = session.desk();
        Ok((found, phrases(desk.law()?, lang)?, zone(desk)))
    })?;
    context.output.page(&found, || {
        let words: &Phrases = &words;
        let mut page = Document::new(lang, words.word(&format!("audit-{}", kind.as_str())));
        page.paragraph(words.word(&format!("audit-{}-means", kind.as_str())));
        let heads = [
            "order-goes-case",
            "audit-since",
            "audit-about",
            "audit-settled",
        ];
        let rows = found.items.iter().map(|one| {
            let over = one.settled.map(|at| words.short_instant(at, &zone));
            vec![
                one.case.to_string().into(),
                words.short_instant(one.since, &zone).into(),
                audited_about(one, &str::to_owned, words).into(),
                over.unwrap_or_else(|| words.word("audit-not-over")).into(),
            ]
        });
        let rows: Vec<_> = rows.collect();
        match rows.is_empty() {
            true => {
                let what = words.word(&format!("audit-{}", kind.as_str()));
                page.paragraph(words.fill("audit-none-kind", &[("what", &what)]));
            }
            false => page
                .blocks
                .push(table(heads.map(|one| words.word(one)).to_vec(), rows)),
        }
        page
    })
}

impl What {
    fn run(self, context: &Context) -> Result<(), Failure> {
        context.at_desk(|session| match self {
            Self::Samples => {
                let all = session.samples()?;
                context.output.show(&all, || {
                    let line = |one: &lagrum_desk::Sample| match &one.drawn {
                        Some(drawn) => format!("{}: drawn by entry {}", one.id, drawn.position),
                        None => format!("{}: to be drawn from {} on", one.id, one.draw_at),
                    };
                    match all.is_empty() {
                        true => "No sample was ordered.".to_owned(),
                        false => all.iter().map(line).collect::<Vec<_>>().join("\n"),
                    }
                })
            }
            Self::Sample {
                first,
                last,
                size,
                at,
            } => {
                let order = Order {
                    first,
                    last,
                    size,
                    draw_at: at,
                };
                let (sample, secret) = session.order_sample(&order)?;
                let json = serde_json::json!({"sample": sample, "secret": secret});
                context.output.show(&json, || {
                    format!(
                        "Sample {}: to be drawn from {} on.\nSecret: {secret}\nWrite it down and show it to nobody before the draw: it is not kept here.\nThen: lagrum audit draw {} --secret …",
                        sample.id, sample.draw_at, sample.id
                    )
                })
            }
            Self::Draw { id, secret } => {
                let sample = session.draw_sample(&id, &secret)?;
                context.output.show(&sample, || {
                    let cases = sample.drawn.iter().flat_map(|drawn| &drawn.cases);
                    let cases: Vec<_> = cases.map(ToString::to_string).collect();
                    format!("Drawn: {}.", cases.join(", "))
                })
            }
            Self::State {
                id,
                case,
                outcome,
                note,
            } => {
                let stated = session.state_outcome(&id, &case, outcome, &note)?;
                context.output.show(&stated, || {
                    format!("Case {case}: {}. It stays.", outcome.as_str().replace('-', " "))
                })
            }
            Self::Show { id } => {
                let found = session.examined(&id)?;
                context.output.show(&found, || {
                    let Some(drawn) = &found.sample.drawn else {
                        return format!("Sample {id} is not drawn yet.");
                    };
                    let line = |case: &CaseId| {
                        let stated = found.stated.iter().find(|one| one.case == *case);
                        match stated {
                            Some(one) => format!(
                                "{case}: {}: {}",
                                one.outcome.as_str().replace('-', " "),
                                one.note
                            ),
                            None => format!("{case}: not examined yet"),
                        }
                    };
                    drawn.cases.iter().map(line).collect::<Vec<_>>().join("\n")
                })
            }
        })
    }
}
