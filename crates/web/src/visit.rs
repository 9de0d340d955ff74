//! One request, as a handler sees it.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use lagrum_access::{Action, Principal};
use lagrum_desk::{CommandError, Desk, Session, StandsOpen};
use lagrum_documents::{Phrases, Zone};
use lagrum_model::{CaseId, Language, Role};
use lagrum_store::{CaseFilter, Page, WaitingFor};

use crate::Web;
use crate::error::Problem;
use crate::form::Form;
use crate::keep::{Keep, Stay};
use crate::settings::Settings;
use crate::upload::Upload;

/// Light, dark, or as the system is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub(crate) const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == text)
    }
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct SignedIn {
    pub(crate) principal: Principal,
    pub(crate) stay: Stay,
    pub(crate) token: String,
}

/// One request.
pub(crate) struct Visit<'w> {
    pub(crate) web: &'w Web,
    pub(crate) desk: Desk,
    pub(crate) now: Timestamp,
    pub(crate) who: Option<SignedIn>,
    pub(crate) language: Language,
    pub(crate) theme: Theme,
    /// What the person who is signed in set for themselves.
    pub(crate) settings: Settings,
    /// The path, as it came.
    pub(crate) path: String,
    pub(crate) params: Vec<(String, String)>,
    pub(crate) query: Form,
    pub(crate) form: Form,
    pub(crate) uploads: Vec<Upload>,
    /// What the browser says that it is.
    pub(crate) browser: String,
    /// What it keeps of a sign-in that began.
    pub(crate) begun: Option<String>,
    pub(crate) all_phrases: Arc<BTreeMap<Language, Phrases>>,
}

impl Visit<'_> {
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

    /// The zone in which this person reads times.
    pub(crate) fn zone(&self) -> Zone {
        self.settings.zone().unwrap_or_else(|| self.desk_zone())
    }

    /// The zone of the desk's own wall.
    pub(crate) fn desk_zone(&self) -> Zone {
        self.desk
            .zone_name()
            .and_then(|name| Zone::named(name).ok())
            .unwrap_or_else(Zone::utc)
    }

    /// What a page says of a key that does something, for the script; nothing where keys are off.
    pub(crate) fn key<'k>(&self, key: &'k str) -> Option<&'k str> {
        (self.who.is_some() && self.settings.keys).then_some(key)
    }

    /// What waits, for the entries of the navigation that tell it: nothing that cannot be counted.
    pub(crate) fn waits(&self) -> BTreeMap<&'static str, u64> {
        if !self.may(Action::ReadList) {
            return BTreeMap::new();
        }
        let open = |waiting_for| CaseFilter {
            open: Some(true),
            waiting_for: Some(waiting_for),
            ..CaseFilter::default()
        };
        let filters = [
            open(WaitingFor::Description),
            open(WaitingFor::Nobody),
            open(WaitingFor::Signature(vec![Role::Counsel])),
        ];
        let page = Page::number(1, 1);
        let counted = self.ask(|session| {
            let mut all = session.counts(&filters)?;
            for what in [StandsOpen::Challenged, StandsOpen::Withheld] {
                all.push(session.standing(what, page)?.total);
            }
            Ok(all)
        });
        let names = ["inbox", "duties", "to-sign", "challenges", "withheld"];
        names.into_iter().zip(counted.unwrap_or_default()).collect()
    }

    pub(crate) fn keep(&self) -> Keep<'_> {
        Keep::of(&self.desk, self.web)
    }

    /// Who asks.
    pub(crate) fn principal(&self) -> Result<&Principal, Problem> {
        let who = self.who.as_ref().ok_or(Problem::SignIn)?;
        Ok(&who.principal)
    }

    pub(crate) fn role(&self) -> Option<Role> {
        self.who.as_ref().map(|who| who.principal.role())
    }

    pub(crate) fn is_counsel(&self) -> bool {
        self.role() == Some(Role::Counsel)
    }

    /// Whether the person's role permits this at all, so that what could never succeed is not offered.
    pub(crate) fn may(&self, action: Action) -> bool {
        self.who
            .as_ref()
            .is_some_and(|who| self.desk.may_ever(&who.principal, action))
    }

    /// A question to the desk.
    pub(crate) fn ask<T>(
        &self,
        question: impl FnOnce(&Session<'_>) -> Result<T, CommandError>,
    ) -> Result<T, Problem> {
        let mut random = self.web.random();
        let by = self.principal()?.clone();
        let session = self.desk.session(by, &*self.web.time, &mut *random);
        Ok(question(&session)?)
    }

    /// A question whose answer is drawn by chance in part.
    pub(crate) fn draw<T>(
        &self,
        question: impl FnOnce(&mut Session<'_>) -> Result<T, CommandError>,
    ) -> Result<T, Problem> {
        let mut random = self.web.random();
        let by = self.principal()?.clone();
        let mut session = self.desk.session(by, &*self.web.time, &mut *random);
        Ok(question(&mut session)?)
    }

    /// A command, whose refusal the handler shows in its own page.
    pub(crate) fn command<T>(
        &self,
        command: impl FnOnce(&mut Session<'_>) -> Result<T, CommandError>,
    ) -> Result<Result<T, CommandError>, Problem> {
        let mut random = self.web.random();
        let by = self.principal()?.clone();
        let mut session = self.desk.session(by, &*self.web.time, &mut *random);
        let done = command(&mut session);
        match done {
            Ok(done) => {
                // What was recorded stays recorded; if it is not public yet, the next run brings it
                // there, and the page of the case says so.
                let _ = self.desk.settle();
                Ok(Ok(done))
            }
            Err(
                refused @ (CommandError::Refused { .. }
                | CommandError::Invalid(_)
                | CommandError::Sample(_)),
            ) => Ok(Err(refused)),
            Err(other) => Err(other.into()),
        }
    }

    /// Where a page of a case goes on after something was done; in the list, if the case went to a group for
    /// which the person does not work.
    pub(crate) fn after(&self, id: &CaseId, tab: &str, done: &str) -> Result<String, Problem> {
        let sees = self.ask(|session| Ok(session.sees(id)))?;
        Ok(match sees {
            true => format!("/cases/{id}{tab}?done={done}"),
            false => "/cases?done=of-another-group".to_owned(),
        })
    }

    pub(crate) fn param(&self, name: &str) -> Result<&str, Problem> {
        let found = self.params.iter().find(|(known, _)| known == name);
        found
            .map(|(_, value)| value.as_str())
            .ok_or(Problem::NotThere)
    }

    /// The case that the address names.
    pub(crate) fn case_id(&self) -> Result<CaseId, Problem> {
        CaseId::parse(self.param("case")?).map_err(|_| Problem::NotThere)
    }
}
