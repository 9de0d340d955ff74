-- Entries of the log that stand for nothing.
create table log_cover (
    position bigint primary key,
    commitment bytea not null check (length(commitment) = 32),
    sealed bytea not null
);
create trigger log_cover_stays before update or delete on log_cover
    for each row execute function refuse();
create trigger log_cover_remains before truncate on log_cover execute function refuse();

-- Texts that everybody may read. Without a position they wait for one.
create table log_notice (
    place bigint generated always as identity primary key,
    kind text not null,
    text bytea not null,
    position bigint unique
);
create trigger log_notice_stays before update on log_notice
    for each row when (old.position is not null or new.kind <> old.kind or new.text <> old.text)
    execute function refuse();
create trigger log_notice_remains before delete on log_notice
    for each row execute function refuse();
create trigger log_notice_stands before truncate on log_notice execute function refuse();
create index log_notice_kind on log_notice (kind, place);
create index log_notice_waiting on log_notice (place) where position is null;
