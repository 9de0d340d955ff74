//! Against Debian's slapd, filled by the test, which so knows what is true; and against servers that lie.

mod asks;
mod filters;
mod hostile;
mod server;
mod slapd;
