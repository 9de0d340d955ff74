use lagrum_log::{Commitment, Head};
use lagrum_model::CaseId;
use lagrum_store::{
    Batch, CardRow, CaseRecord, Cover, FactRow, LogEntry, OutboxRow, PassedOver, ReadTransaction,
    SealedEvent, ShelfRow, StoreError, SummaryRow, Tag, WatchRow, WordTag, WrappedKey,
    WriteTransaction,
};

use crate::rows::{Result, Transaction, count, number_of, record, wide};

/// One row changed: nobody was faster.
fn once(changed: u64) -> Result<()> {
    match changed {
        1 => Ok(()),
        _ => Err(StoreError::ChangedMeanwhile),
    }
}

/// The number under which whoever arranges the list waits for whoever writes in it: `arranged` as bytes.
const ARRANGED: i64 = 0x6172_7261_6e67_6564;
/// The number under which those wait for each other who give cards, or make a file of them: `cards` as bytes.
const CARDS: i64 = 0x63_6172_6473;

impl Transaction<'_> {
    fn place_events(&mut self, entries: &[LogEntry]) -> Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        let positions: Vec<_> = entries.iter().map(|entry| wide(entry.position)).collect();
        let commitments: Vec<_> = entries
            .iter()
            .map(|entry| &entry.commitment.as_bytes()[..])
            .collect();
        let years: Vec<_> = entries.iter().map(|entry| entry.event.0.year()).collect();
        let numbers: Vec<_> = entries
            .iter()
            .map(|entry| number_of(&entry.event.0))
            .collect();
        let events: Vec<_> = entries.iter().map(|entry| wide(entry.event.1)).collect();
        let placed = self.execute(
            "with given as (
                 select * from unnest($1::bigint[], $2::bytea[], $3::smallint[], $4::bigint[],
                     $5::bigint[]) as given (position, commitment, year, number, event)
             ), taken as (
                 delete from unplaced as u using given as g
                 where u.year = g.year and u.number = g.number and u.event = g.event
                 returning g.position, g.commitment, g.year, g.number, g.event
             )
             insert into log_entry (position, commitment, year, number, event)
             select position, commitment, year, number, event from taken",
            &[&positions, &commitments, &years, &numbers, &events],
        )?;
        match placed == entries.len() as u64 {
            true => Ok(()),
            false => Err(StoreError::ChangedMeanwhile),
        }
    }

    fn place_lost(&mut self, lost: &[(u64, Commitment)]) -> Result<()> {
        if lost.is_empty() {
            return Ok(());
        }
        let positions: Vec<_> = lost.iter().map(|(position, _)| wide(*position)).collect();
        let commitments: Vec<_> = lost.iter().map(|(_, one)| &one.as_bytes()[..]).collect();
        self.execute(
            "insert into log_lost (position, commitment)
             select * from unnest($1::bigint[], $2::bytea[])",
            &[&positions, &commitments],
        )?;
        Ok(())
    }

    fn place_covers(&mut self, covers: &[Cover]) -> Result<()> {
        if covers.is_empty() {
            return Ok(());
        }
        let positions: Vec<_> = covers.iter().map(|one| wide(one.position)).collect();
        let commitments: Vec<_> = covers
            .iter()
            .map(|one| &one.commitment.as_bytes()[..])
            .collect();
        let sealed: Vec<_> = covers.iter().map(|one| &one.sealed[..]).collect();
        self.execute(
            "insert into log_cover (position, commitment, sealed)
             select * from unnest($1::bigint[], $2::bytea[], $3::bytea[])",
            &[&positions, &commitments, &sealed],
        )?;
        Ok(())
    }
}

impl WriteTransaction for Transaction<'_> {
    fn lock_case(&mut self, case: &CaseId) -> Result<Option<CaseRecord>> {
        self.one(
            "select year, number, events, key from case_file
             where year = $1 and number = $2 for update",
            &[&case.year(), &number_of(case)],
            record,
        )
    }

    fn next_case_number(&mut self, year: i16) -> Result<u32> {
        let number = self.one(
            "insert into case_counter (year, last) values ($1, 1)
             on conflict (year) do update set last = case_counter.last + 1 returning last",
            &[&year],
            |row| count(row, 0),
        )?;
        number.ok_or_else(|| StoreError::Damaged("the counter of cases gives no number".into()))
    }

    fn pass_over(&mut self, numbers: PassedOver) -> Result<()> {
        let PassedOver { year, first, last } = numbers;
        let now = self.next_case_number(year)?;
        if now != first {
            return Err(StoreError::ChangedMeanwhile);
        }
        self.execute(
            "update case_counter set last = $2 where year = $1",
            &[&year, &i64::from(last)],
        )?;
        self.execute(
            "insert into case_passed (year, first, last) values ($1, $2, $3)",
            &[&year, &i64::from(first), &i64::from(last)],
        )?;
        Ok(())
    }

    fn put_case(&mut self, case: &CaseId, key: &WrappedKey) -> Result<()> {
        self.execute(
            "insert into case_file (year, number, events, key) values ($1, $2, 0, $3)",
            &[&case.year(), &number_of(case), &key.0],
        )?;
        Ok(())
    }

    fn append_event(&mut self, case: &CaseId, event: &SealedEvent) -> Result<()> {
        once(self.execute(
            "with counted as (
                 update case_file set events = $3::bigint
                 where year = $1 and number = $2 and events = $3::bigint - 1 and key is not null
                 returning year, number
             ), put as (
                 insert into event (year, number, event, commitment, sealed)
                 select year, number, $3::bigint, $4::bytea, $5::bytea from counted
             )
             insert into unplaced (year, number, event) select year, number, $3::bigint from counted",
            &[
                &case.year(),
                &number_of(case),
                &wide(event.number),
                &&event.commitment.as_bytes()[..],
                &event.sealed,
            ],
        )?)
    }

    fn put_original(&mut self, case: &CaseId, tag: &Tag, opens: bool, sealed: &[u8]) -> Result<()> {
        self.execute(
            "insert into original (year, number, tag, opens, sealed) values ($1, $2, $3, $4, $5)
             on conflict (year, number, tag) do nothing",
            &[
                &case.year(),
                &number_of(case),
                &&tag.0[..],
                &i16::from(opens),
                &sealed,
            ],
        )?;
        Ok(())
    }

    fn put_summary(
        &mut self,
        row: &SummaryRow,
        identifiers: &[Tag],
        watched: &[WatchRow],
    ) -> Result<()> {
        let (year, number) = (row.case.year(), number_of(&row.case));
        self.execute(
            "insert into summary
                 (year, number, name, received_at, state, rank, authority, authority_folded,
                  authority_country, reference, reference_folded, instrument, owner, due_at,
                  due_clock, answers, parts, waiting_for, waiting_roles, events,
                  desk_group, route, beside)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
                     $18, $19, $20, $21, $22, $23)
             on conflict (year, number) do update set
                 (name, received_at, state, rank, authority, authority_folded, authority_country,
                  reference, reference_folded, instrument, owner, due_at, due_clock, answers,
                  parts, waiting_for, waiting_roles, events, desk_group, route,
                  beside)
                 = ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
                    $20, $21, $22, $23)",
            &[
                &year,
                &number,
                &row.name,
                &row.received_at,
                &row.state,
                &row.rank,
                &row.authority,
                &row.authority_folded,
                &row.authority_country,
                &row.reference,
                &row.reference_folded,
                &row.instrument,
                &row.owner,
                &row.due_at,
                &row.due_clock,
                &row.answers,
                &i64::from(row.parts),
                &row.waiting_for,
                &row.waiting_roles,
                &wide(row.events),
                &row.desk_group,
                &row.route,
                &row.beside,
            ],
        )?;
        let tags: Vec<&[u8]> = identifiers.iter().map(|tag| &tag.0[..]).collect();
        self.execute(
            "delete from summary_identifier
             where year = $1 and number = $2 and tag <> all ($3)",
            &[&year, &number, &tags],
        )?;
        if !tags.is_empty() {
            self.execute(
                "insert into summary_identifier (tag, year, number)
                 select tag, $1, $2 from unnest($3::bytea[]) as tag on conflict do nothing",
                &[&year, &number, &tags],
            )?;
        }
        self.execute(
            "delete from watch where year = $1 and number = $2",
            &[&year, &number],
        )?;
        for one in watched {
            self.execute(
                "insert into watch (year, number, place, kind, about, since, settled, desk_group)
                 values ($1, $2, $3, $4, $5, $6, $7, $8)",
                &[
                    &year,
                    &number,
                    &i64::from(one.place),
                    &one.kind,
                    &one.about,
                    &one.since,
                    &one.settled,
                    &row.desk_group,
                ],
            )?;
        }
        Ok(())
    }

    fn put_words(&mut self, case: &CaseId, words: &[WordTag]) -> Result<()> {
        let (year, number) = (case.year(), number_of(case));
        let words: Vec<_> = words.iter().map(|word| word.0).collect();
        self.execute(
            "delete from summary_word
             where year = $1 and number = $2 and word <> all ($3)",
            &[&year, &number, &words],
        )?;
        self.execute(
            "insert into summary_word (word, year, number)
             select word, $1, $2 from unnest($3::bigint[]) as word on conflict do nothing",
            &[&year, &number, &words],
        )?;
        Ok(())
    }

    fn hold_arranged(&mut self, alone: bool) -> Result<String> {
        let lock = match alone {
            true => "select pg_advisory_xact_lock($1)",
            false => "select pg_advisory_xact_lock_shared($1)",
        };
        self.execute(lock, &[&ARRANGED])?;
        self.arranged()
    }

    fn regroup(&mut self, groups: &[(String, String)]) -> Result<()> {
        for (route, group) in groups {
            self.execute(
                "update summary set desk_group = $2 where route = $1 and desk_group <> $2",
                &[route, group],
            )?;
        }
        self.execute(
            "update watch set desk_group = s.desk_group from summary as s
             where s.year = watch.year and s.number = watch.number
                 and watch.desk_group <> s.desk_group",
            &[],
        )?;
        Ok(())
    }

    fn put_arranged(&mut self, word: &str) -> Result<()> {
        self.execute("update arranged set word = $1", &[&word])?;
        Ok(())
    }

    fn erase_case(&mut self, case: &CaseId) -> Result<()> {
        for statement in [
            "update case_file set key = null where year = $1 and number = $2",
            "delete from original where year = $1 and number = $2",
            "delete from summary where year = $1 and number = $2",
            "delete from summary_identifier where year = $1 and number = $2",
            "delete from summary_word where year = $1 and number = $2",
            "delete from watch where year = $1 and number = $2",
            "update outbox set sealed = null where year = $1 and number = $2",
        ] {
            self.execute(statement, &[&case.year(), &number_of(case)])?;
        }
        self.erased = true;
        Ok(())
    }

    fn lock_log(&mut self) -> Result<u64> {
        let size = self.one("select size from log_state for update", &[], |row| {
            count(row, 0)
        })?;
        size.ok_or_else(|| StoreError::Damaged("the state of the log is gone".into()))
    }

    fn place(&mut self, batch: &Batch) -> Result<()> {
        let (first, all) = batch.positions().ok_or(StoreError::ChangedMeanwhile)?;
        once(self.execute(
            "update log_state set size = size + $2::bigint where size = $1::bigint",
            &[&wide(first), &wide(all)],
        )?)?;
        self.place_events(&batch.entries)?;
        self.place_covers(&batch.covers)?;
        self.place_lost(&batch.lost)?;
        for (place, position) in &batch.notices {
            once(self.execute(
                "update log_notice set position = $2 where place = $1 and position is null",
                &[&wide(*place), &wide(*position)],
            )?)?;
        }
        Ok(())
    }

    fn put_notice(&mut self, kind: &str, text: &[u8]) -> Result<u64> {
        let place = self.one(
            "insert into log_notice (kind, text) values ($1, $2) returning place",
            &[&kind, &text],
            |row| count(row, 0),
        )?;
        place.ok_or_else(|| StoreError::Damaged("a text was given no place".into()))
    }

    fn lock_cards(&mut self) -> Result<()> {
        self.execute("select pg_advisory_xact_lock($1)", &[&CARDS])?;
        Ok(())
    }

    fn put_card(&mut self, row: &CardRow) -> Result<()> {
        let case = row.case.as_ref();
        once(self.execute(
            "insert into count_card (slot, place, year, number, sealed) values ($1, $2, $3, $4, $5)
             on conflict do nothing",
            &[
                &wide(row.slot),
                &i64::from(row.place),
                &case.map(CaseId::year),
                &case.map(number_of),
                &row.sealed,
            ],
        )?)
    }

    fn put_fact(&mut self, row: &FactRow) -> Result<()> {
        self.execute(
            "insert into fact (year, number, sealed) values ($1, $2, $3)
             on conflict (year, number) do update set sealed = excluded.sealed",
            &[&row.case.year(), &number_of(&row.case), &row.sealed],
        )?;
        Ok(())
    }

    fn remove_card(&mut self, slot: u64, place: u32) -> Result<()> {
        self.execute(
            "delete from count_card where slot = $1 and place = $2",
            &[&wide(slot), &i64::from(place)],
        )?;
        Ok(())
    }

    fn compare_and_swap(&mut self, expected: Option<&Head>, new: &Head) -> Result<bool> {
        let changed = self.execute(
            "update log_state set head_size = $1, head_root = $2
             where head_size is not distinct from $3 and head_root is not distinct from $4",
            &[
                &wide(new.size),
                &&new.root.0[..],
                &expected.map(|head| wide(head.size)),
                &expected.map(|head| &head.root.0[..]),
            ],
        )?;
        Ok(changed == 1)
    }

    fn put_outbox(&mut self, row: &OutboxRow) -> Result<bool> {
        let put = self.execute(
            "insert into outbox (key, year, number, event, kind, sealed)
             values ($1, $2, $3, $4, $5, $6) on conflict (key) do nothing",
            &[
                &row.key,
                &row.case.year(),
                &number_of(&row.case),
                &wide(row.event),
                &row.kind,
                &row.sealed,
            ],
        )?;
        Ok(put == 1)
    }

    fn outbox_done(&mut self, key: &str) -> Result<()> {
        self.execute("update outbox set sealed = null where key = $1", &[&key])?;
        Ok(())
    }

    fn put_key_mark(&mut self, mark: &Tag) -> Result<()> {
        self.execute(
            "insert into key_mark (one, mark) values (1, $1) on conflict (one) do nothing",
            &[&&mark.0[..]],
        )?;
        Ok(())
    }

    fn put_shelf(&mut self, row: &ShelfRow) -> Result<()> {
        self.execute(
            "insert into shelf (kind, tag, sealed, until) values ($1, $2, $3, $4)
             on conflict (kind, tag) do update set sealed = excluded.sealed, until = excluded.until",
            &[&row.kind, &&row.tag.0[..], &row.sealed, &row.until],
        )?;
        Ok(())
    }

    fn put_shelf_first(&mut self, row: &ShelfRow) -> Result<bool> {
        let put = self.execute(
            "insert into shelf (kind, tag, sealed, until) values ($1, $2, $3, $4)
             on conflict (kind, tag) do nothing",
            &[&row.kind, &&row.tag.0[..], &row.sealed, &row.until],
        )?;
        Ok(put == 1)
    }

    fn remove_shelf(&mut self, kind: &str, tag: &Tag) -> Result<bool> {
        let removed = self.execute(
            "delete from shelf where kind = $1 and tag = $2",
            &[&kind, &&tag.0[..]],
        )?;
        Ok(removed == 1)
    }

    fn sweep_shelf(&mut self, before: i64) -> Result<()> {
        self.execute("delete from shelf where until < $1", &[&before])?;
        Ok(())
    }

    fn commit(mut self: Box<Self>) -> Result<()> {
        // To COMMIT after a failure the server answers as if all were well, and undoes everything.
        if self.failed {
            return Err(StoreError::Unavailable {
                source: "a statement of the transaction failed".into(),
            });
        }
        self.lease.commit()?;
        if self.erased {
            self.lease
                .vacuum("case_file, original, summary, summary_identifier, watch, outbox");
        }
        Ok(())
    }
}
