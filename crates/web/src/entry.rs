//! The door: from HTTP to a [`Visit`], and back.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{RawPathParams, Request, State};
use axum::http::{HeaderMap, Method, Response, StatusCode, header};
use axum::routing::{MethodRouter, on};
use axum::{RequestExt as _, Router};
use lagrum_model::Language;

use crate::error::Problem;
use crate::form::Form;
use crate::guard;
use crate::keep::Keep;
use crate::pages::problem_page;
use crate::reply::{Piece, Reply};
use crate::route::{Needs, ROUTES, Reads, Route};
use crate::upload::{self, Upload};
use crate::visit::{SignedIn, Theme, Visit};
use crate::{Origin, Web};

/// A form without files, in bytes.
const LARGEST_FORM: usize = 1 << 20;
/// A form arrives within that time, files within the other.
const FORM_TIME: Duration = Duration::from_secs(20);
const FILES_TIME: Duration = Duration::from_secs(600);
/// How long a request waits for its turn.
pub(crate) const TURN: Duration = Duration::from_secs(10);

impl Web {
    /// All routes.
    pub(crate) fn router(self: &Arc<Self>) -> Router {
        let mut router = Router::new();
        for route in ROUTES {
            let handler = move |State(web): State<Arc<Web>>, request: Request| async move {
                web.answer(route, request).await
            };
            let method: MethodRouter<Arc<Web>> = on(route.verb.filter(), handler);
            router = router.route(route.path, method);
        }
        let nowhere = |State(web): State<Arc<Web>>, request: Request| async move {
            web.answer(&crate::route::NOWHERE, request).await
        };
        router
            .fallback(nowhere)
            .method_not_allowed_fallback(nowhere)
            .with_state(Arc::clone(self))
    }

    async fn answer(self: Arc<Self>, route: &'static Route, request: Request) -> Response<Body> {
        let reply = self.reply(route, request).await;
        finish(&self.origin, reply)
    }

    async fn reply(self: &Arc<Self>, route: &'static Route, request: Request) -> Reply {
        let (asked, method, body) = taken_apart(request).await;
        let read = match guard::check(&self.origin, &method, &asked.headers) {
            Ok(()) => read(route.reads, &method, &asked.headers, body).await,
            Err(problem) => Err(problem),
        };
        let web = Arc::clone(self);
        let turn = tokio::time::timeout(TURN, web.pool.acquire()).await;
        let read = if turn.is_ok() {
            read
        } else {
            Err(Problem::Busy)
        };
        let on = Arc::clone(self);
        let made = tokio::task::spawn_blocking(move || on.make(route, asked, read)).await;
        made.unwrap_or_else(|_| panicked())
    }

    /// Everything that is synchronous.
    fn make(&self, route: &Route, asked: Asked, read: Result<Read, Problem>) -> Reply {
        let (desk, all_phrases) = match self.desk() {
            Ok(found) => found,
            Err(why) => return unopened(&why),
        };
        let headers = &asked.headers;
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let browser = text("user-agent").unwrap_or_default().to_owned();
        let token = guard::read_cookie(headers, guard::cookie_name(&self.origin));
        let keep = Keep::of(&desk, self);
        let (who, failed) = match token.map(|token| (token, keep.stay(token, &browser))) {
            Some((token, Ok(Some(stay)))) => {
                let found = desk.people().ok();
                let found = found.and_then(|people| people.principal_signed_in(&stay.person));
                let who = found.map(|principal| SignedIn {
                    principal,
                    stay,
                    token: token.to_owned(),
                });
                (who, None)
            }
            Some((_, Err(error))) => (None, Some(Problem::from(error))),
            _ => (None, None),
        };
        let chosen = guard::read_cookie(headers, "lagrum-language");
        let language = chosen
            .and_then(|text| text.parse().ok())
            .unwrap_or_else(|| preferred(text("accept-language").unwrap_or_default()));
        let theme = guard::read_cookie(headers, "lagrum-theme").and_then(Theme::parse);
        let query = Form::parse(asked.query.as_bytes());
        // Whoever cannot be told what they set for themselves sees the page as everybody does.
        let settings = who
            .as_ref()
            .and_then(|who: &SignedIn| keep.settings(&who.stay.person).ok());
        let mut problem = failed.or(query.is_none().then_some(Problem::Malformed));
        let (form, uploads) = match read {
            Ok(Read { form, uploads }) => (form, uploads),
            Err(why) => {
                problem = Some(why);
                Default::default()
            }
        };
        let visit = Visit {
            web: self,
            now: self.now(),
            desk,
            who,
            language,
            theme: theme.unwrap_or_default(),
            settings: settings.unwrap_or_default(),
            path: asked.path,
            params: asked.params,
            query: query.unwrap_or_default(),
            form,
            uploads,
            browser,
            all_phrases,
        };
        let answer = match problem {
            Some(problem) => Err(problem),
            None => may_come_in(route, &visit).and_then(|()| (route.handler)(&visit)),
        };
        answer.unwrap_or_else(|problem| problem_page(&visit, problem))
    }
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

/// Reads a piece of a file as it is sent: a chunk at a time, and no thread waits for a slow reader.
fn streamed(piece: Piece) -> Body {
    const CHUNK: u64 = 256 << 10;
    let stream = futures_util::stream::try_unfold(piece, |mut piece| async move {
        let length = piece.length.min(CHUNK);
        if length == 0 {
            return Ok(None);
        }
        let read = tokio::task::spawn_blocking(move || {
            use std::os::unix::fs::FileExt as _;
            let mut chunk = vec![0; usize::try_from(length).unwrap_or_default()];
            piece.file.read_exact_at(&mut chunk, piece.from)?;
            piece.from += length;
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

/// A request without its body.
pub(crate) struct Asked {
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) params: Vec<(String, String)>,
    /// From which address it comes.
    pub(crate) from: String,
}

/// The other end of a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) IpAddr);

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

/// What was read of a request's body.
#[derive(Default)]
pub(crate) struct Read {
    pub(crate) form: Form,
    pub(crate) uploads: Vec<Upload>,
}

/// Who may come in here at all. What they may do then, the desk says.
fn may_come_in(route: &Route, visit: &Visit<'_>) -> Result<(), Problem> {
    match route.needs {
        Needs::Nobody => Ok(()),
        Needs::SignedIn => visit.principal().map(|_| ()),
        Needs::May(action) => {
            visit.principal()?;
            visit.may(action).then_some(()).ok_or(Problem::NotThere)
        }
    }
}

/// Reads the body of a request, within the limits of what is read there.
pub(crate) async fn read(
    reads: Reads,
    method: &Method,
    headers: &HeaderMap,
    body: Body,
) -> Result<Read, Problem> {
    if method != Method::POST {
        return Ok(Read::default());
    }
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    match reads {
        Reads::Nothing => Ok(Read::default()),
        Reads::Form => {
            if kind.split(';').next() != Some("application/x-www-form-urlencoded") {
                return Err(Problem::Malformed);
            }
            let bytes = axum::body::to_bytes(body, LARGEST_FORM);
            let bytes = tokio::time::timeout(FORM_TIME, bytes)
                .await
                .map_err(|_| Problem::TooSlow)?
                .map_err(|_| Problem::TooLarge)?;
            let form = Form::parse(&bytes).ok_or(Problem::Malformed)?;
            Ok(Read {
                form,
                uploads: vec![],
            })
        }
        Reads::Files => {
            let boundary = multer::parse_boundary(kind).map_err(|_| Problem::Malformed)?;
            let (form, uploads) = tokio::time::timeout(FILES_TIME, upload::read(boundary, body))
                .await
                .map_err(|_| Problem::TooSlow)??;
            Ok(Read { form, uploads })
        }
    }
}

/// The first language that the browser asks for and that we speak.
pub(crate) fn preferred(accepted: &str) -> Language {
    accepted
        .split(',')
        .filter_map(|one| one.split([';', '-']).next()?.trim().parse().ok())
        .next()
        .unwrap_or(Language::English)
}

pub(crate) fn unopened(why: &str) -> Reply {
    // Said to whoever runs the machine, on its own log; a visitor learns no file and no field.
    lagrum_telemetry::Happening::CommandFailed.tell(lagrum_telemetry::Facts::default());
    let _ = why;
    Reply {
        status: 503,
        headers: vec![("content-type", "text/plain; charset=utf-8".into())],
        body: b"The desk cannot be opened just now. Whoever runs it finds the reason with `lagrum cases` on its machine.\n".to_vec(),
        piece: None,
    }
}
