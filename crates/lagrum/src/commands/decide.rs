//! `lagrum decide`

use anyhow::anyhow;
use lagrum_desk::Decided;
use lagrum_model::{CaseId, Disposition, FormReason};

use crate::context::Context;
use crate::output::Failure;

/// Answer each part as the law proposes, or more strictly, and draft the mandates; again, when a mandate
/// ran out or its agent answered a recall
#[derive(clap::Args)]
pub struct Decide {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// Answer a part more strictly, for example --part 2=challenge (parts as `lagrum case` counts
    /// them)
    #[arg(long = "part", value_name = "N=DISPOSITION")]
    parts: Vec<String>,
    /// Why: to be said where a part is answered otherwise than the law packs propose. Parts with other reasons are
    /// answered one command after the other; what was answered stays
    #[arg(long)]
    reason: Option<String>,
    /// The ground of Annex III to Regulation (EU) 2023/1543 on which parts of a European order are refused, for
    /// example immunity-or-privilege
    #[arg(long, value_parser = FormReason::parse)]
    ground: Option<FormReason>,
}

impl Decide {
    /// Decides.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let parts = self
            .parts
            .iter()
            .map(|text| part(text))
            .collect::<anyhow::Result<Vec<_>>>()?;
        let case = &self.case;
        let reason = match (&self.reason, parts.is_empty()) {
            (Some(reason), _) => reason,
            (None, true) => "as the law packs propose",
            (None, false) => {
                return Err(anyhow!("--reason: say why the part is answered so, in words that the authority may read").into());
            }
        };
        let (_, done) = context
            .change(|session| Ok(session.decide_on(case, &parts, self.ground, reason)?))?;
        context.news(&done.outcome.news);
        context.output.show(&done, || said(&done.outcome))
    }
}

fn said(decided: &Decided) -> String {
    let case = &decided.case;
    let mut answers: Vec<_> = decided
        .answers
        .iter()
        .map(
            |answer| match decided.in_part.contains(&(answer.part + 1)) {
                true => Disposition::Narrow,
                false => answer.disposition,
            },
        )
        .collect();
    answers.sort_unstable();
    answers.dedup();
    let answers: Vec<_> = answers.iter().map(ToString::to_string).collect();
    let numbers = |all: Vec<usize>| {
        let all: Vec<_> = all.iter().map(ToString::to_string).collect();
        match all.len() {
            1 => format!("Part {}", all.concat()),
            _ => format!("Parts {}", all.join(", ")),
        }
    };
    let preserved: Vec<_> = decided
        .answers
        .iter()
        .filter(|answer| answer.disposition == Disposition::Preserve)
        .map(|answer| answer.part + 1)
        .collect();
    let mut text = format!("Case {case}: {}.\n", answers.join(", "));
    match decided.lapsed.len() {
        0 => {}
        1 => text.push_str(
            "One mandate can no longer be carried out; what it was for is decided again.\n",
        ),
        n => text.push_str(&format!(
            "{n} mandates can no longer be carried out; what they were for is decided again.\n"
        )),
    }
    if !decided.in_part.is_empty() {
        text.push_str(&format!(
            "{}: narrowed; only a part of what is asked for leaves (lagrum memo {case} says which).\n",
            numbers(decided.in_part.clone())
        ));
    }
    if !preserved.is_empty() {
        text.push_str(&format!(
            "{}: to be preserved{}\n",
            numbers(preserved.clone()),
            match decided.mandates.is_empty() {
                false => ". Its agent keeps a sealed copy once two people have signed, and says so; nothing is handed over.".to_owned(),
                true => format!(
                    ". No clock of the law packs says until when, so that no mandate is drafted: ask the data operator to keep it by hand (lagrum memo {case})."
                ),
            }
        ));
    }
    if !decided.waiting.is_empty() {
        text.push_str(&format!(
            "{}: still pending. When what it waits for has happened, record it (lagrum record {case}), then assess and decide again.\n",
            numbers(decided.waiting.clone())
        ));
    }
    text.push_str(&match decided.mandates.len() {
        0 if !decided.waiting.is_empty() => "Nothing is produced yet.".to_owned(),
        0 if !preserved.is_empty() => format!(
            "Nothing is handed over. Next: answer the authority, then lagrum close {case} --duties-live-on"
        ),
        0 => format!("Nothing is produced. Next: answer the authority, then lagrum close {case}"),
        1 => format!(
            "One mandate waits for two signatures. Next: lagrum approve {case} --key YOUR-KEY"
        ),
        n => format!(
            "{n} mandates wait for two signatures. Next: lagrum approve {case} --key YOUR-KEY"
        ),
    });
    text
}

fn part(text: &str) -> anyhow::Result<(usize, Disposition)> {
    let fault = || {
        let words: Vec<_> = Disposition::ALL
            .into_iter()
            .filter(|disposition| *disposition != Disposition::Wait)
            .map(Disposition::as_str)
            .collect();
        anyhow!(
            "--part {text}: write N=DISPOSITION with N from 1 and one of {}",
            words.join(", ")
        )
    };
    let (number, disposition) = text.split_once('=').ok_or_else(fault)?;
    let number: usize = number.parse().map_err(|_| fault())?;
    let disposition = Disposition::parse(disposition).ok_or_else(fault)?;
    Ok((number.checked_sub(1).ok_or_else(fault)?, disposition))
}
