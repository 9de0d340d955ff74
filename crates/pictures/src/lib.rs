//! The pages of a PDF, a scan or a photograph as pictures, and the text that can be read out of them.
//!
//! **Invariant.** What a stranger sent is taken apart in a process of its own, which holds nothing but that
//! file: it can open no file, reach no network, start nothing, and ends after seconds. What comes back is a
//! picture made here, or text. Where a process cannot be shut in like that, nothing is taken apart.
//!
//! The desk starts its own program once more ([`Pages`]); that child shuts itself in and answers one
//! question ([`answer`]).

mod child;
mod confine;
#[cfg(feature = "readers")]
mod fit;
#[cfg(feature = "readers")]
mod layout;
mod pages;
mod paper;
#[cfg(feature = "readers")]
mod pdf;
#[cfg(feature = "readers")]
mod scan;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub use child::answer;
pub use pages::Pages;
pub use paper::{Kind, NotShown, Paper, Size};

/// Whether the program was built with the readers.
pub const BUILT: bool = cfg!(feature = "readers");
