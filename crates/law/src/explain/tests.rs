use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use lagrum_model::{CountryCode, Moment};

use super::Language;
use super::texts::key;
use crate::made_demand::packs;
use crate::{Counting, NextStep};

const TODAY: Date = date(2026, 11, 22);

/// Every name that a pack gives, with what it tells an authority to do instead, if anything.
fn names() -> Vec<(String, Option<String>)> {
    let packs = packs();
    packs
        .rules()
        .map(|rule| (rule.id.clone(), rule.instead.clone()))
        .chain(
            packs
                .clocks()
                .rules()
                .iter()
                .map(|clock| (clock.id.clone(), None)),
        )
        .chain(
            packs
                .notices()
                .rules()
                .iter()
                .map(|notice| (notice.id.clone(), None)),
        )
        .collect()
}

/// The provision of everything that a pack names, and how far it is verified.
fn sources() -> Vec<(String, String, String)> {
    let packs = packs();
    let rules = packs.rules().map(|r| (&r.id, &r.cite, &r.verified));
    let clocks = packs
        .clocks()
        .rules()
        .iter()
        .map(|c| (&c.id, &c.cite, &c.verified));
    let notices = packs
        .notices()
        .rules()
        .iter()
        .map(|n| (&n.id, &n.cite, &n.verified));
    rules
        .chain(clocks)
        .chain(notices)
        .map(|(id, cite, verified)| (id.clone(), cite.clone(), verified.clone()))
        .collect()
}

/// What is not translated, which translations nothing uses, and which name the treaty channel where
/// the English does not, or the other way round.
fn faults() -> Vec<String> {
    let mut faults = Vec::new();
    for language in [Language::Swedish, Language::Danish] {
        let phrases = packs().texts().phrases(language);
        for (id, instead) in names() {
            if phrases.translation(&id).is_none() {
                faults.push(format!("{language}: {id} is missing"));
            }
            let names_channel = instead.map(|text| text.contains("{channel}"));
            let translated = phrases.instead_of(&id, "THE CHANNEL");
            if names_channel != translated.map(|text| text.contains("THE CHANNEL")) {
                faults.push(format!(
                    "{language}: {id}.instead is missing, too much, or another about the channel"
                ));
            }
        }
        let used: BTreeSet<_> = names().into_iter().map(|(id, _)| key(&id)).collect();
        for (id, cite, verified) in sources() {
            // Citations of national law stand in that law's own words.
            let english = [
                "Regulation (",
                "Article",
                "promise",
                "The law of",
                "General int",
                "Directive",
                "Convention",
                "as substituted",
                "as it stood",
                "note to",
                "recital",
            ];
            if english.iter().any(|word| cite.contains(word))
                && phrases.attribute(&id, "cite").is_none()
            {
                faults.push(format!("{language}: {id}.cite is missing"));
            }
            let bare = [
                "primary text; not confirmed by counsel",
                "provider's own rule; not confirmed by counsel",
            ];
            if !bare.contains(&verified.as_str()) && phrases.attribute(&id, "verified").is_none() {
                faults.push(format!("{language}: {id}.verified is missing"));
            }
        }
        for name in packs().texts().translated(language).difference(&used) {
            faults.push(format!("{language}: {name} is used by nothing"));
        }
    }
    faults
}

#[test]
fn every_rule_clock_and_notice_is_translated_and_no_translation_is_left_over() {
    let faults = faults();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_treaty_channel_is_translated() {
    let default = packs().channel(
        CountryCode::parse("ZZ").unwrap(),
        CountryCode::parse("ZY").unwrap(),
        TODAY,
    );
    let ways = packs().channels().iter().map(|channel| &channel.through);
    for way in ways.chain([default]) {
        for language in [Language::Swedish, Language::Danish] {
            assert!(
                way.in_language(language).is_some(),
                "{language}: {}",
                way.english()
            );
        }
    }
}

#[test]
fn the_three_languages_have_the_same_sentences() {
    let names = |text: &str| -> BTreeSet<String> {
        text.lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
            .filter_map(|line| Some(line.split_once('=')?.0.trim().to_owned()))
            .collect()
    };
    let english = names(include_str!("../../locales/en.ftl"));
    assert_eq!(english, names(include_str!("../../locales/sv.ftl")));
    assert_eq!(english, names(include_str!("../../locales/da.ftl")));
    for language in Language::ALL {
        let phrases = packs().texts().phrases(language);
        let words = Moment::ALL
            .iter()
            .map(|moment| format!("moment-{moment}"))
            .chain(
                NextStep::ALL
                    .iter()
                    .map(|step| format!("next-{}", step.as_str())),
            )
            .chain(
                [Counting::Rolled, Counting::Stated].map(|c| format!("counting-{}", c.as_str())),
            );
        for word in words {
            assert_ne!(phrases.word(&word), word, "{language}");
        }
    }
}

#[test]
fn everything_can_be_explained_in_every_language_with_its_source() {
    for language in Language::ALL {
        for (id, _) in names() {
            let explanation = packs()
                .explain(&id, language)
                .expect("it is there")
                .to_string();
            assert!(explanation.starts_with(&id));
            for blank in ["label-", "moment-", "counting-", "party-", "{ $", "period-"] {
                assert!(
                    !explanation.contains(blank),
                    "{language} {id}: {explanation}"
                );
            }
        }
    }
    assert!(packs().explain("no.such.rule", Language::English).is_none());
}

#[test]
fn an_explanation_says_what_it_is_on_what_it_rests_and_that_it_is_no_advice() {
    let swedish = packs()
        .explain("eu.clock.production.ten-days", Language::Swedish)
        .expect("it is there")
        .to_string();
    for expected in [
        "10 dagar",
        "leverantören",
        "mottagandet av begäran",
        "artikel 10.3",
        "källtexten har lästs",
        "inte juridisk rådgivning",
    ] {
        assert!(swedish.contains(expected), "{expected}: {swedish}");
    }
}
