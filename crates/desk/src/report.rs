//! Reports of the public figures: made once, kept, and held by the log.

use lagrum_access::Action;
use lagrum_cards::{Cards, LogView, Report, Statement, Totals, Verified, verify};
use lagrum_figures::{
    About, CaseFacts, CodeBook, CouldTell, Counted, Facts, FiguresError, MOST_VIEWS, MadeReport,
    Period, Plan, ReportFiles, Told, View, cards_of, could_tell, logged, logged_of, make, planned,
    planned_of,
};
use lagrum_model::{Case, CaseId};
use lagrum_store::{Store, StoreError};
use rand_core::CryptoRngCore;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{CommandError, Session};

/// The kind of what is kept of a report.
const KEPT: &str = "report";
/// The kind of what is kept of what is to be published of a period.
const PLANNED: &str = "report-plan";

/// What is kept of a report. What opens its totals, and the class of each card, are secret for ever.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    statement: String,
    proof: String,
    numbers: String,
    code_book: String,
    plan: String,
    totals: String,
    /// Of each card in order; 0: it is blank.
    classes: Vec<u32>,
    accounts: Vec<u32>,
    /// Cases that could not be read, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    damaged: Vec<String>,
    /// What can be read out of it though it is hidden.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    told: Vec<Told>,
    /// Of how many demands nobody knew who asked.
    #[serde(default)]
    of_nobody: usize,
}

/// What is kept of what is to be published of a period.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Planned {
    period: String,
    code_book: String,
    plan: String,
}

/// A report that was made, now or before.
#[derive(Clone, Debug)]
pub struct ReportMade {
    /// Its files.
    pub files: ReportFiles,
    /// Which view of the period it is, from 1.
    pub view: u64,
    /// Whether what is published was fixed before the period began.
    pub planned: bool,
    /// Whether it was made now.
    pub new: bool,
    /// How many demands are counted as not answered yet: another view can follow.
    pub pending: usize,
    /// Cases that could not be read when it was made, and why: they are counted as what figures last knew of them, or
    /// else among others.
    pub damaged: Vec<String>,
    /// What can be read out of it though it is hidden: it was made all the same. For the people of the desk, and never for
    /// publication.
    pub told: Vec<Told>,
    /// Of how many demands nobody knew who asked when it was made: what their authorities can read was not looked for.
    pub of_nobody: usize,
}

/// Among how many values figures are hidden, as far as somebody says so.
#[derive(Clone, Copy, Debug, Default)]
pub struct Widths {
    /// Each of them. None: as planned, or else ten.
    pub band: Option<u32>,
    /// Those that hold kinds of which nobody may say how many there were, if that is more. None: as planned, or else 250.
    pub sealed: Option<u32>,
}

impl Widths {
    fn of(self, plan: Plan) -> Result<Plan, CommandError> {
        let plan = Plan {
            band: self.band.unwrap_or(plan.band),
            sealed: self.sealed.unwrap_or(plan.sealed),
            ..plan
        };
        Ok(Plan::parse(plan.to_text().as_bytes())?)
    }
}

/// How a report is made.
#[derive(Clone, Copy, Debug, Default)]
pub struct HowToReport {
    /// What is published. Where something was planned, nothing else can be.
    pub widths: Widths,
    /// Whether the next view is made, where there is one already.
    pub anew: bool,
    /// Whether the next view may say otherwise what became of a demand that the former one counts as answered.
    pub correct: bool,
    /// Whether a case that cannot be read is counted as what figures last knew of it.
    pub even_damaged: bool,
    /// Whether it is made though more could be read out of what is published than its bands say.
    pub even_telling: bool,
}

impl Session<'_> {
    /// What the first view of a report could tell a reader though the plan hides it, whatever the data will be. With
    /// what is planned for the period, or would be; nothing is fixed by it.
    ///
    /// # Errors
    /// When the person may not, or something else was planned before.
    pub fn plan_could_tell(
        &self,
        period: &Period,
        widths: Widths,
    ) -> Result<(Plan, CouldTell), CommandError> {
        self.may(Action::PublishReport)?;
        let (book, plan) = match self.kept_plan(&period.to_string())? {
            Some((book, before)) if widths.of(before)? == before => (book, before),
            Some(_) => {
                let why = "something else was planned for this period before";
                return Err(CommandError::Figures(FiguresError::Plan(why.into())));
            }
            None => (self.code_book()?, widths.of(Plan::default())?),
        };
        Ok((plan, could_tell(&book, &plan)?))
    }

    /// Fixes what is to be published of a period that has not begun, and in which classes, and has the log say so with
    /// the next batch. Gives the plan, and whether it was fixed now; what was fixed before stays.
    ///
    /// # Errors
    /// When the person may not, the period has begun, or something else was planned before.
    pub fn plan_report(
        &mut self,
        period: &Period,
        widths: Widths,
    ) -> Result<(Plan, bool), CommandError> {
        self.may(Action::PublishReport)?;
        let key = period.to_string();
        let fault = |why: &str| CommandError::Figures(FiguresError::Plan(why.to_owned()));
        if let Some((_, before)) = self.kept_plan(&key)? {
            return match widths.of(before)? == before {
                true => Ok((before, false)),
                false => Err(fault("something else was planned for this period before")),
            };
        }
        if self.seconds() >= period.seconds().0 {
            return Err(fault("the period has begun"));
        }
        self.overlaps_none(period)?;
        let store = &self.desk.inner.store;
        let schedule = store.schedule()?;
        let next = schedule.tick(schedule.ticks_until(self.seconds()));
        if next.is_none_or(|tick| tick.at >= period.seconds().0) {
            return Err(fault(
                "no batch of the log is due before the period begins: nobody could tell that it was fixed before",
            ));
        }
        self.logged_nowhere(&planned_of(period))?;
        let book = self.code_book()?;
        let plan = widths.of(Plan::default())?;
        let kept = Planned {
            period: period.to_string(),
            code_book: book.to_text(),
            plan: plan.to_text(),
        };
        let kept = to_keep(&kept)?;
        let text = planned(period, &book, &plan);
        let store = &self.desk.inner.store;
        match store.put_report(PLANNED, key.as_bytes(), &kept, &text, self.random)? {
            true => Ok((plan, true)),
            false => self.plan_report(period, widths),
        }
    }

    /// Makes the report of a period, keeps it, and has the log say so with the next batch. Every demand that had a card
    /// in the period counts, as what it is now; one that was erased, as what it was. A report is made once: asked
    /// again, this gives the same one, or, where it is wanted, the next view, which counts what was answered since.
    ///
    /// A case that cannot be read stops it, unless the person says otherwise: a backup may still mend it, and the report
    /// never changes.
    ///
    /// # Errors
    /// When the person may not, the period is not over, the log has no cards of it, a case cannot be read, or a view
    /// would say otherwise what became of a demand.
    pub fn make_report(
        &mut self,
        period: &Period,
        how: HowToReport,
    ) -> Result<ReportMade, CommandError> {
        self.may(Action::PublishReport)?;
        let mut views = self.kept_views(period)?;
        let planned = self.kept_plan(&period.to_string())?;
        if !views.is_empty() && !how.anew {
            return made_before(views, planned.is_some());
        }
        let fault = |why: &str| CommandError::Figures(FiguresError::Cards(why.to_owned()));
        let next = views.len() as u64 + 1;
        if next > MOST_VIEWS {
            return Err(fault("a period has 64 views at most"));
        }
        self.overlaps_none(period)?;
        self.logged_nowhere(&logged_of(&period.to_string(), next))?;
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
        let over = self.seconds() >= period.seconds().1;
        if !over || last.is_none() {
            return Err(fault(
                "the period is not over, or its last file of cards is not published yet",
            ));
        }
        let (book, plan) = match (views.last(), planned.clone()) {
            (Some(former), _) => read_plan(&former.code_book, &former.plan)?,
            (None, Some(planned)) => planned,
            (None, None) => {
                self.logged_nowhere(&planned_of(period))?;
                let book = self.code_book()?;
                let plan = how.widths.of(Plan::default())?;
                (book, plan)
            }
        };
        if how.widths.of(plan)? != plan {
            let why = "another plan was fixed for this period";
            return Err(CommandError::Figures(FiguresError::Plan(why.into())));
        }
        let log_key = self.desk.log_key()?;
        let origin = log_key.name();
        let cards = cards_of(&reader, &schedule, origin, slots.1, head.size)?;
        let former = former(&views, &cards, self.random)?;
        let (mut counted, mut damaged) = (Vec::new(), Vec::new());
        for number in slots.0..=slots.1 {
            let openings = store.cards_of_slot(number)?;
            let of_file = schedule.slot(number).map(|slot| slot.cards as usize);
            if of_file != Some(openings.len()) {
                return Err(fault(&format!(
                    "what opens the cards of file {number} is not all here: it was lost, and no report can be made of this period"
                )));
            }
            for (case, opening) in openings {
                let facts = match case.as_ref().map(|case| facts(store, case)).transpose() {
                    Ok(facts) => facts,
                    Err(StoreError::Damaged(why)) => {
                        damaged.push(why);
                        let kept = case.as_ref().map(|case| kept_facts(store, case));
                        Some(
                            kept.and_then(Result::ok)
                                .flatten()
                                .unwrap_or(Facts::NOT_KEPT),
                        )
                    }
                    Err(other) => return Err(other.into()),
                };
                let before = views
                    .last()
                    .and_then(|kept| kept.classes.get(counted.len()));
                counted.push(Counted {
                    opening,
                    facts,
                    former: before.copied().filter(|class| *class > 0),
                });
            }
        }
        if !damaged.is_empty() && !how.even_damaged {
            return Err(CommandError::Figures(FiguresError::Unreadable(damaged)));
        }
        let classes: Vec<Vec<Option<u32>>> = views.iter().map(Kept::classes).collect();
        let seen: Vec<View<'_>> = views
            .iter()
            .zip(&classes)
            .zip(&former)
            .map(|((kept, classes), verified)| View {
                classes,
                accounts: &kept.accounts,
                corrections: &verified.statement().corrections,
            })
            .collect();
        let about = About {
            origin,
            period,
            log: LogView {
                size: head.size,
                root: head.root.0,
            },
            slots,
            former: former.last(),
            views: &seen,
            correct: how.correct,
            even_telling: how.even_telling,
            fixed: planned.is_some(),
        };
        let MadeReport {
            made,
            classes,
            accounts,
            told,
            of_nobody,
        } = make(&about, &book, &plan, &cards, &counted, self.random)?;
        let report = made.report;
        let kept = Kept {
            statement: String::from_utf8_lossy(&report.statement).into_owned(),
            proof: hex::encode(&report.proof),
            numbers: String::from_utf8_lossy(&report.numbers).into_owned(),
            code_book: book.to_text(),
            plan: plan.to_text(),
            totals: hex::encode(made.totals.to_bytes()),
            classes: classes.iter().map(|class| class.unwrap_or(0)).collect(),
            accounts,
            damaged,
            told,
            of_nobody,
        };
        let view = views.len();
        let text = logged(&period.to_string(), view as u64 + 1, &report.digest());
        let (key, bytes) = (key(period, view), to_keep(&kept)?);
        let first = store.put_report(KEPT, key.as_bytes(), &bytes, &text, self.random)?;
        // Somebody else may have made it meanwhile: that one counts.
        let kept = match first {
            true => Some(kept),
            false => self.kept_report(&key)?,
        };
        views.push(kept.ok_or_else(|| fault("the report that is kept is gone"))?);
        Ok(ReportMade {
            new: first,
            ..made_before(views, planned.is_some())?
        })
    }

    /// Whether a period has a day in common with another one that was reported or planned: what each of them hides, both
    /// together could tell.
    fn overlaps_none(&self, period: &Period) -> Result<(), CommandError> {
        let shelf = self.desk.inner.store.shelf();
        let now = self.time.now();
        let mut others = Vec::new();
        for bytes in shelf.all(KEPT, now)? {
            let kept: Kept = serde_json::from_slice(&bytes).map_err(|_| changed("of a period"))?;
            let statement = Statement::parse(kept.statement.as_bytes());
            others.push(statement.map_err(|_| changed("of a period"))?.period);
        }
        for bytes in shelf.all(PLANNED, now)? {
            let planned: Planned =
                serde_json::from_slice(&bytes).map_err(|_| changed("of a period"))?;
            others.push(planned.period);
        }
        for other in others {
            let other = Period::parse(&other)?;
            if other != *period && other.overlaps(period) {
                let why = format!(
                    "{other} was reported or planned, and has days in common with {period}: two reports of the same demands would tell more than each"
                );
                return Err(CommandError::Figures(FiguresError::Plan(why)));
            }
        }
        Ok(())
    }

    /// Whether the log holds such a text, though nothing of it is kept here: the database is older than the log, and what was
    /// published once is not made a second time.
    pub(crate) fn logged_nowhere(&self, begins: &str) -> Result<(), CommandError> {
        let reader = self.desk.log_reader()?;
        let texts = reader.texts(&reader.schedule()?)?;
        let is_there = |text: &[u8]| text.starts_with(begins.as_bytes());
        match texts.iter().any(|(_, text)| is_there(text)) {
            false => Ok(()),
            true => Err(CommandError::Figures(FiguresError::Plan(
                "the log holds one of this period already, and this database does not: it is older than the log".into(),
            ))),
        }
    }

    /// The newest view of a period, if it has one.
    pub(crate) fn newest_report(&self, period: &Period) -> Result<Option<Report>, CommandError> {
        let newest = self.kept_views(period)?.pop();
        newest.map(|kept| kept.report()).transpose()
    }

    /// The newest view of a period with all before it, and what opens its totals.
    pub(crate) fn newest_with_totals(
        &self,
        period: &Period,
    ) -> Result<Option<(ReportFiles, Totals)>, CommandError> {
        let views = self.kept_views(period)?;
        let Some(newest) = views.last() else {
            return Ok(None);
        };
        let totals = hex::decode(&newest.totals).map(Zeroizing::new);
        let totals = totals.map_err(|_| changed("of a view"))?;
        let totals = Totals::from_bytes(&totals).map_err(|_| changed("of a view"))?;
        Ok(Some((made_before(views, false)?.files, totals)))
    }

    /// The views of a period so far, the first one first.
    fn kept_views(&self, period: &Period) -> Result<Vec<Kept>, CommandError> {
        let mut views = Vec::new();
        while let Some(kept) = self.kept_report(&key(period, views.len()))? {
            views.push(kept);
        }
        Ok(views)
    }

    /// The classes of a report that is begun now: the countries are those of the law packs.
    pub(crate) fn code_book(&self) -> Result<CodeBook, CommandError> {
        let packs = self.desk.law()?;
        let countries = packs.packs().iter().filter_map(|pack| pack.country());
        Ok(CodeBook::of(&countries.collect()))
    }

    pub(crate) fn kept_plan(&self, key: &str) -> Result<Option<(CodeBook, Plan)>, CommandError> {
        let Some(bytes) = self.shelved_bytes(PLANNED, key)? else {
            return Ok(None);
        };
        let planned: Planned = serde_json::from_slice(&bytes).map_err(|_| changed(key))?;
        read_plan(&planned.code_book, &planned.plan).map(Some)
    }

    fn kept_report(&self, key: &str) -> Result<Option<Kept>, CommandError> {
        let found = self.shelved_bytes(KEPT, key)?;
        let read = |bytes: Vec<u8>| serde_json::from_slice(&bytes).map_err(|_| changed(key));
        found.map(read).transpose()
    }

    pub(crate) fn shelved_bytes(
        &self,
        kind: &str,
        key: &str,
    ) -> Result<Option<Vec<u8>>, CommandError> {
        let shelf = self.desk.inner.store.shelf();
        Ok(shelf.get(kind, key.as_bytes(), self.time.now())?)
    }
}

/// Under which key the view after so many lies.
fn key(period: &Period, views: usize) -> String {
    format!("{period}/{}", views + 1)
}

fn changed(key: &str) -> CommandError {
    CommandError::Damaged(format!("what is kept of the report {key} was changed"))
}

fn to_keep<T: Serialize>(kept: &T) -> Result<Vec<u8>, CommandError> {
    let bytes = serde_json::to_vec(kept);
    bytes.map_err(|e| CommandError::Damaged(format!("a report cannot be kept: {e}")))
}

fn read_plan(book: &str, plan: &str) -> Result<(CodeBook, Plan), CommandError> {
    Ok((
        CodeBook::parse(book.as_bytes())?,
        Plan::parse(plan.as_bytes())?,
    ))
}

impl Kept {
    fn classes(&self) -> Vec<Option<u32>> {
        let class = |class: &u32| (*class > 0).then_some(*class);
        self.classes.iter().map(class).collect()
    }

    fn report(&self) -> Result<Report, CommandError> {
        Ok(Report {
            statement: self.statement.clone().into_bytes(),
            proof: hex::decode(&self.proof).map_err(|_| changed("of a view"))?,
            numbers: self.numbers.clone().into_bytes(),
        })
    }
}

/// The newest of all views so far, as it was made.
fn made_before(mut views: Vec<Kept>, planned: bool) -> Result<ReportMade, CommandError> {
    let view = views.len() as u64;
    let newest = views.pop().ok_or_else(|| changed("without a view"))?;
    let (book, plan) = read_plan(&newest.code_book, &newest.plan)?;
    let pending = book.pending();
    let former = views.iter().map(Kept::report).collect::<Result<_, _>>()?;
    let files = ReportFiles {
        report: newest.report()?,
        former,
        book,
        plan,
    };
    let is_pending = |class: &&u32| Some(**class) == pending;
    Ok(ReportMade {
        files,
        view,
        planned,
        new: false,
        pending: newest.classes.iter().filter(is_pending).count(),
        damaged: newest.damaged,
        told: newest.told,
        of_nobody: newest.of_nobody,
    })
}

/// The views before the next one, each checked as every reader checks it.
fn former(
    views: &[Kept],
    cards: &Cards,
    random: &mut dyn CryptoRngCore,
) -> Result<Vec<Verified>, CommandError> {
    let mut former: Vec<Verified> = Vec::new();
    for kept in views {
        let verified = verify(&kept.report()?, cards, former.last(), random);
        former.push(verified.map_err(|e| FiguresError::Cards(e.to_string()))?);
    }
    Ok(former)
}

/// What figures kept of a case.
fn kept_facts(store: &Store, case: &CaseId) -> Result<Option<Facts>, StoreError> {
    let Some(kept) = store.facts_of(case)? else {
        return Ok(None);
    };
    let facts: CaseFacts = serde_json::from_slice(&kept)
        .map_err(|why| StoreError::Damaged(format!("the facts of case {case}: {why}")))?;
    Ok(Some(Facts::from(&facts)))
}

/// What a case is counted as: what follows from its events; of one that was erased, what figures kept of it.
fn facts(store: &Store, case: &CaseId) -> Result<Facts, StoreError> {
    let damaged = |why: &dyn std::fmt::Display| StoreError::Damaged(format!("case {case}: {why}"));
    let found = match store.events(case) {
        Ok(events) => CaseFacts::of(&Case::from_events(&events), &events),
        Err(StoreError::Erased(_)) => {
            return Ok(kept_facts(store, case)?.unwrap_or(Facts::NOT_KEPT));
        }
        Err(StoreError::Damaged(why)) => return Err(damaged(&why)),
        Err(other) => return Err(other),
    };
    let found = found.ok_or_else(|| damaged(&"it has no events"))?;
    Ok(Facts::from(&found))
}
