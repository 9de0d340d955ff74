//! Rules that say what a table does not.

use super::*;

/// What a rule says, but for whether the account is privileged.
const REST: &str =
    "controller = \"consumer\"\nresides_in = \"\"\nus_person = \"\"\npublic_authority_of = \"\"\n";

fn rule(whose: &str, privileged: bool) -> String {
    format!("[[rule]]\n{whose}\nprivileged = {privileged}\n{REST}")
}

/// A table of addresses alone, and rules.
fn with(rows: &str, rules: &str) -> Place {
    let mut place = Place::csv(format!("address,aliases\n{rows}"));
    let file = place.path("accounts.csv");
    place.input = Some(input(&format!("csv = {file:?}\n{rules}")));
    place
}

fn wrong(rules: &str) -> String {
    let text = format!("csv = \"accounts.csv\"\n{rules}");
    match toml::from_str::<Input>(&text) {
        Ok(input) => panic!("{input:?}"),
        Err(error) => error.to_string(),
    }
}

const ROWS: &str = "alm@b.example,a2@b.example\nbo@b.example,\ncy@c.example,c2@b.example\neve@d.example,e2@b.example\n";

#[test]
fn the_first_rule_that_is_for_an_account_says_its_facts_and_without_one_nothing_is_known() {
    let rules = rule("addresses = [\"Alm@b.example\"]", true)
        + &rule("domain = \"B.example\"", false)
        + &rule("domain = \"c.example\"", true);
    let place = with(ROWS, &rules);
    for (asked, found, privileged) in [
        ("alm@b.example", "alm@b.example", true),
        ("a2@b.example", "alias of alm@b.example", true),
        ("bo@b.example", "bo@b.example", false),
        ("cy@c.example", "cy@c.example", true),
        // The rule is for the domain of the account, and not for that of its other name.
        ("c2@b.example", "alias of cy@c.example", true),
    ] {
        let found_now = place.find(asked);
        let (Found::Account(account) | Found::Alias(account)) = &found_now else {
            panic!("{asked}: {found_now:?}")
        };
        assert_eq!(account.privileged, privileged, "{asked}");
        assert_eq!(address_of(found_now), found);
    }
    for named in ["eve@d.example", "e2@b.example"] {
        assert_eq!(address_of(place.find(named)), "no facts of eve@d.example");
    }
    assert_eq!(address_of(place.find("x@d.example")), "unknown");
    // One for all others takes them.
    let place = with(ROWS, &(rules + &rule("all_others = true", true)));
    assert_eq!(
        address_of(place.find("e2@b.example")),
        "alias of eve@d.example"
    );
    assert_eq!(address_of(place.find("x@d.example")), "unknown");
}

#[test]
fn accounts_without_facts_claim_their_addresses_all_the_same() {
    let rules = rule("domain = \"b.example\"", false);
    with("bo@b.example,x@d.example\nx@d.example,\n", &rules)
        .refused(&["line 2", "line 3", "twice"]);
    with("x@d.example,bo@b.example\nbo@b.example,\n", &rules)
        .refused(&["line 2", "line 3", "twice"]);
    with("\u{d6}@d.example,\n\u{f6}@d.example,\n", &rules).refused(&[
        "line 2",
        "line 3",
        "read alike",
    ]);
    let mut place = with("x@d.example,\n", &rules);
    place.by_hand.push(by_hand("x@d.example", &[]));
    place.refused(&[
        "[[account]] `x@d.example`",
        "line 2 (`x@d.example`)",
        "twice",
    ]);
}

#[test]
fn a_fact_stands_in_one_place_and_each_rule_says_all_that_the_table_does_not() {
    let table = |header: &str, row: &str, rules: &str| {
        let place = Place::csv(format!("{header}\n{row}\n"));
        let file = place.path("accounts.csv");
        let input = Some(input(&format!("csv = {file:?}\n{rules}")));
        Place { input, ..place }
    };
    let rest = "controller = \"consumer\"\nresides_in = \"\"\nus_person = \"\"\npublic_authority_of = \"\"\n";
    let place = table(
        "address,privileged",
        "bo@b.example,yes",
        &format!("[[rule]]\nall_others = true\n{rest}"),
    );
    let Found::Account(bo) = place.find("bo@b.example") else {
        panic!()
    };
    assert!(bo.privileged);
    // Both say it, also where they say the same.
    table(
        "address,privileged",
        "bo@b.example,yes",
        &rule("all_others = true", true),
    )
    .refused(&["number 1", "`privileged`", "one of the two"]);
    // Neither does.
    table(
        "address",
        "bo@b.example",
        &format!("[[rule]]\nall_others = true\n{rest}"),
    )
    .refused(&["number 1", "`privileged` is missing"]);
    // One rule says less than another.
    let less =
        rule("domain = \"b.example\"", true) + "[[rule]]\nall_others = true\nprivileged = true\n";
    table("address", "bo@b.example", &less).refused(&["number 2", "`controller` is missing"]);
    // What no rule can say, and what nobody knows.
    for column in ["address", "aliases", "salary"] {
        let rules = rule("all_others = true", true) + &format!("{column} = \"x\"\n");
        table("address", "bo@b.example", &rules).refused(&["number 1", column, "a rule says"]);
    }
}

#[test]
fn a_rule_for_an_address_that_is_no_account_is_refused() {
    let others = rule("all_others = true", false);
    for (address, says) in [
        // A slip of the pen would leave the lawyer to the rule for all others.
        (
            "alm@b.exampel",
            &["`alm@b.exampel`", "no account of this table"][..],
        ),
        (
            "a2@b.example",
            &[
                "line 2",
                "`a2@b.example`",
                "another name of `alm@b.example`",
            ],
        ),
    ] {
        let rules = rule(&format!("addresses = [\"{address}\"]"), true) + &others;
        with(ROWS, &rules).refused(says);
    }
    // Of an account that is written by hand nothing is said twice.
    let rules = rule("addresses = [\"ada@b.example\"]", true) + &others;
    let mut place = with(ROWS, &rules);
    place.by_hand.push(by_hand("ada@b.example", &[]));
    place.refused(&["`ada@b.example`", "no account of this table"]);
}

#[test]
fn rules_that_cannot_mean_what_they_look_like_are_refused_with_their_number() {
    let all = || rule("all_others = true", false);
    let domain = || rule("domain = \"b.example\"", false);
    let address = || rule("addresses = [\"bo@b.example\"]", true);
    for (rules, says) in [
        (
            all() + &address(),
            &["number 2", "never reached", "number 1"][..],
        ),
        (all() + &domain(), &["number 2", "never reached"]),
        (all() + &all(), &["number 2", "never reached"]),
        (
            domain() + &address(),
            &["number 2", "`bo@b.example`", "never reached", "number 1"],
        ),
        (
            domain() + &rule("domain = \"B.EXAMPLE\"", true),
            &["number 2", "a rule already"],
        ),
        (
            address() + &rule("addresses = [\"BO@b.example\"]", false),
            &["number 2", "write it once"],
        ),
        (rule("", true), &["number 1", "for whom"]),
        (rule("all_others = false", true), &["number 1", "for whom"]),
        (
            rule("domain = \"b.example\"\nall_others = true", true),
            &["number 1", "for whom"],
        ),
        (
            rule("domain = \"b@example\"", true),
            &["number 1", "`domain`"],
        ),
        (rule("addresses = [\"bo\"]", true), &["local@domain"]),
        (
            "[[rule]]\nall_others = true\n".into(),
            &["number 1", "says nothing"],
        ),
        (
            "[[rule]]\nall_others = true\ncontroller = \"Consumer\"\n".into(),
            &["number 1", "`controller`", "consumer or enterprise"],
        ),
        (
            "[[rule]]\nall_others = true\ncontroller = \"\"\n".into(),
            &["number 1", "`controller` is empty"],
        ),
        (
            "[[rule]]\nall_others = true\nprivileged = \"\"\n".into(),
            &["number 1", "`privileged` is empty"],
        ),
        (
            "[[rule]]\nall_others = true\nresides_in = \"Sweden\"\n".into(),
            &["number 1", "`resides_in`"],
        ),
        (
            "[[rule]]\nall_others = true\nprivileged = 1\n".into(),
            &["write text, true or false"],
        ),
    ] {
        let why = wrong(&rules);
        for say in says {
            assert!(why.contains(say), "{say}: {why}\n{rules}");
        }
    }
}

#[test]
fn a_changed_rule_counts_at_the_next_use() {
    let mut place = with("bo@b.example,\n", &rule("all_others = true", false));
    let privileged = |place: &Place| match place.find("bo@b.example") {
        Found::Account(bo) => bo.privileged,
        other => panic!("{other:?}"),
    };
    assert!(!privileged(&place));
    let file = place.path("accounts.csv");
    place.input = Some(input(&format!(
        "csv = {file:?}\n{}",
        rule("all_others = true", true)
    )));
    assert!(privileged(&place));
}

#[test]
fn where_accounts_stand_is_said_once() {
    for (text, says) in [
        ("", "write one of these"),
        ("csv = \"a\"\npasswd = \"b\"", "write one of these"),
        ("database = \"a\"", "write one of these"),
        ("csv = \"a\"\ndomain = \"b.example\"", "goes with `passwd`"),
        ("passwd = \"a\"\ndomain = \"b@example\"", "`domain`"),
        ("passwd = \"a\"\nfacts = \"b\"", "facts"),
    ] {
        let why = toml::from_str::<Input>(text).unwrap_err().to_string();
        assert!(why.contains(says), "{text}: {why}");
        let again = toml::to_string(&input("passwd = \"a\"\ndomain = \"b.example\"")).unwrap();
        assert!(again.contains("b.example"), "{again}");
    }
}
