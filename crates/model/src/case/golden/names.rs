//! Under which name each kind of event is kept.

use super::*;

/// The file's name of an event. A kind without an arm does not compile.
pub(super) fn file_of(kind: &EventKind) -> &'static str {
    match kind {
        EventKind::Received { .. } => "received",
        EventKind::Attached { .. } => "attached",
        EventKind::Unreadable { .. } => "unreadable",
        EventKind::Described { .. } => "described",
        EventKind::Authenticated { despite: None, .. } => "authenticated",
        EventKind::Authenticated { .. } => "authenticated-despite",
        EventKind::CalledBack { .. } => "called-back",
        EventKind::EmergencyJudged { .. } => "emergency-judged",
        EventKind::MilestoneRecorded {
            ruling: Some(_), ..
        } => "milestone-recorded-ruling",
        EventKind::MilestoneRecorded { .. } => "milestone-recorded",
        EventKind::Assessed { .. } => "assessed",
        EventKind::Decided { answers } if answers.iter().any(|one| one.form.is_some()) => {
            "decided-on-a-ground"
        }
        EventKind::Decided { .. } => "decided",
        EventKind::MandateDrafted { answers: None, .. } => "mandate-drafted",
        EventKind::MandateDrafted { .. } => "mandate-drafted-answers",
        EventKind::Approved { .. } => "approved",
        EventKind::Mandated { .. } => "mandated",
        EventKind::Produced { searched, .. } if !searched.is_empty() => "produced-of-each-part",
        EventKind::Produced { .. } => "produced",
        EventKind::NotProduced { .. } => "not-produced",
        EventKind::MandateRecalled { .. } => "mandate-recalled",
        EventKind::MandateLapsed { .. } => "mandate-lapsed",
        EventKind::Delivered { .. } => "delivered",
        EventKind::Assigned { .. } => "assigned",
        EventKind::HandedToGroup { .. } => "handed-to-group",
        EventKind::Noted { .. } => "noted",
        EventKind::LetterSent { taken: None, .. } => "letter-sent",
        EventKind::LetterSent { .. } => "letter-sent-taken",
        EventKind::LetterWaits { .. } => "letter-waits",
        EventKind::LetterNotSent { .. } => "letter-not-sent",
        EventKind::Linked { .. } => "linked",
        EventKind::CardGiven { .. } => "card-given",
        EventKind::Closed { duties } if duties.is_empty() => "closed",
        EventKind::Closed { .. } => "closed-duties-run",
        EventKind::Reopened {} => "reopened",
        EventKind::Asked { .. } => "asked",
        EventKind::Fetched { .. } => "fetched",
        EventKind::ReceiptConfirmed { .. } => "receipt-confirmed",
        EventKind::Missed { .. } => "missed",
        EventKind::PassphraseTold { .. } => "passphrase-told",
        EventKind::LookedUp { .. } => "looked-up",
        EventKind::BurdenRecorded {
            burden: Burden::Work { .. },
        } => "burden-recorded",
        EventKind::BurdenRecorded { .. } => "burden-recorded-reimbursement",
        EventKind::BurdenTakenBack { .. } => "burden-taken-back",
        EventKind::NoteSealed { .. } => "note-sealed",
        EventKind::Preserved { kept, .. } if kept.is_kept() => "preserved",
        EventKind::Preserved { .. } => "preserved-ended",
        EventKind::Inquired { .. } => "inquired",
        EventKind::InquiryAnswered { .. } => "inquiry-answered",
        EventKind::InquiryRefused { .. } => "inquiry-refused",
        EventKind::Viewed {} => "viewed",
        EventKind::PackageRemoved { .. } => "package-removed",
    }
}
