-- A list is narrowed by country, kind of instrument and time of receipt, too: a page looks at no row that is not on it.
drop index summary_due;
drop index summary_received;
drop index summary_group_due;
drop index summary_group_number;
drop index summary_open_received;
create index summary_due on summary (rank, due_at, year, number, state, owner, waiting_for, waiting_roles,
    authority_folded, reference_folded, authority_country, instrument, received_at);
create index summary_received on summary (received_at, year, number, rank, due_at, state, owner,
    waiting_for, waiting_roles, authority_folded, reference_folded, authority_country, instrument);
create index summary_group_due on summary (desk_group, rank, due_at, year, number, state, owner, waiting_for,
    waiting_roles, authority_folded, reference_folded, authority_country, instrument, received_at);
create index summary_group_number on summary (desk_group, year, number, rank, state, owner, waiting_for,
    waiting_roles, authority_folded, reference_folded, authority_country, instrument, received_at);
create index summary_open_received on summary (received_at, year, number, state, owner, waiting_for,
    waiting_roles, authority_folded, reference_folded, authority_country, instrument) where rank < 2;
