//! A law pack from anybody: each piece is the name of a file and its text, beside a schema and facts
//! that are right unless a piece replaces them. Loaded or refused; what is loaded answers every question.

use jiff::civil::date;
use lagrum_law::{LawPacks, Question};
use lagrum_model::{Category, Controller, Holding};

use crate::data_side::{DataSide, directory, write, write_pack};
use crate::pieces::{named, pieces};

/// Reads one input.
pub(crate) fn read(bytes: &[u8]) {
    let dir = directory();
    write_pack(dir.path());
    for (name, text) in pieces(bytes).take(32).filter_map(named) {
        let fits = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains('\0');
        let parts: Vec<_> = name.split('/').collect();
        if parts.len() <= 2 && name.len() <= 100 && parts.iter().all(|part| fits(part)) {
            let file = dir.path().join(name);
            let in_the_way = file.is_dir() || file.parent().is_some_and(|parent| parent.is_file());
            if !in_the_way {
                write(dir.path(), name, text);
            }
        }
    }
    let Ok(packs) = LawPacks::from_dir(dir.path()) else {
        return;
    };
    let Ok(law) = packs.in_force(date(2026, 11, 21)) else {
        return;
    };
    let mandate = DataSide::get().mandate();
    let sweden = lagrum_model::testing::country("SE");
    for category in [Category::Subscriber, Category::Content] {
        let holding = Holding::new(
            category,
            mandate.region.clone(),
            sweden,
            Controller::Consumer,
        );
        let _ = law.find(&Question {
            basis: &mandate.basis,
            holding: &holding,
            named: true,
            period: None,
            sub_categories: &[],
        });
    }
}
