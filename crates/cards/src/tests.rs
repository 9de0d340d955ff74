//! Whole reports: made, checked by both verifiers, and cheated with.

mod across;
mod cheats;
mod python;
mod relation;
mod views;
mod world;
