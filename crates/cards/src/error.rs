//! What is refused, and why.

/// A text that is not what the protocol permits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{key}: {rule}")]
pub struct TextError {
    /// The line or the field.
    pub key: &'static str,
    /// What it has to be.
    pub rule: &'static str,
}

impl TextError {
    pub(crate) const fn new(key: &'static str, rule: &'static str) -> Self {
        Self { key, rule }
    }
}

/// A card file that is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CardError {
    /// The file has another length than so many cards and their proof have.
    #[error("slot {slot}: the file is {found} bytes long and has to be {expected}")]
    Length {
        /// The slot at which it lies.
        slot: u64,
        /// Bytes that it has.
        found: usize,
        /// Bytes that it has to have.
        expected: usize,
    },
    /// A point or a scalar that is not in its one encoding.
    #[error("slot {slot}: not a point or a number in canonical form")]
    Encoding {
        /// The slot at which it lies.
        slot: u64,
    },
    /// Who wrote the file did not show that they can open its cards, in this log and at this slot.
    #[error(
        "slot {slot}: it is not proved that these cards can be opened; they were made elsewhere, or for nobody"
    )]
    Proof {
        /// The slot at which it lies.
        slot: u64,
    },
    /// A card that the log has already.
    #[error(
        "slot {slot}, place {place}: the log has this card, or its digest, already; one card is for one demand"
    )]
    Twice {
        /// The slot at which the second lies.
        slot: u64,
        /// Its place in the file, from 0.
        place: u32,
    },
}

/// Why a report is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// The statement or the numbers are not written as the protocol permits.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The report is about another log than the cards.
    #[error("the report is about another log than the one that was read")]
    OtherLog,
    /// The log has no card files for all slots of the period.
    #[error("the log that was read does not hold a card file for every slot of the period")]
    Slots,
    /// The statement counts other cards than the log has.
    #[error("the report counts {said} cards, and the slots of the period hold {found}")]
    Cards {
        /// Cards of the statement.
        said: u32,
        /// Cards of the log.
        found: u32,
    },
    /// The former view is missing, or is not the one that the statement names.
    #[error("{0}: a later view has to continue the former one, and here it does not")]
    Former(&'static str),
    /// The proof is longer or shorter than the statement implies.
    #[error("the proof is {found} bytes long and has to be {expected}")]
    Length {
        /// Bytes that it has.
        found: usize,
        /// Bytes that it has to have.
        expected: usize,
    },
    /// A point or a scalar that is not in its one encoding.
    #[error("byte {at} of the proof: not a point or a number in canonical form")]
    Encoding {
        /// Where it begins.
        at: usize,
    },
    /// A challenge that happens to nobody by chance.
    #[error("a challenge of the transcript is zero or meets the table")]
    Challenge,
    /// The equations do not hold.
    #[error("the proof does not hold: the report does not follow from the cards")]
    Proof,
}

/// Why no report can be made. About the provider's own records, so it names places.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProveError {
    /// The statement, or what it says of log and former view, would be refused.
    #[error(transparent)]
    Statement(#[from] Refused),
    /// There are not as many records as cards.
    #[error("{found} records for {expected} cards")]
    Records {
        /// Records given.
        found: usize,
        /// Cards of the period.
        expected: usize,
    },
    /// The record does not open the card.
    #[error("card {card}: the record does not open it")]
    Opening {
        /// Place of the card in the period, from 0.
        card: usize,
    },
    /// The card's class is none of the book, or a blank has one, or a demand has none.
    #[error("card {card}: a demand needs a class of the code book, and a blank has none")]
    Class {
        /// Place of the card in the period, from 0.
        card: usize,
    },
    /// The amounts are not as many as the columns, or too large, or a blank has some.
    #[error("card {card}: one amount for each column, below its bound; a blank has none")]
    Amounts {
        /// Place of the card in the period, from 0.
        card: usize,
    },
    /// A later view says something else about an answered demand, and no correction says so.
    #[error(
        "card {card}: it was answered in the former view as something else, and the corrections do not say so"
    )]
    Moved {
        /// Place of the card in the period, from 0.
        card: usize,
    },
    /// A correction announces another number of cards than there are.
    #[error("correction {correction}: it announces other cards than went this way")]
    Correction {
        /// Its place in the statement, from 0.
        correction: usize,
    },
    /// A band does not hold the sum that it is about.
    #[error("band {band}: the sum does not lie in it")]
    Band {
        /// Its place in the statement, from 0.
        band: usize,
    },
    /// A number's sum names a class or a column that the statement does not have.
    #[error("number {name}: {rule}")]
    Number {
        /// Its name.
        name: String,
        /// What it has to be.
        rule: &'static str,
    },
}
