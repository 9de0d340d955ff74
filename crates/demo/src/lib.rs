//! A fictional mail provider, and the whole way of a dozen demands over a real mail store, with the
//! same desk, gate and agents as in production.
//!
//! **Invariant.** It can be cut off at any moment and started again: the provider is built in one
//! piece, and from there on each case tells what comes next.
//!
//! Time and randomness are passed in. What it shows is a [`Told`], and on the way [`Step`]s; what
//! people read of them is made in `page`.

mod build;
mod copied;
mod demands;
mod figures;
mod forgeries;
mod made_mail;
mod officer;
mod page;
mod stolen;
mod stores;
mod walk;
mod world;

use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use lagrum_durable::Scratch;
use lagrum_log::LogReader;
use lagrum_model::TimeSource;
use lagrum_package::check::Against;
use lagrum_package::{Trust, open_into, verify_directory};
use lagrum_setup::Place;
use rand_core::CryptoRngCore;
use serde::Serialize;

pub use figures::Reported;
pub use forgeries::RefusedForgery;
pub use page::{answer_line, introduction, page};
pub use walk::{Answered, AnsweredPart, Produced};
pub use world::World;

/// The id of the analyst in the demo's `people.toml`.
pub const ANALYST: &str = "olof";

/// Where the demo runs, and what it takes from its surroundings.
pub struct Demo<'d> {
    /// Where the provider is, or is built.
    pub place: &'d Place,
    /// The clock.
    pub time: &'d (dyn TimeSource + Sync),
    /// Randomness.
    pub random: &'d mut dyn CryptoRngCore,
}

/// What the demo tells on its way.
pub enum Step<'s> {
    /// The stores are filled: so many messages by now.
    Filling(u64),
    /// The provider is there.
    Ready(&'s World),
    /// A demand is answered.
    Answered(&'s Answered),
}

/// All that the demo showed.
#[derive(Serialize)]
pub struct Told {
    /// Where the provider is.
    pub dir: PathBuf,
    /// The demands with their answers, in order.
    pub demands: Vec<Answered>,
    /// A package as its recipient sees it.
    pub opened: Opened,
    /// What an agent refuses.
    pub refused: Vec<RefusedForgery>,
    /// The public log.
    pub log: Whole,
    /// The public figures.
    pub report: Reported,
}

/// A package as its recipient sees it.
#[derive(Serialize)]
pub struct Opened {
    /// Its file name.
    pub package: String,
    /// Where its files are.
    pub directory: PathBuf,
    /// Messages and rows.
    pub items: u64,
    /// Messages.
    pub messages: u64,
    /// Rows of tables and logs.
    pub records: u64,
    /// How many were withheld because their dates cannot be established.
    pub for_review: u64,
    /// Who signed the mandate.
    pub signers: Vec<String>,
}

/// The public log, verified from end to end.
#[derive(Serialize)]
pub struct Whole {
    /// How many entries.
    pub entries: u64,
    /// The root of its tree.
    pub root: String,
}

/// The demo ran, and something is not as it should be.
#[derive(Debug)]
pub struct NotGenuine(pub String);

impl fmt::Display for NotGenuine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotGenuine {}

impl Demo<'_> {
    /// Runs the demo to its end, over `mail` (a Maildir, an mbox, also compressed, or a folder of
    /// `.eml` files) or over mail that it makes. `tell` hears each step.
    ///
    /// # Errors
    /// When a part of it fails; [`NotGenuine`] when a check did not hold.
    pub fn run(
        &mut self,
        mail: Option<&Path>,
        tell: &mut dyn FnMut(Step<'_>) -> anyhow::Result<()>,
    ) -> anyhow::Result<Told> {
        let world = build::open_or_build(self, mail, tell)?;
        tell(Step::Ready(&world))?;
        let demands = walk::all(self, &world, tell)?;
        officer::admit(self)?;
        let opened = self.open_one(&demands)?;
        let mut refused = forgeries::all(self, &demands)?;
        refused.push(stolen::sealed_to_another(self, &world)?);
        let report = figures::report(self)?;
        let whole = LogReader::open(self.place.log(), self.trust()?.log)
            .verify_all()
            .map_err(|error| NotGenuine(error.to_string()))?;
        Ok(Told {
            dir: self.place.dir().to_owned(),
            demands,
            opened,
            refused,
            log: Whole {
                entries: whole.head.size,
                root: whole.head.root.to_base64(),
            },
            report,
        })
    }

    fn trust(&self) -> anyhow::Result<Trust> {
        let file = self.place.trust();
        let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        Trust::parse(&text).map_err(|error| anyhow!("{}: {error}", file.display()))
    }

    /// Opens the production of the Swedish demand as its recipient would, and checks it offline.
    fn open_one(&self, demands: &[Answered]) -> anyhow::Result<Opened> {
        let answered = swedish(demands)?;
        let package = answered
            .packages
            .first()
            .context("the Swedish demand has no package")?;
        let identity = world::recipient(self.place, "se-police")?;
        let folder = self.place.dir().join("opened");
        let to = folder.join(answered.case.to_string());
        if to.exists() {
            std::fs::remove_dir_all(&to)?;
        }
        std::fs::create_dir_all(folder)?;
        let trust = self.trust()?;
        let opened = open_into(package, &identity, &Against::Published(&trust), &to)?;
        let checked = verify_directory(&to, Some(&trust), &Scratch::new(&to))?;
        Ok(Opened {
            package: package
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default(),
            directory: to,
            items: checked.messages + checked.rows,
            messages: checked.messages,
            records: checked.rows,
            for_review: checked.statement.for_review(),
            signers: opened.checked.signers,
        })
    }
}

/// The demand whose package is opened and whose mandate is forged.
fn swedish(demands: &[Answered]) -> anyhow::Result<&Answered> {
    let found = demands.iter().find(|answered| answered.number == "4");
    found.context("the Swedish demand is not there")
}
