//! The command line of Lagrum.
#![allow(
    clippy::disallowed_types,
    reason = "the command line is where randomness comes in"
)]

mod beside;
mod commands;
mod context;
mod logging;
mod output;
mod refused;
mod rules;
mod told;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use lagrum_setup::Place;

use crate::commands::{
    admin, agent, assess, audit, authenticate, burden, case, cases, check, convert, decide, demo,
    exchange, inquire, intake, law, letter, log, package, publish, recall, receipt, recipient,
    record, remove_packages, report, review, sealed_note, serve, setup as set_up, sign, sum,
    witness, work,
};
use crate::context::Context;
use crate::output::{Failure, Output};

const AFTER: &str = "\
The way of a demand: intake, authenticate, assess, decide, approve (two people), agent run, deliver,
close. `lagrum cases --by-deadline` shows what is due next.

Exit codes:
  0  done
  1  not possible, or failed; the message says what to do
  2  the command line is wrong
  3  a check failed: a package, a signature or the log is not what it should be, or something is not
     in order (`lagrum check`)
  4  an agent refused or could not carry out at least one mandate that nobody recalled

Start with `lagrum demo`. Everything is below one directory (--dir, LAGRUM_DIR).";

/// Answers government demands for data: no data leaves without a legal basis, two human signatures
/// and a public trace.
#[derive(Parser)]
#[command(version, after_help = AFTER, max_term_width = 100)]
struct CommandLine {
    /// Data directory
    #[arg(long, global = true, env = "LAGRUM_DIR", value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Print JSON, for machines
    #[arg(long, global = true)]
    json: bool,
    /// Who of the people that share your operating system's user acts: an id of people.toml
    #[arg(long = "as", global = true, value_name = "ID")]
    acting_as: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Demo(demo::Demo),
    Init(set_up::Init),
    /// Make keys
    #[command(subcommand)]
    Key(set_up::Key),
    /// Make the key of an authority known: two people sign it, then agents seal to it
    #[command(subcommand)]
    Recipient(recipient::Recipient),
    Intake(intake::Intake),
    Describe(intake::Describe),
    Attach(intake::Attach),
    CallBack(authenticate::CallBack),
    Authenticate(authenticate::Authenticate),
    Emergency(authenticate::Emergency),
    Inquire(inquire::Inquire),
    Assess(assess::Assess),
    Memo(assess::Memo),
    Decide(decide::Decide),
    Approve(sign::Approve),
    ToSign(sign::Export),
    Sign(sign::Sign),
    AddSignature(sign::Add),
    Recall(recall::Recall),
    Review(review::Review),
    Deliver(work::Deliver),
    RemovePackages(remove_packages::RemovePackages),
    Told(work::Told),
    Letter(letter::Letter),
    Link(work::Link),
    Join(work::Join),
    Split(work::Split),
    Close(work::Close),
    Reopen(work::Reopen),
    Cases(cases::Cases),
    Case(case::Case),
    Original(case::Original),
    Receipt(receipt::Receipt),
    #[command(subcommand)]
    Report(report::Report),
    Publish(publish::Publish),
    #[command(subcommand)]
    Sum(sum::Sum),
    Record(record::Record),
    Assign(work::Assign),
    Note(work::Note),
    SealedNote(sealed_note::Sealed),
    /// Time and cost of a case
    #[command(subcommand)]
    Burden(burden::Burden),
    Settle(work::Settle),
    /// The data side
    #[command(subcommand)]
    Agent(agent::Agent),
    /// The exchange that agents on other machines reach
    #[command(subcommand)]
    Exchange(exchange::Exchange),
    Open(package::Open),
    Verify(package::Verify),
    Convert(convert::Convert),
    /// The public log
    #[command(subcommand)]
    Log(log::Log),
    /// A witness for the logs of others
    #[command(subcommand)]
    Witness(witness::Witness),
    /// The law packs
    #[command(subcommand)]
    Law(law::Law),
    /// Who may do what
    #[command(subcommand)]
    Access(admin::Access),
    /// Look after the desk's database
    #[command(subcommand)]
    Desk(admin::Desk),
    Check(check::Check),
    Audit(audit::Audit),
    /// Print the JSON Schema of demand files
    Schema,
}

/// The commands, as the operating log names them.
const NAMES: [&str; 54] = [
    "demo",
    "init",
    "key",
    "recipient",
    "intake",
    "describe",
    "attach",
    "call-back",
    "authenticate",
    "emergency",
    "inquire",
    "assess",
    "memo",
    "decide",
    "approve",
    "to-sign",
    "sign",
    "add-signature",
    "recall",
    "review",
    "deliver",
    "remove-packages",
    "told",
    "letter",
    "link",
    "join",
    "split",
    "close",
    "reopen",
    "cases",
    "case",
    "original",
    "receipt",
    "report",
    "publish",
    "sum",
    "record",
    "assign",
    "note",
    "sealed-note",
    "burden",
    "settle",
    "agent",
    "exchange",
    "open",
    "verify",
    "convert",
    "log",
    "witness",
    "law",
    "access",
    "desk",
    "check",
    "audit",
];

fn main() -> ExitCode {
    let begin = Instant::now();
    let mut arguments = std::env::args_os().skip(1);
    if arguments
        .next()
        .is_some_and(|first| first == serve::READ_FILE)
    {
        return match serve::read_file() {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        };
    }
    let given = CommandLine::command().get_matches();
    let name = NAMES
        .into_iter()
        .find(|name| given.subcommand_name() == Some(name))
        .unwrap_or("schema");
    let line = CommandLine::from_arg_matches(&given).unwrap_or_else(|error| error.exit());
    let demo = matches!(line.command, Command::Demo(_));
    let default = if demo { "lagrum-demo" } else { "lagrum-data" };
    let context = Context {
        place: Place::new(line.dir.unwrap_or_else(|| PathBuf::from(default))),
        output: Output { json: line.json },
        acting_as: line.acting_as,
    };
    let result = logging::start().and_then(|()| run(line.command, &context));
    logging::ended(name, begin.elapsed(), &result);
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            context.output.failure(&failure);
            ExitCode::from(failure.code())
        }
    }
}

fn run(command: Command, context: &Context) -> Result<(), Failure> {
    match command {
        Command::Demo(it) => it.run(context),
        Command::Init(it) => it.run(context),
        Command::Key(it) => it.run(context),
        Command::Recipient(it) => it.run(context),
        Command::Intake(it) => it.run(context),
        Command::Describe(it) => it.run(context),
        Command::Attach(it) => it.run(context),
        Command::CallBack(it) => it.run(context),
        Command::Authenticate(it) => it.run(context),
        Command::Emergency(it) => it.run(context),
        Command::Inquire(it) => it.run(context),
        Command::Assess(it) => it.run(context),
        Command::Memo(it) => it.run(context),
        Command::Decide(it) => it.run(context),
        Command::Approve(it) => it.run(context),
        Command::ToSign(it) => it.run(context),
        Command::Sign(it) => it.run(context),
        Command::AddSignature(it) => it.run(context),
        Command::Recall(it) => it.run(context),
        Command::Review(it) => it.run(context),
        Command::Deliver(it) => it.run(context),
        Command::RemovePackages(it) => it.run(context),
        Command::Told(it) => it.run(context),
        Command::Letter(it) => it.run(context),
        Command::Link(it) => it.run(context),
        Command::Join(it) => it.run(context),
        Command::Split(it) => it.run(context),
        Command::Close(it) => it.run(context),
        Command::Reopen(it) => it.run(context),
        Command::Cases(it) => it.run(context),
        Command::Case(it) => it.run(context),
        Command::Original(it) => it.run(context),
        Command::Receipt(it) => it.run(context),
        Command::Report(it) => it.run(context),
        Command::Publish(it) => it.run(context),
        Command::Sum(it) => it.run(context),
        Command::Record(it) => it.run(context),
        Command::Assign(it) => it.run(context),
        Command::Note(it) => it.run(context),
        Command::SealedNote(it) => it.run(context),
        Command::Burden(it) => it.run(context),
        Command::Settle(it) => it.run(context),
        Command::Agent(it) => it.run(context),
        Command::Exchange(it) => it.run(context),
        Command::Open(it) => it.run(context),
        Command::Verify(it) => it.run(context),
        Command::Convert(it) => it.run(context),
        Command::Log(it) => it.run(context),
        Command::Witness(it) => it.run(context),
        Command::Law(it) => it.run(context),
        Command::Access(it) => it.run(context),
        Command::Desk(it) => it.run(context),
        Command::Check(it) => it.run(context),
        Command::Audit(it) => it.run(context),
        Command::Schema => set_up::schema(context),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_its_name_in_the_operating_log() {
        let line = CommandLine::command();
        let commands: Vec<_> = line.get_subcommands().map(|it| it.get_name()).collect();
        let named: Vec<_> = NAMES.into_iter().chain(["schema"]).collect();
        assert_eq!(commands, named);
    }
}
