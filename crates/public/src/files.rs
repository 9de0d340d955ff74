//! The files of a log (c2sp.org/tlog-tiles).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, Response, StatusCode, header};
use lagrum_log::is_public_file;

/// The largest of them: a checkpoint with every witness there is, and then some. Tiles and bundles have some 9 kB.
const LARGEST: u64 = 1 << 20;

/// The files of the log in this directory, for reading. A plain web server does as well.
pub fn log_files(directory: PathBuf) -> Router {
    let directory = Arc::new(directory);
    Router::new().fallback(move |request: Request<Body>| {
        let directory = Arc::clone(&directory);
        async move {
            let known = matches!(*request.method(), Method::GET | Method::HEAD);
            let path = request.uri().path().trim_start_matches('/').to_owned();
            if !known {
                return plain(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD\n");
            }
            let read = tokio::task::spawn_blocking(move || file(&directory, &path)).await;
            read.unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "not now\n"))
        }
    })
}

fn file(directory: &Path, path: &str) -> Response<Body> {
    if !is_public_file(path) {
        return plain(StatusCode::NOT_FOUND, "no such file of a log\n");
    }
    // What is served has one name for ever, but what grows.
    let (kind, keep) = match path {
        "checkpoint" | "notices/list" => ("text/plain; charset=utf-8", "max-age=5"),
        _ => (
            "application/octet-stream",
            "public, max-age=31536000, immutable",
        ),
    };
    match lagrum_durable::read_if_any(&directory.join(path), LARGEST) {
        Ok(Some(content)) => answer(StatusCode::OK, kind, keep, content),
        Ok(None) => plain(StatusCode::NOT_FOUND, "not in this log, or not yet\n"),
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "not now\n"),
    }
}

fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    answer(
        status,
        "text/plain; charset=utf-8",
        "no-store",
        text.as_bytes().to_vec(),
    )
}

pub(crate) fn answer(
    status: StatusCode,
    kind: &'static str,
    keep: &'static str,
    content: Vec<u8>,
) -> Response<Body> {
    let mut response = Response::new(Body::from(content));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, keep),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // It is public: pages of others may read it, too.
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ] {
        headers.insert(name, header::HeaderValue::from_static(value));
    }
    response
}
