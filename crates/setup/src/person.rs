//! Somebody begins to work here, or does no more.

use lagrum_access::{People, Person as Worker};
use lagrum_desk::DeskConfig;
use lagrum_mandate::{Person, Roster};
use lagrum_model::Region;
use lagrum_package::Trust;
use serde::{Deserialize, Serialize};
use toml_edit::Table;

use crate::written::Written;
use crate::{Place, SetupError};

/// The name of the file of those who once signed, where desk.toml names none.
const FORMER: &str = "former.toml";

/// Somebody who begins to work here.
pub struct Newcomer<'p> {
    /// The person, as people.toml has them.
    pub worker: &'p Worker,
    /// The keys with which they sign mandates: none, if they sign none. Id, name and role are those of the person.
    pub keys: &'p [Person],
}

/// The roster of an agent, which counts there alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RosterElsewhere {
    /// Of which region.
    pub region: Region,
    /// Whether it was changed here. If not, whoever operates the agent changes it.
    pub changed: bool,
}

/// That somebody was added.
#[derive(Clone, Debug)]
pub struct PersonAdded {
    /// Their tables of a roster; empty, if they sign no mandates.
    pub tables: String,
    /// The agents whose rosters are to have them.
    pub agents: Vec<RosterElsewhere>,
}

/// That somebody was taken out.
#[derive(Clone, Debug)]
pub struct PersonEnded {
    /// Their tables of the desk's roster, as they stand among those who once signed; empty, if they signed no
    /// mandates.
    pub tables: String,
    /// The agents whose rosters are to have them no more.
    pub agents: Vec<RosterElsewhere>,
}

/// Tables `[[person]]`.
#[derive(Serialize, Deserialize)]
struct Tables<P> {
    #[serde(default = "Vec::new")]
    person: Vec<P>,
}

/// Adds somebody to people.toml and, with their keys, to the desk's roster and trust.toml; where `at_agents`, also to
/// the rosters of the agents that lie here. Nothing is written unless all of it would be right.
///
/// # Errors
/// [`SetupError::Settings`] naming the file and the rule; when a file cannot be read or written.
pub fn add_person(
    at: &Place,
    new: &Newcomer<'_>,
    at_agents: bool,
) -> Result<PersonAdded, SetupError> {
    let config = DeskConfig::load(&at.desk_file())?;
    let worker = toml::to_string(&Tables {
        person: vec![new.worker.clone()],
    })?;
    let mut people = Written::read(&config.people)?;
    people.add("person", &worker)?;
    people.check(right_people)?;
    if new.keys.is_empty() {
        people.save(right_people)?;
        return Ok(PersonAdded {
            tables: String::new(),
            agents: Vec::new(),
        });
    }
    let tables = toml::to_string(&Tables {
        person: new.keys.to_vec(),
    })?;
    let mut trust = Written::read(&at.trust())?;
    let known = trust.check(Trust::parse)?.people;
    let missing: Vec<_> = new.keys.iter().filter(|one| !known.contains(one)).collect();
    if !missing.is_empty() {
        trust.add("person", &toml::to_string(&Tables { person: missing })?)?;
    }
    trust.check(Trust::parse)?;
    let mut roster = Written::read(&config.roster)?;
    roster.add("person", &tables)?;
    roster.check(Roster::parse)?;
    let (agents, rosters) = at_each_agent(at, &config, at_agents, &|roster| {
        roster.add("person", &tables)
    })?;
    // Whoever verifies a package knows the key before anything is signed with it.
    trust.save(Trust::parse)?;
    for one in &rosters {
        one.save(Roster::parse)?;
    }
    roster.save(Roster::parse)?;
    people.save(right_people)?;
    Ok(PersonAdded { tables, agents })
}

/// Takes somebody out of people.toml and its groups, and moves them from the desk's roster to those who once signed;
/// where `at_agents`, takes them out of the rosters of the agents that lie here. trust.toml keeps them: older packages
/// need their key. Done again after it was cut off, it goes on.
///
/// # Errors
/// [`SetupError::Settings`] if nobody has this id, or what is left would not do, for example without counsel; when
/// a file cannot be read or written.
pub fn end_person(at: &Place, id: &str, at_agents: bool) -> Result<PersonEnded, SetupError> {
    let config = DeskConfig::load(&at.desk_file())?;
    let theirs = |table: &Table| table.get("id").and_then(|it| it.as_str()) == Some(id);
    let mut people = Written::read(&config.people)?;
    let worked = people.take("person", theirs)?;
    people.take_from_lists("group", "people", id)?;
    people.check(right_people)?;
    let mut roster = Written::read(&config.roster)?;
    let tables = roster.take("person", theirs)?;
    roster.check(Roster::parse)?;
    let (agents, rosters) = at_each_agent(at, &config, at_agents, &|roster| {
        roster.take("person", theirs).map(drop)
    })?;
    if worked.is_empty() && tables.is_empty() && !agents.iter().any(|one| one.changed) {
        let why = format!("nobody at this desk has the id {}", id.escape_debug());
        return Err(SetupError::Settings(why));
    }
    let (former, desk) = former_with(at, &config, &tables)?;
    // From here on they are shut out.
    people.save(right_people)?;
    if let Some(former) = former {
        former.save(right_former)?;
    }
    if let Some(desk) = desk {
        desk.save(|text| toml::from_str::<DeskConfig>(text).map_err(|e| e.to_string()))?;
    }
    roster.save(Roster::parse)?;
    for one in &rosters {
        one.save(Roster::parse)?;
    }
    Ok(PersonEnded {
        tables: tables.trim_start().to_owned(),
        agents,
    })
}

/// The file of those who once signed, with these, and desk.toml, if it is to name that file.
fn former_with(
    at: &Place,
    config: &DeskConfig,
    tables: &str,
) -> Result<(Option<Written>, Option<Written>), SetupError> {
    if tables.is_empty() {
        return Ok((None, None));
    }
    let file = config.former.clone();
    let file = file.unwrap_or_else(|| at.desk().join(FORMER));
    let mut former = Written::read_or(
        &file,
        &format!(
            "# People who once signed mandates: what they signed is still checked, and they sign nothing new.\n{tables}"
        ),
    )?;
    let there = former.check(right_former)?;
    let new: Tables<Person> =
        toml::from_str(tables).map_err(|e| SetupError::Settings(e.to_string()))?;
    let missing: Vec<_> = new
        .person
        .iter()
        .filter(|one| !there.contains(one))
        .collect();
    if !missing.is_empty() {
        former.add("person", &toml::to_string(&Tables { person: missing })?)?;
    }
    let desk = match config.former {
        Some(_) => None,
        None => {
            let mut desk = Written::read(&at.desk_file())?;
            desk.set("former", FORMER);
            Some(desk)
        }
    };
    Ok((Some(former), desk))
}

/// Changes the roster of each agent that lies here, if that is wanted, and says which agents there are. What is not
/// changed is not touched.
fn at_each_agent(
    at: &Place,
    config: &DeskConfig,
    wanted: bool,
    change: &dyn Fn(&mut Written) -> Result<(), SetupError>,
) -> Result<(Vec<RosterElsewhere>, Vec<Written>), SetupError> {
    let (mut agents, mut rosters) = (Vec::new(), Vec::new());
    for agent in &config.agents {
        let file = at.agents().join(agent.region.as_str()).join("roster.toml");
        let mut changed = false;
        if wanted && file.exists() {
            let mut roster = Written::read(&file)?;
            let before = roster.text();
            change(&mut roster)?;
            roster.check(Roster::parse)?;
            changed = roster.text() != before;
            rosters.push(roster);
        }
        agents.push(RosterElsewhere {
            region: agent.region.clone(),
            changed,
        });
    }
    Ok((agents, rosters))
}

fn right_people(text: &str) -> Result<(), String> {
    People::parse(text).map(drop).map_err(|e| e.to_string())
}

fn right_former(text: &str) -> Result<Vec<Person>, String> {
    let read: Tables<Person> = toml::from_str(text).map_err(|e| e.to_string())?;
    Ok(read.person)
}
