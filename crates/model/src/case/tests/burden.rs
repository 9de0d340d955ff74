use super::*;
use crate::{Currency, Money};

fn work(on: WorkKind, minutes: u32, cost: Option<&str>) -> Burden {
    Burden::Work {
        on,
        minutes,
        firm: None,
        cost: cost.map(|text| Money::parse(text).unwrap()),
    }
}

fn record(burden: Burden) -> Command {
    Command::RecordBurden { burden }
}

#[test]
fn work_and_money_are_summed_by_kind_and_by_currency() {
    let mut driven = Driven::new();
    let claim = |outcome, text| Burden::Reimbursement {
        outcome,
        amount: Money::parse(text).unwrap(),
    };
    for burden in [
        work(WorkKind::LegalAssessment, 90, Some("4500 SEK")),
        work(WorkKind::LegalAssessment, 30, None),
        work(WorkKind::Other, 0, Some("12.50 EUR")),
        claim(Reimbursement::Paid, "1000 SEK"),
        claim(Reimbursement::Refused, "2000.50 SEK"),
    ] {
        assert_eq!(driven.tell(record(burden)), Ok(1));
    }
    let sum = driven.0.burden_sum();
    assert_eq!(
        serde_json::to_value(&sum).unwrap(),
        serde_json::json!({
            "entries": 5,
            "minutes": {"legal-assessment": 120},
            "costs": {"EUR": 1250, "SEK": 450_000},
            "paid": {"SEK": 100_000},
            "refused": {"SEK": 200_050},
        })
    );
    assert_eq!(sum.all_minutes(), 120);
}

#[test]
fn what_is_taken_back_stays_with_who_and_why_and_counts_no_more() {
    let mut driven = Driven::new();
    driven
        .tell(record(work(WorkKind::Reading, 20, Some("5 EUR"))))
        .unwrap();
    driven
        .tell(record(work(WorkKind::Reading, 3, None)))
        .unwrap();
    let entry = driven.0.burden[0].number;
    let back = |entry| Command::TakeBurdenBack { entry };
    assert_eq!(driven.tell(back(entry)), Ok(1));
    assert_eq!(driven.tell(back(entry)), Ok(0), "once is enough");
    for entry in [0, entry - 1, entry + 2, u64::MAX] {
        let refused = Refusal::NoSuchEntry { entry };
        assert_eq!(driven.tell(back(entry)), Err(refused));
    }
    let case = &driven.0;
    assert_eq!(case.burden.len(), 2);
    let taken_back = case.burden[0].taken_back.as_ref().unwrap();
    assert_eq!(
        (taken_back.by.id(), taken_back.why.as_str()),
        ("elin", "test")
    );
    assert_eq!(case.burden_sum(), BurdenSum::of([&case.burden[1].burden]));
    assert_eq!(case.burden_sum().all_minutes(), 3);
}

#[test]
fn an_entry_of_nothing_and_an_entry_that_nobody_means_are_refused() {
    let mut driven = Driven::new();
    let mut refused = |burden| driven.tell(record(burden)).err();
    let money = |amount, currency| Money {
        amount,
        currency: Currency::parse(currency).unwrap(),
    };
    let cost = |cost| Burden::Work {
        on: WorkKind::Other,
        minutes: 0,
        firm: None,
        cost: Some(cost),
    };
    let firm = |name: String| Burden::Work {
        on: WorkKind::Other,
        minutes: 1,
        firm: Some(name),
        cost: None,
    };
    let empty = |field| Some(Refusal::Empty { field });
    let too_much = |field, most| Some(Refusal::TooMuch { field, most });
    assert_eq!(refused(work(WorkKind::Other, 0, None)), empty("minutes"));
    assert_eq!(refused(work(WorkKind::Other, 60_000, None)), None);
    assert_eq!(
        refused(work(WorkKind::Other, 60_001, None)),
        too_much("minutes", 60_000)
    );
    assert_eq!(refused(cost(money(0, "SEK"))), empty("amount"));
    assert_eq!(refused(cost(money(Money::MOST, "SEK"))), None);
    assert_eq!(
        refused(cost(money(Money::MOST + 1, "SEK"))),
        too_much("amount", Money::MOST)
    );
    assert_eq!(refused(firm(" ".into())), empty("firm"));
    assert_eq!(refused(firm("å".repeat(200))), None);
    assert_eq!(refused(firm("å".repeat(201))), too_much("firm", 200));
    for code in ["QQQ", "XAU", "XXX"] {
        let currency = Currency::parse(code).unwrap();
        assert_eq!(
            refused(cost(money(1, code))),
            Some(Refusal::UnknownCurrency { currency })
        );
    }
}

#[test]
fn a_closed_case_takes_a_late_bill_and_a_new_description_changes_nothing_of_it() {
    let mut driven = Driven::decided([Disposition::Reject, Disposition::Reject]);
    driven
        .tell(record(work(WorkKind::Reading, 20, None)))
        .unwrap();
    let demand = Box::new(testing::demand(&["reference = 'R 2'"]));
    driven.tell(Command::Describe { demand }).unwrap();
    assert_eq!(driven.0.burden_sum().all_minutes(), 20);

    let mut driven = Driven::decided([Disposition::Reject, Disposition::Reject]);
    driven.tell(close()).unwrap();
    assert!(driven.0.closed);
    driven
        .tell(record(work(WorkKind::Challenge, 5, Some("900 SEK"))))
        .unwrap();
    let entry = driven.0.burden[0].number;
    assert_eq!(driven.tell(Command::TakeBurdenBack { entry }), Ok(1));
    assert_eq!(driven.0.burden_sum(), BurdenSum::default());
}
