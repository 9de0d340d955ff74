use super::*;

fn of(text: &str) -> Conditions {
    Conditions::of(&Policy::parse(None, text).expect("a rule"), text)
}

fn one(fact: &str, is: Is, holds: bool) -> Condition {
    let fact = fact.to_owned();
    Condition::Fact(Stated { fact, is, holds })
}

fn named(kind: &str, name: &str) -> Word {
    Word {
        kind: kind.into(),
        name: name.into(),
    }
}

#[test]
fn what_a_rule_asks_for_is_read_fact_by_fact() {
    let read = of(r#"permit (principal, action, resource) when {
        principal.country == Country::"SE" &&
        !(context.instrument.kind in [InstrumentKind::"subpoena"]) &&
        context has maximum_penalty_months && context.maximum_penalty_months >= 36 &&
        context.addressee_country != principal.country &&
        context.clocks.passed.contains(Clock::"a.clock.b") &&
        context.instrument.issued_on < datetime("2026-08-18")
    } unless { context.emergency || context has purpose };"#);
    assert_eq!(
        read.when,
        [
            one(
                "principal.country",
                Is::OneOf(vec![named("Country", "SE")]),
                true
            ),
            one(
                "context.instrument.kind",
                Is::OneOf(vec![named("InstrumentKind", "subpoena")]),
                false
            ),
            one("context.maximum_penalty_months", Is::AtLeast(36), true),
            one(
                "context.addressee_country",
                Is::Same("principal.country".into()),
                false
            ),
            one(
                "context.clocks.passed",
                Is::OneOf(vec![named("Clock", "a.clock.b")]),
                true
            ),
            one(
                "context.instrument.issued_on",
                Is::Before("2026-08-18".parse().unwrap()),
                true
            ),
        ]
    );
    assert_eq!(
        read.unless,
        [
            one("context.emergency", Is::True, true),
            one("context.purpose", Is::Known, true)
        ]
    );
}

/// `not both` means `not the one, or not the other`; and that a fact is unknown comes last.
#[test]
fn a_not_of_several_is_told_for_each() {
    let read = of(r#"forbid (principal, action, resource) when {
        !(context has purpose && context.purpose != Purpose::"other")
    };"#);
    let other = Is::OneOf(vec![named("Purpose", "other")]);
    assert_eq!(
        read.when,
        [Condition::Any(vec![
            one("context.purpose", other, true),
            one("context.purpose", Is::Known, false)
        ])]
    );
}

/// What follows says already that a fact is known only where it says what it is.
#[test]
fn that_a_fact_is_known_is_left_out_only_where_it_is_said_anyway() {
    let known = |text: &str| {
        let read = of(&format!(
            "forbid (principal, action, resource) when {{ {text} }};"
        ));
        read.when
            .iter()
            .any(|one| matches!(one, Condition::Fact(of) if of.is == Is::Known))
    };
    assert!(!known(
        r#"context has purpose && context.purpose == Purpose::"other""#
    ));
    assert!(known(
        r#"context has purpose && context.purpose != Purpose::"other""#
    ));
    assert!(!known(
        "context.findings has conflict && !context.findings.conflict.qualifying_government"
    ));
    assert!(known(
        "context has maximum_penalty_months && context.maximum_penalty_months < 36"
    ));
    assert!(known(
        "context.findings has conflict && context.findings.conflict has outcome"
    ));
}

#[test]
fn what_cannot_be_read_is_told_as_such() {
    for text in [
        r#"permit (principal, action, resource) when { if context.named then true else false };"#,
        r#"permit (principal, action, resource) when { context.kind like "a*" };"#,
        r#"permit (principal == Authority::"a", action, resource);"#,
        r#"permit (principal, action, resource) when { 1 == 2 };"#,
    ] {
        assert!(of(text).when.contains(&Condition::Unread), "{text}");
    }
    assert_eq!(of("permit (principal, action, resource);").when, []);
}
