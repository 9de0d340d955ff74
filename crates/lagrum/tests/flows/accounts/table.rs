//! Accounts out of a table: what holds of those that are written by hand holds of a million.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use lagrum_mandate::answer::RefusalCode;
use lagrum_model::{Category, Identifier};
use lagrum_store_postgres::testing::{Server, TestDatabase};

use super::{ADA, BO, CY, NOBODY, One, mail, named};
use crate::property::made_up::{ACCOUNTS, ALIAS};

const HEADER: &str =
    "address,aliases,controller,resides_in,us_person,privileged,public_authority_of";

/// The rows of all accounts; the first is that of a lawyer, if `privileged` says so.
fn rows(privileged: &str) -> String {
    let row = |at: usize| {
        let alias = if at == 0 { ALIAS } else { "" };
        let privileged = if at == 0 { privileged } else { "no" };
        format!("{},{alias},consumer,US,,{privileged},\n", ACCOUNTS[at])
    };
    let rows = (0..ACCOUNTS.len()).map(row);
    format!("{HEADER}\n{}", rows.collect::<String>())
}

/// The same agent with its accounts in a table.
fn with_table(category: Category, who: &str, rows: &str) -> One {
    let one = One::new(mail(who), category);
    from_table(&one, "csv = \"accounts.csv\"");
    fs::write(one.path("agent/accounts.csv"), rows).unwrap();
    one
}

fn from_table(one: &One, table: &str) {
    let file = one.path("agent/agent.toml");
    let text = fs::read_to_string(&file).unwrap();
    let (before, rest) = text.split_once("[[account]]").unwrap();
    let (_, sources) = rest.split_once("[[source]]").unwrap();
    let text = format!("{before}[accounts]\n{table}\n[[source]]{sources}");
    fs::write(file, text).unwrap();
}

/// Has the Maildirs lie where a rule says.
fn with_template(one: &One, template: &str) {
    let file = one.path("agent/agent.toml");
    let text = fs::read_to_string(&file).unwrap();
    let (before, rest) = text.split_once("[source.accounts]").unwrap();
    let (_, rest) = rest.split_once("[[source]]").unwrap();
    fs::write(
        file,
        format!("{before}place = \"{template}\"\n[[source]]{rest}"),
    )
    .unwrap();
}

/// Has the places of the Maildirs stand in a column.
fn with_column(one: &One, places: &[(&str, &str)]) {
    with_template(one, "%u");
    one.configure("place = \"%u\"\n", "");
    let mut table = format!("{HEADER},place.maildir\n");
    for (account, place) in places {
        let _ = writeln!(table, "{account},,consumer,US,,no,,{place}");
    }
    fs::write(one.path("agent/accounts.csv"), table).unwrap();
    // The other sources have nobody of the table by hand.
    let file = one.path("agent/agent.toml");
    let text = fs::read_to_string(&file).unwrap();
    let (before, _) = text.split_once("[[source]]\nkind = \"mbox\"").unwrap();
    let before: Vec<_> = before
        .lines()
        .filter(|line| !line.starts_with("none = "))
        .collect();
    fs::write(file, before.join("\n") + "\n").unwrap();
}

#[test]
fn the_facts_of_a_table_hold_whatever_names_the_account() {
    let content = Category::Content;
    for who in [ADA, ALIAS, &ADA.to_uppercase()] {
        with_table(content, who, &rows("yes")).refuses(RefusalCode::Law, &["professional secrecy"]);
    }
    assert!(with_table(content, ADA, &rows("no")).produces().produced < 1_000);
    // An enterprise's, by its other name too.
    let enterprise = rows("no").replacen("consumer", "enterprise", 1);
    for who in [ADA, ALIAS] {
        with_table(content, who, &enterprise).refuses(RefusalCode::Law, &["enterprise"]);
    }
    for identifier in [
        Identifier::UserId(ADA.parse().unwrap()),
        Identifier::PhoneNumber("+46701234567".parse().unwrap()),
    ] {
        let one = One::new(named(identifier), content);
        from_table(&one, "csv = \"accounts.csv\"");
        fs::write(one.path("agent/accounts.csv"), rows("no")).unwrap();
        one.refuses(RefusalCode::Mandate, &["mail address alone"]);
    }
    // Of whom no row tells, nothing is assumed; nobody is nobody.
    with_table(content, "eve@made-up.example", &rows("no")).refuses(
        RefusalCode::UnknownAccount,
        &["eve@made-up.example", "[accounts]"],
    );
    assert_eq!(
        with_table(content, NOBODY, &rows("no")).produces().produced,
        0
    );
}

#[test]
fn what_a_table_says_counts_when_the_mandate_is_looked_at_and_not_when_the_agent_started() {
    let one = with_table(Category::Content, ADA, &rows("no"));
    let agent = one.opened();
    fs::write(one.path("agent/accounts.csv"), rows("yes")).unwrap();
    one.refuses_with(&agent, RefusalCode::Law, &["professional secrecy"]);
    // A table that is wrong now: the region is told the line, and the desk that there is one.
    let wrong = rows("yes") + "bo.ek@made-up.example,,consumer,US,,no,\n";
    fs::write(one.path("agent/accounts.csv"), wrong).unwrap();
    let why = one.refuses_with(&agent, RefusalCode::Configuration, &["number 1"]);
    assert!(!why.contains("ek@") && !why.contains(".csv"), "{why}");
    let kept = fs::read_to_string(one.path("agent/state/failures.jsonl")).unwrap();
    for say in ["accounts.csv line 3", "line 6", "stands twice"] {
        assert!(kept.contains(say), "{say}: {kept}");
    }
    fs::remove_file(one.path("agent/accounts.csv")).unwrap();
    one.refuses_with(&agent, RefusalCode::Configuration, &["number 2"]);
    drop(agent);
    one.does_not_start(&["accounts.csv"]);
}

#[test]
fn places_follow_from_a_rule_and_no_name_leads_elsewhere() {
    let content = Category::Content;
    let lay = |one: &One| {
        let home = one.mail().join("made-up.example/ada");
        fs::create_dir_all(home.parent().unwrap()).unwrap();
        fs::rename(one.mail().join("0"), home).unwrap();
    };
    let one = One::new(mail(ADA), content);
    let by_hand = one.produces();
    let one = with_table(content, ADA, &rows("no"));
    with_template(&one, "%d/%n");
    lay(&one);
    assert_eq!(one.produces().produced, by_hand.produced);
    // The same for accounts that are written by hand.
    let one = One::new(mail(ADA), content);
    with_template(&one, "%d/%n");
    lay(&one);
    assert_eq!(one.produces().produced, by_hand.produced);
    // A link in the place of the account's directory is not followed.
    let one = with_table(content, ADA, &rows("no"));
    with_template(&one, "%d/%n");
    fs::create_dir_all(one.mail().join("made-up.example")).unwrap();
    symlink("../0", one.mail().join("made-up.example/ada")).unwrap();
    one.refuses(RefusalCode::Source, &["`maildir`"]);
    for (name, says) in [("../ada", "`../ada`"), ("..", "`..`"), ("a/b", "`a/b`")] {
        let row = format!("{name}@made-up.example,,consumer,US,,no,\n");
        let one = with_table(content, ADA, &(rows("no") + &row));
        with_template(&one, "%d/%n");
        one.does_not_start(&["accounts.csv line 6", says, "lie elsewhere"]);
    }
    for (template, says) in [
        ("%d", "many accounts"),
        ("/var/mail/%n", "below the root"),
        ("%n/%h", "after `%`"),
    ] {
        let one = with_table(content, ADA, &rows("no"));
        with_template(&one, template);
        one.does_not_start(&["`maildir`", "`place`", says]);
    }
    let one = with_table(content, ADA, &rows("no"));
    one.configure("[source.accounts]", "place = \"%n\"\n[source.accounts]");
    one.does_not_start(&["`maildir`", "`place`", "by hand as well"]);
}

#[test]
fn two_accounts_of_a_table_have_no_place_in_common() {
    let content = Category::Content;
    let with = |places: &[(&str, &str)]| {
        let one = with_table(content, ADA, "");
        with_column(&one, places);
        one
    };
    with(&[(ADA, "0"), (BO, "9"), (CY, "0-2")]).produces();
    let lines = ["accounts.csv line 2", "accounts.csv line 4", "`maildir`"];
    for place in ["0", "./0", "0/", "0/."] {
        let one = with(&[(ADA, "0"), (BO, "9"), (CY, place)]);
        one.does_not_start(&[&lines[..], &["the same place"]].concat());
    }
    for (outer, inner) in [
        ("0", "0/new"),
        ("0/not-there", "0"),
        (".", "0"),
        ("0", "0/a/b/c"),
    ] {
        let one = with(&[(ADA, outer), (BO, "9"), (CY, inner)]);
        one.does_not_start(&[&lines[..], &["lies within"]].concat());
    }
    for place in ["../0", "/etc", "0/../9"] {
        let one = with(&[(ADA, "0"), (BO, place)]);
        one.does_not_start(&["accounts.csv line 3", "below the root"]);
    }
    // By a link, as a directory and on the way; one file under two names.
    let one = with(&[(ADA, "0"), (BO, "9"), (CY, "link")]);
    symlink("0", one.mail().join("link")).unwrap();
    one.does_not_start(&[&lines[..], &["the same place"]].concat());
    let one = with(&[(ADA, "0"), (BO, "9"), (CY, "link/new")]);
    symlink("0", one.mail().join("link")).unwrap();
    one.does_not_start(&[&lines[..], &["lies within"]].concat());
    // Two rules over one store: what the one calls an account's lies within what the other does.
    let one = with_table(content, ADA, &rows("no"));
    with_template(&one, "%d/%n");
    one.configure(
        &format!("\"{CY}\" = \"2\""),
        &format!("\"{CY}\" = \"made-up.example/ada/x\""),
    );
    one.does_not_start(&[ADA, CY, "`maildir`", "`eml`", "lies within"]);
    // A rule by which two domains have one place.
    let other = "ada@other.example,,consumer,US,,no,\n";
    let one = with_table(content, ADA, &(rows("no") + other));
    with_template(&one, "%n");
    one.does_not_start(&["line 2", "line 6", "the same place"]);
}

#[test]
fn a_place_that_became_another_accounts_after_the_start_is_refused_when_a_mandate_names_it() {
    // Ada's directory is moved, and Bo's is put in its place.
    let one = with_table(Category::Content, ADA, "");
    with_column(&one, &[(ADA, "0"), (BO, "9")]);
    let agent = one.opened();
    fs::rename(one.mail().join("0"), one.mail().join("away")).unwrap();
    symlink("9", one.mail().join("0")).unwrap();
    one.refuses_with(&agent, RefusalCode::Configuration, &["number 1"]);
    let kept = fs::read_to_string(one.path("agent/state/failures.jsonl")).unwrap();
    for say in [ADA, BO, "the same place", "line 2", "line 3"] {
        assert!(kept.contains(say), "{say}: {kept}");
    }
    // What lay there is away: then a directory is whose it is written down to be.
    fs::remove_file(one.mail().join("0")).unwrap();
    fs::rename(one.mail().join("9"), one.mail().join("0")).unwrap();
    for part in ["cur", "new", "tmp"] {
        fs::create_dir(one.mail().join("0").join(part)).unwrap();
    }
    assert_eq!(one.produces_with(&agent).produced, 0);
}

#[test]
fn a_table_and_a_source_that_disagree_say_nothing_about_an_account() {
    let content = Category::Content;
    // A source has no place for an account of the table, and nobody said that it has nothing.
    let with = |places: &[(&str, &str)]| {
        let one = with_table(content, ADA, "");
        with_column(&one, places);
        one
    };
    let none = format!("none = [\"{ADA}\"]");
    with(&[(ADA, ""), (BO, "9")]).refuses(RefusalCode::Configuration, &["`maildir`", ADA, &none]);
    // The row says so.
    let said = |row: &str| {
        let one = with(&[]);
        let table = format!("{HEADER},none,place.maildir\n{row}");
        fs::write(one.path("agent/accounts.csv"), table).unwrap();
        one
    };
    let receipt = said(&format!("{ADA},,consumer,US,,no,,maildir,\n")).produces();
    assert_eq!(receipt.produced, 0);
    said(&format!("{ADA},,consumer,US,,no,,maildir,0\n")).does_not_start(&[
        "line 2",
        ADA,
        "`none`",
        "`maildir`",
    ]);
    said(&format!("{ADA},,consumer,US,,no,,mail,0\n"))
        .does_not_start(&["line 2", "no source `mail`"]);
    // No column for a source that needs one, and a column for a source that does not.
    let one = with(&[(ADA, "0")]);
    fs::write(one.path("agent/accounts.csv"), rows("no")).unwrap();
    one.does_not_start(&["`place.maildir` is missing"]);
    let one = with_table(content, ADA, &(HEADER.to_owned() + ",place.mbox\n"));
    one.does_not_start(&["column `place.mbox`"]);
    // A source that is told by hand of somebody of whom the table tells nothing, or who is an alias.
    let gone: String = rows("no")
        .lines()
        .filter(|line| !line.contains(ADA))
        .fold(String::new(), |all, line| all + line + "\n");
    with_table(content, BO, &gone).does_not_start(&["`maildir`", "`accounts`", ADA]);
    let one = with_table(content, ADA, &rows("no"));
    one.configure(
        &format!("\"{ADA}\" = \"0\""),
        &format!("\"{ALIAS}\" = \"0\""),
    );
    one.does_not_start(&["`maildir`", ALIAS, ADA, "another name"]);
}

#[test]
fn a_query_over_the_operators_own_database_is_a_table_like_any_other() {
    let query = |privileged: i64| {
        let one = One::new(mail(ADA), Category::Content);
        let users = rusqlite::Connection::open(one.path("agent/users.sqlite")).unwrap();
        users
            .execute_batch("pragma journal_mode = wal; create table users (name, domain, lawyer)")
            .unwrap();
        for account in ACCOUNTS {
            let (name, domain) = account.split_once('@').unwrap();
            let lawyer = if account == ADA { privileged } else { 0 };
            let row = rusqlite::params![name, domain, lawyer];
            users
                .execute("insert into users values ($1, $2, $3)", row)
                .unwrap();
        }
        drop(users);
        from_table(
            &one,
            "database = \"users.sqlite\"\nquery = '''select name || '@' || domain as address, 'consumer' as controller,\n 'US' as resides_in, null as us_person, lawyer as privileged, null as public_authority_of from users'''",
        );
        one
    };
    let one = query(0);
    one.produces();
    let beside = fs::read_dir(one.path("agent")).unwrap();
    let beside = beside.filter(|entry| {
        let name = entry.as_ref().unwrap().file_name();
        name.to_string_lossy().starts_with("users.sqlite")
    });
    assert_eq!(beside.count(), 1);
    query(1).refuses(RefusalCode::Law, &["professional secrecy"]);
    let one = query(0);
    one.configure("select name", "select lawyer as salary, name");
    one.does_not_start(&["users.sqlite", "column `salary`"]);
}

#[test]
fn the_users_of_dovecot_are_accounts_of_which_rules_say_what_the_law_asks_for() {
    let facts = |privileged: bool| {
        format!(
            "controller = \"consumer\"\nresides_in = \"US\"\nus_person = \"\"\nprivileged = {privileged}\npublic_authority_of = \"\"\n"
        )
    };
    let with = |who: &str, rules: &str| {
        let one = One::new(mail(who), Category::Content);
        from_table(&one, &format!("passwd = \"users\"\n{rules}"));
        let users =
            ACCOUNTS.map(|account| format!("{account}:{{SSHA}}secret:5000:5000::/home::\n"));
        fs::write(one.path("agent/users"), users.concat()).unwrap();
        one
    };
    let of = |whose: &str, privileged| format!("[[accounts.rule]]\n{whose}\n{}", facts(privileged));
    let others = of("all_others = true", false);
    with(ADA, &others).produces();
    let lawyer = of(&format!("addresses = [\"{ADA}\"]"), true);
    with(ADA, &(lawyer.clone() + &others)).refuses(RefusalCode::Law, &["professional secrecy"]);
    // Of an account that no rule is for nothing is assumed, and the desk hears the way out.
    let one = with(BO, &lawyer);
    // Lists by hand that name such accounts are refused, too.
    one.does_not_start(&["`maildir`", "[[accounts.rule]]"]);
    let file = one.path("agent/agent.toml");
    let text = fs::read_to_string(&file).unwrap();
    let (before, _) = text.split_once("[[source]]").unwrap();
    let source =
        "[[source]]\nkind = \"maildir\"\nid = \"maildir\"\nroot = \"mail\"\nplace = \"%d/%n\"\n";
    fs::write(&file, format!("{before}{source}")).unwrap();
    let why = one.refuses_with(
        &one.opened(),
        RefusalCode::UnknownAccount,
        &["[[accounts.rule]]", BO],
    );
    assert!(!why.contains("secret"), "{why}");
    // Its mail is its own all the same: no place of another account holds it.
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("%d/%n", "%n")).unwrap();
    let mut users = fs::read_to_string(one.path("agent/users")).unwrap();
    users.push_str("ada@other.example:x\n");
    fs::write(one.path("agent/users"), users).unwrap();
    one.does_not_start(&["users line 1", "users line 5", "the same place"]);
}

/// An agent whose accounts are looked up where they live, as `accounts` says, with one store in files.
pub(super) fn looked_up(who: &str, accounts: &str) -> One {
    let one = One::new(mail(who), Category::Content);
    from_table(&one, accounts);
    let file = one.path("agent/agent.toml");
    let text = fs::read_to_string(&file).unwrap();
    let (before, _) = text.split_once("[[source]]").unwrap();
    let source =
        "[[source]]\nkind = \"maildir\"\nid = \"maildir\"\nroot = \"mail\"\nplace = \"%d/%n\"\n";
    fs::write(&file, format!("{before}{source}")).unwrap();
    let home = one.mail().join("made-up.example/ada");
    fs::create_dir_all(home.parent().unwrap()).unwrap();
    fs::rename(one.mail().join("0"), home).unwrap();
    one
}

/// The same in PostgreSQL.
fn with_live(who: &str, database: &TestDatabase, more: &str) -> One {
    let address = database.url();
    let query = "select mail as address, others as aliases, 'consumer' as controller, 'US' as resides_in,\n null as us_person, lawyer as privileged, null as public_authority_of\n from users where lower(mail) = :identifier or others = :identifier";
    let accounts = format!("database = \"{address}\"\nquery = \"\"\"{query}\"\"\"\n{more}");
    looked_up(who, &accounts)
}

/// How much is produced of the first account where accounts stand in a table.
pub(super) fn from_a_table() -> u64 {
    let table = with_table(Category::Content, ADA, &rows("no"));
    with_template(&table, "%d/%n");
    let home = table.mail().join("made-up.example/ada");
    fs::create_dir_all(home.parent().unwrap()).unwrap();
    fs::rename(table.mail().join("0"), home).unwrap();
    table.produces().produced
}

/// A database with all accounts; the first has another name.
fn users(server: &'static Server) -> TestDatabase {
    let database = server.database().unwrap();
    let mut owner = database.client();
    owner
        .batch_execute(
            "create table users (mail text, others text, lawyer boolean); create index on users (lower(mail))",
        )
        .unwrap();
    for account in ACCOUNTS {
        let alias = if account == ADA { ALIAS } else { "" };
        owner
            .execute(
                "insert into users values ($1, $2, false)",
                &[&account, &alias],
            )
            .unwrap();
    }
    database
}

#[test]
fn accounts_are_looked_up_where_they_live_when_a_mandate_names_them() {
    let server = match Server::shared() {
        Ok(server) => server,
        Err(why) => return println!("SKIPPED: {why}"),
    };
    let database = users(server);
    assert_eq!(
        with_live(ADA, &database, "").produces().produced,
        from_a_table()
    );
    // Whatever names it, its facts are those that stand there now, and not when the agent started.
    let change = |what: &str| database.client().batch_execute(what).unwrap();
    for who in [ADA, ALIAS, &ADA.to_uppercase()] {
        let one = with_live(who, &database, "");
        let agent = one.opened();
        change("update users set lawyer = true where mail like 'ada%'");
        one.refuses_with(&agent, RefusalCode::Law, &["professional secrecy"]);
        change("update users set lawyer = false");
    }
    // Of whom no row tells nothing is assumed; nobody is nobody.
    with_live("eve@made-up.example", &database, "").refuses(
        RefusalCode::UnknownAccount,
        &["eve@made-up.example", "[accounts]"],
    );
    assert_eq!(with_live(NOBODY, &database, "").produces().produced, 0);
    // Two rows for one name: the region is told whose, and the desk that something is wrong.
    change("insert into users values ('ADA@made-up.example', '', true)");
    let one = with_live(ADA, &database, "");
    let why = one.refuses_with(
        &one.opened(),
        RefusalCode::Configuration,
        &["more than one row"],
    );
    assert!(!why.contains("ada@"), "{why}");
    change("delete from users where mail like 'ADA%'");
    // Where two accounts could have one place, or a link leads to another's, nothing is searched.
    for (place, says) in [("%n", "whole address"), ("%d-%n", "whole address")] {
        let one = with_live(ADA, &database, "");
        one.configure("%d/%n", place);
        one.does_not_start(&["`maildir`", "`place`", says]);
    }
    let one = with_live(ADA, &database, "");
    one.configure("place = \"%d/%n\"\n", "");
    one.does_not_start(&["`maildir`", "`place`", "a column"]);
    let one = with_live(ADA, &database, "");
    fs::rename(one.mail().join("made-up.example"), one.mail().join("other")).unwrap();
    symlink("other", one.mail().join("made-up.example")).unwrap();
    one.refuses(RefusalCode::Configuration, &["is a link"]);
}

#[test]
fn a_database_of_accounts_that_is_away_is_a_failure_that_names_nobody_and_no_statement() {
    let server = match Server::own() {
        Ok(server) => server,
        Err(why) => return println!("SKIPPED: {why}"),
    };
    let database = users(server);
    for who in [ADA, NOBODY] {
        let one = with_live(who, &database, "timeout_seconds = 5\n");
        let agent = one.opened();
        server.stop_immediately();
        let why = one.refuses_with(&agent, RefusalCode::Source, &["number 1", "unreachable"]);
        assert!(
            !why.contains("made-up") && !why.contains("postgres"),
            "{why}"
        );
        drop(agent);
        // What begins meanwhile does not begin: the mandate waits.
        with_live(who, &database, "").does_not_start(&["[accounts]"]);
        server.start_again();
    }
}

/// How much memory a run of the program took at its most (kB), and how much CPU time (s).
fn cost(one: &One) -> (u64, f64) {
    let script = "import os, subprocess, sys
p = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(p.pid, 0)
print(status, used.ru_maxrss, used.ru_utime + used.ru_stime)";
    let run = Command::new("python3")
        .args([
            "-c",
            script,
            env!("CARGO_BIN_EXE_lagrum"),
            "agent",
            "run",
            "--config",
        ])
        .arg(one.path("agent/agent.toml"))
        .output()
        .unwrap();
    let said = String::from_utf8(run.stdout).unwrap();
    let said: Vec<_> = said.split_whitespace().collect();
    let why = String::from_utf8_lossy(&run.stderr);
    assert_eq!(said.first(), Some(&"0"), "{why}");
    (said[1].parse().unwrap(), said[2].parse().unwrap())
}

#[test]
fn a_hundred_thousand_accounts_cost_a_command_what_four_do() {
    let begun = |rows: &str| {
        let one = with_table(Category::Content, ADA, rows);
        // Nothing to do.
        for entry in fs::read_dir(one.path("exchange/in")).unwrap() {
            fs::remove_file(entry.unwrap().path()).unwrap();
        }
        let first = cost(&one);
        // Until the stamp is older than the table by two seconds, the table is read again.
        std::thread::sleep(std::time::Duration::from_millis(2_100));
        cost(&one);
        (first, cost(&one))
    };
    let mut many = rows("no");
    for n in 0..100_000 {
        let _ = writeln!(
            many,
            "a{}@made-up.example,,consumer,US,,no,",
            n * 7919 % 100_000
        );
    }
    let (first, few) = begun(&rows("no"));
    let (indexing, many) = begun(&many);
    println!(
        "4 accounts: first {first:?}, then {few:?}; 100,004 accounts: first {indexing:?}, then {many:?} (kB, s)"
    );
    assert!(many.0 < few.0 + 4_096, "{many:?} {few:?}");
    assert!(many.1 < few.1 + 0.2, "{many:?} {few:?}");
    assert!(indexing.0 < first.0 + 64 * 1_024, "{indexing:?} {first:?}");
}
