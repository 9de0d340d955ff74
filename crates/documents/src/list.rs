use jiff::Timestamp;
use lagrum_model::{CaseId, CaseState, Disposition, InstrumentKind};

use crate::assessment::dispositions;
use crate::date::Zone;
use crate::{Due, Phrases};
use lagrum_blocks::{Block, Document, Ink, Table, Text};

/// One case in the list: what a store keeps ready for it.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseRow {
    /// The case.
    pub case: CaseId,
    /// When the demand was received (UTC), if that is known.
    pub received_at: Option<Timestamp>,
    /// What is due first ([`lagrum_law::first_due`]).
    pub due: Option<Due>,
    /// The authority's name; absent while the demand is not described.
    pub authority: Option<String>,
    /// The authority's reference.
    pub reference: Option<String>,
    /// The kind of its instrument.
    pub instrument: Option<InstrumentKind>,
    /// The name of the first file that was received: what tells an undescribed demand from another.
    pub file_name: Option<String>,
    /// Where the case stands.
    pub state: CaseState,
    /// The answers that were decided, each once.
    pub answers: Vec<Disposition>,
}

/// The list of cases. Instants are told in `zone`.
#[must_use]
pub fn case_list(rows: &[CaseRow], zone: &Zone, phrases: &Phrases) -> Document {
    let count = rows.len() as u64;
    let mut page = Document::new(phrases.language(), phrases.count("list-title", count));
    if rows.is_empty() {
        return page;
    }
    let due_in = phrases.fill("list-due", &[("zone", &phrases.zone(zone))]);
    let heads = [
        "list-case",
        "list-received",
        "",
        "list-authority",
        "list-reference",
        "list-instrument",
        "list-state",
        "list-answer",
    ];
    let heads = heads.map(|head| match head {
        "" => due_in.clone(),
        head => phrases.word(head),
    });
    let cells = |row: &CaseRow| -> Vec<Text> {
        let not_described = || {
            let file = row.file_name.as_deref().unwrap_or_default();
            Text::in_ink(Ink::Caution, phrases.fill("list-file", &[("file", file)]))
        };
        vec![
            Text::in_ink(Ink::Strong, row.case.to_string()),
            row.received_at
                .map(|at| phrases.short_day_of(at, zone))
                .unwrap_or_default()
                .into(),
            row.due
                .as_ref()
                .map(|due| crate::due(due, zone, phrases))
                .unwrap_or_default(),
            row.authority
                .as_deref()
                .map_or_else(not_described, Text::from),
            row.reference.as_deref().unwrap_or_default().into(),
            row.instrument
                .map(|kind| phrases.word(&format!("instrument-{}", kind.as_str())))
                .unwrap_or_default()
                .into(),
            state(row.state, phrases),
            dispositions(&row.answers, phrases).into(),
        ]
    };
    page.blocks.push(Block::Table {
        table: Table {
            heads: heads.to_vec(),
            rows: rows.iter().map(cells).collect(),
            spare: vec![1, 5, 4, 7],
        },
    });
    page
}

/// Where a case stands, in words.
pub(crate) fn state(state: CaseState, phrases: &Phrases) -> Text {
    let name = format!("state-of-{}", slug(state.as_str()));
    let words = phrases
        .known(&name, &[])
        .unwrap_or_else(|| phrases.marked(state.as_str()));
    let ink = match state {
        CaseState::Received | CaseState::NotAuthenticated | CaseState::NotProduced => Ink::Caution,
        CaseState::Closed => Ink::Quiet,
        _ => Ink::Plain,
    };
    Text::in_ink(ink, words)
}

/// Words as part of a key: lower case, a hyphen for everything between them.
pub(crate) fn slug(words: &str) -> String {
    let parts = words.split(|c: char| !c.is_alphanumeric());
    let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
    parts.join("-").to_lowercase()
}
