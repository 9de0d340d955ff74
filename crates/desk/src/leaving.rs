//! What of the desk's open cases hangs on one person.

use lagrum_access::Action;
use lagrum_model::CaseId;
use lagrum_store::{CaseFilter, Damaged, Order, Page};
use serde::Serialize;

use crate::{CommandError, Session};

/// Cases that are gone through at once.
const CHUNK: u32 = 64;

/// What hangs on one person, by the numbers of cases.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct HangsOn {
    /// Open cases that they look after.
    pub looked_after: Vec<CaseId>,
    /// Open cases with a mandate that they signed and that no agent has carried out.
    pub signed: Vec<CaseId>,
    /// Open cases of which that cannot be said, because they are damaged.
    pub not_known: Vec<CaseId>,
}

impl Session<'_> {
    /// What of the open cases hangs on the person of this id. Reads every open case.
    ///
    /// # Errors
    /// When the person who asks may not; when the store or the roster cannot be read.
    pub fn hangs_on(&self, id: &str) -> Result<HangsOn, CommandError> {
        self.may(Action::ChangeSetup)?;
        let open = CaseFilter {
            open: Some(true),
            ..CaseFilter::default()
        };
        let mut found = HangsOn::default();
        for number in 1_u64.. {
            let page = Page::number(number, CHUNK);
            let listed = self.desk.inner.store.list(&open, Order::Number, page)?;
            let damaged = listed.unreadable.into_iter();
            found
                .not_known
                .extend(damaged.map(|Damaged { case, .. }| case));
            for one in &listed.items {
                if one.owner.as_deref() == Some(id) {
                    found.looked_after.push(one.case.clone());
                }
                match self.desk.record(&one.case) {
                    Ok(record) if self.has_signed(id, &record.case)? => {
                        found.signed.push(one.case.clone());
                    }
                    Ok(_) => {}
                    Err(_) => found.not_known.push(one.case.clone()),
                }
            }
            if number * u64::from(CHUNK) >= listed.total {
                break;
            }
        }
        Ok(found)
    }

    /// Whether they signed a mandate of the case that an agent may still be about to carry out.
    fn has_signed(&self, id: &str, case: &lagrum_model::Case) -> Result<bool, CommandError> {
        let roster = self.desk.roster()?;
        let open = case
            .mandates
            .values()
            .filter(|one| !one.is_carried_out() && !one.recalled && one.lapsed.is_none());
        let mut approvals = open.flat_map(|one| &one.approvals);
        Ok(approvals.any(|one| {
            let by = roster.named_on(&one.signature);
            by.is_some_and(|person| person.id == id)
        }))
    }
}
