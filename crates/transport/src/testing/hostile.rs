//! Whoever has one side of a directory can put anything there for the other.

use std::fs;
use std::os::unix::fs::symlink;

use rustix::fs::{CWD, FileType, Mode, mknodat};

use super::*;
use crate::{AgentAnswer, FetchError, LONGEST_ANSWER};

fn wire<W: Wire>() -> W {
    let wire = W::new(region(), &agent_key(), Arc::default());
    for side in ["in", "out"] {
        fs::create_dir_all(wire.file(side)).unwrap();
    }
    wire
}

fn pipe(file: &Path) {
    mknodat(CWD, file, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
}

/// Links, pipes, directories, files that are too long or not ours, in one of the two places.
fn leave_everything(wire: &impl Wire, side: &str, extension: &str) -> PathBuf {
    let secret = wire.own().join("secret");
    fs::write(&secret, "secret").unwrap();
    let file = |name: &str| wire.file(&format!("{side}/{name}.{extension}"));
    symlink(&secret, file("link")).unwrap();
    symlink("nowhere", file("dangling")).unwrap();
    pipe(&file("pipe"));
    fs::create_dir(file("directory")).unwrap();
    fs::File::create(file("long"))
        .unwrap()
        .set_len(crate::LONGEST_OFFER + 1)
        .unwrap();
    for strange in ["a b", "\u{1b}[2J", "a.b", ""] {
        fs::write(file(strange), "strange").unwrap();
    }
    secret
}

/// See its name.
///
/// # Panics
/// When it is not so.
pub fn an_agent_fetches_nothing_through_links_and_pipes_and_everything_else_as_usual<W: Wire>() {
    let wire = wire::<W>();
    wire.desk()
        .offer(&region(), &offer("2026-0004-00000001"))
        .unwrap();
    leave_everything(&wire, "in", "mandate");
    fs::write(wire.file("in/no-proof.mandate"), "a note").unwrap();
    let waiting = wire.agent().waiting().unwrap();
    let names: Vec<_> = waiting.iter().map(Stem::as_str).collect();
    assert_eq!(
        names,
        [
            "2026-0004-00000001",
            "dangling",
            "directory",
            "link",
            "long",
            "no-proof",
            "pipe"
        ]
    );
    for stem in &waiting[1..] {
        let fetched = wire.agent().fetch(stem).map(|mandate| mandate.note);
        assert!(matches!(fetched, Err(FetchError::Unreadable(_))), "{stem}");
    }
    let genuine = wire.agent().fetch(&waiting[0]).unwrap();
    assert_eq!(genuine.note, offer("2026-0004-00000001").note.as_bytes());
}

/// See its name.
///
/// # Panics
/// When it is not so.
pub fn an_agent_writes_through_no_link_and_believes_no_planted_receipt<W: Wire>() {
    let wire = wire::<W>();
    let secret = wire.own().join("secret");
    fs::write(&secret, "secret").unwrap();
    for extension in ["refusal", "receipt", "tar.age"] {
        symlink(&secret, wire.file(&format!("out/a.{extension}"))).unwrap();
        symlink(&secret, wire.file(&format!("out/.a.{extension}.partial"))).unwrap();
    }
    assert!(!wire.agent().is_answered(&stem("a")).unwrap());
    let sealed = wire.own().join("sealed");
    fs::write(&sealed, PACKAGE).unwrap();
    wire.agent()
        .send_refusal(&stem("a"), &refusal_note())
        .unwrap();
    wire.agent().send_package(&stem("a"), &sealed).unwrap();
    wire.agent()
        .send_receipt(&stem("a"), &receipt_note())
        .unwrap();
    assert_eq!(fs::read(&secret).unwrap(), b"secret");
    assert_eq!(fs::read(wire.file("out/a.tar.age")).unwrap(), PACKAGE);
    assert!(wire.agent().is_answered(&stem("a")).unwrap());
}

/// See its name.
///
/// # Panics
/// When it is not so.
pub fn a_desk_believes_only_the_agent_of_the_region_and_one_bad_answer_stops_no_other<W: Wire>() {
    let wire = wire::<W>();
    let secret = leave_everything(&wire, "out", "receipt");
    wire.agent()
        .send_receipt(&stem("genuine"), &receipt_note())
        .unwrap();
    let forged = SigningKey::from_seed(&[8; 32], "kvist.example/agent/stockholm").unwrap();
    wire.agent()
        .send_receipt(&stem("forged"), &receipt().sign(&forged).unwrap())
        .unwrap();
    let mut of_another_region = receipt();
    of_another_region.region = Region::parse("dublin").unwrap();
    wire.agent()
        .send_receipt(
            &stem("elsewhere"),
            &of_another_region.sign(&agent_key()).unwrap(),
        )
        .unwrap();
    // A refusal that is called a receipt.
    wire.agent()
        .send_receipt(&stem("other"), &refusal_note())
        .unwrap();
    wire.agent()
        .send_refusal(&stem("refused"), &refusal_note())
        .unwrap();
    wire.agent()
        .send_refusal(&stem("unasked"), &refusal_note())
        .unwrap();

    let answers = wire
        .desk()
        .answers(&region(), &|stem| stem.as_str() != "unasked")
        .unwrap();
    let mut believed = Vec::new();
    for (stem, answer) in &answers {
        match answer {
            Ok(answered) => believed.push((stem.as_str(), answered.answer.clone())),
            Err(error) => {
                assert_eq!(error.stem, *stem);
                assert!(!error.why.contains("secret\n"), "{error}");
            }
        }
    }
    assert_eq!(
        believed,
        [
            ("genuine", AgentAnswer::Receipt(receipt())),
            ("refused", AgentAnswer::Refusal(refusal())),
        ]
    );
    assert_eq!(answers.len(), 10, "{answers:?}");
    let why = |name: &str| {
        let found = answers.iter().find(|(stem, _)| stem.as_str() == name);
        found.unwrap().1.as_ref().unwrap_err().why.clone()
    };
    assert!(why("long").contains(&LONGEST_ANSWER.to_string()));
    assert!(why("elsewhere").contains("dublin"));
    assert_eq!(fs::read(secret).unwrap(), b"secret");
}

/// See its name.
///
/// # Panics
/// When it is not so.
pub fn a_desk_reads_and_writes_through_no_link<W: Wire>() {
    let wire = wire::<W>();
    let secret = wire.own().join("secret");
    fs::write(&secret, "secret").unwrap();
    symlink(&secret, wire.file("out/a.tar.age")).unwrap();
    symlink(&secret, wire.file("out/a.receipt")).unwrap();
    pipe(&wire.file("out/b.tar.age"));
    for name in ["a", "b"] {
        assert!(
            wire.desk().package(&region(), &stem(name)).is_err(),
            "{name}"
        );
        assert!(!wire.desk().has_answer(&region(), &stem(name)).unwrap());
    }
    let answers = wire.desk().answers(&region(), &|_| true).unwrap();
    assert!(answers.iter().all(|(_, answer)| answer.is_err()));
    for extension in ["mandate", "tlog-proof"] {
        symlink(&secret, wire.file(&format!("in/a.{extension}"))).unwrap();
        symlink(&secret, wire.file(&format!("in/.a.{extension}.partial"))).unwrap();
    }
    assert!(!wire.desk().is_offered(&region(), &stem("a")).unwrap());
    wire.desk().offer(&region(), &offer("a")).unwrap();
    let fetched = wire.agent().fetch(&stem("a")).unwrap();
    assert_eq!(fetched.note, offer("a").note.as_bytes());
    wire.desk().acknowledge(&region(), &stem("a")).unwrap();
    assert_eq!(fs::read(&secret).unwrap(), b"secret");
}

/// See its name.
///
/// # Panics
/// When it is not so.
pub fn what_was_planted_in_the_place_of_a_mandate_is_no_offer<W: Wire>() {
    let wire = wire::<W>();
    let name = "2026-0004-00000001";
    let genuine = offer(name);
    for planted in ["mandate", "tlog-proof", "answers"] {
        wire.desk().offer(&region(), &genuine).unwrap();
        fs::write(wire.file(&format!("in/{name}.{planted}")), "planted").unwrap();
        wire.desk().offer(&region(), &genuine).unwrap();
        let fetched = wire.agent().fetch(&stem(name)).unwrap();
        assert_eq!(fetched.note, genuine.note.as_bytes(), "{planted}");
        assert_eq!(fetched.proof, genuine.proof.as_bytes(), "{planted}");
        if !genuine.answers.is_empty() {
            assert_eq!(fetched.answers, genuine.answers.as_bytes(), "{planted}");
        }
    }
}
