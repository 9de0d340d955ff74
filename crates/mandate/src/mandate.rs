use std::fmt;

use jiff::Timestamp;
use lagrum_model::{
    AccountIdentifier, Act, Basis, CaseId, Category, LookedUp, Period, Region, Sha256Digest,
    SubCategory,
};
use serde::{Deserialize, Serialize};

use crate::signed_text::{self, SignedTextError};
use crate::{
    AnswersRef, DemandAnswers, LookUp, MandateCard, NotTheAnswers, OtherPart, Review, SealedTo,
};

/// First line of every mandate's text.
const HEADING: &str = "lagrum-mandate/1";

/// The provider's own permission to extract exactly one scope, in one region, for exactly one
/// recipient. The only thing that an agent obeys, and only after it passed [the gate](crate::gate).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mandate {
    /// Which case it belongs to.
    pub case: CaseId,
    /// SHA-256 of the demand's description ([`lagrum_model::Demand::digest`]).
    pub demand: Sha256Digest,
    /// The authority's own reference, so that its officer recognises the answer.
    pub reference: String,
    /// Where the data lies: only the agent of this region may carry it out.
    pub region: Region,
    /// What may be done there with the data: handed over, or only kept.
    pub act: Act,
    /// Whose data. Every identifier names one account.
    pub identifiers: Vec<AccountIdentifier>,
    /// Which kinds.
    pub categories: Vec<Category>,
    /// Of which of them less than all: only what lies in these boxes below it. All of a category of which
    /// none stands here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sub_categories: Vec<SubCategory>,
    /// From when to when (UTC, half-open).
    pub period: Period,
    /// To whom the package is sealed, and with what; or that it is sealed to nobody, and kept.
    pub recipient: SealedTo,
    /// The facts that the law is applied to; the signers vouch for them.
    pub basis: Basis,
    /// The legal provision that the demand names, for people.
    pub provision: String,
    /// What counsel decided about things that the search of an earlier mandate withheld. Then only
    /// what is released is handed over. Absent: the mandate is to search.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
    /// What was found out before, under another mandate, of those whom the demand names by something else
    /// than an account's address: the accounts stand among the identifiers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub found: Vec<LookedUp>,
    /// That it is to find out whose account it is, and to tell the desk alone. Absent: the mandate is to
    /// search in accounts that it names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look_up: Option<LookUp>,
    /// What else the demand asks for, and how it was answered: the summary in the package says it.
    /// Absent: this mandate carries out all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<AnswersRef>,
    /// By which card its case is counted in the public figures. Absent: the log has no files of cards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<MandateCard>,
    /// When it was drafted (UTC).
    pub issued_at: Timestamp,
    /// From when on it is void (UTC).
    pub expires_at: Timestamp,
    /// 128 random bits, in hexadecimal: makes each mandate one of a kind.
    pub nonce: Nonce,
}

impl Mandate {
    /// The text that is signed: the heading and the mandate as indented JSON. Readable by the
    /// person who signs it, and exact to the byte.
    #[must_use]
    pub fn to_text(&self) -> String {
        signed_text::write(HEADING, self)
    }

    /// Reads the text, and accepts only what [`Mandate::to_text`] writes.
    ///
    /// # Errors
    /// [`SignedTextError`].
    pub fn parse(text: &str) -> Result<Self, SignedTextError> {
        signed_text::read(HEADING, "mandate", text)
    }

    /// The parts of the demand that it does not carry out, or for less than was asked, of the answers
    /// that came with it: exactly those that it names, or none where it names none.
    ///
    /// # Errors
    /// [`NotTheAnswers`].
    pub fn others(&self, came: Option<&DemandAnswers>) -> Result<Vec<OtherPart>, NotTheAnswers> {
        match (&self.answers, came) {
            (None, None) => Ok(Vec::new()),
            (Some(named), Some(came)) if came.digest() == named.sha256 => {
                let others = came.others(&named.here);
                others.ok_or(NotTheAnswers::Unreadable)
            }
            (Some(_), Some(_)) => Err(NotTheAnswers::Another),
            _ => Err(NotTheAnswers::Missing),
        }
    }

    /// SHA-256 of the text: what the log commits to.
    #[must_use]
    pub fn digest(&self) -> Sha256Digest {
        Sha256Digest::of(self.to_text().as_bytes())
    }
}

/// 128 random bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Nonce(pub [u8; 16]);

impl TryFrom<String> for Nonce {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let mut out = [0; 16];
        hex::decode_to_slice(&text, &mut out)
            .map_err(|_| "nonce: write 32 hexadecimal digits".to_owned())?;
        Ok(Self(out))
    }
}
impl From<Nonce> for String {
    fn from(nonce: Nonce) -> Self {
        hex::encode(nonce.0)
    }
}
impl fmt::Display for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}
impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
