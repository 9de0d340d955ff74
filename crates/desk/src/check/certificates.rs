//! How long the certificate is good under which browsers reach the desk.

use std::collections::BTreeMap;

use jiff::Timestamp;
use lagrum_model::{Matter, Standing};

use super::Found;
use crate::CommandError;
use crate::served::GONE;

const DAY: i64 = 24 * 3600;

impl Found<'_> {
    /// One line for each address: of the processes that serve it the certificate that ends first.
    pub(super) fn certificates(&mut self) -> Result<(), CommandError> {
        // For each address when it was last served, and the first end of a certificate in use.
        let mut found: BTreeMap<String, (Timestamp, Option<Timestamp>)> = BTreeMap::new();
        for one in self.desk.served(self.now)? {
            let served = self.now.duration_since(one.seen) <= GONE;
            let (seen, ends) = found.entry(one.origin).or_insert((one.seen, None));
            *seen = one.seen.max(*seen);
            if served {
                *ends = Some(ends.map_or(one.until, |other| other.min(one.until)));
            }
        }
        for (origin, (seen, ends)) in found {
            let Some(at) = ends else {
                let matter = Matter::CertificateNotSeen { origin, at: seen };
                self.line(Standing::NotKnown, matter);
                continue;
            };
            let left = at.duration_since(self.now).as_secs();
            let days = u64::try_from(left / DAY).unwrap_or(0);
            if left <= 0 {
                self.line(
                    Standing::NotInOrder,
                    Matter::CertificateRanOut { origin, at },
                );
            } else if days < u64::from(self.settings.certificate_days) {
                let matter = Matter::CertificateRunsOut { origin, at, days };
                self.line(Standing::Soon, matter);
            } else {
                let matter = Matter::CertificateGood { origin, at, days };
                self.line(Standing::InOrder, matter);
            }
        }
        Ok(())
    }
}
