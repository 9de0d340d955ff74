//! The fictional provider, as the demo remembers it.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, anyhow};
use lagrum_model::{Period, RecipientKey, Role};
use lagrum_notes::{SigningKey, role};
use lagrum_setup::Place;
use serde::{Deserialize, Serialize};

/// Its name.
pub const PROVIDER: &str = "Kvist Mail";

/// The people who sign, with the passphrases of their demo keys.
pub const SIGNERS: [(&str, Role, &str, &str); 2] = [
    (
        "Olof Strand",
        Role::Analyst,
        "olof",
        "demo passphrase of Olof",
    ),
    ("Maja Ek", Role::Counsel, "maja", "demo passphrase of Maja"),
];

/// The others at the desk, who sign nothing: name, role, id.
pub const COLLEAGUES: [(&str, Role, &str); 2] = [
    ("Nora Dahl", Role::Auditor, "nora"),
    ("Ivar Holm", Role::Administrator, ADMINISTRATOR),
];

/// The id of the administrator.
pub const ADMINISTRATOR: &str = "ivar";

/// The recipients of sealed packages: the name of the key's file, who holds it, and its country.
pub const RECIPIENTS: [(&str, &str, &str); 6] = [
    (
        "us-attorney",
        "United States Attorney, Southern District of New York",
        "US",
    ),
    (
        "ie-garda",
        "An Garda Síochána, Mutual Assistance Section",
        "IE",
    ),
    (
        "se-police",
        "Polismyndigheten, Nationella operativa avdelningen",
        "SE",
    ),
    ("dk-police", "Rigspolitiet", "DK"),
    ("de-prosecutor", "Staatsanwaltschaft Berlin", "DE"),
    ("us-county", "King County Prosecuting Attorney", "US"),
];

/// What the demo remembers of the provider that it built.
#[derive(Serialize, Deserialize)]
pub struct World {
    /// The mail that the stores were filled with.
    pub mail: Option<PathBuf>,
    /// How many messages.
    pub messages: u64,
    /// The period that demands ask for, for each account.
    pub periods: BTreeMap<String, Period>,
    /// The recipients' public keys.
    pub recipients: BTreeMap<String, RecipientKey>,
}

/// Opens the signers' keys.
pub fn signing_keys(at: &Place) -> anyhow::Result<Vec<SigningKey<role::Person>>> {
    let open = |(_, _, short, passphrase): (&str, Role, &str, &str)| {
        let file = at.dir().join("people").join(format!("{short}.key"));
        Ok(SigningKey::open(&fs::read(&file)?, passphrase)?)
    };
    SIGNERS.into_iter().map(open).collect()
}

/// The identity of a recipient.
pub fn recipient(at: &Place, name: &str) -> anyhow::Result<age::x25519::Identity> {
    let file = at.dir().join("recipients").join(format!("{name}.key"));
    let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let line = text.lines().find(|line| !line.starts_with('#'));
    line.unwrap_or_default()
        .parse()
        .map_err(|error| anyhow!("{}: {error}", file.display()))
}

impl World {
    /// What the stores hold, in a sentence.
    pub(crate) fn about_mail(&self) -> String {
        match &self.mail {
            None => format!(
                "Its stores hold {} messages that the demo made.",
                self.messages
            ),
            Some(path) => {
                format!(
                    "Its stores hold {} messages from {}.",
                    self.messages,
                    path.display()
                )
            }
        }
    }
}
