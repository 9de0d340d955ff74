//! What figures know of cases: it follows from their events, and outlives them.

use std::ops::RangeInclusive;

use lagrum_model::CaseId;

use crate::{FactRow, Store, StoreError};

/// Rows that are read in one transaction.
const CHUNK: u32 = 1000;

impl Store {
    /// What figures know of a case, also of one that was erased; nothing if they never knew anything.
    ///
    /// # Errors
    /// When it was changed, or the database cannot be read.
    pub fn facts_of(&self, case: &CaseId) -> Result<Option<Vec<u8>>, StoreError> {
        let row = self.database.read()?.fact(case)?;
        row.map(|row| self.open_fact(&row)).transpose()
    }

    /// Goes through what figures know of the cases of a year that have these numbers, in their order. What was changed
    /// is given as why.
    ///
    /// # Errors
    /// When the database cannot be read, and what `each` returns.
    pub fn facts_of_year<E: From<StoreError>>(
        &self,
        year: i16,
        numbers: RangeInclusive<u32>,
        each: &mut dyn FnMut(CaseId, Result<Vec<u8>, StoreError>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut after = numbers.start().saturating_sub(1);
        while after < *numbers.end() {
            let limit = CHUNK.min(numbers.end() - after);
            let rows = self.database.read()?.facts_after(year, after, limit)?;
            let Some(last) = rows.last() else { break };
            after = last.case.number();
            for row in rows {
                if numbers.contains(&row.case.number()) {
                    let facts = self.open_fact(&row);
                    each(row.case, facts)?;
                }
            }
        }
        Ok(())
    }

    pub(crate) fn open_fact(&self, row: &FactRow) -> Result<Vec<u8>, StoreError> {
        let facts = self.vault.open_fact(&row.case, &row.sealed);
        facts.ok_or_else(|| {
            StoreError::Damaged(format!(
                "what figures know of case {} was changed after it was recorded",
                row.case
            ))
        })
    }
}
