#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

use super::*;
use lagrum_prove::Why;

#[test]
fn rules_that_never_apply_and_rules_that_another_makes_needless_are_named() {
    // A law of few rules, so that each can be compared with all.
    let folder = tempfile::tempdir().unwrap();
    copy(Path::new(LAW), folder.path());
    for pack in ["dk", "eu", "gb", "ie", "others", "se", "us"] {
        for entry in fs::read_dir(folder.path().join(pack)).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path
                .extension()
                .is_some_and(|extension| extension == "cedar")
            {
                fs::remove_file(path).unwrap();
            }
        }
    }
    let notes = |id: &str| {
        format!(
            "@id(\"us.{id}\") @cite(\"none\") @says(\"A rule.\") @verified(\"unverified; not confirmed by counsel\")"
        )
    };
    let route = "@route(\"narrow\") @instead(\"Nothing.\")";
    let scope = "(principal, action == Action::\"disclose\", resource)";
    let rules = [
        format!(
            "{} permit {scope} when {{ principal.country == Country::\"US\" }};",
            notes("wide")
        ),
        format!(
            "{} permit {scope} when {{ principal.country == Country::\"US\" && context.emergency }};",
            notes("narrow")
        ),
        format!(
            "{} permit {scope} when {{ principal.country == Country::\"US\" && principal.country in Group::\"european-union\" }};",
            notes("never")
        ),
        format!(
            "{} {route} forbid {scope} when {{ principal.country == Country::\"DE\" }};",
            notes("reason")
        ),
        format!(
            "{} {route} forbid {scope} when {{ resource.stored_in == Country::\"SE\" }};",
            notes("needed")
        ),
    ];
    fs::write(folder.path().join("us/rules.cedar"), rules.join("\n")).unwrap();
    let packs = LawPacks::from_dir(folder.path()).unwrap();
    let options = Options {
        useless: true,
        reasons: true,
        ..together(TODAY)
    };
    let Some(report) = proved(&packs, None, &options) else {
        return;
    };
    let why = |rule: &str| {
        let found = report.useless.iter().find(|one| one.rule == rule);
        found.map(|one| one.why.clone())
    };
    assert_eq!(why("us.never"), Some(Why::NeverApplies));
    let other = Some("us.wide".to_owned());
    assert_eq!(why("us.narrow"), Some(Why::AnotherAlwaysApplies { other }));
    assert_eq!(why("us.reason"), Some(Why::GivesReasonOnly));
    assert_eq!(why("us.wide"), None);
    assert_eq!(why("us.needed"), None);
    assert_eq!(why("provider.unverified"), None);
}
