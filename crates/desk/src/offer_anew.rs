//! What lies with an agent may be lost: the directory that desk and agent share was on a disk that is
//! gone, or was made anew. Then what its agent has not answered is left for it again.
//!
//! The wire remembers that this desk was there. Where it does not, every open case is read; else nothing
//! is. An agent that carried a mandate out and is offered it again does not do so twice: its ledger knows
//! it, and it sends the answer that was lost.

use jiff::Timestamp;
use lagrum_mandate::answer::heard_recall;
use lagrum_model::{Case, CaseId, EventKind, MandateRecord, Region};
use lagrum_store::{CaseFilter, Order, Page};
use lagrum_transport::{Stem, TransportError};

use crate::lapse::dead;
use crate::sequencer::{ForAgent, Held, Next, recorded_inquiry, recorded_mandate};
use crate::{Desk, News, SettleError};

/// How many cases are listed at once.
const PAGE: u32 = 500;

/// A mandate, or a question of which accounts there are, that its agent has not answered.
struct Open {
    id: CaseId,
    region: Region,
    stem: Stem,
    what: ForAgent,
    /// The note that recalls it.
    recall: Option<String>,
}

impl Desk {
    /// Leaves every mandate that is open at `at` (UTC) again for the agents whose wire does not know this
    /// desk, with the notes that recall some of them, and has the wire remember the desk. Cut off anywhere,
    /// the next time does all of it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn offer_anew(&self, at: Timestamp) -> Result<Vec<News>, SettleError> {
        let mut news = Vec::new();
        let not_reached = |region: &Region, why: TransportError| News::NotReached {
            region: region.clone(),
            why: why.to_string(),
        };
        let mut anew = Vec::new();
        for agent in &self.inner.config.agents {
            match self.inner.transport.is_remembered(&agent.region) {
                Ok(true) => {}
                Ok(false) => anew.push(&agent.region),
                Err(why) => news.push(not_reached(&agent.region, why)),
            }
        }
        if anew.is_empty() {
            return Ok(news);
        }
        let (open, damaged) = self.open_mandates(&anew, at)?;
        let whole = damaged.is_empty();
        news.extend(damaged);
        for region in anew {
            let of_region = open.iter().filter(|one| one.region == *region);
            let mut offered = 0;
            let (mut left, mut looked_at) = (Ok(()), None);
            for one in of_region {
                match self.leave_again(one, &mut looked_at) {
                    Ok(true) => offered += 1,
                    Ok(false) => {}
                    Err(Held::Region(_, why)) => {
                        left = Err(why);
                        break;
                    }
                    Err(held) => news.push(held.told(&one.id)?),
                }
            }
            if offered > 0 {
                news.push(News::OfferedAnew {
                    region: region.clone(),
                    mandates: offered,
                });
            }
            // What could not be read may have been lost, too: the next time looks again.
            let remembered = match left {
                Ok(()) if whole => self.inner.transport.remember(region),
                other => other,
            };
            if let Err(why) = remembered {
                news.push(not_reached(region, why));
            }
        }
        Ok(news)
    }

    /// The mandates that went to these regions and are open, and the cases that cannot be read.
    fn open_mandates(
        &self,
        regions: &[&Region],
        at: Timestamp,
    ) -> Result<(Vec<Open>, Vec<News>), SettleError> {
        let filter = CaseFilter {
            open: Some(true),
            ..CaseFilter::default()
        };
        let (mut open, mut damaged) = (Vec::new(), Vec::new());
        for number in 1.. {
            let page = Page::number(number, PAGE);
            let listed = self.inner.store.list(&filter, Order::Number, page)?;
            for summary in &listed.items {
                let id = &summary.case;
                let held = match self.record(id) {
                    Ok(read) => {
                        let mut recalls = std::collections::BTreeMap::new();
                        for event in read.events {
                            if let EventKind::MandateRecalled { mandate, note } = event.what {
                                recalls.insert(mandate, note);
                            }
                        }
                        let mandates = read.case.mandates.iter();
                        let unanswered = mandates.filter(|(_, one)| is_open(&read.case, one));
                        let found = unanswered.map(|(digest, record)| {
                            let over = dead(record, at)?.is_some();
                            let mandate = recorded_mandate(&record.text)?;
                            let here = !over && regions.contains(&&mandate.region);
                            Ok(here.then(|| Open {
                                id: id.clone(),
                                stem: Stem::of(&mandate),
                                what: ForAgent::of(digest, &mandate, None),
                                region: mandate.region,
                                recall: recalls.remove(digest),
                            }))
                        });
                        let asked = read.case.inquiries.iter();
                        let asked = asked.filter(|(_, one)| one.told.is_none());
                        let asked = asked.map(|(digest, record)| {
                            let inquiry = recorded_inquiry(&record.note)?;
                            let over = inquiry.over_at() <= at;
                            let here = !over && regions.contains(&&inquiry.region);
                            Ok(here.then(|| Open {
                                id: id.clone(),
                                stem: Stem::new(id, &inquiry.nonce),
                                what: ForAgent::of_inquiry(digest, &inquiry),
                                region: inquiry.region,
                                recall: None,
                            }))
                        });
                        let found = found.chain(asked);
                        let found: Result<Vec<_>, crate::CommandError> = found.collect();
                        found.map(|found| open.extend(found.into_iter().flatten()))
                    }
                    Err(error) => Err(error),
                };
                if let Err(error) = held {
                    damaged.push(Held::from(error).told(id)?);
                }
            }
            if listed.items.len() < PAGE as usize {
                break;
            }
        }
        Ok((open, damaged))
    }

    /// Leaves a mandate again, with its recall before it. Says whether it was not there.
    fn leave_again(
        &self,
        one: &Open,
        looked_at: &mut Option<(CaseId, Case)>,
    ) -> Result<bool, Held> {
        let (stem, region) = (&one.stem, &one.region);
        let transport = &self.inner.transport;
        let not_reached = |error: TransportError| Held::Region(region.clone(), error);
        let was_there = transport.is_offered(region, stem).map_err(not_reached)?;
        if let Some(note) = &one.recall {
            transport
                .leave_recall(region, stem, note)
                .map_err(not_reached)?;
        }
        match self.offer(&one.id, &one.what, stem.clone(), looked_at)? {
            Next::Send(offer) => {
                transport.offer(region, &offer).map_err(not_reached)?;
                Ok(!was_there)
            }
            Next::Drop | Next::Later => Ok(false),
        }
    }
}

/// Whether an agent has it and may still carry it out, and has not answered that it never does; or keeps a copy under
/// it, and somebody recalled it.
fn is_open(case: &Case, record: &MandateRecord) -> bool {
    let out = record.is_out() && !case.is_barred(record) && !heard_recall(record);
    out || record.recalled && record.keeps()
}

#[cfg(test)]
mod tests;
