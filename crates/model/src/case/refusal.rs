use std::fmt;

use jiff::Timestamp;
use serde::Serialize;

use super::{Duty, LetterKind, NoLetter, SenderWarning};
use crate::{
    Addressee, Currency, DemandError, Disposition, Moment, Region, Sha256Digest, WrongOrder,
};

/// Something that only counsel may state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CounselOnly {
    /// The provider's own belief that a claimed danger is real.
    EmergencyBelief,
    /// What the provider itself found about a demand.
    Findings,
    /// A note that only counsel reads.
    PrivilegedNote,
    /// That what was disclosed in an emergency was looked at afterwards.
    EmergencyReview,
    /// That a claimed danger is over, after which the person concerned may be told.
    DangerOver,
    /// An answer by which something leaves, of a part that counsel had answered otherwise.
    LaxerAnswer,
    /// That the account holder is told where the law lets the provider choose.
    ChoiceToTell,
}

impl CounselOnly {
    /// What is stated with this moment, if only counsel may.
    #[must_use]
    pub fn of(moment: Moment) -> Option<Self> {
        match moment {
            Moment::EmergencyReviewed => Some(Self::EmergencyReview),
            Moment::DangerOver => Some(Self::DangerOver),
            _ => None,
        }
    }
}

/// Why a command is not possible now: facts, without words for people. The words stand in
/// `lagrum-documents`, in three languages; the way out, as a command or a button, is the caller's.
///
/// Parts are counted from 0 here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error, schemars::JsonSchema)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Refusal {
    /// Nothing was taken in under this number.
    NothingReceived,
    /// A case is received once.
    AlreadyReceived,
    /// The case is closed.
    Closed,
    /// The demand has no description yet.
    NotDescribed,
    /// A mandate is released: it was signed of this description, which stays.
    DescriptionFixed,
    /// The demand is decided: this comes before the decision.
    AlreadyDecided,
    /// A field must say something.
    Empty {
        /// Which one.
        field: &'static str,
    },
    /// A number or a text is larger than one entry may hold.
    TooMuch {
        /// Which one.
        field: &'static str,
        /// The most that is taken: minutes, smallest units of the currency, or characters.
        most: u64,
    },
    /// ISO 4217 knows no currency of these letters that anybody pays with.
    UnknownCurrency {
        /// Which letters.
        currency: Currency,
    },
    /// The case has no such entry of time or cost.
    NoSuchEntry {
        /// The number that was given.
        entry: u64,
    },
    /// The demand claims no emergency that could be judged.
    NoEmergencyClaimed,
    /// The demand names no order of secrecy whose end could change.
    NoSecrecy,
    /// Only counsel may state this.
    OnlyCounsel {
        /// What it is.
        what: CounselOnly,
    },
    /// Only an officer at the door for authorities does this.
    OnlyOfficer,
    /// What is recorded cannot have happened in that order.
    OutOfOrder {
        /// What comes first.
        earlier: Moment,
        /// What comes after it.
        later: Moment,
    },
    /// What is recorded lies in the future.
    InTheFuture {
        /// What is said to have happened.
        what: Moment,
        /// When (UTC).
        #[schemars(with = "crate::schema::Instant")]
        when: Timestamp,
    },
    /// Nobody has said yet whether the demand is genuine.
    NotAuthenticated,
    /// Every part is answered, so there is nothing to assess again.
    NothingPending,
    /// Which of the accounts there are, agents alone know, and they have not told yet.
    AccountsNotTold {
        /// The agents of which regions.
        regions: Vec<Region>,
    },
    /// No agent is to be asked about an account of this case.
    NothingToInquire,
    /// Other data is held now than when a part was answered.
    HoldingsChanged,
    /// The law has not been applied yet.
    NotAssessed,
    /// Every answer is released to the agents and stays.
    AnswersFixed,
    /// The answer for this part is released to an agent and stays.
    PartFixed {
        /// Which part.
        part: usize,
    },
    /// There is no such part.
    NoSuchPart {
        /// The number that was given.
        part: usize,
        /// How many parts there are.
        parts: usize,
    },
    /// Each open part needs exactly one answer.
    OneAnswerEach {
        /// How many parts are open.
        open: usize,
    },
    /// Every part is pending, so there is nothing to decide yet.
    EveryPartPending,
    /// This part is pending, which is no answer.
    PartPending {
        /// Which part.
        part: usize,
    },
    /// An answer needs a reason.
    ReasonMissing {
        /// Which part.
        part: usize,
    },
    /// A person can answer more strictly than the law packs, never less.
    LaxerThanLaw {
        /// Which part.
        part: usize,
        /// What the law says.
        proposed: Disposition,
        /// What was answered.
        answered: Disposition,
    },
    /// Nothing is produced or preserved for a demand that is not verified.
    NotVerified,
    /// Nothing is produced or preserved before the authority confirmed the demand on the number that
    /// the provider has of it.
    CallBackMissing,
    /// In an emergency one person calls the authority back and another says that the demand is
    /// genuine.
    SecondPersonMissing,
    /// Something about the sender is not as the provider knows the authority, and nobody answered it.
    SenderWarnings {
        /// What.
        warnings: Vec<SenderWarning>,
    },
    /// The provider's list has no number of this authority, so nobody can be called back.
    NoNumber,
    /// The case did not come through the door for authorities: nobody reads a question there.
    NotFromTheDoor,
    /// The address is in none of the authority's domains.
    NotOfAuthority {
        /// The address.
        address: String,
    },
    /// The call is said to have been made in the future.
    CalledInTheFuture {
        /// When (UTC).
        #[schemars(with = "crate::schema::Instant")]
        when: Timestamp,
    },
    /// Something still runs that outlives the case.
    DutiesRun {
        /// What.
        duties: Vec<Duty>,
    },
    /// A case is not linked to itself.
    LinkedToItself,
    /// An officer sent it at the door, and finds the answer there alone.
    CameThroughDoor,
    /// No such mandate was drafted in this case.
    NoSuchMandate {
        /// The digest that was given.
        mandate: Sha256Digest,
    },
    /// The digest is not that of the mandate's text.
    OtherText,
    /// A mandate covers only parts that were decided to be carried out.
    NotCarriedOut,
    /// No file of count cards of the next thirty days has a place for the case.
    NoCard,
    /// The public log has more than the database knows of: an older copy was restored. The number of a case that is
    /// lost could be given to another one.
    LogAhead,
    /// The public log has less than the database knows of, or cannot be read: nobody knows whether the database is
    /// older than the log.
    LogAway,
    /// This person signed it already: the second signature is another person's.
    AlreadySigned {
        /// Who.
        signer: String,
    },
    /// It bears two signatures and is released.
    AlreadyReleased,
    /// It needs the signatures of two people.
    SignatureMissing {
        /// How many it has.
        have: usize,
    },
    /// One of the two signatures must be counsel's.
    CounselMissing,
    /// The mandate was never released, so nothing can have come of it.
    NotReleased,
    /// Another package was recorded for this mandate.
    OtherPackage,
    /// The mandate was carried out.
    CarriedOut,
    /// The mandate ran out before two people signed it.
    MandateExpired {
        /// When (UTC).
        #[schemars(with = "crate::schema::Instant")]
        at: Timestamp,
    },
    /// A recalled mandate may still be carried out: its agent has not answered.
    MayBeCarriedOut {
        /// From when on (UTC) nobody carries it out, whether the agent answers or not.
        #[schemars(with = "crate::schema::Instant")]
        until: Timestamp,
    },
    /// What the law says of a part is no longer what was decided about it.
    LawChanged {
        /// Which part.
        part: usize,
        /// What the law said.
        was: Disposition,
        /// What it says now.
        now: Disposition,
    },
    /// The package came of a mandate that had lapsed, and its parts were decided otherwise since.
    DecidedOtherwise,
    /// There is no such package in this case.
    NoSuchPackage,
    /// No package of the case was sealed with a passphrase that this person tells.
    NoPassphraseToTell,
    /// The notified authority refused: nothing of traffic data or content is handed over
    /// (Article 12(2) of Regulation (EU) 2023/1543).
    NotifiedAuthorityRefused,
    /// What became of the demand stops it: nothing is handed over any more.
    Stopped {
        /// What happened.
        by: Moment,
    },
    /// A demand is answered, part by part, before it is closed.
    NotAnswered,
    /// These parts are pending.
    PartsPending {
        /// Which.
        parts: Vec<usize>,
    },
    /// A package has not been handed over.
    NotDelivered,
    /// An agent has a mandate and has not answered.
    WithAgent,
    /// A mandate bears too few signatures.
    NotSigned,
    /// The file is too large to be taken in.
    TooLarge {
        /// Which one.
        file_name: String,
        /// The most bytes that are taken.
        limit: u64,
    },
    /// The file cannot be read as the description of a demand.
    Unreadable {
        /// Which one.
        file_name: String,
        /// Why.
        error: DemandError,
    },
    /// Only of a ruling it is said how it went.
    NoRuling {
        /// What was to be recorded.
        what: Moment,
    },
    /// A part of a certificate of Regulation (EU) 2023/1543 is refused without a ground of Annex III.
    GroundMissing {
        /// Which part.
        part: usize,
    },
    /// A ground of Annex III is named, and no part of a certificate of Regulation (EU) 2023/1543 is refused.
    GroundNotAsked,
    /// Neither the demand nor the list of authorities names a key to which the answer is sealed.
    NoRecipientKey,
    /// The demand names another key than the one that the authority gave through a checked channel.
    RecipientKeyDiffers,
    /// Nothing lies between the beginning and the end of the part's period.
    EmptyPeriod {
        /// Which part.
        part: usize,
    },
    /// The provider has no company of the name, or none in the country, to which the demand is addressed: it is
    /// not the one that was asked, or nobody knows where to look.
    NoCompany {
        /// To which company it is addressed, and where the demand says that this is established.
        addressee: Addressee,
        /// The companies for which the desk answers.
        companies: Vec<Addressee>,
    },
    /// No agent serves the region where the data lies.
    NoAgent {
        /// Which one.
        region: Region,
    },
    /// The key belongs to nobody on the roster.
    NotOnRoster {
        /// Its name.
        key: String,
    },
    /// The signature does not fit the mandate's text, or is nobody's on the roster.
    SignatureInvalid,
    /// With this signature none could be made on its holder's own machine any more, and the agent refuses
    /// a mandate without one.
    NoOwnMachineSigned {
        /// Whose agent.
        region: Region,
        /// Who has a key on a machine of their own, by name.
        people: Vec<String>,
    },
    /// No mandate of this case waits for a signature.
    NothingToSign,
    /// Nothing was produced in this case, so there is nothing to hand over.
    NothingProduced,
    /// What arrived is not the package that the agent's receipt names.
    OtherBytes,
    /// There is no such original in this case.
    NoSuchOriginal {
        /// The number that was given, from 1.
        number: usize,
        /// How many there are.
        originals: usize,
    },
    /// The case cannot have a letter of this kind now.
    NoLetter {
        /// Which kind.
        kind: LetterKind,
        /// Why not.
        why: NoLetter,
    },
    /// The letter holds characters that nobody sees.
    LetterInvisible,
    /// A place in the letter is still to be filled in.
    LetterUnfinished,
    /// A notice has to hold four words by which its reader can check it.
    LetterWithoutCode,
    /// These four words stand in another letter already.
    LetterCodeUsed,
    /// It would go to an account that the demand is about, whose holder may not be told.
    LetterToAccount,
    /// A notice would name another account that the demand is about.
    LetterNamesAnother,
    /// The desk cannot send this letter by itself in this way: no mail is set up, the settings do not allow its
    /// text in a mail, or no officer of the authority is known at the door.
    LetterNotByItself,
    /// No single mail address stands in what was written as the recipient.
    LetterWithoutAddress,
    /// No such letter was sent in this case.
    NoSuchLetter,
    /// Nobody at the provider has this id.
    UnknownPerson {
        /// The id that was given.
        id: String,
    },
    /// No group of the desk has this id.
    UnknownGroup {
        /// The id that was given.
        id: String,
    },
    /// No counsel who may read the note has a key in a file: a passkey opens nothing.
    NobodyOpens,
    /// Another group of the desk answers the authority.
    AuthorityOfAnotherGroup {
        /// The authority's name.
        authority: String,
    },
    /// The person does not work for the group whose case it is.
    OfAnotherGroup {
        /// The person's id.
        id: String,
    },
}

impl Refusal {
    /// The refusal in one word, for machines.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NothingReceived => "nothing-received",
            Self::AlreadyReceived => "already-received",
            Self::Closed => "closed",
            Self::NotDescribed => "not-described",
            Self::DescriptionFixed => "description-fixed",
            Self::AlreadyDecided => "already-decided",
            Self::Empty { .. } => "empty",
            Self::TooMuch { .. } => "too-much",
            Self::UnknownCurrency { .. } => "unknown-currency",
            Self::NoSuchEntry { .. } => "no-such-entry",
            Self::NoEmergencyClaimed => "no-emergency-claimed",
            Self::NoSecrecy => "no-secrecy",
            Self::OnlyCounsel { .. } => "only-counsel",
            Self::OnlyOfficer => "only-officer",
            Self::OutOfOrder { .. } => "out-of-order",
            Self::InTheFuture { .. } => "in-the-future",
            Self::NotAuthenticated => "not-authenticated",
            Self::NothingPending => "nothing-pending",
            Self::AccountsNotTold { .. } => "accounts-not-told",
            Self::NothingToInquire => "nothing-to-inquire",
            Self::HoldingsChanged => "holdings-changed",
            Self::NotAssessed => "not-assessed",
            Self::AnswersFixed => "answers-fixed",
            Self::PartFixed { .. } => "part-fixed",
            Self::NoSuchPart { .. } => "no-such-part",
            Self::OneAnswerEach { .. } => "one-answer-each",
            Self::EveryPartPending => "every-part-pending",
            Self::PartPending { .. } => "part-pending",
            Self::ReasonMissing { .. } => "reason-missing",
            Self::LaxerThanLaw { .. } => "laxer-than-law",
            Self::NotVerified => "not-verified",
            Self::CallBackMissing => "call-back-missing",
            Self::SecondPersonMissing => "second-person-missing",
            Self::SenderWarnings { .. } => "sender-warnings",
            Self::NoNumber => "no-number",
            Self::NotFromTheDoor => "not-from-the-door",
            Self::NotOfAuthority { .. } => "not-of-authority",
            Self::CalledInTheFuture { .. } => "called-in-the-future",
            Self::DutiesRun { .. } => "duties-run",
            Self::LinkedToItself => "linked-to-itself",
            Self::CameThroughDoor => "came-through-door",
            Self::NoSuchMandate { .. } => "no-such-mandate",
            Self::OtherText => "other-text",
            Self::NotCarriedOut => "not-carried-out",
            Self::NoCard => "no-card",
            Self::LogAhead => "log-ahead",
            Self::LogAway => "log-away",
            Self::AlreadySigned { .. } => "already-signed",
            Self::AlreadyReleased => "already-released",
            Self::SignatureMissing { .. } => "signature-missing",
            Self::CounselMissing => "counsel-missing",
            Self::NotReleased => "not-released",
            Self::OtherPackage => "other-package",
            Self::CarriedOut => "carried-out",
            Self::MandateExpired { .. } => "mandate-expired",
            Self::MayBeCarriedOut { .. } => "may-be-carried-out",
            Self::LawChanged { .. } => "law-changed",
            Self::DecidedOtherwise => "decided-otherwise",
            Self::NoSuchPackage => "no-such-package",
            Self::NoPassphraseToTell => "no-passphrase-to-tell",
            Self::NotifiedAuthorityRefused => "notified-authority-refused",
            Self::Stopped { .. } => "stopped",
            Self::NotAnswered => "not-answered",
            Self::PartsPending { .. } => "parts-pending",
            Self::NotDelivered => "not-delivered",
            Self::WithAgent => "with-agent",
            Self::NotSigned => "not-signed",
            Self::TooLarge { .. } => "too-large",
            Self::Unreadable { .. } => "unreadable",
            Self::NoRuling { .. } => "no-ruling",
            Self::GroundMissing { .. } => "ground-missing",
            Self::GroundNotAsked => "ground-not-asked",
            Self::NoRecipientKey => "no-recipient-key",
            Self::RecipientKeyDiffers => "recipient-key-differs",
            Self::EmptyPeriod { .. } => "empty-period",
            Self::NoCompany { .. } => "no-company",
            Self::NoAgent { .. } => "no-agent",
            Self::NotOnRoster { .. } => "not-on-roster",
            Self::SignatureInvalid => "signature-invalid",
            Self::NoOwnMachineSigned { .. } => "no-own-machine-signed",
            Self::NothingToSign => "nothing-to-sign",
            Self::NothingProduced => "nothing-produced",
            Self::OtherBytes => "other-bytes",
            Self::NoSuchOriginal { .. } => "no-such-original",
            Self::NoLetter { .. } => "no-letter",
            Self::LetterInvisible => "letter-invisible",
            Self::LetterUnfinished => "letter-unfinished",
            Self::LetterWithoutCode => "letter-without-code",
            Self::LetterCodeUsed => "letter-code-used",
            Self::LetterToAccount => "letter-to-account",
            Self::LetterNamesAnother => "letter-names-another",
            Self::LetterNotByItself => "letter-not-by-itself",
            Self::LetterWithoutAddress => "letter-without-address",
            Self::NoSuchLetter => "no-such-letter",
            Self::UnknownPerson { .. } => "unknown-person",
            Self::UnknownGroup { .. } => "unknown-group",
            Self::NobodyOpens => "nobody-opens",
            Self::AuthorityOfAnotherGroup { .. } => "authority-of-another-group",
            Self::OfAnotherGroup { .. } => "of-another-group",
        }
    }
}

impl Refusal {
    /// Why a mandate that this bars ([`crate::Case::barred_by`]) is not handed over.
    #[must_use]
    pub fn barred(by: Moment) -> Self {
        match by {
            Moment::Refused => Self::NotifiedAuthorityRefused,
            by => Self::Stopped { by },
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl From<WrongOrder> for Refusal {
    fn from(WrongOrder { earlier, later }: WrongOrder) -> Self {
        Self::OutOfOrder { earlier, later }
    }
}
