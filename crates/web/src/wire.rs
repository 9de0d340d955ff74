//! What every request and every answer is, whoever asks: head and body apart, limits, what goes out.

use std::net::IpAddr;
use std::time::Duration;

use axum::RequestExt as _;
use axum::body::Body;
use axum::extract::{RawPathParams, Request};
use axum::http::{HeaderMap, Method, Response, StatusCode, header};
use futures_util::StreamExt as _;
use lagrum_serving::Peer;

use crate::reply::{Piece, Reply};
use crate::{Origin, guard};

/// A form arrives within that time, files within the other.
pub(crate) const FORM_TIME: Duration = Duration::from_secs(20);
pub(crate) const FILES_TIME: Duration = Duration::from_secs(600);
/// How long a request waits for its turn.
pub(crate) const TURN: Duration = Duration::from_secs(10);

/// A request without its body.
pub(crate) struct Asked {
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) params: Vec<(String, String)>,
    /// From which address it comes.
    pub(crate) from: String,
}

/// From which address a request comes. A proxy on this machine is believed when it says for whom it asks
/// (the last address of `X-Forwarded-For`, which it added itself); nobody else is.
fn from(headers: &HeaderMap, peer: Option<&Peer>) -> String {
    let Some(Peer(peer)) = peer else {
        return String::new();
    };
    let said = headers.get_all("x-forwarded-for").iter().next_back();
    let said = said.and_then(|value| value.to_str().ok());
    let last = said.and_then(|text| text.rsplit(',').next()?.trim().parse::<IpAddr>().ok());
    match last {
        Some(last) if peer.is_loopback() => last.to_string(),
        _ => peer.to_string(),
    }
}

/// A request as its head, its method and its body.
pub(crate) async fn taken_apart(mut request: Request) -> (Asked, Method, Body) {
    let params = match request.extract_parts::<RawPathParams>().await {
        Ok(params) => params
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        Err(_) => vec![],
    };
    let (head, body) = request.into_parts();
    let from = from(&head.headers, head.extensions.get::<Peer>());
    let asked = Asked {
        from,
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers,
        params,
    };
    (asked, head.method, body)
}

/// An answer as it goes out, with what every answer says.
pub(crate) fn finish(origin: &Origin, reply: Reply) -> Response<Body> {
    let mut response = Response::builder().status(reply.status);
    let own = |name: &str| reply.headers.iter().any(|(known, _)| *known == name);
    let usual = guard::HEADERS
        .iter()
        .chain(origin.is_secure().then_some(&guard::STRICT));
    for (name, value) in usual.filter(|(name, _)| !own(name)) {
        response = response.header(*name, *value);
    }
    for (name, value) in &reply.headers {
        response = response.header(*name, value);
    }
    let body = match reply.piece {
        Some(piece) => {
            response = response.header(header::CONTENT_LENGTH, piece.length);
            streamed(piece)
        }
        None => Body::from(reply.body),
    };
    response.body(body).unwrap_or_else(|_| {
        let mut failed = Response::new(Body::empty());
        *failed.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        failed
    })
}

/// Reads bytes as they are sent: a chunk at a time, and no thread waits for a slow reader. Where they end early, or are not
/// what they should be, the connection breaks off before the last of them.
fn streamed(piece: Piece) -> Body {
    const CHUNK: u64 = 256 << 10;
    let stream = futures_util::stream::try_unfold(piece, |mut piece| async move {
        let length = piece.length.min(CHUNK);
        if length == 0 {
            return Ok(None);
        }
        let read = tokio::task::spawn_blocking(move || {
            use std::io::Read as _;
            let mut chunk = vec![0; usize::try_from(length).unwrap_or_default()];
            piece.bytes.read_exact(&mut chunk)?;
            piece.length -= length;
            Ok((chunk, piece))
        });
        let read: std::io::Result<(Vec<u8>, Piece)> = read.await.map_err(std::io::Error::other)?;
        read.map(Some)
    });
    Body::from_stream(stream)
}

/// A panic in a handler is one page's, and says nothing of what it was about.
pub(crate) fn panicked() -> Reply {
    Reply {
        status: 500,
        headers: vec![("content-type", "text/plain; charset=utf-8".into())],
        body: b"This page failed. Nothing was changed by it that it did not say.\n".to_vec(),
        piece: None,
    }
}

/// Takes a little of a body that is not read, so that whoever sends it has a chance to read the answer: a
/// connection that is closed while something comes in may lose it. Who waits to be asked for it
/// (`Expect: 100-continue`) is not asked.
pub(crate) async fn left_unread(headers: &HeaderMap, body: Body) {
    const MOST: usize = 1 << 20;
    const LONGEST: Duration = Duration::from_secs(2);
    if headers.contains_key(header::EXPECT) {
        return;
    }
    let mut pieces = body.into_data_stream();
    let take = async {
        let mut taken = 0;
        while let Some(Ok(piece)) = pieces.next().await {
            taken += piece.len();
            if taken > MOST {
                return;
            }
        }
    };
    let _ = tokio::time::timeout(LONGEST, take).await;
}
