use jiff::Timestamp;
use lagrum_access::Action;
use lagrum_model::{Actor, Burden, BurdenEntry, BurdenSum, CaseId, Command, Recorded, Refusal};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{CommandError, Session};

/// That time or cost of a case was recorded.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BurdenRecorded {
    /// The case.
    pub case: CaseId,
    /// The number of the entry: that of its event.
    pub entry: u64,
}

/// That an entry of time or cost was taken back.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BurdenTakenBack {
    /// The case.
    pub case: CaseId,
    /// The number of the entry.
    pub taken_back: u64,
}

/// What a case costs, as far as people recorded it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CaseBurden {
    /// The case.
    pub case: CaseId,
    /// The sums, without what was taken back.
    pub sum: BurdenSum,
    /// Every entry, in order; also those that were taken back.
    pub entries: Vec<BurdenLine>,
}

/// An entry of time or cost.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BurdenLine {
    /// Its number: that of its event.
    pub entry: u64,
    /// When it was recorded (UTC).
    #[schemars(with = "lagrum_model::schema::Instant")]
    pub at: Timestamp,
    /// Who recorded it.
    pub by: Actor,
    /// What it says.
    pub burden: Burden,
    /// What was done, in their words; may be empty.
    pub what: String,
    /// Who took it back; absent while it counts.
    pub taken_back: Option<TakenBack>,
}

/// That an entry counts no more.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TakenBack {
    /// Who took it back.
    pub by: Actor,
    /// When (UTC).
    #[schemars(with = "lagrum_model::schema::Instant")]
    pub at: Timestamp,
    /// Why.
    pub why: String,
}

impl From<&BurdenEntry> for BurdenLine {
    fn from(entry: &BurdenEntry) -> Self {
        let taken_back = |Recorded { by, at, why }: &Recorded| TakenBack {
            by: by.clone(),
            at: *at,
            why: why.clone(),
        };
        Self {
            entry: entry.number,
            at: entry.at,
            by: entry.by.clone(),
            burden: entry.burden.clone(),
            what: entry.what.clone(),
            taken_back: entry.taken_back.as_ref().map(taken_back),
        }
    }
}

impl Session<'_> {
    /// What a case costs, as far as people recorded it.
    ///
    /// # Errors
    /// When there is no such case, something of it was changed from outside, or the person may not read it.
    pub fn burden(&self, id: &CaseId) -> Result<CaseBurden, CommandError> {
        let case = self.case(id)?.case;
        Ok(CaseBurden {
            case: id.clone(),
            sum: case.burden_sum(),
            entries: case.burden.iter().map(BurdenLine::from).collect(),
        })
    }

    /// Records time or cost of a case, or what came of a claim for reimbursement; `what` says what was done, and may be
    /// empty.
    ///
    /// # Errors
    /// When it says nothing or too much, nobody pays in the currency, or the person may not.
    pub fn record_burden(
        &mut self,
        id: &CaseId,
        burden: &Burden,
        what: &str,
    ) -> Result<BurdenRecorded, CommandError> {
        self.change(Action::RecordBurden, id, &[], |changes, acting| {
            let burden = burden.clone();
            acting.command(changes, Command::RecordBurden { burden }, what.trim())?;
            Ok(BurdenRecorded {
                case: id.clone(),
                entry: changes.case().events,
            })
        })
    }

    /// Takes an entry back, by its number and with the reason: it stays to be read, and counts no more. Taking it back
    /// again changes nothing.
    ///
    /// # Errors
    /// When the case has no such entry, nobody says why, or the person may not.
    pub fn take_burden_back(
        &mut self,
        id: &CaseId,
        entry: u64,
        reason: &str,
    ) -> Result<BurdenTakenBack, CommandError> {
        self.change(Action::RecordBurden, id, &[], |changes, acting| {
            if reason.trim().is_empty() {
                return Err(acting.refused(Refusal::Empty { field: "reason" }));
            }
            acting.command(changes, Command::TakeBurdenBack { entry }, reason.trim())?;
            Ok(BurdenTakenBack {
                case: id.clone(),
                taken_back: entry,
            })
        })
    }
}
