-- Entries of the log that nobody can say any more what they stand for: a copy older than the log was restored.
create table log_lost (
    position integer primary key,
    commitment blob not null check (length(commitment) = 32)
) strict;
create trigger log_lost_stays before update on log_lost
    begin select raise(abort, 'entries of the log are never changed'); end;
create trigger log_lost_remains before delete on log_lost
    begin select raise(abort, 'entries of the log are never removed'); end;

-- Numbers that cases may have had whose record was lost with them. They are given to no other.
create table case_passed (
    year integer not null,
    first integer not null,
    last integer not null check (last >= first),
    primary key (year, first)
) strict, without rowid;
