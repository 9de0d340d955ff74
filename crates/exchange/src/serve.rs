//! The server.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Request, Response, StatusCode, header};
use jiff::Timestamp;
use lagrum_durable::{NoFaults, SettingsError};
use lagrum_model::{Region, Sha256Digest};
use lagrum_notes::VerifyingKey;
use lagrum_transport::directory::Faults;
use rand_core::CryptoRngCore;
use tokio::sync::Semaphore;

use crate::act::{Said, act};
use crate::admit::{Admitted, Door, Refused};
use crate::changes::look;
use crate::enrol::{LetIn, NotLetIn, is_invited, let_in};
use crate::way::{Step, region_of};

/// How long whoever waits for something new waits at most.
pub(crate) const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// How often it is looked whether something is new.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// A body arrives within that time: a piece of a package at 20 kB a second.
const BODY_TIME: Duration = Duration::from_secs(210);
/// A token and a key arrive within that time.
const ENROL_TIME: Duration = Duration::from_secs(10);
/// A token and a key, in bytes.
const LARGEST_ENROLMENT: usize = 1 << 10;
/// So many come in at once.
const MOST_ENROLLING: usize = 4;

/// An exchange that is served.
pub struct Exchange {
    door: Door,
    clock: Box<dyn Fn() -> Timestamp + Send + Sync>,
    faults: Faults,
    body_time: Duration,
    enrolling: Semaphore,
    failed: Box<dyn Fn(&NotLetIn) + Send + Sync>,
    /// Whether it was told that nobody can see which tokens there are.
    told: AtomicBool,
}

impl Exchange {
    /// The exchange whose settings are `file` (`exchange.toml`, read anew when it changes). `clock` gives the time (UTC);
    /// of `random` this run of the server gets its name.
    ///
    /// # Errors
    /// When the settings cannot be used.
    pub fn open(
        file: PathBuf,
        clock: impl Fn() -> Timestamp + Send + Sync + 'static,
        random: &mut dyn CryptoRngCore,
    ) -> Result<Self, SettingsError> {
        let mut run = [0; 16];
        random.fill_bytes(&mut run);
        Ok(Self {
            door: Door::open(file, run)?,
            clock: Box::new(clock),
            faults: Arc::new(NoFaults),
            body_time: BODY_TIME,
            enrolling: Semaphore::new(MOST_ENROLLING),
            failed: Box::new(|_| {}),
            told: AtomicBool::new(false),
        })
    }

    /// The same, and `failed` hears why an agent with a token could not be let in, where that is not the agent's fault.
    #[must_use]
    pub fn telling(self, failed: impl Fn(&NotLetIn) + Send + Sync + 'static) -> Self {
        let failed = Box::new(failed);
        Self { failed, ..self }
    }

    /// How many regions it has, and how many of them have an agent.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        let settings = self.door.settings();
        let agents = settings.regions.iter().filter(|one| one.agent.is_some());
        (settings.regions.len(), agents.count())
    }

    #[cfg(test)]
    pub(crate) fn with_faults(self, faults: Faults) -> Self {
        Self { faults, ..self }
    }

    #[cfg(test)]
    pub(crate) fn with_body_time(self, body_time: Duration) -> Self {
        Self { body_time, ..self }
    }
}

/// Everything that it answers.
pub fn pages(exchange: Exchange) -> Router {
    let exchange = Arc::new(exchange);
    Router::new().fallback(move |request: Request<Body>| answer(Arc::clone(&exchange), request))
}

async fn answer(exchange: Arc<Exchange>, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    if let Some((region, "enrol")) = region_of(parts.uri.path()) {
        return response(enrol(exchange, region, parts, body).await);
    }
    let said = match exchange.door.admit(&parts, (exchange.clock)()) {
        Err(refused) => not_acted_upon(refused),
        Ok(admitted) => step(exchange, admitted, &parts.headers, body).await,
    };
    response(said)
}

/// An agent that is not known comes in. Whatever is wrong with what it shows, it is told the same as every stranger. What
/// fails here is told here, and is no word about its token.
async fn enrol(exchange: Arc<Exchange>, region: Region, parts: Parts, body: Body) -> Said {
    let stranger = (403, Vec::new());
    let Ok(_place) = exchange.enrolling.try_acquire() else {
        return (429, Vec::new());
    };
    let body = tokio::time::timeout(ENROL_TIME, to_bytes(body, LARGEST_ENROLMENT)).await;
    let Ok(Ok(body)) = body else {
        return stranger;
    };
    let ours = Arc::clone(&exchange);
    let done = tokio::task::spawn_blocking(move || {
        let door = &ours.door;
        let stranger = || Refused::Stranger;
        let text = std::str::from_utf8(&body).map_err(|_| stranger())?;
        let (token, key) = text.split_once('\n').ok_or_else(stranger)?;
        let key = VerifyingKey::parse(key).map_err(|_| stranger())?;
        let now = (ours.clock)();
        let here = |failed: NotLetIn| {
            (ours.failed)(&failed);
            (500, Vec::new())
        };
        // Whoever asks is a stranger still: what fails before that is told once, until it works again.
        let invited = is_invited(door.file(), token, &region, now);
        let told = ours.told.swap(invited.is_err(), Ordering::Relaxed);
        match invited {
            Err(_) if told => return Ok((500, Vec::new())),
            Err(failed) => return Ok(here(failed)),
            Ok(false) => return Err(stranger()),
            Ok(true) => door.admit_new(&parts, &body, &key, &region, now)?,
        }
        match let_in(door.file(), token, &region, &key, now, &*ours.faults) {
            Err(failed) => Ok(here(failed)),
            Ok(LetIn::Yes) => Ok((200, Vec::new())),
            Ok(LetIn::No) => Err(stranger()),
            Ok(LetIn::Busy) => Err(Refused::Busy),
        }
    });
    match done.await {
        Ok(said) => said.unwrap_or_else(not_acted_upon),
        Err(_) => stranger,
    }
}

fn response((status, body): Said) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    let bytes = header::HeaderValue::from_static("application/octet-stream");
    headers.insert(header::CONTENT_TYPE, bytes);
    let never = header::HeaderValue::from_static("no-store");
    headers.insert(header::CACHE_CONTROL, never);
    response
}

fn not_acted_upon(refused: Refused) -> Said {
    match refused {
        Refused::Stranger => (403, Vec::new()),
        Refused::Run(run) => (409, format!("run {run}").into_bytes()),
        Refused::Clock(now) => (409, format!("clock {now}").into_bytes()),
        Refused::Again => (409, b"again".to_vec()),
        Refused::Busy => (429, Vec::new()),
        Refused::NoStep => (404, Vec::new()),
    }
}

async fn step(
    exchange: Arc<Exchange>,
    admitted: Admitted,
    headers: &HeaderMap,
    body: Body,
) -> Said {
    if let Step::Changes(seen) = admitted.way.step {
        return changes(&admitted, seen).await;
    }
    // As many as there are places have bodies in memory at once.
    let Ok(place) = Arc::clone(&admitted.room.places).try_acquire_owned() else {
        return (429, Vec::new());
    };
    let largest = admitted.way.step.largest_body().unwrap_or(0);
    let length = headers.get(header::CONTENT_LENGTH);
    let length = length.and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > largest) {
        return (413, Vec::new());
    }
    let body = match tokio::time::timeout(exchange.body_time, to_bytes(body, largest)).await {
        Err(_) => return (408, Vec::new()),
        Ok(Err(_)) => return (413, Vec::new()),
        Ok(Ok(body)) => body,
    };
    if Sha256Digest::of(&body) != admitted.body {
        return (400, Vec::new());
    }
    let done = tokio::task::spawn_blocking(move || {
        let said = act(&admitted, &body, &exchange.faults);
        drop(place);
        said
    });
    done.await.unwrap_or((500, Vec::new()))
}

/// Waits until something is new, or the time is over.
async fn changes(admitted: &Admitted, seen: Sha256Digest) -> Said {
    let (Some(here), Ok(_place)) = (admitted.region(), admitted.room.waiting.try_acquire()) else {
        return (429, Vec::new());
    };
    let began = tokio::time::Instant::now();
    loop {
        let directory = here.directory.clone();
        let looked = tokio::task::spawn_blocking(move || look(&directory)).await;
        match looked {
            Ok(Ok(now)) if now == seen && began.elapsed() < LONGEST_WAIT => {}
            Ok(Ok(now)) => return (200, now.to_string().into_bytes()),
            _ => return (500, Vec::new()),
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}
