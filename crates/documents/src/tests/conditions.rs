//! When a rule applies: a sentence that is made out of the rule, for every rule.

use std::fmt::Write as _;

use lagrum_law::{Condition, Conditions, Stated};

use super::*;
use crate::applies::{applies, applies_under};

/// What may not stand in a sentence for people: the language of the rules, and the names of what is
/// said.
const RAW: [&str; 12] = [
    "::",
    "_",
    "context.",
    "resource.",
    "principal.",
    "fact-",
    "value-",
    "instrument-",
    "{",
    "}",
    "==",
    "&&",
];

fn facts<'a>(condition: &'a Condition, all: &mut Vec<&'a Stated>) {
    match condition {
        Condition::All(each) | Condition::Any(each) => {
            each.iter().for_each(|one| facts(one, all));
        }
        Condition::Fact(of) => all.push(of),
        Condition::Unread => {}
    }
}

#[test]
fn each_rule_says_in_a_sentence_made_out_of_it_when_it_applies() {
    let mut faults = String::new();
    for language in Language::ALL {
        let phrases = phrases(language);
        let unread = phrases.word("condition-unread");
        for rule in packs().rules() {
            let text = applies(rule, packs(), &phrases);
            let mut fault = |why: &str| {
                writeln!(faults, "{language} {}: {why}: {text}", rule.id).expect("memory");
            };
            for raw in RAW.iter().filter(|raw| text.contains(**raw)) {
                fault(&format!("`{raw}` is no word"));
            }
            let ids = packs().rules().map(|rule| rule.id.as_str());
            let clocks = packs().clocks().rules().iter();
            let mut ids = ids.chain(clocks.map(|clock| clock.id.as_str()));
            if ids.any(|id| text.contains(id)) {
                fault("it names a rule or a clock as the packs do");
            }
            if text.contains(&unread) {
                fault("a fact has no words; they stand in locales/*/conditions.ftl");
            }
            if !text.ends_with('.') || text.contains("  ") || text.contains(" ;") {
                fault("it is no sentence");
            }
            let line = explain(packs(), &rule.id, &phrases).expect("it is there");
            if line.lines.iter().filter(|line| line.text == text).count() != 1 {
                fault("it does not stand in the explanation");
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// Each fact of a rule is told: a sentence without one of them would be another sentence.
#[test]
fn no_condition_is_left_out_of_the_sentence() {
    let english = phrases(Language::English);
    for rule in packs().rules() {
        let whole = applies(rule, packs(), &english);
        let conditions = rule.conditions();
        let mut all = Vec::new();
        let each = conditions.when.iter().chain(&conditions.unless);
        each.for_each(|one| facts(one, &mut all));
        assert!(!all.is_empty(), "{}", rule.id);
        for fact in all {
            let only = Conditions {
                when: vec![Condition::Fact(fact.clone())],
                unless: Vec::new(),
            };
            let said = applies_under(&only, rule, packs(), &english);
            let said = said.split_once(" when ").expect("a condition").1;
            let said = said.trim_end_matches('.');
            // Boxes are told together: those that are asked for, and those that are not.
            let boxes = said.split_once("does not include: ");
            let said = match boxes.or_else(|| said.split_once("includes: ")) {
                Some((_, name)) => name,
                None => said,
            };
            assert!(whole.contains(said), "{}: {said}: {whole}", rule.id);
        }
    }
}

#[test]
fn the_sentence_of_a_rule_reads_as_the_rule() {
    let text = |id: &str, language| {
        let rule = packs().rules().find(|rule| rule.id == id).expect("a rule");
        applies(rule, packs(), &phrases(language))
    };
    insta::assert_snapshot!(text("se.content.court", Language::English));
    insta::assert_snapshot!(text("se.content.court", Language::Swedish));
    insta::assert_snapshot!(text("se.content.court", Language::Danish));
    insta::assert_snapshot!(text("us.comity.statutory", Language::English));
    insta::assert_snapshot!(text("eu.2023-1543.notification.pending", Language::Swedish));
    if std::env::var_os("LAGRUM_SHOW").is_some() {
        for rule in packs().rules() {
            for language in Language::ALL {
                println!("{}\n  {}", rule.id, text(&rule.id, language));
            }
        }
    }
}
