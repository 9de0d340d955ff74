//! The operations. Each is a type: its parameters, its body, its answer, and what it does.

pub(crate) mod acts;
pub(crate) mod answering;
pub(crate) mod audit;
pub(crate) mod burden;
pub(crate) mod cases;
pub(crate) mod inquiring;
pub(crate) mod joining;
pub(crate) mod letters;
pub(crate) mod lists;
pub(crate) mod preview;
pub(crate) mod review;
pub(crate) mod search;
pub(crate) mod signing;
