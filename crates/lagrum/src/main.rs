//! The command line of Lagrum.
#![allow(
    clippy::disallowed_types,
    reason = "the command line is where randomness comes in"
)]

mod commands;
mod demo;
mod output;
mod refused;
mod setup;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ArgGroup, Args, Parser, Subcommand};
use jiff::civil::Date;
use lagrum_desk::Genuine;
use lagrum_model::{CaseId, CountryCode, Language, Region};

use crate::output::{Failure, Output};

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  not possible, or failed; the message says what to do
  2  the command line is wrong
  3  a check failed: a package, a signature or the log is not what it should be
  4  an agent refused or could not carry out at least one mandate

Start with `lagrum demo`. Everything lies below one directory (--dir, LAGRUM_DIR).";

/// Answers government demands for data: no data leaves without a legal basis, two human signatures
/// and a public trace.
#[derive(Parser)]
#[command(version, after_help = EXIT_CODES, max_term_width = 100)]
struct CommandLine {
    /// Where everything lies.
    #[arg(long, global = true, env = "LAGRUM_DIR", value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Print JSON, for machines.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Show the whole way of twelve demands at a fictional mail provider
    Demo {
        /// Fill the provider's stores from this mail: a Maildir, an mbox (also .gz, .zst), or a
        /// folder of .eml files. Without it the demo makes mail.
        #[arg(long, value_name = "PATH")]
        mail: Option<PathBuf>,
    },
    /// Set up a provider: desk, log, and one agent for each region
    Init {
        /// The provider's name, as authorities read it
        #[arg(long)]
        provider: String,
        /// Domain of the provider, for the names of keys
        #[arg(long, value_name = "DOMAIN")]
        domain: String,
        /// A region and its country, for example dublin=IE; once for each agent
        #[arg(long = "region", value_name = "REGION=COUNTRY", required = true)]
        regions: Vec<String>,
        /// A person who signs mandates, for example "Maja Ek=counsel=maja.key.pub"; at least two
        #[arg(
            long = "person",
            value_name = "NAME=ROLE=PUBLIC-KEY-FILE",
            required = true
        )]
        people: Vec<String>,
    },
    /// Make keys
    #[command(subcommand)]
    Key(KeyCommand),
    /// Take demands in; the bytes are kept even when nothing in them can be read
    Intake {
        /// Demand files (TOML or JSON; `lagrum schema`), or any other file
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// The file describes this case, whose original could not be read, or corrects it
        #[arg(long, value_name = "CASE", value_parser = CaseId::parse)]
        r#for: Option<CaseId>,
        #[command(flatten)]
        by: By,
    },
    /// Record whether a demand is genuine, and how that was found out
    #[command(group(ArgGroup::new("found").required(true).args(["verified", "not_verified"])))]
    Authenticate {
        /// The case
        #[arg(value_parser = CaseId::parse)]
        case: CaseId,
        /// It is genuine
        #[arg(long)]
        verified: bool,
        /// It could not be verified
        #[arg(long)]
        not_verified: bool,
        /// How that was found out, for example "called back on the number of the directory"
        #[arg(long)]
        how: String,
        /// Counsel's own belief that the claimed danger is real, for an emergency
        #[arg(long, value_name = "true|false")]
        emergency_believed: Option<bool>,
        #[command(flatten)]
        by: By,
    },
    /// List the cases, with what is due next
    Cases {
        /// The most pressing first
        #[arg(long)]
        by_deadline: bool,
    },
    /// Show a case: demand, findings, answers, mandates and everything that happened
    Case {
        /// The case
        #[arg(value_parser = CaseId::parse)]
        case: CaseId,
    },
    /// Apply the law to a demand, part by part
    Assess(commands::assess::Assess),
    /// Record what happened to a demand and starts, stops or suspends a clock, or changes what the law
    /// says of it: for example cleared=2026-11-20T10:00:00Z
    Record {
        /// The case
        #[arg(value_parser = CaseId::parse)]
        case: CaseId,
        /// What happened and when
        #[arg(required = true, value_name = "NAME=INSTANT")]
        happened: Vec<String>,
        /// How this is known, for example "letter of the enforcing authority, attached"
        #[arg(long)]
        how: String,
        #[command(flatten)]
        by: By,
    },
    /// Answer each part as the law proposes, or more strictly, and draft the mandates
    Decide {
        /// The case
        #[arg(value_parser = CaseId::parse)]
        case: CaseId,
        /// Answer a part more strictly, for example --part 2=challenge (parts as `lagrum case`
        /// counts them)
        #[arg(long = "part", value_name = "N=DISPOSITION")]
        parts: Vec<String>,
        /// Why
        #[arg(long, default_value = "as the law packs propose")]
        reason: String,
        #[command(flatten)]
        by: By,
    },
    /// Sign the mandates of a case with your own key; two people must, one of them counsel
    Approve {
        /// The case
        #[arg(value_parser = CaseId::parse)]
        case: CaseId,
        /// Your key file (`lagrum key new`)
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// Read the passphrase from this file instead of asking for it
        #[arg(long, value_name = "FILE")]
        passphrase_file: Option<PathBuf>,
    },
    /// The data side
    #[command(subcommand)]
    Agent(AgentCommand),
    /// Hand the sealed packages of a case over
    Deliver {
        /// The case
        #[arg(value_parser = CaseId::parse)]
        case: CaseId,
        #[command(flatten)]
        by: By,
    },
    /// End a case
    Close {
        /// The case
        #[arg(value_parser = CaseId::parse)]
        case: CaseId,
        /// Why
        #[arg(long, default_value = "answered")]
        reason: String,
        #[command(flatten)]
        by: By,
    },
    /// For a recipient: decrypt a package, check all of it, and write its files
    Open {
        /// The sealed package (.tar.age)
        package: PathBuf,
        /// Your identity file (`lagrum key new --recipient`, or `age-keygen`)
        #[arg(long, value_name = "FILE")]
        identity: PathBuf,
        /// The new directory for the files; beside the package if left out
        #[arg(long, value_name = "DIR")]
        to: Option<PathBuf>,
        /// The provider's published keys
        #[arg(long, value_name = "FILE")]
        trust: Option<PathBuf>,
    },
    /// Check a package offline: sealed, or opened before
    Verify {
        /// The sealed package (.tar.age) or the directory of an opened one
        package: PathBuf,
        /// Your identity file; without it only the receipt of a sealed package is checked
        #[arg(long, value_name = "FILE")]
        identity: Option<PathBuf>,
        /// The provider's published keys
        #[arg(long, value_name = "FILE")]
        trust: Option<PathBuf>,
    },
    /// The public log
    #[command(subcommand)]
    Log(LogCommand),
    /// The law packs
    #[command(subcommand)]
    Law(LawCommand),
    /// Print the JSON Schema of demand files
    Schema,
}

#[derive(Subcommand)]
enum LawCommand {
    /// List every rule, clock and rule of notice
    List {
        /// Law packs in this folder instead of the desk's
        #[arg(long, value_name = "DIR")]
        law: Option<PathBuf>,
    },
    /// Say in plain words what a rule, a clock or a rule of notice means and on what it rests
    Explain {
        /// Its name (`lagrum law list`)
        id: String,
        /// The language: en, sv or da
        #[arg(long, value_name = "LANG", default_value = "en")]
        lang: Language,
        /// Law packs in this folder instead of the desk's
        #[arg(long, value_name = "DIR")]
        law: Option<PathBuf>,
    },
    /// Show what changed for a demand between two days: rules that came and went, and findings
    Diff {
        /// The first day
        #[arg(value_name = "YYYY-MM-DD")]
        from: Date,
        /// The second day
        #[arg(value_name = "YYYY-MM-DD")]
        until: Date,
        /// The demand file
        file: PathBuf,
        /// As if all of it lay in this country; without it the desk's directory says, and where
        /// there is no desk, the country of the addressed company
        #[arg(long, value_name = "COUNTRY", value_parser = CountryCode::parse)]
        stored_in: Option<CountryCode>,
        /// The language: en, sv or da
        #[arg(long, value_name = "LANG", default_value = "en")]
        lang: Language,
    },
    /// Prove what must hold for every possible demand (needs the solver cvc5)
    Prove {
        /// The law packs; those compiled in if left out
        #[arg(long, value_name = "DIR")]
        law: Option<PathBuf>,
        /// Prove also that nothing is permitted that these other law packs do not permit: for
        /// example that an agent's packs never permit what the desk's deny
        #[arg(long, value_name = "DIR")]
        against: Option<PathBuf>,
        /// The day whose law is proved; today if left out
        #[arg(long, value_name = "YYYY-MM-DD")]
        as_of: Option<Date>,
        /// Do not look for rules that change nothing
        #[arg(long)]
        only_invariants: bool,
        /// Look also for prohibitions that change no decision and only give the reason; takes longer
        #[arg(long, conflicts_with = "only_invariants")]
        reasons: bool,
        /// Write each counterexample into this directory, as files for `lagrum assess`
        #[arg(long, value_name = "DIR")]
        write: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
enum KeyCommand {
    /// Make a key: a person's signing key under a passphrase, or a recipient's identity
    New {
        /// Where the key is written
        file: PathBuf,
        /// Name of a signing key, for example kvist.example/maja
        #[arg(
            long,
            required_unless_present = "recipient",
            conflicts_with = "recipient"
        )]
        name: Option<String>,
        /// Make a recipient's identity (age) instead
        #[arg(long)]
        recipient: bool,
        /// Read the passphrase from this file instead of asking for it
        #[arg(long, value_name = "FILE")]
        passphrase_file: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
enum AgentCommand {
    /// Carry out the mandates that wait, and end
    Run {
        /// Only this region; all of --dir if left out
        #[arg(long, value_name = "REGION", value_parser = Region::parse)]
        region: Option<Region>,
        /// The agent's configuration, if it lies elsewhere
        #[arg(long, value_name = "FILE", conflicts_with = "region")]
        config: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
enum LogCommand {
    /// Read the whole log again, and check every hash and the signature
    Verify {
        /// The log's directory; that of --dir if left out
        #[arg(long, value_name = "DIR", requires = "key")]
        log: Option<PathBuf>,
        /// The log's public key (name+id+base64); from the trust file if left out
        #[arg(long, value_name = "KEY")]
        key: Option<String>,
    },
    /// Prove that an event of a case is in the log; the proof holds the event itself
    Proof {
        /// The case
        #[arg(value_parser = CaseId::parse)]
        case: CaseId,
        /// The number of the event (`lagrum case`)
        event: u64,
    },
}

/// Who does it.
#[derive(Args)]
struct By {
    /// Your name, for the record
    #[arg(long = "as", value_name = "NAME", env = "LAGRUM_AS")]
    name: Option<String>,
    /// You act as counsel
    #[arg(long)]
    counsel: bool,
}

fn main() -> ExitCode {
    let line = CommandLine::parse();
    let output = Output { json: line.json };
    match run(line, &output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output.failure(&failure);
            ExitCode::from(failure.code())
        }
    }
}

fn run(line: CommandLine, output: &Output) -> Result<(), Failure> {
    let demo = matches!(line.command, Command::Demo { .. });
    let default = if demo { "lagrum-demo" } else { "lagrum-data" };
    let dir = line.dir.unwrap_or_else(|| PathBuf::from(default));
    let at = commands::Place::new(dir);
    match line.command {
        Command::Demo { mail } => demo::run(&at, mail.as_deref(), output),
        Command::Init {
            provider,
            domain,
            regions,
            people,
        } => commands::setup::init(&at, &provider, &domain, &regions, &people, output),
        Command::Key(KeyCommand::New {
            file,
            name,
            recipient: _,
            passphrase_file,
        }) => commands::setup::key_new(&file, name.as_deref(), passphrase_file.as_deref(), output),
        Command::Intake { files, r#for, by } => {
            commands::desk::intake(&at, &files, r#for.as_ref(), &by.actor()?, output)
        }
        Command::Authenticate {
            case,
            verified,
            not_verified: _,
            how,
            emergency_believed,
            by,
        } => {
            let how = &how;
            let genuine = Genuine {
                verified,
                how,
                emergency_believed,
            };
            commands::desk::authenticate(&at, &case, &genuine, &by.actor()?, output)
        }
        Command::Cases { by_deadline } => commands::desk::cases(&at, by_deadline, output),
        Command::Case { case } => commands::desk::case(&at, &case, output),
        Command::Assess(asked) => commands::assess::assess(&at, &asked, output),
        Command::Record {
            case,
            happened,
            how,
            by,
        } => commands::desk::record(&at, &case, &happened, &how, &by.actor()?, output),
        Command::Decide {
            case,
            parts,
            reason,
            by,
        } => commands::desk::decide(&at, &case, &parts, &reason, &by.actor()?, output),
        Command::Approve {
            case,
            key,
            passphrase_file,
        } => commands::desk::approve(&at, &case, &key, passphrase_file.as_deref(), output),
        Command::Agent(AgentCommand::Run { region, config }) => {
            commands::agent::run(&at, region.as_ref(), config.as_deref(), output)
        }
        Command::Deliver { case, by } => commands::desk::deliver(&at, &case, &by.actor()?, output),
        Command::Close { case, reason, by } => {
            commands::desk::close(&at, &case, &reason, &by.actor()?, output)
        }
        Command::Open {
            package,
            identity,
            to,
            trust,
        } => commands::package::open(
            &at,
            &package,
            &identity,
            to.as_deref(),
            trust.as_deref(),
            output,
        ),
        Command::Verify {
            package,
            identity,
            trust,
        } => {
            commands::package::verify(&at, &package, identity.as_deref(), trust.as_deref(), output)
        }
        Command::Law(LawCommand::List { law }) => {
            commands::law_explain::list(&at, law.as_deref(), output)
        }
        Command::Law(LawCommand::Explain { id, lang, law }) => {
            commands::law_explain::explain(&at, &id, lang, law.as_deref(), output)
        }
        Command::Law(LawCommand::Diff {
            from,
            until,
            file,
            stored_in,
            lang,
        }) => commands::law_explain::diff(&at, [from, until], &file, stored_in, lang, output),
        Command::Log(LogCommand::Verify { log, key }) => {
            commands::log::verify(&at, log.as_deref(), key.as_deref(), output)
        }
        Command::Log(LogCommand::Proof { case, event }) => {
            commands::log::proof(&at, &case, event, output)
        }
        Command::Law(LawCommand::Prove {
            law,
            against,
            as_of,
            only_invariants,
            reasons,
            write,
        }) => commands::law::law_prove(
            &commands::law::Prove {
                law: law.as_deref(),
                against: against.as_deref(),
                as_of,
                useless: !only_invariants,
                reasons,
                write: write.as_deref(),
            },
            output,
        ),
        Command::Schema => commands::setup::schema(),
    }
}
