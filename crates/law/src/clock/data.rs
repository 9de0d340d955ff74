use jiff::civil::Date;
use lagrum_model::Moment;
use serde::Deserialize;

use super::count::Amount;
use super::{ClockKind, Counting, Party, Unit};
use crate::LawError;
use crate::facts::Span;
use crate::when::{When, required};

/// One clock, as a pack states it.
#[derive(Clone, Debug)]
pub struct ClockRule {
    /// Its name, which begins with the pack's name and `.clock.`.
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
    /// What the due instant means.
    pub kind: ClockKind,
    /// Who has to act, or may.
    pub party: Party,
    /// What starts it: the first of these that is known.
    pub starts: Vec<Moment>,
    /// So many.
    pub amount: u32,
    /// Of these.
    pub unit: Unit,
    /// The ways of counting that can be defended, and the doubtful one that is shown.
    pub counting: Vec<Counting>,
    /// What stops it.
    pub stops: Vec<Moment>,
    /// What removes its end, if it comes in time.
    pub open_ended_by: Vec<Moment>,
    /// The clock that releases from this one when it runs out unanswered.
    pub released_by: Option<String>,
    /// The clock that forbids until its end what this one asks for from then on, at once.
    pub after: Option<String>,
    pub(crate) places: Vec<Place>,
    /// By how much it can be extended, if it can.
    pub extend: Option<Extension>,
    pub(crate) stated: Option<Stated>,
    pub(crate) pauses: Vec<PauseRule>,
    pub(crate) when: When,
}

impl ClockRule {
    /// Whether it is the provider's time to answer, which whoever asks can extend.
    #[must_use]
    pub fn is_time_to_answer(&self) -> bool {
        self.kind == ClockKind::ActBy
            && self.party == Party::Provider
            && self.stops.contains(&Moment::Produced)
    }

    /// What suspends it.
    pub fn suspended_by(&self) -> impl Iterator<Item = Moment> {
        self.pauses.iter().map(|pause| pause.from)
    }
}

/// Whose calendar and zone counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Place {
    /// The country where the addressed company is established.
    Addressee,
    /// The country of the authority that asks.
    Authority,
    /// The country whose law the instrument rests on.
    Instrument,
}

/// How often and by how much a period can be extended.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// By so many of the clock's own units.
    pub by: u32,
    /// How often; absent: the provision sets no limit.
    pub times: Option<usize>,
}

/// What an end that the instrument states does to the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Stated {
    /// It stands in the period's place.
    Replaces,
    /// It stands in the period's place if it is earlier: the period is a maximum.
    Shortens,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PauseRule {
    pub(crate) from: Moment,
    pub(crate) until: Moment,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClocks {
    clock: Vec<RawClock>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClock {
    id: String,
    cite: String,
    says: String,
    verified: String,
    from: Option<String>,
    until: Option<String>,
    kind: ClockKind,
    party: Party,
    starts: Vec<Moment>,
    amount: u32,
    unit: Unit,
    counting: Option<Vec<Counting>>,
    #[serde(default)]
    stops: Vec<Moment>,
    #[serde(default)]
    open_ended_by: Vec<Moment>,
    released_by: Option<String>,
    after: Option<String>,
    places: Option<Vec<Place>>,
    extend: Option<Extension>,
    stated: Option<Stated>,
    #[serde(default)]
    pauses: Vec<PauseRule>,
    #[serde(default)]
    when: When,
}

impl ClockRule {
    /// Reads the clocks of a pack.
    pub(crate) fn parse_all(pack: &str, path: &str, text: &str) -> Result<Vec<Self>, LawError> {
        let fault = |why: String| LawError::Facts {
            path: path.to_owned(),
            why,
        };
        let raw: RawClocks = toml::from_str(text).map_err(|error| fault(error.to_string()))?;
        raw.clock
            .into_iter()
            .map(|clock| {
                let id = clock.id.clone();
                clock
                    .read(pack)
                    .map_err(|why| fault(format!("clock `{id}`: {why}")))
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

    pub(crate) fn period(&self, extensions: usize) -> Amount {
        let by = self.extend.map_or(0, |extension| extension.by);
        let more = u32::try_from(extensions)
            .unwrap_or(u32::MAX)
            .saturating_mul(by);
        Amount {
            count: self.amount.saturating_add(more),
            unit: self.unit,
        }
    }
}

impl RawClock {
    fn read(self, pack: &str) -> Result<ClockRule, String> {
        required(
            pack,
            "clock",
            &self.id,
            [&self.cite, &self.says],
            &self.verified,
        )?;
        let span = Span::parse(self.from.as_deref(), self.until.as_deref())?;
        if self.starts.is_empty() {
            return Err("`starts` is empty: name what starts it".into());
        }
        // Ten years in days; also what keeps every sum below in range.
        if self.amount == 0 || self.amount > 3660 || self.extend.is_some_and(|e| e.by > 3660) {
            return Err("`amount` and `extend.by`: write 1 to 3660".into());
        }
        let counting = self.counting.unwrap_or_else(|| self.unit.usual_counting());
        if counting.iter().all(|rule| rule.is_doubtful()) {
            return Err("`counting`: name at least one reading that can be acted on".into());
        }
        for rule in &counting {
            let fits = match self.unit {
                Unit::Hours => matches!(rule, Counting::Elapsed | Counting::HourExcluded),
                Unit::WorkingDays => matches!(rule, Counting::Elapsed | Counting::DayExcluded),
                Unit::Days | Unit::Months => {
                    !matches!(rule, Counting::HourExcluded | Counting::Stated)
                }
            };
            if !fits {
                return Err(format!(
                    "`counting`: `{}` does not go with {}",
                    rule.as_str(),
                    self.unit.as_str()
                ));
            }
        }
        self.when.check()?;
        Ok(ClockRule {
            id: self.id,
            pack: pack.to_owned(),
            cite: self.cite,
            says: self.says,
            verified: self.verified,
            from: span.from,
            until: span.until,
            kind: self.kind,
            party: self.party,
            starts: self.starts,
            amount: self.amount,
            unit: self.unit,
            counting,
            stops: self.stops,
            open_ended_by: self.open_ended_by,
            released_by: self.released_by,
            after: self.after,
            places: self.places.unwrap_or_else(|| vec![Place::Addressee]),
            extend: self.extend,
            stated: self.stated,
            pauses: self.pauses,
            when: self.when,
        })
    }
}
