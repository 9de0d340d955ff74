use crate::TellsTooMuch;

/// Why figures cannot be read, made or believed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FiguresError {
    /// A text is not written as it has to be.
    #[error("{what}: {rule}")]
    Text {
        /// Which text.
        what: &'static str,
        /// The rule.
        rule: &'static str,
    },
    /// The cards of a period, or the statement about them, are not as the protocol has them.
    #[error("{0}")]
    Cards(String),
    /// What is to be published of a period cannot be fixed so.
    #[error("the plan: {0}")]
    Plan(String),
    /// Cases of the period cannot be read, and why.
    #[error(
        "cases of the period cannot be read: {}. Mend them from a backup, or have them counted as what figures last knew of them (--even-damaged): a report never changes",
        .0.join("; ")
    )]
    Unreadable(Vec<String>),
    /// A later view would say otherwise what became of demands that the former one counts as answered.
    #[error(
        "the former view counts otherwise: {}. With --correct the report says so: how many, and from what to what",
        .0.join("; ")
    )]
    Otherwise(Vec<String>),
    /// Somebody could read more out of what would be published than the plan hides.
    #[error("{0}")]
    Tells(Box<TellsTooMuch>),
    /// The log cannot be read, or does not hold what it has to.
    #[error("the public log: {0}")]
    Log(String),
    /// The report is not the one that follows.
    #[error("the report: {0}")]
    Report(String),
    /// A sum over several providers, or what belongs to it, is not as it has to be.
    #[error("the sum: {0}")]
    Sum(String),
    /// A file cannot be read or written.
    #[error(transparent)]
    File(#[from] lagrum_durable::FileError),
}

impl From<lagrum_cards::SumError> for FiguresError {
    fn from(error: lagrum_cards::SumError) -> Self {
        Self::Sum(error.to_string())
    }
}

impl FiguresError {
    pub(crate) fn text(what: &'static str, rule: &'static str) -> Self {
        Self::Text { what, rule }
    }
}
