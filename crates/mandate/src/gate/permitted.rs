//! The third check: the law.

use lagrum_law::{Law, Question};
use lagrum_model::{AccountIdentifier, Category, Holding, Identifier};

use super::refused::Refused;
use crate::Mandate;

/// 3. These law packs permit exactly its act, for every part of it, for its whole period and for the
///    place where the data lies. Who used an Internet address is found out only where they permit to hand
///    over data that identifies a user, too.
///
/// # Errors
/// [`Refused::Law`]; [`Refused::LawFails`]; what `holding` gives where no facts are known to judge by.
pub fn the_law_permits(
    law: &Law,
    mandate: &Mandate,
    holding: &dyn Fn(&AccountIdentifier, Category) -> Result<Holding, Refused>,
) -> Result<(), Refused> {
    let asked = mandate.basis.instrument.kind.act();
    if mandate.act != asked {
        return Err(Refused::Law(format!(
            "the mandate is to {}, the instrument asks to {asked}",
            mandate.act
        )));
    }
    for identifier in &mandate.identifiers {
        let identifies = mandate.look_up.is_some()
            && matches!(identifier.get(), Identifier::IpAddress(_))
            && !mandate.categories.contains(&Category::Identification);
        let identifies = identifies.then_some(Category::Identification);
        for category in mandate.categories.iter().copied().chain(identifies) {
            let holding = holding(identifier, category)?;
            let question = Question {
                basis: &mandate.basis,
                holding: &holding,
                named: true,
                period: Some(mandate.period.into()),
                sub_categories: &mandate.sub_categories,
            };
            let finding = law
                .find(&question)
                .map_err(|e| Refused::LawFails(e.to_string()))?;
            if finding.disposition != mandate.act.granted() {
                let rules: Vec<_> = finding
                    .decided_by
                    .iter()
                    .map(|rule| format!("{} ({})", rule.says, rule.cite))
                    .collect();
                return Err(Refused::Law(format!(
                    "{category} data stored in {}: {}",
                    holding.stored_in,
                    if rules.is_empty() {
                        "no rule in force permits it".to_owned()
                    } else {
                        rules.join("; ")
                    }
                )));
            }
        }
    }
    Ok(())
}
