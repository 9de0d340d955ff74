//! The law in plain words, and between two days.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::anyhow;
use jiff::civil::Date;
use lagrum_desk::{DeskConfig, Holdings, OneCountry, facts_at, looked_at};
use lagrum_documents::{Diff, Texts, law_diff};
use lagrum_law::{Confirmation, LawPacks};
use lagrum_model::{Act, Assessment, CountryCode, Demand, Effect, Language, Moments, Part};

use crate::commands::assess::{read, read_holdings};
use crate::context::{Context, law_packs, now};
use crate::output::{Failure, Output};

/// The packs that commands about the law read: `--law`, the desk's own, or those built in.
pub fn packs(context: &Context, folder: Option<&Path>) -> Result<Arc<LawPacks>, Failure> {
    let config = context.place.desk_file();
    let own: Option<PathBuf> = match folder {
        Some(folder) => Some(folder.to_owned()),
        None if config.exists() => DeskConfig::load(&config)?.law,
        None => None,
    };
    Ok(law_packs(own.as_deref())?)
}

/// `lagrum law explain`
pub fn explain(
    context: &Context,
    id: &str,
    language: Language,
    folder: Option<&Path>,
    output: &Output,
) -> Result<(), Failure> {
    let packs = packs(context, folder)?;
    let phrases = Texts::new(&packs)?.phrases(language);
    let explanation = lagrum_documents::explain(&packs, id, &phrases).ok_or_else(|| {
        anyhow!("no rule, clock or notice is named `{id}`; `lagrum law list` names them all")
    })?;
    output.page(&explanation, || explanation.document())
}

/// `lagrum law list`
pub fn list(context: &Context, folder: Option<&Path>, output: &Output) -> Result<(), Failure> {
    let packs = packs(context, folder)?;
    let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    let rules = packs.rules().map(|rule| {
        let what = match rule.effect {
            Effect::Permit if rule.acts == [Act::Preserve] => "preserve",
            Effect::Permit => "permit",
            Effect::Forbid => "forbid",
        };
        (
            what,
            &rule.id,
            &rule.cite,
            &rule.verified,
            rule.from,
            rule.until,
        )
    });
    let clocks = packs.clocks().rules().iter();
    let clocks = clocks.map(|c| ("clock", &c.id, &c.cite, &c.verified, c.from, c.until));
    let notices = packs.notices().rules().iter();
    let notices = notices.map(|n| ("notice", &n.id, &n.cite, &n.verified, n.from, n.until));
    let rows: Vec<_> = rules.chain(clocks).chain(notices).collect();
    let json: Vec<_> = rows
        .iter()
        .map(|(what, id, cite, verified, from, until)| {
            serde_json::json!({
                "id": id, "is": what, "cite": cite, "verified": verified,
                "confirmed_by": confirmed_by(verified),
                "from": from, "until": until,
            })
        })
        .collect();
    output.show(&json, || {
        let lines = rows.iter().map(|(what, id, cite, verified, from, until)| {
            let force = match (from, until) {
                (None, None) => String::new(),
                _ => format!(" [{} – {}]", day(*from), day(*until)),
            };
            let weight = verified.split([':', ';']).next().unwrap_or(verified);
            format!("{what:<8} {id}{force}\n           {cite} ({weight})")
        });
        let mut lines: Vec<_> = lines.collect();
        let of = |kind: &[&str]| rows.iter().filter(|row| kind.contains(&row.0)).count();
        let confirmed = rows.iter().filter(|row| confirmed_by(row.3).is_some());
        let (confirmed, all) = (confirmed.count(), rows.len());
        lines.push(format!(
            "{} rules, {} clocks, {} rules of notice; confirmed by counsel: {confirmed}, not confirmed: {}",
            of(&["permit", "forbid", "preserve"]),
            of(&["clock"]),
            of(&["notice"]),
            all - confirmed
        ));
        lines.join("\n")
    })
}

/// Which counsel confirmed a reading, if any did.
fn confirmed_by(verified: &str) -> Option<String> {
    let read = Confirmation::of(verified).ok()?;
    read.counsel().map(str::to_owned)
}

/// Where the data of a demand is held.
pub enum HeldWhere<'a> {
    /// Where the desk's directory says; without a desk, in the country of the addressed company.
    AtTheDesk,
    /// As if all of it were in one country.
    In(CountryCode),
    /// What these files describe.
    These(&'a [PathBuf]),
}

/// `lagrum law diff`
pub fn diff(
    context: &Context,
    days: [Date; 2],
    file: &Path,
    held: HeldWhere<'_>,
    language: Language,
    output: &Output,
) -> Result<(), Failure> {
    let [from, until] = days;
    let packs = packs(context, None)?;
    let demand = read(file)?;
    let known: Option<Box<dyn Holdings>> = match held {
        HeldWhere::These(files) => Some(Box::new(read_holdings(files, &demand)?)),
        HeldWhere::In(country) => Some(Box::new(OneCountry(country))),
        HeldWhere::AtTheDesk if context.place.desk_file().exists() => None,
        HeldWhere::AtTheDesk => Some(Box::new(OneCountry(demand.addressee.country))),
    };
    let on = |day| on(day, &demand, known.as_deref(), context, &packs);
    let (before, after) = (on(from)?, on(until)?);
    let names = |day: Date| -> Result<BTreeSet<String>, Failure> {
        let law = packs.in_force(day)?;
        Ok(law.rules().map(|rule| rule.id.clone()).collect())
    };
    let (old, new) = (names(from)?, names(until)?);
    let came: Vec<_> = new.difference(&old).cloned().collect();
    let went: Vec<_> = old.difference(&new).cloned().collect();
    let pairs: Vec<_> = pair(&before, &after);
    let json = serde_json::json!({
        "from": from, "until": until, "came": came, "went": went,
        "changed": pairs.iter().any(|(old, new)| changed(*old, *new)),
        "parts": pairs.iter().map(|(old, new)| serde_json::json!({
            "changed": changed(*old, *new), "before": old, "after": new,
        })).collect::<Vec<_>>(),
    });
    let phrases = Texts::new(&packs)?.phrases(language);
    output.page(&json, || {
        let diff = Diff {
            from,
            until,
            came: &came,
            went: &went,
            parts: &pairs,
        };
        law_diff(&diff, &packs, &phrases)
    })
}

/// The parts of two assessments of the same demand, side by side.
fn pair<'a>(
    before: &'a Assessment,
    after: &'a Assessment,
) -> Vec<(Option<&'a Part>, Option<&'a Part>)> {
    let key = |part: &Part| {
        let place = part
            .holding
            .as_ref()
            .map(|h| (h.region.as_str().to_owned(), h.stored_in));
        (part.identifier.to_string(), part.category.as_str(), place)
    };
    let mut pairs: BTreeMap<_, (Option<&Part>, Option<&Part>)> = BTreeMap::new();
    for part in &before.parts {
        pairs.entry(key(part)).or_default().0 = Some(part);
    }
    for part in &after.parts {
        pairs.entry(key(part)).or_default().1 = Some(part);
    }
    pairs.into_values().collect()
}

fn changed(old: Option<&Part>, new: Option<&Part>) -> bool {
    let finding = |part: Option<&Part>| part.map(|part| part.finding.clone());
    finding(old) != finding(new)
}

/// A demand assessed on one day, the authority being verified: on what is known to be held, or
/// against the desk's directory.
fn on(
    day: Date,
    demand: &Demand,
    known: Option<&dyn Holdings>,
    context: &Context,
    packs: &LawPacks,
) -> Result<Assessment, Failure> {
    let at = looked_at(day, now());
    let basis = facts_at(demand, (true, false), &Moments::new(), packs, at)?;
    let Some(known) = known else {
        return context.at_desk(|session| Ok(session.preview(demand, &basis, day)?));
    };
    let law = packs.in_force(day)?;
    Ok(lagrum_desk::assess(demand, &basis, known, packs, &law)?)
}
