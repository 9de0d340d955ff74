use lagrum_log::{Commitment, Hash, Head};
use lagrum_model::CaseId;
use lagrum_store::{
    CardRow, CaseRecord, Cover, FactRow, ListQuery, LogEntry, Notice, OutboxRow, PageOf,
    PassedOver, PlacedEvent, ReadTransaction, SealedEvent, ShelfRow, StoreError, SummaryRow, Tag,
    Unplaced, WatchQuery, WatchRow, WordTag,
};

use crate::rows::{
    Result, Transaction, bytes32, case_at, count, get, number_of, record, sealed_at, wide,
};
use crate::{list, watch};

impl ReadTransaction for Transaction<'_> {
    fn case(&mut self, case: &CaseId) -> Result<Option<CaseRecord>> {
        self.one(
            "select year, number, events, key from case_file where year = $1 and number = $2",
            &[&case.year(), &number_of(case)],
            record,
        )
    }

    fn cases_after(&mut self, after: Option<&CaseId>, limit: u32) -> Result<Vec<CaseRecord>> {
        let (year, number) = after.map_or((i16::MIN, 0), |id| (id.year(), number_of(id)));
        self.all(
            "select year, number, events, key from case_file
             where (year, number) > ($1, $2) order by year, number limit $3",
            &[&year, &number, &i64::from(limit)],
            record,
        )
    }

    fn events(&mut self, case: &CaseId) -> Result<Vec<SealedEvent>> {
        self.all(
            "select event, commitment, sealed from event
             where year = $1 and number = $2 order by event",
            &[&case.year(), &number_of(case)],
            |row| sealed_at(row, 0),
        )
    }

    fn event(&mut self, case: &CaseId, number: u64) -> Result<Option<SealedEvent>> {
        self.one(
            "select event, commitment, sealed from event
             where year = $1 and number = $2 and event = $3",
            &[&case.year(), &number_of(case), &wide(number)],
            |row| sealed_at(row, 0),
        )
    }

    fn original(&mut self, case: &CaseId, tag: &Tag) -> Result<Option<Vec<u8>>> {
        self.one(
            "select sealed from original where year = $1 and number = $2 and tag = $3",
            &[&case.year(), &number_of(case), &&tag.0[..]],
            |row| get(row, 0),
        )
    }

    fn originals(&mut self, case: &CaseId) -> Result<Vec<(Tag, bool)>> {
        self.all(
            "select tag, opens from original where year = $1 and number = $2 order by tag",
            &[&case.year(), &number_of(case)],
            |row| Ok((Tag(bytes32(row, 0)?), get::<i16>(row, 1)? == 1)),
        )
    }

    fn case_of_original(&mut self, tag: &Tag) -> Result<Option<CaseId>> {
        self.one(
            "select year, number from original where tag = $1 and opens = 1",
            &[&&tag.0[..]],
            |row| case_at(row, 0),
        )
    }

    fn cases_with_original(&mut self, tag: &Tag, limit: u32) -> Result<Vec<CaseId>> {
        self.all(
            "select year, number from original where tag = $1 order by year, number limit $2",
            &[&&tag.0[..], &i64::from(limit)],
            |row| case_at(row, 0),
        )
    }

    fn summary(&mut self, case: &CaseId) -> Result<Option<SummaryRow>> {
        list::summary(self, case)
    }

    fn identifiers(&mut self, case: &CaseId) -> Result<Vec<Tag>> {
        self.all(
            "select tag from summary_identifier where year = $1 and number = $2 order by tag",
            &[&case.year(), &number_of(case)],
            |row| bytes32(row, 0).map(Tag),
        )
    }

    fn words(&mut self, case: &CaseId) -> Result<Vec<WordTag>> {
        self.all(
            "select word from summary_word where year = $1 and number = $2 order by word",
            &[&case.year(), &number_of(case)],
            |row| get(row, 0).map(WordTag),
        )
    }

    fn watches(&mut self, case: &CaseId) -> Result<Vec<WatchRow>> {
        watch::of_case(self, case)
    }

    fn watched(&mut self, query: &WatchQuery) -> Result<PageOf<WatchRow>> {
        watch::list(self, query)
    }

    fn arranged(&mut self) -> Result<String> {
        let word = self.one("select word from arranged", &[], |row| get(row, 0))?;
        Ok(word.unwrap_or_default())
    }

    fn routes(&mut self) -> Result<Vec<String>> {
        let all = "select distinct route from summary order by route";
        self.all(all, &[], |row| get(row, 0))
    }

    fn last_case_number(&mut self, year: i16) -> Result<u32> {
        let last = self.one(
            "select last from case_counter where year = $1",
            &[&year],
            |row| count(row, 0),
        )?;
        Ok(last.unwrap_or_default())
    }

    fn list(&mut self, query: &ListQuery) -> Result<PageOf<SummaryRow>> {
        list::list(self, query)
    }

    fn count(&mut self, query: &ListQuery, most: u32) -> Result<u64> {
        list::counted(self, query, most)
    }

    fn log_entries(&mut self, position: u64, limit: u32) -> Result<Vec<PlacedEvent>> {
        self.all(
            "select l.position, l.commitment, l.year, l.number, l.event, e.event, e.commitment, e.sealed
             from log_entry as l
             left join event as e
                 on e.year = l.year and e.number = l.number and e.event = l.event
             where l.position >= $1 order by l.position limit $2",
            &[&wide(position), &i64::from(limit)],
            |row| {
                let event = match get::<Option<i64>>(row, 5)? {
                    Some(_) => Some(sealed_at(row, 5)?),
                    None => None,
                };
                let entry = LogEntry {
                    position: count(row, 0)?,
                    commitment: Commitment::from_bytes(bytes32(row, 1)?),
                    event: (case_at(row, 2)?, count(row, 4)?),
                };
                Ok(PlacedEvent { entry, event })
            },
        )
    }

    fn covers(&mut self, position: u64, limit: u32) -> Result<Vec<Cover>> {
        self.all(
            "select position, commitment, sealed from log_cover
             where position >= $1 order by position limit $2",
            &[&wide(position), &i64::from(limit)],
            |row| {
                Ok(Cover {
                    position: count(row, 0)?,
                    commitment: Commitment::from_bytes(bytes32(row, 1)?),
                    sealed: get(row, 2)?,
                })
            },
        )
    }

    fn lost(&mut self, position: u64, limit: u32) -> Result<Vec<(u64, Commitment)>> {
        self.all(
            "select position, commitment from log_lost
             where position >= $1 order by position limit $2",
            &[&wide(position), &i64::from(limit)],
            |row| Ok((count(row, 0)?, Commitment::from_bytes(bytes32(row, 1)?))),
        )
    }

    fn passed_over(&mut self) -> Result<Vec<PassedOver>> {
        self.all(
            "select year, first, last from case_passed order by year, first",
            &[],
            |row| {
                Ok(PassedOver {
                    year: get(row, 0)?,
                    first: count(row, 1)?,
                    last: count(row, 2)?,
                })
            },
        )
    }

    fn notices_from(&mut self, position: u64, limit: u32) -> Result<Vec<Notice>> {
        self.all(
            "select place, kind, text, position from log_notice
             where position >= $1 order by position limit $2",
            &[&wide(position), &i64::from(limit)],
            notice,
        )
    }

    fn notices_waiting(&mut self, limit: u32) -> Result<Vec<Notice>> {
        self.all(
            "select place, kind, text, position from log_notice
             where position is null order by place limit $1",
            &[&i64::from(limit)],
            notice,
        )
    }

    fn notices(&mut self, kind: &str) -> Result<Vec<Notice>> {
        self.all(
            "select place, kind, text, position from log_notice where kind = $1 order by place",
            &[&kind],
            notice,
        )
    }

    fn cards_in(&mut self, slot: u64) -> Result<Vec<CardRow>> {
        self.all(
            "select slot, place, year, number, sealed from count_card where slot = $1 order by place",
            &[&wide(slot)],
            card,
        )
    }

    fn card_of(&mut self, case: &CaseId) -> Result<Option<CardRow>> {
        self.one(
            "select slot, place, year, number, sealed from count_card
             where year = $1 and number = $2 order by slot desc limit 1",
            &[&case.year(), &number_of(case)],
            card,
        )
    }

    fn fact(&mut self, case: &CaseId) -> Result<Option<FactRow>> {
        self.one(
            "select year, number, sealed from fact where year = $1 and number = $2",
            &[&case.year(), &number_of(case)],
            fact,
        )
    }

    fn facts_after(&mut self, year: i16, after: u32, limit: u32) -> Result<Vec<FactRow>> {
        self.all(
            "select year, number, sealed from fact
             where year = $1 and number > $2 order by number limit $3",
            &[&year, &i64::from(after), &i64::from(limit)],
            fact,
        )
    }

    fn last_slot(&mut self) -> Result<Option<u64>> {
        self.one(
            "select slot from count_card where year is not null order by slot desc limit 1",
            &[],
            |row| count(row, 0),
        )
    }

    fn events_placed_from(&mut self, position: u64) -> Result<u64> {
        let events = self.one(
            "select count(*) from log_entry where position >= $1",
            &[&wide(position)],
            |row| count(row, 0),
        )?;
        Ok(events.unwrap_or_default())
    }

    fn urgent(&mut self, kind: &str, limit: u32) -> Result<Vec<(CaseId, u64)>> {
        self.all(
            "select o.year, o.number, w.events
             from (select year, number, min(place) as place from outbox
                   where sealed is not null and kind = $1 group by year, number) as o
             join (select year, number, count(*) as events from unplaced group by year, number) as w
                 on w.year = o.year and w.number = o.number
             order by o.place limit $2",
            &[&kind, &i64::from(limit)],
            |row| Ok((case_at(row, 0)?, count(row, 2)?)),
        )
    }

    fn log_size(&mut self) -> Result<u64> {
        let size = self.one("select size from log_state", &[], |row| count(row, 0))?;
        size.ok_or_else(|| StoreError::Damaged("the state of the log is gone".into()))
    }

    fn position(&mut self, case: &CaseId, number: u64) -> Result<Option<u64>> {
        self.one(
            "select position from log_entry where year = $1 and number = $2 and event = $3",
            &[&case.year(), &number_of(case), &wide(number)],
            |row| count(row, 0),
        )
    }

    fn entries_of(&mut self, case: &CaseId) -> Result<Vec<LogEntry>> {
        self.all(
            "select position, commitment, event from log_entry
             where year = $1 and number = $2 order by event",
            &[&case.year(), &number_of(case)],
            |row| {
                Ok(LogEntry {
                    position: count(row, 0)?,
                    commitment: Commitment::from_bytes(bytes32(row, 1)?),
                    event: (case.clone(), count(row, 2)?),
                })
            },
        )
    }

    fn unplaced(&mut self, after: u64, limit: u32) -> Result<Vec<Unplaced>> {
        self.all(
            "select u.recorded, u.year, u.number, e.event, e.commitment, e.sealed
             from unplaced as u
             join event as e on e.year = u.year and e.number = u.number and e.event = u.event
             where u.recorded > $1 order by u.recorded limit $2",
            &[&wide(after), &i64::from(limit)],
            |row| {
                Ok(Unplaced {
                    recorded: count(row, 0)?,
                    case: case_at(row, 1)?,
                    event: sealed_at(row, 3)?,
                })
            },
        )
    }

    fn unplaced_of(&mut self, case: &CaseId) -> Result<Vec<u64>> {
        self.all(
            "select event from unplaced where year = $1 and number = $2 order by event",
            &[&case.year(), &number_of(case)],
            |row| count(row, 0),
        )
    }

    fn head(&mut self) -> Result<Option<Head>> {
        self.one(
            "select head_size, head_root from log_state where head_size is not null",
            &[],
            |row| {
                Ok(Head {
                    size: count(row, 0)?,
                    root: Hash(bytes32(row, 1)?),
                })
            },
        )
    }

    fn outbox(&mut self, after: u64, limit: u32) -> Result<Vec<OutboxRow>> {
        self.all(
            "select place, year, number, event, key, kind, sealed from outbox
             where place > $1 and sealed is not null order by place limit $2",
            &[&wide(after), &i64::from(limit)],
            |row| {
                Ok(OutboxRow {
                    place: count(row, 0)?,
                    case: case_at(row, 1)?,
                    event: count(row, 3)?,
                    key: get(row, 4)?,
                    kind: get(row, 5)?,
                    sealed: get(row, 6)?,
                })
            },
        )
    }

    fn key_mark(&mut self) -> Result<Option<Tag>> {
        self.one("select mark from key_mark", &[], |row| {
            bytes32(row, 0).map(Tag)
        })
    }

    fn shelf(&mut self, kind: &str, tag: &Tag) -> Result<Option<ShelfRow>> {
        self.one(
            "select kind, tag, sealed, until from shelf where kind = $1 and tag = $2",
            &[&kind, &&tag.0[..]],
            shelf_row,
        )
    }

    fn shelved(&mut self, kind: &str) -> Result<Vec<ShelfRow>> {
        self.all(
            "select kind, tag, sealed, until from shelf where kind = $1 order by tag",
            &[&kind],
            shelf_row,
        )
    }
}

fn fact(row: &postgres::Row) -> Result<FactRow> {
    Ok(FactRow {
        case: case_at(row, 0)?,
        sealed: get(row, 2)?,
    })
}

fn card(row: &postgres::Row) -> Result<CardRow> {
    let case: Option<i16> = get(row, 2)?;
    Ok(CardRow {
        slot: count(row, 0)?,
        place: count(row, 1)?,
        case: case.map(|_| case_at(row, 2)).transpose()?,
        sealed: get(row, 4)?,
    })
}

fn notice(row: &postgres::Row) -> Result<Notice> {
    Ok(Notice {
        place: count(row, 0)?,
        kind: get(row, 1)?,
        text: get(row, 2)?,
        position: get::<Option<i64>>(row, 3)?
            .map(|position| {
                u64::try_from(position)
                    .map_err(|_| StoreError::Damaged("a position in the log is negative".into()))
            })
            .transpose()?,
    })
}

fn shelf_row(row: &postgres::Row) -> Result<ShelfRow> {
    Ok(ShelfRow {
        kind: get(row, 0)?,
        tag: Tag(bytes32(row, 1)?),
        sealed: get(row, 2)?,
        until: get(row, 3)?,
    })
}
