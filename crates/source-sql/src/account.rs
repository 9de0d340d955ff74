//! Which account an identifier names in the database.

use crate::address::Kind;
use crate::statement::{Statement, is_name};

/// The name of the parameter, and of the column that gives the stored name back.
pub(crate) const IDENTIFIER: &str = "identifier";
pub(crate) const NAMED: &str = "named";

/// Checks that a statement asks for one name, and for nothing else.
pub(crate) fn only_identifier(statement: &Statement) -> Result<(), String> {
    if let Some(other) = statement.parameters().find(|name| *name != IDENTIFIER) {
        return Err(format!(
            "names `:{other}`; only `:{IDENTIFIER}` is known there"
        ));
    }
    match statement.parameters().next() {
        Some(_) => Ok(()),
        None => Err(format!(
            "names no `:{IDENTIFIER}`, so that it would give everybody"
        )),
    }
}

/// The query that finds an account.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) statement: Statement,
    keys: Vec<String>,
}

impl Account {
    /// Checks what the operator wrote: the query, and by what the tables know the account.
    ///
    /// # Errors
    /// The field, and what is wrong with it.
    pub(crate) fn check(
        text: &str,
        keys: &[String],
        kind: Kind,
    ) -> Result<Self, (&'static str, String)> {
        let statement = Statement::parse(text, kind).map_err(|why| ("account", why))?;
        only_identifier(&statement).map_err(|why| ("account", why))?;
        let reserved = [IDENTIFIER, NAMED, "from", "until", "lagrum"];
        for (place, key) in keys.iter().enumerate() {
            if !is_name(key) || reserved.contains(&key.as_str()) || keys[..place].contains(key) {
                let why = format!(
                    "`{key}`: write names of ASCII letters, digits and `_`, each once, and none of {}",
                    reserved.join(", ")
                );
                return Err(("account_keys", why));
            }
        }
        if keys.is_empty() || keys.len() > 10 {
            return Err(("account_keys", "write 1 to 10 columns".into()));
        }
        Ok(Self {
            statement,
            keys: keys.to_vec(),
        })
    }

    /// By what the tables know the account.
    pub(crate) fn keys(&self) -> &[String] {
        &self.keys
    }

    /// Whether a parameter is one of them.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.keys.iter().any(|key| key == name)
    }

    /// The first of them.
    pub(crate) fn first_key(&self) -> &str {
        &self.keys[0]
    }
}
