//! Check 4: the scope; and what can stand in a mandate at all.

use super::*;

fn scope(why: &Refused) -> bool {
    matches!(why, Refused::Mandate(_))
}

#[test]
fn check_4_the_scope_is_exact_and_new() {
    let provider = Provider::new();
    let signers = [&provider.olof, &provider.maja];
    let change = |change: &dyn Fn(&mut Mandate)| provider.admit_changed(change);
    refused(
        change(&|m| m.identifiers.clear()),
        scope,
        "names no account",
    );
    refused(change(&|m| m.categories.clear()), scope, "no category");
    refused(
        change(&|m| m.region = Region::parse("dublin").unwrap()),
        scope,
        "is for dublin",
    );
    refused(
        change(&|m| m.identifiers.push(m.identifiers[0].clone())),
        scope,
        "twice",
    );
    refused(
        change(&|m| m.categories.push(m.categories[0])),
        scope,
        "twice",
    );
    refused(
        change(&|m| m.expires_at = "2026-11-21T12:00:00Z".parse().unwrap()),
        scope,
        "expired",
    );
    refused(
        change(&|m| m.expires_at = "2027-11-21T12:00:00Z".parse().unwrap()),
        scope,
        "30 days",
    );
    refused(
        change(&|m| m.issued_at = "2026-11-21T12:06:00Z".parse().unwrap()),
        scope,
        "future",
    );

    let genuine = provider.untrusted(&mandate(), &signers);
    refused(
        change(&|m| m.issued_at = "2026-11-21T08:59:59Z".parse().unwrap()),
        scope,
        "record of what it carried out begins",
    );
    let with = |standing: &dyn Fn(&Mandate) -> Result<Standing, String>| {
        provider.admit_at(
            &genuine,
            NOW,
            "stockholm",
            "SE",
            Controller::Consumer,
            standing,
        )
    };
    refused(
        with(&|_| Ok(Standing::CarriedOut)),
        scope,
        "carried out before",
    );
    refused(with(&|_| Ok(Standing::Recalled)), scope, "recalled");
    refused(with(&|_| Err("disk".into())), scope, "not known");
}

#[test]
fn a_network_can_never_stand_in_a_mandate() {
    let text = mandate()
        .to_text()
        .replace(r#""kind": "email-address""#, r#""kind": "network""#)
        .replace(lagrum_model::testing::ACCOUNT, "198.51.100.0/24");
    let why = Mandate::parse(&text).unwrap_err().to_string();
    assert!(why.contains("names no account"), "{why}");
}

#[test]
fn a_mandate_has_exactly_one_text() {
    let text = mandate().to_text();
    assert_eq!(Mandate::parse(&text).unwrap(), mandate());
    for other in [
        text.replace("  ", " "),
        text.clone() + "\n",
        text.replace("AM-1", "AM\\u002d1"),
    ] {
        assert!(Mandate::parse(&other).is_err());
    }
    let unbounded = text.replace("2026-02-01T00:00:00Z", "2026-01-01T00:00:00Z");
    assert!(
        Mandate::parse(&unbounded).is_err(),
        "an empty period is no period"
    );
}
