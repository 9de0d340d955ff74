use std::collections::BTreeMap;

use jiff::civil::Date;
use lagrum_model::{CountryCode, Language};
use serde::Deserialize;

use super::{Group, Span};

/// The way by which authorities of some countries can ask for data in others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    asking: Countries,
    holding: Countries,
    span: Span,
    /// The way.
    pub through: Way,
    /// How far it is verified.
    pub verified: String,
}

impl Channel {
    /// Whether it is the way from `asking` to `holding` on `date`.
    pub(super) fn joins(
        &self,
        asking: CountryCode,
        holding: CountryCode,
        date: Date,
        groups: &[Group],
    ) -> bool {
        let among = |countries: &Countries, country| match countries {
            Countries::These(these) => these.contains(&country),
            Countries::Group(name) => groups
                .iter()
                .any(|group| group.name == *name && group.members_on(date).any(|m| m == country)),
        };
        // No State asks itself; where one belongs to a group that asks, it is left out.
        asking != holding
            && self.span.holds_on(date)
            && among(&self.asking, asking)
            && among(&self.holding, holding)
    }
}

/// A way to ask, as it reads after "Ask through".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    english: String,
    translated: BTreeMap<Language, String>,
}

impl Way {
    /// In English, in which the packs are written.
    #[must_use]
    pub fn english(&self) -> &str {
        &self.english
    }

    /// In `language`, if it is translated.
    #[must_use]
    pub fn in_language(&self, language: Language) -> Option<&str> {
        match language {
            Language::English => Some(&self.english),
            other => self.translated.get(&other).map(String::as_str),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Countries {
    These(Vec<CountryCode>),
    Group(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawChannel {
    asking: Option<Vec<CountryCode>>,
    asking_group: Option<String>,
    holding: Option<Vec<CountryCode>>,
    holding_group: Option<String>,
    from: Option<String>,
    until: Option<String>,
    through: String,
    #[serde(default)]
    translated: BTreeMap<String, String>,
    verified: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWay {
    through: String,
    #[serde(default)]
    translated: BTreeMap<String, String>,
}

impl RawWay {
    pub(super) fn read(self) -> Result<Way, String> {
        let mut translated = BTreeMap::new();
        for (language, text) in self.translated {
            let language = language
                .parse::<Language>()
                .ok()
                .filter(|language| *language != Language::English && !text.trim().is_empty())
                .ok_or_else(|| {
                    format!("`translated.{language}`: write `translated.sv` or `translated.da`, and a text")
                })?;
            translated.insert(language, text);
        }
        if self.through.trim().is_empty() {
            return Err("`through` is empty: say it, readers rely on it".into());
        }
        Ok(Way {
            english: self.through,
            translated,
        })
    }
}

impl RawChannel {
    pub(super) fn read(self, known: &impl Fn(&str) -> bool) -> Result<Channel, String> {
        let countries = |field: &str, these: Option<Vec<CountryCode>>, group: Option<String>| match (
            these, group,
        ) {
            (Some(these), None) => Ok(Countries::These(these)),
            (None, Some(group)) if known(&group) => Ok(Countries::Group(group)),
            (None, Some(group)) => Err(format!(
                "`{field}_group` is `{group}`, which is not a group in this file"
            )),
            _ => Err(format!("write either `{field}` or `{field}_group`")),
        };
        if self.verified.trim().is_empty() {
            return Err("`verified` is empty: say it, readers rely on it".into());
        }
        let asking = countries("asking", self.asking, self.asking_group)?;
        let holding = countries("holding", self.holding, self.holding_group)?;
        if let (Countries::These(asking), Countries::These(holding)) = (&asking, &holding)
            && let Some(itself) = asking.iter().find(|one| holding.contains(one))
        {
            return Err(format!(
                "{itself} would ask itself: write its own law as a rule, and leave it out of `asking` or `holding`"
            ));
        }
        Ok(Channel {
            asking,
            holding,
            span: Span::parse(self.from.as_deref(), self.until.as_deref())?,
            through: RawWay {
                through: self.through,
                translated: self.translated,
            }
            .read()?,
            verified: self.verified,
        })
    }
}
