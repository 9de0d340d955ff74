create table key_mark (
    one integer primary key check (one = 1),
    mark blob not null check (length(mark) = 32)
) strict;

create table case_counter (
    year integer primary key,
    last integer not null check (last > 0)
) strict;

-- One row a case. Without a key the case was erased.
create table case_file (
    year integer not null,
    number integer not null,
    events integer not null check (events >= 0),
    key blob,
    primary key (year, number)
) strict, without rowid;

create table event (
    year integer not null,
    number integer not null,
    event integer not null,
    commitment blob not null check (length(commitment) = 32),
    sealed blob not null,
    primary key (year, number, event),
    foreign key (year, number) references case_file
) strict;
create trigger event_stays before update on event
    begin select raise(abort, 'events are never changed'); end;
create trigger event_remains before delete on event
    begin select raise(abort, 'events are never removed'); end;

create table original (
    year integer not null,
    number integer not null,
    tag blob not null check (length(tag) = 32),
    opens integer not null check (opens in (0, 1)),
    sealed blob not null,
    primary key (year, number, tag),
    foreign key (year, number) references case_file
) strict;
create unique index original_opens on original (tag) where opens = 1;

-- The read model. It can be made anew from the events.
create table summary (
    year integer not null,
    number integer not null,
    name text not null,
    received_at integer not null,
    state text not null,
    rank integer not null check (rank in (0, 1, 2)),
    authority text,
    authority_folded text not null,
    authority_country text,
    reference text,
    reference_folded text not null,
    instrument text,
    owner text,
    due_at integer,
    due_clock text,
    answers text not null,
    parts integer not null,
    waiting_for text not null,
    waiting_roles text not null,
    events integer not null,
    primary key (year, number),
    foreign key (year, number) references case_file
) strict, without rowid;
-- In the order of each list, with all that filters ask for: a page never looks at a row that is not
-- on it.
create index summary_due on summary (rank, due_at, year, number, state, owner, waiting_for,
    waiting_roles, authority_folded, reference_folded);
create index summary_received on summary (received_at, year, number, rank, due_at, state, owner,
    waiting_for, waiting_roles, authority_folded, reference_folded);

create table summary_identifier (
    tag blob not null check (length(tag) = 32),
    year integer not null,
    number integer not null,
    primary key (tag, year, number),
    foreign key (year, number) references case_file
) strict, without rowid;
create index summary_identifier_case on summary_identifier (year, number);

create table log_state (
    one integer primary key check (one = 1),
    size integer not null check (size >= 0),
    head_size integer check (head_size >= 0),
    head_root blob check (length(head_root) = 32)
) strict;
insert into log_state (one, size) values (1, 0);

create table log_entry (
    position integer primary key,
    commitment blob not null check (length(commitment) = 32),
    year integer not null,
    number integer not null,
    event integer not null,
    unique (year, number, event)
) strict;
create trigger log_entry_stays before update on log_entry
    begin select raise(abort, 'entries of the log are never changed'); end;
create trigger log_entry_remains before delete on log_entry
    begin select raise(abort, 'entries of the log are never removed'); end;

-- Events that wait for their position in the log.
create table unplaced (
    recorded integer primary key autoincrement,
    year integer not null,
    number integer not null,
    event integer not null,
    unique (year, number, event)
) strict;

-- What is to be done. Without details it is done, and its key stays known.
create table outbox (
    place integer primary key autoincrement,
    key text not null unique,
    year integer not null,
    number integer not null,
    event integer not null,
    kind text not null,
    sealed blob
) strict;
create index outbox_open on outbox (place) where sealed is not null;
