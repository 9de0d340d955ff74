//! From HTTP to a [`Visitor`], and back.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use axum::routing::{MethodRouter, on};

use super::route::{NOWHERE, Needs, ROUTES, Route};
use super::visitor::{AtDoor, LANGUAGE};
use super::{Door, Visitor, pages};
use crate::entry::{Read, preferred, read, unopened};
use crate::error::Problem;
use crate::form::Form;
use crate::guard;
use crate::keep::Keep;
use crate::reply::Reply;
use crate::route::Reads;
use crate::wire::{Asked, TURN, finish, left_unread, panicked, taken_apart};

impl Door {
    /// The name of the cookie of a session at the door: another one than the desk's.
    pub(crate) fn cookie_name(&self) -> &'static str {
        if self.origin.is_secure() {
            "__Host-lagrum-door"
        } else {
            "lagrum-door"
        }
    }

    /// All routes.
    pub(crate) fn router(self: &Arc<Self>) -> Router {
        let mut router = Router::new();
        for route in ROUTES {
            let handler = move |State(door): State<Arc<Door>>, request: Request| async move {
                door.answer(route, request).await
            };
            let method: MethodRouter<Arc<Door>> = on(route.verb.filter(), handler);
            router = router.route(route.path, method);
        }
        let nowhere = |State(door): State<Arc<Door>>, request: Request| async move {
            door.answer(&NOWHERE, request).await
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
        let asked = Arc::new(asked);
        let read = match guard::check(&self.origin, &method, &asked.headers) {
            // Files of somebody who may not send any are not read.
            Ok(()) if route.reads == Reads::Files => {
                let (door, by) = (Arc::clone(self), Arc::clone(&asked));
                let known = tokio::task::spawn_blocking(move || door.knows(&by)).await;
                let place = tokio::time::timeout(TURN, self.sending.acquire()).await;
                match (known, place) {
                    (Ok(false), _) => {
                        left_unread(&asked.headers, body).await;
                        Err(Problem::SignIn)
                    }
                    (Ok(true), Ok(Ok(_place))) => {
                        read(route.reads, &method, &asked.headers, body).await
                    }
                    _ => Err(Problem::Busy),
                }
            }
            Ok(()) => read(route.reads, &method, &asked.headers, body).await,
            Err(problem) => Err(problem),
        };
        let turn = tokio::time::timeout(TURN, self.web.pool.acquire()).await;
        let read = if turn.is_ok() {
            read
        } else {
            Err(Problem::Busy)
        };
        let door = Arc::clone(self);
        let made = tokio::task::spawn_blocking(move || door.make(route, &asked, read)).await;
        made.unwrap_or_else(|_| panicked())
    }

    /// Whether an officer is signed in.
    fn knows(&self, asked: &Asked) -> bool {
        let desk = self.web.desk();
        desk.is_ok_and(|(desk, _)| matches!(self.who(&desk, asked), Ok(Some(_))))
    }

    fn who(&self, desk: &lagrum_desk::Desk, asked: &Asked) -> Result<Option<AtDoor>, Problem> {
        let text = |name: &str| {
            asked
                .headers
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        let browser = text("user-agent").unwrap_or_default();
        let Some(token) = guard::read_cookie(&asked.headers, self.cookie_name()) else {
            return Ok(None);
        };
        let Some(stay) = Keep::at_door(desk, &self.web).stay(token, browser)? else {
            return Ok(None);
        };
        let officer = desk.officer_signed_in(&stay.person, self.web.now())?;
        Ok(officer.map(|officer| AtDoor {
            officer,
            stay,
            token: token.to_owned(),
        }))
    }

    /// Everything that is synchronous.
    fn make(&self, route: &Route, asked: &Asked, read: Result<Read, Problem>) -> Reply {
        let (desk, all_phrases) = match self.web.desk() {
            Ok(found) => found,
            Err(why) => return unopened(&why),
        };
        let headers = &asked.headers;
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let browser = text("user-agent").unwrap_or_default().to_owned();
        // A public page knows nobody, and asks for nobody.
        let (who, failed) = match route.needs {
            Needs::Public => (None, None),
            _ => match self.who(&desk, asked) {
                Ok(who) => (who, None),
                Err(problem) => (None, Some(problem)),
            },
        };
        let query = Form::parse(asked.query.as_bytes());
        let mut problem = failed.or(query.is_none().then_some(Problem::Malformed));
        let query = query.unwrap_or_default();
        let chosen = match route.needs {
            Needs::Public => None,
            _ => guard::read_cookie(headers, LANGUAGE),
        };
        let (form, uploads) = match read {
            Ok(Read { form, uploads }) => (form, uploads),
            Err(why) => {
                problem = Some(why);
                Default::default()
            }
        };
        let said = [query.text("lang"), form.text("lang")];
        let said = said.into_iter().find_map(|text| text.parse().ok());
        let language = said
            .or_else(|| chosen.and_then(|text| text.parse().ok()))
            .unwrap_or_else(|| preferred(text("accept-language").unwrap_or_default()));
        let visitor = Visitor {
            door: self,
            now: self.web.now(),
            desk,
            who,
            language,
            path: asked.path.clone(),
            params: asked.params.clone(),
            query,
            form,
            uploads,
            headers: asked.headers.clone(),
            browser,
            from: asked.from.clone(),
            all_phrases,
        };
        let answer = match problem {
            Some(problem) => Err(problem),
            None => match route.needs {
                Needs::Officer => visitor.officer().map(|_| ()),
                Needs::Nobody | Needs::Public => Ok(()),
            }
            .and_then(|()| (route.handler)(&visitor)),
        };
        answer.unwrap_or_else(|problem| pages::problem_page(&visitor, problem))
    }
}
