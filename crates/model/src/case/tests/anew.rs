//! A mandate that cannot be carried out any more, and what its parts become.

use super::*;

const EXPIRED: Lapse = Lapse::Expired {
    at: Timestamp::UNIX_EPOCH,
};

fn digest(text: &str) -> Sha256Digest {
    Sha256Digest::of(text.as_bytes())
}

impl Driven {
    /// Both parts are to be produced, each under a mandate of its own, and both are released.
    fn two_released() -> Self {
        let mut driven = Self::decided([Disposition::Produce, Disposition::Produce]);
        driven.release("one\n", &[0]).unwrap();
        driven.release("two\n", &[1]).unwrap();
        driven
    }

    fn draft(&mut self, text: &str, parts: &[usize]) -> Result<usize, Refusal> {
        self.tell(Command::DraftMandate {
            mandate: digest(text),
            text: text.into(),
            parts: parts.to_vec(),
            answers: None,
        })
    }

    fn release(&mut self, text: &str, parts: &[usize]) -> Result<usize, Refusal> {
        self.draft(text, parts)?;
        self.approve(digest(text), "Olof", Role::Analyst)?;
        self.approve(digest(text), "Maja", Role::Counsel)?;
        self.tell(Command::Mandate {
            mandate: digest(text),
        })
    }

    fn lapse(&mut self, text: &str, because: Lapse) -> Result<usize, Refusal> {
        self.tell(Command::LapseMandate {
            mandate: digest(text),
            because,
        })
    }

    fn recall(&mut self, text: &str) -> Result<usize, Refusal> {
        self.tell(Command::RecallMandate {
            mandate: digest(text),
            note: "a note".into(),
        })
    }

    fn produce(&mut self, text: &str) -> Result<usize, Refusal> {
        self.tell(Command::RecordProduction {
            mandate: digest(text),
            package: digest(&format!("package of {text}")),
            items: 1,
            for_review: 0,
            searched: Vec::new(),
            answer: None,
        })
    }

    fn refuse(&mut self, text: &str, why: &str, answer: &str) -> Result<usize, Refusal> {
        self.tell(Command::RecordNoProduction {
            mandate: digest(text),
            why: why.into(),
            answer: Some(answer.into()),
        })
    }

    fn deliver(&mut self, text: &str) -> Result<usize, Refusal> {
        self.tell(Command::Deliver {
            package: digest(&format!("package of {text}")),
            to: "Polisen".into(),
        })
    }

    fn answer(&mut self, part: usize, disposition: Disposition) -> Result<usize, Refusal> {
        self.tell(Command::Decide {
            answers: vec![Answer {
                part,
                disposition,
                reason: "again".into(),
                form: None,
            }],
        })
    }

    fn assess(&mut self, found: [Disposition; 2]) -> Result<usize, Refusal> {
        self.tell(Command::Assess {
            assessment: Box::new(assessment(found)),
        })
    }
}

#[test]
fn what_lapsed_is_open_again_and_what_is_out_stays_fixed() {
    let mut driven = Driven::two_released();
    assert_eq!(
        driven.answer(0, Disposition::Produce),
        Err(Refusal::AnswersFixed)
    );
    driven.lapse("one\n", EXPIRED).unwrap();
    assert_eq!(driven.lapse("one\n", EXPIRED), Ok(0), "once is enough");
    assert_eq!(driven.0.state(), CaseState::Assessed);
    assert_eq!(driven.0.reopened().collect::<Vec<_>>(), [0]);
    assert_eq!(
        driven.answer(1, Disposition::Reject),
        Err(Refusal::PartFixed { part: 1 })
    );
    driven.answer(0, Disposition::Produce).unwrap();
    assert_eq!(driven.0.answers.len(), 2, "{:?}", driven.0.answers);
    driven.release("one again\n", &[0]).unwrap();
    assert_eq!(driven.0.state(), CaseState::Mandated);
    assert_eq!(
        driven.answer(0, Disposition::Produce),
        Err(Refusal::AnswersFixed)
    );
    for text in ["two\n", "one again\n"] {
        driven.produce(text).unwrap();
        driven.deliver(text).unwrap();
    }
    // What lapsed holds neither the state nor the closing.
    assert_eq!(driven.0.state(), CaseState::Delivered);
    assert!(driven.0.moments.first(Moment::Produced).is_some());
    driven.tell(Command::Close { duties: vec![] }).unwrap();
}

#[test]
fn a_case_whose_only_mandate_lapsed_is_decided_from_the_beginning() {
    let (mut driven, mandate) = Driven::drafted();
    driven.approve(mandate, "Olof", Role::Analyst).unwrap();
    driven.approve(mandate, "Maja", Role::Counsel).unwrap();
    driven.tell(Command::Mandate { mandate }).unwrap();
    driven.lapse("text\n", EXPIRED).unwrap();
    driven
        .tell(decide([Disposition::Reject, Disposition::Produce]))
        .unwrap();
    assert!(driven.0.mandates[&mandate].is_lapsed(), "it is remembered");
    driven.release("other\n", &[1]).unwrap();
    assert_eq!(driven.0.state(), CaseState::Mandated);
}

#[test]
fn a_recall_is_no_lapse_before_the_agent_answered_it() {
    let mut driven = Driven::two_released();
    let early = driven.lapse("one\n", Lapse::Recalled {});
    assert_eq!(early, Err(Refusal::WithAgent));
    driven.recall("one\n").unwrap();
    assert_eq!(driven.recall("one\n"), Ok(0));
    let early = driven.lapse("one\n", Lapse::Recalled {});
    assert_eq!(early, Err(Refusal::WithAgent));
    driven.refuse("one\n", "it was recalled", "signed").unwrap();
    driven.lapse("one\n", Lapse::Recalled {}).unwrap();
    assert_eq!(driven.0.reopened().collect::<Vec<_>>(), [0]);
    // What was carried out is neither recalled nor does it lapse.
    driven.produce("two\n").unwrap();
    assert_eq!(driven.recall("two\n"), Err(Refusal::CarriedOut));
    assert_eq!(driven.lapse("two\n", EXPIRED), Err(Refusal::CarriedOut));
    // And nobody recalls what nobody has.
    driven.draft("three\n", &[0]).unwrap();
    assert_eq!(driven.recall("three\n"), Err(Refusal::NotReleased));
}

#[test]
fn the_same_refusal_with_another_answer_is_recorded_once_more() {
    let mut driven = Driven::two_released();
    assert_eq!(driven.refuse("one\n", "no", "before the recall"), Ok(1));
    assert_eq!(driven.refuse("one\n", "no", "before the recall"), Ok(0));
    assert_eq!(driven.refuse("one\n", "no", "after the recall"), Ok(1));
    let refusal = driven.0.mandates[&digest("one\n")].refusal.clone();
    assert_eq!(refusal.as_deref(), Some("after the recall"));
}

#[test]
fn an_answer_that_comes_late_is_recorded_and_what_replaced_it_is_needless() {
    let mut driven = Driven::two_released();
    driven.lapse("one\n", EXPIRED).unwrap();
    driven.answer(0, Disposition::Produce).unwrap();
    driven.draft("one again\n", &[0]).unwrap();
    // Its agent had carried it out in time.
    driven.produce("one\n").unwrap();
    assert!(!driven.0.mandates[&digest("one\n")].is_lapsed());
    driven.lapse("one again\n", Lapse::Needless {}).unwrap();
    assert_eq!(
        driven.approve(digest("one again\n"), "Olof", Role::Analyst),
        Err(Refusal::NoSuchMandate {
            mandate: digest("one again\n")
        }),
        "nobody signs it any more"
    );
    assert_eq!(driven.0.reopened().next(), None);
    driven.produce("two\n").unwrap();
    assert_eq!(driven.0.state(), CaseState::Produced);
    driven.deliver("one\n").unwrap();
    driven.deliver("two\n").unwrap();
    driven.tell(Command::Close { duties: vec![] }).unwrap();
}

#[test]
fn an_answer_that_comes_late_for_what_was_decided_otherwise_is_recorded_and_stays() {
    let mut driven = Driven::two_released();
    driven.lapse("one\n", EXPIRED).unwrap();
    driven.answer(0, Disposition::Reject).unwrap();
    driven.produce("one\n").unwrap();
    assert_eq!(driven.deliver("one\n"), Err(Refusal::DecidedOtherwise));
    driven.produce("two\n").unwrap();
    driven.deliver("two\n").unwrap();
    driven.tell(Command::Close { duties: vec![] }).unwrap();
}

#[test]
fn what_is_decided_and_not_released_is_assessed_anew_only_where_the_law_says_something_else() {
    let (produce, reject) = (Disposition::Produce, Disposition::Reject);
    let mut driven = Driven::decided([produce, produce]);
    driven.draft("one\n", &[0]).unwrap();
    // Somebody asks the law once more, and it says the same: nothing is undone.
    assert_eq!(
        driven.assess([produce, produce]),
        Err(Refusal::NothingPending)
    );
    assert_eq!(driven.0.answers.len(), 2);
    driven.assess([produce, reject]).unwrap();
    assert!(driven.0.answers.is_empty(), "it is decided anew");
    assert!(
        driven.0.mandates.is_empty(),
        "and nobody signs what was decided before"
    );
    assert_eq!(driven.0.state(), crate::CaseState::Assessed);
    driven.answer(0, produce).unwrap_err();
    driven.tell(decide([produce, reject])).unwrap();
}

#[test]
fn what_is_open_again_is_assessed_anew_and_decided_anew_where_the_law_says_something_else() {
    let produce = Disposition::Produce;
    let mut driven = Driven::two_released();
    assert_eq!(
        driven.assess([produce, Disposition::Reject]),
        Err(Refusal::NothingPending)
    );
    driven.lapse("one\n", EXPIRED).unwrap();
    driven
        .assess([Disposition::Challenge, Disposition::Reject])
        .unwrap();
    let found = &driven.0.assessment.as_ref().unwrap().parts;
    let found: Vec<_> = found.iter().map(|part| part.finding.disposition).collect();
    assert_eq!(
        found,
        [Disposition::Challenge, produce],
        "what is out stays"
    );
    assert_eq!(driven.0.waiting().collect::<Vec<_>>(), [0]);
    assert!(matches!(
        driven.answer(0, produce),
        Err(Refusal::LaxerThanLaw { part: 0, .. })
    ));
    driven.answer(0, Disposition::Challenge).unwrap();
    // Where it says the same, the answer stands, and a mandate is missing.
    let mut driven = Driven::two_released();
    driven.lapse("two\n", EXPIRED).unwrap();
    driven.assess([Disposition::Reject, produce]).unwrap();
    assert_eq!(driven.0.reopened().collect::<Vec<_>>(), [1]);
}

#[test]
fn a_closed_case_takes_a_recall_and_a_late_answer() {
    let mut driven = Driven::two_released();
    driven.refuse("one\n", "no", "signed").unwrap();
    driven.refuse("two\n", "no", "signed").unwrap();
    driven.lapse("two\n", EXPIRED).unwrap();
    driven.tell(Command::Close { duties: vec![] }).unwrap();
    assert_eq!(driven.recall("one\n"), Ok(1));
    assert_eq!(driven.produce("two\n"), Ok(1));
    assert_eq!(driven.0.state(), CaseState::Closed);
}

#[test]
fn what_was_found_of_one_part_is_not_told_of_another() {
    let empty = |complete: bool| Searched {
        complete,
        ..Searched::default()
    };
    for (complete, told) in [(true, vec![1]), (false, vec![])] {
        let mut driven = Driven::decided([Disposition::Produce, Disposition::Produce]);
        driven.release("both\n", &[0, 1]).unwrap();
        let some = Searched {
            items: 3,
            complete: true,
            ..Searched::default()
        };
        driven
            .tell(Command::RecordProduction {
                mandate: digest("both\n"),
                package: digest("package of both\n"),
                items: 3,
                for_review: 0,
                searched: [some, empty(complete)]
                    .into_iter()
                    .enumerate()
                    .map(|(part, found)| PartSearched { part, found })
                    .collect(),
                answer: None,
            })
            .unwrap();
        driven.deliver("both\n").unwrap();
        let case = &driven.0;
        assert!(case.is_handed_over(0));
        assert!(!case.is_handed_over(1));
        let nothing: Vec<_> = case.told_by(LetterKind::NoData).collect();
        let nothing: Vec<_> = nothing.iter().map(|(_, answer)| answer.part).collect();
        assert_eq!(nothing, told, "only what was searched is empty");
    }
}
