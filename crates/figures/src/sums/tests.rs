//! The texts, and a trustee that is cut off and led astray.

#![allow(
    clippy::disallowed_methods,
    reason = "a test's files are no account's data"
)]

use std::cell::Cell;
use std::path::Path;

use super::*;
use crate::FiguresError;
use lagrum_cards::{Answer, Call, Complaint, Sum, SumSet};
use lagrum_durable::{FaultPoints, FileError};
use lagrum_mandate::testing::Counting;

fn complained() -> Complained {
    Complained {
        call: [1; 32],
        provider: "fjord.example/log".to_owned(),
        dealing: [2; 32],
        complaint: Complaint {
            trustee: 2,
            shared: [3; 32],
            announced: [[4; 32], [5; 32]],
            answer: [6; 32],
        },
    }
}

fn answered() -> Answered {
    Answered {
        call: [1; 32],
        set: [7; 32],
        answer: Answer {
            trustee: 2,
            value: [8; 32],
            blinding: [9; 32],
        },
    }
}

fn agreement() -> Agreement {
    Agreement {
        call: [1; 32],
        trustee: 2,
        set: [7; 32],
    }
}

/// A word is read as what was written, and nothing beside it is.
fn one_way<W: Word + PartialEq + std::fmt::Debug>(word: &W) {
    let text = word.to_text();
    assert_eq!(W::parse(&text).unwrap(), *word);
    for (from, to) in [
        ("\ncall ", "\ncall  "),
        ("v1/", "v2/"),
        ("trustee 2", "trustee 02"),
        ("trustee 2", "trustee +2"),
        ("01010101\n", "0101010\n"),
        ("07\n", "0G\n"),
        ("0101\n", "010A\n"),
    ] {
        if text.contains(from) {
            let other = text.replacen(from, to, 1);
            assert!(W::parse(&other).is_err(), "{to:?}");
        }
    }
    for other in [
        format!("{text}\n"),
        format!("{text}more 1\n"),
        text[1..].to_owned(),
    ] {
        assert!(W::parse(&other).is_err(), "{other:?}");
    }
}

#[test]
fn what_trustees_say_is_written_in_one_way_only() {
    one_way(&complained());
    one_way(&agreement());
    one_way(&answered());
    // None passes for another.
    assert!(Agreement::parse(&answered().to_text()).is_err());
    assert!(Answered::parse(&agreement().to_text()).is_err());
    assert!(Complained::parse(&agreement().to_text()).is_err());
}

#[test]
fn the_keys_of_a_trustee_stand_on_one_line() {
    let place = tempfile::tempdir().unwrap();
    let keys = SumTrustee::create(place.path(), "ngo.example/sums", &mut Counting(1)).unwrap();
    let line = keys.to_string();
    assert_eq!(line.parse::<TrusteeKeys>().unwrap(), keys);
    assert_eq!(format!("{line}\n").parse::<TrusteeKeys>().unwrap(), keys);
    for wrong in [
        line.replace(' ', ""),
        line.replacen(' ', "  ", 1),
        format!("{line}00"),
        line.replacen("ngo", "n g", 1),
    ] {
        assert!(wrong.parse::<TrusteeKeys>().is_err(), "{wrong}");
    }
    let again = SumTrustee::create(place.path(), "ngo.example/sums", &mut Counting(2));
    assert!(
        matches!(again, Err(FiguresError::File(_))),
        "one is there already"
    );
    let trustee = SumTrustee::open(place.path()).unwrap();
    assert_eq!(trustee.keys(), keys);
    // One process at a time: two could agree to two sets.
    let second = SumTrustee::open(place.path());
    assert!(second.is_err_and(|why| why.to_string().contains("another process")));
    drop(trustee);
    SumTrustee::open(place.path()).unwrap();
}

#[test]
fn a_trustee_whose_list_is_gone_or_changed_does_nothing() {
    let place = tempfile::tempdir().unwrap();
    SumTrustee::create(place.path(), "ngo.example/sums", &mut Counting(1)).unwrap();
    let list = place.path().join("agreed.json");
    for text in ["", "[", "{}", r#"[{"call":"","set":""}]"#] {
        lagrum_durable::replace(&list, text.as_bytes()).unwrap();
        let refused = SumTrustee::open(place.path());
        assert!(
            refused.is_err_and(|why| why.to_string().contains("agrees to nothing any more")),
            "{text}"
        );
    }
    lagrum_durable::remove(&list).unwrap();
    assert!(matches!(
        SumTrustee::open(place.path()),
        Err(FiguresError::File(_))
    ));
}

/// Stops at the point of this number.
struct StopAt(Cell<usize>);

impl FaultPoints for StopAt {
    fn point(&self, file: &Path) -> Result<(), FileError> {
        let left = self.0.get();
        self.0.set(left.wrapping_sub(1));
        match left {
            0 => Err(FileError::new(
                "write",
                file,
                std::io::Error::other("stopped"),
            )),
            _ => Ok(()),
        }
    }
}

fn asked(keys: &TrusteeKeys) -> (Call, SumSet) {
    let other = |number: u64| {
        let place = tempfile::tempdir().unwrap();
        let name = format!("ngo{number}.example/sums");
        SumTrustee::create(place.path(), &name, &mut Counting(10 * number)).unwrap()
    };
    let trustees = [keys.clone(), other(2), other(3)];
    let call = Call {
        log: "host.example/log".to_owned(),
        name: "outcome.refused".to_owned(),
        period: "2027H1".to_owned(),
        code_book: [1; 32],
        sum: Sum::parse("cases:3..9").unwrap(),
        deal: "2027-08-15".to_owned(),
        complain: "2027-08-29".to_owned(),
        threshold: 2,
        trustees: trustees.iter().map(|one| one.share).collect(),
        signers: trustees.iter().map(|one| one.signer.to_string()).collect(),
        providers: (1..=6).map(|own| format!("p{own}.example/log")).collect(),
    };
    let dealings = call.providers.iter().map(|own| (own.clone(), [7; 32]));
    let set = SumSet {
        call: call.digest().unwrap(),
        dealings: dealings.collect(),
    };
    (call, set)
}

/// Wherever it is cut off, it has said nothing yet, or it refuses every other set when it starts again.
#[test]
fn a_trustee_that_is_cut_off_agrees_to_no_second_set() {
    let (mut stopped, mut kept) = (0, 0);
    for point in 0.. {
        let place = tempfile::tempdir().unwrap();
        let keys = SumTrustee::create(place.path(), "ngo.example/sums", &mut Counting(1)).unwrap();
        let (call, set) = asked(&keys);
        let mut fewer = set.clone();
        fewer.dealings.pop_last();
        let mut trustee = SumTrustee::open(place.path()).unwrap();
        let promised = trustee.promise(&call, &set, &StopAt(Cell::new(point)));
        // The process that was cut off says nothing else either.
        assert!(
            trustee
                .promise(&call, &fewer, &StopAt(Cell::new(99)))
                .is_err()
        );
        drop(trustee);
        let mut again = SumTrustee::open(place.path()).unwrap();
        let second = again.promise(&call, &fewer, &StopAt(Cell::new(99)));
        kept += usize::from(second.is_err());
        if promised.is_ok() {
            let why = second.unwrap_err().to_string();
            assert!(why.contains("there is never a second"), "{why}");
            again.promise(&call, &set, &StopAt(Cell::new(99))).unwrap();
            break;
        }
        stopped += 1;
    }
    // Before the list has its name nothing is promised, behind it everything.
    assert!((2..=stopped).contains(&kept), "{kept} of {stopped}");
}
