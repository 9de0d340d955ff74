//! `lagrum intake`, `lagrum describe`, `lagrum attach`: files come in.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use jiff::Timestamp;
use lagrum_desk::{Attached, Described, Intake as File, LARGEST_ORIGINAL, Taken};
use lagrum_model::{Arrival, CaseId, Channel, Demand, Original};

use crate::context::Context;
use crate::output::Failure;

/// Take demands in; the bytes are kept even when nothing in them can be read
#[derive(clap::Args)]
pub struct Intake {
    /// Demand files (TOML or JSON; `lagrum schema`), or any other files; each opens a case
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    arrival: Arrived,
}

/// Describe a case whose original cannot be read, or correct its description
#[derive(clap::Args)]
pub struct Describe {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// The demand file (TOML or JSON; `lagrum schema`)
    file: PathBuf,
    /// Why it is corrected, where the demand is decided already
    #[arg(long)]
    reason: Option<String>,
}

/// Add a file to a case: an annex, a letter, the scanned instrument
#[derive(clap::Args)]
pub struct Attach {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// The file
    file: PathBuf,
    #[command(flatten)]
    arrival: Arrived,
}

/// How, when and from whom a file came.
#[derive(clap::Args)]
struct Arrived {
    /// How it came: post, fax, email, portal, telephone, in-person or other
    #[arg(long, value_name = "WORD", value_parser = Channel::parse)]
    channel: Option<Channel>,
    /// From whom, as it says itself: an address, a number, a name
    #[arg(long, value_name = "TEXT")]
    from: Option<String>,
    /// When it arrived, with its zone, if that was before now: clocks run from then
    #[arg(long, value_name = "INSTANT")]
    received: Option<Timestamp>,
    /// Somebody's life or safety may be at stake: whoever is on call is told
    #[arg(long)]
    emergency: bool,
}

impl Arrived {
    fn arrival(&self) -> Arrival {
        Arrival {
            channel: self.channel,
            from: self.from.clone(),
            at: self.received,
            reference: None,
            emergency: self.emergency,
        }
    }
}

struct Read {
    name: String,
    bytes: Vec<u8>,
}

fn read(file: &Path) -> anyhow::Result<Read> {
    let name = file.file_name().map_or_else(
        || "demand".into(),
        |name| name.to_string_lossy().into_owned(),
    );
    let bytes = lagrum_durable::read(file, LARGEST_ORIGINAL)?;
    Ok(Read { name, bytes })
}

impl Read {
    fn with(&self, arrival: Arrival) -> File<'_> {
        File {
            file_name: &self.name,
            bytes: &self.bytes,
            arrival,
        }
    }
}

/// The original instrument and its annexes, which a demand file names and which lie beside it, except
/// those that the case has already.
fn beside(file: &Path, bytes: &[u8], held: &[Original]) -> anyhow::Result<Vec<Read>> {
    let Ok(demand) = Demand::parse(bytes) else {
        return Ok(Vec::new());
    };
    let missing = demand
        .originals
        .iter()
        .filter(|name| held.iter().all(|original| original.file_name != **name));
    let originals = missing.map(|name| {
        let file = file.with_file_name(name);
        let bytes = lagrum_durable::read(&file, LARGEST_ORIGINAL).context("field `originals`")?;
        let name = name.clone();
        Ok(Read { name, bytes })
    });
    originals.collect()
}

impl Intake {
    /// Takes the files in.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let (_, done) = context.change(|session| {
            let (mut all, mut gone) = (Vec::new(), Vec::new());
            for file in &self.files {
                let whole = read(file)?;
                let annexes = beside(file, &whole.bytes, &[])?;
                let arrival = self.arrival.arrival();
                let annexes: Vec<_> = annexes
                    .iter()
                    .map(|annex| annex.with(arrival.clone()))
                    .collect();
                let taken = session.intake(&whole.with(arrival.clone()), &annexes)?;
                if !session.sees(&taken.case) {
                    gone.push(taken.case.clone());
                }
                all.push(taken);
            }
            Ok(All { cases: all, gone })
        })?;
        context.output.show(&done, || {
            let All { cases, gone } = &done.outcome;
            let lines = cases.iter().map(|taken| match gone.contains(&taken.case) {
                true => elsewhere(&taken.case, &taken.file),
                false => said(taken),
            });
            lines.collect::<Vec<_>>().join("\n")
        })
    }
}

#[derive(serde::Serialize)]
struct All {
    cases: Vec<Taken>,
    /// Those that are another group's.
    #[serde(skip)]
    gone: Vec<CaseId>,
}

fn elsewhere(case: &CaseId, what: &str) -> String {
    format!("Case {case}: {what}. Another group of the desk has it, and it is not in your list.")
}

fn said(taken: &Taken) -> String {
    let Taken {
        case,
        file,
        new,
        unreadable,
    } = taken;
    if !new {
        return format!(
            "Case {case}: {file} was taken in before; nothing was recorded. `lagrum case {case}` shows it. A corrected description goes in with: lagrum describe {case} FILE"
        );
    }
    match unreadable {
        None => format!(
            "Case {case}: {file}. Next: lagrum call-back {case}, then lagrum authenticate {case}"
        ),
        Some(why) => {
            let phrases = lagrum_documents::Phrases::of(lagrum_model::Language::English);
            let why = lagrum_documents::demand_error(why, &phrases);
            format!(
                "Case {case}: {file} is kept as it came.\n  {why}\n  Next: describe the demand in a file (`lagrum schema` prints the fields), and lagrum describe {case} FILE"
            )
        }
    }
}

impl Describe {
    /// Describes the case.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let case = &self.case;
        let mut gone = false;
        let (_, done) = context.change(|session| {
            let file = read(&self.file)?;
            let held = session.case(case)?.case.originals;
            let annexes = beside(&self.file, &file.bytes, &held)?;
            let annexes: Vec<_> = annexes
                .iter()
                .map(|annex| annex.with(Arrival::default()))
                .collect();
            let why = self.reason.as_deref();
            let file = file.with(Arrival::default());
            let described = session.describe(case, &file, &annexes, why)?;
            gone = !session.sees(case);
            Ok(Described {
                case: case.clone(),
                described,
            })
        })?;
        context.output.show(&done, || {
            if gone {
                return elsewhere(case, "described");
            }
            if !done.outcome.described {
                return format!(
                    "Case {case}: it is described so already, and what was found and answered stands. `lagrum case {case}` shows it."
                );
            }
            format!(
                "Case {case}: described. Next: lagrum call-back {case}, then lagrum authenticate {case}"
            )
        })
    }
}

impl Attach {
    /// Adds the file.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let case = &self.case;
        let file = read(&self.file)?;
        let (_, done) = context.change(|session| {
            session.attach(case, &file.with(self.arrival.arrival()))?;
            Ok(Attached {
                case: case.clone(),
                attached: file.name.clone(),
            })
        })?;
        context
            .output
            .show(&done, || format!("Case {case}: {} added.", file.name))
    }
}
