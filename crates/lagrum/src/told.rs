//! What a person at the command line reads of what the desk learnt beside its work.

use lagrum_desk::News;
use lagrum_model::WhyEnded;
use lagrum_telemetry::{Facts, Happening};

use crate::refused::by_agent;

/// One piece of news, in words.
pub fn said(news: &News) -> String {
    match news {
        News::Produced {
            case,
            produced,
            for_review,
        } => format!(
            "Case {case}: produced, items: {produced}; withheld for counsel: {for_review}. Next: lagrum deliver {case}"
        ),
        News::LookedUp { case, asked, known } => format!(
            "Case {case}: an agent looked up {asked}, of which {known} are certainly one account. Next: lagrum assess {case}"
        ),
        News::AccountsTold { case, accounts } => format!(
            "Case {case}: an agent told what it knows of {accounts} of its accounts. Next: lagrum assess {case}"
        ),
        News::Preserved { case, kept } => match &kept.ended {
            None => format!(
                "Case {case}: preserved until {}; the agent keeps a sealed copy (items: {}, without a certain date: {}). Nothing was handed over.",
                kept.until, kept.items, kept.for_review
            ),
            Some(end) => format!(
                "Case {case}: the agent erased what it preserved, at {}: {}",
                end.at,
                match end.because {
                    WhyEnded::Expired => "its time was over",
                    WhyEnded::Recalled => "the mandate was recalled",
                }
            ),
        },
        News::NotProduced { case, why } => {
            let why = by_agent(case, why);
            format!("Case {case}: an agent did not produce: {why}")
        }
        News::NotBelieved { case, why } => format!(
            "Case {case}: NOT BELIEVED: what claims to be an agent's answer changed nothing: {why}"
        ),
        News::NotReached { region, why } => {
            format!("The agent of {region} cannot be reached, and is tried again: {why}")
        }
        News::OfferedAnew { region, mandates } => format!(
            "What lay with the agent of {region} was lost: {mandates} of the mandates that it has not answered were left for it again"
        ),
        News::NotFetched { case, why } => format!(
            "Case {case}: what an agent answered could not be fetched, kept or acknowledged, and is tried again: {why}"
        ),
        News::Damaged { case, why } => format!(
            "Case {case}: HELD UP: {why}. Nothing is done in it before that is mended; `lagrum desk verify` shows all"
        ),
    }
}

/// Tells the operating log what was held up.
pub fn log(news: &[News]) {
    for one in news {
        let code = match one {
            News::Produced { .. }
            | News::LookedUp { .. }
            | News::AccountsTold { .. }
            | News::Preserved { .. }
            | News::NotProduced { .. } => continue,
            News::NotBelieved { .. } => "not-believed",
            News::NotReached { .. } => "not-reached",
            News::OfferedAnew { .. } => "offered-anew",
            News::NotFetched { .. } => "not-fetched",
            News::Damaged { .. } => "damaged",
        };
        Happening::HeldUp.tell(Facts {
            code: Some(code),
            ..Facts::default()
        });
    }
}
