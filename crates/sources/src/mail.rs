//! What all mail sources share: the verdict over one message, and what follows from it.

use std::io::Read;

use lagrum_model::Period;

use crate::content;
use crate::dates::{self, Interval, Position};
use crate::header::Block;
use crate::{Counts, Form, Item, Review, Run, Sink, SourceError};

/// Where a message stands to an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Certainly in the period.
    In(Interval),
    /// Certainly outside.
    Out,
    /// Only a person can tell.
    Review {
        /// Why, in one sentence.
        why: String,
        /// The date as it stands there.
        raw_date: Option<String>,
    },
}

/// Judges messages by their headers, for one order.
#[derive(Clone, Copy)]
pub(crate) struct Judge<'a> {
    /// The place of the order among those that are searched for.
    pub(crate) order: usize,
    /// The period of the order.
    pub(crate) period: &'a Period,
    /// The run.
    pub(crate) run: Run<'a>,
}

impl Judge<'_> {
    /// The verdict over the message with this header.
    pub(crate) fn verdict(&self, header: &Block) -> Verdict {
        let review = |why: String, header: &[u8]| Verdict::Review {
            why,
            raw_date: dates::raw(header),
        };
        let header = match header.bytes() {
            Ok(header) => header,
            Err(why) => return review(why.to_string(), &[]),
        };
        match dates::established(header, self.run.now) {
            Err(why) => review(why.to_string(), header),
            Ok(interval) => match interval.position(self.period) {
                Position::Inside => Verdict::In(interval),
                Position::Outside => Verdict::Out,
                Position::Unclear => review(
                    format!(
                        "the Date header field names no zone with one meaning: the message was dated between {} and {}, and only a part of that lies in the period",
                        interval.earliest(),
                        interval.latest()
                    ),
                    header,
                ),
            },
        }
    }
}

/// Carries the results of one search to its sink and counts them.
pub(crate) struct Delivery<'a> {
    /// The source's id.
    pub(crate) id: &'a str,
    order: usize,
    run: Run<'a>,
    /// Takes the results.
    pub(crate) sink: &'a mut dyn Sink,
    /// What was seen so far.
    pub(crate) counts: Counts,
}

impl<'a> Delivery<'a> {
    /// Nothing seen yet.
    pub(crate) fn new(id: &'a str, judge: Judge<'a>, sink: &'a mut dyn Sink) -> Self {
        Self {
            id,
            order: judge.order,
            run: judge.run,
            sink,
            counts: Counts::default(),
        }
    }

    /// One more message is looked at, if the search may go on.
    pub(crate) fn examine(&mut self) -> Result<(), SourceError> {
        self.run.go_on(self.id)?;
        self.counts.examined += 1;
        Ok(())
    }

    /// What a verdict other than [`Verdict::Out`] asks for; `content` gives the `length` bytes of
    /// the message.
    pub(crate) fn message(
        &mut self,
        verdict: &Verdict,
        locator: &str,
        length: u64,
        content: &mut dyn Read,
    ) -> Result<(), SourceError> {
        match verdict {
            Verdict::Out => Ok(()),
            Verdict::In(interval) => {
                let item = Item {
                    source: self.id,
                    locator,
                    form: Form::Message,
                    dated: interval.earliest(),
                    dated_at_latest: interval.latest(),
                    length,
                };
                content::hand_over(self.sink, self.order, &item, content)?;
                self.counts.selected += 1;
                self.counts.bytes += length;
                Ok(())
            }
            Verdict::Review { why, raw_date } => {
                let digest = content::digest(content)
                    .map_err(|error| SourceError::io(self.id, locator, error))?;
                self.review(&Review {
                    source: self.id,
                    locator,
                    why,
                    raw_date: raw_date.as_deref(),
                    sha256: Some(digest),
                })
            }
        }
    }

    /// Something of which nothing was read.
    pub(crate) fn unread(&mut self, locator: &str, why: &str) -> Result<(), SourceError> {
        self.review(&Review {
            source: self.id,
            locator,
            why,
            raw_date: None,
            sha256: None,
        })
    }

    /// Something for a person to decide.
    pub(crate) fn review(&mut self, review: &Review<'_>) -> Result<(), SourceError> {
        self.sink.for_review(self.order, review)?;
        self.counts.for_review += 1;
        Ok(())
    }
}

/// Said of a link.
pub(crate) const LINK: &str =
    "a symbolic link stands here; links are not followed, so what it leads to was not searched";
