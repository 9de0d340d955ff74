//! `lagrum desk serve`, `lagrum desk invite`

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::anyhow;
use lagrum_documents::Phrases;
use lagrum_model::{CaseId, Language, Region};
use lagrum_pictures::Pages;
use lagrum_serving::Tls;
use lagrum_web::{Origin, Parts, Web, serve};
use rand_core::OsRng;

use crate::beside::{Here, openid};
use crate::commands::log::witness_all_the_time;
use crate::commands::{mail, outgoing};
use crate::context::{Context, Machine, zone};
use crate::output::Failure;
use crate::rules;

/// With this as its only argument the program is the child that takes one file of a stranger apart: see
/// [`lagrum_pictures`]. It is no command of people.
pub const READ_FILE: &str = "read-file-of-a-stranger";

/// The child's work.
///
/// # Errors
/// When nobody takes the answer any more.
pub fn read_file() -> std::io::Result<()> {
    lagrum_pictures::answer(std::io::stdin().lock(), std::io::stdout().lock())
}

/// Serves the demo's desk on this machine until the process ends, and gives each of its people a link.
pub fn serve_here(context: &Context) -> Result<(), Failure> {
    // The usual port, unless somebody has it.
    let listener =
        TcpListener::bind("127.0.0.1:8700").or_else(|_| TcpListener::bind("127.0.0.1:0"));
    let listen = listener.and_then(|free| free.local_addr())?;
    let at = Where {
        origin: format!("http://localhost:{}", listen.port()).parse()?,
    };
    let web = at.web(context, None)?;
    let desk = context.open_desk()?;
    let mut lines = vec!["\nThe desk in a browser. Each link works once:".to_owned()];
    for person in desk.people()?.people() {
        let made = web.invite(&person.id).map_err(|e| anyhow!(e))?;
        lines.push(format!(
            "  {} ({}): {}",
            person.name, person.role, made.link
        ));
    }
    if desk.door_config().is_some() {
        lines.push(
            "\nThe door for authorities, where an officer sends demands and fetches answers:"
                .to_owned(),
        );
        let user = lagrum_access::current_user()?;
        let analyst = desk
            .people()?
            .principal_of_user(&user, Some(lagrum_demo::ANALYST))?;
        let mut random = OsRng;
        for officer in desk.session(analyst, &Machine, &mut random).officers()? {
            if let Some(made) = web.invite_officer(&officer.id).map_err(|e| anyhow!(e))? {
                lines.push(format!(
                    "  {} ({}): {}",
                    officer.name, officer.authority, made.link
                ));
            }
        }
    }
    lines.push("\nStop it with Ctrl+C.".to_owned());
    context.output.print(lines.join("\n"))?;
    serve(web, listen, |_| {}).map_err(|e| anyhow!(e).into())
}

/// What counsel types where the data lies.
fn review_by(case: &CaseId, region: &Region, counsel: &str) -> [String; 5] {
    let look = format!("lagrum agent review --region {region} {case}");
    let by = format!("--counsel {counsel} --because \"…\"");
    [
        look.clone(),
        format!("{look} 1"),
        format!("{look} 1 --release {by}"),
        format!("{look} 2-9 --refuse {by}"),
        format!("{look} --out review.note"),
    ]
}

/// What somebody types where the data lies to be shown a passphrase.
fn tell_by(case: &CaseId) -> String {
    format!("lagrum agent passphrase {case} --key KEY-FILE")
}

/// Where the desk is reached.
#[derive(clap::Args)]
struct Where {
    /// Under which address browsers reach it; passkeys are bound to it
    #[arg(long, value_name = "ORIGIN", default_value = "http://localhost:8700")]
    origin: Origin,
}

/// Serve the desk's pages to browsers, until the process ends
///
/// With a certificate of its own, or behind a reverse proxy that speaks TLS; without either it is reached
/// from its own machine alone.
#[derive(clap::Args)]
pub struct Serve {
    #[command(flatten)]
    at: Where,
    /// On which address and port it listens
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8700")]
    listen: SocketAddr,
    /// The certificate (PEM, with its chain) under which desk and door are reached; read anew when it
    /// changes
    #[arg(long, value_name = "FILE", requires = "key")]
    certificate: Option<PathBuf>,
    /// Its key (PEM), which nobody else may be able to read
    #[arg(long, value_name = "FILE", requires = "certificate")]
    key: Option<PathBuf>,
}

/// Make a link with which one person signs in on the web once and makes a passkey
///
/// Whoever has the link is believed to be that person: give it to nobody else.
#[derive(clap::Args)]
pub struct Invite {
    /// The person's id in people.toml
    person: String,
    #[command(flatten)]
    at: Where,
}

impl Where {
    fn web(&self, context: &Context, tls: Option<Tls>) -> Result<Web, Failure> {
        // What is wrong with the desk is told here, where its operator is.
        drop(context.open_desk()?);
        let place = context.place.clone();
        let parts = Parts {
            origin: self.origin.clone(),
            settings: place.desk(),
            open: Box::new(move || {
                let desk = place.open_desk().map_err(|e| e.to_string())?;
                let desk = desk.with_beside(Arc::new(Here(place.clone())));
                // The list follows the groups of the desk, whenever they are changed.
                if desk.people().is_ok() {
                    desk.follow_groups().map_err(|e| e.to_string())?;
                }
                Ok(rules::with_rules(&place, desk))
            }),
            time: Box::new(Machine),
            random: Box::new(|| Box::new(OsRng)),
            pages: Pages::new(std::env::current_exe()?, vec![READ_FILE.to_owned()]),
            tls,
            review: review_by,
            tell: tell_by,
        };
        Web::new(parts).map_err(|e| anyhow!(e).into())
    }
}

impl Serve {
    /// Serves.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let origin = self.at.origin.clone();
        let tls = match (self.certificate, self.key) {
            (Some(certificate), Some(key)) => {
                Some(Tls::new(certificate, key).map_err(|e| anyhow!(e))?)
            }
            _ => None,
        };
        let web = self.at.web(context, tls)?;
        if let Some(settings) = mail::settings(&context.place)? {
            mail::look_every_minute(context.place.clone(), settings);
        }
        // What is wrong with it is told here, where its operator is.
        drop(rules::settings(&context.place)?);
        let provider = openid(&context.place).map_err(|e| anyhow!(e))?;
        let provider = provider.map(|read| (read.name, read.issuer));
        outgoing::send_all_the_time(context.place.clone());
        witness_all_the_time(context.place.clone());
        let no_pictures = web.no_pictures();
        let door = context.open_desk()?.door_config().cloned();
        let said = |listening: SocketAddr| {
            let json = serde_json::json!({
                "origin": origin.as_str(), "listening": listening, "pictures": no_pictures.is_none(),
                "door": door.as_ref().map(|door| &door.origin),
                "sign_in": provider.as_ref().map(|(_, issuer)| issuer),
            });
            // Nobody reads it: then it serves all the same.
            let _ = context.output.show(&json, || {
                let mut lines = vec![
                    format!("The desk is served at {origin} (listening on {listening}). Stop it with Ctrl+C."),
                    "Who has no passkey yet gets a link: lagrum desk invite PERSON".to_owned(),
                ];
                if let Some(door) = &door {
                    lines.push(format!(
                        "The door for authorities is at {} (listening on {}).",
                        door.origin, door.listen
                    ));
                }
                if let Some((name, issuer)) = &provider {
                    lines.push(format!("People sign in with {name} ({issuer}), too, if their account is bound."));
                }
                if let Some(why) = no_pictures {
                    lines.push(format!("PDF and scans can be taken, and are not shown as pictures: {why}."));
                }
                lines.join("\n")
            });
        };
        serve(web, self.listen, said).map_err(|e| anyhow!(e).into())
    }
}

impl Invite {
    /// Makes it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let web = self.at.web(context, None)?;
        let made = web.invite(&self.person).map_err(|e| anyhow!(e))?;
        let desk = context.open_desk()?;
        let json = serde_json::json!({
            "person": self.person, "link": made.link, "until": made.until,
        });
        context.output.show(&json, || {
            let until = Phrases::of(Language::English).instant(made.until, &zone(&desk));
            format!(
                "{}\nIt works once, until {until}. Whoever opens it is believed to be {}: give it to nobody else.",
                made.link, self.person
            )
        })
    }
}
