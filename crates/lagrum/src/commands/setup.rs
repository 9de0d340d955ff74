//! `lagrum init`, `lagrum key`, `lagrum schema`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use age::secrecy::ExposeSecret;
use anyhow::{Context as _, anyhow, bail};
use lagrum_documents::fingerprint_of;
use lagrum_durable::private_file;
use lagrum_log::Rhythm;
use lagrum_mandate::Person;
use lagrum_model::{CountryCode, Demand, Region, Role, Service};
use lagrum_notes::{PasskeyKey, SigningKey, VerifyingKey, role};
use lagrum_setup::{Provider, provider};
use rand_core::OsRng;
use zeroize::Zeroizing;

use crate::commands::agent::begin_record;
use crate::commands::ask::passphrase;
use crate::commands::recipient;
use crate::context::{Context, now};
use crate::output::{Failure, Output};

/// What the name of a key may be.
const NAME_OF_A_KEY: &str = "write it without spaces, plus signs and control characters";

/// Set up a provider: desk, log, and one agent for each region
#[derive(clap::Args)]
pub struct Init {
    /// The provider's name, as authorities read it
    #[arg(long)]
    provider: String,
    /// Domain of the provider, for the names of keys
    #[arg(long, value_name = "DOMAIN")]
    domain: String,
    /// A region and its country, for example dublin=IE; once for each agent
    #[arg(long = "region", value_name = "REGION=COUNTRY", required = true)]
    regions: Vec<String>,
    /// A person who signs mandates, for example "Maja Ek=counsel=maja.key.pub=own-machine"; at least
    /// two. `own-machine`: the key lies on the person's own machine, and nowhere else. Once more with the
    /// same name for a second key, such as a passkey
    #[arg(
        long = "person",
        value_name = "NAME=ROLE=PUBLIC-KEY-FILE[=own-machine]",
        required = true
    )]
    people: Vec<String>,
    /// An authority whose key you checked with it, for example "Polismyndigheten=SE=police.key.pub";
    /// agents seal to no other. More of them later: `lagrum recipient`
    #[arg(long = "recipient", value_name = "NAME=COUNTRY=KEY")]
    recipients: Vec<String>,
    /// The time zone in which people read times, for example Europe/Stockholm; UTC if left out
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// Which service the data is of, if the provider has one: internet-access, number-based,
    /// number-independent (web mail, messaging) or other; some laws bind some services only
    #[arg(long, value_name = "SERVICE")]
    service: Option<String>,
    /// A PostgreSQL server instead of a file: postgres://…
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Write what happens to the public log at once, for trying things out. Left out: eight entries every ten
    /// minutes, whatever happened, so that the log does not tell how busy the desk is
    #[arg(long)]
    log_at_once: bool,
}

/// Make keys, and show what the key of somebody who signs is
#[derive(clap::Subcommand)]
pub enum Key {
    /// Make a key: a person's signing key under a passphrase, or a recipient's identity
    New {
        /// Where the key is written
        file: PathBuf,
        /// Name of a signing key, for example kvist.example/maja
        #[arg(
            long,
            required_unless_present = "recipient",
            conflicts_with = "recipient"
        )]
        name: Option<String>,
        /// Make a recipient's identity (age) instead
        #[arg(long)]
        recipient: bool,
        /// Read the passphrase from this file instead of asking for it
        #[arg(long, value_name = "FILE")]
        passphrase_file: Option<PathBuf>,
    },
    /// Show a person's public key: whether it is a passkey, its fingerprint in words, and its lines in a
    /// roster
    Show {
        /// The file with the public key, as `lagrum key new` or the desk's page wrote it
        file: PathBuf,
    },
}

impl Init {
    /// Sets it up.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        init(&self, context)
    }
}

impl Key {
    /// Makes it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::New {
                file,
                name,
                recipient: _,
                passphrase_file,
            } => key_new(
                &file,
                name.as_deref(),
                passphrase_file.as_deref(),
                &context.output,
            ),
            Self::Show { file } => key_show(&file, &context.output),
        }
    }
}

fn init(asked: &Init, context: &Context) -> Result<(), Failure> {
    let (at, output) = (&context.place, &context.output);
    let (regions, people, domain) = (&asked.regions, &asked.people, asked.domain.as_str());
    if let Some(zone) = &asked.zone {
        lagrum_documents::Zone::named(zone).map_err(|why| anyhow!("--zone {zone}: {why}"))?;
    }
    let regions = regions
        .iter()
        .map(|text| region("--region", text))
        .collect::<anyhow::Result<Vec<_>>>()?;
    for (at, (region, _)) in regions.iter().enumerate() {
        if regions[..at].iter().any(|(other, _)| other == region) {
            return Err(anyhow!("--region {region}: name each region once").into());
        }
    }
    let mut people = people
        .iter()
        .map(|text| person(text))
        .collect::<anyhow::Result<Vec<_>>>()?;
    // Two keys of one person stand under one id, so that they never count as two people's.
    for at in 1..people.len() {
        let (before, rest) = people.split_at_mut(at);
        if let Some(first) = before.iter().find(|one| one.name == rest[0].name) {
            rest[0].id.clone_from(&first.id);
        }
    }
    SigningKey::<role::Log>::generate(&mut OsRng, domain)
        .map_err(|_| anyhow!("--domain {domain}: {NAME_OF_A_KEY}, for example kvist.example"))?;
    let recipients = asked
        .recipients
        .iter()
        .map(|text| recipient::named(text))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let service = asked.service.as_deref().map(service).transpose()?;
    let user = lagrum_access::current_user()?;
    let wanted = Provider {
        name: &asked.provider,
        domain,
        regions: &regions,
        service,
        people: &people,
        recipients: &recipients,
        user: &user,
        zone: asked.zone.as_deref(),
        count_cards: !asked.log_at_once,
        database: asked.database.as_deref(),
    };
    provider(at, &wanted, &mut OsRng)?;
    for (region, _) in &regions {
        let agent = at.agents().join(region.as_str()).join("agent.toml");
        begin_record(&agent, false)?;
    }
    // The log is there from the first day, empty and signed.
    let log = at.open_desk().map_err(anyhow::Error::from);
    let log = log.and_then(|desk| {
        if !asked.log_at_once {
            desk.begin_batches(Rhythm::default(), now())?;
        }
        Ok(desk.tick_and_settle(now(), &mut OsRng)?)
    });
    if let Err(why) = log {
        context.note(&format!(
            "everything is set up but the log: {why:#}. `lagrum settle` tries again"
        ));
    }
    if !asked.log_at_once {
        context.note(
            "entries of the public log are written in batches, eight every ten minutes: so long a mandate waits before it goes to its agent. `lagrum desk serve` writes them, or a timer that runs `lagrum settle` every minute (docs/public-log.md)",
        );
    }
    if !people.iter().any(|person| person.own_machine) {
        context.note(
            "no key lies on a person's own machine: whoever rules the desk's host while two people sign there has both keys. Give one person a machine for signing, and set own_machine in roster.toml and agent.toml",
        );
    }
    if recipients.is_empty() {
        context.note(
            "no recipient is known yet, so that agents seal to nobody; `lagrum recipient` makes one known",
        );
    }
    let dir = at.dir().display();
    output.show(&serde_json::json!({"dir": at.dir(), "trust": at.trust()}), || {
        format!(
            "Set up in {dir}.\n\
             All people of {dir}/desk/people.toml share your user {user} and say with --as who acts; so each can\n\
             act for the others. On the web (`lagrum desk serve`) each signs in with a passkey of their own.\n\
             Next: name your accounts and authorities in {dir}/desk/directory.toml and authorities.toml,\n\
             give each agent its stores in {dir}/agents/REGION/agent.toml, publish {dir}/trust.toml and\n\
             {dir}/log, and take a demand in with `lagrum intake`."
        )
    })
}

/// A service, by its name in the packs.
pub fn service(text: &str) -> anyhow::Result<Service> {
    let known = Service::ALL.into_iter();
    let mut known = known.filter(|service| service.as_str() == text);
    known.next().ok_or_else(|| {
        let all = Service::ALL.map(Service::as_str).join(", ");
        anyhow!("--service {text}: write one of {all}")
    })
}

/// A region and its country; `given_as` is what the words are given as.
pub fn region(given_as: &str, text: &str) -> anyhow::Result<(Region, CountryCode)> {
    let (region, country) = text
        .split_once('=')
        .ok_or_else(|| anyhow!("{given_as} {text}: write REGION=COUNTRY, for example dublin=IE"))?;
    let wrong = |why: String| anyhow!("{given_as} {text}: {why}");
    Ok((
        Region::parse(region).map_err(wrong)?,
        CountryCode::parse(country).map_err(wrong)?,
    ))
}

fn person(text: &str) -> anyhow::Result<Person> {
    let (named, own_machine) = match text.strip_suffix("=own-machine") {
        Some(named) => (named, true),
        None => (text, false),
    };
    let parts: Vec<_> = named.splitn(3, '=').collect();
    let [name, role, file] = parts[..] else {
        bail!(
            "--person {text}: write NAME=ROLE=PUBLIC-KEY-FILE, for example \"Maja Ek=counsel=maja.key.pub\""
        );
    };
    let role = Role::parse(role)
        .filter(|role| role.signs_mandates())
        .ok_or_else(|| anyhow!("--person {text}: role `{role}`: write counsel or analyst"))?;
    let key = public_key(Path::new(file)).with_context(|| format!("--person {text}"))?;
    Ok(Person {
        id: id_of(key.name()),
        name: name.to_owned(),
        role,
        key,
        own_machine,
    })
}

/// The key of somebody who signs, from a file that others cannot change.
pub fn public_key(file: &Path) -> anyhow::Result<VerifyingKey<role::Person>> {
    let text = lagrum_durable::read_settings(file)?;
    VerifyingKey::parse(text.trim()).map_err(|_| {
        anyhow!(
            "{}: not a public key; give the .pub file that `lagrum key new` wrote, or the text of a passkey from the desk's page",
            file.display()
        )
    })
}

fn key_show(file: &Path, output: &Output) -> Result<(), Failure> {
    let key = public_key(file)?;
    let text = key.to_string();
    let words = fingerprint_of(&text);
    let origin = key.passkey().map(PasskeyKey::origin);
    let shown = serde_json::json!({
        "name": key.name(), "public_key": text, "passkey": origin, "fingerprint": words,
    });
    output.show(&shown, || {
        let (what, says) = match origin {
            None => ("an Ed25519 key, in a key file".to_owned(), String::new()),
            Some(origin) => (
                format!("a passkey (ES256), which signs on the pages of {origin}"),
                format!("\npasskey = {}", toml::Value::from(origin)),
            ),
        };
        format!(
            "{}: {what}.\nFingerprint: {words}\nCompare the words with the person, on a number that you found yourself. Its lines in roster.toml and trust.toml:\n\nkey = {}{says}",
            key.name().escape_debug(),
            toml::Value::from(text.as_str())
        )
    })
}

/// The id of a person: what the name of the key ends in, so that it reads like the key.
fn id_of(key: &str) -> String {
    let last = key.rsplit('/').next().unwrap_or(key).to_lowercase();
    last.chars()
        .map(|c| {
            if c.is_ascii_lowercase() || c.is_ascii_digit() {
                c
            } else {
                '-'
            }
        })
        .collect()
}

fn key_new(
    file: &Path,
    name: Option<&str>,
    passphrase_file: Option<&Path>,
    output: &Output,
) -> Result<(), Failure> {
    if file.exists() {
        return Err(anyhow!(
            "{} already exists; keys are never overwritten",
            file.display()
        )
        .into());
    }
    let (secret, public, what) = match name {
        None => {
            let identity = age::x25519::Identity::generate();
            let public = identity.to_public().to_string();
            let text = identity.to_string();
            let secret = format!("# public key: {public}\n{}\n", text.expose_secret());
            (secret, public, "recipient's identity")
        }
        Some(name) => {
            let key = SigningKey::<role::Person>::generate(&mut OsRng, name).map_err(|_| {
                anyhow!("--name {name}: {NAME_OF_A_KEY}, for example kvist.example/maja")
            })?;
            let passphrase = new_passphrase(passphrase_file)?;
            (
                key.seal(&passphrase)?,
                key.verifying_key().to_string(),
                "signing key",
            )
        }
    };
    private_file(file, secret.as_bytes())?;
    let public_file = format!("{}.pub", file.display());
    // A link under that name is replaced, and what it leads to stays as it is.
    let written = format!("{public}\n");
    lagrum_durable::replace(Path::new(&public_file), written.as_bytes())?;
    output.show(
        &serde_json::json!({"file": file, "public_key": public, "public_key_file": public_file}),
        || {
            format!(
                "{what} in {} (keep it to yourself), public key in {public_file}:\n{public}",
                file.display()
            )
        },
    )
}

/// The fewest characters of a passphrase: whoever copied a key file tries passphrases at leisure, some
/// five a second and processor at the cost that `lagrum-notes` sets.
const FEWEST_CHARACTERS: usize = 12;
/// The fewest different characters, so that a key held down is no passphrase.
const FEWEST_DIFFERENT: usize = 6;

/// Whether a passphrase keeps a key safe from whoever copied its file.
fn strong_enough(passphrase: &str) -> anyhow::Result<()> {
    let different: BTreeSet<_> = passphrase.chars().collect();
    let long = passphrase.trim().chars().count() >= FEWEST_CHARACTERS;
    if long && different.len() >= FEWEST_DIFFERENT {
        return Ok(());
    }
    bail!(
        "the passphrase is too easy to try out: take at least {FEWEST_CHARACTERS} characters, of which {FEWEST_DIFFERENT} differ; best are four or more words that do not belong together"
    );
}

fn new_passphrase(file: Option<&Path>) -> anyhow::Result<Zeroizing<String>> {
    let passphrase = match file {
        Some(_) => passphrase(file, "")?,
        None => {
            let first = passphrase(None, "New passphrase: ")?;
            if passphrase(None, "Once more: ")? != first {
                bail!("the two passphrases differ; nothing was written");
            }
            first
        }
    };
    strong_enough(&passphrase)?;
    Ok(passphrase)
}

/// Prints the JSON Schema of demand files.
pub fn schema(_: &Context) -> Result<(), Failure> {
    let schema = schemars::schema_for!(Demand);
    Output { json: true }.show(&schema, String::new)
}
