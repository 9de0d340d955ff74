//! What a person is asked for: a passphrase, a word, a key.

use std::io::Write;
use std::path::Path;

use anyhow::{Context as _, anyhow, bail};
use lagrum_durable::Lines;
use lagrum_notes::{NoteError, SigningKey, role};
use zeroize::Zeroizing;

use crate::output::Failure;

/// The longest answer, in bytes: a terminal gives no longer line.
const LONGEST_ANSWER: u64 = 4096;

/// Reads a passphrase from a file, or asks for it.
pub fn passphrase(file: Option<&Path>, prompt: &str) -> anyhow::Result<Zeroizing<String>> {
    match file {
        Some(file) => {
            let text = lagrum_durable::read_secret(file)?;
            Ok(Zeroizing::new(
                text.trim_end_matches(['\r', '\n']).to_owned(),
            ))
        }
        None => rpassword::prompt_password(prompt)
            .map(Zeroizing::new)
            .context("no terminal to ask for the passphrase; use --passphrase-file"),
    }
}

/// Opens a person's key.
pub fn open_key(
    file: &Path,
    passphrase_file: Option<&Path>,
) -> Result<SigningKey<role::Person>, Failure> {
    let name = file.display();
    let file = lagrum_durable::read_secret(file).map_err(anyhow::Error::from)?;
    let asked = format!("Passphrase of {name}: ");
    let passphrase = passphrase(passphrase_file, &asked)?;
    SigningKey::open(file.as_bytes(), &passphrase).map_err(|e| {
        let way_out = match e {
            NoteError::KeyFile(_) => "; `lagrum key new` makes one",
            _ => "",
        };
        anyhow!("{name}: {e}{way_out}").into()
    })
}

/// Asks on the terminal, and reads one line.
pub fn ask(question: &str) -> anyhow::Result<String> {
    let mut out = std::io::stderr().lock();
    write!(out, "\n{question}: ")?;
    out.flush()?;
    let mut lines = Lines::new(std::io::stdin().lock(), LONGEST_ANSWER);
    let Some(line) = lines.next_line()? else {
        bail!(
            "nobody answered, so nothing was signed; --confirm gives the answer, once for each mandate"
        );
    };
    Ok(String::from_utf8_lossy(line).into_owned())
}
