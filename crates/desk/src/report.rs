//! Reports of the public figures: made once, kept, and held by the log.

use lagrum_access::Action;
use lagrum_cards::{LogView, Report};
use lagrum_figures::{
    About, CodeBook, Counted, Facts, FiguresError, Period, Plan, ReportFiles, cards_of, logged,
    make,
};
use lagrum_store::StoreError;
use serde::{Deserialize, Serialize};

use crate::{CommandError, Session};

/// The kind of what is kept of a report.
const KEPT: &str = "report";

/// What is kept of a report. What opens its totals is secret for ever.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    statement: String,
    proof: String,
    numbers: String,
    code_book: String,
    plan: String,
    totals: String,
}

/// A report that was made, now or before.
#[derive(Clone, Debug)]
pub struct ReportMade {
    /// Its files.
    pub files: ReportFiles,
    /// Whether it was made now.
    pub new: bool,
    /// Cases that cannot be read, and why: they are counted as what nobody can say any more.
    pub damaged: Vec<String>,
}

impl ReportMade {
    fn before(files: ReportFiles) -> Self {
        Self {
            files,
            new: false,
            damaged: Vec::new(),
        }
    }
}

impl Session<'_> {
    /// Makes the report of a period, keeps it, and has the log say so with the next batch. A report is made once: asked
    /// again, this gives the same one, whatever else the plan is. Every demand that had a card in the period counts,
    /// as what it is now.
    ///
    /// # Errors
    /// When the person may not, the period is not over, the log has no cards of it, or a case cannot be read.
    pub fn make_report(&mut self, period: &Period, plan: Plan) -> Result<ReportMade, CommandError> {
        self.may(Action::PublishReport)?;
        let key = format!("{period}/1");
        if let Some(files) = self.kept_report(&key)? {
            return Ok(ReportMade::before(files));
        }
        let fault = |why: &str| CommandError::Figures(FiguresError::Cards(why.to_owned()));
        let store = &self.desk.inner.store;
        let schedule = store.schedule()?;
        let slots = period
            .slots(&schedule)
            .ok_or_else(|| fault("the log has no file of cards in this period"))?;
        let reader = self.desk.log_reader()?;
        let head = reader.checkpoint()?.head();
        let last = schedule
            .slot(slots.1)
            .filter(|slot| slot.leaf() < head.size);
        let over =
            self.time.now().as_second() >= i64::try_from(period.seconds().1).unwrap_or(i64::MAX);
        if !over || last.is_none() {
            return Err(fault(
                "the period is not over, or its last file of cards is not published yet",
            ));
        }
        let log_key = self.desk.log_key()?;
        let origin = log_key.name();
        let cards = cards_of(&reader, &schedule, origin, slots.1, head.size)?;
        let (mut counted, mut damaged) = (Vec::new(), Vec::new());
        for number in slots.0..=slots.1 {
            for (case, opening) in store.cards_of_slot(number)? {
                let facts = match &case {
                    None => None,
                    Some(case) => Some(match store.case(case) {
                        Ok(case) => Facts::of(&case),
                        Err(StoreError::Erased(_)) => Facts::NOT_KEPT,
                        // It stops no report, and is counted as what nobody can say any more.
                        Err(StoreError::Damaged(why)) => {
                            damaged.push(format!("case {case}: {why}"));
                            Facts::NOT_KEPT
                        }
                        Err(other) => return Err(other.into()),
                    }),
                };
                counted.push(Counted { opening, facts });
            }
        }
        let packs = self.desk.law()?;
        let countries = packs.packs().iter().filter_map(|pack| pack.country());
        let book = CodeBook::of(&countries.collect());
        let about = About {
            origin,
            period,
            log: LogView {
                size: head.size,
                root: head.root.0,
            },
            slots,
        };
        let made = make(&about, &book, &plan, &cards, &counted, self.random)?;
        let files = ReportFiles {
            report: made.report,
            book,
            plan,
        };
        let kept = Kept {
            statement: String::from_utf8_lossy(&files.report.statement).into_owned(),
            proof: hex::encode(&files.report.proof),
            numbers: String::from_utf8_lossy(&files.report.numbers).into_owned(),
            code_book: files.book.to_text(),
            plan: files.plan.to_text(),
            totals: hex::encode(made.totals.to_bytes()),
        };
        let kept = serde_json::to_vec(&kept)
            .map_err(|e| CommandError::Damaged(format!("a report cannot be kept: {e}")))?;
        let text = logged(&period.to_string(), 1, &files.report.digest());
        let first = store.put_report(KEPT, key.as_bytes(), &kept, &text, self.random)?;
        match first {
            true => Ok(ReportMade {
                files,
                new: true,
                damaged,
            }),
            // Somebody else made it meanwhile: that one counts.
            false => {
                let files = self.kept_report(&key)?;
                let files = files.ok_or_else(|| fault("the report that is kept is gone"))?;
                Ok(ReportMade::before(files))
            }
        }
    }

    fn kept_report(&self, key: &str) -> Result<Option<ReportFiles>, CommandError> {
        let found = self
            .desk
            .inner
            .store
            .shelf()
            .get(KEPT, key.as_bytes(), self.time.now())?;
        let Some(bytes) = found else {
            return Ok(None);
        };
        let damaged = || CommandError::Damaged(format!("the report {key} was changed"));
        let kept: Kept = serde_json::from_slice(&bytes).map_err(|_| damaged())?;
        Ok(Some(ReportFiles {
            report: Report {
                statement: kept.statement.into_bytes(),
                proof: hex::decode(kept.proof).map_err(|_| damaged())?,
                numbers: kept.numbers.into_bytes(),
            },
            book: CodeBook::parse(kept.code_book.as_bytes())?,
            plan: Plan::parse(kept.plan.as_bytes())?,
        }))
    }
}
