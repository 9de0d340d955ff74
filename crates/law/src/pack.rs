use lagrum_model::CountryCode;
use serde::Deserialize;

use crate::LawError;

/// One law pack: a folder of rules with a page that says what they cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// The folder's name, with which every rule's name begins, for example `us`.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Whether it states law or the provider's own promise.
    pub kind: PackKind,
    /// Whose law it is.
    pub jurisdiction: String,
    /// What it covers.
    pub covers: String,
    /// How far it is confirmed, and by whom.
    pub status: String,
    /// What a reader should know of the reading it rests on.
    pub notes: Vec<String>,
}

/// Whether a pack states law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PackKind {
    /// Provisions of law.
    Law,
    /// The provider's own promise, which only forbids.
    Policy,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPack {
    title: String,
    kind: PackKind,
    jurisdiction: String,
    covers: String,
    status: String,
    #[serde(default)]
    notes: Vec<String>,
}

impl Pack {
    /// The country whose own law it states, if its jurisdiction is one: `SE`, not `European Union`.
    #[must_use]
    pub fn country(&self) -> Option<CountryCode> {
        CountryCode::parse(&self.jurisdiction).ok()
    }

    pub(crate) fn parse(name: &str, path: &str, text: &str) -> Result<Self, LawError> {
        let raw: RawPack = toml::from_str(text).map_err(|error| LawError::Facts {
            path: path.to_owned(),
            why: error.to_string(),
        })?;
        for (field, value) in [
            ("title", &raw.title),
            ("jurisdiction", &raw.jurisdiction),
            ("covers", &raw.covers),
            ("status", &raw.status),
        ] {
            if value.trim().is_empty() {
                return Err(LawError::Facts {
                    path: path.to_owned(),
                    why: format!("field `{field}` is empty: write it, readers rely on it"),
                });
            }
        }
        let RawPack {
            title,
            kind,
            jurisdiction,
            covers,
            status,
            notes,
        } = raw;
        Ok(Self {
            name: name.to_owned(),
            title,
            kind,
            jurisdiction,
            covers,
            status,
            notes,
        })
    }
}
