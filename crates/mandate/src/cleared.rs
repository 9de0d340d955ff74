use lagrum_model::{AccountIdentifier, Category, Period, Sha256Digest};

use crate::Mandate;

/// A mandate that passed the gate. Nothing else makes one: its fields are private and
/// [`Gate::admit`](crate::gate::Gate::admit) is the only place that fills them.
#[derive(Debug)]
pub struct Cleared {
    pub(crate) mandate: Mandate,
    pub(crate) digest: Sha256Digest,
}

/// One search that a cleared mandate allows: one account, one category, its period. The only thing
/// that a source accepts.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    identifier: &'a AccountIdentifier,
    category: Category,
    period: Period,
}

/// Searches of one cleared mandate that are carried out together. Nothing else makes one than
/// [`Cleared::orders_of`].
#[derive(Clone, Debug)]
pub struct Orders<'a>(Vec<Order<'a>>);

impl Cleared {
    /// The mandate.
    #[must_use]
    pub fn mandate(&self) -> &Mandate {
        &self.mandate
    }

    /// SHA-256 of its text.
    #[must_use]
    pub fn digest(&self) -> Sha256Digest {
        self.digest
    }

    /// Those of its searches that are for one of `categories`.
    #[must_use]
    pub fn orders_of(&self, categories: &[Category]) -> Orders<'_> {
        let served = |order: &Order<'_>| categories.contains(&order.category());
        Orders(self.orders().filter(served).collect())
    }

    /// The searches that it allows: each identifier with each category.
    pub fn orders(&self) -> impl Iterator<Item = Order<'_>> {
        let Mandate {
            identifiers,
            categories,
            period,
            ..
        } = &self.mandate;
        identifiers.iter().flat_map(move |identifier| {
            categories.iter().map(move |category| Order {
                identifier,
                category: *category,
                period: *period,
            })
        })
    }
}

impl<'a> Order<'a> {
    /// Whose data.
    #[must_use]
    pub fn identifier(&self) -> &'a AccountIdentifier {
        self.identifier
    }

    /// Which kind.
    #[must_use]
    pub fn category(&self) -> Category {
        self.category
    }

    /// From when to when (UTC, half-open).
    #[must_use]
    pub fn period(&self) -> Period {
        self.period
    }
}

impl<'a> Orders<'a> {
    /// The orders; the place of each, from 0, is what a sink is told.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Order<'a>> {
        self.0.iter().copied()
    }

    /// The order at a place.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<Order<'a>> {
        self.0.get(place).copied()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
