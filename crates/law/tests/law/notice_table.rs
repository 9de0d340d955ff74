//! The rows of a case table that say who tells whom.

use std::collections::BTreeMap;

use jiff::Timestamp;
use lagrum_law::{LawPacks, Notice, Situation, Told};
use lagrum_model::{CountryCode, Demand, Moments};
use serde::Deserialize;

use crate::table::changed;

/// The instant at which notice is looked at.
const NOW: &str = "2026-11-21T12:00:00Z";

/// One row.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeCase {
    /// The rule that decides it.
    pub rule: String,
    /// The demand and what happened to it.
    with: toml::Table,
    /// `must`, `may`, `not-yet` or `must-not`.
    may: String,
    /// What the provider does next.
    next: String,
    /// The near miss: one fact is different, and so is the answer or the next step.
    but: toml::Table,
    /// Whether the provider tells then.
    then: String,
    /// What it does next then.
    then_next: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    law_of: CountryCode,
    served_in: CountryCode,
    instrument: String,
    #[serde(default = "judge")]
    issued_by: String,
    measure: Option<String>,
    #[serde(default)]
    digital_services: bool,
    #[serde(default)]
    emergency: bool,
    secrecy: Option<toml::Table>,
    controller_is_told: Option<bool>,
    #[serde(default)]
    enterprise: bool,
    #[serde(default = "yes")]
    verified: bool,
    /// What happened, and when.
    #[serde(default)]
    happened: BTreeMap<String, Timestamp>,
    #[serde(default = "now")]
    on: Timestamp,
}

fn judge() -> String {
    "judge".to_owned()
}

fn yes() -> bool {
    true
}

fn now() -> Timestamp {
    NOW.parse().expect("an instant")
}

impl Facts {
    fn demand(&self) -> Demand {
        let mut more = String::new();
        if let Some(secrecy) = &self.secrecy {
            let mut secrecy = secrecy.clone();
            secrecy.insert("provision".into(), "a provision".into());
            let table = toml::Table::from_iter([("secrecy".to_owned(), secrecy.into())]);
            more += &table.to_string();
        }
        if let Some(told) = self.controller_is_told {
            more += &format!("[process]\ncontroller_is_told = {told}\n");
        }
        if self.emergency {
            more += "[emergency]\nthreat_to = \"person\"\nfacts = \"a threat to kill\"\n";
        }
        let measure = match &self.measure {
            Some(measure) => format!("measure = \"{measure}\""),
            None => String::new(),
        };
        let elements = if self.digital_services {
            "digital_services = { reasons = true, redress = true, language = true }"
        } else {
            ""
        };
        lagrum_model::testing::demand(&[&format!(
            r#"
[authority]
country = "{law_of}"
kind = "prosecutor"
[instrument]
kind = "{instrument}"
country = "{law_of}"
issued_by = {{ name = "Issuer", kind = "{issued_by}" }}
{measure}
{elements}
[addressee]
country = "{served_in}"
{more}
"#,
            law_of = self.law_of,
            instrument = self.instrument,
            issued_by = self.issued_by,
            served_in = self.served_in,
        )])
    }

    fn notices(&self, packs: &LawPacks) -> Vec<Notice> {
        let mut moments = Moments::new();
        for (what, at) in &self.happened {
            moments.add(what.parse().expect("a moment"), *at);
        }
        let situation = Situation {
            demand: &self.demand(),
            moments: &moments,
            verified: self.verified,
            enterprise: self.enterprise,
        };
        packs.notices().of(&situation, self.on)
    }
}

impl NoticeCase {
    /// Refuses a row that is not as written.
    pub fn judge(&self, packs: &LawPacks) -> Result<(), String> {
        if self.but.len() != 1 {
            return Err("a near miss differs in exactly one fact".to_owned());
        }
        let rule = packs.notices().rules().iter();
        let whom = rule
            .clone()
            .find(|rule| rule.id == self.rule)
            .map(|rule| rule.whom)
            .ok_or("there is no such rule")?;
        let found = self.found(packs, &self.with, whom)?;
        if found != (Some(self.rule.clone()), self.may.clone(), self.next.clone()) {
            return Err(format!(
                "finds {found:?}, not {} and {}",
                self.may, self.next
            ));
        }
        let missed = self.found(packs, &changed(&self.with, &self.but), whom)?;
        if missed == found {
            return Err(format!("the near miss finds the same: {missed:?}"));
        }
        if (&missed.1, &missed.2) != (&self.then, &self.then_next) {
            return Err(format!(
                "the near miss finds {missed:?}, not {} and {}",
                self.then, self.then_next
            ));
        }
        Ok(())
    }

    fn found(
        &self,
        packs: &LawPacks,
        facts: &toml::Table,
        whom: Told,
    ) -> Result<(Option<String>, String, String), String> {
        let facts: Facts = facts.clone().try_into().map_err(|e| format!("{e}"))?;
        let found = facts.notices(packs);
        let Some(found) = found.into_iter().find(|notice| notice.whom == whom) else {
            return Ok((None, "nothing".into(), "nothing".into()));
        };
        Ok((
            found.id,
            found.may_tell.as_str().to_owned(),
            found.next_step.as_str().to_owned(),
        ))
    }
}
