//! A generated store: accounts × objects × versions, of which whoever made them knows which lie in a period.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use lagrum_model::Period;
use serde_json::json;

use super::moto::Moto;
use super::proxy::{Deed, Wire};
use super::{Taken, at, period, search_with};

const ACCOUNTS: usize = 4;
const KEYS: usize = 14;

/// A generator of numbers (Knuth's MMIX).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// One version, as whoever put it there knows it.
struct Made {
    account: usize,
    locator: String,
    at: Timestamp,
    bytes: Vec<u8>,
    /// Whether it is what lies there now.
    latest: bool,
}

/// January 2026 in Coordinated Universal Time, in Stockholm and in Seattle.
fn months() -> [Period; 3] {
    [
        period("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"),
        period("2025-12-31T23:00:00Z", "2026-01-31T23:00:00Z"),
        period("2026-01-01T08:00:00Z", "2026-02-01T08:00:00Z"),
    ]
}

/// An instant as somebody some hours away writes it.
fn written(at: Timestamp, hours: i64) -> String {
    let local = jiff::tz::TimeZone::UTC.to_datetime(at + SignedDuration::from_hours(hours));
    let sign = if hours < 0 { '-' } else { '+' };
    format!("{local}{sign}{:02}:00", hours.abs())
}

fn made(moto: &Moto) -> (Vec<Made>, BTreeMap<usize, u64>) {
    let mut dice = Dice(20_26);
    let second = SignedDuration::from_secs(1);
    let edges: Vec<_> = months()
        .iter()
        .flat_map(|month| {
            [
                month.from(),
                month.from() - second,
                month.until() - second,
                month.until(),
            ]
        })
        .collect();
    let mut edges = edges.iter().cycle();
    let (mut all, mut removed) = (Vec::new(), BTreeMap::new());
    for account in 0..ACCOUNTS {
        for number in 0..KEYS {
            let key = format!(
                "kvist.example/p{account}/{}/{number}.txt",
                ["a", "b c", "ö"][number % 3]
            );
            let versions = 1 + dice.below(3);
            // Versions follow each other in time.
            let mut dates: Vec<_> = (0..versions)
                .map(|_| match dice.below(2) {
                    0 => *edges.next().unwrap(),
                    _ => {
                        let away = SignedDuration::from_secs(dice.below(86_400 * 70).cast_signed());
                        months()[0].from() - SignedDuration::from_hours(24 * 20) + away
                    }
                })
                .collect();
            dates.sort_unstable();
            dates.dedup();
            let gone = number % 5 == 4;
            let last = dates.len() - 1;
            for (place, at) in dates.into_iter().enumerate() {
                let bytes =
                    format!("{account} {number} {place} {}", "x".repeat(number)).into_bytes();
                let taken = json!({"taken": written(at, [0, 14, -8][place % 3])});
                // Put long after: in metadata the instant is another than that of the storage.
                let version = moto.put_with("store", &key, &bytes, &at.to_string(), &taken);
                all.push(Made {
                    account,
                    locator: format!("{key} version {version}"),
                    at,
                    bytes,
                    latest: place == last && !gone,
                });
            }
            if gone {
                moto.remove("store", &key);
                *removed.entry(account).or_default() += 1;
            }
        }
    }
    // What others have, whose names begin alike.
    for neighbour in [
        "kvist.example/p",
        "kvist.example/p0x/",
        "kvist.example/p0.",
        "kvist.example2/p0/",
        "x/kvist.example/p0/",
    ] {
        moto.put(
            "store",
            &format!("{neighbour}a.txt"),
            b"somebody else's",
            "2026-01-15T00:00:00Z",
        );
    }
    (all, removed)
}

#[test]
fn every_version_of_the_period_is_handed_over_and_no_other_and_nothing_in_the_bucket_changes() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let (all, removed) = made(&moto);
    let before = moto.all_of("store");
    let wire = Wire::to(moto.port, Box::new(|_, _| Deed::Pass));
    for (versions, port, date) in [
        (true, moto.port, ""),
        (false, moto.port, ""),
        (true, wire.port, "date = \"metadata:x-amz-meta-taken\""),
    ] {
        let source = at(&moto, port, &format!("versions = {versions}\n{date}"));
        for month in months() {
            for account in 0..ACCOUNTS {
                let mut taken = Taken::default();
                let name = format!("P{account}@kvist.example");
                let counts = search_with(&source, &name, &month, &mut taken)
                    .unwrap()
                    .unwrap();
                let own = || {
                    all.iter()
                        .filter(|one| one.account == account && (versions || one.latest))
                };
                let truth: BTreeMap<_, _> = own()
                    .filter(|one| month.contains(one.at))
                    .map(|one| {
                        let plain = one.locator.split(" version ").next().unwrap();
                        let locator = if versions { &one.locator } else { plain };
                        let kind = "application/octet-stream".to_owned();
                        (
                            locator.to_owned(),
                            (plain.to_owned(), kind, one.bytes.clone()),
                        )
                    })
                    .collect();
                assert!(!truth.is_empty());
                assert_eq!(taken.items, truth, "{month:?} {name} {versions}");
                assert_eq!(taken.reviews, BTreeMap::new());
                assert_eq!(counts.examined, own().count() as u64);
                let marks = removed.get(&account).copied().filter(|_| versions);
                assert_eq!(counts.removed, marks.unwrap_or(0));
            }
        }
    }
    assert_eq!(moto.all_of("store"), before);
    let asked = wire.asked();
    assert!(asked.len() > 100, "{}", asked.len());
    let reads = asked
        .iter()
        .all(|line| line.starts_with("GET /store") || line.starts_with("HEAD /store"));
    assert!(reads, "{asked:#?}");
}
