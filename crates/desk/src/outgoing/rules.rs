//! What goes out, and to whom, as the settings say it.

use lagrum_model::{LetterKind, NewsKind};

use super::OnCall;

/// What `outgoing.toml` says, as far as the desk has to know it.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// Mail. Absent: none is sent.
    pub mail: Option<MailRules>,
    /// Programs that are told.
    pub receivers: Vec<Receiver>,
    /// Who is woken. Absent: whoever is told of emergencies at all.
    pub on_call: Option<OnCall>,
    /// Why the settings cannot be used, if they cannot: then nothing goes out.
    pub fault: Option<String>,
}

/// How the desk writes mail.
#[derive(Clone, Debug)]
pub struct MailRules {
    /// The address from which it writes.
    pub from: String,
    /// The kinds of letters whose text may go as plain mail.
    pub plain: Vec<LetterKind>,
}

/// A program that is told of news.
#[derive(Clone, Debug)]
pub struct Receiver {
    /// Its name in the settings.
    pub name: String,
    /// Of which kinds.
    pub news: Vec<NewsKind>,
}
