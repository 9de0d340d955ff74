-- Count cards: one row for each place of a file that is given to a case, and for each blank one once the file is made.
create table count_card (
    slot integer not null,
    place integer not null,
    year integer,
    number integer,
    sealed blob not null,
    primary key (slot, place),
    check ((year is null) = (number is null)),
    check (slot between 0 and 1099511627776 and place between 0 and 4095)
) strict, without rowid;
create index count_card_case on count_card (year, number, slot) where year is not null;
create index count_card_given on count_card (slot) where year is not null;
create trigger count_card_stays before update on count_card
    begin select raise(abort, 'cards are never changed'); end;
