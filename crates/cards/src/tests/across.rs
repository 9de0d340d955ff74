//! A sum over providers that nobody can take apart.

use super::python::second_opinion;
use super::world::{Repeatable, World, random};
use crate::across::{Answer, Call, Complaint, Dealing, SumError, SumSet, Trustee, open_sum};
use crate::sum::Sum;
use crate::totals::Totals;
use crate::verify::{Verified, verify};

struct Providers {
    call: Call,
    trustees: Vec<Trustee>,
    reports: Vec<(Verified, Totals)>,
    total: u64,
}

impl Providers {
    /// Six providers, five trustees of whom three open the sum.
    fn new(seed: u64) -> Self {
        let mut random = Repeatable::new(seed);
        let trustees: Vec<Trustee> = (0..5).map(|_| Trustee::new(&mut random)).collect();
        let mut reports = Vec::new();
        let mut total = 0;
        for number in 0..6 {
            let mut statement = crate::statement::tests::small();
            statement.origin = format!("provider-{number}.example/log");
            let mut world = World::new(100 * seed + number, statement, 2, &|_| 4);
            total += world
                .rows
                .iter()
                .filter(|row| matches!(row.class, Some(2..=4)))
                .count() as u64;
            let made = world.made(None).unwrap();
            let verified = verify(&made.report, &world.cards, None, &mut random).unwrap();
            reports.push((
                verified,
                Totals::from_bytes(&made.totals.to_bytes()).unwrap(),
            ));
        }
        let call = Call {
            log: "host.example/log".to_owned(),
            deal: "2027-08-15".to_owned(),
            complain: "2027-08-29".to_owned(),
            signers: (1..=5).map(|number| format!("ngo-{number}+key")).collect(),
            name: "refused".to_owned(),
            period: "2027H1".to_owned(),
            code_book: [1; 32],
            sum: Sum::parse("cases:2..4").unwrap(),
            threshold: 3,
            trustees: trustees.iter().map(Trustee::public).collect(),
            providers: reports
                .iter()
                .map(|(report, _)| report.statement().origin.clone())
                .collect(),
        };
        Self {
            call: Call::parse(call.to_text().unwrap().as_bytes()).unwrap(),
            trustees,
            reports,
            total,
        }
    }

    fn dealings(&self) -> Vec<Dealing> {
        let deal = |(report, totals): &(Verified, Totals)| {
            let dealing = Dealing::deal(&self.call, report, totals, &mut random()).unwrap();
            Dealing::read(&self.call, report, dealing.as_bytes().to_vec()).unwrap()
        };
        self.reports.iter().map(deal).collect()
    }

    fn answers(&mut self, set: &SumSet, dealings: &[Dealing]) -> Vec<Answer> {
        self.trustees
            .iter_mut()
            .map(|trustee| trustee.add_up(&self.call, set, dealings).unwrap())
            .collect()
    }
}

#[test]
fn any_three_of_five_trustees_open_the_sum_and_nothing_else_does() {
    let mut providers = Providers::new(1);
    let dealings = providers.dealings();
    for trustee in &providers.trustees {
        for dealing in &dealings {
            assert_eq!(
                trustee
                    .complain(&providers.call, dealing, &mut random())
                    .unwrap(),
                None
            );
        }
    }
    let set = SumSet::of(&providers.call, &dealings).unwrap();
    let answers = providers.answers(&set, &dealings);
    for chosen in [[0, 1, 2], [4, 2, 0], [1, 3, 4]] {
        let chosen = chosen.map(|at: usize| answers[at].clone());
        assert_eq!(
            open_sum(&providers.call, &set, &dealings, &chosen),
            Ok(providers.total)
        );
    }
    assert_eq!(
        open_sum(&providers.call, &set, &dealings, &answers),
        Ok(providers.total)
    );
    let two = open_sum(&providers.call, &set, &dealings, &answers[..2]);
    assert_eq!(
        two,
        Err(SumError::TooFew {
            found: 2,
            needed: 3
        })
    );
    let twice = [answers[0].clone(), answers[0].clone(), answers[1].clone()];
    let twice = open_sum(&providers.call, &set, &dealings, &twice);
    assert_eq!(twice, Err(SumError::FalseAnswer { trustee: 1 }));
}

/// A sum, or a complaint about the first dealing, for the second verifier.
fn line(providers: &Providers, dealings: &[Dealing], more: (&str, serde_json::Value)) -> String {
    let of = |(dealing, (report, _)): (&Dealing, &(Verified, Totals))| {
        let committed = report.committed(&providers.call.sum).unwrap();
        let origin = report.statement().origin.clone();
        serde_json::json!([
            origin,
            hex::encode(committed),
            hex::encode(dealing.as_bytes())
        ])
    };
    let dealings: Vec<_> = dealings.iter().zip(&providers.reports).map(of).collect();
    let call = hex::encode(providers.call.to_text().unwrap());
    let mut line = serde_json::json!({"call": call, "dealings": dealings});
    line[more.0] = more.1;
    line.to_string()
}

fn told(answers: &[Answer]) -> (&'static str, serde_json::Value) {
    let each = |one: &Answer| {
        serde_json::json!([
            one.trustee,
            hex::encode(one.value),
            hex::encode(one.blinding)
        ])
    };
    ("answers", answers.iter().map(each).collect())
}

#[test]
fn both_verifiers_open_the_same_sums_and_believe_the_same_complaints() {
    let mut providers = Providers::new(8);
    let dealings = providers.dealings();
    let set = SumSet::of(&providers.call, &dealings).unwrap();
    let answers = providers.answers(&set, &dealings);
    let mut cases = Vec::new();
    let mut expected = Vec::new();
    for (way, chosen) in [
        &answers[..],
        &answers[1..4],
        &answers[..2],
        &[],
        &answers[..3],
    ]
    .iter()
    .enumerate()
    {
        let mut chosen = chosen.to_vec();
        if way == 4 {
            chosen[1].blinding[0] ^= 1;
        }
        expected.push(open_sum(&providers.call, &set, &dealings, &chosen).ok());
        cases.push(line(&providers, &dealings, told(&chosen)));
    }
    // A share that was changed on its way, and complaints that are true, false, or another's.
    let mut bytes = dealings[0].as_bytes().to_vec();
    bytes[32 * 6] ^= 1;
    let torn = Dealing::read(&providers.call, &providers.reports[0].0, bytes).unwrap();
    let complaint = providers.trustees[1]
        .complain(&providers.call, &torn, &mut random())
        .unwrap()
        .unwrap();
    let other = Complaint {
        trustee: 3,
        ..complaint.clone()
    };
    let mut changed = complaint.clone();
    changed.answer[0] ^= 1;
    let mut complaints = Vec::new();
    for (complaint, dealing) in [
        (&complaint, &torn),
        (&complaint, &dealings[0]),
        (&other, &torn),
        (&changed, &torn),
    ] {
        complaints.push(complaint.check(&providers.call, dealing).is_ok());
        let Complaint {
            trustee,
            shared,
            announced,
            answer,
        } = complaint;
        let announced = announced.map(hex::encode);
        let as_json =
            serde_json::json!([trustee, hex::encode(shared), announced, hex::encode(answer)]);
        cases.push(line(
            &providers,
            std::slice::from_ref(dealing),
            ("complaint", as_json),
        ));
    }
    assert_eq!(complaints, [true, false, false, false]);
    let said = second_opinion(cases);
    let sums = expected
        .iter()
        .map(|sum| sum.map(|sum| format!("sum {sum}")));
    for (first, second) in sums.zip(&said) {
        match first {
            Some(sum) => assert_eq!(*second, sum),
            None => assert!(second.starts_with("refused: "), "{second}"),
        }
    }
    for (first, second) in complaints.iter().zip(&said[expected.len()..]) {
        assert_eq!(second == "accepted", *first, "{second}");
    }
    assert_eq!(expected.iter().flatten().count(), 2);
}

#[test]
fn a_false_answer_has_a_name() {
    let mut providers = Providers::new(2);
    let dealings = providers.dealings();
    let set = SumSet::of(&providers.call, &dealings).unwrap();
    let mut answers = providers.answers(&set, &dealings);
    answers[3].value[0] ^= 1;
    let refused = open_sum(&providers.call, &set, &dealings, &answers);
    assert_eq!(refused, Err(SumError::FalseAnswer { trustee: 4 }));
    answers[3].trustee = 6;
    let refused = open_sum(&providers.call, &set, &dealings, &answers);
    assert_eq!(refused, Err(SumError::FalseAnswer { trustee: 6 }));
}

#[test]
fn a_false_share_is_proved_by_its_trustee_and_seen_by_everybody() {
    let providers = Providers::new(3);
    let call = &providers.call;
    let honest = &providers.dealings()[0];
    let (report, _) = &providers.reports[0];
    // The value, the blinding and the point of the seal of the second trustee: behind two points and one share.
    for word in [5, 6, 7] {
        let mut bytes = honest.as_bytes().to_vec();
        if word == 5 {
            let (here, there) = (32 * 5, 32 * 8);
            let other: Vec<u8> = bytes[there..there + 32].to_vec();
            bytes[here..here + 32].copy_from_slice(&other);
        } else {
            bytes[32 * word] ^= 1;
        }
        let dealing = Dealing::read(call, report, bytes).unwrap();
        for (number, trustee) in (1..).zip(&providers.trustees) {
            let complaint = trustee.complain(call, &dealing, &mut random()).unwrap();
            assert_eq!(
                complaint.is_some(),
                number == 2,
                "word {word}, trustee {number}"
            );
            if let Some(complaint) = complaint {
                assert_eq!(complaint.check(call, &dealing), Ok(()));
                // Nobody can turn it against another dealing, or another trustee.
                let refused = complaint.check(call, honest).unwrap_err();
                assert!(
                    matches!(refused, SumError::FalseComplaint { .. }),
                    "{refused}"
                );
                let other = Complaint {
                    trustee: 3,
                    ..complaint
                };
                assert!(other.check(call, &dealing).is_err());
            }
        }
    }
}

#[test]
fn a_polynomial_of_another_dealing_is_complained_about_by_all() {
    let providers = Providers::new(4);
    let dealings = providers.dealings();
    let mut bytes = dealings[0].as_bytes().to_vec();
    bytes[..64].copy_from_slice(&dealings[1].as_bytes()[..64]);
    let dealing = Dealing::read(&providers.call, &providers.reports[0].0, bytes).unwrap();
    for trustee in &providers.trustees {
        let complaint = trustee
            .complain(&providers.call, &dealing, &mut random())
            .unwrap()
            .unwrap();
        assert_eq!(complaint.check(&providers.call, &dealing), Ok(()));
    }
}

#[test]
fn there_is_never_a_second_set_for_one_call() {
    let mut providers = Providers::new(5);
    let dealings = providers.dealings();
    let all = SumSet::of(&providers.call, &dealings).unwrap();
    // One provider fewer: the difference would be its number.
    let fewer = SumSet::of(&providers.call, &dealings[..5]).unwrap();
    assert_ne!(all.to_text(), fewer.to_text());
    providers.trustees[0]
        .add_up(&providers.call, &all, &dealings)
        .unwrap();
    let second = providers.trustees[0].add_up(&providers.call, &fewer, &dealings[..5]);
    assert_eq!(second, Err(SumError::SecondSet));
    // Also fresh dealings of the same providers are another set.
    let fresh = providers.dealings();
    let redealt = SumSet::of(&providers.call, &fresh).unwrap();
    assert_eq!(
        providers.trustees[0].add_up(&providers.call, &redealt, &fresh),
        Err(SumError::SecondSet)
    );
    providers.trustees[0]
        .add_up(&providers.call, &all, &dealings)
        .unwrap();
    // Nor after it was put away and taken out again.
    let kept = providers.trustees[0].agreed().to_vec();
    assert_eq!(kept, [(providers.call.clone(), all.clone())]);
    let mut again = Trustee::kept(&providers.trustees[0].secret(), kept).unwrap();
    assert_eq!(again.public(), providers.call.trustees[0]);
    let second = again.add_up(&providers.call, &fewer, &dealings[..5]);
    assert_eq!(second, Err(SumError::SecondSet));
    assert!(Trustee::kept(&[0; 32], []).is_err() && Trustee::kept(&[0xff; 32], []).is_err());
    let other = providers.trustees[1].add_up(&providers.call, &all, &dealings[..5]);
    assert!(
        matches!(other, Err(SumError::Text(_))),
        "the dealings are not those of the set"
    );
}

/// What could be subtracted by way of another call is agreed to as little.
#[test]
fn two_sets_of_a_period_have_the_same_providers_or_none_in_common() {
    let mut providers = Providers::new(9);
    let call = providers.call.clone();
    let dealings = providers.dealings();
    let set = SumSet::of(&call, &dealings).unwrap();
    providers.trustees[0].agree(&call, &set).unwrap();
    let mut agree = |change: &dyn Fn(&mut Call, &mut SumSet)| {
        let (mut other, mut theirs) = (call.clone(), set.clone());
        change(&mut other, &mut theirs);
        theirs.call = other.digest().unwrap();
        let before = providers.trustees[0].agreed().len();
        let agreed = providers.trustees[0].agree(&other, &theirs);
        let kept = providers.trustees[0].agreed().len();
        assert_eq!(kept - before, usize::from(agreed.is_ok()));
        agreed
    };
    let without = |set: &mut SumSet| drop(set.dealings.pop_first());
    let named = |call: &mut Call| call.name = "other".to_owned();
    let later = |call: &mut Call| call.period = "2027H2".to_owned();
    let other_sum = |call: &mut Call| call.sum = Sum::parse("cases:6").unwrap();
    let elsewhere = |call: &mut Call, set: &mut SumSet| {
        call.log = "other.example/log".to_owned();
        call.providers = (1..7).map(|own| format!("z{own}.example/log")).collect();
        set.dealings = call
            .providers
            .iter()
            .map(|own| (own.clone(), [7; 32]))
            .collect();
    };
    assert_eq!(agree(&|call, _| named(call)), Err(SumError::SecondSet));
    assert_eq!(
        agree(&|call, set| {
            named(call);
            without(set);
        }),
        Err(SumError::Overlaps)
    );
    assert_eq!(
        agree(&|call, set| {
            other_sum(call);
            without(set);
        }),
        Err(SumError::Overlaps)
    );
    assert_eq!(agree(&|call, _| other_sum(call)), Ok(()));
    assert_eq!(agree(&elsewhere), Ok(()));
    assert_eq!(
        agree(&|call, set| {
            later(call);
            without(set);
        }),
        Ok(())
    );
    assert_eq!(
        agree(&|call, _| {
            later(call);
            other_sum(call);
        }),
        Err(SumError::Overlaps)
    );
    let foreign = providers.trustees[0].agree(
        &providers.call,
        &SumSet {
            call: [0; 32],
            ..set
        },
    );
    assert!(matches!(foreign, Err(SumError::Text(_))), "of another call");
}

#[test]
fn two_sets_are_agreed_to_only_by_as_many_liars_as_open_the_sum() {
    for (trustees, threshold, needed) in [(5, 3, 4), (3, 3, 3), (3, 2, 3), (2, 2, 2), (7, 4, 6)] {
        let mut call = Providers::new(10).call;
        call.trustees = vec![[0; 32]; trustees];
        call.threshold = threshold;
        assert_eq!(call.needed(), needed);
        assert!(2 * needed - trustees >= threshold && needed <= trustees);
    }
}

#[test]
fn who_was_not_asked_or_deals_about_something_else_is_in_no_set() {
    let providers = Providers::new(6);
    let dealings = providers.dealings();
    let mut call = providers.call.clone();
    call.providers.remove(0);
    assert!(matches!(
        SumSet::of(&call, &dealings),
        Err(SumError::Unknown(_))
    ));
    let four = SumSet::of(&providers.call, &dealings[..4]);
    assert!(matches!(four, Err(SumError::Text(_))), "fewer than five");
    for change in [
        |call: &mut Call| call.period = "2027H2".to_owned(),
        |call: &mut Call| call.code_book = [2; 32],
        |call: &mut Call| call.sum = Sum::parse("cases:6").unwrap(),
        |call: &mut Call| call.sum = Sum::parse("3:1").unwrap(),
    ] {
        let mut call = providers.call.clone();
        change(&mut call);
        let (report, totals) = &providers.reports[0];
        assert!(Dealing::deal(&call, report, totals, &mut random()).is_err());
        assert!(Dealing::read(&call, report, dealings[0].as_bytes().to_vec()).is_err());
    }
    let (_, foreign) = &providers.reports[1];
    assert!(
        Dealing::deal(
            &providers.call,
            &providers.reports[0].0,
            foreign,
            &mut random()
        )
        .is_err()
    );
    assert!(Totals::from_bytes(&foreign.to_bytes()[1..]).is_err());
}

#[test]
fn a_call_keeps_to_the_protocol() {
    let call = Providers::new(7).call;
    for change in [
        |call: &mut Call| call.threshold = 2,
        |call: &mut Call| call.threshold = 6,
        |call: &mut Call| call.trustees[1] = call.trustees[0],
        |call: &mut Call| call.trustees[1] = [0; 32],
        |call: &mut Call| call.providers.swap(0, 1),
        |call: &mut Call| call.providers.truncate(4),
        |call: &mut Call| call.name = "a b".to_owned(),
        |call: &mut Call| call.period = String::new(),
        |call: &mut Call| call.log = "a b".to_owned(),
        |call: &mut Call| call.deal = "2027-8-15".to_owned(),
        |call: &mut Call| call.deal = "2027-08-29".to_owned(),
        |call: &mut Call| call.complain = "2027/08/29".to_owned(),
        |call: &mut Call| call.signers.truncate(4),
        |call: &mut Call| call.signers[1] = call.signers[0].clone(),
        |call: &mut Call| call.signers[1] = "a b".to_owned(),
    ] {
        let mut call = call.clone();
        change(&mut call);
        assert!(call.to_text().is_err());
    }
}
