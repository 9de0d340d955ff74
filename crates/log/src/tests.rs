//! Tests of the log as a whole: real files, real signatures.

mod append;
mod crash;
mod damage;
mod grow;
pub(crate) mod support;
