//! Nothing leaves without a card in the public log: a mandate names it, and it counts one case.

use lagrum_cards::{Opening, write_card_file};
use lagrum_log::{Rhythm, Salt, Schedule};
use lagrum_mandate::gate::LoggedEvent;
use lagrum_mandate::{Nonce, testing};
use lagrum_model::{CaseId, EventKind, Sha256Digest};

use super::*;

const ORIGIN: &str = "made-up.example/log";

/// An agent, and a log with three cards in the last entry of each batch of eight.
struct Counted {
    alone: Alone,
    log: Log,
    head: MemoryHead,
    schedule: Schedule,
}

/// Opens a card of the demand with this number.
fn card(slot: u64, place: u32, demand: u8) -> Opening {
    Opening::fresh(ORIGIN, slot, place, Some([demand; 32]), &mut OsRng)
}

impl Counted {
    /// With a mandate of case 1 that names this card, and a log that has no batches yet.
    fn by(opening: Option<&Opening>) -> Self {
        let alone = Alone::below("here", |mandate| {
            mandate.card = opening.cloned().map(Into::into);
        });
        let text = fs::read_to_string(alone.config()).unwrap();
        assert!(text.contains("count_cards = false\n"));
        fs::write(alone.config(), text.replace("count_cards = false\n", "")).unwrap();
        let key = SigningKey::from_secret(&alone.provider.log_secret).unwrap();
        let log = Log::open(&alone.path("log"), &alone.path("staging"), key).unwrap();
        let head = log.reader().checkpoint().unwrap().head();
        Self {
            alone,
            log,
            head: MemoryHead(Some(head)),
            schedule: Schedule::default(),
        }
    }

    /// Writes the next batch: its file has these cards, and blank ones beside them; in it mandates are released, each of
    /// a case with this number and with this card. Gives the entry that is the file.
    fn batch(&mut self, cards: &[&Opening], mandates: &[(u32, &Opening)]) -> u64 {
        let leaf = self.head.0.as_ref().unwrap().size;
        let other = |number: u8| Commitment::from_bytes([number; 32]);
        let mut entries: Vec<_> = (20..28).map(other).collect();
        let mut notices = Vec::new();
        if self.schedule.rules().is_empty() {
            let rhythm = Rhythm {
                cards: 3,
                cards_every: 1,
                ..Rhythm::default()
            };
            let begins = (NOW - SignedDuration::from_hours(1)).as_second() as u64;
            let rule = self.schedule.next_rule(rhythm, begins, ORIGIN, leaf);
            notices.push((leaf, rule.to_text().into_bytes()));
            self.schedule.add(rule, 0).unwrap();
        }
        let tick = self.schedule.tick_of(leaf).unwrap();
        let slot = self.schedule.slot_from(&tick).unwrap();
        let at = |place: u32| {
            let given = cards.iter().find(|one| one.place() == (slot.number, place));
            given.map_or_else(
                || Opening::fresh(ORIGIN, slot.number, place, None, &mut OsRng),
                |one| (*one).clone(),
            )
        };
        let openings: Vec<_> = (0..3).map(at).collect();
        let file = write_card_file(ORIGIN, slot.number, &openings, &mut OsRng);
        notices.push((slot.leaf(), file));
        for (position, text) in &notices {
            entries[(position - leaf) as usize] = Commitment::public(text);
        }
        let released: Vec<_> = mandates
            .iter()
            .map(|(case, opening)| self.released(*case, opening))
            .collect();
        for (entry, (_, logged)) in entries[1..].iter_mut().zip(&released) {
            *entry = Commitment::of(&logged.salt, logged.event.as_bytes());
        }
        self.log.put_notices(&notices, &entries).unwrap();
        self.log.append(&mut self.head, &entries).unwrap();
        for (position, (mandate, logged)) in (leaf + 1..).zip(&released) {
            self.leave(position, mandate, logged);
        }
        slot.leaf()
    }

    /// From now on the case of new mandates is described like this, and they count until this instant.
    fn described(&mut self, description: u8, expires_at: Timestamp) {
        let mandate = &mut self.alone.provider.mandate;
        mandate.demand = Sha256Digest([description; 32]);
        mandate.expires_at = expires_at;
    }

    fn released(&self, case: u32, opening: &Opening) -> (Mandate, LoggedEvent) {
        let mandate = Mandate {
            case: CaseId::new(2026, case),
            card: Some(opening.clone().into()),
            nonce: Nonce(
                Salt::generate(&mut OsRng).as_bytes()[..16]
                    .try_into()
                    .unwrap(),
            ),
            ..self.alone.provider.mandate.clone()
        };
        let what = EventKind::Mandated {
            mandate: mandate.digest(),
        };
        let salt = Salt::generate(&mut OsRng);
        let logged = testing::logged(&mandate.case, 9, NOW, salt, what);
        (mandate, logged)
    }

    /// Leaves a mandate at the agent's, as a desk would.
    fn leave(&self, position: u64, mandate: &Mandate, logged: &LoggedEvent) {
        let extra = serde_json::to_vec(logged).unwrap();
        let proof = Proof::new(self.log.prove(position).unwrap(), extra).unwrap();
        let note = testing::signed(mandate, &self.alone.provider.people.each_ref());
        let stem = format!("{}-{}", mandate.case, &mandate.nonce.to_string()[..8]);
        let inbox = self.alone.path("exchange/in");
        fs::write(inbox.join(format!("{stem}.tlog-proof")), proof.to_string()).unwrap();
        fs::write(inbox.join(format!("{stem}.mandate")), note).unwrap();
    }

    /// An agent that carried out two mandates: the card of the first is in its file, that of the second is to come.
    fn with_one_promised(first: &Opening, second: &Opening) -> Self {
        let mut one = Self::by(Some(first));
        one.batch(&[], &[]);
        // Nobody who is in danger waits for a file.
        produced(&one.run_one());
        one.batch(&[first], &[(2, second)]);
        produced(&one.run_one());
        assert_eq!(one.alone.beat().cards_missing, 0);
        one
    }

    /// What became of the mandates of each case that were not answered yet.
    fn run(&self) -> BTreeMap<u32, MandateOutcome> {
        self.run_with(&|| NOW, &mut |_| ())
    }

    fn run_with(
        &self,
        clock: &(dyn Fn() -> Timestamp + Sync),
        watch: &mut dyn FnMut(Progress<'_>),
    ) -> BTreeMap<u32, MandateOutcome> {
        let agent = Agent::open(&self.alone.config()).unwrap();
        let outcomes = agent.run(clock, &mut OsRng, watch).unwrap();
        let new = outcomes
            .into_iter()
            .filter(|(_, outcome)| *outcome != MandateOutcome::AlreadyProduced);
        new.map(|(stem, outcome)| (stem.case().unwrap().number(), outcome))
            .collect()
    }

    /// What became of the one mandate that was not answered yet.
    fn run_one(&self) -> Became {
        let mut outcomes = self.run();
        assert!(outcomes.len() <= 1, "{outcomes:?}");
        outcomes.pop_first().map(|(_, outcome)| outcome)
    }
}

#[test]
fn what_has_no_card_in_its_place_in_the_log_is_refused() {
    let opening = card(1, 2, 7);
    // A log without files of cards, though the agent was told that it has some.
    let mut one = Counted::by(Some(&opening));
    let no = |one: &Counted, says: &str| {
        refused(&one.run_one(), RefusalCode::Card, says);
        one.alone.nothing_left();
    };
    no(&one, "announces no files");
    one.batch(&[], &[]);
    let file = one.batch(&[&opening], &[]);
    // The file is not shown, is another, and is there.
    let path = one.alone.path(&format!("log/notices/{file}"));
    let bytes = fs::read(&path).unwrap();
    fs::remove_file(&path).unwrap();
    no(&one, "does not show the file");
    fs::write(&path, [&bytes[..64], &bytes[..]].concat()).unwrap();
    no(&one, "must be the text of its entry");
    fs::write(&path, &bytes).unwrap();
    produced(&one.run_one());

    // Another card lies there, whatever else is right.
    for wrong in [card(1, 2, 7), card(1, 1, 7), card(0, 2, 7)] {
        let mut one = Counted::by(Some(&wrong));
        one.batch(&[], &[]);
        one.batch(&[&opening], &[]);
        no(&one, "another card lies in the place");
    }
    for (wrong, says) in [
        (Some(card(1, 3, 7)), "a place that no file has"),
        (Some(card(40_000, 0, 7)), "more than thirty days"),
        (
            Some(Opening::fresh("other/log", 1, 2, Some([7; 32]), &mut OsRng)),
            "of another log",
        ),
        (None, "names no card"),
    ] {
        let mut one = Counted::by(wrong.as_ref());
        one.batch(&[], &[]);
        one.batch(&[&opening], &[]);
        no(&one, says);
    }
}

#[test]
fn a_card_counts_one_case_and_a_case_has_one_card() {
    let (first, second) = (card(0, 0, 7), card(0, 1, 8));
    let mut one = Counted::by(Some(&first));
    one.batch(&[&first, &second], &[]);
    produced(&one.run_one());
    // Again for the same case, and not for another; nor another one for this case.
    one.batch(&[], &[(1, &first), (2, &first), (3, &second)]);
    let became = one.run();
    produced(&Some(became[&1].clone()));
    produced(&Some(became[&3].clone()));
    refused(
        &Some(became[&2].clone()),
        RefusalCode::Card,
        "its card counts another demand",
    );
    let third = card(2, 0, 9);
    one.batch(&[&third], &[(1, &third)]);
    let became = one.run().remove(&1);
    refused(&became, RefusalCode::Card, "by another card before");
}

#[test]
fn a_card_that_is_to_come_is_believed_until_one_did_not_come() {
    let (first, second, third, fourth) =
        (card(1, 0, 1), card(2, 0, 2), card(4, 0, 3), card(3, 0, 4));
    let mut one = Counted::with_one_promised(&first, &second);
    // Its file comes without it. What was handed over is; nothing more is on a promise.
    one.batch(&[], &[(3, &third)]);
    refused(&one.run_one(), RefusalCode::Card, "is still to come");
    assert_eq!(one.alone.beat().cards_missing, 1);
    // Where a card lies, its case is answered as ever.
    one.batch(&[&fourth], &[(4, &fourth)]);
    let became = one.run();
    produced(&became.get(&4).cloned());
}

#[test]
fn a_case_may_be_described_anew_until_something_was_handed_over_for_it() {
    let opening = card(0, 0, 7);
    let mut one = Counted::by(None);
    let later = NOW + SignedDuration::from_hours(1);
    one.described(1, later);
    one.batch(&[&opening], &[(4, &opening)]);
    // Its card was seen, and nothing came of it.
    let now = Mutex::new(NOW);
    let became = one.run_with(&|| *now.lock().unwrap(), &mut |progress| {
        if matches!(progress, Progress::Sealing { .. }) {
            *now.lock().unwrap() = later;
        }
    });
    let became = became.get(&4).cloned();
    refused(&became, RefusalCode::Mandate, "it expired at");
    // Described anew it counts the same demand; once more, after something was handed over, another one.
    let until = later + SignedDuration::from_hours(1);
    for (description, is_produced) in [(2, true), (2, true), (3, false)] {
        for old in entries(&one.alone.path("exchange/in")) {
            fs::remove_file(old).unwrap();
        }
        one.described(description, until);
        one.batch(&[], &[(4, &opening)]);
        let became = one.run_with(&|| later, &mut |_| ()).remove(&4);
        match is_produced {
            true => produced(&became),
            false => refused(
                &became,
                RefusalCode::Card,
                "another description of its case",
            ),
        }
    }
}

#[test]
fn an_agent_that_once_saw_files_of_cards_believes_no_copy_that_hides_them() {
    let opening = card(0, 0, 7);
    let mut one = Counted::by(None);
    let text = fs::read_to_string(one.alone.config()).unwrap();
    fs::write(one.alone.config(), format!("count_cards = false\n{text}")).unwrap();
    // It was never told of cards, and carries out what names none.
    produced(&one.run_one());
    let other = card(0, 1, 8);
    one.batch(&[&opening, &other], &[(4, &opening)]);
    produced(&one.run_one());
    one.batch(&[], &[(5, &other)]);
    fs::remove_file(one.alone.path("log/notices/list")).unwrap();
    refused(&one.run_one(), RefusalCode::Card, "had some before");
}

#[test]
fn a_word_during_a_run_counts_what_this_run_refused_and_found_missing() {
    let (first, second, third, fourth) =
        (card(1, 0, 1), card(2, 0, 2), card(4, 0, 3), card(3, 0, 4));
    let mut one = Counted::with_one_promised(&first, &second);
    one.batch(&[], &[(3, &third)]);
    one.batch(&[&fourth], &[(4, &fourth)]);
    let agent = Agent::open(&one.alone.config()).unwrap();
    let agent = agent.telling_every(std::time::Duration::from_millis(10));
    let mut heard = 0;
    let mut watch = |progress: Progress<'_>| {
        // The third is refused by then, and the fourth is worked on.
        if matches!(progress, Progress::Searching { .. }) {
            let told = at_work::heard(&one.alone, |beat| beat.working.is_some());
            assert_eq!(told.refused, BTreeMap::from([(RefusalCode::Card, 1)]));
            assert_eq!((told.cards_missing, told.waiting), (1, 2));
            heard += 1;
        }
    };
    agent.run(&|| NOW, &mut OsRng, &mut watch).unwrap();
    assert!(heard > 0);
    let last = one.alone.beat();
    assert_eq!((last.cards_missing, last.waiting), (1, 1));
}
