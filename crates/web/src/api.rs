//! The interface for programs, below `/api/v1`: the desk's own questions and commands as JSON.
//!
//! There is one list of operations (`route.rs`). The router, the OpenAPI document and the list of who may come
//! in are made of it, and an operation is a type whose schemas are those of what it reads and answers: none can
//! be there without. A program shows a token of one person in the header `Authorization`; cookies are not
//! looked at, and no page shows a token.

mod call;
mod codes;
mod document;
mod entry;
mod once;
mod operation;
mod operations;
mod paging;
mod problem;
mod route;
mod takes;
pub mod tokens;

pub use codes::problems;
pub use document::openapi;
pub use route::{operations, routes};

pub(crate) use codes::page_of;
pub(crate) use entry::nowhere;
