-- What is watched about a case. It is part of the read model, and can be made anew from the events.
create table watch (
    year smallint not null,
    number bigint not null,
    place bigint not null,
    kind text not null,
    about text not null,
    since bigint not null,
    settled bigint,
    primary key (year, number, place),
    foreign key (year, number) references case_file
);
create index watch_kind on watch (kind, since, year, number, place);
create index watch_open on watch (kind, since, year, number, place) where settled is null;
