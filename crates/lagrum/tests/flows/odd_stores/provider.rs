//! A provider of 200 accounts, and the stores of one of its zones.

use std::fs;
use std::path::Path;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::made::{Account, Marks, Period, Store};
use super::records::{self, EVENTS, LOG, Whose, alias};
use super::{FORMS, mail};
use crate::support::Dice;
use crate::world::quoted;

/// 2026-03-01T00:00:00Z and 2026-04-01T00:00:00Z.
const MARCH: [i64; 2] = [1_772_323_200, 1_775_001_600];

/// All accounts. Those of one plain form are asked about together; of the others each has an order
/// of its own, with a period of its own.
pub fn accounts() -> Vec<Account> {
    let mut accounts: Vec<Account> = Vec::new();
    for (store, form, plain, count) in FORMS {
        let first = accounts.len();
        for number in first..first + count {
            let by = if *plain { first } else { number };
            let at = |second| {
                Timestamp::from_second(second).unwrap() + SignedDuration::from_secs(by as i64)
            };
            let local = if *form == "decomposed" { "björn" } else { "u" };
            accounts.push(Account {
                address: format!("{local}{number:03}@kvist.example"),
                place: format!("place{number:03}"),
                store: *store,
                form,
                plain: *plain,
                period: Period {
                    from: at(MARCH[0]),
                    until: at(MARCH[1]),
                },
            });
        }
    }
    accounts
}

/// Other names of an account.
pub fn aliases(account: &Account) -> Vec<String> {
    let has = account.form == "alias";
    has.then(|| alias(account)).into_iter().collect()
}

/// The `[[source]]` tables of the agent.
pub fn sources(accounts: &[Account]) -> String {
    let mut text = String::new();
    for (kind, id) in [
        ("maildir", "maildir"),
        ("mbox", "mbox"),
        ("eml-folder", "eml"),
    ] {
        text += &format!(
            "\n[[source]]\nkind = \"{kind}\"\nid = \"{id}\"\nroot = \"stores/{id}\"\n[source.accounts]\n"
        );
        for account in accounts {
            text += &format!(
                "{} = {}\n",
                quoted(&account.address),
                quoted(&account.place)
            );
        }
    }
    let logins: Vec<_> = LOG
        .iter()
        .map(|file| quoted(&format!("stores/{file}")))
        .collect();
    text + &format!(
        r#"
[[source]]
kind = "access-log-jsonl"
id = "logins"
paths = [{}]
account_field = "account"
time_field = "time"
time_format = "rfc3339"
[source.fields]
traffic = ["time", "account", "event"]

[[source]]
kind = "access-log-jsonl"
id = "events"
paths = ["stores/{EVENTS}"]
account_field = "account"
time_field = "time"
time_format = "epoch-seconds"
[source.fields]
identification = ["time", "account", "event"]

[[source]]
kind = "subscribers-sqlite"
id = "subscribers"
database = "stores/subscribers.sqlite"
table = "subscriber"
account_column = "address"
columns = ["address", "name"]
"#,
        logins.join(", ")
    )
}

/// Writes the stores of all accounts, most of it on the clock of this zone. Gives what lies there,
/// and whose it is.
pub fn stores(folder: &Path, accounts: &[Account], zone: &str, seed: u64) -> Vec<Whose> {
    let zone = TimeZone::get(zone).unwrap();
    let mut dice = Dice(seed);
    let mut marks = Marks(0);
    let mut things = Vec::new();
    let write = |file: &Path, bytes: &[u8]| {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    };
    for (number, account) in accounts.iter().enumerate() {
        let [maildir, mbox, eml] =
            ["maildir", "mbox", "eml"].map(|store| folder.join(store).join(&account.place));
        for part in ["cur", "new", "tmp"] {
            fs::create_dir_all(maildir.join(part)).unwrap();
        }
        fs::create_dir_all(&eml).unwrap();
        write(&mbox, b"");
        let mut writer = mail::Writer {
            dice: &mut dice,
            marks: &mut marks,
            zone: zone.clone(),
        };
        let mut own = |stored: Vec<_>| {
            things.extend(stored.into_iter().map(|thing| (Some(number), thing)));
        };
        match account.store {
            Store::Mbox => {
                let (bytes, stored) = writer.mbox(account);
                write(&mbox, &bytes);
                own(stored);
            }
            Store::Maildir | Store::Eml => {
                let (place, files) = match account.store {
                    Store::Maildir => (&maildir, writer.maildir(account)),
                    _ => (&eml, writer.eml(account)),
                };
                for (name, bytes, stored) in files {
                    write(&place.join(name), &bytes);
                    own(stored);
                }
            }
            Store::Log | Store::Events | Store::Subscribers => {}
        }
    }
    let mut writer = records::Writer {
        dice: &mut dice,
        marks: &mut marks,
        zone,
    };
    things.extend(writer.logins(folder, accounts));
    things.extend(writer.events(folder, accounts));
    let table = folder.join("subscribers.sqlite");
    things.extend(records::subscribers(&table, accounts, &mut marks));
    things
}
