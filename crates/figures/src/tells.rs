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
    let mut accounts: Vec<Vec<Option<usize>>> = Vec::new();
    for (view, counts) in views.iter().zip(&counts) {
        let former = accounts.last().map(Vec::as_slice);
        let own = asked.accounts(book, plan, view, counts, former);
        accounts.push(own);
    }
    let planned = plan.cells(book);
    for (counts, accounts) in counts.iter().zip(&accounts) {
        for cell in &planned {
            let classes = cell.classes.iter().map(|class| *class as usize - 1);
            let sum = match cell.of {
                Of::Accounts => Count {
                    terms: classes.filter_map(|class| accounts[class]).collect(),
                    known: 0,
                },
                _ => asked.sum(classes.map(|class| &counts[class])),
            };
            let width = i64::from(plan.width(cell));
            let value = asked.value(&sum);
            let low = value - value % width;
            let band = Published::band(ones(&sum.terms), low - sum.known, width)?;
            asked.published.push(band);
        }
    }
    let (mut cells, mut names) = (Vec::new(), Vec::new());
    for (counts, accounts) in counts.iter().zip(&accounts) {
        for (at, class) in book.classes().iter().enumerate() {
            let width = i64::from(match class {
                Class::Pending | Class::Other => plan.band.max(plan.sealed),
                Class::Answered { .. } => plan.band,
            }) - 1;
            // How many waited is told by what was answered since, whatever else is: half a band has to be left.
            let width = match class {
                Class::Pending if views.len() > 1 => width / 2,
                _ => width,
            };
            // There are no more demands than cards.
            let count = width.min(i64::from(cards));
            if count < 1 {
                continue;
            }
            let terms = ones(&counts[at].terms);
            cells.push(Protected {
                terms,
                width: count,
            });
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
                let corrected = corrected(view, at);
                let number = self.count(now[at] - before[at] - corrected);
                count.terms.push(number);
                count.known += corrected;
                added.push(number);
            }
            // What is answered now waited in each view before, but for what is said to wait again.
            if let Some(pending) = pending {
                let again = corrected(view, pending);
                for former in &mut all {
                    former[pending].terms.extend(&added);
                    former[pending].known -= again;
                }
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
        // Nothing is counted less than never.
        for count in all.iter().flatten().filter(|count| count.known < 0) {
            let least = Published::at_least(ones(&count.terms), -count.known);
            self.hidden.holds(least);
        }
        all
    }

    /// What a view counts otherwise was counted so before.
    fn corrects(&mut self, view: &View<'_>, former: &[Count]) {
        for (at, count) in former.iter().enumerate() {
            let of = |one: &&Correction| one.from as usize == at + 1;
            let from = view.corrections.iter().filter(of);
            let least: i64 = from.map(|one| i64::from(one.count)).sum();
            if least > 0 {
                let known = Published::at_least(ones(&count.terms), least - count.known);
                self.hidden.holds(known);
            }
        }
    }

    /// The accounts of each class of a view. Of what was produced each case has one at least; of what was not, none.
    fn accounts(
        &mut self,
        book: &CodeBook,
        plan: &Plan,
        view: &View<'_>,
        counts: &[Count],
        former: Option<&[Option<usize>]>,
    ) -> Vec<Option<usize>> {
        let most = i64::from(plan.accounts) - 1;
        let truth = sums(book, view);
        let each = book.classes().iter().zip(counts).zip(truth);
        let each = each.enumerate();
        each.map(|(at, ((class, count), truth))| {
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
            // What was counted before keeps its accounts, so that what is new has the rest.
            let is_corrected = view
                .corrections
                .iter()
                .any(|one| [one.from, one.to].contains(&(at as u32 + 1)));
            let before = former
                .and_then(|former| former[at])
                .filter(|_| !is_corrected);
            if let (Some(before), Some(added)) = (before, count.terms.last()) {
                let new = |each: i64| vec![(accounts, 1), (before, -1), (*added, -each)];
                self.hidden.holds(Published::at_least(new(least), 0));
                self.hidden.holds(Published::at_most(new(most), 0));
            }
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
