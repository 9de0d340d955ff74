use jiff::Timestamp;

use crate::{
    AccountTold, Assessment, Demand, Kept, LookedUp, Moment, PartSearched, Region, Sha256Digest,
};

use super::{
    Answer, Burden, CallBack, CaseId, Duty, Lapse, Letter, Link, Original, Role, Ruling,
    SealedNote, SenderWarning, Taken,
};

/// What somebody wants to do with a case.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Take in the bytes of a demand.
    Receive {
        /// What came.
        original: Original,
    },
    /// Add another file to the case: the scanned instrument, an annex.
    Attach {
        /// What came.
        original: Original,
    },
    /// Record that the bytes could not be read as a demand file.
    RecordUnreadable {
        /// Field, rule and way out.
        why: String,
    },
    /// Give the demand in machine-readable form.
    Describe {
        /// The description.
        demand: Box<Demand>,
    },
    /// Say whether the demand is genuine.
    Authenticate {
        /// Whether it is.
        verified: bool,
        /// How that was found out.
        how: String,
        /// What about the sender is not as the provider knows the authority.
        warnings: Vec<SenderWarning>,
        /// Why it is genuine all the same, where there are warnings.
        despite: Option<String>,
    },
    /// Record a call to the authority that the demand names.
    CallBack {
        /// What was learned.
        call: CallBack,
    },
    /// Record counsel's own belief in a claimed danger.
    JudgeEmergency {
        /// Whether the provider believes in good faith that it is real.
        believed: bool,
    },
    /// Record something that happened to the demand and that starts, stops or suspends a clock, or
    /// changes what the law says of it.
    RecordMilestone {
        /// What happened.
        what: Moment,
        /// When (UTC).
        when: Timestamp,
        /// How it went, where it is a ruling on a challenge.
        ruling: Option<Ruling>,
    },
    /// Record the law's answer, part by part.
    Assess {
        /// The findings.
        assessment: Box<Assessment>,
    },
    /// Answer each part.
    Decide {
        /// One answer for each part of the assessment.
        answers: Vec<Answer>,
    },
    /// Put a mandate up for signature.
    DraftMandate {
        /// SHA-256 of the exact text.
        mandate: Sha256Digest,
        /// The exact text that is signed.
        text: String,
        /// The parts that it carries out, by their place in the assessment.
        parts: Vec<usize>,
        /// How the whole demand was answered, if the text names that by its SHA-256, and the case does not
        /// have it yet: once for all mandates that are drafted together.
        answers: Option<String>,
    },
    /// Hand the case to a person, or to nobody.
    Assign {
        /// The person's id at the provider.
        to: Option<String>,
    },
    /// Hand the case to another group of the desk.
    HandToGroup {
        /// The group's id at the provider.
        group: String,
    },
    /// Write a note.
    Note {
        /// What it says.
        text: String,
    },
    /// Keep a note that was sealed to counsel's keys.
    SealNote {
        /// The note.
        sealed: Box<SealedNote>,
    },
    /// Record that a letter was sent. Whoever gives this command made sure that the law permits it.
    SendLetter {
        /// The letter.
        letter: Box<Letter>,
        /// When it is sent (UTC).
        at: Timestamp,
    },
    /// Have the desk send a letter by itself. Whoever gives this command made sure that the law permits it.
    LetLetterWait {
        /// The letter.
        letter: Box<Letter>,
        /// Since when it waits (UTC).
        at: Timestamp,
    },
    /// Record that a mail server took a letter that waited.
    LetterTaken {
        /// By which server's word.
        taken: Taken,
    },
    /// Record that a letter which waited is not sent.
    GiveLetterUp {
        /// The number of the event with which it began to wait.
        waits: u64,
        /// Why.
        why: String,
    },
    /// Sign a mandate. Whoever gives this command checked the signature itself before.
    Approve {
        /// Which mandate.
        mandate: Sha256Digest,
        /// Name of the key's holder.
        signer: String,
        /// In which role.
        role: Role,
        /// The signature line of the note (c2sp.org/signed-note).
        signature: String,
    },
    /// Release a mandate that two people signed.
    Mandate {
        /// Which mandate.
        mandate: Sha256Digest,
    },
    /// Record what an agent produced.
    RecordProduction {
        /// Which mandate.
        mandate: Sha256Digest,
        /// SHA-256 of the sealed package.
        package: Sha256Digest,
        /// Number of items in it.
        items: u64,
        /// Number of items withheld because their date could not be established.
        for_review: u64,
        /// What of that is of each part that the mandate carries out, counted from 0.
        searched: Vec<PartSearched>,
        /// The receipt, word for word as the agent signed it (c2sp.org/signed-note): what is handed
        /// over beside the package. Absent only in events from before it was kept.
        answer: Option<String>,
    },
    /// Record what an agent found out: whose account each identifier of a mandate is.
    RecordLookUp {
        /// Which mandate.
        mandate: Sha256Digest,
        /// What was found of each of its identifiers, in their order.
        found: Vec<LookedUp>,
        /// The same, word for word as the agent signed it (c2sp.org/signed-note).
        answer: String,
    },
    /// Record how the copy stands that an agent froze under a mandate to preserve: that it is kept, or
    /// that it is erased.
    RecordPreservation {
        /// Which mandate.
        mandate: Sha256Digest,
        /// How it stands.
        kept: Kept,
        /// The same, word for word as the agent signed it (c2sp.org/signed-note).
        answer: String,
    },
    /// Ask the agent of a region which accounts there are.
    Inquire {
        /// SHA-256 of the question's text.
        inquiry: Sha256Digest,
        /// Which region.
        region: Region,
        /// The question with the signature of somebody of the roster (c2sp.org/signed-note).
        note: String,
    },
    /// Record what an agent told of the accounts that it was asked about.
    AnswerInquiry {
        /// Which question.
        inquiry: Sha256Digest,
        /// What it told, in the order of the question.
        accounts: Vec<AccountTold>,
        /// The same, word for word as the agent signed it (c2sp.org/signed-note).
        answer: String,
    },
    /// Record that an agent did not tell which accounts there are.
    RefuseInquiry {
        /// Which question.
        inquiry: Sha256Digest,
        /// The agent's reason.
        why: String,
        /// The refusal, word for word as the agent signed it (c2sp.org/signed-note).
        answer: String,
    },
    /// Record that an agent refused or failed.
    RecordNoProduction {
        /// Which mandate.
        mandate: Sha256Digest,
        /// The agent's reason.
        why: String,
        /// The refusal, word for word as the agent signed it (c2sp.org/signed-note). Absent only in
        /// events from before it was kept.
        answer: Option<String>,
    },
    /// Record that somebody of the roster recalled a mandate. Whoever gives this command checked the
    /// signature itself before.
    RecallMandate {
        /// Which mandate.
        mandate: Sha256Digest,
        /// The recall, word for word as it was signed (c2sp.org/signed-note).
        note: String,
    },
    /// Record that a mandate cannot be carried out any more. What it covered is open again. Whoever
    /// gives this command made sure of it before.
    LapseMandate {
        /// Which mandate.
        mandate: Sha256Digest,
        /// Why not.
        because: Lapse,
    },
    /// Record that a sealed package was handed over.
    Deliver {
        /// SHA-256 of the sealed package.
        package: Sha256Digest,
        /// To whom or where.
        to: String,
    },
    /// Record that nothing of a sealed package is kept here any more. Whoever gives this command removed it.
    RecordRemoval {
        /// SHA-256 of the sealed package.
        package: Sha256Digest,
        /// Whether it is certain that nothing is left where it was kept.
        certain: bool,
    },
    /// Say what another case is to this one.
    Link {
        /// The other case.
        to: CaseId,
        /// What it is to this one.
        how: Link,
    },
    /// End the case: nothing more is handed over. Closing again, when a duty is done, closes it for
    /// good.
    Close {
        /// What still runs and lives on.
        duties: Vec<Duty>,
    },
    /// Take up a closed case again.
    Reopen,
    /// Ask the authority something that its officers read at the door.
    Ask {
        /// The question.
        text: String,
    },
    /// Record that an officer fetched a package that was handed over.
    Fetch {
        /// SHA-256 of the sealed package.
        package: Sha256Digest,
    },
    /// Record that an officer has a package and could open it.
    ConfirmReceipt {
        /// SHA-256 of the sealed package.
        package: Sha256Digest,
    },
    /// Record that the passphrase of a package was told by telephone.
    TellPassphrase {
        /// SHA-256 of the mandate's text.
        mandate: Sha256Digest,
    },
    /// Record time or cost of the case, or what came of a claim for reimbursement.
    RecordBurden {
        /// What.
        burden: Burden,
    },
    /// Take an entry of time or cost back: it stays, and counts no more.
    TakeBurdenBack {
        /// The number of its event.
        entry: u64,
    },
    /// Record what an officer says is missing, or cannot be opened.
    ReportMissing {
        /// What it is.
        text: String,
    },
    /// Record that an officer saw the case at the door.
    View,
}
