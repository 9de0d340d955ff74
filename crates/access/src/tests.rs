mod groups;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Instant;

use cedar_policy::{PolicySet, Schema, ValidationMode, Validator};
use lagrum_model::{Actor, CaseState, Role};

use crate::access::{About, POLICY, SCHEMA, place};
use crate::{
    Access, Action, CaseOf, Denied, NotAllowed, NotKnown, People, Principal, Scope, current_user,
    matrix,
};

const PEOPLE: &str = r#"
[[person]]
id = "olof"
name = "Olof Strand"
role = "analyst"
user = "olof"

[[person]]
id = "elin"
name = "Elin Berg"
role = "analyst"
user = "ops"

[[person]]
id = "elin-agent"
name = "Elin Berg"
role = "data-operator"
user = "ops"

[[person]]
id = "maja"
name = "Maja Ek"
role = "counsel"
"#;

fn people() -> People {
    People::parse(PEOPLE).unwrap()
}

/// A case of a desk without groups.
fn open_to_all(state: CaseState) -> CaseOf<'static> {
    CaseOf { state, group: None }
}

fn not_allowed(answer: Result<(), Denied>) -> NotAllowed {
    match answer {
        Err(Denied::NotAllowed(refused)) => refused,
        other => panic!("{other:?}"),
    }
}

fn somebody(role: Role) -> Principal {
    let text = format!(
        "[[person]]\nid = \"one\"\nname = \"One\"\nrole = \"{}\"\nuser = \"one\"\n",
        role.as_str()
    );
    let people = People::parse(&text).unwrap();
    people.principal_of_user("one", None).unwrap()
}

/// What each role may do, written down a second time and by hand: one letter for each role in the
/// order of `Role::ALL` (analyst, counsel, data operator, administrator, auditor). `a` always, `o`
/// while the case is open, `.` never. Then where: on the desk (`d`), on a case (`c`), on both.
const TABLE: [(&str, &str, &str); 51] = [
    ("intake", "oo...", "dc"),
    ("describe", "oo...", "c"),
    ("authenticate", "oo...", "c"),
    ("call-back", "oo...", "c"),
    ("judge-emergency", ".o...", "c"),
    ("state-findings", ".o...", "c"),
    ("record-milestone", "oo...", "c"),
    ("inquire", "oo...", "c"),
    ("assess", "oo...", "c"),
    ("decide", "oo...", "c"),
    ("sign", "oo...", "c"),
    ("sign-as-counsel", ".o...", "c"),
    ("add-signature", "oo...", "c"),
    ("export-to-sign", "oo...", "c"),
    ("assign", "oo...", "c"),
    ("send-letter", "oo...", "c"),
    ("ask", "oo...", "c"),
    ("note", "aa...", "c"),
    ("note-privileged", ".a...", "c"),
    ("record-burden", "aa...", "c"),
    ("recall", "aa...", "c"),
    ("review", "oo...", "c"),
    ("deliver", "aa...", "c"),
    ("tell-passphrase", "aa...", "c"),
    ("link", "aa...", "c"),
    ("join", "aa...", "c"),
    ("split", "oo...", "c"),
    ("close", "aa...", "c"),
    ("reopen", "aa...", "c"),
    ("read-list", "aa..a", "d"),
    ("read-case", "aa..a", "c"),
    ("read-original", "aa..a", "c"),
    ("read-privileged", ".a...", "c"),
    ("prove-event", "aa..a", "c"),
    ("preview", "aa...", "d"),
    ("settle", "aaaa.", "d"),
    ("verify-record", "aa-aa", "d"),
    ("rebuild-read-model", "...a.", "d"),
    ("change-log-key", "...a.", "d"),
    ("state-loss", "...a.", "d"),
    ("schedule-log", "...a.", "d"),
    ("back-up", "...a.", "d"),
    ("change-setup", "...a.", "d"),
    ("publish-report", ".a...", "d"),
    ("check", "aaaaa", "d"),
    ("read-setup", "..aaa", "d"),
    ("end-session", "...a.", "d"),
    ("bind-sign-in", "...a.", "d"),
    ("audit", "....a", "d"),
    ("audit-sample", "....a", "d"),
    ("admit-officer", "aa...", "d"),
];

#[test]
fn every_action_as_every_role_in_every_state_is_answered_as_the_table_says() {
    let access = Access::new();
    let states = CaseState::ALL.into_iter().map(Some).chain([None]);
    let states: Vec<_> = states.collect();
    let mut tried = 0;
    for action in Action::ALL {
        let (_, roles, places) = TABLE
            .iter()
            .find(|(name, _, _)| *name == action.as_str())
            .unwrap_or_else(|| panic!("{action} is missing from the table"));
        for (role, letter) in Role::ALL.into_iter().zip(roles.chars()) {
            let by = somebody(role);
            for state in &states {
                let here = places.contains(if state.is_some() { 'c' } else { 'd' });
                let open = *state != Some(CaseState::Closed);
                let expected = here && (letter == 'a' || letter == 'o' && open);
                let answer = access.check(&by, action, state.map(open_to_all));
                assert_eq!(answer.is_ok(), expected, "{role}: {action} in {state:?}");
                if let Err(Denied::NotAllowed(refused)) = answer {
                    assert_eq!(
                        (refused.action, refused.role, refused.state),
                        (action, role, *state)
                    );
                    assert!(!refused.allowed.contains(&role), "{refused}");
                }
                tried += 1;
            }
        }
    }
    assert_eq!(tried, TABLE.len() * 5 * 15);
}

#[test]
fn the_matrix_is_the_one_that_was_reviewed() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("matrix.txt");
    let reviewed = fs::read_to_string(&file).unwrap();
    let now = matrix();
    assert!(
        reviewed == now,
        "who may do what has changed. Review it; if it is meant, put this into matrix.txt:\n{now}"
    );
    for action in Action::ALL {
        let rows = now
            .lines()
            .filter(|line| line.split(' ').next() == Some(action.as_str()));
        assert_eq!(rows.count(), 1, "{action}");
    }
}

#[test]
fn a_token_does_what_its_scopes_and_the_role_of_its_person_both_permit() {
    let access = Access::new();
    let people = people();
    let states = || CaseState::ALL.into_iter().map(Some).chain([None]);
    let mut allowed = 0;
    for person in ["olof", "maja", "elin-agent"] {
        let whole = people.principal_signed_in(person).unwrap();
        assert_eq!(whole.scopes(), None);
        for scope in Scope::ALL {
            assert_eq!(Scope::parse(scope.as_str()), Ok(scope));
            let token = people.principal_of_token(person, &[scope]).unwrap();
            assert_eq!(token.actor(), whole.actor());
            for action in Action::ALL {
                for state in states() {
                    let state = state.map(open_to_all);
                    let may = access.check(&token, action, state).is_ok();
                    let person_may = access.check(&whole, action, state).is_ok();
                    let expected = person_may && Scope::of(action) == Some(scope);
                    assert_eq!(may, expected, "{person} {scope}: {action} in {state:?}");
                    allowed += usize::from(may);
                }
            }
        }
    }
    assert!(allowed > 100, "{allowed}");
    assert_eq!(
        people
            .principal_of_token("olof", &[])
            .map(|by| by.is_for(Action::Note)),
        Some(false)
    );
    assert_eq!(people.principal_of_token("nobody", &Scope::ALL), None);
    assert!(Scope::parse("cases").unwrap_err().contains("cases:read"));
}

#[test]
fn the_policy_passes_strict_validation() {
    let (schema, warnings) = Schema::from_cedarschema_str(SCHEMA).unwrap();
    assert_eq!(warnings.count(), 0);
    let policy: PolicySet = POLICY.parse().unwrap();
    let result = Validator::new(schema).validate(&policy, ValidationMode::Strict);
    assert!(result.validation_passed_without_warnings(), "{result}");
}

#[test]
fn schema_and_program_have_the_same_actions_roles_and_states() {
    let schema: Schema = SCHEMA.parse().unwrap();
    let actions: BTreeSet<_> = schema
        .actions()
        .map(|a| a.id().unescaped().to_owned())
        .collect();
    let ours = Action::ALL.map(|action| action.as_str().to_owned());
    assert_eq!(actions, BTreeSet::from(ours));
    let listed = |line: &str| -> BTreeSet<String> {
        let rest = SCHEMA.split(line).nth(1).unwrap();
        let list = rest.split(']').next().unwrap();
        let words = list.split('"').skip(1).step_by(2);
        words.map(ToOwned::to_owned).collect()
    };
    let roles = Role::ALL.map(|role| role.as_str().to_owned());
    assert_eq!(listed("entity Role enum ["), BTreeSet::from(roles));
    let states = CaseState::ALL.map(|state| state.as_str().to_owned());
    assert_eq!(listed("entity State enum ["), BTreeSet::from(states));
}

#[test]
fn a_refusal_names_action_role_state_and_who_may() {
    let access = Access::new();
    let analyst = somebody(Role::Analyst);
    let state = Some(open_to_all(CaseState::Authenticated));
    let refused = not_allowed(access.check(&analyst, Action::JudgeEmergency, state));
    assert_eq!(refused.allowed, [Role::Counsel]);
    assert_eq!(
        refused.to_string(),
        "judge-emergency: not in the role analyst while the case is in the state authenticated; roles that may: counsel"
    );
    let closed = Some(open_to_all(CaseState::Closed));
    let refused = not_allowed(access.check(&analyst, Action::Assess, closed));
    assert_eq!(
        refused.to_string(),
        "assess: not in the role analyst while the case is in the state closed; no role may"
    );
}

#[test]
fn a_check_takes_less_than_a_millisecond() {
    let (access, by) = (Access::new(), somebody(Role::Counsel));
    let mut fastest = u128::MAX;
    for _ in 0..50 {
        let begin = Instant::now();
        access
            .check(
                &by,
                Action::ReadCase,
                Some(open_to_all(CaseState::Assessed)),
            )
            .unwrap();
        fastest = fastest.min(begin.elapsed().as_micros());
    }
    assert!(fastest < 1000, "{fastest} µs");
}

#[test]
fn the_user_of_one_person_is_that_person() {
    let olof = people().principal_of_user("olof", None).unwrap();
    assert_eq!(
        (olof.id(), olof.name(), olof.role()),
        ("olof", "Olof Strand", Role::Analyst)
    );
    assert_eq!(
        olof.actor(),
        Actor::Person {
            id: "olof".into(),
            name: "Olof Strand".into(),
            role: Role::Analyst
        }
    );
    assert_eq!(
        people().principal_of_user("olof", Some("olof")).unwrap(),
        olof
    );
}

#[test]
fn of_people_who_share_a_user_one_is_chosen_and_nobody_else() {
    let people = people();
    let elin = people.principal_of_user("ops", Some("elin-agent")).unwrap();
    assert_eq!(elin.role(), Role::DataOperator);
    let NotKnown::Several { people: both, .. } = people.principal_of_user("ops", None).unwrap_err()
    else {
        panic!("nobody was chosen");
    };
    let ids: Vec<_> = both.iter().map(|person| person.id.as_str()).collect();
    assert_eq!(ids, ["elin", "elin-agent"]);
    for stranger in ["olof", "maja", "nobody", ""] {
        for user in ["ops", "olof"] {
            if stranger == user {
                continue;
            }
            let refused = people.principal_of_user(user, Some(stranger)).unwrap_err();
            assert!(
                matches!(refused, NotKnown::NotTheirs { ref chosen, .. } if chosen == stranger),
                "{refused}"
            );
        }
    }
}

#[test]
fn a_user_whom_nobody_has_is_nobody() {
    for user in ["mallory", "", "OLOF", "maja"] {
        for chosen in [None, Some("maja"), Some("olof")] {
            let refused = people().principal_of_user(user, chosen).unwrap_err();
            assert_eq!(refused, NotKnown::Nobody { user: user.into() });
        }
    }
}

#[test]
fn people_toml_names_the_field_and_the_rule() {
    let entry = |fields: &str| format!("[[person]]\n{fields}\n");
    let olof = "id = \"olof\"\nname = \"Olof\"\nrole = \"analyst\"\nuser = \"olof\"";
    assert!(People::parse(&entry(olof)).is_ok());
    assert_eq!(People::parse("").unwrap().people(), []);
    for (text, expected) in [
        (
            entry(&olof.replace("\"olof\"\nname", "\"Olof S\"\nname")),
            "lower-case letters",
        ),
        (
            entry(&olof.replace("id = \"olof\"", "id = \"\"")),
            "lower-case letters",
        ),
        (entry(olof).repeat(2), "person olof: `id` occurs twice"),
        (entry(&olof.replace("\"Olof\"", "\" \"")), "`name`"),
        (
            entry(&olof.replace("user = \"olof\"", "user = \"\"")),
            "`user` is empty",
        ),
        (
            entry(&olof.replace("analyst", "lawyer")),
            "unknown variant `lawyer`",
        ),
        (
            entry(&format!("{olof}\ncounsel = true")),
            "unknown field `counsel`",
        ),
        (
            entry(&olof.replace("name = \"Olof\"\n", "")),
            "missing field `name`",
        ),
        ("people = 1".to_owned(), "unknown field `people`"),
    ] {
        let why = People::parse(&text).unwrap_err().to_string();
        assert!(
            why.starts_with("people.toml: ") && why.contains(expected),
            "{why}"
        );
    }
}

#[test]
fn the_list_of_people_survives_being_written() {
    let text = toml::to_string(&people()).unwrap();
    assert_eq!(People::parse(&text).unwrap(), people());
    assert!(!text.contains("user = \"\""), "{text}");
}

#[test]
fn the_operating_system_names_its_user() {
    let output = std::process::Command::new("id")
        .args(["-run"])
        .output()
        .unwrap();
    let expected = String::from_utf8(output.stdout).unwrap();
    assert_eq!(current_user().unwrap(), expected.trim());
}

#[test]
fn every_question_has_a_place_of_its_own_for_its_answer() {
    let mut places = BTreeSet::new();
    for role in Role::ALL {
        for action in Action::ALL {
            for yes in [false, true] {
                places.insert(place(role, action, About::Desk { whole: yes }));
                for state in CaseState::ALL {
                    places.insert(place(role, action, About::Case { state, theirs: yes }));
                }
            }
        }
    }
    let questions = Role::ALL.len() * Action::ALL.len() * About::COUNT;
    assert_eq!(places, (0..questions).collect());
}

/// Answers are kept by role, action and state; a rule about one person would be kept for all.
#[test]
fn no_rule_of_the_policy_names_a_person() {
    let rules: PolicySet = POLICY.parse().unwrap();
    for rule in rules.policies() {
        assert!(!rule.to_string().contains("Person::"), "{rule}");
    }
}
