//! One line on its way to the orders of an account.

use std::sync::Arc;

use lagrum_model::Period;
use serde_json::value::RawValue;

use super::super::AccessLog;
use super::super::entry::Fields;
use super::super::line::{Account, Whose};
use super::super::rows::{self, RowGroup};
use super::handed_over::HandedOver;
use super::tally::Nobodys;
use crate::dates::{Interval, Position};
use crate::{Counts, Form, RECORD_LIMIT, Record, Review, Sink, SourceError, Wanted, Withheld};

/// How many lines of other people that mention the account are put before a person one by one, for
/// each file; the rest is told by number. A mail log mentions its busiest account in every other line.
pub(super) const MENTIONS_LIMIT: u64 = 20;

/// The places of the account's and the time's field among the names.
pub(super) const ACCOUNT: usize = 0;
pub(super) const TIME: usize = 1;

/// One account, with the orders that name it.
pub(super) struct Watched<'a> {
    pub(super) wanted: Wanted<'a>,
    pub(super) account: Arc<Account<'a>>,
    pub(super) passes: Vec<Pass>,
    /// Lines that are not objects but mention the account: a person looks at them.
    pub(super) unreadable: u64,
    /// The last line that was too long and mentioned the account.
    pub(super) too_long: Option<u64>,
    /// The lines of this file that are not objects and do not mention the account.
    pub(super) nobodys: Nobodys,
}

/// What one order takes of the lines of its account.
pub(super) struct Pass {
    pub(super) order: usize,
    /// The places of its fields among the names.
    pub(super) fields: Vec<usize>,
    pub(super) period: Period,
    pub(super) counts: Counts,
    /// Which of the names occurred in what was handed over.
    pub(super) seen: Vec<bool>,
    /// Lines of others in this file that mention the account, and the last of them.
    pub(super) mentions: (u64, u64),
    /// What was handed over, whatever file it stood in.
    pub(super) handed_over: HandedOver,
}

/// One line, read as far as it can be.
pub(super) struct ReadLine<'l> {
    pub(super) number: u64,
    pub(super) bytes: &'l [u8],
    /// Its fields; none if it is not an object.
    pub(super) fields: Option<Fields<'l>>,
    /// Its instant, or why a person has to look.
    pub(super) dated: Result<Interval, &'static str>,
    pub(super) too_long: bool,
}

/// A line on its way to the orders of one account.
pub(super) struct Delivery<'d> {
    pub(super) log: &'d AccessLog,
    pub(super) names: &'d [String],
    pub(super) shown: &'d str,
    /// The number of the file, from 1.
    pub(super) file: usize,
    pub(super) groups: &'d [RowGroup],
    pub(super) line: &'d ReadLine<'d>,
    /// Whether it is told by the line whose it is.
    pub(super) placed: bool,
    pub(super) sink: &'d mut dyn Sink,
}

impl Delivery<'_> {
    /// Gives the line to the orders of one account, as far as it is theirs or may be.
    pub(super) fn deliver(
        &mut self,
        whose: Option<Whose>,
        watched: &mut Watched<'_>,
    ) -> Result<(), SourceError> {
        let field = &self.log.account_field;
        let why = match (whose, &self.line.fields) {
            (Some(Whose::Theirs), _) => return self.theirs(watched),
            (Some(Whose::Alike), _) => {
                format!("the field `{field}` holds what is like the account's name and is not it")
            }
            // Most lines name nobody: of those that mention the account the first are enough.
            (Some(Whose::Nobody), _) if self.log.format.is_of_many() => {
                return self.mention(watched, "nobody");
            }
            (Some(Whose::Nobody), _) => {
                format!("the line mentions the account, and its field `{field}` names nobody")
            }
            (Some(Whose::NoName), _) => format!(
                "the line mentions the account, and its field `{field}` is neither text nor a number"
            ),
            (Some(Whose::Another), _) => {
                return self.mention(watched, "another");
            }
            (None, Some(_)) => {
                "the line may be about the account, and a field that is read occurs twice in it"
                    .into()
            }
            (None, None) => {
                watched.unreadable += u64::from(!self.placed);
                let why = match self.line.too_long {
                    true => "the line mentions the account, and is longer than 16 MiB",
                    false => {
                        let noun = self.log.format.noun().0;
                        &format!("the line mentions the account, but is not {noun}")
                    }
                };
                why.to_owned()
            }
        };
        for pass in &mut watched.passes {
            if self.may_lie_in(pass.period) {
                self.review(pass, &why)?;
            }
        }
        Ok(())
    }

    /// Whether the line may lie in `period`: what is certain to lie outside concerns nobody.
    pub(super) fn may_lie_in(&self, period: Period) -> bool {
        let twice = self.line.fields.as_ref().is_some_and(|fields| fields.twice);
        let outside = |dated: Interval| dated.position(&period) == Position::Outside;
        twice || self.line.dated.map_or(true, |dated| !outside(dated))
    }

    /// A line of somebody else that mentions the account. The first are put before a person one by
    /// one.
    pub(super) fn mention(
        &mut self,
        watched: &mut Watched<'_>,
        whom: &str,
    ) -> Result<(), SourceError> {
        for pass in &mut watched.passes {
            if !self.may_lie_in(pass.period) {
                continue;
            }
            pass.mentions = (pass.mentions.0 + 1, self.line.number);
            if pass.mentions.0 <= MENTIONS_LIMIT {
                let why = format!(
                    "the line mentions the account, and its field `{}` names {whom}",
                    self.log.account_field
                );
                self.review(pass, &why)?;
            }
        }
        Ok(())
    }

    pub(super) fn theirs(&mut self, watched: &mut Watched<'_>) -> Result<(), SourceError> {
        let Some(Fields { values, .. }) = &self.line.fields else {
            return Ok(());
        };
        for pass in &mut watched.passes {
            let dated = match self.line.dated {
                Ok(dated) => match dated.position(&pass.period) {
                    Position::Inside => dated.earliest(),
                    Position::Outside => continue,
                    Position::Unclear => {
                        let why = "the time of the line names no zone, and its clock went back then: only one of the two instants that it may be lies in the period";
                        self.review(pass, why)?;
                        continue;
                    }
                },
                Err(why) => {
                    self.review(pass, why)?;
                    continue;
                }
            };
            let places = pass.fields.iter().copied();
            let fields: Vec<(&str, &RawValue)> = places
                .filter_map(|place| Some((self.names[place].as_str(), values[place].as_deref()?)))
                .collect();
            let weight: usize = fields.iter().map(|(_, value)| value.get().len()).sum();
            if weight > RECORD_LIMIT {
                let why = format!(
                    "the fields to hand over hold {weight} bytes, and 4 MiB is the most that a row may hold"
                );
                self.review(pass, &why)?;
                continue;
            }
            let locator = self.locator();
            let record = Record {
                source: &self.log.about.id,
                locator: &locator,
                dated: Some(dated),
                fields: &fields,
            };
            self.sink.record(pass.order, &record)?;
            pass.counts.selected += 1;
            let again = pass.handed_over.line(self.file, self.line.bytes);
            pass.counts.repeated += u64::from(again);
            for (seen, value) in pass.seen.iter_mut().zip(values) {
                *seen |= value.is_some();
            }
        }
        Ok(())
    }

    pub(super) fn locator(&self) -> String {
        rows::place(self.shown, self.groups, self.line.number)
    }

    /// A person decides about the line.
    pub(super) fn review(&mut self, pass: &mut Pass, why: &str) -> Result<(), SourceError> {
        let fields = self.line.fields.as_ref();
        let time = fields.and_then(|fields| fields.values[TIME].as_deref());
        let raw_date = time.map(|time| {
            let text = serde_json::from_str::<String>(time.get());
            let text = text.unwrap_or_else(|_| time.get().to_owned());
            text.chars().take(200).collect::<String>()
        });
        let locator = self.locator();
        let review = Review {
            raw_date: raw_date.as_deref(),
            ..Review::of(&self.log.about.id, &locator, why)
        };
        let mut bytes = self.line.bytes;
        let withheld = (!self.line.too_long).then_some(Withheld {
            form: Form::Object {
                name: match self.log.format.is_json() {
                    true => "line.json",
                    false => "line.txt",
                },
                media_type: None,
            },
            length: bytes.len() as u64,
            content: &mut bytes,
        });
        self.sink.for_review(pass.order, &review, withheld)?;
        pass.counts.for_review += 1;
        Ok(())
    }
}
