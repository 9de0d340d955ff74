-- What figures know of each case. It stays when the case is erased, so that figures of its time can still be made.
create table fact (
    year smallint not null,
    number bigint not null,
    sealed bytea not null,
    primary key (year, number),
    foreign key (year, number) references case_file
);
