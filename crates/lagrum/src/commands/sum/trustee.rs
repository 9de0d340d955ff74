//! What a trustee does, on its own machine.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use lagrum_figures::{SumTrustee, TrusteeKeys};
use rand_core::OsRng;

use super::Which;
use crate::commands::report::false_report;
use crate::context::{Context, second};
use crate::output::Failure;

/// Two keys on one line.
const LONGEST_KEYS: u64 = 4 << 10;

/// Make a trustee of sums
///
/// Its directory is for it alone: whoever copies it, or restores an older one, may answer for two sets, and tell what
/// lies between them.
#[derive(clap::Args)]
pub struct Make {
    /// The new directory
    directory: PathBuf,
    /// Its name, such as ngo.example/sums: calls and words of it name it so
    #[arg(long)]
    name: String,
}

/// What a trustee does about a sum
#[derive(clap::Args)]
pub struct AsTrustee {
    #[command(flatten)]
    which: Which,
    /// The directory of the trustee (`lagrum sum trustee`)
    #[arg(long, value_name = "DIR")]
    trustee: PathBuf,
}

impl Make {
    /// Makes it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let keys = SumTrustee::create(&self.directory, &self.name, &mut OsRng)?;
        let json = serde_json::json!({"keys": keys.to_string()});
        context.output.show(&json, || {
            format!(
                "The keys of the trustee, for the host of a sum, are in {}:\n\n    {keys}\n\n\
                 Everything else in {} stays on this machine. Make no copy that is used elsewhere, and restore no older one:\n\
                 there stands to which sets it agreed.",
                self.directory.join("trustee.pub").display(),
                self.directory.display()
            )
        })
    }
}

/// The keys in a file.
pub fn keys(file: &Path) -> Result<TrusteeKeys, Failure> {
    let line = lagrum_durable::read(file, LONGEST_KEYS)?;
    let line = String::from_utf8_lossy(&line).into_owned();
    let keys = line.parse::<TrusteeKeys>();
    Ok(keys.with_context(|| file.display().to_string())?)
}

impl AsTrustee {
    /// Checks its share of each dealing, and complains where one is false.
    pub fn check(self, context: &Context) -> Result<(), Failure> {
        let (parties, _, called) = self.which.called()?;
        let trustee = SumTrustee::open(&self.trustee)?;
        let all = parties.dealt(&called);
        let words = parties.words(&called);
        let (mut right, mut complaints) = (Vec::new(), Vec::new());
        for dealt in &all.dealt {
            let provider = dealt.dealing.provider().to_owned();
            match trustee.check(&called, dealt, &words, second(), &mut OsRng)? {
                None => right.push(provider),
                Some(file) => complaints.push((provider, file.display().to_string())),
            }
        }
        let json = serde_json::json!({
            "right": right, "missing": all.missing,
            "complaints": complaints.iter().map(|(provider, file)| {
                serde_json::json!({"provider": provider, "file": file})
            }).collect::<Vec<_>>(),
        });
        context.output.show(&json, || {
            let mut text = match right.len() {
                0 => String::new(),
                _ => format!("Your shares are right: {}.\n", right.join(", ")),
            };
            for (provider, file) in &complaints {
                text.push_str(&format!(
                    "The share of {provider} is false. Your complaint, for the host and for everybody: {file}\n"
                ));
            }
            for (provider, why) in &all.missing {
                text.push_str(&format!("Nothing to check of {provider}: {why}\n"));
            }
            text
        })?;
        match complaints.is_empty() {
            true => Ok(()),
            false => Err(Failure::NotInOrder),
        }
    }

    /// Agrees to the set.
    pub fn agree(self, context: &Context) -> Result<(), Failure> {
        self.says(context, true)
    }

    /// Answers.
    pub fn answer(self, context: &Context) -> Result<(), Failure> {
        self.says(context, false)
    }

    fn says(self, context: &Context, agrees: bool) -> Result<(), Failure> {
        let (parties, called, fixed) = self.which.fixed()?;
        let mut trustee = SumTrustee::open(&self.trustee)?;
        let dealt = parties.dealt_to(&called, fixed.set())?;
        let words = parties.words(&called);
        let file = match agrees {
            true => trustee.agree(&called, &fixed, &dealt, &words),
            false => trustee.answer(&called, &fixed, &dealt, &words),
        };
        let file = file.map_err(false_report)?.display().to_string();
        if agrees && parties.unwitnessed(&called).contains(&called.call().log) {
            context.note(
                "no witness has to have seen the log of the host, as your file has it: another set could be shown to others",
            );
        }
        let number = trustee.number(&called)?;
        let set = hex::encode(fixed.set().digest());
        let json = serde_json::json!({"trustee": number, "set": set, "file": file});
        context.output.show(&json, || match agrees {
            true => format!(
                "Agreed, as trustee {number}, for ever: {file}. When {} trustees have: `lagrum sum answer`.",
                called.call().needed()
            ),
            false => format!("Answered, as trustee {number}: {file}."),
        })
    }
}
