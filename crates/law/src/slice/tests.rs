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

/// A policy without its brackets, in one line.
fn flat(policy: &Policy) -> String {
    let text = policy.to_cedar().unwrap().replace(['(', ')'], "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_is_not_judged_of_the_demand_is_judged_of_the_part_or_the_holding() {
    let text = r#"forbid (principal, action == Action::"disclose", resource)
        when { principal.country == Country::"US" && resource.stored_in == principal.country }
        unless { context.emergency || resource.category == Category::"content" || !context.named };"#;
    let policy = Policy::parse(Some(cedar_policy::PolicyId::new("rule")), text).unwrap();
    let parted = parts(&policy).unwrap();
    assert!(!parted.mixed);
    let (asked, holding) = (parted.asked.unwrap(), parted.holding.unwrap());
    for part in [&asked, &holding, &parted.whole] {
        assert_eq!(part.id(), policy.id());
        assert_eq!(part.effect(), cedar_policy::Effect::Permit);
    }
    let (asked, holding) = (flat(&asked), flat(&holding));
    assert!(asked.contains("context.named"), "{asked}");
    for of_others in ["emergency", "US", "resource.", "disclose"] {
        assert!(!asked.contains(of_others), "{of_others} in {asked}");
    }
    for left in ["resource.stored_in ==", "resource.category =="] {
        assert!(holding.contains(left), "{left} in {holding}");
    }
    for of_others in ["emergency", "US", "context.", "disclose"] {
        assert!(!holding.contains(of_others), "{of_others} in {holding}");
    }
}

#[test]
fn a_condition_on_the_holding_and_the_period_is_judged_for_each_period() {
    let mixed = |text: &str| {
        let text = format!("permit (principal, action, resource) {text};");
        let policy = Policy::parse(Some(cedar_policy::PolicyId::new("rule")), text).unwrap();
        let parted = parts(&policy).unwrap();
        (
            parted.mixed,
            parted.asked.is_some(),
            parted.holding.is_some(),
        )
    };
    let both = "context.named || resource.privileged";
    for (text, found) in [
        (format!("when {{ {both} }}"), (true, false, true)),
        (
            "when { {a: context, b: resource} == {a: context, b: resource} }".to_owned(),
            (true, false, true),
        ),
        (
            "when { context.emergency }".to_owned(),
            (false, false, false),
        ),
        (
            "when { context has period && resource.privileged }".to_owned(),
            (false, true, true),
        ),
    ] {
        assert_eq!(mixed(&text), found, "{text}");
    }
}
