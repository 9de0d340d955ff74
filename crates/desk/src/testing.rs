//! A provider's desk below a directory, for tests and for the benchmark (feature `testing`).

use std::fs;
use std::path::Path;
use std::sync::Arc;

use lagrum_access::People;
use lagrum_mandate::testing::roster;
use lagrum_model::{Region, Role};
use lagrum_notes::{SigningKey, role};
use lagrum_store::{Database, MasterKey, Store, Vault};
use lagrum_transport::directory::DirectoryDesk;
use rand_core::CryptoRngCore;

use crate::{AgentContact, Desk, DeskConfig, Parts};

/// One account, that of the usual demand, in one place.
const DIRECTORY: &str = r#"
[[entity]]
name = "Kvist Mail AB"
country = "SE"
region = "stockholm"
[[place]]
region = "stockholm"
country = "SE"
service = "internet-access"
[[account]]
address = "bjork@kvist.example"
controller = "consumer"
holdings = [{ region = "stockholm", categories = ["content", "subscriber"] }]
"#;

/// The authority of the usual demand, and a number that was found without it.
pub(crate) const AUTHORITIES: &str = r#"
[[authority]]
name = "Polisen"
country = "SE"
kind = "police"
domains = ["police.example"]
telephone = "+46 8 111 11 11"
"#;

/// Writes all that a desk has into a directory: keys, people, one agent (with its key, which only its
/// own host would have), one account. Gives the keys of the two who sign: an analyst and counsel.
///
/// # Panics
/// When the directory cannot be written.
pub fn lay_out(
    dir: &Path,
    database: &str,
    log: &str,
    people: &People,
    random: &mut impl CryptoRngCore,
) -> [SigningKey<role::Person>; 2] {
    let keys = ["kvist.example/analyst", "kvist.example/counsel"]
        .map(|name| SigningKey::generate(random, name).unwrap());
    let log_key = SigningKey::<role::Log>::generate(random, "kvist.example/log").unwrap();
    let agent = SigningKey::<role::Agent>::generate(random, "kvist.example/agent").unwrap();
    let private = |name: &str, text: &str| {
        lagrum_durable::private_file(&dir.join(name), text.as_bytes()).unwrap();
    };
    private("log.key", &log_key.to_secret());
    private("agent.key", &agent.to_secret());
    private(
        "master.key",
        &MasterKey::generate(random).to_secret_string(),
    );
    let roster = roster(&[
        ("The analyst", Role::Analyst, &keys[0]),
        ("The counsel", Role::Counsel, &keys[1]),
    ]);
    let config = DeskConfig {
        provider: "Kvist Mail".into(),
        zone: None,
        database: database.into(),
        master_key: "master.key".into(),
        log: log.into(),
        staging: "staging".into(),
        log_key: "log.key".into(),
        people: "people.toml".into(),
        roster: "roster.toml".into(),
        former: None,
        directory: "directory.toml".into(),
        accounts_index: "accounts.sqlite".into(),
        authorities: "authorities.toml".into(),
        packages: "packages".into(),
        deliveries: "deliveries".into(),
        packages_s3: None,
        law: None,
        log_policy: None,
        check: crate::CheckSettings::default(),
        letters: crate::Letters::default(),
        door: None,
        agents: vec![AgentContact {
            region: Region::parse("stockholm").unwrap(),
            key: agent.verifying_key(),
            exchange: "exchange".into(),
        }],
    };
    let write = |name: &str, text: &str| fs::write(dir.join(name), text).unwrap();
    write("roster.toml", &toml::to_string(&roster).unwrap());
    write("people.toml", &toml::to_string(people).unwrap());
    write("directory.toml", DIRECTORY);
    write("authorities.toml", AUTHORITIES);
    write("desk.toml", &toml::to_string(&config).unwrap());
    keys
}

/// Opens the desk of a directory, as a process of its own would. The database is opened by its name
/// in the configuration.
///
/// # Panics
/// When it cannot be opened.
pub fn open(dir: &Path, database: impl FnOnce(&str) -> Arc<dyn Database>) -> Desk {
    let config = DeskConfig::load(&dir.join("desk.toml")).unwrap();
    let master = MasterKey::read(&config.master_key).unwrap();
    let store = Store::open(database(&config.database), Vault::new(&master)).unwrap();
    let transport = Box::new(DirectoryDesk::new(config.contacts()));
    let packages = Box::new(lagrum_packages::Directory::new(config.packages.clone()));
    Desk::open(Parts {
        packages,
        config,
        store,
        transport,
    })
}
