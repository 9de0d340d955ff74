use lagrum_log::Head;
use lagrum_model::CaseId;
use lagrum_store::{
    Batch, CardRow, CaseRecord, FactRow, OutboxRow, PassedOver, ReadTransaction, SealedEvent,
    ShelfRow, StoreError, SummaryRow, Tag, WatchRow, WordTag, WrappedKey, WriteTransaction,
};
use rusqlite::{Params, params};

use crate::error::failure;
use crate::rows::{self, Transaction, one};
use crate::words;
use crate::writer::Turn;

type Result<T> = std::result::Result<T, StoreError>;

impl Transaction<Turn<'_>> {
    /// Executes a statement, and says how many rows it changed.
    fn execute(&self, statement: &str, values: impl Params) -> Result<usize> {
        let mut statement = self.0.live()?.prepare_cached(statement).map_err(failure)?;
        statement.execute(values).map_err(failure)
    }
}

/// One row changed: nobody was faster.
fn once(changed: usize) -> Result<()> {
    match changed {
        1 => Ok(()),
        _ => Err(StoreError::ChangedMeanwhile),
    }
}

impl WriteTransaction for Transaction<Turn<'_>> {
    fn lock_case(&mut self, case: &CaseId) -> Result<Option<CaseRecord>> {
        // Nobody else writes at all until the turn ends.
        rows::case(self.0.live()?, case)
    }

    fn next_case_number(&mut self, year: i16) -> Result<u32> {
        let number = one(
            self.0.live()?,
            "insert into case_counter (year, last) values (?1, 1)
             on conflict do update set last = last + 1 returning last",
            [year],
            |row| row.get(0),
        )?;
        number.ok_or_else(|| StoreError::Damaged("the counter of cases gives no number".into()))
    }

    fn pass_over(&mut self, numbers: PassedOver) -> Result<()> {
        let PassedOver { year, first, last } = numbers;
        if self.last_case_number(year)?.checked_add(1) != Some(first) {
            return Err(StoreError::ChangedMeanwhile);
        }
        self.execute(
            "insert into case_counter (year, last) values (?1, ?2)
             on conflict do update set last = excluded.last",
            params![year, last],
        )?;
        self.execute(
            "insert into case_passed (year, first, last) values (?1, ?2, ?3)",
            params![year, first, last],
        )?;
        Ok(())
    }

    fn put_case(&mut self, case: &CaseId, key: &WrappedKey) -> Result<()> {
        self.execute(
            "insert into case_file (year, number, events, key) values (?1, ?2, 0, ?3)",
            params![case.year(), case.number(), key.0],
        )?;
        Ok(())
    }

    fn append_event(&mut self, case: &CaseId, event: &SealedEvent) -> Result<()> {
        let (year, number) = (case.year(), case.number());
        once(self.execute(
            "update case_file set events = ?3
             where year = ?1 and number = ?2 and events = ?3 - 1 and key is not null",
            params![year, number, event.number],
        )?)?;
        self.execute(
            "insert into event (year, number, event, commitment, sealed)
             values (?1, ?2, ?3, ?4, ?5)",
            params![
                year,
                number,
                event.number,
                event.commitment.as_bytes(),
                event.sealed
            ],
        )?;
        self.execute(
            "insert into unplaced (year, number, event) values (?1, ?2, ?3)",
            params![year, number, event.number],
        )?;
        Ok(())
    }

    fn put_original(&mut self, case: &CaseId, tag: &Tag, opens: bool, sealed: &[u8]) -> Result<()> {
        self.execute(
            "insert into original (year, number, tag, opens, sealed) values (?1, ?2, ?3, ?4, ?5)
             on conflict (year, number, tag) do nothing",
            params![case.year(), case.number(), tag.0, opens, sealed],
        )?;
        Ok(())
    }

    fn put_summary(
        &mut self,
        row: &SummaryRow,
        identifiers: &[Tag],
        watched: &[WatchRow],
    ) -> Result<()> {
        let (year, number) = (row.case.year(), row.case.number());
        self.execute(
            "insert or replace into summary
                 (year, number, name, received_at, state, rank, authority, authority_folded,
                  authority_country, reference, reference_folded, instrument, owner, due_at,
                  due_clock, answers, parts, waiting_for, waiting_roles, events,
                  desk_group, route, beside)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
                     ?18, ?19, ?20, ?21, ?22, ?23)",
            params![
                year,
                number,
                row.name,
                row.received_at,
                row.state,
                row.rank,
                row.authority,
                row.authority_folded,
                row.authority_country,
                row.reference,
                row.reference_folded,
                row.instrument,
                row.owner,
                row.due_at,
                row.due_clock,
                row.answers,
                row.parts,
                row.waiting_for,
                row.waiting_roles,
                row.events,
                row.desk_group,
                row.route,
                row.beside,
            ],
        )?;
        self.execute(
            "delete from summary_identifier where year = ?1 and number = ?2",
            params![year, number],
        )?;
        for tag in identifiers {
            self.execute(
                "insert into summary_identifier (tag, year, number) values (?1, ?2, ?3)",
                params![tag.0, year, number],
            )?;
        }
        self.execute(
            "delete from watch where year = ?1 and number = ?2",
            params![year, number],
        )?;
        for one in watched {
            self.execute(
                "insert into watch (year, number, place, kind, about, since, settled, desk_group)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    year,
                    number,
                    one.place,
                    one.kind,
                    one.about,
                    one.since,
                    one.settled,
                    row.desk_group
                ],
            )?;
        }
        Ok(())
    }

    fn put_words(&mut self, case: &CaseId, words: &[WordTag]) -> Result<()> {
        words::put(self.0.live()?, case, words)
    }

    fn hold_arranged(&mut self, _alone: bool) -> Result<String> {
        // One writes at a time.
        self.arranged()
    }

    fn regroup(&mut self, groups: &[(String, String)]) -> Result<()> {
        for (route, group) in groups {
            self.execute(
                "update summary set desk_group = ?2 where route = ?1 and desk_group <> ?2",
                params![route, group],
            )?;
        }
        self.execute(
            "update watch set desk_group = s.desk_group from summary as s
             where s.year = watch.year and s.number = watch.number
                 and watch.desk_group <> s.desk_group",
            [],
        )?;
        Ok(())
    }

    fn put_arranged(&mut self, word: &str) -> Result<()> {
        self.execute("update arranged set word = ?1", [word])?;
        Ok(())
    }

    fn erase_case(&mut self, case: &CaseId) -> Result<()> {
        for statement in [
            "update case_file set key = null where year = ?1 and number = ?2",
            "delete from original where year = ?1 and number = ?2",
            "delete from summary where year = ?1 and number = ?2",
            "delete from summary_identifier where year = ?1 and number = ?2",
            "delete from summary_word where year = ?1 and number = ?2",
            "delete from watch where year = ?1 and number = ?2",
            "update outbox set sealed = null where year = ?1 and number = ?2",
        ] {
            self.execute(statement, params![case.year(), case.number()])?;
        }
        self.0.scrub();
        Ok(())
    }

    fn lock_log(&mut self) -> Result<u64> {
        self.log_size()
    }

    fn place(&mut self, batch: &Batch) -> Result<()> {
        let (first, count) = batch.positions().ok_or(StoreError::ChangedMeanwhile)?;
        once(self.execute(
            "update log_state set size = size + ?2 where size = ?1",
            [first, count],
        )?)?;
        for entry in &batch.entries {
            let (case, event) = &entry.event;
            once(self.execute(
                "delete from unplaced where year = ?1 and number = ?2 and event = ?3",
                params![case.year(), case.number(), event],
            )?)?;
            self.execute(
                "insert into log_entry (position, commitment, year, number, event)
                 values (?1, ?2, ?3, ?4, ?5)",
                params![
                    entry.position,
                    entry.commitment.as_bytes(),
                    case.year(),
                    case.number(),
                    event
                ],
            )?;
        }
        for cover in &batch.covers {
            self.execute(
                "insert into log_cover (position, commitment, sealed) values (?1, ?2, ?3)",
                params![cover.position, cover.commitment.as_bytes(), cover.sealed],
            )?;
        }
        for (position, commitment) in &batch.lost {
            self.execute(
                "insert into log_lost (position, commitment) values (?1, ?2)",
                params![position, commitment.as_bytes()],
            )?;
        }
        for (place, position) in &batch.notices {
            once(self.execute(
                "update log_notice set position = ?2 where place = ?1 and position is null",
                [place, position],
            )?)?;
        }
        Ok(())
    }

    fn put_notice(&mut self, kind: &str, text: &[u8]) -> Result<u64> {
        let place = one(
            self.0.live()?,
            "insert into log_notice (kind, text) values (?1, ?2) returning place",
            params![kind, text],
            |row| row.get(0),
        )?;
        place.ok_or_else(|| StoreError::Damaged("a text was given no place".into()))
    }

    fn lock_cards(&mut self) -> Result<()> {
        // Nobody else writes before this transaction ends.
        Ok(())
    }

    fn put_card(&mut self, row: &CardRow) -> Result<()> {
        let case = row.case.as_ref();
        once(self.execute(
            "insert into count_card (slot, place, year, number, sealed) values (?1, ?2, ?3, ?4, ?5)
             on conflict do nothing",
            params![
                row.slot,
                row.place,
                case.map(CaseId::year),
                case.map(CaseId::number),
                row.sealed
            ],
        )?)
    }

    fn put_fact(&mut self, row: &FactRow) -> Result<()> {
        self.execute(
            "insert into fact (year, number, sealed) values (?1, ?2, ?3)
             on conflict (year, number) do update set sealed = excluded.sealed",
            params![row.case.year(), row.case.number(), row.sealed],
        )?;
        Ok(())
    }

    fn remove_card(&mut self, slot: u64, place: u32) -> Result<()> {
        self.execute(
            "delete from count_card where slot = ?1 and place = ?2",
            params![slot, place],
        )?;
        Ok(())
    }

    fn compare_and_swap(&mut self, expected: Option<&Head>, new: &Head) -> Result<bool> {
        let changed = self.execute(
            "update log_state set head_size = ?1, head_root = ?2
             where head_size is ?3 and head_root is ?4",
            params![
                new.size,
                new.root.0,
                expected.map(|head| head.size),
                expected.map(|head| head.root.0)
            ],
        )?;
        Ok(changed == 1)
    }

    fn put_outbox(&mut self, row: &OutboxRow) -> Result<bool> {
        let put = self.execute(
            "insert into outbox (key, year, number, event, kind, sealed)
             values (?1, ?2, ?3, ?4, ?5, ?6) on conflict (key) do nothing",
            params![
                row.key,
                row.case.year(),
                row.case.number(),
                row.event,
                row.kind,
                row.sealed
            ],
        )?;
        Ok(put == 1)
    }

    fn outbox_done(&mut self, key: &str) -> Result<()> {
        self.execute("update outbox set sealed = null where key = ?1", [key])?;
        Ok(())
    }

    fn put_key_mark(&mut self, mark: &Tag) -> Result<()> {
        self.execute(
            "insert into key_mark (one, mark) values (1, ?1) on conflict (one) do nothing",
            [mark.0],
        )?;
        Ok(())
    }

    fn put_shelf(&mut self, row: &ShelfRow) -> Result<()> {
        self.execute(
            "insert or replace into shelf (kind, tag, sealed, until) values (?1, ?2, ?3, ?4)",
            params![row.kind, row.tag.0, row.sealed, row.until],
        )?;
        Ok(())
    }

    fn put_shelf_first(&mut self, row: &ShelfRow) -> Result<bool> {
        let put = self.execute(
            "insert or ignore into shelf (kind, tag, sealed, until) values (?1, ?2, ?3, ?4)",
            params![row.kind, row.tag.0, row.sealed, row.until],
        )?;
        Ok(put == 1)
    }

    fn remove_shelf(&mut self, kind: &str, tag: &Tag) -> Result<bool> {
        let removed = self.execute(
            "delete from shelf where kind = ?1 and tag = ?2",
            params![kind, tag.0],
        )?;
        Ok(removed == 1)
    }

    fn sweep_shelf(&mut self, before: i64) -> Result<()> {
        self.execute("delete from shelf where until < ?1", [before])?;
        Ok(())
    }

    fn commit(self: Box<Self>) -> Result<()> {
        self.0.commit()
    }
}
