//! The commands of the desk.

use std::path::Path;

use anyhow::{Context, anyhow};
use lagrum_desk::Genuine;
use lagrum_documents::{
    CasePage, CaseRow, Document, Due, Phrases, Style, Texts, Zone, case_list, case_page,
};
use lagrum_law::{Clock, first_due};
use lagrum_model::{Actor, Case, CaseId, Demand, Disposition, Language, Moment};
use lagrum_notes::{NoteError, SigningKey};
use rand_core::OsRng;

use crate::commands::assess::read_moments;
use crate::commands::setup::passphrase;
use crate::commands::{Place, now};
use crate::output::{Failure, Output};

/// `lagrum intake`
pub fn intake(
    at: &Place,
    files: &[std::path::PathBuf],
    case: Option<&CaseId>,
    actor: &Actor,
    output: &Output,
) -> Result<(), Failure> {
    let mut desk = at.open_desk()?;
    let mut taken = Vec::new();
    for file in files {
        let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
        let name = file_name(file);
        if let Some(id) = case {
            desk.describe(id, &name, &bytes, actor, now(), &mut OsRng)?;
            taken.push((id.clone(), name, Ok(())));
            continue;
        }
        let attached = original_of(file, &bytes)?;
        let attached = attached
            .as_ref()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        let (id, read) = desk.intake(&name, &bytes, attached, actor, now(), &mut OsRng)?;
        taken.push((id, name, read.map(|_| ()).map_err(|e| e.to_string())));
    }
    let json: Vec<_> = taken
        .iter()
        .map(|(id, name, read)| {
            serde_json::json!({"case": id, "file": name, "unreadable": read.as_ref().err()})
        })
        .collect();
    output.show(&json, || {
        let lines = taken.iter().map(|(id, name, read)| match read {
            Ok(()) => format!("Case {id}: {name}. Next: lagrum authenticate {id}"),
            Err(why) => format!(
                "Case {id}: {name} is kept, but cannot be read.\n  {why}\n  Next: describe the demand in a file, and lagrum intake --for {id} FILE"
            ),
        });
        lines.collect::<Vec<_>>().join("\n")
    })
}

fn file_name(file: &Path) -> String {
    file.file_name().map_or_else(
        || "demand".into(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// The original instrument that a demand file names, which lies beside it.
fn original_of(file: &Path, bytes: &[u8]) -> anyhow::Result<Option<(String, Vec<u8>)>> {
    let demand = Demand::parse(bytes).ok();
    let Some(name) = demand.and_then(|demand| demand.originals.into_iter().next()) else {
        return Ok(None);
    };
    let beside = file.with_file_name(&name);
    let bytes = std::fs::read(&beside)
        .with_context(|| format!("field `original`: {}", beside.display()))?;
    Ok(Some((name, bytes)))
}

/// `lagrum authenticate`
pub fn authenticate(
    at: &Place,
    id: &CaseId,
    genuine: &Genuine<'_>,
    actor: &Actor,
    output: &Output,
) -> Result<(), Failure> {
    let mut desk = at.open_desk()?;
    desk.authenticate(id, genuine, actor, now(), &mut OsRng)?;
    let verified = genuine.verified;
    let (case, _) = desk.case(id)?;
    let known = case.demand.as_ref().and_then(|demand| {
        desk.authorities()
            .find(&demand.authority.name, demand.authority.country)
    });
    output.show(
        &serde_json::json!({"case": id, "verified": verified}),
        || {
            let note = match known {
                Some(_) => "",
                None => "\nNote: no authority of that name and country is in authorities.toml.",
            };
            let word = if verified {
                "verified"
            } else {
                "NOT verified: nothing can be produced"
            };
            format!("Case {id}: {word}. Next: lagrum assess {id}{note}")
        },
    )
}

/// `lagrum record`
pub fn record(
    at: &Place,
    id: &CaseId,
    happened: &[String],
    how: &str,
    actor: &Actor,
    output: &Output,
) -> Result<(), Failure> {
    let happened = read_moments("what happened", happened)?;
    let mut desk = at.open_desk()?;
    let before = desk.case(id)?.0;
    let written_at = now();
    desk.record(id, &happened, how, actor, written_at, &mut OsRng)?;
    let (case, _) = desk.case(id)?;
    let clocks = desk.clocks(&case, written_at)?;
    let anew = before.assessment.is_some() && case.assessment.is_none();
    output.show(
        &serde_json::json!({"case": id, "moments": case.moments, "clocks": clocks}),
        || {
            let next = if anew {
                format!("The law may say something else now. Next: lagrum assess {id}\n")
            } else {
                String::new()
            };
            format!("Case {id}: recorded.\n{next}\n{}", clocks_text(&clocks))
        },
    )
}

/// `lagrum cases`
pub fn cases(at: &Place, by_deadline: bool, output: &Output) -> Result<(), Failure> {
    let desk = at.open_desk()?;
    let written_at = now();
    let mut rows = Vec::new();
    for id in desk.store().cases()? {
        let (case, _) = desk.case(&id)?;
        let clocks = if case.closed {
            Vec::new()
        } else {
            desk.clocks(&case, written_at)?
        };
        let due = first_due(&clocks).cloned();
        rows.push((id, case, due));
    }
    if by_deadline {
        // Open cases without a deadline after those that have one, closed ones last.
        rows.sort_by_key(|(id, case, due)| {
            let at = due.as_ref().and_then(|clock| clock.operative);
            (case.closed, at.is_none(), at, id.clone())
        });
    }
    let json: Vec<_> = rows
        .iter()
        .map(|(id, case, due)| {
            serde_json::json!({
                "case": id, "state": case.state().as_str(), "received_at": case.received_at,
                "authority": case.demand.as_ref().map(|demand| &demand.authority.name),
                "reference": case.demand.as_ref().map(|demand| &demand.reference),
                "answers": case.dispositions(),
                "due": due.as_ref().and_then(|clock| clock.operative),
                "clock": due.as_ref().map(|clock| &clock.id),
            })
        })
        .collect();
    if rows.is_empty() {
        return output.show(&json, || {
            "No cases yet. `lagrum intake FILE` opens one.".to_owned()
        });
    }
    output.page(&json, || {
        let rows: Vec<_> = rows
            .iter()
            .map(|(id, case, due)| row(id, case, due))
            .collect();
        case_list(&rows, &Zone::utc(), &Phrases::of(Language::English))
    })
}

fn row(id: &CaseId, case: &Case, due: &Option<Clock>) -> CaseRow {
    let demand = case.demand.as_ref();
    CaseRow {
        case: id.clone(),
        received_at: case.moments.first(Moment::Received),
        due: due.as_ref().and_then(Due::of),
        authority: demand.map(|demand| demand.authority.name.clone()),
        reference: demand.map(|demand| demand.reference.clone()),
        instrument: demand.map(|demand| demand.instrument.kind),
        file_name: case.originals.first().map(|file| file.file_name.clone()),
        state: case.state(),
        answers: case.dispositions(),
    }
}

/// The clocks of a case, as text.
fn clocks_text(clocks: &[Clock]) -> String {
    let phrases = Phrases::of(Language::English);
    let mut page = Document::new(Language::English, "Deadlines");
    page.blocks = lagrum_documents::clocks(clocks, &Zone::utc(), &phrases);
    page.to_text(100, Style::Plain)
}

/// `lagrum case`
pub fn case(at: &Place, id: &CaseId, output: &Output) -> Result<(), Failure> {
    let desk = at.open_desk()?;
    let (case, events) = desk.case(id)?;
    let clocks = desk.clocks(&case, now())?;
    let json = serde_json::json!({
        "case": id, "state": case.state().as_str(), "demand": case.demand,
        "assessment": case.assessment, "answers": case.answers, "moments": case.moments,
        "clocks": clocks, "events": events,
    });
    let phrases = Texts::new(desk.law())?.phrases(Language::English);
    output.page(&json, || {
        let page = CasePage {
            id,
            case: &case,
            events: &events,
            clocks: &clocks,
            for_counsel: false,
            zone: &Zone::utc(),
        };
        case_page(&page, desk.law(), &phrases)
    })
}

/// `lagrum decide`
pub fn decide(
    at: &Place,
    id: &CaseId,
    parts: &[String],
    reason: &str,
    actor: &Actor,
    output: &Output,
) -> Result<(), Failure> {
    let parts = parts
        .iter()
        .map(|text| part(text))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let mut desk = at.open_desk()?;
    desk.decide(id, &parts, reason, actor, now(), &mut OsRng)?;
    let (case, _) = desk.case(id)?;
    let json = serde_json::json!({
    "case": id, "answers": case.answers,
        "waiting": case.waiting().map(|part| part + 1).collect::<Vec<_>>(),
        "mandates": case.mandates.keys().collect::<Vec<_>>(),
    });
    output.show(&json, || {
        let preserved: Vec<_> = case
            .answers
            .iter()
            .filter(|answer| answer.disposition == Disposition::Preserve)
            .map(|answer| (answer.part + 1).to_string())
            .collect();
        let next = match case.mandates.len() {
            0 if !preserved.is_empty() => format!(
                "To be preserved: part {}. No agent does that yet: have the data operator keep the data by hand,
as long as the clock of `lagrum assess {id} --memo` says. Then: lagrum close {id}",
                preserved.join(", ")
            ),
            0 if case.waiting().next().is_some() => "Nothing is produced yet.".to_owned(),
            0 => format!("Nothing is produced. Next: answer the authority, and lagrum close {id}"),
            n => format!(
                "{n} {} for two signatures. Next: lagrum approve {id} --key YOUR-KEY",
                if n == 1 {
                    "mandate waits"
                } else {
                    "mandates wait"
                }
            ),
        };
        let waiting: Vec<_> = case.waiting().map(|part| (part + 1).to_string()).collect();
        let waiting = if waiting.is_empty() {
            String::new()
        } else {
            format!(
                "Part {} waits: when what it waits for has happened, lagrum record {id}, assess and decide again.\n",
                waiting.join(", ")
            )
        };
        format!(
            "Case {id}: {}.\n{waiting}{next}",
            dispositions(&case)
        )
    })
}

fn dispositions(case: &Case) -> String {
    let words: Vec<_> = case
        .dispositions()
        .iter()
        .map(ToString::to_string)
        .collect();
    words.join(", ")
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

/// `lagrum approve`
pub fn approve(
    at: &Place,
    id: &CaseId,
    key: &Path,
    passphrase_file: Option<&Path>,
    output: &Output,
) -> Result<(), Failure> {
    let mut desk = at.open_desk()?;
    let (case, _) = desk.case(id)?;
    if !output.json {
        // Whoever signs sees what is signed, before the passphrase is asked for.
        for state in case.mandates.values().filter(|state| !state.is_released()) {
            output.print(&state.text)?;
        }
    }
    let file = std::fs::read(key).with_context(|| key.display().to_string())?;
    let asked = format!("Passphrase of {}: ", key.display());
    let key = SigningKey::open(&file, &passphrase(passphrase_file, &asked)?).map_err(|e| {
        let way_out = match e {
            NoteError::KeyFile(_) => "; `lagrum key new` makes one",
            _ => "",
        };
        anyhow!("{}: {e}{way_out}", key.display())
    })?;
    let signed = desk.approve(id, &key, now(), &mut OsRng)?;
    let (case, _) = desk.case(id)?;
    let released = case.mandates.values().all(|state| state.is_released());
    output.show(&serde_json::json!({"case": id, "signed": signed.len(), "released": released}), || {
        let next = if released {
            "Two people signed; the mandates are in the log and on their way.\nNext: lagrum agent run"
        } else {
            "One more person has to sign."
        };
        format!("Case {id}: signed {}. {next}", signed.len())
    })
}

/// `lagrum deliver`
pub fn deliver(at: &Place, id: &CaseId, actor: &Actor, output: &Output) -> Result<(), Failure> {
    let mut desk = at.open_desk()?;
    let files = desk.deliver(id, actor, now(), &mut OsRng)?;
    output.show(&serde_json::json!({"case": id, "packages": files}), || {
        let lines = files.iter().map(|file| format!("  {}", file.display()));
        format!(
            "Case {id}: sealed packages, each with its receipt beside it:\n{}\nNext: send them, and lagrum close {id}",
            lines.collect::<Vec<_>>().join("\n")
        )
    })
}

/// `lagrum close`
pub fn close(
    at: &Place,
    id: &CaseId,
    reason: &str,
    actor: &Actor,
    output: &Output,
) -> Result<(), Failure> {
    let mut desk = at.open_desk()?;
    desk.close(id, reason, actor, now(), &mut OsRng)?;
    output.show(&serde_json::json!({"case": id, "closed": true}), || {
        format!("Case {id}: closed.")
    })
}
