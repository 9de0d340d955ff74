//! The steps of a mandate over the wire, each failing everywhere, each done twice.

use super::*;
use crate::{AgentAnswer, Answered, FetchError, TransportError};

const NAME: &str = "2026-0004-00000001";

/// What happens to one mandate, in this order.
const STEPS: [Step; 12] = [
    ("remember", |wire| wire.desk().remember(&region())),
    ("offer", |wire| wire.desk().offer(&region(), &offer(NAME))),
    ("offer another", |wire| {
        wire.desk().offer(&region(), &offer("2026-0005-00000002"))
    }),
    ("refuse", |wire| {
        wire.agent().send_refusal(&stem(NAME), &refusal_note())
    }),
    ("send the package", |wire| {
        let sealed = wire.own().join("sealed");
        wire.agent().send_package(&stem(NAME), &sealed)
    }),
    ("send the receipt", |wire| {
        wire.agent().send_receipt(&stem(NAME), &receipt_note())
    }),
    ("leave a recall", |wire| {
        wire.desk().leave_recall(&region(), &stem(NAME), "recalled")
    }),
    ("recall the other", |wire| {
        wire.desk().recall(&region(), &stem("2026-0005-00000002"))
    }),
    ("acknowledge", |wire| {
        wire.desk().acknowledge(&region(), &stem(NAME))
    }),
    ("acknowledge what never was", |wire| {
        wire.desk()
            .acknowledge(&region(), &stem("2026-0006-00000003"))
    }),
    ("forget", |wire| wire.agent().forget(&stem(NAME))),
    ("offer again", |wire| {
        wire.desk().offer(&region(), &offer(NAME))
    }),
];

type Step = (&'static str, fn(&dyn DynWire) -> Result<(), TransportError>);

/// A [`Wire`] behind a pointer.
trait DynWire {
    fn desk(&self) -> &dyn DeskEnd;
    fn agent(&self) -> &dyn AgentEnd;
    fn own(&self) -> &Path;
}

impl<W: Wire> DynWire for W {
    fn desk(&self) -> &dyn DeskEnd {
        Wire::desk(self)
    }
    fn agent(&self) -> &dyn AgentEnd {
        Wire::agent(self)
    }
    fn own(&self) -> &Path {
        Wire::own(self)
    }
}

/// All that the two ends can see.
#[derive(Debug, Default, PartialEq)]
struct Seen {
    fetched: Vec<(Stem, [Vec<u8>; 3])>,
    offered: bool,
    receipt_is_there: bool,
    has_answer: bool,
    answers: Vec<Answered>,
    package: Option<Vec<u8>>,
    recalls: Vec<(Stem, Vec<u8>)>,
    acknowledged: bool,
    remembered: bool,
}

fn seen(wire: &dyn DynWire) -> Seen {
    let (desk, agent, region, name) = (wire.desk(), wire.agent(), region(), stem(NAME));
    let fetch = |stem: Stem| {
        let mandate = agent.fetch(&stem).unwrap();
        (stem, [mandate.note, mandate.proof, mandate.answers])
    };
    let there = |got: TransportError| assert!(matches!(got, TransportError::NotThere { .. }));
    let package = desk.package(&region, &name).map_err(there).ok();
    Seen {
        fetched: agent.waiting().unwrap().into_iter().map(fetch).collect(),
        offered: desk.is_offered(&region, &name).unwrap(),
        receipt_is_there: agent.is_answered(&name).unwrap(),
        has_answer: desk.has_answer(&region, &name).unwrap(),
        answers: desk
            .answers(&region, &|wanted| *wanted == name)
            .unwrap()
            .into_iter()
            .map(|(_, answer)| answer.unwrap())
            .collect(),
        package: package.map(|mut reader| {
            let mut bytes = Vec::new();
            reader.read_to_end(&mut bytes).unwrap();
            bytes
        }),
        recalls: {
            let mut heard = Vec::new();
            let mut hear = |stem: &Stem, note| heard.push((stem.clone(), note));
            agent.recalls(&mut hear).unwrap();
            heard
        },
        acknowledged: agent.is_acknowledged(&name).unwrap(),
        remembered: desk.is_remembered(&region).unwrap(),
    }
}

fn new<W: Wire>() -> (W, Arc<Stops>) {
    let stops = Arc::new(Stops::default());
    let wire = W::new(region(), &agent_key(), stops.clone());
    std::fs::write(wire.own().join("sealed"), PACKAGE).unwrap();
    (wire, stops)
}

/// What is seen after each step when nothing fails.
fn expected() -> [Seen; 12] {
    let fetched = |names: &[&str]| {
        names
            .iter()
            .map(|name| {
                let mandate = offer(name).as_untrusted();
                (stem(name), [mandate.note, mandate.proof, mandate.answers])
            })
            .collect::<Vec<_>>()
    };
    let remembered = || Seen {
        remembered: true,
        ..Seen::default()
    };
    let both = fetched(&[NAME, "2026-0005-00000002"]);
    let receipt = Answered {
        answer: AgentAnswer::Receipt(super::receipt()),
        note: receipt_note(),
    };
    let refusal = Answered {
        answer: AgentAnswer::Refusal(refusal()),
        note: refusal_note(),
    };
    let package = Some(PACKAGE.to_vec());
    let offered = Seen {
        fetched: fetched(&[NAME]),
        offered: true,
        ..remembered()
    };
    let refused = |package| Seen {
        fetched: both.clone(),
        offered: true,
        has_answer: true,
        answers: vec![refusal.clone()],
        package,
        ..remembered()
    };
    let answered = |fetched| Seen {
        fetched,
        offered: true,
        receipt_is_there: true,
        has_answer: true,
        answers: vec![receipt.clone()],
        package: package.clone(),
        ..remembered()
    };
    let recalled = |fetched| Seen {
        recalls: vec![(stem(NAME), b"recalled".to_vec())],
        ..answered(fetched)
    };
    let acknowledged = || Seen {
        acknowledged: true,
        ..remembered()
    };
    [
        remembered(),
        offered,
        Seen {
            fetched: both.clone(),
            offered: true,
            ..remembered()
        },
        refused(None),
        refused(package.clone()),
        answered(both.clone()),
        recalled(both.clone()),
        recalled(fetched(&[NAME])),
        acknowledged(),
        acknowledged(),
        remembered(),
        Seen {
            fetched: fetched(&[NAME]),
            offered: true,
            ..remembered()
        },
    ]
}

/// See its name.
///
/// # Panics
/// When it is not so.
pub fn each_step_done_once_or_twice_has_the_same_effect<W: Wire>() {
    for times in [1, 2] {
        let (wire, _) = new::<W>();
        assert_eq!(seen(&wire), Seen::default());
        for ((name, step), expected) in STEPS.iter().zip(expected()) {
            for _ in 0..times {
                step(&wire).unwrap();
            }
            assert_eq!(seen(&wire), expected, "{name}, {times} times");
        }
    }
}

/// See its name.
///
/// # Panics
/// When it is not so.
pub fn a_step_that_failed_anywhere_gives_the_same_when_it_is_done_again<W: Wire>() {
    let mut failures = 0;
    for broken in 0..STEPS.len() {
        for place in 0.. {
            let (wire, stops) = new::<W>();
            for (_, step) in &STEPS[..broken] {
                step(&wire).unwrap();
            }
            stops.fail_after(place);
            let (name, step) = STEPS[broken];
            let done = step(&wire);
            if stops.none() {
                done.unwrap();
                break;
            }
            assert!(done.is_err(), "{name} must fail at place {place}");
            failures += 1;
            // Whatever is seen meanwhile is whole: fetching and reading must not fail.
            let meanwhile = seen(&wire);
            assert!(meanwhile.package.is_none_or(|whole| whole == PACKAGE));
            for answered in meanwhile.answers {
                assert!([receipt_note(), refusal_note()].contains(&answered.note));
            }
            for ((name, step), expected) in STEPS.iter().zip(expected()).skip(broken) {
                step(&wire).unwrap();
                assert_eq!(seen(&wire), expected, "{name} after place {place}");
            }
        }
    }
    assert!(failures > 40, "only {failures} places");
}

/// See its name.
///
/// # Panics
/// When it is not so.
pub fn what_is_not_there_is_told_as_such<W: Wire>() {
    let (wire, _) = new::<W>();
    let (desk, agent, name) = (Wire::desk(&wire), Wire::agent(&wire), stem(NAME));
    assert!(matches!(agent.fetch(&name), Err(FetchError::Recalled(_))));
    let gone = wire.own().join("never sealed");
    let lost = agent.send_package(&name, &gone).unwrap_err();
    assert!(matches!(lost, TransportError::PackageLost(_)), "{lost}");
    let elsewhere = Region::parse("dublin").unwrap();
    for unknown in [
        desk.offer(&elsewhere, &offer(NAME)).err(),
        desk.recall(&elsewhere, &name).err(),
        desk.answers(&elsewhere, &|_| true).err(),
        desk.package(&elsewhere, &name).err(),
        desk.acknowledge(&elsewhere, &name).err(),
    ] {
        let unknown = unknown.unwrap();
        assert!(unknown.to_string().contains("dublin"), "{unknown}");
    }
}
