//! `lagrum desk binding`

use anyhow::anyhow;
use lagrum_openid::Account;
use lagrum_web::bindings;
use rand_core::OsRng;

use super::by_id::ById;
use crate::beside::openid;
use crate::context::{Context, now};
use crate::output::{Failure, table};

/// Say which account at the sign-in provider signs which person in
///
/// openid.toml beside desk.toml names the provider. Nothing else binds an account: neither a name nor an address.
#[derive(clap::Subcommand)]
pub enum Binding {
    Add(Add),
    /// List which account signs whom in, since when, and who agreed
    List,
    /// End a binding: whoever signed in by it is signed out at once
    End(ById),
}

/// Let an account at the provider of openid.toml sign a person in
///
/// On the web a person asks for it on their own page, and an administrator agrees: then nobody types a subject.
#[derive(clap::Args)]
pub struct Add {
    /// The person's id in people.toml
    person: String,
    /// The account, exactly as the provider names it (`sub`)
    #[arg(long, value_name = "SUBJECT")]
    subject: String,
}

impl Binding {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Add(it) => it.run(context),
            Self::List => list(context),
            Self::End(one) => one.end(
                context,
                bindings::end,
                "there is no binding of this id; `lagrum desk binding list` shows all",
            ),
        }
    }
}

impl Add {
    fn run(self, context: &Context) -> Result<(), Failure> {
        let provider = openid(&context.place).map_err(|e| anyhow!(e))?;
        let provider = provider.ok_or_else(|| {
            anyhow!(
                "there is no openid.toml beside desk.toml: docs/sign-in.md says what stands in it"
            )
        })?;
        let account = Account {
            issuer: provider.issuer,
            subject: self.subject,
        };
        let desk = context.open_desk()?;
        let made = bindings::bind(&desk, &self.person, &account, None, now(), &mut OsRng);
        let made = made.map_err(|e| anyhow!(e))?;
        let json = serde_json::json!({"binding": made});
        context.output.show(&json, || {
            format!(
                "{} is signed in by {} of {} from now on.\nEnd it with: lagrum desk binding end {}",
                made.person, made.subject, made.issuer, made.id
            )
        })
    }
}

fn list(context: &Context) -> Result<(), Failure> {
    let desk = context.open_desk()?;
    let all = bindings::list(&desk, now()).map_err(|e| anyhow!(e))?;
    let json = serde_json::json!({"bindings": all});
    context.output.show(&json, || {
        if all.is_empty() {
            return "No account signs anybody in.".to_owned();
        }
        let rows = all.iter().map(|one| {
            [
                one.id.clone(),
                one.person.clone(),
                one.subject.clone(),
                one.issuer.clone(),
                one.since.to_string(),
                one.by.clone().unwrap_or_else(|| "here".to_owned()),
            ]
        });
        table(
            ["id", "person", "subject", "issuer", "since", "agreed"],
            rows,
        )
    })
}
