//! Finding a kind of source by the word that the configuration writes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lagrum_model::EmailAddress;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::{Source, SourceError};

/// One source, as the operator writes it: its kind, its id, and what the kind asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceConfig {
    /// Which connector.
    pub kind: String,
    /// Its name: lower-case letters, digits and `-`.
    #[serde(default)]
    pub id: String,
    /// Accounts of which this source has nothing, although others here have. Only of these it may be
    /// said that the source has no account of that name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub none: Vec<EmailAddress>,
    /// Where each account lies below the source's root, written by hand. For a source in files alone.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub accounts: BTreeMap<String, PathBuf>,
    /// The same for all accounts, with `%u`, `%n` and `%d` ([`crate::Template`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Everything else.
    #[serde(flatten)]
    pub fields: toml::Table,
}

/// What every kind of source is opened with.
#[derive(Clone, Copy, Debug)]
pub struct Context<'c> {
    /// Where relative paths start: the directory of the configuration.
    pub base_directory: &'c Path,
}

/// Opens a source and checks what can be checked before the first search.
pub type Open = fn(&SourceConfig, &Context<'_>) -> Result<Box<dyn Source>, SourceError>;

/// The kinds of source that a program knows.
#[derive(Clone, Debug, Default)]
pub struct Registry(BTreeMap<&'static str, Open>);

impl SourceConfig {
    /// The fields as `T`, which refuses those that it does not know. `id` is one of them.
    ///
    /// # Errors
    /// [`SourceError::Config`], naming the field.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, SourceError> {
        let mut table = self.fields.clone();
        table.insert("id".into(), self.id.clone().into());
        table.try_into().map_err(|error| {
            let why = error.message().trim().to_owned();
            // What is quoted first is the field where that is not known or not there, and else what stands in it.
            let quoted = why.split('`').nth(1).unwrap_or("kind");
            let holds = |(_, value): &(&String, &toml::Value)| holds(value, quoted);
            let field = match why.starts_with("unknown variant") {
                true => self
                    .fields
                    .iter()
                    .find(holds)
                    .map(|(field, _)| field.as_str()),
                false => None,
            };
            let field = field.unwrap_or(quoted).to_owned();
            SourceError::config(&self.id, field, why)
        })
    }
}

/// Whether this word stands somewhere in a value, as a name or a text.
fn holds(value: &toml::Value, word: &str) -> bool {
    match value {
        toml::Value::String(text) => text == word,
        toml::Value::Array(all) => all.iter().any(|one| holds(one, word)),
        toml::Value::Table(table) => table
            .iter()
            .any(|(name, value)| name == word || holds(value, word)),
        _ => false,
    }
}

impl Registry {
    /// Adds a kind. A kind that is there already is replaced.
    #[must_use]
    pub fn with(mut self, kind: &'static str, open: Open) -> Self {
        self.0.insert(kind, open);
        self
    }

    /// The kinds, in alphabetical order.
    pub fn kinds(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }

    /// Opens a source.
    ///
    /// # Errors
    /// [`SourceError::Config`], when nobody knows its kind, a field breaks its rule, or what it
    /// names is not there.
    pub fn open(
        &self,
        config: &SourceConfig,
        context: &Context<'_>,
    ) -> Result<Box<dyn Source>, SourceError> {
        let SourceConfig { kind, id, .. } = config;
        let open = self.0.get(kind.as_str()).ok_or_else(|| {
            let kinds: Vec<_> = self.kinds().collect();
            let why = format!(
                "`{kind}` is not a kind of source; write {}",
                kinds.join(", ")
            );
            SourceError::config(id, "kind", why)
        })?;
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if id.is_empty() || id.len() > 64 || !id.bytes().all(allowed) {
            let why = "write 1 to 64 lower-case letters, digits and `-`";
            return Err(SourceError::config(id, "id", why));
        }
        let source = open(config, context)?;
        let field = match (source.root(), config.accounts.is_empty(), &config.place) {
            (None, false, _) => "accounts",
            (None, true, Some(_)) => "place",
            _ => return Ok(source),
        };
        let why =
            format!("nobody asks a source of the kind `{kind}` where an account lies; take it out");
        Err(SourceError::config(id, field, why))
    }
}
