//! Requests that only read, and how any request is made: signed, made again where that may help, and answered or an error.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hyper::body::{Bytes, Incoming};
use hyper::header::{DATE, HeaderMap};
use hyper::{Method, Request, StatusCode};
use jiff::{SignedDuration, Timestamp};
use lagrum_https::{Patience, Wire};
use sha2::{Digest as _, Sha256};

use crate::bucket::Bucket;
use crate::fault::Fault;
use crate::key::encoded;
use crate::sign::{NO_BODY, Signed, stamp};
use crate::xml;

/// The longest answer in XML, in bytes: a thousand keys of 1,024 bytes, each of which takes three letters.
const LONGEST_XML: usize = 16 << 20;
/// An answer in XML is whole within that time.
const WHOLE: Duration = Duration::from_secs(300);
/// How much of a refusal is read.
const LONGEST_REFUSAL: usize = 64 << 10;

/// What whoever only reads may ask: there is no other method here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// What lies there.
    Get,
    /// What is said of it.
    Head,
}

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// For errors: what would have been done.
    pub what: &'static str,
    /// The object; empty: the bucket.
    pub key: &'a [u8],
    /// Names and values as they are, in the order of the names.
    pub query: &'a [(&'static str, &'a [u8])],
    /// Further headers, in small letters.
    pub headers: &'a [(&'static str, String)],
}

impl Ask<'_> {
    /// The bucket, and nothing of it: whatever is answered says what time it is.
    const NOTHING: Ask<'static> = Ask {
        what: "to answer",
        key: b"",
        query: &[],
        headers: &[],
    };
}

/// An answer whose body is still to come.
pub struct Answer {
    /// Its headers.
    pub headers: HeaderMap,
    body: Incoming,
}

impl Answer {
    /// A header's text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        let value = self.headers.get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    }
}

/// Whoever reads a bucket.
pub struct Client {
    pub(crate) bucket: Arc<Bucket>,
    /// How often a request is made that may succeed if it is made again: as its bucket says.
    pub patience: Patience,
    wire: Wire,
    /// The storage's own clock, as it last said it, and when that was. With it requests are signed, so that it does
    /// not matter how this machine's goes.
    clock: Option<(Timestamp, Instant)>,
}

impl Client {
    /// Not yet connected.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn new(bucket: &Arc<Bucket>) -> Result<Self, Fault> {
        Ok(Self {
            bucket: Arc::clone(bucket),
            patience: bucket.patience,
            wire: Wire::new()?,
            clock: None,
        })
    }

    /// Does something until it succeeds, fails for good, or was tried often enough. `go_on` says whether it may be tried
    /// again.
    ///
    /// # Errors
    /// What `go_on` says, or the last try.
    pub fn patiently<T>(
        &mut self,
        go_on: &dyn Fn() -> Result<(), Fault>,
        does: &mut dyn FnMut(&mut Self) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let patience = self.patience;
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

    /// Asks for XML, once.
    pub(crate) fn xml(&mut self, ask: &Ask<'_>) -> Result<xml::Element, Fault> {
        let answer = self.answer(Verb::Get, ask)?;
        self.xml_of(answer)
    }

    /// An answer that is XML.
    pub(crate) fn xml_of(&mut self, mut answer: Answer) -> Result<xml::Element, Fault> {
        let bytes = self.taken(&mut answer.body, LONGEST_XML)?;
        if bytes.len() > LONGEST_XML {
            return Err(Fault::Nonsense("an answer that is too long"));
        }
        xml::read(&bytes).map_err(Fault::Nonsense)
    }

    /// The body of an answer, up to one byte more than `most`.
    fn taken(&mut self, body: &mut Incoming, most: usize) -> Result<Vec<u8>, Fault> {
        let mut all = Vec::new();
        let began = Instant::now();
        while let Some(bytes) = self.wire.next(body)? {
            if began.elapsed() > WHOLE {
                return Err(Fault::Broke(io::ErrorKind::TimedOut.into()));
            }
            all.extend_from_slice(&bytes);
            if all.len() > most {
                all.truncate(most + 1);
                self.wire.hang_up();
                break;
            }
        }
        Ok(all)
    }

    /// The next bytes of an answer; `None`: that was all.
    ///
    /// # Errors
    /// When the connection breaks.
    pub fn next(&mut self, answer: &mut Answer) -> Result<Option<Bytes>, Fault> {
        Ok(self.wire.next(&mut answer.body)?)
    }

    /// Leaves the rest of an answer where it is.
    pub fn leave(&mut self) {
        self.wire.hang_up();
    }

    /// Asks, once. Everything but success is an error.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn answer(&mut self, verb: Verb, ask: &Ask<'_>) -> Result<Answer, Fault> {
        let method = match verb {
            Verb::Get => Method::GET,
            Verb::Head => Method::HEAD,
        };
        // A piece is asked for, and nothing else is taken for it.
        let piece = ask.headers.iter().any(|(name, _)| *name == "range");
        let wanted = match piece {
            true => StatusCode::PARTIAL_CONTENT,
            false => StatusCode::OK,
        };
        let (status, answer) = self.asked(&method, ask, &Bytes::new())?;
        match status == wanted {
            true => Ok(answer),
            false => Err(self.refused(&method, status, answer, ask)),
        }
    }

    /// Asks with any method, once, and gives whatever is answered.
    pub(crate) fn asked(
        &mut self,
        method: &Method,
        ask: &Ask<'_>,
        body: &Bytes,
    ) -> Result<(StatusCode, Answer), Fault> {
        if self.clock.is_none() {
            // Whatever it answers to a request that nobody signed, it says what time it is.
            let (status, _) = self.unsigned(&Ask::NOTHING)?;
            if self.clock.is_none() {
                return Err(refusal(true, status, None, &Ask::NOTHING));
            }
        }
        self.send(method, ask, body, true)
    }

    /// What it answers to anybody who asks for the head of this: nobody signs.
    pub(crate) fn unsigned(&mut self, ask: &Ask<'_>) -> Result<(StatusCode, Answer), Fault> {
        self.send(&Method::HEAD, ask, &Bytes::new(), false)
    }

    /// Why something was not done.
    pub(crate) fn refused(
        &mut self,
        method: &Method,
        status: StatusCode,
        mut answer: Answer,
        ask: &Ask<'_>,
    ) -> Fault {
        if method == Method::HEAD {
            return refusal(true, status, None, ask);
        }
        let reads = method == Method::GET;
        match self.taken(&mut answer.body, LONGEST_REFUSAL) {
            Ok(body) => refusal(reads, status, code_of(&body), ask),
            Err(fault) => fault,
        }
    }

    /// Sends a request.
    fn send(
        &mut self,
        method: &Method,
        ask: &Ask<'_>,
        body: &Bytes,
        signs: bool,
    ) -> Result<(StatusCode, Answer), Fault> {
        const ODD: Fault = Fault::Nonsense("a request that cannot be written");
        let bucket = Arc::clone(&self.bucket);
        let path = match ask.key {
            // Only the path ends there: the slash is no key.
            b"" if bucket.path.len() > 1 => bucket.path.trim_end_matches('/').to_owned(),
            key => format!("{}{}", bucket.path, encoded(key, true)),
        };
        let query: Vec<_> = ask
            .query
            .iter()
            .map(|(name, value)| format!("{name}={}", encoded(value, false)))
            .collect();
        let query = query.join("&");
        let target = match query.as_str() {
            "" => path.clone(),
            query => format!("{path}?{query}"),
        };
        let mut headers = ask.headers.to_vec();
        headers.push(("host", bucket.host.clone()));
        if let Some((said, at)) = self.clock.filter(|_| signs) {
            let passed = SignedDuration::try_from(at.elapsed()).unwrap_or_default();
            let stamp = stamp(said.saturating_add(passed).unwrap_or(said));
            let payload = match body.is_empty() {
                true => NO_BODY.to_owned(),
                false => hex::encode(Sha256::digest(body)),
            };
            headers.push(("x-amz-content-sha256", payload.clone()));
            headers.push(("x-amz-date", stamp.clone()));
            headers.sort_unstable();
            let signed = Signed {
                method: method.as_str(),
                path: &path,
                query: &query,
                headers: &headers,
                payload: &payload,
            };
            let authorization = bucket.key.authorization(&signed, &stamp);
            headers.push(("authorization", authorization));
        }
        let mut request = Request::builder().method(method).uri(target);
        for (name, value) in &headers {
            request = request.header(*name, value);
        }
        let request = request.header("accept-encoding", "identity");
        let request = request.header("user-agent", "lagrum");
        let request = request.body(body.clone()).map_err(|_| ODD)?;
        let answer = self.wire.ask(bucket.peer(), request)?;
        let (head, body) = answer.into_parts();
        let date = head.headers.get(DATE).and_then(|date| date.to_str().ok());
        let date = date.and_then(|date| jiff::fmt::rfc2822::parse(date).ok());
        match date {
            Some(date) => self.clock = Some((date.timestamp(), Instant::now())),
            None if self.clock.is_none() && !head.status.is_server_error() => {
                return Err(Fault::Nonsense(
                    "an answer that does not say when it was given",
                ));
            }
            None => {}
        }
        let answer = Answer {
            headers: head.headers,
            body,
        };
        Ok((head.status, answer))
    }

    /// What time it is at the storage (UTC), as it last said it.
    pub(crate) fn said(&self) -> Option<Timestamp> {
        self.clock.map(|(said, _)| said)
    }
}

/// The code of a refusal: nothing else of it is told, for it repeats what was asked.
fn code_of(body: &[u8]) -> Option<String> {
    let root = xml::read(body).ok().filter(|root| root.name == "Error")?;
    let code = root.text_of("Code").ok().flatten()?;
    let plain = (1..=64).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric());
    plain.then(|| code.to_owned())
}

/// Why something was not done; `reads`: it would have changed nothing.
fn refusal(reads: bool, status: StatusCode, code: Option<String>, ask: &Ask<'_>) -> Fault {
    let number = status.as_u16();
    let of_object = reads && !ask.key.is_empty();
    let named = code.as_deref().unwrap_or_default();
    match (number, named) {
        // What was never written is no service that fails.
        (501, _) => {}
        (429 | 500..=599, _) | (_, "SlowDown" | "RequestTimeout" | "InternalError") => {
            return Fault::Busy(code.unwrap_or_else(|| number.to_string()), 1);
        }
        (_, "NoSuchBucket") => return Fault::Config("bucket", "the storage has no such bucket"),
        (301 | 307, _) | (_, "AuthorizationHeaderMalformed" | "PermanentRedirect") => {
            return Fault::Config(
                "region",
                "the storage says that the bucket is in another region; write that one, and its `endpoint`",
            );
        }
        (404, "NoSuchUpload") => return Fault::NoUpload,
        (412, _) => {
            return Fault::Changed(
                "the object is another than the one that was listed; search again",
            );
        }
        (404 | 405 | 410, _) if of_object => {
            return Fault::Changed(
                "the object was there when it was listed and is gone; search again",
            );
        }
        _ => {}
    }
    Fault::Refused {
        what: ask.what,
        code: code.unwrap_or_else(|| number.to_string()),
    }
}
