use std::cell::RefCell;
use std::path::Path;

use jiff::civil::date;
use lagrum_law::LawPacks;
use lagrum_log::{Head, HeadStore, Log};
use lagrum_model::{
    Act, Actor, AuthorityFacts, AuthorityKind, Basis, CaseId, Controller, CountryCode,
    EmailAddress, Identifier, InstrumentFacts, InstrumentKind, IssuerKind, Period, Recipient,
};
use lagrum_notes::{SigningKey, assemble, role};
use rand_core::{CryptoRng, RngCore};

use super::*;
use crate::Person;

/// Repeatable randomness.
struct Seeded(u64);
impl RngCore for Seeded {
    fn next_u32(&mut self) -> u32 {
        (self.next_u64() >> 32) as u32
    }
    fn next_u64(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.0
    }
    fn fill_bytes(&mut self, dest: &mut [u8]) {
        rand_core::impls::fill_bytes_via_next(self, dest);
    }
    fn try_fill_bytes(&mut self, dest: &mut [u8]) -> Result<(), rand_core::Error> {
        self.fill_bytes(dest);
        Ok(())
    }
}
impl CryptoRng for Seeded {}

#[derive(Default)]
struct Memory(Option<Head>);
impl HeadStore for Memory {
    type Error = std::convert::Infallible;
    fn head(&self) -> Result<Option<Head>, Self::Error> {
        Ok(self.0)
    }
    fn compare_and_swap(
        &mut self,
        expected: Option<&Head>,
        new: &Head,
    ) -> Result<bool, Self::Error> {
        let fits = self.0.as_ref() == expected;
        if fits {
            self.0 = Some(*new);
        }
        Ok(fits)
    }
}

/// A provider with keys, a log on disk, and today's law.
struct Provider {
    olof: SigningKey<role::Person>,
    elin: SigningKey<role::Person>,
    maja: SigningKey<role::Person>,
    stranger: SigningKey<role::Person>,
    roster: Roster,
    policy: CheckpointPolicy,
    law: Law,
    log: RefCell<(Log, Memory)>,
    _dir: tempfile::TempDir,
}

const NOW: &str = "2026-11-21T12:00:00Z";

impl Provider {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut random = Seeded(7);
        let mut key = |name: &str| SigningKey::generate(&mut random, name).unwrap();
        let (olof, elin, maja, stranger) = (
            key("kvist.example/olof"),
            key("kvist.example/elin"),
            key("firm.example/maja"),
            key("evil.example/eve"),
        );
        let person = |name: &str, role, key: &SigningKey<role::Person>| Person {
            name: name.into(),
            role,
            key: key.verifying_key(),
        };
        let roster = Roster::new(vec![
            person("Olof", Role::Analyst, &olof),
            person("Elin", Role::Analyst, &elin),
            person("Maja", Role::Counsel, &maja),
        ])
        .unwrap();
        let log_key =
            SigningKey::<role::Log>::generate(&mut Seeded(8), "kvist.example/log").unwrap();
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
            policy,
            law: LawPacks::embedded()
                .unwrap()
                .in_force(date(2026, 11, 21))
                .unwrap(),
            log: RefCell::new((log, Memory::default())),
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
        let text = mandate.to_text();
        let lines: Vec<_> = signers
            .iter()
            .map(|key| key.sign_line(&text).unwrap())
            .collect();
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        let event = Event {
            format: lagrum_model::EventFormat::V1,
            more: std::collections::BTreeMap::new(),
            case: mandate.case.clone(),
            number: 9,
            at: NOW.parse().unwrap(),
            actor: Actor::Person {
                id: "olof".into(),
                name: "Maja".into(),
                role: Role::Counsel,
            },
            reason: "two people signed".into(),
            what,
        };
        let logged = LoggedEvent {
            salt: Salt::from_bytes([9; 32]),
            event: serde_json::to_string(&event).unwrap(),
        };
        let commitment = Commitment::of(&logged.salt, logged.event.as_bytes());
        let (log, store) = &mut *self.log.borrow_mut();
        let head = log.append(store, &[commitment]).unwrap();
        let extra = serde_json::to_vec(&logged).unwrap();
        let proof = Proof::new(log.prove(head.size - 1).unwrap(), extra).unwrap();
        UntrustedMandate {
            note: assemble(&text, &lines).into_bytes(),
            proof: proof.to_string().into_bytes(),
        }
    }

    fn admit(&self, untrusted: &UntrustedMandate) -> Result<Cleared, Refused> {
        self.admit_at(
            untrusted,
            NOW,
            "stockholm",
            "SE",
            Controller::Consumer,
            &|_| Ok(false),
        )
    }

    fn admit_at(
        &self,
        untrusted: &UntrustedMandate,
        now: &str,
        region: &str,
        country: &str,
        controller: Controller,
        carried_out: &dyn Fn(&Nonce) -> Result<bool, String>,
    ) -> Result<Cleared, Refused> {
        let region = Region::parse(region).unwrap();
        let gate = Gate {
            region: &region,
            roster: &self.roster,
            log: &self.policy,
            law: &self.law,
            holding: &|_, category| Holding {
                category,
                region: region.clone(),
                stored_in: CountryCode::parse(country).unwrap(),
                controller,
                holder_resides_in: None,
                holder_is_us_person: None,
                privileged: false,
                public_authority_of: None,
            },
            carried_out,
            now: now.parse().unwrap(),
        };
        gate.admit(untrusted)
    }
}

/// What a Swedish court's decision leads to.
fn mandate() -> Mandate {
    let sweden = CountryCode::parse("SE").unwrap();
    let address = EmailAddress::parse("bjork@kvist.example").unwrap();
    Mandate {
        case: CaseId::new(2026, 4),
        demand: Sha256Digest::of(b"demand"),
        reference: "AM-1".into(),
        region: Region::parse("stockholm").unwrap(),
        act: Act::Disclose,
        identifiers: vec![Identifier::EmailAddress(address).try_into().unwrap()],
        categories: vec![Category::Content],
        period: Period::new(
            "2026-01-01T00:00:00Z".parse().unwrap(),
            "2026-02-01T00:00:00Z".parse().unwrap(),
        )
        .unwrap(),
        recipient: Recipient {
            name: "Police".into(),
            key: "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p".into(),
        },
        basis: Basis {
            authority: AuthorityFacts {
                country: sweden,
                kind: AuthorityKind::Police,
                verified: true,
            },
            instrument: InstrumentFacts {
                kind: InstrumentKind::CourtDecision,
                country: sweden,
                issued_by: IssuerKind::Judge,
                validated_by: None,
                signed: true,
                qualified_signature: false,
                treaty: false,
                notification: None,
                customer_cannot_be_asked: false,
                interim: false,
                rank_confirmed: false,
                certified: false,
                valid_until: None,
                digital_services: None,
            },
            addressee_country: sweden,
            maximum_penalty_months: Some(120),
            listed_offence: false,
            emergency: false,
            emergency_believed: false,
            purpose: None,
            sentence: None,
            findings: lagrum_model::ProviderFindings::default(),
        },
        provision: "RB 27:21".into(),
        issued_at: "2026-11-21T10:00:00Z".parse().unwrap(),
        expires_at: "2026-12-01T10:00:00Z".parse().unwrap(),
        nonce: Nonce([5; 16]),
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
fn signatures(why: &Refused) -> bool {
    matches!(why, Refused::Signatures(_))
}
fn log(why: &Refused) -> bool {
    matches!(why, Refused::Log(_))
}
fn law(why: &Refused) -> bool {
    matches!(why, Refused::Law(_))
}
fn scope(why: &Refused) -> bool {
    matches!(why, Refused::Mandate(_))
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
fn check_1_two_different_people_of_the_roster_one_of_them_counsel() {
    let provider = Provider::new();
    let Provider {
        olof,
        elin,
        maja,
        stranger,
        ..
    } = &provider;
    let with = |signers: &[&SigningKey<role::Person>]| {
        provider.admit(&provider.untrusted(&mandate(), signers))
    };
    refused(with(&[maja]), signatures, "1 of 2");
    refused(with(&[olof]), signatures, "1 of 2");
    refused(with(&[maja, stranger]), signatures, "1 of 2");
    refused(with(&[maja, maja]), signatures, "1 of 2");
    refused(with(&[olof, elin]), signatures, "counsel");
    refused(with(&[stranger]), signatures, "");
    assert!(
        with(&[stranger, elin, maja]).is_ok(),
        "a signature more does no harm"
    );
}

#[test]
fn check_1_one_person_with_two_keys_is_one_person() {
    let mut provider = Provider::new();
    let mut people = provider.roster.people().to_vec();
    people[0].name = "Maja".into();
    people[0].role = Role::Counsel;
    provider.roster = Roster::new(people).unwrap();
    let Provider {
        olof, elin, maja, ..
    } = &provider;
    refused(
        provider.admit(&provider.untrusted(&mandate(), &[olof, maja])),
        signatures,
        "1 of 2",
    );
    assert!(
        provider
            .admit(&provider.untrusted(&mandate(), &[olof, elin]))
            .is_ok()
    );
}

#[test]
fn check_1_a_roster_with_one_key_under_two_names_is_refused() {
    let provider = Provider::new();
    let mut people = provider.roster.people().to_vec();
    people[1].key = people[2].key.clone();
    assert!(Roster::new(people).unwrap_err().contains("same key"));
}

#[test]
fn check_1_only_analysts_and_counsel_are_on_a_roster() {
    let provider = Provider::new();
    for role in Role::ALL {
        let mut people = provider.roster.people().to_vec();
        people[0].role = role;
        let made = Roster::new(people);
        let signs = matches!(role, Role::Analyst | Role::Counsel);
        assert_eq!(made.is_ok(), signs, "{role}: {made:?}");
    }
}

#[test]
fn check_1_any_changed_byte_of_the_note_closes_the_gate() {
    let provider = Provider::new();
    let genuine = provider.untrusted(&mandate(), &[&provider.olof, &provider.maja]);
    for at in 0..genuine.note.len() {
        let mut changed = genuine.clone();
        changed.note[at] ^= 1;
        assert!(provider.admit(&changed).is_err(), "byte {at}");
    }
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
    let forged = SigningKey::<role::Log>::generate(&mut Seeded(99), "kvist.example/log").unwrap();
    let dir = tempfile::tempdir().unwrap();
    let open = |name: &str| dir.path().join(name);
    *other.log.borrow_mut() = (
        Log::open(&open("log"), Path::new(&open("staging")), forged).unwrap(),
        Memory::default(),
    );
    let untrusted = other.untrusted(&mandate(), &[&provider.olof, &provider.maja]);
    refused(provider.admit(&untrusted), log, "");
}

#[test]
fn check_3_the_agents_own_law_decides_for_the_place_where_the_data_lies() {
    let provider = Provider::new();
    let untrusted = provider.untrusted(&mandate(), &[&provider.olof, &provider.maja]);
    let at = |country, controller| {
        provider.admit_at(&untrusted, NOW, "stockholm", country, controller, &|_| {
            Ok(false)
        })
    };
    refused(
        at("IE", Controller::Consumer),
        law,
        "content data stored in IE",
    );
    refused(at("SE", Controller::Enterprise), law, "content data");
    assert!(at("SE", Controller::Consumer).is_ok());
    let mut unverified = mandate();
    unverified.basis.authority.verified = false;
    refused(
        provider.admit(&provider.untrusted(&unverified, &[&provider.olof, &provider.maja])),
        law,
        "",
    );
}

#[test]
fn check_3_the_law_permits_the_act_of_the_mandate_and_no_other() {
    let provider = Provider::new();
    let signers = [&provider.olof, &provider.maja];
    let admit = |mandate: &Mandate| provider.admit(&provider.untrusted(mandate, &signers));
    let mut keep = mandate();
    keep.basis.instrument.kind = InstrumentKind::PreservationOrder;
    keep.basis.instrument.issued_by = IssuerKind::Prosecutor;
    refused(
        admit(&keep),
        law,
        "is to disclose, the instrument asks to preserve",
    );
    keep.act = Act::Preserve;
    let cleared = admit(&keep).unwrap();
    assert_eq!(cleared.mandate().act, Act::Preserve);
    let mut hand_over = mandate();
    hand_over.act = Act::Preserve;
    refused(
        admit(&hand_over),
        law,
        "is to preserve, the instrument asks to disclose",
    );
}

#[test]
fn check_4_the_scope_is_exact_and_new() {
    let provider = Provider::new();
    let signers = [&provider.olof, &provider.maja];
    let change = |change: &dyn Fn(&mut Mandate)| {
        let mut mandate = mandate();
        change(&mut mandate);
        provider.admit(&provider.untrusted(&mandate, &signers))
    };
    refused(
        change(&|m| m.identifiers.clear()),
        scope,
        "names no account",
    );
    refused(change(&|m| m.categories.clear()), scope, "no category");
    refused(
        change(&|m| m.region = Region::parse("dublin").unwrap()),
        scope,
        "is for dublin",
    );
    refused(
        change(&|m| m.recipient.key = "age1".into()),
        scope,
        "recipient",
    );
    refused(
        change(&|m| m.expires_at = "2026-11-21T12:00:00Z".parse().unwrap()),
        scope,
        "expired",
    );
    refused(
        change(&|m| m.expires_at = "2027-11-21T12:00:00Z".parse().unwrap()),
        scope,
        "30 days",
    );
    refused(
        change(&|m| m.issued_at = "2026-11-21T12:06:00Z".parse().unwrap()),
        scope,
        "future",
    );

    let genuine = provider.untrusted(&mandate(), &signers);
    let with = |carried: &dyn Fn(&Nonce) -> Result<bool, String>| {
        provider.admit_at(
            &genuine,
            NOW,
            "stockholm",
            "SE",
            Controller::Consumer,
            carried,
        )
    };
    refused(with(&|_| Ok(true)), scope, "carried out before");
    refused(with(&|_| Err("disk".into())), scope, "not known");
}

#[test]
fn a_network_can_never_stand_in_a_mandate() {
    let text = mandate()
        .to_text()
        .replace(r#""kind": "email-address""#, r#""kind": "network""#);
    let why = Mandate::parse(&text).unwrap_err().to_string();
    assert!(why.contains("names no account"), "{why}");
}

#[test]
fn a_mandate_has_exactly_one_text() {
    let text = mandate().to_text();
    assert_eq!(Mandate::parse(&text).unwrap(), mandate());
    for other in [
        text.replace("  ", " "),
        text.clone() + "\n",
        text.replace("AM-1", "AM\\u002d1"),
    ] {
        assert!(Mandate::parse(&other).is_err());
    }
    let unbounded = text.replace("2026-02-01T00:00:00Z", "2026-01-01T00:00:00Z");
    assert!(
        Mandate::parse(&unbounded).is_err(),
        "an empty period is no period"
    );
}
