//! What a source is: the trait behind which every kind of store stands, what passes through it, and
//! how a kind is found by its name.
//!
//! **Invariant.** A source gives out only what certainly belongs to an order. What certainly does
//! not stays where it is; what cannot be told goes to a person, with the reason; and when a store
//! cannot be read from end to end, the search is an error and never a smaller result. A search is
//! told what to do by [`Orders`](lagrum_mandate::Orders) and by nothing else.
//!
//! # To add a connector
//!
//! 1. Write a struct for its configuration ([`serde::Deserialize`], unknown fields refused, with the
//!    field `id`), and a type that implements [`Source`].
//! 2. Read all orders of one search together: each store is read once, not once per order.
//! 3. Hand results over in an order that depends on the store only, each with the place of its
//!    order; ask [`Run::go_on`] between them.
//! 4. Tell errors by their class ([`SourceError`]): what may pass is not what is damaged.
//! 5. Add it to a [`Registry`] under the word that the configuration writes as `kind`.

mod error;
mod known;
mod lies_in;
mod names;
mod place;
mod registry;
mod source;

pub use error::{SinkError, SourceError};
pub use known::{Known, NoPlace};
pub use lies_in::LiesIn;
pub use names::{Aliases, Names, Wanted};
pub use place::{Template, place_fault};
pub use registry::{Context, Open, Registry, SourceConfig};
pub use source::{
    About, Counts, Form, Item, Need, RECORD_JSON_LIMIT, RECORD_LIMIT, Record, Rehearsed, Review,
    Run, SEEN_LIMIT, SearchResult, Seen, Sink, Source, Withheld,
};
