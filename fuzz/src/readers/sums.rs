//! Whatever is dealt to a sum and that no trustee can complain about opens to the number that the report holds; nobody
//! complains of an honest dealing or answers otherwise than the trustee, and each text has one form.

use std::sync::OnceLock;

use lagrum_cards::{Answer, Call, Complaint, Dealing, Sum, SumSet, Trustee, Verified, open_sum};
use lagrum_figures::{Agreement, Answered, Complained, Word};

use super::cards::{Counted, Made};

/// What five providers were asked for together, and what came of it.
struct World {
    call: Call,
    trustees: Vec<Trustee>,
    report: Verified,
    dealings: Vec<Dealing>,
    set: SumSet,
    answers: Vec<Answer>,
    total: u64,
}

fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let mut random = Counted(1 << 32);
        let made: Vec<_> = (1..=5)
            .map(|number| Made::of(&format!("provider-{number}.example/log"), &mut random))
            .collect();
        let mut trustees: Vec<_> = (0..3).map(|_| Trustee::new(&mut random)).collect();
        let call = Call {
            log: "host.example/log".to_owned(),
            deal: "2027-08-15".to_owned(),
            complain: "2027-08-29".to_owned(),
            signers: (1..=3).map(|number| format!("ngo-{number}+key")).collect(),
            name: "received".to_owned(),
            period: "2027H1".to_owned(),
            code_book: [2; 32],
            sum: Sum::parse("cases:1..3").expect("a sum"),
            threshold: 2,
            trustees: trustees.iter().map(Trustee::public).collect(),
            providers: made.iter().map(|one| one.origin.clone()).collect(),
        };
        let mut reports: Vec<_> = made.iter().map(|one| one.verified(&mut random)).collect();
        let deal = |(one, report): (&Made, &Verified)| {
            Dealing::deal(&call, report, &one.totals, &mut random).expect("a dealing of ours")
        };
        let dealings: Vec<_> = made.iter().zip(&reports).map(deal).collect();
        let set = SumSet::of(&call, &dealings).expect("a set of ours");
        let answers: Vec<_> = trustees
            .iter_mut()
            .map(|one| one.add_up(&call, &set, &dealings).expect("an answer"))
            .collect();
        let total = open_sum(&call, &set, &dealings, &answers).expect("a sum of ours");
        World {
            call,
            trustees,
            report: reports.remove(0),
            dealings,
            set,
            answers,
            total,
        }
    })
}

/// Reads one input: its first byte says as what.
pub(crate) fn read(bytes: &[u8]) {
    let Some((as_what, bytes)) = bytes.split_first() else {
        return;
    };
    match as_what {
        0 => {
            if let Ok(call) = Call::parse(bytes) {
                assert_eq!(call.to_text().expect("what was read").as_bytes(), bytes);
            }
        }
        1 => {
            if let Ok(set) = SumSet::parse(bytes) {
                assert_eq!(set.to_text().as_bytes(), bytes);
            }
        }
        2 => dealing(bytes),
        _ => {
            if let Ok(text) = std::str::from_utf8(bytes) {
                word(text);
            }
        }
    }
}

/// What the first provider could have dealt instead.
fn dealing(bytes: &[u8]) {
    let world = world();
    let Ok(dealing) = Dealing::read(&world.call, &world.report, bytes.to_vec()) else {
        return;
    };
    assert_eq!(dealing.as_bytes(), bytes);
    let mut random = Counted(1 << 40);
    let mut false_to = 0;
    for trustee in &world.trustees {
        let complaint = trustee
            .complain(&world.call, &dealing, &mut random)
            .expect("a trustee of the call");
        if let Some(complaint) = complaint {
            let checked = complaint.check(&world.call, &dealing);
            assert_eq!(checked, Ok(()), "an honest complaint is believed");
            false_to += 1;
        }
    }
    if false_to > 0 {
        return;
    }
    let mut dealings = vec![dealing];
    dealings.extend_from_slice(&world.dealings[1..]);
    let set = SumSet::of(&world.call, &dealings).expect("dealings that nobody complains of");
    let answers: Vec<_> = world
        .trustees
        .iter()
        .map(|trustee| {
            Trustee::kept(&trustee.secret(), [])
                .and_then(|mut anew| anew.add_up(&world.call, &set, &dealings))
                .expect("an answer")
        })
        .collect();
    let total = open_sum(&world.call, &set, &dealings, &answers);
    assert_eq!(total, Ok(world.total), "another number than the report's");
}

fn word(text: &str) {
    let world = world();
    if let Ok(said) = Complained::parse(text) {
        assert_eq!(said.to_text(), text);
        for dealing in &world.dealings {
            let checked = said.complaint.check(&world.call, dealing);
            assert!(checked.is_err(), "a complaint of an honest dealing");
        }
    }
    if let Ok(said) = Agreement::parse(text) {
        assert_eq!(said.to_text(), text);
    }
    if let Ok(said) = Answered::parse(text) {
        assert_eq!(said.to_text(), text);
        let Answered { answer, .. } = said;
        if answer
            .check(&world.call, &world.set, &world.dealings)
            .is_ok()
        {
            assert!(world.answers.contains(&answer), "another answer");
        }
    }
}

/// What a search begins with.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let world = world();
    let call = world.call.digest().expect("a call of ours");
    let text = world.call.to_text().expect("a call of ours");
    let honest = world.dealings[0].as_bytes();
    let mut false_share = honest.to_vec();
    let last = false_share.len() - 32;
    false_share[last] ^= 1;
    let complained = Complained {
        call,
        provider: world.dealings[0].provider().to_owned(),
        dealing: world.dealings[0].digest(),
        complaint: complaint(world, &false_share),
    };
    let agreement = Agreement {
        call,
        trustee: 1,
        set: world.set.digest(),
    };
    let answered = Answered {
        call,
        set: world.set.digest(),
        answer: world.answers[0].clone(),
    };
    [
        (0, text.as_bytes()),
        (1, world.set.to_text().as_bytes()),
        (2, honest),
        (2, &false_share),
        (3, complained.to_text().as_bytes()),
        (3, agreement.to_text().as_bytes()),
        (3, answered.to_text().as_bytes()),
    ]
    .map(|(as_what, bytes)| [&[as_what], bytes].concat())
    .to_vec()
}

/// What the trustee to whom a share is false says of it.
fn complaint(world: &World, false_share: &[u8]) -> Complaint {
    let dealing = Dealing::read(&world.call, &world.report, false_share.to_vec());
    let dealing = dealing.expect("numbers in their one form");
    let mut random = Counted(1 << 41);
    let said = world.trustees.iter().find_map(|trustee| {
        let said = trustee.complain(&world.call, &dealing, &mut random);
        said.expect("a trustee of the call")
    });
    said.expect("a false share")
}
