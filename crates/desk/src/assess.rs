//! The law applied to a demand: the one place where it is done, whoever asks.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use lagrum_law::{Law, LawPacks, narrow, standing};
use lagrum_model::{
    AccountIdentifier, AccountNamed, Addressee, Assessment, Basis, Case, Category, Controller,
    CountryCode, Demand, Disposition, EmailAddress, Finding, Holding, Identifier, LookedUp,
    Moments, Part, Refusal, Region, receipt,
};

use crate::look_up::{nobody, says_nothing};
use crate::{CommandError, look_up};

/// What is held about an identifier, of one category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// Nobody here is called that.
    Nobody,
    /// Accounts cannot be looked up by identifiers of this kind.
    NotLookedUp,
    /// Whose account it is, an agent can find out.
    ToBeLookedUp,
    /// Whether it is an account, the agents of these regions know alone, and have not told.
    NotTold(Vec<Region>),
    /// It is another name of an account, which has this.
    Alias {
        /// The account's address.
        of: String,
        /// What that account has.
        holdings: Vec<Holding>,
    },
    /// The account is here and has nothing of the category. Where it is looked for.
    Nothing(Holding),
    /// The account has this.
    Here {
        /// What it has, place by place.
        holdings: Vec<Holding>,
        /// The enterprise customer, if the account belongs to one.
        customer: Option<String>,
    },
}

/// What agents told of an address, each of its region.
pub type Told<'t> = BTreeMap<&'t Region, &'t AccountNamed>;

/// Knows what is held about whom, and never what it is.
pub trait Holdings {
    /// Where an identifier that names no account is looked for: with the addressed company. None if
    /// nobody here knows that company: the operator is asked, and no place is guessed.
    fn placeless(&self, demand: &Demand, category: Category) -> Option<Holding>;

    /// The companies for which the desk answers, as far as they are known.
    fn companies(&self) -> Vec<Addressee> {
        Vec::new()
    }

    /// What an agent found out of whose account it is, if one was asked.
    fn looked_up(&self, _: &Identifier) -> Option<&LookedUp> {
        None
    }

    /// What agents told of an address, if any was asked.
    fn told(&self, _: &EmailAddress) -> Told<'_> {
        Told::new()
    }

    /// What is held about an account. `placeless` is what [`Holdings::placeless`] said, `told` what agents told of it.
    ///
    /// # Errors
    /// When it cannot be looked up.
    fn of(
        &self,
        identifier: &AccountIdentifier,
        category: Category,
        placeless: &Holding,
        told: &Told<'_>,
    ) -> Result<Held, CommandError>;
}

/// What is held about those whom a case names, with what agents found out in it.
pub(crate) struct WithLookedUp<'a> {
    pub(crate) holdings: &'a dyn Holdings,
    pub(crate) case: &'a Case,
}

impl Holdings for WithLookedUp<'_> {
    fn placeless(&self, demand: &Demand, category: Category) -> Option<Holding> {
        self.holdings.placeless(demand, category)
    }

    fn companies(&self) -> Vec<Addressee> {
        self.holdings.companies()
    }

    fn of(
        &self,
        identifier: &AccountIdentifier,
        category: Category,
        placeless: &Holding,
        told: &Told<'_>,
    ) -> Result<Held, CommandError> {
        self.holdings.of(identifier, category, placeless, told)
    }

    fn told(&self, address: &EmailAddress) -> Told<'_> {
        self.case.told_of(address)
    }

    fn looked_up(&self, identifier: &Identifier) -> Option<&LookedUp> {
        self.case.looked_up(identifier)
    }
}

/// These holdings, for every account that a demand names: for a demand that is looked at without a
/// desk.
#[derive(Clone, Debug)]
pub struct TheseHoldings(pub Vec<Holding>);

impl Holdings for TheseHoldings {
    fn placeless(&self, _: &Demand, category: Category) -> Option<Holding> {
        let of = |holding: &&Holding| holding.category == category;
        self.0.iter().find(of).cloned()
    }

    fn of(
        &self,
        _: &AccountIdentifier,
        category: Category,
        _: &Holding,
        _: &Told<'_>,
    ) -> Result<Held, CommandError> {
        let of = |holding: &&Holding| holding.category == category;
        Ok(Held::Here {
            holdings: self.0.iter().filter(of).cloned().collect(),
            customer: None,
        })
    }
}

/// As if all that a demand asks for were held in one country, as private persons' data.
#[derive(Clone, Copy, Debug)]
pub struct OneCountry(pub CountryCode);

impl OneCountry {
    fn holding(self, category: Category) -> Option<Holding> {
        let region = Region::parse(&self.0.as_str().to_ascii_lowercase()).ok()?;
        Some(Holding::new(category, region, self.0, Controller::Consumer))
    }
}

impl Holdings for OneCountry {
    fn placeless(&self, _: &Demand, category: Category) -> Option<Holding> {
        self.holding(category)
    }

    fn of(
        &self,
        _: &AccountIdentifier,
        _: Category,
        placeless: &Holding,
        _: &Told<'_>,
    ) -> Result<Held, CommandError> {
        Ok(Held::Here {
            holdings: vec![placeless.clone()],
            customer: None,
        })
    }
}

/// Applies `law` to every part of a demand: each identifier, each category, each place. `basis` are
/// the demand's facts, with what the provider found; `packs` are those that `law` was taken from.
///
/// A part of the demand that names nobody at all is judged too, as what it is
/// ([`Identifier::Nobody`]). Where a demand names an identifier and a category of which [`Holdings::placeless`] knows no place,
/// that part is left out: nobody knows of anything to judge.
///
/// # Errors
/// [`Refusal::AccountsNotTold`] when agents are to be asked first; [`Refusal::NoCompany`] when nobody knows where to look for anything; when the law packs fail.
pub fn assess(
    demand: &Demand,
    basis: &Basis,
    holdings: &dyn Holdings,
    packs: &LawPacks,
    law: &Law,
) -> Result<Assessment, CommandError> {
    let law_for = law.for_basis(basis)?;
    let mut parts = Vec::new();
    // What is asked for in one part is put before the rules once, named and unnamed.
    let asked = demand.parts.iter().map(|part| {
        let of = |named| law_for.part(named, part.period);
        Ok((of(true)?, of(false)?))
    });
    let laws = asked.collect::<Result<Vec<_>, CommandError>>()?;
    let asked = demand.parts.iter().enumerate().flat_map(|(number, part)| {
        let categories = &part.categories;
        let nobody = part.identifiers.is_empty().then_some(&Identifier::Nobody);
        part.identifiers
            .iter()
            .chain(nobody)
            .flat_map(move |identifier| {
                categories
                    .iter()
                    .map(move |category| (number, identifier, *category))
            })
    });
    for (asked_in, identifier, category) in asked {
        let Some(placeless) = holdings.placeless(demand, category) else {
            continue;
        };
        let found = holdings.looked_up(identifier);
        let part = |holding: Option<Holding>, finding, note: Option<String>| Part {
            asked_in,
            identifier: identifier.clone(),
            account: found.and_then(|found| found.account.clone()),
            category,
            sub_categories: demand.parts[asked_in].sub_categories_of(category),
            holding,
            finding,
            note: found
                .map(look_up::in_words)
                .into_iter()
                .chain(note)
                .chain(look_alikes(identifier))
                .reduce(|one, other| format!("{one}; {other}")),
        };
        let (of_named, of_unnamed) = &laws[asked_in];
        let find = |holding: &Holding, named: bool| -> Result<Finding, CommandError> {
            let law = if named { of_named } else { of_unnamed };
            Ok(law.reach(holding, &demand.parts[asked_in].sub_categories)?)
        };
        let Ok(named) = AccountIdentifier::try_from(identifier.clone()) else {
            parts.push(part(None, find(&placeless, false)?, None));
            continue;
        };
        let named = match found {
            None => named,
            Some(found) => match account_of(found) {
                Some(account) => account,
                None => {
                    let finding = look_up::nobody_certain(find(&placeless, true)?, found);
                    parts.push(part(None, finding, None));
                    continue;
                }
            },
        };
        let told = match named.get() {
            Identifier::EmailAddress(address) => holdings.told(address),
            _ => Told::new(),
        };
        match holdings.of(&named, category, &placeless, &told)? {
            Held::NotTold(regions) => {
                return Err(CommandError::Invalid(Refusal::AccountsNotTold { regions }));
            }
            Held::ToBeLookedUp => {
                let mut finding = find(&placeless, true)?;
                if finding.proposed().is_granted() && matches!(identifier, Identifier::IpAddress(_))
                {
                    // Whoever may not be told who used an address is not looked for.
                    let category = Category::Identification;
                    let identifies = find(
                        &Holding {
                            category,
                            ..placeless.clone()
                        },
                        true,
                    )?;
                    if !identifies.proposed().is_granted() {
                        finding = identifies;
                    }
                }
                if finding.proposed().is_granted() {
                    finding.disposition = Disposition::LookUp;
                }
                parts.push(part(Some(placeless), finding, None));
            }
            Held::NotLookedUp => {
                let finding = not_looked_up(find(&placeless, true)?, identifier);
                parts.push(part(None, finding, None));
            }
            Held::Nobody => {
                let finding = find(&placeless, true)?;
                let note = "no account of this name".to_owned();
                let (holding, finding) = nothing_there(placeless, finding);
                parts.push(part(holding, finding, Some(note)));
            }
            Held::Alias { of, holdings } => {
                let findings = holdings.iter().map(|holding| find(holding, true));
                let findings = findings.collect::<Result<Vec<_>, _>>()?;
                let lawful = |finding: &&Finding| finding.disposition.is_granted();
                let told = findings.iter().find(lawful).or(findings.first()).cloned();
                let told = match told {
                    Some(told) => told,
                    None => find(&placeless, true)?,
                };
                let finding = rejected(
                    told,
                    "This is another name of an account. A demand that names the account itself can be answered.",
                );
                let note = format!("alias of {of}; not followed");
                parts.push(part(None, finding, Some(note)));
            }
            Held::Nothing(holding) => {
                let note = format!("the account has no {category} data");
                let finding = find(&holding, true)?;
                let (holding, finding) = match finding.disposition {
                    // The instrument reaches no such data of anybody.
                    Disposition::Narrow => (Some(holding), finding),
                    _ => nothing_there(holding, finding),
                };
                parts.push(part(holding, finding, Some(note)));
            }
            Held::Here { holdings, customer } => {
                for holding in holdings {
                    let note = customer.as_ref().map(|who| format!("customer: {who}"));
                    let finding = find(&holding, true)?;
                    parts.push(part(Some(holding), finding, note));
                }
            }
        }
    }
    if parts.is_empty() {
        return Err(CommandError::Invalid(Refusal::NoCompany {
            addressee: demand.addressee.clone(),
            companies: holdings.companies(),
        }));
    }
    narrow(&mut parts);
    Ok(Assessment {
        as_of: law.as_of(),
        law: packs.digest(),
        clocks: basis.clocks.clone(),
        parts,
    })
}

/// The facts of a demand that is no case, as they stand at `at` (UTC) after what `happened` to it.
/// Where its receipt is not among that, it counts as received at `at`.
///
/// # Errors
/// When what happened cannot have happened in that order.
pub fn facts_at(
    demand: &Demand,
    (verified, emergency_believed): (bool, bool),
    happened: &Moments,
    packs: &LawPacks,
    at: Timestamp,
) -> Result<Basis, CommandError> {
    let mut basis = demand.basis(verified, emergency_believed).after(happened);
    basis.received_at.get_or_insert(receipt(at));
    let mut now = demand.clone();
    now.instrument.notification = basis.instrument.notification;
    basis.clocks = standing(&packs.clocks().of(&now, happened, at)?);
    Ok(basis)
}

/// The instant (UTC) at which the clocks are looked at, where the law of `day` is applied: now, if it
/// is today; else the last second of that day.
#[must_use]
pub fn looked_at(day: Date, now: Timestamp) -> Timestamp {
    let zone = TimeZone::UTC;
    if zone.to_datetime(now).date() == day {
        return now;
    }
    let end = day.tomorrow().ok().and_then(|next| {
        let next = next.to_zoned_datetime(zone).ok()?.timestamp();
        next.checked_sub(SignedDuration::from_secs(1)).ok()
    });
    end.unwrap_or(Timestamp::MAX)
}

/// The law of one day, for [`assess`].
pub(crate) fn law_of(packs: &LawPacks, as_of: Date) -> Result<Arc<Law>, CommandError> {
    Ok(packs.in_force(as_of)?)
}

/// The account that an agent found.
fn account_of(found: &LookedUp) -> Option<AccountIdentifier> {
    let account = Identifier::EmailAddress(found.account.clone()?);
    AccountIdentifier::try_from(account).ok()
}

/// What the law says of data that is not there, be it that nobody is called that or that the account
/// has nothing of the kind. `holding` is where it would be looked for.
fn nothing_there(holding: Holding, mut finding: Finding) -> (Option<Holding>, Finding) {
    match finding.disposition {
        // Lawful: an agent states under signature that nothing is there.
        Disposition::Produce => {
            finding.disposition = Disposition::NoData;
            (Some(holding), finding)
        }
        // Whoever is refused outright is told nothing, not even this.
        disposition if says_nothing(disposition) => (Some(holding), finding),
        // No data, so no conflict of laws and no other way either.
        _ => (None, nobody()),
    }
}

/// What the law would allow, of whom nobody here can tell who it is. That is no refusal: the law says
/// nothing against it. A stricter finding stays.
fn not_looked_up(mut finding: Finding, identifier: &Identifier) -> Finding {
    if finding.disposition.is_granted() {
        finding.disposition = Disposition::NotLookedUp;
        finding.instead = Some(format!(
            "The provider has no means to find an account by an identifier of kind {}. Name the account's mail address.",
            identifier.kind()
        ));
    }
    finding
}

/// The letters of a name that look like others, for whoever compares it with the paper.
fn look_alikes(identifier: &Identifier) -> Option<String> {
    let found = identifier.look_alikes();
    let named = found
        .iter()
        .map(|(c, plain)| format!("U+{:04X}, which looks like `{plain}`", u32::from(*c)));
    let named: Vec<_> = named.collect();
    (!named.is_empty()).then(|| {
        format!(
            "the name holds {}: compare it with the paper, letter by letter",
            named.join(", and ")
        )
    })
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
