//! The pages for everybody, of the real packs and a log of their own.
#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

use std::collections::BTreeSet;

use jiff::civil::date;
use lagrum_documents::Texts;
use lagrum_law::LawPacks;
use lagrum_log::testing::MemoryHead;
use lagrum_log::{
    CheckpointPolicy, Commitment, Log, LogReader, Loss, Rhythm, Rule, Schedule, VerifiedCheckpoint,
};
use lagrum_model::Language;
use lagrum_notes::{SigningKey, role};

use crate::frame::Page;
use crate::{Commands, Logged, PublicLog, ReportLine, Site, files};

const COMMANDS: Commands<'_> = Commands {
    prove: "prove it",
    mirror: "copy it",
    receipt: "check <the> receipt",
    counted: "as what",
    package: "check a package",
    report: "check a report",
};

struct Made {
    policy: CheckpointPolicy,
    newest: VerifiedCheckpoint,
    packs: std::sync::Arc<LawPacks>,
}

fn made_with(packs: std::sync::Arc<LawPacks>) -> Made {
    let key = SigningKey::<role::Log>::from_seed(&[7; 32], "kvist.example/log").expect("a name");
    let policy = CheckpointPolicy::of_log(key.verifying_key());
    let dir = tempfile::tempdir().expect("a directory");
    let (public, staging) = (dir.path().join("public"), dir.path().join("staging"));
    let mut log = Log::open(&public, &staging, key).expect("a log");
    let mut head = MemoryHead::default();
    log.recover(&mut head).expect("an empty log");
    let entry = Commitment::public(b"something happened");
    log.append(&mut head, &[entry; 3]).expect("entries");
    let newest = LogReader::believing(&public, &policy).checkpoint();
    Made {
        newest: newest.expect("its checkpoint"),
        policy,
        packs,
    }
}

fn made() -> Made {
    made_with(LawPacks::embedded().expect("the packs"))
}

fn site<'a>(made: &'a Made, reports: &'a [ReportLine], rule: Option<&'a Rule>) -> Site<'a> {
    Site {
        provider: "Kvist & Mail",
        day: date(2027, 3, 4),
        packs: &made.packs,
        log: PublicLog {
            policy: &made.policy,
            policy_text: None,
            address: None,
            newest: &made.newest,
            rule,
            losses: &[],
        },
        reports,
        notices: None,
        contact: &[],
        commands: COMMANDS,
    }
}

fn page(site: &Site<'_>, page: Page, language: Language) -> String {
    let all = files(site).expect("the pages");
    let name = page.file(language);
    let found = all.into_iter().find(|(one, _)| *one == name);
    String::from_utf8(found.expect("the page").1).expect("text")
}

/// A rule with `cards` cards a day.
fn rule(cards: u32) -> Rule {
    let rhythm = Rhythm {
        cards,
        ..Rhythm::default()
    };
    Schedule::default().next_rule(rhythm, 1_800_000_000, "kvist.example/log", 0)
}

#[test]
fn each_page_links_to_the_others_in_its_own_language_and_to_itself_in_the_others() {
    let made = made();
    let all = files(&site(&made, &[], None)).expect("the pages");
    assert_eq!(all.len(), 15);
    let names: BTreeSet<_> = all.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(names.len(), 15);
    for language in Language::ALL {
        for one in Page::ALL {
            let (_, text) = all
                .iter()
                .find(|(name, _)| *name == one.file(language))
                .expect("it");
            let text = str::from_utf8(text).expect("text");
            assert!(text.contains(&format!("<html lang=\"{language}\">")));
            for other in Page::ALL {
                assert!(text.contains(&format!("href=\"{}\"", other.file(language))));
            }
            for other in Language::ALL {
                assert!(text.contains(&format!("href=\"{}\"", one.file(other))));
            }
            assert!(text.contains("Kvist &amp; Mail"), "names are text");
            assert!(!text.contains("<script"));
            assert_eq!(text.matches("<h1>").count(), 1, "{one:?}");
            let wordless = text
                .find(">public-")
                .map(|at| &text[at..text.len().min(at + 60)]);
            assert_eq!(wordless, None, "a sentence of {one:?} has no words");
        }
    }
}

#[test]
fn what_is_lost_is_said_with_the_reason_as_it_was_given() {
    let made = made();
    let losses = [Loss {
        origin: "kvist.example/log".into(),
        first: 5120,
        last: 5311,
        lost: 180,
        at: 1_800_000_000,
        why: "the <disk> broke".into(),
    }];
    let plain = site(&made, &[], None);
    let with = Site {
        log: PublicLog {
            losses: &losses,
            ..plain.log
        },
        ..site(&made, &[], None)
    };
    for language in Language::ALL {
        let said = page(&with, Page::Log, language);
        for part in [
            "2027-01-15 08:00 UTC",
            "5120",
            "5311",
            "180",
            "the &lt;disk&gt; broke",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert!(!page(&plain, Page::Log, language).contains("<blockquote>"));
    }
}

#[test]
fn the_same_rules_log_and_day_give_the_same_bytes() {
    let made = made();
    let of_day = |day| {
        let site = Site {
            day,
            ..site(&made, &[], None)
        };
        files(&site).expect("the pages")
    };
    assert_eq!(of_day(date(2027, 3, 4)), of_day(date(2027, 3, 4)));
    assert_ne!(of_day(date(2027, 3, 4)), of_day(date(2027, 3, 5)));
}

#[test]
fn what_is_proved_of_the_rules_has_its_sentence_in_every_language() {
    let packs = LawPacks::embedded().expect("the packs");
    let texts = Texts::new(&packs).expect("the texts");
    let names = crate::law::invariants(&packs);
    assert!(names.len() >= 16, "{names:?}");
    for language in Language::ALL {
        let words = texts.phrases(language);
        for name in &names {
            let said = words.fill(name, &[("provider", "Kvist")]);
            assert_ne!(&said, name, "{language}: {name} has no words");
        }
    }
}

#[test]
fn of_rules_that_are_not_the_programs_own_nothing_is_said_to_be_proved() {
    let own = page(&site(&made(), &[], None), Page::Law, Language::English);
    assert!(own.contains("These are those rules."));

    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../law");
    let dir = tempfile::tempdir().expect("a directory");
    let status = std::process::Command::new("cp")
        .arg("-R")
        .arg(root)
        .arg(dir.path())
        .status();
    assert!(status.expect("cp").success());
    let folder = dir.path().join("law");
    let pack = folder.join("provider/pack.toml");
    let text = std::fs::read_to_string(&pack).expect("the pack");
    std::fs::write(&pack, text.replacen("title = \"", "title = \"Our own: ", 1)).expect("changed");
    let packs = LawPacks::from_dir(&folder).expect("the packs");
    let other = made_with(std::sync::Arc::new(packs));
    let other = page(&site(&other, &[], None), Page::Law, Language::English);
    assert!(!other.contains("These are those rules."));
    assert!(other.contains("this page does not know"));
}

#[test]
fn every_rule_clock_and_notice_in_force_stands_there_with_its_provision() {
    let made = made();
    let text = page(&site(&made, &[], None), Page::Law, Language::English);
    let law = made.packs.in_force(date(2027, 3, 4)).expect("the law");
    let mut ids: Vec<_> = law.rules().map(|rule| rule.id.clone()).collect();
    assert!(ids.len() > 100);
    let day = date(2027, 3, 4);
    let clocks = made.packs.clocks().rules().iter();
    ids.extend(
        clocks
            .filter(|one| one.in_force(day))
            .map(|one| one.id.clone()),
    );
    let notices = made.packs.notices().rules().iter();
    ids.extend(
        notices
            .filter(|one| one.in_force(day))
            .map(|one| one.id.clone()),
    );
    for id in ids {
        assert!(
            text.contains(&format!("<tr id=\"{id}\">")),
            "{id} is missing"
        );
    }
}

#[test]
fn figures_are_said_to_be_checked_only_where_the_log_has_cards() {
    let made = made();
    let with =
        |rule: Option<&Rule>| page(&site(&made, &[], rule), Page::Answers, Language::English);
    let cards = "Each demand has a sealed card in the log";
    assert!(with(Some(&rule(24))).contains(cards));
    for none in [with(None), with(Some(&rule(0)))] {
        assert!(!none.contains(cards));
        assert!(none.contains("have to be believed"));
    }
}

#[test]
fn a_log_without_witnesses_is_not_said_to_be_watched() {
    let made = made();
    let text = page(&site(&made, &[], None), Page::Log, Language::English);
    assert!(text.contains("No witness watches this log."));
    assert!(text.contains("3 entries"));
    assert!(text.contains(&made.newest.head().root.to_string()));
    assert!(text.contains(&made.policy.log().to_string()));
}

#[test]
fn a_report_that_the_log_does_not_hold_is_said_not_to_be_held() {
    let made = made();
    let line = |logged| ReportLine {
        period: "2027H1".to_owned(),
        view: 2,
        directory: "reports/2027H1".to_owned(),
        logged,
    };
    let of = |logged| {
        let reports = [line(logged)];
        page(
            &site(&made, &reports, None),
            Page::Reports,
            Language::Swedish,
        )
    };
    let held = of(Logged::At(4_711));
    assert!(held.contains("href=\"reports/2027H1/index.sv.html\"") && held.contains("4711"));
    assert!(of(Logged::NotYet).contains("innehåller den inte ännu"));
    assert!(of(Logged::Another).contains("innehåller en annan rapport"));
}
