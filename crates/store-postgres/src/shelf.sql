-- What the desk keeps and that is no event of a case: sessions, passkeys, drafts.
create table shelf (
    kind text not null,
    tag bytea not null check (length(tag) = 32),
    sealed bytea not null,
    until bigint,
    primary key (kind, tag)
);
create index shelf_until on shelf (until) where until is not null;
