//! `lagrum demo`: a fictional mail provider, and the whole way of a dozen demands over a real mail
//! store, with the same desk, gate and agents as in production.
//!
//! It can be cut off at any moment and started again: the provider is built in one piece, and from
//! there on each case tells what comes next.

mod demands;
mod forgeries;
mod made_mail;
mod stores;
mod walk;
mod world;

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Context as _, anyhow};
use lagrum_documents::{Block, Document, Ink, Text};
use lagrum_log::LogReader;
use lagrum_model::{Disposition, Language};
use lagrum_package::check::Against;
use lagrum_package::{open_into, verify_directory};

use crate::commands::package::read_identity;
use crate::context::{Context, Place, load_trust};
use crate::output::{Failure, Output};
use walk::Answered;
use world::World;

/// Run twelve sample demands end to end at a fictional mail provider
#[derive(clap::Args)]
pub struct Demo {
    /// Fill the provider's stores from this mail: a Maildir, an mbox (also .gz, .zst), or a folder of
    /// .eml files. Without it the demo makes mail
    #[arg(long, value_name = "PATH")]
    mail: Option<PathBuf>,
}

impl Demo {
    /// Runs it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        run(&context.place, self.mail.as_deref(), &context.output)
    }
}

fn run(at: &Place, mail: Option<&std::path::Path>, output: &Output) -> Result<(), Failure> {
    let world = World::open_or_build(at, mail)?;
    output.say(format!(
        "\n{} is a fictional mail provider: a store in Dublin, one in Stockholm, and the head office's in Seattle.\n{}\n",
        world::PROVIDER,
        world.about_mail()
    ))?;
    let answered = walk::all(at, &world, output)?;
    if !output.json {
        output.document(&answers(&answered))?;
    }
    let opened = open_one(at, &answered, output)?;
    let refused = forgeries::all(at, &answered, output)?;
    let whole = LogReader::open(at.log(), load_trust(at, None)?.context("trust file")?.log)
        .verify_all()
        .map_err(|e| Failure::NotGenuine(e.into()))?;
    output.say(format!(
        "\nThe public log is whole: {} entries, one for each event, and nothing about whom.",
        whole.head.size
    ))?;
    if output.json {
        let json = serde_json::json!({
            "dir": at.dir(), "demands": answered, "opened": opened, "refused": refused,
            "log": {"entries": whole.head.size, "root": whole.head.root.to_base64()},
        });
        return output.show(&json, String::new);
    }
    let dir = at.dir().display();
    Ok(output.print(format!(
        "\nLook around:\n  \
         lagrum --dir {dir} --as olof cases\n  \
         lagrum --dir {dir} --as olof case {}\n  \
         lagrum --dir {dir} --as olof assess {dir}/demands/01-warrant-2013.toml --as-of 2016-07-15\n  \
         lagrum --dir {dir} log verify",
        answered
            .first()
            .map(|answered| answered.case.to_string())
            .unwrap_or_default()
    ))?)
}

/// The answers, demand by demand, with what the authorities are told to do instead, and how much
/// left in all.
fn answers(answered: &[Answered]) -> Document {
    let mut page = Document::new(Language::English, "What came of the demands");
    for one in answered {
        page.part(format!("{}. {}", one.number, one.title));
        let parts = one.parts.iter().map(|part| {
            let ink = match part.disposition {
                answer if answer.is_granted() => Ink::Good,
                Disposition::Narrow | Disposition::Wait => Ink::Caution,
                _ => Ink::Bad,
            };
            let said = part.disposition.to_string().to_uppercase();
            let mut text = Text::from(format!("{}: ", part.what)).then(ink, said);
            if !part.carried.is_empty() {
                text = text.then(Ink::Plain, format!(" – {}", part.carried));
            }
            let provisions = Text::in_ink(Ink::Quiet, part.provisions.clone());
            vec![Block::paragraph(text), Block::paragraph(provisions)]
        });
        page.bullets(parts.collect());
        let told: BTreeSet<_> = one
            .parts
            .iter()
            .filter_map(|part| part.instead.as_deref())
            .collect();
        for told in told {
            page.paragraph(Text::in_ink(Ink::Strong, "Instead: ").then(Ink::Plain, told));
        }
    }
    page.blocks.push(Block::Rule);
    let parts = || answered.iter().flat_map(|one| &one.parts);
    let items: u64 = parts().map(|part| part.items).sum();
    let review: u64 = parts().map(|part| part.for_review).sum();
    let refused = parts()
        .filter(|part| !part.disposition.is_granted())
        .count();
    page.paragraph(
        Text::in_ink(Ink::Strong, format!("{items} items left the provider"))
            .then(
                Ink::Plain,
                format!(
                    ", each inside what a demand was entitled to, each under two signatures. {review} were withheld \
                     for counsel. {refused} of {} parts were refused, narrowed, challenged or redirected.",
                    parts().count()
                ),
            ),
    );
    page
}

/// Opens the production of the Swedish demand as its recipient would, and checks it offline.
fn open_one(
    at: &Place,
    answered: &[Answered],
    output: &Output,
) -> Result<serde_json::Value, Failure> {
    let answered = answered
        .iter()
        .find(|answered| answered.number == "4")
        .ok_or_else(|| anyhow!("the Swedish demand is not there"))?;
    let package = answered
        .packages
        .first()
        .ok_or_else(|| anyhow!("the Swedish demand has no package"))?;
    let identity = read_identity(&at.dir().join("recipients/se-police.key"))?;
    let to = at.dir().join("opened").join(answered.case.to_string());
    let trust = load_trust(at, None)?.context("trust file")?;
    if to.exists() {
        std::fs::remove_dir_all(&to)?;
    }
    std::fs::create_dir_all(at.dir().join("opened"))?;
    let opened = open_into(package, &identity, &Against::Published(&trust), &to)?;
    let checked = verify_directory(&to, Some(&trust))?;
    let (items, for_review) = (
        checked.messages + checked.rows,
        checked.statement.for_review(),
    );
    output.say(format!(
        "\nThe recipient opens {} with its own key, offline:",
        package
            .file_name()
            .map(|name| name.to_string_lossy())
            .unwrap_or_default()
    ))?;
    output.say(format!(
        "  every item fits the manifest and the mandate: {} messages, {} records{}\n  \
         mandate signed by {}, and in the provider's log\n  \
         files in {}",
        checked.messages,
        checked.rows,
        match for_review {
            0 => String::new(),
            n => format!(", {n} withheld because their dates cannot be established"),
        },
        opened.checked.signers.join(" and "),
        to.display()
    ))?;
    Ok(serde_json::json!({"directory": to, "items": items, "for_review": for_review}))
}
