-- What the list shows of a case beside what it is found and sorted by. Rows that were written before have nothing
-- there and an older instant for what nobody described: they are made anew with the next command.
alter table summary add column beside text not null default '';
update arranged set word = '?' where exists (select 1 from summary);
update summary set route = '';
