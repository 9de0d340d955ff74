//! Connections of strangers: HTTP/1.1, over TLS where there is a certificate.
//!
//! **Invariant.** Whoever connects has one of a limited number of places, and has to greet and to ask within the times
//! and sizes that are written here. What is asked is the business of the router; what one connection does wrong
//! ends that connection.

mod serve;
mod tls;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;

pub use serve::{ServeError, serve};
pub use tls::{Tls, TlsError};

/// The head of a request arrives within that time, and before it the greeting of TLS.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// The head of a request, in bytes.
const LARGEST_HEAD: usize = 32 << 10;
/// Connections at once; further ones wait to be accepted.
const MOST_CONNECTIONS: usize = 512;

/// Who is at the other end of the connection, which may be a reverse proxy. Every request has it as an extension.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// Accepts connections until the process ends.
pub async fn accept(listener: TcpListener, router: Router, tls: Option<Arc<Tls>>) {
    let room = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&room).acquire_owned().await else {
            return;
        };
        let Ok((stream, address)) = listener.accept().await else {
            // Too many open files: the ones that are there end some time.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let router = router.clone().layer(Extension(Peer(address.ip())));
        let tls = tls.clone();
        tokio::spawn(async move {
            match tls {
                None => speak(stream, router).await,
                Some(tls) => {
                    let greeted = TlsAcceptor::from(tls.config()).accept(stream);
                    if let Ok(Ok(stream)) = tokio::time::timeout(HEAD_TIME, greeted).await {
                        speak(stream, router).await;
                    }
                }
            }
            drop(place);
        });
    }
}

/// HTTP over one connection, until it ends.
async fn speak(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, router: Router) {
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(LARGEST_HEAD)
        .keep_alive(true);
    let service = TowerToHyperService::new(router);
    let _ = http.serve_connection(TokioIo::new(stream), service).await;
}
