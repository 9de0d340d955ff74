//! One connection, on which one request after the other is asked and answered.

use std::io;
use std::time::Duration;

use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{Builder, SendRequest};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls;
use tokio_rustls::rustls::pki_types::ServerName;

use crate::CONNECT;

/// The server says something within that time.
const SILENCE: Duration = Duration::from_secs(60);
/// The head of an answer, in bytes.
const LARGEST_HEAD: usize = 64 << 10;

/// To whom a [`Wire`] connects.
#[derive(Clone, Copy)]
pub struct Peer<'p> {
    /// The host, which its certificate has to name.
    pub host: &'p str,
    /// Its port.
    pub port: u16,
    /// What secures the connection; absent: nothing does.
    pub secure: Option<&'p TlsConnector>,
}

/// Why a request was not answered, or its answer ended early.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// Nobody answers there, or the connection broke.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The certificate is not one that is trusted here, or names another server.
    #[error("the server's certificate is not trusted here, or names another server")]
    Certificate,
}

/// A connection that may be open. Requests follow no redirect, and go where they are told.
pub struct Wire {
    /// There until it is dropped.
    runtime: Option<Runtime>,
    open: Option<SendRequest<Full<Bytes>>>,
}

fn broke(error: impl std::fmt::Display) -> Broken {
    Broken::Io(io::Error::other(error.to_string()))
}

fn silent() -> Broken {
    Broken::Io(io::ErrorKind::TimedOut.into())
}

fn over() -> Broken {
    Broken::Io(io::ErrorKind::NotConnected.into())
}

impl Drop for Wire {
    fn drop(&mut self) {
        // Whoever drops it may be at work in a runtime of their own, in which nobody may wait.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Wire {
    /// Not yet connected.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn new() -> Result<Self, io::Error> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        Ok(Self {
            runtime: Some(runtime),
            open: None,
        })
    }

    /// Ends the connection: the next request has one of its own.
    pub fn hang_up(&mut self) {
        self.open = None;
    }

    /// Asks, and gives the head of the answer. The body of the answer before is taken to its end, or the wire was hung
    /// up.
    ///
    /// # Errors
    /// [`Broken`].
    pub fn ask(
        &mut self,
        peer: Peer<'_>,
        request: Request<Bytes>,
    ) -> Result<Response<Incoming>, Broken> {
        let Self { runtime, open } = self;
        let runtime = runtime.as_ref().ok_or_else(over)?;
        runtime.block_on(async {
            let ready = match open.take() {
                Some(mut sender) => sender.ready().await.ok().map(|()| sender),
                None => None,
            };
            let mut sender = match ready {
                Some(sender) => sender,
                None => connected(peer).await?,
            };
            let answer = timeout(SILENCE, sender.send_request(request.map(Full::new))).await;
            let answer = answer.map_err(|_| silent())?.map_err(broke)?;
            *open = Some(sender);
            Ok(answer)
        })
    }

    /// The next bytes of an answer's body; `None`: that was all.
    ///
    /// # Errors
    /// [`Broken`].
    pub fn next(&mut self, body: &mut Incoming) -> Result<Option<Bytes>, Broken> {
        let runtime = self.runtime.as_ref().ok_or_else(over)?;
        runtime.block_on(async {
            loop {
                let frame = timeout(SILENCE, body.frame()).await.map_err(|_| silent())?;
                let Some(frame) = frame.transpose().map_err(broke)? else {
                    return Ok(None);
                };
                // Trailers say nothing here.
                if let Ok(data) = frame.into_data() {
                    return Ok(Some(data));
                }
            }
        })
    }
}

async fn connected(peer: Peer<'_>) -> Result<SendRequest<Full<Bytes>>, Broken> {
    let plain = TcpStream::connect((peer.host, peer.port));
    let plain = timeout(CONNECT, plain).await.map_err(|_| silent())??;
    plain.set_nodelay(true)?;
    let Some(connector) = peer.secure else {
        return greeted(plain).await;
    };
    let name = ServerName::try_from(peer.host.to_owned());
    let name = name.map_err(|_| Broken::Certificate)?;
    let secured = timeout(CONNECT, connector.connect(name, plain)).await;
    let secured = secured.map_err(|_| silent())?.map_err(|error| {
        match error.get_ref().and_then(|inner| inner.downcast_ref()) {
            Some(rustls::Error::InvalidCertificate(_)) => Broken::Certificate,
            _ => Broken::Io(error),
        }
    })?;
    greeted(secured).await
}

async fn greeted<S>(stream: S) -> Result<SendRequest<Full<Bytes>>, Broken>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut builder = Builder::new();
    builder.max_buf_size(LARGEST_HEAD);
    let (sender, connection) = builder
        .handshake(TokioIo::new(stream))
        .await
        .map_err(broke)?;
    // What goes wrong on it, whoever asks is told.
    tokio::spawn(async move {
        let _ = connection.await;
    });
    Ok(sender)
}
