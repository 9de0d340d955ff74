//! `lagrum assess`, `lagrum memo`: the law applied to a demand.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use jiff::civil::Date;
use lagrum_desk::{CaseView, TheseHoldings, facts_at, looked_at};
use lagrum_documents::{Memo as Written, MemoCase, Names, Zone, assessment, memo};
use lagrum_law::{Law, LawPacks, Situation, with_finding};
use lagrum_model::{Assessment, CaseId, Demand, Holding, Language, Moment, Moments};

use crate::commands::record::read_moments;
use crate::context::{Context, configured_zone, group_of, now, person_of, phrases, today};
use crate::output::Failure;

/// Apply the law to a demand, part by part
#[derive(clap::Args)]
pub struct Assess {
    #[command(flatten)]
    what: What,
    /// Print a memo: findings, reasons, clocks, secrecy and notice. Of a case, `lagrum memo` prints it
    /// at any time
    #[arg(long)]
    memo: bool,
    #[command(flatten)]
    as_memo: AsMemo,
}

/// Print the memo of a case as it was last assessed, before and after it is decided; nothing is
/// recorded
#[derive(clap::Args)]
pub struct Memo {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// As it would be found today, on what is known today
    #[arg(long)]
    today: bool,
    #[command(flatten)]
    as_memo: AsMemo,
}

#[derive(clap::Args)]
struct What {
    /// A case (recorded there), or a demand file (shown only)
    #[arg(value_name = "FILE|CASE")]
    what: String,
    /// The day whose law is applied; today if left out
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<Date>,
    /// For a file: assess as if the authority were not verified
    #[arg(long)]
    not_verified: bool,
    /// For a file: as if counsel had recorded that the claimed danger is real
    #[arg(long)]
    emergency_believed: bool,
    /// For a file: assess it on the data that this file describes (TOML), without a desk; may be
    /// given several times
    #[arg(long = "holding", value_name = "FILE")]
    holdings: Vec<PathBuf>,
    /// With --holding: the law packs; those compiled in if left out
    #[arg(long, value_name = "DIR", requires = "holdings")]
    law: Option<PathBuf>,
    /// With --holding: take the rules of this pack alone; may be given several times
    #[arg(long = "pack", value_name = "NAME", requires = "holdings")]
    packs: Vec<String>,
}

#[derive(clap::Args)]
struct AsMemo {
    /// The language: en, sv or da
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: Language,
    /// Of a file: what happened and when, for example received=2026-11-04T09:20:00Z; may be given
    /// more than once. What is recorded in a case (`lagrum record`) is known
    #[arg(long = "moment", value_name = "NAME=INSTANT")]
    moments: Vec<String>,
    /// In which time zone times are told where the addressee's country has several, for example
    /// America/New_York; the desk's own if left out
    #[arg(long, value_name = "ZONE", value_parser = Zone::named)]
    zone: Option<Zone>,
}

/// A demand with what the law says of it.
struct Found {
    case: Option<CaseView>,
    demand: Demand,
    assessment: Assessment,
    moments: Moments,
    verified: bool,
    provider: Option<String>,
    author: Option<String>,
    /// The zone of the desk.
    zone: Option<Zone>,
}

impl Assess {
    /// Assesses.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let what = &self.what.what;
        let of_case = CaseId::parse(what)
            .ok()
            .filter(|_| !Path::new(what).exists());
        match of_case {
            Some(id) => self.of_case(&id, context),
            None => self.of_file(context),
        }
    }

    fn of_case(&self, id: &CaseId, context: &Context) -> Result<(), Failure> {
        let asked = &self.what;
        if asked.not_verified || asked.emergency_believed || !asked.holdings.is_empty() {
            return Err(anyhow!(
                "case {id}: what was found out about a case is recorded there (`lagrum authenticate`, `lagrum emergency`); --not-verified, --emergency-believed and --holding are for files"
            )
            .into());
        }
        let as_of = asked.as_of.unwrap_or_else(today);
        let (desk, done) = context.change(|session| Ok(session.assess(id, as_of)?))?;
        if self.memo {
            return of_case(id, asked.as_of, false, &self.as_memo, context);
        }
        let packs = desk.law()?;
        let phrases = phrases(packs, self.as_memo.lang)?;
        let asking = context.at_desk(|session| {
            let demand = session.case(id)?.case.demand;
            Ok(demand.map(|demand| demand.authority.country))
        })?;
        let asking = asking.ok_or_else(|| anyhow!("case {id} has no description"))?;
        context.output.page(&done, || {
            assessment(&done.outcome.assessment, asking, packs, &phrases)
        })
    }

    fn of_file(&self, context: &Context) -> Result<(), Failure> {
        let asked = &self.what;
        let file = Path::new(&asked.what);
        if !file.exists() {
            return Err(anyhow!(
                "{}: neither a case (like 2026-0007) nor a file that can be read",
                asked.what
            )
            .into());
        }
        let demand = read(file)?;
        let as_of = asked.as_of.unwrap_or_else(today);
        let verified = !asked.not_verified;
        let happened = happened(&self.as_memo.moments)?;
        let found_out = (verified, asked.emergency_believed);
        let at = looked_at(as_of, now());
        if asked.holdings.is_empty() {
            let (found, desk) = context.at_desk(|session| {
                let packs = session.desk().law()?;
                let basis = facts_at(&demand, found_out, &happened, packs, at)?;
                let found = session.preview(&demand, &basis, as_of)?;
                Ok((found, session.desk().clone()))
            })?;
            let zone = configured_zone(&desk);
            return self.show_file(demand, found, desk.law()?, zone, context);
        }
        let packs = match &asked.law {
            Some(folder) => {
                Arc::new(LawPacks::from_dir(folder).with_context(|| folder.display().to_string())?)
            }
            None => LawPacks::embedded()?,
        };
        let basis = facts_at(&demand, found_out, &happened, &packs, at)?;
        let law = only(&packs, &asked.packs, as_of)?;
        let held = read_holdings(&asked.holdings, &demand)?;
        let found = lagrum_desk::assess(&demand, &basis, &held, &packs, &law)?;
        self.show_file(demand, found, &packs, None, context)
    }

    fn show_file(
        &self,
        demand: Demand,
        found: Assessment,
        packs: &LawPacks,
        zone: Option<Zone>,
        context: &Context,
    ) -> Result<(), Failure> {
        if !self.memo {
            let phrases = phrases(packs, self.as_memo.lang)?;
            let asking = demand.authority.country;
            return context
                .output
                .page(&found, || assessment(&found, asking, packs, &phrases));
        }
        let found = Found {
            case: None,
            demand,
            assessment: found,
            moments: Moments::new(),
            verified: !self.what.not_verified,
            provider: None,
            author: None,
            zone,
        };
        self.as_memo
            .show(found, self.what.as_of, (packs, Names::default()), context)
    }
}

impl Memo {
    /// Prints it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        of_case(&self.case, None, self.today, &self.as_memo, context)
    }
}

/// The memo of a case, as it was last assessed.
fn of_case(
    id: &CaseId,
    as_of: Option<Date>,
    anew: bool,
    as_memo: &AsMemo,
    context: &Context,
) -> Result<(), Failure> {
    let (found, desk) = context.at_desk(|session| {
        let today = anew.then(|| session.found_today(id)).transpose()?;
        let view = session.case(id)?;
        let case = &view.case;
        let demand = case.demand_now().ok_or_else(|| {
            anyhow!("case {id} has no description; describe it first (lagrum describe {id} FILE)")
        })?;
        let found = Found {
            verified: case.is_verified(),
            assessment: today
                .or_else(|| case.assessment.clone())
                .ok_or_else(|| anyhow!("case {id} is not assessed; lagrum assess {id}"))?,
            demand,
            moments: case.moments.clone(),
            case: Some(view),
            provider: Some(session.desk().provider().to_owned()),
            author: Some(session.by().name().to_owned()),
            zone: configured_zone(session.desk()),
        };
        Ok((found, session.desk().clone()))
    })?;
    let people = desk.people()?;
    let person = |id: &str| person_of(people, id);
    let group = |id: &str| group_of(people, id);
    let names = Names {
        person: &person,
        group: &group,
    };
    as_memo.show(found, as_of, (desk.law()?, names), context)
}

impl AsMemo {
    fn show(
        &self,
        found: Found,
        as_of: Option<Date>,
        (packs, names): (&LawPacks, Names<'_>),
        context: &Context,
    ) -> Result<(), Failure> {
        let written_at = now();
        let mut moments = found.moments;
        for (what, when) in read_moments("--moment", &self.moments)? {
            moments.add(what, when);
        }
        // The clocks as they stood at the end of the day asked about; today, as they stand now.
        let looked_at = looked_at(as_of.unwrap_or_else(today), written_at);
        for &what in Moment::ALL.iter().filter(|what| !what.may_lie_ahead()) {
            if let Some(when) = moments.all(what).iter().find(|when| **when > looked_at) {
                return Err(anyhow!(
                    "{what}={when}: that is after {looked_at}, the instant at which the clocks are looked at; correct it, or assess a later day (--as-of)"
                )
                .into());
            }
        }
        let clocks = packs.clocks().of(&found.demand, &moments, looked_at)?;
        let clocks = with_finding(clocks, &found.assessment);
        let situation = Situation {
            demand: &found.demand,
            moments: &moments,
            verified: found.verified,
            enterprise: found.assessment.concerns_enterprise(),
        };
        let notices = packs.notices().of(&situation, looked_at);
        let json = serde_json::json!({
            "assessment": found.assessment, "clocks": clocks, "notices": notices,
            "written_at": written_at,
        });
        let phrases = phrases(packs, self.lang)?;
        let country = found.demand.addressee.country;
        let zone = Zone::told_in(packs, country, self.zone.clone().or(found.zone));
        context.output.page(&json, || {
            let written = Written {
                provider: found.provider.as_deref(),
                author: found.author.as_deref(),
                case: found.case.as_ref().map(|view| MemoCase {
                    id: &view.id,
                    case: &view.case,
                    events: &view.events,
                    names,
                }),
                demand: &found.demand,
                assessment: &found.assessment,
                moments: &moments,
                clocks: &clocks,
                notices: &notices,
                verified: found.verified,
                written_at,
                zone: &zone,
            };
            memo(&written, packs, &phrases)
        })
    }
}

/// The law of one day, of some packs alone if any are named.
fn only(packs: &LawPacks, names: &[String], as_of: Date) -> Result<Law, Failure> {
    for name in names {
        if !packs.packs().iter().any(|pack| pack.name == *name) {
            return Err(anyhow!("--pack {name}: no pack has that name").into());
        }
    }
    let law = packs.in_force(as_of)?;
    Ok(law.only(|rule| names.is_empty() || names.contains(&rule.pack)))
}

/// The longest file that describes a holding: it has some ten fields.
const LONGEST_HOLDING: u64 = 64 << 10;

/// What happened to a demand, as options tell it.
fn happened(options: &[String]) -> Result<Moments, Failure> {
    let all = read_moments("--moment", options)?;
    let with = |moments: Moments, (what, when)| moments.with(what, when);
    Ok(all.into_iter().fold(Moments::new(), with))
}

/// Reads a demand file.
pub fn read(file: &Path) -> anyhow::Result<Demand> {
    let bytes = lagrum_durable::read(file, Demand::LONGEST as u64)?;
    Demand::parse(&bytes).with_context(|| file.display().to_string())
}

/// Reads holdings, each from its file.
pub fn read_holdings(files: &[PathBuf], demand: &Demand) -> Result<TheseHoldings, Failure> {
    let held = files.iter().map(|file| read_holding(file, demand));
    Ok(TheseHoldings(held.collect::<Result<_, _>>()?))
}

fn read_holding(file: &Path, demand: &Demand) -> Result<Holding, Failure> {
    let name = file.display();
    let bytes = lagrum_durable::read(file, LONGEST_HOLDING).map_err(anyhow::Error::from)?;
    let held: Holding = toml::from_slice(&bytes).with_context(|| name.to_string())?;
    if !demand.asks_for(held.category) {
        return Err(anyhow!(
            "{name}: field `category`: the demand does not ask for {} data",
            held.category
        )
        .into());
    }
    Ok(held)
}
