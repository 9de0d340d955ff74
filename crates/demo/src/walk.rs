//! The way of each demand, step by step, as the people at the desk go it.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, anyhow, bail};
use lagrum_agent::Agent;
use lagrum_desk::{Call, Genuine, Intake, Session, StillRuns};
use lagrum_mandate::Mandate;
use lagrum_mandate::gate::RECALL_AND_ANEW;
use lagrum_model::{Arrival, Case, CaseId, CaseState, Category, Citation, Disposition, Region};
use lagrum_notes::{SigningKey, role};
use lagrum_transport::Stem;
use serde::Serialize;

use crate::demands::{self, DemoDemand};
use crate::world::signing_keys;
use crate::{ANALYST, Demo, Step, World};

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
    /// What left with each package, in the order of `packages`.
    pub productions: Vec<Produced>,
    /// The delivered packages.
    pub packages: Vec<PathBuf>,
}

/// What left with one package.
#[derive(Serialize)]
pub struct Produced {
    /// From which region.
    pub region: Region,
    /// How many messages and rows.
    pub items: u64,
    /// How many stayed with the provider because their dates cannot be established.
    pub withheld: u64,
}

/// The answer for one part.
#[derive(Serialize)]
pub struct AnsweredPart {
    /// Category and place.
    pub what: String,
    /// The category.
    pub category: Category,
    /// The disposition.
    pub disposition: Disposition,
    /// The provisions that decided it.
    pub provisions: Vec<String>,
    /// The provisions that would have permitted it, where another stands against them.
    pub overridden: Vec<String>,
    /// What the authority is told that it can do instead.
    pub instead: Option<String>,
    /// The package that carries it out, counted from 0; several parts can share one.
    pub production: Option<usize>,
}

/// Takes every demand the whole way.
pub fn all(
    demo: &mut Demo<'_>,
    world: &World,
    tell: &mut dyn FnMut(Step<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<Vec<Answered>> {
    let at = demo.place;
    let desk = at.open_desk()?;
    let user = lagrum_access::current_user()?;
    let analyst = desk.people()?.principal_of_user(&user, Some(ANALYST))?;
    let mut agents = Vec::new();
    for region in ["dublin", "seattle", "stockholm"] {
        agents.push(Agent::open(&at.agents().join(region).join("agent.toml"))?);
    }
    let keys = signing_keys(at)?;
    let mut answered = Vec::new();
    for demand in demands::all(world)? {
        let walk = Walk {
            folder: at.dir().join("demands"),
            deliveries: at.dir().join("deliveries"),
            session: desk.session(analyst.clone(), demo.time, demo.random),
            agents: &agents,
            keys: &keys,
            demand: &demand,
        };
        let one = walk.go()?;
        tell(Step::Answered(&one))?;
        answered.push(one);
    }
    Ok(answered)
}

fn citations(rules: &[Citation]) -> Vec<String> {
    rules.iter().map(|rule| rule.cite.clone()).collect()
}

struct Walk<'w> {
    folder: PathBuf,
    deliveries: PathBuf,
    session: Session<'w>,
    agents: &'w [Agent],
    keys: &'w [SigningKey<role::Person>],
    demand: &'w DemoDemand,
}

impl Walk<'_> {
    /// Does what comes next until the case is closed.
    fn go(mut self) -> anyhow::Result<Answered> {
        let read = |name: &str| {
            let file = self.folder.join(name);
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
        // Each round does one thing; a case has fewer than thirty to do, even where it was cut off.
        for _ in 0..30 {
            self.session.settle()?;
            let case = self.session.case(&id)?.case;
            if case.closed {
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
                if verified {
                    let call = Call {
                        answered_by: "the duty officer",
                        at: None,
                        confirmed: true,
                    };
                    self.session.call_back(id, &call)?;
                }
                let genuine = Genuine {
                    verified,
                    how,
                    despite: None,
                };
                self.session.authenticate(id, &genuine)?;
            }
            CaseState::Authenticated | CaseState::NotAuthenticated => {
                let today = self
                    .session
                    .now()
                    .to_zoned_datetime(jiff::tz::TimeZone::UTC)
                    .date();
                self.session
                    .assess(id, self.demand.as_of.unwrap_or(today))?;
            }
            CaseState::Assessed => {
                self.session.decide(id, &[], "as the law packs propose")?;
            }
            CaseState::Decided if case.mandates.is_empty() => {
                self.session.close(id, "answered", StillRuns::LivesOn)?;
            }
            CaseState::Decided => self.sign(id, 0)?,
            CaseState::PartlyApproved => self.sign(id, 1)?,
            CaseState::Mandated => self.run_agents()?,
            CaseState::Produced => {
                self.session.deliver(id)?;
            }
            CaseState::Delivered => {
                self.session.close(id, "answered", StillRuns::LivesOn)?;
            }
            CaseState::NotProduced => self.anew(id, case)?,
            CaseState::Received | CaseState::Waiting | CaseState::DutiesRun | CaseState::Closed => {
                bail!("case {id}: nothing to do")
            }
        }
        Ok(())
    }

    fn run_agents(&self) -> anyhow::Result<()> {
        let now = self.session.now();
        for agent in self.agents {
            agent.run(&|| now, &mut rand_core::OsRng, &mut |_| ())?;
        }
        Ok(())
    }

    /// An agent that was cut off between its mark and its record carries a mandate out no more: it is
    /// recalled, and when the agent has answered that, drafted anew. Any other refusal ends the demo.
    fn anew(&mut self, id: &CaseId, case: &Case) -> anyhow::Result<()> {
        if !self.session.case(id)?.lapsed.is_empty() {
            self.session.decide(id, &[], "as the law packs propose")?;
            return Ok(());
        }
        let mut mandates = case.mandates.iter();
        let refused =
            mandates.find_map(|(digest, one)| Some((digest, one, one.not_produced.as_ref()?)));
        let (mandate, record, why) = refused.context("an agent refused")?;
        if record.recalled {
            return self.run_agents();
        }
        if !why.contains(RECALL_AND_ANEW) {
            bail!("case {id}: an agent refused: {why}");
        }
        let recalls = self.session.to_recall(id)?.into_iter();
        let notes = recalls
            .filter(|recall| recall.mandate == *mandate)
            .map(|recall| self.keys[0].sign_note(&recall.to_text()));
        let notes: Vec<_> = notes.collect::<Result<_, _>>()?;
        self.session
            .recall(id, &notes, "begun before an interruption")?;
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
        let (mut productions, mut packages, mut covered) = (Vec::new(), Vec::new(), Vec::new());
        let folder = self.deliveries.join(id.to_string());
        for record in case.mandates.values() {
            let (Some(made), Some(_)) = (&record.produced, &record.delivered_to) else {
                continue;
            };
            let mandate = Mandate::parse(&record.text)?;
            packages.push(folder.join(Stem::of(&mandate).package()));
            productions.push(Produced {
                region: mandate.region,
                items: made.items,
                withheld: made.for_review,
            });
            covered.push(&record.parts);
        }
        let parts = case.answers.iter().map(|answer| {
            let part = &assessment.parts[answer.part];
            let account = part.identifier.to_string();
            let place = part.holding.as_ref().map_or_else(
                || account.clone(),
                |holding| format!("{account}, {}", holding.region),
            );
            AnsweredPart {
                what: format!("{} data of {place}", part.category),
                category: part.category,
                disposition: answer.disposition,
                provisions: citations(&part.finding.decided_by),
                overridden: citations(&part.finding.overridden),
                instead: part.finding.instead.clone(),
                production: covered
                    .iter()
                    .position(|parts| parts.contains(&answer.part)),
            }
        });
        Ok(Answered {
            number: self.demand.number.to_owned(),
            title: self.demand.title.to_owned(),
            case: id,
            parts: parts.collect(),
            productions,
            packages,
        })
    }
}
