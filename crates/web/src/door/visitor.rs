//! A request at the door, and who makes it.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::http::HeaderMap;
use jiff::Timestamp;
use lagrum_desk::{CommandError, Desk, Officer};
use lagrum_documents::{Phrases, Zone};
use lagrum_model::Language;

use super::Door;
use crate::error::Problem;
use crate::form::Form;
use crate::keep::{Keep, Stay};
use crate::upload::Upload;

/// The cookie with the language that somebody chose at the door.
pub(crate) const LANGUAGE: &str = "lagrum-door-language";

/// An officer who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct AtDoor {
    pub(crate) officer: Officer,
    pub(crate) stay: Stay,
    pub(crate) token: String,
}

/// One request at the door.
pub(crate) struct Visitor<'w> {
    pub(crate) door: &'w Door,
    pub(crate) desk: Desk,
    pub(crate) now: Timestamp,
    pub(crate) who: Option<AtDoor>,
    pub(crate) language: Language,
    pub(crate) path: String,
    pub(crate) params: Vec<(String, String)>,
    pub(crate) query: Form,
    pub(crate) form: Form,
    pub(crate) uploads: Vec<Upload>,
    pub(crate) headers: HeaderMap,
    pub(crate) browser: String,
    /// From which address it comes, as far as it is known.
    pub(crate) from: String,
    pub(crate) all_phrases: Arc<BTreeMap<Language, Phrases>>,
}

impl Visitor<'_> {
    pub(crate) fn phrases(&self) -> &Phrases {
        &self.all_phrases[&self.language]
    }

    /// A word or sentence.
    pub(crate) fn say(&self, name: &str) -> String {
        self.phrases().word(name)
    }

    /// A sentence with blanks.
    pub(crate) fn fill(&self, name: &str, blanks: &[(&str, &str)]) -> String {
        self.phrases().fill(name, blanks)
    }

    /// A sentence about a number.
    pub(crate) fn count(&self, name: &str, count: u64) -> String {
        self.phrases().count(name, count)
    }

    pub(crate) fn keep(&self) -> Keep<'_> {
        Keep::at_door(&self.desk, &self.door.web)
    }

    pub(crate) fn officer(&self) -> Result<&Officer, Problem> {
        let who = self.who.as_ref().ok_or(Problem::SignIn)?;
        Ok(&who.officer)
    }

    /// Where the officer's authority is: its country's zone if it has but one, else the desk's own.
    pub(crate) fn zone(&self) -> Zone {
        let country = self.who.as_ref().map(|who| who.officer.country());
        match (country, self.desk.law()) {
            (Some(country), Ok(packs)) => {
                let own = self.desk.zone_name();
                let own = own.and_then(|name| Zone::named(name).ok());
                Zone::told_in(packs, country, own)
            }
            _ => Zone::utc(),
        }
    }

    /// An instant in the officer's zone and in UTC, to the minute.
    pub(crate) fn both(&self, at: Timestamp) -> String {
        self.phrases().instant_both(to_the_minute(at), &self.zone())
    }

    /// An instant in the officer's zone, to the minute, with the zone.
    pub(crate) fn near(&self, at: Timestamp) -> String {
        self.with_zone(&self.in_column(at))
    }

    /// The same in a column whose head names the zone.
    pub(crate) fn in_column(&self, at: Timestamp) -> String {
        self.phrases()
            .short_instant(to_the_minute(at), &self.zone())
    }

    /// Words with the officer's zone behind them.
    pub(crate) fn with_zone(&self, words: &str) -> String {
        let zone = self.phrases().zone(&self.zone());
        self.fill("date-in-zone", &[("at", words), ("zone", &zone)])
    }

    /// What the officer does. What is recorded goes to the log afterwards; if it cannot now, the next
    /// run brings it there.
    pub(crate) fn act<T>(
        &self,
        act: impl FnOnce(&mut lagrum_desk::Door<'_>) -> Result<T, CommandError>,
    ) -> Result<T, CommandError> {
        let Ok(officer) = self.officer() else {
            return Err(CommandError::Damaged("nobody is signed in".into()));
        };
        let mut random = self.door.web.random();
        let time = &*self.door.web.time;
        let mut door = self.desk.door(officer.clone(), time, &mut *random);
        let done = act(&mut door)?;
        let _ = self.desk.settle();
        Ok(done)
    }

    /// A question. Where that somebody asked it is an event, that goes to the log.
    pub(crate) fn ask<T>(
        &self,
        question: impl FnOnce(&mut lagrum_desk::Door<'_>) -> Result<T, CommandError>,
    ) -> Result<T, Problem> {
        let officer = self.officer()?.clone();
        let mut random = self.door.web.random();
        let time = &*self.door.web.time;
        let mut door = self.desk.door(officer, time, &mut *random);
        let answer = question(&mut door)?;
        if door.has_recorded() {
            let _ = self.desk.settle();
        }
        Ok(answer)
    }

    pub(crate) fn param(&self, name: &str) -> Result<&str, Problem> {
        let found = self.params.iter().find(|(known, _)| known == name);
        found
            .map(|(_, value)| value.as_str())
            .ok_or(Problem::NotThere)
    }
}

fn to_the_minute(at: Timestamp) -> Timestamp {
    let seconds = at.as_second();
    Timestamp::from_second(seconds - seconds.rem_euclid(60)).unwrap_or(at)
}
