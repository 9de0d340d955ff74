//! The commands, each with what it answers in a file of its own.

pub mod assess;
pub mod assign;
pub mod authenticate;
pub mod burden;
pub mod close;
pub mod decide;
pub mod deliver;
pub mod inquire;
pub mod intake;
pub mod join;
pub mod letter;
pub mod link;
pub mod passphrase;
pub mod recall;
pub mod record;
pub mod remove_packages;
pub mod review;
pub mod sign;
