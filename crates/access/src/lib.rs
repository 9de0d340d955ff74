//! Who may do what at the desk.
//!
//! **Invariant.** A [`Principal`] is made here and nowhere else, from proof of who somebody is: on
//! the command line the operating system's user, on the web a session that a passkey or an invitation
//! began, or a token, which has [`Scope`]s; all of them looked up in `people.toml`. [`Access::check`]
//! refuses whatever its policy does not permit, and whatever goes wrong while it is asked. A case of a
//! [`Group`] for which somebody does not work is not there for them ([`Denied::NotThere`]).
//!
//! The policy is a [Cedar](https://www.cedarpolicy.com) policy, `policy.cedar` in this crate.
//! [`matrix()`] prints it as a table of actions and roles; a test holds the table against the
//! reviewed file `matrix.txt`.

mod access;
mod action;
mod groups;
mod matrix;
mod people;
mod principal;
mod scope;
#[cfg(test)]
mod tests;
mod whose;

pub use access::{Access, CaseOf, Denied, NotAllowed};
pub use action::Action;
pub use groups::Group;
pub use matrix::matrix;
pub use people::{People, PeopleError, Person};
pub use principal::{Candidate, NotKnown, Principal, current_user};
pub use scope::Scope;
pub use whose::route;
