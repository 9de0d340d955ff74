use lagrum_model::{AccountIdentifier, Category, Period, Sha256Digest, SubCategory};

use crate::{DemandAnswers, LookUp, Mandate, OtherPart};

/// A mandate that passed the gate. Nothing else makes one: its fields are private and
/// [`Gate::admit`](crate::gate::Gate::admit) is the only place that fills them.
#[derive(Debug)]
pub struct Cleared {
    pub(crate) mandate: Mandate,
    pub(crate) digest: Sha256Digest,
    pub(crate) answers: Option<DemandAnswers>,
    pub(crate) others: Vec<OtherPart>,
}

/// One search that a cleared mandate allows: one account, one category or some boxes below it, its
/// period. The only thing that a source accepts.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    identifier: &'a AccountIdentifier,
    category: Category,
    sub_categories: &'a [SubCategory],
    period: Period,
}

/// Searches of one cleared mandate that are carried out together. Nothing else makes one than
/// [`Cleared::orders_of`].
#[derive(Clone, Debug)]
pub struct Orders<'a>(Vec<Order<'a>>);

/// What a cleared mandate allows to look up: whose account each of its identifiers is. Nothing else makes
/// one than [`Cleared::look_ups`].
#[derive(Clone, Copy, Debug)]
pub struct LookUps<'a> {
    mandate: &'a Mandate,
    look_up: LookUp,
}

impl<'a> LookUps<'a> {
    /// What is looked up, with the window (UTC) in which its user is looked for: nothing where it has no
    /// instant. The place of each, from 0, is that of its answer.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&'a AccountIdentifier, Option<Period>)> {
        let (look_up, within) = (self.look_up, self.mandate.period);
        self.mandate.identifiers.iter().map(move |identifier| {
            let window = look_up.window(identifier).and_then(|window| {
                let from = window.from().max(within.from());
                Period::new(from, window.until().min(within.until())).ok()
            });
            (identifier, window)
        })
    }
}

impl Cleared {
    /// What it is to look up: nothing, if it is to search.
    #[must_use]
    pub fn look_ups(&self) -> Option<LookUps<'_>> {
        let mandate = &self.mandate;
        let look_up = mandate.look_up?;
        Some(LookUps { mandate, look_up })
    }

    /// How the whole demand was answered, as the mandate names it.
    #[must_use]
    pub fn answers(&self) -> Option<&DemandAnswers> {
        self.answers.as_ref()
    }

    /// The parts of the demand that it does not carry out, or for less than was asked.
    #[must_use]
    pub fn others(&self) -> &[OtherPart] {
        &self.others
    }

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

    /// The searches that it allows: each identifier with each category. None, if it is to look up.
    pub fn orders(&self) -> impl Iterator<Item = Order<'_>> {
        let Mandate {
            identifiers,
            categories,
            sub_categories,
            period,
            ..
        } = &self.mandate;
        let searched: &[_] = match self.mandate.look_up {
            None => identifiers,
            Some(_) => &[],
        };
        searched.iter().flat_map(move |identifier| {
            categories.iter().map(move |category| Order {
                identifier,
                category: *category,
                sub_categories,
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

    /// The boxes below the category outside of which nothing leaves. None: all of the category does.
    #[must_use]
    pub fn sub_categories(&self) -> Vec<SubCategory> {
        self.ticked().collect()
    }

    /// Whether all of the category may leave.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.ticked().next().is_none()
    }

    fn ticked(&self) -> impl Iterator<Item = SubCategory> {
        SubCategory::of(self.sub_categories, self.category)
    }

    /// Whether what lies in this box may leave. Where nobody said in which box something lies, it may where
    /// all of the category may.
    #[must_use]
    pub fn covers(&self, lies_in: Option<SubCategory>) -> bool {
        self.is_whole() || lies_in.is_some_and(|one| self.ticked().any(|wide| wide.covers(one)))
    }

    /// From when to when (UTC, half-open).
    #[must_use]
    pub fn period(&self) -> Period {
        self.period
    }
}

impl<'a> Orders<'a> {
    /// Those of which `keep` says so, and the others.
    #[must_use]
    pub fn split(self, keep: impl Fn(&Order<'a>) -> bool) -> (Self, Self) {
        let (kept, others) = self.0.into_iter().partition(keep);
        (Self(kept), Self(others))
    }

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
