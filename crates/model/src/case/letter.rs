use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Channel;
use crate::{EmailAddress, Language, Sha256Digest};

/// Kinds of letter that the provider writes in a case.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum LetterKind {
    /// To the authority: its demand came in.
    Acknowledgement,
    /// To the authority: what is missing or unclear.
    Question,
    /// To the authority: what is not complied with, and why.
    Refusal,
    /// To the authority: what reaches less far than it asks for.
    Narrowing,
    /// To the authority: the customer or the channel by which it can ask.
    Redirect,
    /// To the authority: what the provider brings before a court.
    Challenge,
    /// The form of Annex III to Regulation (EU) 2023/1543, to the issuing authority.
    AnnexIii,
    /// To the authority: a search found nothing.
    NoData,
    /// To the authority, with a sealed package.
    Production,
    /// To the account holder: who asked for the data, and what became of it.
    Notice,
    /// To the authority: a request to end an order of secrecy, or to give it an end.
    SecrecyEnd,
    /// To the authority: what a court decided about the challenge, and what follows.
    CourtOutcome,
    /// To the authority, for a court: with what a person vouches for the records that were taken out.
    CertificateOfAuthenticity,
}

impl LetterKind {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Acknowledgement,
        Self::Question,
        Self::Refusal,
        Self::Narrowing,
        Self::Redirect,
        Self::Challenge,
        Self::AnnexIii,
        Self::NoData,
        Self::Production,
        Self::Notice,
        Self::SecrecyEnd,
        Self::CourtOutcome,
        Self::CertificateOfAuthenticity,
    ];

    /// The word in files, addresses and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Acknowledgement => "acknowledgement",
            Self::Question => "question",
            Self::Refusal => "refusal",
            Self::Narrowing => "narrowing",
            Self::Redirect => "redirect",
            Self::Challenge => "challenge",
            Self::AnnexIii => "annex-iii",
            Self::NoData => "no-data",
            Self::Production => "production",
            Self::Notice => "notice",
            Self::SecrecyEnd => "secrecy-end",
            Self::CourtOutcome => "court-outcome",
            Self::CertificateOfAuthenticity => "certificate-of-authenticity",
        }
    }

    /// Reads the word of [`LetterKind::as_str`].
    ///
    /// # Errors
    /// A sentence that lists the words.
    pub fn parse(text: &str) -> Result<Self, String> {
        crate::by_word(text, &Self::ALL, Self::as_str, "is no kind of letter")
    }

    /// Whether the letter may itself be the objection, where it goes to whoever decides about it: whoever
    /// sends it says so.
    #[must_use]
    pub fn may_object(self) -> bool {
        self == Self::Challenge
    }
}

impl fmt::Display for LetterKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A letter as it was sent. Its text is kept apart, sealed with the case, under this digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Letter {
    /// Which kind.
    pub kind: LetterKind,
    /// In which language.
    pub language: Language,
    /// To whom, with the address, as it was written on it.
    pub to: String,
    /// By which way.
    pub by: Channel,
    /// Of which account, where it is a notice to its holder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<EmailAddress>,
    /// SHA-256 of the exact text (UTF-8).
    pub sha256: Sha256Digest,
    /// Number of its bytes.
    pub length: u64,
}

/// That a mail server took a letter from the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Taken {
    /// The number of the event with which the letter began to wait.
    pub waits: u64,
    /// When the server took it (UTC).
    #[schemars(with = "crate::schema::Instant")]
    pub at: Timestamp,
    /// Its answer (RFC 5321), for example 250.
    pub code: u16,
    /// The `Message-ID` under which it went, so that the receiver can tell it from another.
    pub message_id: String,
}

/// Why a case cannot have a letter of a kind now: facts. The words stand in `lagrum-documents`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum NoLetter {
    /// The demand is not described, so nobody knows to whom it goes.
    NotDescribed,
    /// Nobody verified that the demand comes from its authority.
    NotVerified,
    /// The demand is not decided.
    NotDecided,
    /// No part is answered in the way that such a letter tells.
    NoSuchAnswer,
    /// The demand is no certificate of Regulation (EU) 2023/1543.
    NoCertificate,
    /// The search is not finished, or found something, or withholds something.
    NotFoundEmpty,
    /// Nothing was produced that may be handed over.
    NothingProduced,
    /// The demand names no order of secrecy.
    NoSecrecy,
    /// The order of secrecy has ended.
    SecrecyEnded,
    /// No court is recorded to have ruled on a challenge of the demand.
    NoRuling,
    /// The authority was told what the court decided.
    RulingTold,
    /// No account of a person is concerned that the provider has.
    NoAccount,
    /// The account holder was told already.
    AlreadyTold,
    /// The law forbids to tell the account holder, and no end of that is known.
    MustNotTell,
    /// The account holder may not be told yet.
    MayNotTellYet {
        /// What has to happen first, as the rules of notice call it.
        waits_for: String,
        /// Before which instant (UTC) it must not be in any case, where one is stated.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<crate::schema::Instant>")]
        until: Option<Timestamp>,
    },
    /// Nothing more is sent in a closed case.
    Closed,
}

impl NoLetter {
    /// The fact in one word.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotDescribed => "not-described",
            Self::NotVerified => "not-verified",
            Self::NotDecided => "not-decided",
            Self::NoSuchAnswer => "no-such-answer",
            Self::NoCertificate => "no-certificate",
            Self::NotFoundEmpty => "not-found-empty",
            Self::NothingProduced => "nothing-produced",
            Self::NoSecrecy => "no-secrecy",
            Self::SecrecyEnded => "secrecy-ended",
            Self::NoRuling => "no-ruling",
            Self::RulingTold => "ruling-told",
            Self::NoAccount => "no-account",
            Self::AlreadyTold => "already-told",
            Self::MustNotTell => "must-not-tell",
            Self::MayNotTellYet { .. } => "may-not-tell-yet",
            Self::Closed => "closed",
        }
    }
}
