-- What stands beside the names of views is counted from these, and never from what is closed.
create index summary_open_owner on summary (owner, rank, state, waiting_for, waiting_roles) where rank < 2;
create index summary_open_waiting on summary (waiting_for, waiting_roles, rank, state, owner) where rank < 2;
