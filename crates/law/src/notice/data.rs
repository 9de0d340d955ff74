use jiff::civil::Date;
use serde::Deserialize;

use super::{Teller, Told};
use crate::LawError;
use crate::facts::Span;
use crate::when::{When, required};

/// One rule of secrecy and notice, as a pack states it.
#[derive(Clone, Debug)]
pub struct NoticeRule {
    /// Its name, which begins with the pack's name and `.notice.`.
    pub id: String,
    /// The pack that it stands in.
    pub pack: String,
    /// The provision.
    pub cite: String,
    /// What it means, in one plain sentence.
    pub says: String,
    /// How far the reading is verified.
    pub verified: String,
    /// The first day on which it holds, if there is one.
    pub from: Option<Date>,
    /// The first day on which it holds no longer, if there is one.
    pub until: Option<Date>,
    /// Who tells.
    pub who: Teller,
    /// Who is told.
    pub whom: Told,
    pub(crate) may: Duty,
    pub(crate) secrecy_reaches: bool,
    pub(crate) secrecy_by_judge: bool,
    pub(crate) contest: bool,
    pub(crate) when: When,
}

/// Whether the provider tells, in the order of strictness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Duty {
    /// It may, unless a prohibition stands.
    May,
    /// It must, unless a prohibition stands or sets a later time.
    Must,
    /// Not without the authority's permission.
    WithPermission,
    /// No rule that can be relied on was found.
    Unclear,
    /// It must not.
    MustNot,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNotices {
    notice: Vec<RawNotice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNotice {
    id: String,
    cite: String,
    says: String,
    verified: String,
    from: Option<String>,
    until: Option<String>,
    who: Teller,
    /// Who is told; a rule about the controller applies where data of an enterprise is asked for.
    #[serde(default)]
    whom: Told,
    may: Duty,
    /// Whether an order of secrecy can go with such an instrument.
    #[serde(default = "yes")]
    secrecy_reaches: bool,
    /// Whether only a judge can order it.
    #[serde(default)]
    secrecy_by_judge: bool,
    /// Whether the recipient has a government notified in order to have a court review the secrecy.
    #[serde(default)]
    contest: bool,
    #[serde(default)]
    when: When,
}

fn yes() -> bool {
    true
}

impl NoticeRule {
    /// Reads the rules of a pack.
    pub(crate) fn parse_all(pack: &str, path: &str, text: &str) -> Result<Vec<Self>, LawError> {
        let fault = |why: String| LawError::Facts {
            path: path.to_owned(),
            why,
        };
        let raw: RawNotices = toml::from_str(text).map_err(|error| fault(error.to_string()))?;
        raw.notice
            .into_iter()
            .map(|notice| {
                let id = notice.id.clone();
                notice
                    .read(pack)
                    .map_err(|why| fault(format!("notice `{id}`: {why}")))
            })
            .collect()
    }

    /// Whether it holds on `date`.
    #[must_use]
    pub fn in_force(&self, date: Date) -> bool {
        Span {
            from: self.from,
            until: self.until,
        }
        .holds_on(date)
    }
}

impl RawNotice {
    fn read(self, pack: &str) -> Result<NoticeRule, String> {
        required(
            pack,
            "notice",
            &self.id,
            [&self.cite, &self.says],
            &self.verified,
        )?;
        self.when.check()?;
        let span = Span::parse(self.from.as_deref(), self.until.as_deref())?;
        Ok(NoticeRule {
            id: self.id,
            pack: pack.to_owned(),
            cite: self.cite,
            says: self.says,
            verified: self.verified,
            from: span.from,
            until: span.until,
            who: self.who,
            whom: self.whom,
            may: self.may,
            secrecy_reaches: self.secrecy_reaches,
            secrecy_by_judge: self.secrecy_by_judge,
            contest: self.contest,
            when: self.when,
        })
    }
}
