//! The data side: the program that runs beside the stores of one region and carries out mandates.
//!
//! **Invariant.** An agent obeys nothing but a mandate that passed the gate, carries it out once or
//! not at all, and makes only outgoing connections: it fetches what the desk offers and sends its
//! answer. It never sees the desk's database, and the desk never sees its stores. Of what fails here
//! it tells the desk a class and a number ([`Failure`]).

mod accounts;
mod agent;
mod at_work;
mod beat;
mod believed;
mod carry_out;
mod config;
mod confined;
mod counted;
mod doubt;
mod elsewhere;
mod entered;
mod error;
mod inquiry;
mod journal;
mod keys_beside;
mod known_here;
mod ledger;
mod live_accounts;
mod look_up;
mod outside;
mod passphrase;
mod pin;
mod places;
mod recalls;
mod record;
mod rehearse;
mod report;
mod review;
mod stores;
mod telling;
mod thawed;
mod vault;

pub use agent::{Agent, MandateOutcome, Progress};
pub use config::{AgentConfig, Confine};
pub use confined::{ShutIn, shut_in};
pub use doubt::LogDoubt;
pub use elsewhere::{Elsewhere, RenewLog, Ways};
pub use error::{AgentError, NotDecided};
pub use known_here::unknown_accounts;
pub use ledger::{Beside, Carried, Frozen, Ledger, Told};
pub use outside::Failure;
pub use passphrase::{NotShown, Passphrase};
pub use pin::{Pinned, pin};
pub use record::begin_record;
pub use rehearse::{RehearsedSource, rehearse};
pub use review::{Decision, ReviewRefused, Reviewing, WaitsForCounsel, WithheldList};
