//! What is refused when packs are loaded, and that the refusal says what and where.

#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use jiff::civil::date;
use lagrum_law::{LawError, LawPacks, PackKind};
use tempfile::TempDir;

use crate::common::{LAW, copy_folder};

const GOOD: &str = r#"
@id("us.rule") @cite("a provision") @says("A sentence.") @verified("unverified; not confirmed by counsel")
@route("reject") @instead("Do something else.")
forbid (principal, action == Action::"disclose", resource) when { context.emergency };
"#;

/// A copy of the packs with one more file of rules in `us/`.
fn copy_with(extra: &str) -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    copy_folder(Path::new(LAW), copy.path());
    fs::write(copy.path().join("us/extra.cedar"), extra).unwrap();
    copy
}

fn refusal(folder: &Path) -> String {
    LawPacks::from_dir(folder).unwrap_err().to_string()
}

#[test]
fn a_copy_of_the_folder_is_the_same_law_as_the_embedded_packs() {
    let copy = tempfile::tempdir().unwrap();
    copy_folder(Path::new(LAW), copy.path());
    let (ours, theirs) = (
        LawPacks::embedded().unwrap(),
        LawPacks::from_dir(copy.path()).unwrap(),
    );
    assert_eq!(ours.digest(), theirs.digest());
    assert_eq!(
        ours.rules().collect::<Vec<_>>(),
        theirs.rules().collect::<Vec<_>>()
    );
    // A page for readers changes nothing; a rule's text does.
    fs::write(copy.path().join("us/README.md"), "another page").unwrap();
    assert_eq!(
        LawPacks::from_dir(copy.path()).unwrap().digest(),
        ours.digest()
    );
    fs::write(copy.path().join("us/extra.cedar"), GOOD).unwrap();
    let changed = LawPacks::from_dir(copy.path()).unwrap();
    assert_ne!(changed.digest(), ours.digest());
    assert_eq!(changed.rules().count(), ours.rules().count() + 1);
}

#[test]
fn a_rule_without_its_annotations_is_refused_by_name() {
    for (missing, cut) in [
        ("@id", r#"@id("us.rule")"#),
        ("@cite", r#"@cite("a provision")"#),
        ("@says", r#"@says("A sentence.")"#),
        (
            "@verified",
            r#"@verified("unverified; not confirmed by counsel")"#,
        ),
        ("@route", r#"@route("reject")"#),
        ("@instead", r#"@instead("Do something else.")"#),
    ] {
        assert!(GOOD.contains(cut));
        let refused = refusal(copy_with(&GOOD.replace(cut, "")).path());
        assert!(refused.contains("us/extra.cedar"), "{refused}");
        assert!(
            refused.contains(&format!("`{missing}` is missing")),
            "{refused}"
        );
        let name = if missing == "@id" {
            "number 1"
        } else {
            "us.rule"
        };
        assert!(refused.contains(name), "{refused}");
    }
}

#[test]
fn an_annotation_that_is_wrong_is_refused_with_the_way_out() {
    for (from, to, says) in [
        (
            r#"@route("reject")"#,
            r#"@route("refuse")"#,
            "write one of wait, ask, narrow",
        ),
        (
            r#"@route("reject")"#,
            r#"@route("produce")"#,
            "write one of wait, ask, narrow",
        ),
        (
            r#"@id("us.rule")"#,
            r#"@id("eu.rule")"#,
            "must begin with `us.`",
        ),
        (r#"@id("us.rule")"#, r#"@id("us.Rule")"#, "lower-case"),
        (
            r#"@verified("unverified; not confirmed by counsel")"#,
            r#"@verified("sure")"#,
            "must begin with one of",
        ),
        (r#"@cite("#, r#"@note("x") @cite("#, "`@note` is not known"),
        (r#"@cite("#, r#"@from("1 May 2020") @cite("#, "YYYY-MM-DD"),
        (r#"@cite("#, r#"@until("2023-02-29") @cite("#, "YYYY-MM-DD"),
        (
            r#"@cite("#,
            r#"@from("2020-01-01") @until("2020-01-01") @cite("#,
            "must lie after",
        ),
        ("Do something else.", "Ask {court}.", "only `{channel}`"),
        ("forbid (", "permit (", "belong to rules that forbid"),
    ] {
        assert!(GOOD.contains(from));
        let refused = refusal(copy_with(&GOOD.replace(from, to)).path());
        assert!(refused.contains(says), "{to}: {refused}");
    }
}

#[test]
fn a_rule_that_permits_says_whether_it_hands_over_or_preserves() {
    let permit = |act: &str| {
        let rule = format!(
            "@id(\"us.rule\") @cite(\"x\") @says(\"X.\") @verified(\"unverified; not confirmed by counsel\")\npermit (principal, {act}, resource) when {{ context.emergency }};"
        );
        LawPacks::from_dir(copy_with(&rule).path())
    };
    for both in [
        "action",
        r#"action in [Action::"disclose", Action::"preserve"]"#,
    ] {
        let refused = permit(both).unwrap_err().to_string();
        assert!(refused.contains("says which act"), "{refused}");
    }
    for one in ["disclose", "preserve"] {
        let packs = permit(&format!(r#"action == Action::"{one}""#)).unwrap();
        let rule = packs.rules().find(|rule| rule.id == "us.rule").unwrap();
        assert_eq!(rule.acts.len(), 1);
        assert_eq!(rule.acts[0].as_str(), one);
    }
}

#[test]
fn a_name_is_used_once_in_a_file_and_across_files() {
    for extra in [
        format!("{GOOD}{GOOD}"),
        GOOD.replace("us.rule", "us.sca.subscriber"),
    ] {
        let refused = refusal(copy_with(&extra).path());
        assert!(refused.contains("names are used once"), "{refused}");
    }
}

#[test]
fn a_misspelt_word_is_refused_rather_than_never_true() {
    for (condition, says) in [
        ("context.emergancy", "emergancy"),
        (r#"resource.category == Category::"contents""#, "contents"),
        (
            r#"principal.country in Group::"europe""#,
            "group `europe` is not defined",
        ),
        (r#"principal.country == Country::"UK""#, "write `GB`"),
        (r#"principal.country == "US""#, "us.rule"),
        // It may be absent: the rule must ask `has` first.
        (
            "context.maximum_penalty_months >= 36",
            "maximum_penalty_months",
        ),
        // It can never be true.
        (
            "context.emergency && !context.emergency && principal == resource",
            "us.rule",
        ),
    ] {
        let refused = refusal(copy_with(&GOOD.replace("context.emergency", condition)).path());
        assert!(
            refused.contains(says) && refused.contains("us.rule"),
            "{condition}: {refused}"
        );
    }
    let refused = refusal(copy_with("forbid (principal").path());
    assert!(
        refused.contains("`us/extra.cedar` is not Cedar"),
        "{refused}"
    );
    let refused =
        refusal(copy_with(&GOOD.replace("(principal,", "(principal == ?principal,")).path());
    assert!(refused.contains("?slot"), "{refused}");
}

#[test]
fn the_providers_promise_can_only_forbid() {
    let copy = copy_with("");
    let permit = r#"
@id("provider.rule") @cite("x") @says("X.") @verified("unverified; not confirmed by counsel")
permit (principal, action == Action::"disclose", resource);
"#;
    fs::write(copy.path().join("provider/extra.cedar"), permit).unwrap();
    assert!(refusal(copy.path()).contains("only `forbid` here"));
    let packs = LawPacks::embedded().unwrap();
    let promise = packs
        .packs()
        .iter()
        .find(|pack| pack.name == "provider")
        .unwrap();
    assert_eq!(promise.kind, PackKind::Policy);
}

#[test]
fn a_file_that_would_be_read_by_nothing_is_refused() {
    for path in [
        "us/extra.cedr",
        "us/more/rules.cedar",
        "rules.cedar",
        "us/fact.toml",
    ] {
        let copy = copy_with(GOOD);
        let path = copy.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, GOOD).unwrap();
        assert!(
            matches!(
                LawPacks::from_dir(copy.path()),
                Err(LawError::Unexpected(_))
            ),
            "{path:?}"
        );
    }
    let copy = copy_with(GOOD);
    fs::write(copy.path().join("us/.editor-state"), "x").unwrap();
    fs::write(copy.path().join("us/notes.md"), "x").unwrap();
    LawPacks::from_dir(copy.path()).expect("hidden files and pages are passed over");
}

#[test]
fn packs_that_others_can_change_are_refused_with_the_way_out() {
    let mode = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    let copy = copy_with(GOOD);
    for name in ["", "us", "us/extra.cedar", "us/pack.toml", "facts.toml"] {
        let path = copy.path().join(name);
        let before = fs::metadata(&path).unwrap().permissions().mode();
        for open in [0o020, 0o002] {
            mode(&path, before | open);
            let refused = refusal(copy.path());
            assert!(
                refused.contains("others than its owner can change it")
                    && refused.contains("chmod go-w"),
                "{name}: {refused}"
            );
        }
        mode(&path, before);
    }
    // What changes no finding may belong to anybody.
    fs::write(copy.path().join("us/README.md"), "x").unwrap();
    mode(&copy.path().join("us/README.md"), 0o666);
    LawPacks::from_dir(copy.path()).expect("as before");
}

#[test]
fn a_text_that_takes_more_to_read_than_it_says_is_refused_before_it_is_read() {
    for text in [
        GOOD.replace("context.emergency", &"(".repeat(33)),
        GOOD.replace("context.emergency", &"[".repeat(100_000)),
        GOOD.replace("context.emergency", &"{".repeat(100_000)),
    ] {
        let refused = refusal(copy_with(&text).path());
        assert!(
            refused.contains("us/extra.cedar") && refused.contains("brackets stand in each other"),
            "{refused}"
        );
    }
    let refused = refusal(copy_with(&"// x\n".repeat(30_000)).path());
    assert!(refused.contains("longer than 131072 bytes"), "{refused}");
    let deep = format!("{}context.emergency{}", "(".repeat(20), ")".repeat(20));
    LawPacks::from_dir(copy_with(&GOOD.replace("context.emergency", &deep)).path())
        .expect("as deep as a rule may be");
}

#[test]
fn a_missing_file_is_named() {
    for path in ["schema.cedarschema", "facts.toml", "us/pack.toml"] {
        let copy = copy_with(GOOD);
        fs::remove_file(copy.path().join(path)).unwrap();
        assert!(matches!(LawPacks::from_dir(copy.path()), Err(LawError::Missing(p)) if p == path));
    }
    let refused = refusal(Path::new("/nowhere/at/all"));
    assert!(
        refused.contains("/nowhere/at/all") && refused.contains("Check"),
        "{refused}"
    );
    let copy = copy_with(GOOD);
    fs::write(copy.path().join("us/extra.cedar"), b"\xff\xfe").unwrap();
    assert!(matches!(
        LawPacks::from_dir(copy.path()),
        Err(LawError::NotText(_))
    ));
}

#[test]
fn a_fact_that_is_wrong_is_refused_with_its_place() {
    let facts = fs::read_to_string(Path::new(LAW).join("facts.toml")).unwrap();
    for (from, to, says) in [
        (
            r#"from = "2013-07-01""#,
            r#"from = "July 2013""#,
            "YYYY-MM-DD",
        ),
        (r#"country = "GB""#, r#"country = "UK""#, "write `GB`"),
        (r#"until = "2021-01-01""#, r#"till = "2021-01-01""#, "till"),
        (
            r#"asking_group = "european-union""#,
            r#"asking_group = "europe""#,
            "not a group in this file",
        ),
        (
            r#"asking = ["US"]"#,
            r#"asking_group = "european-union"
asking = ["US"]"#,
            "write either",
        ),
        (
            r#"earliest = "2011-01-01""#,
            r#"earliest = "2011""#,
            "earliest",
        ),
    ] {
        assert!(facts.contains(from), "{from}");
        let copy = copy_with(GOOD);
        fs::write(copy.path().join("facts.toml"), facts.replacen(from, to, 1)).unwrap();
        let refused = refusal(copy.path());
        assert!(
            refused.contains("facts.toml") && refused.contains(says),
            "{to}: {refused}"
        );
    }
}

#[test]
fn a_day_before_the_packs_were_read_is_refused_not_guessed() {
    let packs = LawPacks::embedded().unwrap();
    let earliest = packs.earliest();
    assert_eq!(packs.in_force(earliest).unwrap().as_of(), earliest);
    let refused = packs.in_force(earliest.yesterday().unwrap()).unwrap_err();
    assert!(matches!(refused, LawError::TooEarly { .. }));
    assert!(refused.to_string().contains("2010-12-31"));
}

#[test]
fn a_rule_that_fails_while_it_is_applied_stops_everything() {
    // The validator cannot see an overflow; the engine must not pass over it as Cedar does.
    let condition = "context has maximum_penalty_months && \
        9223372036854775807 + context.maximum_penalty_months > 0";
    let copy = copy_with(&GOOD.replace("context.emergency", condition));
    let law = LawPacks::from_dir(copy.path())
        .unwrap()
        .in_force(date(2026, 11, 21))
        .unwrap();
    let mut basis = crate::common::us_subpoena();
    let holding = crate::common::holding(lagrum_model::Category::Subscriber, "US");
    let find = |basis: &_| {
        law.find(&lagrum_law::Question {
            basis,
            holding: &holding,
            named: true,
            period: lagrum_model::testing::long_ago(),
            sub_categories: &[],
        })
    };
    assert!(find(&basis).is_ok());
    basis.maximum_penalty_months = Some(1);
    let failed = find(&basis).unwrap_err();
    assert!(
        matches!(&failed, LawError::Evaluation { rule, .. } if rule == "us.rule"),
        "{failed}"
    );
}

#[test]
fn the_union_changes_with_the_years() {
    let packs = LawPacks::embedded().unwrap();
    let union = packs
        .groups()
        .iter()
        .find(|group| group.name == "european-union")
        .unwrap();
    let member = |code: &str, day| union.members_on(day).any(|c| c.as_str() == code);
    assert!(!member("HR", date(2013, 6, 30)) && member("HR", date(2013, 7, 1)));
    assert!(member("GB", date(2020, 12, 31)) && !member("GB", date(2021, 1, 1)));
    assert_eq!(union.members_on(date(2026, 11, 21)).count(), 27);
    let bound = packs
        .groups()
        .iter()
        .find(|group| group.name == "bound-by-2023-1543")
        .unwrap();
    assert_eq!(bound.members_on(date(2026, 8, 17)).count(), 0);
    let today: Vec<_> = bound.members_on(date(2026, 8, 18)).collect();
    assert_eq!(today.len(), 26);
    assert!(!today.iter().any(|c| c.as_str() == "DK"));
}
