//! The way of each demand, step by step, as the people at the desk go it.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, anyhow, bail};
use lagrum_agent::Agent;
use lagrum_desk::{Desk, Genuine};
use lagrum_model::{Actor, Case, CaseId, CaseState, Citation, Disposition, Role};
use lagrum_notes::{SigningKey, role};
use rand_core::OsRng;
use serde::Serialize;

use super::demands::{self, DemoDemand};
use super::world::{World, signing_keys};
use crate::commands::{Place, now};
use crate::output::Output;

/// A demand that was answered.
#[derive(Serialize)]
pub struct Answered {
    /// Its number in the table.
    pub number: String,
    /// What it is.
    pub title: String,
    /// Its case.
    pub case: CaseId,
    /// The answers, part by part.
    pub parts: Vec<AnsweredPart>,
    /// The delivered packages.
    pub packages: Vec<PathBuf>,
}

/// The answer for one part.
#[derive(Serialize)]
pub struct AnsweredPart {
    /// Category and place.
    pub what: String,
    /// The disposition.
    pub disposition: Disposition,
    /// The answer in words.
    pub answer: String,
    /// The provisions that decided it.
    pub provisions: String,
    /// What the authority is told that it can do instead.
    pub instead: Option<String>,
}

/// Takes every demand the whole way.
pub fn all(at: &Place, world: &World, output: &Output) -> anyhow::Result<Vec<Answered>> {
    let mut desk = Desk::open(&at.desk().join("desk.toml"))?;
    let mut agents = Vec::new();
    for region in ["dublin", "seattle", "stockholm"] {
        agents.push(Agent::open(&at.agents().join(region).join("agent.toml"))?);
    }
    let keys = signing_keys(at)?;
    let mut answered = Vec::new();
    for demand in demands::all(world)? {
        let walk = Walk {
            at,
            desk: &mut desk,
            agents: &agents,
            keys: &keys,
            demand: &demand,
        };
        let one = walk.go()?;
        output.say(format!(
            "{:>3}  {}: {}",
            one.number,
            one.title,
            summary(&one)
        ))?;
        answered.push(one);
    }
    output.say("")?;
    Ok(answered)
}

fn summary(one: &Answered) -> String {
    let mut all: Vec<_> = one.parts.iter().map(|part| part.disposition).collect();
    all.sort_unstable();
    all.dedup();
    dispositions(&all)
}

fn dispositions(all: &[Disposition]) -> String {
    let words: Vec<_> = all.iter().map(ToString::to_string).collect();
    words.join(", ")
}

fn citations(rules: &[Citation]) -> String {
    let cites: Vec<_> = rules.iter().map(|rule| rule.cite.as_str()).collect();
    cites.join("; ")
}

fn counted(items: u64) -> String {
    if items == 1 {
        "1 item".to_owned()
    } else {
        format!("{items} items")
    }
}

struct Walk<'w> {
    at: &'w Place,
    desk: &'w mut Desk,
    agents: &'w [Agent],
    keys: &'w [SigningKey<role::Person>],
    demand: &'w DemoDemand,
}

impl Walk<'_> {
    /// Does what comes next until the case is closed.
    fn go(mut self) -> anyhow::Result<Answered> {
        let analyst = Actor::Person {
            id: "olof".into(),
            name: "Olof Strand".into(),
            role: Role::Analyst,
        };
        let file = self
            .at
            .dir()
            .join("demands")
            .join(format!("{}.toml", self.demand.file));
        let bytes = fs::read(&file).with_context(|| file.display().to_string())?;
        let name = format!("{}.txt", self.demand.file);
        let face = fs::read(self.at.dir().join("demands").join(&name))?;
        let name_of_file = format!("{}.toml", self.demand.file);
        let (id, read) = self.desk.intake(
            &name_of_file,
            &bytes,
            Some((&name, &face)),
            &analyst,
            now(),
            &mut OsRng,
        )?;
        read?;
        // Each round does one thing; a case has fewer than twenty to do.
        for _ in 0..20 {
            let (case, _) = self.desk.case(&id)?;
            if case.state() == CaseState::Closed {
                return self.answered(id, &case);
            }
            self.step(&id, &case, &analyst)?;
        }
        Err(anyhow!("case {id} does not come to its end"))
    }

    fn step(&mut self, id: &CaseId, case: &Case, analyst: &Actor) -> anyhow::Result<()> {
        match case.state() {
            CaseState::Described => {
                let (verified, how) = self.demand.verified;
                let genuine = Genuine {
                    verified,
                    how,
                    emergency_believed: None,
                };
                self.desk
                    .authenticate(id, &genuine, analyst, now(), &mut OsRng)?;
            }
            CaseState::Authenticated | CaseState::NotAuthenticated => {
                let today = now().to_zoned(jiff::tz::TimeZone::UTC).date();
                let as_of = self.demand.as_of.unwrap_or(today);
                self.desk.assess(id, as_of, analyst, now(), &mut OsRng)?;
            }
            CaseState::Assessed => {
                self.desk.decide(
                    id,
                    &[],
                    "as the law packs propose",
                    analyst,
                    now(),
                    &mut OsRng,
                )?;
            }
            CaseState::Decided if case.mandates.is_empty() => {
                self.desk
                    .close(id, "answered", analyst, now(), &mut OsRng)?;
            }
            CaseState::Decided => {
                self.desk.approve(id, &self.keys[0], now(), &mut OsRng)?;
            }
            CaseState::PartlyApproved => {
                self.desk.approve(id, &self.keys[1], now(), &mut OsRng)?;
            }
            CaseState::Mandated => {
                for agent in self.agents {
                    agent.run(&now, &mut |_| ())?;
                }
                self.desk.collect(now(), &mut OsRng)?;
            }
            CaseState::Produced => {
                self.desk.deliver(id, analyst, now(), &mut OsRng)?;
            }
            CaseState::Delivered => {
                self.desk
                    .close(id, "answered", analyst, now(), &mut OsRng)?;
            }
            CaseState::NotProduced => {
                let why = case
                    .mandates
                    .values()
                    .find_map(|state| state.not_produced.clone());
                bail!("case {id}: an agent refused: {}", why.unwrap_or_default());
            }
            CaseState::Received | CaseState::Waiting | CaseState::Closed => {
                bail!("case {id}: nothing to do")
            }
        }
        Ok(())
    }

    fn answered(&mut self, id: CaseId, case: &Case) -> anyhow::Result<Answered> {
        let assessment = case.assessment.as_ref().context("the case is assessed")?;
        let (mut parts, mut told) = (Vec::new(), BTreeSet::new());
        for answer in &case.answers {
            let part = &assessment.parts[answer.part];
            let account = part.identifier.to_string();
            let place = part.holding.as_ref().map_or_else(
                || account.clone(),
                |holding| format!("{account}, {}", holding.region),
            );
            let mandate = case
                .mandates
                .iter()
                .find(|(_, state)| state.parts.contains(&answer.part));
            let first = mandate.is_some_and(|(digest, _)| told.insert(*digest));
            let made = mandate.and_then(|(_, state)| state.produced);
            let carried = match made.map(|made| (made.items, made.for_review)) {
                None => String::new(),
                Some(_) if !first => " (same package)".to_owned(),
                Some((0, 0)) => ": signed statement that nothing was found".to_owned(),
                Some((items, 0)) => format!(": {}", counted(items)),
                Some((items, review)) => {
                    format!(
                        ": {}; {review} withheld, dates lost, to counsel",
                        counted(items)
                    )
                }
            };
            let mut provisions = citations(&part.finding.decided_by);
            if provisions.is_empty() {
                provisions = "no rule in force permits it".into();
            }
            if !part.finding.overridden.is_empty() {
                let over = citations(&part.finding.overridden);
                provisions = format!("{provisions}\n(although permitted by {over})");
            }
            parts.push(AnsweredPart {
                what: format!("{} of {place}", part.category),
                disposition: answer.disposition,
                answer: format!("{}{carried}", answer.disposition.to_string().to_uppercase()),
                provisions,
                instead: part.finding.instead.clone(),
            });
        }
        let packages = match case.mandates.is_empty() {
            true => vec![],
            false => {
                let analyst = Actor::Person {
                    id: "olof".into(),
                    name: "Olof Strand".into(),
                    role: Role::Analyst,
                };
                self.desk.deliver(&id, &analyst, now(), &mut OsRng)?
            }
        };
        Ok(Answered {
            number: self.demand.number.to_owned(),
            title: self.demand.title.to_owned(),
            case: id,
            parts,
            packages,
        })
    }
}
