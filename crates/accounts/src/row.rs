use lagrum_model::{Controller, CountryCode, EmailAddress};
use serde::{Deserialize, Serialize};

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

    /// The other addresses that lead to the account: column `aliases`, separated by blanks.
    ///
    /// # Errors
    /// What is wrong with them.
    pub(crate) fn aliases(&self) -> Result<Vec<EmailAddress>, String> {
        let aliases = self.read("aliases", |text| {
            text.split(' ').map(EmailAddress::parse).collect()
        })?;
        Ok(aliases.unwrap_or_default())
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
        Ok(Self {
            address: row.need("address", EmailAddress::parse)?,
            aliases: row.aliases()?,
            controller: row.need("controller", controller)?,
            resides_in: row.read("resides_in", CountryCode::parse)?,
            us_person: row.read("us_person", yes_or_no)?,
            privileged: row.need("privileged", yes_or_no)?,
            public_authority_of: row.read("public_authority_of", CountryCode::parse)?,
        })
    }
}

fn controller(text: &str) -> Result<Controller, String> {
    match text {
        "consumer" => Ok(Controller::Consumer),
        "enterprise" => Ok(Controller::Enterprise),
        other => Err(format!(
            "`{}`: write consumer or enterprise",
            other.escape_debug()
        )),
    }
}

/// What is wrong with a fact that a rule says, if it is one of [`FACTS`] and something is.
pub(crate) fn fact_fault(column: &str, text: &str) -> Option<String> {
    let (names, values) = ([column.to_owned()], [text]);
    let row = Row {
        names: &names,
        values: &values,
    };
    let read = match column {
        "controller" => row.need(column, controller).map(drop),
        "privileged" => row.need(column, yes_or_no).map(drop),
        "us_person" => row.read(column, yes_or_no).map(drop),
        "resides_in" | "public_authority_of" => row.read(column, CountryCode::parse).map(drop),
        _ => Ok(()),
    };
    // A rule has no columns of its own.
    let said = |why: String| {
        why.strip_prefix("column ")
            .map_or(why.clone(), str::to_owned)
    };
    read.err().map(said)
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text {
        "yes" | "true" | "1" => Ok(true),
        "no" | "false" | "0" => Ok(false),
        other => Err(format!("`{}`: write yes or no", other.escape_debug())),
    }
}
