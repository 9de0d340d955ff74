//! Letters that go out by themselves: once at least and under one name, what waits is kept, and nothing is said that
//! must not.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::{SignedDuration, Timestamp};
use lagrum_model::{
    Arrival, CaseId, Channel, EventKind, Language, LetterKind, Matter, Moment, Refusal, Role,
    Standing,
};
use rand_core::OsRng;

use super::door::{admitted, on_each_database};
use super::world::{World, demand, person, take, take_text};
use crate::{
    Carried, Carrier, Desk, DoorConfig, Intake, MailRules, NotCarried, Parcel, Ran, Rules, Says,
    Sending, Session,
};

/// What a carrier was given: by which name, to whom, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub id: String,
    pub to: String,
    pub says: String,
}

/// Keeps what it is given, and answers as it is told.
#[derive(Default)]
pub struct Kept {
    given: Mutex<Vec<Given>>,
    answer: Mutex<Option<NotCarried>>,
}

impl Kept {
    pub fn says_no(&self, later: bool) {
        let why = "the server says no (550)".to_owned();
        *self.answer.lock().unwrap() = Some(NotCarried { why, later });
    }

    pub fn says_yes(&self) {
        *self.answer.lock().unwrap() = None;
    }

    pub fn taken(&self) -> Vec<Given> {
        std::mem::take(&mut self.given.lock().unwrap())
    }
}

impl Carrier for Kept {
    fn carry(&self, parcel: &Parcel<'_>) -> Result<Carried, NotCarried> {
        let (id, to, says) = match *parcel {
            Parcel::Mail { id, to, says } => {
                let says = match says {
                    Says::News(news) => format!("{} {}", news.kind, news.case),
                    Says::AtDoor { link, .. } => format!("door {link}"),
                    Says::Letter { text, .. } => text.to_owned(),
                };
                (id, to, says)
            }
            Parcel::Hook { id, receiver, news } => {
                (id, receiver, format!("{} {}", news.kind, news.case))
            }
        };
        self.given.lock().unwrap().push(Given {
            id: id.to_owned(),
            to: to.to_owned(),
            says,
        });
        match &*self.answer.lock().unwrap() {
            Some(no) => Err(no.clone()),
            None => Ok(Carried {
                code: 250,
                message_id: format!("{id}@kvist.example"),
            }),
        }
    }
}

pub fn rules() -> Rules {
    Rules {
        mail: Some(MailRules {
            from: "desk@kvist.example".into(),
            plain: vec![LetterKind::Acknowledgement, LetterKind::Question],
        }),
        ..Rules::default()
    }
}

pub fn desk(world: &World, rules: Rules) -> Desk {
    world.desk().with_rules(rules.into())
}

pub fn ran(desk: &Desk, world: &World, carrier: &dyn Carrier) -> Ran {
    desk.send_out(desk.rules(), carrier, &world.time, &mut OsRng)
        .unwrap()
}

pub fn work<T>(desk: &Desk, world: &World, work: impl FnOnce(&mut Session<'_>) -> T) -> T {
    let mut random = OsRng;
    work(&mut desk.session(person(desk, Role::Analyst), &world.time, &mut random))
}

fn plain(text: &str) -> Sending<'_> {
    Sending {
        kind: LetterKind::Acknowledgement,
        language: Language::Swedish,
        to: "Polisen, K. Ek <k.ek@police.example>",
        by: Channel::Email,
        account: None,
        text,
        objects: false,
    }
}

const TEXT: &str = "Mottagningsbevis\n\nEr begäran har kommit in.\n";

pub fn lines(desk: &Desk, world: &World) -> Vec<(Standing, Matter)> {
    let mut random = OsRng;
    let session = desk.session(person(desk, Role::Administrator), &world.time, &mut random);
    let lines = session.check().unwrap().lines.into_iter();
    lines.map(|line| (line.standing, line.matter)).collect()
}

#[test]
fn a_letter_is_recorded_as_sent_only_when_a_server_took_it() {
    on_each_database(|world| {
        let desk = desk(world, rules());
        let kept = Kept::default();
        ran(&desk, world, &kept);
        let (id, sent) = work(&desk, world, |session| {
            let id = take(session, "R 1").case;
            let sent = session.let_send(&id, &plain(TEXT)).unwrap();
            // The same letter again is no second one.
            assert_eq!(session.let_send(&id, &plain(TEXT)).unwrap(), sent);
            (id, sent)
        });
        let case = desk.record(&id).unwrap().case;
        assert!(case.letters.is_empty());
        assert_eq!(
            case.letter_waiting(sent.number).unwrap().letter,
            sent.letter
        );
        kept.taken();
        // Another process sends it, after a restart.
        let other = self::desk(world, rules());
        assert!(ran(&other, world, &kept).sent > 0);
        let given: Vec<_> = kept.taken();
        let letter = given.iter().find(|one| one.to == "k.ek@police.example");
        assert_eq!(letter.unwrap().says, TEXT);
        let read = desk.record(&id).unwrap();
        let [letter] = &read.case.letters[..] else {
            panic!("it was sent");
        };
        let taken = letter.taken.as_ref().unwrap();
        assert_eq!((taken.code, taken.waits), (250, sent.number));
        assert!(taken.message_id.ends_with("@kvist.example"));
        assert!(read.case.letters_waiting.is_empty());
        // Whoever looks sees the text that went, under its digest.
        let text = work(&desk, world, |session| {
            session.letter(&id, letter.number).unwrap().1
        });
        assert_eq!(text, TEXT);
        assert_eq!(ran(&desk, world, &kept).sent, 0);
        let events = read.events.iter();
        let sent = events.filter(|event| matches!(event.what, EventKind::LetterSent { .. }));
        assert_eq!(sent.count(), 1);
    });
}

#[test]
fn what_fails_is_tried_with_growing_pauses_and_given_up_after_two_days() {
    on_each_database(|world| {
        let desk = desk(world, rules());
        let kept = Kept::default();
        ran(&desk, world, &kept);
        let id = work(&desk, world, |session| {
            let id = take(session, "R 1").case;
            let question = Sending {
                kind: LetterKind::Question,
                ..plain(TEXT)
            };
            session.let_send(&id, &question).unwrap();
            id
        });
        kept.says_no(true);
        let (mut tries, mut names, begin) = (Vec::new(), BTreeSet::new(), now(world));
        let mut late_line = false;
        for _ in 0..(60 * 24 * 3) {
            ran(&desk, world, &kept);
            for one in kept.taken() {
                if one.to == "k.ek@police.example" {
                    tries.push(now(world).duration_since(begin).as_mins());
                    names.insert(one.id);
                }
            }
            if desk.record(&id).unwrap().case.letters_waiting[0]
                .given_up
                .is_some()
            {
                break;
            }
            late_line = late_line
                || (tries.len() == 5
                    && lines(&desk, world).iter().any(|(standing, matter)| {
                        *standing == Standing::NotInOrder
                            && matches!(matter, Matter::OutgoingWaits { .. })
                    }));
            world
                .time
                .advance(SignedDuration::from_mins(if tries.len() < 5 {
                    1
                } else {
                    30
                }));
        }
        assert!(late_line, "what waits for long is told");
        assert_eq!(names.len(), 1, "each try goes under one name");
        let pauses: Vec<_> = tries.windows(2).map(|two| two[1] - two[0]).collect();
        assert!(
            pauses.windows(2).all(|two| two[0] <= two[1] + 31),
            "{pauses:?}"
        );
        assert!(tries.len() > 15 && tries.len() < 40, "{tries:?}");
        let case = desk.record(&id).unwrap().case;
        let (_, why) = case.letters_waiting[0].given_up.clone().unwrap();
        assert_eq!(why, "the server says no (550)");
        assert!(case.letters.is_empty());
        assert_eq!(case.moments.first(Moment::ClarificationAsked), None);
        let told = |lines: Vec<(Standing, Matter)>| {
            let letter = |matter: &Matter| matches!(matter, Matter::LetterNotSent { .. });
            lines.iter().any(|(_, matter)| letter(matter))
        };
        assert!(told(lines(&desk, world)));
        // It can be sent anew, and then nothing is missing any more; a question stops its clock only then.
        kept.says_yes();
        work(&desk, world, |session| {
            let question = Sending {
                kind: LetterKind::Question,
                ..plain(TEXT)
            };
            session.let_send(&id, &question).unwrap();
        });
        ran(&desk, world, &kept);
        assert!(!told(lines(&desk, world)));
        let case = desk.record(&id).unwrap().case;
        assert_eq!(case.letters.len(), 1);
        assert!(case.moments.first(Moment::ClarificationAsked).is_some());
    });
}

pub fn now(world: &World) -> Timestamp {
    lagrum_model::TimeSource::now(&world.time)
}

/// Takes a letter, and is killed before anybody hears of it.
struct Killed<'k>(&'k Kept);

impl Carrier for Killed<'_> {
    fn carry(&self, parcel: &Parcel<'_>) -> Result<Carried, NotCarried> {
        let taken = self.0.carry(parcel);
        if let Parcel::Mail {
            says: Says::Letter { .. },
            ..
        } = parcel
        {
            panic!("killed");
        }
        taken
    }
}

#[test]
fn who_is_killed_between_taking_and_recording_sends_it_again_under_the_same_name() {
    on_each_database(|world| {
        let desk = desk(world, rules());
        let kept = Kept::default();
        ran(&desk, world, &kept);
        let id = work(&desk, world, |session| {
            // No emergency, which would go first.
            let emergency = "[emergency]\nthreat_to = \"person\"\nfacts = \"a threat\"\n";
            let text = demand("R 1").replace(emergency, "");
            let id = take_text(session, &text).case;
            session.let_send(&id, &plain(TEXT)).unwrap();
            id
        });
        let first = {
            let desk = self::desk(world, rules());
            let killed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                ran(&desk, world, &Killed(&kept));
            }));
            assert!(killed.is_err());
            // News may go before it.
            kept.taken().pop().unwrap()
        };
        assert_eq!(first.says, TEXT);
        // The dead process has it in hand for a while. Nothing else waits for that.
        for _ in 0..20 {
            ran(&desk, world, &kept);
        }
        let ours = |all: Vec<Given>| -> Vec<Given> {
            let same = |one: &Given| one.id == first.id;
            all.into_iter().filter(same).collect()
        };
        assert_eq!(ours(kept.taken()), []);
        world.time.advance(SignedDuration::from_mins(11));
        ran(&desk, world, &kept);
        let again = ours(kept.taken());
        assert_eq!(
            again,
            std::slice::from_ref(&first),
            "the same name, recipient and text"
        );
        let case = desk.record(&id).unwrap().case;
        let all: Vec<_> = case.letters.iter().map(|one| one.taken.clone()).collect();
        assert_eq!((all.len(), first.to.as_str()), (1, "k.ek@police.example"));
    });
}

/// Takes its time, and counts who is at it at once.
struct Slow {
    inside: AtomicU64,
    most: Mutex<BTreeMap<String, u64>>,
}

impl Carrier for Slow {
    fn carry(&self, parcel: &Parcel<'_>) -> Result<Carried, NotCarried> {
        let (Parcel::Mail { id, .. } | Parcel::Hook { id, .. }) = *parcel;
        self.inside.fetch_add(1, Ordering::SeqCst);
        *self.most.lock().unwrap().entry(id.to_owned()).or_default() += 1;
        std::thread::sleep(std::time::Duration::from_millis(20));
        self.inside.fetch_sub(1, Ordering::SeqCst);
        Ok(Carried {
            code: 250,
            message_id: format!("{id}@kvist.example"),
        })
    }
}

#[test]
fn two_desks_never_have_one_entry_in_hand_at_once() {
    on_each_database(|world| {
        let desks = [desk(world, rules()), desk(world, rules())];
        let slow = Slow {
            inside: AtomicU64::new(0),
            most: Mutex::default(),
        };
        ran(&desks[0], world, &slow);
        let cases: Vec<CaseId> = work(&desks[0], world, |session| {
            let take = |n: u32, session: &mut Session<'_>| take(session, &format!("R {n}")).case;
            (0..8).map(|n| take(n, session)).collect()
        });
        for id in &cases {
            work(&desks[0], world, |session| {
                session.let_send(id, &plain(TEXT)).unwrap();
            });
        }
        std::thread::scope(|scope| {
            for desk in &desks {
                for _ in 0..2 {
                    scope.spawn(|| ran(desk, world, &slow));
                }
            }
        });
        // A run ends after some time by a clock that ticks whenever it is asked.
        for _ in 0..4 {
            ran(&desks[0], world, &slow);
        }
        let most = slow.most.lock().unwrap();
        assert!(most.len() >= 8);
        assert!(most.values().all(|times| *times == 1), "{most:?}");
        for id in &cases {
            assert_eq!(desks[1].record(id).unwrap().case.letters.len(), 1);
        }
    });
}

#[test]
fn a_text_goes_as_plain_mail_only_where_the_settings_say_so() {
    let world = World::new();
    let desk = desk(&world, rules());
    let bare = world.desk();
    work(&desk, &world, |session| {
        let id = take(session, "R 1").case;
        let ways = session.by_itself(&id, LetterKind::Acknowledgement).unwrap();
        assert!(ways.mail && !ways.door);
        let refused = |session: &mut Session<'_>, sending: Sending<'_>| {
            let error = session.let_send(&id, &sending).unwrap_err();
            error.refusal().unwrap().clone()
        };
        for (sending, refusal) in [
            (
                Sending {
                    kind: LetterKind::Refusal,
                    ..plain(TEXT)
                },
                Refusal::LetterNotByItself,
            ),
            (
                Sending {
                    by: Channel::Door,
                    ..plain(TEXT)
                },
                Refusal::LetterNotByItself,
            ),
            (
                Sending {
                    by: Channel::Post,
                    ..plain(TEXT)
                },
                Refusal::LetterNotByItself,
            ),
            (
                Sending {
                    to: "Polisen, Box 1",
                    ..plain(TEXT)
                },
                Refusal::LetterWithoutAddress,
            ),
            (plain("Svar\n\n[[namn]]"), Refusal::LetterUnfinished),
        ] {
            assert_eq!(refused(session, sending), refusal);
        }
        let none = work(&bare, &world, |session| {
            session.by_itself(&id, LetterKind::Acknowledgement).unwrap()
        });
        assert!(!none.any(), "nothing is set up");
        // What the settings allowed when it was written, they may not allow when it is sent.
        let sent = session.let_send(&id, &plain(TEXT)).unwrap();
        let mut changed = rules();
        changed.mail.as_mut().unwrap().plain.clear();
        let kept = Kept::default();
        ran(&self::desk(&world, changed), &world, &kept);
        assert!(
            kept.taken()
                .iter()
                .all(|one| !one.says.contains("Mottagningsbevis"))
        );
        let case = session.case(&id).unwrap().case;
        assert!(case.letter_waiting(sent.number).is_none());
        assert!(case.letters_waiting[0].given_up.is_some());
    });
}

#[test]
fn a_letter_at_the_door_is_named_in_a_mail_by_its_address_alone() {
    on_each_database(|world| {
        let file = world.dir().join("desk.toml");
        let mut config = crate::DeskConfig::load(&file).unwrap();
        config.door = Some(DoorConfig {
            origin: "https://authorities.kvist.example".into(),
            listen: "127.0.0.1:0".parse().unwrap(),
            contact: vec![],
        });
        std::fs::write(&file, toml::to_string(&config).unwrap()).unwrap();
        let desk = desk(world, rules());
        let kept = Kept::default();
        ran(&desk, world, &kept);
        let ek = admitted(&desk, world, "K. Ek", "Polisen");
        let text = demand("AM-1");
        let files: [(&str, &[u8]); 1] = [("demand.toml", text.as_bytes())];
        let mut random = OsRng;
        let mut door = desk.door(ek.clone(), &world.time, &mut random);
        let address = door.send(&files, None, false).unwrap().unwrap().address;
        let id = CaseId::new(2026, 1);
        let letter = work(&desk, world, |session| {
            let file = Intake {
                file_name: "demand.toml",
                bytes: text.as_bytes(),
                arrival: Arrival::default(),
            };
            session.describe(&id, &file, &[], None).unwrap();
            let ways = session.by_itself(&id, LetterKind::Refusal).unwrap();
            assert!(ways.door && !ways.mail);
            let letter = Sending {
                to: "Polisen",
                by: Channel::Door,
                ..plain(TEXT)
            };
            session.let_send(&id, &letter).unwrap()
        });
        let mut random = OsRng;
        let mut door = desk.door(ek.clone(), &world.time, &mut random);
        assert!(door.demand(&address).unwrap().unwrap().letters.is_empty());
        ran(&desk, world, &kept);
        let given = kept.taken();
        let mail = given
            .iter()
            .find(|one| one.to == "k.ek@police.example")
            .unwrap();
        assert_eq!(
            mail.says,
            format!("door https://authorities.kvist.example/demands/{address}")
        );
        let seen = door.demand(&address).unwrap().unwrap();
        assert_eq!(seen.letters.len(), 1);
        assert_eq!(seen.letters[0].text, TEXT);
        assert_eq!(letter.letter.by, Channel::Door);
        // Of an officer whose access ended, nobody writes.
        let second = work(&desk, world, |session| {
            let letter = Sending {
                to: "Polisen",
                by: Channel::Door,
                kind: LetterKind::Question,
                ..plain(TEXT)
            };
            let sent = session.let_send(&id, &letter).unwrap();
            session.end_officer(ek.id()).unwrap();
            sent
        });
        ran(&desk, world, &kept);
        assert!(
            kept.taken()
                .iter()
                .all(|one| one.to != "k.ek@police.example")
        );
        let case = desk.record(&id).unwrap().case;
        assert!(case.letter_waiting(second.number).is_none());
    });
}
