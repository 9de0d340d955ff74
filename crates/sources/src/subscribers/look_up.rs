//! Whose a telephone number or user id is: one reading of the table for all that is asked.

use lagrum_model::{AccountIdentifier, Identifier, Period, PhoneNumber};
use rusqlite::types::ValueRef;

use super::Subscribers;
use crate::{Run, Seen, SourceError};

/// What stands in one column.
enum Stored {
    Nothing,
    Text(String),
    Unreadable,
}

impl Subscribers {
    /// Answers all that is asked with one reading of the table.
    pub(super) fn whose(
        &self,
        asked: &[(&AccountIdentifier, Option<Period>)],
        run: Run<'_>,
    ) -> Result<Vec<Option<Seen>>, SourceError> {
        let table = &self.table;
        let column_of = |identifier: &Identifier| match identifier {
            Identifier::PhoneNumber(_) => table.telephone.as_deref(),
            Identifier::UserId(_) => table.user_id.as_deref(),
            _ => None,
        };
        let mut answers: Vec<_> = asked
            .iter()
            .map(|(identifier, _)| {
                column_of(identifier.get()).map(|_| Seen {
                    port: true,
                    ..Seen::default()
                })
            })
            .collect();
        if answers.iter().all(Option::is_none) {
            return Ok(answers);
        }
        let columns = [&table.telephone, &table.user_id];
        let columns = columns.map(|name| match name {
            Some(name) => format!("t.\"{name}\""),
            None => "NULL".to_owned(),
        });
        let statement = format!(
            "SELECT t.\"{}\", {} FROM main.\"{}\" AS t",
            table.account,
            columns.join(", "),
            table.name
        );
        self.database.read(|connection| {
            table.is_in(&self.database, connection)?;
            let fail = |error| self.database.refused(error);
            let mut statement = connection.prepare(&statement).map_err(fail)?;
            let mut rows = statement.query([]).map_err(fail)?;
            while let Some(row) = rows.next().map_err(fail)? {
                run.go_on(&self.about.id)?;
                let account = stored(row.get_ref(0).map_err(fail)?);
                let telephone = stored(row.get_ref(1).map_err(fail)?);
                let user_id = stored(row.get_ref(2).map_err(fail)?);
                for ((identifier, _), seen) in asked.iter().zip(&mut answers) {
                    let Some(seen) = seen else { continue };
                    seen.examined += 1;
                    let fits = match (identifier.get(), &telephone, &user_id) {
                        (Identifier::PhoneNumber(wanted), stored, _) => is_number(wanted, stored),
                        (Identifier::UserId(wanted), _, stored) => match stored {
                            Stored::Text(id) => Some(id == wanted.as_str()),
                            Stored::Nothing => Some(false),
                            Stored::Unreadable => None,
                        },
                        _ => Some(false),
                    };
                    match (fits, &account) {
                        (Some(false), _) => {}
                        (Some(true), Stored::Text(name)) => seen.fits(name),
                        _ => seen.unreadable += 1,
                    }
                }
            }
            Ok(())
        })?;
        Ok(answers)
    }
}

/// Whether a stored number is the wanted one; nothing, if it may be, written without its country code.
fn is_number(wanted: &PhoneNumber, stored: &Stored) -> Option<bool> {
    let text = match stored {
        Stored::Nothing => return Some(false),
        Stored::Unreadable => return None,
        Stored::Text(text) if text.trim().is_empty() => return Some(false),
        Stored::Text(text) => text,
    };
    if let Ok(number) = PhoneNumber::parse(text) {
        return Some(number == *wanted);
    }
    // `070-174 06 05`, `0046…` and a column of numbers end like the whole number does.
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let national = digits.trim_start_matches('0');
    match national.len() >= 4 && wanted.as_str().ends_with(national) {
        true => None,
        false => Some(false),
    }
}

fn stored(value: ValueRef<'_>) -> Stored {
    match value {
        ValueRef::Null => Stored::Nothing,
        ValueRef::Integer(number) => Stored::Text(number.to_string()),
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Stored::Text(text.to_owned()),
            Err(_) => Stored::Unreadable,
        },
        ValueRef::Real(_) | ValueRef::Blob(_) => Stored::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::super::SubscribersConfig;
    use super::*;
    use crate::testing::run;

    #[test]
    fn whose_a_number_or_user_id_is_stands_in_the_table() {
        let base = tempfile::TempDir::new().expect("a directory");
        let file = base.path().join("subscribers.sqlite");
        let connection = rusqlite::Connection::open(&file).expect("a database");
        connection
            .execute_batch(
                "CREATE TABLE people (mail TEXT, phone, number);
                 INSERT INTO people VALUES
                   ('alder@kvist.example', '+46 (0)70-174 06 05', 20417),
                   ('birch@kvist.example', '070-174 06 06', 'u-2'),
                   ('cedar@kvist.example', 46701740607, 'u-3'),
                   ('elm@kvist.example', '+46701740605', NULL),
                   ('fir@kvist.example', NULL, 'U-2'),
                   ('oak@kvist.example', '', x'ff');",
            )
            .expect("rows");
        drop(connection);
        let config = |telephone: Option<&str>| SubscribersConfig {
            sub_categories: std::collections::BTreeMap::new(),
            id: "subscribers".into(),
            database: file.clone(),
            table: "people".into(),
            account_column: "mail".into(),
            columns: vec!["phone".into()],
            telephone_column: telephone.map(str::to_owned),
            user_id_column: Some("number".into()),
        };
        let source = Subscribers::open(&config(Some("phone")), base.path()).expect("opened");
        let whose = |source: &Subscribers, text: &str| {
            let identifier = Identifier::parse(text).expect(text);
            let identifier = AccountIdentifier::try_from(identifier).expect("one account");
            let mut seen = source.whose(&[(&identifier, None)], run()).expect("read");
            seen.remove(0).map(|seen| {
                let names: Vec<_> = seen.names.into_iter().collect();
                (names.join(" "), seen.unreadable)
            })
        };
        let told = |names: &str, unreadable| Some((names.to_owned(), unreadable));
        for (text, right) in [
            (
                "phone-number:+46701740605",
                told("alder@kvist.example elm@kvist.example", 0),
            ),
            // Written without the country code: it may be the one.
            ("phone-number:+46701740606", told("", 1)),
            ("phone-number:+46701740607", told("", 1)),
            ("phone-number:+4512345678", told("", 0)),
            // One row holds bytes that are no text.
            ("user-id:20417", told("alder@kvist.example", 1)),
            ("user-id:u-2", told("birch@kvist.example", 1)),
            ("user-id:u-9", told("", 1)),
            ("ip-address:192.0.2.1 at 2026-08-20T19:04:11Z", None),
        ] {
            assert_eq!(whose(&source, text), right, "{text}");
        }
        let without = Subscribers::open(&config(None), base.path()).expect("opened");
        assert_eq!(whose(&without, "phone-number:+46701740605"), None);
        let wrong = Subscribers::open(&config(Some("fax")), base.path()).expect("opened");
        let number = Identifier::parse("phone-number:+46701740605").expect("a number");
        let number = AccountIdentifier::try_from(number).expect("one line");
        let error = wrong
            .whose(&[(&number, None)], run())
            .expect_err("no such column");
        assert!(error.to_string().contains("fax"), "{error}");
    }
}
