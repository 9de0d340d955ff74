//! The whole program, tried from outside: over real mail, killed, attacked, and used for the first
//! time by somebody who does everything wrong.
#![allow(
    clippy::disallowed_types,
    reason = "the whole program is tried, and with it its randomness"
)]

mod accounts;
mod age_and_tar;
mod agent_alone;
mod anew;
mod arrows;
mod at_once;
mod attacker;
mod batches;
mod boxes;
mod bucket;
mod burden;
mod by_hand;
mod certificates;
mod check;
mod conversion;
mod debian;
mod doors;
mod elsewhere;
mod far_agent;
mod faults;
mod figures;
mod foreign;
mod full_disk;
mod groups;
mod inquired;
mod json_forms;
mod keeping;
mod killed;
mod law;
mod log_key;
mod logging;
mod looked_up;
mod lost_exchange;
mod mailbox;
mod newcomer;
mod no_end;
mod objects;
mod odd_stores;
mod oracle;
mod originals;
mod outgoing;
mod pages;
mod passkey;
mod passphrase;
mod peers;
mod preserved;
mod property;
mod register;
mod roles;
mod rooms;
mod servers;
mod shown;
mod shut_in;
mod signing;
mod store_cases;
mod support;
mod two_regions;
mod upgrades;
mod web;
mod witnessed;
mod words;
mod world;
