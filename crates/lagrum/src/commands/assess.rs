//! The law applied to a demand, shown as findings or as a memo.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use lagrum_documents::{Memo, Texts, Zone, assessment, memo};
use lagrum_law::{Law, LawPacks, Question, narrow};
use lagrum_model::{
    AccountIdentifier, Assessment, Basis, CaseId, Demand, Holding, Language, Moment, Moments,
    Original, Part,
};
use rand_core::OsRng;

use crate::By;
use crate::commands::{Place, now};
use crate::output::{Failure, Output};

/// What `lagrum assess` is told.
#[derive(clap::Args)]
pub struct Assess {
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
    /// Print a memo for the file: findings, reasons, clocks, secrecy and notice
    #[arg(long)]
    memo: bool,
    /// The language: en, sv or da
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: Language,
    /// For the memo: what happened and when, for example received=2026-11-04T09:20:00Z; may be given
    /// more than once. What is recorded in a case (`lagrum record`) is known
    #[arg(long = "moment", value_name = "NAME=INSTANT", requires = "memo")]
    moments: Vec<String>,
    #[command(flatten)]
    by: By,
}

/// A demand with what the law says of it.
struct Assessed {
    case: Option<CaseId>,
    demand: Demand,
    assessment: Assessment,
    moments: Moments,
    verified: bool,
    packs: LawPacks,
    provider: Option<String>,
    originals: Vec<Original>,
}

/// `lagrum assess`
pub fn assess(at: &Place, asked: &Assess, output: &Output) -> Result<(), Failure> {
    let written_at = now();
    let found = match CaseId::parse(&asked.what) {
        Ok(id) if !Path::new(&asked.what).exists() => of_case(at, id, asked, written_at)?,
        _ => of_file(at, asked, written_at)?,
    };
    let phrases = Texts::new(&found.packs)?.phrases(asked.lang);
    if !asked.memo {
        let asking = found.demand.authority.country;
        return output.page(&found.assessment, || {
            assessment(&found.assessment, asking, &found.packs, &phrases)
        });
    }
    let mut moments = found.moments;
    for (what, when) in read_moments("--moment", &asked.moments)? {
        moments.add(what, when);
    }
    // The clocks as they stood at the end of the day asked about; today, as they stand now.
    let looked_at = match asked.as_of {
        None => written_at,
        Some(day) => end_of(day)?,
    };
    for &what in Moment::ALL
        .iter()
        .filter(|what| **what != Moment::StatedEnd)
    {
        if let Some(when) = moments.all(what).iter().find(|when| **when > looked_at) {
            return Err(anyhow!(
                "{what}={when}: that lies after {looked_at}, the instant at which the clocks are looked at; correct it, or assess a later day (--as-of)"
            )
            .into());
        }
    }
    let packs = &found.packs;
    let clocks = packs.clocks().of(&found.demand, &moments, looked_at)?;
    let notice = packs.notices().of(&found.demand, &moments, looked_at);
    let json = serde_json::json!({
        "assessment": found.assessment, "clocks": clocks, "notice": notice,
        "written_at": written_at,
    });
    let zone = Zone::of_country(packs, found.demand.addressee.country);
    output.page(&json, || {
        let written = Memo {
            provider: found.provider.as_deref(),
            author: asked.by.name.as_deref(),
            case: found.case.as_ref(),
            originals: &found.originals,
            demand: &found.demand,
            assessment: &found.assessment,
            moments: &moments,
            clocks: &clocks,
            notice: &notice,
            verified: found.verified,
            written_at,
            zone: &zone,
        };
        memo(&written, packs, &phrases)
    })
}

fn of_case(
    at: &Place,
    id: CaseId,
    asked: &Assess,
    written_at: Timestamp,
) -> Result<Assessed, Failure> {
    if asked.not_verified || asked.emergency_believed || !asked.holdings.is_empty() {
        return Err(anyhow!(
            "case {id}: what was found out about a case is recorded there (`lagrum authenticate`); --not-verified, --emergency-believed and --holding are for files"
        )
        .into());
    }
    let mut desk = at.open_desk()?;
    let as_of = asked.as_of.unwrap_or_else(|| day_of(written_at));
    let assessment = desk.assess(&id, as_of, &asked.by.actor()?, written_at, &mut OsRng)?;
    let (case, _) = desk.case(&id)?;
    Ok(Assessed {
        demand: case
            .demand_now()
            .ok_or_else(|| anyhow!("case {id} has no description"))?,
        verified: case.is_verified(),
        moments: case.moments,
        originals: case.originals,
        case: Some(id),
        assessment,
        provider: Some(desk.provider().to_owned()),
        packs: desk.into_law(),
    })
}

fn of_file(at: &Place, asked: &Assess, written_at: Timestamp) -> Result<Assessed, Failure> {
    let file = Path::new(&asked.what);
    if !file.exists() {
        return Err(anyhow!(
            "{}: neither a case (like 2026-0007) nor a file that can be read",
            asked.what
        )
        .into());
    }
    let demand = read(file)?;
    let as_of = asked.as_of.unwrap_or_else(|| day_of(written_at));
    let verified = !asked.not_verified;
    let (assessment, packs) = if asked.holdings.is_empty() {
        let desk = at.open_desk()?;
        let found = desk.preview(&demand, verified, asked.emergency_believed, as_of)?;
        (found, desk.into_law())
    } else {
        let packs = match &asked.law {
            Some(folder) => {
                LawPacks::from_dir(folder).with_context(|| folder.display().to_string())?
            }
            None => LawPacks::embedded()?,
        };
        let basis = demand.basis(verified, asked.emergency_believed);
        let law = only(&packs, &asked.packs, as_of)?;
        let held = asked
            .holdings
            .iter()
            .map(|file| read_holding(file, &demand))
            .collect::<Result<Vec<_>, _>>()?;
        let found = Assessment {
            as_of,
            law: packs.digest(),
            parts: parts(&law, &demand, &basis, &held)?,
        };
        (found, packs)
    };
    Ok(Assessed {
        case: None,
        demand,
        assessment,
        moments: Moments::new(),
        verified,
        packs,
        provider: None,
        originals: Vec::new(),
    })
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

/// Reads a demand file.
pub fn read(file: &Path) -> anyhow::Result<Demand> {
    let bytes = fs::read(file).with_context(|| file.display().to_string())?;
    Demand::parse(&bytes).with_context(|| file.display().to_string())
}

fn read_holding(file: &Path, demand: &Demand) -> Result<Holding, Failure> {
    let name = file.display();
    let text = fs::read_to_string(file).with_context(|| name.to_string())?;
    let held: Holding = toml::from_str(&text).with_context(|| name.to_string())?;
    if !demand.asks_for(held.category) {
        return Err(anyhow!(
            "{name}: field `category`: the demand does not ask for {} data",
            held.category
        )
        .into());
    }
    Ok(held)
}

/// The law applied to each account that the demand names and each of these holdings.
pub fn parts(
    law: &Law,
    demand: &Demand,
    basis: &Basis,
    held: &[Holding],
) -> Result<Vec<Part>, Failure> {
    let mut parts = Vec::new();
    let asked = demand.parts.iter().enumerate().flat_map(|(number, part)| {
        part.identifiers
            .iter()
            .map(move |identifier| (number, part, identifier))
    });
    for (asked_in, asked, identifier) in asked {
        for holding in held {
            if !asked.categories.contains(&holding.category) {
                continue;
            }
            let finding = law.find(&Question {
                basis,
                holding,
                named: AccountIdentifier::try_from(identifier.clone()).is_ok(),
            })?;
            parts.push(Part {
                asked_in,
                identifier: identifier.clone(),
                category: holding.category,
                holding: Some(holding.clone()),
                finding,
                note: None,
            });
        }
    }
    narrow(&mut parts);
    Ok(parts)
}

/// Reads each `NAME=INSTANT`.
pub fn read_moments(option: &str, all: &[String]) -> Result<Vec<(Moment, Timestamp)>, Failure> {
    all.iter()
        .map(|text| {
            let (name, at) = text.split_once('=').ok_or_else(|| {
                anyhow!(
                    "{option} {text}: write NAME=INSTANT, for example received=2026-11-04T09:20:00Z"
                )
            })?;
            let what: Moment = name
                .parse()
                .map_err(|why| anyhow!("{option} {text}: {why}"))?;
            let at: Timestamp = at
                .parse()
                .with_context(|| format!("{option} {text}: write the instant with its zone"))?;
            Ok((what, at))
        })
        .collect()
}

fn day_of(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// The last second of a day (UTC).
fn end_of(day: Date) -> Result<Timestamp, Failure> {
    let next = day.checked_add(1.day())?;
    Ok(next
        .to_zoned(TimeZone::UTC)?
        .timestamp()
        .checked_sub(1.second())?)
}
