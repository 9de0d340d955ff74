//! Requests that only read: signed, made again where that may help, and answered or an error.

use std::io;
use std::time::{Duration, Instant};

use hyper::body::{Bytes, Incoming};
use hyper::header::{DATE, HeaderMap};
use hyper::{Method, Request, StatusCode};
use jiff::{SignedDuration, Timestamp};
use lagrum_https::Wire;

use crate::config::Bucket;
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

/// What may be asked: there is no other method here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    Head,
}

/// What is asked.
pub(crate) struct Ask<'a> {
    pub(crate) verb: Verb,
    /// For errors: what would have been done.
    pub(crate) what: &'static str,
    /// The object; empty: the bucket.
    pub(crate) key: &'a [u8],
    /// Names and values as they are, in the order of the names.
    pub(crate) query: &'a [(&'static str, &'a [u8])],
    /// Further headers, in small letters.
    pub(crate) headers: &'a [(&'static str, String)],
}

/// An answer whose body is still to come.
pub(crate) struct Answer {
    pub(crate) headers: HeaderMap,
    body: Incoming,
}

impl Answer {
    /// A header's text.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let value = self.headers.get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    }
}

/// Whoever asks a bucket.
pub(crate) struct Client<'b> {
    pub(crate) bucket: &'b Bucket,
    wire: Wire,
    /// The storage's own clock, as it last said it, and when that was. With it requests are signed, so that it does
    /// not matter how this machine's goes.
    clock: Option<(Timestamp, Instant)>,
}

impl<'b> Client<'b> {
    pub(crate) fn new(bucket: &'b Bucket) -> Result<Self, Fault> {
        let wire = Wire::new()?;
        let clock = None;
        Ok(Self {
            bucket,
            wire,
            clock,
        })
    }

    /// Does something until it succeeds, fails for good, or was tried often enough. `go_on` says whether it may be tried
    /// again.
    pub(crate) fn patiently<T>(
        &mut self,
        go_on: &dyn Fn() -> Result<(), Fault>,
        does: &mut dyn FnMut(&mut Self) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let patience = self.bucket.patience;
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
        let mut answer = self.answer(ask)?;
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

    /// The next bytes of an answer.
    pub(crate) fn next(&mut self, answer: &mut Answer) -> Result<Option<Bytes>, Fault> {
        Ok(self.wire.next(&mut answer.body)?)
    }

    /// Leaves the rest of an answer where it is.
    pub(crate) fn leave(&mut self) {
        self.wire.hang_up();
    }

    /// Asks, once. Everything but success is an error.
    pub(crate) fn answer(&mut self, ask: &Ask<'_>) -> Result<Answer, Fault> {
        if self.clock.is_none() {
            // Whatever it answers to a request that nobody signed, it says what time it is.
            let unsigned = Ask {
                verb: Verb::Head,
                what: "to answer",
                key: b"",
                query: &[],
                headers: &[],
            };
            let (status, _) = self.send(&unsigned)?;
            if self.clock.is_none() {
                return Err(refusal(status, None, &unsigned));
            }
        }
        let (status, mut answer) = self.send(ask)?;
        if status == StatusCode::OK {
            return Ok(answer);
        }
        let code = match ask.verb {
            Verb::Head => None,
            Verb::Get => {
                let body = self.taken(&mut answer.body, LONGEST_REFUSAL)?;
                code_of(&body)
            }
        };
        Err(refusal(status, code, ask))
    }

    /// Sends a request, signed as soon as the storage said what time it is.
    fn send(&mut self, ask: &Ask<'_>) -> Result<(StatusCode, Answer), Fault> {
        const ODD: Fault = Fault::Nonsense("a request that cannot be written");
        let bucket = self.bucket;
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
        let method = match ask.verb {
            Verb::Get => Method::GET,
            Verb::Head => Method::HEAD,
        };
        let target = match query.as_str() {
            "" => path.clone(),
            query => format!("{path}?{query}"),
        };
        let mut headers = ask.headers.to_vec();
        headers.push(("host", bucket.host.clone()));
        if let Some((said, at)) = self.clock {
            let passed = SignedDuration::try_from(at.elapsed()).unwrap_or_default();
            let stamp = stamp(said.saturating_add(passed).unwrap_or(said));
            headers.push(("x-amz-content-sha256", NO_BODY.to_owned()));
            headers.push(("x-amz-date", stamp.clone()));
            headers.sort_unstable();
            let signed = Signed {
                method: method.as_str(),
                path: &path,
                query: &query,
                headers: &headers,
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
        let request = request.body(Bytes::new()).map_err(|_| ODD)?;
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
}

/// The code of a refusal: nothing else of it is told, for it repeats what was asked.
fn code_of(body: &[u8]) -> Option<String> {
    let root = xml::read(body).ok().filter(|root| root.name == "Error")?;
    let code = root.text_of("Code").ok().flatten()?;
    let plain = (1..=64).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric());
    plain.then(|| code.to_owned())
}

fn refusal(status: StatusCode, code: Option<String>, ask: &Ask<'_>) -> Fault {
    let number = status.as_u16();
    let of_object = !ask.key.is_empty();
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
