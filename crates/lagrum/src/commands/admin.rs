//! `lagrum access matrix`, `lagrum desk verify`, `lagrum desk rebuild`, `lagrum desk compare`; the further
//! commands of the desk have files of their own.

use lagrum_desk::Session;
use lagrum_store::Damaged;

use crate::commands::verified::{as_recorded, gone_through, sentence};
use crate::commands::{
    backup, binding, letter_texts, log_batches, log_key, mail, outgoing, person, region, serve,
    state_loss, token,
};
use crate::context::Context;
use crate::output::Failure;

/// Who may do what
#[derive(clap::Subcommand)]
pub enum Access {
    /// Print which role may do what, in which state of a case
    Matrix,
}

/// Look after the desk's database
#[derive(clap::Subcommand)]
pub enum Desk {
    /// Hold everything that is kept against the public log: events, originals, signatures, the list
    Verify,
    /// Make the list of cases anew from the events
    Rebuild,
    /// Compare the list of cases with the events
    Compare,
    /// Serve the desk's pages to browsers
    Serve(serve::Serve),
    /// Make a link with which one person signs in on the web once and makes a passkey
    Invite(serve::Invite),
    Mail(mail::Mail),
    /// Make, list and end tokens with which programs act for one person
    #[command(subcommand)]
    Token(token::Token),
    /// Say which account at the sign-in provider signs which person in
    #[command(subcommand)]
    Binding(binding::Binding),
    SendOut(outgoing::SendOut),
    /// Give the log another key; the old one stays valid for the past
    #[command(subcommand)]
    LogKey(log_key::LogKey),
    LogBatches(log_batches::LogBatches),
    LetterTexts(letter_texts::LetterTexts),
    StateLoss(state_loss::StateLoss),
    Backup(backup::Backup),
    Restore(backup::Restore),
    /// Add a region, with its agent
    #[command(subcommand)]
    Region(region::RegionCommand),
    /// Add somebody who works here, or take somebody out
    #[command(subcommand)]
    Person(person::PersonCommand),
}

impl Access {
    /// Prints it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let matrix = lagrum_access::matrix();
        context
            .output
            .show(&serde_json::json!({"matrix": matrix}), || matrix.clone())
    }
}

impl Desk {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Serve(it) => return it.run(context),
            Self::Invite(it) => return it.run(context),
            Self::Mail(it) => return it.run(context),
            Self::Token(it) => return it.run(context),
            Self::Binding(it) => return it.run(context),
            Self::SendOut(it) => return it.run(context),
            Self::LogKey(it) => return it.run(context),
            Self::LetterTexts(it) => return it.run(context),
            Self::LogBatches(it) => return it.run(context),
            Self::StateLoss(it) => return it.run(context),
            Self::Backup(it) => return it.run(context),
            Self::Restore(it) => return it.run(context),
            Self::Region(it) => return it.run(context),
            Self::Person(it) => return it.run(context),
            _ => {}
        }
        context.at_desk(|session| match self {
            Self::Verify => verify(context, session),
            Self::Rebuild => {
                let rebuilt = session.rebuild()?;
                let (cases, left_out) = (rebuilt.cases, rebuilt.left_out);
                let json = serde_json::json!({"cases": cases, "left_out": left_out});
                context.output.show(&json, || {
                    let mut lines: Vec<_> = left_out.iter().map(damaged).collect();
                    lines.push(format!("The list of cases is made anew; cases: {cases}."));
                    lines.join("\n")
                })
            }
            Self::Compare => {
                let differ = session.compare()?;
                let json = serde_json::json!({"differ": differ});
                context.output.show(&json, || match differ.is_empty() {
                    true => "The list of cases is what follows from the events.".to_owned(),
                    false => {
                        let all: Vec<_> = differ.iter().map(ToString::to_string).collect();
                        format!(
                            "The list differs from the events for: {}. `lagrum desk rebuild` makes it anew.",
                            all.join(", ")
                        )
                    }
                })?;
                if differ.is_empty() {
                    return Ok(());
                }
                Err(Failure::NotGenuine(anyhow::anyhow!(
                    "the list of cases is not what follows from the events"
                )))
            }
            Self::Serve(_)
            | Self::Invite(_)
            | Self::Mail(_)
            | Self::Token(_)
            | Self::Binding(_)
            | Self::SendOut(_)
            | Self::LogKey(_)
            | Self::LetterTexts(_)
            | Self::LogBatches(_)
            | Self::StateLoss(_)
            | Self::Backup(_)
            | Self::Restore(_)
            | Self::Region(_)
            | Self::Person(_) => Ok(()),
        })
    }
}

/// Goes through everything, and tells each fault when it is found.
fn verify(context: &Context, session: &Session<'_>) -> Result<(), Failure> {
    let output = &context.output;
    let (mut faults, mut told) = (Vec::new(), Ok(()));
    let done = session.verify(&mut |fault| {
        if output.json {
            faults.push(fault.clone());
        } else if told.is_ok() {
            told = output.print(sentence(fault));
        }
    })?;
    told?;
    let json = serde_json::json!({"verified": done, "faults": faults});
    output.show(&json, || gone_through(&done))?;
    as_recorded(&done)
}

fn damaged(one: &Damaged) -> String {
    format!("Case {}: LEFT OUT: {}", one.case, one.why)
}
