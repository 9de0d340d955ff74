//! The log and the desk's database, rewritten by somebody who has the log's own signing key.

use std::fs;

use lagrum_agent::MandateOutcome;
use lagrum_desk::News;
use lagrum_log::testing::MemoryHead;
use lagrum_log::{Commitment, Log, Proof, Salt};
use lagrum_mandate::gate::LoggedEvent;
use lagrum_model::{CaseId, EventKind};
use lagrum_notes::{SigningKey, assemble, role};
use rand_core::OsRng;

use super::vault::Opened;
use super::{Taken, mandate_of, own_key, signatures_of, text_of};
use crate::support::{logged, now, principal};

/// One entry of a log that the attacker writes: salt and text of an event.
type Entry = (Salt, String);

impl Taken {
    /// The events as the desk keeps them.
    fn events(&self) -> Vec<Entry> {
        let events = logged(self.dir()).into_iter();
        events.map(|event| (event.salt, event.text)).collect()
    }

    /// Puts a log with exactly these entries, signed with the real key, in the place of the public
    /// one, and gives the proof of the entry at `proved`.
    fn rewrite_log(&self, entries: &[Entry], proved: usize) -> String {
        let secret = fs::read_to_string(self.dir().join("desk/log.key")).unwrap();
        let key = SigningKey::<role::Log>::from_secret(&secret).unwrap();
        let public = self.dir().join("log");
        fs::remove_dir_all(&public).unwrap();
        let staging = self.dir().join("attackers-staging");
        let mut log = Log::open(&public, &staging, key).unwrap();
        let commitments: Vec<_> = entries
            .iter()
            .map(|(salt, text)| Commitment::of(salt, text.as_bytes()))
            .collect();
        log.append(&mut MemoryHead::default(), &commitments)
            .unwrap();
        let (salt, event) = entries[proved].clone();
        let extra = serde_json::to_vec(&LoggedEvent { salt, event }).unwrap();
        Proof::new(log.prove(proved as u64).unwrap(), extra)
            .unwrap()
            .to_string()
    }

    /// Keeps a copy of the log to put it back.
    fn copy_log(&self) {
        copy(&self.dir().join("log"), &self.dir().join("log-as-it-was"));
    }

    fn put_log_back(&self) {
        fs::remove_dir_all(self.dir().join("log")).unwrap();
        fs::rename(self.dir().join("log-as-it-was"), self.dir().join("log")).unwrap();
    }
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir(to).unwrap();
    for entry in crate::support::entries(from) {
        let to = to.join(crate::support::name(&entry));
        if entry.is_dir() {
            copy(&entry, &to)
        } else {
            fs::copy(&entry, &to).map(|_| ()).unwrap()
        }
    }
}

/// The event that would release a mandate.
fn releasing(case: &CaseId, number: u64, mandate: lagrum_model::Sha256Digest) -> Entry {
    let (salt, released) = (Salt::generate(&mut OsRng), EventKind::Mandated { mandate });
    let logged = lagrum_mandate::testing::logged(case, number, now(), salt, released);
    (logged.salt, logged.event)
}

#[test]
fn a_log_with_another_past_is_found_out_even_around_a_genuine_mandate() {
    let taken = Taken::new();
    let (_, stem) = taken.a_genuine_mandate_that_waits("rewritten");
    let (note, genuine_proof) = taken.left("stockholm", &stem);
    let events = taken.events();
    let release = events
        .iter()
        .position(|(_, text)| {
            text.contains("\"mandated\"") && text.contains(&mandate_of(&note).digest().to_string())
        })
        .unwrap();
    taken.copy_log();

    let forged = releasing(&mandate_of(&note).case, 77, mandate_of(&note).digest());
    let mut first_changed = events.clone();
    first_changed[0] = forged.clone();
    let mut one_more_first = events.clone();
    one_more_first.insert(0, forged.clone());
    let mut one_less = events.clone();
    one_less.remove(1);
    let only_the_release = vec![events[release].clone()];
    let longer: Vec<_> = first_changed.iter().chain(&events).cloned().collect();
    let rewritten = [
        ("first entry exchanged", first_changed, release),
        (
            "an entry more at the beginning",
            one_more_first,
            release + 1,
        ),
        ("an entry left out", one_less, release - 1),
        ("nothing but the release", only_the_release, 0),
        ("twice as long", longer, release),
    ];
    for (what, entries, proved) in rewritten {
        println!("{what}:");
        let proof = taken.rewrite_log(&entries, proved);
        taken.leave("stockholm", &stem, &note, &proof);
        let reasons = taken.refuses("stockholm", &[&stem], "log: ");
        assert!(
            reasons[0].contains("no longer contains what this agent saw in it before"),
            "{reasons:?}"
        );
    }
    // A log that was cut off, and one that is gone.
    let proof = taken.rewrite_log(&events[..20], 3);
    taken.leave("stockholm", &stem, &note, &proof);
    taken.refuses("stockholm", &[&stem], "log: ");
    fs::remove_dir_all(taken.dir().join("log")).unwrap();
    taken.leave("stockholm", &stem, &note, &genuine_proof);
    taken.refuses("stockholm", &[&stem], "log: ");

    // Nothing else was wrong with the mandate: under the true log it is carried out.
    fs::create_dir(taken.dir().join("log")).unwrap();
    taken.put_log_back();
    taken.leave("stockholm", &stem, &note, &genuine_proof);
    let outcomes = taken.run("stockholm");
    let outcome = outcomes.iter().find(|(name, _)| *name == stem);
    assert!(
        matches!(outcome, Some((_, MandateOutcome::Produced(_)))),
        "{outcome:?}"
    );
}

#[test]
fn a_proof_from_another_log_than_the_public_one_lets_nothing_out() {
    let taken = Taken::new();
    let (_, stem) = taken.a_genuine_mandate_that_waits("aside");
    let (note, _) = taken.left("stockholm", &stem);
    // The public log stays as it is; the agent alone is shown a proof from a log aside.
    taken.copy_log();
    let forged = releasing(&mandate_of(&note).case, 1, mandate_of(&note).digest());
    let proof = taken.rewrite_log(&[forged], 0);
    taken.put_log_back();
    taken.leave("stockholm", &stem, &note, &proof);
    let reasons = taken.refuses("stockholm", &[&stem], "log: ");
    assert!(
        reasons[0].contains("not one of the public log"),
        "{reasons:?}"
    );
}

#[test]
fn a_forged_mandate_in_the_true_log_with_a_correct_proof_lets_nothing_out() {
    let taken = Taken::new();
    let (id, stem) = taken.a_genuine_mandate_that_waits("logged");
    let (note, _) = taken.left("stockholm", &stem);
    let mut forged = mandate_of(&note);
    forged.nonce = lagrum_mandate::Nonce([9; 16]);
    // The log grows by the attacker's entry as it does by any other.
    let (salt, event) = releasing(&id, 78, forged.digest());
    let secret = fs::read_to_string(taken.dir().join("desk/log.key")).unwrap();
    let key = SigningKey::<role::Log>::from_secret(&secret).unwrap();
    let staging = taken.dir().join("desk/staging");
    let mut log = Log::open(&taken.dir().join("log"), &staging, key).unwrap();
    let mut head = MemoryHead(Some(log.checkpoint().unwrap().head()));
    let size = log
        .append(&mut head, &[Commitment::of(&salt, event.as_bytes())])
        .unwrap()
        .size;
    let extra = serde_json::to_vec(&LoggedEvent { salt, event }).unwrap();
    let proof = Proof::new(log.prove(size - 1).unwrap(), extra)
        .unwrap()
        .to_string();
    drop(log);
    let text = forged.to_text();
    let [one, other] = ["kvist.example/olof", "kvist.example/maja"].map(own_key);
    let own = [
        one.sign_line(&text).unwrap(),
        other.sign_line(&text).unwrap(),
    ];
    let borrowed = signatures_of(&note);
    taken.leave(
        "stockholm",
        "own",
        &assemble(&text, &[&own[0], &own[1]]),
        &proof,
    );
    taken.leave("stockholm", "borrowed", &assemble(&text, &borrowed), &proof);
    taken.leave("stockholm", "none", &format!("{text}\n"), &proof);
    taken.leave(
        "stockholm",
        "mixed",
        &assemble(&text, &[&own[0], &own[1], borrowed[0]]),
        &proof,
    );
    taken.take_away("stockholm", &stem);
    taken.refuses(
        "stockholm",
        &["own", "borrowed", "none", "mixed"],
        "signatures: ",
    );
    // The genuine signatures with a proof of another event: check 2.
    taken.leave("stockholm", "other-proof", &note, &proof);
    let reasons = taken.refuses("stockholm", &["other-proof"], "log: ");
    assert!(
        reasons[0].contains("does not release this mandate"),
        "{reasons:?}"
    );
}

#[test]
fn events_changed_in_the_desks_database_let_nothing_out() {
    let taken = Taken::new();
    let (id, stem) = taken.a_genuine_mandate_that_waits("changed");
    let (note, genuine_proof) = taken.left("stockholm", &stem);
    let genuine = mandate_of(&note);
    let mut wider = genuine.clone();
    wider.recipient = super::to_the_thief(&wider);
    // The drafted text, and with it everything that names it by its digest.
    let in_json = |text: &str| {
        let quoted = serde_json::to_string(text).unwrap();
        quoted[1..quoted.len() - 1].to_owned()
    };
    let words = [
        (in_json(&text_of(&note)), in_json(&wider.to_text())),
        (genuine.digest().to_string(), wider.digest().to_string()),
    ];
    let case = Opened::new(taken.dir(), &id);
    // Drafted, signed twice, released.
    assert_eq!(case.exchange(&words), 4);
    taken.take_away("stockholm", &stem);
    // In the database everything fits; the desk's own program tells by the public log, and releases
    // nothing when it is asked to.
    let desk = taken.desk();
    let mandate = wider.digest();
    let body = serde_json::json!({"mandate": mandate, "region": "stockholm", "stem": stem});
    let body = serde_json::to_vec(&body).unwrap();
    case.ask(&format!("release:{mandate}"), "release", &body);
    let settled = desk.settle().unwrap();
    assert_eq!(settled.released, []);
    let told = format!("{:?}", settled.news);
    assert!(told.contains("is not what the public log has"), "{told}");
    // So the attacker makes note and proof by hand.
    let changed = assemble(&wider.to_text(), &signatures_of(&note));
    let event = logged(taken.dir()).into_iter().find(|event| {
        event.text.contains("\"mandated\"") && event.text.contains(&mandate.to_string())
    });
    let event = event.unwrap();
    let (salt, text) = (event.salt, event.text);
    let extra = serde_json::to_vec(&LoggedEvent { salt, event: text }).unwrap();
    let genuine = Proof::parse(genuine_proof.as_bytes()).unwrap();
    let proof = Proof::new(genuine.inclusion().clone(), extra)
        .unwrap()
        .to_string();
    taken.leave("stockholm", &stem, &changed, &proof);
    let reasons = taken.refuses("stockholm", &[&stem], "signatures: ");
    assert!(reasons[0].contains("invalid signature"), "{reasons:?}");
    // The genuine text with the changed event's proof: the log never had that event.
    taken.leave("stockholm", "changed-event", &note, &proof);
    taken.refuses("stockholm", &["changed-event"], "log: ");
}

#[test]
fn one_bit_changed_in_the_database_is_told_and_lets_nothing_out() {
    let taken = Taken::new();
    let desk = taken.desk();
    let id = taken.a_case_that_waits_for_signatures(&desk, "bit");
    let people = taken.people();
    Opened::new(taken.dir(), &id).flip_a_bit();
    let before = taken.done();
    let mut random = OsRng;
    let session = desk.session(principal(&desk, "olof"), &now, &mut random);
    let told = session.to_sign(&id).unwrap_err().to_string();
    assert!(
        told.contains("damaged") && told.contains("changed after it was recorded"),
        "{told}"
    );
    let digest = lagrum_model::Sha256Digest::of(b"anything");
    let line = people[0].sign_line("anything\n").unwrap();
    let mut random = OsRng;
    let mut session = desk.session(principal(&desk, "olof"), &now, &mut random);
    let told = session.add_signatures(&id, &[(digest, line)]).unwrap_err();
    assert!(told.to_string().contains("damaged"), "{told}");
    // Nor does the log take it up; it goes on for the others.
    let entries = desk.settle().unwrap();
    assert!(
        matches!(entries.news.as_slice(), [News::Damaged { case, .. }] if *case == id),
        "{entries:?}"
    );
    let mut random = OsRng;
    let mut session = desk.session(principal(&desk, "olof"), &now, &mut random);
    let other = lagrum_model::CaseId::new(id.year(), 1);
    session.note(&other, "called").unwrap();
    assert_eq!(desk.settle().unwrap().entries, entries.entries + 1);
    assert!(taken.done() == before);
}
