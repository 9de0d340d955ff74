//! `lagrum law`: the arguments of its commands.

use std::path::PathBuf;

use jiff::civil::Date;
use lagrum_model::{CountryCode, Language};

use crate::commands::law_explain::HeldWhere;
use crate::commands::{law_explain, prove};
use crate::context::Context;
use crate::output::Failure;

/// The law packs
#[derive(clap::Subcommand)]
pub enum Law {
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
        /// On the data that this file describes (TOML), as `lagrum assess` does; may be given
        /// several times
        #[arg(long = "holding", value_name = "FILE", conflicts_with = "stored_in")]
        holdings: Vec<PathBuf>,
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

impl Law {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let output = &context.output;
        match self {
            Self::List { law } => law_explain::list(context, law.as_deref(), output),
            Self::Explain { id, lang, law } => {
                law_explain::explain(context, &id, lang, law.as_deref(), output)
            }
            Self::Diff {
                from,
                until,
                file,
                stored_in,
                holdings,
                lang,
            } => {
                let held = match stored_in {
                    Some(country) => HeldWhere::In(country),
                    None if holdings.is_empty() => HeldWhere::AtTheDesk,
                    None => HeldWhere::These(&holdings),
                };
                law_explain::diff(context, [from, until], &file, held, lang, output)
            }
            Self::Prove {
                law,
                against,
                as_of,
                only_invariants,
                reasons,
                write,
            } => prove::law_prove(
                &prove::Prove {
                    law: law.as_deref(),
                    against: against.as_deref(),
                    as_of,
                    useless: !only_invariants,
                    reasons,
                    write: write.as_deref(),
                },
                output,
            ),
        }
    }
}
