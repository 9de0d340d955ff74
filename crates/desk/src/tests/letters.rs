//! Letters: which ones a case can have, what is kept of one, and that nobody is told who may not be.

use jiff::SignedDuration;
use lagrum_model::testing::{PERMITTED, demand_text};
use lagrum_model::{
    CaseId, Channel, CounselOnly, Disposition, EmailAddress, EventKind, Language, LetterCode,
    LetterKind, Moment, NoLetter, Refusal, Role, Sha256Digest,
};
use lagrum_store::WaitingFor;
use rand_core::OsRng;

use super::agent::{produce, the_mandate};
use super::world::{World, call_back, decide, demand, person, sign, take, take_text};
use crate::{CommandError, Desk, Genuine, KnownLetter, Sending, Session};

fn work<T>(desk: &Desk, world: &World, work: impl FnOnce(&mut Session<'_>) -> T) -> T {
    as_role(desk, world, Role::Analyst, work)
}

fn as_role<T>(
    desk: &Desk,
    world: &World,
    role: Role,
    work: impl FnOnce(&mut Session<'_>) -> T,
) -> T {
    let mut random = OsRng;
    work(&mut desk.session(person(desk, role), &world.time, &mut random))
}

/// A Swedish order to keep data, which lets the provider tell once its prohibition has ended.
const KEPT_QUIET: &str = r#"
reference = "R 7"
[instrument]
kind = "preservation-order"
provision = "Rättegångsbalken 27 kap. 16 §"
issued_by = { name = "Åklagarkammaren", kind = "prosecutor" }
[secrecy]
provision = "Rättegångsbalken 27 kap. 16 a §"
until = "2026-11-25T00:00:00Z"
[[part]]
categories = ["subscriber"]
"#;

fn taken(session: &mut Session<'_>) -> CaseId {
    take_text(session, &demand_text(&[PERMITTED, KEPT_QUIET])).case
}

fn decided(session: &mut Session<'_>, id: &CaseId) {
    genuine(session, id);
    session.decide(id, &[], "as the law packs propose").unwrap();
}

fn genuine(session: &mut Session<'_>, id: &CaseId) {
    call_back(session, id);
    let genuine = Genuine {
        verified: true,
        how: "called back",
        despite: None,
    };
    session.authenticate(id, &genuine).unwrap();
    session.assess(id, jiff::civil::date(2026, 11, 21)).unwrap();
}

fn account() -> EmailAddress {
    EmailAddress::parse("bjork@kvist.example").unwrap()
}

fn sending<'s>(kind: LetterKind, to: &'s str, text: &'s str) -> Sending<'s> {
    Sending {
        kind,
        language: Language::Swedish,
        to,
        by: Channel::Post,
        account: None,
        text,
        objects: false,
    }
}

fn why(session: &Session<'_>, id: &CaseId, kind: LetterKind) -> Option<NoLetter> {
    let all = session.letters(id).unwrap();
    let found = all.into_iter().find(|one| one.kind == kind).unwrap();
    found.why_not
}

fn refusal<T: std::fmt::Debug>(done: Result<T, CommandError>) -> Refusal {
    let error = done.unwrap_err();
    error.refusal().unwrap_or_else(|| panic!("{error}")).clone()
}

#[test]
fn each_kind_of_letter_is_there_when_its_facts_are_and_says_why_before() {
    let world = World::new();
    let desk = world.desk();
    work(&desk, &world, |session| {
        let id = taken(session);
        let now = |session: &Session<'_>, kind| why(session, &id, kind);
        assert_eq!(now(session, LetterKind::Acknowledgement), None);
        assert_eq!(now(session, LetterKind::Question), None);
        assert_eq!(
            now(session, LetterKind::SecrecyEnd),
            Some(NoLetter::NotVerified)
        );
        assert_eq!(
            now(session, LetterKind::Refusal),
            Some(NoLetter::NotDecided)
        );
        assert_eq!(
            now(session, LetterKind::Notice),
            Some(NoLetter::NotVerified)
        );
        decided(session, &id);
        assert_eq!(now(session, LetterKind::SecrecyEnd), None);
        assert_eq!(
            now(session, LetterKind::Refusal),
            Some(NoLetter::NoSuchAnswer)
        );
        assert_eq!(
            now(session, LetterKind::AnnexIii),
            Some(NoLetter::NoCertificate)
        );
        assert_eq!(
            now(session, LetterKind::NoData),
            Some(NoLetter::NotFoundEmpty)
        );
        assert_eq!(
            now(session, LetterKind::Production),
            Some(NoLetter::NothingProduced)
        );
        let Some(NoLetter::MayNotTellYet { waits_for, until }) = now(session, LetterKind::Notice)
        else {
            panic!("the secrecy stands");
        };
        assert_eq!(waits_for, "order");
        assert_eq!(until, Some("2026-11-25T00:00:00Z".parse().unwrap()));
        world.time.advance(SignedDuration::from_hours(24 * 30));
        assert_eq!(now(session, LetterKind::Notice), None);
        assert_eq!(
            now(session, LetterKind::SecrecyEnd),
            Some(NoLetter::SecrecyEnded)
        );
    });
}

#[test]
fn a_letter_that_was_sent_is_kept_word_for_word_and_counts_once() {
    let world = World::new();
    let desk = world.desk();
    work(&desk, &world, |session| {
        let id = taken(session);
        let letter = sending(
            LetterKind::Acknowledgement,
            "Polisen, Box 1",
            "Mottagningsbevis\r\n\r\nEr begäran har kommit in.",
        );
        let sent = session.send_letter(&id, &letter).unwrap();
        let (kept, text) = session.letter(&id, sent.number).unwrap();
        assert_eq!(text, "Mottagningsbevis\n\nEr begäran har kommit in.\n");
        assert_eq!(kept.letter, sent.letter);
        assert_eq!(kept.letter.sha256, Sha256Digest::of(text.as_bytes()));
        assert_eq!(session.send_letter(&id, &letter).unwrap(), sent);
        let view = session.case(&id).unwrap();
        assert_eq!(view.case.letters.len(), 1);
        let told = |event: &lagrum_model::Event| matches!(event.what, EventKind::LetterSent { .. });
        assert_eq!(view.events.iter().filter(|event| told(event)).count(), 1);
        // A question stops the clock as if somebody had recorded it.
        let asked = sending(LetterKind::Question, "Polisen", "Fråga\n\nVilket konto?");
        session.send_letter(&id, &asked).unwrap();
        let case = session.case(&id).unwrap().case;
        assert!(case.moments.first(Moment::ClarificationAsked).is_some());
        session.settle().unwrap();
        let mut faults = Vec::new();
        session
            .verify(&mut |fault| faults.push(format!("{fault:?}")))
            .unwrap();
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(refusal(session.letter(&id, 1)), Refusal::NoSuchLetter);
    });
}

#[test]
fn a_certificate_that_was_asked_for_is_owed_from_when_records_are_handed_over_until_it_is_sent() {
    let world = World::new();
    let desk = world.desk();
    let kind = LetterKind::CertificateOfAuthenticity;
    for wanted in [true, false] {
        let asked = format!("\n[process]\ncertificate_wanted = {wanted}\n");
        let text = demand(&format!("R {}", u8::from(wanted))) + &asked;
        world.time.advance(SignedDuration::from_hours(1));
        work(&desk, &world, |session| {
            let id = take_text(session, &text).case;
            let owed = |session: &Session<'_>| {
                let view = session.case(&id).unwrap();
                view.case.letter_owed(&view.events)
            };
            decide(session, &id);
            assert_eq!(why(session, &id, kind), Some(NoLetter::NothingProduced));
            sign(&world, session, &id);
            produce(&world, &the_mandate(session, &id));
            session.settle().unwrap();
            assert_eq!((why(session, &id, kind), owed(session)), (None, None));
            session.deliver(&id).unwrap();
            assert_eq!(owed(session), wanted.then_some(kind));
            let letter = sending(
                kind,
                "Polisen, Box 1",
                "Intyg\n\nJag, A B, intygar följande.",
            );
            session.send_letter(&id, &letter).unwrap();
            assert_eq!(owed(session), None);
        });
    }
}

#[test]
fn what_is_answered_by_a_letter_alone_is_not_done_before_it_is_sent() {
    let world = World::new();
    let desk = world.desk();
    let waits = |id: &CaseId| desk.inner.store.summary(id).unwrap().waiting_for;
    for (answer, kind, then) in [
        (
            Disposition::Reject,
            LetterKind::Refusal,
            WaitingFor::Closing,
        ),
        (
            Disposition::Narrow,
            LetterKind::Narrowing,
            WaitingFor::Closing,
        ),
        (
            Disposition::Ask,
            LetterKind::Question,
            WaitingFor::Authority,
        ),
    ] {
        world.time.advance(SignedDuration::from_hours(1));
        work(&desk, &world, |session| {
            let id = take(session, answer.as_str()).case;
            let owed = |session: &Session<'_>| {
                let view = session.case(&id).unwrap();
                view.case.letter_owed(&view.events)
            };
            // A letter from before the answer does not tell of it.
            let early = sending(LetterKind::Question, "Polisen", "Fråga\n\nVilket konto?");
            session.send_letter(&id, &early).unwrap();
            assert_eq!(owed(session), None);
            genuine(session, &id);
            session.decide(&id, &[(0, answer)], "too wide").unwrap();
            assert_eq!(
                (owed(session), waits(&id)),
                (Some(kind), WaitingFor::Letter)
            );
            let receipt = sending(LetterKind::Acknowledgement, "Polisen", "Den har kommit in.");
            session.send_letter(&id, &receipt).unwrap();
            assert_eq!(
                (owed(session), waits(&id)),
                (Some(kind), WaitingFor::Letter)
            );
            let letter = sending(kind, "Polisen", "Svar\n\nVi lämnar inte ut uppgifterna.");
            session.send_letter(&id, &letter).unwrap();
            assert_eq!((owed(session), waits(&id)), (None, then));
        });
    }
}

#[test]
fn no_letter_is_sent_that_is_unfinished_or_holds_what_nobody_sees() {
    let world = World::new();
    let desk = world.desk();
    work(&desk, &world, |session| {
        let id = taken(session);
        let kind = LetterKind::Question;
        for (text, expected) in [
            ("Fråga\n\n[[Fyll i: frågan.]]", Refusal::LetterUnfinished),
            ("Fråga\n\nVem\u{202e}?", Refusal::LetterInvisible),
            (" \n", Refusal::Empty { field: "text" }),
        ] {
            let refused = refusal(session.send_letter(&id, &sending(kind, "Polisen", text)));
            assert_eq!(refused, expected);
        }
        let long = "x".repeat(70_000);
        let refused = refusal(session.send_letter(&id, &sending(kind, "Polisen", &long)));
        assert!(matches!(refused, Refusal::TooLarge { .. }));
        let refused = refusal(session.send_letter(&id, &sending(kind, " ", "Fråga\n\nVem?")));
        assert_eq!(refused, Refusal::Empty { field: "to" });
        assert!(session.case(&id).unwrap().case.letters.is_empty());
    });
}

#[test]
fn nobody_is_told_while_it_is_forbidden_and_no_other_letter_goes_to_the_account() {
    let world = World::new();
    let desk = world.desk();
    let account = account();
    work(&desk, &world, |session| {
        let id = taken(session);
        decided(session, &id);
        let code = session.letter_code();
        let text = format!("Underrättelse\n\nbjork@kvist.example\n\n{code}");
        let notice = Sending {
            account: Some(&account),
            ..sending(LetterKind::Notice, "bjork@kvist.example", &text)
        };
        let refused = refusal(session.send_letter(&id, &notice));
        assert!(
            matches!(
                &refused,
                Refusal::NoLetter {
                    why: NoLetter::MayNotTellYet { .. },
                    ..
                }
            ),
            "{refused:?}"
        );
        let hidden = sending(
            LetterKind::Acknowledgement,
            "<BJORK@kvist.example>",
            "Hej\n\nEn myndighet frågar.",
        );
        assert_eq!(
            refusal(session.send_letter(&id, &hidden)),
            Refusal::LetterToAccount
        );
        let now = session.now();
        assert_eq!(desk.letter_of_code(code, now).unwrap(), None);
        assert!(session.case(&id).unwrap().case.letters.is_empty());
    });
}

#[test]
fn a_notice_is_found_by_its_four_words_and_says_nothing_of_the_case() {
    let world = World::new();
    let desk = world.desk();
    let account = account();
    // The law leaves it to the provider: counsel chooses.
    as_role(&desk, &world, Role::Counsel, |session| {
        let id = taken(session);
        decided(session, &id);
        world.time.advance(SignedDuration::from_hours(24 * 30));
        let code = session.letter_code();
        let bare = Sending {
            account: Some(&account),
            ..sending(
                LetterKind::Notice,
                "Björk, Storgatan 1",
                "Underrättelse\n\nEn myndighet.",
            )
        };
        assert_eq!(
            refusal(session.send_letter(&id, &bare)),
            Refusal::LetterWithoutCode
        );
        let text = format!("Underrättelse\n\nEn myndighet.\n\n{code}");
        let nobodys = Sending {
            text: &text,
            account: None,
            ..bare.clone()
        };
        assert!(matches!(
            refusal(session.send_letter(&id, &nobodys)),
            Refusal::NoLetter {
                why: NoLetter::NoAccount,
                ..
            }
        ));
        let notice = Sending {
            text: &text,
            ..bare
        };
        let by_another = work(&desk, &world, |session| session.send_letter(&id, &notice));
        let what = CounselOnly::ChoiceToTell;
        assert_eq!(refusal(by_another), Refusal::OnlyCounsel { what });
        let sent = session.send_letter(&id, &notice).unwrap();
        let typed = LetterCode::parse(&code.to_string().to_uppercase()).unwrap();
        let now = session.now();
        let known = desk.letter_of_code(typed, now).unwrap().unwrap();
        let KnownLetter {
            kind,
            country,
            sent_at,
        } = known;
        assert_eq!((kind, country.as_str()), (LetterKind::Notice, "SE"));
        let (kept, _) = session.letter(&id, sent.number).unwrap();
        assert_eq!(sent_at, kept.at);
        let other = LetterCode::new(code.bytes().map(|byte| byte ^ 1));
        assert_eq!(desk.letter_of_code(other, now).unwrap(), None);
        let case = session.case(&id).unwrap().case;
        assert_eq!(case.moments.first(Moment::AccountHolderTold), Some(kept.at));
        assert_eq!(
            why(session, &id, LetterKind::Notice),
            Some(NoLetter::AlreadyTold)
        );
        // The words of one letter are not those of another.
        let again = taken_again(session, &world);
        let copied = Sending {
            to: "Björk, Lillgatan 2",
            ..notice.clone()
        };
        assert_eq!(
            refusal(session.send_letter(&again, &copied)),
            Refusal::LetterCodeUsed
        );
        assert_eq!(session.send_letter(&id, &notice).unwrap(), sent);
    });
}

/// A second demand for the same account, decided.
fn taken_again(session: &mut Session<'_>, world: &World) -> CaseId {
    let text = demand_text(&[PERMITTED, KEPT_QUIET, "reference = \"R 8\""]);
    let id = take_text(session, &text).case;
    decided(session, &id);
    world.time.advance(SignedDuration::from_hours(1));
    id
}
