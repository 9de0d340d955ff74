//! The desk as a whole, over a real database, a real log and real files.

mod many;
mod roles;
mod world;
