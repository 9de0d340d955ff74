//! `lagrum desk token`

use anyhow::anyhow;
use lagrum_access::Scope;
use lagrum_documents::Phrases;
use lagrum_model::Language;
use lagrum_web::api::tokens::{self, LONGEST_DAYS, NewToken, Token as Made};
use rand_core::OsRng;

use super::by_id::ById;
use crate::context::{Context, now, zone};
use crate::output::{Failure, table};

/// Make, list and end tokens with which programs act for one person
#[derive(clap::Subcommand)]
pub enum Token {
    Add(Add),
    /// List the tokens that work, and when each was last used
    List,
    /// End a token at once
    End(ById),
}

/// Make a token for one person, and show it once
///
/// Whoever has it does what its scopes name, as far as the person's role goes. It is nowhere to be found
/// again: end it, and make another.
#[derive(clap::Args)]
#[command(after_help = after_help())]
pub struct Add {
    /// The person's id in people.toml
    person: String,
    /// What it is for
    #[arg(long, value_name = "TEXT")]
    name: String,
    /// What it may do; several times for several
    #[arg(long = "scope", value_name = "SCOPE", required = true, value_parser = Scope::parse)]
    scopes: Vec<Scope>,
    /// For how many days it works
    #[arg(long, value_name = "N", default_value_t = 90, value_parser = clap::value_parser!(u16).range(1..=i64::from(LONGEST_DAYS)))]
    days: u16,
}

fn after_help() -> String {
    format!("Scopes: {}", Scope::ALL.map(Scope::as_str).join(", "))
}

impl Token {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Add(it) => it.run(context),
            Self::List => list(context),
            Self::End(one) => one.end(
                context,
                tokens::end,
                "no token of this id works; `lagrum desk token list` shows those that do",
            ),
        }
    }
}

impl Add {
    fn run(self, context: &Context) -> Result<(), Failure> {
        let desk = context.open_desk()?;
        let new = NewToken {
            person: &self.person,
            name: &self.name,
            scopes: &self.scopes,
            days: self.days,
        };
        let made = tokens::add(&desk, &new, now(), &mut OsRng);
        let (token, text) = made.map_err(|e| anyhow!(e))?;
        let json = serde_json::json!({"token": text, "about": token});
        context.output.show(&json, || {
            let until = Phrases::of(Language::English).instant(token.until, &zone(&desk));
            format!(
                "{text}\nIt works until {until}, as {} ({}). It is shown this once: keep it where only the program reads it.\nEnd it with: lagrum desk token end {}",
                token.person, words(&token), token.id
            )
        })
    }
}

fn list(context: &Context) -> Result<(), Failure> {
    let desk = context.open_desk()?;
    let all = tokens::list(&desk, now()).map_err(|e| anyhow!(e))?;
    let json = serde_json::json!({"tokens": all});
    context.output.show(&json, || {
        if all.is_empty() {
            return "No token works.".to_owned();
        }
        let (words_of, zone) = (Phrases::of(Language::English), zone(&desk));
        let at = |at| words_of.short_instant(at, &zone);
        let rows = all.iter().map(|one| {
            [
                one.id.clone(),
                one.person.clone(),
                one.name.clone(),
                words(one),
                at(one.until),
                one.seen.map_or_else(|| "never".to_owned(), at),
            ]
        });
        let until = format!("until ({})", words_of.zone(&zone));
        table(["id", "person", "for", "scopes", &until, "last used"], rows)
    })
}

fn words(token: &Made) -> String {
    let words: Vec<_> = token.scopes.iter().map(|scope| scope.as_str()).collect();
    words.join(", ")
}
