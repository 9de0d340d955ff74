use lagrum_model::{Controller, CountryCode, EmailAddress};
use serde::{Deserialize, Serialize};

use crate::AccountsError;

/// The columns with the facts that the law asks for. Each has to be there, so that nothing is assumed
/// of a whole table because a column was forgotten; where a value may be unknown, it is empty.
pub const FACTS: [&str; 6] = [
    "address",
    "controller",
    "resides_in",
    "us_person",
    "privileged",
    "public_authority_of",
];

/// Which columns a table has.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// Those that have to be there.
    pub required: Vec<String>,
    /// Those that may be.
    pub optional: Vec<String>,
}

impl Columns {
    /// Checks the columns of a table.
    pub(crate) fn check(&self, table: &str, names: &[String]) -> Result<(), AccountsError> {
        let fault = |why: String| {
            let table = table.to_owned();
            Err(AccountsError::Whole { table, why })
        };
        let known = || self.required.iter().chain(&self.optional);
        for (number, name) in names.iter().enumerate() {
            if !known().any(|known| known == name) {
                let all: Vec<_> = known().map(String::as_str).collect();
                return fault(format!(
                    "nobody knows a column `{}`; the columns are {}, separated by commas",
                    name.escape_debug(),
                    all.join(", ")
                ));
            }
            if names[..number].contains(name) {
                return fault(format!("the column `{name}` is there twice; keep one"));
            }
        }
        match self.required.iter().find(|name| !names.contains(name)) {
            Some(name) => fault(format!(
                "the column `{name}` is missing, and nothing is assumed of anybody; add it"
            )),
            None => Ok(()),
        }
    }
}

/// One row of a table: its values by the names of their columns.
#[derive(Clone, Copy, Debug)]
pub struct Row<'r> {
    pub(crate) names: &'r [String],
    pub(crate) values: &'r [&'r str],
}

impl<'r> Row<'r> {
    /// What stands in a column; nothing, if it is empty or not there.
    #[must_use]
    pub fn get(&self, column: &str) -> Option<&'r str> {
        let place = self.names.iter().position(|name| name == column)?;
        self.values
            .get(place)
            .copied()
            .filter(|text| !text.is_empty())
    }

    /// Each column in which something stands, with it.
    pub fn filled(&self) -> impl Iterator<Item = (&'r str, &'r str)> {
        let all = self.names.iter().zip(self.values);
        all.map(|(name, text)| (name.as_str(), *text))
            .filter(|(_, text)| !text.is_empty())
    }

    /// What stands in a column, as what it is.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read<T>(
        &self,
        column: &str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<Option<T>, String> {
        let parsed = self.get(column).map(parse).transpose();
        parsed.map_err(|why| format!("column `{column}`: {why}"))
    }

    /// What has to stand in a column.
    ///
    /// # Errors
    /// When it is empty, and what is wrong with it.
    pub fn need<T>(
        &self,
        column: &str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<T, String> {
        let empty = || format!("column `{column}` is empty, and nothing is assumed of anybody");
        self.read(column, parse)?.ok_or_else(empty)
    }
}

/// The facts about one account that the law asks for, as an operator writes them by hand or as they
/// stand in a row.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// Its address.
    pub address: EmailAddress,
    /// Other addresses that lead to it. A demand that names one of them is told so; it is not
    /// followed.
    #[serde(default)]
    pub aliases: Vec<EmailAddress>,
    /// Who decides over the data.
    pub controller: Controller,
    /// Where the account holder lives, as far as known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resides_in: Option<CountryCode>,
    /// Whether the account holder is a United States person (18 U.S.C. § 2523(a)(2)), if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub us_person: Option<bool>,
    /// Whether it is the account of somebody bound by professional secrecy, in that capacity.
    #[serde(default)]
    pub privileged: bool,
    /// The State of the public authority for which the data is kept, if it is kept for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_authority_of: Option<CountryCode>,
}

impl Facts {
    /// Reads them out of the columns [`FACTS`], and `aliases`, which are separated by blanks.
    ///
    /// # Errors
    /// Which column is wrong, and why.
    pub fn of(row: &Row<'_>) -> Result<Self, String> {
        let aliases = row.read("aliases", |text| {
            text.split(' ').map(EmailAddress::parse).collect()
        })?;
        Ok(Self {
            address: row.need("address", EmailAddress::parse)?,
            aliases: aliases.unwrap_or_default(),
            controller: row.need("controller", |text| match text {
                "consumer" => Ok(Controller::Consumer),
                "enterprise" => Ok(Controller::Enterprise),
                other => Err(format!(
                    "`{}`: write consumer or enterprise",
                    other.escape_debug()
                )),
            })?,
            resides_in: row.read("resides_in", CountryCode::parse)?,
            us_person: row.read("us_person", yes_or_no)?,
            privileged: row.need("privileged", yes_or_no)?,
            public_authority_of: row.read("public_authority_of", CountryCode::parse)?,
        })
    }
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text {
        "yes" | "true" | "1" => Ok(true),
        "no" | "false" | "0" => Ok(false),
        other => Err(format!("`{}`: write yes or no", other.escape_debug())),
    }
}
