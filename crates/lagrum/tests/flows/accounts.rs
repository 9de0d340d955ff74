//! One account, whatever names it and wherever it lies: its facts are never lost, its place is nobody
//! else's, and lists that disagree say nothing about it.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

use lagrum_agent::{Agent, MandateOutcome};
use lagrum_mandate::answer::{Receipt, RefusalCode};
use lagrum_model::{AccountIdentifier, AddressAt, Category, Identifier};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use rand_core::OsRng;
use tempfile::TempDir;

use crate::property::made_up::{ACCOUNTS, ALIAS, made_up};
use crate::property::provider::{NOW, Provider};
use crate::support::{files_below, scratch};

mod directory;
mod table;

const ADA: &str = ACCOUNTS[0];
const BO: &str = ACCOUNTS[1];
const CY: &str = ACCOUNTS[2];
const NOBODY: &str = "nobody@made-up.example";

/// An agent with one mandate that two people signed, about one account and one category.
struct One {
    scratch: TempDir,
}

fn named(identifier: Identifier) -> AccountIdentifier {
    identifier.try_into().unwrap()
}

fn mail(address: &str) -> AccountIdentifier {
    lagrum_mandate::testing::account(address)
}

impl One {
    fn new(identifier: AccountIdentifier, category: Category) -> Self {
        Self::of(&[identifier], category)
    }

    fn of(identifiers: &[AccountIdentifier], category: Category) -> Self {
        let mut runner = TestRunner::deterministic();
        let made_up = made_up().new_tree(&mut runner).unwrap().current();
        let scratch = scratch();
        Provider::build_with(scratch.path(), &made_up, |mandate| {
            mandate.identifiers = identifiers.to_vec();
            mandate.categories = vec![category];
        });
        let one = Self { scratch };
        fs::create_dir_all(one.mail().join("9")).unwrap();
        one
    }

    fn path(&self, path: &str) -> PathBuf {
        self.scratch.path().join(path)
    }

    fn mail(&self) -> PathBuf {
        self.path("agent/mail")
    }

    /// Changes the agent's configuration.
    fn configure(&self, from: &str, to: &str) -> &Self {
        let file = self.path("agent/agent.toml");
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(from), "{from}: {text}");
        fs::write(file, text.replacen(from, to, 1)).unwrap();
        self
    }

    /// Makes an account that of a lawyer.
    fn privileged(&self, account: &str) -> &Self {
        let line = format!("address = \"{account}\"\n");
        self.configure(&line, &format!("{line}privileged = true\n"))
    }

    fn opened(&self) -> Agent {
        Agent::open(&self.path("agent/agent.toml")).unwrap()
    }

    fn produces(&self) -> Receipt {
        self.produces_with(&self.opened())
    }

    fn produces_with(&self, agent: &Agent) -> Receipt {
        match run(agent) {
            MandateOutcome::Produced(receipt) => receipt,
            other => panic!("{other:?}"),
        }
    }

    fn refuses(&self, code: RefusalCode, says: &[&str]) {
        self.refuses_with(&self.opened(), code, says);
    }

    /// An agent that started earlier refuses. Gives what it says.
    fn refuses_with(&self, agent: &Agent, code: RefusalCode, says: &[&str]) -> String {
        let why = match run(agent) {
            MandateOutcome::Refused(refusal) => {
                assert_eq!(refusal.code, code, "{}", refusal.why);
                refusal.why
            }
            other => panic!("{says:?}: {other:?}"),
        };
        // What is to be mended stands in the region, for whoever runs the agent.
        let here: Vec<_> = agent.failures().into_iter().map(|one| one.why).collect();
        for say in says {
            let said = why.contains(say) || here.iter().any(|here| here.contains(say));
            assert!(said, "{say}: {why} {here:?}");
        }
        let out = fs::read_dir(self.path("exchange/out")).unwrap();
        let names: Vec<_> = out.map(|entry| entry.unwrap().file_name()).collect();
        assert!(
            names
                .iter()
                .all(|name| !name.to_string_lossy().contains(".tar")),
            "{names:?}"
        );
        why
    }

    /// The agent does not start, and says this.
    fn does_not_start(&self, says: &[&str]) -> String {
        let why = match Agent::open(&self.path("agent/agent.toml")) {
            Ok(_) => panic!("it starts; it should say {says:?}"),
            Err(error) => error.to_string(),
        };
        for say in says {
            assert!(why.contains(say), "{say}: {why}");
        }
        why
    }
}

fn run(agent: &Agent) -> MandateOutcome {
    let mut outcomes = agent.run(&|| NOW, &mut OsRng, &mut |_| ()).unwrap();
    assert_eq!(outcomes.len(), 1, "{outcomes:?}");
    outcomes.remove(0).1
}

/// Puts a second account's place into the source of the first.
fn second_place(one: &One, place: &str) {
    let line = format!("\"{ADA}\" = \"0\"\n");
    let second = format!("{line}\"{BO}\" = \"{place}\"\n");
    one.configure(&line, &second);
    one.configure(
        &format!("none = [\"{BO}\", \"{CY}\"]"),
        &format!("none = [\"{CY}\"]"),
    );
}

#[test]
fn a_receipt_says_what_was_found_of_each_account_and_names_none() {
    let of = |accounts: &[&str]| {
        let accounts: Vec<_> = accounts.iter().map(|one| mail(one)).collect();
        let one = One::of(&accounts, Category::Content);
        let receipt = one.produces();
        (one, receipt)
    };
    let (one, both) = of(&[ADA, BO]);
    // Each as it is found under a mandate of its own.
    let alone = [ADA, BO].map(|account| of(&[account]).1);
    for (found, alone) in both.searched.iter().zip(&alone) {
        assert_eq!(
            (found.items, found.for_review),
            (alone.produced, alone.for_review)
        );
        assert_eq!(alone.searched[..], [*found]);
    }
    assert_eq!(both.searched.len(), 2);
    assert_ne!(both.searched[0], both.searched[1], "they have not the same");
    let items = both.searched.iter().map(|found| found.items);
    assert_eq!(items.sum::<u64>(), both.produced);
    for file in files_below(&one.path("exchange/out")) {
        let bytes = fs::read(&file).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            ![ADA, BO].iter().any(|name| text.contains(name)),
            "{file:?}"
        );
    }
}

#[test]
fn a_lawyers_account_is_a_lawyers_whatever_names_it() {
    let content = Category::Content;
    One::new(mail(ADA), content)
        .privileged(ADA)
        .refuses(RefusalCode::Law, &["professional secrecy"]);
    // By another of its names, and in other letter case.
    for other in [ALIAS, &ADA.to_uppercase()] {
        One::new(mail(other), content)
            .privileged(ADA)
            .refuses(RefusalCode::Law, &["professional secrecy"]);
    }
    // By another kind of identifier.
    for (identifier, kind) in [
        (Identifier::UserId(ADA.parse().unwrap()), "user-id"),
        (
            Identifier::PhoneNumber("+46701740605".parse().unwrap()),
            "phone-number",
        ),
        (
            Identifier::IpAddress(AddressAt::new([192, 0, 2, 1].into(), None, NOW).unwrap()),
            "ip-address",
        ),
    ] {
        for category in [content, Category::Traffic, Category::Subscriber] {
            One::new(named(identifier.clone()), category)
                .privileged(ADA)
                .refuses(RefusalCode::Mandate, &[kind, "mail address alone"]);
        }
    }
}

#[test]
fn of_an_account_whose_facts_nobody_wrote_down_nothing_is_assumed() {
    // The log holds its lines; that it is an account, the list does not say.
    let one = One::new(mail(ADA), Category::Traffic);
    let text = fs::read_to_string(one.path("agent/agent.toml")).unwrap();
    let text = text.replace(&format!("\"{ADA}\""), "\"eve@made-up.example\"");
    fs::write(one.path("agent/agent.toml"), text).unwrap();
    let add = format!("address = \"{ADA}\"");
    one.refuses(
        RefusalCode::UnknownAccount,
        &["[[account]]", &add, "`nobody`"],
    );
    One::new(mail("eve@made-up.example"), Category::Content).refuses(
        RefusalCode::UnknownAccount,
        &["[[account]]", "eve@made-up.example"],
    );
}

#[test]
fn that_nobody_is_called_that_is_said_only_where_it_is_written_down_and_true() {
    for category in [Category::Content, Category::Subscriber] {
        assert_eq!(One::new(mail(NOBODY), category).produces().produced, 0);
    }
    // A row of the table says otherwise.
    let one = One::new(mail(NOBODY), Category::Subscriber);
    let table = rusqlite::Connection::open(one.path("agent/subscribers.sqlite")).unwrap();
    let row = "insert into subscriber values (1, $1, 'stays')";
    table.execute(row, [NOBODY]).unwrap();
    drop(table);
    one.refuses(
        RefusalCode::Configuration,
        &["`subscribers`", NOBODY, "`nobody`"],
    );
    // A line of the log says otherwise, if only perhaps.
    let one = One::new(mail(NOBODY), Category::Traffic);
    let line = format!("{{\"id\": 1, \"account\": \"{NOBODY} \", \"secret\": \"stays\"}}\n");
    let log = one.path("agent/logins.jsonl");
    let with_line = fs::read_to_string(&log).unwrap() + &line;
    fs::write(log, with_line).unwrap();
    one.refuses(
        RefusalCode::Configuration,
        &["`logins`", NOBODY, "`nobody`"],
    );
    // And one who is somebody is not nobody.
    One::new(mail(ADA), Category::Content)
        .configure(NOBODY, ADA)
        .does_not_start(&[ADA, "`nobody`"]);
}

#[test]
fn two_accounts_have_no_place_in_common() {
    let one = |place: &str| {
        let one = One::new(mail(ADA), Category::Content);
        second_place(&one, place);
        one
    };
    one("9").produces();
    one("not-there-yet").produces();
    let both = [ADA, BO, "`maildir`", "lies within"];
    for place in ["0", "./0", "0/"] {
        one(place).does_not_start(&[ADA, BO, "the same place", "`maildir`"]);
    }
    for place in ["0/new", "0/not-there-yet", "."] {
        one(place).does_not_start(&both);
    }
    // A link leads there; the last part of a place, or one before it.
    let linked = one("link");
    symlink("0", linked.mail().join("link")).unwrap();
    linked.does_not_start(&[ADA, BO, "the same place"]);
    let linked = one("link/new");
    symlink("0", linked.mail().join("link")).unwrap();
    linked.does_not_start(&both);
    // Another source over the same store, reached by another path.
    let other = One::new(mail(ADA), Category::Content);
    symlink("mail", other.path("agent/post")).unwrap();
    other.configure(
        "id = \"eml\"\nroot = \"mail\"",
        "id = \"eml\"\nroot = \"post/../mail\"",
    );
    other.configure(&format!("\"{CY}\" = \"2\""), &format!("\"{CY}\" = \"0\""));
    other.does_not_start(&[ADA, CY, "`maildir`", "`eml`", "the same place"]);
    // One file under two names.
    let other = One::new(mail(ADA), Category::Content);
    fs::hard_link(other.mail().join("1.mbox"), other.mail().join("2.mbox")).unwrap();
    other.configure(
        &format!("\"{BO}\" = \"1.mbox\"\n"),
        &format!("\"{BO}\" = \"1.mbox\"\n\"{ADA}\" = \"2.mbox\"\n"),
    );
    other.configure(
        &format!("id = \"mbox\"\nroot = \"mail\"\nnone = [\"{ADA}\", "),
        "id = \"mbox\"\nroot = \"mail\"\nnone = [",
    );
    other.does_not_start(&[ADA, BO, "the same place", "`mbox`"]);
}

#[test]
fn lists_of_accounts_that_disagree_say_nothing_about_an_account() {
    let content = || One::new(mail(ADA), Category::Content);
    content().produces();
    // A source has a place for somebody whose facts nobody wrote down.
    let eve = "\"eve@made-up.example\" = \"9\"\n";
    let line = format!("\"{ADA}\" = \"0\"\n");
    let one = content();
    one.configure(&line, &format!("{line}{eve}"));
    one.does_not_start(&[
        "`maildir`",
        "`accounts`",
        "[[account]]",
        "eve@made-up.example",
    ]);
    let one = content();
    one.configure(&line, &format!("{line}\"4711\" = \"9\"\n"));
    one.does_not_start(&["`maildir`", "4711"]);
    // A source does not know an account that is known here, and nobody said that it has nothing.
    let one = content();
    one.configure(&line, "");
    let none = format!("none = [\"{ADA}\"]");
    one.refuses(RefusalCode::Configuration, &["`maildir`", ADA, &none]);
    one.configure(
        "id = \"maildir\"\nroot = \"mail\"\nnone = [",
        &format!("id = \"maildir\"\nroot = \"mail\"\nnone = [\"{ADA}\", "),
    );
    assert_eq!(one.produces().produced, 0);
    // Neither does a table in which it has no row.
    let one = One::new(mail(ADA), Category::Subscriber);
    let table = rusqlite::Connection::open(one.path("agent/subscribers.sqlite")).unwrap();
    table.execute("delete from subscriber", []).unwrap();
    let file = one.path("agent/agent.toml");
    let text = fs::read_to_string(&file).unwrap();
    let (before, after) = text
        .split_once("database = \"subscribers.sqlite\"\nnone = [")
        .unwrap();
    let rest = after.split_once("]\n").unwrap().1;
    let without = format!("{before}database = \"subscribers.sqlite\"\n{rest}");
    fs::write(&file, &without).unwrap();
    one.refuses(RefusalCode::Configuration, &["`subscribers`", ADA, &none]);
    // What is said to be nowhere, and is there.
    let row = "insert into subscriber values (1, $1, 'stays')";
    table.execute(row, [ADA]).unwrap();
    drop(table);
    let wrong = without.replace("account_column", &format!("{none}\naccount_column"));
    fs::write(&file, wrong).unwrap();
    one.refuses(
        RefusalCode::Configuration,
        &["`subscribers`", ADA, "`none`"],
    );
    let one = content();
    one.configure(
        "id = \"maildir\"\nroot = \"mail\"\nnone = [",
        &format!("id = \"maildir\"\nroot = \"mail\"\nnone = [\"{ADA}\", "),
    );
    one.does_not_start(&["`maildir`", ADA, "`none`"]);
}
