-- What the desk keeps and that is no event of a case: sessions, passkeys, drafts.
create table shelf (
    kind text not null,
    tag blob not null check (length(tag) = 32),
    sealed blob not null,
    until integer,
    primary key (kind, tag)
) strict, without rowid;
create index shelf_until on shelf (until) where until is not null;
