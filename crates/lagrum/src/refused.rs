//! What a person at the command line reads when a command is refused: why, in the words of
//! `lagrum-documents`, and which command helps.

use lagrum_documents::{Phrases, Zone, refusal};
use lagrum_model::{CaseId, Language, Refusal};

/// Why a command on a case was refused, and what to do next.
pub fn words(case: &CaseId, refused: &Refusal) -> String {
    let why = refusal(refused, &Zone::utc(), &Phrases::of(Language::English));
    match next(case, refused) {
        Some(next) => format!("case {case}: {why} Next: {next}"),
        None => format!("case {case}: {why}"),
    }
}

/// The command that helps, where one does.
fn next(case: &CaseId, refused: &Refusal) -> Option<String> {
    Some(match refused {
        Refusal::NotDescribed => format!("lagrum intake --for {case} FILE"),
        Refusal::NotAuthenticated | Refusal::NotVerified => format!("lagrum authenticate {case}"),
        Refusal::NotAssessed | Refusal::NotAnswered => format!("lagrum assess {case}"),
        Refusal::EveryPartPending | Refusal::PartPending { .. } | Refusal::PartsPending { .. } => {
            format!("lagrum record {case}, or lagrum decide {case} --part N=reject")
        }
        Refusal::LaxerThanLaw { .. } => format!("lagrum intake --for {case} FILE"),
        Refusal::NotDelivered => format!("lagrum deliver {case}"),
        Refusal::WithAgent => "lagrum agent run".to_owned(),
        Refusal::NotSigned | Refusal::SignatureMissing { .. } | Refusal::CounselMissing => {
            format!("lagrum approve {case} --key YOUR-KEY")
        }
        Refusal::HoldingsChanged => "lagrum intake FILE".to_owned(),
        _ => return None,
    })
}
