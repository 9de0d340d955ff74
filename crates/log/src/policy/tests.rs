//! Policies as files, and what they ask of a checkpoint.

use lagrum_notes::{MlDsaKey, SigningKey, VerifyingKey, assemble, role};

use super::*;

const LOG: &str = "log.example/lagrum";

fn log_key() -> SigningKey<role::Log> {
    SigningKey::from_seed(&[42; 32], LOG).unwrap()
}

/// A witness as its policy line has it: an Ed25519 key with the type of cosignatures.
fn witness(number: u8) -> String {
    use base64::Engine as _;
    use base64::prelude::BASE64_STANDARD;
    use sha2::{Digest, Sha256};
    let name = format!("w{number}.example");
    let key = ed25519_dalek::SigningKey::from_bytes(&[number; 32]);
    let mut typed = vec![0x04];
    typed.extend(key.verifying_key().to_bytes());
    let mut hasher = Sha256::new();
    hasher.update(name.as_bytes());
    hasher.update(b"\n");
    hasher.update(&typed);
    let id = hex::encode(&hasher.finalize()[..4]);
    format!("{name}+{id}+{}", BASE64_STANDARD.encode(typed))
}

fn policy(lines: &str) -> Result<CheckpointPolicy, PolicyError> {
    let mut text = format!("# made for a test\nlog {}\n", log_key().verifying_key());
    for number in 1..=4 {
        text += &format!(
            "witness w{number} {} https://w{number}.example/\n",
            witness(number)
        );
    }
    CheckpointPolicy::parse(&(text + lines))
}

fn met(policy: &CheckpointPolicy, saw: &[u8]) -> bool {
    let names: Vec<_> = saw.iter().map(|one| format!("w{one}.example")).collect();
    policy
        .quorum
        .is_met(&|key| names.iter().any(|one| one == key.name()))
}

#[test]
fn two_of_our_three_peers_and_one_of_the_public() {
    let policy = policy(
        "group peers 2 w1 w2 w3\ngroup public any w4\ngroup both all peers public\nquorum both\n",
    )
    .unwrap();
    assert!(met(&policy, &[1, 3, 4]) && met(&policy, &[1, 2, 3, 4]));
    for too_few in [&[][..], &[4], &[1, 2, 3], &[1, 4], &[3, 4]] {
        assert!(!met(&policy, too_few), "{too_few:?}");
    }
    assert!(!policy.asks_no_witness());
}

#[test]
fn a_policy_that_says_nothing_of_a_quorum_is_none() {
    assert!(policy("").unwrap_err().rule.contains("quorum none"));
    assert!(policy("quorum none\n").unwrap().asks_no_witness());
    assert!(met(&policy("quorum w2\n").unwrap(), &[2]));
    assert!(!met(&policy("quorum w2\n").unwrap(), &[1, 3, 4]));
}

#[test]
fn a_policy_in_which_something_counts_twice_or_not_at_all_is_refused() {
    let twice = format!("witness again {}\nquorum none\n", witness(1));
    for (wrong, says) in [
        ("group a 2 w1 w1\nquorum a\n", "member twice"),
        (
            "group a any w1\ngroup b any w1\ngroup c all a b\nquorum c\n",
            "member twice",
        ),
        ("group a 0 w1\nquorum a\n", "at least one"),
        ("group a 3 w1 w2\nquorum a\n", "at least one"),
        ("group a some w1 w2\nquorum a\n", "at least one"),
        ("group a any\nquorum a\n", "write `log KEY`"),
        (
            "group a all b\ngroup b all a\nquorum a\n",
            "not named in a line before",
        ),
        ("group w1 all w2\nquorum w1\n", "stands for something else"),
        (
            "group none all w2\nquorum none\n",
            "stands for something else",
        ),
        ("quorum w9\n", "not named"),
        ("quorum w1\nquorum w2\n", "exactly one"),
        ("quorum none\nquorum none\n", "exactly one"),
        ("mirror w1\nquorum none\n", "write `log KEY`"),
        ("quorum none\u{7}\n", "control character"),
        (&twice, "stands there twice"),
    ] {
        let why = policy(wrong).unwrap_err();
        assert!(why.rule.contains(says), "{wrong:?}: {why}");
    }
    let own = format!(
        "log {}\nlog {}\nquorum none\n",
        log_key().verifying_key(),
        log_key().verifying_key()
    );
    assert!(
        CheckpointPolicy::parse(&own)
            .unwrap_err()
            .rule
            .contains("one log")
    );
    assert!(CheckpointPolicy::parse("quorum none\n").is_err());
    let long = "# \n".repeat(1_001);
    assert!(policy(&long).unwrap_err().rule.contains("1,000 lines"));
}

/// The documents ask readers to take at least 32 witnesses and groups.
#[test]
fn forty_witnesses_are_a_policy() {
    let mut text = format!("log {}\n", log_key().verifying_key());
    let mut names = String::new();
    for number in 1..=40 {
        text += &format!("witness w{number} {}\n", witness(number));
        names += &format!(" w{number}");
    }
    text += &format!("group all 21{names}\nquorum all\n");
    let policy = CheckpointPolicy::parse(&text).unwrap();
    assert_eq!(policy.witnesses().len(), 40);
    let _: &[VerifyingKey<role::Witness>] = policy.witnesses();
    assert!(met(&policy, &(1..=21).collect::<Vec<_>>()));
    assert!(!met(&policy, &(1..=20).collect::<Vec<_>>()));
}

#[test]
fn a_former_key_counts_for_the_past_only() {
    let [old, new] = [[42; 32], [43; 32]].map(|seed| SigningKey::from_seed(&seed, LOG).unwrap());
    let head = |size| Head {
        size,
        root: crate::Hash::EMPTY_TREE,
    };
    let by = |key: &SigningKey<role::Log>, size| SignedCheckpoint::sign(key, &head(size)).unwrap();
    let former = |until| FormerKey {
        key: old.verifying_key(),
        until,
    };
    let policy = CheckpointPolicy::of_log(new.verifying_key());
    assert!(policy.verify(&by(&old, 7)).is_err(), "nobody named it");
    let policy = policy.with_former(vec![former(7)]).unwrap();
    assert!(policy.verify(&by(&old, 7)).is_ok());
    assert!(policy.verify(&by(&old, 0)).is_ok());
    assert!(policy.verify(&by(&old, 8)).is_err(), "it is the past's");
    assert!(policy.verify(&by(&new, 7)).is_ok() && policy.verify(&by(&new, 8)).is_ok());
    // Signed by both, it is believed by whoever knows one of them.
    let both = by(&old, 8).signed_too(&new).unwrap();
    assert!(policy.verify(&both).is_ok());
    assert!(
        CheckpointPolicy::of_log(old.verifying_key())
            .verify(&both)
            .is_ok()
    );
    assert_eq!(both.signed_too(&new).unwrap(), both);
}

#[test]
fn a_former_key_that_is_of_another_log_or_counts_twice_is_refused() {
    let key = |seed, name| SigningKey::<role::Log>::from_seed(&[seed; 32], name).unwrap();
    let former = |key: SigningKey<role::Log>| FormerKey {
        key: key.verifying_key(),
        until: 1,
    };
    let policy = || policy("quorum none\n").unwrap();
    for (wrong, says) in [
        (vec![former(key(43, "other.example/log"))], "the log's name"),
        (vec![former(key(42, LOG))], "of now"),
        (vec![former(key(1, LOG))], "witness"),
        (vec![former(key(43, LOG)), former(key(43, LOG))], "once"),
        (vec![former(key(43, LOG)); 33], "32"),
    ] {
        let error = policy().with_former(wrong).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
    assert!(policy().with_former(vec![former(key(43, LOG))]).is_ok());
}

/// The two keys of a witness.
fn both(number: u8) -> (SigningKey<role::Witness>, MlDsaKey) {
    let name = format!("w{number}.example");
    (
        SigningKey::from_seed(&[number; 32], &name).unwrap(),
        MlDsaKey::from_seed(&[number; 32], &name).unwrap(),
    )
}

/// A policy that names w1 with both keys, and w2 with its ML-DSA-44 key.
fn of_both(lines: &str) -> Result<CheckpointPolicy, PolicyError> {
    let ((old, new), (_, other)) = (both(1), both(2));
    CheckpointPolicy::parse(&format!(
        "log {}\nwitness old {}\nwitness new {}\nwitness other {}\n{lines}",
        log_key().verifying_key(),
        old.verifying_key(),
        new.verifying_key(),
        other.verifying_key()
    ))
}

/// A checkpoint of seven entries, with these lines.
fn cosigned(lines: &[String]) -> SignedCheckpoint {
    let head = Head {
        size: 7,
        root: crate::Hash::EMPTY_TREE,
    };
    let signed = SignedCheckpoint::sign(&log_key(), &head).unwrap();
    let log = signed.text().lines().last().unwrap();
    let lines: Vec<_> = std::iter::once(log)
        .chain(lines.iter().map(String::as_str))
        .collect();
    SignedCheckpoint::parse(assemble(signed.body(), &lines).as_bytes()).unwrap()
}

#[test]
fn cosignatures_of_both_types_make_a_quorum() {
    let ((old, new), (_, other)) = (both(1), both(2));
    let body = cosigned(&[]).body().to_owned();
    let by_old = |time| old.cosign(&body, time).unwrap();
    let by_new = |time| new.cosign(&body, time).unwrap();
    let by_other = |time| other.cosign(&body, time).unwrap();
    let seen = |lines: &str, by: &[String]| {
        let verified = of_both(lines).unwrap().verify(&cosigned(by)).ok()?;
        verified.seen_at()
    };
    let two = "group two all old other\nquorum two\n";
    assert_eq!(seen(two, &[by_old(8), by_other(5)]), Some(5));
    assert_eq!(seen(two, &[by_old(8), by_new(9)]), None);
    assert_eq!(seen(two, &[by_new(8), by_other(5)]), None, "its other key");
    assert_eq!(seen("quorum other\n", &[by_other(5)]), Some(5));
    // Whichever key, or both.
    let any = "group w1 any old new\ngroup two all w1 other\nquorum two\n";
    for by in [by_old(8), by_new(8)] {
        assert_eq!(seen(any, &[by.clone(), by_other(9)]), Some(8));
        assert_eq!(seen(any, &[by]), None);
    }
    assert_eq!(seen(any, &[by_old(8), by_new(9)]), None, "one witness");
    let all = "group w1 all old new\nquorum w1\n";
    assert_eq!(seen(all, &[by_old(8), by_new(9)]), Some(8));
    assert_eq!(seen(all, &[by_old(8)]), None);
    // It stands there once, with what it said last.
    let verified = of_both(all)
        .unwrap()
        .verify(&cosigned(&[by_old(8), by_new(9)]));
    let (witness, time) = ("w1.example".to_owned(), 9);
    assert_eq!(
        verified.unwrap().cosignatures(),
        [Cosignature { witness, time }]
    );
}

#[test]
fn a_false_line_of_a_known_key_of_either_type_spoils_the_checkpoint() {
    let (old, new) = both(1);
    let here = cosigned(&[]);
    let elsewhere = here.body().replacen("\n7\n", "\n8\n", 1);
    let good = [
        old.cosign(here.body(), 5).unwrap(),
        new.cosign(here.body(), 5).unwrap(),
    ];
    let policy = of_both("group w1 any old new\nquorum w1\n").unwrap();
    assert!(policy.verify(&cosigned(&good)).is_ok());
    for (place, other) in [
        (0, old.cosign(&elsewhere, 5).unwrap()),
        (1, new.cosign(&elsewhere, 5).unwrap()),
    ] {
        let mut lines = good.clone();
        lines[place] = other;
        assert!(policy.verify(&cosigned(&lines)).is_err(), "{place}");
    }
    // Of a key that nobody named, it is ignored.
    let stranger = both(3).1.cosign(&elsewhere, 5).unwrap();
    let with = [good[0].clone(), stranger];
    assert!(policy.verify(&cosigned(&with)).is_ok());
}

#[test]
fn a_witness_with_two_keys_counts_once() {
    for (wrong, says) in [
        ("group two 2 old new other\nquorum two\n", "count twice"),
        (
            "group a any old other\ngroup b all a new\nquorum b\n",
            "count twice",
        ),
        ("group a any old other\nquorum new\n", "count twice"),
    ] {
        let why = of_both(wrong).unwrap_err();
        assert!(why.rule.contains(says), "{wrong:?}: {why}");
    }
    let again = |seed: u8, name: &str| {
        let key = MlDsaKey::from_seed(&[seed; 32], name).unwrap();
        of_both(&format!(
            "witness again {}\nquorum none\n",
            key.verifying_key()
        ))
    };
    assert!(
        again(9, "w1.example").unwrap_err().rule.contains("twice"),
        "two of one type"
    );
    assert!(
        again(2, "w9.example").unwrap_err().rule.contains("twice"),
        "one key"
    );
    assert!(again(9, "w9.example").is_ok());
}
