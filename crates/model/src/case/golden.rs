//! Every kind of event as it was first written: these files must stay readable for ever, because the
//! log commits to such texts and nobody can write them anew.
//!
//! A new kind of event gets its file from this test with `LAGRUM_GOLDEN=write`, which never changes a
//! file that is there. A file that is there is never edited.

mod inquiries;
mod names;

use std::fs;
use std::path::PathBuf;

use self::names::file_of;
use super::*;
use crate::{
    Category, Citation, Demand, Effect, EmailAddress, Finding, Form, FormReason, Holding,
    Identifier, Kept, KeptEnd, LookedIn, LookedUp, Money, Part, PartSearched, Region, Searched,
    WhyEnded,
};

const DEMAND: &str = r#"
format = "lagrum-demand/2"
reference = "AM-1-26"
originals = ["decision.pdf"]
[authority]
name = "Polisen"
country = "SE"
kind = "police"
officer = { name = "K. Ek", email = "k.ek@police.example" }
[instrument]
kind = "court-decision"
country = "SE"
provision = "RB 27:21"
issued_on = 2026-11-02
issued_by = { name = "Stockholms tingsrätt", kind = "judge", reference = "B 1-26" }
[addressee]
entity = "Kvist Mail AB"
country = "SE"
[process]
capacity = "designated-establishment"
deadline = "ten-days"
answer_by = "2026-11-14T23:00:00Z"
earlier_requests = [{ kind = "preservation", authority = "Polisen", reference = "AM-0-26", issued_on = 2026-10-01 }]
controller_is_told = false
notice_delayed_for = ["inquiries"]
contact = { name = "K. Ek", telephone = "+46 8 000 00 00" }
[[part]]
identifiers = [{ kind = "email-address", value = "bjork@kvist.example" }]
categories = ["content"]
sub_categories = ["mailbox"]
period = { from = "2026-01-01T00:00:00Z" }
[[part]]
identifiers = [{ kind = "email-address", value = "bjork@kvist.example" }]
categories = ["subscriber"]
"#;

/// One event of each kind, with the name of its file.
fn all() -> Vec<(&'static str, EventKind)> {
    let mandate = Sha256Digest::of(b"text\n");
    let package = Sha256Digest::of(b"package");
    let original = |name: &str| {
        let arrival = Arrival {
            channel: Some(Channel::Fax),
            from: Some("+46 8 000 00 00".into()),
            at: Some("2026-11-03T08:00:00Z".parse().unwrap()),
            reference: None,
            emergency: false,
        };
        Original::of(name, b"bytes", arrival)
    };
    let citation = Citation {
        rule: "se.content.court".into(),
        effect: Effect::Permit,
        cite: "RB 27:18".into(),
        says: "A court may permit it.".into(),
        verified: "primary text".into(),
    };
    let assessment = Assessment {
        as_of: jiff::civil::date(2026, 11, 21),
        law: Sha256Digest::of(b"law"),
        clocks: std::collections::BTreeMap::new(),
        parts: vec![Part {
            asked_in: 0,
            identifier: Identifier::EmailAddress(
                EmailAddress::parse("bjork@kvist.example").unwrap(),
            ),
            account: None,
            category: Category::Content,
            sub_categories: Vec::new(),
            holding: Some(Holding::new(
                Category::Content,
                Region::parse("stockholm").unwrap(),
                crate::CountryCode::parse("SE").unwrap(),
                crate::Controller::Consumer,
            )),
            finding: Finding {
                disposition: Disposition::Produce,
                instead: None,
                decided_by: vec![citation],
                overridden: vec![],
                via: None,
                form: None,
                within: None,
            },
            note: None,
        }],
    };
    let mut events = vec![
        (
            "received",
            EventKind::Received {
                original: original("decision.pdf"),
            },
        ),
        (
            "attached",
            EventKind::Attached {
                original: original("annex.pdf"),
            },
        ),
        (
            "unreadable",
            EventKind::Unreadable {
                why: "not a demand file: byte 10 is not UTF-8".into(),
            },
        ),
        (
            "described",
            EventKind::Described {
                demand: Box::new(Demand::parse(DEMAND.as_bytes()).unwrap()),
            },
        ),
        (
            "authenticated",
            EventKind::Authenticated {
                verified: true,
                how: "called back".into(),
                warnings: vec![],
                despite: None,
            },
        ),
        (
            "emergency-judged",
            EventKind::EmergencyJudged { believed: true },
        ),
        (
            "milestone-recorded",
            EventKind::MilestoneRecorded {
                what: Moment::Cleared,
                when: "2026-11-20T10:00:00Z".parse().unwrap(),
                ruling: None,
            },
        ),
        (
            "assessed",
            EventKind::Assessed {
                assessment: Box::new(assessment),
            },
        ),
        (
            "decided",
            EventKind::Decided {
                answers: vec![Answer {
                    part: 0,
                    disposition: Disposition::Produce,
                    reason: "as the law packs propose".into(),
                    form: None,
                }],
            },
        ),
        (
            "mandate-drafted",
            EventKind::MandateDrafted {
                mandate,
                text: "text\n".into(),
                parts: vec![0],
                answers: None,
            },
        ),
        (
            "approved",
            EventKind::Approved {
                mandate,
                signer: "Maja Ek".into(),
                role: Role::Counsel,
                signature: "— kvist.example/maja AAAA".into(),
            },
        ),
        ("mandated", EventKind::Mandated { mandate }),
        (
            "produced",
            EventKind::Produced {
                mandate,
                package,
                items: 3,
                for_review: 1,
                searched: Vec::new(),
                answer: None,
            },
        ),
        (
            "not-produced",
            EventKind::NotProduced {
                mandate,
                why: "source mail: no such folder".into(),
                answer: None,
            },
        ),
        (
            "delivered",
            EventKind::Delivered {
                package,
                to: "Polisen".into(),
            },
        ),
        (
            "assigned",
            EventKind::Assigned {
                to: Some("olof".into()),
            },
        ),
        (
            "noted",
            EventKind::Noted {
                text: "called the officer".into(),
                privileged: false,
            },
        ),
        ("closed", EventKind::Closed { duties: vec![] }),
        (
            "authenticated-despite",
            EventKind::Authenticated {
                verified: true,
                how: "called back".into(),
                warnings: vec![
                    SenderWarning::OtherDomain {
                        address: "k.ek@mail.example".into(),
                    },
                    SenderWarning::OtherNumber {
                        number: "+46 8 000 00 00".into(),
                    },
                    SenderWarning::OtherKind,
                    SenderWarning::UnknownAuthority,
                ],
                despite: Some("a private address, confirmed by telephone".into()),
            },
        ),
        (
            "called-back",
            EventKind::CalledBack {
                call: CallBack {
                    number: "+46 8 111 11 11".into(),
                    answered_by: "K. Ek".into(),
                    at: "2026-11-20T09:55:00Z".parse().unwrap(),
                    confirmed: true,
                },
            },
        ),
        (
            "linked",
            EventKind::Linked {
                to: CaseId::new(2026, 3),
                how: Link::AnsweredThere,
            },
        ),
        (
            "closed-duties-run",
            EventKind::Closed {
                duties: vec![
                    Duty::Clock {
                        id: "us.clock.preservation.ninety-days".into(),
                    },
                    Duty::Review { mandate },
                    Duty::Notice {
                        id: "eu.notice.dsa".into(),
                    },
                    Duty::EmergencyReview,
                    Duty::EmergencyConfirmation,
                ],
            },
        ),
        ("reopened", EventKind::Reopened {}),
        (
            "looked-up",
            EventKind::LookedUp {
                mandate,
                found: vec![LookedUp {
                    identifier: Identifier::parse(
                        "ip-address:198.51.100.23 port 51234 at 2026-08-20T19:04:11Z",
                    )
                    .unwrap()
                    .try_into()
                    .unwrap(),
                    account: Some(EmailAddress::parse("bjork@kvist.example").unwrap()),
                    accounts: 1,
                    looked_in: vec![LookedIn {
                        source: "logins".into(),
                        port: true,
                        examined: 4711,
                        matched: 2,
                        unreadable: 0,
                    }],
                }],
                answer: "lagrum-resolution/1\n".into(),
            },
        ),
        (
            "mandate-recalled",
            EventKind::MandateRecalled {
                mandate,
                note: "lagrum-recall/1\n{}\n\n— kvist.example/maja AAAA\n".into(),
            },
        ),
        (
            "mandate-lapsed",
            EventKind::MandateLapsed {
                mandate,
                because: Lapse::Expired {
                    at: "2026-12-05T10:00:00Z".parse().unwrap(),
                },
            },
        ),
        (
            "mandate-drafted-answers",
            EventKind::MandateDrafted {
                mandate,
                text: "text\n".into(),
                parts: vec![0],
                answers: Some("lagrum-demand-answers/1\n{}\n".into()),
            },
        ),
        (
            "letter-sent",
            EventKind::LetterSent {
                letter: Box::new(Letter {
                    kind: LetterKind::Notice,
                    language: crate::Language::Swedish,
                    to: "bjork@kvist.example".into(),
                    by: Channel::Email,
                    account: Some(EmailAddress::parse("bjork@kvist.example").unwrap()),
                    sha256: Sha256Digest::of(b"letter\n"),
                    length: 7,
                }),
                taken: None,
            },
        ),
        (
            "asked",
            EventKind::Asked {
                text: "Which account is meant?".into(),
            },
        ),
        ("fetched", EventKind::Fetched { package }),
        ("receipt-confirmed", EventKind::ReceiptConfirmed { package }),
        (
            "missed",
            EventKind::Missed {
                text: "The second account is not in it.".into(),
            },
        ),
        (
            "letter-sent-taken",
            EventKind::LetterSent {
                letter: Box::new(at_the_door()),
                taken: Some(Taken {
                    waits: 7,
                    at: "2026-11-21T10:00:00Z".parse().unwrap(),
                    code: 250,
                    message_id: "0123456789abcdef@kvist.example".into(),
                }),
            },
        ),
        (
            "letter-waits",
            EventKind::LetterWaits {
                letter: Box::new(at_the_door()),
            },
        ),
        (
            "letter-not-sent",
            EventKind::LetterNotSent {
                waits: 7,
                why: "the mail server says no (550)".into(),
            },
        ),
        (
            "handed-to-group",
            EventKind::HandedToGroup {
                group: "sweden".into(),
            },
        ),
        (
            "passphrase-told",
            EventKind::PassphraseTold { mandate: package },
        ),
        (
            "produced-of-each-part",
            EventKind::Produced {
                mandate,
                package,
                items: 3,
                for_review: 1,
                searched: vec![
                    PartSearched {
                        part: 0,
                        found: Searched {
                            items: 3,
                            for_review: 1,
                            complete: true,
                        },
                    },
                    PartSearched {
                        part: 1,
                        found: Searched::default(),
                    },
                ],
                answer: None,
            },
        ),
        (
            "milestone-recorded-ruling",
            EventKind::MilestoneRecorded {
                what: Moment::CourtRuled,
                when: "2026-11-20T10:00:00Z".parse().unwrap(),
                ruling: Some(Ruling {
                    outcome: RulingOutcome::InPart,
                    case_number: Some("T 1234-26".into()),
                }),
            },
        ),
        (
            "decided-on-a-ground",
            EventKind::Decided {
                answers: vec![Answer {
                    part: 0,
                    disposition: Disposition::Reject,
                    reason: "the certificate shows a lawyer's account".into(),
                    form: Some(Form {
                        reason: FormReason::ImmunityOrPrivilege,
                        enforcing_authority: true,
                    }),
                }],
            },
        ),
        (
            "card-given",
            EventKind::CardGiven {
                card: CountCard {
                    slot: 12,
                    place: 3,
                    card: Sha256Digest([9; 32]),
                },
            },
        ),
        (
            "burden-recorded",
            EventKind::BurdenRecorded {
                burden: Burden::Work {
                    on: WorkKind::LegalAssessment,
                    minutes: 90,
                    firm: Some("Berg & Ek".into()),
                    cost: Some(Money::parse("4500.50 SEK").unwrap()),
                },
            },
        ),
        (
            "burden-recorded-reimbursement",
            EventKind::BurdenRecorded {
                burden: Burden::Reimbursement {
                    outcome: Reimbursement::Paid,
                    amount: Money::parse("1000 SEK").unwrap(),
                },
            },
        ),
        (
            "burden-taken-back",
            EventKind::BurdenTakenBack { entry: 12 },
        ),
        (
            "note-sealed",
            EventKind::NoteSealed {
                sealed: Box::new(SealedNote {
                    to: vec!["Maja Ek".into()],
                    age: "-----BEGIN AGE ENCRYPTED FILE-----\n".into(),
                }),
            },
        ),
        (
            "preserved",
            EventKind::Preserved {
                mandate,
                kept: kept(),
                answer: "lagrum-preserved/1\n".into(),
            },
        ),
        (
            "preserved-ended",
            EventKind::Preserved {
                mandate,
                kept: Kept {
                    ended: Some(KeptEnd {
                        at: "2027-02-19T23:00:01Z".parse().unwrap(),
                        because: WhyEnded::Expired,
                    }),
                    ..kept()
                },
                answer: "lagrum-preserved/1\n".into(),
            },
        ),
    ];
    events.extend(inquiries::all());
    events.push(("viewed", EventKind::Viewed {}));
    let certain = true;
    events.push((
        "package-removed",
        EventKind::PackageRemoved { package, certain },
    ));
    events
}

fn kept() -> Kept {
    Kept {
        copy: Sha256Digest::of(b"copy"),
        items: 3,
        for_review: 1,
        sources: vec!["mail".into()],
        until: "2027-02-19T23:00:00Z".parse().unwrap(),
        ended: None,
    }
}

fn at_the_door() -> Letter {
    Letter {
        kind: LetterKind::Acknowledgement,
        language: crate::Language::Swedish,
        to: "Polisen".into(),
        by: Channel::Door,
        account: None,
        sha256: Sha256Digest::of(b"letter\n"),
        length: 7,
    }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden/events")
}

#[test]
fn every_kind_of_event_stays_readable_for_ever() {
    let write = std::env::var("LAGRUM_GOLDEN").is_ok_and(|what| what == "write");
    let mut named = std::collections::BTreeSet::new();
    for (number, (name, what)) in all().into_iter().enumerate() {
        assert_eq!(file_of(&what), name);
        assert!(named.insert(name.to_owned()), "{name} twice");
        let event = Event {
            format: EventFormat::V1,
            case: CaseId::new(2026, 7),
            number: number as u64 + 1,
            at: "2026-11-21T09:30:00Z".parse().unwrap(),
            actor: match what {
                EventKind::Produced { .. }
                | EventKind::LookedUp { .. }
                | EventKind::Preserved { .. }
                | EventKind::InquiryAnswered { .. }
                | EventKind::InquiryRefused { .. }
                | EventKind::NotProduced { .. } => Actor::Agent {
                    region: Region::parse("stockholm").unwrap(),
                },
                EventKind::LetterSent { taken: Some(_), .. } | EventKind::LetterNotSent { .. } => {
                    Actor::Outgoing {
                        address: "desk@kvist.example".into(),
                    }
                }
                EventKind::Fetched { .. }
                | EventKind::ReceiptConfirmed { .. }
                | EventKind::Missed { .. }
                | EventKind::Viewed {} => Actor::Officer {
                    id: "f3a1".into(),
                    name: "K. Ek".into(),
                    authority: "Polisen".into(),
                    country: crate::CountryCode::parse("SE").unwrap(),
                },
                _ => Actor::Person {
                    id: "olof".into(),
                    name: "Olof Strand".into(),
                    role: Role::Analyst,
                },
            },
            reason: "because".into(),
            what,
            more: BTreeMap::new(),
        };
        let text = serde_json::to_string(&event).unwrap();
        let file = folder().join(format!("{name}.json"));
        if write && !file.exists() {
            fs::write(&file, &text).unwrap();
        }
        let golden = fs::read_to_string(&file)
            .unwrap_or_else(|e| panic!("{name}: {e}; LAGRUM_GOLDEN=write makes it, once"));
        let read: Event = serde_json::from_str(&golden).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(read, event, "{name}");
        assert_eq!(
            golden, text,
            "{name}: what is written now is not what was committed to"
        );
    }
    // A file without a kind would be a kind that was taken away.
    for entry in fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let kind = name.trim_end_matches(".json");
        assert!(
            named.contains(kind),
            "{name}: no such kind of event is left"
        );
    }
}

#[test]
fn what_a_later_version_adds_is_kept_and_everything_else_unknown_is_refused() {
    let golden = fs::read_to_string(folder().join("closed.json")).unwrap();
    let read = |from: &str, to: &str| -> Result<Event, serde_json::Error> {
        assert!(golden.contains(from), "{from}");
        serde_json::from_str(&golden.replacen(from, to, 1))
    };
    let later = read(
        "\"what\":",
        "\"more\":{\"colour\":{\"of\":\"ink\"}},\"what\":",
    )
    .unwrap();
    assert_eq!(later.more["colour"]["of"], "ink");
    let again = serde_json::to_string(&later).unwrap();
    assert_eq!(serde_json::from_str::<Event>(&again).unwrap(), later);
    assert!(read("\"event\":\"closed\"", "\"event\":\"opened-again\"").is_err());
    assert!(read("\"event\":\"closed\"", "\"event\":\"closed\",\"by\":1").is_err());
    assert!(read("\"reason\":", "\"colour\":1,\"reason\":").is_err());
    assert!(read("lagrum-event/1", "lagrum-event/2").is_err());
}

#[test]
fn an_agents_answer_is_kept_word_for_word_and_may_be_absent_in_old_events() {
    for name in ["produced", "not-produced"] {
        let golden = fs::read_to_string(folder().join(format!("{name}.json"))).unwrap();
        let note = r#""answer":"lagrum-receipt/1\n{}\n\n— agent AAAA\n""#;
        let answered = golden.replacen("}}", &format!(",{note}}}}}"), 1);
        let read: Event = serde_json::from_str(&answered).unwrap();
        let answer = match &read.what {
            EventKind::Produced { answer, .. } | EventKind::NotProduced { answer, .. } => answer,
            other => panic!("{other:?}"),
        };
        assert_eq!(
            answer.as_deref(),
            Some("lagrum-receipt/1\n{}\n\n\u{2014} agent AAAA\n")
        );
        assert_eq!(serde_json::to_string(&read).unwrap(), answered);
    }
}
