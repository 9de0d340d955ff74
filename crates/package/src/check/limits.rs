//! Whether what leaves lies in the boxes that were ordered, where less than a category was.

use lagrum_mandate::Mandate;
use lagrum_model::SubCategory;

use super::State;
use crate::layout::{ManifestLine, RecordLine};
use crate::{Limited, PackageError, Search};

/// A search is limited to what the mandate orders, if that is less than its category, and says of nothing
/// else that it may be handed over.
pub(super) fn of_search(mandate: &Mandate, search: &Search) -> Result<(), PackageError> {
    let ticked = mandate.sub_categories.iter().copied();
    let ordered: Vec<_> = ticked
        .filter(|one| one.category() == search.category)
        .collect();
    let refused = |why: &str| {
        let (category, source) = (search.category, &search.source);
        Err(PackageError::refused(format!(
            "the search for {category} data in {source} {why}"
        )))
    };
    let Some(Limited {
        to, things, fields, ..
    }) = &search.limited
    else {
        return match ordered.is_empty() {
            true => Ok(()),
            false => refused("is not limited as the mandate says"),
        };
    };
    if ordered.is_empty() || *to != ordered {
        return refused("is limited otherwise than the mandate says");
    }
    let covered = |one: &SubCategory| to.iter().any(|wide| wide.covers(*one));
    if !things.is_empty() && !things.iter().any(covered) || !fields.values().all(covered) {
        return refused("hands over what the mandate does not order");
    }
    Ok(())
}

/// A row has only fields that its search may hand over.
pub(super) fn of_row(row: &RecordLine, limits: Option<&Limited>) -> Result<(), String> {
    let Some(limits) = limits else {
        return Ok(());
    };
    match row
        .fields
        .names()
        .find(|name| !limits.fields.contains_key(*name))
    {
        None => Ok(()),
        Some(name) => Err(format!(
            "a row has the field `{name}`, and less than its category was ordered, without that"
        )),
    }
}

impl State {
    /// What the search limits an item to, where less than its category was ordered.
    pub(super) fn limits(&self, line: &ManifestLine) -> Result<Option<Limited>, PackageError> {
        let ticked = &self.mandate.sub_categories;
        if !ticked.iter().any(|one| one.category() == line.category) {
            return Ok(None);
        }
        let mut searches = self.statement.searches.iter();
        let made = searches.find(|search| {
            (&search.identifier, search.category, &search.source)
                == (&line.identifier, line.category, &line.source)
        });
        match made.and_then(|search| search.limited.clone()) {
            Some(limits) => Ok(Some(limits)),
            None if line.released.is_some() => Ok(None),
            None => {
                let why = "less than its category was ordered, and no search says what of it";
                Err(PackageError::refused(format!("{}: {why}", line.path)))
            }
        }
    }
}
