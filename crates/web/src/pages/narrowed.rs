//! What a list is narrowed to. All of it stands in the address, so that it can be kept and sent.

use jiff::civil::Date;
use lagrum_model::{CaseState, CountryCode, InstrumentKind};
use lagrum_store::{CaseFilter, Owner, Sought};
use maud::{Markup, html};

use super::choices::{countries, kind_of, kinds_of_instrument};
use super::people::workers;
use crate::error::Problem;
use crate::form::encoded;
use crate::look::{Choice, Field, field, select};
use crate::visit::Visit;

/// What nobody has is asked for by this word, which is no id of a person.
const NOBODY: &str = "*";

/// What a person narrowed a list to.
pub(crate) struct Narrowed {
    authority: Option<String>,
    reference: Option<String>,
    state: Option<CaseState>,
    owner: Option<String>,
    country: Option<CountryCode>,
    instrument: Option<InstrumentKind>,
    since: Option<Date>,
    until: Option<Date>,
    /// A search of the same person, by the name under which it is kept: words stand in no address.
    search: Option<(String, Sought)>,
}

/// The words of a search that is kept for this person. One that is gone is an error: without it the list would show
/// what was not asked for.
fn kept(visit: &Visit<'_>) -> Result<Option<(String, Sought)>, Problem> {
    let Some(id) = visit.query.given("search") else {
        return Ok(None);
    };
    let who = visit.principal()?.id();
    let wanted = visit.keep().kept_search(who, id)?;
    let words = wanted.and_then(|wanted| Sought::parse(&wanted).ok());
    let words = words.ok_or(Problem::NotThere)?;
    Ok(Some((id.to_owned(), words)))
}

impl Narrowed {
    pub(crate) fn of(visit: &Visit<'_>) -> Result<Self, Problem> {
        let given = |name| visit.query.given(name).map(str::to_owned);
        let state = visit.query.text("state");
        let day = |name| visit.query.text(name).parse().ok();
        Ok(Self {
            search: kept(visit)?,
            country: CountryCode::parse(visit.query.text("country")).ok(),
            instrument: kind_of(visit.query.text("instrument")),
            since: day("since"),
            until: day("until"),
            authority: given("authority"),
            reference: given("reference"),
            state: CaseState::ALL.into_iter().find(|one| one.as_str() == state),
            owner: given("owner"),
        })
    }

    pub(crate) fn is_any(&self) -> bool {
        !self.in_address().is_empty()
    }

    /// The cases of a filter that are left.
    pub(crate) fn within(&self, visit: &Visit<'_>, mut filter: CaseFilter) -> CaseFilter {
        let midnight = |day: Date| {
            let begins = day.to_zoned_datetime(visit.zone().time_zone().clone());
            begins.ok().map(|begins| begins.timestamp())
        };
        filter.words = self.search.as_ref().map(|(_, words)| words.clone());
        filter.country = self.country;
        filter.instrument = self.instrument;
        filter.received_since = self.since.and_then(midnight);
        // The day itself counts.
        let after = self.until.and_then(|until| until.tomorrow().ok());
        filter.received_before = after.and_then(midnight);
        filter.authority = self.authority.clone().or(filter.authority);
        filter.reference = self.reference.clone().or(filter.reference);
        // What a view asks for stays asked for: a list is narrowed, never widened.
        filter.state = filter.state.or(self.state);
        filter.owner = filter.owner.or(match self.owner.as_deref() {
            None => None,
            Some(NOBODY) => Some(Owner::Nobody),
            Some(id) => Some(Owner::Person(id.to_owned())),
        });
        filter
    }

    /// The same as the end of an address.
    pub(crate) fn in_address(&self) -> String {
        let state = self.state.map(|state| state.as_str().to_owned());
        let country = self.country.map(|country| country.to_string());
        let instrument = self.instrument.map(|kind| kind.as_str().to_owned());
        let [since, until] = [self.since, self.until].map(|day| day.map(|day| day.to_string()));
        let search = self.search.as_ref().map(|(id, _)| id.clone());
        let all = [
            ("search", &search),
            ("country", &country),
            ("instrument", &instrument),
            ("since", &since),
            ("until", &until),
            ("authority", &self.authority),
            ("reference", &self.reference),
            ("state", &state),
            ("owner", &self.owner),
        ];
        let given = all
            .into_iter()
            .filter_map(|(name, value)| Some((name, value.as_ref()?)));
        given
            .map(|(name, value)| format!("&{name}={}", encoded(value)))
            .collect()
    }

    /// The form in which it is chosen, within a view that settles some of it already.
    pub(crate) fn form(
        &self,
        visit: &Visit<'_>,
        view: &str,
        settled: &CaseFilter,
    ) -> Result<Markup, Problem> {
        let any = Choice::new("", visit.say("web-filter-any"));
        let mut states = vec![any.clone()];
        for state in CaseState::ALL {
            let name = visit.say(&format!("web-state-{}", state.as_str()));
            states.push(Choice::new(state.as_str(), visit.phrases().sentence(&name)));
        }
        let mut kinds = kinds_of_instrument(visit);
        kinds.insert(0, any.clone());
        let country = self.country.map(|country| country.to_string());
        let mut countries = countries(visit, country.as_deref().unwrap_or_default());
        countries.insert(0, any.clone());
        let [since, until] = [self.since, self.until].map(|day| day.map(|day| day.to_string()));
        let mut owners = vec![any, Choice::new(NOBODY, visit.say("web-owner-none"))];
        owners.extend(workers(visit)?);
        let state = self.state.map_or("", CaseState::as_str);
        Ok(html! {
            details.filter open[self.is_any()] {
                summary { (visit.say("web-filter")) @if visit.key("f").is_some() { " " kbd aria-hidden="true" { "f" } } }
                form action="/cases" method="get" {
                    input type="hidden" name="view" value=(view);
                    @if let Some((id, words)) = &self.search {
                        input type="hidden" name="search" value=(id);
                        @let wanted = words.words().collect::<Vec<_>>().join(" ");
                        p { (visit.fill("web-filter-words", &[("words", &wanted)])) }
                    }
                    (field(&Field {
                        name: "authority",
                        label: &visit.say("web-filter-authority"),
                        value: self.authority.as_deref().unwrap_or_default(),
                        key: visit.key("f"),
                        ..Field::default()
                    }))
                    (field(&Field {
                        name: "reference",
                        label: &visit.say("web-filter-reference"),
                        value: self.reference.as_deref().unwrap_or_default(),
                        ..Field::default()
                    }))
                    (select(&Field {
                        name: "country",
                        label: &visit.say("web-filter-country"),
                        value: country.as_deref().unwrap_or_default(),
                        ..Field::default()
                    }, &countries))
                    (select(&Field {
                        name: "instrument",
                        label: &visit.say("web-filter-instrument"),
                        value: self.instrument.map_or("", |kind| kind.as_str()),
                        ..Field::default()
                    }, &kinds))
                    @for (name, value) in [("since", &since), ("until", &until)] {
                        (field(&Field {
                            name,
                            label: &visit.say(&format!("web-filter-{name}")),
                            value: value.as_deref().unwrap_or_default(),
                            kind: "date",
                            ..Field::default()
                        }))
                    }
                    @if settled.state.is_none() {
                        (select(&Field {
                            name: "state",
                            label: &visit.say("web-filter-state"),
                            value: state,
                            ..Field::default()
                        }, &states))
                    }
                    @if settled.owner.is_none() {
                        (select(&Field {
                            name: "owner",
                            label: &visit.say("web-hand-over"),
                            value: self.owner.as_deref().unwrap_or_default(),
                            ..Field::default()
                        }, &owners))
                    }
                    div.buttons {
                        button { (visit.say("web-filter-button")) }
                        @if self.is_any() { a href=(format!("/cases?view={view}")) { (visit.say("web-filter-clear")) } }
                    }
                }
            }
        })
    }
}
