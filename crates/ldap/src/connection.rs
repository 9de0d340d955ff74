//! Messages that go and come over a connection.

use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rasn_ldap::{LdapMessage, ProtocolOp, UnbindRequest};
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, ClientConnection, StreamOwned};

use crate::fault::LdapFault;

/// A connection is there within that time.
const CONNECT: Duration = Duration::from_secs(10);

/// The longest message, in bytes: no entry that is asked for comes near.
const LONGEST: usize = 512 << 10;

/// What answers begin with (RFC 4511, section 4): of a bind, of a search (an entry, its end, a reference) and of an
/// extended request.
const ANSWERS: [u8; 5] = [0x61, 0x64, 0x65, 0x73, 0x78];

/// Both ways to a server, secured or not.
pub(crate) trait Wire: Read + Write {}
impl<T: Read + Write> Wire for T {}

/// A socket over which nothing is said after its time.
pub(crate) struct Timed {
    stream: TcpStream,
    ends: Instant,
}

impl Timed {
    /// Connects. Whatever is said over it is said within `time`.
    pub(crate) fn connect(host: &str, port: u16, time: Duration) -> Result<Self, LdapFault> {
        let ends = Instant::now() + time;
        let mut last = io::Error::from(io::ErrorKind::NotFound);
        for address in (host, port).to_socket_addrs()? {
            let left = ends.saturating_duration_since(Instant::now()).min(CONNECT);
            if left.is_zero() {
                return Err(io::Error::from(io::ErrorKind::TimedOut).into());
            }
            match TcpStream::connect_timeout(&address, left) {
                Ok(stream) => {
                    stream.set_nodelay(true)?;
                    return Ok(Self { stream, ends });
                }
                Err(error) => last = error,
            }
        }
        Err(last.into())
    }

    /// The same, secured (TLS), if the certificate is valid for `host`.
    pub(crate) fn secured(
        self,
        host: &str,
        tls: &Arc<ClientConfig>,
    ) -> Result<StreamOwned<ClientConnection, Self>, LdapFault> {
        let name = ServerName::try_from(host.to_owned()).map_err(|_| LdapFault::Certificate)?;
        let session = ClientConnection::new(Arc::clone(tls), name);
        let mut secured = StreamOwned::new(session.map_err(|_| LdapFault::Certificate)?, self);
        while secured.conn.is_handshaking() {
            secured.conn.complete_io(&mut secured.sock)?;
        }
        Ok(secured)
    }

    /// Each single step has no more time than is left of the whole.
    fn in_time(&self) -> io::Result<()> {
        let left = self.ends.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.stream.set_read_timeout(Some(left))?;
        self.stream.set_write_timeout(Some(left))
    }
}

/// What the system says of a time that is over depends on the system.
fn over(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::WouldBlock => io::ErrorKind::TimedOut.into(),
        _ => error,
    }
}

impl Read for Timed {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.in_time()?;
        self.stream.read(bytes).map_err(over)
    }
}

impl Write for Timed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.in_time()?;
        self.stream.write(bytes).map_err(over)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// A connection on which one question is asked after the other.
pub(crate) struct Connection<W> {
    wire: W,
    number: u32,
}

impl<W: Wire> Connection<W> {
    pub(crate) fn new(wire: W) -> Self {
        Self { wire, number: 0 }
    }

    /// What it goes over. Nothing was read of it beyond the last answer.
    pub(crate) fn into_wire(self) -> W {
        self.wire
    }

    /// Sends a message. Its number is that of the answers.
    pub(crate) fn send(&mut self, what: ProtocolOp) -> Result<(), LdapFault> {
        self.number += 1;
        let message = LdapMessage::new(self.number, what);
        let bytes = rasn::ber::encode(&message)
            .map_err(|_| LdapFault::Nonsense("what is asked cannot be written"))?;
        self.wire.write_all(&bytes)?;
        Ok(self.wire.flush()?)
    }

    /// Takes leave. Whether that is heard changes nothing.
    pub(crate) fn leave(mut self) {
        let _ = self.send(ProtocolOp::UnbindRequest(UnbindRequest));
    }

    /// The next answer to the last message.
    pub(crate) fn answer(&mut self) -> Result<ProtocolOp, LdapFault> {
        let (header, bytes) = self.message()?;
        if !is_answer(&bytes[header..]) {
            return Err(LdapFault::Nonsense("it says something else than an answer"));
        }
        let message: LdapMessage = rasn::ber::decode(&bytes)
            .map_err(|_| LdapFault::Nonsense("it answers with no message of LDAP"))?;
        // A notice of the server has the number 0: that it ends the connection.
        match message.message_id == self.number {
            true => Ok(message.protocol_op),
            false => Err(LdapFault::Nonsense("it answers to what was not asked")),
        }
    }

    /// The bytes of a message, whose length stands at its beginning, and how many say so.
    fn message(&mut self) -> Result<(usize, Vec<u8>), LdapFault> {
        let mut bytes = self.bytes(2)?;
        let length = match (bytes[0], bytes[1]) {
            (0x30, short @ 0..=0x7f) => usize::from(short),
            (0x30, long @ 0x81..=0x84) => {
                let digits = self.bytes(usize::from(long & 0x7f))?;
                bytes.extend(&digits);
                let digits = digits.iter();
                digits.fold(0, |length: usize, byte| length << 8 | usize::from(*byte))
            }
            _ => return Err(LdapFault::Nonsense("it answers with no message of LDAP")),
        };
        if length > LONGEST {
            return Err(LdapFault::Nonsense("a message is longer than 512 KiB"));
        }
        let header = bytes.len();
        bytes.extend(self.bytes(length)?);
        Ok((header, bytes))
    }

    /// So many bytes. A place is made for what came, not for what was announced.
    fn bytes(&mut self, count: usize) -> Result<Vec<u8>, LdapFault> {
        let mut bytes = Vec::new();
        let mut part = [0; 16 << 10];
        while bytes.len() < count {
            let most = part.len().min(count - bytes.len());
            match self.wire.read(&mut part[..most]) {
                Ok(0) => return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into()),
                Ok(read) => bytes.extend_from_slice(&part[..read]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(bytes)
    }
}

/// Whether the contents of a message are an answer, behind a number in the short form. What clients ask (filters) may
/// hold itself again and again; what servers answer does not.
fn is_answer(contents: &[u8]) -> bool {
    match contents {
        [0x02, length @ 1..=4, rest @ ..] => {
            let what = rest.get(usize::from(*length));
            what.is_some_and(|what| ANSWERS.contains(what))
        }
        _ => false,
    }
}
