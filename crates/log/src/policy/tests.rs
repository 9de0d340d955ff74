//! Policies as files, and what they ask of a checkpoint.

use lagrum_notes::{SigningKey, VerifyingKey, role};

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
        .is_met(&|name| names.iter().any(|one| one == name))
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
