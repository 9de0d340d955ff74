//! Mandates, from the draft to what is handed over.

use super::happens::Happens;
use crate::case::{Approval, Case, EventKind, Lapse, Production, Refusal, Role};
use crate::{Kept, LookedUp, PartSearched, Sha256Digest};

impl Case {
    pub(super) fn draft_mandate(
        &self,
        mandate: Sha256Digest,
        text: String,
        parts: Vec<usize>,
        answers: Option<String>,
    ) -> Happens {
        self.check_draft(mandate, &text, &parts)?;
        if self.mandates.contains_key(&mandate) {
            return Ok(None);
        }
        Ok(Some(EventKind::MandateDrafted {
            mandate,
            text,
            parts,
            answers,
        }))
    }

    pub(super) fn approve(
        &self,
        mandate: Sha256Digest,
        signer: String,
        role: Role,
        signature: String,
    ) -> Happens {
        let found = self.mandate(mandate)?;
        if found
            .approvals
            .iter()
            .any(|approval| approval.signer == signer && approval.signature == signature)
        {
            return Ok(None);
        }
        if found.is_released() {
            return Err(Refusal::AlreadyReleased);
        }
        if found.is_signed_by(&signer) {
            return Err(Refusal::AlreadySigned { signer });
        }
        Ok(Some(EventKind::Approved {
            mandate,
            signer,
            role,
            signature,
        }))
    }

    pub(super) fn release(&self, mandate: Sha256Digest) -> Happens {
        let found = self.mandate(mandate)?;
        if found.is_released() {
            return Ok(None);
        }
        if found.approvals.len() < 2 {
            return Err(Refusal::SignatureMissing {
                have: found.approvals.len(),
            });
        }
        let counsel = |approval: &Approval| approval.role == Role::Counsel;
        if !found.approvals.iter().any(counsel) {
            return Err(Refusal::CounselMissing);
        }
        Ok(Some(EventKind::Mandated { mandate }))
    }

    pub(super) fn record_production(
        &self,
        mandate: Sha256Digest,
        made: Production,
        searched: Vec<PartSearched>,
        answer: Option<String>,
    ) -> Happens {
        let found = self.mandate(mandate)?;
        match found.produced {
            Some(have) if have.package == made.package => return Ok(None),
            Some(_) => return Err(Refusal::OtherPackage),
            None if !found.is_released() => return Err(Refusal::NotReleased),
            None => {}
        }
        let Production {
            package,
            items,
            for_review,
        } = made;
        Ok(Some(EventKind::Produced {
            mandate,
            package,
            items,
            for_review,
            searched,
            answer,
        }))
    }

    pub(super) fn record_no_production(
        &self,
        mandate: Sha256Digest,
        why: String,
        answer: Option<String>,
    ) -> Happens {
        let found = self.mandate(mandate)?;
        if !found.is_released() {
            return Err(Refusal::NotReleased);
        }
        let known = found.not_produced.as_ref() == Some(&why)
            && (answer.is_none() || found.refusal == answer);
        if found.is_carried_out() || known {
            return Ok(None);
        }
        Ok(Some(EventKind::NotProduced {
            mandate,
            why,
            answer,
        }))
    }

    pub(super) fn record_look_up(
        &self,
        mandate: Sha256Digest,
        found: Vec<LookedUp>,
        answer: String,
    ) -> Happens {
        let record = self.mandate(mandate)?;
        if record.looked_up.as_ref() == Some(&found) {
            return Ok(None);
        }
        if record.is_carried_out() {
            return Err(Refusal::OtherPackage);
        }
        if !record.is_released() {
            return Err(Refusal::NotReleased);
        }
        Ok(Some(EventKind::LookedUp {
            mandate,
            found,
            answer,
        }))
    }

    /// A copy that was erased does not come back, and its end is told once.
    pub(super) fn record_preservation(
        &self,
        mandate: Sha256Digest,
        kept: Kept,
        answer: String,
    ) -> Happens {
        let record = self.mandate(mandate)?;
        if record.receipt.as_ref() == Some(&answer) {
            return Ok(None);
        }
        match &record.preserved {
            Some(before) if !before.is_kept() => return Ok(None),
            Some(before) if before.copy == kept.copy && !kept.is_kept() => {}
            None if record.is_carried_out() => return Err(Refusal::OtherPackage),
            None if !record.is_released() => return Err(Refusal::NotReleased),
            None => {}
            Some(_) => return Err(Refusal::OtherPackage),
        }
        Ok(Some(EventKind::Preserved {
            mandate,
            kept,
            answer,
        }))
    }

    pub(super) fn recall_mandate(&self, mandate: Sha256Digest, note: String) -> Happens {
        let found = self.mandate(mandate)?;
        if !found.is_released() {
            return Err(Refusal::NotReleased);
        }
        // What is kept under it is given up.
        if found.is_carried_out() && !found.keeps() {
            return Err(Refusal::CarriedOut);
        }
        Ok((!found.recalled).then_some(EventKind::MandateRecalled { mandate, note }))
    }

    pub(super) fn lapse_mandate(&self, mandate: Sha256Digest, because: Lapse) -> Happens {
        let found = self.mandate(mandate)?;
        if found.is_carried_out() {
            return Err(Refusal::CarriedOut);
        }
        // A recall that nobody answered may have come too late.
        let answered = found.recalled && found.not_produced.is_some();
        if because == (Lapse::Recalled {}) && !answered {
            return Err(Refusal::WithAgent);
        }
        Ok((found.lapsed.is_none()).then_some(EventKind::MandateLapsed { mandate, because }))
    }

    pub(super) fn deliver(&self, package: Sha256Digest, to: String) -> Happens {
        let of = |made: &Production| made.package == package;
        let found = self
            .mandates
            .values()
            .find(|mandate| mandate.produced.as_ref().is_some_and(of));
        match found {
            None => Err(Refusal::NoSuchPackage),
            Some(mandate) if mandate.delivered_to.is_some() => Ok(None),
            Some(mandate) if self.is_undone(mandate) => Err(Refusal::DecidedOtherwise),
            Some(mandate) => match self.barred_by(mandate) {
                Some(by) => Err(Refusal::barred(by)),
                None => Ok(Some(EventKind::Delivered { package, to })),
            },
        }
    }

    pub(super) fn record_removal(&self, package: Sha256Digest, certain: bool) -> Happens {
        let mut all = self.mandates.values();
        let found = all.find(|one| one.produced.is_some_and(|made| made.package == package));
        let known = &found.ok_or(Refusal::NoSuchPackage)?.removed;
        let nothing_new = known.as_ref().is_some_and(|one| one.certain || !certain);
        Ok((!nothing_new).then_some(EventKind::PackageRemoved { package, certain }))
    }

    /// Whether it was sealed with one, and who tells it, stands in the mandate's text: the desk looks there.
    pub(super) fn tell_passphrase(&self, mandate: Sha256Digest) -> Happens {
        if self.mandate(mandate)?.produced.is_none() {
            return Err(Refusal::NothingProduced);
        }
        let told = self.told.contains_key(&mandate);
        Ok((!told).then_some(EventKind::PassphraseTold { mandate }))
    }
}
