//! What figures know of the cases, for tables that laws and custom ask for.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use lagrum_access::Action;
use lagrum_figures::{CaseFacts, Period};
use lagrum_model::CaseId;

use crate::{CommandError, Session};

impl Session<'_> {
    /// What figures know of each case that may have come in this period or later; without one, of all cases. They are
    /// exact: whoever publishes what is made of them decides how coarse it is.
    ///
    /// Beside them it gives the cases of which nothing is known, and why: a table that leaves one out says so.
    ///
    /// # Errors
    /// When the person may not, or the store cannot be read.
    pub fn case_facts(
        &self,
        since: Option<&Period>,
    ) -> Result<(Vec<CaseFacts>, Vec<String>), CommandError> {
        self.may(Action::PublishReport)?;
        let year = |second: i64| {
            let at = Timestamp::from_second(second).unwrap_or_default();
            TimeZone::UTC.to_datetime(at).year()
        };
        let store = &self.desk.inner.store;
        let first = match since {
            // A demand of the last night of a year can have a number of the year in which the desk was then.
            Some(period) => year(i64::try_from(period.seconds().0).unwrap_or_default()) - 1,
            None => match store.cases_after(None, 1)?.first() {
                Some(record) => record.case.year(),
                None => return Ok((Vec::new(), Vec::new())),
            },
        };
        let (mut all, mut wrong) = (Vec::new(), Vec::new());
        for year in first..=year(self.time.now().as_second()) + 1 {
            let mut next = 1;
            store.facts_of_year(year, &mut |case, facts| {
                wrong.extend((next..case.number()).map(|number| none(year, number)));
                next = case.number() + 1;
                match facts.map(|facts| serde_json::from_slice(&facts)) {
                    Ok(Ok(facts)) => all.push(facts),
                    Ok(Err(why)) => wrong.push(format!("the facts of case {case}: {why}")),
                    Err(why) => wrong.push(why.to_string()),
                }
                Ok::<_, CommandError>(())
            })?;
            let last = store.last_case_number(year)?;
            wrong.extend((next..=last).map(|number| none(year, number)));
        }
        Ok((all, wrong))
    }
}

fn none(year: i16, number: u32) -> String {
    let case = CaseId::new(year, number);
    format!("figures know nothing of case {case}")
}
