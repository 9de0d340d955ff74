//! The commands. Each owns its arguments and what it prints; to add one, write a struct with
//! `run(self, &Context)` and name it in `main.rs`.

pub mod admin;
pub mod agent;
pub mod ask;
pub mod assess;
pub mod audit;
pub mod authenticate;
pub mod binding;
pub mod by_id;
pub mod case;
pub mod cases;
pub mod check;
pub mod decide;
pub mod demo;
pub mod intake;
pub mod law;
pub mod law_explain;
pub mod letter;
pub mod log;
pub mod log_batches;
pub mod log_key;
pub mod mail;
pub mod outgoing;
pub mod package;
pub mod prove;
pub mod recall;
pub mod receipt;
pub mod recipient;
pub mod record;
pub mod review;
pub mod serve;
pub mod setup;
pub mod sign;
pub mod token;
pub mod witness;
pub mod work;
