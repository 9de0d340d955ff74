//! What a database must promise to be the desk's, as tests. An adapter runs all of them:
//!
//! ```ignore
//! lagrum_store::promises!(Sqlite::new);
//! ```
//!
//! where the argument is a function that makes a [`Place`]. Each promise is a function that panics
//! when it is not kept; its name says it. They never sleep for long, and need no order.

mod batches;
mod cards;
mod commands;
mod damage;
mod erasing;
mod faults;
mod faulty;
mod listing;
mod logging;
mod loss;
mod many;
mod rates;
mod recording;
mod shelf;
mod words;

use std::sync::Arc;

use jiff::Timestamp;
use lagrum_model::{
    Actor, Arrival, Case, CaseId, Command, Event, EventKind, Original, Refusal, Role,
};

use crate::{
    CaseFilter, Changes, Database, MasterKey, OutboxItem, Projection, Store, StoreError, Summary,
    Vault, WaitingFor,
};

pub use crate::made_random::MadeRandom;
pub use batches::*;
pub use cards::*;
pub use commands::*;
pub use damage::*;
pub use erasing::*;
pub use faults::*;
pub use listing::*;
pub use logging::*;
pub use loss::*;
pub use many::*;
pub use rates::*;
pub use recording::*;
pub use shelf::*;
pub use words::*;

/// Makes a test of every promise. The argument is the path of a function without arguments that
/// makes an empty [`Place`], or says why it cannot: then the tests print `SKIPPED: ` and the reason.
#[macro_export]
macro_rules! promises {
    ($make:path) => {
        $crate::promises! { $make =>
            original_bytes_are_kept_with_their_digest_whatever_they_are
            cases_are_numbered_without_gaps_and_events_without_gaps_within_them
            the_same_bytes_open_one_case_whoever_brings_them_at_once
            a_refused_command_leaves_nothing_behind
            events_cannot_be_changed_or_removed_and_a_changed_one_is_noticed
            an_event_that_is_missing_or_in_another_place_is_noticed
            an_event_follows_the_last_one_or_is_not_recorded
            nothing_of_a_person_lies_in_the_clear
            another_master_key_is_refused_before_anything_is_written
            what_is_not_final_is_seen_by_nobody_and_delays_no_reader
            tables_of_another_version_are_refused
            one_event_is_opened_and_nothing_else_of_its_case
            positions_are_given_once_and_in_the_order_of_recording
            an_entry_of_the_log_is_checked_against_its_event
            the_head_of_the_log_moves_only_from_where_it_is
            the_log_is_written_over_the_store_and_is_whole
            what_is_sent_is_put_once_and_struck_off_once
            at_every_tick_the_log_gets_as_many_entries_whatever_happened
            what_cannot_wait_waits_no_longer_than_the_rule_says
            a_damaged_case_delays_no_batch
            batches_are_appended_and_what_was_changed_in_them_is_told
            after_a_loss_was_stated_the_store_goes_on_where_the_log_is
            after_a_loss_batches_and_their_public_texts_go_on
            a_case_that_was_not_published_when_it_was_lost_shares_its_number_with_none
            after_a_loss_no_case_has_a_card_that_the_log_has_otherwise
            no_loss_is_stated_of_another_history
            another_rhythm_counts_thirty_days_after_it_was_announced
            each_case_has_its_card_in_the_next_file_and_other_places_are_blank
            many_who_are_given_cards_at_once_are_given_different_ones
            a_card_that_was_changed_from_outside_stops_no_file_and_is_told
            a_case_of_before_is_given_a_card_when_somebody_asks
            no_card_is_given_further_ahead_than_rules_are_known
            an_event_that_is_not_the_one_in_the_public_log_is_told_and_stops_only_its_case
            a_log_that_is_away_or_rolled_back_is_told_and_a_changed_one_is_not_believed
            a_damaged_case_stops_no_other
            an_event_of_a_newer_version_is_not_called_damaged_and_stops_only_its_case
            going_through_everything_names_case_and_event_of_all_that_was_changed
            filters_orders_and_pages_give_what_they_say
            what_is_watched_is_found_by_kind_and_instant
            words_are_found_in_whatever_order_with_what_else_is_asked_for
            words_follow_from_what_was_written_and_go_with_the_case
            letters_are_found_by_their_words
            of_a_case_with_too_many_words_it_is_told
            the_list_is_arranged_by_groups_and_shows_each_its_own
            the_read_model_is_compared_with_the_events_and_made_anew
            after_erasure_nobody_reads_the_case_and_the_log_is_whole
            a_case_is_erased_only_when_it_is_in_the_log_and_nothing_is_left_to_do
            a_failure_at_any_step_leaves_all_or_nothing
            a_failure_while_batches_are_fixed_leaves_all_or_nothing
            a_lost_answer_to_a_commit_is_settled
            a_failure_while_a_store_is_first_used_leaves_all_or_nothing
            the_read_model_equals_the_fold_whatever_was_commanded
            many_write_and_read_at_once_and_every_event_is_there_once
            what_is_put_on_the_shelf_is_found_under_its_kind_and_key_only
            what_lies_on_the_shelf_for_a_time_counts_no_longer
            of_many_who_take_a_thing_from_the_shelf_one_gets_it
            of_many_who_put_a_thing_on_the_shelf_one_was_first
            what_lies_on_the_shelf_is_unreadable_and_bound_to_its_place
            what_follows_from_a_thing_on_the_shelf_is_put_there_once
            what_was_taken_from_the_shelf_does_not_come_back
            what_was_recorded_lately_is_read_once_and_in_order
        }
    };
    ($make:path => $($promise:ident)*) => {
        $(
            #[test]
            fn $promise() {
                match $make() {
                    Ok(place) => $crate::testing::$promise(&place),
                    Err(why) => println!("SKIPPED: {why}"),
                }
            }
        )*
    };
}

/// Where a test may make a database: empty at first, and gone with the value.
pub trait Place: Send + Sync {
    /// Opens the database, as a process of its own would.
    ///
    /// # Errors
    /// Those of the adapter.
    fn open(&self) -> Result<Arc<dyn Database>, StoreError>;

    /// Executes statements past the adapter, as somebody would who has the file or the server. The
    /// tables and columns have the same names in all adapters.
    ///
    /// # Errors
    /// What the database says.
    fn tamper(&self, statements: &str) -> Result<(), String>;

    /// Takes away what keeps events and entries of the log from being changed.
    fn unguard(&self);

    /// Writes another schema version into the database.
    fn pretend_version(&self, version: i64);

    /// Everything that is stored, as bytes: also what was removed, if it is still there.
    fn bytes(&self) -> Vec<u8>;
}

/// A directory for a test: below `LAGRUM_SCRATCH` if that is set, else in memory where the machine
/// offers that.
///
/// # Errors
/// When none can be made.
pub fn scratch() -> Result<tempfile::TempDir, String> {
    let memory = std::path::Path::new("/dev/shm");
    let chosen = std::env::var_os("LAGRUM_SCRATCH").map(std::path::PathBuf::from);
    let below = chosen
        .or_else(|| memory.is_dir().then(|| memory.to_owned()))
        .unwrap_or_else(std::env::temp_dir);
    let mut builder = tempfile::Builder::new();
    let made = builder.prefix("lagrum-").tempdir_in(&below);
    made.map_err(|e| format!("{}: {e}", below.display()))
}

/// The store of a place, opened as a process of its own would.
pub fn store(place: &dyn Place) -> Store {
    Store::open(place.open().unwrap(), vault()).unwrap()
}

/// The vault of the tests: always the same master key.
pub fn vault() -> Vault {
    let text = format!("lagrum-master-key/1 {}", "5a".repeat(32));
    Vault::new(&MasterKey::from_secret_string(&text).unwrap())
}

/// An error of what the tests do in a transaction.
#[derive(Debug)]
pub enum Failed {
    /// The case refused.
    Refused(Refusal),
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Refusal> for Failed {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

fn person(role: Role) -> Actor {
    Actor::Person {
        id: "elin".into(),
        name: "Elin Lindqvist".into(),
        role,
    }
}

fn analyst() -> Actor {
    person(Role::Analyst)
}

/// An instant: some seconds after a fixed one in 2026.
fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

fn original(bytes: &[u8]) -> Original {
    Original::of("demand.toml", bytes, Arrival::default())
}

fn receive(bytes: &[u8]) -> Command {
    Command::Receive {
        original: original(bytes),
    }
}

fn note(text: &str) -> Command {
    Command::Note { text: text.into() }
}

/// What the tests show of a case in the list: everything that follows from the fold alone.
pub fn project(id: &CaseId, case: &Case, events: &[Event]) -> Projection {
    let demand = case.demand_now();
    let demand = demand.as_ref();
    Projection {
        arranged: String::new(),
        summary: Summary {
            case: id.clone(),
            name: case
                .originals
                .first()
                .map_or_else(String::new, |first| first.file_name.clone()),
            received_at: case.received_at.unwrap_or(Timestamp::UNIX_EPOCH),
            state: case.state(),
            closed: case.closed,
            authority: demand.map(|demand| demand.authority.name.clone()),
            authority_country: demand.map(|demand| demand.authority.country),
            reference: demand.map(|demand| demand.reference.clone()),
            instrument: demand.map(|demand| demand.instrument.kind),
            owner: case.owner.clone(),
            due: None,
            answers: case.dispositions(),
            parts: case
                .assessment
                .as_ref()
                .map_or(0, |found| found.parts.len() as u32),
            also: vec![],
            runs: None,
            to_sign: None,
            agent_until: Vec::new(),
            sign_until: Vec::new(),
            waiting_for: match case.closed {
                true => WaitingFor::Nobody,
                false => WaitingFor::Description,
            },
            events: events.len() as u64,
            group: None,
            route: "?".into(),
        },
        identifiers: vec![lagrum_model::Identifier::UserId("one".parse().unwrap())],
        written: written(events),
        letters: vec![],
        watched: vec![],
        door: None,
        facts: Some(format!("{} events of {id}", events.len()).into_bytes()),
    }
}

/// What stands in its notes and in the names of its files.
fn written(events: &[Event]) -> Vec<String> {
    let texts = events.iter().filter_map(|event| match &event.what {
        EventKind::Noted { text, .. } => Some(text.clone()),
        EventKind::Received { original } | EventKind::Attached { original } => {
            Some(original.file_name.clone())
        }
        _ => None,
    });
    texts.collect()
}

/// Opens a case with these bytes.
fn open(store: &Store, bytes: &[u8]) -> CaseId {
    try_open(store, bytes).unwrap()
}

fn try_open(store: &Store, bytes: &[u8]) -> Result<CaseId, Failed> {
    open_at(store, bytes, at(0))
}

fn open_at(store: &Store, bytes: &[u8], at: Timestamp) -> Result<CaseId, Failed> {
    let opened = store.open_case(
        "intake",
        at,
        &[bytes],
        &mut MadeRandom,
        &project,
        |changes| Ok::<_, Failed>(changes.command(receive(bytes), &analyst(), "received")?),
    )?;
    Ok(opened.case)
}

/// Changes a case by one command.
fn tell(store: &Store, id: &CaseId, command: Command) -> Result<(), Failed> {
    change(store, id, |changes| {
        Ok(changes.command(command, &analyst(), "because")?)
    })
}

fn change<T>(
    store: &Store,
    id: &CaseId,
    act: impl FnOnce(&mut Changes<'_>) -> Result<T, Failed>,
) -> Result<T, Failed> {
    store.change("test", id, at(1), &[], &mut MadeRandom, &project, act)
}

/// How many events the cases have altogether, by their records.
fn events_recorded(store: &Store) -> u64 {
    let cases = store.cases_after(None, u32::MAX).unwrap();
    cases.iter().map(|record| record.events).sum()
}

/// Everything fits together: each event can be read, the read model is what follows from them, and
/// after placing, each event has exactly one position, without gaps.
fn is_whole(store: &Store) {
    assert_eq!(store.compare_summaries(&project).unwrap(), []);
    while store.place(1000).unwrap().events > 0 {}
    batches::tick_until_nothing_waits(store);
    let entries = store.entries_from(0, u32::MAX).unwrap();
    let mut placed: Vec<_> = entries
        .into_iter()
        .filter_map(|entry| entry.event)
        .collect();
    placed.sort();
    let cases = store.cases_after(None, u32::MAX).unwrap();
    let events = |record: &crate::CaseRecord| {
        let case = record.case.clone();
        (1..=record.events).map(move |number| (case.clone(), number))
    };
    let recorded: Vec<_> = cases.iter().flat_map(events).collect();
    assert_eq!(placed, recorded);
}
