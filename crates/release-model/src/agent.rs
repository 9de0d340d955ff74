//! What the agent does. Each function is a step of the code, which it names.

use crate::mends::{Mend, Wrong};
use crate::state::{
    Carried, Dir, Instant, Key, Log, Mark, Recall, State, Step, TEXTS, TOLERANCE, Text, Why,
    grown_from,
};
use crate::steps::AgentStep;
use crate::world::World;

impl World {
    /// The steps that an agent in `dir` may take. Whether one can be taken, [`World::agent`] says.
    pub(crate) fn agent_steps(&self, state: &State, dir: Dir, steps: &mut Vec<AgentStep>) {
        let texts = 0..self.scope.texts.len();
        let Some(step) = &state.run[dir] else {
            steps.push(AgentStep::Open);
            return;
        };
        match step {
            Step::HandingOut => {
                steps.extend(texts.clone().map(AgentStep::HandOutLeft));
                steps.extend(texts.map(AgentStep::Acknowledged));
                steps.push(AgentStep::HearRecalls);
            }
            Step::Ready | Step::Refused(..) => steps.extend(texts.map(AgentStep::Fetch)),
            Step::Fetched(_) => steps.extend(self.histories().into_iter().map(AgentStep::Believe)),
            Step::Believed(_) => steps.push(AgentStep::Admit),
            Step::Admitted(..) => steps.push(AgentStep::Seal),
            Step::Sealed(..) if self.has(Mend::MarkFirst) => steps.push(AgentStep::Mark),
            Step::Sealed(..) => steps.push(AgentStep::Record),
            Step::Half(_) if self.has(Mend::MarkFirst) => steps.push(AgentStep::Record),
            Step::Half(_) => steps.push(AgentStep::Mark),
            Step::Spent(_) => steps.push(AgentStep::SendPackage),
        }
        if state.left.ends > 0 {
            steps.push(AgentStep::End);
        }
    }

    /// Takes a step; false if it cannot be taken.
    pub(crate) fn agent(&self, state: &mut State, dir: Dir, step: &AgentStep) -> bool {
        match (step, state.run[dir].clone()) {
            (AgentStep::Open, None) => self.open(state, dir),
            (AgentStep::HandOutLeft(text), Some(Step::HandingOut)) => {
                self.hand_out_left(state, dir, *text)
            }
            (AgentStep::Acknowledged(text), Some(Step::HandingOut)) => {
                self.acknowledged(state, dir, *text)
            }
            (AgentStep::HearRecalls, Some(Step::HandingOut)) => self.begin_run(state, dir),
            (AgentStep::Fetch(text), Some(Step::Ready | Step::Refused(..))) => {
                state.run[dir] = Some(Step::Fetched(*text));
                true
            }
            (AgentStep::Believe(shown), Some(Step::Fetched(text))) => {
                self.believe(state, dir, text, shown)
            }
            (AgentStep::Admit, Some(Step::Believed(text))) => self.admit(state, dir, text),
            (AgentStep::Seal, Some(Step::Admitted(text, began))) => {
                self.seal(state, dir, text, began)
            }
            (AgentStep::Mark, Some(Step::Sealed(text, began))) => {
                self.mark_first(state, dir, text, began)
            }
            (AgentStep::Record, Some(Step::Sealed(text, began))) => {
                self.look_and_record(state, dir, text, began)
            }
            (AgentStep::Record, Some(Step::Half(text))) => self.record(state, dir, text),
            (AgentStep::Mark, Some(Step::Half(text))) => {
                state.run[dir] = Some(Step::Spent(text));
                self.set_mark(state, dir)
            }
            (AgentStep::SendPackage, Some(Step::Spent(text))) => {
                state.run[dir] = Some(Step::Ready);
                self.hand_out(state, dir, text)
            }
            (AgentStep::End, Some(_)) => {
                state.left.ends -= 1;
                state.run[dir] = None;
                true
            }
            _ => false,
        }
    }

    fn open(&self, state: &mut State, dir: Dir) -> bool {
        let locked = self.has(Mend::LockBesideKey) && state.run.iter().any(Option::is_some);
        if locked || !self.is_the_record(state, dir) {
            return false;
        }
        let (clock, latest) = (state.clock(), self.record_of(state, dir).latest);
        if self.has(Mend::ClockFloor) && clock + TOLERANCE < latest {
            return false;
        }
        self.now(state, dir);
        let ledger = self.record_mut(state, dir);
        ledger.latest = ledger.latest.max(clock);
        for text in 0..TEXTS {
            state.could_see[text] |= state.recall[text] == Recall::Lies;
        }
        if self.has(Mend::RecallBeforeHandOut) {
            self.hear_recalls(state, dir);
            let ledger = self.record_mut(state, dir);
            for (row, recalled) in ledger.carried.iter_mut().zip(ledger.recalled) {
                if recalled && matches!(row, Carried::Package { sent: false, .. }) {
                    *row = Carried::Spent;
                }
            }
        }
        state.run[dir] = Some(Step::HandingOut);
        self.keep(state, dir)
    }

    /// Whether the record in `dir` is the one that the mark beside the key tells of.
    fn is_the_record(&self, state: &mut State, dir: Dir) -> bool {
        let Some(ledger) = &mut state.ledger[dir] else {
            return false;
        };
        let mark = &mut state.mark;
        if self.has(Mend::RecordId) && mark.id != ledger.id {
            return false;
        }
        if self.has(Mend::MarkCount) {
            // Cut off between mark and row: it counts as carried out.
            if let Some(text) = mark.begun.take()
                && ledger.carried[text] == Carried::No
            {
                ledger.carried[text] = Carried::Spent;
            }
            if mark.carried > ledger.count()
                || mark
                    .knows
                    .as_ref()
                    .is_some_and(|it| !ledger.knows().all_of(it))
            {
                return false;
            }
        }
        // Cut off between row and mark: the mark follows.
        mark.carried = ledger.count();
        true
    }

    fn hand_out_left(&self, state: &mut State, dir: Dir, text: Text) -> bool {
        if !self
            .record_of(state, dir)
            .left()
            .any(|(left, _)| left == text)
        {
            return false;
        }
        if state.could_see[text] {
            state.is_wrong(Wrong::HandedOutAfterRecall);
        }
        self.hand_out(state, dir, text)
    }

    fn acknowledged(&self, state: &mut State, dir: Dir, text: Text) -> bool {
        let ledger = self.record_mut(state, dir);
        let left = ledger.left().any(|(left, _)| left == text);
        if left {
            ledger.carried[text] = Carried::Spent;
        }
        left
    }

    fn hand_out(&self, state: &mut State, dir: Dir, text: Text) -> bool {
        if let Carried::Package { number, sent } = &mut self.record_mut(state, dir).carried[text] {
            *sent = true;
            let number = *number;
            state.sent[text] |= 1 << number;
            if state.sent[text].count_ones() > 1 {
                state.is_wrong(Wrong::Twice);
            }
        }
        true
    }

    fn begin_run(&self, state: &mut State, dir: Dir) -> bool {
        if self.record_of(state, dir).left().next().is_some() {
            return false;
        }
        self.hear_recalls(state, dir);
        state.run[dir] = Some(Step::Ready);
        self.keep(state, dir)
    }

    fn believe(&self, state: &mut State, dir: Dir, text: Text, shown: &Log) -> bool {
        let remembered = &self.record_of(state, dir).remembered;
        let believed = shown.contains(&text)
            && (!self.has(Mend::Witnesses) || grown_from(&state.public, shown))
            && (!self.has(Mend::RemembersLog) || grown_from(shown, remembered));
        if !believed {
            state.run[dir] = Some(Step::Refused(text, Why::Log));
            return true;
        }
        if !grown_from(shown, &state.believed) {
            state.is_wrong(Wrong::OtherHistory);
        }
        state.believed.clone_from(shown);
        self.record_mut(state, dir).remembered.clone_from(shown);
        state.run[dir] = Some(Step::Believed(text));
        self.keep(state, dir)
    }

    fn admit(&self, state: &mut State, dir: Dir, text: Text) -> bool {
        let now = self.now(state, dir);
        if self.has(Mend::RecallBeforeSearch) {
            self.hear_recalls(state, dir);
        }
        let refused = self.gate(state, dir, text, now);
        if refused.is_none() && (state.could_see[text] || state.recall[text] == Recall::Lies) {
            state.is_wrong(Wrong::SearchedAfterRecall);
        }
        state.run[dir] = Some(match refused {
            Some(why) => Step::Refused(text, why),
            None => Step::Admitted(text, now),
        });
        self.keep(state, dir)
    }

    /// The gate: its checks 1, 2 and 4. That the law permits it (check 3) depends on no step.
    fn gate(&self, state: &State, dir: Dir, text: Text, now: Instant) -> Option<Why> {
        let ledger = self.record_of(state, dir);
        let terms = self.scope.texts[text];
        let mut signed = state.signed[text];
        if !self.has(Mend::ExactText) {
            signed = state.signed.iter().fold(signed, |all, one| all.and(*one));
        }
        let by_two = if self.has(Mend::PeopleById) {
            signed.two_people()
        } else {
            signed.two_keys()
        };
        if !by_two {
            return Some(Why::Signatures);
        }
        if !ledger.remembered.contains(&text) && self.has(Mend::RemembersLog) {
            return Some(Why::Log);
        }
        if self.has(Mend::PinnedRecipients) && !terms.pinned {
            return Some(Why::Recipient);
        }
        if self.has(Mend::TellerOfRoster) && terms.told_by == Some(Key::Stranger) {
            return Some(Why::Recipient);
        }
        if terms.issued > now + TOLERANCE || terms.expires <= now {
            return Some(Why::Time);
        }
        if self.has(Mend::BeginInstant) && terms.issued < ledger.begun {
            return Some(Why::BeforeRecord);
        }
        if self.has(Mend::CarriedOutBefore) && ledger.carried[text] != Carried::No {
            return Some(Why::CarriedOut);
        }
        self.is_recalled(state, dir, text).then_some(Why::Recalled)
    }

    fn seal(&self, state: &mut State, dir: Dir, text: Text, began: Instant) -> bool {
        let now = self.now(state, dir);
        state.run[dir] = Some(match self.still_good(state, dir, text, now) {
            Some(why) => Step::Refused(text, why),
            None => Step::Sealed(text, began),
        });
        self.keep(state, dir)
    }

    fn look_and_record(&self, state: &mut State, dir: Dir, text: Text, began: Instant) -> bool {
        if self.still_good_at_last(state, dir, text, began) {
            self.record(state, dir, text);
        }
        true
    }

    fn mark_first(&self, state: &mut State, dir: Dir, text: Text, began: Instant) -> bool {
        if self.still_good_at_last(state, dir, text, began) {
            state.mark.id = self.record_of(state, dir).id;
            state.mark.begun = Some(text);
            state.mark.carried = self.record_of(state, dir).count() + 1;
            if let Some(knows) = &mut state.mark.knows {
                knows.carried[text] = true;
            }
            self.was_sealed(state, text);
            state.run[dir] = Some(Step::Half(text));
        }
        true
    }

    fn still_good_at_last(&self, state: &mut State, dir: Dir, text: Text, began: Instant) -> bool {
        let now = self.now(state, dir).max(began);
        let refused = self.still_good(state, dir, text, now);
        if let Some(why) = refused {
            state.run[dir] = Some(Step::Refused(text, why));
        }
        self.keep(state, dir);
        refused.is_none()
    }

    fn record(&self, state: &mut State, dir: Dir, text: Text) -> bool {
        let number = state.packages[text];
        state.packages[text] += 1;
        self.record_mut(state, dir).carried[text] = Carried::Package {
            number,
            sent: false,
        };
        if self.has(Mend::MarkFirst) {
            state.mark.begun = None;
            state.run[dir] = Some(Step::Spent(text));
        } else {
            self.was_sealed(state, text);
            state.run[dir] = Some(Step::Half(text));
        }
        true
    }

    fn still_good(&self, state: &mut State, dir: Dir, text: Text, now: Instant) -> Option<Why> {
        state.could_see[text] |= state.recall[text] == Recall::Lies;
        if self.has(Mend::ExpiryAtSealing) && self.scope.texts[text].expires <= now {
            return Some(Why::Time);
        }
        self.hear_recalls(state, dir);
        self.is_recalled(state, dir, text).then_some(Why::Recalled)
    }

    /// Holds what is sealed against what is true.
    fn was_sealed(&self, state: &mut State, text: Text) {
        let terms = self.scope.texts[text];
        for (bad, wrong) in [
            (!state.signed[text].two_people(), Wrong::NotTwoPeople),
            (!terms.pinned, Wrong::NotPinned),
            (terms.told_by == Some(Key::Stranger), Wrong::ToldByStranger),
            (!state.public.contains(&text), Wrong::NotPublic),
            (state.could_see[text], Wrong::SealedAfterRecall),
            (terms.expires <= state.read, Wrong::Expired),
        ] {
            if bad {
                state.is_wrong(wrong);
            }
        }
    }

    /// Reads the clock.
    fn now(&self, state: &mut State, dir: Dir) -> Instant {
        let clock = state.clock();
        state.read = state.read.max(clock);
        if !(self.has(Mend::ClockFloor) && self.has(Mend::FloorAtEachReading)) {
            return clock;
        }
        let ledger = self.record_mut(state, dir);
        ledger.latest = ledger.latest.max(clock);
        ledger.latest
    }

    fn hear_recalls(&self, state: &mut State, dir: Dir) {
        if self.has(Mend::HearsRecalls) && self.has(Mend::RemembersRecalls) {
            let recall = state.recall;
            let ledger = self.record_mut(state, dir);
            for (heard, recall) in ledger.recalled.iter_mut().zip(recall) {
                *heard |= recall == Recall::Lies;
            }
        }
    }

    fn is_recalled(&self, state: &State, dir: Dir, text: Text) -> bool {
        let now = self.has(Mend::HearsRecalls)
            && !self.has(Mend::RemembersRecalls)
            && state.recall[text] == Recall::Lies;
        now || self.record_of(state, dir).recalled[text]
    }

    /// `Ledger::set_mark`.
    pub(crate) fn set_mark(&self, state: &mut State, dir: Dir) -> bool {
        let ledger = self.record_of(state, dir);
        state.mark = Mark {
            id: ledger.id,
            carried: ledger.count(),
            begun: None,
            knows: self.has(Mend::MarkKnowsAll).then(|| ledger.knows()),
        };
        true
    }

    /// What changed in the record goes into the mark too. Mark and record change as one here: with a
    /// mark that goes first and names the change, being cut off between them is no different.
    fn keep(&self, state: &mut State, dir: Dir) -> bool {
        if self.has(Mend::MarkKnowsAll) {
            let (id, knows) = (
                self.record_of(state, dir).id,
                self.record_of(state, dir).knows(),
            );
            state.mark.id = id;
            state.mark.knows = Some(knows);
        }
        true
    }
}
