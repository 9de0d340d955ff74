//! One agent, one mandate, and everything that can go wrong between them: a restored backup, a second
//! state directory, a clock set back, a recall, a mandate that runs out, a panic, a wire that fails.

mod at_work;
mod certificates;
mod counted;
mod cut_off;
mod lost;
mod outside;
mod told;
mod waits_for_counsel;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use base64::prelude::{BASE64_STANDARD, Engine};
use jiff::{SignedDuration, Timestamp};
use lagrum_agent::{Agent, AgentError, MandateOutcome, Progress, begin_record};
use lagrum_log::testing::MemoryHead;
use lagrum_log::{Commitment, Log, Proof, SignedCheckpoint};
use lagrum_mandate::answer::{Beat, RefusalCode, SignedAnswer};
use lagrum_mandate::{Mandate, Recall};
use lagrum_notes::{SigningKey, role};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use rand_core::OsRng;
use tempfile::TempDir;

use crate::property::made_up::made_up;
use crate::property::provider::{NOW, Provider, STEM};
use crate::support::{entries, files_below, scratch};

/// An agent with one mandate that waits.
struct Alone {
    _scratch: TempDir,
    root: PathBuf,
    provider: Provider,
}

/// What became of the mandate; nothing, if it is not there.
type Became = Option<MandateOutcome>;

impl Alone {
    fn new() -> Self {
        Self::below("here", |_| ())
    }

    /// The same in a directory of this name, with another mandate.
    fn below(name: &str, change: impl Fn(&mut Mandate)) -> Self {
        let mut runner = TestRunner::deterministic();
        let made_up = made_up().new_tree(&mut runner).unwrap().current();
        let scratch = scratch();
        let root = scratch.path().join(name);
        fs::create_dir(&root).unwrap();
        let provider = Provider::build_with(&root, &made_up, change);
        Self {
            _scratch: scratch,
            root,
            provider,
        }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    fn config(&self) -> PathBuf {
        self.path("agent/agent.toml")
    }

    fn run(&self) -> Became {
        self.run_at(NOW)
    }

    fn run_at(&self, now: Timestamp) -> Became {
        self.run_with(&|| now, &mut |_| ()).unwrap()
    }

    fn run_with(
        &self,
        clock: &(dyn Fn() -> Timestamp + Sync),
        watch: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Became, AgentError> {
        let agent = Agent::open(&self.config())?;
        let mut outcomes = agent.run(clock, &mut OsRng, watch)?;
        assert!(outcomes.len() <= 1, "{outcomes:?}");
        Ok(outcomes.pop().map(|(stem, outcome)| {
            assert_eq!(stem.as_str(), STEM);
            outcome
        }))
    }

    /// Leaves a note that recalls the mandate.
    fn recall(&self, key: &SigningKey<role::Person>) {
        let recall = Recall {
            case: self.provider.mandate.case.clone(),
            mandate: self.provider.mandate.digest(),
            at: NOW,
        };
        let note = key.sign_note(&recall.to_text()).unwrap();
        fs::write(self.path(&format!("exchange/in/{STEM}.recall")), note).unwrap();
    }

    /// What the agent last told of itself.
    fn beat(&self) -> Beat {
        let note = fs::read_to_string(self.path("exchange/out/beat")).unwrap();
        Beat::read_verified(&note).unwrap()
    }

    /// Nothing left the region, and nothing readable stayed.
    fn nothing_left(&self) {
        let out = entries(&self.path("exchange/out"));
        // A refusal, and that the agent is at work, are told.
        let told = |file: &&PathBuf| {
            file.extension().is_some_and(|end| end == "refusal") || file.ends_with("beat")
        };
        let out: Vec<_> = out.iter().filter(|file| !told(file)).collect();
        assert!(out.is_empty(), "{out:?}");
        self.no_plaintext();
        assert!(entries(&self.path("agent/state/sealed")).is_empty());
    }

    fn no_plaintext(&self) {
        let work = files_below(&self.path("agent/state/work"));
        assert!(work.is_empty(), "{work:?}");
    }
}

fn produced(became: &Became) {
    assert!(
        matches!(became, Some(MandateOutcome::Produced(_))),
        "{became:?}"
    );
}

fn refused(became: &Became, code: RefusalCode, says: &str) {
    let Some(MandateOutcome::Refused(refusal)) = became else {
        panic!("{became:?}")
    };
    assert_eq!(refusal.code, code, "{}", refusal.why);
    assert!(refusal.why.contains(says), "{}", refusal.why);
}

/// It waits, for nobody knows whether it was recalled.
fn waits_for_a_recall(became: &Became) {
    let Some(MandateOutcome::Unanswered(why)) = became else {
        panic!("{became:?}")
    };
    assert!(why.contains("cannot be read: the mandate waits"), "{why}");
}

/// Why the agent does not work at all.
fn stopped(opened: Result<Became, AgentError>, says: &str) {
    let why = opened.expect_err(says).to_string();
    assert!(why.contains(says), "{why}");
}

/// The mandate runs out between search and sealing. Gives the instant.
fn runs_out_before_sealing(alone: &Alone) -> Timestamp {
    let now = Mutex::new(NOW);
    let expires_at = alone.provider.mandate.expires_at;
    let became = alone.run_with(&|| *now.lock().unwrap(), &mut |progress| {
        if matches!(progress, Progress::Sealing { .. }) {
            *now.lock().unwrap() = expires_at;
        }
    });
    refused(&became.unwrap(), RefusalCode::Mandate, "it expired at");
    expires_at
}

fn copy_all(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir(to).unwrap();
    for file in files_below(from) {
        let place = to.join(file.strip_prefix(from).unwrap());
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::copy(&file, place).unwrap();
    }
}

#[test]
fn a_record_that_came_out_of_a_backup_carries_nothing_out_a_second_time() {
    let alone = Alone::new();
    let (state, backup) = (alone.path("agent/state"), alone.path("backup"));
    copy_all(&state, &backup);
    produced(&alone.run());
    copy_all(&backup, &state);
    // Whoever has the desk leaves the mandate as if it had never been answered.
    fs::remove_dir_all(alone.path("exchange/out")).unwrap();
    let again = || alone.run_with(&|| NOW, &mut |_| ());
    stopped(again(), "it is an old copy");
    // The record is gone altogether.
    fs::remove_dir_all(&state).unwrap();
    stopped(again(), "is gone");
    // Begun again, it carries out nothing that the old one may have carried out.
    begin_record(&alone.config(), false, NOW, [2; 16]).expect_err("nobody said again");
    begin_record(&alone.config(), true, NOW, [2; 16]).unwrap();
    refused(&alone.run(), RefusalCode::Mandate, "drafted anew");
    alone.nothing_left();
}

#[test]
fn a_second_state_directory_carries_nothing_out_a_second_time() {
    let alone = Alone::new();
    produced(&alone.run());
    fs::remove_dir_all(alone.path("exchange/out")).unwrap();
    let text = fs::read_to_string(alone.config()).unwrap();
    let second = text.replace("state = \"state\"", "state = \"second\"");
    assert_ne!(second, text);
    let file = alone.path("agent/second.toml");
    fs::write(&file, second).unwrap();
    let opened = Agent::open(&file).map(|_| None);
    stopped(opened, "is gone");
    // With the record of another agent in its place, whose key it is not.
    fs::create_dir_all(alone.path("other")).unwrap();
    let other = Alone::new();
    copy_all(&other.path("agent/state"), &alone.path("agent/second"));
    let ledger = alone.path("agent/second/ledger.sqlite");
    rusqlite::Connection::open(&ledger)
        .unwrap()
        .execute("update record set id = '00'", [])
        .unwrap();
    let opened = Agent::open(&file).map(|_| None);
    stopped(opened, "another record belongs to this agent's key");
}

#[test]
fn a_record_whose_mark_was_cut_off_is_believed_and_one_whose_mark_is_gone_is_not() {
    let alone = Alone::new();
    let mark = alone.path("agent/agent.mark");
    let before = fs::read(&mark).unwrap();
    produced(&alone.run());
    // Killed between the record and the mark.
    fs::write(&mark, &before).unwrap();
    assert!(Agent::open(&alone.config()).is_ok());
    assert_ne!(fs::read(&mark).unwrap(), before, "the mark follows");
    for damaged in [&b"{}"[..], b"", b"\0\0\0\0"] {
        fs::write(&mark, damaged).unwrap();
        let opened = Agent::open(&alone.config()).map(|_| None);
        stopped(opened, "gone or damaged");
    }
    fs::remove_file(&mark).unwrap();
    let opened = Agent::open(&alone.config()).map(|_| None);
    stopped(opened, "gone or damaged");
}

#[test]
fn a_backup_forgets_neither_a_recall_nor_the_time() {
    // A recall that was heard, and a clock that went on: each makes an older copy an old copy.
    let alone = Alone::new();
    let (state, backup) = (alone.path("agent/state"), alone.path("backup"));
    copy_all(&state, &backup);
    alone.recall(&alone.provider.people[1]);
    refused(&alone.run(), RefusalCode::Mandate, "it was recalled");
    copy_all(&backup, &state);
    stopped(
        Agent::open(&alone.config()).map(|_| None),
        "it is an old copy",
    );
    let alone = Alone::new();
    let (state, backup) = (alone.path("agent/state"), alone.path("backup"));
    copy_all(&state, &backup);
    let late = NOW + SignedDuration::from_hours(24 * 40);
    refused(&alone.run_at(late), RefusalCode::Mandate, "it expired at");
    copy_all(&backup, &state);
    stopped(
        Agent::open(&alone.config()).map(|_| None),
        "it is an old copy",
    );
    alone.nothing_left();
}

#[test]
fn two_state_directories_of_one_key_do_not_work_at_the_same_time() {
    let alone = Alone::new();
    copy_all(&alone.path("agent/state"), &alone.path("agent/second"));
    let text = fs::read_to_string(alone.config()).unwrap();
    let file = alone.path("agent/second.toml");
    fs::write(
        &file,
        text.replace("state = \"state\"", "state = \"second\""),
    )
    .unwrap();
    let first = Agent::open(&alone.config()).unwrap();
    stopped(
        Agent::open(&file).map(|_| None),
        "another process runs this agent",
    );
    let outcomes = first.run(&|| NOW, &mut OsRng, &mut |_| ()).unwrap();
    assert!(matches!(outcomes[..], [(_, MandateOutcome::Produced(_))]));
    drop(first);
    stopped(Agent::open(&file).map(|_| None), "it is an old copy");
}

#[test]
fn a_clock_that_is_set_back_a_little_gives_a_mandate_no_more_time() {
    let alone = Alone::new();
    let expires_at = runs_out_before_sealing(&alone);
    // By less than a desk's clock may be ahead: it is believed to be no earlier than it was.
    let little = expires_at - SignedDuration::from_mins(4);
    refused(&alone.run_at(little), RefusalCode::Mandate, "it expired at");
    alone.nothing_left();
}

#[test]
fn a_recall_that_comes_before_the_package_could_be_sent_keeps_it_in() {
    let alone = Alone::new();
    let package = alone.path(&format!("exchange/out/{STEM}.tar.age"));
    fs::create_dir_all(&package).unwrap();
    alone.run();
    assert_eq!(entries(&alone.path("agent/state/sealed")).len(), 1);
    fs::remove_dir(&package).unwrap();
    alone.recall(&alone.provider.people[0]);
    let agent = Agent::open(&alone.config()).unwrap();
    let outcomes = agent.run(&|| NOW, &mut OsRng, &mut |_| ()).unwrap();
    let all_refused = outcomes
        .iter()
        .all(|(_, outcome)| matches!(outcome, MandateOutcome::Refused(_)));
    assert!(all_refused && !outcomes.is_empty(), "{outcomes:?}");
    alone.nothing_left();
}

#[test]
fn a_clock_that_was_set_back_gives_no_mandate_its_life_back() {
    let alone = Alone::new();
    let late = NOW + SignedDuration::from_hours(24 * 40);
    refused(&alone.run_at(late), RefusalCode::Mandate, "it expired at");
    let back = |hours| {
        let now = late - SignedDuration::from_hours(hours);
        alone.run_with(&|| now, &mut |_| ())
    };
    stopped(back(24 * 40), "works again in 960 h");
    stopped(back(1), "works again in 1 h");
    // A clock that was put right by less than a desk's may be ahead is believed.
    let little = late - SignedDuration::from_mins(3);
    assert!(alone.run_with(&|| little, &mut |_| ()).is_ok());
    alone.nothing_left();
}

#[test]
fn a_mandate_that_one_person_recalled_is_dead_for_good() {
    for who in [0, 1] {
        let alone = Alone::new();
        alone.recall(&alone.provider.people[who]);
        refused(&alone.run(), RefusalCode::Mandate, "it was recalled");
        // That is an answer to the recall: of nothing is it told that it went wrong.
        assert_eq!(alone.beat().refused, BTreeMap::default());
        // Whoever has the desk takes the recall away again.
        fs::remove_file(alone.path(&format!("exchange/in/{STEM}.recall"))).unwrap();
        refused(&alone.run(), RefusalCode::Mandate, "it was recalled");
        alone.nothing_left();
    }
}

#[test]
fn a_recall_that_nobody_of_the_roster_signed_recalls_nothing() {
    let alone = Alone::new();
    let stranger = SigningKey::generate(&mut OsRng, "made-up.example/olof").unwrap();
    alone.recall(&stranger);
    for (name, text) in [("empty", ""), ("another", "lagrum-recall/1\n{}\n")] {
        fs::write(alone.path(&format!("exchange/in/{name}.recall")), text).unwrap();
    }
    fs::create_dir(alone.path("exchange/in/folder.recall")).unwrap();
    produced(&alone.run());
}

#[test]
fn a_mandate_waits_while_a_recall_of_it_cannot_be_read() {
    for heard in [false, true] {
        let alone = Alone::new();
        let note = alone.path(&format!("exchange/in/{STEM}.recall"));
        fs::create_dir(&note).unwrap();
        for _ in 0..2 {
            waits_for_a_recall(&alone.run());
            alone.nothing_left();
        }
        fs::remove_dir(&note).unwrap();
        if heard {
            alone.recall(&alone.provider.people[0]);
            refused(&alone.run(), RefusalCode::Mandate, "it was recalled");
            alone.nothing_left();
        } else {
            produced(&alone.run());
        }
    }
}

#[test]
fn a_mandate_under_a_name_that_is_not_its_own_is_refused() {
    let alone = Alone::new();
    for ending in ["mandate", "tlog-proof"] {
        let file = |stem: &str| alone.path(&format!("exchange/in/{stem}.{ending}"));
        fs::rename(file(STEM), file("other-1")).unwrap();
    }
    let agent = Agent::open(&alone.config()).unwrap();
    let outcomes = agent.run(&|| NOW, &mut OsRng, &mut |_| ()).unwrap();
    let [(stem, became)] = &outcomes[..] else {
        panic!("{outcomes:?}")
    };
    assert_eq!(stem.as_str(), "other-1");
    refused(
        &Some(became.clone()),
        RefusalCode::Mandate,
        "under a name that is not its own",
    );
    alone.nothing_left();
}

#[test]
fn a_recall_is_heard_until_the_package_is_sealed() {
    let alone = Alone::new();
    let counsel = &alone.provider.people[1];
    let became = alone.run_with(&|| NOW, &mut |progress| {
        if matches!(progress, Progress::Sealing { .. }) {
            alone.recall(counsel);
        }
    });
    let became = became.unwrap();
    refused(&became, RefusalCode::Mandate, "recalled while");
    alone.no_plaintext();
    refused(&alone.run(), RefusalCode::Mandate, "it was recalled");
    alone.nothing_left();
}

#[test]
fn a_mandate_that_runs_out_while_it_is_carried_out_produces_nothing() {
    let alone = Alone::new();
    let expires_at = runs_out_before_sealing(&alone);
    alone.no_plaintext();
    let later = expires_at + SignedDuration::from_mins(1);
    refused(&alone.run_at(later), RefusalCode::Mandate, "it expired at");
    alone.nothing_left();
}

#[test]
fn a_panic_is_one_mandates_failure_and_leaves_nothing_readable() {
    for at_sealing in [false, true] {
        let alone = Alone::new();
        let became = alone.run_with(&|| NOW, &mut |progress| {
            let sealing = matches!(progress, Progress::Sealing { .. });
            assert!(sealing != at_sealing, "a fault of the program");
        });
        refused(
            &became.unwrap(),
            RefusalCode::Fault,
            "the agent's program failed",
        );
        alone.nothing_left();
        // It was not spent.
        produced(&alone.run());
    }
}

#[test]
fn state_and_exchange_may_lie_on_different_file_systems() {
    let alone = Alone::new();
    let elsewhere = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let exchange = elsewhere.path().join("exchange");
    copy_all(&alone.path("exchange"), &exchange);
    let text = fs::read_to_string(alone.config()).unwrap();
    let text = text.replace("../exchange", exchange.to_str().unwrap());
    fs::write(alone.config(), text).unwrap();
    produced(&alone.run());
    alone.no_plaintext();
    assert!(exchange.join(format!("out/{STEM}.tar.age")).exists());
}

#[test]
fn what_the_wire_lost_is_sent_again_until_the_desk_has_it() {
    let alone = Alone::new();
    let package = alone.path(&format!("exchange/out/{STEM}.tar.age"));
    let kept = || entries(&alone.path("agent/state/sealed")).len();
    // Nothing can be left: the outbox is a file.
    fs::write(alone.path("exchange/out"), "no directory").unwrap();
    assert!(alone.run_with(&|| NOW, &mut |_| ()).is_err());
    assert_eq!(kept(), 0);
    fs::remove_file(alone.path("exchange/out")).unwrap();
    // The package's place is taken: sealed, and kept until it can be sent.
    fs::create_dir_all(&package).unwrap();
    let became = alone.run();
    assert!(
        matches!(
            &became,
            Some(MandateOutcome::Unanswered(_) | MandateOutcome::Refused(_))
        ),
        "{became:?}"
    );
    alone.no_plaintext();
    assert_eq!(kept(), 1);
    fs::remove_dir(&package).unwrap();
    alone.run();
    let first = fs::read(&package).unwrap();
    // The share is emptied.
    fs::remove_dir_all(alone.path("exchange/out")).unwrap();
    alone.run();
    assert!(fs::read(&package).unwrap() == first, "the same bytes again");
    assert_eq!(kept(), 1);
    // The desk has it: the agent keeps nothing but that the mandate is spent.
    fs::write(alone.path(&format!("exchange/in/{STEM}.acknowledged")), "").unwrap();
    fs::remove_dir_all(alone.path("exchange/out")).unwrap();
    fs::remove_file(alone.path(&format!("exchange/in/{STEM}.mandate"))).unwrap();
    alone.run();
    assert_eq!((kept(), package.exists()), (0, false));
    assert!(
        !alone
            .path(&format!("exchange/in/{STEM}.acknowledged"))
            .exists()
    );
}

/// A witness, made by hand after c2sp.org/tlog-cosignature.
struct Witness(ed25519_dalek::SigningKey);

impl Witness {
    const NAME: &str = "ngo.example";

    fn new(seed: u8) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(&[seed; 32]))
    }

    fn material(&self) -> Vec<u8> {
        [&[4], self.0.verifying_key().as_bytes().as_slice()].concat()
    }

    fn key(&self) -> String {
        let id = signed_note::key_id(Self::NAME, &self.material());
        let encoded = BASE64_STANDARD.encode(self.material());
        format!("{}+{id:08x}+{encoded}", Self::NAME)
    }

    fn cosign(&self, checkpoint: &SignedCheckpoint, at: Timestamp) -> SignedCheckpoint {
        use ed25519_dalek::Signer;
        let time = at.as_second().cast_unsigned();
        let (body, _) = checkpoint.text().split_once("\n\n").unwrap();
        let message = format!("cosignature/v1\ntime {time}\n{body}\n");
        let mut bytes = signed_note::key_id(Self::NAME, &self.material())
            .to_be_bytes()
            .to_vec();
        bytes.extend(time.to_be_bytes());
        bytes.extend(self.0.sign(message.as_bytes()).to_bytes());
        let line = format!(
            "\u{2014} {} {}\n",
            Self::NAME,
            BASE64_STANDARD.encode(bytes)
        );
        checkpoint.with_signatures(&line).unwrap()
    }
}

impl Alone {
    /// The agent asks for this witness.
    fn asks(&self, witness: &Witness, more: &str) {
        let text = format!(
            "log {}\nwitness ngo {}\nquorum ngo\n",
            self.provider.trust.log,
            witness.key()
        );
        fs::write(self.path("agent/log.policy"), text).unwrap();
        let text = fs::read_to_string(self.config()).unwrap();
        fs::write(self.config(), format!("{more}\n{text}")).unwrap();
    }

    /// The witness saw the log, and the mandate's proof says so.
    fn seen_by(&self, witness: &Witness, at: Timestamp) {
        let file = self.path("log/checkpoint");
        let checkpoint = SignedCheckpoint::parse(&fs::read(&file).unwrap()).unwrap();
        let cosigned = witness.cosign(&checkpoint, at);
        fs::write(file, cosigned.text()).unwrap();
        let file = self.path(&format!("exchange/in/{STEM}.tlog-proof"));
        let proof = Proof::parse(&fs::read(&file).unwrap()).unwrap();
        let inclusion = proof.inclusion().clone().with_checkpoint(cosigned).unwrap();
        let proof = Proof::new(inclusion, proof.extra().to_vec()).unwrap();
        fs::write(file, proof.to_string()).unwrap();
    }
}

#[test]
fn a_log_that_the_agents_witnesses_did_not_see_is_not_the_publics() {
    let alone = Alone::new();
    let witness = Witness::new(5);
    alone.asks(&witness, "");
    // Whoever has the log's key signed all of it, from its first entry on.
    refused(
        &alone.run(),
        RefusalCode::Log,
        "fewer witnesses than required",
    );
    // A witness of the same name with another key has seen nothing.
    alone.seen_by(&Witness::new(6), NOW);
    refused(
        &alone.run(),
        RefusalCode::Log,
        "fewer witnesses than required",
    );
    alone.nothing_left();
    alone.seen_by(&witness, NOW);
    produced(&alone.run());
}

#[test]
fn the_witnesses_word_gets_old() {
    for (hours, good) in [(25, false), (23, true)] {
        let alone = Alone::new();
        let witness = Witness::new(5);
        alone.asks(&witness, "log_max_age_hours = 24");
        alone.seen_by(&witness, NOW - SignedDuration::from_hours(hours));
        let became = alone.run();
        if good {
            produced(&became);
            continue;
        }
        refused(
            &became,
            RefusalCode::Log,
            "longer ago than this agent believes",
        );
        alone.nothing_left();
    }
}

#[test]
fn a_policy_that_says_nothing_of_witnesses_is_refused_when_the_agent_starts() {
    let alone = Alone::new();
    let file = alone.path("agent/log.policy");
    fs::write(&file, format!("log {}\n", alone.provider.trust.log)).unwrap();
    let opened = Agent::open(&alone.config()).map(|_| None);
    stopped(opened, "quorum none");
}

#[test]
fn a_mirror_that_tells_another_history_closes_the_gate() {
    let alone = Alone::new();
    let text = fs::read_to_string(alone.config()).unwrap();
    fs::write(
        alone.config(),
        format!("log_mirrors = [\"../mirror\"]\n{text}"),
    )
    .unwrap();
    refused(&alone.run(), RefusalCode::Log, "a mirror tells");
    // What the log's key signed for others, shorter and longer than what it signed for this agent.
    for length in [3, 4, 9] {
        for place in ["mirror", "staged"] {
            let _ = fs::remove_dir_all(alone.path(place));
        }
        let key = SigningKey::from_secret(&alone.provider.log_secret).unwrap();
        let mut fork = Log::open(&alone.path("mirror"), &alone.path("staged"), key).unwrap();
        let other = |number: u8| Commitment::from_bytes([number; 32]);
        let entries: Vec<_> = (10..10 + length).map(other).collect();
        fork.append(&mut MemoryHead(None), &entries).unwrap();
        refused(&alone.run(), RefusalCode::Log, "a mirror tells");
    }
    alone.nothing_left();
    copy_all(&alone.path("log"), &alone.path("mirror"));
    produced(&alone.run());
}
