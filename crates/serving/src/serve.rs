//! A server of its own.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;

use crate::{Tls, accept};

/// Why nothing is served.
#[derive(Debug, thiserror::Error)]
#[error("{address}: {source}")]
pub struct ServeError {
    /// Where it was to be.
    pub address: SocketAddr,
    /// Why.
    pub source: std::io::Error,
}

/// Serves these pages at `address` until the process ends. `ready` is called with the address when connections are
/// accepted.
///
/// # Errors
/// When the address cannot be listened on.
pub fn serve(
    pages: Router,
    address: SocketAddr,
    tls: Option<Tls>,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let fault = |source| ServeError { address, source };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(fault)?;
    runtime.block_on(async {
        let listener = TcpListener::bind(address).await.map_err(fault)?;
        ready(listener.local_addr().map_err(fault)?);
        accept(listener, pages, tls.map(Arc::new)).await;
        Ok(())
    })
}
