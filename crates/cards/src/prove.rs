//! How a provider makes a report.

use curve25519_dalek::scalar::Scalar;
use rand_core::CryptoRngCore;
use zeroize::Zeroize;

use crate::card::bytes_of;
use crate::chain::Chain;
use crate::error::{ProveError, Refused};
use crate::files::{Cards, index, powers};
use crate::group::{Nonces, Opened, point};
use crate::lookup::{Challenges, Lookup, inverses};
use crate::numbers::{Number, Numbers, is_name};
use crate::opening::Opening;
use crate::report::Report;
use crate::shape::{Place, Shape};
use crate::statement::{MAX_NUMBER, Statement};
use crate::sum::Sum;
use crate::totals::Totals;
use crate::verify::{LABEL, Verified, cards_of};

/// What the provider knows of one card that is not void.
#[derive(Debug, Clone)]
pub struct Classified<'o> {
    /// What opens the card.
    pub opening: &'o Opening,
    /// The class of the demand, from 1; none for a blank.
    pub class: Option<u32>,
    /// One amount for each column; zeros for a blank.
    pub amounts: Vec<u32>,
    /// The class in the former view. Not looked at in the first.
    pub former: Option<u32>,
}

/// A number that the report is to publish.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// What the report calls it: letters, digits, `-`, `_` and `.`.
    pub name: String,
    /// Over what.
    pub sum: Sum,
}

/// A report, and what only its provider keeps of it.
#[derive(Clone)]
pub struct Made {
    /// What is published.
    pub report: Report,
    /// What opens its totals.
    pub totals: Totals,
}

/// Every secret of a report, by place.
pub(crate) struct Secrets {
    pub cards: Vec<Opened>,
    pub former: Vec<Opened>,
    pub first: Vec<Opened>,
}

impl Drop for Secrets {
    fn drop(&mut self) {
        for secrets in [&mut self.cards, &mut self.former, &mut self.first] {
            secrets.zeroize();
        }
    }
}

impl Secrets {
    fn at(&self, place: Place) -> Opened {
        match place {
            Place::G => Opened {
                value: Scalar::ONE,
                blinding: Scalar::ZERO,
            },
            Place::Card(row) => self.cards[row],
            Place::Former(row) => self.former[row],
            Place::First(at) => self.first[at],
        }
    }

    /// The opening of a linear combination.
    fn sum(&self, each: impl FnOnce(&mut dyn FnMut(Place, Scalar))) -> Opened {
        let mut sum = Opened::default();
        each(&mut |place, factor| sum = sum + self.at(place) * factor);
        sum
    }
}

/// Makes the report that says what these records say.
///
/// Commitments and proof are random: made once, and stored. `records` are about the cards that are not void, in
/// their order. Numbers are published in the order of their names.
///
/// # Errors
///
/// If the records do not open the cards, do not say what the statement says, or what they say cannot be
/// published so. Nothing is made then.
pub fn prove(
    statement: &Statement,
    cards: &Cards,
    records: &[Classified<'_>],
    former: Option<&Verified>,
    wanted: &[Wanted],
    random: &mut (impl CryptoRngCore + ?Sized),
) -> Result<Made, ProveError> {
    let own = cards_of(statement, cards, former)?;
    let shape = Shape::of(statement);
    if records.len() != shape.rows.len() {
        return Err(ProveError::Records {
            found: records.len(),
            expected: shape.rows.len(),
        });
    }
    let ends = cards.ends_in(statement.slots.0, statement.slots.1);
    for (record, card) in records.iter().zip(&shape.rows) {
        let card = *card;
        if index(&ends, statement.slots.0, record.opening.place()) != Some(card)
            || record.opening.origin() != statement.origin
            || record.opening.card() != own[card]
        {
            return Err(ProveError::Opening { card });
        }
        let demand = record.opening.demand().is_some();
        let fits = |class: u32| (1..=statement.classes).contains(&class);
        if record.class.is_some() != demand || !record.class.is_none_or(fits) {
            return Err(ProveError::Class { card });
        }
        let as_many = record.amounts.len() == statement.values.len();
        let below = record
            .amounts
            .iter()
            .zip(&statement.values)
            .all(|(amount, values)| amount < values);
        if !as_many || !below || (!demand && record.amounts.iter().any(|amount| *amount > 0)) {
            return Err(ProveError::Amounts { card });
        }
        if let Some(former) = former {
            let committed = former.rows[card]
                .as_ref()
                .and_then(|(class, _)| point(class));
            if committed != Some(former_class(record, statement).commit()) {
                return Err(ProveError::Moved { card });
            }
        }
    }
    let counts = Counts::of(&shape, records)?;
    let secrets = counts.secrets(statement, &shape, records, random);
    let totals = Totals::new(shape.classes, secrets.first[shape.totals()].to_vec());
    let text = statement.to_string().into_bytes();
    let proof = assemble(&text, &bytes_of(own), &shape, &secrets, random)?;
    let mut numbers = wanted
        .iter()
        .map(|wanted| open(&shape, &counts, &totals, wanted))
        .collect::<Result<Vec<Number>, _>>()?;
    numbers.sort_by(|one, other| one.name.cmp(&other.name));
    if let Some(twice) = numbers.windows(2).find(|two| two[0].name == two[1].name) {
        return Err(ProveError::Number {
            name: twice[0].name.clone(),
            rule: "each name only once",
        });
    }
    let report = Report {
        statement: text,
        proof,
        numbers: Numbers(numbers).to_string().into_bytes(),
    };
    Ok(Made { report, totals })
}

fn class_of(class: Option<u32>) -> usize {
    class.unwrap_or(0) as usize
}

fn former_class(record: &Classified<'_>, statement: &Statement) -> Opened {
    Opened {
        value: Scalar::from(class_of(record.former) as u64),
        blinding: record.opening.blind(0, statement.view - 1, statement.slots),
    }
}

/// What the records add up to: the values of all totals, by place in the first part, as integers.
pub(crate) struct Counts(Vec<u64>);

impl Counts {
    pub(crate) fn of(shape: &Shape, records: &[Classified<'_>]) -> Result<Self, ProveError> {
        let mut counts = Self(vec![0; shape.first]);
        for (row, record) in records.iter().enumerate() {
            let class = class_of(record.class);
            counts.add(shape.class(row), class as u64);
            counts.add(shape.count(class), 1);
            for (column, amount) in record.amounts.iter().enumerate() {
                counts.add(shape.amount(column, row), u64::from(*amount));
                counts.add(shape.in_range(column, *amount as usize), 1);
                if class > 0 {
                    counts.add(shape.total(column, class), u64::from(*amount));
                }
            }
        }
        for (band, (sum, low, width)) in shape.bands.iter().enumerate() {
            let distance = counts.value(shape, sum).checked_sub(u128::from(*low));
            let inside = distance.filter(|distance| *distance < *width as u128);
            let inside = inside.and_then(|inside| usize::try_from(inside).ok());
            counts.add(
                shape.in_band(band, inside.ok_or(ProveError::Band { band })?),
                1,
            );
        }
        if shape.later {
            counts.moves(shape, records)?;
        }
        Ok(counts)
    }

    fn moves(&mut self, shape: &Shape, records: &[Classified<'_>]) -> Result<(), ProveError> {
        let mut announced = vec![0; shape.corrections.len()];
        for (record, card) in records.iter().zip(&shape.rows) {
            let (from, to) = (class_of(record.former), class_of(record.class));
            let way = if from == to {
                Some(from)
            } else if Some(from) == shape.pending && to > 0 {
                // The classes that stay, then those that pending became, without itself.
                Some(shape.classes + to - usize::from(to > from))
            } else {
                None
            };
            let correction = shape
                .corrections
                .iter()
                .position(|own| (own.from as usize, own.to as usize) == (from, to));
            match (way, correction) {
                (Some(way), _) => self.add(shape.moved(way), 1),
                (None, Some(correction)) => announced[correction] += 1,
                (None, None) => return Err(ProveError::Moved { card: *card }),
            }
        }
        let differs = announced
            .iter()
            .zip(&shape.corrections)
            .position(|(found, own)| *found != own.count);
        differs.map_or(Ok(()), |correction| {
            Err(ProveError::Correction { correction })
        })
    }

    fn add(&mut self, place: Place, count: u64) {
        if let Place::First(at) = place {
            self.0[at] += count;
        }
    }

    fn value(&self, shape: &Shape, sum: &Sum) -> u128 {
        let mut value = 0;
        shape.each_of(sum, |place, weight| {
            if let Place::First(at) = place {
                value += u128::from(self.0[at]) * u128::from(weight);
            }
        });
        value
    }

    /// Blinds everything: classes and amounts by the seed of their card, totals at random.
    pub(crate) fn secrets(
        &self,
        statement: &Statement,
        shape: &Shape,
        records: &[Classified<'_>],
        random: &mut (impl CryptoRngCore + ?Sized),
    ) -> Secrets {
        let rows = records.len();
        let first = self.0.iter().enumerate().map(|(at, value)| {
            let value = Scalar::from(*value);
            match u8::try_from(at / rows) {
                Ok(what) if usize::from(what) <= shape.values.len() => Opened {
                    value,
                    blinding: records[at % rows].opening.blind(
                        what,
                        statement.view,
                        statement.slots,
                    ),
                },
                _ => Opened::fresh(value, random),
            }
        });
        let later = if shape.later { records } else { &[] };
        Secrets {
            first: first.collect(),
            cards: records
                .iter()
                .map(|record| record.opening.opened())
                .collect(),
            former: later
                .iter()
                .map(|record| former_class(record, statement))
                .collect(),
        }
    }
}

fn open(
    shape: &Shape,
    counts: &Counts,
    totals: &Totals,
    wanted: &Wanted,
) -> Result<Number, ProveError> {
    let wrong = |rule| ProveError::Number {
        name: wanted.name.clone(),
        rule,
    };
    if !is_name(&wanted.name) {
        return Err(wrong("a name is letters, digits, `-`, `_` and `.`"));
    }
    let opened = totals.open(&wanted.sum).ok_or(wrong(
        "its sum names a class or a column that the statement does not have",
    ))?;
    let value = u64::try_from(counts.value(shape, &wanted.sum)).ok();
    Ok(Number {
        name: wanted.name.clone(),
        value: value
            .filter(|value| *value < MAX_NUMBER)
            .ok_or(wrong("it has to be below 2^53"))?,
        blinding: opened.blinding,
        sum: wanted.sum.clone(),
    })
}

/// The proof for these secrets, whether what they say is true or not: a verifier finds out.
pub(crate) fn assemble(
    statement: &[u8],
    cards: &[u8],
    shape: &Shape,
    secrets: &Secrets,
    random: &mut (impl CryptoRngCore + ?Sized),
) -> Result<Vec<u8>, Refused> {
    let first: Vec<u8> = secrets
        .first
        .iter()
        .flat_map(|secret| secret.commit().compress().to_bytes())
        .collect();
    let after_first = Chain::begin(LABEL, &[statement, cards]).then(&first);
    let drawn = Challenges::draw(&after_first, shape)?;
    let all = || secrets.cards.iter().chain(&secrets.first).copied();
    let mut nonces = Nonces::new(
        random,
        after_first.bytes(),
        all().chain(secrets.former.iter().copied()),
    );
    let mut draw = || Opened {
        value: nonces.draw(),
        blinding: nonces.draw(),
    };

    let mut second = Vec::new();
    // For each row what its responses are made of: e, η, t and their nonces α, β, γ.
    let mut rows: Vec<[Scalar; 6]> = Vec::new();
    for (lookup, z) in Lookup::all(shape).zip(&drawn.z) {
        let inverses = inverses(*z, &lookup.table(shape, &drawn))?;
        let mut blindings = Scalar::ZERO;
        let keys: Vec<Opened> = (0..lookup.rows(shape))
            .map(|row| secrets.sum(|take| lookup.key(shape, &drawn, row, take)))
            .collect();
        let mut differences: Vec<Scalar> = keys.iter().map(|key| z - key.value).collect();
        if differences.contains(&Scalar::ZERO) {
            return Err(Refused::Challenge);
        }
        Scalar::batch_invert(&mut differences);
        for (row, (key, inverse)) in keys.iter().zip(&differences).enumerate() {
            let weight = secrets.sum(|take| lookup.weight(shape, &drawn, row, take));
            let (e, alpha_beta, eta_gamma) = (weight.value * inverse, draw(), draw());
            let (alpha, beta) = (alpha_beta.value, alpha_beta.blinding);
            let (eta, gamma) = (eta_gamma.value, eta_gamma.blinding);
            let commit =
                |value, blinding| Opened { value, blinding }.commit().compress().to_bytes();
            second.extend(commit(e, eta));
            second.extend(commit(alpha, beta));
            // α·(z·G − C) + γ·H, with the opening of C.
            second.extend(commit(
                alpha * (z - key.value),
                gamma - alpha * key.blinding,
            ));
            // W = e·(z·G − C) + t·H.
            rows.push([
                e,
                eta,
                weight.blinding + e * key.blinding,
                alpha,
                beta,
                gamma,
            ]);
            blindings += eta;
        }
        let totals = inverses
            .iter()
            .enumerate()
            .fold(Opened::default(), |sum, (at, inverse)| {
                sum + secrets.sum(|take| lookup.entry(shape, &drawn, at, take)) * *inverse
            });
        second.extend((blindings - totals.blinding).as_bytes());
    }
    let mask = draw();
    second.extend(mask.commit().compress().to_bytes());

    let c = after_first.then(&second).challenge("c")?;
    let mut third = Vec::with_capacity(96 * rows.len() + 64);
    for [e, eta, t, alpha, beta, gamma] in &mut rows {
        for response in [*alpha + c * *e, *beta + c * *eta, *gamma + c * *t] {
            third.extend(response.as_bytes());
        }
        [e, eta, t, alpha, beta, gamma]
            .into_iter()
            .for_each(Zeroize::zeroize);
    }
    let answer = all()
        .zip(powers(drawn.w))
        .fold(mask, |sum, (secret, power)| sum + secret * (c * power));
    third.extend(answer.value.as_bytes());
    third.extend(answer.blinding.as_bytes());
    Ok([first, second, third].concat())
}
