//! Groups: whose a case is, and that it is there for nobody else.

use lagrum_model::{CaseState, Role};

use super::{PEOPLE, somebody};
use crate::{Access, Action, CaseOf, Denied, People, Scope};

const GROUPS: &str = r#"
[[person]]
id = "rut"
name = "Rut Alm"
role = "auditor"

[[group]]
id = "sweden"
name = "Sweden"
authorities_of = ["SE", "NO"]
companies_in = ["SE"]
people = ["olof", "maja"]

[[group]]
id = "others"
name = "All others"
people = ["elin"]
the_rest = true
"#;

fn in_groups() -> People {
    People::parse(&format!("{PEOPLE}{GROUPS}")).unwrap()
}

#[test]
fn nothing_is_done_to_a_case_of_another_group_and_it_is_not_there() {
    let (access, people) = (Access::new(), in_groups());
    let mut tried = 0;
    for action in Action::ALL {
        for state in CaseState::ALL {
            let of = |group| Some(CaseOf { state, group });
            for (person, own, other) in [
                ("olof", "sweden", "others"),
                ("maja", "sweden", "others"),
                ("elin", "others", "sweden"),
            ] {
                let by = people.principal_signed_in(person).unwrap();
                let alone = somebody(by.role());
                let as_before = access.check(&alone, action, of(None));
                assert_eq!(
                    access.check(&by, action, of(Some(own))),
                    as_before,
                    "{action}"
                );
                for group in [Some(other), Some("no-such-group"), None] {
                    let answer = access.check(&by, action, of(group));
                    assert_eq!(
                        answer,
                        Err(Denied::NotThere),
                        "{person}: {action} in {state:?}"
                    );
                    let token = people.principal_of_token(person, &Scope::ALL).unwrap();
                    assert_eq!(access.check(&token, action, of(group)), answer);
                    tried += 1;
                }
            }
            // Who watches, and who looks after programs, does so for the whole desk.
            for (person, role) in [("rut", Role::Auditor), ("elin-agent", Role::DataOperator)] {
                let by = people.principal_signed_in(person).unwrap();
                let before = access.check(&somebody(role), action, of(None));
                assert_eq!(access.check(&by, action, of(Some("sweden"))), before);
            }
        }
    }
    assert_eq!(tried, Action::ALL.len() * 14 * 9);
}

#[test]
fn all_that_is_kept_is_gone_through_by_whoever_sees_the_whole_desk() {
    let (access, people) = (Access::new(), in_groups());
    for person in ["olof", "maja", "elin"] {
        let by = people.principal_signed_in(person).unwrap();
        let refused = access.check_desk(&by, Action::VerifyRecord).unwrap_err();
        assert_eq!(refused.allowed, [Role::Administrator, Role::Auditor]);
    }
    let auditor = people.principal_signed_in("rut").unwrap();
    assert_eq!(access.check_desk(&auditor, Action::VerifyRecord), Ok(()));
}

#[test]
fn for_whoever_works_for_no_group_there_is_no_case() {
    let access = Access::new();
    let alone = GROUPS.replace("\"olof\", \"maja\"", "\"maja\"");
    let people = People::parse(&format!("{PEOPLE}{alone}")).unwrap();
    let by = people.principal_signed_in("olof").unwrap();
    assert_eq!(by.groups(), Some(&[][..]));
    for action in Action::ALL {
        let desk = access.check_desk(&by, action).is_ok();
        assert_eq!(access.check_ever(&by, action).is_ok(), desk, "{action}");
        for state in CaseState::ALL {
            let of = |group| Some(CaseOf { state, group });
            for group in [Some("sweden"), Some("others"), None] {
                assert_eq!(access.check(&by, action, of(group)), Err(Denied::NotThere));
            }
        }
    }
}

#[test]
fn a_case_is_of_the_group_that_its_way_leads_to() {
    let people = in_groups();
    let group = |route: &str| people.group_of(route).map(|group| group.id.as_str());
    for (route, expected) in [
        ("SE>IE", "sweden"),
        ("NO>SE", "sweden"),
        // The authority's country goes before the company's.
        ("DE>SE", "sweden"),
        ("DE>IE", "others"),
        ("SE>", "sweden"),
        ("DE>", "others"),
        ("@olof", "sweden"),
        ("@elin", "others"),
        ("@nobody", "others"),
        ("?", "others"),
        ("=others SE>SE", "others"),
        ("=sweden ?", "sweden"),
        // A group that is no more keeps nothing.
        ("=denmark SE>SE", "sweden"),
        ("=denmark ?", "others"),
        ("", "others"),
    ] {
        assert_eq!(group(route), Some(expected), "{route}");
    }
    assert_eq!(super::people().group_of("SE>SE"), None);
    assert_eq!(super::people().groups_mark(), "");
    let renamed = GROUPS.replace("\"SE\", \"NO\"", "\"SE\"");
    let other = People::parse(&format!("{PEOPLE}{renamed}")).unwrap();
    assert_ne!(other.groups_mark(), people.groups_mark());
    let text = toml::to_string(&people).unwrap();
    assert_eq!(People::parse(&text).unwrap(), people);
}

#[test]
fn groups_are_refused_with_the_field_and_the_rule() {
    for (from, to, expected) in [
        ("id = \"sweden\"", "id = \"Sweden!\"", "lower-case letters"),
        ("id = \"others\"", "id = \"sweden\"", "`id` occurs twice"),
        ("\"All others\"", "\"\"", "`name`"),
        ("[\"elin\"]", "[\"nora\"]", "no person of this file"),
        ("[\"elin\"]", "[\"rut\"]", "who is auditor"),
        ("the_rest = true", "", "0 groups have `the_rest"),
        (
            "the_rest = true",
            "authorities_of = [\"NO\"]\nthe_rest = true",
            "another group has",
        ),
        ("\"NO\"", "\"Norway\"", "Norway"),
        ("the_rest", "rest", "unknown field `rest`"),
    ] {
        let text = format!("{PEOPLE}{}", GROUPS.replace(from, to));
        let why = People::parse(&text).unwrap_err().to_string();
        assert!(
            why.starts_with("people.toml: ") && why.contains(expected),
            "{why}"
        );
    }
}
