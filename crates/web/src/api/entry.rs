//! From HTTP to a [`Call`], and back. Who asks is looked at before anything of a body is read.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, Response};
use axum::routing::{MethodRouter, on};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use lagrum_access::Action;
use sha2::{Digest as _, Sha256};

use super::call::{Call, Caller, scope_missing};
use super::document::served;
use super::once::{Once, is_key};
use super::operation::{BASE, Needs};
use super::problem::ApiProblem;
use super::route::{ROWS, Row};
use super::takes::{Came, LARGEST_JSON, Reads, is_json};
use super::tokens;
use crate::error::Problem;
use crate::form::Form;
use crate::reply::Reply;
use crate::upload::{self, LARGEST_UPLOAD};
use crate::wire::{Asked, FILES_TIME, FORM_TIME, TURN, finish, left_unread, taken_apart};
use crate::{Web, guard};

/// Who asks, once it is known that they may.
struct Known {
    who: Option<Caller>,
    /// The key, where something is done once.
    key: Option<String>,
}

impl Web {
    /// The routes of the interface for programs.
    pub(crate) fn with_api(self: &Arc<Self>, mut router: Router<Arc<Self>>) -> Router<Arc<Self>> {
        let mut paths: BTreeMap<&str, MethodRouter<Arc<Self>>> = BTreeMap::new();
        for row in ROWS {
            let handler = move |State(web): State<Arc<Self>>, request: Request| async move {
                let reply = web.api_reply(row, request).await;
                finish(&web.origin, reply)
            };
            let methods = paths.remove(row.is.path).unwrap_or_default();
            paths.insert(
                row.is.path,
                methods.merge(on(row.is.verb.filter(), handler)),
            );
        }
        for (path, methods) in paths {
            let otherwise = |State(web): State<Arc<Self>>| async move {
                finish(&web.origin, ApiProblem::new("method-not-allowed").reply())
            };
            router = router.route(&format!("{BASE}{path}"), methods.fallback(otherwise));
        }
        router
    }

    async fn api_reply(self: &Arc<Self>, row: &'static Row, request: Request) -> Reply {
        let (asked, method, body) = taken_apart(request).await;
        let asked = Arc::new(asked);
        let known = match self.api_known(row, &asked, &method).await {
            Ok(known) => known,
            Err(problem) => {
                left_unread(&asked.headers, body).await;
                return problem.reply();
            }
        };
        let came = match read(row.reads, &asked.headers, body).await {
            Ok(came) => came,
            Err(problem) => return problem.reply(),
        };
        let turn = tokio::time::timeout(TURN, self.pool.acquire()).await;
        if turn.is_err() {
            return ApiProblem::from(Problem::Busy).reply();
        }
        let web = Arc::clone(self);
        let made = tokio::task::spawn_blocking(move || {
            let answer = web.api_make(row, &asked, known, came);
            answer.unwrap_or_else(ApiProblem::reply)
        });
        let failed = |_| ApiProblem::new("failed").reply();
        made.await.unwrap_or_else(failed)
    }

    /// Whether the request may come in, and who sends it.
    async fn api_known(
        self: &Arc<Self>,
        row: &'static Row,
        asked: &Arc<Asked>,
        method: &Method,
    ) -> Result<Known, ApiProblem> {
        guard::check_program(&self.origin, &asked.headers)?;
        let turn = tokio::time::timeout(TURN, self.pool.acquire()).await;
        if turn.is_err() {
            return Err(Problem::Busy.into());
        }
        let (web, asked) = (Arc::clone(self), Arc::clone(asked));
        let changes = row.is.changes && *method == Method::POST;
        let known = tokio::task::spawn_blocking(move || {
            let who = web.api_caller(row, &asked.headers)?;
            let key = match changes {
                true => Some(key(&asked.headers)?),
                false => None,
            };
            Ok(Known { who, key })
        });
        known
            .await
            .unwrap_or_else(|_| Err(ApiProblem::new("failed")))
    }

    /// Who asks, and whether the token and the person's role are for it at all: before any case is looked
    /// at, so that the answer is the same whether or not it is there.
    fn api_caller(&self, row: &Row, headers: &HeaderMap) -> Result<Option<Caller>, ApiProblem> {
        if row.is.needs == Needs::Nobody {
            return Ok(None);
        }
        let (desk, _) = self.desk().map_err(|_| ApiProblem::new("unavailable"))?;
        let nobody = || ApiProblem::new("unauthorized").header("www-authenticate", "Bearer");
        let text = bearer(headers).ok_or_else(nobody)?;
        let mut random = self.random();
        let token = tokens::find(&desk, text, self.now(), &mut *random)?.ok_or_else(nobody)?;
        let by = desk
            .people()?
            .principal_of_token(&token.person, &token.scopes);
        let by = by.ok_or_else(nobody)?;
        if !row.is.needs.met_by(&token.scopes) {
            return Err(scope_missing(&row.is.needs.scopes()));
        }
        let may_not = |action: &Action| !desk.may_ever(&by, *action);
        if let Some(action) = row.is.needs.actions().into_iter().find(may_not) {
            let why = format!("{action}: not in the role {}", by.role());
            return Err(ApiProblem::new("not-allowed").detail(why));
        }
        Ok(Some(Caller { by, token }))
    }

    /// Everything else that is synchronous.
    fn api_make(
        &self,
        row: &Row,
        asked: &Asked,
        known: Known,
        came: Came,
    ) -> Result<Reply, ApiProblem> {
        let (desk, _) = self.desk().map_err(|_| ApiProblem::new("unavailable"))?;
        let form = Form::parse(asked.query.as_bytes());
        let form = form.ok_or_else(|| ApiProblem::new("malformed"))?;
        let call = Call {
            web: self,
            now: self.now(),
            desk,
            who: known.who,
            params: asked.params.clone(),
            document: served,
        };
        let (Some(key), Some(who)) = (&known.key, &call.who) else {
            return (row.run)(&call, &form, came);
        };
        let mut request = Sha256::new();
        for part in [row.is.name, &asked.path, &asked.query] {
            request.update((part.len() as u64).to_be_bytes());
            request.update(part);
        }
        came.digest(&mut request);
        let once = Once {
            desk: &call.desk,
            token: &who.token.id,
            key,
            request: BASE64_URL_SAFE_NO_PAD.encode(request.finalize()),
            now: call.now,
        };
        once.answer(&mut *self.random(), || (row.run)(&call, &form, came))
    }
}

/// The token that a request shows (RFC 6750, section 2.1); of two, none.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut all = headers.get_all("authorization").iter();
    let first = all.next()?.to_str().ok()?;
    let (scheme, text) = first.split_once(' ')?;
    let is = scheme.eq_ignore_ascii_case("bearer") && all.next().is_none();
    is.then_some(text.trim())
}

fn key(headers: &HeaderMap) -> Result<String, ApiProblem> {
    let mut all = headers.get_all("idempotency-key").iter();
    let first = all.next().and_then(|value| value.to_str().ok());
    let first = first.filter(|text| is_key(text) && all.next().is_none());
    first
        .map(str::to_owned)
        .ok_or_else(|| ApiProblem::new("idempotency-key-wrong"))
}

/// Reads a body, within the limits of what is read there.
async fn read(reads: Reads, headers: &HeaderMap, body: Body) -> Result<Came, ApiProblem> {
    let limit = match reads {
        Reads::Nothing => return Ok(Came::Nothing),
        Reads::Json => LARGEST_JSON as u64,
        Reads::Files => LARGEST_UPLOAD + (1 << 20),
    };
    let length = headers.get("content-length");
    let length = length.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|length| length > limit) {
        left_unread(headers, body).await;
        return Err(ApiProblem::new("too-large"));
    }
    match reads {
        Reads::Nothing => Ok(Came::Nothing),
        Reads::Json => {
            if !is_json(headers) {
                left_unread(headers, body).await;
                return Err(ApiProblem::new("media-type").detail("application/json"));
            }
            let bytes = axum::body::to_bytes(body, LARGEST_JSON);
            let bytes = tokio::time::timeout(FORM_TIME, bytes)
                .await
                .map_err(|_| Problem::TooSlow)?
                .map_err(|_| Problem::TooLarge)?;
            Ok(Came::Json(bytes.into()))
        }
        Reads::Files => {
            let kind = headers.get("content-type");
            let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
            let Ok(boundary) = multer::parse_boundary(kind) else {
                left_unread(headers, body).await;
                return Err(ApiProblem::new("media-type").detail("multipart/form-data"));
            };
            let read = tokio::time::timeout(FILES_TIME, upload::read(boundary, body));
            let (form, files) = read.await.map_err(|_| Problem::TooSlow)??;
            Ok(Came::Files(form, files))
        }
    }
}

/// Whatever is asked for below `/api` otherwise; nothing for other paths.
pub(crate) fn nowhere(web: &Web, path: &str) -> Option<Response<Body>> {
    let below = path == "/api" || path.starts_with("/api/");
    below.then(|| finish(&web.origin, ApiProblem::new("not-there").reply()))
}
