//! What a report would tell of what it hides: looked for before it is made.

use lagrum_cards::Correction;
use lagrum_inference::{Effort, Hidden, InferenceError, Protected, Published, Seen, System, check};

use crate::{Class, CodeBook, FiguresError, Of, Plan};

/// As what a view counts the cards of its period.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The class of each card, in order; none of a blank one.
    pub classes: &'a [Option<u32>],
    /// The accounts of each.
    pub accounts: &'a [u32],
    /// What it says otherwise than the view before.
    pub corrections: &'a [Correction],
}

/// A sum of hidden numbers, and something that is known: what a class of a view counts.
#[derive(Clone, Debug, Default)]
struct Count {
    terms: Vec<usize>,
    known: i64,
}

/// The classes that could be read out of what is published with the last of these views and everything before it, to
/// fewer values than the plan hides them among: by a reader who knows nothing else. `cards`: how many lie in the period.
/// What could not be found out counts, too.
///
/// An authority knows its own cases and reads more; whoever makes a plan for few authorities takes wider bands.
///
/// # Errors
/// When there is too much to be reckoned with.
pub fn tells(
    book: &CodeBook,
    plan: &Plan,
    cards: u32,
    views: &[View<'_>],
) -> Result<Vec<String>, FiguresError> {
    found(book, plan, cards, views)
        .map_err(|why| FiguresError::Cards(format!("what the report would tell: {why}")))
}

fn found(
    book: &CodeBook,
    plan: &Plan,
    cards: u32,
    views: &[View<'_>],
) -> Result<Vec<String>, InferenceError> {
    let mut asked = Asked::default();
    let counts = asked.counts(book, views);
    let everything = counts
        .first()
        .map(|first| asked.sum(first))
        .unwrap_or_default();
    let all = i64::from(cards) - everything.known;
    asked
        .hidden
        .holds(Published::at_most(ones(&everything.terms), all));
    let mut accounts = Vec::new();
    for (view, counts) in views.iter().zip(&counts) {
        accounts.push(asked.accounts(book, plan, view, counts));
    }
    let mut room = i64::from(cards);
    for (counts, accounts) in counts.iter().zip(&accounts) {
        room = i64::from(cards);
        for cell in plan.cells(book) {
            let classes = cell.classes.iter().map(|class| *class as usize - 1);
            let sum = match cell.of {
                Of::Accounts => Count {
                    terms: classes.filter_map(|class| accounts[class]).collect(),
                    known: 0,
                },
                _ => asked.sum(classes.map(|class| &counts[class])),
            };
            let width = i64::from(plan.width(&cell));
            let value = asked.value(&sum);
            let low = value - value % width;
            if matches!(cell.of, Of::Country(_)) {
                room -= low;
            }
            let band = Published::band(ones(&sum.terms), low - sum.known, width)?;
            asked.published.push(band);
        }
    }
    let (mut cells, mut names) = (Vec::new(), Vec::new());
    for (counts, accounts) in counts.iter().zip(&accounts) {
        for (at, class) in book.classes().iter().enumerate() {
            let width = match class {
                Class::Pending | Class::Other => plan.band.max(plan.sealed),
                Class::Answered { .. } => plan.band,
            };
            // More than what is left of the cards nobody thinks of, whatever is published.
            let width = (i64::from(width) - 1).min(room);
            // How many waited is told by what was answered since, whatever else is.
            let waited = *class == Class::Pending && views.len() > 1;
            if width < 1 || waited {
                continue;
            }
            let terms = ones(&counts[at].terms);
            cells.push(Protected { terms, width });
            names.push((class.to_string(), counts[at].known));
            if let Some(accounts) = accounts[at] {
                cells.push(Protected::cell(accounts, width));
                names.push((format!("accounts of {class}"), 0));
            }
        }
    }
    let system = System::new(&asked.hidden, &asked.published)?;
    let seen = check(&system, &asked.truth, &cells, Effort::default())?;
    let told = names
        .iter()
        .zip(seen)
        .filter_map(|((name, known), seen)| match seen {
            Seen::Wide { .. } => None,
            Seen::Narrow { low, high } => {
                Some(format!("{name}: {} to {}", low + known, high + known))
            }
            Seen::Unknown => Some(format!("{name}: not found out")),
        });
    Ok(told.collect())
}

fn ones(terms: &[usize]) -> Vec<(usize, i64)> {
    terms.iter().map(|number| (*number, 1)).collect()
}

/// What is hidden, what it is, and what is published of it.
#[derive(Default)]
struct Asked {
    hidden: Hidden,
    truth: Vec<i64>,
    published: Vec<Published>,
}

impl Asked {
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

    fn value(&self, count: &Count) -> i64 {
        let hidden: i64 = count.terms.iter().map(|number| self.truth[*number]).sum();
        hidden + count.known
    }

    /// What each class of each view counts. What was answered stays, but for what is corrected: so the hidden numbers are
    /// the first view's, what each later view adds to each class, and what waits at last.
    fn counts(&mut self, book: &CodeBook, views: &[View<'_>]) -> Vec<Vec<Count>> {
        let pending = book
            .classes()
            .iter()
            .position(|class| *class == Class::Pending);
        let mut all: Vec<Vec<Count>> = Vec::new();
        let mut before: Vec<i64> = vec![0; book.classes().len()];
        for view in views {
            let now = numbers(book, view);
            let mut counts = all
                .last()
                .cloned()
                .unwrap_or_else(|| vec![Count::default(); now.len()]);
            let mut added = Vec::new();
            for (at, count) in counts.iter_mut().enumerate() {
                if Some(at) == pending {
                    continue;
                }
                let corrected = corrected(view, at);
                let number = self.count(now[at] - before[at] - corrected);
                count.terms.push(number);
                count.known += corrected;
                added.push(number);
            }
            // What is answered now waited in each view before.
            if let Some(pending) = pending {
                let former = all.iter_mut();
                former.for_each(|counts| counts[pending].terms.extend(&added));
                counts[pending] = Count::default();
            }
            all.push(counts);
            before = now;
        }
        if let Some(pending) = pending {
            let waits = self.count(before[pending]);
            let each = all.iter_mut();
            each.for_each(|counts| counts[pending].terms.push(waits));
        }
        all
    }

    /// The accounts of each class of a view. Of what was produced each case has one at least; of what was not, none.
    fn accounts(
        &mut self,
        book: &CodeBook,
        plan: &Plan,
        view: &View<'_>,
        counts: &[Count],
    ) -> Vec<Option<usize>> {
        let most = i64::from(plan.accounts) - 1;
        let truth = sums(book, view);
        let each = book.classes().iter().zip(counts).zip(truth);
        each.map(|((class, count), truth)| {
            let least = match class {
                Class::Other => 0,
                class if class.is_produced() => 1,
                _ => return None,
            };
            self.truth.push(truth);
            let accounts = self.hidden.between(0, None);
            let of = |each: i64| {
                let counts = count.terms.iter().map(|number| (*number, -each));
                counts.chain([(accounts, 1)]).collect()
            };
            self.hidden
                .holds(Published::at_least(of(least), least * count.known));
            self.hidden
                .holds(Published::at_most(of(most), most * count.known));
            Some(accounts)
        })
        .collect()
    }
}

/// How many cards of a view are in each class.
fn numbers(book: &CodeBook, view: &View<'_>) -> Vec<i64> {
    let mut numbers = vec![0; book.classes().len()];
    for class in view.classes.iter().flatten() {
        numbers[*class as usize - 1] += 1;
    }
    numbers
}

/// How many accounts they have.
fn sums(book: &CodeBook, view: &View<'_>) -> Vec<i64> {
    let mut sums = vec![0; book.classes().len()];
    for (class, accounts) in view.classes.iter().zip(view.accounts) {
        if let Some(class) = class {
            sums[*class as usize - 1] += i64::from(*accounts);
        }
    }
    sums
}

/// By how many a view's corrections change a class, the first with 0.
fn corrected(view: &View<'_>, class: usize) -> i64 {
    let is = |number: u32| number as usize == class + 1;
    let change = |one: &Correction| i64::from(is(one.to)) - i64::from(is(one.from));
    let each = view.corrections.iter();
    each.map(|one| i64::from(one.count) * change(one)).sum()
}
