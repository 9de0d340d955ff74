//! `lagrum report secret`, `auditor` and `sample`: cards that are opened for an auditor, and how they are checked.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use lagrum_cards::auditor_commitment;
use lagrum_figures::{Checked, CodeBook, OpenedCard, Period, Sampled, check_sample};
use rand_core::{OsRng, RngCore as _};

use crate::context::Context;
use crate::output::{Failure, new_file};

/// No sample is longer: 65,536 opened cards.
const LONGEST: u64 = 64 << 20;
/// 32 bytes as hexadecimal digits, and a newline.
const SECRET: u64 = 128;

/// Make a secret that draws a sample, on the auditor's own machine
///
/// Its commitment goes to the desk before the report is made, and the secret after it: so neither side can choose which
/// cards are opened.
#[derive(clap::Args)]
pub struct MakeSecret {
    /// The file for the secret; keep it to yourself until the report is published
    file: PathBuf,
}

/// Have the log hold an auditor's commitment for a period, as auditor, before its report is made
#[derive(clap::Args)]
pub struct Commit {
    /// The period
    period: String,
    /// The commitment, as `lagrum report secret` prints it
    commitment: String,
}

/// Open the cards of a report that its auditor's secret draws, as auditor
#[derive(clap::Args)]
pub struct OpenSample {
    /// The period
    period: String,
    /// The file with the secret
    #[arg(long, value_name = "FILE")]
    secret: PathBuf,
    /// Where the opened cards are written. They name cases: keep the file where only auditors read
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl MakeSecret {
    /// Makes it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let mut secret = [0; 32];
        OsRng.fill_bytes(&mut secret);
        let text = format!("{}\n", hex::encode(secret));
        new_file(&self.file, text.as_bytes(), "FILE")?;
        let commitment = hex::encode(auditor_commitment(&secret));
        let json = serde_json::json!({"commitment": commitment});
        context.output.show(&json, || {
            format!(
                "The secret is in {}. Its commitment: {commitment}\n\
                 Before the report is made: lagrum report auditor PERIOD {commitment}",
                self.file.display()
            )
        })
    }
}

impl Commit {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let period = Period::parse(&self.period)?;
        let mut commitment = [0; 32];
        hex::decode_to_slice(self.commitment.trim(), &mut commitment)
            .map_err(|_| anyhow!("the commitment has 64 hexadecimal digits"))?;
        let (_, committed) =
            context.change(|session| Ok(session.commit_to_sample(&period, commitment)?))?;
        let json = serde_json::json!({"period": period.to_string(), "new": committed.outcome});
        context.output.show(&json, || match committed.outcome {
            true => "Taken: the log holds it with its next batch. It counts for reports that the log holds later.".to_owned(),
            false => "It was taken before.".to_owned(),
        })
    }
}

impl OpenSample {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let period = Period::parse(&self.period)?;
        let secret = read_secret(&self.secret)?;
        let opened = context.at_desk(|session| Ok(session.open_sample(&period, &secret)?))?;
        let text = serde_json::to_vec_pretty(&opened)?;
        new_file(&self.out, &text, "--out")?;
        let cases = opened.iter().filter(|one| one.case.is_some()).count();
        let out = self.out.display().to_string();
        let json = serde_json::json!({"cards": opened.len(), "demands": cases, "file": out});
        context.output.show(&json, || {
            format!(
                "Opened: {} cards, of which {cases} are of demands, in {out}.\n\
                 Check them: lagrum verify REPORT --trust trust.toml --log LOG --sample {out} --secret {}",
                opened.len(),
                self.secret.display()
            )
        })
    }
}

fn read_secret(file: &Path) -> Result<[u8; 32], Failure> {
    let text = lagrum_durable::read(file, SECRET)?;
    let mut secret = [0; 32];
    let digits = String::from_utf8_lossy(&text);
    hex::decode_to_slice(digits.trim(), &mut secret)
        .map_err(|_| anyhow!("{}: the secret has 64 hexadecimal digits", file.display()))?;
    Ok(secret)
}

/// Checks opened cards against a report that was checked.
pub fn check(
    checked: &Checked,
    book: &CodeBook,
    sample: &Path,
    secret: &Path,
) -> Result<Vec<Sampled>, Failure> {
    let secret = read_secret(secret)?;
    let text = lagrum_durable::read(sample, LONGEST)?;
    let opened: Vec<OpenedCard> =
        serde_json::from_slice(&text).with_context(|| sample.display().to_string())?;
    check_sample(checked, book, &secret, &opened).map_err(super::false_report)
}

/// What was found, for people.
pub fn words(sampled: &[Sampled]) -> String {
    let mut text = format!(
        "\nThe opened cards are those that the report and the secret draw. Of demands: {}. That each was counted as what\n\
         it was, compare with the cases:\n",
        sampled.len()
    );
    for one in sampled {
        let accounts = match one.accounts {
            0 => String::new(),
            number => format!("; accounts: {number}"),
        };
        text.push_str(&format!("  {}  {}{accounts}\n", one.case, one.class));
    }
    text.push_str(
        "So many without a fault say with 95 percent confidence that fewer than 2 percent are classed wrongly: 149 always,\n\
         140 of 1,200, 105 of 200, 78 of 100.\n",
    );
    text
}
