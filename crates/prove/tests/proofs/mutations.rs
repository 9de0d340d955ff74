use super::*;
use serde::Deserialize;

/// File, what is replaced, by what, and the invariant that then does not hold.
const OURS: [(&str, &str, &str, &str); 7] = [
    (
        "provider/promise.cedar",
        "unless { principal.verified }",
        "unless { principal.verified || principal.kind == AuthorityKind::\"court\" }",
        "invariant.verified",
    ),
    (
        "provider/promise.cedar",
        "unless { context.named }",
        "unless { context.named || context.listed_offence }",
        "invariant.named",
    ),
    (
        "provider/promise.cedar",
        "!context.instrument.judge",
        "!context.instrument.judge && !context.instrument.certified",
        "invariant.content.judge",
    ),
    (
        "provider/promise.cedar",
        "resource.category == Category::\"content\" && !context",
        "resource.category == Category::\"content\" && !context.instrument.interim && !context",
        "invariant.content.judge",
    ),
    (
        "eu/gdpr.cedar",
        "resource.stored_in in Group::\"european-union\" &&",
        "resource.stored_in in Group::\"european-union\" && resource.stored_in != Country::\"MT\" &&",
        "invariant.union",
    ),
    (
        "eu/gdpr.cedar",
        "(context.findings.transfer_ground &&",
        "(!context.findings.transfer_ground &&",
        "invariant.union",
    ),
    (
        "eu/gdpr.cedar",
        "context.findings.conflict.outcome == ConflictOutcome::\"disclosure-ordered\"",
        "context.findings.conflict.outcome == ConflictOutcome::\"pending\"",
        "invariant.union",
    ),
];

/// Wrong changes that are made together, because each is caught by an invariant of its own.
const TOGETHER: [(&str, &str, &str, &str); 5] = [
    (
        "us/preservation.cedar",
        "principal.country == Country::\"US\" &&",
        "",
        "invariant.preservation.home",
    ),
    (
        "se/preservation.cedar",
        "context.purpose != Purpose::\"criminal-proceedings\"",
        "context.purpose == Purpose::\"other\"",
        "invariant.bounded.purpose",
    ),
    (
        "se/preservation.cedar",
        "context.instrument.country == Country::\"SE\" &&",
        "",
        "invariant.bounded.country",
    ),
    (
        "ie/orders.cedar",
        "context.instrument.kind == InstrumentKind::\"search-warrant\"",
        "context.instrument.kind in [InstrumentKind::\"search-warrant\", InstrumentKind::\"court-decision\"]",
        "invariant.measure.ireland",
    ),
    (
        "us/content.cedar",
        "context.instrument.kind == InstrumentKind::\"search-warrant\"",
        "context.instrument.kind in [InstrumentKind::\"search-warrant\", InstrumentKind::\"disclosure-order\"]",
        "invariant.measure.states",
    ),
];

#[derive(Deserialize)]
struct Mutations {
    mutation: Vec<Mutation>,
}

#[derive(Deserialize)]
struct Mutation {
    rule: Option<String>,
    file: Option<String>,
    what: String,
    from: String,
    to: String,
    caught_by: String,
}

/// The file in which a rule stands, with the texts to exchange made so that they are found in that
/// rule.
fn in_file(mutation: &Mutation) -> (String, String, String) {
    let Some(rule) = &mutation.rule else {
        let file = mutation.file.clone().expect("`rule` or `file`");
        return (file, mutation.from.clone(), mutation.to.clone());
    };
    let pack = rule.split('.').next().unwrap();
    for entry in fs::read_dir(Path::new(LAW).join(pack)).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_none_or(|extension| extension != "cedar")
        {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let start = format!("@id(\"{rule}\")");
        if let Some(at) = text.find(&start) {
            let rest = &text[at..];
            let before = rest
                .find(&mutation.from)
                .expect("the text that is exchanged");
            let from = format!("{}{}", &rest[..before], mutation.from);
            let to = format!("{}{}", &rest[..before], mutation.to);
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            return (format!("{pack}/{name}"), from, to);
        }
    }
    panic!("no rule {rule}");
}

/// Whether a proof fails on the changed packs, with a counterexample that is produced or preserved and that the
/// unchanged packs refuse.
fn caught(file: &str, from: &str, to: &str, what: &str) -> Option<Vec<String>> {
    let folder = changed(file, from, to);
    let packs = LawPacks::from_dir(folder.path()).unwrap();
    let report = proved(&packs, None, &together(TODAY))?;
    let refuted = refuted(&report);
    for (id, found) in &refuted {
        println!(
            "{what}: {id}\n{}\n{}",
            found.demand_file(),
            found.holding_file()
        );
        assert!(found.finding.disposition.is_granted(), "{what}: {id}");
        let again = read_back(found, &packs);
        assert_eq!(again, found.finding, "{what}: {id}");
        let before = read_back(found, &LawPacks::from_dir(Path::new(LAW)).unwrap());
        assert!(!before.disposition.is_granted(), "{what}: {id}");
    }
    Some(refuted.into_iter().map(|(id, _)| id.to_owned()).collect())
}

#[test]
fn each_wrong_change_is_caught_with_a_counterexample_that_can_be_assessed() {
    for (file, from, to, invariant) in OURS {
        let Some(refuted) = caught(file, from, to, to) else {
            return;
        };
        assert!(
            refuted.iter().any(|id| id == invariant),
            "{to}: {refuted:?}"
        );
    }
}

#[test]
fn what_bounds_permits_and_preservation_and_what_a_measure_reaches_is_missed_when_it_is_gone() {
    let folder = changed_in(&TOGETHER.map(|(file, from, to, _)| (file, from, to)));
    let packs = LawPacks::from_dir(folder.path()).unwrap();
    let Some(report) = proved(&packs, None, &together(TODAY)) else {
        return;
    };
    let refuted: Vec<_> = refuted(&report).into_iter().map(|(id, _)| id).collect();
    for (_, _, to, invariant) in TOGETHER {
        assert!(
            refuted.contains(&invariant),
            "{invariant}, {to}: {refuted:?}"
        );
    }
}

#[test]
fn each_mutation_that_is_left_to_a_proof_is_caught_by_one() {
    let text = fs::read_to_string(Path::new(LAW).join("mutations.toml")).unwrap();
    let mutations: Mutations = toml::from_str(&text).unwrap();
    let mut missed = Vec::new();
    let mut tried = 0;
    for mutation in mutations.mutation.iter().filter(|m| m.caught_by == "proof") {
        let (file, from, to) = in_file(mutation);
        let Some(refuted) = caught(&file, &from, &to, &mutation.what) else {
            return;
        };
        if refuted.is_empty() {
            missed.push(mutation.what.clone());
        }
        tried += 1;
    }
    assert!(missed.is_empty(), "no proof catches {missed:?}");
    assert!(tried > 0, "no mutation is left to a proof");
}
