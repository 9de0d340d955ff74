//! `lagrum publish`

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use lagrum_cards::Statement;
use lagrum_figures::{ReportFiles, logged, logged_of};
use lagrum_log::Loss;
use lagrum_package::Trust;
use lagrum_site::{Commands, KEYS, Logged, POLICY, PublicLog, ReportLine, Site, files};

use crate::commands::report::is_report;
use crate::context::{Context, load_trust, second, today};
use crate::output::Failure;

/// Write the pages for everybody: what you promise and what enforces it, the rules, the log, the reports, how to check
///
/// Plain files in English, Swedish and Danish, for any web server: made of the law packs, the published keys, the public
/// log, and the reports that lie in DIR/reports (`lagrum report make PERIOD --out DIR/reports/PERIOD`). Made anew, they
/// take the place of the former ones: do it each day.
#[derive(clap::Args)]
pub struct Publish {
    /// Where they are written
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    /// Where everybody reads the log: https://…
    #[arg(long, value_name = "URL")]
    log_address: Option<String>,
}

/// The directory below the pages in which the reports lie.
const REPORTS: &str = "reports";
/// With what is checked, as the pages say it.
const PROVE: &str = "lagrum law prove";
const RECEIPT: &str = "lagrum verify receipt.txt --trust trust.toml --demand FILE --log DIR";
const COUNTED: &str = "lagrum verify REPORT --trust trust.toml --log DIR --receipt receipt.txt";
const PACKAGE: &str = "lagrum open PACKAGE.tar.age --identity YOUR.key --trust trust.toml";
const REPORT: &str = "lagrum verify REPORT --trust trust.toml --log DIR";

impl Publish {
    /// Writes them.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let desk = context.open_desk()?;
        let keys = context.place.trust();
        let trust = load_trust(&context.place, None)?.ok_or_else(|| {
            anyhow!(
                "{} is not there: the pages are about what it publishes",
                keys.display()
            )
        })?;
        let policy = trust.policy().map_err(|why| anyhow!(why))?;
        let log = desk.public_log(&policy);
        let newest = log.checkpoint().context(
            "the public log is not as enough of its witnesses have seen it, so there is nothing to say of it",
        )?;
        let schedule = log.schedule()?;
        let at = second();
        let rule = schedule.rules().iter().rev().find(|rule| rule.begins <= at);
        let texts = log.texts(&schedule)?;
        let losses = losses(&texts)?;
        let reports = reports(&self.directory, &texts)?;
        let address = self.log_address.as_deref();
        let mirror = format!(
            "lagrum log mirror {} DIR --policy {POLICY}",
            address.unwrap_or("URL")
        );
        let letters = desk.letters();
        let made = files(&Site {
            provider: desk.provider(),
            day: today(),
            packs: desk.law()?,
            log: PublicLog {
                policy: &policy,
                policy_text: trust.log_policy.as_deref(),
                address,
                newest: &newest,
                rule,
                losses: &losses,
            },
            reports: &reports,
            notices: letters.check.as_deref(),
            contact: &letters.contact,
            commands: Commands {
                prove: PROVE,
                mirror: &mirror,
                receipt: RECEIPT,
                counted: COUNTED,
                package: PACKAGE,
                report: REPORT,
            },
        })?;
        fs::create_dir_all(&self.directory)
            .with_context(|| self.directory.display().to_string())?;
        for (name, bytes) in &made {
            lagrum_durable::replace(&self.directory.join(name), bytes)?;
        }
        self.write_keys(&trust, &policy_text(&trust))?;
        self.told(context, &reports)
    }

    fn write_keys(&self, trust: &Trust, policy: &str) -> Result<(), Failure> {
        let texts = [(KEYS, trust.to_text()), (POLICY, policy.to_owned())];
        for (name, text) in texts {
            lagrum_durable::replace(&self.directory.join(name), text.as_bytes())?;
        }
        Ok(())
    }

    fn told(&self, context: &Context, reports: &[ReportLine]) -> Result<(), Failure> {
        let directory = self.directory.display().to_string();
        let waiting = reports
            .iter()
            .filter(|one| !matches!(one.logged, Logged::At(_)));
        let waiting: Vec<_> = waiting.map(|one| one.directory.clone()).collect();
        for one in &waiting {
            context.note(&format!(
                "{one}: the log does not hold this report, and the pages say so"
            ));
        }
        let json = serde_json::json!({
            "directory": directory, "reports": reports.len(), "not_in_the_log": waiting,
        });
        context.output.show(&json, || {
            format!(
                "The pages for everybody are in {directory}; reports: {}. Have a web server publish that directory.\n\
                 {KEYS} and {POLICY} in it are the keys that others check with: say them in another place, too.",
                reports.len()
            )
        })
    }
}

/// Whose checkpoints are believed, as a policy file of its own.
fn policy_text(trust: &Trust) -> String {
    let log = &trust.log;
    let given = trust.log_policy.clone();
    given.unwrap_or_else(|| format!("log {log}\nquorum none\n"))
}

/// What the log says that is lost, the newest first.
fn losses(texts: &[(u64, Vec<u8>)]) -> Result<Vec<Loss>, lagrum_log::Error> {
    let read = texts.iter().rev().map(|(_, text)| Loss::parse(text));
    read.filter_map(Result::transpose).collect()
}

/// The reports that lie below the pages, the newest period first.
fn reports(site: &Path, texts: &[(u64, Vec<u8>)]) -> Result<Vec<ReportLine>, Failure> {
    let below = site.join(REPORTS);
    if !below.is_dir() {
        return Ok(Vec::new());
    }
    let mut all = Vec::new();
    for entry in fs::read_dir(&below).with_context(|| below.display().to_string())? {
        let directory = entry.with_context(|| below.display().to_string())?.path();
        if !is_report(&directory) {
            continue;
        }
        let line = line(&directory, texts).with_context(|| directory.display().to_string())?;
        all.push(line);
    }
    all.sort_by(|one, other| other.period.cmp(&one.period));
    Ok(all)
}

fn line(directory: &Path, texts: &[(u64, Vec<u8>)]) -> anyhow::Result<ReportLine> {
    let files = ReportFiles::read(directory)?;
    let statement = Statement::parse(&files.report.statement).map_err(|e| anyhow!("{e}"))?;
    let (period, view) = (statement.period, statement.view);
    let name = directory.file_name().and_then(|name| name.to_str());
    let is_plain = |name: &&str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let name = name.filter(is_plain).ok_or_else(|| {
        anyhow!("name the directory of a report with letters, digits and hyphens, as its period is")
    })?;
    let begins = logged_of(&period, view);
    let found = texts
        .iter()
        .find(|(_, text)| text.starts_with(begins.as_bytes()));
    let ours = logged(&period, view, &files.report.digest());
    Ok(ReportLine {
        logged: match found {
            None => Logged::NotYet,
            Some((entry, text)) if *text == ours.as_bytes() => Logged::At(*entry),
            Some(_) => Logged::Another,
        },
        directory: format!("{REPORTS}/{name}"),
        period,
        view,
    })
}
