//! Building the fictional provider, in one piece.

use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use age::secrecy::ExposeSecret;
use anyhow::{Context, bail};
use lagrum_durable::{private_directory, private_file};
use lagrum_mandate::{KnownRecipient, Person};
use lagrum_model::{CountryCode, RecipientKey, Region, Role, Service};
use lagrum_notes::SigningKey;
use lagrum_setup::{Place, Provider, provider};

use crate::stores::{self, Form, MAILBOXES};
use crate::world::{COLLEAGUES, PROVIDER, RECIPIENTS, SIGNERS, World};
use crate::{Demo, Step, demands};

const REMEMBERED: &str = "demo.json";

/// The provider below `at`, built in one piece if it is not there.
pub(crate) fn open_or_build(
    demo: &mut Demo<'_>,
    mail: Option<&Path>,
    tell: &mut dyn FnMut(Step<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<World> {
    let at = demo.place;
    let remembered = at.dir().join(REMEMBERED);
    if remembered.exists() {
        let world: World = serde_json::from_slice(&fs::read(&remembered)?)
            .with_context(|| remembered.display().to_string())?;
        if let Some(path) = mail
            && world.mail.as_deref() != Some(&*fs::canonicalize(path)?)
        {
            bail!(
                "{} was filled with other mail; remove it, or choose another directory",
                at.dir().display()
            );
        }
        return Ok(world);
    }
    if at.dir().exists() && fs::read_dir(at.dir())?.next().is_some() {
        bail!(
            "{} is not empty and no demo; choose another directory",
            at.dir().display()
        );
    }
    if let Some(path) = mail
        && !path.exists()
    {
        bail!("{}: there is no mail", path.display());
    }
    let mut building = at.dir().as_os_str().to_owned();
    building.push(".building");
    let building = PathBuf::from(building);
    if building.exists() {
        // A demo that was cut off while it was built: it never existed.
        fs::remove_dir_all(&building)?;
    }
    let world = build(demo, &Place::new(building.clone()), mail, tell)?;
    fs::rename(&building, at.dir()).with_context(|| at.dir().display().to_string())?;
    Ok(world)
}

fn build(
    demo: &mut Demo<'_>,
    at: &Place,
    mail: Option<&Path>,
    tell: &mut dyn FnMut(Step<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<World> {
    let root = at.dir();
    let mail = mail.map(fs::canonicalize).transpose()?;
    private_directory(root)?;
    let people_dir = root.join("people");
    private_directory(&people_dir)?;
    let mut people = Vec::new();
    for (name, role, short, passphrase) in SIGNERS {
        let key = SigningKey::generate(&mut demo.random, &format!("kvist.example/{short}"))?;
        let file = people_dir.join(format!("{short}.key"));
        private_file(&file, key.seal(passphrase)?.as_bytes())?;
        private_file(
            &people_dir.join(format!("{short}.passphrase")),
            passphrase.as_bytes(),
        )?;
        people.push(Person {
            id: short.into(),
            name: name.into(),
            role,
            key: key.verifying_key(),
            // The folder plays counsel's own machine.
            own_machine: role == Role::Counsel,
        });
    }
    let country = |code| CountryCode::parse(code).map_err(anyhow::Error::msg);
    let region = |name| Region::parse(name).map_err(anyhow::Error::msg);
    let regions = [
        (region("seattle")?, country("US")?),
        (region("dublin")?, country("IE")?),
        (region("stockholm")?, country("SE")?),
    ];
    private_directory(&root.join("recipients"))?;
    let mut recipients = BTreeMap::new();
    let mut known = Vec::new();
    for (short, name, code) in RECIPIENTS {
        let identity = age::x25519::Identity::generate();
        let public = identity.to_public().to_string();
        let secret = format!(
            "# public key: {public}\n{}\n",
            identity.to_string().expose_secret()
        );
        private_file(
            &root.join(format!("recipients/{short}.key")),
            secret.as_bytes(),
        )?;
        let key = RecipientKey::parse(&public)?;
        recipients.insert(short.to_owned(), key.clone());
        known.push(KnownRecipient {
            name: name.into(),
            country: country(code)?,
            key,
            certificate: None,
            since: demo
                .time
                .now()
                .to_zoned_datetime(jiff::tz::TimeZone::UTC)
                .date(),
        });
    }
    let user = lagrum_access::current_user()?;
    let wanted = Provider {
        name: PROVIDER,
        domain: "kvist.example",
        regions: &regions,
        service: Some(Service::NumberIndependent),
        people: &people,
        recipients: &known,
        user: &user,
        zone: Some("Europe/Stockholm"),
        count_cards: false,
        database: None,
    };
    provider(at, &wanted, &mut demo.random)?;
    let filled = stores::fill(root, mail.as_deref(), demo.time.now(), tell)?;
    append(&root.join("desk/people.toml"), &colleagues(&user)?)?;
    append(&root.join("desk/desk.toml"), &door())?;
    append(&root.join("desk/directory.toml"), DIRECTORY)?;
    append(&root.join("desk/authorities.toml"), AUTHORITIES)?;
    for name in ["seattle", "dublin", "stockholm"] {
        append(
            &root.join("agents").join(name).join("agent.toml"),
            &agent_stores(name),
        )?;
    }
    for (region, _) in &regions {
        let agent = at.agents().join(region.as_str()).join("agent.toml");
        let mut random = [0; 16];
        demo.random.fill_bytes(&mut random);
        lagrum_agent::begin_record(&agent, false, demo.time.now(), random)?;
    }
    let world = World {
        mail,
        messages: filled.messages,
        periods: filled.periods,
        recipients,
    };
    fs::create_dir_all(root.join("demands"))?;
    for demand in demands::all(&world)? {
        let file = root.join("demands").join(format!("{}.toml", demand.file));
        fs::write(&file, toml::to_string(&demand.demand)?)?;
        let original = demand
            .demand
            .originals
            .first()
            .context("the demo's demands have one")?;
        fs::write(root.join("demands").join(original), demand.face())?;
    }
    fs::write(root.join(REMEMBERED), serde_json::to_vec_pretty(&world)?)?;
    Ok(world)
}

/// Those who work at the desk and sign nothing.
fn colleagues(user: &str) -> anyhow::Result<String> {
    let all = COLLEAGUES.map(|(name, role, id)| lagrum_access::Person {
        id: id.into(),
        name: name.into(),
        role,
        user: Some(user.to_owned()),
        mail: None,
        news: None,
    });
    Ok(toml::to_string(&lagrum_access::People::new(all.into())?)?)
}

/// The door for authorities, on a port that is free now.
fn door() -> String {
    let free = TcpListener::bind("127.0.0.1:8701").or_else(|_| TcpListener::bind("127.0.0.1:0"));
    let port = free
        .and_then(|free| free.local_addr())
        .map_or(8701, |at| at.port());
    format!(
        "[door]\norigin = \"http://localhost:{port}\"\nlisten = \"127.0.0.1:{port}\"\ncontact = [\"process@kvist.example\", \"+46 8 555 01 60\"]\n"
    )
}

fn append(file: &Path, text: &str) -> anyhow::Result<()> {
    let mut whole = fs::read_to_string(file)?;
    whole.push('\n');
    whole.push_str(text);
    Ok(fs::write(file, whole)?)
}

/// Of whom one demand asks, and who does not exist.
const NOBODY: &str = "nobody = [\"rowan@kvist.example\"]\n\n";

/// The stores and accounts of one agent.
fn agent_stores(region: &str) -> String {
    let mut text = String::from(NOBODY);
    for (account, controller, resides_in, aliases) in [
        (
            "alder@kvist.example",
            "consumer",
            "IE",
            "[\"a.alder@kvist.example\"]",
        ),
        ("bjork@kvist.example", "consumer", "SE", "[]"),
        ("dogwood@kvist.example", "consumer", "DE", "[]"),
        ("elm@northwind.example", "enterprise", "IE", "[]"),
        ("fir@kvist.example", "consumer", "US", "[]"),
    ] {
        text.push_str(&format!(
            "[[account]]\naddress = \"{account}\"\ncontroller = \"{controller}\"\nresides_in = \"{resides_in}\"\naliases = {aliases}\n\n"
        ));
    }
    for (form, kind, id) in [
        (Form::Maildir, "maildir", "mail"),
        (Form::Mbox, "mbox", "mail"),
    ] {
        let prefix = format!("agents/{region}/mail/");
        let accounts: Vec<_> = MAILBOXES
            .iter()
            .filter(|(_, of, place, _)| *of == form && place.starts_with(&prefix))
            .map(|(account, _, place, _)| {
                format!("\"{account}\" = \"{}\"\n", &place[prefix.len()..])
            })
            .collect();
        if !accounts.is_empty() {
            text.push_str(&format!(
                "[[source]]\nkind = \"{kind}\"\nid = \"{id}\"\nroot = \"mail\"\n[source.accounts]\n{}\n",
                accounts.concat()
            ));
        }
    }
    text.push_str(
        "[[source]]\nkind = \"subscribers-sqlite\"\nid = \"subscribers\"\ndatabase = \"subscribers.sqlite\"\n\
         table = \"subscriber\"\naccount_column = \"address\"\n\
         columns = [\"address\", \"name\", \"postal_address\", \"opened_on\", \"means_of_payment\"]\n\
         [source.sub_categories]\nservice-identifiers = [\"address\"]\nname = [\"name\"]\n\
         postal-address = [\"postal_address\"]\nlength-of-service = [\"opened_on\"]\n\
         payment = [\"means_of_payment\"]\n\n",
    );
    let log = match region {
        "dublin" => "logins.jsonl.gz",
        "stockholm" => "logins.jsonl.zst",
        _ => return text,
    };
    text.push_str(&format!(
        "[[source]]\nkind = \"access-log-jsonl\"\nid = \"logins\"\npaths = [\"{log}\"]\n\
         account_field = \"account\"\ntime_field = \"time\"\ntime_format = \"rfc3339\"\n\
         [source.fields]\ntraffic = [\"time\", \"account\", \"event\", \"ip\", \"client\"]\n\
         identification = [\"time\", \"account\", \"ip\"]\n\
         [source.sub_categories]\nrouting = [\"ip\"]\n\
         hosting-logs = [\"time\", \"account\", \"event\", \"client\"]\n\
         connection-records = [\"time\", \"account\", \"ip\"]\n"
    ));
    text
}

const DIRECTORY: &str = r#"
[[entity]]
name = "Kvist Mail Inc."
country = "US"
region = "seattle"

[[entity]]
name = "Kvist Mail Ireland Ltd"
country = "IE"
region = "dublin"

[[entity]]
name = "Kvist Mail AB"
country = "SE"
region = "stockholm"

[[account]]
address = "alder@kvist.example"
aliases = ["a.alder@kvist.example"]
controller = "consumer"
resides_in = "IE"
holdings = [
  { region = "seattle", categories = ["subscriber"] },
  { region = "dublin", categories = ["content"] },
]

[[account]]
address = "bjork@kvist.example"
controller = "consumer"
resides_in = "SE"
holdings = [{ region = "stockholm", categories = ["subscriber", "identification", "traffic", "content"] }]

[[account]]
address = "dogwood@kvist.example"
controller = "consumer"
resides_in = "DE"
holdings = [{ region = "dublin", categories = ["subscriber", "identification", "traffic", "content"] }]

[[account]]
address = "elm@northwind.example"
controller = "enterprise"
customer = "Northwind Ltd"
resides_in = "IE"
holdings = [{ region = "dublin", categories = ["subscriber", "content"] }]

[[account]]
address = "fir@kvist.example"
controller = "consumer"
resides_in = "US"
holdings = [{ region = "seattle", categories = ["subscriber", "content"] }]
"#;

const AUTHORITIES: &str = r#"
[[authority]]
name = "United States Attorney, Southern District of New York"
country = "US"
kind = "prosecutor"
domains = ["usdoj.example"]
telephone = "+1 212 555 0100"

[[authority]]
name = "An Garda Síochána, Mutual Assistance Section"
country = "IE"
kind = "police"
domains = ["garda.example"]
telephone = "+353 1 555 0101"

[[authority]]
name = "Polismyndigheten, Nationella operativa avdelningen"
country = "SE"
kind = "police"
domains = ["polisen.example"]
telephone = "+46 8 555 01 02"

[[authority]]
name = "Rigspolitiet"
country = "DK"
kind = "police"
domains = ["politi.example"]
telephone = "+45 55 50 01 03"

[[authority]]
name = "Staatsanwaltschaft Berlin"
country = "DE"
kind = "prosecutor"
domains = ["sta-berlin.example"]
telephone = "+49 30 555 0104"

[[authority]]
name = "King County Prosecuting Attorney"
country = "US"
kind = "prosecutor"
domains = ["kingcounty.example"]
telephone = "+1 206 555 0105"
"#;
