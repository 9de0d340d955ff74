//! Case tables: `cases.toml` in the folder of each pack, for lawyers to read and change.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use lagrum_law::{Law, LawPacks, Question};

use crate::clock_table::ClockCase;
use crate::notice_table::NoticeCase;
use lagrum_model::{
    AskedPeriod, AuthorityFacts, AuthorityKind, Basis, Category, ClockStanding, Conflict,
    Controller, CountryCode, DigitalServicesElements, Disposition, Finding, Holding,
    InstrumentFacts, InstrumentKind, IssuerKind, Measure, Notification, Objection,
    ProviderFindings, Purpose, Region, Sentence, Service, Since, SubCategory,
};
use serde::Deserialize;

/// The day whose law is applied where a case names none.
const TODAY: Date = date(2026, 11, 21);

/// One `cases.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Demands that cases start from.
    #[serde(default)]
    demand: BTreeMap<String, toml::Table>,
    case: Vec<Case>,
    /// Who tells whom.
    #[serde(default)]
    notice: Vec<NoticeCase>,
    /// Which clock runs, and until when.
    #[serde(default)]
    clock: Vec<ClockCase>,
}

/// One row.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The rule that decides it. Without one the row tells a story and counts for no rule.
    rule: Option<String>,
    /// The provision, as a lawyer would name it.
    provision: String,
    /// What the row shows, where that is not plain.
    #[serde(default)]
    shows: String,
    /// The demand that it starts from.
    demand: String,
    /// What is different from that demand.
    #[serde(default)]
    with: toml::Table,
    /// The day whose law is applied.
    #[serde(default)]
    day: Option<String>,
    /// The finding.
    finding: String,
    /// All rules that decide it, in their order, if that is to be said.
    decided_by: Option<Vec<String>>,
    /// All rules that would have permitted it, if that is to be said.
    overridden: Option<Vec<String>>,
    /// The reason of the form of Annex III with which it is told, if that is to be said; with
    /// `, both` where it goes to the enforcing authority as well.
    form: Option<String>,
    /// Part of what the authority is told to do instead, if that is to be said.
    told: Option<String>,
    /// The near miss: what is different from this case, and the rule no longer applies.
    but: Option<toml::Table>,
    /// The day of the near miss, if that is the difference.
    but_on: Option<String>,
    /// The finding of the near miss.
    then: Option<String>,
}

/// The facts of a request, in the words of a case table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    asks: CountryCode,
    authority: AuthorityKind,
    #[serde(default = "yes")]
    verified: bool,
    instrument: InstrumentKind,
    measure: Option<Measure>,
    law_of: Option<CountryCode>,
    issued_by: IssuerKind,
    validated_by: Option<IssuerKind>,
    #[serde(default = "yes")]
    signed: bool,
    #[serde(default)]
    qualified_signature: bool,
    #[serde(default)]
    treaty: bool,
    notification: Option<Notification>,
    #[serde(default)]
    customer_cannot_be_asked: bool,
    #[serde(default)]
    interim: bool,
    #[serde(default)]
    rank_confirmed: bool,
    #[serde(default)]
    certified: bool,
    valid_until: Option<String>,
    digital_services: Option<DigitalServicesElements>,
    served_in: CountryCode,
    penalty_months: Option<u32>,
    #[serde(default)]
    listed_offence: bool,
    purpose: Option<Purpose>,
    sentence: Option<Sentence>,
    #[serde(default)]
    emergency: EmergencyWord,
    conflict: Option<Conflict>,
    objection: Option<Objection>,
    #[serde(default)]
    transfer_ground: bool,
    #[serde(default)]
    relevance_doubted: bool,
    #[serde(default)]
    foreign_law_cleared: bool,
    #[serde(default)]
    local_law_confirmed: bool,
    #[serde(default)]
    privilege_cleared: bool,
    #[serde(default = "yes")]
    names_account: bool,
    data: Category,
    /// The boxes below it that are ticked; else all of it.
    #[serde(default)]
    boxes: Vec<SubCategory>,
    stored_in: Option<CountryCode>,
    #[serde(default = "consumer")]
    customer: Controller,
    resides_in: Option<CountryCode>,
    us_person: Option<bool>,
    #[serde(default)]
    privileged: bool,
    public_authority_of: Option<CountryCode>,
    service: Option<Service>,
    /// The day on the instrument; else five days before the day whose law is applied.
    issued_on: Option<String>,
    /// The instant at which the demand was received; else the first of the day whose law is applied.
    received_at: Option<Timestamp>,
    /// From when to when; else a month of 2010. An end that is not named is open.
    period: Option<AskedPeriod>,
    #[serde(default)]
    withdrawn: bool,
    #[serde(default)]
    validation_refused: bool,
    #[serde(default)]
    partly_refused: bool,
    #[serde(default)]
    partial_refusal_settled: bool,
    /// How clocks stand, by their names.
    #[serde(default)]
    clocks: BTreeMap<String, ClockStanding>,
}

#[derive(Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum EmergencyWord {
    #[default]
    None,
    Claimed,
    Believed,
}

fn yes() -> bool {
    true
}

fn consumer() -> Controller {
    Controller::Consumer
}

impl Facts {
    fn request(self, day: Date) -> Result<(Basis, Holding, bool, Option<AskedPeriod>), String> {
        let read = |field: &str, text: Option<String>| {
            text.map(|text| text.parse().map_err(|e| format!("{field}: {e}")))
                .transpose()
        };
        let valid_until = read("valid_until", self.valid_until)?;
        let issued_on = read("issued_on", self.issued_on)?;
        let first = day
            .to_zoned_datetime(TimeZone::UTC)
            .map_err(|e| e.to_string())?;
        let period = self.period.or_else(lagrum_model::testing::long_ago);
        let basis = Basis {
            authority: AuthorityFacts {
                country: self.asks,
                kind: self.authority,
                verified: self.verified,
            },
            instrument: InstrumentFacts {
                kind: self.instrument,
                measure: self.measure,
                country: self.law_of.unwrap_or(self.asks),
                issued_on: issued_on.unwrap_or_else(|| day - 5.days()),
                issued_by: self.issued_by,
                validated_by: self.validated_by,
                signed: self.signed,
                qualified_signature: self.qualified_signature,
                treaty: self.treaty,
                notification: self.notification,
                customer_cannot_be_asked: self.customer_cannot_be_asked,
                interim: self.interim,
                rank_confirmed: self.rank_confirmed,
                certified: self.certified,
                valid_until,
                digital_services: self.digital_services,
            },
            addressee_country: self.served_in,
            maximum_penalty_months: self.penalty_months,
            listed_offence: self.listed_offence,
            emergency: self.emergency != EmergencyWord::None,
            emergency_believed: self.emergency == EmergencyWord::Believed,
            purpose: self.purpose,
            sentence: self.sentence,
            findings: ProviderFindings {
                conflict: self.conflict,
                objection: self.objection,
                transfer_ground: self.transfer_ground,
                relevance_doubted: self.relevance_doubted,
                foreign_law_cleared: self.foreign_law_cleared,
                local_law_confirmed: self.local_law_confirmed,
                privilege_cleared: self.privilege_cleared,
                partial_refusal_settled: self.partial_refusal_settled,
            },
            received_at: Some(self.received_at.unwrap_or_else(|| first.timestamp())),
            since: Since {
                withdrawn: self.withdrawn,
                validation_refused: self.validation_refused,
                partly_refused: self.partly_refused,
            },
            clocks: self.clocks,
        };
        let holding = Holding {
            category: self.data,
            region: Region::parse("somewhere")?,
            stored_in: self.stored_in.unwrap_or(self.served_in),
            controller: self.customer,
            holder_resides_in: self.resides_in,
            holder_is_us_person: self.us_person,
            privileged: self.privileged,
            public_authority_of: self.public_authority_of,
            service: self.service,
        };
        Ok((basis, holding, self.names_account, period))
    }
}

/// The tables of a folder of packs, by pack.
pub fn read_tables(folder: &Path) -> Result<BTreeMap<String, Table>, String> {
    let mut tables = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(|e| e.to_string())? {
        let entry = entry.map_err(|e| e.to_string())?;
        let path = entry.path().join("cases.toml");
        if let Ok(text) = fs::read_to_string(&path) {
            let name = entry.file_name().to_string_lossy().into_owned();
            let table = toml::from_str(&text).map_err(|e| format!("{name}/cases.toml: {e}"))?;
            tables.insert(name, table);
        }
    }
    Ok(tables)
}

/// What the tables say of a set of packs: every row that is not as written, and the rules that rows
/// with a near miss try.
#[derive(Default)]
pub struct Judged {
    pub faults: Vec<String>,
    pub tried: BTreeSet<String>,
    pub rows: usize,
}

/// The law of each day that the tables name, made once.
struct Laws<'a> {
    packs: &'a LawPacks,
    made: BTreeMap<Date, Arc<Law>>,
}

impl Laws<'_> {
    fn find(&mut self, day: Date, facts: toml::Table) -> Result<Finding, String> {
        let facts: Facts = facts.try_into().map_err(|e| format!("{e}"))?;
        let boxes = facts.boxes.clone();
        let (basis, holding, named, period) = facts.request(day)?;
        if !self.made.contains_key(&day) {
            let law = self.packs.in_force(day).map_err(|e| e.to_string())?;
            self.made.insert(day, law);
        }
        self.made[&day]
            .find(&Question {
                basis: &basis,
                holding: &holding,
                named,
                period,
                sub_categories: &boxes,
            })
            .map_err(|e| e.to_string())
    }
}

/// `changes` laid over `facts`; the word `absent` takes a fact away.
pub fn changed(facts: &toml::Table, changes: &toml::Table) -> toml::Table {
    let mut facts = facts.clone();
    for (name, value) in changes {
        if value.as_str() == Some("absent") {
            facts.remove(name);
        } else {
            facts.insert(name.clone(), value.clone());
        }
    }
    facts
}

fn cited(finding: &Finding) -> Vec<&str> {
    let all = finding.decided_by.iter().chain(&finding.overridden);
    all.map(|citation| citation.rule.as_str()).collect()
}

/// Judges every row of every table by `packs`.
pub fn judge(packs: &LawPacks, tables: &BTreeMap<String, Table>) -> Judged {
    let mut judged = Judged::default();
    let mut laws = Laws {
        packs,
        made: BTreeMap::new(),
    };
    for (pack, table) in tables {
        for (at, case) in table.case.iter().enumerate() {
            judged.rows += 1;
            let name = case.rule.as_deref().unwrap_or(&case.shows);
            let place = format!("{pack}/cases.toml, case {} ({name})", at + 1);
            match judge_case(&mut laws, table, case) {
                Ok(()) => {
                    if case.but.is_some() || case.but_on.is_some() {
                        judged.tried.extend(case.rule.clone());
                    }
                }
                Err(why) => judged.faults.push(format!("{place}: {why}")),
            }
        }
        for (at, case) in table.clock.iter().enumerate() {
            judged.rows += 1;
            if let Err(why) = case.judge(packs) {
                judged.faults.push(format!(
                    "{pack}/cases.toml, clock {} ({}): {why}",
                    at + 1,
                    case.clock
                ));
            }
        }
        for (at, case) in table.notice.iter().enumerate() {
            judged.rows += 1;
            match case.judge(packs) {
                Ok(()) => drop(judged.tried.insert(case.rule.clone())),
                Err(why) => judged.faults.push(format!(
                    "{pack}/cases.toml, notice {} ({}): {why}",
                    at + 1,
                    case.rule
                )),
            }
        }
    }
    judged
}

/// The first row that is not as written, asking the table of `first` before the others.
pub fn judge_until_fault(
    packs: &LawPacks,
    tables: &BTreeMap<String, Table>,
    first: &str,
) -> Option<String> {
    let mut laws = Laws {
        packs,
        made: BTreeMap::new(),
    };
    let own = tables.iter().filter(|(pack, _)| *pack == first);
    let others = tables.iter().filter(|(pack, _)| *pack != first);
    // The rows of clocks and notice first: they are quickly judged.
    let clock = tables.iter().find_map(|(pack, table)| {
        table.clock.iter().find_map(|case| {
            let why = case.judge(packs).err()?;
            Some(format!("{pack}/cases.toml, clock {}: {why}", case.clock))
        })
    });
    let notice = tables.iter().find_map(|(pack, table)| {
        table.notice.iter().find_map(|case| {
            let why = case.judge(packs).err()?;
            Some(format!("{pack}/cases.toml, notice {}: {why}", case.rule))
        })
    });
    clock.or(notice).or_else(|| {
        own.chain(others).find_map(|(pack, table)| {
            table.case.iter().enumerate().find_map(|(at, case)| {
                let why = judge_case(&mut laws, table, case).err()?;
                Some(format!("{pack}/cases.toml, case {}: {why}", at + 1))
            })
        })
    })
}

fn judge_case(laws: &mut Laws<'_>, table: &Table, case: &Case) -> Result<(), String> {
    if case.provision.trim().is_empty() {
        return Err("write the provision".to_owned());
    }
    if case.rule.is_none() && (case.shows.is_empty() || case.decided_by.is_none()) {
        return Err("write `rule`, or `shows` and `decided_by`".to_owned());
    }
    let day_of = |text: &Option<String>, otherwise: Date| match text {
        Some(text) => text.parse::<Date>().map_err(|e| format!("{text}: {e}")),
        None => Ok(otherwise),
    };
    let disposition_of =
        |text: &str| Disposition::parse(text).ok_or_else(|| format!("`{text}` is no finding"));
    let start = table
        .demand
        .get(&case.demand)
        .ok_or_else(|| format!("no demand `{}` in this file", case.demand))?;
    let facts = changed(start, &case.with);
    let day = day_of(&case.day, TODAY)?;

    let finding = laws.find(day, facts.clone())?;
    let rules = cited(&finding);
    if finding.disposition != disposition_of(&case.finding)? {
        return Err(format!(
            "finds {:?} by {rules:?}, not {}",
            finding.disposition.as_str(),
            case.finding
        ));
    }
    if let Some(rule) = &case.rule
        && !rules.contains(&rule.as_str())
    {
        return Err(format!("the rule does not apply; these do: {rules:?}"));
    }
    if let Some(part) = &case.told
        && !finding
            .instead
            .as_ref()
            .is_some_and(|told| told.contains(part))
    {
        return Err(format!("tells {:?}, not `{part}`", finding.instead));
    }
    let names = |citations: &[lagrum_model::Citation]| -> Vec<String> {
        citations
            .iter()
            .map(|citation| citation.rule.clone())
            .collect()
    };
    for (said, found) in [
        (&case.decided_by, names(&finding.decided_by)),
        (&case.overridden, names(&finding.overridden)),
    ] {
        if said.as_ref().is_some_and(|said| *said != found) {
            return Err(format!("decided by {found:?}, not {said:?}"));
        }
    }

    if let Some(said) = &case.form {
        let both = |both| if both { ", both" } else { "" };
        let found = finding.form.map_or("none".to_owned(), |form| {
            format!("{}{}", form.reason.as_str(), both(form.enforcing_authority))
        });
        if *said != found {
            return Err(format!("the form is {found}, not {said}"));
        }
    }

    if case.but.is_none() && case.but_on.is_none() {
        return Ok(());
    }
    let rule = case.rule.as_ref().ok_or("a near miss needs `rule`")?;
    let empty = toml::Table::new();
    let changes = case.but.as_ref().unwrap_or(&empty);
    if changes.len() + usize::from(case.but_on.is_some()) != 1 {
        return Err("a near miss differs in exactly one fact".to_owned());
    }
    let missed = laws.find(day_of(&case.but_on, day)?, changed(&facts, changes))?;
    let rules = cited(&missed);
    if rules.contains(&rule.as_str()) {
        return Err(format!(
            "the rule still applies to the near miss: {rules:?}"
        ));
    }
    let then = case.then.as_ref().ok_or("a near miss needs `then`")?;
    if missed.disposition != disposition_of(then)? {
        return Err(format!(
            "the near miss finds {:?} by {rules:?}, not {then}",
            missed.disposition.as_str()
        ));
    }
    Ok(())
}
