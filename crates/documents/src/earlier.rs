//! Demands that came before for the same accounts.

use jiff::Timestamp;
use lagrum_model::{AccountIdentifier, CaseId, Disposition};
use serde::{Deserialize, Serialize};

use crate::Phrases;
use crate::assessment::dispositions;
use crate::date::Zone;
use lagrum_blocks::{Block, Ink, Table, Text};

/// A demand that came before for an account that this one names, too.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EarlierDemand {
    /// Its case.
    pub case: CaseId,
    /// The account.
    pub account: AccountIdentifier,
    /// Who asked.
    pub authority: String,
    /// When it was received (UTC), if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<Timestamp>,
    /// The answers that were given, each once. Empty: not answered yet.
    #[serde(default)]
    pub answers: Vec<Disposition>,
}

/// A line for each.
pub(crate) fn table(earlier: &[EarlierDemand], zone: &Zone, phrases: &Phrases) -> Block {
    let heads = [
        "list-case",
        "signing-account",
        "list-received",
        "list-authority",
        "list-answer",
    ];
    let rows = earlier.iter().map(|one| {
        let received = one
            .received_at
            .map(|at| phrases.short_day_of(at, zone))
            .unwrap_or_default();
        let answers = if one.answers.is_empty() {
            Text::in_ink(Ink::Caution, phrases.word("answer-pending"))
        } else {
            dispositions(&one.answers, phrases).into()
        };
        vec![
            one.case.to_string().into(),
            one.account.to_string().into(),
            received.into(),
            one.authority.as_str().into(),
            answers,
        ]
    });
    Block::Table {
        table: Table {
            heads: heads.map(|head| phrases.word(head)).to_vec(),
            rows: rows.collect(),
            spare: vec![],
        },
    }
}
