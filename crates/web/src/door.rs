//! The door for authorities: another host, with routes, cookies, sessions and pages of its own.
//!
//! **Invariant.** Nothing of the desk is reached from here: who is at the door is an
//! [`Officer`](lagrum_desk::Officer) or nobody, and never a principal. A session, a passkey or a link of
//! one side is nothing on the other. An address that leads nowhere, that is another authority's or that
//! has run out gives the same page.

mod entry;
mod frame;
mod notices;
mod pages;
mod ranges;
mod route;
mod visitor;

use std::net::SocketAddr;
use std::sync::Arc;

use lagrum_desk::Desk;
use tokio::sync::Semaphore;

use crate::keep::{Invitation, Keep};
use crate::{Origin, Web, WebError};

pub use route::routes;
pub(crate) use visitor::Visitor;

/// How many officers send files at once. More wait, and after a while are told to come again.
const SENDING: usize = 8;

/// The door for authorities of one desk.
pub(crate) struct Door {
    pub(crate) web: Arc<Web>,
    pub(crate) origin: Origin,
    pub(crate) sending: Semaphore,
    pub(crate) tries: notices::Tries,
    listen: SocketAddr,
}

impl Door {
    /// The door, if desk.toml opens one.
    ///
    /// # Errors
    /// When its origin is none, or is the desk's own.
    pub(crate) fn of(web: &Arc<Web>) -> Result<Option<Self>, WebError> {
        let (desk, _) = web.desk().map_err(WebError::Desk)?;
        let Some(config) = desk.door_config() else {
            return Ok(None);
        };
        let origin: Origin = config
            .origin
            .parse()
            .map_err(|error| WebError::Door(format!("origin: {error}")))?;
        // On this machine alone there is only one host; there it is the port that tells them apart.
        let same = origin.host() == web.origin.host() && origin.is_secure();
        if same || origin == web.origin {
            return Err(WebError::Door(
                "origin: it is the desk's; give the door a host name of its own".into(),
            ));
        }
        Ok(Some(Self {
            web: Arc::clone(web),
            origin,
            sending: Semaphore::new(SENDING),
            tries: notices::Tries::default(),
            listen: config.listen,
        }))
    }

    pub(crate) fn listen(&self) -> SocketAddr {
        self.listen
    }
}

/// Makes a link with which an officer comes in once at the door. `None` while the door is closed.
pub(crate) fn invite(
    web: &Web,
    desk: &Desk,
    officer: &str,
) -> Result<Option<Invitation>, WebError> {
    let Some(origin) = desk.door_config().and_then(|door| door.origin.parse().ok()) else {
        return Ok(None);
    };
    Ok(Some(Keep::at_door(desk, web).invite(officer, &origin)?))
}
