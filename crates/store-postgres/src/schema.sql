create table key_mark (
    one integer primary key check (one = 1),
    mark bytea not null check (length(mark) = 32)
);

create table case_counter (
    year smallint primary key,
    last bigint not null check (last > 0)
);

-- One row a case. Without a key the case was erased.
create table case_file (
    year smallint not null,
    number bigint not null,
    events bigint not null check (events >= 0),
    key bytea,
    primary key (year, number)
);

create table event (
    year smallint not null,
    number bigint not null,
    event bigint not null,
    commitment bytea not null check (length(commitment) = 32),
    sealed bytea not null,
    primary key (year, number, event),
    foreign key (year, number) references case_file
);
-- It is encrypted, and cannot be compressed.
alter table event alter column sealed set storage external;

create function refuse() returns trigger language plpgsql as $$
begin
    raise exception 'rows of % are never changed or removed', tg_table_name;
end $$;
create trigger event_stays before update or delete on event
    for each row execute function refuse();
create trigger event_remains before truncate on event execute function refuse();

create table original (
    year smallint not null,
    number bigint not null,
    tag bytea not null check (length(tag) = 32),
    opens smallint not null check (opens in (0, 1)),
    sealed bytea not null,
    primary key (year, number, tag),
    foreign key (year, number) references case_file
);
alter table original alter column sealed set storage external;
create unique index original_opens on original (tag) where opens = 1;

-- The read model. It can be made anew from the events.
create table summary (
    year smallint not null,
    number bigint not null,
    name text not null,
    received_at bigint not null,
    state text not null,
    rank smallint not null check (rank in (0, 1, 2)),
    authority text,
    authority_folded text not null,
    authority_country text,
    reference text,
    reference_folded text not null,
    instrument text,
    owner text,
    due_at bigint,
    due_clock text,
    answers text not null,
    parts bigint not null,
    waiting_for text not null,
    waiting_roles text not null,
    events bigint not null,
    primary key (year, number),
    foreign key (year, number) references case_file
);
create index summary_due on summary (rank, due_at, year, number);
create index summary_received on summary (received_at, year, number);
create index summary_state on summary (state, year, number);
create index summary_waiting on summary (waiting_for, year, number);
create index summary_owner on summary (owner, year, number) where owner is not null;

create table summary_identifier (
    tag bytea not null check (length(tag) = 32),
    year smallint not null,
    number bigint not null,
    primary key (tag, year, number),
    foreign key (year, number) references case_file
);
create index summary_identifier_case on summary_identifier (year, number);

create table log_state (
    one integer primary key check (one = 1),
    size bigint not null check (size >= 0),
    head_size bigint check (head_size >= 0),
    head_root bytea check (length(head_root) = 32)
);
insert into log_state (one, size) values (1, 0);

create table log_entry (
    position bigint primary key,
    commitment bytea not null check (length(commitment) = 32),
    year smallint not null,
    number bigint not null,
    event bigint not null,
    unique (year, number, event)
);
create trigger log_entry_stays before update or delete on log_entry
    for each row execute function refuse();
create trigger log_entry_remains before truncate on log_entry execute function refuse();

-- Events that wait for their position in the log.
create table unplaced (
    recorded bigint generated always as identity primary key,
    year smallint not null,
    number bigint not null,
    event bigint not null,
    unique (year, number, event)
);

-- What is to be done. Without details it is done, and its key stays known.
create table outbox (
    place bigint generated always as identity primary key,
    key text not null unique,
    year smallint not null,
    number bigint not null,
    event bigint not null,
    kind text not null,
    sealed bytea
);
create index outbox_open on outbox (place) where sealed is not null;
