use std::path::PathBuf;

/// Why a provider cannot be set up, or its desk not be opened.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// There is no desk.
    #[error("there is no desk in {0}")]
    NoDesk(PathBuf),
    /// A provider is there already.
    #[error("{0} already holds a provider; choose another directory")]
    AlreadyThere(PathBuf),
    /// A copy of desk and log cannot be made or used.
    #[error("{0}")]
    Copy(String),
    /// A copy is whole, and no desk can be made of it alone.
    #[error("{0}")]
    CopyNeeds(String),
    /// Settings cannot be changed by a command as they are, or must not say what they would.
    #[error("{0}")]
    Settings(String),
    /// The desk refuses it, or fails.
    #[error(transparent)]
    Command(#[from] lagrum_desk::CommandError),
    /// The people who sign cannot be a roster.
    #[error("{0}")]
    Roster(String),
    /// The recipients cannot be listed.
    #[error("{0}")]
    Recipients(String),
    /// The people cannot be listed.
    #[error(transparent)]
    People(#[from] lagrum_access::PeopleError),
    /// The desk's configuration cannot be used.
    #[error(transparent)]
    Desk(#[from] lagrum_desk::OpenError),
    /// The master key cannot be used.
    #[error(transparent)]
    MasterKey(#[from] lagrum_store::MasterKeyError),
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] lagrum_store::StoreError),
    /// A key cannot be made.
    #[error(transparent)]
    Key(#[from] lagrum_notes::NoteError),
    /// A file cannot be written.
    #[error(transparent)]
    Durable(#[from] lagrum_durable::FileError),
    /// A configuration cannot be written as text.
    #[error(transparent)]
    Text(#[from] toml::ser::Error),
}
