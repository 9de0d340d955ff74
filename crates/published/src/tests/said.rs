//! What is said in each language.

use lagrum_figures::{Cell, Figure, Of, Outcome, Period};
use lagrum_model::{InstrumentKind, Language};

use super::{banded, exact, figures, plain, with};
use crate::words::words;
use crate::{message, names, period, rows};

#[test]
fn none_one_and_many_are_said_rightly() {
    let said = |language, count: u64| {
        let figures = exact(|name| if name == "other" { 0 } else { count });
        let words = words(language);
        with(&figures, |published| {
            let accounts = message::of_accounts(words, Figure::Exactly(count));
            (
                plain(message::of_received(words, published)),
                plain(accounts),
            )
        })
    };
    for (language, count, received, accounts) in [
        (
            Language::English,
            0,
            "No demand was received",
            "No data of any account was produced",
        ),
        (
            Language::English,
            1,
            "1 demand was received; 1 is not answered yet",
            "Data of 1 account was produced",
        ),
        (
            Language::English,
            2,
            "2 demands were received; 2 are not answered yet",
            "Data of 2 accounts was produced",
        ),
        (
            Language::Swedish,
            0,
            "Ingen begäran kom in",
            "Inga kontouppgifter lämnades ut",
        ),
        (
            Language::Swedish,
            1,
            "1 begäran kom in, 1 har ännu inte besvarats",
            "Uppgifter om 1 konto lämnades ut",
        ),
        (
            Language::Swedish,
            2000,
            "2 000 begäranden kom in, 2 000 har ännu inte besvarats",
            "Uppgifter om 2 000 konton lämnades ut",
        ),
        (
            Language::Danish,
            0,
            "Der blev ikke modtaget nogen anmodning",
            "Der blev ikke udleveret oplysninger om nogen konto",
        ),
        (
            Language::Danish,
            1,
            "Der blev modtaget 1 anmodning; 1 er endnu ikke besvaret",
            "Der blev udleveret oplysninger om 1 konto",
        ),
        (
            Language::Danish,
            2000,
            "Der blev modtaget 2.000 anmodninger; 2.000 er endnu ikke besvaret",
            "Der blev udleveret oplysninger om 2.000 konti",
        ),
    ] {
        assert_eq!(
            said(language, count),
            (received.to_owned(), accounts.to_owned())
        );
    }
}

fn of_countries(figures: &[(Cell, Figure)], language: Language) -> String {
    let words = words(language);
    with(figures, |published| {
        let rows = rows::sorted(published, words, |of| matches!(of, Of::Country(_)));
        plain(message::of_table(words, &words.country, &rows))
    })
}

/// A country is said to be ahead only where each number in its band is above each of the others.
#[test]
fn a_heading_says_no_more_than_the_figures() {
    let one = |code: &'static str, number| {
        move |name: &str| {
            if name.strip_prefix("country.") == Some(code) {
                number
            } else {
                0
            }
        }
    };
    let many = |names: &'static [&str], number| {
        move |name: &str| {
            let own = name
                .strip_prefix("country.")
                .is_some_and(|code| names.contains(&code));
            if own {
                number
            } else {
                u64::from(name == "country.FI")
            }
        }
    };
    let banded_in = |names: &'static [&str]| {
        figures(move |cell| {
            let name = cell.name();
            let own = name
                .strip_prefix("country.")
                .is_some_and(|code| names.contains(&code));
            if own {
                Figure::Between(10, 19)
            } else {
                Figure::Between(0, 9)
            }
        })
    };
    for (figures, said) in [
        (
            banded(),
            "Sweden asked most: 2,340 to 2,349 of the demands that were answered",
        ),
        (
            banded_in(&["US"]),
            "The United States asked most: 10 to 19 of the demands that were answered",
        ),
        (
            banded_in(&["SE", "DK"]),
            "In the highest band, 10 to 19 answered demands each: Denmark and Sweden",
        ),
        (
            banded_in(&["SE", "DK", "US", "DE"]),
            "In the highest band, 10 to 19 answered demands each: 4 countries",
        ),
        (
            banded_in(&["SE", "DK", "US", "other"]),
            "Answered demands by country",
        ),
        (
            banded_in(&[]),
            "No country has more than 9 answered demands",
        ),
        (exact(|_| 0), "No demand was answered"),
        (
            exact(one("SE", 1)),
            "Answered demands came from Sweden alone: 1",
        ),
        (
            exact(one("other", 2)),
            "All other countries together asked most: 2 of the demands that were answered",
        ),
        (
            exact(many(&["SE", "GB"], 3)),
            "Sweden and the United Kingdom asked most: 3 answered demands each",
        ),
    ] {
        assert_eq!(of_countries(&figures, Language::English), said);
    }
    assert_eq!(
        of_countries(&banded(), Language::Swedish),
        "Flest besvarade begäranden kom från Sverige: 2 340–2 349"
    );
    assert_eq!(
        of_countries(&banded(), Language::Danish),
        "Flest besvarede anmodninger kom fra Sverige: 2.340–2.349"
    );
}

#[test]
fn a_period_is_said_in_words() {
    for (text, english, swedish, danish) in [
        ("2027", "2027", "2027", "2027"),
        (
            "2027H1",
            "January to June 2027",
            "januari–juni 2027",
            "januar–juni 2027",
        ),
        (
            "2027Q4",
            "October to December 2027",
            "oktober–december 2027",
            "oktober–december 2027",
        ),
        ("2028-02", "February 2028", "februari 2028", "februar 2028"),
        (
            "2027-05-17",
            "17 May 2027",
            "den 17 maj 2027",
            "den 17. maj 2027",
        ),
    ] {
        let parsed = Period::parse(text).unwrap();
        let all = Language::ALL.map(|language| period::in_words(words(language), &parsed));
        assert_eq!(
            all,
            [english, swedish, danish].map(|said| format!("{said} (UTC)"))
        );
    }
}

#[test]
fn countries_kinds_and_outcomes_have_names_in_each_language() {
    let own = "AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK US";
    for language in Language::ALL {
        for code in own.split(' ') {
            assert_ne!(names::country(language, code), code, "{language}");
        }
        for kind in InstrumentKind::ALL {
            let name = names::instrument(language, kind.as_str());
            let swedish = language == Language::Swedish;
            assert!(
                !swedish || name != kind.as_str().replace('-', " "),
                "{name}"
            );
        }
        for outcome in Outcome::ALL {
            let (_, more) = names::outcome(words(language), outcome.as_str());
            assert!(more.is_some());
        }
    }
    assert_eq!(names::country(Language::Danish, "AT"), "Østrig");
    assert_eq!(names::country(Language::English, "QQ"), "QQ");
    assert_eq!(names::instrument(Language::Swedish, "new-kind"), "new kind");
    assert_eq!(
        names::instrument(Language::Danish, "subpoena"),
        "pålæg om udlevering (subpoena)"
    );
}
