//! `lagrum sealed-note`: counsel's notes, which the desk keeps and cannot read.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context as _, anyhow};
use lagrum_desk::CommandError;
use lagrum_model::{CaseId, SealedNote};
use lagrum_notes::open_sealed;
use serde::Serialize;

use super::ask::open_key;
use crate::context::Context;
use crate::output::Failure;

/// Longer is no sealed note, in bytes.
const LONGEST: u64 = 2 << 20;

/// Give counsel's sealed note back, or open it with your key: on your own machine, without the desk
///
/// On the desk's host: the case and the number of the note, as `lagrum case` shows it, and --out; take the file to your
/// own machine, and open it there with --file and --key.
#[derive(clap::Args)]
pub struct Sealed {
    /// The case
    #[arg(value_parser = CaseId::parse, required_unless_present = "file", requires = "number")]
    case: Option<CaseId>,
    /// The number of the note
    number: Option<u64>,
    /// Open the note in this file, without the desk
    #[arg(long, value_name = "FILE", conflicts_with_all = ["case", "out"], requires = "key")]
    file: Option<PathBuf>,
    /// Write the note, sealed as it is, to this new file
    #[arg(long, value_name = "FILE", conflicts_with = "key")]
    out: Option<PathBuf>,
    /// Your key file (`lagrum key new`): the note is opened and shown
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Read the passphrase of your key from this file instead of asking for it
    #[arg(long, value_name = "FILE", requires = "key")]
    passphrase_file: Option<PathBuf>,
}

#[derive(Serialize)]
struct Opened<'n> {
    text: &'n str,
}

impl Sealed {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let sealed = match (&self.file, &self.case, self.number) {
            (Some(file), ..) => String::from_utf8(lagrum_durable::read(file, LONGEST)?)
                .context("the note is no text in UTF-8")?,
            (None, Some(case), Some(number)) => {
                let note = kept(context, case, number)?;
                if let Some(file) = &self.out {
                    std::fs::File::create_new(file)
                        .and_then(|mut out| out.write_all(note.age.as_bytes()))
                        .with_context(|| file.display().to_string())?;
                    return context.output.show(&note, || {
                        format!(
                            "{}: opens with the key of {}.",
                            file.display(),
                            note.to.join(", ")
                        )
                    });
                }
                note.age
            }
            _ => return Err(anyhow!("give a case and the number of a note, or --file").into()),
        };
        let Some(key) = &self.key else {
            return Ok(std::io::stdout().lock().write_all(sealed.as_bytes())?);
        };
        let key = open_key(key, self.passphrase_file.as_deref())?;
        let text = open_sealed(&key, sealed.as_bytes()).map_err(|_| {
            anyhow!("the note does not open with this key: it was sealed to others, or is damaged")
        })?;
        let text = std::str::from_utf8(&text).context("the note is no text in UTF-8")?;
        context.output.show(&Opened { text }, || text.to_owned())
    }
}

fn kept(context: &Context, case: &CaseId, number: u64) -> Result<SealedNote, Failure> {
    context.at_desk(|session| {
        let note = session.sealed_note(case, number)?;
        note.ok_or_else(|| {
            CommandError::Damaged(format!("case {case}: number {number} is no sealed note")).into()
        })
    })
}
