//! The words of Lagrum as types, and the case as a pure state machine.
//!
//! **Invariant.** Nothing here reads a file, a clock or a random number: a [`Case`] is the fold of
//! its [`Event`]s, and the same events always give the same case.
//!
//! The words are those of the field: a [`Demand`] comes from an authority and
//! asks for data in [`DemandPart`]s; a [`Holding`] is data of one [`Category`] about one account in one place;
//! an [`Assessment`] is the law applied to each part; a [`Disposition`] is the answer for a part.

mod annex_iii;
mod assessment;
mod basis;
mod case;
mod circumstances;
mod clock_standing;
mod country;
mod covered;
mod date_rule;
mod demand;
mod digest;
mod findings;
mod holding;
mod identifier;
mod inquiry;
mod kept;
mod language;
mod looked_up;
mod moment;
mod money;
mod news;
mod not_known;
mod order;
mod period;
mod recipient;
pub mod schema;
mod searched;
mod sub_category;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod text;
mod time;
mod watch;
mod words;

pub use assessment::{
    Assessment, Citation, Disposition, Effect, Finding, Form, FormReason, Part, Within,
};
pub use basis::{AuthorityFacts, Basis, InstrumentFacts, Since};
pub use case::{
    Actor, Answer, Approval, Arrival, Authentication, Burden, BurdenEntry, BurdenSum, CallBack,
    CallBackMade, Case, CaseId, CaseState, Challenge, Channel, Command, CounselOnly, CountCard,
    Duty, Event, EventFormat, EventKind, Lapse, LastRuling, Letter, LetterKind, LetterSent,
    LetterWaiting, Link, MandateRecord, NoLetter, Note, Original, PackageRemoved, Production,
    Recorded, Refusal, Reimbursement, Role, Ruling, RulingOutcome, SealedNote, SenderWarning,
    Taken, WorkKind,
};
pub use circumstances::{DigitalServicesElements, Purpose, Sentence};
pub use clock_standing::ClockStanding;
pub use country::CountryCode;
pub use covered::{Covered, Gap};
pub use date_rule::DateRule;
pub use demand::{
    Act, Addressee, AskedPeriod, Authority, AuthorityKind, Capacity, Contact, DeadlineBox, Demand,
    DemandError, DemandFormat, DemandPart, EarlierRequest, EarlierRequestKind, Emergency, FileKind,
    Instrument, InstrumentKind, Issuer, IssuerKind, Measure, NoticeDelay, Notification, Offence,
    Officer, Process, Secrecy, Signature, SignatureForm, ThreatTo,
};
pub use digest::Sha256Digest;
pub use findings::{Conflict, ConflictGround, ConflictOutcome, Objection, ProviderFindings};
pub use holding::{Controller, Holding, Region, Service};
pub use identifier::{
    AccountIdentifier, AddressAt, Area, EmailAddress, Identifier, Imei, Imsi, MacAddress, Network,
    NotNamed, PhoneNumber, SearchTerm, UserId,
};
pub use inquiry::{AccountKnown, AccountNamed, AccountTold, InquiryRecord};
pub use kept::{Kept, KeptEnd, WhyEnded};
pub use language::Language;
pub use looked_up::{LookedIn, LookedUp};
pub use moment::{Moment, Moments, WrongOrder, receipt};
pub use money::{Currency, Money, Sums};
pub use news::NewsKind;
pub use not_known::NotKnown;
pub use order::{Goes, Line, Matter, Standing};
pub use period::{Category, Period, PeriodError};
pub use recipient::{
    CertificateKind, NamedCertificate, Recipient, RecipientKey, RecipientKeyError,
};
pub use searched::{PartSearched, Searched};
pub use sub_category::SubCategory;
pub use text::{by_word, is_invisible, is_person_id, one_line, plainly_written};
pub use time::TimeSource;
pub use watch::{WatchKind, Watched};
pub use words::{LetterCode, SpokenPassphrase, in_words};
