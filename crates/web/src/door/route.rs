//! The one list of routes of the door: what may be asked for, by whom.

use std::fmt::Write as _;

use super::Visitor;
use super::pages::{check, demand, enter, help, key, send};
use crate::error::Problem;
use crate::reply::Reply;
use crate::route::{Reads, get, post};

/// Makes a page, or changes something and says where to go on.
pub(crate) type Handler = fn(&Visitor<'_>) -> Result<Reply, Problem>;

/// One route.
pub(crate) type Route = crate::route::Route<Needs, Handler>;

/// Who may come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Needs {
    /// Anybody in the world; no cookie is looked at.
    Public,
    /// Anybody in the world.
    Nobody,
    /// An officer who is signed in. Which demands they reach, the desk says.
    Officer,
}

use Needs::{Nobody, Officer, Public};
use Reads::{Files, Form};

/// Every route. What is not here is not there.
pub(crate) static ROUTES: &[Route] = &[
    get("/files/{version}/{name}", Public, help::file),
    get("/check", Public, check::page),
    post("/check", Public, Form, check::checked),
    get("/sign-in", Nobody, enter::sign_in),
    post("/sign-in", Nobody, Form, enter::signed),
    get("/welcome/{token}", Nobody, enter::welcome),
    post("/welcome/{token}", Nobody, Form, enter::welcomed),
    post("/language", Nobody, Form, enter::language),
    get("/", Officer, demand::all),
    get("/send", Officer, send::page),
    post("/send", Officer, Files, send::sent),
    get("/demands/{address}", Officer, demand::page),
    get("/demands/{address}/receipt", Officer, demand::counted),
    post("/demands/{address}/answer", Officer, Files, demand::answer),
    get(
        "/demands/{address}/packages/{package}",
        Officer,
        demand::fetch,
    ),
    get(
        "/demands/{address}/packages/{package}/{volume}",
        Officer,
        demand::fetch_volume,
    ),
    get(
        "/demands/{address}/receipts/{package}",
        Officer,
        demand::receipt,
    ),
    post("/demands/{address}/confirm", Officer, Form, demand::confirm),
    post("/demands/{address}/missing", Officer, Form, demand::missing),
    get("/key", Officer, key::page),
    post("/key", Officer, Form, key::offer),
    get("/help", Officer, help::page),
    get("/you", Officer, enter::you),
    post("/you/passkeys", Officer, Form, enter::register),
    post("/you/passkeys/remove", Officer, Form, enter::remove),
    post("/sign-out", Officer, Form, enter::sign_out),
];

/// Whatever is asked for otherwise.
pub(crate) static NOWHERE: Route = get("", Nobody, |_| Err(Problem::NotThere));

/// The list for people: what each route of the door needs. A test holds it against the reviewed file.
#[must_use]
pub fn routes() -> String {
    let mut out = String::new();
    for route in ROUTES {
        let needs = match route.needs {
            Public => "anybody, without a session",
            Nobody => "anybody",
            Officer => "an officer",
        };
        let _ = writeln!(out, "{:<5} {:<46} {needs}", route.verb.as_str(), route.path);
    }
    out
}
