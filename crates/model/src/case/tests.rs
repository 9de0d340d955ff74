//! A case that is driven by commands, as the desk drives it.

mod anew;
mod burden;
mod decided;
mod inquiries;
mod looked_up;
mod moments;
mod outlives;
mod released;
mod sender;
mod way;

use super::*;
use crate::testing::{self, country};
use crate::{Category, Citation, Effect, Finding, Holding, Part, PartSearched, Region, Searched};

/// A case, and what it answers to commands.
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
        self.tell_as_person("elin", role, command)
    }

    fn tell_as_person(&mut self, id: &str, role: Role, command: Command) -> Result<usize, Refusal> {
        let actor = Actor::Person {
            id: id.into(),
            name: id.into(),
            role,
        };
        let happened = self.0.handle(&actor, command)?;
        let count = happened.len();
        for what in happened {
            let (case, number) = (CaseId::new(2026, 1), self.0.events + 1);
            let at = Timestamp::UNIX_EPOCH;
            let event = testing::event(case, number, at, actor.clone(), "test", what);
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
        let demand = Box::new(testing::demand(&[]));
        driven.tell(Command::Describe { demand }).unwrap();
        driven
            .tell(Command::CallBack {
                call: called_back(true),
            })
            .unwrap();
        driven.tell(authenticate(verified)).unwrap();
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
            answers: None,
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

fn called_back(confirmed: bool) -> CallBack {
    CallBack {
        number: "+46 8 111 11 11".into(),
        answered_by: "K. Ek".into(),
        at: Timestamp::UNIX_EPOCH,
        confirmed,
    }
}

fn authenticate(verified: bool) -> Command {
    Command::Authenticate {
        verified,
        how: "called back".into(),
        warnings: vec![],
        despite: None,
    }
}

fn close() -> Command {
    Command::Close { duties: vec![] }
}

fn assessment(found: [Disposition; 2]) -> Assessment {
    let part = |category, disposition| Part {
        asked_in: 0,
        identifier: testing::demand(&[]).identifiers()[0].clone(),
        account: None,
        category,
        sub_categories: Vec::new(),
        holding: Some(Holding::new(
            category,
            Region::parse("stockholm").unwrap(),
            country("SE"),
            crate::Controller::Consumer,
        )),
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
            via: None,
            form: None,
            within: None,
        },
        note: None,
    };
    Assessment {
        as_of: jiff::civil::date(2026, 11, 21),
        law: Sha256Digest::of(b"law"),
        clocks: std::collections::BTreeMap::new(),
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
        form: None,
    };
    Command::Decide {
        answers: dispositions.into_iter().enumerate().map(answer).collect(),
    }
}
