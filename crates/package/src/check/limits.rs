//! Whether what leaves lies in the boxes that were ordered, where less than a category was.

use std::collections::BTreeMap;
use std::sync::Arc;

use lagrum_mandate::Mandate;
use lagrum_model::{AccountIdentifier, Category, SubCategory};

use super::State;
use crate::layout::{ManifestLine, RecordLine};
use crate::{Limited, PackageError, Search, Statement};

/// A search is limited to what the mandate orders, if that is less than its category, and says of nothing
/// else that it may be handed over.
pub(super) fn of_search(mandate: &Mandate, search: &Search) -> Result<(), PackageError> {
    let ordered: Vec<_> = SubCategory::of(&mandate.sub_categories, search.category).collect();
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

/// The searches that are limited to less than their category, found by what each item names.
pub(super) struct LimitedSearches(BTreeMap<AccountIdentifier, BTreeMap<Category, BySource>>);

type BySource = BTreeMap<String, Arc<Limited>>;

impl LimitedSearches {
    pub(super) fn of(statement: &Statement) -> Self {
        let mut found: BTreeMap<_, BTreeMap<_, BySource>> = BTreeMap::new();
        for search in &statement.searches {
            if let Some(limited) = &search.limited {
                let of_account = found.entry(search.identifier.clone()).or_default();
                let by_source = of_account.entry(search.category).or_default();
                by_source
                    .entry(search.source.clone())
                    .or_insert_with(|| Arc::new(limited.clone()));
            }
        }
        Self(found)
    }

    fn find(&self, line: &ManifestLine) -> Option<Arc<Limited>> {
        let by_source = self.0.get(&line.identifier)?.get(&line.category)?;
        by_source.get(&line.source).cloned()
    }
}

impl State {
    /// What the search limits an item to, where less than its category was ordered.
    pub(super) fn limits(&self, line: &ManifestLine) -> Result<Option<Arc<Limited>>, PackageError> {
        let mut ordered = SubCategory::of(&self.mandate.sub_categories, line.category);
        if ordered.next().is_none() {
            return Ok(None);
        }
        match self.limited.find(line) {
            Some(limits) => Ok(Some(limits)),
            None if line.released.is_some() => Ok(None),
            None => {
                let why = "less than its category was ordered, and no search says what of it";
                Err(PackageError::refused(format!("{}: {why}", line.path)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use lagrum_model::DateRule;
    use lagrum_model::SubCategory::{Identity, Location, Name, Routing};

    use super::*;
    use crate::SearchOutcome;

    fn search(category: Category, limited: Option<Limited>) -> Search {
        Search {
            identifier: lagrum_mandate::testing::account(lagrum_model::testing::ACCOUNT),
            category,
            source: "logins".into(),
            date_rule: DateRule::EventTime,
            limited,
            outcome: SearchOutcome::NotSearched,
        }
    }

    fn limited(to: &[SubCategory], fields: &[(&str, SubCategory)]) -> Option<Limited> {
        let fields = fields
            .iter()
            .map(|(name, lies_in)| ((*name).to_owned(), *lies_in));
        Some(Limited {
            to: to.to_vec(),
            fields: fields.collect(),
            ..Limited::default()
        })
    }

    #[test]
    fn a_search_is_limited_exactly_as_the_mandate_says_and_hands_over_nothing_else() {
        use lagrum_model::Category::{Subscriber, Traffic};
        let mandate = Mandate {
            categories: vec![Traffic, Subscriber],
            sub_categories: vec![Routing, Identity],
            ..lagrum_mandate::testing::mandate()
        };
        let judged = |category, limited| of_search(&mandate, &search(category, limited)).is_ok();
        assert!(judged(Traffic, limited(&[Routing], &[("ip", Routing)])));
        // What lies in a narrower box lies in the one that was ordered.
        assert!(judged(Subscriber, limited(&[Identity], &[("name", Name)])));
        for wrong in [
            None,
            limited(&[], &[]),
            limited(&[Routing, Location], &[]),
            limited(&[Routing], &[("ip", Routing), ("cell", Location)]),
        ] {
            assert!(!judged(Traffic, wrong.clone()), "{wrong:?}");
        }
        let whole = lagrum_mandate::testing::mandate();
        let told = search(Traffic, limited(&[Routing], &[]));
        assert!(of_search(&whole, &told).is_err(), "nothing was limited");
        let narrow = Mandate {
            categories: vec![Subscriber],
            sub_categories: vec![Name],
            ..lagrum_mandate::testing::mandate()
        };
        let wide = search(Subscriber, limited(&[Name], &[("born", Identity)]));
        assert!(of_search(&narrow, &wide).is_err());
    }

    #[test]
    fn a_row_with_a_field_of_which_nothing_was_ordered_is_refused() {
        let row = |fields: &str| -> RecordLine {
            serde_json::from_str(&format!(
                r#"{{"identifier":{{"kind":"email-address","value":"bjork@kvist.example"}},"category":"traffic","dated":"2026-01-05T10:00:00Z","fields":{fields}}}"#
            ))
            .unwrap()
        };
        let limits = limited(&[Routing], &[("ip", Routing)]);
        assert!(of_row(&row(r#"{"ip":"192.0.2.1"}"#), limits.as_ref()).is_ok());
        let why = of_row(&row(r#"{"ip":"192.0.2.1","cell":7}"#), limits.as_ref()).unwrap_err();
        assert!(why.contains("`cell`"), "{why}");
        assert!(of_row(&row(r#"{"cell":7}"#), None).is_ok());
    }
}
