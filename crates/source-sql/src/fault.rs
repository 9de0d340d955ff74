//! What goes wrong between here and the database.

use lagrum_source::SourceError;

/// Why a statement gave no rows.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The database does not answer now.
    Unreachable(String),
    /// It does not let this user read.
    Denied(String),
    /// It is not what it should be.
    Damaged(String),
    /// It changed meanwhile.
    Changed(String),
    /// The statement, a column or what it asks for is wrong.
    Statement(String),
    /// The search itself ends.
    Search(SourceError),
}

impl From<SourceError> for Fault {
    fn from(error: SourceError) -> Self {
        Self::Search(error)
    }
}

impl Fault {
    /// The same as an error of the source `id`: `what` says which database, `field` which statement.
    pub(crate) fn at(self, id: &str, what: &str, field: &str) -> SourceError {
        let locator = format!("{what}, {field}");
        match self {
            Self::Unreachable(why) => SourceError::unreachable(id, locator, why),
            Self::Denied(why) => SourceError::denied(id, locator, why),
            Self::Damaged(why) => SourceError::damaged(id, locator, why),
            Self::Changed(why) => SourceError::changed(id, locator, why),
            Self::Statement(why) => SourceError::config(id, field, why),
            Self::Search(error) => error,
        }
    }
}
