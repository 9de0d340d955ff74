//! The one routine of the protocol: a weighted lookup. For rows with `C` and `W`, and a table of `t` with
//! totals `B`, it says `Σ w/(Z − c) = Σ β/(Z − t)`. Here stands which linear combinations of commitments
//! these are; prover and verifier both follow it, one with openings and the other with points.

use curve25519_dalek::scalar::Scalar;

use crate::chain::Chain;
use crate::error::Refused;
use crate::shape::{Place, Shape};

/// What is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lookup {
    /// Each card's class, with its amounts.
    Classes,
    /// Each amount of a column, from 0.
    Range(usize),
    /// The sum of a band.
    Band(usize),
    /// Each card's former class with its present one.
    Moves,
}

/// What is drawn after the first part.
pub(crate) struct Challenges {
    /// Weighs all commitments in the proof that they can be opened.
    pub w: Scalar,
    y: Scalar,
    g: Scalar,
    x: Vec<Scalar>,
    /// For each lookup the point at which both sides are compared.
    pub z: Vec<Scalar>,
}

impl Challenges {
    pub(crate) fn draw(chain: &Chain, shape: &Shape) -> Result<Self, Refused> {
        let many = |name: &str, count: usize| -> Result<Vec<Scalar>, Refused> {
            (0..count)
                .map(|number| chain.challenge(&format!("{name}{number}")))
                .collect()
        };
        Ok(Self {
            w: chain.challenge("w")?,
            y: chain.challenge("y")?,
            g: chain.challenge("g")?,
            x: many("x", shape.values.len())?,
            z: many("z", Lookup::all(shape).count())?,
        })
    }
}

fn number(number: usize) -> Scalar {
    Scalar::from(number as u64)
}

impl Lookup {
    /// All of them, in the order of their challenges.
    pub(crate) fn all(shape: &Shape) -> impl Iterator<Item = Self> {
        let ranges = (0..shape.values.len()).map(Self::Range);
        let bands = (0..shape.bands.len()).map(Self::Band);
        [Self::Classes]
            .into_iter()
            .chain(ranges)
            .chain(bands)
            .chain(shape.later.then_some(Self::Moves))
    }

    /// How many rows it has.
    pub(crate) fn rows(self, shape: &Shape) -> usize {
        match self {
            Self::Band(_) => 1,
            Self::Classes | Self::Range(_) | Self::Moves => shape.rows.len(),
        }
    }

    /// `C` of a row.
    pub(crate) fn key(
        self,
        shape: &Shape,
        drawn: &Challenges,
        row: usize,
        mut take: impl FnMut(Place, Scalar),
    ) {
        match self {
            Self::Classes => {
                take(shape.class(row), Scalar::ONE);
                take(Place::Card(row), drawn.y);
            }
            Self::Range(column) => take(shape.amount(column, row), Scalar::ONE),
            Self::Band(band) => {
                let (sum, low, _) = &shape.bands[band];
                shape.each_of(sum, |place, weight| take(place, Scalar::from(weight)));
                take(Place::G, -Scalar::from(*low));
            }
            Self::Moves => {
                take(Place::Former(row), Scalar::ONE);
                take(shape.class(row), drawn.g);
            }
        }
    }

    /// `W` of a row.
    pub(crate) fn weight(
        self,
        shape: &Shape,
        drawn: &Challenges,
        row: usize,
        mut take: impl FnMut(Place, Scalar),
    ) {
        take(Place::G, Scalar::ONE);
        if self == Self::Classes {
            for (column, x) in drawn.x.iter().enumerate() {
                take(shape.amount(column, row), *x);
            }
        }
    }

    /// All `t`.
    pub(crate) fn table(self, shape: &Shape, drawn: &Challenges) -> Vec<Scalar> {
        match self {
            Self::Classes => {
                let classes = (1..=shape.classes).map(|class| number(class) + drawn.y);
                [Scalar::ZERO].into_iter().chain(classes).collect()
            }
            Self::Range(column) => (0..shape.values[column]).map(number).collect(),
            Self::Band(band) => (0..shape.bands[band].2).map(number).collect(),
            Self::Moves => {
                let announced = shape
                    .corrections
                    .iter()
                    .map(|own| (own.from as usize, own.to as usize));
                let ways = shape.hidden_moves().chain(announced);
                ways.map(|(from, to)| number(from) + drawn.g * number(to))
                    .collect()
            }
        }
    }

    /// `B` at a place of the table.
    pub(crate) fn entry(
        self,
        shape: &Shape,
        drawn: &Challenges,
        at: usize,
        mut take: impl FnMut(Place, Scalar),
    ) {
        match self {
            Self::Classes => {
                take(shape.count(at), Scalar::ONE);
                if at > 0 {
                    for (column, x) in drawn.x.iter().enumerate() {
                        take(shape.total(column, at), *x);
                    }
                }
            }
            Self::Range(column) => take(shape.in_range(column, at), Scalar::ONE),
            Self::Band(band) => take(shape.in_band(band, at), Scalar::ONE),
            Self::Moves => {
                let hidden = shape.hidden_moves().count();
                match at.checked_sub(hidden) {
                    None => take(shape.moved(at), Scalar::ONE),
                    // The counts of corrections are public.
                    Some(own) => take(Place::G, Scalar::from(shape.corrections[own].count)),
                }
            }
        }
    }
}

/// `1/(z − t)` for each place of a table.
pub(crate) fn inverses(z: Scalar, table: &[Scalar]) -> Result<Vec<Scalar>, Refused> {
    let mut inverses: Vec<Scalar> = table.iter().map(|t| z - t).collect();
    if inverses.contains(&Scalar::ZERO) {
        return Err(Refused::Challenge);
    }
    Scalar::batch_invert(&mut inverses);
    Ok(inverses)
}
