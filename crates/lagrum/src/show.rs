//! A case, as its analyst reads it.

use std::fmt::Write as _;

use jiff::Timestamp;
use lagrum_law::{Clock, ClockKind};
use lagrum_model::{Assessment, Case, CaseId, Citation, Disposition, Event, Part};

use crate::output::table;

/// The day (UTC).
pub fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

/// Dispositions in words.
pub fn dispositions(all: &[Disposition]) -> String {
    all.iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

/// The citations of rules.
pub fn citations(rules: &[Citation]) -> String {
    rules
        .iter()
        .map(|rule| rule.cite.clone())
        .collect::<Vec<_>>()
        .join("; ")
}

fn place(part: &Part) -> String {
    match &part.holding {
        Some(holding) => format!(
            "{} data of {} in {} ({})",
            part.category, part.identifier, holding.region, holding.stored_in
        ),
        None => format!("{} data of {}", part.category, part.identifier),
    }
}

/// An assessment, part by part.
pub fn assessment(assessment: &Assessment) -> String {
    let mut text = format!("The law as of {}, part by part\n", assessment.as_of);
    for (number, part) in assessment.parts.iter().enumerate() {
        let _ = writeln!(
            text,
            "\n{}. {}\n   {}",
            number + 1,
            place(part),
            part.finding.disposition.to_string().to_uppercase()
        );
        if let Some(note) = &part.note {
            paragraph(&mut text, "   ", &format!("Note: {note}"));
        }
        if part.finding.decided_by.is_empty() && part.finding.disposition != Disposition::Produce {
            let _ = writeln!(text, "   No rule in force permits it.");
        }
        rules(&mut text, "decided by", &part.finding.decided_by);
        rules(
            &mut text,
            "would otherwise permit it",
            &part.finding.overridden,
        );
        if let Some(instead) = &part.finding.instead {
            paragraph(&mut text, "   ", &format!("Instead: {instead}"));
        }
    }
    text
}

/// A paragraph under an indent, as wide as people read.
fn paragraph(text: &mut String, indent: &str, paragraph: &str) {
    let options = textwrap::Options::new(100)
        .initial_indent(indent)
        .subsequent_indent(indent);
    let _ = writeln!(text, "{}", textwrap::fill(paragraph, options));
}

fn rules(text: &mut String, heading: &str, rules: &[Citation]) {
    for rule in rules {
        let line = format!(
            "{heading}: {} — {} [{}; {}]",
            rule.cite, rule.says, rule.rule, rule.verified
        );
        paragraph(text, "   ", &line);
    }
}

/// When something is due (UTC), and whether that has passed; of what waits, from when on.
pub fn due(clock: &Clock, now: Timestamp) -> Option<String> {
    let at = clock.operative?;
    let text = at.strftime("%Y-%m-%d %H:%M").to_string();
    Some(match clock.kind {
        ClockKind::NotBefore => format!("from {text}"),
        ClockKind::KeepUntil => format!("keep to {text}"),
        _ if at < now => format!("{text} PASSED"),
        _ => text,
    })
}

/// The clocks of a demand, one line each; in full they stand in the memo.
pub fn clocks(clocks: &[Clock]) -> String {
    let mut text = String::new();
    for clock in clocks {
        let what = match clock.kind {
            ClockKind::ActBy => "due",
            ClockKind::ClaimBy => "possible until",
            ClockKind::ValidUntil => "valid until",
            ClockKind::NotBefore => "not before",
            ClockKind::KeepUntil => "keep until",
        };
        let at = clock.operative.map_or_else(
            || "no end".to_owned(),
            |at| at.strftime("%a %Y-%m-%d %H:%MZ").to_string(),
        );
        let line = format!(
            "{what} {at} ({}, {}): {} [{}]",
            clock.party.as_str().replace('-', " "),
            clock.state.as_str().replace('-', " "),
            clock.says,
            clock.cite
        );
        let options = textwrap::Options::new(100)
            .initial_indent("  ")
            .subsequent_indent("    ");
        let _ = writeln!(text, "{}", textwrap::fill(&line, options));
    }
    text
}

/// A whole case.
pub fn case(id: &CaseId, case: &Case, clocks: &[Clock], events: &[Event]) -> String {
    let mut text = format!("CASE {id}: {}\n", case.state().as_str());
    if let Some(demand) = &case.demand {
        let _ = writeln!(
            text,
            "\n{} ({}), reference {}\n{} under {}, issued {} by {}",
            demand.authority.name,
            demand.authority.country,
            demand.reference,
            demand.instrument.kind,
            demand.instrument.provision,
            demand.instrument.issued_on,
            demand.instrument.issued_by.name,
        );
        for part in &demand.parts {
            let _ = writeln!(text, "period {}", part.period.unwrap_or_default());
        }
        if let Some(secrecy) = &demand.secrecy {
            let end = secrecy.until.map_or_else(
                || "no end is named: ask for one".into(),
                |end| format!("until {end}"),
            );
            let _ = writeln!(text, "secrecy under {}, {end}", secrecy.provision);
        }
    }
    if !clocks.is_empty() {
        let _ = write!(text, "\nClocks\n{}", self::clocks(clocks));
    }
    if let Some(why) = &case.unreadable {
        let _ = writeln!(text, "\nThe original cannot be read: {why}");
    }
    if let Some(found) = &case.assessment {
        let _ = writeln!(text, "\n{}", assessment(found).trim_end());
    }
    if !case.answers.is_empty() {
        text.push_str("\nAnswers\n");
        for answer in &case.answers {
            let line = format!(
                "{}. {}: {}",
                answer.part + 1,
                answer.disposition,
                answer.reason
            );
            paragraph(&mut text, "  ", &line);
        }
        for part in case.waiting() {
            let _ = writeln!(text, "  {}. waits: no answer yet", part + 1);
        }
    }
    for (digest, state) in &case.mandates {
        let signers: Vec<_> = state
            .approvals
            .iter()
            .map(|approval| format!("{} ({})", approval.signer, approval.role))
            .collect();
        let _ = writeln!(
            text,
            "\nMandate {}…: signed by {}",
            &digest.to_string()[..12],
            if signers.is_empty() {
                "nobody yet".into()
            } else {
                signers.join(" and ")
            }
        );
        if let Some(lagrum_model::Production {
            package,
            items,
            for_review,
        }) = state.produced
        {
            let _ = writeln!(
                text,
                "  produced {items}, withheld for counsel {for_review}; package {package}"
            );
        }
        if let Some(why) = &state.not_produced {
            let _ = writeln!(text, "  not produced: {why}");
        }
        if let Some(to) = &state.delivered_to {
            let _ = writeln!(text, "  delivered to {to}");
        }
    }
    let rows = events.iter().map(|event| {
        [
            event.number.to_string(),
            event.at.strftime("%Y-%m-%d %H:%M:%SZ").to_string(),
            event.what.name().to_owned(),
            event.actor.to_string(),
            event.reason.clone(),
        ]
    });
    let _ = write!(
        text,
        "\n{}",
        table(["", "when", "what", "who", "why"], rows)
    );
    text
}
