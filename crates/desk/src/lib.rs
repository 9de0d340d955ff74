//! The desk: casework by people, for many at once.
//!
//! **Invariant.** One command is one named transaction that appends events; nothing takes a lock for
//! longer than that, and reading never writes. Positions in the log, the release of mandates and the
//! answers of agents are the work of the [sequencer](Desk::settle), whose every step can be cut off
//! and done again. The desk holds no credentials of any data store and no person's signing key, and
//! never sees produced plaintext.
//!
//! To add a command: one file in `command/`, with the method of [`Session`], what it answers
//! (`Serialize`), its row in the policy of `lagrum-access`, and its tests.

mod assess;
mod audit;
mod authorities;
mod batches;
mod beside;
mod check;
mod check_settings;
mod collect;
mod command;
mod config;
mod counted;
mod desk;
mod directory;
mod door;
mod duties;
mod error;
mod facts;
mod forms;
mod groups;
mod handed_over;
mod keeping;
mod lapse;
mod leaving;
mod log_key;
mod look_up;
mod loss;
mod mandates;
mod news;
mod offer_anew;
mod outgoing;
mod post;
mod projection;
mod published;
mod query;
mod receipt;
mod record;
mod report;
mod report_sample;
mod sample;
mod sample_refused;
mod sequencer;
mod served;
mod session;
mod setup_view;
pub mod shelved;
mod standing_log;
mod sums;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod turns;
mod verify;
mod watch;
mod witnessed;
mod written;

pub use assess::{Held, Holdings, OneCountry, TheseHoldings, assess, facts_at, looked_at};
pub use audit::{AUDITED, Audit, Audited, OtherNumber, Pair, RECENT};
pub use authorities::{Authorities, KnownAuthority};
pub use beside::{Beside, ProviderFound};
pub use check::InOrder;
pub use check_settings::CheckSettings;
pub use command::assess::Assessed;
pub use command::authenticate::{Authenticated, Call, Genuine, Sender};
pub use command::burden::{BurdenLine, BurdenRecorded, BurdenTakenBack, CaseBurden, TakenBack};
pub use command::close::{Closed, StillRuns};
pub use command::decide::{Decided, as_proposed};
pub use command::deliver::Delivered;
pub use command::inquire::{Inquired, ToInquire};
pub use command::intake::{Intake, LARGEST_ORIGINAL, Taken};
pub use command::join::Joined;
pub use command::letter::{KnownLetter, LetterChoice, Sending, Sent};
pub use command::passphrase::tellers;
pub use command::recall::Recalled;
pub use command::record::Recorded;
pub use command::remove_packages::{MissingPackage, RemovedPackages};
pub use command::review::ReviewTaken;
pub use command::sign::{Signed, ToSign};
pub use config::{AgentContact, DeskConfig, DoorConfig, Letters, is_server};
pub use desk::{Desk, Parts};
pub use directory::{Directory, DirectoryAccount, DirectoryFile, DirectoryHolding, Entity, Place};
pub use door::{
    Arrived, Demanded, Door, DoorCase, DoorLetter, DoorPart, Fetchable, Happened, Happening,
    NewOfficer, OfferedKey, Officer, OfficerRecord, Package, Question, Standing,
};
pub use error::{CommandError, OpenError, SettleError};
pub use forms::{
    Assigned, Attached, CaseForm, Described, HandedToGroup, Judged, LetterEntry, LetterList,
    LetterProposed, LetterRead, Linked, Listed, Noted, Published, Reopened,
};
pub use leaving::HangsOn;
pub use log_key::{KeyChanged, NextKey};
pub use news::{News, Settled};
pub use outgoing::{
    ByItself, Carried, Carrier, MailRules, News as OutgoingNews, NotCarried, OnCall, Parcel, Ran,
    Receiver, Rules, Says, Watch,
};
pub use post::{Mail, MailboxState};
pub use projection::SHORTEST;
pub use query::{CaseView, Earlier, StandsOpen};
pub use report::{HowToReport, ReportMade, Widths};
pub use sample::{Drawn, Examined, Order, Outcome, Sample, Stated, drawn};
pub use sample_refused::SampleRefused;
pub use served::ServedUnder;
pub use session::Session;
pub use setup_view::{AgentView, LastWord, OfAllCases, Setting};
pub use sums::SumWanted;
pub use verify::Verification;
