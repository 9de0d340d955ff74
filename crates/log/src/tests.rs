//! Tests of the log as a whole: real files, real signatures.

mod append;
mod crash;
mod damage;
mod grow;
mod mirror;
mod pending;
pub(crate) mod support;
