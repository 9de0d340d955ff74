//! Check 2: the log.

#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

use super::*;
use crate::Nonce;

fn log(why: &Refused) -> bool {
    matches!(why, Refused::Log(_))
}

#[test]
fn check_2_the_log_has_exactly_this_mandate() {
    let provider = Provider::new();
    let signers = [&provider.olof, &provider.maja];
    let (one, mut other) = (mandate(), mandate());
    other.nonce = Nonce([6; 16]);
    let genuine = provider.untrusted(&one, &signers);
    let swapped = UntrustedMandate {
        proof: provider.untrusted(&other, &signers).proof,
        ..genuine.clone()
    };
    refused(
        provider.admit(&swapped),
        log,
        "does not release this mandate",
    );
    let mut event_of_other_case = one.clone();
    event_of_other_case.case = CaseId::new(2026, 5);
    let released = EventKind::Mandated {
        mandate: one.digest(),
    };
    let swapped = UntrustedMandate {
        proof: provider
            .with_event(&event_of_other_case, &signers, released)
            .proof,
        ..genuine.clone()
    };
    refused(
        provider.admit(&swapped),
        log,
        "does not release this mandate",
    );
    let drafted = EventKind::NotProduced {
        mandate: one.digest(),
        why: "no".into(),
        answer: None,
    };
    refused(
        provider.admit(&provider.with_event(&one, &signers, drafted)),
        log,
        "does not release",
    );
    let nothing = UntrustedMandate {
        proof: b"".to_vec(),
        ..genuine
    };
    refused(provider.admit(&nothing), log, "");
}

#[test]
fn check_2_any_changed_byte_of_the_proof_closes_the_gate() {
    let provider = Provider::new();
    let genuine = provider.untrusted(&mandate(), &[&provider.olof, &provider.maja]);
    for at in 0..genuine.proof.len() {
        let mut changed = genuine.clone();
        changed.proof[at] ^= 1;
        assert!(provider.admit(&changed).is_err(), "byte {at}");
    }
}

#[test]
fn check_2_another_log_is_not_believed() {
    let (provider, other) = (Provider::new(), Provider::new());
    let forged = SigningKey::<role::Log>::from_seed(&[99; 32], "kvist.example/log").unwrap();
    let dir = tempfile::tempdir().unwrap();
    let open = |name: &str| dir.path().join(name);
    *other.log.borrow_mut() = (
        Log::open(&open("log"), &open("staging"), forged).unwrap(),
        MemoryHead::default(),
    );
    let untrusted = other.untrusted(&mandate(), &[&provider.olof, &provider.maja]);
    refused(provider.admit(&untrusted), log, "");
}
