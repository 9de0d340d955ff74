use std::collections::HashSet;
use std::io::{self, BufWriter, Read};

use lagrum_mandate::{Order, Orders};
use lagrum_model::{DateRule, Sha256Digest};
use lagrum_package::check::{HEADER_LIMIT, SecondReader, date_as_it_stands};
use lagrum_package::layout::{ManifestLine, RecordLine};
use lagrum_source::{Form, Item, LiesIn, Record, Review, Sink, SinkError, Withheld};

use crate::append::{cut_short, write_line};
use crate::put_aside::{PutAside, kind_of};
use crate::spool::{RecordFile, RecordKey, Spool, Traced};

/// Where the results of one search go, and how many there were for each of its orders.
pub struct SearchSink<'s> {
    spool: &'s mut Spool,
    orders: &'s Orders<'s>,
    lies_in: &'s LiesIn,
    date_rule: DateRule,
    taken: Vec<Taken>,
    /// Room for the beginning of a message, from one to the next.
    beginning: Vec<u8>,
}

/// What a spool took for one order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Messages, objects and rows put into the package.
    pub produced: u64,
    /// Put aside for counsel.
    pub for_review: u64,
}

impl Spool {
    /// Where the results of a search for `orders` go. Where less than a category is ordered, only what
    /// certainly lies in what is ordered goes on: `lies_in` tells. `date_rule` is the source's.
    pub fn sink<'s>(
        &'s mut self,
        orders: &'s Orders<'s>,
        lies_in: &'s LiesIn,
        date_rule: DateRule,
    ) -> SearchSink<'s> {
        SearchSink {
            spool: self,
            orders,
            lies_in,
            date_rule,
            taken: vec![Taken::default(); orders.len()],
            beginning: Vec::new(),
        }
    }
}

impl<'s> SearchSink<'s> {
    /// What was taken for each order, in their order.
    #[must_use]
    pub fn taken(&self) -> &[Taken] {
        &self.taken
    }

    fn order(&self, place: usize) -> Result<Order<'s>, SinkError> {
        let order = self.orders.get(place);
        order.ok_or_else(|| io::Error::other("a result for an order that nobody gave").into())
    }

    /// Whether things of the source may leave whole on an order.
    fn whole(&self, order: Order<'_>) -> bool {
        let things = &self.lies_in.things;
        order.is_whole() || things.iter().any(|one| order.covers(Some(*one)))
    }

    /// Puts something aside, with a copy of its bytes where there are any.
    fn put_aside(
        &mut self,
        place: usize,
        review: &Review<'_>,
        withheld: Option<Withheld<'_>>,
    ) -> Result<(), SinkError> {
        let order = self.order(place)?;
        // A line holds more than the fields that are ordered: of it no copy is kept that could leave.
        let withheld = withheld.filter(|_| self.whole(order));
        put_aside(self.spool, order, review, withheld)?;
        self.taken[place].for_review += 1;
        Ok(())
    }
}

impl Sink for SearchSink<'_> {
    fn item(
        &mut self,
        place: usize,
        item: &Item<'_>,
        content: &mut dyn Read,
    ) -> Result<(), SinkError> {
        let order = self.order(place)?;
        if !self.whole(order) {
            return Err(io::Error::other("a thing of which less is ordered than it holds").into());
        }
        let (identifier, category) = (order.identifier().clone(), order.category());
        let (period, rule, stored) = (order.period(), self.date_rule, item.dated_as_stored);
        let mut beginning = Vec::new();
        if item.form == Form::Message {
            // A second, independent reader must agree on the date before anything is produced.
            let most = HEADER_LIMIT.min(item.length);
            beginning = std::mem::take(&mut self.beginning);
            beginning.resize(usize::try_from(most).unwrap_or_default(), 0);
            fill(&mut beginning, content)?;
            // A short message is here whole: whether another begins in it can be told at once.
            let reader = SecondReader::of(rule, &beginning);
            let opinion = reader.agrees(stored, period).and_then(|()| {
                if item.length > HEADER_LIMIT {
                    return Ok(());
                }
                reader.inner(period).whole(&beginning)
            });
            if let Err(why) = opinion {
                let raw_date = date_as_it_stands(rule, &beginning, stored);
                let mut content = beginning.as_slice().chain(content);
                let (review, withheld) = aside(item, &why, raw_date.as_deref(), &mut content);
                return self.put_aside(place, &review, Some(withheld));
            }
        }
        let (kind, name, media_type) = kind_of(item.form);
        let line = ManifestLine {
            path: self.spool.next_path(item.source, item.form),
            sha256: Sha256Digest([0; 32]),
            length: item.length,
            kind,
            identifier,
            category,
            source: item.source.to_owned(),
            name,
            media_type,
            dated: Some(item.dated),
            dated_as_stored: stored.map(str::to_owned),
            released: None,
        };
        let traced = Traced {
            path: line.path.clone(),
            source: line.source.clone(),
            locator: item.locator.to_owned(),
        };
        if item.form == Form::Message && item.length <= HEADER_LIMIT {
            if content.read(&mut [0])? != 0 {
                return Err(cut_short().into());
            }
            self.spool.append_message(line, &beginning)?;
            write_line(&mut self.spool.trace, &traced)?;
            self.taken[place].produced += 1;
            self.beginning = beginning;
            return Ok(());
        }
        let mut whole = beginning.as_slice().chain(content);
        if item.form == Form::Message {
            let inner = SecondReader::of(rule, &beginning).inner(period);
            let raw_date = date_as_it_stands(rule, &beginning, stored);
            let set_aside = |spool: &mut Spool, why: String, content: &mut dyn Read| {
                let (review, withheld) = aside(item, &why, raw_date.as_deref(), content);
                put_aside(spool, order, &review, Some(withheld))
            };
            if !self
                .spool
                .append_looking(line, &mut whole, inner, set_aside)?
            {
                self.taken[place].for_review += 1;
                return Ok(());
            }
        } else {
            self.spool.append(line, &mut whole)?;
        }
        write_line(&mut self.spool.trace, &traced)?;
        self.taken[place].produced += 1;
        Ok(())
    }

    fn record(&mut self, place: usize, record: &Record<'_>) -> Result<(), SinkError> {
        let order = self.order(place)?;
        let category = order.category();
        let fields = record.fields.iter().copied();
        // Most orders are for all of a category: of these nothing is looked up for each field.
        let whole = order.is_whole();
        let covered =
            |(name, _): &(&str, _)| whole || order.covers(self.lies_in.of_field(category, name));
        let fields: Vec<_> = fields.filter(covered).collect();
        if fields.is_empty() && !record.fields.is_empty() {
            return Ok(());
        }
        let key = RecordKey {
            source: record.source.to_owned(),
            category: order.category(),
            identifier: order.identifier().clone(),
        };
        if !self.spool.records.contains_key(&key) {
            let number = self.spool.record_number();
            let file = RecordFile {
                stem: format!("records/{}-{}-{number:04}", key.source, key.category),
                lines: BufWriter::new(tempfile::tempfile_in(&self.spool.dir)?),
                columns: Vec::new(),
                known: HashSet::new(),
            };
            self.spool.records.insert(key.clone(), file);
        }
        let Some(file) = self.spool.records.get_mut(&key) else {
            return Err(io::Error::other("records").into());
        };
        for (column, _) in &fields {
            if !file.known.contains(*column) {
                file.known.insert((*column).to_owned());
                file.columns.push((*column).to_owned());
            }
        }
        let traced = Traced {
            path: format!("{}.jsonl", file.stem),
            source: key.source,
            locator: record.locator.to_owned(),
        };
        write_line(&mut self.spool.trace, &traced)?;
        let line = RecordLine {
            identifier: key.identifier,
            category: key.category,
            dated: record.dated,
            fields: fields.into_iter().collect(),
        };
        write_line(&mut file.lines, &line)?;
        self.taken[place].produced += 1;
        Ok(())
    }

    fn for_review(
        &mut self,
        place: usize,
        review: &Review<'_>,
        withheld: Option<Withheld<'_>>,
    ) -> Result<(), SinkError> {
        self.put_aside(place, review, withheld)
    }
}

/// Reads as much as there is room for, or all there is.
fn fill(room: &mut Vec<u8>, content: &mut dyn Read) -> io::Result<()> {
    let mut filled = 0;
    while filled < room.len() {
        match content.read(&mut room[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    room.truncate(filled);
    Ok(())
}

/// A message that a second reader puts before a person.
fn aside<'a>(
    item: &'a Item<'_>,
    why: &'a str,
    raw_date: Option<&'a str>,
    content: &'a mut dyn Read,
) -> (Review<'a>, Withheld<'a>) {
    let review = Review {
        raw_date,
        ..Review::of(item.source, item.locator, why)
    };
    let withheld = Withheld {
        form: item.form,
        length: item.length,
        content,
    };
    (review, withheld)
}

/// Adds a line to the review list, and a copy of its bytes where there are any.
fn put_aside(
    spool: &mut Spool,
    order: Order<'_>,
    review: &Review<'_>,
    withheld: Option<Withheld<'_>>,
) -> Result<(), SinkError> {
    spool.aside += 1;
    let (mut name, mut sha256) = (None, None);
    if let Some(withheld) = withheld {
        (_, name, _) = kind_of(withheld.form);
        let (number, length) = (spool.aside, withheld.length);
        sha256 = Some(spool.withheld.add(number, length, withheld.content)?);
    }
    let aside = PutAside {
        identifier: order.identifier().clone(),
        category: order.category(),
        source: review.source.to_owned(),
        locator: review.locator.to_owned(),
        why: review.why.to_owned(),
        raw_date: review.raw_date.map(str::to_owned),
        name,
        sha256,
    };
    Ok(write_line(&mut spool.reviews, &aside)?)
}
