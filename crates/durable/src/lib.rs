//! Files that are whole and stay whole, whenever the machine stops, and that nobody can pass off as
//! something else.
//!
//! **Invariant.** A file that this crate wrote under its own name holds all of its bytes, on the
//! disk: the bytes are made durable through the descriptor that wrote them, then the file gets its
//! name, then the directory is made durable. Nothing that comes from others is read from a
//! link, nothing at all from a pipe, a device or a directory, nothing is written through a link, and
//! nothing is read without a limit.
//!
//! ```text
//! openat(".NAME.partial", O_CREAT|O_EXCL) write … fsync rename(".NAME.partial", "NAME") fsync(directory)
//! ```
//!
//! The descriptor is never closed and opened again before `fsync`: an error of writing back would
//! be told to the first descriptor only, and the second would call lost bytes durable. What gives a long file to the disk
//! while it grows has a duplicate of that descriptor, and what it is told counts as the file's.
//!
//! There are two doors for reading, and everything goes through one of them (a test, `doors.rs`, holds it).
//! What comes from others goes through [`read()`], [`open_plain`] and [`Lines`]; what whoever runs the
//! program keeps here goes through [`read_settings`], [`open_settings`] and [`read_secret`], which follow a
//! link but ask who can change the file, whose it is, and who can put another in its place.

mod alone;
mod behind;
mod directory;
mod draft;
mod error;
mod lines;
mod own;
mod owner;
mod points;
mod read;
mod scratch;
mod second_name;
mod seen;
mod settings;
mod write;

pub use alone::lock;
pub use directory::{create_directory, free_space, private_directory, remove, sync_directory};
pub use draft::Draft;
pub use error::FileError;
pub use lines::Lines;
pub use own::{check_settings_directory, open_settings, read_secret, read_settings};
pub use points::{FaultPoints, NoFaults};
pub use read::{open_plain, read, read_at_most, read_if_any};
pub use scratch::Scratch;
pub use second_name::second_name;
pub use seen::Seen;
pub use settings::{SettingsError, SettingsFile};
pub use write::{
    NewFile, append_at, create_all, move_into_place, partial, private_file, replace,
    replace_as_its_directory, replace_watched,
};
