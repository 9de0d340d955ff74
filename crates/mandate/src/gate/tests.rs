//! A provider whose gate is tried, check by check.

#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

mod boxes;
mod counted;
mod inquired;
mod law;
mod log;
mod look_up;
mod names;
mod passkeys;
mod passphrase;
mod recall;
mod recipients;
mod scope;
mod signatures;

use std::cell::RefCell;

use lagrum_log::{Commitment, Proof, Salt};
use lagrum_model::{EventKind, Role};
use std::sync::Arc;

use jiff::civil::date;
use lagrum_law::LawPacks;
use lagrum_log::Log;
use lagrum_log::testing::MemoryHead;
use lagrum_model::{Act, CaseId, Controller, InstrumentKind, IssuerKind, Service};
use lagrum_notes::{SigningKey, role};

use super::*;
use crate::testing::{self, mandate};

/// A provider with keys, a log on disk, and today's law.
struct Provider {
    olof: SigningKey<role::Person>,
    elin: SigningKey<role::Person>,
    maja: SigningKey<role::Person>,
    stranger: SigningKey<role::Person>,
    roster: Roster,
    recipients: Recipients,
    policy: CheckpointPolicy,
    law: Arc<Law>,
    log: RefCell<(Log, MemoryHead)>,
    _dir: tempfile::TempDir,
}

const NOW: &str = "2026-11-21T12:00:00Z";

impl Provider {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let key = |seed: u8, name: &str| SigningKey::from_seed(&[seed; 32], name).unwrap();
        let (olof, elin, maja, stranger) = (
            key(1, "kvist.example/olof"),
            key(2, "kvist.example/elin"),
            key(3, "firm.example/maja"),
            key(4, "evil.example/eve"),
        );
        let roster = testing::roster(&[
            ("Olof", Role::Analyst, &olof),
            ("Elin", Role::Analyst, &elin),
            ("Maja", Role::Counsel, &maja),
        ]);
        let log_key = SigningKey::<role::Log>::from_seed(&[8; 32], "kvist.example/log").unwrap();
        let policy = CheckpointPolicy::of_log(log_key.verifying_key());
        let log = Log::open(
            &dir.path().join("log"),
            &dir.path().join("staging"),
            log_key,
        )
        .unwrap();
        Self {
            olof,
            elin,
            maja,
            stranger,
            roster,
            recipients: testing::recipients(),
            policy,
            law: LawPacks::embedded()
                .unwrap()
                .in_force(date(2026, 11, 21))
                .unwrap(),
            log: RefCell::new((log, MemoryHead::default())),
            _dir: dir,
        }
    }

    /// The mandate's text under the signatures of `signers`, logged as it should be.
    fn untrusted(
        &self,
        mandate: &Mandate,
        signers: &[&SigningKey<role::Person>],
    ) -> UntrustedMandate {
        let event = EventKind::Mandated {
            mandate: mandate.digest(),
        };
        self.with_event(mandate, signers, event)
    }

    fn with_event(
        &self,
        mandate: &Mandate,
        signers: &[&SigningKey<role::Person>],
        what: EventKind,
    ) -> UntrustedMandate {
        let note = testing::signed(mandate, signers);
        self.with_note(mandate, note, what)
    }

    /// The mandate's text under these lines, logged as it should be.
    fn with_lines(&self, mandate: &Mandate, lines: &[&str]) -> UntrustedMandate {
        let note = lagrum_notes::assemble(&mandate.to_text(), lines);
        let what = EventKind::Mandated {
            mandate: mandate.digest(),
        };
        self.with_note(mandate, note, what)
    }

    fn with_note(&self, mandate: &Mandate, note: String, what: EventKind) -> UntrustedMandate {
        let salt = Salt::from_bytes([9; 32]);
        let logged = testing::logged(&mandate.case, 9, NOW.parse().unwrap(), salt, what);
        let commitment = Commitment::of(&logged.salt, logged.event.as_bytes());
        let (log, store) = &mut *self.log.borrow_mut();
        let head = log.append(store, &[commitment]).unwrap();
        let extra = serde_json::to_vec(&logged).unwrap();
        let proof = Proof::new(log.prove(head.size - 1).unwrap(), extra).unwrap();
        UntrustedMandate {
            note: note.into_bytes(),
            proof: proof.to_string().into_bytes(),
            answers: Vec::new(),
        }
    }

    fn admit(&self, untrusted: &UntrustedMandate) -> Result<Cleared, Refused> {
        self.admit_at(
            untrusted,
            NOW,
            "stockholm",
            "SE",
            Controller::Consumer,
            &|_| Ok(Standing::New),
        )
    }

    /// The usual mandate with a change, as its two people signed it.
    fn admit_changed(&self, change: &dyn Fn(&mut Mandate)) -> Result<Cleared, Refused> {
        let mut mandate = mandate();
        change(&mut mandate);
        self.admit(&self.untrusted(&mandate, &[&self.olof, &self.maja]))
    }

    fn admit_at(
        &self,
        untrusted: &UntrustedMandate,
        now: &str,
        region: &str,
        country: &str,
        controller: Controller,
        standing: &dyn Fn(&Mandate) -> Result<Standing, String>,
    ) -> Result<Cleared, Refused> {
        let region = Region::parse(region).unwrap();
        let gate = Gate {
            region: &region,
            roster: &self.roster,
            own_machine: true,
            recipients: &self.recipients,
            log: &self.policy,
            law: &self.law,
            holding: &|_, category| {
                let country = lagrum_model::testing::country(country);
                let known = Holding::new(category, region.clone(), country, controller);
                Ok(Holding {
                    service: Some(Service::InternetAccess),
                    ..known
                })
            },
            unknown: &|category| {
                let country = lagrum_model::testing::country(country);
                let nobodys = Holding::new(category, region.clone(), country, Controller::Consumer);
                Holding {
                    service: Some(Service::InternetAccess),
                    ..nobodys
                }
            },
            counted: &|_| Ok(()),
            standing,
            remembers_since: "2026-11-21T09:00:00Z".parse().unwrap(),
            now: now.parse().unwrap(),
        };
        gate.admit(untrusted)
    }
}

fn refused(answer: Result<Cleared, Refused>, check: fn(&Refused) -> bool, says: &str) {
    let why = answer.expect_err(says);
    assert!(check(&why), "refused by another check: {why}");
    assert!(
        why.to_string().contains(says),
        "`{why}` should say `{says}`"
    );
}

#[test]
fn a_mandate_that_passes_all_four_checks_is_cleared_for_exactly_its_scope() {
    let provider = Provider::new();
    let mandate = mandate();
    let cleared = provider
        .admit(&provider.untrusted(&mandate, &[&provider.olof, &provider.maja]))
        .unwrap();
    assert_eq!(*cleared.mandate(), mandate);
    let orders: Vec<_> = cleared
        .orders()
        .map(|o| (o.identifier().clone(), o.category(), o.period()))
        .collect();
    assert_eq!(
        orders,
        [(
            mandate.identifiers[0].clone(),
            Category::Content,
            mandate.period
        )]
    );
}

#[test]
fn what_is_told_of_the_rest_of_the_demand_is_what_two_people_signed_for() {
    let provider = Provider::new();
    let answer = |answer: &str| {
        let part = serde_json::json!({
            "identifier": {"kind": "email-address", "value": "a@b.example"},
            "category": "traffic", "answer": answer,
        });
        let part = serde_json::from_value(part).unwrap();
        crate::DemandAnswers {
            parts: vec![part],
            rules: vec![],
        }
    };
    let said = answer("reject");
    let mut mandate = mandate();
    mandate.answers = Some(crate::AnswersRef {
        sha256: said.digest(),
        here: vec![],
    });
    let signed = provider.untrusted(&mandate, &[&provider.olof, &provider.maja]);
    let with = |answers: Vec<u8>| {
        provider.admit(&UntrustedMandate {
            answers,
            ..signed.clone()
        })
    };
    let cleared = with(said.to_text().into_bytes()).unwrap();
    assert_eq!(cleared.answers(), Some(&said));
    assert_eq!(cleared.others().len(), 1);
    let exact = |why: &Refused| matches!(why, Refused::Mandate(_));
    let other = answer("produce").to_text().into_bytes();
    refused(with(other), exact, "is not what the mandate names");
    refused(with(Vec::new()), exact, "is missing");
    refused(with(b"{}".to_vec()), exact, "cannot be read");
    // One that names none has none.
    let mandate = super::super::testing::mandate();
    let signed = provider.untrusted(&mandate, &[&provider.olof, &provider.maja]);
    let more = UntrustedMandate {
        answers: said.to_text().into_bytes(),
        ..signed
    };
    refused(provider.admit(&more), exact, "does not name it");
}
