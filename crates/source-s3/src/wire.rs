//! One connection, on which one request after the other is asked and answered.

use std::io;
use std::time::Duration;

use http_body_util::{BodyExt as _, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{Builder, SendRequest};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;
use tokio::time::timeout;
use tokio_rustls::rustls::pki_types::ServerName;

use crate::config::Bucket;
use crate::fault::Fault;

/// A connection is there within that time.
const CONNECT: Duration = Duration::from_secs(10);
/// The server says something within that time.
const SILENCE: Duration = Duration::from_secs(60);
/// The head of an answer, in bytes.
const LARGEST_HEAD: usize = 64 << 10;

/// A connection that may be open.
pub(crate) struct Wire {
    runtime: Runtime,
    open: Option<SendRequest<Empty<Bytes>>>,
}

fn broke(error: impl std::fmt::Display) -> Fault {
    Fault::Broke(io::Error::other(error.to_string()))
}

fn silent() -> Fault {
    Fault::Broke(io::ErrorKind::TimedOut.into())
}

impl Wire {
    /// Not yet connected.
    pub(crate) fn new() -> Result<Self, Fault> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        Ok(Self {
            runtime,
            open: None,
        })
    }

    /// Ends the connection: the next request has one of its own.
    pub(crate) fn hang_up(&mut self) {
        self.open = None;
    }

    /// Asks, and gives the head of the answer.
    pub(crate) fn ask(
        &mut self,
        bucket: &Bucket,
        request: Request<Empty<Bytes>>,
    ) -> Result<Response<Incoming>, Fault> {
        let Self { runtime, open } = self;
        runtime.block_on(async {
            let ready = match open.take() {
                Some(mut sender) => sender.ready().await.ok().map(|()| sender),
                None => None,
            };
            let mut sender = match ready {
                Some(sender) => sender,
                None => connected(bucket).await?,
            };
            let answer = timeout(SILENCE, sender.send_request(request)).await;
            let answer = answer.map_err(|_| silent())?.map_err(broke)?;
            *open = Some(sender);
            Ok(answer)
        })
    }

    /// The next bytes of an answer's body; `None`: that was all.
    pub(crate) fn next(&mut self, body: &mut Incoming) -> Result<Option<Bytes>, Fault> {
        self.runtime.block_on(async {
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

async fn connected(bucket: &Bucket) -> Result<SendRequest<Empty<Bytes>>, Fault> {
    let plain = TcpStream::connect((bucket.connect.as_str(), bucket.port));
    let plain = timeout(CONNECT, plain).await.map_err(|_| silent())??;
    plain.set_nodelay(true)?;
    let Some(connector) = &bucket.secure else {
        return greeted(plain).await;
    };
    let name = ServerName::try_from(bucket.connect.clone());
    let name = name.map_err(|_| Fault::Certificate)?;
    let secured = timeout(CONNECT, connector.connect(name, plain)).await;
    let secured = secured.map_err(|_| silent())?.map_err(|error| {
        match error.get_ref().and_then(|inner| inner.downcast_ref()) {
            Some(tokio_rustls::rustls::Error::InvalidCertificate(_)) => Fault::Certificate,
            _ => Fault::Broke(error),
        }
    })?;
    greeted(secured).await
}

async fn greeted<S>(stream: S) -> Result<SendRequest<Empty<Bytes>>, Fault>
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
