//! What a person at the command line reads when a command is refused: why, in the words of
//! `lagrum-documents`, and which command helps.

use lagrum_access::NotAllowed;
use lagrum_desk::CommandError;
use lagrum_documents::{Phrases, Texts, Zone, refusal};
use lagrum_law::LawPacks;
use lagrum_mandate::gate::{ANEW, RECALL_AND_ANEW};
use lagrum_model::{CaseId, Language, Refusal};
use lagrum_store::StoreError;

/// What lets a desk go on that is older than its log.
const STATE_LOSS: &str = "lagrum desk state-loss --why TEXT, as an administrator";

const LOG_AWAY: &str = "lagrum log verify says what is wrong with it; then put the log back: its disk, a backup or a mirror";

/// Why a command was not carried out, and what to do next.
pub fn words(error: &CommandError) -> String {
    let why = |refused: &Refusal| refusal(refused, &Zone::utc(), &speaking_of(refused));
    match error {
        CommandError::Refused { case, refusal } => {
            let why = format!("case {case}: {}", why(refusal));
            match next(case, refusal) {
                Some(next) => format!("{why} Next: {next}"),
                None => why,
            }
        }
        CommandError::Invalid(refusal @ Refusal::LogAhead) => {
            format!("{} Next: {STATE_LOSS}", why(refusal))
        }
        CommandError::Invalid(refusal @ Refusal::LogAway) => {
            format!("{} Next: {LOG_AWAY}", why(refusal))
        }
        CommandError::Invalid(refusal) => why(refusal),
        CommandError::NoSuchCase(case) => {
            format!("there is no case {case}; `lagrum cases` lists them")
        }
        CommandError::Store(error @ StoreError::NoSuchEvent { case, .. }) => {
            format!("{error}; `lagrum case {case}` lists them")
        }
        CommandError::NotAllowed(not) => not_allowed(not),
        other => other.to_string(),
    }
}

/// English, with the sentences of the law packs where the refusal speaks of their clocks.
fn speaking_of(refused: &Refusal) -> Phrases {
    let with_packs = || {
        let packs = LawPacks::embedded().ok()?;
        Some(Texts::new(&packs).ok()?.phrases(Language::English))
    };
    let clocks = matches!(refused, Refusal::DutiesRun { .. });
    let spoken = clocks.then(with_packs).flatten();
    spoken.unwrap_or_else(|| Phrases::of(Language::English))
}

fn not_allowed(not: &NotAllowed) -> String {
    let action = not.action.as_str().replace('-', " ");
    let state = not.state.map_or_else(String::new, |state| {
        format!(" while the case is in the state \"{state}\"")
    });
    let roles: Vec<_> = not.allowed.iter().map(ToString::to_string).collect();
    let who = match roles.as_slice() {
        [] => "nobody may".to_owned(),
        roles => format!("these roles may: {}", roles.join(", ")),
    };
    format!(
        "not allowed: {action}, in the role {}{state}; {who}. `lagrum access matrix` shows who may do what",
        not.role
    )
}

/// What an agent said when it refused, and which commands of the desk help.
pub fn by_agent(case: &CaseId, why: &str) -> String {
    let decide = format!("`lagrum decide {case}` drafts it anew");
    match (why.contains(RECALL_AND_ANEW), why.contains(ANEW)) {
        (true, _) => format!(
            "{why} (at the desk, `lagrum recall {case}`; when the agent has answered that, {decide})"
        ),
        (false, true) => format!("{why} (at the desk, {decide})"),
        (false, false) => format!(
            "{why}. It tries again when it runs; at the desk, `lagrum recall {case}` stops that, and when the agent has answered, {decide}"
        ),
    }
}

/// The command that helps, where one does.
fn next(case: &CaseId, refused: &Refusal) -> Option<String> {
    Some(match refused {
        Refusal::NotDescribed | Refusal::LaxerThanLaw { .. } => {
            format!("lagrum describe {case} FILE")
        }
        Refusal::NotAuthenticated | Refusal::NotVerified => format!("lagrum authenticate {case}"),
        Refusal::NotAssessed | Refusal::NotAnswered => format!("lagrum assess {case}"),
        Refusal::EveryPartPending | Refusal::PartPending { .. } | Refusal::PartsPending { .. } => {
            format!("lagrum record {case}, or lagrum decide {case} --part N=reject")
        }
        Refusal::CallBackMissing | Refusal::NoNumber => format!("lagrum call-back {case}"),
        Refusal::SecondPersonMissing => {
            format!("another person says so: lagrum authenticate {case}")
        }
        Refusal::SenderWarnings { .. } => {
            format!(
                "lagrum call-back {case}, then lagrum authenticate {case} --verified --how TEXT --despite WHY"
            )
        }
        Refusal::DutiesRun { .. } => {
            format!(
                "lagrum close {case} --duties-live-on keeps that in the list; lagrum case {case} shows the days"
            )
        }
        Refusal::Closed => format!("lagrum reopen {case} --reason WHY"),
        Refusal::DescriptionFixed => {
            format!(
                "take the corrected demand in as a case of its own, and lagrum link NEW {case} --reason WHY"
            )
        }
        Refusal::AnswersFixed | Refusal::PartFixed { .. } | Refusal::WithAgent => format!(
            "on the data side, lagrum agent run. What no agent has carried out, lagrum recall {case} stops; when its agent has answered that, or it ran out, lagrum decide {case} drafts it anew"
        ),
        Refusal::MandateExpired { .. } => format!("lagrum decide {case}"),
        Refusal::MayBeCarriedOut { .. } => {
            format!("on the data side, lagrum agent run; then lagrum decide {case}")
        }
        Refusal::LawChanged { .. } => format!("lagrum assess {case}, then lagrum decide {case}"),
        Refusal::CarriedOut | Refusal::NotDelivered => format!("lagrum deliver {case}"),
        Refusal::NothingProduced => "on the data side, lagrum agent run".to_owned(),
        Refusal::NotSigned | Refusal::SignatureMissing { .. } | Refusal::CounselMissing => {
            format!("lagrum approve {case} --key YOUR-KEY")
        }
        Refusal::HoldingsChanged => "lagrum intake FILE".to_owned(),
        Refusal::AccountsNotTold { .. } => format!(
            "lagrum inquire {case} --key YOUR-KEY; on the data side, lagrum agent run; then lagrum settle"
        ),
        Refusal::NothingToInquire => format!("lagrum assess {case}"),
        Refusal::NoCard => "lagrum desk log-batches --every 10 --size 8 --cards MORE".to_owned(),
        Refusal::LogAhead => STATE_LOSS.to_owned(),
        Refusal::LogAway => LOG_AWAY.to_owned(),
        Refusal::Unreadable { .. } => {
            format!("lagrum schema prints the fields; then lagrum describe {case} FILE")
        }
        Refusal::NoSuchOriginal { .. } => format!("lagrum case {case} lists them"),
        _ => return None,
    })
}
