//! The texts, and what a case is counted as.

use std::collections::BTreeSet;

use lagrum_cards::{
    Cards, Correction, LogView, Opening, Statement, Verified, verify, write_card_file,
};
use lagrum_mandate::testing::Counting;

use lagrum_model::{Case, CountryCode, InstrumentKind};

use crate::{
    About, CaseFacts, Class, CodeBook, Counted, Counts, Facts, FiguresError, MadeReport, Of,
    Outcome, Period, Plan, View, Who, make, tells,
};

fn country(code: &str) -> CountryCode {
    CountryCode::parse(code).unwrap()
}

fn book() -> CodeBook {
    CodeBook::of(&["SE", "DK", "US"].map(country).into())
}

fn facts(country: Option<&str>, instrument: InstrumentKind, outcome: Option<Outcome>) -> Facts {
    Facts {
        country: country.map(self::country),
        instrument: Some(instrument),
        outcome,
        accounts: 0,
        askers: Vec::new(),
    }
}

#[test]
fn a_code_book_and_a_plan_are_written_in_one_way_only() {
    let text = book().to_text();
    assert_eq!(CodeBook::parse(text.as_bytes()).unwrap(), book());
    for (from, to) in [
        ("\n2 ", "\n02 "),
        ("1 pending\n", ""),
        ("\n2 ", "\n3 "),
        ("\n\n", "\n"),
        ("v1/codebook", "v2/codebook"),
        (" produced\n", "  produced\n"),
        (
            "4 DK search-warrant produced-in-part",
            "4 DK search-warrant produced",
        ),
    ] {
        assert!(text.contains(from), "{from:?}");
        let other = text.replacen(from, to, 1);
        assert!(CodeBook::parse(other.as_bytes()).is_err(), "{to:?}");
    }
    let plan = Plan::default();
    assert_eq!(Plan::parse(plan.to_text().as_bytes()).unwrap(), plan);
    for wrong in [
        "lagrum/figures/v1/plan\nband 10\naccounts 1024\n\n",
        "lagrum/figures/v1/plan\nband 10\nsealed 0\naccounts 1024\n\n",
        "lagrum/figures/v1/plan\nband 0\nsealed 10\naccounts 1024\n\n",
        "lagrum/figures/v1/plan\nband 010\nsealed 10\naccounts 1024\n\n",
        "lagrum/figures/v1/plan\nband 10\nsealed 10\naccounts 1\n\n",
        "lagrum/figures/v1/plan\nband 10\nsealed 10\naccounts 70000\n\n",
        "lagrum/figures/v1/plan\nband 10\nsealed 10\naccounts 1024\n",
        "lagrum/figures/v2/plan\nband 10\nsealed 10\naccounts 1024\n\n",
        "",
    ] {
        assert!(Plan::parse(wrong.as_bytes()).is_err(), "{wrong:?}");
    }
}

/// Every answered demand is in one country, one kind and one outcome: the tables reconcile, whatever is in them.
#[test]
fn each_class_is_in_one_cell_of_each_table() {
    let book = book();
    let cells = Plan::default().cells(&book);
    for table in ["country.", "instrument.", "outcome."] {
        let mut all: Vec<u32> = cells
            .iter()
            .filter(|cell| cell.name().starts_with(table))
            .flat_map(|cell| cell.classes.iter().copied())
            .collect();
        all.sort_unstable();
        let answered: Vec<u32> = (3..=book.len()).collect();
        assert_eq!(all, answered, "{table}");
    }
    // The sum of all is published where no band has to hide sealed kinds more than anything else.
    assert!(cells.iter().all(|cell| cell.of != Of::Received));
    let plan = Plan {
        sealed: 10,
        ..Plan::default()
    };
    assert_eq!(
        plan.cells(&book)[0].classes,
        (1..=book.len()).collect::<Vec<_>>()
    );
    let names: BTreeSet<_> = cells.iter().map(|cell| cell.name()).collect();
    assert_eq!(names.len(), cells.len(), "each has a name of its own");
}

#[test]
fn what_the_code_book_does_not_name_is_counted_among_others() {
    let book = book();
    let class = |facts: Facts| book.class(book.class_of(&facts).unwrap()).unwrap().clone();
    let warrant = InstrumentKind::SearchWarrant;
    let refused = Some(Outcome::Refused);
    let answered = |country: Option<&str>, instrument: &str| Class::Answered {
        country: country.map(str::to_owned),
        instrument: instrument.to_owned(),
        outcome: "refused".to_owned(),
    };
    assert_eq!(
        class(facts(Some("SE"), warrant, refused)),
        answered(Some("SE"), "search-warrant")
    );
    assert_eq!(
        class(facts(Some("FR"), warrant, refused)),
        answered(None, "search-warrant")
    );
    // How many of these there were, no commitment says.
    for sealed in [
        InstrumentKind::NationalSecurityLetter,
        InstrumentKind::ForeignIntelligenceOrder,
    ] {
        assert_eq!(class(facts(Some("US"), sealed, refused)), Class::Other);
    }
    assert_eq!(class(facts(Some("SE"), warrant, None)), Class::Pending);
    assert!(CaseFacts::of(&Case::default(), &[]).is_none());
    // Nor does anything tell them from what nobody described.
    assert_eq!(class(Facts::NOT_KEPT), Class::Other);
}

/// What a later program names besides is no reason to refuse the reports of before.
#[test]
fn a_code_book_is_known_by_its_form() {
    assert!(book().is_generated());
    let text = book().to_text();
    let other = |text: &str| CodeBook::parse(text.as_bytes()).unwrap();
    let renamed = text.replace(" search-warrant ", " search-order ");
    assert!(other(&renamed).is_generated());
    for (from, to) in [
        ("DK subpoena refused", "DK subpoena fused"),
        ("2 other\n", "2 SE search-warrant shown\n"),
        (
            "3 DK search-warrant produced\n",
            "3 FR search-warrant produced\n",
        ),
    ] {
        assert!(text.contains(from), "{from}");
        assert!(!other(&text.replacen(from, to, 1)).is_generated(), "{to}");
    }
    let (first, _) = text.rsplit_once("\n\n").unwrap();
    let (shorter, _) = first.rsplit_once('\n').unwrap();
    assert!(!other(&format!("{shorter}\n\n")).is_generated());
}

/// A figure in which kinds are that nobody may count is never exact.
#[test]
fn what_holds_sealed_kinds_is_published_in_their_bands() {
    let plan = Plan {
        band: 1,
        sealed: 250,
        ..Plan::default()
    };
    let book = book();
    let sealed = book.class_of(&Facts::NOT_KEPT).unwrap();
    let pending = book.pending().unwrap();
    let mut wide = 0;
    for cell in plan.cells(&book) {
        let holds = cell.classes.contains(&sealed) || cell.classes.contains(&pending);
        assert_eq!(
            plan.width(&cell),
            if holds { 250 } else { 1 },
            "{}",
            cell.name()
        );
        wide += usize::from(holds);
    }
    assert_eq!(wide, 2);
}

/// As what so many demands of a country, on this instrument and with this outcome are counted.
fn many(
    number: usize,
    of: &str,
    instrument: InstrumentKind,
    outcome: Option<Outcome>,
) -> Vec<(Option<u32>, u32)> {
    let class = book().class_of(&facts(Some(of), instrument, outcome));
    let accounts = u32::from(outcome == Some(Outcome::Produced));
    vec![(class, accounts); number]
}

/// What two views tell, each of these demands; the second corrects nothing.
fn told(plan: &Plan, views: &[Vec<(Option<u32>, u32)>]) -> Vec<String> {
    let views: Vec<(Vec<_>, Vec<_>)> = views
        .iter()
        .map(|view| view.iter().copied().unzip())
        .collect();
    let views: Vec<_> = views
        .iter()
        .map(|(classes, accounts)| View {
            classes,
            accounts,
            corrections: &[],
        })
        .collect();
    read(plan, 4392, &views)
}

/// What a reader is told who knows nothing but what is published.
fn read(plan: &Plan, cards: u32, views: &[View<'_>]) -> Vec<String> {
    let counts = Counts {
        book: &book(),
        cards,
        views,
        askers: &[],
    };
    let told = tells(&counts, plan).unwrap();
    assert!(told.iter().all(|one| one.who == Who::Reader));
    told.iter().map(ToString::to_string).collect()
}

#[test]
fn what_can_be_read_out_of_bands_is_found_before_anything_is_published() {
    let plan = Plan::default();
    let warrant = InstrumentKind::SearchWarrant;
    let produced = Some(Outcome::Produced);
    let of = |number, of| many(number, of, warrant, produced);
    // A few here and a few there: nobody reads more than the bands.
    let some = [
        of(3, "SE"),
        many(12, "DK", InstrumentKind::Subpoena, Some(Outcome::Refused)),
        of(25, "US"),
    ];
    assert_eq!(told(&plan, &[some.concat()]), [""; 0]);
    // Nine of each of four countries, all on one instrument: of it there are 30 at least, so that nothing else has more
    // than six.
    let nine = [of(9, "SE"), of(9, "DK"), of(9, "US"), of(9, "FR")].concat();
    let found = told(&plan, &[nine]);
    assert!(
        found.contains(&"SE, subpoena, refused: 0 to 6".to_owned()),
        "{found:?}"
    );
    // As they are they tell everything that the plan does not hide, and that is not looked for; sealed kinds stay hidden.
    let exact = Plan {
        band: 1,
        sealed: 250,
        ..plan
    };
    let letters = InstrumentKind::NationalSecurityLetter;
    let sealed = [
        of(3, "SE"),
        many(7, "US", letters, produced),
        many(2, "US", letters, None),
    ];
    assert_eq!(told(&exact, &[sealed.concat()]), [""; 0]);
    // But where nothing else is, a narrow band gives them away.
    let narrow = Plan {
        band: 1,
        sealed: 2,
        ..plan
    };
    let one = [of(1, "SE"), many(1, "US", letters, produced)].concat();
    let found = told(&narrow, &[one.clone(), one]);
    assert_eq!(found, [""; 0], "zero or one, at each of two views");
}

#[test]
fn what_two_views_tell_together_is_found() {
    let plan = Plan::default();
    let warrant = InstrumentKind::SearchWarrant;
    let of = |number, of| many(number, of, warrant, Some(Outcome::Refused));
    let pending = |number| many(number, "SE", warrant, None);
    let first = [of(4, "SE"), pending(6)].concat();
    assert_eq!(told(&plan, &[first.clone(), of(10, "SE")]), [""; 0]);
    // What the second gives away of itself, it gives away of the first, too.
    let nine = ["SE", "DK", "US", "FR"]
        .map(|country| of(9, country))
        .concat();
    assert_eq!(told(&plan, &[first]), [""; 0]);
    let found = told(&plan, &[[of(4, "SE"), pending(32)].concat(), nine]);
    assert!(
        found.contains(&"SE, subpoena, refused: 0 to 6".to_owned()),
        "{found:?}"
    );
}

#[test]
fn what_corrections_tell_is_found() {
    let plan = Plan::default();
    let warrant = InstrumentKind::SearchWarrant;
    let (refused, produced) = (Some(Outcome::Refused), Some(Outcome::Produced));
    let views = [
        many(8, "SE", warrant, refused),
        many(8, "SE", warrant, produced),
    ];
    let views: Vec<(Vec<_>, Vec<_>)> = views.map(|view| view.into_iter().unzip()).into();
    let (from, to) = (views[0].0[0].unwrap(), views[1].0[0].unwrap());
    let corrections = [Correction { from, to, count: 8 }];
    let view = |at: usize, corrections| View {
        classes: &views[at].0,
        accounts: &views[at].1,
        corrections,
    };
    let found = read(&plan, 4392, &[view(0, &[]), view(1, &corrections)]);
    assert!(
        found.contains(&"SE, search warrant, refused: 8 to 9".to_owned()),
        "{found:?}"
    );
}

/// Where nearly every card is of one kind, nothing is left to hide the others.
#[test]
fn few_blank_cards_hide_nothing() {
    let warrant = InstrumentKind::SearchWarrant;
    let all = many(20, "SE", warrant, Some(Outcome::Refused));
    let (classes, accounts): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    let view = View {
        classes: &classes,
        accounts: &accounts,
        corrections: &[],
    };
    let found = read(&Plan::default(), 20, &[view]);
    assert!(
        found.contains(&"SE, search warrant, refused: 20".to_owned()),
        "{found:?}"
    );
    assert!(
        found.iter().any(|one| one.starts_with("other: ")),
        "{found:?}"
    );
}

/// A period of one file with three cards, of which two are of demands.
struct Made {
    openings: Vec<Opening>,
    cards: Cards,
}

impl Made {
    fn new() -> Self {
        let demand = |place: u32| (place < 2).then_some([place as u8 + 1; 32]);
        let mut random = Counting(1);
        let opening =
            |place| Opening::fresh("made.example/log", 0, place, demand(place), &mut random);
        let openings: Vec<_> = (0..3).map(opening).collect();
        let mut cards = Cards::new("made.example/log", 0);
        let file = write_card_file("made.example/log", 0, &openings, &mut Counting(9));
        cards.push(&file, 3).unwrap();
        Self { openings, cards }
    }

    fn view<'f>(
        &self,
        former: Option<(&'f Verified, &'f MadeReport)>,
        correct: bool,
        outcomes: [Option<Outcome>; 2],
    ) -> Result<MadeReport, FiguresError> {
        let period = Period::parse("2027-01-01").unwrap();
        let view = |(_, made): (&'f Verified, &'f MadeReport)| View {
            classes: &made.classes,
            accounts: &made.accounts,
            corrections: &[],
        };
        let views: Vec<View<'_>> = former.map(view).into_iter().collect();
        let about = About {
            origin: "made.example/log",
            period: &period,
            log: LogView {
                size: 8,
                root: [7; 32],
            },
            slots: (0, 0),
            former: former.map(|(verified, _)| verified),
            views: &views,
            even_telling: true,
            fixed: false,
            correct,
        };
        let of = |outcome| Facts {
            accounts: u32::from(outcome == Some(Outcome::Produced)),
            ..facts(Some("SE"), InstrumentKind::SearchWarrant, outcome)
        };
        let facts = [Some(of(outcomes[0])), Some(of(outcomes[1])), None];
        let counted: Vec<_> = (0..3)
            .map(|at| Counted {
                opening: self.openings[at].clone(),
                facts: facts[at].clone(),
                former: former.and_then(|(_, made)| made.classes[at]),
            })
            .collect();
        let plan = Plan {
            band: 1,
            sealed: 1,
            ..Plan::default()
        };
        make(
            &about,
            &book(),
            &plan,
            &self.cards,
            &counted,
            &mut Counting(9),
        )
    }
}

/// What is counted otherwise than before is said: how many, and from what to what.
#[test]
fn a_later_view_takes_an_answer_back_only_by_saying_so() {
    let made = Made::new();
    let (refused, produced) = (Some(Outcome::Refused), Some(Outcome::Produced));
    let first = made
        .view(None, false, [refused, None])
        .unwrap_or_else(|e| panic!("{e}"));
    let verified = verify(&first.made.report, &made.cards, None, &mut Counting(9)).unwrap();
    let former = Some((&verified, &first));
    // What waited may become anything.
    let second = made
        .view(former, false, [refused, produced])
        .unwrap_or_else(|e| panic!("{e}"));
    let statement = Statement::parse(&second.made.report.statement).unwrap();
    assert_eq!((statement.view, statement.corrections.len()), (2, 0));
    let Err(FiguresError::Otherwise(why)) = made.view(former, false, [produced, produced]) else {
        panic!("what was refused is produced without a word");
    };
    assert_eq!(
        why,
        ["1 from SE, search warrant, refused to SE, search warrant, produced"]
    );
    let second = made
        .view(former, true, [produced, produced])
        .unwrap_or_else(|e| panic!("{e}"));
    let report = &second.made.report;
    let checked = verify(report, &made.cards, Some(&verified), &mut Counting(9)).unwrap();
    let class = |at: usize| second.classes[at].unwrap();
    let correction = Correction {
        from: first.classes[0].unwrap(),
        to: class(0),
        count: 1,
    };
    assert_eq!(checked.statement().corrections, [correction]);
    // Nor does a view say that an answered demand waits again.
    assert!(made.view(former, true, [None, produced]).is_ok());
    assert!(made.view(former, false, [None, produced]).is_err());
}
