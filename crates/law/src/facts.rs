use std::collections::BTreeMap;

use jiff::civil::Date;
use lagrum_model::CountryCode;
use serde::Deserialize;

use crate::LawError;
use crate::files::FACTS;

mod channel;

pub use channel::{Channel, Way};
use channel::{RawChannel, RawWay};

/// The group that the packs themselves make.
const WITH_A_PACK: &str = "with-a-pack";

/// The dated facts that rules rest on.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(crate) earliest: Date,
    pub(crate) groups: Vec<Group>,
    pub(crate) channels: Vec<Channel>,
    pub(crate) default_channel: Way,
    pub(crate) at_home: Way,
}

/// A set of countries, with the days from and until which each belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its name, as rules write it: `Group::"european-union"`.
    pub name: String,
    /// What it means.
    pub says: String,
    /// How far it is verified.
    pub verified: String,
    members: Vec<(CountryCode, Span)>,
}

impl Group {
    /// The countries that belong to it on `date`.
    pub fn members_on(&self, date: Date) -> impl Iterator<Item = CountryCode> {
        self.members
            .iter()
            .filter(move |(_, span)| span.holds_on(date))
            .map(|&(country, _)| country)
    }
}

/// From the first day until the day before the second; an absent day does not limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) from: Option<Date>,
    pub(crate) until: Option<Date>,
}

impl Span {
    pub(crate) fn holds_on(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.until.is_none_or(|until| date < until)
    }

    /// Reads both days; an error names the field, the rule and the way out.
    pub(crate) fn parse(from: Option<&str>, until: Option<&str>) -> Result<Self, String> {
        let read = |field: &str, text: Option<&str>| {
            text.map(|text| {
                text.parse::<Date>()
                    .ok()
                    .filter(|date| date.to_string() == text)
                    .ok_or_else(|| {
                        format!("`{field}` is `{text}`: write a day of the calendar as YYYY-MM-DD")
                    })
            })
            .transpose()
        };
        let span = Self {
            from: read("from", from)?,
            until: read("until", until)?,
        };
        match (span.from, span.until) {
            (Some(from), Some(until)) if from >= until => {
                Err(format!("`until` ({until}) must lie after `from` ({from})"))
            }
            _ => Ok(span),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFacts {
    earliest: String,
    group: BTreeMap<String, RawGroup>,
    #[serde(default)]
    channel: Vec<RawChannel>,
    default_channel: RawWay,
    at_home: RawWay,
}

/// The facts that stand in a pack's own folder.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPackFacts {
    #[serde(default)]
    group: BTreeMap<String, RawGroup>,
    #[serde(default)]
    channel: Vec<RawChannel>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGroup {
    says: String,
    verified: String,
    from: Option<String>,
    until: Option<String>,
    countries: Vec<CountryCode>,
    #[serde(default)]
    dated: Vec<RawMember>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMember {
    country: CountryCode,
    from: Option<String>,
    until: Option<String>,
}

impl Facts {
    pub(crate) fn parse(text: &str) -> Result<Self, LawError> {
        let fault = |why: String| LawError::Facts {
            path: FACTS.to_owned(),
            why,
        };
        let raw: RawFacts = toml::from_str(text).map_err(|error| fault(error.to_string()))?;
        let earliest = Span::parse(Some(&raw.earliest), None)
            .ok()
            .and_then(|span| span.from)
            .ok_or_else(|| fault("`earliest`: write a day as YYYY-MM-DD".to_owned()))?;
        let default_channel = raw
            .default_channel
            .read()
            .map_err(|why| fault(format!("default_channel: {why}")))?;
        let at_home = raw
            .at_home
            .read()
            .map_err(|why| fault(format!("at_home: {why}")))?;
        let mut facts = Self {
            earliest,
            groups: Vec::new(),
            channels: Vec::new(),
            default_channel,
            at_home,
        };
        facts.add(raw.group, raw.channel).map_err(fault)?;
        Ok(facts)
    }

    /// Adds the facts of a pack's own folder. Its channels are tried before those of the common
    /// file: whoever writes a pack knows the country best.
    pub(crate) fn add_pack(&mut self, path: &str, text: &str) -> Result<(), LawError> {
        let fault = |why: String| LawError::Facts {
            path: path.to_owned(),
            why,
        };
        let raw: RawPackFacts = toml::from_str(text).map_err(|error| fault(error.to_string()))?;
        self.add(raw.group, raw.channel).map_err(fault)
    }

    /// Adds the group of all countries that a pack names as its jurisdiction.
    pub(crate) fn add_countries_with_a_pack(
        &mut self,
        countries: impl Iterator<Item = CountryCode>,
    ) -> Result<(), LawError> {
        let always = Span::default();
        self.add_group(Group {
            name: WITH_A_PACK.to_owned(),
            says: "Countries whose own law a pack covers.".to_owned(),
            verified: "primary text: the packs themselves".to_owned(),
            members: countries.map(|country| (country, always)).collect(),
        })
        .map_err(|why| LawError::Facts {
            path: FACTS.to_owned(),
            why,
        })
    }

    fn add_group(&mut self, group: Group) -> Result<(), String> {
        if self.groups.iter().any(|known| known.name == group.name) {
            return Err(format!(
                "group `{}` is defined twice: names are used once",
                group.name
            ));
        }
        self.groups.push(group);
        Ok(())
    }

    fn add(
        &mut self,
        groups: BTreeMap<String, RawGroup>,
        channels: Vec<RawChannel>,
    ) -> Result<(), String> {
        for (name, group) in groups {
            let group = group
                .read(&name)
                .map_err(|why| format!("group `{name}`: {why}"))?;
            self.add_group(group)?;
        }
        let known = |name: &str| self.groups.iter().any(|group| group.name == name);
        let channels = channels
            .into_iter()
            .enumerate()
            .map(|(at, channel)| {
                channel
                    .read(&known)
                    .map_err(|why| format!("channel {}: {why}", at + 1))
            })
            .collect::<Result<Vec<_>, _>>()?;
        self.channels.splice(..0, channels);
        Ok(())
    }

    /// The way by which `asking` can ask through `via` on `date`. Without another State to ask there is
    /// none but the law of its own.
    pub(crate) fn way(&self, asking: CountryCode, via: Option<CountryCode>, date: Date) -> &Way {
        let Some(via) = via.filter(|via| *via != asking) else {
            return &self.at_home;
        };
        self.channels
            .iter()
            .find(|channel| channel.joins(asking, via, date, &self.groups))
            .map_or(&self.default_channel, |channel| &channel.through)
    }
}

impl RawGroup {
    fn read(self, name: &str) -> Result<Group, String> {
        let whole = Span::parse(self.from.as_deref(), self.until.as_deref())?;
        let mut members: Vec<_> = self
            .countries
            .into_iter()
            .map(|country| (country, whole))
            .collect();
        for member in self.dated {
            let span = Span::parse(member.from.as_deref(), member.until.as_deref())
                .map_err(|why| format!("{}: {why}", member.country))?;
            members.push((member.country, span));
        }
        for (field, value) in [("says", &self.says), ("verified", &self.verified)] {
            if value.trim().is_empty() {
                return Err(format!("`{field}` is empty: say it, readers rely on it"));
            }
        }
        Ok(Group {
            name: name.to_owned(),
            says: self.says,
            verified: self.verified,
            members,
        })
    }
}
