//! All messages of an account, listed to the end while nothing changes.

use std::collections::{BTreeMap, BTreeSet};

use crate::answer::{Answer, Emails, Id, Mailbox, Mailboxes, Page};
use crate::client::{Client, GoOn};
use crate::fault::Fault;
use crate::method;
use crate::session::Session;

/// How often it is listed until nothing changes meanwhile.
const ATTEMPTS: usize = 8;
/// So many messages has one account at most.
const MOST: u64 = 1_000_000;
/// What a request takes beside ids, and each id, in bytes at most.
const AROUND: u64 = 4096;
const EACH: u64 = 258;
/// So many bytes may what is kept of a listing take.
const HEAVIEST: usize = 256 << 20;
const TOO_HEAVY: Fault = Fault::Nonsense("more than 256 MiB of ids of one account");

/// A message as it was listed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Listed {
    pub(crate) id: String,
    /// What its bytes are called.
    pub(crate) blob: String,
    /// How many they are.
    pub(crate) size: u64,
    /// When the server received it, as it writes it.
    pub(crate) received: String,
}

/// Lists the messages of an account, by their ids, until nothing changes between the first answer and the last, so that
/// none is missed because it was moved, and none is listed that was not there.
pub(crate) fn settled(
    client: &mut Client<'_>,
    session: &Session,
    go_on: GoOn<'_>,
) -> Result<Vec<Listed>, Fault> {
    let mut lister = Lister {
        client,
        session,
        go_on,
    };
    for _ in 0..ATTEMPTS {
        if let Some(listed) = lister.list()? {
            return Ok(listed);
        }
    }
    Err(Fault::Changed(
        "the account changes all the time, so that its messages cannot be listed; search again",
    ))
}

struct Lister<'a, 's> {
    client: &'a mut Client<'s>,
    session: &'a Session,
    go_on: GoOn<'a>,
}

impl Lister<'_, '_> {
    /// `None`: something changed meanwhile.
    fn list(&mut self) -> Result<Option<Vec<Listed>>, Fault> {
        // Asked after it, mailboxes are those of the messages, or their state is another by the first of them.
        let state = self.about(&[])?.state;
        let before = self.mailboxes()?;
        let Some(ids) = self.ids()? else {
            return Ok(None);
        };
        let mut counted: BTreeMap<&Id, u64> = BTreeMap::new();
        for mailbox in &before.list {
            if counted.insert(&mailbox.id, 0).is_some() {
                return Err(Fault::Nonsense("a mailbox twice"));
            }
        }
        let (mut listed, mut weight) = (Vec::with_capacity(ids.len()), 0);
        let ids: Vec<_> = ids.into_iter().collect();
        for chunk in ids.chunks(self.at_once()) {
            let told = self.about(chunk)?;
            if told.state != state {
                return Ok(None);
            }
            if told.not_found.is_some_and(|gone| !gone.is_empty()) {
                return Err(Fault::Nonsense(
                    "it lists messages that it then does not find, and says that nothing changed",
                ));
            }
            let mut asked: BTreeSet<&str> = chunk.iter().map(String::as_str).collect();
            for email in told.list {
                if !asked.remove(email.id.0.as_str()) {
                    return Err(Fault::Nonsense(
                        "a message that was not asked for, or one twice",
                    ));
                }
                if email.mailbox_ids.is_empty() {
                    return Err(Fault::Nonsense("a message in no mailbox"));
                }
                for (mailbox, inside) in &email.mailbox_ids {
                    let count = counted.get_mut(mailbox).filter(|_| *inside);
                    *count
                        .ok_or(Fault::Nonsense("a message in a mailbox that is not listed"))? += 1;
                }
                weight += email.id.0.len() + email.blob_id.0.len() + email.received_at.len();
                if weight > HEAVIEST {
                    return Err(TOO_HEAVY);
                }
                listed.push(Listed {
                    id: email.id.0,
                    blob: email.blob_id.0,
                    size: email.size,
                    received: email.received_at,
                });
            }
            if !asked.is_empty() {
                return Err(Fault::Nonsense(
                    "it leaves out messages that were asked for",
                ));
            }
        }
        if self.about(&[])?.state != state || self.mailboxes()? != before {
            return Ok(None);
        }
        // What the server counts is what it listed: no page is missing.
        let whole = |mailbox: &Mailbox| counted.get(&mailbox.id) == Some(&mailbox.total_emails);
        match before.list.iter().all(whole) {
            true => Ok(Some(listed)),
            false => Err(Fault::Nonsense(
                "a mailbox with another number of messages than were listed of it",
            )),
        }
    }

    /// The mailboxes, each of which may be read.
    fn mailboxes(&mut self) -> Result<Mailboxes, Fault> {
        let request = method::mailboxes(&self.session.account);
        let told: Mailboxes = self.call(&request)?;
        if told.list.iter().any(|one| !one.my_rights.may_read_items) {
            return Err(Fault::Hidden);
        }
        let inbox = |role: &Option<String>| role.as_deref() == Some("inbox");
        match told.list.iter().any(|one| inbox(&one.role)) {
            true => Ok(told),
            false => Err(Fault::Nonsense("an account without an inbox")),
        }
    }

    /// The ids of all messages, page by page; `None`: something changed meanwhile.
    fn ids(&mut self) -> Result<Option<BTreeSet<String>>, Fault> {
        let limit = self.client.server.page;
        let (mut ids, mut weight) = (BTreeSet::new(), 0);
        let mut first: Option<(String, u64)> = None;
        loop {
            let position = ids.len() as u64;
            let request = method::messages(&self.session.account, position, limit);
            let page: Page = self.call(&request)?;
            let about = (page.query_state, page.total);
            if *first.get_or_insert_with(|| about.clone()) != about {
                return Ok(None);
            }
            if page.total > MOST {
                return Err(Fault::Nonsense(
                    "more than a million messages of one account",
                ));
            }
            if page.position != position {
                return Err(Fault::Nonsense("a page that was not asked for"));
            }
            let told = page.ids.len() as u64;
            if told > limit || position + told > page.total {
                return Err(Fault::Nonsense("more messages than there are"));
            }
            for id in page.ids {
                weight += id.0.len();
                if weight > HEAVIEST {
                    return Err(TOO_HEAVY);
                }
                if !ids.insert(id.0) {
                    return Err(Fault::Nonsense("a message twice"));
                }
            }
            if ids.len() as u64 == page.total {
                return Ok(Some(ids));
            }
            if told == 0 {
                return Err(Fault::Nonsense("a list of messages that breaks off"));
            }
        }
    }

    /// How many messages are told of at once.
    fn at_once(&self) -> usize {
        let server = &self.session.server;
        let fit = server.longest_request.saturating_sub(AROUND) / EACH;
        let most = self.client.server.page.min(server.at_once).min(fit).max(1);
        usize::try_from(most).unwrap_or(1)
    }

    fn about(&mut self, ids: &[String]) -> Result<Emails, Fault> {
        self.call(&method::about(&self.session.account, ids))
    }

    fn call<A: Answer>(&mut self, request: &str) -> Result<A, Fault> {
        let Session { server, account } = self.session;
        self.client.call(&server.api, request, account, self.go_on)
    }
}
