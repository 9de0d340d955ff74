//! `lagrum open`, `lagrum verify`

use std::io::BufReader;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use lagrum_cards::Opening;
use lagrum_durable::Scratch;
use lagrum_log::VerifiedCheckpoint;
use lagrum_mandate::answer::{Receipt, SignedAnswer};
use lagrum_package::check::{Against, Checked};
use lagrum_package::{
    SealedFiles, Trust, compare_with_log, open_archive_into, open_into, passphrase_identity,
    verify_directory, verify_receipt, verify_sealed,
};
use lagrum_transport::LONGEST_ANSWER;

use crate::commands::ask::passphrase;
use crate::commands::{receipt, report};
use crate::context::{Context, load_trust};
use crate::output::{Failure, Output, judged};

/// For a recipient: decrypt a package, check all of it, and write its files
///
/// What is sealed to an OpenPGP key or an S/MIME certificate is decrypted by the program that has the private key:
/// gpg --decrypt PACKAGE.tar.pgp | lagrum open --decrypted - --to DIR;
/// openssl cms -decrypt -inform DER -in PACKAGE.tar.p7m -inkey KEY | lagrum open --decrypted - --to DIR
#[derive(clap::Args)]
#[command(group(clap::ArgGroup::new("opener").required(true).args(["identity", "passphrase", "passphrase_file", "decrypted"])))]
pub struct Open {
    /// The sealed package (.tar.age), or one of its files (.tar.age.001); with --decrypted its archive, or - for what is piped in
    package: PathBuf,
    /// Another program decrypted it already, as gpg does what is sealed to an OpenPGP key, and openssl to a certificate
    #[arg(long)]
    decrypted: bool,
    #[command(flatten)]
    with: With,
    /// The new directory for the files; beside the package if left out
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
    /// The provider's published keys
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
    /// The public log as you see it, or a mirror, as a directory: the package's proof is compared with
    /// it
    #[arg(long, value_name = "DIR", requires = "trust")]
    log: Option<PathBuf>,
}

/// What opens a package.
#[derive(clap::Args)]
struct With {
    /// Your identity file (`lagrum key new --recipient`, or `age-keygen`)
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
    /// Ask for the one-time passphrase that you were told by telephone
    #[arg(long, conflicts_with = "identity")]
    passphrase: bool,
    /// Read it from this file instead
    #[arg(long, value_name = "FILE", conflicts_with_all = ["identity", "passphrase"])]
    passphrase_file: Option<PathBuf>,
}

impl With {
    /// It; nothing where none is named.
    fn opener(&self) -> Result<Option<Box<dyn age::Identity>>, Failure> {
        if let Some(file) = &self.identity {
            return Ok(Some(Box::new(read_identity(file)?)));
        }
        let file = self.passphrase_file.as_deref();
        if file.is_none() && !self.passphrase {
            return Ok(None);
        }
        let typed = passphrase(file, "The passphrase that you were told: ")?;
        Ok(Some(Box::new(passphrase_identity(&typed))))
    }
}

/// Check a package offline: sealed, or opened before; or the receipt of a demand; or a report
///
/// Without --identity or --passphrase only the receipt of a sealed package is checked.
#[derive(clap::Args)]
pub struct Verify {
    /// The sealed package (.tar.age, .tar.pgp, .tar.p7m) or one of its files (.tar.age.001), the directory of an opened one, a receipt, or the directory of a report
    package: PathBuf,
    #[command(flatten)]
    with: With,
    /// The provider's published keys
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
    /// The public log as you see it, or a mirror, as a directory: the package's proof is compared with
    /// it
    #[arg(long, value_name = "DIR", requires = "trust")]
    log: Option<PathBuf>,
    /// The demand as you sent it: the receipt has to be of it
    #[arg(long, value_name = "FILE", requires = "trust")]
    demand: Option<PathBuf>,
    /// With a report: your receipt, to see as what your demand is counted
    #[arg(long, value_name = "FILE", requires = "log")]
    receipt: Option<PathBuf>,
    /// With a report: the cards that were opened for its auditor
    #[arg(long, value_name = "FILE", requires_all = ["log", "secret"])]
    sample: Option<PathBuf>,
    /// With --sample: the auditor's secret
    #[arg(long, value_name = "FILE", requires = "sample")]
    secret: Option<PathBuf>,
}

impl Open {
    /// Opens it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let piped = self.package.as_os_str() == "-";
        let to = match self.to {
            Some(to) => to,
            None if piped => {
                return Err(anyhow!("name the new directory for the files with --to").into());
            }
            None => beside(&self.package),
        };
        let from = From {
            trust: load_trust(&context.place, self.trust.as_deref())?,
            log: self.log,
        };
        if self.decrypted {
            let against = from
                .trust
                .as_ref()
                .map_or(Against::Itself, Against::Published);
            let opened = if piped {
                open_archive_into(std::io::stdin().lock(), &against, &to)
            } else {
                let archive = lagrum_durable::open_plain(&self.package)?;
                open_archive_into(BufReader::with_capacity(1 << 18, archive), &against, &to)
            };
            let opened = opened.map_err(judged)?;
            let directory = Some(opened.directory.as_path());
            return report(&opened.checked, &from, directory, &context.output);
        }
        let opener = self.with.opener()?.ok_or_else(|| {
            anyhow!(
                "name what opens it: --identity, or --passphrase if you were told one by telephone"
            )
        })?;
        open(context, &self.package, &*opener, &to, &from)
    }
}

impl Verify {
    /// Checks it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let from = From {
            trust: load_trust(&context.place, self.trust.as_deref())?,
            log: self.log,
        };
        if report::is_report(&self.package) {
            let (Some(trust), Some(log)) = (&from.trust, &from.log) else {
                return Err(anyhow!(
                    "a report is checked against the public log: give --trust and --log"
                )
                .into());
            };
            let receipt = self.receipt.as_deref();
            let sample = self.sample.as_deref().zip(self.secret.as_deref());
            return report::verify(&self.package, trust, log, receipt, sample, &context.output);
        }
        if let Some(note) = receipt_of_demand(&self.package)? {
            let trust = from
                .trust
                .as_ref()
                .ok_or_else(|| anyhow!("without --trust nobody can tell who signed the receipt"))?;
            let (demand, log) = (self.demand.as_deref(), from.log.as_deref());
            return receipt::verify(&note, trust, demand, log, &context.output);
        }
        verify(context, &self.package, self.with.opener()?.as_deref(), from)
    }
}

/// What a package is held against.
struct From {
    trust: Option<Trust>,
    log: Option<PathBuf>,
}

/// Decrypts a package, checks all of it, and writes its files.
fn open(
    context: &Context,
    package: &Path,
    identity: &dyn age::Identity,
    to: &Path,
    from: &From,
) -> Result<(), Failure> {
    let against = from
        .trust
        .as_ref()
        .map_or(Against::Itself, Against::Published);
    refuse_if_some_are_missing(package)?;
    let opened = open_into(package, identity, &against, to).map_err(judged)?;
    report(
        &opened.checked,
        from,
        Some(&opened.directory),
        &context.output,
    )
}

/// Checks a package offline.
fn verify(
    context: &Context,
    package: &Path,
    identity: Option<&dyn age::Identity>,
    from: From,
) -> Result<(), Failure> {
    let output = &context.output;
    let trust = from.trust.as_ref();
    // The recipient's own machine; of the package only its manifest comes to lie there.
    let scratch = Scratch::new(&std::env::temp_dir());
    if package.is_dir() {
        let checked = verify_directory(package, trust, &scratch).map_err(judged)?;
        return report(&checked, &from, None, output);
    }
    if let Some(identity) = identity {
        refuse_if_some_are_missing(package)?;
        let checked = verify_sealed(package, identity, trust, &scratch).map_err(judged)?;
        return report(&checked, &from, None, output);
    }
    if from.log.is_some() {
        return Err(anyhow!("the proof to be compared with --log lies in the sealed package: give --identity or --passphrase as well").into());
    }
    let trust = from.trust.ok_or_else(|| {
        anyhow!("without --identity the package stays sealed and without --trust nobody's signature can be checked; give at least one")
    })?;
    let note = receipt_beside(package)?;
    let agents: Vec<_> = trust.agents.iter().map(|agent| &agent.key).collect();
    let receipt = verify_receipt(package, &note, &agents).map_err(judged)?;
    output.show(
        &serde_json::json!({"sealed": true, "receipt": receipt, "compared_with_public_log": false}),
        || {
            format!(
                "Sealed, and whole: the agent {} signed for exactly these {} bytes.\n\
             Case {}, {} items{}. With --identity the contents are checked too.",
                receipt.region,
                receipt.length,
                receipt.case,
                receipt.produced,
                withheld(receipt.for_review)
            )
        },
    )
}

fn counted(n: u64, one: &str) -> String {
    match n {
        1 => format!("1 {one}"),
        n => format!("{n} {one}s"),
    }
}

fn withheld(for_review: u64) -> String {
    match for_review {
        0 => String::new(),
        n => format!(", {n} withheld for the provider's counsel"),
    }
}

fn report(
    checked: &Checked,
    from: &From,
    directory: Option<&Path>,
    output: &Output,
) -> Result<(), Failure> {
    let mandate = &checked.mandate;
    let public = match (&from.trust, &from.log) {
        (Some(trust), Some(log)) => Some(compare_with_log(checked, trust, log).map_err(judged)?),
        _ => None,
    };
    let witnesses: Vec<_> = checked
        .logged
        .iter()
        .flat_map(VerifiedCheckpoint::cosignatures)
        .map(|one| one.witness.clone())
        .collect();
    let json = serde_json::json!({
        "directory": directory, "case": mandate.case, "reference": mandate.reference,
        "messages": checked.messages, "rows": checked.rows,
        "for_review": checked.statement.for_review(), "signed_by": checked.signers,
        "checked_against_published_keys": from.trust.is_some(),
        "witnesses": witnesses,
        "compared_with_public_log": public.is_some(),
    });
    output.show(&json, || {
        let keys = if from.trust.is_some() {
            let seen = match &witnesses[..] {
                [] => "that no witness cosigned".to_owned(),
                names => format!("that {} cosigned", names.join(" and ")),
            };
            let compared = match &public {
                Some(public) => format!(
                    "The public log, with {} entries, contains that checkpoint.",
                    public.head().size
                ),
                None => {
                    "It was not compared with the public log as others see it: --log does that."
                        .to_owned()
                }
            };
            format!(
                "Mandate signed by {}; it is in the provider's log, under a checkpoint {seen}; the agent {} signed the package.\n{compared}",
                checked.signers.join(" and "),
                mandate.region
            )
        } else {
            "WHO signed was not checked, nor whether the mandate is in the provider's public log: give the provider's published keys with --trust.".to_owned()
        };
        let place = directory.map_or_else(String::new, |at| {
            format!("Files in {}; begin with SUMMARY.txt.\n", at.display())
        });
        format!(
            "{place}Whole: every item fits the manifest and the mandate (case {}, your reference {}).\n\
             {}, {}{}.\n{keys}",
            mandate.case,
            mandate.reference,
            counted(checked.messages, "message"),
            counted(checked.rows, "record"),
            withheld(checked.statement.for_review()),
        )
    })
}

fn beside(package: &Path) -> PathBuf {
    let package = SealedFiles::package_of(package);
    let name = package
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or("package");
    let stem = without_ending(name);
    package.with_file_name(if stem == name {
        format!("{stem}.opened")
    } else {
        stem.to_owned()
    })
}

/// The name of a package without what says how it is sealed.
fn without_ending(name: &str) -> &str {
    [".tar.age", ".tar.pgp", ".tar.p7m", ".tar"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .unwrap_or(name)
}

/// The receipt of a demand, if the file is one.
fn receipt_of_demand(file: &Path) -> anyhow::Result<Option<Vec<u8>>> {
    if file.is_dir() {
        return Ok(None);
    }
    let first = Opening::FIRST_LINE.as_bytes();
    let begin = lagrum_durable::read_at_most(file, first.len() as u64)?;
    if !begin.is_some_and(|begin| begin.starts_with(first)) {
        return Ok(None);
    }
    Ok(Some(lagrum_durable::read(file, LONGEST_ANSWER)?))
}

/// Names the volumes that are missing, where a receipt lies beside the others: without it the last ones are missed only
/// at the end of what is decrypted.
fn refuse_if_some_are_missing(package: &Path) -> Result<(), Failure> {
    let files = SealedFiles::find(package).map_err(judged)?;
    let receipt = receipt_beside(package).ok();
    let receipt = receipt.and_then(|note| Receipt::read_verified(str::from_utf8(&note).ok()?));
    let receipt = receipt.filter(SignedAnswer::agrees);
    if let Some(receipt) = receipt {
        files.refuse_if_some_are_missing(&receipt).map_err(judged)?;
    }
    Ok(())
}

fn receipt_beside(package: &Path) -> anyhow::Result<Vec<u8>> {
    let package = SealedFiles::package_of(package);
    let name = package.to_string_lossy();
    let receipt = format!("{}.receipt", without_ending(&name));
    lagrum_durable::read(Path::new(&receipt), LONGEST_ANSWER).with_context(|| {
        format!("{receipt}: the receipt that was handed over with the package is needed")
    })
}

/// Reads an age identity file, as `lagrum key new --recipient` and `age-keygen` write it.
pub fn read_identity(file: &Path) -> anyhow::Result<age::x25519::Identity> {
    let text = lagrum_durable::read_secret(file)?;
    let line = text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with('#'))
        .ok_or_else(|| anyhow!("{}: holds no identity", file.display()))?;
    line.parse().map_err(|e| {
        anyhow!(
            "{}: not an age identity (AGE-SECRET-KEY-1…): {e}",
            file.display()
        )
    })
}
