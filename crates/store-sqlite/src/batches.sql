-- Entries of the log that stand for nothing.
create table log_cover (
    position integer primary key,
    commitment blob not null check (length(commitment) = 32),
    sealed blob not null
) strict;
create trigger log_cover_stays before update on log_cover
    begin select raise(abort, 'entries of the log are never changed'); end;
create trigger log_cover_remains before delete on log_cover
    begin select raise(abort, 'entries of the log are never removed'); end;

-- Texts that everybody may read. Without a position they wait for one.
create table log_notice (
    place integer primary key autoincrement,
    kind text not null,
    text blob not null,
    position integer unique
) strict;
create trigger log_notice_stays before update on log_notice
    when old.position is not null or new.kind <> old.kind or new.text <> old.text
    begin select raise(abort, 'what was announced is never changed'); end;
create trigger log_notice_remains before delete on log_notice
    begin select raise(abort, 'what was announced is never removed'); end;
create index log_notice_kind on log_notice (kind, place);
create index log_notice_waiting on log_notice (place) where position is null;
