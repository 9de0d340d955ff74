use lagrum_model::{AccountIdentifier, Category, Sha256Digest};
use lagrum_package::layout::ItemKind;
use lagrum_source::Form;
use serde::{Deserialize, Serialize};

/// Something that counsel has to look at: a message or row that only a person can place inside or
/// outside the mandate, or a place in a store that could not be read.
/// Stays in the region; only its number leaves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PutAside {
    /// Whose data.
    pub identifier: AccountIdentifier,
    /// Which category.
    pub category: Category,
    /// Which source.
    pub source: String,
    /// Where it lies in the source.
    pub locator: String,
    /// Why a person has to look.
    pub why: String,
    /// The date as it is written there, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw_date: Option<String>,
    /// The name of its bytes in the store, if they are no message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// SHA-256 of its bytes as they are stored; absent where they cannot be read, or are no one
    /// thing: then nothing of it can be released.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Sha256Digest>,
}

/// What an item is, in the words of the manifest: kind, name and type.
pub(crate) fn kind_of(form: Form<'_>) -> (ItemKind, Option<String>, Option<String>) {
    match form {
        Form::Message => (ItemKind::Message, None, None),
        Form::Object { name, media_type } => (
            ItemKind::Object,
            Some(name.to_owned()),
            media_type.map(str::to_owned),
        ),
    }
}
