use super::*;

fn part(text: &str) -> String {
    let policy = Policy::parse(Some(cedar_policy::PolicyId::new("rule")), text).unwrap();
    let part = parts(&policy).unwrap().demand;
    let text = part.to_cedar().unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn conditions_on_the_demand_are_kept_and_those_on_the_holding_are_not() {
    let text = part(
        r#"forbid (principal, action == Action::"disclose", resource is Holding)
        when { principal.country == Country::"US" && resource.stored_in == principal.country && !context.instrument.judge }
        unless { context.emergency || resource.category == Category::"content" };"#,
    );
    assert!(text.starts_with("permit"), "{text}");
    assert!(!text.contains("resource."), "{text}");
    for kept in [
        r#"principal.country == Country::"US""#,
        "!context.instrument.judge",
        "!context.emergency",
    ] {
        assert!(
            text.replace(['(', ')'], "").contains(kept),
            "{kept} in {text}"
        );
    }
}

#[test]
fn a_condition_that_mixes_both_is_left_to_the_whole_rule() {
    for mixed in [
        r#"when { context.emergency || resource.stored_in == Country::"US" }"#,
        r#"unless { context.emergency && resource.stored_in == Country::"US" }"#,
        "when { context.named }",
        "unless { context.named }",
        r#"when { {a: context} == {a: context} }"#,
        r#"when { [resource, principal].contains(resource) }"#,
    ] {
        let text = part(&format!("permit (principal, action, resource) {mixed};"));
        assert!(
            !text.contains("when") && !text.contains("unless"),
            "{mixed}: {text}"
        );
    }
}

#[test]
fn whether_the_demand_states_a_fact_is_a_condition_on_the_demand() {
    let text = part(
        "permit (principal, action, resource) when { context has maximum_penalty_months && context.maximum_penalty_months >= 36 };",
    );
    assert!(text.contains("has") && text.contains("36"), "{text}");
}

#[test]
fn what_is_not_judged_of_the_demand_is_judged_of_the_holding() {
    let text = r#"forbid (principal, action == Action::"disclose", resource)
        when { principal.country == Country::"US" && resource.stored_in == principal.country }
        unless { context.emergency || resource.category == Category::"content" || !context.named };"#;
    let policy = Policy::parse(Some(cedar_policy::PolicyId::new("rule")), text).unwrap();
    let rest = parts(&policy).unwrap().holding;
    assert_eq!(rest.effect(), cedar_policy::Effect::Forbid);
    assert_eq!(rest.id(), policy.id());
    let text = rest.to_cedar().unwrap().replace(['(', ')'], "");
    for left in [
        "resource.stored_in ==",
        "resource.category ==",
        "context.named",
    ] {
        assert!(text.contains(left), "{left} in {text}");
    }
    assert!(
        !text.contains("emergency") && !text.contains("\"US\""),
        "{text}"
    );
}
