//! The desk's store: cases as lists of sealed events, their originals, the read model, the order of
//! the log and what is to be done. A port: which database lies behind it, nobody above can tell.
//!
//! **Invariant.** Every change is one named transaction that appends events; the read model of the
//! case and what follows from the change are written in the same one. What is read was checked
//! against its commitment or digest, and where the public log has it ([`PublicLog`]), against that.
//! A case that was changed from outside says so, and stops no other. Nothing that tells of a person lies in the clear, except what
//! the list shows; erasing a case removes that too, and its key.
//!
//! [`Database`] is what an adapter provides, [`Store`] is what the desk uses. To add an adapter:
//! implement the three traits of the port, and run every test of the module `testing` (feature
//! `testing`) against it. Time and randomness are passed in.

mod batches;
mod cards;
mod chance;
mod changes;
mod damaged;
mod door;
mod error;
mod facts;
mod fault;
mod log_head;
mod loss;
mod losses;
#[cfg(any(test, feature = "testing"))]
mod made_random;
mod maintain;
mod patience;
mod placing;
mod port;
mod reading;
mod recent;
mod record;
mod rows;
mod rules;
mod shelf;
mod store;
mod summary;
#[cfg(feature = "testing")]
pub mod testing;
mod vault;
mod verify;
mod watch;
mod words;

pub use batches::{Fill, Ticked};
pub use changes::{Changes, OutboxItem};
pub use damaged::Damaged;
pub use error::StoreError;
pub use fault::{Fault, Tell};
pub use log_head::LogHead;
pub use loss::StatedLoss;
pub use losses::Losses;
pub use maintain::{Difference, Rebuilt};
pub use placing::Placed;
pub use port::{
    Batch, CardRow, CaseRecord, Cover, Database, FactRow, Leaf, LogEntry, Notice, OutboxRow,
    PassedOver, PlacedEvent, ReadTransaction, SealedEvent, ShelfRow, Unplaced, WriteTransaction,
};
pub use reading::{Logged, Outgoing};
pub use recent::Recent;
pub use record::{PublicLog, Record};
pub use rows::{ListQuery, SummaryRow};
pub use shelf::{Shelf, Thing};
pub use store::{Opened, Project, Store};
pub use summary::{
    AtDoor, CaseFilter, DESCRIBE, Due, MOST_BESIDE, Order, Owner, Page, PageOf, Projection,
    Summary, Unsigned, WaitingFor,
};
pub use vault::{MasterKey, MasterKeyError, Tag, Vault, WrappedKey};
pub use verify::{Inspect, Verified};
pub use watch::{MOST_COUNTED, WatchQuery, WatchRow, Which, latest};
pub use words::{LONGEST_SOUGHT, MOST_SOUGHT, MOST_WORDS, NoWords, Sought, WordTag, words_of};
