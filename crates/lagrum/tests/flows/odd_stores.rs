//! A provider of 200 accounts, in whose stores every odd form stands that was met, and an order
//! about each. Whoever writes the stores knows what has to become of each message, line and row:
//! nothing leaves that is not ordered, and all that is ordered leaves, or is named for a person.
//! Under three time zones, of the agent and of what is stored.

mod dates;
mod judge;
mod made;
mod mail;
mod provider;
mod records;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use lagrum_package::check::Against;
use lagrum_package::layout::{ItemKind, MANIFEST, ManifestLine};
use lagrum_package::{Trust, open_into};
use serde_json::Value;

use self::judge::{Answer, Count, Wrong, judge};
use self::made::{Account, Store};
use crate::by_hand::Hand;
use crate::support::{Released, ended, entries, files_below, limited, name, released, review_list};
use crate::world::{self, Came, Order, REGION, World};

const ZONES: [&str; 3] = ["UTC", "Asia/Tokyo", "America/New_York"];

/// What every store begins with; each zone has stores of its own.
const SEED: u64 = 20_260_301;

/// What the agent's process may take, in bytes.
const MEMORY: u64 = 128 << 20;

/// Every form: the store, what is odd in it, whether everybody reads it, and how many accounts
/// have it.
const FORMS: &[(Store, &str, bool, usize)] = &[
    (Store::Mbox, "as it should be", true, 5),
    (Store::Mbox, "crlf", true, 3),
    (Store::Mbox, "no final line end", true, 3),
    (Store::Mbox, "quoted From", true, 3),
    (Store::Mbox, "dates", true, 8),
    (Store::Mbox, "gz", true, 3),
    (Store::Mbox, "gz members", true, 3),
    (Store::Mbox, "zst", true, 3),
    (Store::Mbox, "bom first", false, 2),
    (Store::Mbox, "bom inside", false, 3),
    (Store::Mbox, "glued", false, 3),
    (Store::Mbox, "nul block", false, 3),
    (Store::Mbox, "form feed", false, 3),
    (Store::Mbox, "bare From", false, 3),
    (Store::Mbox, "no empty line", false, 3),
    (Store::Mbox, "cr only", false, 3),
    (Store::Mbox, "cr message", false, 3),
    (Store::Mbox, "prose From", false, 3),
    (Store::Mbox, "From without gap", false, 3),
    (Store::Mbox, "patch", false, 4),
    (Store::Mbox, "pasted header", false, 3),
    (Store::Mbox, "content length", false, 3),
    (Store::Mbox, "gz zeros", false, 2),
    (Store::Maildir, "as it should be", true, 5),
    (Store::Maildir, "crlf", true, 3),
    (Store::Maildir, "dates", true, 12),
    (Store::Maildir, "fs parent", false, 3),
    (Store::Maildir, "legacy", false, 3),
    (Store::Maildir, "new only", false, 3),
    (Store::Maildir, "directory in cur", false, 3),
    (Store::Maildir, "index", false, 3),
    (Store::Maildir, "gz", false, 3),
    (Store::Maildir, "zst", false, 2),
    (Store::Maildir, "several", false, 3),
    (Store::Maildir, "From first", false, 3),
    (Store::Maildir, "bom first", false, 2),
    (Store::Maildir, "cr", false, 2),
    (Store::Eml, "as it should be", true, 3),
    (Store::Eml, "crlf", true, 2),
    (Store::Eml, "upper", false, 2),
    (Store::Eml, "dot folder", false, 2),
    (Store::Eml, "other ending", false, 2),
    (Store::Eml, "several", false, 2),
    (Store::Eml, "From first", false, 2),
    (Store::Eml, "gz", false, 2),
    (Store::Log, "as it should be", true, 5),
    (Store::Log, "fractions", true, 4),
    (Store::Log, "offsets", true, 4),
    (Store::Log, "escapes", true, 3),
    (Store::Log, "small letters", false, 2),
    (Store::Log, "upper case", false, 2),
    (Store::Events, "as it should be", true, 3),
    (Store::Events, "fractions", true, 4),
    (Store::Events, "exponent", false, 2),
    (Store::Events, "renamed", false, 3),
    (Store::Events, "nested", false, 3),
    (Store::Events, "twice", false, 2),
    (Store::Events, "alias", false, 2),
    (Store::Events, "hole", false, 1),
    (Store::Subscribers, "as it should be", true, 3),
    (Store::Subscribers, "two rows", true, 2),
    (Store::Subscribers, "upper case", false, 1),
    (Store::Subscribers, "bytes", false, 2),
    (Store::Subscribers, "line end", false, 2),
    (Store::Subscribers, "byte order mark", false, 1),
    (Store::Subscribers, "decomposed", false, 2),
    (Store::Subscribers, "space", false, 2),
    (Store::Subscribers, "tab", false, 2),
    (Store::Subscribers, "zero width", false, 1),
];

/// The forms that do not come out right yet, each with what is missing. A form that comes out right
/// leaves this list.
const NOT_YET: &[(Store, &str, &str)] = &[];

#[test]
fn nothing_outside_an_order_leaves_and_nothing_wanted_vanishes_from_200_odd_accounts() {
    let accounts = provider::accounts();
    assert_eq!(accounts.len(), 200);
    let known = accounts.iter().map(|account| world::Account {
        address: account.address.clone(),
        aliases: provider::aliases(account),
    });
    let known: Vec<_> = known.collect();
    let world = World::new(&Hand::people(), &known);
    world.append_to_agent(&provider::sources(&accounts));
    let mut came = Came::default();
    let orders: Vec<_> = accounts.iter().map(order).collect();
    world
        .release(&orders, &mut came)
        .unwrap_or_else(|| panic!("{came}"));
    let mandates = released(&world.provider());
    let wrong: Vec<_> = thread::scope(|scope| {
        let (world, accounts, mandates) = (&world, &accounts, &mandates);
        let zones = ZONES.map(|zone| scope.spawn(move || in_zone(world, accounts, mandates, zone)));
        zones
            .into_iter()
            .flat_map(|zone| zone.join().unwrap())
            .collect()
    });

    let mut by_form: BTreeMap<(String, &str), Vec<String>> = BTreeMap::new();
    for (zone, (store, form, what)) in wrong {
        let entry = by_form.entry((format!("{store:?}"), form)).or_default();
        entry.push(format!("under {zone}: {what}"));
    }
    let mut told = Vec::new();
    for (store, form, why) in NOT_YET {
        match by_form.remove(&(format!("{store:?}"), form)) {
            Some(all) => println!(
                "{store:?}, {form}: not yet ({why}); {} faults, one: {}",
                all.len(),
                all[0]
            ),
            None => told.push(format!(
                "{store:?}, {form}: right now; take it out of NOT_YET"
            )),
        }
    }
    for ((store, form), all) in by_form {
        let some: Vec<_> = all.iter().take(4).map(String::as_str).collect();
        told.push(format!(
            "{store}, {form}: {} faults\n  {}",
            all.len(),
            some.join("\n  ")
        ));
    }
    assert!(told.is_empty(), "\n{}", told.join("\n"));
}

/// The order about an account: what its store serves.
fn order(account: &Account) -> Order {
    let category = match account.store {
        Store::Mbox | Store::Maildir | Store::Eml => "content",
        Store::Log => "traffic",
        Store::Events => "identification",
        Store::Subscribers => "subscriber",
    };
    Order {
        accounts: vec![account.address.clone()],
        categories: vec![category.into()],
        from: account.period.from.to_string(),
        until: account.period.until.to_string(),
    }
}

/// Lays the stores out in one zone, has an agent of that zone carry all mandates out, and judges.
fn in_zone(
    world: &World,
    accounts: &[Account],
    mandates: &[Released],
    zone: &'static str,
) -> Vec<(&'static str, Wrong)> {
    let place = PathBuf::from(world.hand.path(&zone.replace('/', "-")));
    for part in ["agents", "exchange", "log"] {
        copy(&world.provider().join(part), &place.join(part));
    }
    let agent = place.join("agents").join(REGION);
    let place_of_zone = ZONES.iter().position(|one| *one == zone).unwrap();
    let seed = SEED + place_of_zone as u64;
    let things = provider::stores(&agent.join("stores"), accounts, zone, seed);
    let mut command = world.hand.command("olof");
    command
        .env("TZ", zone)
        .args(["--json", "agent", "run", "--config"])
        .arg(agent.join("agent.toml"));
    let ran = ended(&mut limited(&command, MEMORY));
    assert!(matches!(ran.code, Some(0 | 4)), "{}{}", ran.out, ran.err);
    let told = ran.json();
    let identity = fs::read_to_string(world.hand.path("police.key")).unwrap();
    let secret = identity
        .lines()
        .find(|line| line.starts_with("AGE-SECRET-KEY-"));
    let identity: age::x25519::Identity = secret.unwrap().parse().expect("an identity");
    let trust = fs::read_to_string(world.provider().join("trust.toml")).unwrap();
    let trust = Trust::parse(&trust).unwrap();

    let mut answers: BTreeMap<String, Answer> = BTreeMap::new();
    for one in mandates {
        let rows = told.as_array().unwrap();
        let row = rows.iter().find(|row| row["mandate"] == one.stem.as_str());
        let outcome = &row.expect("an answer to every mandate")["outcome"];
        for account in &one.mandate.identifiers {
            answers.entry(account.to_string()).or_default();
        }
        for line in review(&agent, &one.stem) {
            let account = line["identifier"]["value"].as_str().unwrap().to_owned();
            answers
                .get_mut(&account)
                .expect("a list about the accounts")
                .review
                .push(line);
        }
        if outcome["produced"].is_null() {
            let why = outcome.to_string() + &kept_of_refusal(&agent, &one.stem);
            for account in &one.mandate.identifiers {
                answers.get_mut(&account.to_string()).unwrap().refused = Some(why.clone());
            }
            continue;
        }
        let package = place
            .join("exchange")
            .join(REGION)
            .join("out")
            .join(format!("{}.tar.age", one.stem));
        let to = place.join("opened").join(&one.stem);
        fs::create_dir_all(place.join("opened")).unwrap();
        open_into(&package, &identity, &Against::Published(&trust), &to).unwrap();
        for (account, bytes) in opened(&to) {
            answers
                .get_mut(&account)
                .expect("an account of the mandate")
                .produced
                .push(bytes);
        }
    }
    let mut count = Count::default();
    let wrong = judge(accounts, &things, &answers, &mut count);
    println!("{zone}: {} things, {count:?}", things.len());
    // What was written put the agent to the test.
    assert!(count.produced > 200 && count.stayed > 300, "{count:?}");
    wrong.into_iter().map(|one| (zone, one)).collect()
}

/// The review list of a mandate.
fn review(agent: &Path, stem: &str) -> Vec<Value> {
    let list = review_list(agent, stem);
    list.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// What the agent keeps in its region about a mandate that it refused.
fn kept_of_refusal(agent: &Path, stem: &str) -> String {
    let files = files_below(&agent.join("state"));
    let kept = files.iter().filter(|file| name(file).contains(stem));
    kept.map(|file| String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned())
        .collect()
}

/// Each message and each row of an opened package, and whose it is.
fn opened(to: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for line in fs::read_to_string(to.join(MANIFEST)).unwrap().lines() {
        let line: ManifestLine = serde_json::from_str(line).unwrap();
        let (whose, bytes) = (
            line.identifier.to_string(),
            fs::read(to.join(&line.path)).unwrap(),
        );
        match line.kind {
            ItemKind::RecordsJson | ItemKind::RecordsCsv => {
                let rows = bytes
                    .split(|byte| *byte == b'\n')
                    .skip(usize::from(line.kind == ItemKind::RecordsCsv));
                let rows = rows.filter(|row| !row.trim_ascii().is_empty());
                all.extend(rows.map(|row| (whose.clone(), row.to_vec())));
            }
            ItemKind::Message | ItemKind::Object => all.push((whose, bytes)),
        }
    }
    all
}

/// Copies a folder with all that lies in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for path in entries(from) {
        let to = to.join(name(&path));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, to).unwrap();
        }
    }
}
