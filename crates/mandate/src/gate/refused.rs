//! Why the gate stays closed.

/// Why the gate stays closed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Check 1.
    #[error("signatures: {0}")]
    Signatures(String),
    /// Check 2.
    #[error("log: {0}")]
    Log(String),
    /// Check 3.
    #[error("law: {0}")]
    Law(String),
    /// Check 3 could not be made: what the law packs, or the program that applies them, said.
    #[error("law: it cannot be applied: {0}")]
    LawFails(String),
    /// Check 3 could not be made: no account that is called so is known here.
    #[error("account: {0}")]
    Account(String),
    /// Check 3 could not be made: the accounts here cannot be looked at.
    #[error("{0}")]
    Accounts(String),
    /// Check 3 could not be made: where the accounts are looked up does not answer.
    #[error("{0}")]
    LookUp(String),
    /// Check 4.
    #[error("mandate: {0}")]
    Mandate(String),
    /// A question of which accounts there are: what is asked is wrong, or it is answered no more.
    #[error("question: {0}")]
    Inquiry(String),
    /// Check 5.
    #[error("card: {0}")]
    Card(String),
}
