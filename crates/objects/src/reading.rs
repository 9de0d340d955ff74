//! The bytes of one object, from somewhere to somewhere, as they come.

use std::io::{self, Read};
use std::thread::sleep;
use std::time::Duration;

use hyper::body::{Buf as _, Bytes};

use crate::answer::Content;
use crate::client::{Answer, Ask, Client, Verb};
use crate::fault::Fault;

/// Who came so far since a connection broke has all tries again, in bytes: a large object takes hours.
const FAR: u64 = 64 << 20;

/// Bytes of an object that is what was listed: of that ETag and length, or reading fails. No more of it is held than what
/// arrived last. A connection that breaks is made again, where it broke off, as often as the bucket's patience says
/// for each 64 MiB.
pub struct Reading {
    client: Client,
    key: Vec<u8>,
    content: Content,
    /// Of the next byte.
    at: u64,
    /// After the last.
    end: u64,
    answer: Option<Answer>,
    chunk: Bytes,
    tries: u32,
    pause: Duration,
    /// Where a connection broke last.
    broke_at: u64,
}

impl Reading {
    /// Asks for `length` bytes from `from` on of an object that was listed as `content`.
    ///
    /// # Errors
    /// [`Fault`]; when the object is another by now.
    pub fn open(
        client: Client,
        key: &[u8],
        content: Content,
        from: u64,
        length: u64,
    ) -> Result<Self, Fault> {
        let end = from.saturating_add(length);
        if end > content.size {
            return Err(Fault::Nonsense("a piece that reaches beyond its object"));
        }
        let patience = client.patience;
        let mut reading = Self {
            client,
            key: key.to_vec(),
            content,
            at: from,
            end,
            answer: None,
            chunk: Bytes::new(),
            tries: patience.tries,
            pause: patience.pause,
            broke_at: from,
        };
        reading.go_on()?;
        Ok(reading)
    }

    /// Asks for what is still to come, again if that may help.
    fn go_on(&mut self) -> Result<(), Fault> {
        while self.at < self.end && self.answer.is_none() {
            match self.ask() {
                Ok(answer) => self.answer = Some(answer),
                Err(fault) => self.again(fault)?,
            }
        }
        Ok(())
    }

    /// Waits before the next try, if there is one.
    fn again(&mut self, fault: Fault) -> Result<(), Fault> {
        self.answer = None;
        self.client.leave();
        if self.at - self.broke_at >= FAR {
            let patience = self.client.patience;
            (self.tries, self.pause) = (patience.tries, patience.pause);
        }
        self.broke_at = self.at;
        self.tries = self.tries.saturating_sub(1);
        if !fault.passes() || self.tries == 0 {
            return Err(fault);
        }
        sleep(self.pause);
        self.pause *= 2;
        Ok(())
    }

    fn ask(&mut self) -> Result<Answer, Fault> {
        let (from, last) = (self.at, self.end - 1);
        let mut headers = vec![("if-match", format!("\"{}\"", self.content.etag))];
        let whole = from == 0 && self.end == self.content.size;
        if !whole {
            headers.push(("range", format!("bytes={from}-{last}")));
        }
        let answer = self.client.answer(
            Verb::Get,
            &Ask {
                what: "to give an object",
                key: &self.key,
                query: &[],
                headers: &headers,
            },
        )?;
        let told = |name: &str| answer.header(name).unwrap_or_default();
        let size = self.content.size;
        let same = told("etag").trim_matches('"') == self.content.etag
            && told("content-length") == (self.end - from).to_string()
            && (whole || told("content-range") == format!("bytes {from}-{last}/{size}"));
        match same {
            true => Ok(answer),
            false => Err(Fault::Nonsense(
                "another object, or another piece of it, than was asked for",
            )),
        }
    }
}

impl Read for Reading {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.chunk.is_empty() && self.at < self.end {
            self.go_on().map_err(io::Error::other)?;
            let Some(answer) = &mut self.answer else {
                break;
            };
            match self.client.next(answer) {
                Ok(Some(bytes)) if bytes.len() as u64 <= self.end - self.at => {
                    self.chunk = bytes;
                }
                Ok(Some(_)) => {
                    let long = Fault::Nonsense("an object that is longer than announced");
                    return Err(io::Error::other(long));
                }
                Ok(None) => {
                    let short = Fault::Broke(io::ErrorKind::UnexpectedEof.into());
                    self.again(short).map_err(io::Error::other)?;
                }
                Err(fault) => self.again(fault).map_err(io::Error::other)?,
            }
        }
        let length = self.chunk.len().min(into.len());
        self.chunk.copy_to_slice(&mut into[..length]);
        self.at += length as u64;
        Ok(length)
    }
}
