//! `lagrum report`, and how `lagrum verify` checks one.

mod others;
mod plan;
mod samples;
mod tables;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use lagrum_cards::{NotCounted, Opening};
use lagrum_desk::{HowToReport, ReportMade, Widths};
use lagrum_figures::{
    Checked, Class, CodeBook, Figure, Period, ReportFiles, Told, check, in_lines,
};
use lagrum_log::LogReader;
use lagrum_mandate::answer::{ReportSeen, SignedAnswer};
use lagrum_package::{Trust, read_receipt};
use lagrum_published::{About, NoPaper};
use rand_core::OsRng;
use serde_json::Value;

use crate::context::Context;
use crate::output::{Failure, Output, judged};

/// The public figures of a period, which everybody can check
#[derive(clap::Subcommand)]
pub enum Report {
    /// Fix what is to be published of a period before it begins, as counsel, and have the log say so
    Plan(plan::PlanPeriod),
    /// Make the report of a period that is over, as counsel; asked again, write the same one
    Make(Make),
    /// Write the tables that a law asks for, or that others print, as counsel
    Table(tables::MakeTable),
    /// Make a secret that draws a sample, on the auditor's own machine
    Secret(samples::MakeSecret),
    /// Have the log hold an auditor's commitment for a period, as auditor, before its report is made
    Auditor(samples::Commit),
    /// Open the cards of a report that its auditor's secret draws, as auditor
    Sample(samples::OpenSample),
    /// Look for what cannot be in figures that somebody else published
    Look(others::LookAt),
}

/// What is published
#[derive(clap::Args)]
struct Published {
    /// How many values each figure is hidden among: 10 publishes 0 to 9, 10 to 19 and so on (the default). 1 publishes
    /// the figures as they are, which tells of each demand where there are few
    #[arg(long, value_name = "VALUES")]
    band: Option<u32>,
    /// The same of the figures that hold demands of which nobody may say how many came, such as national security
    /// letters, if it is more: not answered yet, and others; how many were received is not published then. 250 if you
    /// do not say; give 1 only where none can come
    #[arg(long, value_name = "VALUES")]
    sealed: Option<u32>,
}

impl From<Published> for Widths {
    fn from(Published { band, sealed }: Published) -> Self {
        Self { band, sealed }
    }
}

/// Make the report of a period
#[derive(clap::Args)]
pub struct Make {
    /// The period, in UTC: 2027, 2027H1, 2027Q3, 2027-05 or 2027-05-17
    period: String,
    /// Where its files are written: a new directory, or one that holds them
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    published: Published,
    /// Make the next view of a period that has a report: what was answered since is counted
    #[arg(long)]
    anew: bool,
    /// Let the next view say otherwise what became of a demand that was counted as answered: it says how many, and from
    /// what to what
    #[arg(long, requires = "anew")]
    correct: bool,
    /// Count a case that cannot be read as what figures last knew of it, or else among others; without this no report is
    /// made before it is mended
    #[arg(long)]
    even_damaged: bool,
    /// Make the report though somebody could read more out of it than its bands say; without this none is made then.
    /// That none was made tells something, too: let nobody hear of it
    #[arg(long)]
    even_telling: bool,
}

/// How anybody checks a report, as its pages say.
const VERIFY: &str = "lagrum verify DIR --trust trust.toml --log LOG";
/// The longest word of an agent.
const LONGEST_WORD: u64 = 64 << 10;

impl Report {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Plan(plan) => plan.run(context),
            Self::Make(make) => make.run(context),
            Self::Table(table) => table.run(context),
            Self::Look(look) => look.run(context),
            Self::Secret(secret) => secret.run(context),
            Self::Auditor(commit) => commit.run(context),
            Self::Sample(sample) => sample.run(context),
        }
    }
}

impl Make {
    fn run(self, context: &Context) -> Result<(), Failure> {
        let period = Period::parse(&self.period)?;
        let how = HowToReport {
            widths: self.published.into(),
            anew: self.anew,
            correct: self.correct,
            even_damaged: self.even_damaged,
            even_telling: self.even_telling,
        };
        let (desk, made) = context.change(|session| Ok(session.make_report(&period, how)?))?;
        let made = made.outcome;
        std::fs::create_dir_all(&self.out).with_context(|| self.out.display().to_string())?;
        made.files.write(&self.out)?;
        publish(desk.provider(), &made, &self.out, context)?;
        for why in &made.damaged {
            context.note(&format!("counted as what figures last knew of it: {why}"));
        }
        if made.of_nobody > 0 {
            context.note(&format!(
                "of {} demand(s) it is not known who asked: what their authorities can read was not looked for",
                made.of_nobody
            ));
        }
        let digest = hex::encode(made.files.report.digest());
        let out = self.out.display().to_string();
        let json = serde_json::json!({
            "period": period.to_string(), "view": made.view, "new": made.new, "digest": digest,
            "directory": out, "pending": made.pending, "damaged": made.damaged,
            "told": made.told, "of_nobody": made.of_nobody,
        });
        context.output.show(&json, || {
            let how = match made.new {
                true => "made now; the log holds it with its next batch",
                false => "made before: it is made once (--anew makes the next view)",
            };
            let pending = match made.pending {
                0 => "Every demand of it is answered: no other view will be needed.".to_owned(),
                number => format!(
                    "Not answered yet: {number}. Make another view with your next report: lagrum report make {period} --anew --out {out}"
                ),
            };
            format!(
                "Report of {period}, view {}: {how}. Its files are in {out}.\n{pending}\n\
                 Have the agents look at it (`lagrum agent report {out}`), and publish the directory.\n\
                 index.html is for people to read, in three languages; figures.xlsx, .csv and .json are for spreadsheets\n\
                 and programs.\n\
                 Everybody checks it with `lagrum verify {out} --trust trust.toml --log LOG`.{}",
                made.view,
                telling(&made.told)
            )
        })
    }
}

/// What a report tells of what it hides, for the people of the desk.
fn telling(told: &[Told]) -> String {
    match told.is_empty() {
        true => String::new(),
        false => format!(
            "\n\nIt was made all the same (--even-telling), and tells of what it hides. Whoever knows what was published of the period can tell:\n{}\
             This is for you, and stands in none of the files.",
            in_lines(told)
        ),
    }
}

/// Writes what a report is for its readers: pages, tables and PDF.
fn publish(
    provider: &str,
    made: &ReportMade,
    out: &Path,
    context: &Context,
) -> Result<(), Failure> {
    let about = About {
        provider,
        planned: made.planned,
        verify: VERIFY,
    };
    let published =
        lagrum_published::Published::of(&made.files, about).map_err(anyhow::Error::new)?;
    match published.write(out).map_err(anyhow::Error::new)? {
        None | Some(NoPaper::NotBuilt) => {}
        Some(NoPaper::NotSet(why)) => context.note(&format!("there is no PDF of it: {why}")),
    }
    Ok(())
}

/// Whether a directory is a report.
#[must_use]
pub fn is_report(directory: &Path) -> bool {
    directory.join("statement").is_file() && directory.join("codebook").is_file()
}

/// Checks a report against the public log, and what an opening is counted as in it.
pub fn verify(
    directory: &Path,
    trust: &Trust,
    log: &Path,
    receipt: Option<&Path>,
    sample: Option<(&Path, &Path)>,
    output: &Output,
) -> Result<(), Failure> {
    let files = ReportFiles::read(directory).map_err(false_report)?;
    let policy = trust.policy().map_err(|why| anyhow!(why))?;
    let reader = LogReader::believing(log, &policy);
    let checked = check(&files, &reader, &mut OsRng).map_err(false_report)?;
    let opened = receipt.map(|file| {
        let note = lagrum_durable::read(file, LONGEST_WORD)?;
        read_receipt(&note, trust).map_err(judged)
    });
    let counted = match opened.transpose()? {
        None => None,
        Some(opening) => Some(counted_as(&opening, &checked, &files.book)?),
    };
    let sampled = sample
        .map(|(sample, secret)| samples::check(&checked, &files.book, sample, secret))
        .transpose()?;
    let agents = agents(directory, trust, &files, &checked)?;
    let missing = missing(trust, &agents);
    let ((first, last), cards) = checked.cards;
    let json = serde_json::json!({
        "period": checked.period,
        "view": checked.view,
        "newest_view": checked.newest,
        "planned": checked.planned,
        "corrections": checked.corrections,
        "not_told_apart": files.book.lacks(),
        "entry": checked.entry,
        "digest": hex::encode(checked.verified.digest()),
        "slots": [first, last], "cards": cards,
        "figures": checked.figures.iter().map(|(cell, figure)| (cell.name(), value(*figure)))
            .collect::<serde_json::Map<String, Value>>(),
        "counted_as": counted,
        "sampled": sampled.as_ref().map(|all| all.iter().map(|one| serde_json::json!({
            "case": one.case, "demand": hex::encode(one.demand), "counted_as": one.class.to_string(),
            "accounts": one.accounts,
        })).collect::<Vec<_>>()),
        "agents": agents,
        "agents_missing": missing,
    });
    output.show(&json, || {
        let mut text = words(&checked, &files.book, counted.as_deref(), &agents, &missing);
        text.push_str(&sampled.as_deref().map(samples::words).unwrap_or_default());
        text
    })
}

/// A file that is not there is another thing than a check that failed.
pub fn false_report(error: lagrum_figures::FiguresError) -> Failure {
    match error {
        lagrum_figures::FiguresError::File(error) => Failure::Failed(error.into()),
        other => Failure::NotGenuine(other.into()),
    }
}

fn counted_as(opening: &Opening, checked: &Checked, book: &CodeBook) -> Result<String, Failure> {
    let counted = checked.verified.counted(opening).map_err(|why| match why {
        NotCounted::Elsewhere => Failure::Failed(anyhow!(
            "the receipt's card lies in no file of this report's period"
        )),
        other => Failure::NotGenuine(other.into()),
    })?;
    let class = counted.class.and_then(|class| book.class(class));
    let accounts = counted.amounts.first().copied().unwrap_or_default();
    Ok(match class {
        None => {
            return Err(Failure::NotGenuine(anyhow!(
                "the report counts the receipt's card as a blank one"
            )));
        }
        Some(Class::Pending) => Class::Pending.to_string(),
        Some(class) => format!("{class}; {accounts} account(s)"),
    })
}

/// The regions whose agents signed that they found there what they carried out.
fn agents(
    directory: &Path,
    trust: &Trust,
    files: &ReportFiles,
    checked: &Checked,
) -> Result<Vec<String>, Failure> {
    let is_former = |digest: &[u8; 32]| files.former.iter().any(|one| one.digest() == *digest);
    let mut regions = Vec::new();
    for agent in &trust.agents {
        let file = directory.join(format!("agent-{}", agent.region));
        let Some(note) = lagrum_durable::read_if_any(&file, LONGEST_WORD)? else {
            continue;
        };
        let wrong = |why: String| Failure::NotGenuine(anyhow!("{}: {why}", file.display()));
        let (seen, _) =
            ReportSeen::verify(&note, &[&agent.key]).map_err(|e| wrong(e.to_string()))?;
        // What was said of a former view is not said of this one.
        if seen.region == agent.region && is_former(&seen.report.0) {
            continue;
        }
        if seen.region != agent.region || seen.report.0 != checked.verified.digest() {
            return Err(wrong("it is about another report".into()));
        }
        regions.push(seen.region.to_string());
    }
    Ok(regions)
}

fn missing(trust: &Trust, there: &[String]) -> Vec<String> {
    let all = trust.agents.iter().map(|agent| agent.region.to_string());
    all.filter(|region| !there.contains(region)).collect()
}

/// A figure, for machines.
pub fn value(figure: Figure) -> Value {
    match figure {
        Figure::Exactly(number) => number.into(),
        Figure::Between(low, high) => serde_json::json!([low, high]),
    }
}

fn words(
    checked: &Checked,
    book: &CodeBook,
    counted: Option<&str>,
    agents: &[String],
    missing: &[String],
) -> String {
    let ((first, last), cards) = checked.cards;
    let mut text = format!(
        "The report of {}, view {}, holds: it is entry {} of the public log, the only one of this view that this copy of it shows. Each of the\n\
         {cards} cards of files {first} to {last} is counted in it once or is blank, and every figure follows from them:\n\n",
        checked.period, checked.view, checked.entry
    );
    let of_nothing = |figure: Figure| matches!(figure, Figure::Exactly(0));
    for (cell, figure) in checked
        .figures
        .iter()
        .filter(|(_, figure)| !of_nothing(*figure))
    {
        let figure = match figure {
            Figure::Exactly(number) => number.to_string(),
            Figure::Between(low, high) => format!("{low} to {high}"),
        };
        text.push_str(&format!("  {:<52} {figure}\n", cell.in_words()));
    }
    for correction in &checked.corrections {
        text.push_str(&format!(
            "\nCounted otherwise than in the view before: {correction}."
        ));
    }
    if checked.newest > checked.view {
        text.push_str(&format!(
            "\nThe log names a later view of this period, view {}: ask for that one.\n",
            checked.newest
        ));
    }
    if let Some(counted) = counted {
        text.push_str(&format!(
            "\nThe demand of the receipt is counted as: {counted}.\n"
        ));
    }
    let signed = match agents {
        [] => "No agent has signed that it found there what it carried out.".to_owned(),
        some => format!(
            "Found there what they carried out: the agents {}.",
            some.join(", ")
        ),
    };
    text.push_str(&format!("\n{signed}"));
    if !agents.is_empty() && !missing.is_empty() {
        text.push_str(&format!(" Not yet: {}.", missing.join(", ")));
    }
    let plan = match checked.planned {
        Some(entry) => format!(
            "What is published, and in which classes, was fixed before the period began: entry {entry}."
        ),
        None => "What is published, and in which classes, was not fixed before the period began."
            .to_owned(),
    };
    let lacks = book.lacks();
    if !lacks.is_empty() {
        text.push_str(&format!(
            "\nIts code book does not tell apart, and counts among others or not at all: {}.",
            lacks.join(", ").replace('-', " ")
        ));
    }
    text.push_str(&format!(
        "\n{plan}\nNot shown by it: that a class is true (officers, agents and samples see that), demands without a card, and cases\n\
         that were made up. No cryptographer outside the project has read the protocol yet."
    ));
    text
}
