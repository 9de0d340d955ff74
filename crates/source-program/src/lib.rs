//! Stores that another program reads: mail that Dovecot keeps in a form of its own, through `doveadm`; and any other
//! mail through a program of the operator's.
//!
//! **Invariant.** A program is started directly and never through a shell, in an environment that says nothing to
//! it. It ends within limits of time and size, and its group of processes with it. What it gives is judged
//! as any other mail; a program that fails, falls silent, or gives less or more than it announced makes the
//! search an error.

mod confine;
mod doveadm;
mod fault;
mod listing;
mod program;
mod running;
#[cfg(test)]
mod tests;

pub use doveadm::{DoveadmConfig, open as open_doveadm};
pub use program::{ProgramConfig, open as open_program};
