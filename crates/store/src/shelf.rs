//! What the desk keeps and that is no event of a case: sessions, passkeys, drafts.

use jiff::Timestamp;
use rand_core::CryptoRngCore;

use crate::{ShelfRow, Store, StoreError, Tag};

/// The shelf: small things under a kind and a key, some of them for a time only. Both key and value
/// are unreadable without the master key. None of it is a fact about a demand: those are events.
#[derive(Clone, Copy)]
pub struct Shelf<'s> {
    store: &'s Store,
}

/// Something that is put on the shelf with others.
#[derive(Clone, Copy, Debug)]
pub struct Thing<'t> {
    /// What kind of thing it is, in one word.
    pub kind: &'t str,
    /// Its key.
    pub key: &'t [u8],
    /// What it is.
    pub value: &'t [u8],
    /// Until when it counts (UTC). Absent: until it is removed.
    pub until: Option<Timestamp>,
}

impl Store {
    /// The shelf of this store.
    #[must_use]
    pub fn shelf(&self) -> Shelf<'_> {
        Shelf { store: self }
    }
}

impl Shelf<'_> {
    /// Puts `value` there until `until` (UTC), in the place of what lay there.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn put(
        &self,
        kind: &str,
        key: &[u8],
        value: &[u8],
        until: Option<Timestamp>,
        random: &mut dyn CryptoRngCore,
    ) -> Result<(), StoreError> {
        let row = self.row(kind, key, value, until, random);
        let mut transaction = self.store.database.write("shelf")?;
        self.store.mark(&mut *transaction)?;
        transaction.put_shelf(&row)?;
        transaction.commit()
    }

    /// Puts `value` there until `until` (UTC) if nothing lies there, and says whether it did: of many who put
    /// something in one place, one is told so.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn put_first(
        &self,
        kind: &str,
        key: &[u8],
        value: &[u8],
        until: Option<Timestamp>,
        random: &mut dyn CryptoRngCore,
    ) -> Result<bool, StoreError> {
        let row = self.row(kind, key, value, until, random);
        let mut transaction = self.store.database.write("shelf")?;
        self.store.mark(&mut *transaction)?;
        let first = transaction.put_shelf_first(&row)?;
        transaction.commit()?;
        Ok(first)
    }

    /// Puts all of `things` (kind, key, value, until when in UTC) there in one transaction if nothing lies under
    /// the first one's kind and key, and says whether it did: what follows from something follows once.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn put_all_if_first(
        &self,
        things: &[Thing<'_>],
        random: &mut dyn CryptoRngCore,
    ) -> Result<bool, StoreError> {
        let mut rows = things
            .iter()
            .map(|one| self.row(one.kind, one.key, one.value, one.until, &mut *random));
        let Some(first) = rows.next() else {
            return Ok(false);
        };
        let rows: Vec<_> = rows.collect();
        let mut transaction = self.store.database.write("shelf")?;
        self.store.mark(&mut *transaction)?;
        if !transaction.put_shelf_first(&first)? {
            return Ok(false);
        }
        for row in &rows {
            transaction.put_shelf(row)?;
        }
        transaction.commit()?;
        Ok(true)
    }

    /// Puts `value` there until `until` (UTC) in the place of what lies there; says whether anything did. Where
    /// nothing lies, nothing is put: what somebody took away meanwhile does not come back.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn replace(
        &self,
        kind: &str,
        key: &[u8],
        value: &[u8],
        until: Option<Timestamp>,
        random: &mut dyn CryptoRngCore,
    ) -> Result<bool, StoreError> {
        let row = self.row(kind, key, value, until, random);
        let mut transaction = self.store.database.write("shelf")?;
        if !transaction.remove_shelf(kind, &row.tag)? {
            return Ok(false);
        }
        transaction.put_shelf(&row)?;
        transaction.commit()?;
        Ok(true)
    }

    /// A word about `bytes` that nobody makes without the master key. Nothing is written.
    #[must_use]
    pub fn word(&self, kind: &str, bytes: &[u8]) -> Tag {
        self.store.vault.tag_shelf(kind, bytes)
    }

    pub(crate) fn row(
        &self,
        kind: &str,
        key: &[u8],
        value: &[u8],
        until: Option<Timestamp>,
        random: &mut dyn CryptoRngCore,
    ) -> ShelfRow {
        let vault = &self.store.vault;
        let tag = vault.tag_shelf(kind, key);
        ShelfRow {
            sealed: vault.seal_shelf(kind, &tag, until, value, random),
            kind: kind.to_owned(),
            until: until.map(Timestamp::as_microsecond),
            tag,
        }
    }

    /// What lies there and still counts at `now` (UTC).
    ///
    /// # Errors
    /// When the database cannot be read, or what lies there was changed from outside.
    pub fn get(
        &self,
        kind: &str,
        key: &[u8],
        now: Timestamp,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let tag = self.store.vault.tag_shelf(kind, key);
        let row = self.store.database.read()?.shelf(kind, &tag)?;
        row.filter(|row| counts(row, now))
            .map(|row| self.open(&row))
            .transpose()
    }

    /// Everything of a kind that counts at `now` (UTC), in no order that means anything.
    ///
    /// # Errors
    /// When the database cannot be read, or one of them was changed from outside.
    pub fn all(&self, kind: &str, now: Timestamp) -> Result<Vec<Vec<u8>>, StoreError> {
        let rows = self.store.database.read()?.shelved(kind)?;
        let rows = rows.iter().filter(|row| counts(row, now));
        rows.map(|row| self.open(row)).collect()
    }

    /// Everything of a kind that counts at `now` (UTC), each with the tag of its key, by which it can be
    /// removed: nobody reads the key out of a tag.
    ///
    /// # Errors
    /// When the database cannot be read, or one of them was changed from outside.
    pub fn tagged(&self, kind: &str, now: Timestamp) -> Result<Vec<(Tag, Vec<u8>)>, StoreError> {
        let rows = self.store.database.read()?.shelved(kind)?;
        let rows = rows.iter().filter(|row| counts(row, now));
        rows.map(|row| Ok((row.tag, self.open(row)?))).collect()
    }

    /// Removes what lies there under a tag; says whether it did.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn remove_tagged(&self, kind: &str, tag: &Tag) -> Result<bool, StoreError> {
        let mut transaction = self.store.database.write("shelf")?;
        let removed = transaction.remove_shelf(kind, tag)?;
        transaction.commit()?;
        Ok(removed)
    }

    /// Takes what lies there away, if it still counts at `now` (UTC): of two who take it at once, one
    /// gets it.
    ///
    /// # Errors
    /// When the database cannot be written, or what lies there was changed from outside.
    pub fn take(
        &self,
        kind: &str,
        key: &[u8],
        now: Timestamp,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let tag = self.store.vault.tag_shelf(kind, key);
        let mut transaction = self.store.database.write("shelf")?;
        let Some(row) = transaction.shelf(kind, &tag)? else {
            return Ok(None);
        };
        let first = transaction.remove_shelf(kind, &tag)?;
        transaction.commit()?;
        match first && counts(&row, now) {
            true => self.open(&row).map(Some),
            false => Ok(None),
        }
    }

    /// Removes what lies there, if anything does.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn remove(&self, kind: &str, key: &[u8]) -> Result<(), StoreError> {
        let tag = self.store.vault.tag_shelf(kind, key);
        let mut transaction = self.store.database.write("shelf")?;
        transaction.remove_shelf(kind, &tag)?;
        transaction.commit()
    }

    /// Removes everything that does not count any more at `now` (UTC).
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn sweep(&self, now: Timestamp) -> Result<(), StoreError> {
        let mut transaction = self.store.database.write("shelf")?;
        transaction.sweep_shelf(now.as_microsecond())?;
        transaction.commit()
    }

    fn open(&self, row: &ShelfRow) -> Result<Vec<u8>, StoreError> {
        let vault = &self.store.vault;
        let opened = vault.open_shelf(&row.kind, &row.tag, row.until, &row.sealed);
        opened.ok_or_else(|| {
            StoreError::damaged(format!(
                "a {} on the shelf was changed from outside",
                row.kind
            ))
        })
    }
}

/// `until` itself is after the end. Nobody lengthens it from outside: it is bound to the ciphertext.
fn counts(row: &ShelfRow, now: Timestamp) -> bool {
    row.until.is_none_or(|until| now.as_microsecond() < until)
}
