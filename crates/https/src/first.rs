//! What the other side says first, where nothing secures a connection.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// An alert of TLS begins with this byte (RFC 8446, 5.1), and no answer of HTTP does.
const ALERT: u8 = 21;

/// The first byte that came; 0 before one did.
#[derive(Clone, Default)]
pub(crate) struct First(Arc<AtomicU8>);

impl First {
    /// Whether a server answered as one does that expects TLS.
    pub(crate) fn is_alert(&self) -> bool {
        self.0.load(Ordering::Relaxed) == ALERT
    }
}

/// A connection of which the first byte is remembered.
pub(crate) struct Noting<S> {
    stream: S,
    first: First,
}

impl<S> Noting<S> {
    /// Before anything came.
    pub(crate) fn new(stream: S, first: First) -> Self {
        Self { stream, first }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Noting<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if let Some(byte) = buffer.filled().get(before) {
            let first = &self.first.0;
            let _ = first.compare_exchange(0, *byte, Ordering::Relaxed, Ordering::Relaxed);
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Noting<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
