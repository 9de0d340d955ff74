//! Accounts that are looked up where they live, one by one: nothing is copied, and nothing is indexed.
//!
//! What an index proves of all accounts is held here of those that are named, as far as it can be asked:
//! an address gives one row, which says that it is its own; no other name of the account, and none that
//! reads like one of its names, is another account's.

use lagrum_model::EmailAddress;

use crate::names::{folded, wildcard_fault};
use crate::rules::Completed;
use crate::{AccountsError, Columns, Entry, Found, Live, Row, Table};

/// The longest value of a column, in bytes.
const LONGEST: usize = 64 << 10;

/// The most other names of one account: each of them is asked for.
const ALIASES: usize = 100;

/// What was answered for a name: columns, and rows in their order.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows: more than one is one too many. What is not known is empty.
    pub rows: Vec<Vec<String>>,
}

/// What asks for the rows of a name, in normal form, all at one instant.
pub type Ask<'a, E> = &'a mut dyn FnMut(&str) -> Result<Answer, E>;

impl Live {
    /// Checks what can be checked before an account is named: the columns, and that each rule for an
    /// address is for an account.
    ///
    /// # Errors
    /// What is wrong, and what to do; and what `ask` says.
    pub fn check<A: Entry, E: From<AccountsError>>(
        &self,
        columns: &Columns,
        ask: Ask<'_, E>,
    ) -> Result<(), E> {
        // No account is called so: the domain is none (RFC 2606).
        let nobody = ask("lagrum@lagrum.invalid")?;
        columns.check(&self.shown(), &nobody.columns, &self.rules)?;
        if !nobody.rows.is_empty() {
            let why = "it gives a row for a name that nobody has, so that it does not compare with `:identifier`; mend it";
            return Err(self.whole(why.into()).into());
        }
        for (normal, rule) in self.rules.addresses() {
            let asked = EmailAddress::parse(normal).map_err(|why| self.whole(why))?;
            match self.one::<A>(columns, &asked, &ask(normal)?)? {
                Found::Account(_) => {}
                _ => {
                    return Err(self.whole(format!(
                        "{rule} is for `{normal}`, which is no account there; write the address that it has, or take it out"
                    )).into());
                }
            }
        }
        Ok(())
    }

    /// What an address names. `by_hand` are the accounts that are written by hand.
    ///
    /// # Errors
    /// When it gives two rows, a row of somebody else, or one that is wrong, and when a name of the account
    /// is another account's, too: with what is to be mended. And what `ask` says.
    pub fn look_up<A: Entry, E: From<AccountsError>>(
        &self,
        columns: &Columns,
        by_hand: &Table<A>,
        asked: &EmailAddress,
        ask: Ask<'_, E>,
    ) -> Result<Found<A>, E> {
        let found = self.one::<A>(columns, asked, &ask(asked.normal())?)?;
        let (of, names) = match &found {
            Found::Account(account) | Found::Alias(account) => {
                (account.address(), account.aliases())
            }
            // What a rule for it would have to be about is said of the account all the same.
            Found::WithoutFacts(address) => (address, &[][..]),
            Found::Nobody | Found::Unknown => return Ok(by_hand.find(asked)?.1),
        };
        if names.len() > ALIASES {
            return Err(self
                .wrong(of, format!("it has more than {ALIASES} other names"))
                .into());
        }
        for name in std::iter::once(of).chain(names) {
            self.is_nobody_elses(columns, by_hand, of, name, &mut *ask)?;
        }
        Ok(found)
    }

    /// Checks that no other account is called `name`, or so that it reads alike.
    fn is_nobody_elses<A: Entry, E: From<AccountsError>>(
        &self,
        columns: &Columns,
        by_hand: &Table<A>,
        of: &EmailAddress,
        name: &EmailAddress,
        ask: Ask<'_, E>,
    ) -> Result<(), E> {
        let normal = name.normal();
        let plainest = folded(normal);
        if by_hand.find(name)?.1.is_written_down() {
            return Err(self
                .wrong(of, format!("`{name}` is written by hand as well; keep one"))
                .into());
        }
        if let Some(other) = by_hand.reads_like(normal, &plainest)? {
            return Err(self.alike(of, name.as_written(), &other).into());
        }
        let plainest = (plainest != normal).then_some(plainest.as_str());
        for asked in std::iter::once(normal).chain(plainest) {
            // What is no address is nobody's.
            let Ok(asked) = EmailAddress::parse(asked) else {
                continue;
            };
            let found = self.one::<A>(columns, &asked, &ask(asked.normal())?)?;
            let whose = match &found {
                Found::Account(other) | Found::Alias(other) => other.address(),
                Found::WithoutFacts(other) => other,
                Found::Nobody | Found::Unknown if name == of && asked == *name => {
                    let why = format!(
                        "it is found by another name, and not by its address; have {} find it by each of its names, or by its address alone",
                        self.finds()
                    );
                    return Err(self.wrong(of, why).into());
                }
                Found::Nobody | Found::Unknown => continue,
            };
            if whose != of && asked == *name {
                return Err(self
                    .wrong(
                        of,
                        format!("`{name}` is a name of `{whose}` as well; keep one"),
                    )
                    .into());
            }
            if whose != of {
                return Err(self.alike(of, name.as_written(), whose.as_written()).into());
            }
        }
        Ok(())
    }

    /// What one answer says.
    fn one<A: Entry>(
        &self,
        columns: &Columns,
        asked: &EmailAddress,
        answer: &Answer,
    ) -> Result<Found<A>, AccountsError> {
        columns.check(&self.shown(), &answer.columns, &self.rules)?;
        let wrong = |why: String| self.wrong(asked, why);
        let row = match &*answer.rows {
            [] => return Ok(Found::Unknown),
            [row] => row,
            _ => {
                return Err(wrong(format!(
                    "there is more than one row, and an address names one account or nobody; mend {}, or the table",
                    self.finds()
                )));
            }
        };
        if row.iter().any(|value| value.len() > LONGEST) || row.len() != answer.columns.len() {
            return Err(wrong("a value is longer than 64 KiB".into()));
        }
        let values: Vec<_> = row.iter().map(String::as_str).collect();
        let row = Row {
            names: &answer.columns,
            values: &values,
        };
        let address = row.need("address", EmailAddress::parse).map_err(wrong)?;
        let aliases = row.aliases().map_err(wrong)?;
        let alias = aliases.contains(asked);
        if address == *asked && alias {
            return Err(wrong(
                "its address stands among its other names, too; keep one".into(),
            ));
        }
        if address != *asked && !alias {
            return Err(wrong(format!(
                "the row is that of `{address}`, and does not name it among its other names; have {} compare to the byte (a collation takes letters for the same that are not)",
                self.finds()
            )));
        }
        let mut names = std::iter::once(&address).chain(&aliases);
        if let Some(why) = names.find_map(wildcard_fault) {
            return Err(wrong(why));
        }
        let Completed::Whole(values) = self.rules.complete(&row).map_err(wrong)? else {
            return Ok(Found::WithoutFacts(address));
        };
        let names = self.rules.with_columns(row.names);
        let account = A::of(&Row {
            names: &names,
            values: &values,
        });
        let account = account.map_err(wrong)?;
        Ok(match alias {
            true => Found::Alias(account),
            false => Found::Account(account),
        })
    }

    fn whole(&self, why: String) -> AccountsError {
        AccountsError::Whole {
            table: self.shown(),
            why,
        }
    }

    fn wrong(&self, asked: &EmailAddress, why: String) -> AccountsError {
        AccountsError::Row {
            row: format!("{}, for `{asked}`", self.shown()),
            why,
        }
    }

    fn alike(&self, of: &EmailAddress, one: &str, other: &str) -> AccountsError {
        let why = format!(
            "`{one}` and `{other}` read alike (Unicode, form NFKC in small letters), and nobody could say which of them a demand means; keep one"
        );
        self.wrong(of, why)
    }
}
