//! An adopter adds a country by a folder alone: `docs/adding-a-country.md`, carried out.

#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use lagrum_law::{LawPacks, Question};
use lagrum_model::{AuthorityKind, Category, Disposition, InstrumentKind, IssuerKind};

use crate::common::{LAW, TODAY, basis, copy_folder, holding};
use crate::table::{judge, read_tables};

const PAGE: &str = include_str!("../../../../docs/adding-a-country.md");

/// The files that a page shows: path and text of each block that names one.
fn files_shown(page: &str) -> Vec<(&str, String)> {
    let mut files = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            continue;
        };
        let text: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
        if let Some((_, path)) = info.split_once(' ') {
            files.push((path, text.join("\n") + "\n"));
        }
    }
    files
}

#[test]
fn a_country_is_added_by_writing_the_folder_that_the_page_shows() {
    let copy = tempfile::tempdir().unwrap();
    copy_folder(Path::new(LAW), copy.path());
    let demand = basis(
        "ZZ",
        AuthorityKind::Police,
        InstrumentKind::CourtDecision,
        IssuerKind::Judge,
        "ZZ",
    );
    let demand = lagrum_model::Basis {
        maximum_penalty_months: Some(24),
        ..demand
    };
    let content = holding(Category::Content, "ZZ");
    let find = |packs: &LawPacks| {
        packs
            .in_force(TODAY)
            .unwrap()
            .find(&Question {
                basis: &demand,
                holding: &content,
                named: true,
                period: lagrum_model::testing::long_ago(),
                sub_categories: &[],
            })
            .unwrap()
    };

    let before = LawPacks::from_dir(copy.path()).unwrap();
    let refused = find(&before);
    assert_eq!(refused.disposition, Disposition::ByHand);
    assert_eq!(refused.decided_by[0].rule, "others.unconfirmed");

    let files = files_shown(PAGE);
    assert_eq!(
        files.len(),
        6,
        "pack, rules, facts, cases, clocks and Swedish"
    );
    fs::create_dir(copy.path().join("zz")).unwrap();
    for (path, text) in &files {
        assert!(path.starts_with("zz/"), "{path}");
        fs::write(copy.path().join(path), text).unwrap();
    }

    let after = LawPacks::from_dir(copy.path()).unwrap();
    assert_ne!(after.digest(), before.digest());
    let found = find(&after);
    assert_eq!(found.disposition, Disposition::Produce);
    assert_eq!(found.decided_by[0].rule, "zz.content.court");

    // The new table holds, every rule of it is tried, and no old row changes.
    let judged = judge(&after, &read_tables(copy.path()).unwrap());
    assert!(judged.faults.is_empty(), "\n{}", judged.faults.join("\n"));
    let notices = after.notices().rules().iter().map(|rule| rule.id.clone());
    let rules = after.rules().map(|rule| rule.id.clone());
    let written: BTreeSet<_> = rules.chain(notices).collect();
    assert_eq!(written, judged.tried);

    // Its own channel is what the answer names.
    let mut abroad = basis(
        "SE",
        AuthorityKind::Police,
        InstrumentKind::CourtDecision,
        IssuerKind::Judge,
        "ZZ",
    );
    abroad.addressee_country = content.stored_in;
    let sent_away = after
        .in_force(TODAY)
        .unwrap()
        .find(&Question {
            basis: &abroad,
            holding: &content,
            named: true,
            period: lagrum_model::testing::long_ago(),
            sub_categories: &[],
        })
        .unwrap();
    assert_eq!(sent_away.disposition, Disposition::RedirectToTreatyChannel);
    assert!(
        sent_away
            .instead
            .as_ref()
            .unwrap()
            .contains("Treaty of Strelsau")
    );
}
