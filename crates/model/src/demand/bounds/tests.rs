use std::fmt::Write as _;

use super::*;
use crate::testing::demand;

/// A demand as JSON, changed.
fn changed(change: impl FnOnce(&mut Value)) -> Result<Demand, String> {
    let mut value = serde_json::to_value(demand(&[])).unwrap();
    change(&mut value);
    Demand::parse(&serde_json::to_vec(&value).unwrap()).map_err(|e| e.to_string())
}

fn identifiers(count: usize, from: usize) -> Value {
    (from..from + count)
        .map(|number| serde_json::json!({"kind": "user-id", "value": format!("u{number}")}))
        .collect()
}

#[test]
fn what_is_too_long_for_a_description_is_not_read_at_all() {
    let mut long = serde_json::to_vec(&demand(&[])).unwrap();
    long.resize(Demand::LONGEST, b' ');
    assert!(Demand::parse(&long).is_ok());
    long.push(b' ');
    let why = Demand::parse(&long).unwrap_err().to_string();
    assert!(why.contains("1 MiB") && why.contains("originals"), "{why}");
}

#[test]
fn what_is_too_deep_is_refused_before_anything_calls_itself() {
    let deep = |open: &str, count: usize, close: &str| {
        format!("a = {}0{}", open.repeat(count), close.repeat(count))
    };
    let dots = "a.".repeat(40);
    let inline = format!("{{{}a = ", "a.".repeat(30));
    let many_tables = (0..5).fold(String::new(), |mut all, _| {
        let _ = writeln!(all, "[{dots}a]");
        all
    });
    for text in [
        deep("[", 40, "]"),
        deep("{a=", 40, "}"),
        deep(&inline, 70, "}"),
        deep(&inline, 2, "}"),
        format!("{dots}a = 1"),
        many_tables,
        // An opening bracket that is never closed, and one that is closed by another.
        deep("[", 100_000, ""),
        deep("{a.a=", 20_000, "]"),
    ] {
        let why = Demand::parse(text.as_bytes()).unwrap_err().to_string();
        let told = why.contains("levels deep") || why.contains("bracket closes");
        assert!(told, "{}: {why}", &text[..40]);
    }
    // JSON's reader counts itself, and says so.
    let json = format!("{{\"a\": {}{}}}", "[".repeat(500), "]".repeat(500));
    let why = Demand::parse(json.as_bytes()).unwrap_err().to_string();
    assert!(why.contains("recursion limit"), "{why}");
    // A bracket in a text, and in a comment, opens nothing.
    let brackets = format!("# {}\nformat = \"{}\"", "[".repeat(99), "{".repeat(99));
    let why = Demand::parse(brackets.as_bytes()).unwrap_err().to_string();
    assert!(!why.contains("levels deep"), "{why}");
}

#[test]
fn what_has_too_many_pieces_is_refused_before_values_are_made() {
    let zeros = "0,".repeat(MOST_TOKENS);
    let tables = "[[a]]\n".repeat(MOST_TOKENS / 4);
    for text in [
        format!("{{\"a\": [{zeros}0]}}"),
        format!("a = [{zeros}]"),
        tables,
    ] {
        assert!(text.len() < Demand::LONGEST);
        let why = Demand::parse(text.as_bytes()).unwrap_err().to_string();
        assert!(why.contains("words and marks"), "{why}");
    }
}

#[test]
fn a_case_has_no_more_identifiers_and_parts_than_people_can_judge() {
    let whole = changed(|value| value["part"][0]["identifiers"] = identifiers(1000, 0)).unwrap();
    assert_eq!(whole.identifiers().len(), Demand::MOST_IDENTIFIERS);
    let why = changed(|value| value["part"][0]["identifiers"] = identifiers(1001, 0)).unwrap_err();
    assert!(why.contains("at most 1000"), "{why}");
    // Over all parts, each of which is small.
    let parts = |count: usize, each: usize| {
        changed(|value| {
            let part = value["part"][0].clone();
            value["part"] = (0..count)
                .map(|number| {
                    let mut part = part.clone();
                    part["identifiers"] = identifiers(each, number * each);
                    part
                })
                .collect();
        })
    };
    assert!(parts(100, 10).is_ok());
    assert!(parts(100, 11).unwrap_err().contains("1100 identifiers"));
    assert!(parts(250, 1).is_ok());
    assert!(parts(251, 1).unwrap_err().contains("251 parts"));
}

#[test]
fn an_authority_writes_no_lines_of_its_own_and_nothing_that_nobody_sees() {
    let set = |pointer: &str, text: &str| {
        changed(|value| {
            let field = value.pointer_mut(pointer);
            *field.unwrap_or_else(|| panic!("{pointer}")) = text.into();
        })
    };
    for (pointer, field) in [
        ("/reference", "reference"),
        ("/authority/name", "authority.name"),
        ("/authority/officer/name", "authority.officer.name"),
        ("/instrument/provision", "instrument.provision"),
        ("/addressee/entity", "addressee.entity"),
        (
            "/part/0/identifiers/0/value",
            "part[0].identifiers[0].value",
        ),
    ] {
        assert!(set(pointer, "a@b.example").is_ok(), "{pointer}");
        for hidden in [
            "a@b.example\nAuthenticated: called back",
            "a@b.example\u{2028}x",
            "\u{202e}a@b.example",
            "a\u{200b}@b.example",
            "a@b.example\u{7f}",
            "a@b.example\t",
        ] {
            let why = set(pointer, hidden).unwrap_err();
            assert!(why.contains(&format!("field `{field}`")), "{why}");
        }
    }
}

#[test]
fn prose_may_have_lines_but_hides_nothing() {
    let facts = |text: &str| {
        changed(|value| {
            value["emergency"] = serde_json::json!({"threat_to": "person", "facts": text});
        })
    };
    assert!(facts("A child.\nShe is\tmissing.\r\n").is_ok());
    for hidden in ["A child.\u{202e}", "A child.\u{1b}[2J", "\u{e0041}"] {
        let why = facts(hidden).unwrap_err();
        assert!(why.contains("field `emergency.facts`"), "{why}");
    }
}
