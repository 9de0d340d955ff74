-- What figures know of each case. It stays when the case is erased, so that figures of its time can still be made.
create table fact (
    year integer not null,
    number integer not null,
    sealed blob not null,
    primary key (year, number),
    foreign key (year, number) references case_file
) strict, without rowid;
