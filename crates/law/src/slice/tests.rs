use super::*;

/// The pieces of a rule that are the same for every holding, in one line.
fn part(text: &str) -> String {
    let policy = Policy::parse(Some(cedar_policy::PolicyId::new("rule")), text).unwrap();
    flat(&parts(&policy).unwrap().demand)
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

/// Pieces without their brackets, in one line.
fn flat(pieces: &[Arc<Piece>]) -> String {
    let policies = pieces.iter().flat_map(|piece| piece.policies.policies());
    let text: String = policies.map(|policy| policy.to_cedar().unwrap()).collect();
    let text = text.replace(['(', ')'], "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_is_not_judged_of_the_demand_is_judged_of_the_part_or_the_holding() {
    let text = r#"forbid (principal, action == Action::"disclose", resource)
        when { principal.country == Country::"US" && resource.stored_in == principal.country }
        unless { context.emergency || resource.category == Category::"content" || !context.named };"#;
    let policy = Policy::parse(Some(cedar_policy::PolicyId::new("rule")), text).unwrap();
    let parted = parts(&policy).unwrap();
    let (of_asked, of_holding) = (&parted.asked, &parted.holding);
    let pieces = parted.demand.iter().chain(of_asked).chain(of_holding);
    for part in pieces.flat_map(|one| one.policies.policies()) {
        assert_eq!(part.id(), policy.id());
        assert_eq!(part.effect(), cedar_policy::Effect::Permit);
    }
    let (asked, holding) = (flat(of_asked), flat(of_holding));
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
            parted.holding.iter().any(|piece| piece.asked),
            !parted.asked.is_empty(),
            !parted.holding.is_empty(),
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

/// Of which facts of the holding each piece of a rule reads; `None` if that is not known.
fn read(text: &str) -> Vec<Option<Vec<Fact>>> {
    let text = format!("permit (principal, action, resource) {text};");
    let policy = Policy::parse(Some(cedar_policy::PolicyId::new("rule")), text).unwrap();
    let parted = parts(&policy).unwrap();
    parted.holding.iter().map(|one| one.reads.clone()).collect()
}

#[test]
fn a_rule_is_taken_apart_by_the_facts_that_it_reads_of_the_holding() {
    use Fact::{Category, HolderResidesIn, Includes, Privileged, StoredIn};
    use lagrum_model::SubCategory::Location;
    let one = |facts: &[Fact]| Some(facts.to_vec());
    for (text, found) in [
        (
            r#"when { resource.category == Category::"content" && resource.stored_in in Group::"european-union" }
               unless { resource.privileged }"#,
            vec![one(&[Category]), one(&[StoredIn]), one(&[Privileged])],
        ),
        (
            "when { resource.includes.location || resource.privileged }",
            vec![one(&[Privileged, Includes(Location)])],
        ),
        // Whether it is stated is asked before it is read.
        (
            r#"when { resource has holder_resides_in && resource.privileged && resource.holder_resides_in == Country::"SE" }"#,
            vec![
                one(&[HolderResidesIn]),
                one(&[Privileged]),
                one(&[HolderResidesIn]),
            ],
        ),
        // What is more than single facts is judged for each holding by itself.
        ("when { [resource].contains(resource) }", vec![None]),
        (
            "when { {a: resource.includes} == {a: resource.includes} }",
            vec![None],
        ),
        ("when { resource.unheard_of }", vec![None]),
    ] {
        assert_eq!(read(text), found, "{text}");
    }
}
