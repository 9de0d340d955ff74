use std::ops::Deref;

use lagrum_log::{Commitment, Hash, Head};
use lagrum_model::CaseId;
use lagrum_store::{
    CardRow, CaseRecord, Cover, FactRow, ListQuery, LogEntry, Notice, OutboxRow, PageOf,
    PassedOver, PlacedEvent, ReadTransaction, SealedEvent, ShelfRow, StoreError, SummaryRow, Tag,
    Unplaced, WatchQuery, WatchRow, WordTag,
};
use rusqlite::{Connection, params};

use crate::rows::{Result, Transaction, all, case, case_at, one, record, sealed_at};
use crate::{list, watch, words};

impl<L: Deref<Target = Connection>> ReadTransaction for Transaction<L> {
    fn case(&mut self, id: &CaseId) -> Result<Option<CaseRecord>> {
        case(&self.0, id)
    }

    fn cases_after(&mut self, after: Option<&CaseId>, limit: u32) -> Result<Vec<CaseRecord>> {
        let (year, number) = after.map_or((i16::MIN, 0), |id| (id.year(), id.number()));
        all(
            &self.0,
            "select year, number, events, key from case_file
             where (year, number) > (?1, ?2) order by year, number limit ?3",
            params![year, number, limit],
            record,
        )
    }

    fn events(&mut self, case: &CaseId) -> Result<Vec<SealedEvent>> {
        all(
            &self.0,
            "select event, commitment, sealed from event
             where year = ?1 and number = ?2 order by event",
            params![case.year(), case.number()],
            |row| sealed_at(row, 0),
        )
    }

    fn event(&mut self, case: &CaseId, number: u64) -> Result<Option<SealedEvent>> {
        one(
            &self.0,
            "select event, commitment, sealed from event
             where year = ?1 and number = ?2 and event = ?3",
            params![case.year(), case.number(), number],
            |row| sealed_at(row, 0),
        )
    }

    fn original(&mut self, case: &CaseId, tag: &Tag) -> Result<Option<Vec<u8>>> {
        one(
            &self.0,
            "select sealed from original where year = ?1 and number = ?2 and tag = ?3",
            params![case.year(), case.number(), tag.0],
            |row| row.get(0),
        )
    }

    fn originals(&mut self, case: &CaseId) -> Result<Vec<(Tag, bool)>> {
        all(
            &self.0,
            "select tag, opens from original where year = ?1 and number = ?2 order by tag",
            params![case.year(), case.number()],
            |row| Ok((Tag(row.get(0)?), row.get(1)?)),
        )
    }

    fn case_of_original(&mut self, tag: &Tag) -> Result<Option<CaseId>> {
        one(
            &self.0,
            "select year, number from original where tag = ?1 and opens = 1",
            [tag.0],
            |row| case_at(row, 0),
        )
    }

    fn cases_with_original(&mut self, tag: &Tag, limit: u32) -> Result<Vec<CaseId>> {
        all(
            &self.0,
            "select year, number from original where tag = ?1 order by year, number limit ?2",
            params![tag.0, limit],
            |row| case_at(row, 0),
        )
    }

    fn summary(&mut self, case: &CaseId) -> Result<Option<SummaryRow>> {
        list::summary(&self.0, case)
    }

    fn identifiers(&mut self, case: &CaseId) -> Result<Vec<Tag>> {
        all(
            &self.0,
            "select tag from summary_identifier where year = ?1 and number = ?2 order by tag",
            params![case.year(), case.number()],
            |row| row.get(0).map(Tag),
        )
    }

    fn words(&mut self, case: &CaseId) -> Result<Vec<WordTag>> {
        words::of_case(&self.0, case)
    }

    fn watches(&mut self, case: &CaseId) -> Result<Vec<WatchRow>> {
        watch::of_case(&self.0, case)
    }

    fn watched(&mut self, query: &WatchQuery) -> Result<PageOf<WatchRow>> {
        watch::list(&self.0, query)
    }

    fn arranged(&mut self) -> Result<String> {
        let word = one(&self.0, "select word from arranged", [], |row| row.get(0))?;
        Ok(word.unwrap_or_default())
    }

    fn routes(&mut self) -> Result<Vec<String>> {
        let all_routes = "select distinct route from summary order by route";
        all(&self.0, all_routes, [], |row| row.get(0))
    }

    fn last_case_number(&mut self, year: i16) -> Result<u32> {
        let last = one(
            &self.0,
            "select last from case_counter where year = ?1",
            [year],
            |row| row.get(0),
        )?;
        Ok(last.unwrap_or_default())
    }

    fn list(&mut self, query: &ListQuery) -> Result<PageOf<SummaryRow>> {
        list::list(&self.0, query)
    }

    fn count(&mut self, query: &ListQuery, most: u32) -> Result<u64> {
        list::count(&self.0, query, most)
    }

    fn log_entries(&mut self, position: u64, limit: u32) -> Result<Vec<PlacedEvent>> {
        all(
            &self.0,
            "select l.position, l.commitment, l.year, l.number, l.event, e.event, e.commitment, e.sealed
             from log_entry as l
             left join event as e
                 on e.year = l.year and e.number = l.number and e.event = l.event
             where l.position >= ?1 order by l.position limit ?2",
            params![position, limit],
            |row| {
                let event = match row.get::<_, Option<u64>>(5)? {
                    Some(_) => Some(sealed_at(row, 5)?),
                    None => None,
                };
                let entry = LogEntry {
                    position: row.get(0)?,
                    commitment: Commitment::from_bytes(row.get(1)?),
                    event: (case_at(row, 2)?, row.get(4)?),
                };
                Ok(PlacedEvent { entry, event })
            },
        )
    }

    fn covers(&mut self, position: u64, limit: u32) -> Result<Vec<Cover>> {
        all(
            &self.0,
            "select position, commitment, sealed from log_cover
             where position >= ?1 order by position limit ?2",
            params![position, limit],
            |row| {
                Ok(Cover {
                    position: row.get(0)?,
                    commitment: Commitment::from_bytes(row.get(1)?),
                    sealed: row.get(2)?,
                })
            },
        )
    }

    fn lost(&mut self, position: u64, limit: u32) -> Result<Vec<(u64, Commitment)>> {
        all(
            &self.0,
            "select position, commitment from log_lost
             where position >= ?1 order by position limit ?2",
            params![position, limit],
            |row| Ok((row.get(0)?, Commitment::from_bytes(row.get(1)?))),
        )
    }

    fn passed_over(&mut self) -> Result<Vec<PassedOver>> {
        all(
            &self.0,
            "select year, first, last from case_passed order by year, first",
            [],
            |row| {
                Ok(PassedOver {
                    year: row.get(0)?,
                    first: row.get(1)?,
                    last: row.get(2)?,
                })
            },
        )
    }

    fn notices_from(&mut self, position: u64, limit: u32) -> Result<Vec<Notice>> {
        all(
            &self.0,
            "select place, kind, text, position from log_notice
             where position >= ?1 order by position limit ?2",
            params![position, limit],
            notice,
        )
    }

    fn notices_waiting(&mut self, limit: u32) -> Result<Vec<Notice>> {
        all(
            &self.0,
            "select place, kind, text, position from log_notice
             where position is null order by place limit ?1",
            [limit],
            notice,
        )
    }

    fn notices(&mut self, kind: &str) -> Result<Vec<Notice>> {
        all(
            &self.0,
            "select place, kind, text, position from log_notice where kind = ?1 order by place",
            [kind],
            notice,
        )
    }

    fn cards_in(&mut self, slot: u64) -> Result<Vec<CardRow>> {
        all(
            &self.0,
            "select slot, place, year, number, sealed from count_card where slot = ?1 order by place",
            [slot],
            card,
        )
    }

    fn card_of(&mut self, case: &CaseId) -> Result<Option<CardRow>> {
        one(
            &self.0,
            "select slot, place, year, number, sealed from count_card
             where year = ?1 and number = ?2 order by slot desc limit 1",
            params![case.year(), case.number()],
            card,
        )
    }

    fn fact(&mut self, case: &CaseId) -> Result<Option<FactRow>> {
        one(
            &self.0,
            "select year, number, sealed from fact where year = ?1 and number = ?2",
            params![case.year(), case.number()],
            fact,
        )
    }

    fn facts_after(&mut self, year: i16, after: u32, limit: u32) -> Result<Vec<FactRow>> {
        all(
            &self.0,
            "select year, number, sealed from fact
             where year = ?1 and number > ?2 order by number limit ?3",
            params![year, after, limit],
            fact,
        )
    }

    fn last_slot(&mut self) -> Result<Option<u64>> {
        one(
            &self.0,
            "select slot from count_card where year is not null order by slot desc limit 1",
            [],
            |row| row.get(0),
        )
    }

    fn events_placed_from(&mut self, position: u64) -> Result<u64> {
        let count = one(
            &self.0,
            "select count(*) from log_entry where position >= ?1",
            [position],
            |row| row.get(0),
        )?;
        Ok(count.unwrap_or_default())
    }

    fn urgent(&mut self, kind: &str, limit: u32) -> Result<Vec<(CaseId, u64)>> {
        all(
            &self.0,
            "select o.year, o.number, w.events
             from (select year, number, min(place) as place from outbox
                   where sealed is not null and kind = ?1 group by year, number) as o
             join (select year, number, count(*) as events from unplaced group by year, number) as w
                 on w.year = o.year and w.number = o.number
             order by o.place limit ?2",
            params![kind, limit],
            |row| Ok((case_at(row, 0)?, row.get(2)?)),
        )
    }

    fn log_size(&mut self) -> Result<u64> {
        let size = one(&self.0, "select size from log_state", [], |row| row.get(0))?;
        size.ok_or_else(|| StoreError::Damaged("the state of the log is gone".into()))
    }

    fn position(&mut self, case: &CaseId, number: u64) -> Result<Option<u64>> {
        one(
            &self.0,
            "select position from log_entry where year = ?1 and number = ?2 and event = ?3",
            params![case.year(), case.number(), number],
            |row| row.get(0),
        )
    }

    fn entries_of(&mut self, case: &CaseId) -> Result<Vec<LogEntry>> {
        all(
            &self.0,
            "select position, commitment, event from log_entry
             where year = ?1 and number = ?2 order by event",
            params![case.year(), case.number()],
            |row| {
                Ok(LogEntry {
                    position: row.get(0)?,
                    commitment: Commitment::from_bytes(row.get(1)?),
                    event: (case.clone(), row.get(2)?),
                })
            },
        )
    }

    fn unplaced(&mut self, after: u64, limit: u32) -> Result<Vec<Unplaced>> {
        all(
            &self.0,
            "select u.recorded, u.year, u.number, e.event, e.commitment, e.sealed
             from unplaced as u
             join event as e on e.year = u.year and e.number = u.number and e.event = u.event
             where u.recorded > ?1 order by u.recorded limit ?2",
            params![after, limit],
            |row| {
                Ok(Unplaced {
                    recorded: row.get(0)?,
                    case: case_at(row, 1)?,
                    event: sealed_at(row, 3)?,
                })
            },
        )
    }

    fn unplaced_of(&mut self, case: &CaseId) -> Result<Vec<u64>> {
        all(
            &self.0,
            "select event from unplaced where year = ?1 and number = ?2 order by event",
            params![case.year(), case.number()],
            |row| row.get(0),
        )
    }

    fn head(&mut self) -> Result<Option<Head>> {
        one(
            &self.0,
            "select head_size, head_root from log_state where head_size is not null",
            [],
            |row| {
                Ok(Head {
                    size: row.get(0)?,
                    root: Hash(row.get(1)?),
                })
            },
        )
    }

    fn outbox(&mut self, after: u64, limit: u32) -> Result<Vec<OutboxRow>> {
        all(
            &self.0,
            "select place, year, number, event, key, kind, sealed from outbox
             where place > ?1 and sealed is not null order by place limit ?2",
            params![after, limit],
            |row| {
                Ok(OutboxRow {
                    place: row.get(0)?,
                    case: case_at(row, 1)?,
                    event: row.get(3)?,
                    key: row.get(4)?,
                    kind: row.get(5)?,
                    sealed: row.get(6)?,
                })
            },
        )
    }

    fn key_mark(&mut self) -> Result<Option<Tag>> {
        one(&self.0, "select mark from key_mark", [], |row| {
            row.get(0).map(Tag)
        })
    }

    fn shelf(&mut self, kind: &str, tag: &Tag) -> Result<Option<ShelfRow>> {
        one(
            &self.0,
            "select kind, tag, sealed, until from shelf where kind = ?1 and tag = ?2",
            params![kind, tag.0],
            shelf_row,
        )
    }

    fn shelved(&mut self, kind: &str) -> Result<Vec<ShelfRow>> {
        all(
            &self.0,
            "select kind, tag, sealed, until from shelf where kind = ?1 order by tag",
            params![kind],
            shelf_row,
        )
    }
}

fn fact(row: &rusqlite::Row<'_>) -> rusqlite::Result<FactRow> {
    Ok(FactRow {
        case: case_at(row, 0)?,
        sealed: row.get(2)?,
    })
}

fn card(row: &rusqlite::Row<'_>) -> rusqlite::Result<CardRow> {
    let case: Option<i16> = row.get(2)?;
    Ok(CardRow {
        slot: row.get(0)?,
        place: row.get(1)?,
        case: case.map(|_| case_at(row, 2)).transpose()?,
        sealed: row.get(4)?,
    })
}

fn notice(row: &rusqlite::Row<'_>) -> rusqlite::Result<Notice> {
    Ok(Notice {
        place: row.get(0)?,
        kind: row.get(1)?,
        text: row.get(2)?,
        position: row.get(3)?,
    })
}

fn shelf_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<ShelfRow> {
    Ok(ShelfRow {
        kind: row.get(0)?,
        tag: Tag(row.get(1)?),
        sealed: row.get(2)?,
        until: row.get(3)?,
    })
}
