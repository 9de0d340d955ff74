//! Requests that only read: made again where that may help, and answered or an error.

use std::io;
use std::time::{Duration, Instant};

use hyper::body::{Bytes, Incoming};
use hyper::header::{
    ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE, HOST, HeaderName, HeaderValue, USER_AGENT,
};
use hyper::{Method as Verb, Request, StatusCode};
use lagrum_https::Wire;

use crate::answer::{Answer, read};
use crate::config::Server;
use crate::fault::Fault;

/// The longest answer in JSON, in bytes: thousands of mailboxes or messages.
pub(crate) const LONGEST_JSON: usize = 4 << 20;
/// An answer is whole within that time, and a message within a second more for each of so many bytes.
const WHOLE: Duration = Duration::from_secs(300);
const EACH_SECOND: u64 = 64 << 10;
/// For whom the login stands. No standard has it; Cyrus does.
const AUTHORIZE_AS: HeaderName = HeaderName::from_static("authorize-as");

/// Whether the search may go on.
pub(crate) type GoOn<'a> = &'a dyn Fn() -> Result<(), Fault>;

/// Gets the bytes of a message as they come; with nothing it is told that they come from the beginning.
pub(crate) type Each<'a> = &'a mut dyn FnMut(Option<&[u8]>) -> Result<(), Fault>;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Session,
    Method,
    Message,
}

/// Whoever asks a server, for an account or for the login itself.
pub(crate) struct Client<'s> {
    pub(crate) server: &'s Server,
    account: Option<&'s str>,
    wire: Wire,
}

impl<'s> Client<'s> {
    pub(crate) fn new(server: &'s Server, account: Option<&'s str>) -> Result<Self, Fault> {
        let wire = Wire::new()?;
        Ok(Self {
            server,
            account,
            wire,
        })
    }

    /// Does something until it succeeds, fails for good, or was tried often enough.
    fn patiently<T>(
        &mut self,
        go_on: GoOn<'_>,
        does: &mut dyn FnMut(&mut Self) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let patience = self.server.patience;
        let hangs_up = |client: &mut Self, fault: &Fault| {
            let passes = fault.passes();
            if passes {
                client.wire.hang_up();
            }
            passes
        };
        let ended = patience.tries(self, go_on, hangs_up, does);
        ended.map_err(|fault| match fault {
            Fault::Busy(code, _) => Fault::Busy(code, patience.tries),
            other => other,
        })
    }

    /// What the server says of itself.
    pub(crate) fn session(&mut self, go_on: GoOn<'_>) -> Result<Vec<u8>, Fault> {
        let path = &self.server.place.path;
        self.patiently(go_on, &mut |client| {
            client.json(path, None, Target::Session)
        })
    }

    /// Calls a method about an account.
    pub(crate) fn call<A: Answer>(
        &mut self,
        path: &str,
        request: &str,
        account: &str,
        go_on: GoOn<'_>,
    ) -> Result<A, Fault> {
        self.patiently(go_on, &mut |client| {
            let answer = client.json(path, Some(request), Target::Method)?;
            read(&answer, account)
        })
    }

    /// Downloads a message of this length.
    pub(crate) fn message(
        &mut self,
        path: &str,
        size: u64,
        go_on: GoOn<'_>,
        each: Each<'_>,
    ) -> Result<(), Fault> {
        self.patiently(go_on, &mut |client| {
            each(None)?;
            let mut body = client.ask(path, None, Target::Message)?;
            let within = WHOLE + Duration::from_secs(size / EACH_SECOND);
            let (began, mut left) = (Instant::now(), size);
            while let Some(bytes) = client.wire.next(&mut body)? {
                go_on()?;
                if began.elapsed() > within {
                    return Err(Fault::Broke(io::ErrorKind::TimedOut.into()));
                }
                let more = left.checked_sub(bytes.len() as u64);
                left = more.ok_or_else(|| {
                    client.wire.hang_up();
                    Fault::Nonsense("a message that is longer than announced")
                })?;
                each(Some(&bytes))?;
            }
            match left {
                0 => Ok(()),
                _ => Err(Fault::Nonsense("a message that is shorter than announced")),
            }
        })
    }

    fn json(
        &mut self,
        path: &str,
        request: Option<&str>,
        target: Target,
    ) -> Result<Vec<u8>, Fault> {
        let mut body = self.ask(path, request, target)?;
        let (mut all, began) = (Vec::new(), Instant::now());
        while let Some(bytes) = self.wire.next(&mut body)? {
            if began.elapsed() > WHOLE {
                return Err(Fault::Broke(io::ErrorKind::TimedOut.into()));
            }
            if all.len() + bytes.len() > LONGEST_JSON {
                self.wire.hang_up();
                return Err(Fault::Nonsense("an answer that is too long"));
            }
            all.extend_from_slice(&bytes);
        }
        Ok(all)
    }

    /// Asks, once: with a request it is a POST, else a GET. Everything but success is an error.
    fn ask(
        &mut self,
        path: &str,
        request: Option<&str>,
        target: Target,
    ) -> Result<Incoming, Fault> {
        const ODD: Fault = Fault::Nonsense("an address that no request can have");
        let server = self.server;
        let mut authorization = HeaderValue::from_str(&server.authorization).map_err(|_| ODD)?;
        authorization.set_sensitive(true);
        let verb = match request {
            Some(_) => Verb::POST,
            None => Verb::GET,
        };
        let mut asked = Request::builder()
            .method(verb)
            .uri(path)
            .header(HOST, server.place.authority.as_str())
            .header(AUTHORIZATION, authorization)
            .header(ACCEPT_ENCODING, "identity")
            .header(USER_AGENT, "lagrum");
        if let Some(account) = self.account {
            asked = asked.header(AUTHORIZE_AS, account);
        }
        if request.is_some() {
            asked = asked.header(CONTENT_TYPE, "application/json");
        }
        let bytes = Bytes::copy_from_slice(request.unwrap_or_default().as_bytes());
        let asked = asked.body(bytes).map_err(|_| ODD)?;
        let answer = self.wire.ask(server.peer(), asked)?;
        match answer.status() {
            StatusCode::OK => Ok(answer.into_body()),
            other => {
                // What it says beside is for nobody: it may repeat what was asked.
                self.wire.hang_up();
                Err(refusal(other.as_u16(), target))
            }
        }
    }
}

fn refusal(status: u16, target: Target) -> Fault {
    match (status, target) {
        (401 | 403, _) => Fault::NotLetIn(status),
        (429 | 500 | 502..=599, _) => Fault::Busy(status.to_string(), 1),
        (404 | 410, Target::Message) => {
            Fault::Changed("the message was there when it was listed and is gone; search again")
        }
        (404 | 410, Target::Session) => {
            Fault::Config("session", "the server has nothing at this address")
        }
        (300..=399, Target::Session) => Fault::Config(
            "session",
            "the server leads elsewhere, and no redirect is followed: write the address to which it leads",
        ),
        (300..=399, _) => Fault::Nonsense("it leads elsewhere, and no redirect is followed"),
        _ => Fault::Refused {
            what: match target {
                Target::Session => "to say what it is",
                Target::Method => "to be called",
                Target::Message => "to give a message",
            },
            code: status.to_string(),
        },
    }
}
