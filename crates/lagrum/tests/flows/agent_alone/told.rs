//! A package that is sealed with a passphrase which is told by telephone.

use std::fs;
use std::path::Path;
use std::process::Command;

use jiff::SignedDuration;
use lagrum_agent::{Agent, AgentError, NotShown};
use lagrum_mandate::answer::RefusalCode;
use lagrum_mandate::{SealedTo, TelephoneNumber, ToldPassphrase};
use lagrum_model::CaseId;
use lagrum_notes::{SigningKey, role};
use lagrum_package::check::Against;
use lagrum_package::{PackageError, open_into, passphrase_identity};
use rand_core::OsRng;

use super::{Alone, NOW, produced, refused};
use crate::property::provider::{NUMBER, WITHOUT_A_KEY};
use crate::support::{ended, entries, files_below};

const BY: &str = "olof-strand";

fn alone(by: &str, number: &str) -> Alone {
    let number = TelephoneNumber::parse(number).unwrap();
    let told = ToldPassphrase::new(WITHOUT_A_KEY, by, number);
    Alone::below("here", move |mandate| {
        mandate.recipient = SealedTo::Passphrase(told.clone());
    })
}

fn case() -> CaseId {
    CaseId::new(2026, 1)
}

fn show(alone: &Alone, key: &SigningKey<role::Person>) -> Result<String, NotShown> {
    let agent = Agent::open(&alone.config()).unwrap();
    match agent.show_passphrase(&case(), key, NOW) {
        Ok(shown) => Ok(shown.words.to_string()),
        Err(AgentError::NotShown(why)) => Err(why),
        Err(other) => panic!("{other}"),
    }
}

/// No file below holds these words, as they are or one by one.
fn is_nowhere(words: &str, below: &Path) {
    for file in files_below(below) {
        let bytes = fs::read(&file).unwrap();
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(!text.contains(words), "{}", file.display());
    }
}

#[test]
fn who_tells_a_passphrase_is_shown_it_once_and_nobody_else_ever() {
    let alone = alone(BY, NUMBER);
    let [olof, maja] = &alone.provider.people;
    let stranger = SigningKey::generate(&mut OsRng, "evil.example/eve").unwrap();
    assert_eq!(show(&alone, olof), Err(NotShown::NoCase(case())));
    produced(&alone.run());
    assert_eq!(entries(&alone.path("agent/state/told")).len(), 1);
    assert_eq!(show(&alone, &stranger), Err(NotShown::NotOnRoster));
    assert_eq!(show(&alone, maja), Err(NotShown::Another(BY.into())));
    let agent = Agent::open(&alone.config()).unwrap();
    let other = agent.show_passphrase(&CaseId::new(2026, 2), olof, NOW);
    drop(agent);
    assert!(matches!(
        other,
        Err(AgentError::NotShown(NotShown::NoCase(_)))
    ));

    let words = show(&alone, olof).unwrap();
    assert_eq!(words.split(' ').count(), 12, "{words}");
    let again = NotShown::Shown {
        by: BY.into(),
        at: NOW,
    };
    assert_eq!(show(&alone, olof), Err(again));
    assert!(entries(&alone.path("agent/state/told")).is_empty());
    // It stands nowhere: not with the agent, not on the wire, not in the log. The journal says who was shown it when.
    is_nowhere(&words, &alone.root);
    let agent = Agent::open(&alone.config()).unwrap();
    let journal = agent.passphrases(Some(&case())).unwrap();
    assert_eq!(journal.len(), 1);
    assert_eq!(journal[0].shown_at, Some(NOW));
    assert_eq!(journal[0].told.told_by, BY);
}

#[test]
fn what_was_sealed_with_a_passphrase_opens_with_it_and_with_age_alone() {
    let alone = alone(BY, NUMBER);
    produced(&alone.run());
    let words = show(&alone, &alone.provider.people[0]).unwrap();
    let out = entries(&alone.path("exchange/out"));
    let package = out
        .iter()
        .find(|file| file.extension().is_some_and(|end| end == "age"));
    let package = package.unwrap();
    let against = Against::Published(&alone.provider.trust);
    let typed = words.to_uppercase().replace(' ', "-  ");
    let open = |typed: &str, to: &str| {
        open_into(
            package,
            &passphrase_identity(typed),
            &against,
            &alone.path(to),
        )
    };
    open(&typed, "opened").unwrap();
    // No other words, and no key.
    let first = words.split(' ').next().unwrap();
    let another = if first == "zulu" { "yankee" } else { "zulu" };
    let wrong = words.replacen(first, another, 1);
    let error = open(&wrong, "not-opened").unwrap_err();
    assert!(matches!(error, PackageError::Key(why) if why.contains("this passphrase")));
    let key = &alone.provider.recipient;
    let error = open_into(package, key, &against, &alone.path("by-key")).unwrap_err();
    assert!(matches!(error, PackageError::Key(why) if why.contains("one-time passphrase")));

    if Command::new("age").arg("--version").output().is_err() {
        println!("SKIPPED: the program `age` is not there (Debian: apt-get install age)");
        return;
    }
    // age asks for a passphrase at a terminal alone.
    let types = "import os, pty, sys\n\
        pid, terminal = pty.fork()\n\
        if pid == 0:\n    os.execvp('age', ['age', '-d', '-o', sys.argv[3], sys.argv[2]])\n\
        said = b''\n\
        while b'passphrase' not in said:\n    said += os.read(terminal, 1024)\n\
        os.write(terminal, sys.argv[1].encode() + b'\\n')\n\
        try:\n    while os.read(terminal, 1024): pass\n\
        except OSError: pass\n\
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))\n";
    let tar = alone.path("plain.tar");
    let mut by_age = Command::new("python3");
    by_age.args(["-c", types, &words]).arg(package).arg(&tar);
    ended(&mut by_age).ok();
    fs::create_dir(alone.path("by-tar")).unwrap();
    let mut by_tar = Command::new("tar");
    by_tar
        .arg("-xf")
        .arg(&tar)
        .arg("-C")
        .arg(alone.path("by-tar"));
    ended(&mut by_tar).ok();
    let tree = |root: &str| -> Vec<_> {
        let root = alone.path(root);
        let files = files_below(&root).into_iter();
        let file = |file: std::path::PathBuf| {
            let bytes = fs::read(&file).unwrap();
            (file.strip_prefix(&root).unwrap().to_owned(), bytes)
        };
        files.map(file).collect()
    };
    assert_eq!(tree("opened"), tree("by-tar"));
}

#[test]
fn whoever_has_the_desk_chooses_neither_number_nor_person() {
    for (by, number, says) in [
        (BY, "+1 206 555 0199", "the telephone number"),
        ("eve", NUMBER, "is to tell the passphrase"),
    ] {
        let alone = alone(by, number);
        refused(&alone.run(), RefusalCode::Mandate, says);
        alone.nothing_left();
        assert!(entries(&alone.path("agent/state/told")).is_empty());
    }
}

#[test]
fn a_mandate_that_is_offered_again_makes_no_second_passphrase() {
    let alone = alone(BY, NUMBER);
    produced(&alone.run());
    let words = show(&alone, &alone.provider.people[0]).unwrap();
    let package = |alone: &Alone| {
        let out = entries(&alone.path("exchange/out"));
        let found = out
            .iter()
            .find(|file| file.extension().is_some_and(|end| end == "age"));
        fs::read(found.unwrap()).unwrap()
    };
    let first = package(&alone);
    // Whoever has the desk leaves it as if it had never been answered.
    fs::remove_dir_all(alone.path("exchange/out")).unwrap();
    alone.run_at(NOW + SignedDuration::from_mins(1));
    assert_eq!(package(&alone), first, "the same package, if any");
    assert!(entries(&alone.path("agent/state/told")).is_empty());
    assert!(show(&alone, &alone.provider.people[0]).is_err());
    is_nowhere(&words, &alone.root);
}
