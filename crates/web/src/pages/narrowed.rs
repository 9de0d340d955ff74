//! What a list is narrowed to. All of it stands in the address, so that it can be kept and sent.

use lagrum_model::CaseState;
use lagrum_store::{CaseFilter, Owner};
use maud::{Markup, html};

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
}

impl Narrowed {
    pub(crate) fn of(visit: &Visit<'_>) -> Self {
        let given = |name| visit.query.given(name).map(str::to_owned);
        let state = visit.query.text("state");
        Self {
            authority: given("authority"),
            reference: given("reference"),
            state: CaseState::ALL.into_iter().find(|one| one.as_str() == state),
            owner: given("owner"),
        }
    }

    pub(crate) fn is_any(&self) -> bool {
        !self.in_address().is_empty()
    }

    /// The cases of a filter that are left.
    pub(crate) fn within(&self, mut filter: CaseFilter) -> CaseFilter {
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
        let all = [
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
        let mut owners = vec![any, Choice::new(NOBODY, visit.say("web-owner-none"))];
        owners.extend(workers(visit)?);
        let state = self.state.map_or("", CaseState::as_str);
        Ok(html! {
            details.filter open[self.is_any()] {
                summary { (visit.say("web-filter")) @if visit.key("f").is_some() { " " kbd aria-hidden="true" { "f" } } }
                form action="/cases" method="get" {
                    input type="hidden" name="view" value=(view);
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
