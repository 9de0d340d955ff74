//! A connection on which commands are given and answered.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, ClientConnection, StreamOwned};
use zeroize::Zeroizing;

use crate::fault::Fault;
use crate::value::{Value, values};

/// A connection is there within that time.
const CONNECT: Duration = Duration::from_secs(10);
/// The server says something within that time.
const SILENCE: Duration = Duration::from_secs(60);
/// One answer is whole within that time.
const ANSWER: Duration = Duration::from_secs(300);
/// The longest line of an answer, in bytes.
const LINE: u64 = 64 << 10;
/// The longest answer, in bytes: a piece of a message, and what is said around it.
pub(crate) const LONGEST: u64 = (4 << 20) + LINE;
/// So many answers come to one command at most: one for each message of an account, and what is told of them meanwhile.
const ANSWERS: u64 = 4_000_000;

const ENDLESS: Fault = Fault::Nonsense("an answer without end");

/// Whether the search may go on.
pub(crate) type GoOn<'s> = &'s dyn Fn() -> Result<(), Fault>;

/// Both ways to a server, secured or not.
trait Wire: Read + Write + Send {}
impl<T: Read + Write + Send> Wire for T {}

/// An open connection.
pub(crate) struct Connection<'s> {
    wire: BufReader<Box<dyn Wire>>,
    commands: u32,
    /// Asked before each reading: a server that says little at a time holds nobody who wants to end.
    go_on: GoOn<'s>,
}

/// How a command ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// Done, with this code in capitals.
    Ok(String),
    /// Refused, with this code in capitals.
    No(String),
}

/// The code of a text of status, in capitals: `READ-ONLY`, `UIDVALIDITY 7`; empty if there is none.
fn code_of(text: &[u8]) -> String {
    let inside = text.strip_prefix(b"[");
    let end = inside.and_then(|inside| inside.iter().position(|byte| *byte == b']'));
    let code = inside
        .zip(end)
        .map_or(&b""[..], |(inside, end)| &inside[..end]);
    String::from_utf8_lossy(code).to_ascii_uppercase()
}

/// The first word, and what follows it.
fn word(line: &[u8]) -> (&[u8], &[u8]) {
    let end = line.iter().position(|byte| *byte == b' ');
    let (word, rest) = line.split_at(end.unwrap_or(line.len()));
    (word, rest.strip_prefix(b" ").unwrap_or(rest))
}

/// How many bytes follow a line as a literal.
fn announced(line: &[u8]) -> Option<u64> {
    let inside = line.strip_suffix(b"}")?;
    let open = inside.iter().rposition(|byte| *byte == b'{')?;
    let digits = &inside[open + 1..];
    let number = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    // More than a number holds is more than anybody takes.
    number.then(|| {
        std::str::from_utf8(digits)
            .ok()?
            .parse()
            .ok()
            .or(Some(u64::MAX))
    })?
}

/// Whether an untagged answer is one of status, whose rest is text for people.
fn is_status(word: &[u8]) -> bool {
    [&b"OK"[..], b"NO", b"BAD", b"BYE", b"PREAUTH"]
        .iter()
        .any(|status| word.eq_ignore_ascii_case(status))
}

impl<'s> Connection<'s> {
    /// Connects; with TLS unless there is no `tls`.
    pub(crate) fn open(
        host: &str,
        port: u16,
        tls: Option<&Arc<ClientConfig>>,
        go_on: GoOn<'s>,
    ) -> Result<Self, Fault> {
        let mut last = io::Error::from(io::ErrorKind::NotFound);
        for address in (host, port).to_socket_addrs()? {
            let stream = match TcpStream::connect_timeout(&address, CONNECT) {
                Ok(stream) => stream,
                Err(error) => {
                    last = error;
                    continue;
                }
            };
            stream.set_read_timeout(Some(SILENCE))?;
            stream.set_write_timeout(Some(SILENCE))?;
            stream.set_nodelay(true)?;
            let wire: Box<dyn Wire> = match tls {
                None => Box::new(stream),
                Some(config) => {
                    let name = ServerName::try_from(host.to_owned());
                    let name = name.map_err(|_| Fault::Certificate)?;
                    let session = ClientConnection::new(Arc::clone(config), name);
                    let session = session.map_err(|_| Fault::Certificate)?;
                    Box::new(StreamOwned::new(session, stream))
                }
            };
            let mut opened = Self {
                wire: BufReader::with_capacity(64 << 10, wire),
                commands: 0,
                go_on,
            };
            opened.greeted()?;
            return Ok(opened);
        }
        Err(last.into())
    }

    fn greeted(&mut self) -> Result<(), Fault> {
        let line = self.answer()?;
        let (star, rest) = word(&line);
        // Whoever is signed in already before saying who they are is not whom we ask for.
        match star == b"*" && word(rest).0.eq_ignore_ascii_case(b"OK") {
            true => Ok(()),
            false if word(rest).0.eq_ignore_ascii_case(b"BYE") => Err(Fault::Bye),
            false => Err(Fault::Nonsense("it greets otherwise than with OK")),
        }
    }

    /// Gives a command and hands each untagged answer to `each`: the code in capitals of one of status, or what
    /// it holds. Says how it ended. What `command` holds is no line end.
    pub(crate) fn command(
        &mut self,
        command: &str,
        each: &mut dyn FnMut(Untagged) -> Result<(), Fault>,
    ) -> Result<Ended, Fault> {
        let tag = self.send(command)?;
        self.ended(&tag, each)
    }

    /// The same for a command that asks for one more line.
    pub(crate) fn command_with(
        &mut self,
        command: &str,
        line: &Zeroizing<String>,
    ) -> Result<Ended, Fault> {
        let tag = self.send(command)?;
        for _ in 0..ANSWERS {
            let answer = self.answer()?;
            match word(&answer) {
                (b"+", _) => {
                    self.write(line)?;
                    return self.ended(&tag, &mut |_| Ok(()));
                }
                (b"*", rest) if word(rest).0.eq_ignore_ascii_case(b"BYE") => {
                    return Err(Fault::Bye);
                }
                (b"*", _) => {}
                (tagged, rest) => return done(&tag, tagged, rest),
            }
        }
        Err(ENDLESS)
    }

    fn send(&mut self, command: &str) -> Result<String, Fault> {
        self.commands += 1;
        let tag = format!("L{}", self.commands);
        self.write(&format!("{tag} {command}"))?;
        Ok(tag)
    }

    fn write(&mut self, line: &str) -> Result<(), Fault> {
        if line.contains(['\r', '\n', '\0']) {
            return Err(Fault::Nonsense("a name with a line end in it"));
        }
        let whole = Zeroizing::new(format!("{line}\r\n"));
        let wire = self.wire.get_mut();
        wire.write_all(whole.as_bytes()).map_err(Fault::io)?;
        wire.flush().map_err(Fault::io)
    }

    fn ended(
        &mut self,
        tag: &str,
        each: &mut dyn FnMut(Untagged) -> Result<(), Fault>,
    ) -> Result<Ended, Fault> {
        for _ in 0..ANSWERS {
            let answer = self.answer()?;
            let (first, rest) = word(&answer);
            if first != b"*" {
                return done(tag, first, rest);
            }
            let (kind, text) = word(rest);
            if kind.eq_ignore_ascii_case(b"BYE") {
                return Err(Fault::Bye);
            }
            each(match is_status(kind) {
                true => Untagged::Status(code_of(text)),
                false => Untagged::Values(values(rest)?),
            })?;
        }
        Err(ENDLESS)
    }

    /// One answer: its lines with the literals in their places, without the last line end.
    fn answer(&mut self) -> Result<Vec<u8>, Fault> {
        let begun = Instant::now();
        let mut answer = Vec::new();
        loop {
            let from = answer.len();
            self.take(&mut answer, LINE, Some(b'\n'), begun)?;
            if !answer[from..].ends_with(b"\r\n") {
                return Err(Fault::Nonsense("a line that is too long, or has no end"));
            }
            let line = &answer[from..answer.len() - 2];
            let status = answer.starts_with(b"* ") && is_status(word(&answer[2..]).0);
            let literal = announced(line).filter(|_| answer.starts_with(b"* ") && !status);
            let Some(length) = literal else {
                answer.truncate(answer.len() - 2);
                return Ok(answer);
            };
            if length.saturating_add(answer.len() as u64) > LONGEST {
                return Err(Fault::Nonsense("more than was asked for"));
            }
            self.take(&mut answer, length, None, begun)?;
        }
    }

    /// Takes so many bytes, or fewer up to this one.
    fn take(
        &mut self,
        to: &mut Vec<u8>,
        most: u64,
        until: Option<u8>,
        begun: Instant,
    ) -> Result<(), Fault> {
        let mut left = usize::try_from(most).map_err(|_| Fault::Nonsense("too much"))?;
        while left > 0 {
            (self.go_on)()?;
            if begun.elapsed() > ANSWER {
                return Err(io::Error::from(io::ErrorKind::TimedOut).into());
            }
            let here = match self.wire.fill_buf() {
                Ok([]) => return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into()),
                Ok(here) => &here[..here.len().min(left)],
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(Fault::io(error)),
            };
            let end = until.and_then(|byte| here.iter().position(|one| *one == byte));
            let taken = end.map_or(here.len(), |end| end + 1);
            to.extend_from_slice(&here[..taken]);
            self.wire.consume(taken);
            left -= taken;
            if end.is_some() {
                return Ok(());
            }
        }
        Ok(())
    }
}

/// An answer that a command brought.
pub(crate) enum Untagged {
    /// One of status, with its code.
    Status(String),
    /// Another.
    Values(Vec<Value>),
}

fn done(tag: &str, tagged: &[u8], rest: &[u8]) -> Result<Ended, Fault> {
    if tagged != tag.as_bytes() {
        return Err(Fault::Nonsense("an answer to no command"));
    }
    let (status, text) = word(rest);
    match status {
        b"OK" => Ok(Ended::Ok(code_of(text))),
        b"NO" => Ok(Ended::No(code_of(text))),
        _ => Err(Fault::Nonsense(
            "it does not know a command of the protocol",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_is_announced_at_the_end_of_a_line_alone() {
        for (line, length) in [
            (&b"* 1 FETCH (BODY[] {12}"[..], Some(12)),
            (b"{0}", Some(0)),
            (b"{99999999999999999999999}", Some(u64::MAX)),
            (b"{12} ", None),
            (b"{}", None),
            (b"{1x}", None),
            (b"12}", None),
        ] {
            assert_eq!(announced(line), length, "{}", String::from_utf8_lossy(line));
        }
    }

    #[test]
    fn a_code_stands_in_brackets_at_the_beginning() {
        assert_eq!(code_of(b"[UidValidity 7] ok"), "UIDVALIDITY 7");
        assert_eq!(code_of(b"ok [READ-ONLY]"), "");
        assert_eq!(code_of(b"[READ-ONLY"), "");
    }
}
