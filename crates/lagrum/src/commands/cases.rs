//! `lagrum cases`

use anyhow::anyhow;
use jiff::Timestamp;
use jiff::civil::Date;
use lagrum_access::Group;
use lagrum_desk::Listed;
use lagrum_documents::{CaseRow, Due, Phrases, case_list};
use lagrum_law::ClockKind;
use lagrum_model::{CaseState, CountryCode, Identifier, InstrumentKind, Language};
use lagrum_store::{CaseFilter, Damaged, Order, Owner, Page, Sought, Summary, WaitingFor};

use crate::context::{Context, now, zone};
use crate::output::Failure;

/// List the cases, with what is due next
#[derive(clap::Args)]
pub struct Cases {
    /// The most pressing first
    #[arg(long, conflicts_with = "newest")]
    by_deadline: bool,
    /// The newest first
    #[arg(long)]
    newest: bool,
    /// Only open cases
    #[arg(long, conflicts_with = "closed")]
    open: bool,
    /// Only closed cases
    #[arg(long)]
    closed: bool,
    /// Only cases in this state, for example assessed
    #[arg(long, value_name = "STATE", value_parser = state)]
    state: Option<CaseState>,
    /// Only cases of authorities whose name contains this
    #[arg(long, value_name = "TEXT")]
    authority: Option<String>,
    /// Only cases whose reference contains this
    #[arg(long, value_name = "TEXT")]
    reference: Option<String>,
    /// Only cases of an authority of this country, for example SE
    #[arg(long, value_name = "COUNTRY", value_parser = CountryCode::parse)]
    country: Option<CountryCode>,
    /// Only cases whose instrument is of this kind, as demand files have it
    #[arg(long, value_name = "KIND", value_parser = instrument)]
    instrument: Option<InstrumentKind>,
    /// Only cases that were received on this day (where the desk is) or later
    #[arg(long, value_name = "DATE")]
    received_since: Option<Date>,
    /// Only cases that were received on this day (where the desk is) or earlier
    #[arg(long, value_name = "DATE")]
    received_until: Option<Date>,
    /// Only cases that name this account
    #[arg(long, value_name = "ADDRESS")]
    account: Option<String>,
    /// Only cases in which all these words were written: whole words, in any order, in demands, notes, reasons and
    /// letters; privileged notes are not searched
    #[arg(long, value_name = "WORDS", value_parser = Sought::parse)]
    words: Option<Sought>,
    /// Only cases of this person (an id of people.toml)
    #[arg(long, value_name = "ID")]
    owner: Option<String>,
    /// Only cases of this group of the desk (an id of people.toml); several may be given
    #[arg(long = "group", value_name = "ID")]
    groups: Vec<String>,
    /// Only cases that wait for this: description, authentication, assessment, decision, signature,
    /// agent, delivery, authority, filing, court, letter or closing
    #[arg(long, value_name = "WORD", value_parser = waiting)]
    waiting_for: Option<WaitingFor>,
    /// Only cases in which something is due before this instant
    #[arg(long, value_name = "INSTANT")]
    due_before: Option<Timestamp>,
    /// Which page
    #[arg(long, value_name = "N", default_value_t = 1)]
    page: u64,
    /// Cases on one page
    #[arg(long, value_name = "N", default_value_t = 100)]
    page_size: u32,
    /// The language: en, sv or da
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: Language,
}

fn state(text: &str) -> Result<CaseState, String> {
    CaseState::parse(text).ok_or_else(|| {
        let words = CaseState::ALL.map(CaseState::as_str).join(", ");
        format!("write one of {words}")
    })
}

fn instrument(text: &str) -> Result<InstrumentKind, String> {
    let found = InstrumentKind::ALL
        .into_iter()
        .find(|kind| kind.as_str() == text);
    found.ok_or_else(|| {
        let words: Vec<_> = InstrumentKind::ALL
            .iter()
            .map(|kind| kind.as_str())
            .collect();
        format!("write one of {}", words.join(", "))
    })
}

fn waiting(text: &str) -> Result<WaitingFor, String> {
    Ok(match text {
        "description" => WaitingFor::Description,
        "authentication" => WaitingFor::Authentication,
        "assessment" => WaitingFor::Assessment,
        "decision" => WaitingFor::Decision,
        "signature" => WaitingFor::Signature(vec![]),
        "agent" => WaitingFor::Agent,
        "delivery" => WaitingFor::Delivery,
        "authority" => WaitingFor::Authority,
        "filing" => WaitingFor::Filing,
        "court" => WaitingFor::Court,
        "letter" => WaitingFor::Letter,
        "closing" => WaitingFor::Closing,
        _ => {
            return Err("write one of description, authentication, assessment, decision, signature, agent, delivery, authority, filing, court, letter, closing".into());
        }
    })
}

impl Cases {
    /// Whether there are the groups that are asked for.
    fn known(&self, groups: &[Group]) -> Result<(), Failure> {
        let known = |id: &&String| groups.iter().any(|group| group.id == **id);
        let Some(unknown) = self.groups.iter().find(|id| !known(id)) else {
            return Ok(());
        };
        let there: Vec<_> = groups.iter().map(|group| group.id.as_str()).collect();
        let there = match there.is_empty() {
            true => "people.toml names none".to_owned(),
            false => format!("there are {}", there.join(", ")),
        };
        Err(anyhow!("--group {unknown}: no such group of the desk; {there}").into())
    }

    /// Lists them.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let identifier = match &self.account {
            Some(text) => Some(Identifier::parse(text).map_err(|why| anyhow!("--account: {why}"))?),
            None => None,
        };
        let order = match (self.by_deadline, self.newest) {
            (true, _) => Order::Due,
            (_, true) => Order::Newest,
            _ => Order::Number,
        };
        let mut filter = CaseFilter {
            state: self.state,
            authority: self.authority.clone(),
            reference: self.reference.clone(),
            country: self.country,
            instrument: self.instrument,
            received_since: None,
            received_before: None,
            identifier,
            words: self.words.clone(),
            owner: self.owner.clone().map(Owner::Person),
            waiting_for: self.waiting_for.clone(),
            due_before: self.due_before,
            open: match (self.open, self.closed) {
                (true, _) => Some(true),
                (_, true) => Some(false),
                _ => None,
            },
            groups: (!self.groups.is_empty()).then(|| self.groups.clone()),
        };
        context.at_desk(|session| {
            let zone_of_desk = zone(session.desk());
            let midnight = |day: Date| {
                let begins = day.to_zoned_datetime(zone_of_desk.time_zone().clone());
                begins.map(|begins| begins.timestamp()).map_err(|_| anyhow!("{day}: there is no such day here"))
            };
            filter.received_since = self.received_since.map(midnight).transpose()?;
            // The day itself counts.
            let after = self.received_until.map(|until| until.tomorrow());
            let after = after.transpose().map_err(|_| anyhow!("--received-until: there is no day after that"))?;
            filter.received_before = after.map(midnight).transpose()?;
            let all = filter == CaseFilter::default();
            self.known(session.desk().people()?.groups())?;
            let page = Page::number(self.page, self.page_size.clamp(1, 10_000));
            let found = session.cases(&filter, order, page)?;
            let missed = session.half_searched(&filter)?;
            let listed = Listed::new(self.page, self.page_size, found).missing(missed);
            let total = listed.total;
            for Damaged { case, why } in &listed.unreadable {
                context.note(&format!(
                    "case {case} is on this page and its row cannot be read: {why}; `lagrum desk rebuild` makes the list anew"
                ));
            }
            if missed > 0 {
                context.note(&Phrases::of(self.lang).count("cases-half-searched", missed));
            }
            let desk = session.desk();
            if listed.cases.is_empty() {
                return context.output.show(&listed, || match (total, all) {
                    (0, true) => "No cases yet. `lagrum intake FILE` opens one.".to_owned(),
                    (0, false) => Phrases::of(self.lang).word("cases-none-fit"),
                    (n, _) => format!("Page {} is empty; there are {n} cases.", self.page),
                });
            }
            let shown = listed.cases.len() as u64;
            let rows: Vec<_> = listed.cases.iter().map(row).collect();
            let phrases = Phrases::of(self.lang);
            context
                .output
                .page(&listed, || case_list(&rows, &zone(desk), &phrases))?;
            if shown < total {
                context.output.say(format!(
                    "\n{shown} of {total} cases. Next page: --page {}; filters: lagrum cases --help",
                    self.page + 1
                ))?;
            }
            Ok(())
        })
    }
}

fn row(summary: &Summary) -> CaseRow {
    let now = now();
    CaseRow {
        case: summary.case.clone(),
        received_at: Some(summary.received_at),
        due: summary
            .due
            .as_ref()
            .or(summary.runs.as_ref())
            .and_then(|due| {
                let kind = ClockKind::parse(&due.kind)?;
                let passed = false;
                let at = due.at;
                Some(Due { at, kind, passed }.at(now))
            }),
        authority: summary.authority.clone(),
        reference: summary.reference.clone(),
        instrument: summary.instrument,
        file_name: Some(summary.name.clone()),
        state: summary.state,
        answers: summary.answers.clone(),
    }
}
