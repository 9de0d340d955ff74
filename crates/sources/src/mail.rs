//! What all mail sources share: the verdict over one message, and what follows from it.

use std::io::Read;

use lagrum_model::Period;
use memchr::memchr;

use crate::content;
use crate::dates::{self, Interval, Position, WhyNot};
use crate::header::HeaderTooLong;
use crate::{Counts, Form, Item, MailDate, Review, Run, Sink, SourceError};

/// Where a message stands to an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Certainly in the period.
    In(Interval, Option<String>),
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

impl Verdict {
    /// The date as it stands in the message, as far as a person needs it.
    pub(crate) fn raw_date(&self) -> Option<String> {
        match self {
            Self::In(interval, _) => Some(interval.earliest().to_string()),
            Self::Out => None,
            Self::Review { raw_date, .. } => raw_date.clone(),
        }
    }
}

/// Judges messages by the date that decides, for one order.
#[derive(Clone, Copy)]
pub(crate) struct Judge<'a> {
    /// The place of the order among those that are searched for.
    pub(crate) order: usize,
    /// The period of the order.
    pub(crate) period: &'a Period,
    /// Which date decides.
    pub(crate) date: MailDate,
    /// What the store says beside the message that is judged, as it writes it, if that decides.
    pub(crate) stored: Option<&'a str>,
    /// The run.
    pub(crate) run: Run<'a>,
}

impl Judge<'_> {
    /// The same judge over a message beside which the store says this, which goes no further unless it decides.
    pub(crate) fn of<'b>(&'b self, stored: Option<&'b str>) -> Judge<'b> {
        Judge {
            stored: stored.filter(|_| !self.date.is_in_the_message()),
            ..*self
        }
    }

    /// Whether the store itself says that the message lies outside, whatever is in it: then nothing of it is
    /// read.
    pub(crate) fn stored_out(&self) -> bool {
        !self.date.is_in_the_message() && self.verdict(Ok(&[])) == Verdict::Out
    }

    /// The verdict over the message with this header.
    pub(crate) fn verdict(&self, header: Result<&[u8], HeaderTooLong>) -> Verdict {
        let review = |why: String, header: &[u8]| Verdict::Review {
            why,
            raw_date: dates::raw_by(self.date, header, self.stored),
        };
        let named = self.date.named();
        let header = match header {
            Ok(header) => header,
            Err(_) if !self.date.is_in_the_message() => &[],
            Err(why) => return review(why.to_string(), &[]),
        };
        match dates::established_by(self.date, header, self.stored, self.run.now) {
            Err(WhyNot::Missing)
                if self.date.is_in_the_message()
                    && memchr(b'\n', header).is_none()
                    && memchr(b'\r', header).is_some() =>
            {
                review(RETURNS.into(), header)
            }
            Err(why) => review(why.of(self.date), header),
            Ok(interval) => match interval.position(self.period) {
                Position::Inside => Verdict::In(interval, self.stored.map(str::to_owned)),
                Position::Outside => Verdict::Out,
                Position::Unclear if interval.is_leap_second() => review(
                    format!(
                        "the {named} names a leap second (a second 60), and only a part of it lies in the period: from {} to {}",
                        interval.earliest(),
                        interval.latest()
                    ),
                    header,
                ),
                Position::Unclear => review(
                    format!(
                        "the {named} names no zone with one meaning: the message was dated between {} and {}, and only a part of that lies in the period",
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
            Verdict::In(interval, stored) => {
                let item = Item {
                    source: self.id,
                    locator,
                    form: Form::Message,
                    dated: interval.earliest(),
                    dated_at_latest: interval.latest(),
                    dated_as_stored: stored.as_deref(),
                    length,
                };
                content::hand_over(self.sink, self.order, &item, content)?;
                self.counts.selected += 1;
                self.counts.bytes += length;
                Ok(())
            }
            Verdict::Review { why, raw_date } => {
                self.put_aside(locator, why, raw_date.as_deref(), length, content)
            }
        }
    }

    /// Something of which nothing was read: a search that met it is not complete.
    pub(crate) fn unread(&mut self, locator: &str, why: &str) -> Result<(), SourceError> {
        let review = Review::of(self.id, locator, why);
        self.sink.for_review(self.order, &review, None)?;
        self.counts.unread();
        Ok(())
    }

    /// A stored message of `length` bytes for a person to decide.
    pub(crate) fn put_aside(
        &mut self,
        locator: &str,
        why: &str,
        raw_date: Option<&str>,
        length: u64,
        content: &mut dyn Read,
    ) -> Result<(), SourceError> {
        let review = Review {
            raw_date,
            ..Review::of(self.id, locator, why)
        };
        content::put_aside(self.sink, self.order, &review, length, content)?;
        self.counts.for_review += 1;
        Ok(())
    }
}

/// Said of line ends that are not those of mail.
const RETURNS: &str =
    "line ends are carriage returns (CR) alone, so the message has no header that can be read";

/// Said of a link.
pub(crate) const LINK: &str =
    "a symbolic link stands here; links are not followed, so what it leads to was not searched";
