//! What a report claims, evaluated directly on its secrets: the truth that verifiers are compared with.

use curve25519_dalek::scalar::Scalar;

use crate::prove::Secrets;
use crate::shape::{Place, Shape};

/// The integer below 2^64 that this is, if it is one.
fn integer(scalar: Scalar) -> Option<u64> {
    let bytes = scalar.as_bytes();
    bytes[8..]
        .iter()
        .all(|byte| *byte == 0)
        .then(|| u64::from_le_bytes(bytes[..8].try_into().unwrap()))
}

pub(super) fn holds(shape: &Shape, secrets: &Secrets) -> bool {
    check(shape, secrets).is_some()
}

fn check(shape: &Shape, secrets: &Secrets) -> Option<()> {
    let value = |place| match place {
        Place::First(at) => secrets.first[at].value,
        Place::Card(row) => secrets.cards[row].value,
        Place::Former(row) => secrets.former[row].value,
        Place::G => Scalar::ONE,
    };
    let whole = |place| integer(value(place));
    let equal = |place, expected: u64| (value(place) == Scalar::from(expected)).then_some(());
    let rows = 0..shape.rows.len();
    let mut counts = vec![0; shape.classes + 1];
    let mut totals = vec![vec![0; shape.classes + 1]; shape.values.len()];
    let mut ranges: Vec<Vec<u64>> = shape.values.iter().map(|values| vec![0; *values]).collect();
    for row in rows.clone() {
        let (class, demand) = (whole(shape.class(row))? as usize, whole(Place::Card(row))?);
        let known =
            (class == 0 && demand == 0) || (demand == 1 && (1..=shape.classes).contains(&class));
        known.then_some(())?;
        counts[class] += 1;
        for column in 0..shape.values.len() {
            let amount = whole(shape.amount(column, row))?;
            *ranges[column].get_mut(usize::try_from(amount).ok()?)? += 1;
            (class > 0 || amount == 0).then_some(())?;
            totals[column][class] += amount;
        }
    }
    for class in 0..=shape.classes {
        equal(shape.count(class), counts[class])?;
        for (column, totals) in totals.iter().enumerate().filter(|_| class > 0) {
            equal(shape.total(column, class), totals[class])?;
        }
    }
    for (column, range) in ranges.iter().enumerate() {
        for (amount, count) in range.iter().enumerate() {
            equal(shape.in_range(column, amount), *count)?;
        }
    }
    for (band, (sum, low, width)) in shape.bands.iter().enumerate() {
        let mut total = Scalar::ZERO;
        shape.each_of(sum, |place, weight| {
            total += value(place) * Scalar::from(weight)
        });
        let inside =
            integer(total - Scalar::from(*low)).filter(|inside| *inside < *width as u64)?;
        for at in 0..*width {
            equal(shape.in_band(band, at), u64::from(at as u64 == inside))?;
        }
    }
    if shape.later {
        let ways: Vec<_> = shape.hidden_moves().collect();
        let mut found = vec![0; ways.len()];
        let mut announced = vec![0; shape.corrections.len()];
        for row in rows {
            let (from, to) = (
                whole(Place::Former(row))? as usize,
                whole(shape.class(row))? as usize,
            );
            match ways.iter().position(|way| *way == (from, to)) {
                Some(way) => found[way] += 1,
                None => {
                    let own = |own: &crate::Correction| {
                        (own.from as usize, own.to as usize) == (from, to)
                    };
                    announced[shape.corrections.iter().position(own)?] += 1;
                }
            }
        }
        for (way, count) in found.iter().enumerate() {
            equal(shape.moved(way), *count)?;
        }
        let said = shape.corrections.iter().map(|own| own.count);
        said.eq(announced).then_some(())?;
    }
    Some(())
}
