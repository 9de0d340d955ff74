//! What is understood of bytes, for the search for inputs that break a promise.

use lagrum_https::Server as Place;

use crate::answer::{Emails, Mailboxes, Page, read};
use crate::session::{Server, Session};

/// The longest answer that is taken in, in bytes.
pub const LONGEST: usize = crate::client::LONGEST_JSON;

/// An answer that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Understood {
    /// The session of the account `a`: its id, and the path from which its message `b` is downloaded.
    Session(String, String),
    /// The session of a login.
    Login,
    /// Ids that were told: of mailboxes, messages and their bytes.
    Ids(Vec<String>),
}

/// All that is understood of an answer by any reader of one, where the server is `https://mail.example/jmap/` and the
/// account `a`.
#[must_use]
pub fn understood(bytes: &[u8]) -> Vec<Understood> {
    let Some(place) = Place::at("https://mail.example/jmap/") else {
        return vec![];
    };
    let mut all = Vec::new();
    if let Ok(session) = Session::read(bytes, &place, "a") {
        let path = session.server.blob(&place, &session.account, "b");
        all.extend(path.map(|path| Understood::Session(session.account, path)));
    }
    if Server::read(bytes, &place).is_ok() {
        all.push(Understood::Login);
    }
    if let Ok(mailboxes) = read::<Mailboxes>(bytes, "a") {
        let ids = mailboxes.list.into_iter().map(|one| one.id.0);
        all.push(Understood::Ids(ids.collect()));
    }
    if let Ok(page) = read::<Page>(bytes, "a") {
        let ids = page.ids.into_iter().map(|id| id.0);
        all.push(Understood::Ids(ids.collect()));
    }
    if let Ok(emails) = read::<Emails>(bytes, "a") {
        let each = emails.list.into_iter().flat_map(|one| {
            let inside = one.mailbox_ids.into_keys().map(|id| id.0);
            [one.id.0, one.blob_id.0].into_iter().chain(inside)
        });
        all.push(Understood::Ids(each.collect()));
    }
    all
}
