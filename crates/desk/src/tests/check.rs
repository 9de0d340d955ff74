//! Whether everything is in order, as a desk tells it.

use std::fs;
use std::sync::Arc;

use jiff::SignedDuration;
use lagrum_mandate::answer::{Beat, SignedAnswer, Step, Working};
use lagrum_model::{Category, EmailAddress, Line, Matter, Region, Role, Sha256Digest, Standing};
use lagrum_notes::{SigningKey, role};
use lagrum_transport::AgentEnd;
use lagrum_transport::directory::DirectoryAgent;
use rand_core::OsRng;

use super::world::{World, decide, person, sign, take};
use crate::{Beside, Desk, InOrder};

fn asked(world: &World, desk: &Desk) -> InOrder {
    let mut random = OsRng;
    let by = person(desk, Role::Administrator);
    desk.session(by, &world.time, &mut random).check().unwrap()
}

/// How a matter of this word stands.
fn standings(found: &InOrder, matter: &str) -> Vec<Standing> {
    let of = found
        .lines
        .iter()
        .filter(|line| line.matter.as_str() == matter);
    of.map(|line| line.standing).collect()
}

fn one<'f>(found: &'f InOrder, matter: &str) -> &'f Line {
    let mut of = found
        .lines
        .iter()
        .filter(|line| line.matter.as_str() == matter);
    let first = of
        .next()
        .unwrap_or_else(|| panic!("{matter}: {:#?}", found.lines));
    assert!(of.next().is_none(), "{matter} stands there twice");
    first
}

/// The agent tells that it is at work, as its own program would.
pub(super) fn beats(world: &World, change: impl FnOnce(&mut Beat)) {
    use lagrum_model::TimeSource as _;
    let text = fs::read_to_string(world.dir().join("agent.key")).unwrap();
    let key = SigningKey::<role::Agent>::from_secret(text.trim()).unwrap();
    let desk = world.desk();
    let mut beat = Beat {
        region: Region::parse("stockholm").unwrap(),
        at: world.time.now(),
        version: "0.9".into(),
        law: desk.law().unwrap().digest(),
        roster: desk.roster().unwrap().digest(),
        own_machine: true,
        waiting: 0,
        refused: std::collections::BTreeMap::default(),
        to_review: 0,
        cards_missing: 0,
        working: None,
    };
    change(&mut beat);
    let end = DirectoryAgent::new(world.dir().join("exchange"));
    end.send_beat(&beat.sign(&key).unwrap()).unwrap();
}

#[test]
fn an_agent_is_at_work_silent_of_other_law_or_never_seen_and_each_is_another_thing() {
    let world = World::new();
    let desk = world.desk();
    let found = asked(&world, &desk);
    assert_eq!(standings(&found, "agent-never-seen"), [Standing::NotKnown]);
    assert_eq!(standings(&found, "law-not-known"), [Standing::NotKnown]);

    beats(&world, |_| {});
    let found = asked(&world, &desk);
    for good in ["agent-at-work", "same-law", "same-roster"] {
        assert_eq!(standings(&found, good), [Standing::InOrder], "{good}");
    }
    let other = &one(&found, "other-version").matter;
    let here = env!("CARGO_PKG_VERSION");
    assert!(
        matches!(other, Matter::OtherVersion { there, here: is, .. } if there == "0.9" && is == here),
        "{other:?}"
    );
    beats(&world, |beat| beat.version = here.into());
    assert!(standings(&asked(&world, &desk), "other-version").is_empty());

    beats(&world, |beat| {
        beat.law = Sha256Digest::of(b"older");
        beat.roster = Sha256Digest::of(b"older");
        beat.own_machine = false;
        beat.to_review = 12;
        beat.refused
            .insert(lagrum_mandate::answer::RefusalCode::Source, 2);
    });
    let found = asked(&world, &desk);
    for bad in ["other-law", "other-roster"] {
        assert_eq!(standings(&found, bad), [Standing::NotInOrder], "{bad}");
    }
    for soon in ["own-machine-off", "waits-for-counsel", "agent-refused"] {
        assert_eq!(standings(&found, soon), [Standing::Soon], "{soon}");
    }
    let refused = &one(&found, "agent-refused").matter;
    assert!(
        matches!(refused, Matter::AgentRefused { count: 2, .. }),
        "{refused:?}"
    );

    // How far it is with a mandate is shown, until it should have told more.
    let working = Working {
        since: lagrum_model::TimeSource::now(&world.time),
        step: Step::Searching,
        source: 2,
        sources: 3,
    };
    beats(&world, |beat| beat.working = Some(working));
    world.time.advance(SignedDuration::from_mins(19));
    let found = asked(&world, &desk);
    let busy = &one(&found, "agent-busy").matter;
    assert!(
        matches!(busy, Matter::AgentBusy { step, source: 2, sources: 3, .. } if step == "searching"),
        "{busy:?}"
    );
    world.time.advance(SignedDuration::from_mins(2));
    let found = asked(&world, &desk);
    assert_eq!(standings(&found, "agent-broke-off"), [Standing::NotInOrder]);
    assert!(standings(&found, "agent-busy").is_empty());

    // After a day it is silent; which law it has now, nobody knows.
    beats(&world, |_| {});
    world.time.advance(SignedDuration::from_hours(25));
    let found = asked(&world, &desk);
    assert_eq!(standings(&found, "agent-silent"), [Standing::NotInOrder]);
    assert_eq!(standings(&found, "law-not-known"), [Standing::NotKnown]);
    assert!(standings(&found, "same-law").is_empty());

    // One whose clock is ahead is not at work for ever.
    beats(&world, |beat| beat.at += SignedDuration::from_hours(48));
    let found = asked(&world, &desk);
    assert_eq!(standings(&found, "agent-clock"), [Standing::NotInOrder]);
}

#[test]
fn a_mandate_that_runs_out_is_told_before_and_after_and_not_when_it_was_carried_out() {
    let world = World::new();
    let desk = world.desk();
    let mut random = OsRng;
    let counsel = person(&desk, Role::Counsel);
    let mut session = desk.session(counsel, &world.time, &mut random);
    let id = take(&mut session, "AM-1").case;
    decide(&mut session, &id);
    sign(&world, &mut session, &id);
    assert_eq!(
        standings(&asked(&world, &desk), "mandates-good"),
        [Standing::InOrder]
    );
    // It lives for fourteen days.
    world.time.advance(SignedDuration::from_hours(13 * 24));
    let found = asked(&world, &desk);
    assert_eq!(one(&found, "mandate-runs-out").standing, Standing::Soon);
    world.time.advance(SignedDuration::from_hours(2 * 24));
    let found = asked(&world, &desk);
    let line = one(&found, "mandate-ran-out");
    assert_eq!(line.standing, Standing::NotInOrder);
    assert!(matches!(&line.matter, Matter::MandateRanOut { case, .. } if *case == id));
    // Decided anew it lapses, and nothing runs out any more but the new one.
    session
        .assess(&id, jiff::civil::date(2026, 11, 21))
        .unwrap();
    session.decide(&id, &[], "as before").unwrap();
    assert!(standings(&asked(&world, &desk), "mandate-ran-out").is_empty());
}

#[test]
fn what_is_recorded_and_not_public_and_a_log_that_was_changed_are_not_in_order() {
    let world = World::new();
    let desk = world.desk();
    assert_eq!(
        standings(&asked(&world, &desk), "log-empty"),
        [Standing::InOrder]
    );
    let mut random = OsRng;
    let analyst = person(&desk, Role::Analyst);
    let mut session = desk.session(analyst, &world.time, &mut random);
    take(&mut session, "AM-1");
    assert_eq!(
        standings(&asked(&world, &desk), "log-behind"),
        [Standing::Soon]
    );
    world.time.advance(SignedDuration::from_mins(16));
    let found = asked(&world, &desk);
    assert_eq!(standings(&found, "log-behind"), [Standing::NotInOrder]);
    session.settle().unwrap();
    let found = asked(&world, &desk);
    assert_eq!(standings(&found, "log-published"), [Standing::InOrder]);
    assert_eq!(standings(&found, "no-witnesses"), [Standing::NotKnown]);
    fs::write(world.dir().join("log/checkpoint"), "not a checkpoint").unwrap();
    let found = asked(&world, &desk);
    assert_eq!(standings(&found, "log-fault"), [Standing::NotInOrder]);
    assert!(standings(&found, "log-published").is_empty());
}

#[test]
fn people_without_keys_lonely_counsel_and_undated_authorities_are_told() {
    let world = World::new();
    let found = asked(&world, &world.desk());
    assert_eq!(standings(&found, "one-key-of-counsel"), [Standing::Soon]);
    // The tests' roster names people by other ids than the list does.
    assert_eq!(standings(&found, "no-key"), [Standing::Soon; 2]);
    assert_eq!(standings(&found, "no-auditor"), []);
    assert_eq!(standings(&found, "no-invitations"), [Standing::InOrder]);
    assert_eq!(
        standings(&found, "authority-not-dated"),
        [Standing::NotKnown]
    );

    let file = world.dir().join("authorities.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.clone() + "checked = \"2026-10-01\"\n").unwrap();
    let found = asked(&world, &world.desk());
    assert_eq!(
        standings(&found, "authorities-checked"),
        [Standing::InOrder]
    );
    fs::write(&file, text + "checked = \"2025-10-01\"\n").unwrap();
    let found = asked(&world, &world.desk());
    assert_eq!(standings(&found, "authority-overdue"), [Standing::Soon]);

    let desk = world.desk();
    let shelf = desk.shelf();
    let until = Some(found.at + SignedDuration::from_hours(1));
    let put = shelf.put(
        crate::shelved::INVITATION,
        b"x",
        b"\"olof\"",
        until,
        &mut OsRng,
    );
    put.unwrap();
    assert_eq!(
        standings(&asked(&world, &desk), "invitations-open"),
        [Standing::Soon]
    );
}

#[test]
fn a_certificate_in_use_is_told_from_a_fortnight_before_its_end_and_one_that_nobody_serves_is_not_known()
 {
    use lagrum_model::TimeSource as _;
    let world = World::new();
    let desk = world.desk();
    let now = world.time.now();
    assert!(standings(&asked(&world, &desk), "certificate-not-seen").is_empty());
    let hours = SignedDuration::from_hours;
    let tell = |process: &[u8], ends: SignedDuration, ago: SignedDuration| {
        let served = crate::ServedUnder {
            origin: "https://desk.kvist.example".into(),
            until: now + ends,
            seen: now - ago,
        };
        desk.keep_served(process, &served, &mut OsRng).unwrap();
    };
    let is = |matter: &str, standing: Standing| {
        let found = asked(&world, &desk);
        let of = |line: &&Line| line.matter.as_str().starts_with("certificate");
        let all: Vec<_> = found.lines.iter().filter(of).cloned().collect();
        assert_eq!(all.len(), 1, "{all:?}");
        assert_eq!(
            (all[0].matter.as_str(), all[0].standing),
            (matter, standing)
        );
        all[0].matter.clone()
    };
    let just = hours(0);
    tell(b"one", hours(15 * 24), just);
    is("certificate-good", Standing::InOrder);
    tell(b"one", hours(14 * 24 - 1), just);
    let matter = is("certificate-runs-out", Standing::Soon);
    assert!(matches!(
        matter,
        Matter::CertificateRunsOut { days: 13, .. }
    ));
    // Of two that serve one address the one counts that ends first; one that is gone does not.
    tell(b"two", hours(80 * 24), just);
    is("certificate-runs-out", Standing::Soon);
    tell(b"one", hours(-1), hours(1));
    is("certificate-good", Standing::InOrder);
    tell(b"two", hours(0), just);
    is("certificate-ran-out", Standing::NotInOrder);
    // What nobody serves is never counted as in order.
    tell(b"two", hours(80 * 24), hours(2));
    is("certificate-not-seen", Standing::NotKnown);
}

#[test]
fn files_that_others_can_change_little_room_and_backups_are_told() {
    use std::os::unix::fs::PermissionsExt as _;
    let world = World::new();
    let found = asked(&world, &world.desk());
    assert_eq!(standings(&found, "files-guarded"), [Standing::InOrder]);
    assert_eq!(standings(&found, "backup-not-known"), [Standing::NotKnown]);
    let open = |name: &str, mode: u32| {
        let file = world.dir().join(name);
        fs::set_permissions(file, fs::Permissions::from_mode(mode)).unwrap();
    };
    let desk = world.desk();
    open("authorities.toml", 0o666);
    open("master.key", 0o644);
    let found = asked(&world, &desk);
    let faults = standings(&found, "file-fault");
    assert!(faults.len() >= 2, "{:#?}", found.lines);
    assert!(standings(&found, "files-guarded").is_empty());
    open("authorities.toml", 0o600);
    open("master.key", 0o600);

    // Mandates name accounts: where every user of the machine gets to them, that is told. A directory above may be closed.
    let inbox = world.dir().join("exchange/in");
    lagrum_durable::private_directory(&inbox).unwrap();
    let shut = || standings(&asked(&world, &desk), "mandates-open").is_empty();
    assert!(shut());
    for (above, beside, own, is_shut) in [
        (0o755, 0o755, 0o755, false),
        (0o755, 0o711, 0o711, false),
        (0o755, 0o755, 0o2770, true),
        (0o755, 0o750, 0o755, true),
        (0o700, 0o755, 0o755, true),
    ] {
        open("", above);
        open("exchange", beside);
        open("exchange/in", own);
        assert_eq!(shut(), is_shut, "{above:o} {beside:o} {own:o}");
    }
    open("exchange/in", 0o700);

    fs::write(world.dir().join("backup.done"), "").unwrap();
    let file = world.dir().join("desk.toml");
    let text = fs::read_to_string(&file).unwrap();
    let check = "[check]\nbackup = \"backup.done\"\nbackup_hours = 1000000\ndisk_mebibytes = 1000000000000\n";
    fs::write(&file, format!("{text}\n{check}")).unwrap();
    let found = asked(&world, &world.desk());
    assert_eq!(standings(&found, "disk-low"), [Standing::NotInOrder]);
    let backup = [
        standings(&found, "backup-made"),
        standings(&found, "backup-old"),
    ]
    .concat();
    assert_eq!(backup.len(), 1, "{:#?}", found.lines);
}

/// A machine on which the agent's configuration lies, too.
struct Knows(&'static [&'static str]);

impl Beside for Knows {
    fn unknown_accounts(
        &self,
        _: &Region,
        accounts: &[(EmailAddress, Vec<Category>)],
    ) -> Option<Result<Vec<EmailAddress>, String>> {
        let addresses = accounts.iter().map(|(address, _)| address);
        let unknown = addresses.filter(|one| !self.0.contains(&one.to_string().as_str()));
        Some(Ok(unknown.cloned().collect()))
    }
}

#[test]
fn an_account_that_no_source_finds_is_not_in_order_and_one_that_cannot_be_compared_is_not_known() {
    let world = World::new();
    let desk = world.desk();
    let found = asked(&world, &desk);
    assert_eq!(
        standings(&found, "accounts-not-compared"),
        [Standing::NotKnown]
    );
    let good = desk
        .clone()
        .with_beside(Arc::new(Knows(&["bjork@kvist.example"])));
    assert_eq!(
        standings(&asked(&world, &good), "accounts-agree"),
        [Standing::InOrder]
    );
    let bad = desk.with_beside(Arc::new(Knows(&[])));
    let found = asked(&world, &bad);
    let line = one(&found, "account-without-source");
    assert_eq!(line.standing, Standing::NotInOrder);
    assert!(
        found.lines[0].standing == Standing::NotInOrder,
        "it stands first"
    );
}
