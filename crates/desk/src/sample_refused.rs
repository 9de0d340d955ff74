use jiff::Timestamp;
use lagrum_model::CaseId;

/// Why a sample is not ordered, drawn or stated of.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SampleRefused {
    /// There is none of that name.
    #[error("there is no sample {0}")]
    NoSuchSample(String),
    /// The cases are not of one year, in order, and opened already.
    #[error(
        "the cases must be of one year, in order, and opened already; the last one of {year} is number {last}"
    )]
    NoSuchCases {
        /// The year.
        year: i16,
        /// Its last case.
        last: u32,
    },
    /// It is too small or too large.
    #[error("a sample has from 1 to {most} cases, and no more than there are")]
    Size {
        /// The most.
        most: u32,
    },
    /// The instant of the draw has passed: it could have been chosen for what it draws.
    #[error("the draw must lie ahead, by a minute at least")]
    NotAhead,
    /// The instant has not come.
    #[error("it is drawn from {0} on")]
    NotYet(Timestamp),
    /// Nothing is in the public log that was recorded since.
    #[error(
        "nothing that was recorded since then is in the public log yet; the next entry decides"
    )]
    NothingSince,
    /// Another secret was made with the order.
    #[error("this is not the secret that was made with the order")]
    OtherSecret,
    /// It was not drawn yet.
    #[error("it was not drawn yet")]
    NotDrawn,
    /// The case is not in it.
    #[error("case {0} is not in the sample")]
    NotInSample(CaseId),
    /// An outcome was stated before.
    #[error("what came of case {0} was stated before, and stays")]
    StatedBefore(CaseId),
    /// Nobody said why.
    #[error("say in a sentence what was found")]
    NoReason,
}
