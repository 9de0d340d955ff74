//! Where the logs and reports lie that a sum is made and checked with: the file that each takes part with.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use lagrum_cards::SumSet;
use lagrum_durable::SettingsFile;
use lagrum_figures::{Called, Dealt, FiguresError, Period, ReportFiles, Words};
use lagrum_log::LogReader;
use lagrum_package::Trust;
use rand_core::OsRng;
use serde::Deserialize;

use crate::commands::report::false_report;
use crate::output::Failure;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    host: String,
    words: PathBuf,
    #[serde(rename = "log")]
    logs: Vec<Place>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    trust: PathBuf,
    log: PathBuf,
    reports: Option<PathBuf>,
}

struct Party {
    log: LogReader,
    /// Whether somebody has to have seen its checkpoints.
    witnessed: bool,
    reports: Option<PathBuf>,
}

/// The host and the providers, by the origins of their logs.
pub struct Parties {
    host: String,
    words: PathBuf,
    all: BTreeMap<String, Party>,
}

/// What providers dealt, and why something of others is not there.
pub struct AllDealt {
    /// What was dealt and is right, as far as everybody sees.
    pub dealt: Vec<Dealt>,
    /// Whose is not there, and why.
    pub missing: BTreeMap<String, String>,
}

impl Parties {
    /// Reads the file, and the keys that it names.
    pub fn read(file: &Path) -> Result<Self, Failure> {
        let found = SettingsFile::read::<Fields>(file)?;
        let (settings, fields) =
            found.ok_or_else(|| anyhow!("{}: there is no such file", file.display()))?;
        let beside = |path: &Path| file.parent().unwrap_or(Path::new("")).join(path);
        let mut all = BTreeMap::new();
        for place in fields.logs {
            let trust = beside(&place.trust);
            let text = lagrum_durable::read_settings(&trust)?;
            let name = || trust.display().to_string();
            let keys = Trust::parse(&text)
                .map_err(|e| anyhow!(e))
                .with_context(name)?;
            let policy = keys.policy().map_err(|e| anyhow!(e)).with_context(name)?;
            let party = Party {
                witnessed: !policy.asks_no_witness(),
                log: LogReader::believing(beside(&place.log), &policy),
                reports: place.reports.map(|path| beside(&path)),
            };
            if all.insert(keys.log.name().to_owned(), party).is_some() {
                let why = format!("log: {} stands there twice", keys.log.name());
                return Err(settings.invalid(why).into());
            }
        }
        if !all.contains_key(&fields.host) {
            let why = "host: no `[[log]]` has the keys of this log in its trust file";
            return Err(settings.invalid(why).into());
        }
        Ok(Self {
            host: fields.host,
            words: beside(&fields.words),
            all,
        })
    }

    /// The log that holds calls and sets.
    pub fn host(&self) -> &LogReader {
        &self.all[&self.host].log
    }

    /// The logs of a call of which no witness has to have seen anything: they could be shown differently to others.
    pub fn unwitnessed(&self, called: &Called) -> Vec<String> {
        let call = called.call();
        let takes_part = |origin: &String| *origin == call.log || call.providers.contains(origin);
        let alone = self.all.iter().filter(|(_, party)| !party.witnessed);
        let alone = alone.map(|(origin, _)| origin.clone());
        alone.filter(takes_part).collect()
    }

    /// The origins of the logs whose reports are named.
    pub fn providers(&self) -> Vec<String> {
        let with_reports = self.all.iter().filter(|(_, party)| party.reports.is_some());
        with_reports.map(|(origin, _)| origin.clone()).collect()
    }

    /// The call of a figure and period.
    pub fn called(&self, period: &Period, figure: &str) -> Result<Called, Failure> {
        let found = Called::find(self.host(), period, figure).map_err(false_report)?;
        found.ok_or_else(|| {
            let host = &self.host;
            anyhow!("the log of {host} holds no call for {figure} of {period} (yet)").into()
        })
    }

    /// Where trustees' words about a call lie.
    pub fn words(&self, called: &Called) -> Words {
        Words::within(&self.words, called)
    }

    /// What the providers dealt that were asked; each is checked with its report and its log.
    pub fn dealt(&self, called: &Called) -> AllDealt {
        let (mut dealt, mut missing) = (Vec::new(), BTreeMap::new());
        for origin in &called.call().providers {
            match self.dealt_by(called, origin) {
                Ok(Some(own)) => dealt.push(own),
                Ok(None) => {
                    let why = "its log holds no dealing for this figure and period";
                    missing.insert(origin.clone(), why.to_owned());
                }
                Err(why) => {
                    missing.insert(origin.clone(), why.to_string());
                }
            }
        }
        AllDealt { dealt, missing }
    }

    /// The same, where a set is fixed: nobody in it may be missing.
    pub fn dealt_to(&self, called: &Called, set: &SumSet) -> Result<Vec<Dealt>, Failure> {
        let AllDealt { dealt, missing } = self.dealt(called);
        let mut missing = missing.into_iter();
        match missing.find(|(origin, _)| set.dealings.contains_key(origin)) {
            None => Ok(dealt),
            Some((origin, why)) => Err(Failure::NotGenuine(anyhow!(
                "{origin} is in the set, and should not be: {why}"
            ))),
        }
    }

    fn dealt_by(&self, called: &Called, origin: &str) -> anyhow::Result<Option<Dealt>> {
        let party = self.all.get(origin);
        let party = party.ok_or_else(|| anyhow!("no `[[log]]` names its keys and its log"))?;
        let reports = party.reports.as_ref();
        let reports = reports.ok_or_else(|| anyhow!("no `reports` are named for it"))?;
        let files = ReportFiles::read(&reports.join(&called.call().period))?;
        let found: Result<_, FiguresError> = Dealt::find(called, &files, &party.log, &mut OsRng);
        Ok(found?)
    }
}
