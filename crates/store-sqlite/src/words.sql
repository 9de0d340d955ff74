-- By which words a case is found: of what people wrote in it, the keyed tags of the words. They are part of the read
-- model, can be made anew from the events, and go with the case.
create table summary_word (
    word integer not null,
    year integer not null,
    number integer not null,
    primary key (word, year, number),
    foreign key (year, number) references case_file
) strict, without rowid;
create index summary_word_case on summary_word (year, number);
-- Cases that were written before have none: they are made anew with the next command.
update arranged set word = '?' where exists (select 1 from summary);
update summary set route = '';
