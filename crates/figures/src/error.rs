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
    /// The log cannot be read, or does not hold what it has to.
    #[error("the public log: {0}")]
    Log(String),
    /// The report is not the one that follows.
    #[error("the report: {0}")]
    Report(String),
    /// A file cannot be read or written.
    #[error(transparent)]
    File(#[from] lagrum_durable::FileError),
}

impl FiguresError {
    pub(crate) fn text(what: &'static str, rule: &'static str) -> Self {
        Self::Text { what, rule }
    }
}
