//! The law packs, tried from outside: case tables, mutations, an adopter's own country, loading, and
//! what holds for any request.

mod adopting;
mod any_request;
mod at_once;
mod cases;
mod clock_table;
mod common;
mod demands;
mod kinds;
mod loading;
mod mutations;
mod narrowing;
mod notice_table;
mod random;
mod speed;
mod table;
