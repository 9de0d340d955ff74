//! That everything has its words, in three languages, and that none is left over.

#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use jiff::civil::{Date, date};
use lagrum_law::{
    ClockKind, Counting, LawPacks, MayTell, NextStep, Party, Teller, Told, Unit, WaitsFor,
};
use lagrum_model::{
    Act, CaseState, Category, Channel, CountryCode, Disposition, FormReason, Language, Moment,
    Reimbursement, Role, SubCategory, WorkKind,
};

use crate::fluent::{key, names};
use crate::signing::Difference;
use crate::{Phrases, TextError, Texts, Zone, explain};

const TODAY: Date = date(2026, 11, 22);
const FILES: [[&str; 3]; 11] = [
    [
        include_str!("../locales/en/law.ftl"),
        include_str!("../locales/sv/law.ftl"),
        include_str!("../locales/da/law.ftl"),
    ],
    [
        include_str!("../locales/en/desk.ftl"),
        include_str!("../locales/sv/desk.ftl"),
        include_str!("../locales/da/desk.ftl"),
    ],
    [
        include_str!("../locales/en/conditions.ftl"),
        include_str!("../locales/sv/conditions.ftl"),
        include_str!("../locales/da/conditions.ftl"),
    ],
    [
        include_str!("../locales/en/web.ftl"),
        include_str!("../locales/sv/web.ftl"),
        include_str!("../locales/da/web.ftl"),
    ],
    [
        include_str!("../locales/en/order.ftl"),
        include_str!("../locales/sv/order.ftl"),
        include_str!("../locales/da/order.ftl"),
    ],
    [
        include_str!("../locales/en/letters.ftl"),
        include_str!("../locales/sv/letters.ftl"),
        include_str!("../locales/da/letters.ftl"),
    ],
    [
        include_str!("../locales/en/door.ftl"),
        include_str!("../locales/sv/door.ftl"),
        include_str!("../locales/da/door.ftl"),
    ],
    [
        include_str!("../locales/en/outgoing.ftl"),
        include_str!("../locales/sv/outgoing.ftl"),
        include_str!("../locales/da/outgoing.ftl"),
    ],
    [
        include_str!("../locales/en/audit.ftl"),
        include_str!("../locales/sv/audit.ftl"),
        include_str!("../locales/da/audit.ftl"),
    ],
    [
        include_str!("../locales/en/public.ftl"),
        include_str!("../locales/sv/public.ftl"),
        include_str!("../locales/da/public.ftl"),
    ],
    [
        include_str!("../locales/en/burden.ftl"),
        include_str!("../locales/sv/burden.ftl"),
        include_str!("../locales/da/burden.ftl"),
    ],
];

fn packs() -> &'static LawPacks {
    static PACKS: OnceLock<Arc<LawPacks>> = OnceLock::new();
    PACKS.get_or_init(|| LawPacks::embedded().expect("the packs are good"))
}

fn phrases(language: Language) -> Phrases {
    Texts::new(packs())
        .expect("the texts are good")
        .phrases(language)
}

/// Name, provision and weight of everything that a pack names, and for a rule that forbids, what
/// it tells an authority to do instead.
fn named() -> Vec<(String, String, String, Option<String>)> {
    let packs = packs();
    let rules = packs.rules().map(|rule| {
        let instead = rule.instead.clone();
        (&rule.id, &rule.cite, &rule.verified, instead)
    });
    let clocks = packs.clocks().rules().iter();
    let clocks = clocks.map(|clock| (&clock.id, &clock.cite, &clock.verified, None));
    let notices = packs.notices().rules().iter();
    let notices = notices.map(|notice| (&notice.id, &notice.cite, &notice.verified, None));
    rules
        .chain(clocks)
        .chain(notices)
        .map(|(id, cite, verified, instead)| (id.clone(), cite.clone(), verified.clone(), instead))
        .collect()
}

/// What is not translated, which translations nothing uses, and which name the treaty channel where
/// the English does not, or the other way round.
fn faults() -> Vec<String> {
    let mut faults = Vec::new();
    let texts = Texts::new(packs()).expect("the texts are good");
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
    let bare = [
        "primary text; not confirmed by counsel",
        "provider's own rule; not confirmed by counsel",
    ];
    for language in [Language::Swedish, Language::Danish] {
        let phrases = texts.phrases(language);
        let mut used = BTreeSet::new();
        for (id, cite, verified, instead) in named() {
            used.insert(key(&id));
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
            if english.iter().any(|word| cite.contains(word))
                && phrases.attribute(&id, "cite").is_none()
            {
                faults.push(format!("{language}: {id}.cite is missing"));
            }
            if !bare.contains(&verified.as_str()) && phrases.attribute(&id, "verified").is_none() {
                faults.push(format!("{language}: {id}.verified is missing"));
            }
        }
        for pack in packs().packs() {
            let id = format!("{}.pack", pack.name);
            used.insert(key(&id));
            let attributes = ["covers", "status"];
            if phrases.translation(&id).is_none()
                || attributes
                    .iter()
                    .any(|one| phrases.attribute(&id, one).is_none())
            {
                faults.push(format!(
                    "{language}: {id} is missing, or what it covers, or its status"
                ));
            }
        }
        for name in texts.translated(language).difference(&used) {
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

/// The longest sentence that a rule may speak in, in words.
const LONGEST_SENTENCE: usize = 35;

/// A text's sentences: each ends before a capital letter or a section's sign.
fn sentences(text: &str) -> Vec<String> {
    let begins = |c: char| c.is_uppercase() || c == '§';
    let mut all: Vec<String> = Vec::new();
    for piece in text.split_inclusive(". ") {
        match all.last_mut() {
            Some(last) if !piece.starts_with(begins) => last.push_str(piece),
            _ => all.push(piece.to_owned()),
        }
    }
    all
}

#[test]
fn rules_clocks_and_notices_speak_in_sentences_of_at_most_35_words_in_three_languages() {
    let texts = Texts::new(packs()).expect("the texts are good");
    let rules = packs().rules().map(|rule| (&rule.id, &rule.says));
    let clocks = packs().clocks().rules().iter();
    let clocks = clocks.map(|clock| (&clock.id, &clock.says));
    let notices = packs().notices().rules().iter();
    let notices = notices.map(|notice| (&notice.id, &notice.says));
    let all: Vec<_> = rules.chain(clocks).chain(notices).collect();
    let (mut long, mut read) = (Vec::new(), 0);
    for language in [Language::English, Language::Swedish, Language::Danish] {
        let phrases = texts.phrases(language);
        for (id, english) in &all {
            for sentence in sentences(&phrases.says(id, english)) {
                read += 1;
                let words = sentence.split_whitespace().count();
                if words > LONGEST_SENTENCE {
                    long.push(format!("{language}: {id}: {words} words: {sentence}"));
                }
            }
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
    assert!(
        read > 3 * all.len(),
        "each text was read, sentence by sentence"
    );
    assert_eq!(sentences("Art. 3 says so. It does.").len(), 2);
}

#[test]
fn every_treaty_channel_is_translated() {
    let country = |code| CountryCode::parse(code).expect("a country");
    let default = packs().channel(country("ZZ"), Some(country("ZY")), TODAY);
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
fn the_three_languages_have_the_same_sentences_with_the_same_blanks() {
    let blanks = |text: &str, name: &str| -> BTreeSet<String> {
        let mut lines = text
            .lines()
            .skip_while(|line| !line.starts_with(&format!("{name} =")));
        let first = lines.next().unwrap_or_default().to_owned();
        let rest = lines.take_while(|line| line.starts_with([' ', '}']));
        let whole = rest.fold(first, |text, line| text + line);
        let places = whole.split("{ $").skip(1);
        let blank = |c: char| c.is_ascii_alphanumeric();
        places
            .map(|place| place.chars().take_while(|c| blank(*c)).collect())
            .collect()
    };
    for [english, others @ ..] in FILES {
        let all: BTreeSet<_> = names(english).collect();
        assert_eq!(all.len(), names(english).count(), "a name stands twice");
        for other in others {
            assert_eq!(all, names(other).collect());
            for name in &all {
                assert_eq!(blanks(english, name), blanks(other, name), "{name}");
            }
        }
    }
}

#[test]
fn every_word_of_the_model_and_the_law_is_said_in_every_language() {
    let mut wanted: Vec<String> = Vec::new();
    let mut add = |prefix: &str, words: Vec<&str>| {
        wanted.extend(words.iter().map(|word| format!("{prefix}-{word}")));
    };
    add(
        "moment",
        Moment::ALL.iter().map(|one| one.as_str()).collect(),
    );
    add("next", NextStep::ALL.map(NextStep::as_str).to_vec());
    add(
        "disposition",
        Disposition::ALL.map(Disposition::as_str).to_vec(),
    );
    add(
        "form-reason",
        FormReason::ALL.map(FormReason::as_str).to_vec(),
    );
    add("work", WorkKind::ALL.map(WorkKind::as_str).to_vec());
    let outcomes = Reimbursement::ALL.map(Reimbursement::as_str);
    add("burden-reimbursement", outcomes.to_vec());
    add("state-of", CaseState::ALL.map(CaseState::as_str).to_vec());
    add("role", Role::ALL.map(Role::as_str).to_vec());
    add("channel", Channel::ALL.map(Channel::as_str).to_vec());
    add("category", Category::ALL.map(Category::as_str).to_vec());
    add(
        "sub-category",
        SubCategory::ALL.iter().map(|one| one.as_str()).collect(),
    );
    add(
        "signing-differs",
        Difference::ALL.map(Difference::code).to_vec(),
    );
    add("effect-permit", Act::ALL.map(Act::as_str).to_vec());
    let kinds = [
        ClockKind::ActBy,
        ClockKind::ClaimBy,
        ClockKind::ValidUntil,
        ClockKind::NotBefore,
        ClockKind::KeepUntil,
    ];
    add("clock", kinds.map(ClockKind::as_str).to_vec());
    add("when", kinds.map(ClockKind::as_str).to_vec());
    let parties = [
        Party::Provider,
        Party::Authority,
        Party::EnforcingAuthority,
        Party::Court,
        Party::AccountHolder,
    ];
    add("party", parties.map(Party::as_str).to_vec());
    let countings = [
        Counting::Elapsed,
        Counting::HourExcluded,
        Counting::DayIncluded,
        Counting::DayExcluded,
        Counting::Rolled,
        Counting::Stated,
    ];
    add("counting", countings.map(Counting::as_str).to_vec());
    let units = [Unit::Hours, Unit::Days, Unit::WorkingDays, Unit::Months];
    add("period", units.map(Unit::as_str).to_vec());
    let tellers = [Teller::Authority, Teller::Provider, Teller::Nobody];
    add("teller", tellers.map(Teller::as_str).to_vec());
    add("told", Told::ALL.map(Told::as_str).to_vec());
    let may = [MayTell::Must, MayTell::May, MayTell::MustNot];
    add("may", may.map(|may| may.as_str()).to_vec());
    add("may-not-yet", WaitsFor::ALL.map(WaitsFor::as_str).to_vec());
    let known: BTreeSet<_> = FILES.iter().flat_map(|file| names(file[0])).collect();
    for word in &wanted {
        assert!(known.contains(word.as_str()), "{word} has no words");
    }
}

mod conditions;
mod terms;

#[test]
fn everything_can_be_explained_in_every_language_with_its_source() {
    for language in Language::ALL {
        let phrases = phrases(language);
        for (id, ..) in named() {
            let explanation = explain(packs(), &id, &phrases)
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
    let english = phrases(Language::English);
    assert!(explain(packs(), "no.such.rule", &english).is_none());
}

#[test]
fn an_explanation_says_what_it_is_on_what_it_rests_and_that_it_is_no_advice() {
    let swedish = phrases(Language::Swedish);
    let swedish = explain(packs(), "eu.clock.production.ten-days", &swedish)
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

#[test]
fn plurals_are_right_and_large_numbers_are_grouped_as_each_language_does() {
    let said = |count: u64| {
        Language::ALL.map(|language| Phrases::of(language).count("summary-items", count))
    };
    assert_eq!(
        said(1),
        [
            "This package holds 1 message or record.",
            "Paketet innehåller 1 meddelande eller post.",
            "Pakken indeholder 1 meddelelse eller post.",
        ]
    );
    assert_eq!(
        said(12_345),
        [
            "This package holds 12,345 messages and records.",
            "Paketet innehåller 12\u{a0}345 meddelanden och poster.",
            "Pakken indeholder 12.345 meddelelser og poster.",
        ]
    );
    // An extension that is given once is not given "1 times".
    for (language, right) in [
        (Language::English, "once"),
        (Language::Swedish, "en gång"),
        (Language::Danish, "én gang"),
    ] {
        let phrases = phrases(language);
        let mut seen = false;
        for (id, ..) in named() {
            let text = explain(packs(), &id, &phrases)
                .expect("it is there")
                .to_string();
            for wrong in [
                "1 times",
                "1 gånger",
                "1 gange",
                " 1 days",
                " 1 dagar",
                " 1 dage",
            ] {
                assert!(!text.contains(wrong), "{id}: {text}");
            }
            seen |= text.contains(right);
        }
        assert!(seen, "{language}: no clock is extended once");
    }
}

#[test]
fn a_translation_that_cannot_be_read_or_stands_twice_is_refused_with_its_place() {
    let copy = tempfile::tempdir().expect("a directory");
    let law = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../law");
    copy_folder(&law, copy.path());
    let file = copy.path().join("se/sv.ftl");
    let good = fs::read_to_string(&file).expect("it is there");
    let refused = |text: &str| -> TextError {
        fs::write(&file, text).expect("it can be written");
        let packs = LawPacks::from_dir(copy.path()).expect("no finding rests on a translation");
        Texts::new(&packs).expect_err("the translation is broken")
    };
    let broken = refused(&format!("{good}\nbroken = {{ $\n"));
    assert_eq!(broken.path, "se/sv.ftl");
    assert!(broken.why.starts_with("line "), "{broken}");
    let name = names(&good).next().expect("a name");
    let twice = refused(&format!("{good}\n{name} = Igen.\n"));
    assert!(twice.why.contains("translated twice"), "{twice}");
}

#[test]
fn an_adopters_pack_speaks_its_language_and_marks_what_it_does_not() {
    let copy = tempfile::tempdir().expect("a directory");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    copy_folder(&root.join("law"), copy.path());
    fs::create_dir(copy.path().join("zz")).expect("a folder");
    let page = fs::read_to_string(root.join("docs/adding-a-country.md")).expect("the page");
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            continue;
        };
        let text: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
        if let Some((_, path)) = info
            .split_once(' ')
            .filter(|(_, path)| path.starts_with("zz/"))
        {
            fs::write(copy.path().join(path), text.join("\n") + "\n").expect("it can be written");
        }
    }
    let packs = LawPacks::from_dir(copy.path()).expect("the page's pack is good");
    let texts = Texts::new(&packs).expect("its translation is good");
    let swedish = texts.phrases(Language::Swedish);
    assert!(swedish.translates("zz.foreign.direct"));
    let pack = packs.packs().iter().find(|pack| pack.name == "zz");
    let pack = pack.expect("it is there");
    assert!(swedish.pack(pack).title.starts_with("Ruritanien: "));
    let danish = texts.phrases(Language::Danish).pack(pack);
    assert!(danish.covers.starts_with(&pack.covers) && danish.covers != pack.covers);
    let untranslated = explain(&packs, "zz.subscriber.police", &swedish).expect("it is there");
    assert!(!untranslated.translated);
    assert!(untranslated.to_string().contains("[Ej översatt]"));
    let english = texts.phrases(Language::English);
    let clock = explain(&packs, "zz.clock.preservation.sixty-days", &english);
    assert!(clock.expect("it is there").to_string().contains("60 days"));
}

fn copy_folder(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir(&target).expect("a folder");
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).expect("a copy");
        }
    }
}

#[test]
fn no_answer_promises_an_authority_that_data_is_preserved() {
    // Nobody is made to preserve anything by an answer; only an order to preserve does that.
    let promises = [
        "preserved",
        "kept safe",
        "is kept",
        "bevaras",
        "förvaras",
        "sikres",
        "sikret",
        "opbevares",
    ];
    for language in Language::ALL {
        let phrases = phrases(language);
        for rule in packs().rules() {
            let english = rule.instead_through("the channel");
            let told = phrases.instead_of(&rule.id, "the channel").or(english);
            let Some(told) = told.filter(|_| rule.acts != [Act::Preserve]) else {
                continue;
            };
            for promise in promises {
                assert!(!told.contains(promise), "{language} {}: {told}", rule.id);
            }
        }
    }
}

#[test]
fn where_a_country_has_several_zones_the_configured_one_is_taken_and_none_is_guessed() {
    let packs = LawPacks::embedded().unwrap();
    let country = |code: &str| CountryCode::parse(code).unwrap();
    let own = || Some(Zone::named("America/New_York").unwrap());
    let told = |code: &str, configured| Zone::told_in(&packs, country(code), configured);
    assert_eq!(told("US", own()).name(), "America/New_York");
    assert_eq!(told("US", None).name(), "UTC");
    assert_eq!(told("SE", own()).name(), "Europe/Stockholm");
    assert_eq!(Zone::of_country(&packs, country("US")), None);
    // The zone stands with the time.
    let phrases = Phrases::of(Language::English);
    let at = "2026-11-20T10:00:00Z".parse().unwrap();
    for (zone, says) in [(own().unwrap(), "05:00"), (Zone::utc(), "UTC")] {
        let said = phrases.instant(at, &zone);
        assert!(said.contains(says), "{said}");
    }
}
