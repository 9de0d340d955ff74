//! `lagrum burden`: what a case costs in time and money.

use lagrum_documents::burden_page;
use lagrum_model::{Burden as Entry, CaseId, Language, Money, Reimbursement, WorkKind};

use crate::context::{Context, phrases, zone};
use crate::output::Failure;

/// Say what a case costs in time and money, where burden is an argument
#[derive(clap::Subcommand)]
pub enum Burden {
    /// Show the sums by kind of work and by currency, and every entry
    Show(Show),
    /// Record work, or something that was paid for
    Work(Work),
    /// Record that an authority paid costs back, or refused to
    Reimbursed(Reimbursed),
    /// Take an entry back: it stays with the reason, and counts no more
    TakeBack(TakeBack),
}

/// Show the sums by kind of work and by currency, and every entry
#[derive(clap::Args)]
pub struct Show {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// The language: en, sv or da
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: Language,
}

/// Record work, or something that was paid for
#[derive(clap::Args)]
pub struct Work {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// For what: reading, verifying, legal-assessment, searching, answering, challenge or other
    #[arg(value_parser = WorkKind::parse)]
    on: WorkKind,
    /// How many minutes; 0 where only something was paid
    minutes: u32,
    /// The outside firm that worked; without it, you did
    #[arg(long, value_name = "NAME")]
    firm: Option<String>,
    /// What it cost, with its currency: "1250.50 EUR"
    #[arg(long, value_name = "AMOUNT", value_parser = Money::parse)]
    cost: Option<Money>,
    /// What was done; whoever may read the case reads it
    #[arg(long, value_name = "TEXT", default_value = "")]
    what: String,
}

/// Record that an authority paid costs back, or refused to
#[derive(clap::Args)]
pub struct Reimbursed {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// What it answered: paid or refused
    #[arg(value_parser = Reimbursement::parse)]
    outcome: Reimbursement,
    /// What it paid, or refused to pay, with its currency: "1250.50 EUR"
    #[arg(value_parser = Money::parse)]
    amount: Money,
    /// What was claimed; whoever may read the case reads it
    #[arg(long, value_name = "TEXT", default_value = "")]
    what: String,
}

/// Take an entry back: it stays with the reason, and counts no more
#[derive(clap::Args)]
pub struct TakeBack {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// Its number, as `lagrum burden show` has it
    entry: u64,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl Burden {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Show(it) => it.run(context),
            Self::Work(it) => {
                let burden = Entry::Work {
                    on: it.on,
                    minutes: it.minutes,
                    firm: it.firm,
                    cost: it.cost,
                };
                record(context, &it.case, &burden, &it.what)
            }
            Self::Reimbursed(it) => {
                let burden = Entry::Reimbursement {
                    outcome: it.outcome,
                    amount: it.amount,
                };
                record(context, &it.case, &burden, &it.what)
            }
            Self::TakeBack(it) => it.run(context),
        }
    }
}

fn record(context: &Context, case: &CaseId, burden: &Entry, what: &str) -> Result<(), Failure> {
    let (_, done) = context.change(|session| Ok(session.record_burden(case, burden, what)?))?;
    context.output.show(&done, || {
        let entry = done.outcome.entry;
        format!("Case {case}: entry {entry} of time and cost is recorded.")
    })
}

impl Show {
    fn run(self, context: &Context) -> Result<(), Failure> {
        context.at_desk(|session| {
            let burden = session.burden(&self.case)?;
            let view = session.case(&self.case)?;
            let desk = session.desk();
            let phrases = phrases(desk.law()?, self.lang)?;
            context
                .output
                .page(&burden, || burden_page(&view.case, &zone(desk), &phrases))
        })
    }
}

impl TakeBack {
    fn run(self, context: &Context) -> Result<(), Failure> {
        let (case, entry) = (&self.case, self.entry);
        let back = |session: &mut lagrum_desk::Session<'_>| {
            Ok(session.take_burden_back(case, entry, &self.reason)?)
        };
        let (_, done) = context.change(back)?;
        context.output.show(&done, || {
            format!("Case {case}: entry {entry} is taken back. It stays, and counts no more.")
        })
    }
}
