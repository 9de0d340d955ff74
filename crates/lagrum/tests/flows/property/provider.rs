//! A provider with one agent, and one genuine mandate for it.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use lagrum_log::testing::MemoryHead;
use lagrum_log::{Commitment, Log, Proof, Salt};
use lagrum_mandate::{
    KnownNumber, KnownRecipient, Mandate, Recipients, Roster, SealedTo, TelephoneNumber, testing,
};
use lagrum_model::testing::basis;
use lagrum_model::{
    AuthorityKind, Basis, CaseId, EventKind, InstrumentKind, IssuerKind, Recipient, RecipientKey,
    Region, Role, Sha256Digest,
};
use lagrum_notes::{SigningKey, VerifyingKey, role};
use lagrum_package::{Trust, TrustedAgent};
use rand_core::OsRng;
use rusqlite::{Connection, params};

use super::made_up::{ACCOUNTS, ALIAS, MadeUp};

/// 2026-10-01T12:00:00Z: when the agent of these tests works.
pub const NOW: Timestamp = Timestamp::constant(1_790_856_000, 0);

/// What the recipient has.
pub struct Provider {
    pub trust: Trust,
    pub recipient: age::x25519::Identity,
    /// The keys of an analyst and of counsel.
    pub people: [SigningKey<role::Person>; 2],
    /// What two people signed.
    pub mandate: Mandate,
    /// The log's key, as its holder keeps it.
    pub log_secret: String,
}

/// The number of the authority that two people made known to the agent.
pub const NUMBER: &str = "+1 206 555 0100";
/// Whose number that is.
pub const WITHOUT_A_KEY: &str = "An authority without a key";

/// Who has no account here, and whom nothing names.
const STRANGER: &str = "stranger@elsewhere.example";

/// The name under which the mandate travels.
pub const STEM: &str = "2026-0001-05050505";

impl Provider {
    /// Builds everything below `root`; the mandate lies in the agent's inbox.
    pub fn build(root: &Path, made_up: &MadeUp) -> Self {
        Self::build_with(root, made_up, |_| ())
    }

    /// The same, with another mandate.
    pub fn build_with(root: &Path, made_up: &MadeUp, change: impl Fn(&mut Mandate)) -> Self {
        let key = |name: &str| SigningKey::generate(&mut OsRng, name).unwrap();
        let people = [
            ("Olof Strand", Role::Analyst, key("made-up.example/olof")),
            ("Maja Ek", Role::Counsel, key("made-up.example/maja")),
        ];
        let agent_key =
            SigningKey::<role::Agent>::generate(&mut OsRng, "made-up.example/agent/seattle")
                .unwrap();
        let log_key = SigningKey::<role::Log>::generate(&mut OsRng, "made-up.example/log").unwrap();
        let recipient = age::x25519::Identity::generate();
        let roster: Vec<_> = people
            .iter()
            .map(|(name, role, key)| testing::person(name, *role, key))
            .collect();
        let agent = root.join("agent");
        fs::create_dir(&agent).unwrap();
        lagrum_durable::private_file(&agent.join("agent.key"), agent_key.to_secret().as_bytes())
            .unwrap();
        let text = toml::to_string(&Roster::new(roster.clone()).unwrap()).unwrap();
        fs::write(agent.join("roster.toml"), text).unwrap();
        let known = KnownRecipient {
            name: "An authority".into(),
            country: lagrum_model::CountryCode::parse("US").unwrap(),
            key: RecipientKey::parse(&recipient.to_public().to_string()).unwrap(),
            certificate: None,
            since: jiff::civil::date(2026, 1, 1),
        };
        let number = KnownNumber {
            name: WITHOUT_A_KEY.into(),
            country: known.country,
            number: TelephoneNumber::parse(NUMBER).unwrap(),
            since: known.since,
        };
        let recipients = Recipients::new(vec![known.clone()]).unwrap();
        let text = toml::to_string(&recipients.with_numbers(vec![number]).unwrap()).unwrap();
        fs::write(agent.join("recipients.toml"), text).unwrap();
        fs::write(agent.join("agent.toml"), configuration(made_up)).unwrap();
        let policy = format!("log {}\nquorum none\n", log_key.verifying_key());
        fs::write(agent.join("log.policy"), policy).unwrap();
        let begun = NOW - SignedDuration::from_hours(2);
        lagrum_agent::begin_record(&agent.join("agent.toml"), false, begun, [1; 16]).unwrap();
        stores(&agent, made_up);

        let mut mandate = mandate(made_up, &recipient.to_public().to_string());
        change(&mut mandate);
        let log_secret = log_key.to_secret().to_string();
        let proof = logged(root, log_key, &mandate);
        let note = testing::signed(&mandate, &people.each_ref().map(|(_, _, key)| key));
        let inbox = root.join("exchange/in");
        fs::create_dir_all(&inbox).unwrap();
        fs::write(inbox.join(format!("{STEM}.tlog-proof")), proof.0).unwrap();
        fs::write(inbox.join(format!("{STEM}.mandate")), note).unwrap();
        let agent = TrustedAgent {
            region: Region::parse("seattle").unwrap(),
            key: agent_key.verifying_key(),
        };
        Self {
            trust: Trust {
                log: proof.1,
                log_policy: None,
                former_logs: Vec::new(),
                agents: vec![agent],
                people: roster,
                recipients: vec![known],
                numbers: Vec::new(),
            },
            recipient,
            people: people.map(|(_, _, key)| key),
            mandate,
            log_secret,
        }
    }
}

/// Puts the release of the mandate between other entries of a log, and proves it.
fn logged(
    root: &Path,
    key: SigningKey<role::Log>,
    mandate: &Mandate,
) -> (String, VerifyingKey<role::Log>) {
    let released = EventKind::Mandated {
        mandate: mandate.digest(),
    };
    let salt = Salt::generate(&mut OsRng);
    let logged = testing::logged(&mandate.case, 9, NOW, salt, released);
    let other = |number: u8| Commitment::from_bytes([number; 32]);
    let verifier = key.verifying_key();
    let mut log = Log::open(&root.join("log"), &root.join("staging"), key).unwrap();
    let entries = [
        other(1),
        other(2),
        Commitment::of(&logged.salt, logged.event.as_bytes()),
        other(4),
    ];
    log.append(&mut MemoryHead(None), &entries).unwrap();
    let extra = serde_json::to_vec(&logged).unwrap();
    (
        Proof::new(log.prove(2).unwrap(), extra)
            .unwrap()
            .to_string(),
        verifier,
    )
}

/// A mandate on a warrant of a judge of the country where everything lies: it reaches all
/// categories.
fn mandate(made_up: &MadeUp, recipient: &str) -> Mandate {
    let identifiers = made_up.named().into_iter();
    Mandate {
        case: CaseId::new(2026, 1),
        demand: Sha256Digest::of(b"made up"),
        reference: "made up".into(),
        region: Region::parse("seattle").unwrap(),
        identifiers: identifiers.map(|one| testing::account(&one)).collect(),
        categories: made_up.categories(),
        period: made_up.period,
        recipient: SealedTo::Key(Recipient {
            name: "An authority".into(),
            key: RecipientKey::parse(recipient).unwrap(),
        }),
        basis: warrant(),
        provision: "18 U.S.C. § 2703".into(),
        review: None,
        answers: None,
        sub_categories: vec![],
        issued_at: NOW - SignedDuration::from_hours(1),
        expires_at: NOW + SignedDuration::from_hours(240),
        ..testing::mandate()
    }
}

/// A warrant that was a day old when it was received, and both before [`NOW`].
fn warrant() -> Basis {
    let mut warrant = basis(
        "US",
        AuthorityKind::Prosecutor,
        InstrumentKind::SearchWarrant,
        IssuerKind::Judge,
        "US",
    );
    warrant.maximum_penalty_months = Some(120);
    warrant.instrument.issued_on = jiff::civil::date(2026, 9, 29);
    warrant.received_at = Some(NOW - SignedDuration::from_hours(24));
    warrant
}

fn configuration(made_up: &MadeUp) -> String {
    let accounts = ACCOUNTS.iter().enumerate().map(|(at, account)| {
        let aliases = if at == 0 { format!("[\"{ALIAS}\"]") } else { "[]".into() };
        format!(
            "[[account]]\naddress = \"{account}\"\ncontroller = \"consumer\"\nresides_in = \"US\"\naliases = {aliases}\n"
        )
    });
    let [maildir, mbox, eml, late] = ACCOUNTS;
    let none = |has: &dyn Fn(usize) -> bool| {
        let without = (0..ACCOUNTS.len()).filter(|at| !has(*at));
        let without: Vec<_> = without.map(|at| format!("\"{}\"", ACCOUNTS[at])).collect();
        without.join(", ")
    };
    let [no_maildir, no_mbox, no_eml] =
        [[0, 3], [1, 1], [2, 2]].map(|has| none(&|at| has.contains(&at)));
    let no_row = none(&|at| made_up.has_row(at));
    format!(
        r#"
region = "seattle"
country = "US"
desk = "../exchange"
log = "../log"
log_policy = "log.policy"
roster = "roster.toml"
recipients = "recipients.toml"
key = "agent.key"
state = "state"
count_cards = false
nobody = ["nobody@made-up.example"]
{}
[[source]]
kind = "maildir"
id = "maildir"
root = "mail"
none = [{no_maildir}]
[source.accounts]
"{maildir}" = "0"
"{late}" = "3"
[[source]]
kind = "mbox"
id = "mbox"
root = "mail"
none = [{no_mbox}]
[source.accounts]
"{mbox}" = "1.mbox"
[[source]]
kind = "eml-folder"
id = "eml"
root = "mail"
none = [{no_eml}]
[source.accounts]
"{eml}" = "2"
[[source]]
kind = "subscribers-sqlite"
id = "subscribers"
database = "subscribers.sqlite"
none = [{no_row}]
table = "subscriber"
account_column = "address"
columns = ["id", "address"]
[[source]]
kind = "access-log-jsonl"
id = "logins"
paths = ["logins.jsonl"]
account_field = "account"
time_field = "time"
time_format = "rfc3339"
[source.fields]
traffic = ["id", "time", "account"]
identification = ["id", "account"]
"#,
        accounts.collect::<String>()
    )
}

fn stores(agent: &Path, made_up: &MadeUp) {
    let mail = agent.join("mail");
    for account in ["0", "3"] {
        for folder in ["", ".Sent", ".Archive.2015"] {
            for part in ["cur", "new", "tmp"] {
                fs::create_dir_all(mail.join(account).join(folder).join(part)).unwrap();
            }
        }
    }
    fs::create_dir_all(mail.join("2/deep/deeper")).unwrap();
    let mut mbox = File::create(mail.join("1.mbox")).unwrap();
    for (number, message) in made_up.messages().enumerate() {
        let place = mail.join(message.account.to_string());
        let file = match message.account {
            1 => {
                mbox.write_all(b"From a@b Thu Jan  1 00:00:00 2015\n")
                    .unwrap();
                mbox.write_all(&message.bytes).unwrap();
                mbox.write_all(b"\n").unwrap();
                continue;
            }
            2 => place
                .join(["", "deep", "deep/deeper"][message.folder])
                .join(format!("{number}.eml")),
            _ => {
                let folder = ["cur", "new", ".Sent/cur"][message.folder];
                place.join(folder).join(format!("{number}.M1P1.host:2,S"))
            }
        };
        fs::write(file, &message.bytes).unwrap();
    }
    let mut log = File::create(agent.join("logins.jsonl")).unwrap();
    for (number, line) in made_up.lines.iter().enumerate() {
        let mut json =
            serde_json::json!({"id": number, "account": line.written, "secret": "stays"});
        if let Some(time) = &line.time {
            json["time"] = time.as_str().into();
        }
        writeln!(log, "{json}").unwrap();
    }
    if !made_up.lines.is_empty() {
        // A log in which no line has a time is refused as a wrong configuration: one line of
        // somebody else has one.
        let line = serde_json::json!({"account": STRANGER, "time": "2015-01-01T00:00:00Z"});
        writeln!(log, "{line}").unwrap();
    }
    let database = Connection::open(agent.join("subscribers.sqlite")).unwrap();
    database
        .execute(
            "create table subscriber (id integer, address text, secret text)",
            [],
        )
        .unwrap();
    for (number, account) in made_up.rows.iter().enumerate() {
        let row = params![number, ACCOUNTS[*account]];
        database
            .execute("insert into subscriber values ($1, $2, 'stays')", row)
            .unwrap();
    }
}
