//! Mail that comes message by message, from a server or a program: judged and handed over by the same code
//! as a message in a file.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

use lagrum_mandate::Orders;
use lagrum_model::{Category, EmailAddress, Period};

use crate::header::Block;
use crate::mail::{Delivery, Judge};
use crate::{Counts, MailDate, Run, SearchResult, Sink, SourceError, one_file};

/// Said where the agent's own directory fails.
fn scratch(id: &str, error: io::Error) -> SourceError {
    SourceError::io(id, "the agent's scratch directory", error)
}

/// The messages of one account on their way to one order.
pub struct Handed<'a> {
    judge: Judge<'a>,
    delivery: Delivery<'a>,
    header: Block,
    file: File,
    length: u64,
    stored: Option<String>,
}

impl<'a> Handed<'a> {
    /// Nothing yet, for the order at `place` among those that are searched for. `id` is the source's; `date`
    /// decides.
    ///
    /// # Errors
    /// When the scratch directory cannot be written.
    pub fn new(
        id: &'a str,
        place: usize,
        period: &'a Period,
        date: MailDate,
        run: Run<'a>,
        sink: &'a mut dyn Sink,
    ) -> Result<Self, SourceError> {
        let judge = Judge {
            order: place,
            period,
            date,
            stored: None,
            run,
        };
        Ok(Self {
            judge,
            delivery: Delivery::new(id, judge, sink),
            header: Block::default(),
            file: run.scratch.file().map_err(|e| scratch(id, e))?,
            length: 0,
            stored: None,
        })
    }

    /// The next message begins, if the search may go on.
    ///
    /// # Errors
    /// [`SourceError::Cancelled`]; when the scratch directory cannot be written.
    pub fn begin(&mut self) -> Result<(), SourceError> {
        self.delivery.examine()?;
        self.stored = None;
        self.again()
    }

    /// What came of the message so far is dropped: it comes again from its beginning.
    ///
    /// # Errors
    /// When the scratch directory cannot be written.
    pub fn again(&mut self) -> Result<(), SourceError> {
        self.length = 0;
        self.file
            .set_len(0)
            .map_err(|e| scratch(self.delivery.id, e))
    }

    /// What the store says of its date beside the message that began, as it writes it. Gives whether that
    /// already places it outside the order, so that nothing of it need be read.
    pub fn dated(&mut self, stored: Option<&str>) -> bool {
        self.stored = stored.map(str::to_owned);
        self.judge.of(stored).stored_out()
    }

    /// The next bytes of it.
    ///
    /// # Errors
    /// When the scratch directory cannot be written.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), SourceError> {
        self.file
            .write_all_at(bytes, self.length)
            .map_err(|e| scratch(self.delivery.id, e))?;
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// How many bytes of it came so far.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// It is whole, and lies at `locator` in the store: it is judged, and handed over if it belongs to the order.
    ///
    /// # Errors
    /// When the sink does not take it.
    pub fn end(&mut self, locator: &str) -> Result<(), SourceError> {
        let (delivery, header) = (&mut self.delivery, &mut self.header);
        one_file::deliver(
            delivery,
            self.judge.of(self.stored.as_deref()),
            header,
            &self.file,
            self.length,
            locator,
        )
    }

    /// Something of which nothing was read, for a person.
    ///
    /// # Errors
    /// When the sink does not take it.
    pub fn unread(&mut self, locator: &str, why: &str) -> Result<(), SourceError> {
        self.delivery.unread(locator, why)
    }

    /// What was seen.
    #[must_use]
    pub fn counts(self) -> Counts {
        self.delivery.counts
    }
}

/// Carries out the orders for content one after the other: `search` says what an account holds, or that it is not
/// there. `id` is the source's.
///
/// # Errors
/// [`SourceError::Cancelled`]; whatever `search` fails with.
pub fn each_order(
    id: &str,
    orders: &Orders<'_>,
    run: Run<'_>,
    mut search: impl FnMut(&EmailAddress, usize, &Period) -> Result<Option<Counts>, SourceError>,
) -> Result<Vec<SearchResult>, SourceError> {
    let mut results = Vec::new();
    for (place, order) in orders.iter().enumerate() {
        run.go_on(id)?;
        if order.category() != Category::Content {
            results.push(SearchResult::NO_SUCH_CATEGORY);
            continue;
        }
        results.push(match run.accounts.account(order.identifier()) {
            Ok(account) => search(account, place, &order.period())?
                .map_or(SearchResult::UnknownAccount, SearchResult::Searched),
            Err(why) => why.into(),
        });
    }
    Ok(results)
}
