//! What came through the door for authorities: found by who sent it, and under addresses that nobody
//! guesses.

use jiff::Timestamp;
use lagrum_model::{CaseId, Sha256Digest};
use rand_core::CryptoRngCore;

use crate::store::{Opened, Project, Same};
use crate::{
    AtDoor, CaseFilter, Changes, ListQuery, Order, Page, PageOf, ReadTransaction, Store,
    StoreError, Summary, Tag,
};

/// Of demands that share their first file, so many are looked at.
const MOST_ALIKE: u32 = 50;

impl Store {
    /// Opens a case for what `sender` sent at the door. If the same one sent all of `originals` before
    /// in one case, gives that one and changes nothing; what others sent is not looked at.
    ///
    /// # Errors
    /// As [`Store::open_case`].
    #[expect(
        clippy::too_many_arguments,
        reason = "time and randomness are passed in"
    )]
    pub fn open_case_at_door<E: From<StoreError>>(
        &self,
        name: &'static str,
        at: Timestamp,
        sender: &str,
        originals: &[&[u8]],
        random: &mut dyn CryptoRngCore,
        project: Project<'_>,
        first: impl FnOnce(&mut Changes<'_>) -> Result<(), E>,
    ) -> Result<Opened, E> {
        self.opened_by(
            name,
            at,
            originals,
            Same::Sender(sender),
            random,
            project,
            first,
        )
    }

    /// The cases that came from `sender` at the door, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn sent_by(&self, sender: &str, page: Page) -> Result<PageOf<Summary>, StoreError> {
        let tag = self.vault.tag_sender(sender);
        self.list_tagged(&CaseFilter::default(), Some(tag), Order::Newest, page)
    }

    /// Under which address the sender of a case finds it at the door.
    #[must_use]
    pub fn door_address(&self, case: &CaseId) -> String {
        self.vault.address(case)
    }

    /// The case that `sender` finds under an address at the door. An address that is another sender's is
    /// looked for and not found exactly like one that never was.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn case_at_door(&self, sender: &str, address: &str) -> Result<Option<CaseId>, StoreError> {
        let tag = self.vault.tag_address(sender, address);
        let query = query(tag, 1);
        let found = self.database.read()?.list(&query)?;
        Ok(found.items.into_iter().next().map(|row| row.case))
    }

    /// The case in which `sender` sent all of these before.
    pub(crate) fn sent_before(
        &self,
        transaction: &mut dyn ReadTransaction,
        sender: &str,
        originals: &[&[u8]],
    ) -> Result<Option<CaseId>, StoreError> {
        let tag = |bytes: &&[u8]| self.vault.tag_sent(sender, &Sha256Digest::of(bytes));
        let tags: Vec<_> = originals.iter().map(tag).collect();
        let Some(first) = tags.first() else {
            return Ok(None);
        };
        let found = transaction.list(&query(*first, MOST_ALIKE))?;
        for row in found.items {
            let there = transaction.identifiers(&row.case)?;
            if tags.iter().all(|tag| there.contains(tag)) {
                return Ok(Some(row.case));
            }
        }
        Ok(None)
    }

    pub(crate) fn door_tags(&self, case: &CaseId, door: &AtDoor) -> Vec<Tag> {
        let vault = &self.vault;
        let sent = door.sent.iter();
        let sent = sent.map(|digest| vault.tag_sent(&door.sender, digest));
        let found_by = [
            vault.tag_sender(&door.sender),
            vault.tag_address(&door.sender, &vault.address(case)),
        ];
        found_by.into_iter().chain(sent).collect()
    }
}

fn query(tag: Tag, most: u32) -> ListQuery {
    let page = Page::number(1, most);
    ListQuery::of(
        &CaseFilter::default(),
        (Some(tag), Vec::new()),
        Order::Newest,
        page,
    )
}
