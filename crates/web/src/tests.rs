//! Promises of the web as a whole.
