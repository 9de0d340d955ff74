//! One account at the server, from signing in to the last message.

use std::collections::{BTreeMap, BTreeSet};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use lagrum_sources::{Handed, MailDate};
use zeroize::Zeroizing;

use crate::config::Server;
use crate::connection::{Connection, Ended, GoOn, LONGEST, Untagged};
use crate::fault::Fault;
use crate::folders::{Namespaces, listed, quoted};
use crate::value::Value;

/// How often the folders are listed until two listings agree.
const ATTEMPTS: usize = 16;
/// How much of a message is asked for at once, in bytes.
const PIECE: u64 = 4 << 20;
const _: () = assert!(PIECE < LONGEST);
/// The longest message that is fetched, in bytes: what a mail server takes is a tenth of it.
const LONGEST_MESSAGE: u64 = 256 << 20;

/// How much is listed of one account at most. Two listings of it are held at once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// So many folders.
    pub(crate) folders: usize,
    /// So many messages, in all folders together.
    pub(crate) messages: usize,
    /// So many bytes of what is kept of them.
    pub(crate) bytes: usize,
}

impl Limits {
    /// For every server.
    pub(crate) const USUAL: Self = Self {
        folders: 100_000,
        messages: 1_000_000,
        bytes: 128 << 20,
    };

    const FOLDERS: Fault = Fault::TooMuch("100,000 folders");
    const MESSAGES: Fault = Fault::TooMuch("1,000,000 messages");
    const BYTES: Fault = Fault::TooMuch("128 MiB of folders' names and messages' dates");

    /// Takes so many bytes away.
    fn keep(&mut self, bytes: usize) -> Result<(), Fault> {
        let left = self.bytes.checked_sub(bytes);
        self.bytes = left.ok_or(Self::BYTES)?;
        Ok(())
    }
}

/// A folder as it was listed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Folder {
    /// Its name as the server writes it.
    pub(crate) name: String,
    /// Its UIDVALIDITY (RFC 3501, 2.3.1.1).
    validity: u32,
    /// Its messages, with rising numbers.
    messages: Vec<Message>,
}

/// A message as it was listed.
#[derive(Debug, PartialEq, Eq)]
struct Message {
    /// Its number (UID).
    uid: u32,
    /// Its internal date as the server writes it, if that decides.
    internal: Option<String>,
}

/// The longest internal date that is kept, in bytes; it has 26.
const LONGEST_DATE: usize = 64;

impl Folder {
    /// Where a message lies, for people.
    fn locator(&self, uid: u32) -> String {
        format!("{} uid {uid}", self.name)
    }
}

/// Who is signed in.
pub(crate) struct Session<'s> {
    connection: Connection<'s>,
    /// Whether the server's own date of each message is asked for.
    dated: bool,
    limits: Limits,
}

/// Whether the server let somebody in.
pub(crate) enum SignedIn<'s> {
    /// It did.
    Yes(Session<'s>),
    /// Name or password are not those of an account that it lets in.
    No,
}

impl<'s> Session<'s> {
    /// Signs in as the account of this name: the master user with the account's name, or alone.
    pub(crate) fn open(
        server: &Server,
        account: &str,
        limits: Limits,
        go_on: GoOn<'s>,
    ) -> Result<SignedIn<'s>, Fault> {
        let tls = server.tls.as_ref();
        let mut connection = Connection::open(&server.host, server.port, tls, go_on)?;
        let Server { master, .. } = server;
        // RFC 4616: whose account, who asks, and the password.
        let plain = match server.separator {
            None => format!("{account}\0{master}\0"),
            Some(separator) => format!("\0{account}{separator}{master}\0"),
        };
        let plain = Zeroizing::new(plain + &server.password);
        let line = Zeroizing::new(BASE64_STANDARD.encode(plain.as_bytes()));
        match connection.command_with("AUTHENTICATE PLAIN", &line)? {
            Ended::Ok(_) => Ok(SignedIn::Yes(Self {
                connection,
                dated: server.date == MailDate::Internal,
                limits,
            })),
            Ended::No(code) => match code.as_str() {
                "" | "AUTHENTICATIONFAILED" | "AUTHORIZATIONFAILED" => Ok(SignedIn::No),
                _ => Err(Fault::Refused {
                    what: "to let the account in",
                    code,
                }),
            },
        }
    }

    /// Whether the server is there and greets.
    pub(crate) fn reached(server: &Server) -> Result<(), Fault> {
        let tls = server.tls.as_ref();
        let connection = Connection::open(&server.host, server.port, tls, &|| Ok(()))?;
        good_bye(connection);
        Ok(())
    }

    fn ask(
        &mut self,
        what: &'static str,
        command: &str,
        each: &mut dyn FnMut(Untagged) -> Result<(), Fault>,
    ) -> Result<String, Fault> {
        match self.connection.command(command, each)? {
            Ended::Ok(code) => Ok(code),
            Ended::No(code) => Err(Fault::Refused { what, code }),
        }
    }

    /// Lists the account's own folders until two listings in a row agree, so that no message is missed because
    /// it was moved from a folder not yet listed to one already listed.
    pub(crate) fn settled(&mut self) -> Result<Vec<Folder>, Fault> {
        let mut before = self.list()?;
        for _ in 0..ATTEMPTS {
            let after = self.list()?;
            if before == after {
                return Ok(after);
            }
            before = after;
        }
        Err(Fault::Changed(
            "messages come and go all the time, so that no two listings agree; search again",
        ))
    }

    fn list(&mut self) -> Result<Vec<Folder>, Fault> {
        let mut namespaces = None;
        self.ask(
            "to say whose folders are whose",
            "NAMESPACE",
            &mut |answer| {
                if let Untagged::Values(values) = answer
                    && values.first().is_some_and(|first| first.is("NAMESPACE"))
                {
                    namespaces = Some(Namespaces::of(&values)?);
                }
                Ok(())
            },
        )?;
        let namespaces = namespaces.ok_or(Fault::Nonsense("no answer to NAMESPACE"))?;
        let mut left = self.limits;
        let mut names = BTreeSet::new();
        let own = namespaces.own().map(String::from_utf8_lossy);
        let mut patterns: Vec<_> = own.map(|prefix| format!("{prefix}*")).collect();
        patterns.push("INBOX".to_owned());
        for pattern in patterns {
            let command = format!("LIST \"\" {}", quoted(&pattern));
            self.ask("to list folders", &command, &mut |answer| match answer {
                Untagged::Values(values) if values.first().is_some_and(|v| v.is("LIST")) => {
                    let new = listed(&values, &namespaces, &mut names)?;
                    left.keep(new.map_or(0, |length| size_of::<Folder>() + length))?;
                    match names.len() > left.folders {
                        true => Err(Limits::FOLDERS),
                        false => Ok(()),
                    }
                }
                _ => Ok(()),
            })?;
        }
        // Every account has one (RFC 3501, 5.1).
        if !names.contains("INBOX") {
            return Err(Fault::Nonsense("an account without an INBOX"));
        }
        let all = names.into_iter().map(|name| self.listing(name, &mut left));
        all.collect()
    }

    fn listing(&mut self, name: String, left: &mut Limits) -> Result<Folder, Fault> {
        let (validity, exists) = self.examine(&name)?;
        let messages = match exists {
            0 => vec![],
            _ => self.messages(exists, left)?,
        };
        left.messages = left.messages.saturating_sub(messages.len());
        Ok(Folder {
            name,
            validity,
            messages,
        })
    }

    /// Opens a folder for reading only. Gives its UIDVALIDITY, and how many messages it has.
    fn examine(&mut self, name: &str) -> Result<(u32, u32), Fault> {
        let (mut validity, mut exists) = (None, None);
        let command = format!("EXAMINE {}", quoted(name));
        let code = self.ask("to show a folder", &command, &mut |answer| {
            match answer {
                Untagged::Status(code) => {
                    if let Some(number) = code.strip_prefix("UIDVALIDITY ") {
                        validity = number.parse().ok();
                    }
                }
                Untagged::Values(values) => {
                    if let [number, what] = values.as_slice()
                        && what.is("EXISTS")
                    {
                        exists = number.number();
                    }
                }
            }
            Ok(())
        })?;
        if code != "READ-ONLY" {
            return Err(Fault::Nonsense(
                "it opened a folder for changing that was asked for reading",
            ));
        }
        let known = validity.filter(|validity| *validity > 0).zip(exists);
        known.ok_or(Fault::Nonsense("a folder without a UIDVALIDITY or a count"))
    }

    /// All messages of the folder that is open, which has at least so many.
    fn messages(&mut self, exists: u32, left: &mut Limits) -> Result<Vec<Message>, Fault> {
        if exists as usize > left.messages {
            return Err(Limits::MESSAGES);
        }
        let mut found: BTreeMap<u32, Message> = BTreeMap::new();
        let dated = self.dated;
        let command = match dated {
            true => "FETCH 1:* (UID INTERNALDATE)",
            false => "FETCH 1:* (UID)",
        };
        self.ask("to list messages", command, &mut |answer| {
            if let Untagged::Values(values) = answer
                && let Some((place, items)) = fetched(&values)
                && let Some(uid) = item(items, "UID").and_then(Value::number)
            {
                let internal = internal_date(items)?;
                // What a server tells meanwhile of a flag has no date.
                if dated && internal.is_none() {
                    return Ok(());
                }
                let message = Message { uid, internal };
                match found.get(&place) {
                    Some(other) if *other == message => {}
                    Some(_) => return Err(Fault::Nonsense("two numbers or dates of one message")),
                    None if found.len() == left.messages => return Err(Limits::MESSAGES),
                    None => {
                        let date = message.internal.as_ref().map_or(0, String::len);
                        left.keep(size_of::<Message>() + date)?;
                        found.insert(place, message);
                    }
                }
            }
            Ok(())
        })?;
        let whole = found
            .keys()
            .copied()
            .eq(1..=u32::try_from(found.len()).unwrap_or(0));
        if !whole || found.len() < exists as usize {
            return Err(Fault::Changed(
                "messages were removed while they were listed; search again",
            ));
        }
        let messages: Vec<_> = found.into_values().collect();
        match messages.is_sorted_by(|one, next| one.uid < next.uid) {
            true => Ok(messages),
            false => Err(Fault::Nonsense("numbers of messages that do not rise")),
        }
    }

    /// Hands over every message of a folder that was listed. `at` gets where the work is.
    pub(crate) fn read(
        &mut self,
        folder: &Folder,
        handed: &mut Handed<'_>,
        at: &mut String,
    ) -> Result<(), Fault> {
        at.clone_from(&folder.name);
        let (validity, _) = self.examine(&folder.name).map_err(|fault| match fault {
            Fault::Refused { .. } => Fault::Changed(
                "the folder could be opened when it was listed, and now it cannot; search again",
            ),
            other => other,
        })?;
        if validity != folder.validity {
            return Err(Fault::Changed(
                "the folder was made anew since it was listed; search again",
            ));
        }
        for Message { uid, internal } in &folder.messages {
            *at = folder.locator(*uid);
            handed.begin()?;
            if handed.dated(internal.as_deref()) {
                continue;
            }
            match self.message(*uid, handed)? {
                true => handed.end(at)?,
                false => {
                    handed.unread(at, "the message is longer than 256 MiB; it was not read")?
                }
            }
        }
        Ok(())
    }

    /// Fetches a message, piece by piece; `false`: it is too long.
    fn message(&mut self, uid: u32, handed: &mut Handed<'_>) -> Result<bool, Fault> {
        let mut announced = None;
        loop {
            let from = handed.length();
            let (size, piece) = self.piece(uid, from)?;
            if announced.is_some_and(|before| before != size) {
                return Err(Fault::Nonsense("two lengths of one message"));
            }
            if size > LONGEST_MESSAGE {
                return Ok(false);
            }
            announced = Some(size);
            if piece.len() as u64 > PIECE || from + piece.len() as u64 > size {
                return Err(Fault::Nonsense("a message that is longer than announced"));
            }
            handed.push(&piece)?;
            if (piece.len() as u64) < PIECE {
                return match handed.length() == size {
                    true => Ok(true),
                    false => Err(Fault::Nonsense("a message that is shorter than announced")),
                };
            }
        }
    }

    /// The length of a message, and a piece of it.
    fn piece(&mut self, uid: u32, from: u64) -> Result<(u64, Vec<u8>), Fault> {
        let mut found = None;
        let command = format!("UID FETCH {uid} (UID RFC822.SIZE BODY.PEEK[]<{from}.{PIECE}>)");
        let name = format!("BODY[]<{from}>");
        let code = self.ask("to give a message", &command, &mut |answer| {
            let Untagged::Values(values) = answer else {
                return Ok(());
            };
            // A server may tell of other messages, and of flags of this one, meanwhile.
            let Some((_, items)) = fetched(&values) else {
                return Ok(());
            };
            let Some(body) = item(items, &name) else {
                return Ok(());
            };
            if item(items, "UID").and_then(Value::number) != Some(uid) {
                return Err(Fault::Nonsense("a message that was not asked for"));
            }
            let size = item(items, "RFC822.SIZE").and_then(Value::number);
            let size = size.ok_or(Fault::Nonsense("a message without a length"))?;
            // Of a message that is gone Dovecot may give none, and says so at the end.
            let body = match body {
                Value::Text(body) => Some(body.clone()),
                _ => None,
            };
            match found.replace((u64::from(size), body)) {
                None => Ok(()),
                Some(_) => Err(Fault::Nonsense("a message twice")),
            }
        })?;
        let told = found.filter(|_| code != "EXPUNGEISSUED");
        let (size, body) = told.ok_or(Fault::Changed(
            "the message was there when the folder was listed and is gone; search again",
        ))?;
        let body = body.ok_or(Fault::Nonsense("a message without content"))?;
        Ok((size, body))
    }

    /// Says good-bye.
    pub(crate) fn close(self) {
        good_bye(self.connection);
    }
}

/// What was read is read, whatever the server makes of it.
fn good_bye(mut connection: Connection<'_>) {
    let _ = connection.command("LOGOUT", &mut |_| Ok(()));
}

/// The place of the message that an answer is about, and what it says of it.
fn fetched(values: &[Value]) -> Option<(u32, &[Value])> {
    match values {
        [place, what, items] if what.is("FETCH") => Some((place.number()?, items.list()?)),
        _ => None,
    }
}

/// The internal date of a message, if it is told.
fn internal_date(items: &[Value]) -> Result<Option<String>, Fault> {
    const TORN: Fault = Fault::Nonsense("an internal date that is none");
    let Some(value) = item(items, "INTERNALDATE") else {
        return Ok(None);
    };
    let text = value.text().filter(|text| text.len() <= LONGEST_DATE);
    let text = std::str::from_utf8(text.ok_or(TORN)?).map_err(|_| TORN)?;
    Ok(Some(text.to_owned()))
}

/// What stands behind a name.
fn item<'v>(items: &'v [Value], name: &str) -> Option<&'v Value> {
    let pair = items.chunks_exact(2).find(|pair| pair[0].is(name))?;
    Some(&pair[1])
}
