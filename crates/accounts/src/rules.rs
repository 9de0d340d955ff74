//! What is said of accounts by rules, where their table does not say it.

use std::collections::{BTreeMap, BTreeSet};

use lagrum_model::EmailAddress;
use serde::{Deserialize, Serialize};

use crate::row::fact_fault;
use crate::{AccountsError, Row};

/// One rule, as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rule {
    /// It is for these accounts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    addresses: Vec<EmailAddress>,
    /// It is for the accounts of this domain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    domain: Option<String>,
    /// It is for all accounts that no other rule is for.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    all_others: bool,
    /// What it says: the value of each column, as a table would have it.
    #[serde(flatten)]
    says: BTreeMap<String, Said>,
}

/// The value of a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Value")]
struct Said(String);

#[derive(Deserialize)]
#[serde(untagged, expecting = "write text, true or false")]
enum Value {
    Flag(bool),
    Text(String),
}

impl From<Value> for Said {
    fn from(value: Value) -> Self {
        Self(match value {
            Value::Flag(true) => "yes".into(),
            Value::Flag(false) => "no".into(),
            Value::Text(text) => text,
        })
    }
}

/// Rules, the first of which that is for an account counts; none of them is for an account that another
/// one before it takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rules {
    rules: Vec<Rule>,
    /// What they say, by the name of the column.
    columns: Vec<String>,
    of_address: BTreeMap<String, usize>,
    of_domain: BTreeMap<String, usize>,
    of_all_others: Option<usize>,
}

/// A row of a table, with what a rule says beside it.
pub(crate) enum Completed<'r> {
    /// All columns.
    Whole(Vec<&'r str>),
    /// No rule is for the account.
    NoRule,
}

fn called(number: usize) -> String {
    format!("[[accounts.rule]] number {}", number + 1)
}

impl TryFrom<Vec<Rule>> for Rules {
    type Error = String;
    fn try_from(rules: Vec<Rule>) -> Result<Self, String> {
        let mut all = Self::default();
        for (number, rule) in rules.iter().enumerate() {
            all.add(number, rule)
                .map_err(|why| format!("{}: {why}", called(number)))?;
        }
        let columns: BTreeSet<&String> = rules.iter().flat_map(|rule| rule.says.keys()).collect();
        all.columns = columns.into_iter().cloned().collect();
        all.rules = rules;
        Ok(all)
    }
}

impl From<Rules> for Vec<Rule> {
    fn from(rules: Rules) -> Self {
        rules.rules
    }
}

impl Rules {
    fn add(&mut self, number: usize, rule: &Rule) -> Result<(), String> {
        let whose = [
            !rule.addresses.is_empty(),
            rule.domain.is_some(),
            rule.all_others,
        ];
        if whose.into_iter().filter(|said| *said).count() != 1 {
            return Err(
                "say for whom it is: one of `addresses`, `domain` and `all_others = true`".into(),
            );
        }
        if rule.says.is_empty() {
            return Err("it says nothing of anybody; write what the table does not say".into());
        }
        for (column, Said(text)) in &rule.says {
            if let Some(why) = fact_fault(column, text) {
                return Err(why);
            }
        }
        // A rule that is never reached would look as if it held.
        if let Some(other) = self.of_all_others {
            return Err(format!(
                "it is never reached: {} is for all others; put that one last",
                called(other)
            ));
        }
        for address in &rule.addresses {
            if let Some(other) = self.of_domain.get(address.domain()) {
                return Err(format!(
                    "`{address}` is never reached: {} is for its domain; put that one behind",
                    called(*other)
                ));
            }
            let of_address = self.of_address.insert(address.normal().to_owned(), number);
            if let Some(other) = of_address {
                return Err(format!(
                    "`{address}` stands in {} as well; write it once",
                    called(other)
                ));
            }
        }
        if let Some(domain) = &rule.domain {
            let address = EmailAddress::parse(&format!("a@{domain}"))
                .map_err(|_| format!("`domain`: `{}` is none", domain.escape_debug()))?;
            let of_domain = self.of_domain.insert(address.domain().to_owned(), number);
            if let Some(other) = of_domain {
                return Err(format!(
                    "`{domain}` has a rule already, {}; keep one",
                    called(other)
                ));
            }
        }
        self.of_all_others = rule.all_others.then_some(number);
        Ok(())
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// The columns that they say.
    pub(crate) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The accounts for which there is a rule by their address, in normal form, with the rule's name.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = (&str, String)> {
        let all = self.of_address.iter();
        all.map(|(address, number)| (address.as_str(), called(*number)))
    }

    /// Checks them against the columns that are asked for, and those that the table has.
    pub(crate) fn check(
        &self,
        required: &[String],
        optional: &[String],
        table: &str,
        names: &[String],
    ) -> Result<(), AccountsError> {
        let fault = |why: String| {
            let table = table.to_owned();
            Err(AccountsError::Whole { table, why })
        };
        let own = |name: &str| ["address", "aliases", "none"].contains(&name) || name.contains('.');
        let may = || {
            let all = required.iter().chain(optional);
            all.map(String::as_str).filter(|name| !own(name))
        };
        for (number, rule) in self.rules.iter().enumerate() {
            for column in rule.says.keys() {
                if !may().any(|name| name == column) {
                    let all: Vec<_> = may().collect();
                    return fault(format!(
                        "{}: no rule can say `{}`; a rule says {}",
                        called(number),
                        column.escape_debug(),
                        all.join(", ")
                    ));
                }
                if names.contains(column) {
                    return fault(format!(
                        "{} says `{column}`, and the table has a column `{column}`: keep it in one of the two",
                        called(number)
                    ));
                }
            }
            let mut missing = required.iter().filter(|name| {
                !own(name) && !names.contains(name) && !rule.says.contains_key(*name)
            });
            if let Some(name) = missing.next() {
                return fault(format!(
                    "{}: `{name}` is missing, and nothing is assumed of anybody; say it, as \"\" where nothing is known",
                    called(number)
                ));
            }
        }
        Ok(())
    }

    /// What stands in a row with what the rule for its account says, in the order of the row's columns
    /// and [`Rules::columns`].
    ///
    /// # Errors
    /// When the row has no address, or an alias for which there is a rule.
    pub(crate) fn complete<'r>(&'r self, row: &Row<'r>) -> Result<Completed<'r>, String> {
        if self.is_empty() {
            return Ok(Completed::Whole(row.values.to_vec()));
        }
        let address = row.need("address", EmailAddress::parse)?;
        for alias in row.aliases()? {
            if let Some(number) = self.of_address.get(alias.normal()) {
                return Err(format!(
                    "{} is for `{alias}`, which is another name of `{address}`; write that address there",
                    called(*number)
                ));
            }
        }
        let number = self.of_address.get(address.normal());
        let number = number.or_else(|| self.of_domain.get(address.domain()));
        let number = number.copied().or(self.of_all_others);
        let Some(rule) = number.and_then(|number| self.rules.get(number)) else {
            return Ok(Completed::NoRule);
        };
        let said = self.columns.iter().map(|column| {
            let said = rule.says.get(column);
            said.map_or("", |Said(text)| text.as_str())
        });
        Ok(Completed::Whole(
            row.values.iter().copied().chain(said).collect(),
        ))
    }

    /// The columns of a table with those that rules say.
    pub(crate) fn with_columns(&self, names: &[String]) -> Vec<String> {
        names.iter().chain(&self.columns).cloned().collect()
    }
}
