//! What keeps the store in order: the read model, erasure.

use lagrum_model::{Case, CaseId};

use crate::record::read;
use crate::store::{Rows, put_rows};
use crate::{
    CaseRecord, Damaged, Project, ReadTransaction, Store, StoreError, Summary, SummaryRow,
};

/// Cases that are read or written in one transaction where all are gone through.
const CHUNK: u32 = 64;

/// A case whose read model is not what follows from its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which case.
    pub case: CaseId,
    /// The read model as it is stored, if there is one.
    pub stored: Option<Summary>,
    /// The read model as it follows from the events. Absent: the case was erased, or is damaged.
    pub folded: Option<Summary>,
    /// What is wrong with the case or with its row, if one of the two cannot be read.
    pub damage: Option<String>,
}

/// What [`Store::rebuild_summaries`] did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Number of cases whose read model was made anew.
    pub cases: u64,
    /// Cases that were left out, because something of them was changed from outside.
    pub left_out: Vec<Damaged>,
}

impl Store {
    /// The cases after `after`, up to `limit`, in the order of their numbers, with the number of
    /// their events; also those that were erased.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn cases_after(
        &self,
        after: Option<&CaseId>,
        limit: u32,
    ) -> Result<Vec<CaseRecord>, StoreError> {
        self.database.read()?.cases_after(after, limit)
    }

    /// Makes the read model of every case anew, and says of how many; leaves out those of which
    /// something was changed from outside. May run beside the desk.
    ///
    /// # Errors
    /// When the database cannot be written. What is done so far stays.
    pub fn rebuild_summaries(&self, project: Project<'_>) -> Result<Rebuilt, StoreError> {
        let mut rebuilt = Rebuilt::default();
        let mut after: Option<CaseId> = None;
        loop {
            let chunk = self.cases_after(after.as_ref(), CHUNK)?;
            let Some(last) = chunk.last() else {
                return Ok(rebuilt);
            };
            after = Some(last.case.clone());
            let mut transaction = self.database.write("rebuild")?;
            for case in chunk.iter().map(|record| &record.case) {
                let record = transaction.lock_case(case)?;
                let Some(record) = record.filter(|record| record.key.is_some()) else {
                    continue;
                };
                match self.folded(&mut *transaction, &record, project) {
                    Ok(rows) => put_rows(&mut *transaction, &rows)?,
                    Err(error) => {
                        rebuilt.left_out.push(Damaged::of(case, error)?);
                        continue;
                    }
                }
                rebuilt.cases += 1;
            }
            transaction.commit()?;
        }
    }

    /// Arranges the list by groups of the desk: `group_of` says whose a case is that goes some way, and
    /// `arranged` is the word for these groups. Reads no case, unless its row was written before there were
    /// groups: then the read model is made anew first. False: it was arranged so already.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn arrange(
        &self,
        arranged: &str,
        group_of: &dyn Fn(&str) -> String,
        project: Project<'_>,
    ) -> Result<bool, StoreError> {
        if self.arranged()? == arranged {
            return Ok(false);
        }
        let before_groups = |routes: Vec<String>| routes.iter().any(String::is_empty);
        if before_groups(self.database.read()?.routes()?) {
            self.rebuild_summaries(project)?;
        }
        let mut transaction = self.database.write("arrange")?;
        // Nobody changes the list until it is arranged.
        transaction.hold_arranged(true)?;
        let routes = transaction.routes()?.into_iter();
        let groups: Vec<_> = routes
            .filter(|route| !route.is_empty())
            .map(|route| {
                let group = group_of(&route);
                (route, group)
            })
            .collect();
        transaction.regroup(&groups)?;
        transaction.put_arranged(arranged)?;
        transaction.commit()?;
        Ok(true)
    }

    /// The read model of a case as it follows from its events.
    pub(crate) fn folded(
        &self,
        transaction: &mut dyn ReadTransaction,
        record: &CaseRecord,
        project: Project<'_>,
    ) -> Result<Rows, StoreError> {
        let key = self.key_of(record)?;
        let events = read(transaction, record, &key)?.events;
        let folded = Case::from_events(&events);
        let projection = project(&record.case, &folded, &events);
        self.row(transaction, &key, &projection, &folded)
    }

    /// Compares the read model of every case with its events, and says where they differ, and which
    /// cases cannot be compared because something of them was changed from outside.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn compare_summaries(&self, project: Project<'_>) -> Result<Vec<Difference>, StoreError> {
        let mut differences = Vec::new();
        let mut after: Option<CaseId> = None;
        loop {
            let mut transaction = self.database.read()?;
            let chunk = transaction.cases_after(after.as_ref(), CHUNK)?;
            let Some(last) = chunk.last() else {
                return Ok(differences);
            };
            after = Some(last.case.clone());
            for record in &chunk {
                let case = &record.case;
                let stored = transaction.summary(case)?;
                let tags = transaction.identifiers(case)?;
                let words = transaction.words(case)?;
                let watched = transaction.watches(case)?;
                let fact = transaction.fact(case)?;
                let mut damage = None;
                let folded = match record.key {
                    None => None,
                    Some(_) => match self.folded(&mut *transaction, record, project) {
                        Ok(folded) => Some(folded),
                        Err(error) => {
                            damage = Some(Damaged::of(case, error)?.why);
                            None
                        }
                    },
                };
                let same = match (&folded, &stored) {
                    (None, None) => tags.is_empty() && words.is_empty() && watched.is_empty(),
                    (Some(folded), Some(stored)) => {
                        folded.row == *stored
                            && folded.tags == tags
                            && folded.words == words
                            && folded.watched == watched
                            && folded.fact == fact
                    }
                    _ => false,
                };
                if damage.is_none() && same {
                    continue;
                }
                let folded = folded.map(|folded| folded.row);
                let mut shown = |row: Option<SummaryRow>| match row.map(Summary::try_from) {
                    None => Ok(None),
                    Some(Ok(summary)) => Ok(Some(summary)),
                    Some(Err(error)) => {
                        damage.get_or_insert(Damaged::of(case, error)?.why);
                        Ok::<_, StoreError>(None)
                    }
                };
                differences.push(Difference {
                    case: case.clone(),
                    stored: shown(stored)?,
                    folded: shown(folded)?,
                    damage,
                });
            }
        }
    }

    /// Erases a case: its key, its originals and its read model, with the tags of its words, are removed. Its events stay as they
    /// are, so that the log remains whole and provable, and nobody can read them any more. What figures know of it
    /// stays, and names nobody. Doing it again changes nothing.
    ///
    /// Backups of the database and of the master key together can still read what was in them.
    ///
    /// # Errors
    /// [`StoreError::Unfinished`] while an event has no position in the log or something is still to
    /// be done; when there is no such case.
    pub fn erase(&self, id: &CaseId) -> Result<(), StoreError> {
        let mut transaction = self.database.write("erase")?;
        let record = transaction.lock_case(id)?;
        let record = record.ok_or_else(|| StoreError::NoSuchCase(id.clone()))?;
        if record.key.is_none() {
            return Ok(());
        }
        let unplaced = transaction.position(id, record.events)?.is_none();
        if unplaced || pending(&mut *transaction, id)? {
            return Err(StoreError::Unfinished(id.clone()));
        }
        transaction.erase_case(id)?;
        transaction.commit()
    }
}

/// Whether something is still to be done for a case.
fn pending(transaction: &mut dyn ReadTransaction, case: &CaseId) -> Result<bool, StoreError> {
    let mut after = 0;
    loop {
        let rows = transaction.outbox(after, 1000)?;
        let Some(last) = rows.last() else {
            return Ok(false);
        };
        after = last.place;
        if rows.iter().any(|row| row.case == *case) {
            return Ok(true);
        }
    }
}
