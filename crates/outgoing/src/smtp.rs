//! Mail. The conversation is lettre's; the connection below it is bounded here.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use lagrum_https::connector;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream};
use lettre::transport::smtp::extension::ClientId;
use tokio::io::{
    AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader,
    ReadBuf,
};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::rustls::pki_types::ServerName;

use crate::settings::Security;
use crate::{MailSettings, NotSent};

/// A connection is there within that time.
const CONNECT: Duration = Duration::from_secs(20);
/// A whole conversation ends within that time. RFC 5321, 4.5.3.2 would grant more to each step; a mail of a few
/// lines needs seconds, and what was not taken is tried again.
const CONVERSATION: Duration = Duration::from_secs(60);
/// What a server says in one conversation, in bytes: a few lines.
const TALK: usize = 16 << 10;

/// One mail, to one recipient.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'l> {
    /// Its name, the same at every try: letters and digits, before the `@` of its `Message-ID`.
    pub id: &'l str,
    /// To which address.
    pub to: &'l str,
    /// The subject.
    pub subject: &'l str,
    /// The text.
    pub text: &'l str,
    /// Whether a program wrote it (RFC 3834): then no other program answers.
    pub automatic: bool,
    /// When it is sent (UTC).
    pub at: Timestamp,
}

/// That a server took a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Its answer.
    pub code: u16,
    /// The `Message-ID`, without its brackets.
    pub message_id: String,
}

/// Sends a mail. Blocks until the server took it, or did not.
///
/// # Errors
/// [`NotSent`].
pub fn send(settings: &MailSettings, letter: &Letter<'_>) -> Result<Taken, NotSent> {
    let from: Mailbox = settings.from.parse().map_err(|_| NotSent::Malformed)?;
    let to = letter.to.parse().map_err(|_| NotSent::Malformed)?;
    let message_id = format!("{}@{}", letter.id, from.email.domain());
    let hello = ClientId::Domain(from.email.domain().to_owned());
    let since = Duration::from_secs(letter.at.as_second().try_into().unwrap_or(0));
    let mut message = Message::builder()
        .from(from)
        .to(Mailbox::new(None, to))
        .subject(letter.subject)
        .date(SystemTime::UNIX_EPOCH + since)
        .message_id(Some(format!("<{message_id}>")))
        .header(ContentType::TEXT_PLAIN);
    if letter.automatic {
        let name = HeaderName::new_from_ascii_str("Auto-Submitted");
        message = message.raw_header(HeaderValue::new(name, "auto-generated".to_owned()));
    }
    let message = message.body(letter.text.to_owned());
    let message = message.map_err(|_| NotSent::Malformed)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|_| NotSent::Unreachable)?;
    let code = runtime.block_on(async {
        let said = timeout(CONVERSATION, converse(settings, &hello, &message));
        said.await.map_err(|_| NotSent::TooSlow)?
    })?;
    Ok(Taken { code, message_id })
}

async fn converse(
    settings: &MailSettings,
    hello: &ClientId,
    message: &Message,
) -> Result<u16, NotSent> {
    let address = (settings.server.as_str(), settings.port);
    let connected = timeout(CONNECT, TcpStream::connect(address)).await;
    let plain = connected
        .map_err(|_| NotSent::TooSlow)?
        .map_err(|_| NotSent::Unreachable)?;
    let peer = plain.peer_addr().map_err(|_| NotSent::Unreachable)?;
    let stream: Box<dyn AsyncTokioStream> = match settings.security {
        Security::None => Bounded::boxed(plain, peer, ""),
        Security::Tls => Bounded::boxed(secured(settings, plain).await?, peer, ""),
        Security::StartTls => {
            let plain = start_tls(plain, hello).await?;
            // After STARTTLS the server says nothing before it is asked: the greeting was said already.
            Bounded::boxed(secured(settings, plain).await?, peer, "220 again\r\n")
        }
    };
    let opened = AsyncSmtpConnection::connect_with_transport(stream, hello).await;
    let mut connection = opened.map_err(|error| not_sent(&error))?;
    if let Some((user, password)) = &settings.login {
        let login = Credentials::new(user.clone(), password.to_string());
        let ways = [Mechanism::Plain, Mechanism::Login];
        let let_in = connection.auth(&ways, &login).await;
        let_in.map_err(|error| match error.status() {
            Some(code) if error.is_permanent() => NotSent::Denied(code.into()),
            None if error.is_client() => NotSent::Denied(0),
            _ => not_sent(&error),
        })?;
    }
    let taken = connection
        .send(message.envelope(), &message.formatted())
        .await;
    let taken = taken.map_err(|error| not_sent(&error))?;
    // It took it: a server that does not say good-bye changes nothing.
    let _ = timeout(CONNECT, connection.quit()).await;
    Ok(taken.code().into())
}

fn not_sent(error: &lettre::transport::smtp::Error) -> NotSent {
    match error.status() {
        Some(code) if error.is_permanent() => NotSent::No(code.into()),
        Some(code) => NotSent::NotNow(code.into()),
        // Such a mail this server never takes: it cannot carry what stands in it.
        None if error.is_client() => NotSent::No(0),
        None => NotSent::BrokeOff,
    }
}

async fn secured(
    settings: &MailSettings,
    stream: TcpStream,
) -> Result<tokio_rustls::client::TlsStream<TcpStream>, NotSent> {
    let name = ServerName::try_from(settings.server.clone());
    let name = name.map_err(|_| NotSent::Certificate)?;
    let connector = connector(&settings.certificates)?;
    let secured = timeout(CONNECT, connector.connect(name, stream)).await;
    secured
        .map_err(|_| NotSent::TooSlow)?
        .map_err(|_| NotSent::Certificate)
}

/// Asks for TLS (RFC 3207). Nothing that was said before it counts afterwards: whatever lies behind the server's
/// last answer was put there by somebody else, and ends it.
async fn start_tls(stream: TcpStream, hello: &ClientId) -> Result<TcpStream, NotSent> {
    let mut stream = BufReader::new(stream);
    answered(&mut stream, 220).await?;
    for (asked, answer) in [
        (format!("EHLO {hello}\r\n"), 250),
        ("STARTTLS\r\n".to_owned(), 220),
    ] {
        let said = stream.get_mut().write_all(asked.as_bytes()).await;
        said.map_err(|_| NotSent::BrokeOff)?;
        let offered = answered(&mut stream, answer).await?;
        if answer == 250 && !offered {
            return Err(NotSent::NoTls);
        }
    }
    if !stream.buffer().is_empty() {
        return Err(NotSent::BrokeOff);
    }
    Ok(stream.into_inner())
}

/// Reads one answer of some lines; says whether one of them offers STARTTLS.
async fn answered(stream: &mut BufReader<TcpStream>, code: u16) -> Result<bool, NotSent> {
    let (mut read, mut offered) = (0, false);
    loop {
        let mut line = Vec::new();
        let room = (TALK - read) as u64;
        let got = (&mut *stream).take(room).read_until(b'\n', &mut line).await;
        read += got.map_err(|_| NotSent::BrokeOff)?;
        let text = std::str::from_utf8(&line).map_err(|_| NotSent::BrokeOff)?;
        let line = text.strip_suffix("\r\n").ok_or(NotSent::BrokeOff)?;
        let said: u16 = line
            .get(..3)
            .and_then(|digits| digits.parse().ok())
            .ok_or(NotSent::BrokeOff)?;
        let rest = &line[3..];
        offered |= rest
            .get(1..)
            .is_some_and(|word| word.eq_ignore_ascii_case("STARTTLS"));
        if rest.starts_with('-') {
            continue;
        }
        return match said {
            same if same == code => Ok(offered),
            400..=499 => Err(NotSent::NotNow(said)),
            500..=599 if code == 220 && offered => Err(NotSent::NoTls),
            500..=599 => Err(NotSent::No(said)),
            _ => Err(NotSent::BrokeOff),
        };
    }
}

/// A connection of which no more is read than a server may say.
struct Bounded<S> {
    stream: S,
    peer: SocketAddr,
    /// What is read before all else.
    first: &'static [u8],
    left: usize,
}

impl<S> Bounded<S>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + Sync + 'static,
{
    fn boxed(stream: S, peer: SocketAddr, first: &'static str) -> Box<dyn AsyncTokioStream> {
        Box::new(Self {
            stream,
            peer,
            first: first.as_bytes(),
            left: TALK,
        })
    }
}

impl<S> fmt::Debug for Bounded<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bounded").field("left", &self.left).finish()
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Bounded<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.first.is_empty() {
            let size = self.first.len().min(buf.remaining());
            let (now, later) = self.first.split_at(size);
            buf.put_slice(now);
            self.first = later;
            return Poll::Ready(Ok(()));
        }
        // As if the server had closed.
        if self.left == 0 {
            return Poll::Ready(Ok(()));
        }
        let room = self.left.min(buf.remaining());
        let mut piece = ReadBuf::new(buf.initialize_unfilled_to(room));
        let polled = Pin::new(&mut self.stream).poll_read(cx, &mut piece);
        let got = piece.filled().len();
        if let Poll::Ready(Ok(())) = polled {
            buf.advance(got);
            self.left -= got;
        }
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Bounded<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

impl<S> AsyncTokioStream for Bounded<S>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + Sync,
{
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.peer)
    }
}
