-- The inbox is in the order of arrival, and holds what is open: what is closed is never looked at.
create index summary_open_received on summary (received_at, year, number) where rank < 2;
