//! The rows of a case table that say which clock runs, and until when.

use std::collections::BTreeMap;

use jiff::Timestamp;
use lagrum_law::{ClockState, LawPacks};
use lagrum_model::Moments;
use serde::Deserialize;

use crate::table::changed;

/// One row.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockCase {
    /// The clock.
    pub clock: String,
    /// The provision, as a lawyer would name it.
    provision: String,
    /// What differs from the usual demand, as a demand file says it; and, under `happened`, what
    /// happened to it and when, under `on`, when that is looked at.
    with: toml::Table,
    /// `running`, `paused`, `passed`, `done`, `open-ended`, `released`, or `none` where there is no
    /// such clock.
    stands: String,
    /// The instant that it means.
    until: Option<Timestamp>,
    /// The near miss: what is different.
    but: toml::Table,
    /// How the clock stands then.
    then: String,
    /// The instant that it means then.
    then_until: Option<Timestamp>,
}

type Stands = (String, Option<Timestamp>);

impl ClockCase {
    /// Refuses a row that is not as written.
    pub fn judge(&self, packs: &LawPacks) -> Result<(), String> {
        if self.provision.trim().is_empty() {
            return Err("write the provision".to_owned());
        }
        let found = self.found(packs, &self.with)?;
        let missed = self.found(packs, &nested(&self.with, &self.but))?;
        if missed == found {
            return Err(format!("the near miss finds the same: {missed:?}"));
        }
        for (found, stands, until) in [
            (found, &self.stands, self.until),
            (missed, &self.then, self.then_until),
        ] {
            if found.0 != *stands || until.is_some_and(|until| found.1 != Some(until)) {
                return Err(format!("finds {found:?}, not {stands} until {until:?}"));
            }
        }
        Ok(())
    }

    fn found(&self, packs: &LawPacks, facts: &toml::Table) -> Result<Stands, String> {
        let mut demand = facts.clone();
        let happened: BTreeMap<String, Timestamp> = match demand.remove("happened") {
            Some(happened) => happened.try_into().map_err(|e| format!("{e}"))?,
            None => BTreeMap::new(),
        };
        let on = demand.remove("on");
        let on = on
            .as_ref()
            .and_then(toml::Value::as_str)
            .unwrap_or_default();
        let on: Timestamp = on.parse().map_err(|e| format!("`on`: {e}"))?;
        let mut moments = Moments::new();
        for (what, at) in happened {
            moments.add(what.parse()?, at);
        }
        let demand = lagrum_model::testing::demand(&[&demand.to_string()]);
        let clocks = packs.clocks().of(&demand, &moments, on);
        let clocks = clocks.map_err(|e| e.to_string())?;
        let Some(clock) = clocks.iter().find(|clock| clock.id == self.clock) else {
            return Ok(("none".to_owned(), None));
        };
        let state = match clock.state {
            ClockState::Running => "running",
            ClockState::Paused => "paused",
            ClockState::Passed => "passed",
            ClockState::Done { .. } => "done",
            ClockState::OpenEnded { .. } => "open-ended",
            ClockState::Released { .. } => "released",
        };
        Ok((state.to_owned(), clock.operative))
    }
}

/// `changes` laid over `facts`, table by table.
fn nested(facts: &toml::Table, changes: &toml::Table) -> toml::Table {
    let mut all = changed(facts, &toml::Table::new());
    for (name, value) in changes {
        let inner = match (all.get(name), value) {
            (Some(toml::Value::Table(known)), toml::Value::Table(new)) => {
                toml::Value::Table(changed(known, new))
            }
            _ => value.clone(),
        };
        all = changed(&all, &toml::Table::from_iter([(name.clone(), inner)]));
    }
    all
}
