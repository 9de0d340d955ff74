//! What outlives a case, and what is not as it should be about a sender, in words.

use jiff::Timestamp;
use lagrum_law::{Clock, NextStep, Notice, Told};
use lagrum_model::{Case, Duty, SenderWarning};

use crate::Phrases;
use crate::clocks::when;
use crate::date::Zone;

/// What is known of what still runs: then a duty is told by what it is and until when, and its rule stands behind.
#[derive(Clone, Copy)]
pub struct Outliving<'a> {
    /// Whose demand it is.
    authority: &'a str,
    clocks: &'a [Clock],
    notices: &'a [Notice],
    zone: &'a Zone,
}

impl<'a> Outliving<'a> {
    /// What runs of a case, as its clocks and notices stand, with instants told in `zone`.
    #[must_use]
    pub fn of(case: &'a Case, clocks: &'a [Clock], notices: &'a [Notice], zone: &'a Zone) -> Self {
        let demand = case.demand.as_ref();
        Self {
            authority: demand.map_or("", |demand| demand.authority.name.as_str()),
            clocks,
            notices,
            zone,
        }
    }
}

/// What still has to be done, watched or kept, in a sentence; `still`: what is known of it.
#[must_use]
pub fn duty(duty: &Duty, still: Option<&Outliving<'_>>, phrases: &Phrases) -> String {
    let name = format!("duty-{}", duty.as_str());
    match duty {
        Duty::Clock { id } | Duty::Notice { id } => still
            .and_then(|still| match duty {
                Duty::Clock { .. } => clock(id, still, phrases),
                _ => notice(id, still, phrases),
            })
            // Without law packs there is only its name.
            .or_else(|| phrases.says_of(id))
            .unwrap_or_else(|| phrases.fill(&name, &[("id", id)])),
        Duty::Review { mandate } => phrases.fill(&name, &[("mandate", &mandate.to_string()[..12])]),
        Duty::EmergencyReview | Duty::EmergencyConfirmation | Duty::Challenge => {
            phrases.word(&name)
        }
    }
}

/// A clock: until when, what it means, and its rule.
fn clock(id: &str, still: &Outliving<'_>, phrases: &Phrases) -> Option<String> {
    let clock = still.clocks.iter().find(|clock| clock.id == id)?;
    let when = when(clock, still.zone, phrases).plain();
    let says = phrases.says(id, &clock.says);
    Some(format!("{}: {says} ({id})", phrases.sentence(&when)))
}

/// An order of secrecy or a notice: whose, until when, and its rule.
fn notice(id: &str, still: &Outliving<'_>, phrases: &Phrases) -> Option<String> {
    let of = |notice: &&Notice| notice.id.as_deref() == Some(id);
    let notice = still.notices.iter().find(of)?;
    let (kind, by) = match notice.next_step {
        NextStep::WaitForEnd | NextStep::AskForRenewal => ("secrecy", notice.next_by),
        NextStep::AskForEnd => ("secrecy", None),
        NextStep::WaitForDanger => ("danger", None),
        NextStep::Tell | NextStep::TellWithEffect => ("tell", notice.next_by),
        _ => return None,
    };
    let end = if by.is_some() { "-until" } else { "" };
    let at = |by: Timestamp| phrases.instant(by, still.zone);
    let whom: Told = notice.whom;
    let blanks = [
        ("authority", still.authority.to_owned()),
        ("whom", phrases.word(&format!("told-{}", whom.as_str()))),
        ("until", by.map(at).unwrap_or_default()),
        ("id", id.to_owned()),
    ];
    let blanks = blanks
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    Some(phrases.fill(&format!("duty-notice-{kind}{end}"), &blanks))
}

/// What about a sender is not as the provider knows the authority, in a sentence.
#[must_use]
pub fn sender_warning(warning: &SenderWarning, phrases: &Phrases) -> String {
    let name = format!("warning-{}", warning.as_str());
    match warning {
        SenderWarning::OtherDomain { address } => phrases.fill(&name, &[("address", address)]),
        SenderWarning::OtherNumber { number } => phrases.fill(&name, &[("number", number)]),
        SenderWarning::OtherAuthority { name: officers } => {
            phrases.fill(&name, &[("name", officers)])
        }
        SenderWarning::UnknownAuthority | SenderWarning::OtherKind => phrases.word(&name),
    }
}
