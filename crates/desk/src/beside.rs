use lagrum_model::{Category, EmailAddress, Region};

/// What a machine knows beside the desk: agents whose configuration lies there, too. The roof gives it;
/// a desk alone knows nothing of it.
pub trait Beside: Send + Sync {
    /// Which of these accounts, each with the categories that it is listed with, nobody finds at the agent of a
    /// region, or not with its facts; nothing where its configuration lies elsewhere.
    ///
    /// # Errors
    /// When its accounts cannot be used as they are written down: why.
    fn unknown_accounts(
        &self,
        region: &Region,
        accounts: &[(EmailAddress, Vec<Category>)],
    ) -> Option<Result<Vec<EmailAddress>, String>>;

    /// What else is set up there for the desk: names and values, never a secret.
    fn settings(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// How the sign-in provider was found just now; nothing where there is none.
    fn sign_in_provider(&self) -> Option<ProviderFound> {
        None
    }
}

/// How the sign-in provider was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProviderFound {
    /// Its settings cannot be used: why.
    Unusable(String),
    /// It cannot be used.
    Silent {
        /// Which.
        issuer: String,
        /// Why.
        why: String,
    },
    /// It answers.
    There {
        /// Which.
        issuer: String,
        /// How many of its keys are understood.
        keys: u64,
    },
}
