//! `lagrum inquire`

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use lagrum_desk::Inquired;
use lagrum_mandate::Inquiry;
use lagrum_model::CaseId;
use lagrum_notes::NoteError;

use crate::commands::ask::open_key;
use crate::context::Context;
use crate::output::{Failure, new_file};

/// The longest question that is read, in bytes.
const LONGEST: u64 = 1 << 20;

/// Ask the agents which accounts of a case there are; one person of the roster is enough
#[derive(clap::Args)]
pub struct Inquire {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// Your key file (`lagrum key new`)
    #[arg(long, value_name = "FILE", required_unless_present_any = ["out", "signed"])]
    key: Option<PathBuf>,
    /// Read the passphrase from this file instead of asking for it
    #[arg(long, value_name = "FILE", requires = "key")]
    passphrase_file: Option<PathBuf>,
    /// Write the questions into this directory, to be signed on your own machine (`lagrum sign FILE`)
    #[arg(long, value_name = "DIR", conflicts_with_all = ["key", "signed"])]
    out: Option<PathBuf>,
    /// A question that `lagrum sign` signed; once for each
    #[arg(long, value_name = "FILE", conflicts_with_all = ["key", "again"])]
    signed: Vec<PathBuf>,
    /// Ask also about accounts that an agent has told of, or has not told of yet
    #[arg(long)]
    again: bool,
}

impl Inquire {
    /// Asks, or writes what is to be signed.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let id = &self.case;
        if !self.signed.is_empty() {
            let read = |file: &PathBuf| -> Result<String, Failure> {
                let bytes = lagrum_durable::read(file, LONGEST).map_err(anyhow::Error::from)?;
                Ok(String::from_utf8(bytes).map_err(anyhow::Error::from)?)
            };
            let notes = self.signed.iter().map(read);
            let notes: Vec<_> = notes.collect::<Result<_, _>>()?;
            return ask(context, id, &notes);
        }
        let (questions, elsewhere) = context.at_desk(|session| {
            let people = session.desk().roster()?.people();
            let elsewhere = people.iter().filter(|person| person.own_machine);
            let elsewhere: Vec<_> = elsewhere.map(|person| person.key.clone()).collect();
            Ok((session.inquiries(id, self.again)?, elsewhere))
        })?;
        if let Some(out) = &self.out {
            return write(context, id, &questions, out);
        }
        let key = self.key.as_deref().ok_or_else(|| anyhow!("--key"))?;
        let key = open_key(key, self.passphrase_file.as_deref())?;
        if elsewhere.contains(&key.verifying_key()) {
            return Err(anyhow!(
                "by the roster, this key lies on its holder's own machine; nothing was signed. Take it off this host. `lagrum inquire {id} --out DIR` writes what is to be signed there"
            )
            .into());
        }
        let notes = questions
            .iter()
            .map(|question| key.sign_note(&question.to_text()));
        let notes: Vec<_> = notes
            .collect::<Result<_, NoteError>>()
            .map_err(anyhow::Error::from)?;
        ask(context, id, &notes)
    }
}

fn ask(context: &Context, id: &CaseId, notes: &[String]) -> Result<(), Failure> {
    let (_, done) = context.change(|session| Ok(session.inquire(id, notes)?))?;
    context
        .output
        .show(&done, || said(&done.outcome, done.published))
}

fn said(asked: &Inquired, published: bool) -> String {
    let regions: Vec<_> = asked.regions.iter().map(ToString::to_string).collect();
    let next = match published {
        true => format!(
            "On the data side: lagrum agent run. Then: lagrum settle, and lagrum assess {}",
            asked.case
        ),
        false => "It goes to the agents when the log has it: lagrum settle tries again.".to_owned(),
    };
    match regions.is_empty() {
        true => format!("Case {}: that was asked before. {next}", asked.case),
        false => format!(
            "Case {}: {} asked the agent of {} which of the accounts there are. {next}",
            asked.case,
            asked.by.join(" and "),
            regions.join(" and ")
        ),
    }
}

fn write(context: &Context, id: &CaseId, questions: &[Inquiry], out: &Path) -> Result<(), Failure> {
    lagrum_durable::private_directory(out).map_err(anyhow::Error::from)?;
    let mut files = Vec::new();
    for question in questions {
        let file = out.join(question.file_name());
        let text = question.to_text();
        new_file(&file, text.as_bytes(), "--out")?;
        files.push(file);
    }
    let json = serde_json::json!({"case": id, "files": files});
    context.output.show(&json, || {
        let names: Vec<_> = files.iter().map(|file| file.display().to_string()).collect();
        format!(
            "Case {id}: what is to be signed lies in {}. It names accounts: send it by a safe way.\nThere: lagrum sign FILE --key YOUR-KEY. With what that writes, here: lagrum inquire {id} --signed FILE",
            names.join(" and ")
        )
    })
}

/// Signs a question on a person's own machine, after it was shown. `None`: the file is none.
pub fn sign(
    context: &Context,
    file: &Path,
    (key, passphrase_file): (&Path, Option<&Path>),
    out: Option<&Path>,
) -> Result<Option<()>, Failure> {
    let bytes = lagrum_durable::read(file, LONGEST).map_err(anyhow::Error::from)?;
    if !Inquiry::is_begun(&bytes) {
        return Ok(None);
    }
    let text = String::from_utf8(bytes).map_err(anyhow::Error::from)?;
    let question = Inquiry::parse(&text).map_err(|why| anyhow!("{}: {why}", file.display()))?;
    let accounts: Vec<_> = question.accounts.iter().map(ToString::to_string).collect();
    context.note(&format!(
        "Case {}: the agent of {} is asked whether these are accounts, and which kinds of their data lie there. No content is told.\n  {}",
        question.case,
        question.region,
        accounts.join("\n  ")
    ));
    let key = open_key(key, passphrase_file)?;
    let note = key.sign_note(&text).map_err(anyhow::Error::from)?;
    let out = out.map_or_else(|| file.with_extension("signed"), Path::to_owned);
    new_file(&out, note.as_bytes(), "--out")?;
    let json = serde_json::json!({"case": question.case, "file": out});
    context.output.show(&json, || {
        let out = out.display();
        format!(
            "Signed; {out} holds the question with your signature.\nAt the desk: lagrum inquire {} --signed {out}",
            question.case
        )
    })?;
    Ok(Some(()))
}
