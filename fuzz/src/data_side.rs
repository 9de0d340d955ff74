//! The data side of an agent, from the gate to the re-check, over a store of foreign bytes.

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use jiff::civil::date;
use lagrum_durable::Scratch;
use lagrum_law::{Law, LawPacks};
use lagrum_log::testing::MemoryHead;
use lagrum_log::{CheckpointPolicy, Commitment, Log, Proof, Salt};
use lagrum_mandate::gate::{Gate, Standing, UntrustedMandate};
use lagrum_mandate::{Cleared, Mandate, Orders, testing};
use lagrum_model::{
    Category, Controller, EmailAddress, EventKind, Holding, Period, Region, Role, Sha256Digest,
};
use lagrum_notes::{SigningKey, role};
use lagrum_package::check::{Against, Archive, Checked, KeepNothing, check};
use lagrum_package::{PackageError, Search, SearchOutcome, Statement};
use lagrum_production::{SearchSink, Spool, Taken, Written};
use lagrum_source::{Context, Known, LiesIn, Run, SearchResult, SourceConfig};
use tempfile::TempDir;

/// The account of which everything is ordered, for March 2026.
pub(crate) const ACCOUNT: &str = lagrum_model::testing::ACCOUNT;
/// The present of all readers.
const NOW: &str = "2026-11-21T12:00:00Z";

/// The law of these tests: whatever two people signed is permitted. What is tried lies behind the
/// gate.
const PACK: [(&str, &str); 4] = [
    (
        "schema.cedarschema",
        include_str!("../../law/schema.cedarschema"),
    ),
    ("facts.toml", include_str!("../../law/facts.toml")),
    (
        "all/pack.toml",
        "title = \"All\"\nkind = \"law\"\njurisdiction = \"nobody\"\ncovers = \"all\"\nstatus = \"a test\"\n",
    ),
    (
        "all/all.cedar",
        "@id(\"all.all\") @cite(\"none\") @says(\"All.\") @verified(\"unverified; not confirmed by counsel\")\npermit (principal, action == Action::\"disclose\", resource);\n",
    ),
];

/// An agent with one mandate.
pub(crate) struct DataSide {
    cleared: Cleared,
    pub(crate) untrusted: UntrustedMandate,
    key: SigningKey<role::Agent>,
}

/// An empty directory, in memory where there is such a thing.
pub(crate) fn directory() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = match std::env::var_os("LAGRUM_SCRATCH") {
        Some(chosen) => tempfile::tempdir_in(chosen),
        None if memory.is_dir() => tempfile::tempdir_in(memory),
        None => tempfile::tempdir(),
    };
    made.expect("a directory")
}

/// Writes a file below `root`, with the directories on the way.
pub(crate) fn write(root: &Path, name: &str, bytes: &[u8]) {
    let file = root.join(name);
    fs::create_dir_all(file.parent().expect("a parent")).expect("a directory");
    fs::write(file, bytes).expect("a file");
}

/// The smallest law pack that permits everything.
pub(crate) fn write_pack(root: &Path) {
    for (name, text) in PACK {
        write(root, name, text.as_bytes());
    }
}

fn instant(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn mandate() -> Mandate {
    let march = Period::new(
        instant("2026-03-01T00:00:00Z"),
        instant("2026-04-01T00:00:00Z"),
    );
    Mandate {
        categories: vec![Category::Subscriber, Category::Traffic, Category::Content],
        period: march.expect("a period"),
        ..testing::mandate()
    }
}

impl DataSide {
    fn new() -> Self {
        let dir = directory();
        let key = |seed: u8, name: &str| SigningKey::from_seed(&[seed; 32], name).expect("a key");
        let (olof, maja) = (key(1, "kvist.example/olof"), key(3, "firm.example/maja"));
        let roster = testing::roster(&[
            ("Olof", Role::Analyst, &olof),
            ("Maja", Role::Counsel, &maja),
        ]);
        let log_key = SigningKey::<role::Log>::from_seed(&[8; 32], "kvist.example/log");
        let log_key = log_key.expect("a key");
        let policy = CheckpointPolicy::of_log(log_key.verifying_key());
        let (public, staging) = (dir.path().join("log"), dir.path().join("staging"));
        let mut log = Log::open(&public, &staging, log_key).expect("a log");
        let mandate = mandate();
        let what = EventKind::Mandated {
            mandate: mandate.digest(),
        };
        let salt = Salt::from_bytes([9; 32]);
        let logged = testing::logged(&mandate.case, 9, instant(NOW), salt, what);
        let commitment = Commitment::of(&logged.salt, logged.event.as_bytes());
        log.append(&mut MemoryHead::default(), &[commitment])
            .expect("a log");
        let extra = serde_json::to_vec(&logged).expect("JSON");
        let proof = Proof::new(log.prove(0).expect("a proof"), extra).expect("a proof");
        let untrusted = UntrustedMandate {
            note: testing::signed(&mandate, &[&olof, &maja]).into_bytes(),
            proof: proof.to_string().into_bytes(),
            answers: Vec::new(),
        };
        let law = law(&dir.path().join("law"));
        let gate = Gate {
            region: &mandate.region,
            roster: &roster,
            own_machine: true,
            recipients: &testing::recipients(),
            log: &policy,
            law: &law,
            holding: &|_, category| Ok(holding(category, &mandate.region)),
            unknown: &|category| holding(category, &mandate.region),
            counted: &|_| Ok(()),
            standing: &|_| Ok(Standing::New),
            remembers_since: instant("2026-11-21T09:00:00Z"),
            now: instant(NOW),
        };
        let cleared = gate.admit(&untrusted).expect("two people signed");
        let key = SigningKey::from_seed(&[5; 32], "kvist.example/agent").expect("a key");
        Self {
            cleared,
            untrusted,
            key,
        }
    }

    pub(crate) fn get() -> &'static Self {
        static DATA_SIDE: OnceLock<DataSide> = OnceLock::new();
        DATA_SIDE.get_or_init(Self::new)
    }

    /// What is signed.
    pub(crate) fn mandate(&self) -> &Mandate {
        self.cleared.mandate()
    }

    /// Lays a store out, opens the source over it, and carries the mandate out. A store that the source
    /// refuses is refused; whatever it hands over has to pass the re-check.
    pub(crate) fn search(&self, source: &str, lay_out: impl FnOnce(&Path)) {
        let dir = directory();
        let store = dir.path().join("store");
        fs::create_dir(&store).expect("a directory");
        lay_out(&store);
        let config: SourceConfig = toml::from_str(source).expect("a configuration");
        let context = Context {
            base_directory: &store,
        };
        let registry = lagrum_sources::registry()
            .with(lagrum_source_parquet::KIND, lagrum_source_parquet::open);
        let Ok(source) = registry.open(&config, &context) else {
            return;
        };
        let work = dir.path().join("work");
        let mut known = Known::default();
        for (account, place) in &config.accounts {
            let account = EmailAddress::parse(account).expect("an address");
            known.add_place(&config.id, &account, place.clone());
        }
        let run = Run {
            now: instant(NOW),
            cancelled: &AtomicBool::new(false),
            scratch: &Scratch::new(&work),
            accounts: &known,
        };
        let about = source.about();
        let carried = self.spooled(&about.id, &work, &about.categories, |orders, sink| {
            source.search(orders, run, sink).ok()
        });
        if let Some(written) = carried {
            self.checked(&written).unwrap_or_else(|why| {
                panic!("the re-check refuses what the source handed over: {why}")
            });
        }
    }

    /// Spools what `search` hands over, if it does not refuse.
    pub(crate) fn spooled(
        &self,
        id: &str,
        work: &Path,
        categories: &[Category],
        search: impl FnOnce(&Orders<'_>, &mut SearchSink<'_>) -> Option<Vec<SearchResult>>,
    ) -> Option<Written> {
        fs::create_dir(work).expect("a directory");
        let kept_for = lagrum_model::testing::RECIPIENT_KEY.parse();
        let kept_for: age::x25519::Recipient = kept_for.expect("a key");
        let mut spool = Spool::create(work, instant(NOW), &kept_for).expect("a spool");
        let orders = self.cleared.orders_of(categories);
        let lies_in = LiesIn::default();
        // What a message is dated by, and nothing else here is a message.
        let date_rule = match categories.contains(&Category::Content) {
            true => lagrum_model::DateRule::MessageDate,
            false => lagrum_model::DateRule::EventTime,
        };
        let mut sink = spool.sink(&orders, &lies_in, date_rule);
        let results = search(&orders, &mut sink)?;
        let taken: Vec<Taken> = sink.taken().to_vec();
        assert_eq!(results.len(), orders.len());
        let searches = (orders.iter().zip(results).zip(taken))
            .map(|((order, result), taken)| Search {
                identifier: order.identifier().clone(),
                category: order.category(),
                source: id.to_owned(),
                date_rule,
                limited: None,
                outcome: match result {
                    SearchResult::Searched(counts) => SearchOutcome::Searched {
                        produced: taken.produced,
                        repeated: counts.repeated,
                        for_review: taken.for_review,
                        unreadable: counts.unreadable,
                        removed: counts.removed,
                        covers: counts.covers,
                        gaps: counts.gaps,
                        absent: counts.absent,
                    },
                    SearchResult::Alias { .. } => SearchOutcome::AliasNotFollowed,
                    _ => SearchOutcome::UnknownAccount,
                },
            })
            .collect();
        let statement = Statement {
            mandate: self.cleared.digest(),
            region: self.mandate().region.clone(),
            began_at: instant(NOW),
            ended_at: instant(NOW),
            released: None,
            answers: None,
            searches,
        };
        let UntrustedMandate { note, proof, .. } = &self.untrusted;
        let written = spool.finish(note, proof, &statement, "for people", &self.key);
        Some(written.expect("what was spooled is written"))
    }

    /// Holds a package against the mandate, as the agent does before it seals.
    pub(crate) fn checked(&self, written: &Written) -> Result<Checked, PackageError> {
        let public = self.key.verifying_key();
        let against = Against::Own {
            mandate: self.cleared.digest(),
            agent: &public,
        };
        let dir = directory();
        let mut archive = Archive(written.stream().expect("it is there"));
        check(
            &mut archive,
            &against,
            &Scratch::new(dir.path()),
            &mut KeepNothing,
        )
    }
}

fn holding(category: Category, region: &Region) -> Holding {
    let sweden = lagrum_model::testing::country("SE");
    Holding::new(category, region.clone(), sweden, Controller::Consumer)
}

/// The law of [`PACK`].
fn law(folder: &Path) -> Arc<Law> {
    write_pack(folder);
    let packs = LawPacks::from_dir(folder).expect("a pack");
    packs.in_force(date(2026, 11, 21)).expect("a day")
}

/// SHA-256, in hexadecimal.
pub(crate) fn digest(bytes: &[u8]) -> String {
    Sha256Digest::of(bytes).to_string()
}
