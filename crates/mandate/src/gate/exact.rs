//! Of the fourth check: what a mandate names, by itself.

use lagrum_model::{Identifier, SubCategory};

use super::refused::Refused;
use crate::Mandate;

/// Whether it names accounts and categories, each once, and nothing that does not go together. That each identifier
/// names an account and that the period is bounded, their types know.
pub(super) fn it_is_exact(mandate: &Mandate) -> Result<(), Refused> {
    let refused = |why: String| Err(Refused::Mandate(why));
    if mandate.identifiers.is_empty() || mandate.categories.is_empty() {
        return refused("it names no account or no category".into());
    }
    if repeats(&mandate.identifiers)
        || repeats(&mandate.categories)
        || repeats(&mandate.sub_categories)
    {
        return refused("it names an account or a category twice".into());
    }
    let without = |one: &&SubCategory| !mandate.categories.contains(&one.category());
    if let Some(one) = mandate.sub_categories.iter().find(without) {
        return refused(format!(
            "it names `{one}` and not the category {} in which that lies",
            one.category()
        ));
    }
    if let Some(review) = &mandate.review {
        review.is_complete().map_err(Refused::Mandate)?;
    }
    for found in &mandate.found {
        let account = found.account.clone().map(Identifier::EmailAddress);
        let named = |account| mandate.identifiers.iter().any(|one| one.get() == account);
        if !account.as_ref().is_some_and(named) {
            return refused(
                "it tells of somebody who was looked up, and does not name that account".into(),
            );
        }
    }
    if let Some(look_up) = &mandate.look_up {
        if mandate.review.is_some() {
            return refused(
                "it is to look up and to release what was withheld; one mandate does one".into(),
            );
        }
        let complete = look_up.is_complete(&mandate.identifiers, mandate.period);
        complete.map_err(Refused::Mandate)?;
    }
    Ok(())
}

fn repeats<T: PartialEq>(values: &[T]) -> bool {
    (1..values.len()).any(|at| values[..at].contains(&values[at]))
}
