//! What the law would say.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use lagrum_access::Action;
use lagrum_desk::{CommandError, facts_at, looked_at};
use lagrum_model::schema::Day;
use lagrum_model::{Assessment, Demand, Moments, Refusal};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::call::Call;
use crate::api::operation::{About, Needs, Operation, post};
use crate::api::problem::ApiProblem;
use crate::api::takes::{DemandFile, Json};

/// What is assumed of a demand that is no case.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PreviewQuery {
    /// As nobody had found out yet that the demand is genuine.
    #[serde(default)]
    not_verified: bool,
    /// As if counsel believed the danger that the demand claims.
    #[serde(default)]
    emergency_believed: bool,
    /// As the law stood on this day (UTC); absent: today.
    #[serde(default)]
    #[schemars(with = "Option<Day>")]
    as_of: Option<Date>,
}

pub(crate) struct Preview;

impl Operation for Preview {
    type Query = PreviewQuery;
    type Takes = DemandFile;
    type Gives = Json<Assessment>;
    const IS: About = post(
        "/preview",
        "preview",
        "Applies the law to a demand that need not be a case, as if it arrived just now. Changes nothing",
        Needs::May(Action::Preview),
    )
    .changing_nothing();

    fn run(
        call: &Call<'_>,
        query: PreviewQuery,
        body: DemandFile,
    ) -> Result<Self::Gives, ApiProblem> {
        let found_out = (!query.not_verified, query.emergency_believed);
        let found = call.ask(|session| {
            let demand = Demand::parse(&body.0).map_err(|error| {
                CommandError::Invalid(Refusal::Unreadable {
                    file_name: "demand.json".into(),
                    error,
                })
            })?;
            let now = session.now();
            let today = now.to_zoned_datetime(TimeZone::UTC).date();
            let day = query.as_of.unwrap_or(today);
            let at = looked_at(day, now);
            let packs = session.desk().law()?;
            let basis = facts_at(&demand, found_out, &Moments::new(), packs, at)?;
            session.preview(&demand, &basis, day)
        })?;
        Ok(Json(found))
    }
}
