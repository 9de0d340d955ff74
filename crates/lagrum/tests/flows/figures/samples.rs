//! Cards that are opened for an auditor.

use lagrum_figures::{OpenedCard, cards_to_open};

use super::*;

/// What an auditor has opened neither side chose, and a demand that is counted as something else is seen in it.
#[test]
fn a_sample_that_neither_side_can_steer_shows_a_demand_that_is_counted_as_something_else() {
    let Some(provider) = provider() else { return };
    let hand = &provider.hand;
    hand.hire("ada", "Ada Alm", "auditor");
    let cases = three(&provider);
    let day = provider.day(&cases[0].1);
    let (secret, sample) = (hand.path("secret"), hand.path("sample.json"));
    let made = hand
        .anywhere(&["--json", "report", "secret", &secret])
        .ok()
        .json();
    let commitment = made["commitment"].as_str().unwrap().to_owned();
    let commit = ["report", "auditor", &day, &commitment];
    assert_eq!(
        provider.by("+1h", "olof", &commit).code,
        Some(1),
        "only an auditor commits"
    );
    provider.by("+1h", "ada", &commit).ok();
    provider.by("+50h", "olof", &["settle"]).ok();
    // The desk counts what was refused as something else.
    let report = false_report(&provider, &day, |facts| {
        if facts.outcome == Some(Outcome::Refused) {
            facts.outcome = Some(Outcome::Redirected);
        }
    });
    let opened = drawn(&provider, &day, &report, &secret);
    let verify = |opened: &[OpenedCard], secret: &str| {
        fs::write(&sample, serde_json::to_vec(opened).unwrap()).unwrap();
        provider.verify(&report, &["--sample", &sample, "--secret", secret])
    };
    let found = verify(&opened, &secret).ok().json();
    let sampled = found["sampled"].as_array().unwrap();
    assert_eq!(sampled.len(), 3, "{found}");
    let refused = sampled
        .iter()
        .find(|one| one["case"] == cases[1].0.as_str());
    let counted = &refused.unwrap()["counted_as"];
    assert_eq!(
        counted, "SE, court decision, redirected",
        "and the case says: refused"
    );
    // Another card than is drawn, one left out, another secret: no sample.
    let mut other = opened.clone();
    other.swap(0, 1);
    not_genuine(&verify(&other, &secret), "another than is drawn");
    not_genuine(&verify(&opened[1..], &secret), "another than is drawn");
    let chosen = hand.path("chosen");
    hand.anywhere(&["report", "secret", &chosen]).ok();
    not_genuine(&verify(&opened, &chosen), "did not hold the commitment");
}

/// The cards that are drawn of a report, opened as whoever has the desk opens them.
fn drawn(provider: &Provider, day: &str, report: &str, secret: &str) -> Vec<OpenedCard> {
    let store = store(provider);
    let slots = Period::parse(day)
        .unwrap()
        .slots(&store.schedule().unwrap());
    let (first, last) = slots.unwrap();
    let cards: Vec<_> = (first..=last)
        .flat_map(|slot| store.cards_of_slot(slot).unwrap())
        .collect();
    let is_case: Vec<bool> = cards.iter().map(|(case, _)| case.is_some()).collect();
    let digest = ReportFiles::read(Path::new(report))
        .unwrap()
        .report
        .digest();
    let mut bytes = [0; 32];
    hex::decode_to_slice(fs::read_to_string(secret).unwrap().trim(), &mut bytes).unwrap();
    let open = |at: usize| OpenedCard {
        case: cards[at].0.as_ref().map(ToString::to_string),
        opening: cards[at].1.to_text(),
    };
    cards_to_open(&digest, &bytes, &is_case)
        .into_iter()
        .map(open)
        .collect()
}

#[test]
fn the_cards_of_a_sample_are_opened_by_the_desk_for_its_auditor() {
    let Some(provider) = provider() else { return };
    let hand = &provider.hand;
    hand.hire("ada", "Ada Alm", "auditor");
    let secret = hand.path("secret");
    let made = hand
        .anywhere(&["--json", "report", "secret", &secret])
        .ok()
        .json();
    let commitment = made["commitment"].as_str().unwrap();
    let cases = three(&provider);
    let day = provider.day(&cases[0].1);
    let sample = hand.path("sample.json");
    let open = [
        "--json", "report", "sample", &day, "--secret", &secret, "--out", &sample,
    ];
    let none = provider.by("+50h", "ada", &open);
    assert!(
        none.err.contains("no report of this period"),
        "{}",
        none.err
    );
    provider.by("+50h", "olof", &["settle"]).ok();
    provider
        .by("+50h", "ada", &["report", "auditor", &day, commitment])
        .ok();
    provider.by("+51h", "olof", &["settle"]).ok();
    let out = hand.path("report");
    let make = [
        "report", "make", &day, "--out", &out, "--band", "1", "--sealed", "1",
    ];
    provider.by("+51h", "maja", &make).ok();
    provider.by("+52h", "olof", &["settle"]).ok();
    assert_eq!(
        provider.by("+52h", "olof", &open).code,
        Some(1),
        "an analyst opens none"
    );
    let opened = provider.by("+52h", "ada", &open).ok().json();
    assert_eq!(opened["demands"], 3, "{opened}");
    let found = provider
        .verify(&out, &["--sample", &sample, "--secret", &secret])
        .ok()
        .json();
    let each = found["sampled"].as_array().unwrap().iter();
    let mut sampled: Vec<_> = each
        .map(|one| one["case"].as_str().unwrap().to_owned())
        .collect();
    sampled.sort_unstable();
    let mut all: Vec<_> = cases.iter().map(|(case, _)| case.clone()).collect();
    all.sort_unstable();
    assert_eq!(sampled, all);
}
