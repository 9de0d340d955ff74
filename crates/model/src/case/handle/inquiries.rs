//! Questions to agents of which accounts there are.

use super::happens::Happens;
use crate::{AccountTold, Case, EventKind, InquiryRecord, Refusal, Region, Sha256Digest};

impl Case {
    pub(super) fn inquire(&self, inquiry: Sha256Digest, region: Region, note: String) -> Happens {
        if self.demand.is_none() {
            return Err(Refusal::NotDescribed);
        }
        let asked = self.inquiries.contains_key(&inquiry);
        Ok((!asked).then_some(EventKind::Inquired {
            inquiry,
            region,
            note,
        }))
    }

    pub(super) fn answer_inquiry(
        &self,
        inquiry: Sha256Digest,
        accounts: Vec<AccountTold>,
        answer: String,
    ) -> Happens {
        match self.inquiry(inquiry)?.told {
            // What was told once stays told.
            Some(_) => Ok(None),
            None => Ok(Some(EventKind::InquiryAnswered {
                inquiry,
                accounts,
                answer,
            })),
        }
    }

    pub(super) fn refuse_inquiry(
        &self,
        inquiry: Sha256Digest,
        why: String,
        answer: String,
    ) -> Happens {
        let record = self.inquiry(inquiry)?;
        let known = record.told.is_some() || record.refused.as_ref() == Some(&why);
        Ok((!known).then_some(EventKind::InquiryRefused {
            inquiry,
            why,
            answer,
        }))
    }

    fn inquiry(&self, inquiry: Sha256Digest) -> Result<&InquiryRecord, Refusal> {
        let found = self.inquiries.get(&inquiry);
        found.ok_or(Refusal::NoSuchMandate { mandate: inquiry })
    }
}
