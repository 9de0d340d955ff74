//! Handing over from the vault: what was frozen of an account is one more place in which a mandate to hand over
//! finds what it orders. Each thing is judged anew against that mandate, by the code that judges what stores hold.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use lagrum_durable::FileError;
use lagrum_mandate::{Cleared, Order, Orders};
use lagrum_model::{Act, Covered, DateRule, Gap};
use lagrum_package::layout::{ItemKind, ManifestLine};
use lagrum_package::{FROZEN, Search, SearchOutcome};
use lagrum_production::{
    Known, ProductionError, PutAside, SearchSink, Spool, Thawed, read_withheld,
};
use lagrum_source::{About, Form, Item, LiesIn, Record, Review, Run, Sink, SourceError, Withheld};
use lagrum_sources::{Handed, MailDate};
use lagrum_transport::Stem;

use crate::carry_out::limited;
use crate::ledger::Copy;
use crate::vault::was_searched;
use crate::{Agent, AgentError, Progress};

/// Why the search of a copy ended.
enum Ended {
    Production(ProductionError),
    Agent(AgentError),
}

impl From<ProductionError> for Ended {
    fn from(error: ProductionError) -> Self {
        Self::Production(error)
    }
}
impl From<AgentError> for Ended {
    fn from(error: AgentError) -> Self {
        Self::Agent(error)
    }
}
impl From<SourceError> for Ended {
    fn from(error: SourceError) -> Self {
        Self::Agent(error.into())
    }
}
impl From<Ended> for AgentError {
    fn from(ended: Ended) -> Self {
        match ended {
            Ended::Production(error) => Self::Vault(error.to_string()),
            Ended::Agent(error) => error,
        }
    }
}

impl Agent {
    /// Searches what is kept in the vault of the accounts that a mandate to hand over names. What the stores gave
    /// is not taken again.
    pub(crate) fn search_vault(
        &self,
        stem: &Stem,
        cleared: &Cleared,
        run: Run<'_>,
        spool: &mut Spool,
        watch: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Vec<Search>, AgentError> {
        let mut searches = Vec::new();
        if cleared.mandate().act != Act::Disclose {
            return Ok(searches);
        }
        let covers = |copy: &Copy| {
            let frozen = &copy.mandate;
            cleared.orders().any(|order| is_frozen(frozen, &order))
        };
        let copies = self.copies_for(run.now, covers)?;
        if copies.is_empty() {
            return Ok(searches);
        }
        let mut known = spool.known()?;
        let work = self.work_of(&cleared.mandate().nonce.to_string());
        for copy in &copies {
            let thawed = self.thawed(copy, &work)?;
            known.begin_copy();
            for about in self.frozen(&thawed) {
                let ordered = cleared.orders_of(&about.categories);
                let looked_at = |order: &Order<'_>| {
                    is_frozen(&copy.mandate, order)
                        && about.lies_in.serves(order)
                        && thawed.statement.searches.iter().any(|one| {
                            one.source == about.id
                                && one.date_rule == about.date_rule
                                && one.identifier == *order.identifier()
                                && one.category == order.category()
                                && was_searched(&one.outcome)
                        })
                };
                let (orders, _) = ordered.split(looked_at);
                if orders.is_empty() {
                    continue;
                }
                let id = format!("{FROZEN}{}", about.id);
                run.go_on(&id)?;
                watch(Progress::Searching {
                    mandate: stem,
                    source: &id,
                    orders: orders.len(),
                    place: (0, 0),
                });
                let mut sink = spool.sink(&orders, &about.lies_in, about.date_rule);
                let one = Reading {
                    thawed: &thawed,
                    about: &about,
                    id: &id,
                    run,
                };
                self.read_copy(&one, &orders, &mut sink, &mut known)?;
                let taken: Vec<_> = sink.taken().to_vec();
                for (order, taken) in orders.iter().zip(taken) {
                    let then = Then::of(&thawed, &about, &order);
                    searches.push(Search {
                        identifier: order.identifier().clone(),
                        category: order.category(),
                        source: id.clone(),
                        date_rule: about.date_rule,
                        limited: limited(&about, &order),
                        outcome: SearchOutcome::Searched {
                            produced: taken.produced,
                            repeated: 0,
                            for_review: taken.for_review,
                            unreadable: then.unreadable,
                            removed: then.removed,
                            covers: then.covers,
                            gaps: then.gaps,
                            absent: Vec::new(),
                        },
                    });
                }
            }
        }
        Ok(searches)
    }

    /// The sources that were frozen; one in which several dates decided, once for each of them. Of one that is not
    /// configured any more nobody says what its boxes are.
    fn frozen(&self, thawed: &Thawed) -> Vec<About> {
        let mut all: Vec<About> = Vec::new();
        for search in &thawed.statement.searches {
            let same =
                |one: &&mut About| one.id == search.source && one.date_rule == search.date_rule;
            if let Some(known) = all.iter_mut().find(same) {
                if !known.categories.contains(&search.category) {
                    known.categories.push(search.category);
                }
                continue;
            }
            let mut live = self.sources.iter().map(|source| source.about());
            let live = live.find(|about| about.id == search.source);
            all.push(About {
                id: search.source.clone(),
                kind: "vault",
                categories: vec![search.category],
                date_rule: search.date_rule,
                lies_in: live.map_or_else(LiesIn::default, |about| about.lies_in.clone()),
            });
        }
        all
    }

    /// Reads what was frozen of one source: whole files as they were stored, rows, and what was put aside.
    fn read_copy(
        &self,
        one: &Reading<'_>,
        orders: &Orders<'_>,
        sink: &mut SearchSink<'_>,
        known: &mut Known,
    ) -> Result<(), AgentError> {
        let read = one.thawed.items(
            &mut |line: ManifestLine, file: &Path| -> Result<(), Ended> {
                one.run.go_on(one.id)?;
                if line.source != one.about.id {
                    return Ok(());
                }
                let of = |order: &Order<'_>| {
                    *order.identifier() == line.identifier && order.category() == line.category
                };
                let Some(place) = orders.iter().position(|order| of(&order)) else {
                    return Ok(());
                };
                match line.kind {
                    // The same as the rows before it.
                    ItemKind::RecordsCsv => Ok(()),
                    ItemKind::RecordsJson => rows(one, orders, place, file, sink, known),
                    ItemKind::Message | ItemKind::Object
                        if !known.takes(&line.identifier, line.category, &line.sha256) =>
                    {
                        Ok(())
                    }
                    ItemKind::Message => {
                        let content = opened(file)?;
                        let lies = Lies {
                            place,
                            locator: &line.path,
                            stored: line.dated_as_stored.as_deref(),
                        };
                        message(one, orders, &lies, content, sink)
                    }
                    ItemKind::Object => object(one, orders, place, &line, opened(file)?, sink),
                }
            },
        );
        read.map_err(AgentError::from)?;
        self.read_aside(one, orders, sink, known)
            .map_err(AgentError::from)
    }

    /// What only a person could place is judged anew: under another mandate it may be certain.
    fn read_aside(
        &self,
        one: &Reading<'_>,
        orders: &Orders<'_>,
        sink: &mut SearchSink<'_>,
        known: &mut Known,
    ) -> Result<(), Ended> {
        let mut waiting: Vec<(u64, usize, PutAside)> = Vec::new();
        one.thawed
            .put_aside(&mut |number, aside: PutAside| -> Result<(), Ended> {
                let of = |order: &Order<'_>| {
                    *order.identifier() == aside.identifier && order.category() == aside.category
                };
                let place = orders.iter().position(|order| of(&order));
                if let Some(place) = place.filter(|_| aside.source == one.about.id)
                    && known.takes_aside(&aside)
                {
                    waiting.push((number, place, aside));
                }
                Ok(())
            })?;
        // What has no bytes can only be listed.
        let (listed, copied): (Vec<_>, Vec<_>) = waiting
            .into_iter()
            .partition(|(_, _, aside)| aside.sha256.is_none());
        let sunk = |e| Ended::from(SourceError::from(e));
        for (_, place, aside) in &listed {
            let review = review_of(one, aside);
            sink.for_review(*place, &review, None).map_err(sunk)?;
        }
        let (Some(file), false) = (one.thawed.withheld(), copied.is_empty()) else {
            return Ok(());
        };
        let mut failed = None;
        read_withheld(&file, &self.copies_key, &mut |copy| {
            let found = copied.iter().find(|(number, ..)| *number == copy.number);
            let (Some((_, place, aside)), None) = (found, &failed) else {
                return Ok(());
            };
            let result = match &aside.name {
                None => {
                    // What decides beside the message is what it was put aside with.
                    let lies = Lies {
                        place: *place,
                        locator: &aside.locator,
                        stored: aside.raw_date.as_deref(),
                    };
                    message(one, orders, &lies, copy.content, sink)
                }
                Some(name) => {
                    let withheld = Withheld {
                        form: Form::Object {
                            name,
                            media_type: None,
                        },
                        length: copy.length,
                        content: copy.content,
                    };
                    let review = review_of(one, aside);
                    sink.for_review(*place, &review, Some(withheld))
                        .map_err(sunk)
                }
            };
            failed = result.err();
            Ok(())
        })?;
        failed.map_or(Ok(()), Err)
    }
}

/// One source of one copy, while it is read.
struct Reading<'r> {
    thawed: &'r Thawed,
    about: &'r About,
    id: &'r str,
    run: Run<'r>,
}

/// Whether a copy holds data of an order's account and category.
fn is_frozen(frozen: &lagrum_mandate::Mandate, order: &Order<'_>) -> bool {
    frozen.identifiers.contains(order.identifier()) && frozen.categories.contains(&order.category())
}

fn review_of<'a>(one: &'a Reading<'_>, aside: &'a PutAside) -> Review<'a> {
    Review {
        raw_date: aside.raw_date.as_deref(),
        ..Review::of(one.id, &aside.locator, &aside.why)
    }
}

fn opened(file: &Path) -> Result<File, Ended> {
    lagrum_durable::open_plain(file).map_err(|e| Ended::Agent(e.into()))
}

/// What holds of a copy as it held of its source when it was frozen.
#[derive(Default)]
struct Then {
    /// What nobody could read then, nobody can read now.
    unreadable: u64,
    /// What was removed by then.
    removed: u64,
    /// From when to when the entries reached.
    covers: Option<Covered>,
    /// Where there were none, as far as it lies in the ordered period.
    gaps: Vec<Gap>,
}

impl Then {
    fn of(thawed: &Thawed, about: &About, order: &Order<'_>) -> Self {
        let mut searches = thawed.statement.searches.iter();
        let found = searches.find(|one| {
            one.source == about.id
                && one.identifier == *order.identifier()
                && one.category == order.category()
        });
        let Some(SearchOutcome::Searched {
            unreadable,
            removed,
            covers,
            gaps,
            ..
        }) = found.map(|one| &one.outcome)
        else {
            return Self::default();
        };
        let period = order.period();
        Self {
            unreadable: *unreadable,
            removed: *removed,
            covers: *covers,
            gaps: gaps.iter().filter_map(|gap| gap.within(&period)).collect(),
        }
    }
}

/// To which order a message belongs, where it lay, and what its store said of its date beside it.
struct Lies<'l> {
    place: usize,
    locator: &'l str,
    stored: Option<&'l str>,
}

/// A message, judged as one in a store is, and by the date that decided when it was frozen.
fn message(
    one: &Reading<'_>,
    orders: &Orders<'_>,
    lies: &Lies<'_>,
    mut content: impl Read,
    sink: &mut SearchSink<'_>,
) -> Result<(), Ended> {
    let Some(period) = orders.get(lies.place).map(|order| order.period()) else {
        return Ok(());
    };
    let Some(date) = MailDate::of(one.about.date_rule) else {
        let why = "it was frozen by a date that no message has";
        return Err(Ended::Agent(AgentError::Vault(why.into())));
    };
    let mut handed = Handed::new(one.id, lies.place, &period, date, one.run, sink)?;
    handed.begin()?;
    if !date.is_in_the_message() && handed.dated(lies.stored) {
        return Ok(());
    }
    let mut piece = vec![0; 1 << 16];
    loop {
        let read = content.read(&mut piece);
        match read.map_err(FileError::of("read", Path::new(lies.locator))) {
            Ok(0) => break,
            Ok(read) => handed.push(&piece[..read])?,
            Err(error) => return Err(Ended::Agent(error.into())),
        }
    }
    Ok(handed.end(lies.locator)?)
}

/// An object: the instant that its source gave decides again.
fn object(
    one: &Reading<'_>,
    orders: &Orders<'_>,
    place: usize,
    line: &ManifestLine,
    mut content: File,
    sink: &mut SearchSink<'_>,
) -> Result<(), Ended> {
    let period = orders.get(place).map(|order| order.period());
    let (Some(dated), Some(name)) = (line.dated, &line.name) else {
        return Ok(());
    };
    if !period.is_some_and(|period| period.contains(dated)) {
        return Ok(());
    }
    let item = Item {
        source: one.id,
        locator: &line.path,
        form: Form::Object {
            name,
            media_type: line.media_type.as_deref(),
        },
        dated,
        dated_at_latest: dated,
        dated_as_stored: line.dated_as_stored.as_deref(),
        length: line.length,
    };
    let taken = sink.item(place, &item, &mut content);
    taken.map_err(|e| SourceError::from(e).into())
}

/// Rows: their own instant decides again, and a state as it was when it was frozen.
fn rows(
    one: &Reading<'_>,
    orders: &Orders<'_>,
    place: usize,
    file: &Path,
    sink: &mut SearchSink<'_>,
    known: &mut Known,
) -> Result<(), Ended> {
    let Some(period) = orders.get(place).map(|order| order.period()) else {
        return Ok(());
    };
    Thawed::rows(file, &mut |row, bytes| -> Result<(), Ended> {
        one.run.go_on(one.id)?;
        let inside = match row.dated {
            Some(dated) => period.contains(dated),
            None => one.about.date_rule == DateRule::PresentState,
        };
        let sha256 = lagrum_model::Sha256Digest::of(bytes);
        if !inside || !known.takes(&row.identifier, row.category, &sha256) {
            return Ok(());
        }
        let fields: Vec<_> = row.fields.iter().collect();
        let record = Record {
            source: one.id,
            locator: "frozen",
            dated: row.dated,
            fields: &fields,
        };
        let taken = sink.record(place, &record);
        taken.map_err(|e| SourceError::from(e).into())
    })
}
