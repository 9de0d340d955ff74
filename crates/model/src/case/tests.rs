use super::*;
use crate::{Category, Citation, Effect, EmailAddress, Finding, Holding, Identifier, Part, Region};

const DEMAND: &str = r#"
format = "lagrum-demand/1"
reference = "R 1"
[authority]
name = "Police"
country = "SE"
kind = "police"
officer = { name = "O", email = "o@police.example" }
[instrument]
kind = "court-decision"
country = "SE"
provision = "RB 27:21"
issued_on = 2026-11-02
issued_by = { name = "Court", kind = "judge" }
[addressee]
entity = "Kvist Mail AB"
country = "SE"
[scope]
identifiers = [{ kind = "email-address", value = "bjork@kvist.example" }]
categories = ["content", "subscriber"]
period = { from = "2026-01-01T00:00:00Z", until = "2026-02-01T00:00:00Z" }
"#;

/// A case that is driven by commands, as the desk drives it.
struct Driven(Case);

impl Driven {
    fn new() -> Self {
        let mut driven = Self(Case::default());
        driven
            .tell(Command::Receive {
                original: Original::of("demand.toml", b"bytes", Arrival::default()),
            })
            .unwrap();
        driven
    }

    fn tell(&mut self, command: Command) -> Result<usize, Refusal> {
        self.tell_as(Role::Analyst, command)
    }

    fn tell_as(&mut self, role: Role, command: Command) -> Result<usize, Refusal> {
        let actor = Actor::Person {
            id: "elin".into(),
            name: "Elin".into(),
            role,
        };
        let happened = self.0.handle(&actor, command)?;
        let count = happened.len();
        for what in happened {
            let event = Event {
                format: EventFormat::V1,
                case: CaseId::new(2026, 1),
                number: self.0.events + 1,
                at: Timestamp::UNIX_EPOCH,
                actor: actor.clone(),
                reason: "test".into(),
                what,
                more: BTreeMap::new(),
            };
            let text = serde_json::to_string(&event).unwrap();
            assert_eq!(serde_json::from_str::<Event>(&text).unwrap(), event);
            self.0.apply(&event);
        }
        Ok(count)
    }

    fn decided(dispositions: [Disposition; 2]) -> Self {
        let mut driven = Self::assessed(true, [Disposition::Produce, Disposition::Produce]);
        driven.tell(decide(dispositions)).unwrap();
        driven
    }

    fn assessed(verified: bool, found: [Disposition; 2]) -> Self {
        let mut driven = Self::new();
        let demand = Box::new(Demand::parse(DEMAND.as_bytes()).unwrap());
        driven.tell(Command::Describe { demand }).unwrap();
        driven
            .tell(Command::Authenticate {
                verified,
                how: "called back".into(),
            })
            .unwrap();
        driven
            .tell(Command::Assess {
                assessment: Box::new(assessment(found)),
            })
            .unwrap();
        driven
    }

    fn drafted() -> (Self, Sha256Digest) {
        let mut driven = Self::decided([Disposition::Produce, Disposition::Reject]);
        let mandate = Sha256Digest::of(b"text\n");
        let draft = Command::DraftMandate {
            mandate,
            text: "text\n".into(),
            parts: vec![0],
        };
        driven.tell(draft).unwrap();
        (driven, mandate)
    }

    fn approve(
        &mut self,
        mandate: Sha256Digest,
        signer: &str,
        role: Role,
    ) -> Result<usize, Refusal> {
        let signature = "— line".to_owned();
        self.tell(Command::Approve {
            mandate,
            signer: signer.into(),
            role,
            signature,
        })
    }
}

fn assessment(found: [Disposition; 2]) -> Assessment {
    let part = |category, disposition| Part {
        asked_in: 0,
        identifier: Identifier::EmailAddress(EmailAddress::parse("bjork@kvist.example").unwrap()),
        category,
        holding: Some(Holding {
            category,
            region: Region::parse("stockholm").unwrap(),
            stored_in: crate::CountryCode::parse("SE").unwrap(),
            controller: crate::Controller::Consumer,
            holder_resides_in: None,
            holder_is_us_person: None,
            privileged: false,
            public_authority_of: None,
        }),
        finding: Finding {
            disposition,
            instead: None,
            decided_by: vec![Citation {
                rule: "r".into(),
                effect: Effect::Permit,
                cite: "c".into(),
                says: "s".into(),
                verified: "primary text".into(),
            }],
            overridden: vec![],
        },
        note: None,
    };
    Assessment {
        as_of: jiff::civil::date(2026, 11, 21),
        law: Sha256Digest::of(b"law"),
        parts: vec![
            part(Category::Content, found[0]),
            part(Category::Subscriber, found[1]),
        ],
    }
}

fn decide(dispositions: [Disposition; 2]) -> Command {
    let answer = |(part, disposition)| Answer {
        part,
        disposition,
        reason: "because".into(),
    };
    Command::Decide {
        answers: dispositions.into_iter().enumerate().map(answer).collect(),
    }
}

#[test]
fn a_demand_goes_the_whole_way_in_order() {
    let (mut driven, mandate) = Driven::drafted();
    assert_eq!(driven.0.state(), CaseState::Decided);
    driven.approve(mandate, "Olof", Role::Analyst).unwrap();
    assert_eq!(driven.0.state(), CaseState::PartlyApproved);
    driven.approve(mandate, "Maja", Role::Counsel).unwrap();
    driven.tell(Command::Mandate { mandate }).unwrap();
    assert_eq!(driven.0.state(), CaseState::Mandated);
    assert!(
        driven.tell(Command::Close).is_err(),
        "an agent still has the mandate"
    );
    let package = Sha256Digest::of(b"package");
    let record = Command::RecordProduction {
        mandate,
        package,
        items: 3,
        for_review: 1,
    };
    driven.tell(record.clone()).unwrap();
    assert_eq!(driven.tell(record), Ok(0), "told twice, recorded once");
    assert_eq!(driven.0.state(), CaseState::Produced);
    driven
        .tell(Command::Deliver {
            package,
            to: "Police".into(),
        })
        .unwrap();
    assert_eq!(driven.0.state(), CaseState::Delivered);
    driven.tell(Command::Close).unwrap();
    assert_eq!(driven.0.state(), CaseState::Closed);
}

#[test]
fn nothing_is_released_without_two_people_one_of_them_counsel() {
    let (mut driven, mandate) = Driven::drafted();
    assert!(driven.tell(Command::Mandate { mandate }).is_err());
    driven.approve(mandate, "Olof", Role::Analyst).unwrap();
    assert_eq!(
        driven.approve(mandate, "Olof", Role::Analyst),
        Ok(0),
        "the same signature, brought twice"
    );
    let again = Command::Approve {
        mandate,
        signer: "Olof".into(),
        role: Role::Analyst,
        signature: "— another line".into(),
    };
    assert!(
        matches!(driven.tell(again), Err(Refusal::AlreadySigned { .. })),
        "the same person again"
    );
    assert!(driven.tell(Command::Mandate { mandate }).is_err());
    driven.approve(mandate, "Elin", Role::Analyst).unwrap();
    assert_eq!(
        driven.tell(Command::Mandate { mandate }),
        Err(Refusal::CounselMissing)
    );
    driven.approve(mandate, "Maja", Role::Counsel).unwrap();
    driven.tell(Command::Mandate { mandate }).unwrap();
}

#[test]
fn a_person_can_be_stricter_than_the_law_packs_and_never_laxer() {
    let mut driven = Driven::assessed(true, [Disposition::Challenge, Disposition::Produce]);
    assert_eq!(
        driven.tell(decide([Disposition::Produce, Disposition::Produce])),
        Err(Refusal::LaxerThanLaw {
            part: 0,
            proposed: Disposition::Challenge,
            answered: Disposition::Produce,
        })
    );
    driven
        .tell(decide([Disposition::Reject, Disposition::Challenge]))
        .unwrap();
    assert_eq!(
        driven.0.dispositions(),
        [Disposition::Reject, Disposition::Challenge]
    );
}

#[test]
fn nothing_is_produced_for_a_demand_that_is_not_verified() {
    let mut driven = Driven::assessed(false, [Disposition::Produce, Disposition::Reject]);
    assert!(
        driven
            .tell(decide([Disposition::Produce, Disposition::Reject]))
            .is_err()
    );
    driven
        .tell(decide([Disposition::Reject, Disposition::Reject]))
        .unwrap();
}

#[test]
fn a_new_description_makes_every_finding_about_the_old_one_void() {
    let mut driven = Driven::assessed(true, [Disposition::Produce, Disposition::Produce]);
    let wider = DEMAND.replace("2026-02-01", "2026-03-01");
    let demand = Box::new(Demand::parse(wider.as_bytes()).unwrap());
    driven.tell(Command::Describe { demand }).unwrap();
    assert_eq!(
        (&driven.0.authenticated, &driven.0.assessment),
        (&None, &None)
    );
    assert_eq!(driven.0.state(), CaseState::Described);
}

#[test]
fn a_decision_can_be_taken_back_until_two_people_signed() {
    let (mut driven, mandate) = Driven::drafted();
    driven.approve(mandate, "Maja", Role::Counsel).unwrap();
    driven
        .tell(decide([Disposition::Reject, Disposition::Reject]))
        .unwrap();
    assert!(driven.0.mandates.is_empty(), "what was signed once is void");
    assert!(driven.approve(mandate, "Olof", Role::Analyst).is_err());
    let (mut driven, mandate) = Driven::drafted();
    driven.approve(mandate, "Maja", Role::Counsel).unwrap();
    driven.approve(mandate, "Olof", Role::Analyst).unwrap();
    driven.tell(Command::Mandate { mandate }).unwrap();
    assert!(
        driven
            .tell(decide([Disposition::Reject, Disposition::Reject]))
            .is_err()
    );
}

#[test]
fn a_case_is_not_closed_while_something_is_owed() {
    let (mut driven, mandate) = Driven::drafted();
    assert!(driven.tell(Command::Close).is_err(), "to be signed");
    driven.approve(mandate, "Maja", Role::Counsel).unwrap();
    assert!(
        driven.tell(Command::Close).is_err(),
        "to be signed by another"
    );
    driven.approve(mandate, "Olof", Role::Analyst).unwrap();
    driven.tell(Command::Mandate { mandate }).unwrap();
    assert!(driven.tell(Command::Close).is_err(), "to be carried out");
    let package = Sha256Digest::of(b"package");
    driven
        .tell(Command::RecordProduction {
            mandate,
            package,
            items: 1,
            for_review: 0,
        })
        .unwrap();
    assert!(driven.tell(Command::Close).is_err(), "to be delivered");
    driven
        .tell(Command::Deliver {
            package,
            to: "Police".into(),
        })
        .unwrap();
    driven.tell(Command::Close).unwrap();
}

#[test]
fn a_mandate_covers_only_what_was_decided_to_be_produced() {
    let mut driven = Driven::decided([Disposition::Produce, Disposition::Reject]);
    let mandate = Sha256Digest::of(b"text\n");
    let draft = |parts, mandate| Command::DraftMandate {
        mandate,
        text: "text\n".into(),
        parts,
    };
    assert!(
        driven.tell(draft(vec![0, 1], mandate)).is_err(),
        "part 2 was rejected"
    );
    assert!(driven.tell(draft(vec![], mandate)).is_err());
    assert!(
        driven
            .tell(draft(vec![0], Sha256Digest::of(b"other")))
            .is_err()
    );
    driven.tell(draft(vec![0], mandate)).unwrap();
}

#[test]
fn a_second_package_for_one_mandate_is_refused() {
    let (mut driven, mandate) = Driven::drafted();
    driven.approve(mandate, "Olof", Role::Analyst).unwrap();
    driven.approve(mandate, "Maja", Role::Counsel).unwrap();
    let record = |bytes: &[u8]| Command::RecordProduction {
        mandate,
        package: Sha256Digest::of(bytes),
        items: 1,
        for_review: 0,
    };
    assert!(driven.tell(record(b"early")).is_err(), "not released yet");
    driven.tell(Command::Mandate { mandate }).unwrap();
    driven.tell(record(b"one")).unwrap();
    assert!(driven.tell(record(b"two")).is_err());
}

#[test]
fn what_cannot_be_read_is_kept_and_can_be_described_later() {
    let mut driven = Driven::new();
    driven
        .tell(Command::RecordUnreadable { why: "PDF".into() })
        .unwrap();
    assert_eq!(driven.0.state(), CaseState::Received);
    assert!(
        driven
            .tell(Command::Authenticate {
                verified: true,
                how: "x".into()
            })
            .is_err()
    );
    let demand = Box::new(Demand::parse(DEMAND.as_bytes()).unwrap());
    driven.tell(Command::Describe { demand }).unwrap();
    assert_eq!(
        (driven.0.state(), &driven.0.unreadable),
        (CaseState::Described, &None)
    );
}

#[test]
fn case_numbers_have_one_spelling() {
    assert_eq!(CaseId::parse("2026-0007").unwrap(), CaseId::new(2026, 7));
    assert_eq!(
        CaseId::parse("2026-12345").unwrap().to_string(),
        "2026-12345"
    );
    for wrong in [
        "2026-7",
        "2026-00007",
        "26-0007",
        "2026_0007",
        "",
        "2026-000x",
        "+026-0007",
    ] {
        assert!(CaseId::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn what_waits_is_no_answer_and_what_is_preserved_is_not_produced() {
    use Disposition::{Preserve, Produce, Reject, Wait};
    let mut driven = Driven::assessed(true, [Wait, Produce]);
    assert_eq!(
        driven.tell(decide([Wait, Produce])),
        Err(Refusal::PartPending { part: 0 })
    );
    driven.tell(decide([Reject, Produce])).unwrap();

    let mut driven = Driven::assessed(true, [Preserve, Produce]);
    assert!(driven.tell(decide([Produce, Produce])).is_err(), "laxer");
    assert!(
        driven.tell(decide([Preserve, Preserve])).is_err(),
        "another act"
    );
    driven.tell(decide([Preserve, Produce])).unwrap();
    let draft = Command::DraftMandate {
        mandate: Sha256Digest::of(b"text\n"),
        text: "text\n".into(),
        parts: vec![0],
    };
    assert!(
        driven.tell(draft).is_err(),
        "no mandate hands over what is only to be preserved"
    );
    let mut driven = Driven::assessed(false, [Preserve, Reject]);
    assert!(
        driven.tell(decide([Preserve, Reject])).is_err(),
        "unverified"
    );
}

fn happen(what: Moment, second: i64) -> Command {
    Command::RecordMilestone {
        what,
        when: Timestamp::from_second(second).unwrap(),
    }
}

#[test]
fn what_the_enforcing_authority_did_goes_before_what_the_certificate_said() {
    let mut driven = Driven::assessed(true, [Disposition::Wait, Disposition::Produce]);
    let notification = |driven: &Driven| driven.0.basis().unwrap().instrument.notification;
    assert_eq!(notification(&driven), None);
    assert_eq!(driven.tell(happen(Moment::Notified, 5)), Ok(1));
    assert!(
        driven.0.assessment.is_some(),
        "it changes no fact of the law"
    );
    assert_eq!(driven.tell(happen(Moment::Cleared, 10)), Ok(1));
    assert_eq!(driven.tell(happen(Moment::Cleared, 10)), Ok(0), "once");
    assert_eq!(notification(&driven), Some(Notification::Cleared));
    assert_eq!(
        driven.0.state(),
        CaseState::Authenticated,
        "to be assessed anew"
    );
    driven.tell(happen(Moment::Refused, 20)).unwrap();
    assert_eq!(notification(&driven), Some(Notification::Refused));

    assert_eq!(
        driven.tell(happen(Moment::Clarified, 30)),
        Err(Refusal::OutOfOrder {
            earlier: Moment::ClarificationAsked,
            later: Moment::Clarified,
        })
    );
}

#[test]
fn after_a_refusal_nothing_of_content_is_handed_over_and_the_case_can_end() {
    let (mut driven, mandate) = Driven::drafted();
    driven.approve(mandate, "Olof", Role::Analyst).unwrap();
    driven.approve(mandate, "Maja", Role::Counsel).unwrap();
    driven.tell(Command::Mandate { mandate }).unwrap();
    let package = Sha256Digest::of(b"package");
    driven
        .tell(Command::RecordProduction {
            mandate,
            package,
            items: 3,
            for_review: 0,
        })
        .unwrap();
    let deliver = Command::Deliver {
        package,
        to: "Police".into(),
    };
    driven.tell(happen(Moment::Refused, 10)).unwrap();
    assert_eq!(
        driven.tell(deliver.clone()),
        Err(Refusal::NotifiedAuthorityRefused)
    );
    assert!(
        !driven.0.answers.is_empty(),
        "what was released stays on the record"
    );
    driven.tell(Command::Close).unwrap();
    assert!(driven.tell(happen(Moment::Cleared, 20)).is_err(), "closed");

    // Subscriber data is no matter of the enforcing authority (Article 8(1)).
    let (mut driven, mandate) = Driven::drafted();
    if let Some(found) = driven.0.mandates.get_mut(&mandate) {
        found.parts = vec![1];
        found.released_by_event = Some(1);
        found.produced = Some(Production {
            package,
            items: 1,
            for_review: 0,
        });
    }
    driven.tell(happen(Moment::Refused, 10)).unwrap();
    driven.tell(deliver).unwrap();
    assert!(driven.0.moments.first(Moment::Produced).is_some());
}

#[test]
fn what_can_be_answered_is_answered_while_the_rest_waits() {
    use Disposition::{Produce, Wait};
    let mut driven = Driven::assessed(true, [Wait, Produce]);
    let one = |part, disposition| Command::Decide {
        answers: vec![Answer {
            part,
            disposition,
            reason: "because".into(),
        }],
    };
    assert!(driven.tell(one(0, Wait)).is_err(), "to wait is no answer");
    assert!(
        driven.tell(Command::Decide { answers: vec![] }).is_err(),
        "nothing is answered"
    );
    driven.tell(one(1, Produce)).unwrap();
    assert_eq!(driven.0.waiting().collect::<Vec<_>>(), [0]);
    let first = deliver(&mut driven, 1, b"first\n");
    assert_eq!(driven.0.state(), CaseState::Waiting);
    assert!(driven.0.moments.first(Moment::Produced).is_none());
    assert_eq!(
        driven.tell(Command::Close),
        Err(Refusal::PartsPending { parts: vec![0] })
    );
    assert!(driven.tell(one(1, Disposition::Reject)).is_err(), "fixed");

    // What was answered and released stays, whatever the law says of it now.
    driven.tell(happen(Moment::Cleared, 10)).unwrap();
    let mut elsewhere = assessment([Produce, Produce]);
    elsewhere.parts.swap(0, 1);
    let assess = |assessment| Command::Assess {
        assessment: Box::new(assessment),
    };
    assert_eq!(
        driven.tell(assess(elsewhere)),
        Err(Refusal::HoldingsChanged)
    );
    driven
        .tell(assess(assessment([Produce, Disposition::Reject])))
        .unwrap();
    let found = |driven: &Driven, part: usize| {
        driven.0.assessment.as_ref().unwrap().parts[part]
            .finding
            .disposition
    };
    assert_eq!((found(&driven, 0), found(&driven, 1)), (Produce, Produce));
    driven.tell(one(0, Produce)).unwrap();
    assert_eq!(driven.0.answers.len(), 2);
    assert!(
        driven.0.mandates.contains_key(&first),
        "the first is still there"
    );
    deliver(&mut driven, 0, b"second\n");
    assert_eq!(driven.0.state(), CaseState::Delivered);
    assert!(driven.0.moments.first(Moment::Produced).is_some());
    driven.tell(Command::Close).unwrap();
}

/// Has a mandate for one part signed, carried out and handed over.
fn deliver(driven: &mut Driven, part: usize, text: &[u8]) -> Sha256Digest {
    let mandate = Sha256Digest::of(text);
    driven
        .tell(Command::DraftMandate {
            mandate,
            text: String::from_utf8(text.to_vec()).unwrap(),
            parts: vec![part],
        })
        .unwrap();
    driven.approve(mandate, "Olof", Role::Analyst).unwrap();
    driven.approve(mandate, "Maja", Role::Counsel).unwrap();
    driven.tell(Command::Mandate { mandate }).unwrap();
    let package = Sha256Digest::of(&[text, b"package"].concat());
    driven
        .tell(Command::RecordProduction {
            mandate,
            package,
            items: 1,
            for_review: 0,
        })
        .unwrap();
    let to = "Police".into();
    driven.tell(Command::Deliver { package, to }).unwrap();
    mandate
}

#[test]
fn only_counsel_states_belief_findings_and_privileged_notes() {
    let emergency = format!("{DEMAND}[emergency]\nthreat_to = \"person\"\nfacts = \"a threat\"\n");
    let mut demand = Box::new(Demand::parse(emergency.as_bytes()).unwrap());
    let only = |what| Err(Refusal::OnlyCounsel { what });
    let mut driven = Driven::new();
    driven
        .tell(Command::Describe {
            demand: demand.clone(),
        })
        .unwrap();
    let judge = Command::JudgeEmergency { believed: true };
    let note = Command::Note {
        text: "advice".into(),
        privileged: true,
    };
    demand.findings.privilege_cleared = true;
    let find = Command::Describe { demand };
    for role in Role::ALL {
        let counsel = role == Role::Counsel;
        let mut driven = Driven(driven.0.clone());
        let expected = |what| if counsel { Ok(1) } else { only(what) };
        assert_eq!(
            driven.tell_as(role, judge.clone()),
            expected(CounselOnly::EmergencyBelief)
        );
        assert_eq!(
            driven.tell_as(role, note.clone()),
            expected(CounselOnly::PrivilegedNote)
        );
        assert_eq!(
            driven.tell_as(role, find.clone()),
            expected(CounselOnly::Findings)
        );
    }
    // What counsel found stays when an analyst corrects the rest.
    driven.tell_as(Role::Counsel, find).unwrap();
    let mut corrected = driven.0.demand.clone().unwrap();
    corrected.reference = "R 2".into();
    let demand = Box::new(corrected);
    assert_eq!(driven.tell(Command::Describe { demand }), Ok(1));
}

#[test]
fn a_case_belongs_to_a_person_and_keeps_notes_even_when_it_is_closed() {
    let mut driven = Driven::assessed(true, [Disposition::Reject, Disposition::Reject]);
    let assign = |to: Option<&str>| Command::Assign {
        to: to.map(str::to_owned),
    };
    assert_eq!(driven.tell(assign(Some("elin"))), Ok(1));
    assert_eq!(driven.tell(assign(Some("elin"))), Ok(0));
    assert_eq!(driven.0.owner.as_deref(), Some("elin"));
    driven
        .tell(decide([Disposition::Reject, Disposition::Reject]))
        .unwrap();
    driven.tell(Command::Close).unwrap();
    assert_eq!(driven.tell(assign(None)), Err(Refusal::Closed));
    let note = Command::Note {
        text: "called back".into(),
        privileged: false,
    };
    assert_eq!(driven.tell(note), Ok(1));
    assert_eq!(driven.0.notes.len(), 1);
}
