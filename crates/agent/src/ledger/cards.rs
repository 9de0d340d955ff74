//! Which card counts which case.

use lagrum_cards::Opening;
use lagrum_mandate::Mandate;
use lagrum_mandate::answer::{Receipt, SignedAnswer};
use lagrum_model::{CaseId, Sha256Digest};
use rusqlite::{Params, Row, params};

use super::{Ledger, wrong};

/// What came with version 7.
pub(super) const CARDS: &str = "
    create table card (
        slot integer not null, place integer not null, of_case text not null, demand text not null,
        opening text not null, state text not null check (state in ('there', 'promised', 'missing')),
        primary key (slot, place)
    ) strict;
    create index card_of_case on card (of_case);
    create index card_not_seen on card (state) where state <> 'there';
    pragma user_version = 7;
";

/// What came with version 8: who asked, and on what; and that the log was seen to have files of cards.
pub(super) const ASKED: &str = "
    alter table card add column country text;
    alter table card add column kind text;
    create table scheduled (one integer primary key check (one = 1)) strict;
    insert into scheduled select 1 where exists (select 1 from card);
    pragma user_version = 8;
";

/// A card that a mandate named.
#[derive(Clone, Debug)]
pub(crate) struct CardOf {
    /// The case that it counts.
    pub(crate) case: CaseId,
    /// The description of its last mandate.
    pub(crate) demand: Sha256Digest,
    /// What opens it.
    pub(crate) opening: Opening,
    /// The country of the authority and the kind of instrument, in their words; absent: it was remembered before that
    /// was.
    pub(crate) asked: Option<(String, String)>,
    /// Whether it was to come, and did not.
    pub(crate) missing: bool,
}

fn card(row: &Row<'_>) -> rusqlite::Result<CardOf> {
    let (case, opening): (String, String) = (row.get(0)?, row.get(1)?);
    let demand: String = row.get(3)?;
    Ok(CardOf {
        case: CaseId::parse(&case).map_err(|why| wrong(0, why))?,
        opening: Opening::parse(opening.as_bytes()).map_err(|why| wrong(1, why.to_string()))?,
        demand: Sha256Digest::parse(&demand).map_err(|why| wrong(3, why))?,
        asked: row
            .get::<_, Option<String>>(4)?
            .zip(row.get::<_, Option<String>>(5)?),
        missing: row.get::<_, String>(2)? == "missing",
    })
}

impl Ledger {
    fn cards_where(&self, wanted: &str, values: impl Params) -> rusqlite::Result<Vec<CardOf>> {
        self.connection
            .prepare(&format!(
                "select of_case, opening, state, demand, country, kind from card where {wanted} order by slot, place"
            ))?
            .query_map(values, card)?
            .collect()
    }

    /// The cards of a case, and the one in the place of this one.
    pub(crate) fn cards_of(
        &self,
        case: &CaseId,
        opening: &Opening,
    ) -> rusqlite::Result<Vec<CardOf>> {
        let (slot, place) = opening.place();
        self.cards_where(
            "of_case = $1 or (slot = $2 and place = $3)",
            params![case.to_string(), slot, place],
        )
    }

    /// Remembers that a card counts a case: it was seen in its place, or is to come there. Of a case that was described
    /// anew, the new description.
    pub(crate) fn card_used(
        &self,
        mandate: &Mandate,
        opening: &Opening,
        seen: bool,
    ) -> rusqlite::Result<()> {
        let (slot, place) = opening.place();
        let state = if seen { "there" } else { "promised" };
        self.connection.execute(
            "insert into card (slot, place, of_case, demand, opening, state, country, kind)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (slot, place) do update set demand = excluded.demand,
                 country = excluded.country, kind = excluded.kind",
            params![
                slot,
                place,
                mandate.case.to_string(),
                mandate.demand.to_string(),
                opening.to_text(),
                state,
                mandate.basis.authority.country.to_string(),
                mandate.basis.instrument.kind.as_str(),
            ],
        )?;
        Ok(())
    }

    /// Remembers that the log has files of cards: a copy that hides them is not believed any more.
    pub(crate) fn cards_seen(&self) -> rusqlite::Result<()> {
        let put = "insert into scheduled (one) values (1) on conflict do nothing";
        self.connection.execute(put, []).map(drop)
    }

    /// Whether the log was ever seen to have files of cards.
    pub(crate) fn expects_cards(&self) -> rusqlite::Result<bool> {
        let count = "select count(*) from scheduled";
        self.connection
            .query_row(count, [], |row| row.get::<_, i64>(0))
            .map(|seen| seen > 0)
    }

    /// The cards of these slots.
    pub(crate) fn cards_between(&self, first: u64, last: u64) -> rusqlite::Result<Vec<CardOf>> {
        self.cards_where("slot between $1 and $2", params![first, last])
    }

    /// Whether something of a case was handed over here.
    pub(crate) fn handed_over_of(&self, case: &CaseId) -> rusqlite::Result<bool> {
        let mut found = self.connection.prepare(
            "select receipt from carried where stem like $1
                 and nonce not in (select nonce from stopped)",
        )?;
        let receipts = found.query_map([format!("{case}-%")], |row| row.get::<_, String>(0))?;
        for receipt in receipts {
            let receipt = Receipt::read_verified(&receipt?);
            if receipt.is_some_and(|receipt| receipt.case == *case && receipt.produced > 0) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The cards that were not seen in their places yet: to come, or missing.
    pub(crate) fn cards_promised(&self) -> rusqlite::Result<Vec<CardOf>> {
        self.cards_where("state <> 'there'", [])
    }

    /// The file of a card that was to come is there: with it, or without.
    pub(crate) fn card_came(&self, (slot, place): (u64, u32), there: bool) -> rusqlite::Result<()> {
        let state = if there { "there" } else { "missing" };
        self.connection.execute(
            "update card set state = $1 where slot = $2 and place = $3",
            params![state, slot, place],
        )?;
        Ok(())
    }
}
