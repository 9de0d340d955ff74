-- Entries of the log that nobody can say any more what they stand for: a copy older than the log was restored.
create table log_lost (
    position bigint primary key,
    commitment bytea not null check (length(commitment) = 32)
);
create trigger log_lost_stays before update or delete on log_lost for each row execute function refuse();
create trigger log_lost_remains before truncate on log_lost execute function refuse();

-- Numbers that cases may have had whose record was lost with them. They are given to no other.
create table case_passed (
    year smallint not null,
    first bigint not null,
    last bigint not null check (last >= first),
    primary key (year, first)
);
