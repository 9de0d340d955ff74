use jiff::Timestamp;
use jiff::civil::Date;
use lagrum_access::Action;
use lagrum_law::{Law, standing};
use lagrum_model::{Assessment, Basis, Case, CaseId, Command, Demand, Refusal};
use serde::Serialize;

use crate::assess::{WithLookedUp, assess, law_of, looked_at};
use crate::lapse::lapse;
use crate::look_up::keep_places;
use crate::{CommandError, Desk, Session};

/// What the law says of a case, as it was recorded.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Assessed {
    /// The case.
    pub case: CaseId,
    /// The findings.
    pub assessment: Assessment,
}

impl Desk {
    /// What `law` says of a case on its facts, with its clocks as they stand at `at` (UTC) and with what
    /// agents found out in it. Parts that are answered keep their places.
    ///
    /// # Errors
    /// When the case is not described, or the law packs or the directory cannot be used.
    pub(crate) fn found(
        &self,
        case: &Case,
        law: &Law,
        at: Timestamp,
    ) -> Result<Assessment, CommandError> {
        let (Some(demand), Some(mut basis)) = (&case.demand, case.basis()) else {
            return Err(CommandError::Invalid(Refusal::NotDescribed));
        };
        basis.clocks = standing(&self.all_clocks(case, at)?);
        let known = WithLookedUp {
            holdings: self.directory()?,
            case,
        };
        let mut found = assess(demand, &basis, &known, self.law()?, law)?;
        keep_places(case, &mut found);
        Ok(found)
    }
}

impl Session<'_> {
    /// Applies the law as it stands on `as_of` to a case, and records the findings.
    ///
    /// # Errors
    /// When the case is not authenticated, or decided already.
    pub fn assess(&mut self, id: &CaseId, as_of: Date) -> Result<Assessed, CommandError> {
        let desk = self.desk;
        let law = law_of(desk.law()?, as_of)?;
        let at = looked_at(as_of, self.time.now());
        self.change(Action::Assess, id, &[], |changes, acting| {
            // What nobody can carry out any more is open again.
            lapse(changes, acting, |_| true)?;
            let assessment = desk
                .found(changes.case(), &law, at)
                .map_err(|error| in_case(id, error))?;
            let record = Command::Assess {
                assessment: Box::new(assessment.clone()),
            };
            acting.command(changes, record, &format!("law as of {as_of}"))?;
            Ok(Assessed {
                case: id.clone(),
                assessment,
            })
        })
    }

    /// What the law of today says of a case, on what is known today: nothing is recorded.
    ///
    /// # Errors
    /// When the case is not described, the person may not read it, or the law packs or the directory
    /// cannot be used.
    pub fn found_today(&self, id: &CaseId) -> Result<Assessment, CommandError> {
        let (desk, now) = (self.desk, self.time.now());
        let case = self.read_for(Action::ReadCase, id)?.case;
        self.may(Action::Preview)?;
        let today = now.to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
        let law = law_of(desk.law()?, today)?;
        desk.found(&case, &law, now)
            .map_err(|error| in_case(id, error))
    }

    /// Applies the law to a demand that need not be a case, on these facts of it
    /// ([`crate::facts_at`]): nothing is recorded.
    ///
    /// # Errors
    /// When the law packs or the directory cannot be used.
    pub fn preview(
        &self,
        demand: &Demand,
        basis: &Basis,
        as_of: Date,
    ) -> Result<Assessment, CommandError> {
        self.may(Action::Preview)?;
        let packs = self.desk.law()?;
        let law = law_of(packs, as_of)?;
        assess(demand, basis, self.desk.directory()?, packs, &law)
    }
}

/// A refusal that belongs to a case.
pub(crate) fn in_case(id: &CaseId, error: CommandError) -> CommandError {
    match error {
        CommandError::Invalid(refusal) => CommandError::Refused {
            case: id.clone(),
            refusal,
        },
        other => other,
    }
}
