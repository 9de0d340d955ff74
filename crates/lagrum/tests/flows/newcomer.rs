//! Somebody uses the program for the first time, and does everything wrong. Every message names
//! the field, the rule and the way out, and nothing is lost.

mod cases;
mod packages;
mod setup;

use crate::support::Ran;

/// The exit codes that `lagrum --help` names.
const WRONG_COMMAND_LINE: i32 = 2;
const NOT_POSSIBLE: i32 = 1;
const CHECK_FAILED: i32 = 3;
const AGENT_REFUSED: i32 = 4;

/// That a run ended with this exit code, and that its message holds all of these.
#[track_caller]
fn says(ran: &Ran, code: i32, parts: &[&str]) {
    assert_eq!(ran.code, Some(code), "{}\n{}", ran.out, ran.err);
    for part in parts {
        assert!(
            ran.err.contains(part),
            "`{part}` is missing in:\n{}",
            ran.err
        );
    }
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
}
