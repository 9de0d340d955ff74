//! The one list of routes: what may be asked for, by whom.

use std::fmt::Write as _;

use axum::routing::MethodFilter;
use lagrum_access::Action;

use crate::error::Problem;
use crate::files;
use crate::pages::{
    audit, authorities, case, enter, home, intake, law, mine, officers, openid, order, people,
    setup, several, standing, work,
};
use crate::reply::Reply;
use crate::visit::Visit;

/// Makes a page, or changes something and says where to go on.
pub(crate) type Handler = fn(&Visit<'_>) -> Result<Reply, Problem>;

/// One route: of the desk, or with its own needs and handlers of the door for authorities.
pub(crate) struct Route<N = Needs, H = Handler> {
    pub(crate) verb: Verb,
    pub(crate) path: &'static str,
    pub(crate) needs: N,
    pub(crate) reads: Reads,
    pub(crate) handler: H,
}

/// A GET changes nothing; a POST may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    Post,
}

impl Verb {
    pub(crate) fn filter(self) -> MethodFilter {
        match self {
            Self::Get => MethodFilter::GET,
            Self::Post => MethodFilter::POST,
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// Who may come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Needs {
    /// Anybody in the world.
    Nobody,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever may do this in some state of a case; whether in the one that it is in, the desk says
    /// when it is done.
    May(Action),
}

/// What is read of a request's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reads {
    Nothing,
    Form,
    Files,
}

pub(crate) const fn get<N: Copy, H: Copy>(path: &'static str, needs: N, handler: H) -> Route<N, H> {
    Route {
        verb: Verb::Get,
        path,
        needs,
        reads: Reads::Nothing,
        handler,
    }
}

pub(crate) const fn post<N: Copy, H: Copy>(
    path: &'static str,
    needs: N,
    reads: Reads,
    handler: H,
) -> Route<N, H> {
    Route {
        verb: Verb::Post,
        path,
        needs,
        reads,
        handler,
    }
}

use Needs::{May, Nobody, SignedIn};
use Reads::{Files, Form};

/// Every route. What is not here is not there.
pub(crate) static ROUTES: &[Route] = &[
    // For everybody.
    get("/files/{version}/{name}", Nobody, files::get),
    get("/sign-in", Nobody, enter::sign_in),
    post("/sign-in", Nobody, Form, enter::signed),
    get("/sign-in/openid", Nobody, openid::go),
    get("/sign-in/openid/back", Nobody, openid::back),
    get("/welcome/{token}", Nobody, enter::welcome),
    post("/welcome/{token}", Nobody, Form, enter::welcomed),
    post("/look", Nobody, Form, enter::look),
    get("/law", Nobody, law::how_we_answer),
    get("/law/{rule}", Nobody, law::rule),
    // For whoever is signed in.
    get("/", Nobody, home),
    post("/sign-out", SignedIn, Form, enter::sign_out),
    get("/you", SignedIn, enter::you),
    post("/you/passkeys", SignedIn, Form, enter::register),
    post("/you/passkeys/remove", SignedIn, Form, enter::remove),
    get("/you/openid", SignedIn, openid::show),
    post("/you/openid/end", SignedIn, Form, openid::end_own),
    get("/settings/me", SignedIn, mine::page),
    post("/settings/me", SignedIn, Form, mine::set),
    get("/keys", SignedIn, mine::keys),
    get("/people", SignedIn, people::all),
    // Whoever looks after the desk, and whoever watches it.
    get("/order", May(Action::Check), order::check),
    post("/people/end", May(Action::EndSession), Form, setup::end),
    post("/people/bind", May(Action::BindSignIn), Form, setup::bind),
    get("/agents", May(Action::ReadSetup), setup::agents),
    get("/packs", May(Action::ReadSetup), setup::packs),
    get("/settings", May(Action::ReadSetup), setup::settings),
    get("/audit", May(Action::Audit), audit::all),
    get("/audit/samples", May(Action::Audit), audit::samples),
    post(
        "/audit/samples",
        May(Action::AuditSample),
        Form,
        audit::order,
    ),
    get("/audit/samples/{id}", May(Action::Audit), audit::sample),
    post(
        "/audit/samples/{id}",
        May(Action::AuditSample),
        Form,
        audit::change,
    ),
    get("/audit/{kind}", May(Action::Audit), audit::of_kind),
    // Work.
    get("/cases", May(Action::ReadList), work::list),
    post("/hand-over", May(Action::Assign), Form, several::hand_over),
    get("/inbox", May(Action::ReadList), work::inbox),
    get("/challenges", May(Action::ReadList), standing::challenges),
    get("/withheld", May(Action::ReadList), standing::withheld),
    post("/search", May(Action::ReadList), Form, work::search),
    get("/search/{id}", May(Action::ReadList), work::found),
    get("/new", May(Action::Intake), intake::new),
    post("/new", May(Action::Intake), Files, intake::take_in),
    get("/authorities", May(Action::ReadList), authorities::all),
    get("/officers", May(Action::ReadList), officers::all),
    post(
        "/officers",
        May(Action::AdmitOfficer),
        Form,
        officers::admit,
    ),
    post(
        "/officers/link",
        May(Action::AdmitOfficer),
        Form,
        officers::link,
    ),
    post(
        "/officers/end",
        May(Action::AdmitOfficer),
        Form,
        officers::end,
    ),
    // A case.
    get("/cases/{case}", May(Action::ReadCase), case::thread::page),
    get(
        "/cases/{case}/demand",
        May(Action::ReadCase),
        case::demand::page,
    ),
    get(
        "/cases/{case}/assessment",
        May(Action::ReadCase),
        case::assessment::page,
    ),
    post(
        "/cases/{case}/assessment",
        May(Action::Assess),
        Form,
        case::assessment::assess,
    ),
    get(
        "/cases/{case}/decision",
        May(Action::ReadCase),
        case::decision::page,
    ),
    post(
        "/cases/{case}/decision",
        May(Action::Decide),
        Form,
        case::decision::decide,
    ),
    get(
        "/cases/{case}/clocks",
        May(Action::ReadCase),
        case::clocks::page,
    ),
    post(
        "/cases/{case}/clocks",
        May(Action::RecordMilestone),
        Form,
        case::clocks::record,
    ),
    get(
        "/cases/{case}/challenge",
        May(Action::ReadCase),
        case::challenge::page,
    ),
    post(
        "/cases/{case}/challenge",
        May(Action::RecordMilestone),
        Files,
        case::challenge::record,
    ),
    get(
        "/cases/{case}/withheld",
        May(Action::ReadCase),
        case::withheld::page,
    ),
    post(
        "/cases/{case}/withheld",
        May(Action::Review),
        Files,
        case::withheld::bring,
    ),
    get(
        "/cases/{case}/letters",
        May(Action::ReadCase),
        case::letters::page,
    ),
    get(
        "/cases/{case}/letters/{kind}",
        May(Action::SendLetter),
        case::letters::write,
    ),
    post(
        "/cases/{case}/letters/{kind}",
        May(Action::SendLetter),
        Form,
        case::letters::written,
    ),
    get(
        "/cases/{case}/letters/sent/{number}",
        May(Action::ReadCase),
        case::letters::read,
    ),
    get(
        "/cases/{case}/letters/sent/{number}/file",
        May(Action::ReadCase),
        case::letters::file,
    ),
    get(
        "/cases/{case}/memo",
        May(Action::ReadCase),
        case::demand::memo,
    ),
    get(
        "/cases/{case}/originals/{number}",
        May(Action::ReadOriginal),
        case::original::page,
    ),
    get(
        "/cases/{case}/originals/{number}/file",
        May(Action::ReadOriginal),
        case::original::file,
    ),
    get(
        "/cases/{case}/notes/{number}/file",
        May(Action::ReadPrivileged),
        case::thread::sealed_note,
    ),
    get(
        "/cases/{case}/originals/{number}/pages/{page}",
        May(Action::ReadOriginal),
        case::original::picture,
    ),
    get(
        "/cases/{case}/originals/{number}/attached/{part}/file",
        May(Action::ReadOriginal),
        case::original::attached_file,
    ),
    get(
        "/cases/{case}/originals/{number}/attached/{part}/pages/{page}",
        May(Action::ReadOriginal),
        case::original::picture,
    ),
    post(
        "/cases/{case}/originals",
        May(Action::Intake),
        Files,
        case::original::attach,
    ),
    get(
        "/cases/{case}/describe",
        May(Action::Describe),
        case::describe::page,
    ),
    post(
        "/cases/{case}/describe",
        May(Action::Describe),
        Form,
        case::describe::check,
    ),
    post(
        "/cases/{case}/describe/done",
        May(Action::Describe),
        Form,
        case::describe::done,
    ),
    get(
        "/cases/{case}/call-back",
        May(Action::CallBack),
        case::call_back::page,
    ),
    post(
        "/cases/{case}/call-back",
        May(Action::CallBack),
        Form,
        case::call_back::record,
    ),
    // An emergency at night.
    get(
        "/cases/{case}/night",
        May(Action::ReadCase),
        case::night::page,
    ),
    post(
        "/cases/{case}/night/take",
        May(Action::Assign),
        Form,
        case::night::taken,
    ),
    post(
        "/cases/{case}/night/describe",
        May(Action::Describe),
        Form,
        case::night::describe,
    ),
    post(
        "/cases/{case}/night/call",
        May(Action::CallBack),
        Form,
        case::night::called,
    ),
    post(
        "/cases/{case}/night/second",
        May(Action::Note),
        Form,
        case::night::second,
    ),
    post(
        "/cases/{case}/night/genuine",
        May(Action::Authenticate),
        Form,
        case::night::genuine,
    ),
    post(
        "/cases/{case}/night/danger",
        May(Action::JudgeEmergency),
        Form,
        case::night::danger,
    ),
    post(
        "/cases/{case}/genuine",
        May(Action::Authenticate),
        Form,
        case::call_back::genuine,
    ),
    post(
        "/cases/{case}/danger",
        May(Action::JudgeEmergency),
        Form,
        case::call_back::danger,
    ),
    get(
        "/cases/{case}/accounts",
        May(Action::Inquire),
        case::inquire::page,
    ),
    post(
        "/cases/{case}/accounts",
        May(Action::Inquire),
        Form,
        case::inquire::with_passkey,
    ),
    post(
        "/cases/{case}/accounts/question",
        May(Action::Inquire),
        Form,
        case::inquire::question,
    ),
    post(
        "/cases/{case}/accounts/signed",
        May(Action::Inquire),
        Files,
        case::inquire::signed,
    ),
    get(
        "/cases/{case}/sign",
        May(Action::ExportToSign),
        case::sign::page,
    ),
    post(
        "/cases/{case}/sign",
        May(Action::AddSignature),
        Form,
        case::sign::with_passkey,
    ),
    get(
        "/cases/{case}/sign/file",
        May(Action::ExportToSign),
        case::sign::file,
    ),
    post(
        "/cases/{case}/signatures",
        May(Action::AddSignature),
        Files,
        case::sign::add,
    ),
    post(
        "/cases/{case}/deliver",
        May(Action::Deliver),
        Form,
        case::thread::deliver,
    ),
    post(
        "/cases/{case}/passphrase-told",
        May(Action::TellPassphrase),
        Form,
        case::thread::passphrase_told,
    ),
    post(
        "/cases/{case}/notes",
        May(Action::Note),
        Form,
        case::thread::note,
    ),
    get(
        "/cases/{case}/burden",
        May(Action::ReadCase),
        case::burden::page,
    ),
    post(
        "/cases/{case}/burden",
        May(Action::RecordBurden),
        Form,
        case::burden::record,
    ),
    post(
        "/cases/{case}/burden/reimbursement",
        May(Action::RecordBurden),
        Form,
        case::burden::reimburse,
    ),
    post(
        "/cases/{case}/burden/taken-back",
        May(Action::RecordBurden),
        Form,
        case::burden::take_back,
    ),
    post(
        "/cases/{case}/ask",
        May(Action::Ask),
        Form,
        case::thread::ask,
    ),
    post(
        "/cases/{case}/owner",
        May(Action::Assign),
        Form,
        case::thread::assign,
    ),
    post(
        "/cases/{case}/group",
        May(Action::Assign),
        Form,
        case::thread::hand_to_group,
    ),
    post(
        "/cases/{case}/links",
        May(Action::Link),
        Form,
        case::thread::link,
    ),
    post(
        "/cases/{case}/join",
        May(Action::Join),
        Form,
        case::thread::join,
    ),
    post(
        "/cases/{case}/split",
        May(Action::Split),
        Form,
        case::demand::split,
    ),
    get("/cases/{case}/close", May(Action::Close), case::close::page),
    post(
        "/cases/{case}/close",
        May(Action::Close),
        Form,
        case::close::close,
    ),
    post(
        "/cases/{case}/reopen",
        May(Action::Reopen),
        Form,
        case::close::reopen,
    ),
];

/// Whatever is asked for otherwise.
pub(crate) static NOWHERE: Route = get("", Nobody, |_| Err(Problem::NotThere));

/// The list for people: what each route needs. A test holds it against the reviewed file.
#[must_use]
pub fn routes() -> String {
    let mut out = String::new();
    for route in ROUTES {
        let needs = match route.needs {
            Nobody => "anybody".to_owned(),
            SignedIn => "signed in".to_owned(),
            May(action) => action.to_string(),
        };
        let _ = writeln!(out, "{:<5} {:<46} {needs}", route.verb.as_str(), route.path);
    }
    out
}
