use crate::AccountsError;
use crate::rules::Rules;

/// Which columns a table has.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// Those that have to be there.
    pub required: Vec<String>,
    /// Those that may be.
    pub optional: Vec<String>,
}

impl Columns {
    /// Checks the columns of a table, with what rules say beside them.
    pub(crate) fn check(
        &self,
        table: &str,
        names: &[String],
        rules: &Rules,
    ) -> Result<(), AccountsError> {
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
        rules.check(&self.required, &self.optional, table, names)?;
        let missing = |name: &&String| !names.contains(name) && !rules.columns().contains(name);
        match self.required.iter().find(missing) {
            Some(name) => fault(format!(
                "the column `{name}` is missing, and nothing is assumed of anybody; add it, or {}",
                match name.split_once('.') {
                    Some((_, source)) => format!("give source `{source}` a `place` for all"),
                    None => "say it in [[accounts.rule]]".to_owned(),
                }
            )),
            None => Ok(()),
        }
    }
}
