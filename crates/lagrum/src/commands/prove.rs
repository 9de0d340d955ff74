//! The commands of the law packs.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Mutex;

use anyhow::{Context, anyhow};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use lagrum_model::Moment;
use lagrum_prove::{
    Assuming, Check, Counterexample, Options, Outcome, Progress, Report, Useless, Why,
    prove_watched,
};

use crate::context::{law_packs, today};
use crate::output::{Failure, Output};

/// What `lagrum law prove` was asked.
pub struct Prove<'a> {
    /// The law packs; those compiled in if left out.
    pub law: Option<&'a Path>,
    /// Other law packs, which must permit whatever these do.
    pub against: Option<&'a Path>,
    /// The day; today if left out.
    pub as_of: Option<Date>,
    /// Whether to look for rules that change nothing.
    pub useless: bool,
    /// Whether to look for those that only give the reason as well.
    pub reasons: bool,
    /// Where counterexamples are written.
    pub write: Option<&'a Path>,
}

/// `lagrum law prove`
pub fn law_prove(asked: &Prove<'_>, output: &Output) -> Result<(), Failure> {
    let law = law_packs(asked.law)?;
    let against = asked
        .against
        .map(|folder| law_packs(Some(folder)))
        .transpose()?;
    let mut options = Options::new(asked.as_of.unwrap_or_else(today));
    options.useless = asked.useless;
    options.reasons = asked.reasons;
    let watched = Watched::new(output.json)?;
    let report = prove_watched(&law, against.as_deref(), &options, |progress| {
        watched.show(progress);
    });
    watched.bar.finish_and_clear();
    let report = report.map_err(anyhow::Error::from)?;
    for (name, found) in counterexamples(&report) {
        if let Some(folder) = asked.write {
            fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
            for (kind, text) in [
                ("demand", found.demand_file()),
                ("holding", found.holding_file()),
            ] {
                let file = folder.join(format!("{name}.{kind}.toml"));
                fs::write(&file, text).with_context(|| file.display().to_string())?;
            }
        }
    }
    output.show(&report, || text(&report, asked))?;
    if report.holds() {
        Ok(())
    } else {
        Err(Failure::NotGenuine(anyhow!(
            "not everything is proved of the law as of {}; change the rules, or treat them as not in force",
            report.as_of
        )))
    }
}

/// Shows on the error stream how far the proofs have come: a bar on a terminal, otherwise a line
/// for each tenth, and nothing where a machine reads.
struct Watched {
    bar: ProgressBar,
    json: bool,
    /// How many tenths were told.
    tenths: Mutex<usize>,
}

impl Watched {
    fn new(json: bool) -> anyhow::Result<Self> {
        let style = ProgressStyle::with_template(
            "proving: {pos} of {len} questions answered {bar:20} ({elapsed}, about {eta} left)",
        )?;
        Ok(Self {
            bar: ProgressBar::no_length().with_style(style),
            json,
            tenths: Mutex::new(0),
        })
    }

    fn show(&self, Progress { done, of }: Progress) {
        if !self.bar.is_hidden() {
            self.bar.set_length(of as u64);
            // Of several threads one may be late.
            self.bar.set_position(self.bar.position().max(done as u64));
            return;
        }
        let Ok(mut told) = self.tenths.lock() else {
            return;
        };
        let tenths = done * 10 / of.max(1);
        if !self.json && tenths > *told {
            *told = tenths;
            eprintln!("lagrum: proving: {done} of {of} questions answered");
        }
    }
}

/// Each counterexample with a name for its files.
fn counterexamples(report: &Report) -> Vec<(String, &Counterexample)> {
    let refuted = report
        .checks
        .iter()
        .filter_map(|check| match &check.outcome {
            Outcome::Refuted { counterexample } => Some((check, counterexample.as_ref())),
            _ => None,
        });
    refuted
        .map(|(check, found)| (counterexample_name(check), found))
        .collect()
}

fn text(report: &Report, asked: &Prove<'_>) -> String {
    let mut text = format!(
        "The law as of {}: {} rules, digest {}\n\nFor every possible demand and holding, not only for those that were tried:\n",
        report.as_of, report.rules, report.law
    );
    let mut properties: Vec<_> = report.checks.iter().map(|check| &check.property).collect();
    properties.dedup();
    let mut day = false;
    for property in properties {
        let _ = writeln!(
            text,
            "\n{}\n  {} ({})",
            property.id, property.says, property.cite
        );
        let of = |proved: Assuming| {
            report
                .checks
                .iter()
                .filter(|check| check.property == *property)
                .filter(move |check| matches!(check.outcome, Outcome::Proved { assuming } if assuming == proved))
                .map(scope)
                .collect::<Vec<_>>()
        };
        for (assuming, note) in [(Assuming::Engine, ""), (Assuming::Day, " *")] {
            let scopes = of(assuming);
            day |= assuming == Assuming::Day && !scopes.is_empty();
            if !scopes.is_empty() {
                let _ = writeln!(text, "  PROVED{note}: {}", scopes.join("; "));
            }
        }
        let mut first = true;
        for check in report
            .checks
            .iter()
            .filter(|check| check.property == *property)
        {
            match &check.outcome {
                Outcome::Proved { .. } => {}
                Outcome::Undecided { why } => {
                    let _ = writeln!(text, "  NOT KNOWN: {}: {why}", scope(check));
                }
                Outcome::Refuted { counterexample } => {
                    let _ = writeln!(text, "  DOES NOT HOLD: {}", scope(check));
                    // One demand shows it; the others are in the files that --write makes.
                    if std::mem::take(&mut first) {
                        shown(&mut text, check, counterexample, asked);
                    }
                }
            }
        }
    }
    let _ = writeln!(text, "\nEvery proof assumes:");
    for says in &report.assumes.engine {
        let _ = writeln!(text, "  {says}");
    }
    if day {
        let _ = writeln!(text, "Those marked * also assume:");
        for says in report
            .assumes
            .day
            .iter()
            .filter(|s| !report.assumes.engine.contains(s))
        {
            let _ = writeln!(text, "  {says}");
        }
    }
    useless(&mut text, &report.useless);
    #[expect(clippy::cast_precision_loss, reason = "shown with one decimal")]
    let seconds = report.milliseconds as f64 / 1000.0;
    let _ = writeln!(text, "\n{} proofs in {seconds:.1} s", report.checks.len());
    text
}

fn scope(check: &Check) -> String {
    match check.packs.as_slice() {
        [] => "all packs together".into(),
        packs => packs.join(" + "),
    }
}

fn shown(text: &mut String, check: &Check, found: &Counterexample, asked: &Prove<'_>) {
    let name = counterexample_name(check);
    let mut command = format!(
        "lagrum assess {name}.demand.toml --holding {name}.holding.toml --as-of {}",
        found.as_of
    );
    if let Some(law) = asked.law {
        let _ = write!(command, " --law {}", law.display());
    }
    for pack in &found.packs {
        let _ = write!(command, " --pack {pack}");
    }
    if !found.verified {
        command.push_str(" --not-verified");
    }
    if found.emergency_believed {
        command.push_str(" --emergency-believed");
    }
    if let Some(received) = found.received_at {
        let _ = write!(command, " --moment received={received}");
    }
    for (happened, what) in [
        (found.since.withdrawn, Moment::Withdrawn),
        (found.since.validation_refused, Moment::ValidationRefused),
        (found.since.partly_refused, Moment::PartlyRefused),
    ] {
        if happened && let Some(at) = found.received_at {
            let _ = write!(command, " --moment {what}={at}");
        }
    }
    let _ = writeln!(
        text,
        "  It is answered with {}, decided by:",
        found.finding.disposition
    );
    for rule in &found.finding.decided_by {
        let _ = writeln!(text, "    {} — {}", rule.rule, rule.cite);
    }
    let _ = writeln!(
        text,
        "  A demand that shows it; try it with (--write DIR writes both files)\n    {command}"
    );
    for (kind, file) in [
        ("demand", found.demand_file()),
        ("holding", found.holding_file()),
    ] {
        let _ = writeln!(text, "\n  # {name}.{kind}.toml");
        for line in file.lines() {
            let _ = writeln!(text, "  {line}");
        }
    }
}

fn counterexample_name(check: &Check) -> String {
    let mut name = check.property.id.clone();
    for pack in &check.packs {
        let _ = write!(name, "+{pack}");
    }
    name
}

fn useless(text: &mut String, found: &[Useless]) {
    let mut list = |heading: &str, rules: Vec<String>| {
        if !rules.is_empty() {
            let _ = writeln!(text, "\n{heading}");
            for rule in rules {
                let _ = writeln!(text, "  {rule}");
            }
        }
    };
    let of = |kind: &dyn Fn(&Why) -> Option<String>| {
        found
            .iter()
            .filter_map(|one| Some(format!("{}{}", one.rule, kind(&one.why)?)))
            .collect::<Vec<_>>()
    };
    list(
        "Rules that can never apply on that day:",
        of(&|why| (*why == Why::NeverApplies).then(String::new)),
    );
    list(
        "Redundant rules (another rule always applies with at least the same effect):",
        of(&|why| match why {
            Why::AnotherAlwaysApplies { other } => Some(format!(
                ": {}",
                other.as_deref().unwrap_or("several together")
            )),
            _ => None,
        }),
    );
    list(
        "Rules that change no decision, and only give the reason and the way out:",
        of(&|why| (*why == Why::GivesReasonOnly).then(String::new)),
    );
    list(
        "Rules of which it is not known:",
        of(&|why| match why {
            Why::Unknown { because } => Some(format!(": {because}")),
            _ => None,
        }),
    );
}
