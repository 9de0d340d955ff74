//! One request to a server elsewhere and its answer, or many on one connection.
//!
//! **Invariant.** Nothing goes to a server that did not prove its name, unless it is this machine. The address that
//! is connected to is the one that was looked at, and one of a private network only where that was allowed. A
//! request ends within the times that are written here, and no more of its answer is taken in than whoever asks
//! allows. On a [`Wire`] the address is the operator's own, whoever asks holds the time and the length of the whole, and
//! silence ends it. No redirect is followed.

mod address;
mod first;
mod patience;
mod secure;
mod server;
mod wire;

use std::time::Duration;

use futures_util::future::{Either, select};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{HOST, HeaderName, USER_AGENT};
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use socket2::{SockRef, TcpKeepalive};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{CertificateError, Error as TlsError, InvalidMessage};

use first::{First, Noting};

pub use patience::Patience;
pub use secure::connector;
pub use server::{Server, is_local};
pub use wire::{Broken, Peer, Wire};

/// A connection is there within that time.
const CONNECT: Duration = Duration::from_secs(10);
/// Whoever says nothing for that long, not even that something arrived, is gone: a line that was cut says no more.
const SILENT: Duration = Duration::from_secs(30);
/// How often a connection is asked for a sign of life while nobody speaks.
const ASK_EVERY: Duration = Duration::from_secs(10);
/// The head of an answer, in bytes.
const LARGEST_HEAD: usize = 16 << 10;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// What is sent; absent: a GET.
    pub body: Option<&'a [u8]>,
    /// Further headers.
    pub headers: &'a [(&'static str, &'a str)],
    /// How long the whole may take.
    pub within: Duration,
    /// How much of the answer's body is taken in, in bytes. One that is longer is no answer; with 0 no body is
    /// read at all, however long it is.
    pub largest: usize,
}

/// What came back.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Its body: bytes of a stranger.
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// Nobody answers there.
    #[error("the server cannot be reached")]
    Unreachable,
    /// The address is one of a private network, and the settings do not say that it may be.
    #[error("the server's address is in a private network; `private = true` allows that")]
    Private,
    /// The certificate is not one that is trusted here, or names another server.
    #[error("the server's certificate is not trusted here")]
    Certificate,
    /// The server shows the certificate of a certificate authority, which vouches for others and is no server's own.
    #[error(
        "the server's certificate is that of a certificate authority (CA:TRUE), and no server may use one; make the server one of its own (`openssl req -x509` with `-addext basicConstraints=critical,CA:FALSE`)"
    )]
    Authority,
    /// The address says http, and the server speaks TLS.
    #[error("the server speaks TLS; write its address with https:// in place of http://")]
    SpeaksTls,
    /// The address says https, and the server does not speak TLS.
    #[error(
        "the server does not speak TLS there; give it a certificate, or name the address and the port at which it does"
    )]
    NoTls,
    /// The certificates in the settings cannot be read.
    #[error("the certificates in the settings cannot be read")]
    Certificates,
    /// The server stopped in the middle, or said what nobody understands.
    #[error("the server broke off")]
    BrokeOff,
    /// It took too long.
    #[error("the server is too slow")]
    TooSlow,
    /// The answer is longer than any that is waited for.
    #[error("the server's answer is too long")]
    TooLong,
    /// It cannot be written as a request.
    #[error("it cannot be written as a request")]
    Malformed,
}

/// Asks a server. Blocks until it answered, or did not.
///
/// # Errors
/// [`NoAnswer`].
pub fn ask(server: &Server, what: &Ask<'_>) -> Result<Answer, NoAnswer> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|_| NoAnswer::Unreachable)?;
    runtime.block_on(async {
        let answered = timeout(what.within, connect_and_ask(server, what)).await;
        answered.map_err(|_| NoAnswer::TooSlow)?
    })
}

async fn connect_and_ask(server: &Server, what: &Ask<'_>) -> Result<Answer, NoAnswer> {
    let plain = address::connected(server).await?;
    ends_when_cut(&plain).map_err(|_| NoAnswer::Unreachable)?;
    if !server.secure {
        let first = First::default();
        let answer = converse(Noting::new(plain, first.clone()), server, what).await;
        return answer.map_err(|why| match first.is_alert() {
            true => NoAnswer::SpeaksTls,
            false => why,
        });
    }
    let name = ServerName::try_from(server.host.clone());
    let name = name.map_err(|_| NoAnswer::Certificate)?;
    let connector = connector(&server.certificates)?;
    let secured = timeout(CONNECT, connector.connect(name, plain)).await;
    let secured = secured
        .map_err(|_| NoAnswer::TooSlow)?
        .map_err(|error| not_secured(&error))?;
    converse(secured, server, what).await
}

/// Why a connection could not be secured. One that is cut while it begins, as a server does that is being started again,
/// says nothing of a certificate.
fn not_secured(error: &std::io::Error) -> NoAnswer {
    let inner = error.get_ref().and_then(|error| error.downcast_ref());
    match inner {
        // The library that judges certificates has no type for that here; it is its name.
        Some(TlsError::InvalidCertificate(CertificateError::Other(other)))
            if other.0.to_string() == "CaUsedAsEndEntity" =>
        {
            NoAnswer::Authority
        }
        Some(TlsError::InvalidCertificate(_)) => NoAnswer::Certificate,
        Some(TlsError::InvalidMessage(InvalidMessage::InvalidContentType)) => NoAnswer::NoTls,
        _ => NoAnswer::BrokeOff,
    }
}

/// Lets a connection break off whose other end is gone, however long an answer may take (RFC 5482; tcp(7)).
fn ends_when_cut(stream: &TcpStream) -> std::io::Result<()> {
    let socket = SockRef::from(stream);
    let signs = TcpKeepalive::new().with_time(ASK_EVERY);
    socket.set_tcp_keepalive(&signs.with_interval(ASK_EVERY))?;
    socket.set_tcp_user_timeout(Some(SILENT))
}

async fn converse<S>(stream: S, server: &Server, what: &Ask<'_>) -> Result<Answer, NoAnswer>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut builder = hyper::client::conn::http1::Builder::new();
    builder.max_buf_size(LARGEST_HEAD);
    let (mut sender, connection) = builder
        .handshake(TokioIo::new(stream))
        .await
        .map_err(|_| NoAnswer::BrokeOff)?;
    let method = match what.body {
        Some(_) => Method::POST,
        None => Method::GET,
    };
    let mut request = Request::builder()
        .method(method)
        .uri(server.path.as_str())
        .header(HOST, server.authority.as_str())
        .header(USER_AGENT, "lagrum");
    for (name, value) in what.headers {
        request = request.header(HeaderName::from_static(name), *value);
    }
    let request = request
        .body(Full::new(Bytes::copy_from_slice(
            what.body.unwrap_or_default(),
        )))
        .map_err(|_| NoAnswer::Malformed)?;
    let largest = what.largest;
    let answer = std::pin::pin!(async move {
        let answered = sender.send_request(request).await;
        taken(answered.map_err(|_| NoAnswer::BrokeOff)?, largest).await
    });
    match select(answer, std::pin::pin!(connection)).await {
        Either::Left((answered, _)) => answered,
        // The connection is over: what was answered before is there.
        Either::Right((_, answer)) => answer.await,
    }
}

async fn taken(answer: Response<Incoming>, largest: usize) -> Result<Answer, NoAnswer> {
    let status = answer.status().as_u16();
    if largest == 0 {
        let body = Vec::new();
        return Ok(Answer { status, body });
    }
    let body = Limited::new(answer.into_body(), largest).collect().await;
    let body = body.map_err(|why| match why.is::<hyper::Error>() {
        true => NoAnswer::BrokeOff,
        false => NoAnswer::TooLong,
    })?;
    Ok(Answer {
        status,
        body: body.to_bytes().to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};

    use tokio_rustls::rustls::{self, CertificateError};

    use super::{NoAnswer, not_secured};

    #[test]
    fn a_server_that_breaks_off_before_it_is_known_is_not_one_that_is_not_trusted() {
        for error in [
            Error::from(ErrorKind::UnexpectedEof),
            Error::from(ErrorKind::ConnectionReset),
            Error::new(
                ErrorKind::InvalidData,
                rustls::Error::InvalidMessage(rustls::InvalidMessage::InvalidCcs),
            ),
        ] {
            assert_eq!(not_secured(&error), NoAnswer::BrokeOff, "{error}");
        }
        for why in [
            CertificateError::UnknownIssuer,
            CertificateError::NotValidForName,
        ] {
            let error = rustls::Error::InvalidCertificate(why);
            let error = Error::new(ErrorKind::InvalidData, error);
            assert_eq!(not_secured(&error), NoAnswer::Certificate, "{error}");
        }
    }
}
