-- What is watched about a case. It is part of the read model, and can be made anew from the events.
create table watch (
    year integer not null,
    number integer not null,
    place integer not null,
    kind text not null,
    about text not null,
    since integer not null,
    settled integer,
    primary key (year, number, place),
    foreign key (year, number) references case_file
) strict, without rowid;
create index watch_kind on watch (kind, since, year, number, place);
create index watch_open on watch (kind, since, year, number, place) where settled is null;
