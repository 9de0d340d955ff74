//! What a reader could tell who knows nothing but what is published.

use lagrum_inference::{Effort, InferenceError, Protected, Seen, check};

use super::pool::Pool;
use super::told::{Told, Who};
use super::world::{World, ones};
use super::{Asked, Sums};
use crate::Class;

impl Asked<'_> {
    /// The classes that a reader could pin, and the solutions by which they were looked for.
    pub(super) fn by_a_reader(&self) -> Result<(Vec<Told>, Pool), InferenceError> {
        let period = self.period;
        let nothing: Vec<Sums> = self.all.iter().map(|all| all.without(all)).collect();
        let cards = i64::from(period.cards);
        let both = (&self.all[..], &nothing[..]);
        let world = World::new(period.book, self.plan, self.cells, Some(cards), both)?;
        let (mut protected, mut names) = (Vec::new(), Vec::new());
        for (view, (counts, accounts)) in world.counts.iter().zip(&world.accounts).enumerate() {
            for (at, class) in period.book.classes().iter().enumerate() {
                let width = self.values(class) - 1;
                // There are no more demands than cards.
                let count = width.min(cards);
                if count < 1 {
                    continue;
                }
                let terms = ones(&counts[at].terms);
                protected.push(Protected {
                    terms,
                    width: count,
                });
                let sealed = matches!(class, Class::Pending | Class::Other);
                names.push((view, class.to_string(), counts[at].known, sealed));
                if let Some(accounts) = accounts[at] {
                    protected.push(Protected::cell(accounts, width));
                    names.push((view, format!("accounts of {class}"), 0, sealed));
                }
            }
        }
        let seen = check(
            &world.system()?,
            &world.truth,
            &protected,
            Effort::default(),
        )?;
        let mut pool = Pool::new(world.truth);
        for seen in &seen {
            if let Seen::Wide { lower, upper } = seen {
                pool.put(lower.clone());
                pool.put(upper.clone());
            }
        }
        let told = names.into_iter().zip(seen).filter_map(|(name, seen)| {
            let (view, what, known, sealed) = name;
            let between = match seen {
                Seen::Wide { .. } => return None,
                Seen::Narrow { low, high } => Some((low + known, high + known)),
                Seen::Unknown => None,
            };
            Some(Told {
                who: Who::Reader,
                view: view as u64 + 1,
                what,
                between,
                sealed,
            })
        });
        Ok((told.collect(), pool))
    }
}
