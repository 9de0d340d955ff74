//! What is said of a file that is not as it should be.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What can be done about a damaged file.
pub(crate) const AGAIN: &str = "have its writer write the file again, or take it out of `paths`";

/// An error of a file that is not as it should be.
pub(crate) fn damaged(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why.to_owned())
}

/// A column whose pages contradict one another or the footer.
pub(crate) fn inconsistent() -> io::Error {
    damaged(&format!(
        "its columns contradict one another or its footer; {AGAIN}"
    ))
}

/// Does what a fault of the library may end, and has it end as an error.
///
/// # Errors
/// That of what is done, or that it panicked.
pub(crate) fn caught<T>(does: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    let faulty = |_| {
        damaged(&format!(
            "it is damaged in a way that its reader does not know; {AGAIN}"
        ))
    };
    catch_unwind(AssertUnwindSafe(does)).unwrap_or_else(|panic| Err(faulty(panic)))
}
