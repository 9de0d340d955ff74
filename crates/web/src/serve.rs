//! Desk and door, served.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use lagrum_serving::accept;
use tokio::net::TcpListener;

use crate::door::Door;
use crate::{Web, WebError};

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
