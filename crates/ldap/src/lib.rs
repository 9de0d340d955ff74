//! One look-up in an LDAP directory (RFC 4511): which entries belong to a name.
//!
//! **Invariant.** Nothing is asked but a bind, a search and, before both, StartTLS; whatever is no whole answer to
//! them is an error and never an empty answer: a referral, a limit that was reached, a connection that broke. A
//! name is sent as a value of its own: nothing in it is a part of the filter. Each message has a limit, and the whole has
//! a time. No password leaves unencrypted for another machine.

mod connection;
mod fault;
mod filter;
mod look_up;
#[cfg(feature = "testing")]
pub mod testing;
#[cfg(test)]
mod tests;

pub use fault::LdapFault;
pub use look_up::{Answered, LdapConfig, LookUp};
