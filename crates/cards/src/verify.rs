//! The check that everyone can make.

use curve25519_dalek::ristretto::{CompressedRistretto, RistrettoPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::Identity;
use rand_core::CryptoRngCore;

use crate::batch;
use crate::card::{Card, bytes_of};
use crate::chain::Chain;
use crate::error::Refused;
use crate::files::{Cards, index, powers};
use crate::group::{Bytes, Opened, point, scalar};
use crate::lookup::{Challenges, Lookup, inverses};
use crate::numbers::Numbers;
use crate::opening::Opening;
use crate::report::Report;
use crate::shape::{Place, Shape};
use crate::statement::Statement;
use crate::sum::{Measure, Sum};

/// The first label of the transcript.
pub(crate) const LABEL: &[u8] = b"lagrum/count-cards/v1\n";

/// A report that follows from its cards.
#[derive(Debug, Clone)]
pub struct Verified {
    statement: Statement,
    numbers: Numbers,
    digest: [u8; 32],
    cards: Vec<Card>,
    /// Where the cards of each slot end among those of the period.
    ends: Vec<usize>,
    /// For each card of the period its class and its amounts; none for a void one.
    pub(crate) rows: Vec<Option<(Bytes, Vec<Bytes>)>>,
    /// Counts of the classes, then totals of the columns.
    totals: Vec<Bytes>,
    shape: Shape,
}

/// How a report counts one card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The class, from 1; none for a blank.
    pub class: Option<u32>,
    /// One amount for each column.
    pub amounts: Vec<u32>,
}

/// Why a report does not count what was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotCounted {
    /// It is about another log or another period.
    #[error("this report is about another log, or its slots do not hold this place")]
    Elsewhere,
    /// Another card lies there.
    #[error("the card at this slot and place is not the one that was opened: the receipt is false")]
    OtherCard,
    /// The card was declared void.
    #[error("this card was declared void: what it stood for is not in the report")]
    Void,
    /// The report commits to something that this opening does not open.
    #[error(
        "the report counts this card as something that the opening does not show: the receipt or the report is false"
    )]
    Hidden,
}

impl Verified {
    /// What the report is about.
    #[must_use]
    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    /// What it says.
    #[must_use]
    pub fn numbers(&self) -> &Numbers {
        &self.numbers
    }

    /// What has to be in the log.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// What the report commits to as this sum; none if it names a class or a column that there is not.
    #[must_use]
    pub fn committed(&self, sum: &Sum) -> Option<[u8; 32]> {
        if !sum.fits(self.statement.classes, self.statement.values.len()) {
            return None;
        }
        let begins = self.shape.totals().start;
        let mut total = RistrettoPoint::identity();
        self.shape.each_of(sum, |place, weight| {
            if let Place::First(at) = place {
                total +=
                    point(&self.totals[at - begins]).unwrap_or_default() * Scalar::from(weight);
            }
        });
        Some(total.compress().to_bytes())
    }

    /// Which card lies at this slot and place, from 0 over all cards of the report; none if it is of another period.
    #[must_use]
    pub fn card_at(&self, place: (u64, u32)) -> Option<u32> {
        let at = index(&self.ends, self.statement.slots.0, place)?;
        u32::try_from(at).ok()
    }

    /// As what this report counts the card that is opened.
    ///
    /// # Errors
    ///
    /// If the report does not hold it, or not as something that the opening shows.
    pub fn counted(&self, opening: &Opening) -> Result<Counted, NotCounted> {
        let statement = &self.statement;
        let at = index(&self.ends, statement.slots.0, opening.place())
            .filter(|_| opening.origin() == statement.origin)
            .ok_or(NotCounted::Elsewhere)?;
        if self.cards.get(at) != Some(&opening.card()) {
            return Err(NotCounted::OtherCard);
        }
        let (class, amounts) = self.rows[at].as_ref().ok_or(NotCounted::Void)?;
        let find = |committed: &Bytes, what: usize, values: u32| {
            let what = u8::try_from(what).ok()?;
            opening.find(
                point(committed)?,
                what,
                (statement.view, statement.slots),
                values,
            )
        };
        let class = find(class, 0, statement.classes + 1).ok_or(NotCounted::Hidden)?;
        let amounts: Option<Vec<u32>> = amounts
            .iter()
            .zip(&statement.values)
            .enumerate()
            .map(|(column, (committed, values))| find(committed, column + 1, *values))
            .collect();
        Ok(Counted {
            class: (class > 0).then_some(class),
            amounts: amounts.ok_or(NotCounted::Hidden)?,
        })
    }
}

/// The cards of the period, after everything that stands outside the proof was held against the statement.
pub(crate) fn cards_of<'c>(
    statement: &Statement,
    cards: &'c Cards,
    former: Option<&Verified>,
) -> Result<&'c [Card], Refused> {
    statement.check()?;
    if cards.origin() != statement.origin {
        return Err(Refused::OtherLog);
    }
    let (first, last) = statement.slots;
    let own = cards.in_slots(first, last).ok_or(Refused::Slots)?;
    if own.len() != statement.cards as usize {
        return Err(Refused::Cards {
            said: statement.cards,
            found: u32::try_from(own.len()).unwrap_or(u32::MAX),
        });
    }
    match (statement.former, former) {
        (None, None) => Ok(own),
        (None, Some(_)) => Err(Refused::Former(
            "there is a former view, and the statement names none",
        )),
        (Some(_), None) => Err(Refused::Former("the former view is not there")),
        (Some(digest), Some(former)) if digest != former.digest => Err(Refused::Former(
            "the former view that is there has another digest",
        )),
        (Some(_), Some(former)) => {
            statement
                .continues(&former.statement)
                .map_err(Refused::Former)?;
            if former.cards != own {
                return Err(Refused::Former("cards"));
            }
            Ok(own)
        }
    }
}

/// Sums of weighted points: where each equation, multiplied with a random number of its own, is added.
struct Weighted {
    /// Cards, then the first part, then the former view's classes, then the second part.
    of: Vec<Scalar>,
    first_at: usize,
    former_at: usize,
    second_at: usize,
    /// `value·G + blinding·H`.
    own: Opened,
}

impl Weighted {
    fn add(&mut self, place: Place, weight: Scalar) {
        match place {
            Place::G => self.own.value += weight,
            Place::Card(row) => self.of[row] += weight,
            Place::First(at) => self.of[self.first_at + at] += weight,
            Place::Former(row) => self.of[self.former_at + row] += weight,
        }
    }
}

/// Weighted sums over classes, added up. A long range costs as much as a short one, so that no file of numbers takes
/// longer to check than it is long.
struct Sums {
    /// By class, how much more it weighs than the class before it: how many cases, then each column.
    steps: Vec<Vec<Scalar>>,
}

impl Sums {
    fn new(shape: &Shape) -> Self {
        Self {
            steps: vec![vec![Scalar::ZERO; shape.classes + 2]; 1 + shape.values.len()],
        }
    }

    fn add(&mut self, sum: &Sum, weight: Scalar) {
        let mut step = |what: usize, weight: Scalar| {
            for term in sum.terms() {
                let own = weight * Scalar::from(term.weight);
                self.steps[what][term.first as usize] += own;
                self.steps[what][term.last as usize + 1] -= own;
            }
        };
        match sum.measure() {
            Measure::Cases => step(0, weight),
            Measure::Columns(columns) => {
                for (column, own) in columns {
                    step(*column as usize, weight * Scalar::from(*own));
                }
            }
        }
    }

    fn each(&self, shape: &Shape, mut take: impl FnMut(Place, Scalar)) {
        for (what, steps) in self.steps.iter().enumerate() {
            let mut weight = Scalar::ZERO;
            for (class, step) in steps.iter().enumerate().take(shape.classes + 1).skip(1) {
                weight += step;
                match what.checked_sub(1) {
                    None => take(shape.count(class), weight),
                    Some(column) => take(shape.total(column, class), weight),
                }
            }
        }
    }
}

/// Checks a report against the cards of the log, and against the former view if it is not the first.
///
/// `random` weighs the equations; it has to be the system's.
///
/// # Errors
///
/// If the report does not follow from the cards, or is not written as the protocol permits.
pub fn verify(
    report: &Report,
    cards: &Cards,
    former: Option<&Verified>,
    random: &mut (impl CryptoRngCore + ?Sized),
) -> Result<Verified, Refused> {
    let statement = Statement::parse(&report.statement)?;
    let numbers = Numbers::parse(&report.numbers)?;
    let own = cards_of(&statement, cards, former)?;
    for number in numbers.iter() {
        if !number.sum.fits(statement.classes, statement.values.len()) {
            return Err(Refused::Text(crate::error::TextError::new(
                "number",
                "it names a class or a column that the statement does not have",
            )));
        }
    }
    let shape = Shape::of(&statement);
    let parts = Parts::cut(&report.proof, &shape)?;

    let start = Chain::begin(LABEL, &[&report.statement, &bytes_of(own)]);
    let after_first = start.then(parts.first);
    let drawn = Challenges::draw(&after_first, &shape)?;
    let c = after_first.then(parts.second).challenge("c")?;

    let mut weigh = || {
        let mut bytes = [0; 32];
        random.fill_bytes(&mut bytes[..16]);
        Scalar::from_bytes_mod_order(bytes)
    };
    let mut second = Reader::new(parts.second, parts.first.len());
    let mut third = Reader::new(parts.third, parts.first.len() + parts.second.len());
    let rows = shape.rows.len();
    let mut points: Vec<Bytes> = shape.rows.iter().map(|row| own[*row].point).collect();
    points.extend(Reader::new(parts.first, 0).all());
    let mut weighted = Weighted {
        first_at: rows,
        former_at: points.len(),
        second_at: 0,
        of: Vec::new(),
        own: Opened::default(),
    };
    if shape.later {
        let former = former.ok_or(Refused::Former("the former view is not there"))?;
        for row in &shape.rows {
            let (class, _) = former.rows[*row].as_ref().ok_or(Refused::Former("void"))?;
            points.push(*class);
        }
    }
    weighted.second_at = points.len();
    weighted.of = vec![Scalar::ZERO; points.len()];

    for (lookup, z) in Lookup::all(&shape).zip(&drawn.z) {
        let inverses = inverses(*z, &lookup.table(&shape, &drawn))?;
        let sum = weigh();
        for row in 0..lookup.rows(&shape) {
            let (first, other) = (weigh(), weigh());
            let (s1, s2, s3) = (third.scalar()?, third.scalar()?, third.scalar()?);
            points.extend([second.bytes(), second.bytes(), second.bytes()]);
            // s1·G + s2·H − K1 − c·E, and s1·(z·G − C) + s3·H − K2 − c·W.
            weighted.of.extend([sum - first * c, -first, -other]);
            weighted.own.value += first * s1 + other * s1 * z;
            weighted.own.blinding += first * s2 + other * s3;
            let key = -(other * s1);
            lookup.key(&shape, &drawn, row, |place, factor| {
                weighted.add(place, key * factor)
            });
            let weight = -(other * c);
            lookup.weight(&shape, &drawn, row, |place, factor| {
                weighted.add(place, weight * factor)
            });
        }
        // Σ E − Σ B/(z − t) − ρ·H.
        for (at, inverse) in inverses.iter().enumerate() {
            let factor = -(sum * inverse);
            lookup.entry(&shape, &drawn, at, |place, own| {
                weighted.add(place, factor * own)
            });
        }
        weighted.own.blinding -= sum * second.scalar()?;
    }

    // All commitments can be opened: v·G + r·H − O − c·Σ w^j·C_j.
    let all = weigh();
    points.push(second.bytes());
    weighted.of.push(-all);
    weighted.own.value += all * third.scalar()?;
    weighted.own.blinding += all * third.scalar()?;
    let places = (0..rows)
        .map(Place::Card)
        .chain((0..shape.first).map(Place::First));
    let factor = -(all * c);
    for (place, power) in places.zip(powers(drawn.w)) {
        weighted.add(place, factor * power);
    }

    // Σ c·B − s·G − R·H.
    let mut sums = Sums::new(&shape);
    for number in numbers.iter() {
        let weight = weigh();
        sums.add(&number.sum, weight);
        weighted.own.value -= weight * Scalar::from(number.value);
        weighted.own.blinding -= weight * number.blinding;
    }
    sums.each(&shape, |place, factor| weighted.add(place, factor));

    let sum = batch::sum(&points, &weighted.of).map_err(|at| Refused::Encoding {
        at: match at.checked_sub(weighted.second_at) {
            Some(at) => parts.first.len() + second_offset(at, &shape),
            None => at.saturating_sub(weighted.first_at) * 32,
        },
    })?;
    if (sum + weighted.own.commit()).compress() != CompressedRistretto::identity() {
        return Err(Refused::Proof);
    }
    let mut committed = vec![None; own.len()];
    let first = &points[weighted.first_at..];
    for (row, card) in shape.rows.iter().enumerate() {
        let amounts = (0..shape.values.len()).map(|column| first[rows * (1 + column) + row]);
        committed[*card] = Some((first[row], amounts.collect()));
    }
    Ok(Verified {
        numbers,
        digest: report.digest(),
        cards: own.to_vec(),
        ends: cards.ends_in(statement.slots.0, statement.slots.1),
        rows: committed,
        totals: first[shape.totals()].to_vec(),
        shape,
        statement,
    })
}

/// Where a point of the second part begins: after the rows of each lookup stands a scalar.
fn second_offset(point: usize, shape: &Shape) -> usize {
    let mut before = 0;
    let mut scalars = 0;
    for lookup in Lookup::all(shape) {
        before += 3 * lookup.rows(shape);
        if point < before {
            break;
        }
        scalars += 1;
    }
    32 * (point + scalars)
}

/// The three parts of a proof.
struct Parts<'p> {
    first: &'p [u8],
    second: &'p [u8],
    third: &'p [u8],
}

impl<'p> Parts<'p> {
    fn cut(proof: &'p [u8], shape: &Shape) -> Result<Self, Refused> {
        let rows: usize = Lookup::all(shape).map(|lookup| lookup.rows(shape)).sum();
        let lookups = Lookup::all(shape).count();
        let (first, second, third) = (
            32 * shape.first,
            32 * (3 * rows + lookups + 1),
            32 * (3 * rows + 2),
        );
        if proof.len() != first + second + third {
            return Err(Refused::Length {
                found: proof.len(),
                expected: first + second + third,
            });
        }
        Ok(Self {
            first: &proof[..first],
            second: &proof[first..first + second],
            third: &proof[first + second..],
        })
    }
}

/// Takes 32 bytes at a time. The length was checked before.
struct Reader<'p> {
    part: &'p [u8],
    at: usize,
    begins: usize,
}

impl<'p> Reader<'p> {
    fn new(part: &'p [u8], begins: usize) -> Self {
        Self {
            part,
            at: 0,
            begins,
        }
    }

    fn bytes(&mut self) -> Bytes {
        let bytes = self.part[self.at..self.at + 32]
            .try_into()
            .expect("32 bytes");
        self.at += 32;
        bytes
    }

    fn scalar(&mut self) -> Result<Scalar, Refused> {
        let at = self.begins + self.at;
        scalar(&self.bytes()).ok_or(Refused::Encoding { at })
    }

    fn all(mut self) -> impl Iterator<Item = Bytes> {
        (0..self.part.len() / 32).map(move |_| self.bytes())
    }
}
