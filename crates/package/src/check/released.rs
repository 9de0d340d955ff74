use std::collections::BTreeMap;

use lagrum_mandate::{Mandate, commitment};
use lagrum_model::Sha256Digest;

use super::refused;
use crate::layout::{ItemKind, ManifestLine};
use crate::{PackageError, Statement};

/// What the review in a mandate releases and was not met yet.
pub(super) struct Releases(BTreeMap<u64, Sha256Digest>);

impl Releases {
    /// What a package under this mandate has to hold; nothing to hold it to, if the mandate is to
    /// search.
    pub(super) fn of(
        mandate: &Mandate,
        statement: &Statement,
    ) -> Result<Option<Self>, PackageError> {
        let review = match (&mandate.review, statement.released) {
            (None, None) => return Ok(None),
            (Some(review), Some(_)) if statement.searches.is_empty() => review,
            _ => {
                return Err(refused(
                    "statement.json and the review in the mandate do not fit",
                ));
            }
        };
        review.is_complete().map_err(refused)?;
        let released = review
            .items
            .iter()
            .filter_map(|item| Some((item.number, item.released?)));
        Ok(Some(Self(released.collect())))
    }

    /// Whether counsel released exactly these bytes, and they are not here yet. That they are the
    /// ones whose digest the line names, the check of every item sees.
    pub(super) fn take(&mut self, line: &ManifestLine) -> Result<(), String> {
        let released = line
            .released
            .as_ref()
            .filter(|_| matches!(line.kind, ItemKind::Message | ItemKind::Object))
            .ok_or("the manifest does not say which decision of counsel releases it")?;
        match self.0.remove(&released.number) {
            Some(agreed) if agreed == commitment(&released.salt, &line.sha256) => Ok(()),
            Some(_) => Err("counsel released other bytes under this number".into()),
            None => Err("counsel did not release it, or it is here twice".into()),
        }
    }

    /// Whether all of them were here.
    pub(super) fn all_are_here(&self) -> Result<(), PackageError> {
        match self.0.keys().next() {
            Some(number) => Err(refused(format!(
                "number {number}, which counsel released, is not here"
            ))),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use lagrum_log::Salt;
    use lagrum_mandate::{Review, Reviewed, testing};
    use lagrum_model::{Category, Region};

    use super::*;
    use crate::layout::Released;

    const BYTES: &[u8] = b"Subject: undated\n\nhej\n";

    fn salt(number: u8) -> Salt {
        Salt::from_bytes([number; 32])
    }

    /// Number 1 is released, number 2 is not, number 3 is.
    fn mandate() -> Mandate {
        let item = |number: u8, release: bool| Reviewed {
            number: number.into(),
            released: release.then(|| commitment(&salt(number), &Sha256Digest::of(BYTES))),
            reason: "read".into(),
        };
        Mandate {
            review: Some(Review {
                of: Sha256Digest::of(b"the mandate that was searched under"),
                by: "maja".into(),
                items: vec![item(1, true), item(2, false), item(3, true)],
            }),
            ..testing::mandate()
        }
    }

    fn statement(released: Option<u64>) -> Statement {
        Statement {
            answers: None,
            mandate: mandate().digest(),
            region: Region::parse("stockholm").unwrap(),
            began_at: Timestamp::UNIX_EPOCH,
            ended_at: Timestamp::UNIX_EPOCH,
            searches: vec![],
            released,
        }
    }

    fn line(number: u8, salt: Salt, bytes: &[u8]) -> ManifestLine {
        ManifestLine {
            path: "items/mail/000001.eml".into(),
            sha256: Sha256Digest::of(bytes),
            length: bytes.len() as u64,
            kind: ItemKind::Message,
            identifier: testing::mandate().identifiers[0].clone(),
            category: Category::Content,
            source: "mail".into(),
            name: None,
            media_type: None,
            dated: None,
            dated_as_stored: None,
            released: Some(Released {
                number: number.into(),
                salt,
            }),
        }
    }

    fn releases() -> Releases {
        Releases::of(&mandate(), &statement(Some(2)))
            .unwrap()
            .unwrap()
    }

    #[test]
    fn exactly_what_counsel_released_is_accepted_and_all_of_it() {
        let mut open = releases();
        open.take(&line(1, salt(1), BYTES)).unwrap();
        assert!(open.all_are_here().is_err(), "number 3 is missing");
        open.take(&line(3, salt(3), BYTES)).unwrap();
        open.all_are_here().unwrap();
    }

    #[test]
    fn nothing_else_is_accepted() {
        let mut open = releases();
        let mut nameless = line(1, salt(1), BYTES);
        nameless.released = None;
        let mut row = line(1, salt(1), BYTES);
        row.kind = ItemKind::RecordsJson;
        for (wrong, line) in [
            ("refused by counsel", line(2, salt(2), BYTES)),
            ("decided by nobody", line(4, salt(4), BYTES)),
            (
                "other bytes",
                line(1, salt(1), b"Subject: another\n\nhej\n"),
            ),
            ("another's salt", line(1, salt(3), BYTES)),
            ("of no decision", nameless),
            ("no item", row),
        ] {
            assert!(open.take(&line).is_err(), "{wrong}");
        }
        let mut open = releases();
        open.take(&line(1, salt(1), BYTES)).unwrap();
        open.take(&line(1, salt(1), BYTES)).expect_err("twice");
    }

    #[test]
    fn a_statement_that_does_not_fit_the_mandate_is_refused() {
        assert!(Releases::of(&mandate(), &statement(None)).is_err());
        let searching = testing::mandate();
        assert!(Releases::of(&searching, &statement(Some(1))).is_err());
        assert!(
            Releases::of(&searching, &statement(None))
                .unwrap()
                .is_none()
        );
    }
}
