use lagrum_model::{EmailAddress, Region};

/// What a machine knows beside the desk: agents whose configuration lies there, too. The roof gives it;
/// a desk alone knows nothing of it.
pub trait Beside: Send + Sync {
    /// Which of these accounts nobody finds at the agent of a region, or not with its facts; nothing where
    /// its configuration lies elsewhere.
    ///
    /// # Errors
    /// When its accounts cannot be used as they are written down: why.
    fn unknown_accounts(
        &self,
        region: &Region,
        accounts: &[EmailAddress],
    ) -> Option<Result<Vec<EmailAddress>, String>>;
}
