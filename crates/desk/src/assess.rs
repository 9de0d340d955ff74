use jiff::civil::Date;
use lagrum_law::{LawPacks, narrow};
use lagrum_model::{
    AccountIdentifier, Assessment, Basis, Category, Demand, Disposition, Finding, Holding,
    Identifier, Part,
};

use crate::DeskError;
use crate::config::{Directory, Known};

/// Applies the law as it stood on `as_of` to every part of a demand: each identifier, each
/// category, each place. `basis` are the demand's facts, with what the provider found.
pub(crate) fn assess(
    demand: &Demand,
    basis: &Basis,
    directory: &Directory,
    packs: &LawPacks,
    as_of: Date,
) -> Result<Assessment, DeskError> {
    let law = packs.in_force(as_of)?;
    let law_for = law.for_basis(basis)?;
    let find = |holding: &Holding, named| -> Result<Finding, DeskError> {
        Ok(law_for.find(holding, named)?)
    };
    let mut parts = Vec::new();
    let asked = demand.parts.iter().enumerate().flat_map(|(number, part)| {
        part.identifiers
            .iter()
            .map(move |identifier| (number, part, identifier))
    });
    for (asked_in, asked, identifier) in asked {
        for &category in &asked.categories {
            let placeless = directory
                .unknown(demand.addressee.country, category)
                .ok_or_else(|| {
                    DeskError::Wrong("the directory names no company and place".into())
                })?;
            let part = |holding: Option<Holding>, finding, note: Option<String>| Part {
                asked_in,
                identifier: identifier.clone(),
                category,
                holding,
                finding,
                note,
            };
            let Ok(named) = AccountIdentifier::try_from(identifier.clone()) else {
                parts.push(part(None, find(&placeless, false)?, None));
                continue;
            };
            if !matches!(identifier, Identifier::EmailAddress(_)) {
                let finding = rejected(
                    find(&placeless, true)?,
                    "The provider looks accounts up by their mail address; name that.",
                );
                parts.push(part(None, finding, None));
                continue;
            }
            match directory.find(&named) {
                Known::Unknown => {
                    let finding = no_data(find(&placeless, true)?);
                    let note = "no account of this name".to_owned();
                    parts.push(part(Some(placeless), finding, Some(note)));
                }
                Known::Alias(account) => {
                    let mut holdings = directory.holdings(account, category);
                    if holdings.is_empty() {
                        holdings.push(nothing_of(directory, account, category, placeless));
                    }
                    let findings = holdings.iter().map(|holding| find(holding, true));
                    let findings = findings.collect::<Result<Vec<_>, _>>()?;
                    let lawful = |finding: &&Finding| finding.disposition.is_granted();
                    let told = findings.iter().find(lawful).or(findings.first()).cloned();
                    let finding = rejected(
                        told.ok_or_else(|| DeskError::Damaged("an alias of nothing".into()))?,
                        "This is another name of an account. A demand that names the account itself can be answered.",
                    );
                    let note = format!("alias of {}; not followed", account.address);
                    parts.push(part(None, finding, Some(note)));
                }
                Known::Account(account) => {
                    let holdings = directory.holdings(account, category);
                    for holding in &holdings {
                        let note = account
                            .customer
                            .as_ref()
                            .map(|who| format!("customer: {who}"));
                        parts.push(part(Some(holding.clone()), find(holding, true)?, note));
                    }
                    if holdings.is_empty() {
                        let holding = nothing_of(directory, account, category, placeless);
                        let finding = no_data(find(&holding, true)?);
                        let note = format!("the account has no {category} data");
                        parts.push(part(Some(holding), finding, Some(note)));
                    }
                }
            }
        }
    }
    narrow(&mut parts);
    Ok(Assessment {
        as_of: law.as_of(),
        law: packs.digest(),
        parts,
    })
}

/// An account that is there but has nothing of a category: looked for where its other data lies.
fn nothing_of(
    directory: &Directory,
    account: &crate::DirectoryAccount,
    category: Category,
    placeless: Holding,
) -> Holding {
    let elsewhere = Category::ALL
        .iter()
        .find_map(|category| directory.holdings(account, *category).into_iter().next());
    let found = elsewhere.unwrap_or(placeless);
    Holding {
        category,
        controller: account.controller,
        holder_resides_in: account.resides_in,
        holder_is_us_person: account.us_person,
        privileged: account.privileged,
        public_authority_of: account.public_authority_of,
        ..found
    }
}

/// What would be produced if it were there.
fn no_data(mut finding: Finding) -> Finding {
    if finding.disposition == Disposition::Produce {
        finding.disposition = Disposition::NoData;
    }
    finding
}

/// What the law would allow, but the demand does not name well enough. A stricter finding stays.
fn rejected(mut finding: Finding, instead: &str) -> Finding {
    if finding.disposition.is_granted() {
        finding.disposition = Disposition::Reject;
        finding.instead = Some(instead.to_owned());
        finding.overridden = std::mem::take(&mut finding.decided_by);
    }
    finding
}

#[cfg(test)]
pub(crate) mod tests;
