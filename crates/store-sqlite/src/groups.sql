-- Whose each case is. It is part of the read model, and can be made anew from the events; whoever sees the cases of
-- some groups only has an index that begins with the group, so that nothing of others is ever looked at.
alter table summary add column desk_group text not null default '';
alter table summary add column route text not null default '';
alter table watch add column desk_group text not null default '';
create index summary_group_due on summary (desk_group, rank, due_at, year, number, state, owner, waiting_for,
    waiting_roles, authority_folded, reference_folded);
create index summary_group_number on summary (desk_group, year, number, rank, state, owner, waiting_for,
    waiting_roles, authority_folded, reference_folded);
create index summary_route on summary (route);
create index watch_group on watch (desk_group, kind, since, year, number, place) where settled is null;
-- The same bytes may come to several groups.
create index original_tag on original (tag, year, number);
-- By which groups the list is arranged.
create table arranged (
    one integer primary key check (one = 1),
    word text not null
) strict;
insert into arranged (one, word) values (1, '');
