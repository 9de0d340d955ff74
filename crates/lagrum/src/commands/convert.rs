//! `lagrum convert`

use std::path::PathBuf;

use anyhow::anyhow;
use clap::builder::PossibleValuesParser;
use lagrum_conversion::{ConversionError, Converted, Form, Package, convert};
use lagrum_durable::Scratch;
use lagrum_notes::{VerifyingKey, role};
use lagrum_package::{PackageError, Trust, verify_directory};

use crate::context::{Context, load_trust, now};
use crate::output::{Failure, judged};

/// For a recipient: write an opened package in a form that other programs read
///
/// The package is checked first, and each of its files once more while it is read. The package itself stays the
/// evidence: keep it.
#[derive(clap::Args)]
pub struct Convert {
    /// The directory of an opened package
    package: PathBuf,
    /// mbox: messages as one mailbox for each account; bagit: everything as a bag (RFC 8493); ts-103-705: a
    /// response of ETSI TS 103 705; ts-103-707: messages as a collection of ETSI TS 103 707; case: the chain of
    /// custody as CASE/UCO JSON-LD
    #[arg(long, value_name = "FORM", value_parser = PossibleValuesParser::new(Form::ALL.map(Form::as_str)))]
    to: String,
    /// The new directory for it
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The provider's published keys
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
}

impl Convert {
    /// Writes it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let form = Form::ALL
            .into_iter()
            .find(|form| form.as_str() == self.to)
            .ok_or_else(|| anyhow!("--to: no such form"))?;
        let trust = load_trust(&context.place, self.trust.as_deref())?;
        let scratch = Scratch::new(&std::env::temp_dir());
        let checked = verify_directory(&self.package, trust.as_ref(), &scratch).map_err(judged)?;
        let from = Package {
            checked: &checked,
            directory: &self.package,
            provider: trust.as_ref().map(log_of),
        };
        let converted = convert(&from, form, &self.out, now()).map_err(|error| match error {
            ConversionError::Package(error) => judged(error),
            ConversionError::Changed { .. } => judged(PackageError::refused(error.to_string())),
            ConversionError::Io { .. } => Failure::Failed(error.into()),
        })?;
        let json = serde_json::json!({
            "directory": self.out, "form": form.as_str(), "held": converted.held,
            "left_out": converted.left_out, "checked_against_published_keys": trust.is_some(),
        });
        context.output.show(&json, || {
            let keys = match trust {
                Some(_) => "",
                None => {
                    "\nWHO signed was not checked: give the provider's published keys with --trust."
                }
            };
            format!(
                "{}{keys}",
                written(form, converted, &self.out.display().to_string())
            )
        })
    }
}

/// The provider is known by the name of its public log.
fn log_of(trust: &Trust) -> &str {
    let key: &VerifyingKey<role::Log> = &trust.log;
    key.name()
}

fn written(form: Form, converted: Converted, place: &str) -> String {
    let Converted { held, left_out } = converted;
    let what = match (form, held) {
        (Form::Mbox | Form::Messages, 1) => "1 message".to_owned(),
        (Form::Mbox | Form::Messages, n) => format!("{n} messages"),
        (Form::Records, 1) => "1 record".to_owned(),
        (Form::Records, n) => format!("{n} records"),
        (_, 1) => "1 file".to_owned(),
        (_, n) => format!("{n} files"),
    };
    let rest = match left_out {
        0 => String::new(),
        1 => "\n1 file of the package has no place in this form: it is in the package alone."
            .to_owned(),
        n => format!(
            "\n{n} files of the package have no place in this form: they are in the package alone."
        ),
    };
    format!("Written: {what}, in {place}.{rest}")
}
