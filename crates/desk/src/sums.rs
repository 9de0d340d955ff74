//! Sums over several providers: the desk calls for one, deals a figure of its own report, and fixes whose are added up.

use lagrum_access::Action;
use lagrum_cards::{Call, Dealing, SumSet};
use lagrum_figures::{
    Called, FiguresError, Period, Plan, TrusteeKeys, check, dealing_of, dealing_text, may_be_dealt,
    set_of,
};
use serde::{Deserialize, Serialize};

use crate::{CommandError, Session};

/// The kind of what is kept of a call.
const CALLED: &str = "sum-call";
/// The kind of what is kept of a figure that was dealt.
const DEALT: &str = "sum-dealt";
/// The kind of what is kept of a set.
const FIXED: &str = "sum-set";

/// What a sum is called for.
#[derive(Clone, Debug)]
pub struct SumWanted {
    /// Of which period.
    pub period: Period,
    /// Which figure, by its name in reports.
    pub figure: String,
    /// The last day on which providers deal (UTC).
    pub deal: String,
    /// The last day on which trustees complain (UTC).
    pub complain: String,
    /// How many trustees open the sum.
    pub threshold: usize,
    /// The trustees, in the order in which they count.
    pub trustees: Vec<TrusteeKeys>,
    /// The providers that are asked, by the origins of their logs.
    pub providers: Vec<String>,
}

/// What is kept of a figure that was dealt: to which call, of which view, and as what.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    call: String,
    view: u64,
    text: String,
}

fn fault(why: impl Into<String>) -> CommandError {
    CommandError::Figures(FiguresError::Sum(why.into()))
}

impl Session<'_> {
    /// Calls for a sum, and has the log say so with its next batch: one for each figure and period. Gives the call, and
    /// whether it was made now.
    ///
    /// # Errors
    /// When the person may not, another one was made before, there is no such figure, a deadline is over or before the end of
    /// the period, or it does not keep to the protocol.
    pub fn call_for_sum(&mut self, wanted: SumWanted) -> Result<(Call, bool), CommandError> {
        self.may(Action::PublishReport)?;
        let SumWanted {
            period,
            figure,
            mut providers,
            ..
        } = wanted.clone();
        let (period, figure) = (&period, &figure);
        let last = Period::parse(&wanted.deal)?.seconds().1;
        Period::parse(&wanted.complain)?;
        if last <= period.seconds().1 || self.seconds() >= last {
            return Err(fault(
                "the last day to deal has to be to come, and behind the period",
            ));
        }
        let key = format!("{period}/{figure}");
        let book = match self.kept_plan(&period.to_string())? {
            Some((book, _)) => book,
            None => self.code_book()?,
        };
        // Every figure that some plan can have.
        let every = Plan {
            band: 1,
            sealed: 1,
            ..Plan::default()
        };
        let cells = every.cells(&book);
        let cell = cells.iter().find(|cell| cell.name() == *figure);
        let cell = cell.ok_or_else(|| fault(format!("no report has a figure `{figure}`")))?;
        providers.sort_unstable();
        let call = Call {
            log: self.desk.log_key()?.name().to_owned(),
            name: figure.clone(),
            period: period.to_string(),
            code_book: book.digest(),
            sum: cell.sum()?,
            deal: wanted.deal,
            complain: wanted.complain,
            threshold: wanted.threshold,
            trustees: wanted.trustees.iter().map(|one| one.share).collect(),
            signers: wanted
                .trustees
                .iter()
                .map(|one| one.signer.to_string())
                .collect(),
            providers,
        };
        let text = call.to_text().map_err(|e| fault(e.to_string()))?;
        if let Some(before) = self.shelved_bytes(CALLED, &key)? {
            return match before == text.as_bytes() {
                true => Ok((call, false)),
                false => Err(fault(
                    "another call for this figure and period was made before",
                )),
            };
        }
        if Called::find(&self.desk.log_reader()?, period, figure)?.is_some() {
            return Err(fault(
                "the log holds a call for this figure and period already, and this database does not: it is older than the log",
            ));
        }
        let store = &self.desk.inner.store;
        let bytes = text.as_bytes();
        match store.put_report(CALLED, key.as_bytes(), bytes, &text, self.random)? {
            true => Ok((call, true)),
            false => Err(CommandError::Store(
                lagrum_store::StoreError::ChangedMeanwhile,
            )),
        }
    }

    /// Deals the figure of the newest view of this desk's own report to the call, and has the log say so with its next batch:
    /// once for each figure and period. Gives the view, and whether it was dealt now.
    ///
    /// Whether it is dealt depends on nothing that is secret.
    ///
    /// # Errors
    /// When the person may not; when there is no report, the log does not hold it, or it does not let this figure be dealt; when
    /// the last day is over; when the figure was dealt to another call.
    pub fn deal_to_sum(
        &mut self,
        called: &Called,
        period: &Period,
    ) -> Result<(u64, bool), CommandError> {
        self.may(Action::PublishReport)?;
        let call = called.call();
        let (key, digest) = (
            format!("{period}/{}", call.sum),
            hex::encode(called.digest()),
        );
        if let Some(bytes) = self.shelved_bytes(DEALT, &key)? {
            let kept: Kept = serde_json::from_slice(&bytes).map_err(|_| {
                CommandError::Damaged("what is kept of a dealing was changed".into())
            })?;
            return match kept.call == digest {
                true => Ok((kept.view, false)),
                false => Err(fault(
                    "this figure was dealt to another call: once, and never again",
                )),
            };
        }
        let (files, totals) = self
            .newest_with_totals(period)?
            .ok_or_else(|| fault("there is no report of this period"))?;
        let checked = check(&files, &self.desk.log_reader()?, self.random)?;
        may_be_dealt(called, &files, &checked)?;
        if self.seconds() >= called.deal_until() || self.next_batch()? >= called.deal_until() {
            return Err(fault(
                "the last day to deal is over, or is before the log's next batch",
            ));
        }
        self.logged_nowhere(&dealing_of(called))?;
        let dealing = Dealing::deal(call, &checked.verified, &totals, self.random);
        let dealing = dealing.map_err(FiguresError::from)?;
        let text = dealing_text(called, &checked.verified, &dealing);
        let kept = Kept {
            call: digest,
            view: checked.view,
            text: text.clone(),
        };
        let bytes = serde_json::to_vec(&kept).map_err(|e| fault(e.to_string()))?;
        let store = &self.desk.inner.store;
        match store.put_report(DEALT, key.as_bytes(), &bytes, &text, self.random)? {
            true => Ok((checked.view, true)),
            false => Err(CommandError::Store(
                lagrum_store::StoreError::ChangedMeanwhile,
            )),
        }
    }

    /// Fixes whose dealings are added up to a call of this desk, and has the log say so with its next batch: once for ever.
    /// Says whether it was fixed now.
    ///
    /// # Errors
    /// When the person may not, the call is not of this desk's log, complaints are still due, or another set was fixed.
    pub fn fix_sum_set(&mut self, called: &Called, set: &SumSet) -> Result<bool, CommandError> {
        self.may(Action::PublishReport)?;
        if self.desk.log_key()?.name() != called.call().log {
            return Err(fault(
                "the call is in the log of another host: that host fixes the set",
            ));
        }
        if set.call != called.digest() {
            return Err(fault("it is the set of another call"));
        }
        let (key, text) = (hex::encode(called.digest()), set.to_text());
        if let Some(before) = self.shelved_bytes(FIXED, &key)? {
            return match before == text.as_bytes() {
                true => Ok(false),
                false => Err(fault(
                    "another set was fixed for this call: there is never a second",
                )),
            };
        }
        let due = called.complain_until();
        if self.seconds() < due || self.next_batch()? < due {
            return Err(fault(
                "complaints are due until the end of the last day for them: the set is fixed in a batch of the log after it",
            ));
        }
        self.logged_nowhere(&set_of(called))?;
        let store = &self.desk.inner.store;
        let bytes = text.as_bytes();
        match store.put_report(FIXED, key.as_bytes(), bytes, &text, self.random)? {
            true => Ok(true),
            false => Err(CommandError::Store(
                lagrum_store::StoreError::ChangedMeanwhile,
            )),
        }
    }

    /// When the batch is due that comes next behind what is in the log: it may be late.
    fn next_batch(&self) -> Result<u64, CommandError> {
        let size = self.desk.log_reader()?.newest()?.head().size;
        let tick = self.desk.inner.store.schedule()?.tick_of(size);
        let tick = tick.ok_or_else(|| fault("this log has no batches at fixed times"))?;
        Ok(tick.at)
    }
}
