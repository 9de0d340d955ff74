//! What the memo says of what was decided and done: never what the rules lead to alone.

use lagrum_documents::Style;
use lagrum_model::{
    Actor, Answer, Assessment, Case, Channel, Command, DemandPart, Disposition, EventKind,
    Identifier, Language, Letter, LetterKind, Moment, Role, Sha256Digest,
};

use crate::made::{Driven, at, memo_of, olof, order, person, phrases};

const NOW: &str = "2026-11-20T09:00:00Z";

/// The memo of a case on one line, with single blanks, as the rules were last applied or as `anew` says.
fn told(driven: &Driven, anew: Option<&Assessment>, language: Language) -> String {
    let text = memo_of(driven, anew, NOW, language).to_text(2000, Style::Plain);
    let text = text.replace('\u{a0}', " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn section<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = text
        .split_once(from)
        .unwrap_or_else(|| panic!("{from}: {text}"));
    let (section, _) = rest
        .split_once(to)
        .unwrap_or_else(|| panic!("{to}: {text}"));
    section
}

const HEADS: [(Language, &str, &str); 3] = [
    (
        Language::English,
        "Decision and action ---",
        "What the rules lead to ---",
    ),
    (
        Language::Swedish,
        "Beslut och åtgärder ---",
        "Vad reglerna leder till ---",
    ),
    (
        Language::Danish,
        "Afgørelse og foranstaltninger ---",
        "Hvad reglerne fører til ---",
    ),
];

/// Answered as the law packs propose, but for the first part.
fn decided(first: Disposition, reason: &str) -> Driven {
    let mut driven = Driven::assessed();
    let found = driven.case.assessment.clone().unwrap();
    let answers = found.parts.iter().enumerate().map(|(part, one)| Answer {
        part,
        disposition: match part {
            0 => first,
            _ => one.finding.proposed(),
        },
        reason: match part {
            0 => reason.into(),
            _ => "as the law packs propose".into(),
        },
        form: None,
    });
    let answers = answers.collect();
    let maja = person("Maja Lind", Role::Counsel);
    let decide = Command::Decide { answers };
    driven.tell("2026-11-10T13:40:00Z", &maja, "decided", decide);
    driven
}

#[test]
fn a_part_that_was_refused_against_what_the_rules_allow_is_told_as_refused_with_who_and_why() {
    let driven = decided(Disposition::Reject, "The account is of another person.");
    for ((language, from, to), at) in HEADS.into_iter().zip([
        "10 November 2026 at 14:40",
        "den 10 november 2026 kl. 14.40",
        "den 10. november 2026 kl. 14.40",
    ]) {
        let words = phrases(language);
        let text = told(&driven, None, language);
        let section = section(&text, from, to);
        let country = words.word("country-SE");
        let refused = words.sentence(&words.word("disposition-reject"));
        let why = format!("{}: The account is of another", words.word("answer-reason"));
        let proposed = words.word("event-why-as-proposed");
        let (decided, counsel) = (words.word("memo-decided"), words.word("role-counsel"));
        for part in [
            format!("alder@kvist.example (stockholm, {country}) – {refused}"),
            format!("{}: {proposed}", words.word("answer-reason")),
            format!("{decided}: Maja Lind ({counsel}), {at}"),
            why,
        ] {
            assert!(section.contains(&part), "{language} {part}: {section}");
        }
    }
}

#[test]
fn a_memo_before_the_decision_says_that_nothing_is_decided() {
    let driven = Driven::assessed();
    for ((language, from, to), none) in HEADS.into_iter().zip([
        "Nothing is decided.",
        "Inget är beslutat.",
        "Intet er afgjort.",
    ]) {
        let text = told(&driven, None, language);
        assert!(section(&text, from, to).contains(none), "{text}");
    }
}

/// The mandate was signed by both, carried out and handed over; a letter went out.
fn handed_over() -> Driven {
    let (mut driven, text) = Driven::half_signed();
    let mandate = Sha256Digest::of(text.as_bytes());
    let package = Sha256Digest::of(b"package");
    let (olof, maja) = (olof(), person("Maja Lind", Role::Counsel));
    let agent = Actor::Agent {
        region: lagrum_model::Region::parse("stockholm").unwrap(),
    };
    let to = "vogt@sta-berlin.example".to_owned();
    let letter = Letter {
        kind: LetterKind::Production,
        language: Language::English,
        to: to.clone(),
        by: Channel::Email,
        account: None,
        sha256: Sha256Digest::of(b"letter"),
        length: 6,
    };
    for (when, actor, what) in [
        (
            "2026-11-11T09:00:00Z",
            &maja,
            EventKind::Approved {
                mandate,
                signer: "Maja Lind".into(),
                role: Role::Counsel,
                signature: "— kvist.example/maja AAAA".into(),
            },
        ),
        (
            "2026-11-11T09:01:00Z",
            &maja,
            EventKind::Mandated { mandate },
        ),
        (
            "2026-11-11T10:00:00Z",
            &agent,
            EventKind::Produced {
                mandate,
                package,
                items: 21,
                for_review: 2,
                searched: Vec::new(),
                answer: None,
            },
        ),
        (
            "2026-11-11T11:30:00Z",
            &olof,
            EventKind::Delivered { package, to },
        ),
        (
            "2026-11-11T11:31:00Z",
            &olof,
            EventKind::LetterSent {
                letter: Box::new(letter),
                taken: None,
            },
        ),
    ] {
        driven.happens(when, actor, "so it was", what);
    }
    driven
}

#[test]
fn a_memo_says_what_was_signed_carried_out_and_handed_over_and_when() {
    let driven = handed_over();
    for ((language, from, to), parts) in HEADS.into_iter().zip([
        [
            "21 items",
            "2 items withheld for review",
            "Delivered to: vogt@sta-berlin.example 11 November 2026 at 12:30",
            "Olof Strand (analyst) and Maja Lind (counsel)",
            "sent to vogt@sta-berlin.example (by e-mail)",
        ],
        [
            "21 poster",
            "2 poster hålls inne för juristens granskning",
            "Överlämnat till: vogt@sta-berlin.example den 11 november 2026 kl. 12.30",
            "Olof Strand (handläggare) och Maja Lind (leverantörens jurist)",
            "sänt till vogt@sta-berlin.example (med e-post)",
        ],
        [
            "21 poster",
            "2 poster tilbageholdes til juristens gennemgang",
            "vogt@sta-berlin.example den 11. november 2026 kl. 12.30",
            "Olof Strand (sagsbehandler) og Maja Lind (udbyderens jurist)",
            "sendt til vogt@sta-berlin.example (pr. e-mail)",
        ],
    ]) {
        let text = told(&driven, None, language);
        let told = section(&text, from, to);
        for part in parts {
            assert!(told.contains(part), "{language} {part}: {told}");
        }
        let text = memo_of(&driven, None, NOW, language).to_text(80, Style::Plain);
        let (from, to) = (from.trim_end_matches(" ---"), to.trim_end_matches(" ---"));
        let whole = section(&text, from, to);
        insta::assert_snapshot!(format!("memo-decision-{language}"), whole);
    }
}

#[test]
fn what_the_rules_lead_to_today_is_told_apart_from_what_was_decided() {
    let driven = handed_over();
    let mut anew = driven.case.assessment.clone().unwrap();
    for part in &mut anew.parts {
        part.finding.disposition = Disposition::Reject;
    }
    for ((language, from, to), said) in HEADS.into_iter().zip([
        "Here the rules are applied anew",
        "Här har reglerna tillämpats på nytt",
        "Her er reglerne anvendt på ny",
    ]) {
        let text = told(&driven, Some(&anew), language);
        let (_, after) = text.split_once(to).unwrap();
        let after = after.trim_start_matches(['-', ' ', '!']);
        assert!(after.starts_with(said), "{after}");
        // What was handed over is not told as refused.
        let refused = phrases(language).sentence(&phrases(language).word("disposition-reject"));
        assert!(!section(&text, from, to).contains(&refused), "{text}");
        assert!(!told(&driven, None, language).contains(said));
    }
}

#[test]
fn a_memo_names_the_stage_of_a_challenge_and_the_day_of_each_step() {
    let mut driven = decided(Disposition::Challenge, "Our court has to hear it.");
    let steps = [
        (Moment::CourtReviewAsked, "2026-11-12T09:00:00Z"),
        (Moment::Heard, "2026-11-14T09:00:00Z"),
        (Moment::CourtRuled, "2026-11-16T09:00:00Z"),
        (Moment::Appealed, "2026-11-18T09:00:00Z"),
    ];
    let stage = |case: &Case| case.challenge_stands().unwrap().as_str();
    for (what, when) in steps {
        let when_recorded = at(when);
        let what = EventKind::MilestoneRecorded {
            what,
            when: when_recorded,
            ruling: None,
        };
        driven.happens(when, &olof(), "the court's letter", what);
    }
    assert_eq!(stage(&driven.case), "before");
    let days = [
        [
            "12 November 2026",
            "14 November 2026",
            "16 November 2026",
            "18 November 2026",
        ],
        [
            "den 12 november 2026",
            "den 14 november 2026",
            "den 16 november 2026",
            "den 18 november 2026",
        ],
        [
            "den 12. november 2026",
            "den 14. november 2026",
            "den 16. november 2026",
            "den 18. november 2026",
        ],
    ];
    for ((language, from, to), days) in HEADS.into_iter().zip(days) {
        let words = phrases(language);
        let text = told(&driven, None, language);
        let section = section(&text, from, to);
        assert!(
            section.contains(&words.word("web-challenge-is-before")),
            "{section}"
        );
        for ((what, _), day) in steps.iter().zip(days) {
            let what = words.sentence(&words.word(&format!("moment-{what}")));
            let said = format!("{what}: {day}");
            assert!(section.contains(&said), "{language} {said}: {section}");
        }
    }
    // Withdrawn: that is what stands, whatever else happened.
    let withdrawn = EventKind::MilestoneRecorded {
        what: Moment::Withdrawn,
        when: at("2026-11-19T09:00:00Z"),
        ruling: None,
    };
    driven.happens("2026-11-19T09:00:00Z", &olof(), "their letter", withdrawn);
    let said = phrases(Language::English).word("web-challenge-is-withdrawn");
    driven.case.assessment = Driven::assessed().case.assessment;
    assert!(told(&driven, None, Language::English).contains(&said));
}

#[test]
fn what_is_asked_has_no_numbers_beside_those_of_the_findings() {
    let mut order = order();
    let first = order.parts[0].clone();
    let cedar = Identifier::parse("cedar@kvist.example").unwrap();
    order.parts.push(DemandPart {
        identifiers: vec![cedar],
        ..first
    });
    let driven = Driven::assessed_of(order);
    for (language, asked) in [
        (Language::English, "Asked for:"),
        (Language::Swedish, "Begärda uppgifter:"),
        (Language::Danish, "Oplysninger, der anmodes om:"),
    ] {
        let text = told(&driven, None, language);
        let asked = section(&text, asked, "EPOC-274");
        assert!(asked.contains("cedar@kvist.example"), "{asked}");
        assert!(!asked.contains("2. "), "{asked}");
    }
}
