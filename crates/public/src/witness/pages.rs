//! What a witness answers over HTTP.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Path;
use axum::http::{Request, Response, StatusCode};
use axum::routing::{get, post};

use super::Witness;
use crate::files::answer;

/// A proof of 63 hashes, and a checkpoint with more signatures than there are witnesses, post-quantum ones too.
const LARGEST: usize = 256 << 10;
/// A request arrives within that time.
const TIME: Duration = Duration::from_secs(10);

const TEXT: &str = "text/plain; charset=utf-8";
/// A size, with which a log asks again (c2sp.org/tlog-witness).
const SIZE: &str = "text/x.tlog.size";

/// The two addresses of a witness: `add-checkpoint`, and the last checkpoint of each log. `now` is its clock, in seconds
/// since 1970-01-01T00:00:00Z (POSIX).
pub fn witness_pages(
    witness: Witness,
    now: impl Fn() -> u64 + Clone + Send + Sync + 'static,
) -> Router {
    let witness = Arc::new(witness);
    let reading = Arc::clone(&witness);
    Router::new()
        .route(
            "/add-checkpoint",
            post(move |request: Request<Body>| add(Arc::clone(&witness), now.clone(), request)),
        )
        .route(
            "/{hash}/checkpoint",
            get(move |Path(hash): Path<String>| last(Arc::clone(&reading), hash)),
        )
}

async fn add(
    witness: Arc<Witness>,
    now: impl Fn() -> u64 + Send + 'static,
    request: Request<Body>,
) -> Response<Body> {
    let body = tokio::time::timeout(TIME, to_bytes(request.into_body(), LARGEST)).await;
    let Ok(Ok(body)) = body else {
        return plain(StatusCode::BAD_REQUEST, "too long, or too slow\n".into());
    };
    let done = tokio::task::spawn_blocking(move || witness.add_checkpoint(&body, now())).await;
    let Ok(done) = done else {
        return plain(StatusCode::INTERNAL_SERVER_ERROR, "not now\n".into());
    };
    let status = StatusCode::from_u16(done.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let kind = if status == StatusCode::CONFLICT {
        SIZE
    } else {
        TEXT
    };
    answer(status, kind, "no-store", done.body.into_bytes())
}

async fn last(witness: Arc<Witness>, hash: String) -> Response<Body> {
    let mut bytes = [0; 32];
    let lower = hash
        .bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if !lower || hex::decode_to_slice(&hash, &mut bytes).is_err() {
        return plain(
            StatusCode::NOT_FOUND,
            "this witness never cosigned such a log\n".into(),
        );
    }
    match tokio::task::spawn_blocking(move || witness.last_of(&bytes)).await {
        Ok(Ok(Some(last))) => answer(
            StatusCode::OK,
            TEXT,
            "max-age=60",
            last.text().as_bytes().to_vec(),
        ),
        Ok(Ok(None)) => plain(
            StatusCode::NOT_FOUND,
            "this witness never cosigned such a log\n".into(),
        ),
        _ => plain(StatusCode::INTERNAL_SERVER_ERROR, "not now\n".into()),
    }
}

fn plain(status: StatusCode, text: String) -> Response<Body> {
    answer(status, TEXT, "no-store", text.into_bytes())
}
