//! A package that was handed out and then lost.

use super::*;

impl Alone {
    /// Where the agent keeps what the desk has not acknowledged.
    fn kept(&self) -> Vec<PathBuf> {
        entries(&self.path("agent/state/sealed"))
    }

    fn told(&self) -> String {
        fs::read_to_string(self.path(&format!("exchange/out/{STEM}.refusal"))).unwrap()
    }
}

#[test]
fn a_package_that_is_lost_on_both_sides_is_told_and_a_recall_makes_way_for_a_new_mandate() {
    for whole_exchange in [false, true] {
        let alone = Alone::new();
        produced(&alone.run());
        let kept = alone.kept();
        let [kept] = &kept[..] else {
            panic!("{kept:?}")
        };
        fs::remove_file(kept).unwrap();
        let gone = if whole_exchange {
            "exchange"
        } else {
            "exchange/out"
        };
        fs::remove_dir_all(alone.path(gone)).unwrap();
        // It is spent, and is not searched for again; the desk hears why nothing comes, and what to do.
        for _ in 0..2 {
            let became = alone.run();
            refused(
                &became,
                RefusalCode::Io,
                "is gone or damaged; its mandate is spent",
            );
            assert!(alone.told().contains("have it recalled and, when"));
            assert!(
                !alone.told().contains("\"recalled\": true"),
                "it is not known"
            );
        }
        alone.nothing_left();
        // Somebody recalls it: from here on nothing of it leaves, and another mandate can be drafted.
        alone.recall(&alone.provider.people[1]);
        refused(&alone.run(), RefusalCode::Io, "it was recalled");
        assert!(
            alone.told().contains("\"recalled\": true"),
            "{}",
            alone.told()
        );
        alone.nothing_left();
        // A copy that turns up again stays in.
        fs::write(kept, "sealed").unwrap();
        alone.run();
        alone.nothing_left();
    }
}

#[test]
fn a_package_that_one_side_still_has_is_handed_out_again_and_no_recall_takes_it_back() {
    let alone = Alone::new();
    produced(&alone.run());
    let package = alone.path(&format!("exchange/out/{STEM}.tar.age"));
    let first = fs::read(&package).unwrap();
    alone.recall(&alone.provider.people[1]);
    fs::remove_dir_all(alone.path("exchange/out")).unwrap();
    alone.run();
    assert!(fs::read(&package).unwrap() == first, "the same bytes again");
    // Lost here, and there still: it is the desk's to fetch.
    fs::remove_file(&alone.kept()[0]).unwrap();
    alone.run();
    assert!(fs::read(&package).unwrap() == first);
    let refusal = alone.path(&format!("exchange/out/{STEM}.refusal"));
    assert!(!refusal.exists());
}

#[test]
fn a_package_that_is_lost_is_told_although_a_recall_of_it_cannot_be_read() {
    let alone = Alone::new();
    produced(&alone.run());
    fs::remove_file(&alone.kept()[0]).unwrap();
    fs::remove_dir_all(alone.path("exchange/out")).unwrap();
    let note = alone.path(&format!("exchange/in/{STEM}.recall"));
    fs::create_dir(&note).unwrap();
    let became = alone.run();
    refused(
        &became,
        RefusalCode::Io,
        "is gone or damaged; its mandate is spent",
    );
    assert!(!alone.told().contains("\"recalled\": true"));
    // Once it can be read, it makes way as any.
    fs::remove_dir(&note).unwrap();
    alone.recall(&alone.provider.people[1]);
    refused(&alone.run(), RefusalCode::Io, "it was recalled");
    assert!(alone.told().contains("\"recalled\": true"));
    alone.nothing_left();
}
