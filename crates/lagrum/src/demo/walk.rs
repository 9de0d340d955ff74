//! The way of each demand, step by step, as the people at the desk go it.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, anyhow, bail};
use lagrum_agent::Agent;
use lagrum_desk::{Desk, Genuine, Intake, Session};
use lagrum_mandate::Mandate;
use lagrum_model::{Arrival, Case, CaseId, CaseState, Citation, Disposition};
use lagrum_notes::{SigningKey, role};
use lagrum_transport::Stem;
use rand_core::OsRng;
use serde::Serialize;

use super::demands::{self, DemoDemand};
use super::world::{World, signing_keys};
use crate::context::{Machine, Place, now};
use crate::output::{Failure, Output};

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
    /// What came of it, in words; empty if nothing was carried out.
    pub carried: String,
    /// Items that left with it; those of a mandate of several parts stand with the first.
    pub items: u64,
    /// Items that were withheld for counsel.
    pub for_review: u64,
    /// The provisions that decided it.
    pub provisions: String,
    /// What the authority is told that it can do instead.
    pub instead: Option<String>,
}

/// Takes every demand the whole way.
pub fn all(at: &Place, world: &World, output: &Output) -> Result<Vec<Answered>, Failure> {
    let desk = at.open_desk()?;
    let user = lagrum_access::current_user()?;
    let analyst = desk.people()?.principal_of_user(&user, Some("olof"))?;
    let mut agents = Vec::new();
    for region in ["dublin", "seattle", "stockholm"] {
        agents.push(Agent::open(&at.agents().join(region).join("agent.toml"))?);
    }
    let keys = signing_keys(at)?;
    let mut answered = Vec::new();
    for demand in demands::all(world)? {
        let mut random = OsRng;
        let walk = Walk {
            at,
            desk: &desk,
            session: desk.session(analyst.clone(), &Machine, &mut random),
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
    desk: &'w Desk,
    session: Session<'w>,
    agents: &'w [Agent],
    keys: &'w [SigningKey<role::Person>],
    demand: &'w DemoDemand,
}

impl Walk<'_> {
    /// Does what comes next until the case is closed.
    fn go(mut self) -> anyhow::Result<Answered> {
        let folder = self.at.dir().join("demands");
        let read = |name: &str| {
            let file = folder.join(name);
            fs::read(&file).with_context(|| file.display().to_string())
        };
        let name = format!("{}.toml", self.demand.file);
        let bytes = read(&name)?;
        let face_name = format!("{}.txt", self.demand.file);
        let face = read(&face_name)?;
        let demand = Intake {
            file_name: &name,
            bytes: &bytes,
            arrival: Arrival::default(),
        };
        let annex = Intake {
            file_name: &face_name,
            bytes: &face,
            arrival: Arrival::default(),
        };
        let taken = self.session.intake(&demand, &[annex])?;
        if let Some(why) = taken.unreadable {
            bail!("{name}: {why}");
        }
        let id = taken.case;
        // Each round does one thing; a case has fewer than twenty to do.
        for _ in 0..20 {
            self.desk.settle()?;
            let case = self.session.case(&id)?.case;
            if case.state() == CaseState::Closed {
                return self.answered(id, &case);
            }
            self.step(&id, &case)?;
        }
        Err(anyhow!("case {id} does not come to its end"))
    }

    fn step(&mut self, id: &CaseId, case: &Case) -> anyhow::Result<()> {
        match case.state() {
            CaseState::Described => {
                let (verified, how) = self.demand.verified;
                self.session.authenticate(id, &Genuine { verified, how })?;
            }
            CaseState::Authenticated | CaseState::NotAuthenticated => {
                let today = now().to_zoned(jiff::tz::TimeZone::UTC).date();
                self.session
                    .assess(id, self.demand.as_of.unwrap_or(today))?;
            }
            CaseState::Assessed => {
                self.session.decide(id, &[], "as the law packs propose")?;
            }
            CaseState::Decided if case.mandates.is_empty() => {
                self.session.close(id, "answered")?;
            }
            CaseState::Decided => self.sign(id, 0)?,
            CaseState::PartlyApproved => self.sign(id, 1)?,
            CaseState::Mandated => {
                for agent in self.agents {
                    agent.run(&now, &mut |_| ())?;
                }
                self.desk.collect(now(), &mut OsRng)?;
            }
            CaseState::Produced => {
                self.session.deliver(id)?;
            }
            CaseState::Delivered => {
                self.session.close(id, "answered")?;
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

    /// Signs every mandate that waits, as a person does on an own machine, and brings the signatures.
    fn sign(&mut self, id: &CaseId, person: usize) -> anyhow::Result<()> {
        let waiting = self.session.to_sign(id)?;
        let lines = waiting.iter().map(|one| {
            let line = self.keys[person].sign_line(&one.text)?;
            Ok((one.mandate, line))
        });
        let lines = lines.collect::<anyhow::Result<Vec<_>>>()?;
        self.session.add_signatures(id, &lines)?;
        Ok(())
    }

    fn answered(&self, id: CaseId, case: &Case) -> anyhow::Result<Answered> {
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
            let made = made.map_or((0, 0), |made| (made.items, made.for_review));
            let (items, for_review) = if first { made } else { (0, 0) };
            let carried = match made {
                _ if mandate.is_none() => String::new(),
                _ if !first => "same package".to_owned(),
                (0, 0) => "signed statement that nothing was found".to_owned(),
                (items, 0) => counted(items),
                (items, review) => format!(
                    "{}; {review} withheld for counsel, their dates are lost",
                    counted(items)
                ),
            };
            let mut provisions = citations(&part.finding.decided_by);
            if provisions.is_empty() {
                provisions = "no rule in force permits it".into();
            }
            if !part.finding.overridden.is_empty() {
                let over = citations(&part.finding.overridden);
                provisions = format!("{provisions} (although permitted by {over})");
            }
            parts.push(AnsweredPart {
                what: format!("{} data of {place}", part.category),
                disposition: answer.disposition,
                carried,
                items,
                for_review,
                provisions,
                instead: part.finding.instead.clone(),
            });
        }
        let folder = self.at.dir().join("deliveries").join(id.to_string());
        let packages = case
            .mandates
            .values()
            .filter(|mandate| mandate.delivered_to.is_some())
            .map(|mandate| {
                let stem = Stem::of(&Mandate::parse(&mandate.text)?);
                Ok(folder.join(stem.package()))
            })
            .collect::<anyhow::Result<Vec<_>>>()?;
        Ok(Answered {
            number: self.demand.number.to_owned(),
            title: self.demand.title.to_owned(),
            case: id,
            parts,
            packages,
        })
    }
}
