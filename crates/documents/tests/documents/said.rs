//! What a day with real papers found said that was not so, each kind held here in three languages.

use lagrum_documents::{LetterFacts, Provider, Style, event_reason, identifier, letter};
use lagrum_model::{
    Answer, Case, CountryCode, Disposition, Identifier, InstrumentKind, Language, LetterKind,
};

use crate::made::{Driven, at, id, packs, phrases, stockholm};

const FOREIGN: [Language; 2] = [Language::Swedish, Language::Danish];

fn written(kind: LetterKind, case: &Case, language: Language) -> String {
    let provider = Provider {
        name: "Kvist Mail AB".into(),
        contact: Vec::new(),
    };
    let facts = LetterFacts {
        provider: &provider,
        id: &id(),
        case,
        written_at: at("2026-11-27T09:00:00Z"),
        zone: &stockholm(),
        account: None,
        code: None,
        check: None,
    };
    let page = letter(kind, &facts, packs(), &phrases(language)).expect("it is described");
    page.to_text(2000, Style::Plain)
}

/// The made order, every part answered so, as the law itself does.
fn all_answered(disposition: Disposition, instead: &str) -> Case {
    let mut case = Driven::assessed().case;
    let parts = &mut case.assessment.as_mut().unwrap().parts;
    for part in parts.iter_mut() {
        part.finding.disposition = disposition;
        part.finding.instead = Some(instead.into());
    }
    case.answers = (0..parts.len())
        .map(|part| Answer {
            part,
            disposition,
            reason: "as the law packs propose".into(),
            form: None,
        })
        .collect();
    case
}

#[test]
fn what_the_desk_itself_gives_as_a_reason_is_read_in_the_readers_language() {
    let reasons = [
        "received",
        "as received",
        "kept as received",
        "described by a person",
        "belongs to the demand",
        "the number of the list of authorities",
        "for two signatures",
        "two people signed, one of them counsel",
        "as the law packs propose",
        "the agent's receipt",
        "sealed package handed over",
        "sealed package removed",
        "answered",
        "law as of 2026-11-27",
    ];
    for language in FOREIGN {
        let words = phrases(language);
        for reason in reasons {
            assert_ne!(event_reason(reason, &words), reason, "{language:?}");
        }
        let own = "the officer said so on the telephone";
        assert_eq!(event_reason(own, &words), own, "what a person wrote stays");
    }
    let english = phrases(Language::English);
    for reason in &reasons[..12] {
        assert_eq!(event_reason(reason, &english), *reason);
    }
}

#[test]
fn an_address_at_an_instant_is_read_with_its_instant_in_words() {
    let given = Identifier::parse("ip-address:198.51.100.23 port 51234 at 2026-08-20T19:04:11Z");
    let given = given.unwrap();
    for (language, said) in [
        (
            Language::English,
            "198.51.100.23 port 51234 at 20 August 2026 at 19:04:11 (UTC)",
        ),
        (
            Language::Swedish,
            "198.51.100.23 port 51234, den 20 augusti 2026 kl. 19.04.11 (UTC)",
        ),
        (
            Language::Danish,
            "198.51.100.23 port 51234, den 20. august 2026 kl. 19.04.11 (UTC)",
        ),
    ] {
        assert_eq!(identifier(&given, &phrases(language)), said);
    }
    let address = Identifier::parse("ann@kvist.example").unwrap();
    assert_eq!(
        identifier(&address, &phrases(Language::Danish)),
        "ann@kvist.example"
    );
}

#[test]
fn who_asks_to_preserve_through_the_wrong_channel_is_told_that_nothing_is_preserved() {
    let preserving = |instead| {
        let mut case = all_answered(Disposition::RedirectToTreatyChannel, instead);
        let demand = case.demand.as_mut().unwrap();
        demand.instrument.kind = InstrumentKind::PreservationOrder;
        case
    };
    let case = preserving("Ask your contact point.");
    for (language, kept, lead) in [
        (Language::English, "not preserved", "do not preserve"),
        (Language::Swedish, "bevaras inte", "Vi bevarar inte"),
        (Language::Danish, "sikres ikke", "Vi sikrer ikke"),
    ] {
        let text = written(LetterKind::Redirect, &case, language);
        assert!(text.contains(kept), "{text}");
        assert!(text.contains(lead), "{text}");
    }
    let text = written(LetterKind::Redirect, &case, Language::English);
    assert!(text.contains("Ask your contact point."), "{text}");
}

#[test]
fn what_cannot_be_looked_up_here_is_asked_about_and_not_refused() {
    let case = all_answered(
        Disposition::NotLookedUp,
        "The provider has no means to find an account by an identifier of kind ip-address. Name the account's mail address.",
    );
    for (language, said) in [
        (
            Language::English,
            "we do not know whether there is anything",
        ),
        (Language::Swedish, "vi vet inte om det finns något"),
        (Language::Danish, "vi ved ikke, om der er noget"),
    ] {
        let text = written(LetterKind::Question, &case, language);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(said), "{text}");
        assert!(!text.contains("[["), "nothing is left open: {text}");
    }
    let text = written(LetterKind::Question, &case, Language::Swedish);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Ange kontots e-postadress."), "{text}");
    assert!(!text.contains("no means"), "{text}");
}

#[test]
fn the_way_that_a_limiting_rule_leaves_open_is_read_in_the_readers_language() {
    let mut case = Driven::assessed().case;
    let mut finding = case.assessment.as_mut().unwrap().parts.remove(0).finding;
    let rule = lagrum_model::Citation {
        rule: "us.sca.subscriber.needs-order".into(),
        ..finding.decided_by.first().expect("a rule decided").clone()
    };
    finding.decided_by.retain(|one| {
        let told = phrases(Language::Swedish).instead_of(&one.rule, "");
        told.is_none()
    });
    finding.within = Some(lagrum_model::Within {
        period: None,
        sub_categories: Vec::new(),
        open: false,
        by: vec![rule],
    });
    let english = "Obtain an order under 18 U.S.C. § 2703(d) or a warrant.";
    finding.instead = Some(english.into());
    for language in FOREIGN {
        let told = phrases(language).instead(&finding, None).unwrap();
        assert!(!told.contains("Obtain"), "{told}");
    }
}

#[test]
fn a_country_is_named_wherever_it_lies() {
    for language in [Language::English, Language::Swedish, Language::Danish] {
        for code in ["RU", "IN", "BR", "JP", "ZA", "US", "SE", "UA"] {
            let country = CountryCode::parse(code).unwrap();
            assert_ne!(phrases(language).country(country), code, "{language:?}");
        }
    }
}

#[test]
fn what_stands_against_a_demand_is_not_called_a_reason_against_handing_over() {
    // Demands to preserve are refused under the same words.
    for (language, word) in [
        (Language::Swedish, "utlämnande"),
        (Language::Danish, "udlevering"),
    ] {
        let words = phrases(language);
        for label in ["label-forbids", "label-overridden"] {
            assert!(!words.word(label).contains(word), "{label}");
        }
    }
}
