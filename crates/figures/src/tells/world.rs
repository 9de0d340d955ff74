//! What is hidden of the demands of a period, and what is published of it.

use lagrum_inference::{Hidden, InferenceError, Published, System};

use super::sums::{Sums, position};
use crate::{Cell, Class, CodeBook, Of, Plan};

/// A sum of hidden numbers, and something that is known: what a class of a view counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Count {
    pub terms: Vec<usize>,
    pub known: i64,
}

/// What is hidden of a period from somebody who knows some of its demands, or none: numbers of the *other* demands. What is
/// published of all is a band of the others with other edges, and whatever holds of all demands holds of the others.
#[derive(Default)]
pub(super) struct World {
    hidden: Hidden,
    /// What the hidden numbers are.
    pub truth: Vec<i64>,
    published: Vec<Published>,
    /// What each class of each view counts.
    pub counts: Vec<Vec<Count>>,
    /// The accounts of each class of each view that can have any.
    pub accounts: Vec<Vec<Option<usize>>>,
    /// Each figure of each view.
    pub cells: Vec<Vec<Count>>,
}

pub(super) fn ones(terms: &[usize]) -> Vec<(usize, i64)> {
    terms.iter().map(|number| (*number, 1)).collect()
}

impl World {
    /// Of so many cards, if that is known, without those that are known; `all` demands of each view, of which `known` are.
    pub fn new(
        book: &CodeBook,
        plan: &Plan,
        cells: &[Cell],
        cards: Option<i64>,
        (all, known): (&[Sums], &[Sums]),
    ) -> Result<Self, InferenceError> {
        let others: Vec<Sums> = all.iter().zip(known).map(|(a, b)| a.without(b)).collect();
        let mut world = Self::default();
        world.counts = world.count_all(book, &others);
        let everything = world.counts.first().map(|first| world.sum(first));
        if let (Some(everything), Some(first), Some(cards)) = (everything, known.first(), cards) {
            let most = cards - first.all() - everything.known;
            let at_most = Published::at_most(ones(&everything.terms), most);
            world.hidden.holds(at_most);
        }
        for (view, sums) in others.iter().enumerate() {
            let own = world.accounts_of(book, plan, sums, view);
            world.accounts.push(own);
        }
        for (view, known) in known.iter().enumerate() {
            let of = cells.iter().map(|cell| world.cell(cell, view));
            let of: Vec<Count> = of.collect();
            for (cell, sum) in cells.iter().zip(&of) {
                let width = i64::from(plan.width(cell));
                let known = known_of(cell, known);
                let value = world.value(sum) + known;
                let low = value - value % width;
                let band = Published::band(ones(&sum.terms), low - known - sum.known, width)?;
                world.published.push(band);
            }
            world.cells.push(of);
        }
        Ok(world)
    }

    /// What is hidden, and what holds of it by definition.
    pub fn hidden(&self) -> &Hidden {
        &self.hidden
    }

    /// What follows from everything.
    pub fn system(&self) -> Result<System, InferenceError> {
        System::new(&self.hidden, &self.published)
    }

    /// What a sum is.
    pub fn value(&self, count: &Count) -> i64 {
        let hidden: i64 = count.terms.iter().map(|number| self.truth[*number]).sum();
        hidden + count.known
    }

    fn cell(&self, cell: &Cell, view: usize) -> Count {
        let classes = cell.classes.iter().map(|class| *class as usize - 1);
        match cell.of {
            Of::Accounts => Count {
                terms: classes
                    .filter_map(|class| self.accounts[view][class])
                    .collect(),
                known: 0,
            },
            _ => self.sum(classes.map(|class| &self.counts[view][class])),
        }
    }

    fn count(&mut self, truth: i64) -> usize {
        self.truth.push(truth);
        self.hidden.count()
    }

    fn sum<'c>(&self, counts: impl IntoIterator<Item = &'c Count>) -> Count {
        let mut sum = Count::default();
        for count in counts {
            sum.terms.extend(&count.terms);
            sum.known += count.known;
        }
        sum
    }

    /// What each class of each view counts. What was answered stays, but for what is corrected: so the hidden numbers are
    /// the first view's, what each later view adds to each class, and what waits at last.
    fn count_all(&mut self, book: &CodeBook, views: &[Sums]) -> Vec<Vec<Count>> {
        let pending = position(book, &Class::Pending);
        let mut all: Vec<Vec<Count>> = Vec::new();
        let mut before: Vec<i64> = vec![0; book.classes().len()];
        for view in views {
            let now = &view.numbers;
            if let Some(former) = all.last() {
                self.corrects(view, former);
            }
            let mut counts = all
                .last()
                .cloned()
                .unwrap_or_else(|| vec![Count::default(); now.len()]);
            let mut added = Vec::new();
            for (at, count) in counts.iter_mut().enumerate() {
                if Some(at) == pending {
                    continue;
                }
                let corrected = view.corrected(at);
                let number = self.count(now[at] - before[at] - corrected);
                count.terms.push(number);
                count.known += corrected;
                added.push(number);
            }
            // What is answered now waited in each view before, but for what is said to wait again.
            if let Some(pending) = pending {
                let again = view.corrected(pending);
                for former in &mut all {
                    former[pending].terms.extend(&added);
                    former[pending].known -= again;
                }
                counts[pending] = Count::default();
            }
            all.push(counts);
            before.clone_from(now);
        }
        if let Some(pending) = pending {
            let waits = self.count(before[pending]);
            let each = all.iter_mut();
            each.for_each(|counts| counts[pending].terms.push(waits));
        }
        // Nothing is counted less than never.
        for count in all.iter().flatten().filter(|count| count.known < 0) {
            let least = Published::at_least(ones(&count.terms), -count.known);
            self.hidden.holds(least);
        }
        all
    }

    /// What a view counts otherwise was counted so before.
    fn corrects(&mut self, view: &Sums, former: &[Count]) {
        for (at, count) in former.iter().enumerate() {
            let least = view.corrected_from(at);
            if least > 0 {
                let known = Published::at_least(ones(&count.terms), least - count.known);
                self.hidden.holds(known);
            }
        }
    }

    /// The accounts of each class of a view. Of what was produced each case has one at least; of what was not, none.
    fn accounts_of(
        &mut self,
        book: &CodeBook,
        plan: &Plan,
        sums: &Sums,
        view: usize,
    ) -> Vec<Option<usize>> {
        let most = i64::from(plan.accounts) - 1;
        let (hidden, truths) = (&mut self.hidden, &mut self.truth);
        let former = view.checked_sub(1).map(|before| &self.accounts[before]);
        let each = book.classes().iter().zip(&self.counts[view]).enumerate();
        each.map(|(at, (class, count))| {
            let least = match class {
                Class::Other => 0,
                class if class.is_produced() => 1,
                _ => return None,
            };
            truths.push(sums.accounts[at]);
            let accounts = hidden.between(0, None);
            let of = |each: i64| {
                let counts = count.terms.iter().map(|number| (*number, -each));
                counts.chain([(accounts, 1)]).collect()
            };
            hidden.holds(Published::at_least(of(least), least * count.known));
            hidden.holds(Published::at_most(of(most), most * count.known));
            // What was counted before keeps its accounts, so that what is new has the rest.
            let before = former
                .and_then(|former| former[at])
                .filter(|_| !sums.is_corrected(at));
            if let (Some(before), Some(added)) = (before, count.terms.last()) {
                let new = |each: i64| vec![(accounts, 1), (before, -1), (*added, -each)];
                hidden.holds(Published::at_least(new(least), 0));
                hidden.holds(Published::at_most(new(most), 0));
            }
            Some(accounts)
        })
        .collect()
    }
}

/// How much of a figure is known beforehand.
fn known_of(cell: &Cell, known: &Sums) -> i64 {
    let of = match cell.of {
        Of::Accounts => &known.accounts,
        _ => &known.numbers,
    };
    let classes = cell.classes.iter().map(|class| *class as usize - 1);
    classes.map(|class| of[class]).sum()
}
