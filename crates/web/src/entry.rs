//! The door: from HTTP to a [`Visit`], and back.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, Response, header};
use axum::routing::{MethodRouter, on};
use lagrum_desk::Desk;
use lagrum_model::Language;

use crate::error::Problem;
use crate::form::Form;
use crate::guard;
use crate::keep::Keep;
use crate::pages::problem_page;
use crate::reply::Reply;
use crate::route::{Needs, ROUTES, Reads, Route};
use crate::upload::{self, Upload};
use crate::visit::{SignedIn, Theme, Visit};
use crate::wire::{Asked, FILES_TIME, FORM_TIME, TURN, finish, left_unread, panicked, taken_apart};
use crate::{Web, api, openid};

/// A form without files, in bytes.
const LARGEST_FORM: usize = 1 << 20;

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
            match api::nowhere(&web, request.uri().path()) {
                Some(problem) => problem,
                None => web.answer(&crate::route::NOWHERE, request).await,
            }
        };
        self.with_api(router)
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
        let asked = Arc::new(asked);
        let known = match guard::check(&self.origin, &method, &asked.headers) {
            Ok(()) => self.may_send(route, &asked).await,
            Err(problem) => Err(problem),
        };
        let read = match known {
            Ok(()) => read(route.reads, &method, &asked.headers, body).await,
            Err(problem) => {
                left_unread(&asked.headers, body).await;
                Err(problem)
            }
        };
        let web = Arc::clone(self);
        let turn = tokio::time::timeout(TURN, web.pool.acquire()).await;
        let read = if turn.is_ok() {
            read
        } else {
            Err(Problem::Busy)
        };
        let on = Arc::clone(self);
        let made = tokio::task::spawn_blocking(move || on.make(route, &asked, read)).await;
        made.unwrap_or_else(|_| panicked())
    }

    /// Whether somebody may send files here, before any of them is read.
    async fn may_send(
        self: &Arc<Self>,
        route: &'static Route,
        asked: &Arc<Asked>,
    ) -> Result<(), Problem> {
        if route.reads != Reads::Files || route.needs == Needs::Nobody {
            return Ok(());
        }
        let turn = tokio::time::timeout(TURN, self.pool.acquire()).await;
        if turn.is_err() {
            return Err(Problem::Busy);
        }
        let (web, asked) = (Arc::clone(self), Arc::clone(asked));
        let known = tokio::task::spawn_blocking(move || {
            let Ok((desk, _)) = web.desk() else {
                return Err(Problem::Busy);
            };
            let who = web.who(&desk, &asked.headers)?.ok_or(Problem::SignIn)?;
            match route.needs {
                Needs::May(action) if !desk.may_ever(&who.principal, action) => {
                    Err(Problem::NotThere)
                }
                _ => Ok(()),
            }
        });
        known.await.unwrap_or(Err(Problem::Busy))
    }

    /// Who is signed in.
    fn who(&self, desk: &Desk, headers: &HeaderMap) -> Result<Option<SignedIn>, Problem> {
        let Some(token) = guard::read_cookie(headers, guard::cookie_name(&self.origin)) else {
            return Ok(None);
        };
        let Some(stay) = Keep::of(desk, self).stay(token, browser(headers))? else {
            return Ok(None);
        };
        if !openid::still(self, desk, &stay)? {
            return Ok(None);
        }
        let found = desk.people().ok();
        let found = found.and_then(|people| people.principal_signed_in(&stay.person));
        Ok(found.map(|principal| SignedIn {
            principal,
            stay,
            token: token.to_owned(),
        }))
    }

    /// Everything that is synchronous.
    fn make(&self, route: &Route, asked: &Asked, read: Result<Read, Problem>) -> Reply {
        let (desk, all_phrases) = match self.desk() {
            Ok(found) => found,
            Err(why) => return unopened(&why),
        };
        let headers = &asked.headers;
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let (who, failed) = match self.who(&desk, headers) {
            Ok(who) => (who, None),
            Err(problem) => (None, Some(problem)),
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
            .and_then(|who: &SignedIn| Keep::of(&desk, self).settings(&who.stay.person).ok());
        let mut problem = failed.or(query.is_none().then_some(Problem::Malformed));
        let (form, uploads) = match read {
            Ok(Read { form, uploads }) => (form, uploads),
            Err(why) => {
                problem = Some(why);
                Default::default()
            }
        };
        let begun = guard::read_cookie(headers, guard::openid_cookie_name(&self.origin));
        let visit = Visit {
            web: self,
            now: self.now(),
            desk,
            who,
            language,
            theme: theme.unwrap_or_default(),
            settings: settings.unwrap_or_default(),
            path: asked.path.clone(),
            params: asked.params.clone(),
            query: query.unwrap_or_default(),
            form,
            uploads,
            browser: browser(headers).to_owned(),
            begun: begun.map(str::to_owned),
            all_phrases,
        };
        let answer = match problem {
            Some(problem) => Err(problem),
            None => may_come_in(route, &visit).and_then(|()| (route.handler)(&visit)),
        };
        answer.unwrap_or_else(|problem| problem_page(&visit, problem))
    }
}

/// What the browser says that it is.
fn browser(headers: &HeaderMap) -> &str {
    let said = headers.get("user-agent");
    said.and_then(|value| value.to_str().ok())
        .unwrap_or_default()
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
