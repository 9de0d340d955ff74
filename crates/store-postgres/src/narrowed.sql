-- A list is narrowed by country, kind of instrument and time of receipt, too.
create index summary_country on summary (authority_country, year, number);
create index summary_instrument on summary (instrument, year, number);
