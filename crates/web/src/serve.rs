//! Connections.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;

use crate::door::Door;
use crate::wire::Peer;
use crate::{Tls, Web, WebError};

/// The head of a request arrives within that time, and before it the greeting of TLS.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// The head of a request, in bytes.
const LARGEST_HEAD: usize = 32 << 10;
/// Connections at once; further ones wait to be accepted.
const MOST_CONNECTIONS: usize = 512;
/// How often the log and the agents' answers are looked after.
const TICK: Duration = Duration::from_secs(15);

/// Serves the desk at `address` until the process ends, and the door for authorities beside it if
/// desk.toml opens one. `ready` is called with the address when connections are accepted.
///
/// # Errors
/// When the address cannot be listened on.
pub fn serve(
    web: Web,
    address: SocketAddr,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), WebError> {
    let listen = |source| WebError::Listen {
        address: address.to_string(),
        source,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(listen)?;
    runtime.block_on(async {
        let listener = TcpListener::bind(address).await.map_err(listen)?;
        let web = Arc::new(web);
        let at = listener.local_addr().map_err(listen)?;
        let beside = Arc::clone(&web);
        tokio::spawn(async move {
            loop {
                let web = Arc::clone(&beside);
                // What stops the sequencer is tried again, and told by every page that needs it.
                let _ = tokio::task::spawn_blocking(move || web.tick()).await;
                tokio::time::sleep(TICK).await;
            }
        });
        if let Some(door) = Door::of(&web)? {
            let door = Arc::new(door);
            let at = door.listen();
            let listener = TcpListener::bind(at)
                .await
                .map_err(|source| WebError::Listen {
                    address: at.to_string(),
                    source,
                })?;
            tokio::spawn(accept(listener, door.router(), web.tls.clone()));
        }
        ready(at);
        let tls = web.tls.clone();
        accept(listener, web.router(), tls).await;
        Ok(())
    })
}

/// Accepts connections until the process ends.
async fn accept(listener: TcpListener, router: Router, tls: Option<Arc<Tls>>) {
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
