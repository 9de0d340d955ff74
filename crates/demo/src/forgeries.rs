//! Whoever takes over the desk can leave anything for an agent. Three such attempts; a fourth is in
//! `stolen.rs`.

use std::fs;

use anyhow::{Context, anyhow, bail};
use lagrum_agent::{Agent, MandateOutcome};
use lagrum_mandate::{Mandate, Nonce};
use lagrum_model::{CaseId, MandateRecord};
use lagrum_notes::assemble;
use serde::Serialize;

use crate::world::signing_keys;
use crate::{ANALYST, Answered, Demo, NotGenuine, swedish};

/// A forged mandate, and what the agent said to it.
#[derive(Serialize)]
pub struct RefusedForgery {
    /// What was wrong with it.
    pub forgery: &'static str,
    /// The agent's words.
    pub refused: String,
}

/// Shows that the agent refuses a mandate with one signature, one that is not in the log, and one
/// that was altered by a byte.
pub fn all(demo: &mut Demo<'_>, demands: &[Answered]) -> anyhow::Result<Vec<RefusedForgery>> {
    let (at, time) = (demo.place, demo.time);
    let genuine = swedish(demands)?;
    let exchange = at.dir().join("exchange/stockholm");
    let (text, note, proof) = genuine_mandate(demo, &genuine.case)?;
    let keys = signing_keys(at)?;

    // The same scope again, under a nonce of its own.
    let mut again = Mandate::parse(&text)?;
    let mut nonce = again.nonce.0;
    nonce[0] ^= 0xff;
    again.nonce = Nonce(nonce);
    let again = again.to_text();
    let lines = [keys[0].sign_line(&again)?, keys[1].sign_line(&again)?];
    let altered = note.replacen("\"content\"", "\"cintent\"", 1);
    if altered == note {
        bail!("the mandate has no byte to alter");
    }
    let forgeries = [
        ("one signature", "forged-1", assemble(&again, &[&lines[1]])),
        (
            "two signatures, but not in the log",
            "forged-2",
            assemble(&again, &[&lines[0], &lines[1]]),
        ),
        ("the genuine one, altered by one byte", "forged-3", altered),
    ];
    let inbox = exchange.join("in");
    fs::create_dir_all(&inbox)?;
    for (_, stem, note) in &forgeries {
        fs::write(inbox.join(format!("{stem}.tlog-proof")), &proof)?;
        fs::write(inbox.join(format!("{stem}.mandate")), note)?;
    }
    let agent = Agent::open(&at.agents().join("stockholm/agent.toml"))?;
    let outcomes = agent.run(&|| time.now(), &mut rand_core::OsRng, &mut |_| ())?;
    let mut refused = Vec::new();
    for (what, stem, _) in &forgeries {
        let outcome = outcomes
            .iter()
            .find(|(name, _)| name.as_str() == *stem)
            .map(|(_, outcome)| outcome);
        let Some(MandateOutcome::Refused(refusal)) = outcome else {
            let why = format!("the agent carried out a mandate with {what}");
            return Err(NotGenuine(why).into());
        };
        refused.push(RefusedForgery {
            forgery: what,
            refused: refusal.why.clone(),
        });
        for file in [
            inbox.join(format!("{stem}.mandate")),
            inbox.join(format!("{stem}.tlog-proof")),
            exchange.join("out").join(format!("{stem}.refusal")),
        ] {
            fs::remove_file(&file).with_context(|| file.display().to_string())?;
        }
    }
    Ok(refused)
}

/// Text, note and proof of the mandate that was carried out for `case`.
fn genuine_mandate(demo: &mut Demo<'_>, case: &CaseId) -> anyhow::Result<(String, String, String)> {
    let desk = demo.place.open_desk()?;
    let user = lagrum_access::current_user()?;
    let analyst = desk.people()?.principal_of_user(&user, Some(ANALYST))?;
    let session = desk.session(analyst, demo.time, demo.random);
    let found = session.case(case)?.case;
    let released = |mandate: &&MandateRecord| mandate.released_by_event.is_some();
    let mandate = found.mandates.values().find(released);
    let mandate = mandate.ok_or_else(|| anyhow!("the mandate of case {case} is not there"))?;
    let event = mandate.released_by_event.unwrap_or_default();
    let lines: Vec<_> = mandate
        .approvals
        .iter()
        .map(|approval| approval.signature.as_str())
        .collect();
    let proof = session
        .proof(case, event)?
        .ok_or_else(|| anyhow!("the mandate of case {case} is not in the log"))?;
    let note = assemble(&mandate.text, &lines);
    Ok((mandate.text.clone(), note, proof.to_string()))
}
