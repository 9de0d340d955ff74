//! Against all solutions of small systems, and the cases that are known.

mod cases;
mod oracle;
mod size;
mod worst;
