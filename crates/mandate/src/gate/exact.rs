//! Of the fourth check: what a mandate names, by itself.

use lagrum_model::{Act, Identifier, SubCategory};

use super::LONGEST_KEPT;
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
    it_hands_over_or_keeps(mandate)?;
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

/// Whether it does one of the two: hand over to somebody, or keep for nobody until an instant that is bounded.
fn it_hands_over_or_keeps(mandate: &Mandate) -> Result<(), Refused> {
    let refused = |why: String| Err(Refused::Mandate(why));
    match (mandate.act, mandate.recipient.kept()) {
        (Act::Disclose, None) => Ok(()),
        (Act::Disclose, Some(_)) => refused("it is to hand over, and names nobody to whom".into()),
        (Act::Preserve, None) => {
            refused("it is to preserve, and names somebody to whom is handed over".into())
        }
        (Act::Preserve, Some(_)) if mandate.review.is_some() || mandate.answers.is_some() => {
            refused(
                "it is to preserve and to release or tell something; one mandate does one".into(),
            )
        }
        (Act::Preserve, Some(kept)) => {
            if kept.until <= mandate.issued_at {
                return refused("it is to keep a copy until before it was issued".into());
            }
            if kept.until.duration_since(mandate.issued_at) > LONGEST_KEPT {
                return refused(
                    "it keeps a copy for longer than 200 days; have it extended then".into(),
                );
            }
            if kept.extends.is_some() && mandate.look_up.is_some() {
                return refused(
                    "it is to look up and to keep a copy for longer; one mandate does one".into(),
                );
            }
            Ok(())
        }
    }
}

fn repeats<T: PartialEq>(values: &[T]) -> bool {
    (1..values.len()).any(|at| values[..at].contains(&values[at]))
}
