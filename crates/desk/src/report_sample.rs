//! Cards of a report that are opened for an auditor.

use lagrum_access::Action;
use lagrum_figures::{FiguresError, OpenedCard, Period, auditor_of, cards_to_open};
use sha2::{Digest, Sha256};

use crate::{CommandError, Session};

/// The kind of what is kept of an auditor's commitment.
const COMMITTED: &str = "report-auditor";

impl Session<'_> {
    /// Has the log hold, with its next batch, what an auditor commits to: the SHA-256 of a secret that is told after the
    /// report, and that draws the cards which are opened. Says whether it is new.
    ///
    /// # Errors
    /// When the person may not, or the store cannot be written.
    pub fn commit_to_sample(
        &mut self,
        period: &Period,
        commitment: [u8; 32],
    ) -> Result<bool, CommandError> {
        self.may(Action::AuditSample)?;
        let text = auditor_of(&period.to_string(), &commitment);
        let key = Sha256::digest(&text);
        let store = &self.desk.inner.store;
        Ok(store.put_report(COMMITTED, &key, text.as_bytes(), &text, self.random)?)
    }

    /// Opens the cards of the newest report of a period that the report and the secret draw: in their order, until
    /// enough of them were demands.
    ///
    /// # Errors
    /// When the person may not; when there is no report, or a card cannot be read.
    pub fn open_sample(
        &self,
        period: &Period,
        secret: &[u8; 32],
    ) -> Result<Vec<OpenedCard>, CommandError> {
        self.may(Action::AuditSample)?;
        let fault = |why: &str| CommandError::Figures(FiguresError::Cards(why.to_owned()));
        let report = self.newest_report(period)?;
        let report = report.ok_or_else(|| fault("there is no report of this period"))?;
        let store = &self.desk.inner.store;
        let slots = period.slots(&store.schedule()?);
        let (first, last) = slots.ok_or_else(|| fault("the log has no file of cards in it"))?;
        let mut cards = Vec::new();
        for slot in first..=last {
            cards.extend(store.cards_of_slot(slot)?);
        }
        let is_case: Vec<bool> = cards.iter().map(|(case, _)| case.is_some()).collect();
        let order = cards_to_open(&report.digest(), secret, &is_case);
        let opened = order.into_iter().filter_map(|at| cards.get(at));
        Ok(opened
            .map(|(case, opening)| OpenedCard {
                case: case.as_ref().map(ToString::to_string),
                opening: opening.to_text(),
            })
            .collect())
    }
}
